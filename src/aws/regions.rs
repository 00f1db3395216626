//! Which regions there are.

use crate::provider::{Problem, Result};

/// Those that hashicorp/aws knows, and what AWS has opened since.
const REGIONS: &str = "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 \
    ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 \
    ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 \
    me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 \
    us-gov-east-1 us-gov-west-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 eu-isoe-west-1 us-isof-east-1 \
    us-isof-south-1 eusc-de-east-1";

/// Refuses a region that is none, in the words of hashicorp/aws: its name would become that of a host.
pub(super) fn check(region: &str) -> Result<()> {
    if REGIONS.split_whitespace().any(|it| it == region) {
        return Ok(());
    }
    let hint = "Regions are called like eu-central-1. One that is newer than this list is used with \
                `skip_region_validation = true` in the provider block.";
    let problem = Problem::fatal(format!("invalid AWS Region: {region}"), "");
    Err(Problem { hint: Some(hint.into()), ..problem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_told_from_what_is_none() {
        for (region, known) in [
            ("eu-central-1", true),
            ("us-gov-west-1", true),
            ("", false),
            ("mars-1", false),
            ("us-east-1a", false),
            ("us-east-99", false),
            ("EU-CENTRAL-1", false),
        ] {
            assert_eq!(check(region).is_ok(), known, "{region:?}");
        }
    }
}

//! Providers that run already, as under a debugger: `TF_REATTACH_PROVIDERS` says where they are.

use super::{Address, Protocol};
use crate::{
    address::ProviderSource,
    provider::{Problem, Result},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The variable that says it.
pub const VARIABLE: &str = "TF_REATTACH_PROVIDERS";

/// A provider that somebody else has started, and will end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reattach {
    /// Where it listens.
    pub address: Address,
    /// What it speaks.
    pub protocol: Protocol,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Written {
    protocol: String,
    #[serde(default)]
    protocol_version: u64,
    addr: WrittenAddress,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WrittenAddress {
    network: String,
    string: String,
}

/// What the variable says, in Terraform's format. Nothing of an empty one.
pub fn parse(text: &str) -> Result<BTreeMap<ProviderSource, Reattach>> {
    let wrong = |why: String| {
        let hint = format!("{VARIABLE} has to be what the provider printed when it was started.");
        Problem { hint: Some(hint), ..Problem::fatal(format!("Invalid value for {VARIABLE}"), why) }
    };
    if text.trim().is_empty() {
        return Ok(BTreeMap::new());
    }
    let written: BTreeMap<String, Written> =
        serde_json::from_str(text).map_err(|it| wrong(format!("It is not JSON as it is expected: {it}.")))?;
    let one = |(name, it): (String, Written)| {
        let source = name.parse::<ProviderSource>();
        let source = source.map_err(|_| wrong(format!("{name:?} is not the source of a provider.")))?;
        if it.protocol != "grpc" {
            return Err(wrong(format!("The provider {name} speaks {:?} instead of \"grpc\".", it.protocol)));
        }
        let protocol = match it.protocol_version {
            // Providers of the time before they said it speak 5.
            0 | 5 => Protocol::V5,
            6 => Protocol::V6,
            other => {
                return Err(wrong(format!("The provider {name} speaks version {other}, and only 5 and 6 are known.")));
            }
        };
        let address = Address::parse(&it.addr.network, &it.addr.string);
        let address = address.map_err(|why| wrong(format!("The provider {name} cannot be reached: {why}.")))?;
        Ok((source, Reattach { address, protocol }))
    };
    written.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_understood() {
        let text = r#"{"hashicorp/aws": {"Protocol": "grpc", "ProtocolVersion": 6, "Pid": 7, "Test": true,
                        "Addr": {"Network": "unix", "String": "/tmp/p"}},
                       "example.com/a/b": {"Protocol": "grpc", "Pid": 7, "Test": true,
                        "Addr": {"Network": "tcp", "String": "127.0.0.1:99"}}}"#;
        let parsed = parse(text).unwrap();
        let aws = &parsed[&ProviderSource::hashicorp("aws")];
        assert_eq!((&aws.address, aws.protocol), (&Address::Unix("/tmp/p".into()), Protocol::V6));
        let other = &parsed[&"example.com/a/b".parse().unwrap()];
        assert_eq!((&other.address, other.protocol), (&Address::Tcp("127.0.0.1:99".parse().unwrap()), Protocol::V5));
        assert_eq!(parse(" "), Ok(BTreeMap::new()));
        let entry = |name: &str, protocol: &str, version: u32, network: &str| {
            format!(
                r#"{{"{name}": {{"Protocol": "{protocol}", "ProtocolVersion": {version}, "Pid": 1, "Test": true,
                   "Addr": {{"Network": "{network}", "String": "x"}}}}}}"#
            )
        };
        for (text, said) in [
            ("{".to_owned(), "not JSON"),
            ("{\"a\": {}}".to_owned(), "missing field"),
            (entry("a/b/c/d", "grpc", 6, "unix"), "\"a/b/c/d\" is not the source"),
            (entry("a/b", "netrpc", 6, "unix"), "speaks \"netrpc\""),
            (entry("a/b", "grpc", 7, "unix"), "speaks version 7"),
            (entry("a/b", "grpc", 6, "tcp"), "\"x\" is not an address"),
            (entry("a/b", "grpc", 6, "udp"), "\"udp\" is not a kind"),
        ] {
            let problem = parse(&text).unwrap_err();
            assert!(problem.detail.contains(said), "{text}: {}", problem.detail);
        }
    }
}

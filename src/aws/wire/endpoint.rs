//! Where services are.

use super::model::{Host, Operation, Service};

/// What the configuration says of endpoints.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// A URL instead of AWS's own.
    pub url: Option<String>,
    pub is_dual_stack: bool,
    pub is_fips: bool,
    /// Buckets in paths, never in hosts.
    pub is_path_style: bool,
}

/// Where to send a request, and what to sign it for.
#[derive(Debug, PartialEq)]
pub struct Place {
    pub url: String,
    pub signing_region: String,
}

/// Where `operation` is in `region`; `bucket` is S3's alone.
pub fn place(
    service: &Service,
    operation: &Operation,
    region: &str,
    wishes: &Wishes,
    bucket: Option<&str>,
) -> Result<Place, String> {
    let of = |place: &str| service.hosts.iter().find(|it| it.place == place && it.variant == operation.variant);
    let host =
        of(region).or_else(|| of(partition(region))).ok_or_else(|| format!("{} is not in {region}", service.name))?;
    let signing_region = host.signing_region.unwrap_or(region).to_owned();
    let url = match &wishes.url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => {
            format!("https://{}", name(host, wishes).ok_or_else(|| lacks(service, region))?.replace("{region}", region))
        }
    };
    let url = match bucket {
        None => url,
        Some(bucket) => match url.split_once("://") {
            Some((scheme, host)) if !wishes.is_path_style && may_lead_host(bucket) && !is_address(host) => {
                format!("{scheme}://{bucket}.{host}")
            }
            _ => format!("{url}/{bucket}"),
        },
    };
    Ok(Place { url, signing_region })
}

fn name(host: &Host, wishes: &Wishes) -> Option<&'static str> {
    let index = usize::from(wishes.is_fips) * 2 + usize::from(wishes.is_dual_stack);
    Some(host.names[index]).filter(|it| *it != "-")
}

fn lacks(service: &Service, region: &str) -> String {
    format!("{} has no such endpoint in {region}", service.name)
}

/// Whether a bucket can be part of a host that a certificate for `*.s3.…` covers.
fn may_lead_host(bucket: &str) -> bool {
    let allowed = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    (3..=63).contains(&bucket.len())
        && bucket.bytes().all(allowed)
        && !bucket.starts_with('-')
        && !bucket.ends_with('-')
}

/// Whether a host is written as numbers, which no name can lead.
fn is_address(host: &str) -> bool {
    let host = host.split('/').next().unwrap_or_default();
    let without_port = host.rsplit_once(':').map_or(host, |(it, _)| it);
    host.starts_with('[') || without_port.parse::<std::net::Ipv4Addr>().is_ok()
}

/// The partition of a region, by the beginning of its name.
fn partition(region: &str) -> &'static str {
    const BY_PREFIX: &[(&str, &str)] = &[
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("us-isof-", "aws-iso-f"),
        ("eu-isoe-", "aws-iso-e"),
        ("eusc-", "aws-eusc"),
    ];
    BY_PREFIX.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |it| it.1)
}

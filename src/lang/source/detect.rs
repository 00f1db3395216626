//! Addresses that leave out how they are fetched.

use super::{Malformed, forced_kind, split_folder};
use regex::Regex;
use std::sync::LazyLock;

/// `git@example.com:group/repository.git`
static SSH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:([^@]+)@)?([^:]+):/?([^?]+)(\?.*)?$").expect("a constant pattern"));

/// The address with the kind of its package spelt out: `github.com/a/b` as `git::https://github.com/a/b.git`.
pub(super) fn normalise(address: &str) -> Result<String, Malformed> {
    let (kind, rest) = forced_kind(address);
    if has_scheme(rest) {
        return Ok(address.to_owned());
    }
    let detected = detect(rest)?;
    let (detected_kind, url) = forced_kind(&detected);
    Ok(match kind.or(detected_kind) {
        Some(kind) => format!("{kind}::{url}"),
        None => url.to_owned(),
    })
}

fn has_scheme(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    let is_letter = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
    // `host:path` of git is no URL; neither is a host with a port.
    scheme.starts_with(|it: char| it.is_ascii_alphabetic()) && scheme.chars().all(is_letter) && rest.starts_with("//")
}

fn detect(address: &str) -> Result<String, Malformed> {
    let (path, query) = match address.find('?') {
        Some(at) => address.split_at(at),
        None => (address, ""),
    };
    let parts: Vec<&str> = path.split('/').collect();
    if path.starts_with("github.com/") {
        let [host, owner, repository, folder @ ..] = &parts[..] else {
            return Err(Malformed::Other("GitHub URLs should be github.com/username/repo".into()));
        };
        let folder = if folder.is_empty() { String::new() } else { format!("//{}", folder.join("/")) };
        let repository = repository.strip_suffix(".git").unwrap_or(repository);
        return Ok(format!("git::https://{host}/{owner}/{repository}.git{folder}{query}"));
    }
    if let Some(captures) = SSH.captures(address).filter(|it| it.get(1).is_some_and(|user| user.as_str() == "git")) {
        let part = |at| captures.get(at).map_or("", |it| it.as_str());
        let (path, folder) = split_folder(part(3));
        let folder = if folder.is_empty() { String::new() } else { format!("//{folder}") };
        return Ok(format!("git::ssh://git@{}/{path}{folder}{}", part(2), part(4)));
    }
    if path.starts_with("bitbucket.org/") {
        let path = path.strip_suffix(".git").unwrap_or(path);
        return Ok(format!("git::https://{path}.git{query}"));
    }
    if path.contains(".amazonaws.com/") {
        let rest = parts[1..].join("/");
        let host: Vec<&str> = parts[0].split('.').collect();
        return match host[..] {
            [region, _, _] => Ok(format!("s3::https://{region}.amazonaws.com/{rest}{query}")),
            [bucket, region, _, _] => Ok(format!("s3::https://{region}.amazonaws.com/{bucket}/{rest}{query}")),
            [bucket, "s3", region, _, _] => Ok(format!("s3::https://s3.{region}.amazonaws.com/{bucket}/{rest}{query}")),
            _ => Err(Malformed::Other("URL is not a valid S3 URL".into())),
        };
    }
    match address {
        "" => Err(Malformed::Other("invalid source address: ".into())),
        _ if address.starts_with('/') => Ok(format!("file://{address}")),
        _ => Err(Malformed::MaybeRelative(address.to_owned())),
    }
}

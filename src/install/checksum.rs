//! `checksum=sha256:…` of a source address.

use crate::web::Client;
use sha1::Digest;

/// Fails unless `content` has the checksum: `kind:digest`, a bare digest, or `file:URL` of a list of them, in which the
/// file is called `name`.
pub(super) fn check(client: &Client, wanted: &str, content: &[u8], name: &str) -> Result<(), String> {
    let listed;
    let wanted = match wanted.strip_prefix("file:") {
        None => wanted,
        Some(url) => {
            listed = client.get(url, &[])?.text()?;
            let line = |line: &&str| {
                line.split_whitespace().last().is_some_and(|it| it.trim_start_matches(['*', '.', '/']) == name)
            };
            let only = Some(listed.trim()).filter(|it| !it.contains(char::is_whitespace));
            let found = listed.lines().find(line).and_then(|it| it.split_whitespace().next()).or(only);
            found.ok_or_else(|| format!("no checksum found in: {url}"))?
        }
    };
    let (kind, digest) = match wanted.split_once(':') {
        Some((kind, digest)) => (kind, digest),
        None => (kind_of(wanted)?, wanted),
    };
    let actual = match kind {
        "md5" => hex(&md5::Md5::digest(content)),
        "sha1" => hex(&sha1::Sha1::digest(content)),
        "sha256" => hex(&sha2::Sha256::digest(content)),
        "sha512" => hex(&sha2::Sha512::digest(content)),
        _ => return Err(format!("unsupported checksum type: {kind}")),
    };
    if actual.eq_ignore_ascii_case(digest) {
        return Ok(());
    }
    Err(format!("Checksums did not match for {name}.\nExpected: {digest}\nGot: {actual}"))
}

fn kind_of(digest: &str) -> Result<&'static str, String> {
    match digest.len() {
        32 => Ok("md5"),
        40 => Ok("sha1"),
        64 => Ok("sha256"),
        128 => Ok("sha512"),
        _ => Err(format!("Unknown type for checksum {digest}")),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

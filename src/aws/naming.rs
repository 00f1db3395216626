//! Generated names: `name_prefix`, or nothing at all, in place of a name.

use sha2::{Digest, Sha256};

/// Hexadecimal digits at the end of a generated name, as many as Terraform's have.
const SUFFIX: usize = 26;

/// The name to create: the one given, or prefix and digits that follow from `token`, so that the same attempt makes
/// the same name.
pub(super) fn name(given: Option<&str>, prefix: Option<&str>, token: &str) -> String {
    name_with(given, prefix, &suffix(token))
}

/// Every name that an attempt with `token` may have given: [`name`], and for a group or template whose journal an
/// earlier release wrote, the one with the digits that it used.
pub(super) fn names(given: Option<&str>, prefix: Option<&str>, token: &str) -> Vec<String> {
    let digest = Sha256::digest(token.as_bytes()).iter().map(|it| format!("{it:02x}")).collect::<String>();
    let mut names = vec![name(given, prefix, token), name_with(given, prefix, &digest[..SUFFIX])];
    names.dedup();
    names
}

fn name_with(given: Option<&str>, prefix: Option<&str>, suffix: &str) -> String {
    let stated = |it: Option<&str>| it.filter(|it| !it.is_empty()).map(str::to_owned);
    stated(given).unwrap_or_else(|| stated(prefix).unwrap_or_else(|| "terraform-".into()) + suffix)
}

pub(super) fn suffix(token: &str) -> String {
    let digits: String = token.chars().filter(char::is_ascii_hexdigit).take(SUFFIX).collect();
    format!("{digits:0<SUFFIX$}")
}

/// The prefix of a generated name; empty for any other.
pub(super) fn prefix_of(name: &str) -> String {
    match name.split_at_checked(name.len().saturating_sub(SUFFIX)) {
        Some((prefix, digits)) if digits.len() == SUFFIX && digits.chars().all(|it| it.is_ascii_hexdigit()) => {
            prefix.to_owned()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "6f1c2b0e-9d3a-4c57-8e21-0a5b7c9d1e3f";
    const DIGITS: &str = "6f1c2b0e9d3a4c578e210a5b7c";

    #[test]
    fn names_follow_from_what_is_given_and_the_token() {
        let generated = |prefix: &str| format!("{prefix}{DIGITS}");
        for (given, prefix, wanted) in [
            (Some("given"), Some("prefix-"), "given".to_owned()),
            (Some(""), Some("prefix-"), generated("prefix-")),
            (None, Some("prefix-"), generated("prefix-")),
            (None, Some(""), generated("terraform-")),
            (None, None, generated("terraform-")),
        ] {
            assert_eq!(name(given, prefix, TOKEN), wanted, "{given:?} {prefix:?}");
        }
    }

    /// An intent that an earlier release left open names a group by other digits of the same token.
    #[test]
    fn names_of_earlier_releases_are_looked_for_too() {
        assert_eq!(names(Some("given"), None, TOKEN), ["given"]);
        let earlier = "prefix-722b1d9a3cce35bc812160f78d".to_owned();
        assert_eq!(names(None, Some("prefix-"), TOKEN), [format!("prefix-{DIGITS}"), earlier]);
    }

    #[test]
    fn prefixes_are_those_of_generated_names() {
        for (name, prefix) in [
            ("prefix-20261129010203456700000001", "prefix-"),
            ("20261129010203456700000001", ""),
            ("prefix-2026112901020345670000000", ""),
            ("präfix-é026112901020345670000001", ""),
            ("short", ""),
        ] {
            assert_eq!(prefix_of(name), prefix, "{name}");
        }
    }
}

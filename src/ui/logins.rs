//! URLs as messages show them: who asks, and with which key, is nobody else's business.

use regex::{Captures, Regex};
use std::{borrow::Cow, sync::LazyLock};

/// `scheme://who@`, where `who` may be a token alone; and arguments of the query that are named like keys.
static LOGIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)(?<scheme>[a-z][a-z0-9+.-]*://)(?<who>[^/\s"'@]+)@|(?<name>[?&][^=&\s"']*(?:token|secret|password|passwd|signature|credential|key|sig|auth)[^=&\s"']*=)[^&\s"']+"#,
    )
    .expect("a valid pattern")
});

/// As Go writes a URL with a password that it does not show.
const REDACTED: &str = "xxxxx";

/// `text` with the logins of the URLs in it left out.
pub fn without_logins(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return text.into();
    }
    LOGIN.replace_all(text, |found: &Captures<'_>| {
        match (found.name("scheme"), found.name("who"), found.name("name")) {
            // The name that everybody has.
            (Some(_), Some(who), _) if matches!(who.as_str(), "git" | "hg") => found[0].to_owned(),
            (Some(scheme), ..) => format!("{}{REDACTED}@", scheme.as_str()),
            (.., name) => format!("{}{REDACTED}", name.map_or("", |it| it.as_str())),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_left_out() {
        for (text, shown) in [
            ("no URL ?token=x", "no URL ?token=x"),
            ("https://example.com/a?ref=v1", "https://example.com/a?ref=v1"),
            ("Get \"https://me:pass@example.com/a\": refused", "Get \"https://xxxxx@example.com/a\": refused"),
            ("git::https://ghp_token@github.com/a/b.git", "git::https://xxxxx@github.com/a/b.git"),
            (
                "git::ssh://git@github.com/a/b.git?sshkey=abc&ref=1",
                "git::ssh://git@github.com/a/b.git?sshkey=xxxxx&ref=1",
            ),
            (
                "https://h/a?x=1&X-Amz-Signature=f00&access_token=s 2",
                "https://h/a?x=1&X-Amz-Signature=xxxxx&access_token=xxxxx 2",
            ),
            ("see https://h/a, mail a@b.c", "see https://h/a, mail a@b.c"),
        ] {
            assert_eq!(without_logins(text), shown);
        }
    }
}

//! Generated names: `name_prefix`, or nothing at all, in place of a name.

/// Hexadecimal digits at the end of a generated name, as many as Terraform's have.
const SUFFIX: usize = 26;

/// The name to create: the one given, or prefix and digits that follow from `token`, so that the same attempt makes
/// the same name.
pub(super) fn name(given: &Option<String>, prefix: &str, token: &str) -> String {
    given.clone().filter(|it| !it.is_empty()).unwrap_or_else(|| {
        let prefix = if prefix.is_empty() { "terraform-" } else { prefix };
        format!("{prefix}{}", suffix(token))
    })
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

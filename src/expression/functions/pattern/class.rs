//! Classes in brackets.

use super::{Mistake, escape};

/// The classes with a name of POSIX.
const NAMED: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
    "xdigit",
];

/// Appends the class at the start of `text`; its length there.
pub(super) fn translate(text: &str, out: &mut String) -> Result<usize, Mistake> {
    let unclosed = || Mistake::new("missing closing ]", text);
    out.push('[');
    let mut at = 1;
    if text[at..].starts_with('^') {
        out.push('^');
        at += 1;
    }
    // A bracket that comes first stands for itself.
    let mut first = true;
    loop {
        let rest = &text[at..];
        if rest.is_empty() {
            return Err(unclosed());
        }
        if rest.starts_with(']') && !first {
            out.push(']');
            return Ok(at + 1);
        }
        first = false;
        if let Some(length) = named(rest, out)? {
            at += length;
            continue;
        }
        if rest.starts_with('\\')
            && let Some(length) = escape::set(rest, out)?
        {
            at += length;
            continue;
        }
        let (low, mut length) = character(rest)?.ok_or_else(unclosed)?;
        member(low, out);
        let after = rest[length..].strip_prefix('-').filter(|it| !it.is_empty() && !it.starts_with(']'));
        if let Some(after) = after {
            let (high, more) = character(after)?.ok_or_else(unclosed)?;
            length += 1 + more;
            if high < low {
                return Err(Mistake::new("invalid character class range", &rest[..length]));
            }
            out.push('-');
            member(high, out);
        }
        at += length;
    }
}

/// `[:alpha:]` or `[:^alpha:]`.
fn named(text: &str, out: &mut String) -> Result<Option<usize>, Mistake> {
    let Some((name, _)) = text.strip_prefix("[:").and_then(|it| it.split_once(":]")) else { return Ok(None) };
    let whole = &text[..name.len() + 4];
    if !NAMED.contains(&name.strip_prefix('^').unwrap_or(name)) {
        return Err(Mistake::new("invalid character class range", whole));
    }
    out.push_str(whole);
    Ok(Some(whole.len()))
}

/// One character, escaped or not, and its length.
fn character(text: &str) -> Result<Option<(char, usize)>, Mistake> {
    if text.starts_with('\\') {
        return escape::character(text).map(Some);
    }
    Ok(text.chars().next().map(|it| (it, it.len_utf8())))
}

/// Of signs, the crate takes some for operators.
fn member(letter: char, out: &mut String) {
    match letter.is_ascii() && !letter.is_ascii_alphanumeric() {
        true => out.push_str(&format!("\\x{:02x}", u32::from(letter))),
        false => out.push(letter),
    }
}

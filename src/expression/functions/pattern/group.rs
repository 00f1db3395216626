//! What begins with a parenthesis: groups, their names and flags.

use super::Mistake;

pub(super) enum Group<'t> {
    /// Counted, and perhaps named.
    Captured(Option<&'t str>),
    /// Not counted, with or without flags of its own.
    Flagged,
    /// Flags for all that follows, without a group.
    Flags,
}

/// The opening of a group at the start of `text` and its length.
pub(super) fn read(text: &str) -> Result<(usize, Group<'_>), Mistake> {
    if !text.starts_with("(?") {
        return Ok((1, Group::Captured(None)));
    }
    let after_name = text.strip_prefix("(?P<").filter(|it| !it.is_empty());
    if let Some(after) = after_name.or_else(|| text.strip_prefix("(?<").filter(|it| !it.is_empty())) {
        let invalid = |part| Mistake::new("invalid named capture", part);
        let (name, after) = after.split_once('>').ok_or_else(|| invalid(text))?;
        let length = text.len() - after.len();
        let is_letter = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
        if name.is_empty() || !name.bytes().all(is_letter) {
            return Err(invalid(&text[..length]));
        }
        return Ok((length, Group::Captured(Some(name))));
    }
    let mut negated = false;
    let mut any = false;
    for (at, letter) in text.char_indices().skip(2) {
        match letter {
            'i' | 'm' | 's' | 'U' => any = true,
            '-' if !negated => {
                negated = true;
                any = false;
            }
            ':' if any || !negated => return Ok((at + 1, Group::Flagged)),
            ')' if any || !negated => return Ok((at + 1, Group::Flags)),
            _ => {
                let part = &text[..at + letter.len_utf8()];
                return Err(Mistake::new("invalid or unsupported Perl syntax", part));
            }
        }
    }
    Err(Mistake::new("invalid or unsupported Perl syntax", text))
}

//! Text that may go to a terminal. Names, tags and messages of AWS, and what programs print, may hold any character; those that make a
//! terminal do something are written as what they are.

use std::borrow::Cow;

/// The text with control characters spelt out. Ends of lines, tabs and colors stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_plain = |it: char| !it.is_control() || matches!(it, '\n' | '\r' | '\t');
    if text.chars().all(is_plain) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = color(rest).unwrap_or(next.len_utf8());
        let (part, behind) = rest.split_at(length);
        match is_plain(next) || length > 1 && next == ESCAPE {
            true => out.push_str(part),
            false => out.push_str(&format!("\\u{:04x}", u32::from(next))),
        }
        rest = behind;
    }
    out.into()
}

const ESCAPE: char = '\u{1b}';

/// How long the sequence is that the text begins with, if it is one that sets a color or another style.
fn color(text: &str) -> Option<usize> {
    let codes = text.strip_prefix("\u{1b}[")?;
    let end = codes.find(|it: char| !it.is_ascii_digit() && it != ';')?;
    codes[end..].starts_with('m').then_some("\u{1b}[".len() + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_spelt_out() {
        let cases = [
            ("plain ünïcode\n\ttext\r\n", "plain ünïcode\n\ttext\r\n"),
            ("\u{1b}[1;31mred\u{1b}[0m", "\u{1b}[1;31mred\u{1b}[0m"),
            ("\u{1b}[2J\u{1b}[Hgone", "\\u001b[2J\\u001b[Hgone"),
            ("\u{1b}]0;title\u{7}", "\\u001b]0;title\\u0007"),
            ("\u{9b}31m\u{7f}\u{8}", "\\u009b31m\\u007f\\u0008"),
            ("cut off \u{1b}[", "cut off \\u001b["),
            ("\u{1b}", "\\u001b"),
        ];
        for (text, expected) in cases {
            assert_eq!(visible(text), expected);
        }
    }
}

//! Text that may go to a terminal. Names, tags and messages of AWS, and what programs print, may hold any character; those that make a
//! terminal do something are written as what they are. The only sequences that reach a terminal are those of [`painted`], which nothing
//! from outside can write: they hold a key that is another one in each process.

use std::{
    borrow::Cow,
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

/// What begins the sequences of this process.
static KEY: LazyLock<String> = LazyLock::new(|| format!("{ESCAPE}[{:016x};", RandomState::new().hash_one(())));

const ESCAPE: char = '\u{1b}';

/// The text with a color or another style, once [`visible`] has made it fit for a terminal.
pub(super) fn painted(code: &str, text: &str) -> String {
    format!("{key}{code}m{text}{key}0m", key = *KEY)
}

/// The text with control characters spelt out. Ends of lines, tabs and our own colors stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_plain = |it: char| !it.is_control() || matches!(it, '\n' | '\r' | '\t');
    if text.chars().all(is_plain) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some((code, behind)) = color(rest) {
            out.push_str(&format!("{ESCAPE}[{code}m"));
            rest = behind;
            continue;
        }
        match is_plain(next) {
            true => out.push(next),
            false => out.push_str(&format!("\\u{:04x}", u32::from(next))),
        }
        rest = &rest[next.len_utf8()..];
    }
    out.into()
}

/// The code of the sequence of our own that the text begins with, and what is behind it.
fn color(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix(KEY.as_str())?.split_once('m')
}

/// What a program prints, without the sequences that set its colors: where they are not obeyed they only make it hard to read.
pub(super) fn colorless(text: &str) -> Cow<'_, str> {
    let Some((before, mut rest)) = text.split_once(ESCAPE) else { return text.into() };
    let mut out = before.to_owned();
    loop {
        let codes = rest.strip_prefix('[').map(|it| it.trim_start_matches(|it: char| it.is_ascii_digit() || it == ';'));
        rest = codes.and_then(|it| it.strip_prefix('m')).unwrap_or_else(|| {
            out.push(ESCAPE);
            rest
        });
        let Some((part, behind)) = rest.split_once(ESCAPE) else { return (out + rest).into() };
        out.push_str(part);
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_spelt_out() {
        let cases = [
            ("plain ünïcode\n\ttext\r\n", "plain ünïcode\n\ttext\r\n"),
            ("\u{1b}[1;31mred\u{1b}[0m", "\\u001b[1;31mred\\u001b[0m"),
            ("\u{1b}[0123456789abcdef;31mred", "\\u001b[0123456789abcdef;31mred"),
            (&painted("1", &painted("31", "\u{1b}[8mred")), "\u{1b}[1m\u{1b}[31m\\u001b[8mred\u{1b}[0m\u{1b}[0m"),
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

    #[test]
    fn colors_of_programs_are_left_out() {
        let cases = [
            ("plain", "plain"),
            ("a \u{1b}[1;31mred\u{1b}[0m one\u{1b}[m", "a red one"),
            ("\u{1b}[2J\u{1b}[31", "\u{1b}[2J\u{1b}[31"),
            ("\u{1b}", "\u{1b}"),
            ("\u{1b}\u{1b}[0m[31m", "\u{1b}[31m"),
        ];
        for (text, expected) in cases {
            assert_eq!(colorless(text), expected);
        }
    }
}

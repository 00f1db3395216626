//! Text in the quotes of the language.

use std::fmt::Write;

/// A literal that stands for the text, with the escapes that Terraform writes: in addresses, in what it formats and in what
/// it generates. What nobody can see is written as its number.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// What stands between the quotes of [`quoted`].
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        match it {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '$' | '%' if rest.peek() == Some(&'{') => out.extend([it, it]),
            _ if is_visible(it) => out.push(it),
            _ => by_number(it, &mut out),
        }
    }
    out
}

/// `\u200b` or `\U000e0001`.
pub fn by_number(character: char, out: &mut String) {
    let code = u32::from(character);
    let _ = if code < 0x10000 { write!(out, "\\u{code:04x}") } else { write!(out, "\\U{code:08x}") };
}

/// Whether this is neither a control nor a format character, nor any blank but the usual one, nor a code that no character
/// has.
pub fn is_visible(character: char) -> bool {
    // Rust escapes just these, and combining marks unless they follow a letter; and quotes.
    let behind_a_letter = ['a', character];
    matches!(character, '\'' | '"' | '\\') || String::from_iter(behind_a_letter).escape_debug().eq(behind_a_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_terraform() {
        // Recorded from the keys of instances in the plans of Terraform 1.11.4.
        let cases = [
            ("a\nb", r#""a\nb""#),
            ("t\tb\r", r#""t\tb\r""#),
            ("q\"b\\", r#""q\"b\\""#),
            ("c${x}", r#""c$${x}""#),
            ("p%{x}", r#""p%%{x}""#),
            ("$x '", r#""$x '""#),
            ("bell\u{7}", r#""bell\u0007""#),
            ("\0", r#""\u0000""#),
            ("\u{7f}", r#""\u007f""#),
            ("\u{a0}x", r#""\u00a0x""#),
            ("\u{ad}", r#""\u00ad""#),
            ("é", "\"é\""),
            ("\u{301}x", "\"\u{301}x\""),
            ("\u{200b}", r#""\u200b""#),
            ("\u{2028}", r#""\u2028""#),
            ("漢", "\"漢\""),
            ("\u{e000}", r#""\ue000""#),
            ("\u{feff}", r#""\ufeff""#),
            ("😀", "\"😀\""),
            ("\u{e0001}", r#""\U000e0001""#),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected, "{text:?}");
        }
    }
}

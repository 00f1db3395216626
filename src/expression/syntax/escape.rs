//! Escapes in literal text.

use crate::diagnostic::{Diagnostic, Diagnostics, Span};

/// The text that `source` stands for. Of quoted text backslash escapes are resolved too, of other text only
/// `$${` and `%%{`. `span` is that of `source`.
pub(super) fn resolve(source: &str, span: Span, quoted: bool, diagnostics: &mut Diagnostics) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(['\\', '$', '%']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with("$${") || rest.starts_with("%%{") {
            out.push_str(&rest[1..3]);
            3
        } else if quoted && rest.starts_with('\\') {
            backslash(rest, &mut out).unwrap_or_else(|(length, detail)| {
                let start = span.start + (source.len() - rest.len()) as u32;
                let at = Span { start, end: start + length as u32, ..span };
                diagnostics.push(Diagnostic::error("Invalid escape sequence", detail).at(at));
                length
            })
        } else {
            out.push_str(&rest[..1]);
            1
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Appends what the escape at the start of `text` stands for; its length, or why it is wrong.
fn backslash(text: &str, out: &mut String) -> Result<usize, (usize, String)> {
    let Some(selector) = text[1..].chars().next() else {
        return Err((1, "Backslash must be followed by an escape sequence selector character.".into()));
    };
    let simple = match selector {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '"' => '"',
        '\\' => '\\',
        'u' => return code_point(text, 4, "four", out),
        'U' => return code_point(text, 8, "eight", out),
        _ => {
            let detail = format!("The symbol \"{selector}\" is not a valid escape sequence selector.");
            return Err((1 + selector.len_utf8(), detail));
        }
    };
    out.push(simple);
    Ok(2)
}

fn code_point(text: &str, digits: usize, count: &str, out: &mut String) -> Result<usize, (usize, String)> {
    let found = text[2..].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
    let end = 2 + found;
    if found < digits {
        let detail = format!("The {} escape sequence must be followed by {count} hexadecimal digits.", &text[..2]);
        return Err((end, detail));
    }
    let number = u32::from_str_radix(&text[2..end], 16).unwrap_or(u32::MAX);
    let Some(character) = char::from_u32(number) else {
        return Err((end, format!("Cannot encode character U+{number:04x} in UTF-8.")));
    };
    out.push(character);
    Ok(end)
}

//! From RE2's regular expressions, which the language has, to those of the `regex` crate.
//!
//! Where they differ: `\d`, `\w`, `\s` and `\b` mean ASCII only, `{` and an inner `[` may stand for themselves,
//! `\Q…\E` quotes, and `\<` is nothing special.

use regex::Regex;

/// Compiles an RE2 pattern. The error says what is wrong, in one line.
pub fn compile(pattern: &str) -> Result<Regex, String> {
    Regex::new(&translate(pattern)).map_err(|error| {
        let text = error.to_string();
        text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    let mut within_class = false;
    let mut class_start = false;
    while let Some(next) = rest.chars().next() {
        let starts_class = std::mem::take(&mut class_start);
        let mut length = next.len_utf8();
        match next {
            '\\' => length = escape(rest, within_class, &mut out),
            '[' if !within_class => {
                within_class = true;
                class_start = true;
                out.push('[');
                if rest[1..].starts_with('^') {
                    out.push('^');
                    length = 2;
                }
            }
            '[' if rest.starts_with("[:") && rest.contains(":]") => {
                length = rest.find(":]").map_or(1, |end| end + 2);
                out.push_str(&rest[..length]);
            }
            ']' if within_class && starts_class => out.push_str("\\]"),
            ']' if within_class => {
                within_class = false;
                out.push(']');
            }
            // Set operators and nested classes of the crate.
            '[' | '&' | '~' if within_class => {
                out.push('\\');
                out.push(next);
            }
            '-' if within_class && rest.starts_with("--") => out.push_str("\\-"),
            '{' if !within_class && !is_repetition(rest) => out.push_str("\\{"),
            _ => out.push(next),
        }
        rest = &rest[length..];
    }
    out
}

/// Appends what the escape at the start of `text` is here; its length.
fn escape(text: &str, within_class: bool, out: &mut String) -> usize {
    let Some(letter) = text[1..].chars().next() else {
        out.push('\\');
        return 1;
    };
    let length = 1 + letter.len_utf8();
    let (set, negated) = match letter {
        'd' => ("0-9", false),
        'D' => ("0-9", true),
        'w' => ("0-9A-Za-z_", false),
        'W' => ("0-9A-Za-z_", true),
        's' => ("\\t\\n\\f\\r ", false),
        'S' => ("\\t\\n\\f\\r ", true),
        'b' | 'B' if !within_class => {
            out.push_str(&format!("(?-u:\\{letter})"));
            return length;
        }
        'Q' => {
            let quoted = &text[2..];
            let end = quoted.find("\\E");
            out.push_str(&regex::escape(&quoted[..end.unwrap_or(quoted.len())]));
            return end.map_or(text.len(), |end| end + 4);
        }
        '<' | '>' => {
            out.push(letter);
            return length;
        }
        _ => {
            out.push_str(&text[..length]);
            return length;
        }
    };
    out.push_str(&match (within_class, negated) {
        (true, false) => set.to_owned(),
        (_, true) => format!("[^{set}]"),
        (false, false) => format!("[{set}]"),
    });
    length
}

/// Whether `text` starts with `{n}`, `{n,}` or `{n,m}`.
fn is_repetition(text: &str) -> bool {
    let Some((inner, _)) = text[1..].split_once('}') else { return false };
    let number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    match inner.split_once(',') {
        None => number(inner),
        Some((least, most)) => number(least) && (most.is_empty() || number(most)),
    }
}

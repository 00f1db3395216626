//! From RE2's regular expressions, which the language has, to those of the `regex` crate.
//!
//! Where they differ: `\d`, `\w`, `\s` and `\b` mean ASCII only, `{` and an inner `[` may stand for themselves,
//! `\Q…\E` quotes, and `\<` is nothing special.

use regex::{Regex, RegexBuilder};

/// Why a pattern is none, and the part of it that is wrong, in RE2's words where ours has the same mistake.
pub struct Mistake {
    pub what: String,
    pub part: String,
}

/// Compiles an RE2 pattern.
pub fn compile(pattern: &str) -> Result<Regex, Mistake> {
    if let Some(mistake) = refused(pattern) {
        return Err(mistake);
    }
    let limited = RegexBuilder::new(&translate(pattern)).size_limit(LARGEST).build();
    limited.map_err(|error| {
        let text = error.to_string();
        // The pattern, below it marks under the wrong part, and then the reason.
        let lines: Vec<&str> = text.lines().collect();
        let marks = lines.iter().position(|line| !line.is_empty() && line.trim().chars().all(|it| it == '^'));
        let marked = |at: usize| {
            let skipped = lines[at].chars().take_while(|it| *it == ' ').count();
            let part: String = lines[at - 1].chars().skip(skipped).take(lines[at].trim().len()).collect();
            (part, lines[at - 1].chars().skip(skipped).collect::<String>())
        };
        let (part, rest) = marks.filter(|at| *at > 0).map(marked).unwrap_or_default();
        let reason = lines.last().unwrap_or(&"").trim_start_matches("error: ");
        let (what, part) = match reason {
            "unclosed group" => ("missing closing )", pattern.to_owned()),
            "unclosed character class" => ("missing closing ]", rest),
            "repetition operator missing expression" => ("missing argument to repetition operator", part),
            "backreferences are not supported" | "unrecognized escape sequence" => ("invalid escape sequence", part),
            "look-around, including look-ahead and look-behind, is not supported" => {
                ("invalid or unsupported Perl syntax", part)
            }
            "Unicode property not found" => ("invalid character class range", part),
            reason => (reason, part),
        };
        Mistake { what: what.to_owned(), part }
    })
}

/// The most memory that a compiled pattern takes, in bytes.
const LARGEST: usize = 10 << 20;

/// The most repetitions that RE2 allows.
const MOST_REPETITIONS: usize = 1000;

/// What RE2 refuses and the crate does not.
fn refused(pattern: &str) -> Option<Mistake> {
    let mistake = |what: &str, part: &str| Some(Mistake { what: what.into(), part: part.into() });
    let mut rest = pattern;
    let mut within_class = false;
    let mut repeated: Option<&str> = None;
    while let Some(next) = rest.chars().next() {
        let before = repeated.take();
        let mut length = next.len_utf8();
        match next {
            '\\' => {
                let letter = rest[1..].chars().next();
                if letter.is_some_and(|it| matches!(it, 'u' | 'U') || !it.is_ascii()) {
                    return mistake("invalid escape sequence", &rest[..1 + letter.map_or(0, char::len_utf8)]);
                }
                length = 1 + letter.map_or(0, char::len_utf8);
                if letter == Some('Q') {
                    length = rest.find("\\E").map_or(rest.len(), |end| end + 2);
                }
            }
            '[' if !within_class => within_class = true,
            ']' => within_class = false,
            _ if within_class => {}
            '(' if rest.starts_with("(?") => {
                let flags: &str = &rest[2..2 + rest[2..].bytes().take_while(|it| it.is_ascii_alphabetic()).count()];
                if let Some(at) = flags.find(['x', 'u', 'R']).filter(|_| !rest.starts_with("(?P")) {
                    return mistake("invalid or unsupported Perl syntax", &rest[..3 + at]);
                }
            }
            '*' | '+' | '?' | '{' if next != '{' || is_repetition(rest) => {
                if next == '{' {
                    length = rest.find('}').map_or(1, |end| end + 1);
                    let counts = rest[1..length - 1].split(',').filter_map(|it| it.parse::<usize>().ok());
                    let counts: Vec<usize> = counts.collect();
                    if counts.iter().any(|it| *it > MOST_REPETITIONS)
                        || matches!(counts[..], [least, most] if least > most)
                    {
                        return mistake("invalid repeat count", &rest[..length]);
                    }
                }
                // `a*?` is lazy, `a**` nothing.
                if rest[length..].starts_with('?') {
                    length += 1;
                }
                if let Some(before) = before {
                    let part = &before[..before.len() - rest.len() + length];
                    return mistake("invalid nested repetition operator", part);
                }
                repeated = Some(rest);
            }
            _ => {}
        }
        rest = &rest[length..];
    }
    None
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
        // With the code or the name of a class in braces.
        'x' | 'p' | 'P' if text[2..].starts_with('{') => {
            let length = text.find('}').map_or(text.len(), |end| end + 1);
            out.push_str(&text[..length]);
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

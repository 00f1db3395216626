//! What begins with a backslash, inside and outside of classes.

use super::Mistake;

/// Appends the class that `\d`, `\pL` and the like at the start of `text` name, so that it can stand inside a class too;
/// its length. None if this names no class.
pub(super) fn set(text: &str, out: &mut String) -> Result<Option<usize>, Mistake> {
    let class = match text.as_bytes().get(1) {
        Some(b'd') => "[0-9]",
        Some(b'D') => "[^0-9]",
        Some(b'w') => "[0-9A-Za-z_]",
        Some(b'W') => "[^0-9A-Za-z_]",
        Some(b's') => "[\\t\\n\\f\\r ]",
        Some(b'S') => "[^\\t\\n\\f\\r ]",
        Some(b'p' | b'P') => return unicode(text, out).map(Some),
        _ => return Ok(None),
    };
    out.push_str(class);
    Ok(Some(2))
}

/// The general categories of Unicode.
const CATEGORIES: [&str; 37] = [
    "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P",
    "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs", "Any",
];

/// `\pL`, `\p{Greek}`, `\P{^Lu}`: a category or a script by its exact name.
fn unicode(text: &str, out: &mut String) -> Result<usize, Mistake> {
    let invalid = |part: &str| Mistake::new("invalid character class range", part);
    let (name, length) = match text[2..].chars().next() {
        None => return Err(invalid(text)),
        Some('{') => match text.find('}') {
            Some(end) => (&text[3..end], end + 1),
            None => return Err(invalid(text)),
        },
        Some(letter) => (&text[2..2 + letter.len_utf8()], 2 + letter.len_utf8()),
    };
    let (bare, inverted) = name.strip_prefix('^').map_or((name, false), |it| (it, true));
    let negated = text.starts_with("\\P") != inverted;
    // A surrogate is no character of a string.
    let class = match bare {
        "Cs" => "[^\\p{Any}]".into(),
        _ if CATEGORIES.contains(&bare) => format!("\\p{{{bare}}}"),
        _ => format!("\\p{{Script={bare}}}"),
    };
    let well_formed = bare.starts_with(|it: char| it.is_ascii_uppercase())
        && bare.bytes().all(|it| it.is_ascii_alphabetic() || it == b'_');
    if !well_formed || regex::Regex::new(&class).is_err() {
        return Err(invalid(&text[..length]));
    }
    out.push_str(&if negated { format!("[^{class}]") } else { format!("[{class}]") });
    Ok(length)
}

/// The character that the escape at the start of `text` stands for, and its length.
pub(super) fn character(text: &str) -> Result<(char, usize), Mistake> {
    let invalid = |length: usize| Mistake::new("invalid escape sequence", &text[..length]);
    let Some(letter) = text[1..].chars().next() else {
        return Err(Mistake::new("trailing backslash at end of expression", ""));
    };
    let digits = |from: usize, most: usize, is_digit: fn(&u8) -> bool| {
        text.as_bytes()[from..].iter().take(most).take_while(|it| is_digit(it)).count()
    };
    Ok(match letter {
        // One digit alone would be a reference to a group, unless it is zero.
        '0'..='7' => {
            let count = digits(1, 3, |it| matches!(it, b'0'..=b'7'));
            if count == 1 && letter != '0' {
                return Err(invalid(2));
            }
            let code = u32::from_str_radix(&text[1..1 + count], 8).unwrap_or_default();
            (char::from_u32(code).unwrap_or_default(), 1 + count)
        }
        'x' if text[2..].starts_with('{') => {
            let count = digits(3, usize::MAX, u8::is_ascii_hexdigit);
            let end = 3 + count;
            let stop = text[end..].chars().next();
            let code = u32::from_str_radix(&text[3..end], 16).ok();
            match code.and_then(char::from_u32) {
                Some(found) if stop == Some('}') => (found, end + 1),
                // RE2 stops at the digit that makes it too large.
                _ if count > 0 && code.is_none_or(|it| it > 0x10ffff) => {
                    let within = |end: &usize| u32::from_str_radix(&text[3..*end], 16).is_ok_and(|it| it <= 0x10ffff);
                    return Err(invalid((4..=end).find(|end| !within(end)).unwrap_or(end)));
                }
                _ => return Err(invalid(end + stop.map_or(0, char::len_utf8))),
            }
        }
        'x' => match digits(2, 2, u8::is_ascii_hexdigit) {
            2 => (char::from(u8::from_str_radix(&text[2..4], 16).unwrap_or_default()), 4),
            count => return Err(invalid(2 + count + text[2 + count..].chars().next().map_or(0, char::len_utf8))),
        },
        'a' => ('\u{7}', 2),
        'f' => ('\u{c}', 2),
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        'v' => ('\u{b}', 2),
        _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => (letter, 2),
        _ => return Err(invalid(1 + letter.len_utf8())),
    })
}

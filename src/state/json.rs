//! JSON text as Go's encoder lays it out, since state files are compared and versioned as text.

/// `json` on one line, as a journal entry has to be.
pub(super) fn compact(json: &[u8], out: &mut Vec<u8>) {
    rewrite(json, out, None);
}

/// `json` indented by two spaces. What HTML could trip over is escaped, as Go does by default.
pub(super) fn indent(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 2);
    rewrite(json, &mut out, Some(0));
    out.push(b'\n');
    out
}

/// Copies valid JSON without its white space, or with new one below `depth`.
fn rewrite(json: &[u8], out: &mut Vec<u8>, mut depth: Option<usize>) {
    let mut position = 0;
    while let Some(&byte) = json.get(position) {
        position += 1;
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => {}
            b'"' => {
                let end = end_of_string(json, position);
                escape(&json[position - 1..end], out);
                position = end;
            }
            b'{' | b'[' => {
                out.push(byte);
                let rest = &json[position..];
                let space = rest.iter().take_while(|it| it.is_ascii_whitespace()).count();
                if let Some(close @ (b'}' | b']')) = rest.get(space) {
                    out.push(*close);
                    position += space + 1;
                } else {
                    depth = depth.map(|it| it + 1);
                    new_line(out, depth);
                }
            }
            b'}' | b']' => {
                depth = depth.map(|it| it.saturating_sub(1));
                new_line(out, depth);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                new_line(out, depth);
            }
            b':' => {
                out.push(byte);
                if depth.is_some() {
                    out.push(b' ');
                }
            }
            _ => out.push(byte),
        }
    }
}

fn new_line(out: &mut Vec<u8>, depth: Option<usize>) {
    if let Some(depth) = depth {
        out.push(b'\n');
        out.resize(out.len() + 2 * depth, b' ');
    }
}

/// The position after the closing quote of the string that began before `start`.
fn end_of_string(json: &[u8], start: usize) -> usize {
    let mut position = start;
    while let Some(&byte) = json.get(position) {
        position += 1;
        match byte {
            b'"' => return position,
            b'\\' => position += 1,
            _ => {}
        }
    }
    json.len()
}

fn escape(string: &[u8], out: &mut Vec<u8>) {
    let mut copied = 0;
    for (position, &byte) in string.iter().enumerate() {
        let (escaped, length): (&[u8], usize) = match byte {
            b'<' => (b"\\u003c", 1),
            b'>' => (b"\\u003e", 1),
            b'&' => (b"\\u0026", 1),
            // U+2028 and U+2029
            0xe2 if string[position..].starts_with(&[0xe2, 0x80, 0xa8]) => (b"\\u2028", 3),
            0xe2 if string[position..].starts_with(&[0xe2, 0x80, 0xa9]) => (b"\\u2029", 3),
            _ => continue,
        };
        out.extend_from_slice(&string[copied..position]);
        out.extend_from_slice(escaped);
        copied = position + length;
    }
    out.extend_from_slice(&string[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout() {
        let cases = [
            ("{}", "{}", "{}\n"),
            (" [ ] ", "[]", "[]\n"),
            ("null", "null", "null\n"),
            (
                r#"{"a" :[1, 2.50],"b": { } }"#,
                r#"{"a":[1,2.50],"b":{}}"#,
                "{\n  \"a\": [\n    1,\n    2.50\n  ],\n  \"b\": {}\n}\n",
            ),
            (r#""a, {b}: \" \\""#, r#""a, {b}: \" \\""#, "\"a, {b}: \\\" \\\\\"\n"),
            (
                "\"<&>\u{2028}\u{2029}\u{2027}\"",
                "\"\\u003c\\u0026\\u003e\\u2028\\u2029\u{2027}\"",
                "\"\\u003c\\u0026\\u003e\\u2028\\u2029\u{2027}\"\n",
            ),
        ];
        for (json, one_line, indented) in cases {
            let mut out = Vec::new();
            compact(json.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), one_line, "{json}");
            assert_eq!(String::from_utf8(indent(json.as_bytes())).unwrap(), indented, "{json}");
        }
    }
}

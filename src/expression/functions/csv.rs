//! Comma-separated values, as RFC 4180 has them.

/// The rows of `text`; blank lines are none. The error says on which line what is wrong.
pub(super) fn rows(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n")) {
            rest = after;
            line += 1;
            continue;
        }
        let start = line;
        let mut row = Vec::new();
        loop {
            let (field, after) = field(rest, &mut line)?;
            row.push(field);
            match after.strip_prefix(',') {
                Some(after) => rest = after,
                None => {
                    rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')).unwrap_or(after);
                    line += 1;
                    break;
                }
            }
        }
        if rows.first().is_some_and(|first| first.len() != row.len()) {
            return Err(format!("CSV parse error on line {start}: wrong number of fields"));
        }
        rows.push(row);
    }
    Ok(rows)
}

fn field<'t>(text: &'t str, line: &mut usize) -> Result<(String, &'t str), String> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', '\n']).unwrap_or(text.len());
        let end = if text[end..].starts_with('\n') && text[..end].ends_with('\r') { end - 1 } else { end };
        if text[..end].contains('"') {
            return Err(format!("CSV parse error on line {line}: bare \" in non-quoted-field"));
        }
        return Ok((text[..end].to_owned(), &text[end..]));
    };
    let mut out = String::new();
    let mut rest = quoted;
    loop {
        let Some(end) = rest.find('"') else {
            return Err(format!("CSV parse error on line {line}: extraneous or missing \" in quoted-field"));
        };
        out.push_str(&rest[..end]);
        *line += rest[..end].matches('\n').count();
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                out.push('"');
                rest = after;
            }
            None if rest.is_empty() || rest.starts_with([',', '\n']) || rest.starts_with("\r\n") => {
                return Ok((out.replace("\r\n", "\n"), rest));
            }
            None => return Err(format!("CSV parse error on line {line}: extraneous or missing \" in quoted-field")),
        }
    }
}

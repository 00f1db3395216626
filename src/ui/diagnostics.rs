//! Diagnostics as text, in the frame that Terraform's users and their scripts know, and as JSON.
//!
//! annotate-snippets is not used: it has one frame, rustc's (`error: …`, `--> main.tf:3:5`), and what people grep
//! for is `Error: …` and `on main.tf line 3, in resource "aws_vpc" "a":`.

use super::{
    excerpt::{Excerpt, Position, excerpt},
    json::function_call,
    logins::without_logins,
    style::Style,
};
use crate::{
    diagnostic::{Diagnostic, Severity, Signature, Sources},
    expression::functions,
    product::PRODUCT,
};
use serde_json::{Value as Json, json};
use std::borrow::Cow;

/// A text of a diagnostic without anything secret.
pub(super) fn shown(text: &str, sources: &Sources) -> String {
    without_numbers(&without_logins(&sources.without_secrets(text))).into_owned()
}

/// Without the number that the standard library puts behind what the system says: `No such file or directory (os error 2)`.
fn without_numbers(text: &str) -> Cow<'_, str> {
    let Some((before, rest)) = text.split_once(" (os error ") else { return text.into() };
    match rest.trim_start_matches(|it: char| it.is_ascii_digit()).strip_prefix(')') {
        Some(behind) => format!("{before}{}", without_numbers(behind)).into(),
        None => text.into(),
    }
}

/// Every diagnostic with its excerpt, in order.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    diagnostics.iter().map(|diagnostic| render_one(diagnostic, sources, style)).collect()
}

/// `-compact-warnings`: a line for each warning, if there are nothing but warnings; otherwise as [`render`].
pub fn render_compact(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    if diagnostics.is_empty() || diagnostics.iter().any(Diagnostic::is_error) {
        return render(diagnostics, sources, style);
    }
    let mut out = format!("\n{}\n\n", style.bold(&style.yellow("Warnings:")));
    for diagnostic in diagnostics {
        out.push_str(&format!("- {}\n", shown(&diagnostic.summary, sources)));
        if let Some(excerpt) = diagnostic.subject.and_then(|span| excerpt(sources, span)) {
            out.push_str(&format!("  on {} line {}\n", excerpt.file, excerpt.start.line));
        }
    }
    out.push_str(&format!("\nTo see the full warning notes, run {PRODUCT} without -compact-warnings.\n"));
    out
}

fn render_one(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let word = match diagnostic.severity {
        Severity::Error => style.red("Error: "),
        Severity::Warning => style.yellow("Warning: "),
    };
    let mut lines =
        vec![format!("{}{}", style.bold(&word), style.bold(&shown(&diagnostic.summary, sources))), String::new()];
    let excerpt = diagnostic.subject.and_then(|span| excerpt(sources, span));
    if let Some(address) = &diagnostic.address {
        lines.push(format!("  with {address}{}", if excerpt.is_some() { "," } else { "" }));
    }
    if let Some(excerpt) = &excerpt {
        place(excerpt, &mut lines, style);
    }
    if (diagnostic.function.is_some() || !diagnostic.values.is_empty()) && excerpt.is_some() {
        lines.push(style.dim("    ├────────────────"));
        if let Some(function) = &diagnostic.function {
            lines.push(format!(
                "{} while calling {}({})",
                style.dim("    │"),
                style.bold(function),
                parameters(function, diagnostic.signature.as_deref())
            ));
        }
        for (name, statement) in &diagnostic.values {
            let (name, statement) = (shown(name, sources), shown(statement, sources));
            lines.push(format!("{} {} {statement}", style.dim("    │"), style.bold(&name)));
        }
    }
    if excerpt.is_some() || diagnostic.address.is_some() {
        lines.push(String::new());
    }
    // The last column stays free, as in Terraform, and the frame takes two.
    let margin = if style.color || style.framed { 3 } else { 1 };
    let frame = Style { width: style.width.saturating_sub(margin).max(20), ..style };
    if !diagnostic.detail.is_empty() {
        lines.extend(frame.wrap(&shown(&diagnostic.detailed(|span| sources.place(span)), sources)));
    }
    if let Some(hint) = &diagnostic.hint {
        if !diagnostic.detail.is_empty() {
            lines.push(String::new());
        }
        lines.extend(frame.wrap(&format!("Hint: {}", shown(hint, sources))));
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    framed(&lines, diagnostic.severity, style)
}

/// The names of what a function takes: `list, index`, `format, args...`.
fn parameters(function: &str, provided: Option<&Signature>) -> String {
    if let Some(provided) = provided {
        let names = provided.parameters.iter().map(|(name, _)| name.clone());
        let variadic = provided.variadic.iter().map(|(name, _)| format!("{name}..."));
        return names.chain(variadic).collect::<Vec<_>>().join(", ");
    }
    let Some(signature) = functions::signature(function) else { return String::new() };
    let names = signature.parameters.iter().map(|it| it.name.to_owned());
    names.chain(signature.variadic.map(|it| format!("{}...", it.name))).collect::<Vec<_>>().join(", ")
}

/// `  on main.tf line 3, in resource "aws_vpc" "a":` and the lines, the part that is meant underlined.
fn place(excerpt: &Excerpt, lines: &mut Vec<String>, style: Style) {
    let context = excerpt.context.as_ref().map_or(String::new(), |context| format!(", in {context}"));
    lines.push(format!("  on {} line {}{context}:", excerpt.file, excerpt.start.line));
    let (from, to) = excerpt.highlight;
    let mut offset = 0;
    for (index, line) in excerpt.code.split('\n').enumerate() {
        let clip = |at: usize| at.clamp(offset, offset + line.len()) - offset;
        let (start, end) = (clip(from), clip(to));
        let [before, meant, behind] = readable(&line[..start], &line[start..end], &line[end..]);
        let code = format!("{before}{}{behind}", style.underline(&meant));
        lines.push(format!("{:>4}: {}", excerpt.start.line + index, code.trim_end_matches('\r')));
        offset += line.len() + 1;
    }
}

/// A line in three parts, of which the middle is meant: whole, or as much around the place as can still be read.
fn readable<'l>(before: &'l str, meant: &'l str, behind: &'l str) -> [Cow<'l, str>; 3] {
    /// In bytes, since nobody counts so many columns.
    const LONG: usize = 500;
    const AROUND: usize = 100;
    if before.len() + meant.len() + behind.len() <= LONG {
        return [before.into(), meant.into(), behind.into()];
    }
    let end = |text: &'l str, length: usize| match text.char_indices().nth(length) {
        Some((at, _)) => format!("{}…", &text[..at]).into(),
        None => Cow::from(text),
    };
    let first = before.char_indices().rev().nth(AROUND);
    let before = first.map_or(before.into(), |(at, it)| format!("…{}", &before[at + it.len_utf8()..]).into());
    // What is behind a place that is cut off itself is not beside it.
    let meant = end(meant, 2 * AROUND);
    let behind = if meant.ends_with('…') { "".into() } else { end(behind, AROUND) };
    [before, meant, behind]
}

/// With colors there is a box; without, as Terraform does, only the lines.
fn framed(lines: &[String], severity: Severity, style: Style) -> String {
    if !style.color {
        return format!("\n{}\n", lines.join("\n"));
    }
    let paint = |text: &str| match severity {
        Severity::Error => style.red(text),
        Severity::Warning => style.yellow(text),
    };
    let body: String = lines.iter().map(|line| format!("{} {line}\n", paint("│"))).collect();
    format!("{}\n{body}{}\n", paint("╷"), paint("╵"))
}

/// One diagnostic in the format of Terraform's `-json` outputs.
pub fn to_json(diagnostic: &Diagnostic, sources: &Sources) -> Json {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let detail = diagnostic.detailed(|span| sources.place(span));
    let detail = match &diagnostic.hint {
        Some(hint) if detail.is_empty() => format!("Hint: {hint}"),
        Some(hint) => format!("{detail}\n\nHint: {hint}"),
        None => detail,
    };
    let (summary, detail) = (shown(&diagnostic.summary, sources), shown(&detail, sources));
    let mut out = json!({ "severity": severity, "summary": summary, "detail": detail });
    if let Some(address) = &diagnostic.address {
        out["address"] = address.as_str().into();
    }
    if let Some(excerpt) = diagnostic.subject.and_then(|span| excerpt(sources, span)) {
        let at = |it: Position| json!({ "line": it.line, "column": it.column, "byte": it.byte });
        let values: Vec<Json> = diagnostic
            .values
            .iter()
            .map(|(name, it)| json!({ "traversal": shown(name, sources), "statement": shown(it, sources) }))
            .collect();
        out["range"] = json!({ "filename": excerpt.file, "start": at(excerpt.start), "end": at(excerpt.end) });
        out["snippet"] = json!({
            "context": excerpt.context,
            "code": excerpt.code,
            "start_line": excerpt.start.line,
            "highlight_start_offset": excerpt.highlight.0,
            "highlight_end_offset": excerpt.highlight.1,
            "values": values,
        });
        if let Some(function) = &diagnostic.function {
            out["snippet"]["function_call"] = function_call(function, diagnostic.signature.as_deref());
        }
    }
    out
}

#[cfg(test)]
mod tests;

//! `-junit-xml`: what CI reads.

use super::{FileReport, RunReport, Status};
use crate::{
    diagnostic::Diagnostic,
    ui::{Style, diagnostics},
};
use std::fmt::Write;

/// Terraform's width where there is no terminal at all.
const WIDTH: usize = 80;

pub fn junit(files: &[FileReport]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?><testsuites>");
    for file in files {
        suite(file, &mut out);
    }
    out + if files.is_empty() { "</testsuites>" } else { "\n</testsuites>" }
}

fn suite(file: &FileReport, out: &mut String) {
    let count = |status: Status| file.runs.iter().filter(|it| it.status == status).count();
    let _ = write!(
        out,
        "\n  <testsuite name=\"{}\" tests=\"{}\" skipped=\"{}\" failures=\"{}\" errors=\"{}\">",
        escaped(&file.name),
        file.runs.len(),
        count(Status::Skip),
        count(Status::Fail),
        count(Status::Error)
    );
    for (at, run) in file.runs.iter().enumerate() {
        case(file, run, &file.runs[..at], out);
    }
    out.push_str(if file.runs.is_empty() { "</testsuite>" } else { "\n  </testsuite>" });
}

fn case(file: &FileReport, run: &RunReport, before: &[RunReport], out: &mut String) {
    let (name, of) = (escaped(&run.name), escaped(&file.name));
    let _ = write!(out, "\n    <testcase name=\"{name}\" classname=\"{of}\"");
    if let Some((began, took)) = &run.took {
        let _ = write!(out, " time=\"{}\" timestamp=\"{began}\"", took.as_secs_f64());
    }
    out.push('>');
    let empty = out.len();
    let (errors, warnings): (Vec<_>, Vec<_>) = run.found.diagnostics.iter().cloned().partition(Diagnostic::is_error);
    match run.status {
        Status::Skip => {
            let (message, body) = skipped(before);
            element("skipped", Some(&message), &body, out);
        }
        Status::Fail => element("failure", Some(&failures(run, &errors)), &text(&errors, run), out),
        Status::Error => element("error", Some("Encountered an error"), &text(&errors, run), out),
        Status::Pending | Status::Pass => {}
    }
    if !warnings.is_empty() {
        element("system-err", None, &text(&warnings, run), out);
    }
    out.push_str(if out.len() == empty { "</testcase>" } else { "\n    </testcase>" });
}

fn skipped(before: &[RunReport]) -> (String, String) {
    match before.iter().find(|it| it.status == Status::Error) {
        Some(failed) => (
            "Testcase skipped due to a previous testcase error".into(),
            format!(
                "Previous testcase {:?} ended in error, which caused the remaining tests in the file to be skipped",
                failed.name
            ),
        ),
        None => ("Testcase skipped due to an interrupt".into(), "The tests were interrupted".into()),
    }
}

/// `1 of 2 assertions failed: why`
fn failures(run: &RunReport, errors: &[Diagnostic]) -> String {
    let including = if errors.len() > 1 { ", including" } else { "" };
    let first = errors.first().map_or("", |it| &it.detail);
    let first = run.found.sources.without_secrets(first);
    format!("{} of {} assertions failed{including}: {first}", errors.len(), run.assertions)
}

fn text(found: &[Diagnostic], run: &RunReport) -> String {
    diagnostics::render(
        found,
        &run.found.sources,
        Style { color: false, width: WIDTH, framed: false, user_data: false },
    )
}

fn element(name: &str, message: Option<&str>, body: &str, out: &mut String) {
    let message = message.map_or_else(String::new, |it| format!(" message=\"{}\"", escaped(it)));
    // The end of such a section cannot stand inside of it.
    let body = body.replace("]]>", "]]]]><![CDATA[>");
    let _ = write!(out, "\n      <{name}{message}><![CDATA[{body}]]></{name}>");
}

/// As the value of an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            '\t' => out.push_str("&#x9;"),
            control if control.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

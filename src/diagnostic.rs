//! What is wrong with a configuration or a run, and where.

#![warn(missing_docs)]

use crate::value::{HIDDEN, Secrets, Type, Value};
use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap, HashSet},
    path::PathBuf,
    sync::{Arc, OnceLock},
};
use unicode_segmentation::UnicodeSegmentation;

/// A range of bytes in one source file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that it is in.
    pub file: FileId,
    /// The offset of its first byte.
    pub start: u32,
    /// The offset after its last byte.
    pub end: u32,
}

impl Span {
    /// From the start of `self` to the end of `last`, in the same file.
    pub fn to(self, last: Span) -> Span {
        Span { end: last.end.max(self.end), ..self }
    }
}

/// An index into [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Every file that was read, so that a [`Span`] can be shown as an excerpt.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// What no message shows, wherever it stands.
    secrets: Secrets,
    /// What no excerpt shows.
    concealed: Vec<Span>,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// As the user would name it: relative to the working directory.
    pub path: PathBuf,
    /// What was in it.
    pub text: Arc<str>,
    /// Its outermost blocks in their order, with their headers, once somebody asked: a file with a thousand mistakes is
    /// not read a thousand times for it.
    pub headers: OnceLock<Vec<(Span, String)>>,
}

impl Sources {
    /// Keeps a file; the id is what spans name it by.
    pub fn add(&mut self, path: PathBuf, text: Arc<str>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        self.files.push(Source { path, text, headers: OnceLock::new() });
        id
    }
    /// The file with that id, which must be one of these.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }
    /// All files, in the order in which they were read.
    pub fn files(&self) -> &[Source] {
        &self.files
    }
    /// From now on no message shows anything of `value`.
    pub fn keep_secret(&mut self, value: &Value) {
        self.secrets.add(value);
    }
    /// From now on no message shows what is sensitive in `value`.
    pub fn keep_secrets_of(&mut self, value: &Value) {
        self.secrets.add_sensitive(value);
    }
    /// From now on no excerpt shows this part.
    pub fn conceal(&mut self, span: Span) {
        self.concealed.push(span);
    }
    /// From now on no excerpt shows anything of this file.
    pub fn conceal_file(&mut self, file: FileId) {
        let end = u32::try_from(self.get(file).text.len()).unwrap_or(u32::MAX);
        self.concealed.push(Span { file, start: 0, end });
    }
    /// `text` of a message without secrets.
    pub fn without_secrets<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.secrets.hide(text)
    }
    /// The text under `span`, without what excerpts must not show.
    pub fn excerpt(&self, span: Span) -> Cow<'_, str> {
        let text = self.text(span);
        let within = |it: &&Span| it.file == span.file && it.start < span.end && it.end > span.start;
        let mut concealed: Vec<&Span> = self.concealed.iter().filter(within).collect();
        if concealed.is_empty() {
            return self.without_secrets(text);
        }
        concealed.sort();
        let (mut out, mut done) = (String::new(), span.start);
        for it in concealed {
            if it.start >= done {
                out += self.text(Span { start: done, end: it.start, ..span });
                out += HIDDEN;
            } else if it.start <= span.start && done == span.start {
                out += HIDDEN;
            }
            done = done.max(it.end.min(span.end));
        }
        out += self.text(Span { start: done, ..span });
        self.without_secrets(&out).into_owned().into()
    }
    /// Where `span` begins: `main.tf:3`.
    pub fn line(&self, span: Span) -> String {
        let source = self.get(span.file);
        let lines = source.text[..span.start as usize].matches('\n').count() + 1;
        format!("{}:{lines}", source.path.display())
    }
    /// `span` as messages name it: `main.tf:3,5-12`, or `main.tf:3,5-4,2` over several lines.
    pub fn place(&self, span: Span) -> String {
        let ((line, column), (last_line, last_column)) =
            (self.position(span, span.start), self.position(span, span.end));
        let path = self.get(span.file).path.display();
        if line == last_line {
            format!("{path}:{line},{column}-{last_column}")
        } else {
            format!("{path}:{line},{column}-{last_line},{last_column}")
        }
    }
    /// Where `span` starts: `main.tf:3,5`.
    pub fn start(&self, span: Span) -> String {
        let (line, column) = self.position(span, span.start);
        format!("{}:{line},{column}", self.get(span.file).path.display())
    }
    /// Line and column of a byte of the file of `span`, both from 1.
    fn position(&self, span: Span, offset: u32) -> (usize, usize) {
        let before = &self.get(span.file).text[..offset as usize];
        let line = before.rfind('\n').map_or(0, |it| it + 1);
        (before.matches('\n').count() + 1, before[line..].graphemes(true).count() + 1)
    }
    /// The text under `span`.
    pub fn text(&self, span: Span) -> &str {
        &self.get(span.file).text[span.start as usize..span.end as usize]
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The run fails.
    Error,
    /// The run goes on.
    Warning,
}

/// One finding: what is wrong, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A few words, in sentence case, without a full stop: `Unsupported argument`.
    pub summary: String,
    /// Full sentences. See [`Diagnostic::detailed`].
    pub detail: String,
    /// Other parts of sources that the detail names, and before which byte of it.
    pub places: Vec<(usize, Span)>,
    /// The part of the source to mark.
    pub subject: Option<Span>,
    /// How to mend it, where that can be said. Printed apart from the error.
    pub hint: Option<String>,
    /// The resource instance or other object that was being worked on, if the source alone does not say it.
    pub address: Option<String>,
    /// What the references in the expression stood for: `("var.x", "is 3")`. Never a sensitive value.
    pub values: Vec<(String, String)>,
    /// The function whose call failed, by the name that it is called by: `tonumber`, `core::tonumber`.
    pub function: Option<String>,
    /// What that takes and gives, where it is none of the language's own.
    pub signature: Option<Box<Signature>>,
    /// What is behind it, where the same is behind others: see [`gathered`].
    pub cause: Option<String>,
    /// What has the condition that is not met, where it tells of one: `output.url`, `module.a.check.health`.
    pub condition_of: Option<String>,
}

/// What a function of a provider takes and gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    /// Its name there.
    pub name: String,
    /// What it takes, by name.
    pub parameters: Vec<(String, Type)>,
    /// What it takes after these, any number of times.
    pub variadic: Option<(String, Type)>,
    /// What it gives.
    pub returns: Type,
}

/// Findings, in the order in which they were made.
pub type Diagnostics = Vec<Diagnostic>;

/// Each of them once, where it stands first.
pub fn distinct(diagnostics: Diagnostics) -> Diagnostics {
    let mut seen = HashSet::new();
    diagnostics.into_iter().filter(|it| seen.insert(it.clone())).collect()
}

/// How many of those that have the same cause are named.
const NAMED: usize = 3;

/// One error for each cause, where it stands first: it says how many have it, and names some.
pub fn gathered(diagnostics: Diagnostics) -> Diagnostics {
    let mut alike: HashMap<(Severity, String), Vec<usize>> = HashMap::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        if let Some(cause) = &diagnostic.cause {
            alike.entry((diagnostic.severity, cause.clone())).or_default().push(at);
        }
    }
    let mut dropped: HashSet<usize> = HashSet::new();
    let mut first = HashMap::new();
    for those in alike.into_values().filter(|it| it.len() > 1) {
        let addresses: BTreeSet<&str> = those.iter().filter_map(|at| diagnostics[*at].address.as_deref()).collect();
        let same_place = those.iter().all(|at| diagnostics[*at].subject == diagnostics[those[0]].subject);
        first.insert(those[0], (concerned(&addresses), same_place));
        dropped.extend(&those[1..]);
    }
    let kept = diagnostics.into_iter().enumerate().filter(|(at, _)| !dropped.contains(at));
    let told = |(at, diagnostic): (usize, Diagnostic)| {
        let Some((Some(concerned), same_place)) = first.get(&at) else { return diagnostic };
        let subject = diagnostic.subject.filter(|_| *same_place);
        Diagnostic { detail: format!("{}\n\n{concerned}", diagnostic.detail), subject, address: None, ..diagnostic }
    };
    kept.map(told).collect()
}

/// How many these are, and the first of them; none if it is but one.
fn concerned(addresses: &BTreeSet<&str>) -> Option<String> {
    let count = addresses.len();
    if count < 2 {
        return None;
    }
    let are_providers = addresses.iter().all(|it| it.contains("provider["));
    let what = if are_providers { "provider configurations" } else { "objects" };
    let named: Vec<&str> = addresses.iter().take(NAMED).copied().collect();
    let named = named.join(", ");
    Some(match count.saturating_sub(NAMED) {
        0 => format!("{count} {what} are concerned: {named}."),
        more => format!("{count} {what} are concerned: {named} and {more} more."),
    })
}

impl Diagnostic {
    /// What stops the run.
    pub fn error(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            summary: summary.into(),
            detail: detail.into(),
            places: Vec::new(),
            subject: None,
            hint: None,
            address: None,
            values: Vec::new(),
            function: None,
            signature: None,
            cause: None,
            condition_of: None,
        }
    }
    /// What does not stop the run.
    pub fn warning(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(summary, detail) }
    }
    /// With the part of the source to mark.
    pub fn at(self, span: Span) -> Self {
        Self { subject: Some(span), ..self }
    }
    /// With how to mend it.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
    /// With the function whose call went wrong.
    pub fn calling(self, function: &str) -> Self {
        Self { function: Some(function.to_owned()), ..self }
    }
    /// Continues the detail with a part of a source and what follows it there.
    pub fn naming(mut self, span: Span, after: &str) -> Self {
        self.places.push((self.detail.len(), span));
        self.detail += after;
        self
    }
    /// The detail with the places that it names, as `place` writes them.
    pub fn detailed(&self, place: impl Fn(Span) -> String) -> String {
        let mut out = String::with_capacity(self.detail.len());
        let mut done = 0;
        for (at, span) in &self.places {
            out.push_str(&self.detail[done..*at]);
            out.push_str(&place(*span));
            done = *at;
        }
        out + &self.detail[done..]
    }
    /// With the object that was being worked on.
    pub fn on(self, address: impl ToString) -> Self {
        Self { address: Some(address.to_string()), ..self }
    }
    /// Whether it stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Whether any of `diagnostics` stops the run.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// The candidate that a misspelt `given` most likely meant. Letters that changed places are one mistake, as one that is
/// missing, wrong or too much is.
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // One letter is near to any other.
    let length = given.chars().count();
    let limit = (length / 3).clamp(1, 3).min(length.saturating_sub(1));
    candidates
        .into_iter()
        .map(|it| (strsim::damerau_levenshtein(given, it), it))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_names_are_found() {
        let known = ["plan", "apply", "aws_vpc", "aws_vpn_gateway", "cidr_block"];
        for (given, expected) in [
            ("plna", Some("plan")),
            ("pln", Some("plan")),
            ("palpy", None),
            ("appyl", Some("apply")),
            ("aws_vcp", Some("aws_vpc")),
            ("cdir_bolck", Some("cidr_block")),
            ("cidrblock", Some("cidr_block")),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(given, known), expected, "{given}");
        }
    }

    #[test]
    fn what_has_one_cause_is_one_error() {
        let of = |cause: &str, address: &str| Diagnostic {
            cause: (!cause.is_empty()).then(|| cause.to_owned()),
            ..Diagnostic::error(cause, "Why.").on(address)
        };
        let all = [
            of("network", "a.c"),
            of("", "a.x"),
            of("network", "a.b"),
            of("login", "a.y"),
            of("network", "a.a"),
            of("network", "a.d"),
            of("", "a.z"),
            of("network", "a.a"),
        ];
        let told: Vec<(String, Option<String>)> =
            gathered(all.to_vec()).into_iter().map(|it| (it.detail, it.address)).collect();
        let told: Vec<(&str, Option<&str>)> = told.iter().map(|(it, at)| (&**it, at.as_deref())).collect();
        let expected = [
            ("Why.\n\n4 objects are concerned: a.a, a.b, a.c and 1 more.", None),
            ("Why.", Some("a.x")),
            ("Why.", Some("a.y")),
            ("Why.", Some("a.z")),
        ];
        assert_eq!(told, expected);
    }
}

//! `-target`, `-exclude` and the files that list more of them.

use crate::{
    address::Target,
    cli::{
        args::Part,
        session::{Failed, bad_address},
    },
    diagnostic::{Diagnostic, Diagnostics, Sources, Span},
    plan::Targets,
};
use std::path::PathBuf;

/// What the options name, if they can be read and suit each other.
pub(super) fn read(part: &Part) -> Result<Targets, Failed> {
    let is_given = |addresses: &[String], files: &[PathBuf]| !addresses.is_empty() || !files.is_empty();
    if is_given(&part.target, &part.target_file) && is_given(&part.exclude, &part.exclude_file) {
        let detail = "The target and exclude planning options are mutually-exclusive. Each plan must use either only the \
                      target options or only the exclude options.";
        return Err(Failed::new([Diagnostic::error("Invalid combination of arguments", detail)]));
    }
    let (mut diagnostics, mut sources) = (Diagnostics::new(), Sources::default());
    let mut all = |flag: &str, addresses: &[String], files: &[PathBuf]| {
        let mut targets = Vec::new();
        for given in addresses {
            match given.parse() {
                Ok(target) => targets.push(target),
                Err(error) => diagnostics.push(bad_address(flag, given, &error)),
            }
        }
        for path in files {
            listed(flag, path, &mut sources, &mut targets, &mut diagnostics);
        }
        targets
    };
    let (targets, excluded) =
        (all("target", &part.target, &part.target_file), all("exclude", &part.exclude, &part.exclude_file));
    if !diagnostics.is_empty() {
        return Err(Failed { diagnostics, sources });
    }
    Ok(if excluded.is_empty() { Targets::new(targets) } else { Targets::excluding(excluded) })
}

/// The addresses in a file, one a line.
fn listed(flag: &str, path: &PathBuf, sources: &mut Sources, targets: &mut Vec<Target>, diagnostics: &mut Diagnostics) {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let detail = format!("The file {} of -{flag}-file cannot be read: {error}.", path.display());
            return diagnostics.push(Diagnostic::error(format!("Failed to read {flag} file"), detail));
        }
    };
    let file = sources.add(path.clone(), text.as_str().into());
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let given = line.trim();
        if !given.is_empty() && !given.starts_with('#') {
            match given.parse() {
                Ok(target) => targets.push(target),
                Err(error) => {
                    let start = start + (line.len() - line.trim_start().len());
                    let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
                    let span = Span { file, start: offset(start), end: offset(start + given.len()) };
                    diagnostics.push(bad_address(flag, given, &error).at(span));
                }
            }
        }
        start += line.len();
    }
}

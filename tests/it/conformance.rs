//! Expressions and what Terraform makes of them: the data of `tests/conformance`, recorded by `make conformance`.

mod cases;
mod record;
mod scope;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use rforge::{
    diagnostic::{Diagnostic, Diagnostics, FileId, Sources},
    expression::{evaluate::evaluate, functions, syntax::parse},
    lang::{
        load::{Files, LoadOptions, load_from},
        variables::apply_defaults,
    },
    value::{ConversionError, Type, Value, convert, render},
};

use crate::workspace::repository;
use cases::{Case, File};
pub(crate) use scope::Names;

/// How many cases a function must have, and the syntax.
const EACH_FUNCTION: usize = 12;
const SYNTAX: usize = 400;

/// The functions that take no argument, or none that could be of a wrong type or unknown.
const WITHOUT_ARGUMENTS: [&str; 3] = ["plantimestamp", "timestamp", "uuid"];

fn folder() -> PathBuf {
    repository().join("tests/conformance")
}

/// The files of `tests/conformance/KIND`, by name.
fn files(kind: &str) -> BTreeMap<String, File> {
    let entries = fs::read_dir(folder().join(kind)).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| (path.file_stem().unwrap().to_str().unwrap().to_owned(), File::read(&path));
    entries.map(read).collect()
}

#[test]
fn functions_give_what_terraform_gives() {
    check("functions");
}

#[test]
fn syntax_gives_what_terraform_gives() {
    check("syntax");
}

#[test]
fn constraints_give_what_terraform_gives() {
    check("constraints");
}

#[test]
fn every_function_and_the_syntax_have_enough_cases() {
    let counts: BTreeMap<String, usize> =
        files("functions").into_iter().map(|(name, file)| (name, file.cases().count())).collect();
    for name in functions::names().chain(["can", "try"]) {
        let count = counts.get(&name.replace("::", "-")).copied().unwrap_or_default();
        let enough = if WITHOUT_ARGUMENTS.contains(&name) { 1 } else { EACH_FUNCTION };
        assert!(count >= enough, "{name} has {count} cases in tests/conformance/functions");
    }
    let syntax: usize = files("syntax").values().map(|file| file.cases().count()).sum();
    assert!(syntax >= SYNTAX, "{syntax} cases are in tests/conformance/syntax");
}

#[test]
fn what_differs_from_terraform_has_a_reason() {
    for (name, file) in ["functions", "syntax", "constraints"].into_iter().flat_map(files) {
        let unexplained = file.cases().find(|it| it.instead.is_empty() != it.reason.is_empty());
        assert!(unexplained.is_none(), "{name}: {}", unexplained.unwrap().expression);
    }
}

/// The expressions of all cases.
pub(crate) fn expressions() -> Vec<String> {
    let files = ["functions", "syntax"].into_iter().flat_map(files);
    files.flat_map(|(_, file)| file.cases().map(|it| it.expression.clone()).collect::<Vec<_>>()).collect()
}

/// Compares all cases of one kind; records them anew first if that was asked for.
fn check(kind: &str) {
    record::record(kind);
    let mut differences = String::new();
    let mut count = 0;
    for (name, file) in files(kind) {
        for case in file.cases() {
            let actual = transcript(case);
            let expected = case.expected();
            if actual != expected {
                count += 1;
                let actual: String = actual.chars().take(1000).collect();
                differences +=
                    &format!("\n{kind}/{name}\n>> {}\nexpected\n{expected}\nactual\n{actual}\n", case.expression);
            }
        }
    }
    assert!(differences.is_empty(), "{differences}\n{count} differences");
}

/// What rforge makes of a case, in the notation of the data.
fn transcript(case: &Case) -> String {
    let mut diagnostics = Diagnostics::new();
    let body = parse(&case.configuration(), FileId::default(), &mut diagnostics);
    let locals = body.blocks.first().and_then(|block| block.body.attributes.first());
    let Some(local) = locals.filter(|_| diagnostics.is_empty()) else { return errors(case, &diagnostics) };
    let value = evaluate(&local.value, &Names, &mut diagnostics);
    if !diagnostics.is_empty() {
        return errors(case, &diagnostics);
    }
    let given = match case.given() {
        Some((ty, _)) => given(ty, &value),
        None => Ok(value),
    };
    match given {
        Ok(value) => format!("= {}\n: {}", render(&value), type_name(&value.ty())),
        Err(wrong) => cases::error("Invalid value for input variable", &format!("{}.", wrong.message())),
    }
}

/// What a variable of this type makes of a value.
fn given(ty: &str, value: &Value) -> Result<Value, ConversionError> {
    let files = Files::saved([("main.tf".into(), Case::variable(ty).as_bytes().into())].into());
    let (configuration, diagnostics) = load_from(&files, Path::new("."), &LoadOptions::default());
    assert!(diagnostics.is_empty(), "{ty}: {diagnostics:?}");
    let variable = &configuration.root().variables["given"];
    convert(&apply_defaults(value, &variable.type_defaults), &variable.ty)
}

fn errors(case: &Case, diagnostics: &[Diagnostic]) -> String {
    let mut sources = Sources::default();
    sources.add("case.tf".into(), case.configuration().into());
    // Terraform asks "Did you mean" in the detail.
    let line = |it: &Diagnostic| {
        let hint = it.hint.as_ref().filter(|_| it.summary == "Call to unknown function");
        let hint = hint.map(|hint| format!(" {hint}")).unwrap_or_default();
        cases::error(&it.summary, &(it.detailed(|span| sources.place(span)) + &hint))
    };
    diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// In the notation of `type()` without its line breaks.
fn type_name(ty: &Type) -> String {
    ty.to_string().replace(", ", ",").replace("any", "dynamic")
}

//! `hashicorp/external` 2.x: a program of this machine as a data source.
//!
//! It gets its query as JSON, and answers with JSON. If nobody waits for the answer any more, it is killed.

mod running;

use super::local::*;
use crate::{
    provider::{Problem, Result},
    value::{Path as ValuePath, Type, Value},
};
pub use running::abandon;
use running::{Answer, run};
use serde_json::Value as Json;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

pub(super) fn provider() -> Local {
    let schema = schema(
        0,
        [
            ("id", computed(Type::String)),
            ("program", required(Type::list(Type::String))),
            ("query", optional(Type::map(Type::String))),
            ("result", computed(Type::map(Type::String))),
            ("working_dir", optional(Type::String)),
        ],
    );
    Local::new([], [("external", Data { validate, ..Data::waiting(schema, read) })])
}

fn at_program(summary: &str, detail: String) -> Problem {
    Problem::fatal(summary, detail).at(ValuePath::attribute("program"))
}

fn validate(it: &Attributes) -> Vec<Problem> {
    let is_empty = it.get("program").and_then(Value::as_elements).is_some_and(<[Value]>::is_empty);
    let detail = "Attribute program list must contain at least 1 elements, got: 0";
    if is_empty { vec![at_program("Invalid Attribute Value", detail.into())] } else { Vec::new() }
}

async fn read(mut it: Attributes) -> Result<Attributes> {
    let program = it.get("program").and_then(Value::as_elements).unwrap_or_default().to_vec();
    let words: Vec<&str> = program.iter().filter_map(Value::as_str).filter(|it| !it.is_empty()).collect();
    let Some(name) = words.first() else {
        let detail = "The data source was configured without a program to execute. Verify the configuration contains at \
                      least one non-empty value.";
        return Err(at_program("External Program Missing", detail.into()));
    };
    let path = find(name).map_err(|why| not_found(program[0].as_str(), &why))?;
    // What is null is not asked.
    let entries = it.get("query").and_then(Value::as_entries).into_iter().flatten();
    let query = entries.filter_map(|(key, value)| Some((key.to_string(), value.as_str()?.into())));
    let query = Json::Object(query.collect()).to_string();
    let folder = text(&it, "working_dir").filter(|it| !it.is_empty());
    let answer = run(&path, &words, folder, query.as_bytes()).await;
    let Answer { output, errors, state } = match answer {
        Ok(answer) => answer,
        Err(why) => Answer { output: Vec::new(), errors: String::new(), state: Some(why) },
    };
    let path = path.display();
    if let Some(state) = state {
        let began = "The data source received an unexpected error while attempting to execute the program.";
        let detail = match errors.is_empty() {
            true => format!(
                "{began}\n\nThe program was executed, however it returned no additional error messaging.\n\nProgram: \
                 {path}\nState: {state}"
            ),
            false => format!("{began}\n\nProgram: {path}\nError Message: {errors}\nState: {state}"),
        };
        return Err(at_program("External Program Execution Failed", detail));
    }
    let result = result(&output).map_err(|why| {
        let detail = format!(
            "The data source received unexpected results after executing the program.\n\nProgram output must be a JSON \
             encoded map of string keys and string values.\n\nProgram: {path}\nResult Error: {why}"
        );
        at_program("Unexpected External Program Results", detail)
    })?;
    it.insert("result".into(), Value::map(Type::String, result));
    set_text(&mut it, "id", "-");
    Ok(it)
}

fn not_found(program: Option<&str>, why: &str) -> Problem {
    let platform = if std::env::consts::OS == "macos" { "darwin" } else { std::env::consts::OS };
    let program = program.map_or_else(|| "<null>".to_owned(), |it| format!("{it:?}"));
    let detail = format!(
        "The data source received an unexpected error while attempting to find the program.\n\n\
         The program must be accessible according to the platform where rforge is running.\n\n\
         If the expected program should be automatically found on the platform where rforge is running, ensure that the \
         program is in an expected directory. On Unix-based platforms, these directories are typically searched based on \
         the '$PATH' environment variable.\n\n\
         If the expected program is relative to the configuration, it is recommended that the program name includes the \
         interpolated value of 'path.module' before the program name to ensure that it is compatible with varying module \
         usage. For example: \"${{path.module}}/my-program\"\n\n\
         The program must also be executable according to the platform where rforge is running. On Unix-based platforms, \
         the file on the filesystem must have the executable bit set.\n\n\
         Platform: {platform}\nProgram: {program}\nError: {why}"
    );
    at_program("External Program Lookup Failed", detail)
}

/// Where the program is: in one of the folders of `PATH`, unless its name has a slash.
fn find(name: &str) -> Result<PathBuf, String> {
    if name.contains('/') {
        let path = PathBuf::from(name);
        return match executable(&path) {
            Ok(()) => Ok(path),
            Err(why) => Err(format!("exec: {name:?}: {why}")),
        };
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = std::env::split_paths(&folders).map(|folder| match folder.as_os_str().is_empty() {
        true => Path::new(".").join(name),
        false => folder.join(name),
    });
    let missing = || format!("exec: {name:?}: executable file not found in $PATH");
    paths.find(|it| executable(it).is_ok()).ok_or_else(missing)
}

fn executable(path: &Path) -> Result<(), String> {
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("stat {}: no such file or directory", path.display()),
        _ => error.to_string(),
    })?;
    if metadata.is_dir() {
        return Err("is a directory".into());
    }
    if metadata.permissions().mode() & 0o111 == 0 { Err("permission denied".into()) } else { Ok(()) }
}

/// A map of strings, as Go reads one: null is nothing.
fn result(output: &[u8]) -> Result<Attributes, String> {
    if output.iter().all(u8::is_ascii_whitespace) {
        return Err("unexpected end of JSON input".into());
    }
    let json: Json = serde_json::from_slice(output).map_err(|error| match output.trim_ascii_start().first() {
        Some(first) if !b"{[\"-0123456789tfn".contains(first) => {
            format!("invalid character {:?} looking for beginning of value", char::from(*first))
        }
        _ if error.is_eof() => "unexpected end of JSON input".into(),
        _ => error.to_string(),
    })?;
    let wrong = |json: &Json, wanted: &str| {
        let kind = match json {
            Json::Bool(_) => "bool",
            Json::Number(_) => "number",
            Json::String(_) => "string",
            Json::Array(_) => "array",
            Json::Object(_) | Json::Null => "object",
        };
        format!("json: cannot unmarshal {kind} into Go value of type {wanted}")
    };
    match json {
        Json::Null => Ok(Attributes::new()),
        Json::Object(entries) => {
            let text = |(name, value): (String, Json)| match value {
                Json::String(text) => Ok((name.into(), Value::string(text))),
                Json::Null => Ok((name.into(), Value::string(""))),
                other => Err(wrong(&other, "string")),
            };
            entries.into_iter().map(text).collect()
        }
        other => Err(wrong(&other, "map[string]string")),
    }
}

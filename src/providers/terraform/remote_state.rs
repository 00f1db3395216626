//! `terraform_remote_state`: the root outputs of another configuration, from its state.
//!
//! Only the `local` backend can be read. As in Terraform, outputs come without their mark where they are sensitive.

use crate::{
    provider::{Problem, Result},
    providers::local::{Attributes, Data, computed, is_set, optional, required, schema, text},
    value::{Path, Type, Value, from_json, type_from_json},
};
use serde_json::Value as Json;
use std::{fs, io::ErrorKind, path::PathBuf};

pub fn data() -> Data {
    let schema = schema(
        0,
        [
            ("backend", required(Type::String)),
            ("config", optional(Type::Any)),
            ("defaults", optional(Type::Any)),
            ("outputs", computed(Type::Any)),
            ("workspace", optional(Type::String)),
        ],
    );
    Data { schema, validate, read }
}

fn validate(attributes: &Attributes) -> Vec<Problem> {
    let is_known = attributes.iter().all(|(name, value)| &**name == "outputs" || value.is_wholly_known());
    if is_known { check(attributes).err().into_iter().collect() } else { Vec::new() }
}

/// Where the state is, if the arguments make sense.
fn check(attributes: &Attributes) -> Result<PathBuf> {
    let kind = text(attributes, "backend").unwrap_or_default();
    if kind != "local" {
        return Err(unreadable(kind));
    }
    let defaults = attributes.get("defaults").filter(|it| !it.is_null());
    if defaults.is_some_and(|it| it.as_entries().is_none()) {
        let problem = Problem::fatal("Invalid default values", "Defaults must be given in an object value.");
        return Err(problem.at(Path::attribute("defaults")));
    }
    path(attributes)
}

fn read(mut attributes: Attributes) -> Result<Attributes> {
    let path = check(&attributes)?;
    let mut outputs = attributes.get("defaults").and_then(Value::as_entries).cloned().unwrap_or_default();
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Problem::fatal(
            "Unable to find remote state",
            "No stored state was found for the given workspace in the given backend.",
        ),
        _ => Problem::fatal("Error loading state error", format!("{}: {error}.", path.display())),
    })?;
    outputs.extend(outputs_of(&bytes)?);
    attributes.insert("outputs".into(), Value::object(outputs));
    Ok(attributes)
}

fn unreadable(kind: &str) -> Problem {
    const OTHERS: &[&str] =
        &["azurerm", "consul", "cos", "gcs", "http", "inmem", "kubernetes", "oss", "pg", "remote", "s3"];
    let detail = match OTHERS.contains(&kind) {
        true => format!("rforge reads the states of the backend \"local\" alone, not yet those of {kind:?}."),
        false => format!("There is no backend type named {kind:?}."),
    };
    Problem::fatal("Invalid backend configuration", detail).at(Path::attribute("backend"))
}

/// Where the local backend keeps the state of the workspace.
fn path(attributes: &Attributes) -> Result<PathBuf> {
    let invalid = |why: &str| {
        let detail = format!("The given configuration is not valid for backend \"local\": {why}.");
        Problem::fatal("Invalid backend configuration", detail).at(Path::attribute("config"))
    };
    let mut config = Attributes::new();
    if is_set(attributes, "config") {
        let given = attributes.get("config").and_then(Value::as_entries);
        config.clone_from(given.ok_or_else(|| invalid("an object is required"))?);
    }
    if let Some(name) = config.keys().find(|name| !matches!(&***name, "path" | "workspace_dir")) {
        return Err(invalid(&format!("unexpected attribute {name:?}")));
    }
    if let Some((name, _)) = config.iter().find(|(_, value)| !value.is_null() && value.as_str().is_none()) {
        return Err(invalid(&format!("attribute {name:?}: string required")));
    }
    match text(attributes, "workspace").filter(|it| !matches!(*it, "" | "default")) {
        None => Ok(text(&config, "path").unwrap_or("terraform.tfstate").into()),
        Some(workspace) => {
            let folder = PathBuf::from(text(&config, "workspace_dir").unwrap_or("terraform.tfstate.d"));
            Ok(folder.join(workspace).join("terraform.tfstate"))
        }
    }
}

fn outputs_of(state: &[u8]) -> Result<Attributes> {
    let broken = |why: String| Problem::fatal("Unsupported state file format", why);
    let state: Json = serde_json::from_slice(state)
        .map_err(|error| broken(format!("The state file could not be parsed as JSON: {error}.")))?;
    if state["version"] != 4 {
        return Err(broken("The state file is not of version 4.".into()));
    }
    let outputs = state["outputs"].as_object().into_iter().flatten();
    outputs
        .map(|(name, output)| {
            let value = type_from_json(&output["type"]).and_then(|ty| from_json(&output["value"], &ty));
            let value = value.map_err(|error| broken(format!("The output {name:?} cannot be read: {error}.")))?;
            Ok((name.as_str().into(), value))
        })
        .collect()
}

//! `terraform_remote_state`: the root outputs of another configuration, from its state.
//!
//! The backends `local`, `http` and `s3` can be read. As in Terraform, outputs come without their mark where they are
//! sensitive.

mod config;
mod http;
mod local;
mod s3;

use crate::{
    provider::{Problem, Result},
    providers::local::{Attributes, Data, computed, optional, required, schema, text},
    value::{Path, Type, Value, from_json, type_from_json},
};
use config::Config;
use serde_json::Value as Json;

const NOT_FOUND: &str = "No stored state was found for the given workspace in the given backend.";

/// Where a state is, and how to get it.
enum Backend {
    Local(std::path::PathBuf),
    Http(http::Address),
    S3(s3::Object),
}

pub(super) fn data() -> Data {
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
    Data { validate, ..Data::new(schema, read) }
}

fn validate(attributes: &Attributes) -> Vec<Problem> {
    let is_known = attributes.iter().all(|(name, value)| &**name == "outputs" || value.is_wholly_known());
    if is_known { check(attributes).err().into_iter().collect() } else { Vec::new() }
}

/// Where the state is, if the arguments make sense.
fn check(attributes: &Attributes) -> Result<Backend> {
    let kind = text(attributes, "backend").unwrap_or_default();
    if !matches!(kind, "local" | "http" | "s3") {
        return Err(unreadable(kind));
    }
    let defaults = attributes.get("defaults").filter(|it| !it.is_null());
    if defaults.is_some_and(|it| it.as_entries().is_none()) {
        let problem = Problem::fatal("Invalid default values", "Defaults must be given in an object value.");
        return Err(problem.at(Path::attribute("defaults")));
    }
    let workspace = text(attributes, "workspace").filter(|it| !matches!(*it, "" | "default"));
    match kind {
        "http" => http::address(&Config::of(attributes, kind, http::ARGUMENTS)?, workspace).map(Backend::Http),
        "s3" => s3::object(&Config::of(attributes, kind, s3::ARGUMENTS)?, workspace).map(Backend::S3),
        _ => local::path(&Config::of(attributes, kind, local::ARGUMENTS)?, workspace).map(Backend::Local),
    }
}

fn read(mut attributes: Attributes) -> Result<Attributes> {
    let backend = check(&attributes)?;
    let mut outputs = attributes.get("defaults").and_then(Value::as_entries).cloned().unwrap_or_default();
    let state = match &backend {
        Backend::Local(path) => local::read(path),
        Backend::Http(address) => http::read(address),
        Backend::S3(object) => s3::read(object),
    };
    let state = state.map_err(|why| Problem::fatal("Error loading state error", why))?;
    let bytes = state.ok_or_else(|| Problem::fatal("Unable to find remote state", NOT_FOUND))?;
    outputs.extend(outputs_of(&bytes)?);
    attributes.insert("outputs".into(), Value::object(outputs));
    Ok(attributes)
}

fn unreadable(kind: &str) -> Problem {
    const OTHERS: &[&str] = &["azurerm", "consul", "cos", "gcs", "inmem", "kubernetes", "oss", "pg", "remote"];
    let detail = match OTHERS.contains(&kind) {
        true => format!(
            "rforge reads the states of the backends \"local\", \"http\" and \"s3\", not yet those of {kind:?}."
        ),
        false => format!("There is no backend type named {kind:?}."),
    };
    Problem::fatal("Invalid backend configuration", detail).at(Path::attribute("backend"))
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

//! Variables that are given while a saved plan is applied, which has the values that it was made with.

use crate::{
    address::Name,
    cli::args::Given,
    diagnostic::{Diagnostic, Diagnostics},
    lang::{
        configuration::{Configuration, Variable},
        variables::{self, Origin},
    },
    value::{Value, to_json},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Reports values that differ from the planned ones: errors of flags, warnings of the environment. Files that are read
/// without being named may have moved on.
pub(super) fn check_lasting(
    configuration: &Configuration,
    planned: &BTreeMap<Name, Value>,
    assigned: &BTreeMap<Name, variables::Given>,
    given: &[Given],
) -> Diagnostics {
    let sources = &configuration.sources;
    let is_named = |path: &Path| given.iter().any(|it| matches!(it, Given::File(named) if named == path));
    let mut found = Diagnostics::new();
    for (name, it) in assigned {
        let variable = configuration.root().variables.get(name).filter(|it| !it.ephemeral);
        let (Some(variable), Some(planned)) = (variable, planned.get(name)) else { continue };
        let Ok(now) = variables::prepare(variable, Some(it.value.clone()), &it.origin, sources) else { continue };
        if now.equals_unmarked(planned) {
            continue;
        }
        let origin = match &it.origin {
            Origin::CommandLine => "by a CLI argument",
            Origin::File(span) if is_named(&sources.get(span.file).path) => NAMED_FILE,
            Origin::Json(path) if is_named(path) => NAMED_FILE,
            Origin::Environment => {
                let doing = "overriden when applying a saved plan file";
                let detail = detail(variable, doing, planned, &now, "by an environment variable");
                found.push(Diagnostic::warning("Ignoring variable when applying a saved plan", detail));
                continue;
            }
            _ => continue,
        };
        let doing = "set using the -var and -var-file options when applying a saved plan file";
        let detail = detail(variable, doing, planned, &now, origin);
        let error = Diagnostic::error("Can't change variable when applying a saved plan", detail);
        found.push(if let Origin::File(span) = &it.origin { error.at(*span) } else { error });
    }
    found
}

const NAMED_FILE: &str = "by a .tfvars file passed through -var-file argument";

fn detail(variable: &Variable, doing: &str, planned: &Value, now: &Value, origin: &str) -> String {
    let shown = |value: &Value| match variable.sensitive {
        true => "(sensitive value)".to_owned(),
        false => to_json(value).to_string(),
    };
    format!(
        "The variable {} cannot be {doing}, because a saved plan includes the variable values that were set when it was \
         created. The saved plan specifies {} as the value whereas during apply the value {} was set {origin}. To \
         declare an ephemeral variable which is not saved in the plan file, use ephemeral = true.",
        variable.name,
        shown(planned),
        shown(now)
    )
}

/// Reports ephemeral variables that applying is not given as planning was: without them the plan would be another one.
pub(super) fn check_ephemeral(planned: &BTreeSet<Name>, given: &BTreeSet<Name>) -> Diagnostics {
    let missing = planned.difference(given).map(|name| {
        let detail = format!(
            "The ephemeral input variable {:?} was set during the plan phase, and so must also be set during the apply phase.",
            &**name
        );
        Diagnostic::error("No value for required variable", detail)
    });
    let surplus = given.difference(planned).map(|name| {
        let detail = format!(
            "The ephemeral input variable {:?} was not set during the planning phase, and so must remain unset during the \
             apply phase.",
            &**name
        );
        Diagnostic::error("Ephemeral variable was not set during planning", detail)
    });
    missing.chain(surplus).collect()
}

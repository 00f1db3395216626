//! What is wrong with a state file that is JSON and not a state, in Terraform's words: which field has a value of another kind.

use serde_json::Value as Json;

/// What a field may hold. Null is nothing, whatever it may hold.
enum Kind {
    Anything,
    Text,
    /// A whole number that is not negative.
    Count,
    Switch,
    List(&'static Kind),
    /// An object with any keys.
    Table(&'static Kind),
    Fields(&'static [(&'static str, Kind)]),
}

use Kind::{Anything, Count, Fields, List, Switch, Table, Text};

static STATE: Kind = Fields(&[
    ("terraform_version", Text),
    ("serial", Count),
    ("lineage", Text),
    ("outputs", Table(&OUTPUT)),
    ("resources", List(&RESOURCE)),
]);

static OUTPUT: Kind = Fields(&[("value", Anything), ("type", Anything), ("sensitive", Switch)]);

static RESOURCE: Kind = Fields(&[
    ("module", Text),
    ("mode", Text),
    ("type", Text),
    ("name", Text),
    ("provider", Text),
    ("instances", List(&OBJECT)),
]);

static OBJECT: Kind = Fields(&[
    ("index_key", Anything),
    ("status", Text),
    ("deposed", Text),
    ("provider", Text),
    ("schema_version", Count),
    ("sensitive_attributes", List(&List(&STEP))),
    ("identity_schema_version", Count),
    ("private", Text),
    ("dependencies", List(&Text)),
    ("create_before_destroy", Switch),
    ("prevent_destroy", Switch),
]);

static STEP: Kind = Fields(&[("type", Text), ("value", Anything)]);

/// The first field whose value is not of its kind, and what the value is; the state as a whole has no name.
pub(super) fn misfit(state: &Json) -> Option<(String, String)> {
    let (path, value) = of(state, &STATE)?;
    Some((path.join("."), value))
}

fn of(value: &Json, kind: &'static Kind) -> Option<(Vec<&'static str>, String)> {
    let unfit = |text: String| Some((Vec::new(), text));
    match (kind, value) {
        (Anything, _) | (_, Json::Null) | (Text, Json::String(_)) | (Switch, Json::Bool(_)) => None,
        (Count, Json::Number(it)) if it.is_u64() => None,
        (Count, _) => unfit(described(value)),
        (List(kind), Json::Array(elements)) => elements.iter().find_map(|it| of(it, kind)),
        (Table(kind), Json::Object(entries)) => entries.values().find_map(|it| of(it, kind)),
        (Fields(fields), Json::Object(entries)) => fields.iter().find_map(|(name, kind)| {
            let (mut path, text) = of(entries.get(*name)?, kind)?;
            path.insert(0, name);
            Some((path, text))
        }),
        _ => unfit(name(value).into()),
    }
}

/// What Go calls a value.
fn name(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "bool",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

/// The same, and which number where another one would do.
pub(super) fn described(value: &Json) -> String {
    match value {
        Json::Number(it) => format!("number {it}"),
        other => name(other).into(),
    }
}

//! Documents of hashicorp/aws 5.100 under Terraform 1.11.4 (`terraform-oracle plan`), in `cases.json`.

use super::PolicyDocument;
use crate::{
    aws::{
        attribute::{Field, Shape},
        resource::DataSource,
        rules,
    },
    diagnostic::Severity,
    schema::SchemaBlock,
    value::{Value, from_json, to_json},
};
use serde_json::Value as Json;

/// A configuration, and the document that the reference provider makes of it or a part of its error. `id` is the
/// hash of the indented text, so that an equal id tells that this is the same to the byte, too.
#[derive(serde::Deserialize)]
struct Case {
    name: String,
    config: Json,
    #[serde(default)]
    id: Json,
    #[serde(default)]
    minified_json: Json,
    #[serde(default)]
    json: Json,
    #[serde(default)]
    error: String,
}

/// What a configuration is answered with, or why not: the rules, then `read` without its unused connection.
fn answer(config: &Value) -> Result<Value, String> {
    let problems = rules::check("data", PolicyDocument::TYPE, &block(), config);
    match problems.iter().find(|it| it.severity == Severity::Error) {
        Some(problem) => Err(problem.summary.clone()),
        None => PolicyDocument::decode(config).answered().map(|it| it.encode()),
    }
}

fn check(case: &Case) {
    let name = &case.name;
    match answer(&config(&case.config)) {
        Err(reason) => assert!(!case.error.is_empty() && reason.contains(&case.error), "{name}: {reason}"),
        Ok(answer) => {
            assert_eq!(case.error, "", "{name}");
            let answer = to_json(&answer);
            assert_eq!(answer["minified_json"], case.minified_json, "{name}");
            if !case.json.is_null() {
                assert_eq!(answer["json"], case.json, "{name}");
            }
            assert_eq!(answer["id"], case.id, "{name}");
        }
    }
}

fn block() -> SchemaBlock {
    match PolicyDocument::shape() {
        Shape::Block(block) => block,
        _ => unreachable!("attributes! makes blocks"),
    }
}

/// A configuration conforming to the schema.
fn config(json: &Json) -> Value {
    let mut json = json.clone();
    let absent_blocks = |json: &mut Json, names: &[&str]| {
        for name in names.iter().filter(|it| json[**it].is_null()).copied().collect::<Vec<_>>() {
            json[name] = Json::Array(Vec::new());
        }
    };
    absent_blocks(&mut json, &["statement"]);
    for statement in json["statement"].as_array_mut().into_iter().flatten() {
        absent_blocks(statement, &["principals", "not_principals", "condition"]);
    }
    from_json(&json, &block().implied_type()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

#[test]
fn documents_are_those_of_the_reference_provider() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("cases.json")).unwrap();
    cases.iter().for_each(check);
}

//! Where ephemeral values may not go: into anything that a plan or state keeps.

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    lang::configuration::Resource,
    schema::{Attribute, SchemaBlock},
    value::{Marks, Path, PathStep, Value},
};

/// Reports each argument of a resource that is given an ephemeral value, unless it is write-only.
pub(super) fn check(resource: &Resource, schema: &SchemaBlock, config: &Value) -> Diagnostics {
    let mut found = Diagnostics::new();
    if !config.marks_within().contains(Marks::EPHEMERAL) {
        return found;
    }
    let mut known: Vec<Path> = Vec::new();
    for (path, marks) in config.strip_marks().1 {
        let (argument, is_write_only) = argument(schema, &path);
        if !marks.contains(Marks::EPHEMERAL) || is_write_only || known.contains(&argument) {
            continue;
        }
        let detail = format!(
            "Ephemeral values are not valid for \"{argument}\", because it is not a write-only attribute and must be \
             persisted to state."
        );
        let written = argument.0.first().and_then(|first| match first {
            PathStep::Attribute(name) => resource.body.attributes.iter().find(|it| it.name.text == *name),
            _ => None,
        });
        let place = written.map_or(resource.span, |it| it.value.span);
        found.push(Diagnostic::error("Invalid use of ephemeral value", detail).at(place));
        known.push(argument);
    }
    found
}

/// The argument that `path` leads to or into, and whether it is write-only.
fn argument(schema: &SchemaBlock, path: &Path) -> (Path, bool) {
    let (mut attributes, mut blocks) = (&schema.attributes, Some(&schema.blocks));
    let mut argument = Path::default();
    for step in &path.0 {
        argument = argument.then(step.clone());
        let PathStep::Attribute(name) = step else { continue };
        match (attributes.get(name), blocks.and_then(|it| it.get(name))) {
            (Some(Attribute { nested: Some(nested), write_only: false, .. }), _) => {
                (attributes, blocks) = (&nested.attributes, None);
            }
            (Some(attribute), _) => return (argument, attribute.write_only),
            (None, Some(nested)) => (attributes, blocks) = (&nested.block.attributes, Some(&nested.block.blocks)),
            // The key of a map that is an object, since its elements have several types.
            (None, None) => {}
        }
    }
    (argument, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        plan::sketch::{object, schema},
        value::Marks,
    };
    use serde_json::json;

    #[test]
    fn only_what_is_write_only_takes_ephemeral_values() {
        let element =
            json!({"name": "string", "key": "optional write_only string", "tags": r#"optional ["map","string"]"#});
        let nested = |mode: &str| json!({"nested": mode, "is": "optional", "attributes": element});
        let schema = schema(&json!({
            "name": "string",
            "key": "optional write_only string",
            "whole": {"nested": "single", "is": "optional write_only", "attributes": {"name": "string"}},
            "single": nested("single"),
            "list": nested("list"),
            "map": nested("map"),
            "block": {"block": "list", "of": {"inner": nested("list"), "key": "optional write_only string"}},
        }));
        for (config, expected) in [
            (json!({"name": "%a", "key": "%k"}), vec![("name", false), ("key", true)]),
            (json!({"whole": {"name": "%a"}}), vec![("whole", true)]),
            (json!({"whole": {"%": {"name": "a"}}}), vec![("whole", true)]),
            (
                json!({"single": {"name": "%a", "key": "%k", "tags": {"a": "%t"}}}),
                vec![("single.name", false), ("single.key", true), ("single.tags", false)],
            ),
            (json!({"single": {"%": {"name": "a"}}}), vec![("single", false)]),
            (
                json!({"list": [{"name": "a"}, {"name": "%a", "key": "%k"}], "map": {"k": {"key": "%k"}}}),
                vec![("list[1].name", false), ("list[1].key", true), ("map[\"k\"].key", true)],
            ),
            (
                json!({"block": [{"key": "%k", "inner": [{"name": "%a", "key": "%k"}]}]}),
                vec![("block[0].key", true), ("block[0].inner[0].name", false), ("block[0].inner[0].key", true)],
            ),
        ] {
            let marks = object(&schema, &config).strip_marks().1;
            let marked = marks.into_iter().filter(|(_, marks)| marks.contains(Marks::EPHEMERAL));
            let mut found: Vec<_> = marked.map(|(path, _)| argument(&schema, &path)).collect();
            found.sort_by_key(|(path, _)| path.to_string());
            let mut expected = expected;
            expected.sort_unstable();
            let found: Vec<_> = found.iter().map(|(path, is)| (path.to_string(), *is)).collect();
            let expected: Vec<_> = expected.into_iter().map(|(path, is)| (path.to_owned(), is)).collect();
            assert_eq!(found, expected, "{config}");
        }
    }
}

//! Where ephemeral values may not go: into anything that a plan or state keeps.

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    lang::configuration::Resource,
    schema::SchemaBlock,
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
    let mut block = schema;
    let mut argument = Path::default();
    for step in &path.0 {
        argument = argument.then(step.clone());
        let PathStep::Attribute(name) = step else { continue };
        if let Some(attribute) = block.attributes.get(name) {
            return (argument, attribute.write_only);
        }
        match block.blocks.get(name) {
            Some(nested) => block = &nested.block,
            None => break,
        }
    }
    (argument, false)
}

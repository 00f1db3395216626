//! What of an object makes it necessary to replace it.

use super::{Fault, write_only::write_only};
use crate::{
    schema::SchemaBlock,
    value::{Data, Path, PathStep, Type, Value},
};

/// Those of `paths`, which the provider says require replacement, whose values change; and those that are write-only, since
/// nobody can know whether they do. Paths that neither object has are faults.
pub fn replaced(schema: &SchemaBlock, prior: &Value, planned: &Value, paths: &[Path]) -> Result<Vec<Path>, Vec<Fault>> {
    if prior.is_null() {
        return Ok(Vec::new());
    }
    let written = write_only(schema, planned);
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let changes = match (part(prior, path), part(planned, path)) {
            (None, None) => {
                faults.push(Fault::NoSuchPath(path.clone()));
                continue;
            }
            (Some(prior), Some(planned)) => planned.equals(&prior).as_bool() != Some(true),
            (Some(one), None) | (None, Some(one)) => !one.is_null(),
        };
        if (changes || written.contains(path)) && !found.contains(path) {
            found.push(path.clone());
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// What is at `path`. Of what is unknown all is.
fn part(value: &Value, path: &Path) -> Option<Value> {
    let step = |value: Value, step: &PathStep| match (step, &value.data) {
        (_, Data::Unknown(_)) => Some(Value::unknown(Type::Any)),
        (PathStep::Attribute(name) | PathStep::Key(name), Data::Object(parts) | Data::Map(_, parts)) => {
            parts.get(name).cloned()
        }
        (PathStep::Index(at), Data::List(_, parts) | Data::Tuple(parts)) => parts.get(*at).cloned(),
        _ => None,
    };
    path.0.iter().try_fold(value.clone(), step)
}

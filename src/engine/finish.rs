//! Whether a live object is what the configuration asks for.

use crate::{
    provider::{ConfiguredProvider, Problem},
    schema::Block,
    value::Value,
};

/// What an object has to become, if it is not that yet.
pub fn unfinished(
    _provider: &dyn ConfiguredProvider,
    _type_name: &str,
    block: &Block,
    live: &Value,
    config: &Value,
) -> Result<Option<Value>, Problem> {
    let (Some(entries), live_marks) = (live.as_entries(), live.marks) else { return Ok(None) };
    let mut after = entries.clone();
    for (name, _) in block.attributes.iter().filter(|(_, it)| it.is_configurable() && !it.write_only) {
        let Some(wanted) = config.get(name).filter(|it| !it.is_null()) else { continue };
        let wanted = wanted.without_marks();
        if after.get(name) != Some(&wanted) {
            after.insert(name.clone(), wanted);
        }
    }
    Ok((after != *entries).then(|| Value::object(after).marked(live_marks)))
}

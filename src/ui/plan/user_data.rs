//! What machines run when they start, as plans show it: in full to a terminal, elsewhere a digest, which is all that Terraform's
//! provider has of an instance's.

use crate::{
    plan::{ResourceChange, sha1_of},
    schema::{SchemaBlock, Spelling},
    ui::Style,
    value::{Text, Value},
};

/// The object before and after the change, as they may be shown.
pub(super) fn shown(change: &ResourceChange, block: &SchemaBlock, style: Style) -> [Value; 2] {
    let objects = [&change.before, &change.after];
    let named: Vec<(&Text, Spelling)> =
        block.attributes.iter().filter(|(_, it)| it.user_data).map(|(name, it)| (name, it.spelling)).collect();
    objects.map(|object| {
        let Some(mut entries) = object.as_entries().filter(|_| !named.is_empty()).cloned() else {
            return object.clone();
        };
        for (name, spelling) in &named {
            let Some(value) = entries.get(*name) else { continue };
            let is_new = || objects[0].get(name) != objects[1].get(name) && std::ptr::eq(object, objects[1]);
            let shown = match (style.user_data, value.as_str()) {
                (true, _) => change.in_full.get(*name).filter(|_| is_new()).cloned(),
                (false, Some(text)) if *spelling != Spelling::Sha1 && !text.is_empty() => {
                    Some(Value::string(&format!("(not shown; SHA-1 {})", sha1_of(text))).marked(value.marks))
                }
                (false, _) => None,
            };
            entries.extend(shown.map(|it| ((*name).clone(), it)));
        }
        Value::object(entries).marked(object.marks)
    })
}

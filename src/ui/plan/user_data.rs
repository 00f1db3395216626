//! What machines run when they start: in full to a terminal, elsewhere a digest, which is all that Terraform's provider has of an
//! instance's.

use crate::{
    plan::{ResourceChange, sha1_of},
    schema::{Attribute, SchemaBlock},
    ui::Style,
    value::{Text, Value},
};
use std::collections::BTreeSet;

/// The object before and after the change, as they may be shown.
pub(super) fn shown(change: &ResourceChange, block: &SchemaBlock, style: Style) -> [Value; 2] {
    let is_new = |name: &Text| change.before.get(name) != change.after.get(name);
    let after = match change.after.as_entries().filter(|_| style.user_data && !change.in_full.is_empty()) {
        Some(entries) => {
            let in_full = change.in_full.iter().filter(|(name, _)| is_new(name));
            let entries = entries.iter().chain(in_full).map(|(name, it)| (name.clone(), it.clone()));
            &Value::object(entries.collect()).marked(change.after.marks)
        }
        None => &change.after,
    };
    [hidden(&change.before, block, style), hidden(after, block, style)]
}

/// `object` with digests for what is not to be shown.
pub(super) fn hidden(object: &Value, block: &SchemaBlock, style: Style) -> Value {
    let is_hidden = |name: &Text| block.attributes.get(name).is_some_and(Attribute::holds_user_data);
    let Some(entries) = object.as_entries().filter(|it| !style.user_data && it.keys().any(is_hidden)) else {
        return object.clone();
    };
    let entries = entries.iter().map(|(name, value)| {
        let text = value.as_str().filter(|it| !it.is_empty() && is_hidden(name));
        let digest = text.map(|it| digest(it).marked(value.marks));
        (name.clone(), digest.unwrap_or_else(|| value.clone()))
    });
    Value::object(entries.collect()).marked(object.marks)
}

fn digest(text: &str) -> Value {
    Value::string(format!("(not shown; SHA-1 {})", sha1_of(text)))
}

/// `value` with digests for those of `texts` that are in it, wherever they are: of what an expression gives nobody knows whose it is.
pub fn without(value: &Value, texts: &BTreeSet<Text>) -> Value {
    value.transform(&mut |_, it| {
        let text = it.as_str().filter(|it| texts.contains(*it))?;
        Some(digest(text).marked(it.marks))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_without_user_data() {
        let object = |text: &str| {
            let list = Value::tuple(vec![Value::string("kept"), Value::string(text)]);
            Value::object([("a".into(), Value::string(text)), ("b".into(), list)].into())
        };
        let texts = BTreeSet::from([Text::from("c2VjcmV0")]);
        let expected = format!("(not shown; SHA-1 {})", sha1_of("c2VjcmV0"));
        assert_eq!(without(&object("c2VjcmV0"), &texts), object(&expected));
        assert_eq!(without(&object("other"), &texts), object("other"));
    }
}

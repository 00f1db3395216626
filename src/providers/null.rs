//! `hashicorp/null` 3.x

use super::local::*;
use crate::value::{Type, Value};

pub(super) fn provider() -> Local {
    let strings = Type::map(Type::String);
    let resource = schema(0, [("id", computed(Type::String)), ("triggers", replacing(optional(strings.clone())))]);
    let resource = Resource {
        import: |id| Ok([("id".into(), Value::string(id))].into()),
        ..Resource::new(resource, |mut it| {
            set_text(&mut it, "id", number());
            Ok(it)
        })
    };
    let source = schema(
        0,
        [
            ("has_computed_default", optional_computed(Type::String)),
            ("id", computed(Type::String)),
            ("inputs", optional(strings.clone())),
            ("outputs", computed(strings.clone())),
            ("random", computed(Type::String)),
        ],
    );
    let source = Data::new(source, |mut it| {
        if !is_set(&it, "has_computed_default") {
            set_text(&mut it, "has_computed_default", "default");
        }
        let inputs = it.get("inputs").cloned().unwrap_or_else(|| Value::null(Type::map(Type::String)));
        it.insert("outputs".into(), inputs);
        set_text(&mut it, "random", number());
        set_text(&mut it, "id", "static");
        Ok(it)
    });
    Local::new([("null_resource", resource)], [("null_data_source", source)])
}

/// A random number as the provider makes them: below 2^63.
fn number() -> String {
    (rand::random::<u64>() >> 1).to_string()
}

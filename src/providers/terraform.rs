//! `terraform.io/builtin/terraform`: `terraform_data` and `terraform_remote_state`.

mod remote_state;

use super::local::*;
use crate::{
    provider::{Draft, Result},
    schema::Attribute,
    value::{Path, Type, Value},
};

pub(super) fn provider() -> Local {
    let schema = schema(
        0,
        [
            ("id", computed(Type::String)),
            ("input", optional(Type::Any)),
            ("output", Attribute { echoes: Some("input"), ..computed(Type::Any) }),
            ("triggers_replace", optional(Type::Any)),
        ],
    );
    let resource = Resource {
        plan,
        refresh: |it| Some(with_output(it)),
        import: |id| Ok([("id".into(), Value::string(id))].into()),
        ..Resource::new(schema, |mut it| {
            set_text(&mut it, "id", uuid::Uuid::new_v4().to_string());
            Ok(with_output(it))
        })
    };
    Local::new([("terraform_data", resource)], [("terraform_remote_state", remote_state::data())])
        .taking_over(take_over)
}

/// A `null_resource` keeps its id. Its triggers, which nobody needs to convert to a map of strings any more, become what
/// they most likely are written as: an object.
fn take_over(type_name: &str, from: &str, attributes: &Value) -> Option<Value> {
    if (type_name, from) != ("terraform_data", "null_resource") {
        return None;
    }
    let triggers = match attributes.get("triggers").and_then(Value::as_entries) {
        Some(entries) => Value::object(entries.clone()),
        None => Value::null(Type::Any),
    };
    let null = || Value::null(Type::Any);
    let id = attributes.get("id")?.clone();
    let taken = [("id", id), ("input", null()), ("output", null()), ("triggers_replace", triggers)];
    Some(Value::object(taken.into_iter().map(|(name, value)| (name.into(), value)).collect()))
}

/// The output is what the input was when it was applied.
fn with_output(mut attributes: Attributes) -> Attributes {
    let input = attributes.get("input").cloned().unwrap_or_else(|| Value::null(Type::Any));
    attributes.insert("output".into(), input);
    attributes
}

fn plan(draft: &mut Draft) -> Result<()> {
    let is_changed =
        |name| draft.prior.get(name).map(Value::without_marks) != draft.planned.get(name).map(Value::without_marks);
    let creating = draft.prior.is_null();
    let triggered = !creating && is_changed("triggers_replace");
    if triggered {
        draft.replace.push(Path::attribute("triggers_replace"));
    }
    if creating || triggered || is_changed("input") {
        let mut planned = draft.planned.as_entries().cloned().unwrap_or_default();
        let input = planned.get("input").cloned().unwrap_or_else(|| Value::null(Type::Any));
        // As in Terraform, which knows the output of no input only where it makes an object.
        let known = input.is_null() && (creating || triggered);
        let output = if known { input } else { Value::unknown(input.ty()) };
        planned.insert("output".into(), output);
        if creating || triggered {
            planned.insert("id".into(), Value::unknown_not_null(Type::String));
        }
        draft.planned = Value::object(planned).marked(draft.planned.marks);
    }
    Ok(())
}

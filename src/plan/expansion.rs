//! `count` and `for_each`: how many instances there are, and what they are called.

use super::world::{Pass, World};
use crate::{
    address::{InstanceKey, ModuleAddress, Name},
    diagnostic::Diagnostic,
    expression::syntax::tree::Expression,
    lang::configuration::Repetition,
    product::PRODUCT,
    value::{Data, Marks, Type, Value, convert},
};
use std::{collections::BTreeMap, sync::Arc};

/// How often a resource or module call is repeated.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Expansion {
    #[default]
    Single,
    Count(u64),
    /// The keys, and what `each.value` is for each.
    Each(Arc<BTreeMap<Name, Value>>),
    /// Evaluating failed; the error is reported.
    Unknown,
}

impl Expansion {
    pub fn keys(&self) -> Vec<Option<InstanceKey>> {
        match self {
            Self::Single => vec![None],
            Self::Count(count) => (0..*count).map(|at| Some(InstanceKey::Index(at))).collect(),
            Self::Each(entries) => entries.keys().map(|key| Some(InstanceKey::Key(key.clone()))).collect(),
            Self::Unknown => Vec::new(),
        }
    }

    pub fn contains(&self, key: Option<&InstanceKey>) -> bool {
        match (self, key) {
            (Self::Single, None) => true,
            (Self::Count(count), Some(InstanceKey::Index(at))) => at < count,
            (Self::Each(entries), Some(InstanceKey::Key(key))) => entries.contains_key(key),
            _ => false,
        }
    }

    /// `each` and `count` in the instance of that key.
    pub fn repetition(&self, key: Option<&InstanceKey>) -> Repetition {
        let each_value = match (self, key) {
            (Self::Each(entries), Some(InstanceKey::Key(key))) => entries.get(key).cloned(),
            _ => None,
        };
        Repetition { key: key.cloned(), each_value }
    }
}

/// Evaluates the repetition of a block in one instance of its module.
pub(super) fn expand(
    world: &World,
    module: &ModuleAddress,
    count: Option<&Expression>,
    for_each: Option<&Expression>,
) -> Expansion {
    let evaluate = |expression| world.evaluate(expression, module, &Repetition::default());
    let (expanded, unknown, at) = match (count, for_each) {
        (Some(count), _) => (of_count(&evaluate(count)), unknown_count(), count.span),
        (None, Some(for_each)) => {
            let value = evaluate(for_each);
            (of_each(&value), unknown_keys(&value.ty()), for_each.span)
        }
        (None, None) => return Expansion::Single,
    };
    match expanded {
        Ok(Expansion::Unknown) if world.pass != Pass::Validating => world.report(unknown.at(at)),
        Ok(expansion) if world.pass != Pass::Validating => return expansion,
        // Nothing is told apart by its key while validating, known or not.
        Ok(_) => {}
        Err(diagnostic) => world.report(diagnostic.at(at)),
    }
    Expansion::Unknown
}

fn unknown_count() -> Diagnostic {
    let detail = format!(
        "The \"count\" value depends on resource attributes that cannot be determined until apply, so {PRODUCT} \
                  cannot predict how many instances will be created. To work around this, use the -target argument to first apply only the \
         resources that the count depends on."
    );
    Diagnostic::error("Invalid count argument", detail)
}

fn unknown_keys(ty: &Type) -> Diagnostic {
    let includes = if matches!(ty, Type::Set(_)) { "set includes values" } else { "map includes keys" };
    let detail = format!(
        "The \"for_each\" {includes} derived from resource attributes that cannot be determined until apply, and so \
         {PRODUCT} cannot determine the full set of keys that will identify the instances of this resource."
    );
    let hint = "Define the map keys statically in the configuration and place apply-time results only in the map values, \
                or use the -target option to first apply only what the for_each depends on.";
    Diagnostic::error("Invalid for_each argument", detail).hint(hint)
}

/// Why `for_each` does not take an ephemeral value.
pub(super) fn ephemeral_keys() -> String {
    format!(
        "The given \"for_each\" value is derived from an ephemeral value, which means that {PRODUCT} cannot persist it between \
     plan/apply rounds. Use only non-ephemeral values to specify a resource's instance keys."
    )
}

/// [`Expansion::Unknown`] if that depends on what is not known.
fn of_count(value: &Value) -> Result<Expansion, Diagnostic> {
    let invalid = |detail: String| Diagnostic::error("Invalid count argument", detail);
    if value.marks.contains(Marks::EPHEMERAL) {
        return Err(invalid(format!(
            "The given \"count\" is derived from an ephemeral value, which means that {PRODUCT} cannot persist it between \
             plan/apply rounds. Use only non-ephemeral values to specify the number of resource instances."
        )));
    }
    let number = convert(value, &Type::Number)
        .map_err(|error| Diagnostic::error("Incorrect value type", format!("Invalid expression value: {error}.")))?;
    if number.is_null() {
        let detail = "The given \"count\" argument value is null. An integer is required.";
        return Err(invalid(detail.into()));
    }
    if !number.is_known() {
        return Ok(Expansion::Unknown);
    }
    let unsuitable = |why: &str| invalid(format!("The given \"count\" argument value is unsuitable: {why}."));
    let number = number.as_number().and_then(|it| it.to_i64());
    let range = "value must be a whole number, between -9223372036854775808 and 9223372036854775807 inclusive";
    let number = number.ok_or_else(|| unsuitable(range))?;
    u64::try_from(number).map(Expansion::Count).map_err(|_| unsuitable("must be greater than or equal to zero"))
}

/// [`Expansion::Unknown`] if not all keys are known.
fn of_each(value: &Value) -> Result<Expansion, Diagnostic> {
    let invalid = |detail: &str| Diagnostic::error("Invalid for_each argument", detail);
    if value.marks_within().contains(Marks::EPHEMERAL) {
        return Err(invalid(&ephemeral_keys()));
    }
    if value.is_sensitive() {
        return Err(invalid(
            "Sensitive values, or values derived from sensitive values, cannot be used as for_each arguments. If \
             used, the sensitive value could be exposed as a resource instance key.",
        ));
    }
    if value.is_null() {
        let detail = "The given \"for_each\" argument value is unsuitable: the given \"for_each\" argument value is \
                      null. A map, or set of strings is allowed.";
        return Err(invalid(detail));
    }
    let in_set = |what: &str| {
        let detail = format!("The given \"for_each\" argument value is unsuitable: \"for_each\" {what}.");
        Diagnostic::error("Invalid for_each set argument", detail)
    };
    match value.ty() {
        Type::Any | Type::Map(_) | Type::Object(_) => {}
        Type::Set(element) if matches!(*element, Type::Any | Type::String) => {}
        Type::Set(element) => {
            let what = "supports maps and sets of strings, but you have provided a set containing type";
            return Err(in_set(&format!("{what} {}", element.friendly())));
        }
        other => {
            return Err(invalid(&format!(
                "The given \"for_each\" argument value is unsuitable: the \"for_each\" argument must be a map, or set \
                 of strings, and you have provided a value of type {}.",
                other.friendly()
            )));
        }
    }
    match &value.data {
        Data::Map(_, entries) | Data::Object(entries) => Ok(Expansion::Each(entries.clone())),
        Data::Set(_, elements) => {
            let mut keys = BTreeMap::new();
            for element in elements.iter() {
                if !element.is_known() {
                    return Ok(Expansion::Unknown);
                }
                let Some(text) = element.as_str() else {
                    return Err(in_set("sets must not contain null values"));
                };
                keys.insert(Name::from(text), element.clone());
            }
            Ok(Expansion::Each(keys.into()))
        }
        // Unknown: what it is otherwise was said above.
        _ => Ok(Expansion::Unknown),
    }
}

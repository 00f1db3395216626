//! What a published provider is asked to plan: the configuration, with what the object has already where the
//! configuration leaves that to the provider.
//!
//! The rules are those of Terraform's `objchange.ProposedNew`. What the provider does with it is its own affair, which is
//! where this differs from [`super::propose`].

use crate::{
    schema::{Attribute, NestedAttributes, NestedBlock, Nesting, SchemaBlock, Source},
    value::{Data, Text, Type, Value},
};
use std::collections::BTreeMap;

/// The object to propose, given what there is (null if there is nothing) and what the configuration says. Values keep their
/// marks. What is write-only is proposed, too, as Terraform has it: the provider is the one to leave it out.
pub(super) fn proposed(schema: &SchemaBlock, prior: &Value, config: &Value) -> Value {
    if prior.is_null() {
        return if config.is_null() { prior.clone() } else { of_block(schema, &schema.unset(), config) };
    }
    of_block(schema, prior, config)
}

/// The object that a data source will probably be: what the provider decides is unknown.
/// Inside of sets and maps that is null, which is how Terraform 1.11 has it.
pub(super) fn proposed_data(schema: &SchemaBlock, config: &Value) -> Value {
    of_block(schema, &Value::unknown(schema.implied_type()), config)
}

/// What there may be inside an object.
#[derive(Clone, Copy)]
enum Inside<'s> {
    Block(&'s SchemaBlock),
    Object(&'s NestedAttributes),
}

impl<'s> Inside<'s> {
    fn attributes(self) -> &'s BTreeMap<Text, Attribute> {
        match self {
            Self::Block(block) => &block.attributes,
            Self::Object(nested) => &nested.attributes,
        }
    }

    fn block(self, name: &str) -> Option<&'s NestedBlock> {
        match self {
            Self::Block(block) => block.blocks.get(name),
            Self::Object(_) => None,
        }
    }

    fn propose(self, prior: &Value, config: &Value) -> Value {
        match self {
            Self::Block(block) => proposed(block, prior, config),
            Self::Object(_) if config.is_null() => config.clone(),
            Self::Object(nested) => {
                Value::object(of_attributes(&nested.attributes, prior, config)).marked(config.marks)
            }
        }
    }
}

fn of_block(block: &SchemaBlock, prior: &Value, config: &Value) -> Value {
    if config.is_null() || !config.is_known() {
        return prior.clone();
    }
    let mut out = of_attributes(&block.attributes, prior, config);
    for (name, nested) in &block.blocks {
        let ty = || nested.implied_type();
        out.insert(name.clone(), of_nested_block(nested, &field(prior, name, ty), &field(config, name, ty)));
    }
    Value::object(out).marked(config.marks)
}

/// Of an object that is null or unknown everything is.
fn field(object: &Value, name: &str, ty: impl Fn() -> Type) -> Value {
    match &object.data {
        Data::Unknown(_) => Value::unknown(ty()),
        _ => object.get(name).cloned().unwrap_or_else(|| Value::null(ty())),
    }
}

fn of_attributes(attributes: &BTreeMap<Text, Attribute>, prior: &Value, config: &Value) -> BTreeMap<Text, Value> {
    let propose = |(name, attribute): (&Text, &Attribute)| {
        let ty = || attribute.ty.without_optional();
        (name.clone(), of_attribute(attribute, field(prior, name, ty), field(config, name, ty)))
    };
    attributes.iter().map(propose).collect()
}

fn of_attribute(attribute: &Attribute, prior: Value, config: Value) -> Value {
    match &attribute.nested {
        _ if attribute.is_computed() && config.is_null() => {
            if was_configured(attribute, &prior) {
                config
            } else {
                prior
            }
        }
        Some(_) if !config.is_known() => config,
        Some(nested) => of_collection(nested.nesting, Inside::Object(nested), &prior, config),
        None => config,
    }
}

fn of_nested_block(nested: &NestedBlock, prior: &Value, config: &Value) -> Value {
    match nested.nesting {
        // What is unknown comes of a dynamic block that has an unknown number of blocks.
        _ if !config.is_known() => config.clone(),
        Nesting::Group => proposed(&nested.block, prior, config),
        nesting => of_collection(nesting, Inside::Block(&nested.block), prior, config.clone()),
    }
}

/// Where types differ from element to element, a list is a tuple and a map an object.
fn of_collection(nesting: Nesting, inside: Inside<'_>, prior: &Value, config: Value) -> Value {
    let marks = config.marks;
    let at = |index: usize, config: &Value| match &prior.data {
        Data::Unknown(_) => inside.propose(&Value::unknown(config.ty()), config),
        _ => prior
            .as_elements()
            .and_then(|it| it.get(index))
            .map_or_else(|| config.clone(), |it| inside.propose(it, config)),
    };
    let all = |values: &[Value]| values.iter().enumerate().map(|(index, it)| at(index, it)).collect::<Vec<_>>();
    let named = |values: &BTreeMap<Text, Value>| {
        let each = |(key, config): (&Text, &Value)| {
            (key.clone(), prior.get(key).map_or_else(|| config.clone(), |it| inside.propose(it, config)))
        };
        values.iter().map(each).collect::<BTreeMap<_, _>>()
    };
    let data = match (nesting, &config.data) {
        (_, Data::Null(_)) => return config,
        (Nesting::Single | Nesting::Group, _) => return inside.propose(prior, &config),
        (Nesting::List, Data::List(ty, values)) => Data::List(ty.without_optional(), all(values).into()),
        (Nesting::List, Data::Tuple(values)) => Data::Tuple(all(values).into()),
        (Nesting::Map, Data::Map(ty, values)) => Data::Map(ty.without_optional(), named(values).into()),
        (Nesting::Map, Data::Object(values)) => Data::Object(named(values).into()),
        (Nesting::Set, Data::Set(ty, values)) => {
            return Value::set(ty.without_optional(), of_set(inside, prior, values)).marked(marks);
        }
        _ => return config,
    };
    Value { data, marks }
}

/// Elements of a set have no names: each of `config` continues the first prior one that can have come of it.
fn of_set(inside: Inside<'_>, prior: &Value, config: &[Value]) -> Vec<Value> {
    let mut left: Vec<&Value> = prior.as_elements().unwrap_or_default().iter().collect();
    let each = |config: &Value| {
        let continued = left.iter().position(|prior| comes_of(inside, prior, config));
        let prior = continued.map_or_else(|| Value::null(config.ty()), |at| left.remove(at).clone());
        inside.propose(&prior, config)
    };
    config.iter().map(each).collect()
}

/// Whether `prior` is what the configuration says but for what the provider decides.
fn comes_of(inside: Inside<'_>, prior: &Value, config: &Value) -> bool {
    prior.equals_unmarked(config)
        || parts(prior).all(|(part, prior)| {
            let Some(config) = same_part(config, &part) else { return false };
            prior.equals_unmarked(&config) || !is_set(&config) && comes_of_part(inside, &part, prior, &config)
        })
}

fn comes_of_part(inside: Inside<'_>, part: &Part<'_>, prior: &Value, config: &Value) -> bool {
    let Part::Name(name) = part else { return comes_of(inside, prior, config) };
    match (inside.attributes().get(*name), inside.block(name)) {
        (Some(Attribute { nested: Some(nested), .. }), _) => comes_of(Inside::Object(nested), prior, config),
        (Some(attribute), _) => attribute.is_computed() && config.is_null(),
        (None, Some(nested)) => comes_of(Inside::Block(&nested.block), prior, config),
        // The key of a map that is an object, since its elements have several types.
        (None, None) => comes_of(inside, prior, config),
    }
}

enum Part<'v> {
    Index(usize),
    Key(&'v Text),
    Name(&'v Text),
}

fn parts(value: &Value) -> Box<dyn Iterator<Item = (Part<'_>, &Value)> + '_> {
    match &value.data {
        Data::List(_, values) | Data::Tuple(values) => {
            Box::new(values.iter().enumerate().map(|(at, it)| (Part::Index(at), it)))
        }
        Data::Map(_, values) => Box::new(values.iter().map(|(key, it)| (Part::Key(key), it))),
        Data::Object(values) => Box::new(values.iter().map(|(name, it)| (Part::Name(name), it))),
        _ => Box::new(std::iter::empty()),
    }
}

/// The same part of another value. Of an unknown value it is unknown, and its type does not matter to who compares.
fn same_part(value: &Value, part: &Part<'_>) -> Option<Value> {
    match (part, &value.data) {
        (_, Data::Unknown(_)) => Some(Value::unknown(Type::Any)),
        (Part::Index(at), Data::List(_, values) | Data::Tuple(values)) => values.get(*at).cloned(),
        (Part::Key(name) | Part::Name(name), Data::Map(_, values) | Data::Object(values)) => values.get(*name).cloned(),
        _ => None,
    }
}

fn is_set(value: &Value) -> bool {
    match &value.data {
        Data::Set(..) => true,
        Data::Null(ty) => matches!(ty, Type::Set(_)),
        Data::Unknown(unknown) => matches!(unknown.ty, Type::Set(_)),
        _ => false,
    }
}

/// Whether something in the value of an argument cannot have come of the provider: then the configuration had the argument
/// once, and has it no more.
fn was_configured(attribute: &Attribute, value: &Value) -> bool {
    fn within(nested: &NestedAttributes, value: &Value) -> bool {
        match &value.data {
            Data::Object(entries) => entries.iter().any(|(name, value)| match nested.attributes.get(name) {
                _ if value.is_null() => false,
                Some(attribute) if !attribute.is_computed() => true,
                Some(Attribute { nested: Some(nested), .. }) => within(nested, value),
                Some(_) => false,
                // The key of a map that is an object, since its elements have several types.
                None => within(nested, value),
            }),
            _ => value.children().any(|it| within(nested, it)),
        }
    }
    let nested = attribute.nested.as_deref().filter(|_| attribute.source != Source::Computed);
    nested.is_some_and(|nested| within(nested, value))
}

#[cfg(test)]
mod tests;

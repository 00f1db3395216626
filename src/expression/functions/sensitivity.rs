//! Functions that put marks on values, take them off or ask for them.

use super::{Failure, Function, Parameter, types};
use crate::{
    expression::evaluate::Scope,
    value::{Data, Marks, Type, Value},
};

const VALUE: &[Parameter] = &[Parameter::new("value", types::any).null().unknown().marked()];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("sensitive", VALUE, types::returns_first, |it, _| Ok(it[0].clone().marked(Marks::SENSITIVE))),
    Function::new("nonsensitive", VALUE, types::returns_first, |it, _| {
        let value = it[0].clone();
        Ok(Value { marks: value.marks.without(Marks::SENSITIVE), ..value })
    }),
    Function::new("issensitive", VALUE, types::returns_bool, is_sensitive),
    Function::new("ephemeralasnull", VALUE, types::returns_first, ephemeral_as_null),
];

fn is_sensitive(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let value = &arguments[0];
    // What is unknown may turn out sensitive.
    Ok(match (value.is_sensitive(), value.is_known()) {
        (true, _) => Value::bool(true),
        (false, false) => Value::unknown_not_null(Type::Bool),
        (false, true) => Value::bool(false),
    })
}

fn ephemeral_as_null(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    Ok(arguments[0].transform(&mut |_, value| {
        let ephemeral = value.marks.contains(Marks::EPHEMERAL);
        ephemeral.then(|| Value { data: Data::Null(value.ty()), marks: value.marks.without(Marks::EPHEMERAL) })
    }))
}

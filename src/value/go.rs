//! Values as cty writes them in Go (`%#v`), which is how Terraform tells developers of providers of them.

use super::{Bounds, Data, Number, Text, Type, Unknown, Value, quoted_string};
use std::collections::BTreeMap;

/// `value` in Go: `cty.StringVal("a")`. Marks are not written, so that nothing secret may be given.
pub fn go_value(value: &Value) -> String {
    let several = |values: &[Value]| format!("[]cty.Value{{{}}}", joined(values.iter().map(go_value)));
    let named = |values: &BTreeMap<Text, Value>| {
        let entries = values.iter().map(|(key, it)| format!("{}:{}", quoted_string(key), go_value(it)));
        format!("map[string]cty.Value{{{}}}", joined(entries))
    };
    match &value.data {
        Data::Null(ty) => format!("cty.NullVal({})", go_type(ty)),
        Data::Unknown(unknown) if unknown.ty == Type::Any => "cty.DynamicVal".into(),
        Data::Unknown(unknown) => format!("cty.UnknownVal({}){}", go_type(&unknown.ty), refinements(unknown)),
        Data::Bool(value) => if *value { "cty.True" } else { "cty.False" }.into(),
        Data::Number(number) => go_number(number),
        Data::String(text) => format!("cty.StringVal({})", quoted_string(text)),
        Data::List(ty, values) if values.is_empty() => format!("cty.ListValEmpty({})", go_type(ty)),
        Data::List(_, values) => format!("cty.ListVal({})", several(values)),
        Data::Set(ty, values) if values.is_empty() => format!("cty.SetValEmpty({})", go_type(ty)),
        Data::Set(_, values) => format!("cty.SetVal({})", several(values)),
        Data::Map(ty, values) if values.is_empty() => format!("cty.MapValEmpty({})", go_type(ty)),
        Data::Map(_, values) => format!("cty.MapVal({})", named(values)),
        Data::Tuple(values) if values.is_empty() => "cty.EmptyTupleVal".into(),
        Data::Tuple(values) => format!("cty.TupleVal({})", several(values)),
        Data::Object(values) if values.is_empty() => "cty.EmptyObjectVal".into(),
        Data::Object(values) => format!("cty.ObjectVal({})", named(values)),
    }
}

/// `ty` in Go: `cty.List(cty.String)`.
fn go_type(ty: &Type) -> String {
    match ty {
        Type::Any => "cty.DynamicPseudoType".into(),
        Type::Bool => "cty.Bool".into(),
        Type::Number => "cty.Number".into(),
        Type::String => "cty.String".into(),
        Type::List(element) => format!("cty.List({})", go_type(element)),
        Type::Set(element) => format!("cty.Set({})", go_type(element)),
        Type::Map(element) => format!("cty.Map({})", go_type(element)),
        Type::Tuple(types) if types.is_empty() => "cty.EmptyTuple".into(),
        Type::Tuple(types) => format!("cty.Tuple([]cty.Type{{{}}})", joined(types.iter().map(go_type))),
        Type::Object(object) if object.attributes.is_empty() => "cty.EmptyObject".into(),
        Type::Object(object) => {
            let attributes =
                object.attributes.iter().map(|(name, it)| format!("{}:{}", quoted_string(name), go_type(it)));
            let attributes = format!("map[string]cty.Type{{{}}}", joined(attributes));
            if object.optional.is_empty() {
                return format!("cty.Object({attributes})");
            }
            let optional = joined(object.optional.iter().map(|it| quoted_string(it)));
            format!("cty.ObjectWithOptionalAttrs({attributes}, []string{{{optional}}})")
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn go_number(number: &Number) -> String {
    let float = number.to_f64();
    if number.is_integer() {
        let exponent = |(digits, exponent)| general(number.has_minus(), digits, exponent);
        format!("cty.NumberIntVal({})", if number.is_zero() { "0".into() } else { exponent(number.to_digits(None)) })
    } else if number.is_infinite() || Number::from(float).cmp(number).is_eq() {
        format!("cty.NumberFloatVal({})", go_float(float))
    } else {
        format!("cty.MustParseNumberVal({})", quoted_string(&number.to_string()))
    }
}

fn go_float(float: f64) -> String {
    if float.is_infinite() {
        return if float < 0.0 { "-Inf" } else { "+Inf" }.into();
    }
    // The fewest digits that tell it from its neighbours, as in Go.
    let scientific = format!("{float:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.chars().filter(char::is_ascii_digit).collect();
    general(float < 0.0, digits, exponent.parse().unwrap_or(0))
}

/// Go's `%g` with as many digits as there are: an exponent from a million on.
fn general(is_negative: bool, digits: String, exponent: isize) -> String {
    let sign = if is_negative { "-" } else { "" };
    let count = digits.len().cast_signed();
    let zeros = |count: isize| "0".repeat(count.max(0).unsigned_abs());
    if !(-4..6).contains(&exponent) {
        let (first, others) = digits.split_at(digits.len().min(1));
        let point = if others.is_empty() { "" } else { "." };
        let direction = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{point}{others}e{direction}{:02}", exponent.abs());
    }
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", zeros(-exponent - 1));
    }
    if count <= exponent + 1 {
        return format!("{sign}{digits}{}", zeros(exponent + 1 - count));
    }
    let (whole, part) = digits.split_at(exponent.unsigned_abs() + 1);
    format!("{sign}{whole}.{part}")
}

fn refinements(unknown: &Unknown) -> String {
    let mut calls = String::new();
    if unknown.not_null {
        calls += ".NotNull()";
    }
    match unknown.bounds.as_deref() {
        None => {}
        Some(Bounds::Prefix(prefix)) => calls += &format!(".StringPrefixFull({})", quoted_string(prefix)),
        Some(Bounds::Length(least, most)) => {
            if *least > 0 {
                calls += &format!(".CollectionLengthLowerBound({least})");
            }
            if *most < usize::MAX {
                calls += &format!(".CollectionLengthUpperBound({most})");
            }
        }
        Some(Bounds::Range(least, most)) => {
            for (bound, number) in [("Lower", least), ("Upper", most)] {
                if let Some(number) = number {
                    calls += &format!(".Number{bound}Bound({}, true)", go_number(number));
                }
            }
        }
    }
    match &*calls {
        "" => calls,
        ".NotNull()" => ".RefineNotNull()".into(),
        _ => format!(".Refine(){calls}.NewValue()"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::from_json;
    use serde_json::json;
    use std::sync::Arc;

    #[test]
    fn values_are_written_as_in_go() {
        let number = |text: &str| Value::number(Number::parse(text).expect("a number"));
        let object = |attributes: &[(&str, Type)]| Type::object(attributes.iter().cloned());
        let read = |json, ty: &Type| from_json(&json, ty).expect("fits the type");
        let length = |least, most| {
            let bounds = Some(Arc::new(Bounds::Length(least, most)));
            Value::from(Data::Unknown(Unknown { ty: Type::list(Type::String), not_null: false, bounds }))
        };
        let pair = object(&[("a", Type::String), ("b", Type::list(Type::Number))]);
        for (value, expected) in [
            (Value::string("a\"\n${b}"), r#"cty.StringVal("a\"\n${b}")"#),
            (Value::bool(true), "cty.True"),
            (Value::bool(false), "cty.False"),
            (number("0"), "cty.NumberIntVal(0)"),
            (number("-5"), "cty.NumberIntVal(-5)"),
            (number("120000"), "cty.NumberIntVal(120000)"),
            (number("1000000"), "cty.NumberIntVal(1e+06)"),
            (number("12345678"), "cty.NumberIntVal(1.2345678e+07)"),
            (number("1.5"), "cty.NumberFloatVal(1.5)"),
            (number("-12.25"), "cty.NumberFloatVal(-12.25)"),
            (number("0.0009765625"), "cty.NumberFloatVal(0.0009765625)"),
            (number("0.000030517578125"), "cty.NumberFloatVal(3.0517578125e-05)"),
            (number("0.1"), r#"cty.MustParseNumberVal("0.1")"#),
            (Value::null(Type::String), "cty.NullVal(cty.String)"),
            (Value::null(Type::Any), "cty.NullVal(cty.DynamicPseudoType)"),
            (
                Value::null(pair.clone()),
                r#"cty.NullVal(cty.Object(map[string]cty.Type{"a":cty.String, "b":cty.List(cty.Number)}))"#,
            ),
            (Value::null(Type::Tuple(vec![Type::Bool].into())), "cty.NullVal(cty.Tuple([]cty.Type{cty.Bool}))"),
            (Value::unknown(Type::Any), "cty.DynamicVal"),
            (Value::unknown(Type::set(Type::Bool)), "cty.UnknownVal(cty.Set(cty.Bool))"),
            (Value::unknown_not_null(Type::String), "cty.UnknownVal(cty.String).RefineNotNull()"),
            (
                Value::unknown_with_prefix("i-"),
                r#"cty.UnknownVal(cty.String).Refine().NotNull().StringPrefixFull("i-").NewValue()"#,
            ),
            (
                length(1, 2),
                "cty.UnknownVal(cty.List(cty.String)).Refine().CollectionLengthLowerBound(1)\
                 .CollectionLengthUpperBound(2).NewValue()",
            ),
            (
                Value::number_between(Number::parse("0"), None),
                "cty.UnknownVal(cty.Number).Refine().NotNull().NumberLowerBound(cty.NumberIntVal(0), true).NewValue()",
            ),
            (Value::list(Type::String, Vec::new()), "cty.ListValEmpty(cty.String)"),
            (Value::set(Type::String, Vec::new()), "cty.SetValEmpty(cty.String)"),
            (Value::map(Type::String, BTreeMap::new()), "cty.MapValEmpty(cty.String)"),
            (Value::tuple(Vec::new()), "cty.EmptyTupleVal"),
            (Value::object(BTreeMap::new()), "cty.EmptyObjectVal"),
            (
                read(json!(["b", "a"]), &Type::set(Type::String)),
                r#"cty.SetVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")})"#,
            ),
            (
                read(json!({"x": "a", "y": null}), &Type::map(Type::String)),
                r#"cty.MapVal(map[string]cty.Value{"x":cty.StringVal("a"), "y":cty.NullVal(cty.String)})"#,
            ),
            (
                read(json!({"a": "x", "b": [1]}), &pair),
                r#"cty.ObjectVal(map[string]cty.Value{"a":cty.StringVal("x"), "b":cty.ListVal([]cty.Value{cty.NumberIntVal(1)})})"#,
            ),
            (Value::tuple(vec![Value::bool(true)]), "cty.TupleVal([]cty.Value{cty.True})"),
        ] {
            assert_eq!(go_value(&value), expected);
        }
    }
}

//! Every value comes back as it was, and nothing that a provider could send does harm.

use super::{read, write};
use crate::value::{Bounds, Data, Number, ObjectType, Text, Type, Unknown, Value};
use proptest::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// Types as schemas have them: what is in a list, set or map is of one type, which is known.
fn types(depth: u32) -> BoxedStrategy<Type> {
    let leaf = prop_oneof![Just(Type::Bool), Just(Type::Number), Just(Type::String)];
    leaf.prop_recursive(depth, 24, 4, |inner| {
        let names = prop::collection::btree_map("[a-e]".prop_map(Text::from), inner.clone(), 0..4);
        prop_oneof![
            inner.clone().prop_map(Type::list),
            inner.clone().prop_map(Type::set),
            inner.clone().prop_map(Type::map),
            prop::collection::vec(inner, 0..4).prop_map(|it| Type::Tuple(Arc::new(it))),
            names.prop_map(|attributes| Type::Object(ObjectType { attributes, optional: Default::default() }.into())),
        ]
    })
    .boxed()
}

fn numbers() -> BoxedStrategy<Number> {
    prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        prop::num::f64::NORMAL.prop_map(Number::from),
        Just(Number::infinity(false)),
        Just(Number::infinity(true)),
        "-?[0-9]{1,150}(\\.[0-9]{1,150})?(e-?[0-9]{1,3})?".prop_map(|it| Number::parse(&it).unwrap()),
        // Of less precision, which no short text is exactly.
        (any::<u64>(), 1..u64::MAX).prop_map(|(a, b)| Number::from(a).checked_divide(&Number::from(b)).unwrap()),
    ]
    .boxed()
}

fn texts() -> BoxedStrategy<String> {
    prop_oneof!["\\PC{0,40}", ".{0,300}"].boxed()
}

/// What can be known of an unknown value of that type.
fn bounds(ty: &Type) -> BoxedStrategy<Option<Bounds>> {
    match ty {
        Type::String => texts()
            .prop_map(|it| match Value::string(it).data {
                Data::String(text) if !text.is_empty() => Some(Bounds::Prefix(text)),
                _ => None,
            })
            .boxed(),
        Type::Number => (numbers().prop_filter("long", |it| it.to_string().len() < 400), any::<bool>())
            .prop_map(|(least, has_most)| {
                let most = least.checked_multiply(&Number::from(2)).filter(|most| has_most && *most > least);
                (!least.is_infinite()).then_some(Bounds::Range(Some(least), most))
            })
            .boxed(),
        Type::List(_) | Type::Set(_) | Type::Map(_) => (1_usize..5, prop_oneof![1_usize..1000, Just(usize::MAX)])
            .prop_map(|(least, more)| Some(Bounds::Length(least, least.saturating_add(more))))
            .boxed(),
        _ => Just(None).boxed(),
    }
}

fn unknown(ty: &Type) -> BoxedStrategy<Value> {
    let of_type = ty.clone();
    (any::<bool>(), prop_oneof![Just(None), bounds(ty)])
        .prop_map(move |(not_null, bounds)| {
            let bounds = bounds.map(Arc::new);
            Data::Unknown(Unknown { ty: of_type.clone(), not_null, bounds }).into()
        })
        .boxed()
}

fn known(ty: &Type) -> BoxedStrategy<Value> {
    match ty.clone() {
        Type::Any => types(2).prop_flat_map(|ty| values(&ty)).boxed(),
        Type::Bool => any::<bool>().prop_map(Value::bool).boxed(),
        Type::Number => numbers().prop_map(Value::number).boxed(),
        Type::String => texts().prop_map(Value::string).boxed(),
        Type::List(element) => prop::collection::vec(values(&element), 0..4)
            .prop_map(move |it| Value::list((*element).clone(), it))
            .boxed(),
        Type::Set(element) => {
            prop::collection::vec(values(&element), 0..4).prop_map(move |it| Value::set((*element).clone(), it)).boxed()
        }
        Type::Map(element) => prop::collection::btree_map(texts(), values(&element), 0..4)
            .prop_map(move |it| {
                let names = it.into_iter().map(|(name, it)| match Value::string(name).data {
                    Data::String(name) => (name, it),
                    _ => unreachable!("a string"),
                });
                Value::map((*element).clone(), names.collect())
            })
            .boxed(),
        Type::Tuple(types) => types.iter().map(values).collect::<Vec<_>>().prop_map(Value::tuple).boxed(),
        Type::Object(object) => {
            let (names, types): (Vec<_>, Vec<_>) = object.attributes.clone().into_iter().unzip();
            let attributes = types.iter().map(values).collect::<Vec<_>>();
            attributes
                .prop_map(move |it| Value::object(names.iter().cloned().zip(it).collect::<BTreeMap<_, _>>()))
                .boxed()
        }
    }
}

fn values(ty: &Type) -> BoxedStrategy<Value> {
    let null = Just(Value::null(ty.clone()));
    prop_oneof![8 => known(ty), 1 => null, 2 => unknown(ty)].boxed()
}

fn typed() -> BoxedStrategy<(Type, Value)> {
    types(3).prop_flat_map(|ty| values(&ty).prop_map(move |it| (ty.clone(), it))).boxed()
}

proptest! {
    #[test]
    fn every_value_comes_back((ty, value) in typed()) {
        let bytes = write(&value, &ty).unwrap();
        prop_assert_eq!(read(&bytes, &ty), Ok(value.clone()));
        // The same where the schema leaves the type open.
        let bytes = write(&value, &Type::Any).unwrap();
        prop_assert_eq!(read(&bytes, &Type::Any), Ok(value));
    }

    #[test]
    fn damage_is_an_error_or_a_value((ty, value) in typed(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut bytes = write(&value, &ty).unwrap();
        prop_assert!(read(&bytes[..at.index(bytes.len())], &ty).is_err());
        let at = at.index(bytes.len());
        bytes[at] = to;
        if let Ok(value) = read(&bytes, &ty) {
            drop(write(&value, &ty));
        }
    }

    #[test]
    fn anything_is_an_error_or_a_value(bytes in prop::collection::vec(any::<u8>(), 0..200), ty in types(3)) {
        drop(read(&bytes, &ty));
        drop(read(&bytes, &Type::Any));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// What Terraform's own encoder makes of the same values.
#[test]
fn values_are_written_as_terraform_writes_them() {
    let number = |text| Value::number(Number::parse(text).unwrap());
    let not_null = Value::unknown_not_null(Type::String);
    let cases = [
        (Value::null(Type::String), Type::String, "c0"),
        (Value::null(Type::String), Type::Any, "92c40822737472696e6722c0"),
        (Value::null(Type::Any), Type::Any, "c0"),
        (Value::unknown(Type::String), Type::String, "d40000"),
        (Value::unknown(Type::Any), Type::Any, "d40000"),
        (Value::unknown(Type::Bool), Type::Any, "92c40622626f6f6c22d40000"),
        (not_null, Type::String, "c7030c8101c2"),
        (Value::unknown_with_prefix("ab"), Type::String, "c7070c8201c202a26162"),
        (Value::number_between(Some(Number::zero()), None), Type::Number, "c7070c8201c2039200c3"),
        (Value::bool(true), Type::Bool, "c3"),
        (number("1"), Type::Number, "01"),
        (number("-1"), Type::Number, "ff"),
        (number("300"), Type::Number, "cd012c"),
        (number("0.5"), Type::Number, "cb3fe0000000000000"),
        (number("0.1"), Type::Number, "a3302e31"),
        (Value::number(Number::infinity(true)), Type::Number, "cbfff0000000000000"),
        (Value::string("hé"), Type::String, "a368c3a9"),
        (Value::tuple(vec![Value::bool(false)]), Type::Any, "92c4125b227475706c65222c5b22626f6f6c225d5d91c2"),
        (Value::set(Type::Number, vec![number("2"), number("1")]), Type::set(Type::Number), "920102"),
        (Value::map(Type::Bool, [("k".into(), Value::bool(true))].into()), Type::map(Type::Bool), "81a16bc3"),
    ];
    for (value, ty, expected) in cases {
        let bytes = write(&value, &ty).unwrap();
        assert_eq!(hex(&bytes), expected, "{value:?}");
        assert_eq!(read(&bytes, &ty), Ok(value));
    }
}

#[test]
fn what_is_wrong_is_said() {
    let object = Type::object([("a", Type::list(Type::Bool))]);
    let deep = [b"\x92\xc4\x09\"dynamic\"".repeat(100_000), vec![0xc0]].concat();
    let types = format!("{}\"bool\"{}", "[\"list\",".repeat(200), "]".repeat(200));
    let deep_type =
        [b"\x92\xc5".to_vec(), (types.len() as u16).to_be_bytes().to_vec(), types.into(), vec![0xc0]].concat();
    let cases: &[(&[u8], &Type, &str)] = &[
        (b"", &Type::Bool, "it ends too early"),
        (b"\xc3", &Type::String, "string required"),
        (b"\xa1a", &Type::Bool, "bool required"),
        (b"\xc3", &Type::Number, "number required"),
        (b"\xa1a", &Type::Number, "number required"),
        (b"\xcb\x7f\xf8\0\0\0\0\0\x01", &Type::Number, "number required"),
        (b"\xa1\xff", &Type::String, "string required"),
        (b"\xdb\xff\xff\xff\xff", &Type::String, "string required"),
        (b"\xdd\xff\xff\xff\xff\x01", &Type::list(Type::Bool), "it ends too early"),
        (b"\xdf\xff\xff\xff\xff\x01", &Type::map(Type::Bool), "it ends too early"),
        (b"\x80", &object, "an object with 1 attributes is required (0 given)"),
        (b"\x81\xa1b\xc0", &object, "unsupported attribute \"b\""),
        (b"\x81\xa1a\x91\x01", &object, "attribute \"a\": element 0: bool required"),
        (b"\x81\x01\xc3", &Type::map(Type::Bool), "all keys must be strings"),
        (b"\x91\xc3", &Type::Tuple(Arc::new(Vec::new())), "a tuple of length 0 is required"),
        (b"\x91\xc3", &Type::Any, "a value of any type has to come with its type"),
        (b"\x92\xa1x\xc3", &Type::Any, "the type of a value is not one"),
        (b"\xc9\xff\xff\xff\xff\x0c", &Type::Bool, "it ends too early"),
        (b"\xc7\x03\x0c\x81\x07\xc0", &Type::String, ""),
        (b"\xc7\x03\x0c\x81\x01\x01", &Type::String, "bool required"),
        (
            b"\xc7\x05\x0c\x82\x05\x03\x06\x01",
            &Type::list(Type::Bool),
            "what is said of an unknown value contradicts itself",
        ),
        (&deep, &Type::Any, "it is nested too deeply"),
        (&deep_type, &Type::Any, "the type of a value is not one"),
    ];
    for (bytes, ty, expected) in cases {
        let said = read(bytes, ty).err().unwrap_or_default();
        assert_eq!(said, *expected, "{:?} as {ty}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
    }
    // A list that is said to have exactly so many elements is not made of them.
    let long = b"\xc7\x0f\x0c\x83\x01\xc2\x05\xce\x7f\xff\xff\xff\x06\xce\x7f\xff\xff\xff";
    assert!(!read(long, &Type::list(Type::Bool)).unwrap().is_known());
}

/// Readers do not take more.
#[test]
fn what_is_too_long_is_not_said() {
    let limit = |digit: &str| Some(Number::parse(&digit.repeat(900)).unwrap());
    let unknown = Value::number_between(limit("7"), limit("8"));
    let bytes = write(&unknown, &Type::Number).unwrap();
    assert_eq!(read(&bytes, &Type::Number), Ok(Value::unknown_not_null(Type::Number)));
    let bytes = write(&Value::unknown_with_prefix(&"é".repeat(2000)), &Type::String).unwrap();
    assert_eq!(read(&bytes, &Type::String), Ok(Value::unknown_with_prefix(&"é".repeat(500))));
}

#[test]
fn what_does_not_conform_is_not_written() {
    let object = Type::object([("a", Type::list(Type::Bool))]);
    let value = Value::object([("a".into(), Value::list(Type::String, vec![Value::string("x")]))].into());
    let said = write(&value, &object).unwrap_err();
    assert_eq!(said, "attribute \"a\": element 0: bool required, but this is string");
    assert!(write(&Value::object(BTreeMap::new()), &object).is_err());
}

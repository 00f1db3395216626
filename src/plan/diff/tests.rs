use super::*;
use crate::{
    schema::{Equality, Nesting},
    value::{from_json, to_json},
};
use serde_json::{Value as Json, json};

/// A type with one attribute of each kind.
fn block() -> Block {
    let attribute = |ty: Type, source: Source| Attribute::new(ty, source);
    let element = Block {
        attributes: [
            ("device".into(), Attribute { force_new: true, ..attribute(Type::String, Source::Required) }),
            ("size".into(), attribute(Type::Number, Source::OptionalComputed)),
        ]
        .into(),
        ..Block::default()
    };
    let nested = |nesting, computed| NestedBlock {
        nesting,
        block: element.clone(),
        min_items: 0,
        max_items: 0,
        force_new: false,
        computed,
    };
    Block {
        attributes: [
            ("id".into(), attribute(Type::String, Source::Computed)),
            ("name".into(), Attribute { force_new: true, ..attribute(Type::String, Source::Required) }),
            ("note".into(), attribute(Type::String, Source::Optional)),
            ("size".into(), attribute(Type::Number, Source::Default(Value::number(8)))),
            ("zone".into(), Attribute { force_new: true, ..attribute(Type::String, Source::OptionalComputed) }),
            ("policy".into(), Attribute { equality: Equality::Policy, ..attribute(Type::String, Source::Optional) }),
            ("latest".into(), Attribute { on_update: OnUpdate::Unknown, ..attribute(Type::Number, Source::Computed) }),
        ]
        .into(),
        blocks: [
            ("disk".into(), nested(Nesting::List, false)),
            ("drive".into(), nested(Nesting::Set, false)),
            ("port".into(), nested(Nesting::List, true)),
        ]
        .into(),
        ..Block::default()
    }
}

/// An object of the block; attributes that `json` leaves out are null, the string "?" is unknown.
fn object(json: &Json) -> Value {
    let block = block();
    if json.is_null() {
        return Value::null(block.implied_type());
    }
    let mut full = serde_json::Map::new();
    for name in block.attributes.keys() {
        full.insert(name.to_string(), json.get(&**name).cloned().unwrap_or(Json::Null));
    }
    for name in block.blocks.keys() {
        full.insert(name.to_string(), json.get(&**name).cloned().unwrap_or(json!([])));
    }
    let value = from_json(&Json::Object(full), &block.implied_type()).expect("fits the block");
    value.transform(&mut |_, it| (it.as_str() == Some("?")).then(|| Value::unknown(Type::String)))
}

/// As JSON without nulls and empty lists, unknown values as "?".
fn shown(value: &Value) -> Json {
    let known = value.transform(&mut |_, it| (!it.is_known()).then(|| Value::string("?")));
    fn prune(json: Json) -> Json {
        match json {
            Json::Object(entries) => {
                let kept = entries.into_iter().filter(|(_, it)| !it.is_null() && *it != json!([]));
                Json::Object(kept.map(|(name, it)| (name, prune(it))).collect())
            }
            Json::Array(items) => Json::Array(items.into_iter().map(prune).collect()),
            it => it,
        }
    }
    prune(to_json(&known))
}

/// Prior object, configuration, then the planned object and what is to be replaced; none: no change.
fn check(prior: Json, config: Json, planned: Json, replace: Option<&[&str]>) {
    let (block, before) = (block(), object(&prior));
    let proposed = propose(&block, &before, &object(&config));
    assert_eq!(shown(&proposed), planned, "{prior} with {config}");
    let found = difference(&block, &before, &proposed);
    let paths: Vec<String> = found.replace.iter().map(ToString::to_string).collect();
    assert_eq!(found.changed.then_some(paths.iter().map(String::as_str).collect::<Vec<_>>().as_slice()), replace);
}

#[test]
fn proposals() {
    let prior = || json!({"id": "i", "name": "a", "size": 8, "zone": "z", "latest": 1});
    // Nothing there yet: what the provider decides is unknown, defaults are set.
    check(
        Json::Null,
        json!({"name": "a"}),
        json!({"id": "?", "name": "a", "size": 8, "zone": "?", "latest": "?", "port": "?"}),
        Some(&[""]),
    );
    // The same again.
    check(prior(), json!({"name": "a"}), prior(), None);
    // Null and the empty string are one.
    check(prior(), json!({"name": "a", "note": ""}), prior(), None);
    check(
        prior(),
        json!({"name": "a", "note": "n"}),
        json!({"id": "i", "name": "a", "size": 8, "zone": "z", "latest": 1, "note": "n"}),
        Some(&[]),
    );
    check(
        prior(),
        json!({"name": "b", "zone": "y"}),
        json!({"id": "i", "name": "b", "size": 8, "zone": "y", "latest": 1}),
        Some(&["name", "zone"]),
    );
    check(
        prior(),
        json!({"name": "?"}),
        json!({"id": "i", "name": "?", "size": 8, "zone": "z", "latest": 1}),
        Some(&["name"]),
    );
}

#[test]
fn blocks() {
    let prior = || {
        json!({"id": "i", "name": "a", "size": 8, "zone": "z", "latest": 1,
            "disk": [{"device": "x", "size": 1}], "drive": [{"device": "x", "size": 1}, {"device": "y", "size": 2}],
            "port": [{"device": "p", "size": 3}]})
    };
    let config = |disk: Json, drive: Json| json!({"name": "a", "disk": disk, "drive": drive});
    // Elements of a set are found again by what the configuration sets; computed blocks stay.
    check(prior(), config(json!([{"device": "x"}]), json!([{"device": "y"}, {"device": "x"}])), prior(), None);
    let mut planned = prior();
    planned["disk"] = json!([{"device": "w", "size": 1}]);
    check(
        prior(),
        config(json!([{"device": "w"}]), json!([{"device": "y"}, {"device": "x"}])),
        planned,
        Some(&["disk[0].device"]),
    );
}

#[test]
fn equivalence_of_policies() {
    let same = [
        (r#"{"a":["x"]}"#, r#"{ "a" : "x" }"#, true),
        (r#"{"a":["x","y"]}"#, r#"{"a":["y","x"]}"#, true),
        (r#"{"a":"x"}"#, r#"{"a":"y"}"#, false),
        (r#"{"a":true}"#, r#"{"a":"true"}"#, true),
        ("not json", "not json either", false),
    ];
    let attribute = &block().attributes["policy"];
    for (left, right, expected) in same {
        let (left, right) = (Value::string(left), Value::string(right));
        assert_eq!(equivalent(attribute, &left, &right), expected, "{left:?} {right:?}");
    }
}

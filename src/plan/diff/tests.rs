use super::*;
use crate::{
    schema::{Equality, Nesting},
    value::{from_json, to_json},
};
use serde_json::{Value as Json, json};

/// A type of a provider to which null and zero are one, or two.
fn schema(null_is_zero: bool) -> Schema {
    Schema { block: block(), null_is_zero, ..Schema::default() }
}

/// A type with one attribute of each kind.
fn block() -> SchemaBlock {
    let attribute = |ty: Type, source: Source| Attribute::new(ty, source);
    let element = SchemaBlock {
        attributes: [
            ("device".into(), Attribute { force_new: true, ..attribute(Type::String, Source::Required) }),
            ("size".into(), attribute(Type::Number, Source::OptionalComputed)),
        ]
        .into(),
        ..SchemaBlock::default()
    };
    let nested = |nesting, computed| NestedBlock {
        nesting,
        block: element.clone(),
        min_items: 0,
        max_items: 0,
        force_new: false,
        computed,
    };
    SchemaBlock {
        attributes: [
            ("id".into(), attribute(Type::String, Source::Computed)),
            ("name".into(), Attribute { force_new: true, ..attribute(Type::String, Source::Required) }),
            ("note".into(), attribute(Type::String, Source::Optional)),
            ("size".into(), attribute(Type::Number, Source::Default(Value::number(8)))),
            ("zone".into(), Attribute { force_new: true, ..attribute(Type::String, Source::OptionalComputed) }),
            ("policy".into(), Attribute { equality: Equality::Policy, ..attribute(Type::String, Source::Optional) }),
            ("latest".into(), attribute(Type::Number, Source::Computed)),
        ]
        .into(),
        blocks: [
            ("disk".into(), nested(Nesting::List, false)),
            ("drive".into(), nested(Nesting::Set, false)),
            ("port".into(), nested(Nesting::List, true)),
        ]
        .into(),
        ..SchemaBlock::default()
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
    check_with(&schema(true), prior, config, planned, replace);
}

fn check_with(schema: &Schema, prior: Json, config: Json, planned: Json, replace: Option<&[&str]>) {
    let before = object(&prior);
    let proposed = propose(schema, &before, &object(&config));
    assert_eq!(shown(&proposed), planned, "{prior} with {config}");
    let found = difference(schema, &before, &proposed);
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
    // Null and the empty string are one, if they are to the provider.
    check(prior(), json!({"name": "a", "note": ""}), prior(), None);
    let mut emptied = prior();
    emptied["note"] = json!("");
    check_with(&schema(false), prior(), json!({"name": "a", "note": ""}), emptied.clone(), Some(&[]));
    check_with(&schema(false), emptied, json!({"name": "a"}), prior(), Some(&[]));
    // What the provider may decide it decides if it is told an empty text.
    let vague = || json!({"name": "a", "zone": ""});
    let made = |zone: &str| json!({"id": "?", "name": "a", "size": 8, "zone": zone, "latest": "?", "port": "?"});
    check(Json::Null, vague(), made("?"), Some(&[""]));
    check(prior(), vague(), prior(), None);
    check_with(&schema(false), Json::Null, vague(), made(""), Some(&[""]));
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

/// Objects in a collection are stored without nulls where null is zero, those of a set of blocks too.
#[test]
fn objects_in_collections() {
    let rule = Type::object([("port", Type::Number), ("open", Type::Bool), ("names", Type::list(Type::String))]);
    let nested = Type::object([("rules", Type::list(rule.clone()))]);
    let nulls = json!([{"port": 1, "open": null, "names": null}]);
    let zeros = json!([{"port": 1, "open": false, "names": []}]);
    for (ty, config, filled) in [
        (Type::set(rule.clone()), nulls.clone(), zeros.clone()),
        (Type::list(rule), nulls.clone(), zeros.clone()),
        (Type::list(nested), json!([{"rules": null}, {"rules": nulls}]), json!([{"rules": []}, {"rules": zeros}])),
        (Type::map(Type::String), json!({"a": null}), json!({"a": null})),
    ] {
        for (null_is_zero, planned) in [(true, &filled), (false, &config)] {
            let attributes = [("rule".into(), Attribute::new(ty.clone(), Source::Optional))].into();
            let schema = Schema {
                block: SchemaBlock { attributes, ..SchemaBlock::default() },
                null_is_zero,
                ..Schema::default()
            };
            let object = |rule: &Json| from_json(&json!({"rule": rule}), &schema.block.implied_type()).unwrap();
            for prior in [Json::Null, planned.clone()] {
                let proposed = propose(&schema, &object(&prior), &object(&config));
                assert_eq!(to_json(proposed.get("rule").unwrap()), *planned, "{prior} with {config}");
            }
        }
    }
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
        assert_eq!(equivalent(attribute, true, &left, &right), expected, "{left:?} {right:?}");
    }
}

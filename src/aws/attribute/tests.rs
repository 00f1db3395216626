use super::*;
use crate::value::{from_json, to_json};
use serde_json::json;

attributes! {
    /// One of everything.
    pub(crate) struct All {
        /// A name.
        name: String [force_new],
        note: String [optional],
        kind: String [default_text("plain"), force_new],
        on: bool [default(true)],
        count: Option<i64> [computed],
        ratio: Computed<f64>,
        list: Vec<String>,
        set: Set<i64>,
        map: BTreeMap<String, bool>,
        r#type: Option<String> [sensitive],
        self_: bool [optional, deprecated("no")],
        one: Option<Part>,
        many: Vec<Part> [min(1), max(3), force_new],
        any: Set<Part> [as_attribute, computed],
        document: String [json, config_only],
    }

    pub(crate) struct Part {
        size: i64,
        label: String [optional],
    }
}

fn all_block() -> SchemaBlock {
    match All::shape() {
        Shape::Block(block) => block,
        _ => unreachable!(),
    }
}

#[test]
fn a_struct_declares_its_schema() {
    let block = all_block();
    let said = |name: &str| {
        let it = &block.attributes[name];
        format!("{} {:?}{}", it.ty, it.source, if it.force_new { " force_new" } else { "" })
    };
    for (name, expected) in [
        ("name", "string Required force_new"),
        ("note", "string Optional"),
        ("count", "number OptionalComputed"),
        ("ratio", "number Computed"),
        ("list", "list(string) Optional"),
        ("set", "set(number) Optional"),
        ("map", "map(bool) Optional"),
        ("any", "set(object({label=string, size=number})) OptionalComputed"),
    ] {
        assert_eq!(said(name), expected, "{name}");
    }
    assert_eq!(block.attributes["kind"].source, Source::Default(Value::string("plain")));
    assert_eq!(block.attributes["on"].source, Source::Default(Value::bool(true)));
    assert_eq!(block.attributes["name"].description, "A name.");
    assert!(block.attributes["type"].sensitive && block.attributes["self"].deprecated.is_some());
    assert!(block.attributes["document"].config_only && block.attributes["document"].equality == Equality::Json);
    let nested = |name: &str| {
        let it = &block.blocks[name];
        (it.nesting, it.min_items, it.max_items, it.force_new)
    };
    assert_eq!(nested("one"), (Nesting::List, 0, 1, false));
    assert_eq!(nested("many"), (Nesting::List, 1, 3, true));
}

/// What is written, and what comes back after reading it as a struct.
#[test]
fn values_survive_the_struct() {
    let full = json!({
        "name": "n", "note": "", "kind": "k", "on": true, "count": 3, "ratio": 0.5, "list": ["a", "b"], "set": [1, 2],
        "map": { "x": true }, "type": "t", "self": true, "one": [{ "size": 1, "label": "l" }],
        "many": [{ "size": 1, "label": "" }, { "size": 2, "label": "" }], "any": [{ "size": 5, "label": "m" }],
        "document": "{}",
    });
    let zero = json!({
        "name": "", "note": "", "kind": "", "on": false, "count": null, "ratio": null, "list": [], "set": [], "map": {},
        "type": null, "self": false, "one": [], "many": [], "any": [], "document": "",
    });
    let ty = all_block().implied_type();
    let nothing = json!({ "one": [], "many": [] });
    for (given, expected) in [(&full, &full), (&zero, &zero), (&nothing, &zero)] {
        let value = from_json(given, &ty).unwrap();
        let encoded = All::decode(&value).encode();
        assert_eq!(to_json(&encoded), *expected, "{given}");
        assert_eq!(encoded.ty(), ty, "{given}");
    }
    let unknown = with(&from_json(&full, &ty).unwrap(), "count", Value::unknown(Type::Number));
    assert_eq!(All::decode(&unknown).count, None);
}

#[test]
fn sets_compare_without_order() {
    assert_eq!(Set(vec![1, 2]), Set(vec![2, 1]));
    assert_ne!(Set(vec![1, 2]), Set(vec![1, 3]));
    assert_eq!(Set(vec![1, 2, 3]).without(&Set(vec![2])).collect::<Vec<_>>(), [&1, &3]);
}

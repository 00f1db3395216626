use super::*;
use crate::plan::sketch::{object, schema, shown};
use serde_json::{Value as Json, json};

/// An object with whatever can be nested.
fn written() -> Json {
    let element = json!({
        "name": "string",
        "size": "optional computed number",
        "note": "optional string",
    });
    let mut deep = element.clone();
    deep["rule"] = json!({"block": "set", "of": element});
    deep["port"] = json!({"nested": "single", "is": "optional", "attributes": element});
    let nested = |mode: &str, is: &str| json!({"nested": mode, "is": is, "attributes": element});
    json!({
        "id": "computed string",
        "name": "string",
        "zone": "optional computed string",
        "tags": "optional [\"map\",\"string\"]",
        "any": "optional dynamic",
        "secret": "optional write_only string",
        "one": nested("single", "optional"),
        "each": nested("list", "optional"),
        "keyed": nested("map", "optional"),
        "some": nested("set", "optional"),
        "maybe": nested("single", "optional computed"),
        "told": nested("list", "computed"),
        "single": {"block": "single", "of": element},
        "group": {"block": "group", "of": element},
        "list": {"block": "list", "of": element},
        "map": {"block": "map", "of": element},
        "set": {"block": "set", "of": deep},
    })
}

#[test]
fn what_the_configuration_leaves_out_is_kept() {
    let schema = schema(&written());
    for (what, prior, config, expected) in [
        ("nothing of nothing", json!(null), json!(null), json!(null)),
        ("nothing", json!({"id": "i"}), json!(null), json!({"id": "i"})),
        ("new", json!(null), json!({"name": "n", "any": "x"}), json!({"name": "n", "any": "x"})),
        (
            "attributes",
            json!({"id": "i", "name": "n", "zone": "z", "tags": {"a": "b"}}),
            json!({"name": "m"}),
            json!({"id": "i", "name": "m", "zone": "z"}),
        ),
        ("unknown", json!({"zone": "z"}), json!({"zone": "?", "tags": "?"}), json!({"zone": "?", "tags": "?"})),
        ("write-only", json!({"id": "i"}), json!({"secret": "%s"}), json!({"id": "i", "secret": "%s"})),
        ("marks of the configuration", json!({"zone": "z"}), json!({"name": "!n"}), json!({"name": "!n", "zone": "z"})),
        (
            "one object",
            json!({"one": {"name": "a", "size": 1, "note": "x"}}),
            json!({"one": {"name": "b"}}),
            json!({"one": {"name": "b", "size": 1}}),
        ),
        ("no object", json!({"one": {"name": "a", "size": 1}}), json!({}), json!({})),
        ("unknown object", json!({"one": {"name": "a", "size": 1}}), json!({"one": "?"}), json!({"one": "?"})),
        ("new object", json!({"id": "i"}), json!({"one": {"name": "b"}}), json!({"id": "i", "one": {"name": "b"}})),
        (
            "objects by position",
            json!({"each": [{"name": "a", "size": 1}, {"name": "b", "size": 2}]}),
            json!({"each": [{"name": "b"}, {"name": "a"}, {"name": "c"}]}),
            json!({"each": [{"name": "b", "size": 1}, {"name": "a", "size": 2}, {"name": "c"}]}),
        ),
        (
            "unknown element",
            json!({"each": [{"name": "a", "size": 1}]}),
            json!({"each": ["?"]}),
            json!({"each": [{"name": "?", "note": "?", "size": "?"}]}),
        ),
        (
            "objects by key",
            json!({"keyed": {"a": {"name": "a", "size": 1}, "b": {"name": "b", "size": 2}}}),
            json!({"keyed": {"b": {"name": "x"}, "c": {"name": "c"}}}),
            json!({"keyed": {"b": {"name": "x", "size": 2}, "c": {"name": "c"}}}),
        ),
        (
            "objects of a set",
            json!({"some": [{"name": "a", "size": 1}, {"name": "b", "size": 2}]}),
            json!({"some": [{"name": "b"}, {"name": "c"}]}),
            json!({"some": [{"name": "b", "size": 2}, {"name": "c"}]}),
        ),
        (
            "of two that fit the first is taken",
            json!({"some": [{"name": "a", "size": 1}, {"name": "a", "size": 2}]}),
            json!({"some": [{"name": "a"}, {"name": "a", "size": 2}]}),
            json!({"some": [{"name": "a", "size": 1}, {"name": "a", "size": 2}]}),
        ),
        (
            "a secret set",
            json!({"some": [{"name": "a", "size": 1}]}),
            json!({"some": [{"name": "!a"}]}),
            json!({"some": {"!": [{"name": "a", "size": 1}]}}),
        ),
        ("decided", json!({"maybe": {"size": 1}}), json!({}), json!({"maybe": {"size": 1}})),
        ("configured once", json!({"maybe": {"name": "a", "size": 1}}), json!({}), json!({})),
        ("told", json!({"told": [{"name": "a"}]}), json!({}), json!({"told": [{"name": "a"}]})),
        (
            "single block",
            json!({"single": {"name": "a", "size": 1}}),
            json!({"single": {"name": "b"}}),
            json!({"single": {"name": "b", "size": 1}}),
        ),
        ("no single block", json!({"single": {"name": "a", "size": 1}}), json!({}), json!({})),
        ("unknown block", json!({"single": {"name": "a", "size": 1}}), json!({"single": "?"}), json!({"single": "?"})),
        (
            "group",
            json!({"group": {"name": "a", "size": 1}}),
            json!({"group": {"name": "b"}}),
            json!({"group": {"name": "b", "size": 1}}),
        ),
        (
            "blocks by position",
            json!({"list": [{"name": "a", "size": 1}, {"name": "b", "size": 2}]}),
            json!({"list": [{"name": "b"}]}),
            json!({"list": [{"name": "b", "size": 1}]}),
        ),
        ("unknown blocks", json!({"list": [{"name": "a", "size": 1}]}), json!({"list": "?"}), json!({"list": "?"})),
        (
            "blocks by label",
            json!({"map": {"a": {"size": 1}, "b": {"size": 2}}}),
            json!({"map": {"b": {"name": "x"}, "c": {"name": "c"}}}),
            json!({"map": {"b": {"name": "x", "size": 2}, "c": {"name": "c"}}}),
        ),
        (
            "sets of blocks, where what is inside differs by what is decided",
            json!({"set": [
                {"name": "a", "size": 1, "port": {"name": "p", "size": 5}},
                {"name": "a", "size": 2, "port": {"name": "q", "size": 6}},
            ]}),
            json!({"set": [{"name": "a", "port": {"name": "q"}}]}),
            json!({"set": [{"name": "a", "size": 2, "port": {"name": "q", "size": 6}}]}),
        ),
        (
            "sets of blocks with an object more than before",
            json!({"set": [{"name": "a", "size": 1}]}),
            json!({"set": [{"name": "a", "port": {"name": "q"}}]}),
            json!({"set": [{"name": "a", "size": 1, "port": {"name": "q"}}]}),
        ),
        (
            "sets of blocks with an object less",
            json!({"set": [{"name": "a", "size": 1, "port": {"name": "q"}}]}),
            json!({"set": [{"name": "a"}]}),
            json!({"set": [{"name": "a"}]}),
        ),
        (
            "sets inside must be equal",
            json!({"set": [{"name": "a", "size": 1, "rule": [{"name": "r", "size": 7}]}]}),
            json!({"set": [{"name": "a", "rule": [{"name": "r"}]}]}),
            json!({"set": [{"name": "a", "rule": [{"name": "r"}]}]}),
        ),
        (
            "and then are",
            json!({"set": [{"name": "a", "size": 1, "rule": [{"name": "r", "size": 7}]}]}),
            json!({"set": [{"name": "a", "rule": [{"name": "r", "size": 7}]}]}),
            json!({"set": [{"name": "a", "size": 1, "rule": [{"name": "r", "size": 7}]}]}),
        ),
        (
            "an unknown name is not the prior one",
            json!({"set": [{"name": "a", "size": 1}]}),
            json!({"set": [{"name": "?"}]}),
            json!({"set": [{"name": "?"}]}),
        ),
    ] {
        let (prior, config) = (object(&schema, &prior), object(&schema, &config));
        let (found, expected) = (proposed(&schema, &prior, &config), object(&schema, &expected));
        assert_eq!(shown(&found), shown(&expected), "{what}");
        assert_eq!(found.ty(), expected.ty(), "{what}");
    }
}

#[test]
fn what_data_will_be_is_unknown() {
    let schema = schema(&written());
    let decided = json!({"id": "?", "zone": "?", "maybe": "?", "told": "?", "group": {"size": "?"}});
    for (config, expected) in [
        (json!({}), json!({})),
        (json!({"name": "n", "zone": "z"}), json!({"name": "n", "zone": "z"})),
        (json!({"one": {"name": "a"}}), json!({"one": {"name": "a", "size": "?"}})),
        (json!({"each": [{"name": "a"}]}), json!({"each": [{"name": "a", "size": "?"}]})),
        (json!({"list": [{"name": "a"}]}), json!({"list": [{"name": "a", "size": "?"}]})),
        (json!({"single": {"name": "a"}}), json!({"single": {"name": "a", "size": "?"}})),
        (json!({"keyed": {"k": {"name": "a"}}}), json!({"keyed": {"k": {"name": "a"}}})),
        (json!({"set": [{"name": "a"}]}), json!({"set": [{"name": "a"}]})),
    ] {
        let mut expected_whole = decided.clone();
        for (name, it) in expected.as_object().expect("an object") {
            expected_whole[name] = it.clone();
        }
        let config = object(&schema, &config);
        let (found, expected) = (proposed_data(&schema, &config), object(&schema, &expected_whole));
        assert_eq!(shown(&found), shown(&expected));
        assert_eq!(found.ty(), expected.ty());
    }
}

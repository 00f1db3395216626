use super::*;
use crate::value::{from_json, to_json};
use serde_json::{Value as Json, json};

fn settings() -> Settings {
    let mut settings = Settings { default_tags_known: true, ..Settings::default() };
    settings.tags = TagRules {
        defaults: Tags::from([("owner".into(), "me".into()), ("stage".into(), "test".into())]),
        ignored_keys: vec!["cost".into()],
        ignored_prefixes: vec!["auto-".into()],
    };
    settings
}

fn object(json: &Json) -> Value {
    let map = Type::map(Type::String);
    from_json(json, &Type::object([("tags", map.clone()), ("tags_all", map)])).unwrap()
}

#[test]
fn all_tags_are_planned_from_defaults_and_block() {
    for (tags, expected) in [
        (json!(null), json!({ "owner": "me", "stage": "test" })),
        (json!({ "owner": "you" }), json!({ "owner": "you", "stage": "test" })),
        (json!({ "a": "", "cost": "1", "auto-x": "y" }), json!({ "a": "", "owner": "me", "stage": "test" })),
        (json!({ "a": null }), json!({ "owner": "me", "stage": "test" })),
    ] {
        let planned = planned_all(&settings(), &object(&json!({ "tags": tags })));
        assert_eq!(to_json(&planned), expected, "{tags}");
    }
    let unknown = Value::map(Type::String, [("a".into(), Value::unknown(Type::String))].into());
    let partly = with(&object(&json!({})), "tags", unknown);
    assert!(!planned_all(&settings(), &partly).is_known());
    let later = Settings { default_tags_known: false, ..settings() };
    assert!(!planned_all(&later, &object(&json!({}))).is_known());
}

/// Live tags, what state held in `tags`, and what it must hold in `tags` and `tags_all`.
#[test]
fn live_tags_are_split() {
    let token = json!({ "a": "b", CREATION_TAG: "token" });
    for (framework, live, prior, tags, all) in [
        (false, json!({ "a": "b", "owner": "me" }), json!({}), json!({ "a": "b" }), json!({ "a": "b", "owner": "me" })),
        (false, json!({ "owner": "me" }), json!({ "owner": "me" }), json!({ "owner": "me" }), json!({ "owner": "me" })),
        (false, json!({ "owner": "you" }), json!({}), json!({ "owner": "you" }), json!({ "owner": "you" })),
        (false, json!({ "cost": "1", "aws:x": "y", "auto-z": "" }), json!({}), json!({}), json!({})),
        (false, token.clone(), json!({}), json!({ "a": "b" }), token),
        (false, json!({ "owner": "me" }), json!(null), json!(null), json!({ "owner": "me" })),
        (true, json!({}), json!(null), json!(null), json!({})),
        (true, json!({}), json!({}), json!({}), json!({})),
    ] {
        let split =
            split(&settings(), framework, &object(&json!({ "tags": live })), &object(&json!({ "tags": prior })));
        assert_eq!(to_json(&split), json!({ "tags": tags, "tags_all": all }), "{live} after {prior}");
    }
    let imported = split(&settings(), false, &object(&json!({ "tags": { "owner": "me" } })), &Value::null(Type::Any));
    assert_eq!(to_json(imported.get("tags").unwrap()), json!({}));
}

#[test]
fn a_create_sets_all_tags_and_its_mark() {
    let set = to_set(&settings(), &object(&json!({ "tags": { "a": "b" } })), Some("token"));
    let expected = json!({ "a": "b", "owner": "me", "stage": "test", CREATION_TAG: "token" });
    assert_eq!(to_json(set.get("tags").unwrap()), expected);
}

#[test]
fn only_what_differs_is_removed_or_set() {
    let tags = |text: &str| -> Tags {
        text.split_whitespace().filter_map(|it| it.split_once('=')).map(|(k, v)| (k.into(), v.into())).collect()
    };
    for (before, after, stale, fresh) in [
        ("a=1 b=2", "a=1 b=2", "", ""),
        ("a=1 b=2", "b=3 c=4", "a", "b=3 c=4"),
        ("a=", "", "a", ""),
        ("", "a=", "", "a="),
    ] {
        let stale: Vec<String> = stale.split_whitespace().map(str::to_owned).collect();
        assert_eq!(difference(&tags(before), &tags(after)), (stale, tags(fresh)), "{before} to {after}");
    }
}

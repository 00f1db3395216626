use super::*;
use crate::{
    aws::attribute::{Field, Set, Shape, Tags, attributes},
    provider::Result,
    schema::{Attribute, Source},
    value::{from_json, to_json},
};
use serde_json::{Value as Json, json};

attributes! {
    pub(crate) struct Thing {
        name: String [force_new],
        note: Option<String>,
        sizes: Vec<i64>,
        rule: Set<Rule> [as_attribute, computed],
        tags: Tags,
    }

    pub(crate) struct Rule {
        port: i64,
        open: bool [optional],
        names: Vec<String>,
    }
}

fn schema(null_is_zero: bool) -> Schema {
    let Shape::Block(mut block) = Thing::shape() else { unreachable!() };
    for (name, ty) in [("region", Type::String), ("tags_all", Type::map(Type::String))] {
        block.attributes.insert(name.into(), Attribute::new(ty, Source::OptionalComputed));
    }
    Schema { block, null_is_zero, ..Schema::default() }
}

fn check(null_is_zero: bool, prior: &Json, planned: &Json) -> (Json, Vec<Path>) {
    let schema = schema(null_is_zero);
    let value = |json: &Json| from_json(json, &schema.block.implied_type()).unwrap();
    let settings = Settings { region: Some("here-1".into()), default_tags_known: true, ..Settings::default() };
    let mut draft = Draft {
        prior: value(prior),
        config: value(planned),
        planned: value(planned),
        replace: vec![Path::attribute("name")],
    };
    plan(&schema, &settings, &mut draft, |_| Ok(())).unwrap();
    (to_json(&draft.planned), draft.replace)
}

#[test]
fn nothing_is_spelt_as_state_has_it() {
    let rule = json!([{ "port": 1, "open": null, "names": null }]);
    let same = json!({ "name": "a", "region": "here-1", "tags_all": {} });
    let state = |more: Json| {
        let mut state = same.clone();
        state.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        state
    };
    for (null_is_zero, prior, planned, name, expected) in [
        (true, json!({ "note": "" }), json!({}), "note", json!("")),
        (true, json!({}), json!({ "note": "" }), "note", json!(null)),
        (true, json!({ "sizes": [] }), json!({}), "sizes", json!([])),
        (true, json!({ "tags": null }), json!({ "tags": {} }), "tags", json!(null)),
        (false, json!({ "note": "" }), json!({}), "note", json!(null)),
        (false, json!({}), json!({ "rule": rule }), "rule", rule),
    ] {
        let (planned, replace) = check(null_is_zero, &state(prior.clone()), &state(planned.clone()));
        assert_eq!(planned[name], expected, "{prior} to {name}");
        assert_eq!(replace, [], "a name that stays replaces nothing");
    }
}

#[test]
fn objects_are_where_the_provider_is_unless_they_say_otherwise() {
    for (prior, config, expected, replaced) in [
        (json!(null), json!(null), json!(null), false),
        (json!(null), json!("here-1"), json!(null), false),
        (json!("here-1"), json!(null), json!("here-1"), false),
        (json!("there-1"), json!(null), json!("here-1"), true),
        (json!("there-1"), json!("there-1"), json!("there-1"), false),
        (json!(null), json!("there-1"), json!("there-1"), false),
        (json!("here-1"), json!("there-1"), json!("there-1"), true),
    ] {
        let object = |region: &Json| json!({ "name": "a", "region": region });
        let (planned, replace) = check(true, &object(&prior), &object(&config));
        assert_eq!(planned["region"], expected, "{prior} to {config}");
        assert_eq!(replace == [Path::attribute("region")], replaced, "{prior} to {config}");
    }
}

#[test]
fn a_type_adds_rules_of_its_own() {
    fn own(planning: &mut Planning) -> Result<()> {
        assert!(planning.changes("name") && planning.configured("name") && !planning.creating());
        planning.in_place("name");
        planning.replace("note");
        planning.set_unknown("rule", Type::Any);
        planning.keep("sizes");
        Ok(())
    }
    let schema = schema(true);
    let value = |json: Json| from_json(&json, &schema.block.implied_type()).unwrap();
    let prior = value(json!({ "name": "a", "note": "x", "sizes": [1] }));
    let planned = value(json!({ "name": "b", "note": "y", "sizes": [2] }));
    let replace = vec![Path::attribute("name")];
    let mut draft = Draft { prior, config: planned.clone(), planned, replace };
    plan(&schema, &Settings::default(), &mut draft, own).unwrap();
    assert_eq!(draft.replace, [Path::attribute("note")]);
    assert!(!draft.planned.get("rule").unwrap().is_known());
    assert_eq!(to_json(draft.planned.get("sizes").unwrap()), json!([1]));
}

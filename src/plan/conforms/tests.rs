use super::*;
use crate::{
    plan::sketch::{object, schema, value},
    value::Type,
};
use serde_json::{Value as Json, json};

/// An object with whatever can be nested.
fn sketch() -> SchemaBlock {
    let element = json!({"name": "string", "size": "optional computed number"});
    let deep = json!({"name": "string", "token": "optional sensitive string", "key": "optional write_only string"});
    let nested = |mode: &str, is: &str| json!({"nested": mode, "is": is, "attributes": element});
    schema(&json!({
        "id": "computed string",
        "name": "string",
        "zone": "optional computed string",
        "secret": "optional sensitive string",
        "key": "optional write_only string",
        "any": "optional dynamic",
        "flags": r#"optional ["list","bool"]"#,
        "tags": r#"optional ["map","string"]"#,
        "names": r#"optional ["set","string"]"#,
        "told": nested("list", "computed"),
        "one": nested("single", "optional"),
        "each": nested("list", "optional"),
        "keyed": nested("map", "optional"),
        "some": nested("set", "optional"),
        "deep": {"nested": "list", "is": "optional", "attributes": deep},
        "hidden": nested("single", "optional sensitive"),
        "single": {"block": "single", "of": element},
        "group": {"block": "group", "of": element},
        "list": {"block": "list", "of": element},
        "map": {"block": "map", "of": element},
        "set": {"block": "set", "of": element},
        "guarded": {"block": "set", "of": deep},
    }))
}

fn told(found: &[Mismatch]) -> Vec<String> {
    found.iter().map(Mismatch::to_string).collect()
}

/// Planned objects are compared as they are: lists of blocks that `json` has as null are null.
fn answered(schema: &SchemaBlock, json: &Json) -> Value {
    let whole = object(schema, json);
    let (Some(entries), Some(json)) = (whole.as_entries(), json.as_object()) else { return whole };
    let mut entries = entries.clone();
    for (name, _) in json.iter().filter(|(_, it)| it.is_null()) {
        let null = Value::null(entries[&**name].ty());
        entries.insert(name.as_str().into(), null);
    }
    Value::object(entries)
}

#[test]
fn plans_do_what_the_configuration_says() {
    let schema = sketch();
    let a = || json!({"name": "a", "size": 1});
    for (prior, config, planned, expected) in [
        (json!(null), json!({}), json!({}), vec![]),
        (json!(null), json!({}), json!(null), vec!["planned for absence but config wants existence"]),
        (json!(null), json!(null), json!({}), vec!["planned for existence but config wants absence"]),
        (json!(null), json!({"name": "n"}), json!({"name": "n", "id": "?", "zone": "?", "told": "?"}), vec![]),
        (json!({"zone": "y"}), json!({"zone": "Y"}), json!({"zone": "y"}), vec![]),
        (
            json!(null),
            json!({}),
            json!({"name": "n", "tags": {"a": "b"}}),
            vec![
                r#".name: planned value cty.StringVal("n") for a non-computed attribute"#,
                r#".tags: planned value cty.MapVal(map[string]cty.Value{"a":cty.StringVal("b")}) for a non-computed attribute"#,
            ],
        ),
        (
            json!(null),
            json!({"name": "a"}),
            json!({"name": "b"}),
            vec![r#".name: planned value cty.StringVal("b") does not match config value cty.StringVal("a")"#],
        ),
        (
            json!({"zone": "c"}),
            json!({"zone": "a"}),
            json!({"zone": "?"}),
            vec![
                r#".zone: planned value cty.UnknownVal(cty.String) does not match config value cty.StringVal("a") nor prior value cty.StringVal("c")"#,
            ],
        ),
        (
            json!({"name": "c", "secret": "s"}),
            json!({"name": "!a", "secret": "t"}),
            json!({"name": "b", "secret": "u"}),
            vec![
                ".name: sensitive planned value does not match config value nor prior value",
                ".secret: sensitive planned value does not match config value nor prior value",
            ],
        ),
        (
            json!(null),
            json!({"hidden": {"name": "a"}}),
            json!({"hidden": {"name": "b"}, "secret": "s"}),
            vec![
                ".hidden.name: sensitive planned value does not match config value",
                ".secret: sensitive planned value for a non-computed attribute",
            ],
        ),
        (
            json!(null),
            json!({}),
            json!({"deep": [{"name": "a", "token": "t"}]}),
            vec![".deep: sensitive planned value for a non-computed attribute"],
        ),
        (json!(null), json!({"key": "%k"}), json!({}), vec![]),
        (
            json!(null),
            json!({"key": "%k"}),
            json!({"key": "other"}),
            vec![".key: planned value for write-only attribute is not null"],
        ),
        (
            json!(null),
            json!({"one": {"name": "a"}, "each": [{"name": "a"}]}),
            json!({"one": {"name": "a", "size": "?"}, "each": [{"name": "a", "size": 3}]}),
            vec![],
        ),
        (
            json!(null),
            json!({"one": {"name": "a"}, "each": [{"name": "a"}], "keyed": {"k": {"name": "a"}}}),
            json!({"one": null, "each": "?", "keyed": {"k": {"name": "b"}}}),
            vec![
                ".each: planned unknown for configured value",
                r#".keyed.k.name: planned value cty.StringVal("b") does not match config value cty.StringVal("a")"#,
                ".one: planned for absence but config wants existence",
            ],
        ),
        (
            json!({"each": [a(), a()]}),
            json!({"each": [{"name": "a"}]}),
            json!({"each": [a(), a()], "some": []}),
            vec![
                r#".some: planned value cty.SetValEmpty(cty.Object(map[string]cty.Type{"name":cty.String, "size":cty.Number})) for a non-computed attribute"#,
            ],
        ),
        (
            json!(null),
            json!({"each": [{"name": "a"}], "keyed": {"k": {"name": "a"}}, "some": [{"name": "a"}]}),
            json!({"each": [a(), a()], "keyed": {"l": {"name": "a"}}, "some": [a(), {"name": "b"}]}),
            vec![
                ".each: count in plan (cty.NumberIntVal(2)) disagrees with count in config (cty.NumberIntVal(1))",
                r#".keyed: map key "l" from plan is not present in config"#,
                r#".keyed: map key "k" from config is not present in plan"#,
                ".some: count in plan (cty.NumberIntVal(2)) disagrees with count in config (cty.NumberIntVal(1))",
            ],
        ),
        (
            json!(null),
            json!({"each": "?"}),
            json!({"each": [a()]}),
            vec![
                ".each: count in plan (cty.NumberIntVal(1)) disagrees with count in config (cty.UnknownVal(cty.Number)\
                 .Refine().NotNull().NumberLowerBound(cty.NumberIntVal(0), true)\
                 .NumberUpperBound(cty.NumberIntVal(9.223372036854775807e+18), true).NewValue())",
            ],
        ),
        (
            json!(null),
            json!({"single": {"name": "a"}, "list": [{"name": "a"}], "map": {"k": {"name": "a"}}, "set": [{"name": "a"}]}),
            json!({"single": a(), "list": [a()], "map": {"k": a()}, "set": [{"name": "?", "size": 4}]}),
            vec![],
        ),
        (
            json!(null),
            json!({}),
            json!({"single": a(), "list": null, "map": null, "set": null, "group": null}),
            vec![
                ".group: planned for absence but config wants existence",
                ".list: attribute representing a list of nested blocks must be empty to indicate no blocks, not null",
                ".map: attribute representing a map of nested blocks must be empty to indicate no blocks, not null",
                ".set: attribute representing a set of nested blocks must be empty to indicate no blocks, not null",
                ".single: planned for existence but config wants absence",
            ],
        ),
        (
            json!(null),
            json!({"list": [{"name": "a"}], "map": {"k": {"name": "a"}}}),
            json!({"list": [{"name": "b"}], "map": {"l": {"name": "a"}}}),
            vec![
                r#".list[0].name: planned value cty.StringVal("b") does not match config value cty.StringVal("a")"#,
                r#".map["l"]: block key "l" from plan is not present in config"#,
                r#".map: block key "k" from config is not present in plan"#,
            ],
        ),
        (
            json!(null),
            json!({"list": [{"name": "a"}], "map": {"k": {"name": "a"}}}),
            json!({"list": [], "map": {}}),
            vec![
                ".list: block count in plan (0) disagrees with count in config (1)",
                ".map: block count in plan (0) disagrees with count in config (1)",
            ],
        ),
        (
            json!(null),
            json!({"list": [{"name": "a"}], "set": [{"name": "a"}], "single": {"name": "a"}}),
            json!({"list": ["?"], "set": ["?"], "single": "?"}),
            vec![
                ".list[0]: element representing nested block must not be unknown itself; set nested attribute values to \
                 unknown instead",
                ".set[(not yet known)]: element representing nested block must not be unknown itself; set nested \
                 attribute values to unknown instead",
                ".single: attribute representing nested block must not be unknown itself; set nested attribute values to \
                 unknown instead",
            ],
        ),
        (json!(null), json!({"list": "?"}), json!({"list": "?"}), vec![]),
        (
            json!(null),
            json!({"list": "?", "guarded": "?"}),
            json!({"list": [], "guarded": []}),
            vec![
                ".guarded: planned value (sensitive value) for unknown dynamic block",
                r#".list: planned value cty.ListValEmpty(cty.Object(map[string]cty.Type{"name":cty.String, "size":cty.Number})) for unknown dynamic block"#,
            ],
        ),
    ] {
        let found =
            check_planned(&schema, &object(&schema, &prior), &object(&schema, &config), &answered(&schema, &planned));
        assert_eq!(told(&found), expected, "{config} planned as {planned}");
    }
}

#[test]
fn results_are_what_was_planned() {
    let schema = sketch();
    for (planned, actual, expected) in [
        (json!(null), json!(null), vec![]),
        (json!({}), json!(null), vec!["Root object was present, but now absent"]),
        (json!(null), json!({}), vec!["Root object was absent, but now present"]),
        (json!({"name": "a", "id": "?", "any": "?"}), json!({"name": "a", "id": "i", "any": "x"}), vec![]),
        (json!({"id": "?"}), json!({}), vec![]),
        (json!({"any": null}), json!({"any": "x"}), vec![]),
        (
            json!({"name": "a", "zone": "z", "tags": {"a": "b", "c": "d", "e": "f"}, "flags": [true, false]}),
            json!({"name": "b", "id": "i", "tags": {"a": "B", "e": "f", "g": "h"}, "flags": [true]}),
            vec![
                ".flags: element 1 has vanished",
                r#".id: was null, but now cty.StringVal("i")"#,
                r#".name: was cty.StringVal("a"), but now cty.StringVal("b")"#,
                r#".tags["a"]: was cty.StringVal("b"), but now cty.StringVal("B")"#,
                r#".tags: element "c" has vanished"#,
                r#".tags: new element "g" has appeared"#,
                r#".zone: was cty.StringVal("z"), but now null"#,
            ],
        ),
        (json!({"flags": [true]}), json!({"flags": [true, false]}), vec![".flags: new element 1 has appeared"]),
        (json!({"name": "a"}), json!({"name": "?"}), vec![".name: was known, but now unknown"]),
        (json!({"any": "x"}), json!({"any": 1}), vec![".any: wrong final value type: string required"]),
        (
            json!({"secret": "a", "name": "!a", "deep": [{"name": "a"}], "hidden": {"name": "x"}}),
            json!({"secret": "b", "name": "b", "deep": [{"name": "b"}], "hidden": {"name": "y"}}),
            vec![
                ".deep: inconsistent values for sensitive attribute",
                ".hidden: inconsistent values for sensitive attribute",
                ".name: inconsistent values for sensitive attribute",
                ".secret: inconsistent values for sensitive attribute",
            ],
        ),
        (json!({"names": ["a", "?"]}), json!({"names": ["a", "b"]}), vec![]),
        (json!({"names": ["a", "?"]}), json!({"names": ["a"]}), vec![]),
        (
            json!({"names": ["a", "b"]}),
            json!({"names": ["a", "c"]}),
            vec![r#".names: planned set element cty.StringVal("b") does not correlate with any element in actual"#],
        ),
        (
            json!({"names": ["a"]}),
            json!({"names": ["a", "c"]}),
            vec![
                r#".names: actual set element cty.StringVal("c") does not correlate with any element in plan"#,
                ".names: length changed from 1 to 2",
            ],
        ),
        (
            json!({"each": [{"name": "a", "size": "?"}], "one": {"name": "a"}}),
            json!({"each": [{"name": "b", "size": 1}], "one": {"name": "a", "size": 1}}),
            vec![
                r#".each[0].name: was cty.StringVal("a"), but now cty.StringVal("b")"#,
                ".one.size: was null, but now cty.NumberIntVal(1)",
            ],
        ),
        (json!({"single": "?", "list": "?"}), json!({"list": [{"name": "a"}]}), vec![]),
        (json!({"single": "?"}), json!({"single": {"name": "a"}}), vec![]),
        (
            json!({"single": {"name": "a"}, "list": [{"name": "a"}], "map": {"k": {"name": "a"}}}),
            json!({"list": [], "map": {}}),
            vec![
                ".list: block count changed from 1 to 0",
                ".map: block count changed from 1 to 0",
                ".single: was present, but now absent",
            ],
        ),
        (
            json!({"list": [{"name": "a", "size": "?"}], "map": {"k": {"name": "a"}}}),
            json!({"list": [{"name": "a", "size": 2}], "map": {"k": {"name": "b"}}}),
            vec![r#".map["k"].name: was cty.StringVal("a"), but now cty.StringVal("b")"#],
        ),
        (json!({"set": [{"name": "a", "size": "?"}]}), json!({"set": [{"name": "a", "size": 2}]}), vec![]),
        (
            json!({"set": [{"name": "a", "size": "?"}]}),
            json!({"set": [{"name": "a", "size": 2}, {"name": "a", "size": 3}]}),
            vec![".set: block set length changed from 1 to 2"],
        ),
        (
            json!({"set": [{"name": "a", "size": 1}], "guarded": [{"name": "a", "token": "t"}]}),
            json!({"set": [{"name": "b", "size": 1}], "guarded": [{"name": "a", "token": "u"}]}),
            vec![
                ".guarded: inconsistent values for sensitive attribute",
                r#".set: planned set element cty.ObjectVal(map[string]cty.Value{"name":cty.StringVal("a"), "size":cty.NumberIntVal(1)}) does not correlate with any element in actual"#,
            ],
        ),
    ] {
        let found = check_object(&schema, &answered(&schema, &planned), &answered(&schema, &actual));
        assert_eq!(told(&found), expected, "{planned} became {actual}");
    }
}

#[test]
fn what_was_unknown_is_what_it_could_be() {
    let length = |least, most| {
        let bounds = Some(std::sync::Arc::new(crate::value::Bounds::Length(least, most)));
        Value::from(Data::Unknown(crate::value::Unknown { ty: Type::list(Type::String), not_null: true, bounds }))
    };
    let list = |json: Json| value(&json, &Type::list(Type::String));
    let number = |json: Json| value(&json, &Type::Number);
    let below_nine = || Value::number_between(None, Some(9.into()));
    let fits = |planned: Value, actual: Value| {
        let ty = actual.ty();
        let attributes = [("a".into(), Attribute::new(ty, crate::schema::Source::Optional))].into();
        let schema = SchemaBlock { attributes, ..SchemaBlock::default() };
        let of = |value: Value| Value::object([("a".into(), value)].into());
        check_object(&schema, &of(planned), &of(actual)).is_empty()
    };
    for (planned, actual, expected) in [
        (Value::unknown(Type::String), Value::null(Type::String), true),
        (Value::unknown_not_null(Type::String), Value::null(Type::String), false),
        (Value::unknown_with_prefix("i-"), Value::string("i-1"), true),
        (Value::unknown_with_prefix("i-"), Value::string("vol-1"), false),
        (below_nine(), number(json!(9)), true),
        (below_nine(), number(json!(10)), false),
        (length(1, 2), list(json!(["a"])), true),
        (length(1, 2), list(json!([])), false),
        (length(1, 2), list(json!(["a", "b", "c"])), false),
        // A machine float is as good as what the configuration wrote.
        (Value::number(0.1), number(json!("0.1")), true),
    ] {
        assert_eq!(fits(planned.clone(), actual.clone()), expected, "{planned:?} became {actual:?}");
    }
}

#[test]
fn objects_have_the_type_of_the_schema() {
    let schema = schema(&json!({
        "name": "string",
        "any": "optional dynamic",
        "tags": r#"optional ["map","string"]"#,
        "list": {"block": "list", "of": {"size": "number"}},
    }));
    let ty = |json: Json| crate::value::type_from_json(&json).expect("a type");
    for (given, expected) in [
        (
            json!(["object", {"name": "string", "any": "bool", "tags": ["map", "string"], "list": ["list", ["object", {"size": "number"}]]}]),
            vec![],
        ),
        (json!("string"), vec!["object required, but received string"]),
        (
            json!(["object", {"nama": "string", "any": "bool", "tags": ["map", "bool"], "list": ["list", ["object", {"size": "bool"}]]}]),
            vec![
                r#"unsupported attribute "nama""#,
                r#"missing required attribute "name""#,
                ".list[(not yet known)].size: number required, but received bool",
                ".tags[(not yet known)]: string required, but received bool",
            ],
        ),
    ] {
        assert_eq!(told(&check_type(&schema, &Value::null(ty(given.clone())))), expected, "{given}");
    }
}

#[test]
fn write_only_attributes_are_not_answered() {
    let schema = sketch();
    for (answer, paths, expected) in [
        (json!(null), vec![], json!(null)),
        (json!({"name": "n", "deep": [{"name": "a"}]}), vec![], json!({"name": "n", "deep": [{"name": "a"}]})),
        (
            json!({"name": "n", "key": "k", "deep": [{"name": "a"}, {"name": "b", "key": "k"}]}),
            vec![".deep[1].key", ".key"],
            json!({"name": "n", "deep": [{"name": "a"}, {"name": "b"}]}),
        ),
        (
            json!({"guarded": [{"name": "a", "key": "k"}]}),
            vec![".guarded[...].key"],
            json!({"guarded": [{"name": "a"}]}),
        ),
        (json!({"key": "?"}), vec![".key"], json!({})),
    ] {
        let answer = object(&schema, &answer);
        let found: Vec<_> = set_write_only(&schema, &answer).iter().map(shown).collect();
        assert_eq!(found, paths);
        assert_eq!(without_write_only(&schema, &answer), object(&schema, &expected));
    }
}

#[test]
fn only_what_changes_replaces() {
    let schema = sketch();
    let name = |name: &str| PathStep::Attribute(name.into());
    let paths = || {
        vec![
            Path(vec![name("name")]),
            Path(vec![name("key")]),
            Path(vec![name("list"), PathStep::Index(1), name("size")]),
            Path(vec![name("tags"), PathStep::Key("a".into())]),
        ]
    };
    let two = |size: i64| json!([{"name": "a", "size": 1}, {"name": "b", "size": size}]);
    for (prior, planned, paths, expected) in [
        (json!(null), json!({"name": "a"}), paths(), Ok(vec![])),
        (
            json!({"name": "a", "list": two(1), "tags": {"a": "b"}}),
            json!({"name": "a", "list": two(1), "tags": {"a": "b"}}),
            paths(),
            Ok(vec![".key"]),
        ),
        (
            json!({"name": "a", "list": two(1), "tags": {"a": "b"}}),
            json!({"name": "b", "list": two(2), "tags": {}}),
            paths(),
            Ok(vec![".name", ".key", ".list[1].size", r#".tags["a"]"#]),
        ),
        (json!({"name": "a"}), json!({"name": "?"}), vec![Path::attribute("name")], Ok(vec![".name"])),
        (json!({"single": {"name": "a"}}), json!({}), vec![Path(vec![name("single"), name("size")])], Ok(vec![])),
        (
            json!({}),
            json!({}),
            vec![Path(vec![name("list"), PathStep::Index(0)])],
            Err(r#"cty.Path{cty.GetAttrStep{Name:"list"}, cty.IndexStep{Key:cty.NumberIntVal(0)}}"#),
        ),
        (json!({}), json!({}), vec![Path::attribute("other")], Err(r#"cty.Path{cty.GetAttrStep{Name:"other"}}"#)),
    ] {
        let found = replaced(&schema, &object(&schema, &prior), &object(&schema, &planned), &paths);
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected),
            (Err(faults), Err(expected)) => {
                let asked = Asked { source: "example.org/a/b", provider: "", address: "b_c.d" };
                let detail = format!(
                    "Provider \"example.org/a/b\" has indicated \"requires replacement\" on b_c.d for a non-existent \
                     attribute path {expected}.\n\nThis is a bug in the provider, which should be reported in the \
                     provider's own issue tracker."
                );
                let told: Vec<_> = faults.iter().map(|it| it.diagnostic(&asked).detail).collect();
                assert_eq!(told, [detail]);
            }
            (found, expected) => panic!("{found:?} instead of {expected:?}"),
        }
    }
}

/// What Terraform 1.11.4 says, from its sources.
#[test]
fn faults_are_told_as_in_terraform() {
    let asked = Asked {
        source: "registry.terraform.io/a/b",
        provider: r#"provider["registry.terraform.io/a/b"].west"#,
        address: "b_c.d[0]",
    };
    let at = || Mismatch::new(&Path(vec![PathStep::Attribute("x".into()), PathStep::Index(1)]), "what");
    let whole = || Mismatch::new(&Path::default(), "what");
    let bug = "This is a bug in the provider, which should be reported in the provider's own issue tracker.";
    let (source, provider) = (r#""registry.terraform.io/a/b""#, r#""provider[\"registry.terraform.io/a/b\"].west""#);
    let expanding = "When expanding the plan for b_c.d[0] to include new values learned so far during apply, provider";
    let path = || Path::attribute("x");
    for (fault, summary, detail) in [
        (
            Fault::Plan(at()),
            "Provider produced invalid plan",
            format!("Provider {source} planned an invalid value for b_c.d[0].x[1]: what.\n\n{bug}"),
        ),
        (
            Fault::Plan(whole()),
            "Provider produced invalid plan",
            format!("Provider {source} planned an invalid value for b_c.d[0]: what.\n\n{bug}"),
        ),
        (
            Fault::PlanLeft,
            "Provider produced invalid plan",
            format!("Provider {source} planned a non-null destroy value for b_c.d[0].\n\n{bug}"),
        ),
        (
            Fault::WriteOnly(When::Planning, path()),
            "Provider produced invalid plan",
            format!(
                "Provider {provider} returned a value for the write-only attribute \"b_c.d[0].x\" during planning. \
                 Write-only attributes cannot be read back from the provider. {bug}"
            ),
        ),
        (
            Fault::WriteOnly(When::Apply, path()),
            "Provider produced invalid object",
            format!(
                "Provider {provider} returned a value for the write-only attribute \"b_c.d[0].x\" after apply. \
                 Write-only attributes cannot be read back from the provider. {bug}"
            ),
        ),
        (
            Fault::WriteOnly(When::Refresh, path()),
            "Provider produced invalid object",
            format!(
                "Provider {provider} returned a value for the write-only attribute \"b_c.d[0].x\" during refresh. \
                 Write-only attributes cannot be read back from the provider. {bug}"
            ),
        ),
        (
            Fault::Read(at()),
            "Provider produced invalid object",
            format!("Provider {source} planned an invalid value for b_c.d[0] during refresh: .x[1]: what.\n\n{bug}"),
        ),
        (
            Fault::ReadUnknown,
            "Provider produced invalid object",
            format!(
                "Provider {source} planned an invalid value for b_c.d[0] during refresh: The returned state contains \
                 unknown values.\n\n{bug}"
            ),
        ),
        (
            Fault::FinalPlan(at()),
            "Provider produced inconsistent final plan",
            format!("{expanding} {source} produced an invalid new value for .x[1]: what.\n\n{bug}"),
        ),
        (
            Fault::FinalAction("Update", "DeleteThenCreate"),
            "Provider produced inconsistent final plan",
            format!("{expanding} {source} changed the planned action from Update to DeleteThenCreate.\n\n{bug}"),
        ),
        (
            Fault::ResultType(at()),
            "Provider produced invalid object",
            format!(
                "Provider {provider} produced an invalid value after apply for b_c.d[0].x[1]: what. The result cannot not \
                 be saved in the Terraform state.\n\n{bug}"
            ),
        ),
        (
            Fault::ResultUnknown(path()),
            "Provider returned invalid result object after apply",
            "After the apply operation, the provider still indicated an unknown value for b_c.d[0].x. All values must be \
             known after apply, so this is always a bug in the provider and should be reported in the provider's own \
             repository. Terraform will still save the other known object values in the state."
                .into(),
        ),
        (
            Fault::Result(at()),
            "Provider produced inconsistent result after apply",
            format!(
                "When applying changes to b_c.d[0], provider {provider} produced an unexpected new value: .x[1]: \
                 what.\n\n{bug}"
            ),
        ),
        (
            Fault::ResultLeft,
            "Provider returned invalid result object after apply",
            "After applying a Delete plan, the provider returned a non-null object for b_c.d[0]. Destroying should always \
             produce a null value, so this is always a bug in the provider and should be reported in the provider's own \
             repository. Terraform will still save this errant object in the state for debugging and recovery."
                .into(),
        ),
        (
            Fault::ResultGone("Create"),
            "Provider returned invalid result object after apply",
            "After applying a Create plan, the provider returned a null object for b_c.d[0]. Only destroying should always \
             produce a null value, so this is always a bug in the provider and should be reported in the provider's own \
             repository."
                .into(),
        ),
        (
            Fault::Data(at()),
            "Provider produced invalid object",
            format!("Provider {provider} produced an invalid value for b_c.d[0].x[1]: what.\n\n{bug}"),
        ),
        (
            Fault::DataNull,
            "Provider produced null object",
            format!("Provider {provider} produced a null value for b_c.d[0].\n\n{bug}"),
        ),
        (
            Fault::DataUnknown,
            "Provider produced invalid object",
            format!("Provider {provider} produced a value for b_c.d[0] that is not wholly known.\n\n{bug}"),
        ),
    ] {
        let told = fault.diagnostic(&asked);
        assert_eq!((&*told.summary, told.detail), (summary, detail));
    }
}

#[test]
fn what_is_still_unknown_is_found() {
    let schema = sketch();
    let answer = object(&schema, &json!({"id": "?", "list": [{"name": "a", "size": "?"}], "tags": {"a": "?"}}));
    let found: Vec<_> = unknown_parts(&answer).iter().map(shown).collect();
    assert_eq!(found, [".id", ".list[0].size", r#".tags["a"]"#]);
}

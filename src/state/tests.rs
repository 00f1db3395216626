mod lock;

use super::*;
use crate::value::{PathStep, type_from_json};
use serde_json::{Value as Json, json, value::to_raw_value};

const WRITTEN_BY_TERRAFORM: &str = include_str!("testdata/terraform-1.11.json");

#[test]
fn terraform_files_are_written_as_they_were_read() {
    let state = file::decode(WRITTEN_BY_TERRAFORM.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(file::encode(&state)).unwrap(), WRITTEN_BY_TERRAFORM);
    let tainted = state.object(&"terraform_data.c[2]".parse().unwrap(), None).unwrap();
    assert!(tainted.tainted);
    let deposed = state.object(&"terraform_data.c[1]".parse().unwrap(), Some(&"0a1b2c3d".into())).unwrap();
    assert!(deposed.create_before_destroy && deposed.private.is_some());
    let sensitive = state.object(&"terraform_data.s".parse().unwrap(), None).unwrap();
    let steps = [PathStep::Attribute("triggers_replace".into()), PathStep::Index(0)];
    assert_eq!(sensitive.sensitive_paths, [Path::attribute("input"), Path(steps.into())]);
    assert_eq!(sensitive.dependencies.len(), 2);
}

/// OpenTofu writes which instance of a provider configuration an object belongs to with the object.
#[test]
fn objects_name_instances_of_providers() {
    let text = |of_resource: Option<&str>, of_objects: &[Option<&str>]| {
        let provider = |it: &str| format!("provider[\"registry.terraform.io/hashicorp/aws\"]{it}");
        let mut resource = json!({ "mode": "managed", "type": "aws_vpc", "name": "a", "instances": [] });
        for (index, of_object) in of_objects.iter().enumerate() {
            let mut object = json!({ "index_key": index, "schema_version": 1, "attributes": { "id": "x" }, "sensitive_attributes": [] });
            object.as_object_mut().unwrap().extend(of_object.map(|it| ("provider".to_owned(), provider(it).into())));
            resource["instances"].as_array_mut().unwrap().push(object);
        }
        resource.as_object_mut().unwrap().extend(of_resource.map(|it| ("provider".to_owned(), provider(it).into())));
        json!({
            "version": 4, "terraform_version": "1.9.0", "serial": 7, "lineage": "l", "outputs": {},
            "resources": [resource], "check_results": null,
        })
    };
    let (eu, us, other) = (Some(".by_region[\"eu\"]"), Some(".by_region[\"us\"]"), Some(".other[\"us\"]"));
    for (of_resource, of_objects) in [(None, [eu, us]), (None, [Some(".by_region"), us]), (Some(".west"), [None, None])]
    {
        let state = file::decode(text(of_resource, &of_objects).to_string().as_bytes()).unwrap();
        let written: Json = serde_json::from_slice(&file::encode(&state)).unwrap();
        assert_eq!(written, text(of_resource, &of_objects));
        let second = state.provider(&"aws_vpc.a[1]".parse().unwrap()).unwrap().to_string();
        assert!(second.ends_with(of_objects[1].or(of_resource).unwrap()), "{second}");
    }
    let wrong = [
        (None, [eu, other], "Provider instance field conflict in state"),
        (Some(".by_region"), [eu, other], "Provider instance field conflict in state"),
        (None, [None, None], "Invalid provider configuration in state"),
    ];
    for (of_resource, of_objects, expected) in wrong {
        let found = file::decode(text(of_resource, &of_objects).to_string().as_bytes()).unwrap_err();
        assert_eq!(found[0].summary, expected);
    }
}

/// Parts of a file that this Terraform does not write, but others do.
#[test]
fn other_files_are_kept() {
    let instance = |rest: Json| {
        let mut it = json!({ "schema_version": 1, "attributes": { "id": "x" } });
        it.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        json!({
            "version": 4, "terraform_version": "1.13.0-beta1", "serial": 7, "lineage": "l", "outputs": {},
            "resources": [{
                "mode": "managed", "type": "aws_vpc", "name": "a",
                "provider": "provider[\"registry.terraform.io/hashicorp/aws\"].west", "instances": [it],
            }],
            "check_results": null,
        })
    };
    let sensitive = json!({ "sensitive_attributes": [] });
    let cases = [
        // What is read, and what of it is not written back.
        (json!({ "identity_schema_version": 0, "identity": { "id": "x" } }), json!({})),
        (json!({ "identity_schema_version": 0 }), json!({})),
        (json!({ "sensitive_attributes": null }), sensitive.clone()),
        (json!({ "index_key": "a", "dependencies": ["module.a.data.aws_ami.x"] }), json!({})),
        (
            json!({ "sensitive_attributes": [[{ "type": "get_attr", "value": "tags" }, { "type": "index", "value": { "value": "k", "type": "string" } }]] }),
            json!({}),
        ),
    ];
    for (read, instead) in cases {
        let mut expected = instance(read.clone());
        let written = expected["resources"][0]["instances"][0].as_object_mut().unwrap();
        written.entry("sensitive_attributes").or_insert(json!([]));
        written.extend(instead.as_object().unwrap().clone());
        let state = file::decode(instance(read).to_string().as_bytes()).unwrap();
        let text: Json = serde_json::from_slice(&file::encode(&state)).unwrap();
        assert_eq!(text, expected);
    }
    assert!(file::decode(b"").unwrap().is_empty());
}

/// What Terraform 1.11.4 says of these, each behind `"version": 4`.
#[test]
fn misfits_are_told_as_terraform_tells_them() {
    let of_object = |field: &str| {
        let object = r#"{"mode":"managed","type":"a","name":"b","provider":"provider[\"terraform.io/builtin/terraform\"]","instances":"#;
        format!("\"resources\":[{object}[{{{field}}}]}}]")
    };
    let field = |name: &str, value: &str| {
        format!("Invalid state file format: The state file field {name:?} has invalid value {value}")
    };
    let cases = [
        (r#""terraform_version":1"#.to_owned(), field("terraform_version", "number")),
        (r#""serial":"x""#.into(), field("serial", "string")),
        (r#""serial":-1"#.into(), field("serial", "number -1")),
        (r#""serial":1.5"#.into(), field("serial", "number 1.5")),
        (r#""lineage":{}"#.into(), field("lineage", "object")),
        (r#""outputs":[]"#.into(), field("outputs", "array")),
        (r#""outputs":{"a":1}"#.into(), field("outputs", "number")),
        (r#""outputs":{"a":{"value":1,"type":"number","sensitive":"x"}}"#.into(), field("outputs.sensitive", "string")),
        (r#""resources":{}"#.into(), field("resources", "object")),
        (r#""resources":[1]"#.into(), field("resources", "number")),
        (r#""resources":[{"mode":3}]"#.into(), field("resources.mode", "number")),
        (r#""resources":[{"instances":true}]"#.into(), field("resources.instances", "bool")),
        (of_object(r#""schema_version":"0""#), field("resources.instances.schema_version", "string")),
        (of_object(r#""dependencies":[3]"#), field("resources.instances.dependencies", "number")),
        (of_object(r#""private":3"#), field("resources.instances.private", "number")),
        (
            r#""resources":[{}]"#.into(),
            "Invalid resource mode in state: State contains a resource with mode \"\"".into(),
        ),
        (
            r#""outputs":{"a":{"value":1,"type":3}}"#.into(),
            "Invalid output value type in state: The state file has an invalid type specification for output \"a\""
                .into(),
        ),
        (
            r#""outputs":{"a":{"value":"x","type":"number"}}"#.into(),
            "Invalid output value saved in state: The state file has an invalid value for output \"a\"".into(),
        ),
    ];
    for (text, expected) in cases {
        let Err(problems) = file::decode(format!("{{\"version\":4,{text}}}").as_bytes()) else { panic!("{text}") };
        let told = format!("{}: {}", problems[0].summary, problems[0].detail);
        assert!(told.starts_with(&expected), "{text}: {told}");
    }
    for text in ["[]", "[4]", "\"x\"", "null", "{}", "4"] {
        let problems = file::decode(text.as_bytes()).err().unwrap_or_default();
        assert!(problems[0].detail.contains("does not have a \"version\" attribute"), "{text}: {problems:?}");
    }
    for text in [r#"{"version":"4"}"#, r#"{"version":true}"#, r#"{"version":4.5}"#] {
        let problems = file::decode(text.as_bytes()).err().unwrap_or_default();
        assert!(problems[0].detail.starts_with("The version in the state file is "), "{text}: {problems:?}");
    }
    // What is null is not there.
    let nothing =
        r#"{"version":4,"serial":null,"lineage":null,"terraform_version":null,"outputs":null,"resources":null}"#;
    assert!(file::decode(nothing.as_bytes()).is_ok_and(|it| it.is_empty()));
    let object = of_object(r#""status":null,"attributes":{}"#);
    assert!(file::decode(format!("{{\"version\":4,{object}}}").as_bytes()).is_ok());
}

#[test]
fn refused_files() {
    let resource = |resource: Json| json!({ "version": 4, "resources": [resource] }).to_string();
    let provider = "provider[\"registry.terraform.io/hashicorp/aws\"]";
    let instances = |instances: Json| {
        resource(json!({ "mode": "managed", "type": "a", "name": "b", "provider": provider, "instances": instances }))
    };
    let cases: &[(String, &[&str])] = &[
        (
            "garbage".into(),
            &[
                "Unsupported state file format: The state file could not be parsed as JSON: syntax error at byte offset 1 (line 1, column 1).",
            ],
        ),
        (
            "{}".into(),
            &[
                "Unsupported state file format: The state file does not have a \"version\" attribute, which is required to identify the format version.",
            ],
        ),
        (
            json!({ "version": -1 }).to_string(),
            &[
                "Unsupported state file format: The version in the state file is number -1. A positive whole number is required.",
            ],
        ),
        (
            json!({ "version": 3 }).to_string(),
            &[
                "Unsupported state file format: The state file uses format version 3, which Terraform wrote before 0.12. rforge reads version 4.",
            ],
        ),
        (
            json!({ "version": 5, "terraform_version": "2.0.0" }).to_string(),
            &[
                "Unsupported state file format: The state file uses format version 5, which is not supported by rforge, which reads version 4. This state file was created by Terraform 2.0.0.",
            ],
        ),
        (
            json!({ "version": 5 }).to_string(),
            &[
                "Unsupported state file format: The state file uses format version 5, which is not supported by rforge, which reads version 4. This state file may have been created by a newer version of Terraform.",
            ],
        ),
        (
            json!({ "version": 4, "terraform_version": "x" }).to_string(),
            &[
                "Invalid Terraform version string: State file claims to have been written by Terraform version \"x\", which is not a valid version string.",
            ],
        ),
        (
            resource(json!({ "mode": "wat", "type": "a", "name": "b", "provider": provider })),
            &[
                "Invalid resource mode in state: State contains a resource with mode \"wat\" (\"a\" \"b\") which is not supported.",
            ],
        ),
        (
            resource(json!({ "mode": "data", "type": "a", "name": "b", "provider": "provider.aws" })),
            &[
                "Invalid provider configuration in state: data.a.b has the provider configuration \"provider.aws\": expected provider[\"…\"].",
            ],
        ),
        (
            resource(json!({ "module": "m", "mode": "data", "type": "a", "name": "b", "provider": provider })),
            &["Invalid module address in state: The module address \"m\" is invalid: \"m\" is left over at its end."],
        ),
        (
            instances(
                json!([{ "schema_version": 0 }, { "schema_version": 0 }, { "index_key": true, "schema_version": 0 }]),
            ),
            &[
                "Duplicate resource instance in state: Instance a.b appears multiple times in the state file.",
                "Invalid resource instance metadata in state: Resource a.b has an instance with the invalid instance key true.",
            ],
        ),
        (
            instances(json!([{ "schema_version": 0, "status": "odd" }])),
            &["Invalid resource instance metadata in state: Instance a.b has invalid status \"odd\"."],
        ),
        (
            instances(json!([{ "schema_version": 0, "attributes_flat": { "id": "x" } }])),
            &[
                "Invalid resource instance metadata in state: Instance a.b has attributes in the flat form of Terraform 0.11.",
            ],
        ),
    ];
    for (text, expected) in cases {
        let problems = file::decode(text.as_bytes()).unwrap_err();
        let problems: Vec<_> = problems.iter().map(|it| format!("{}: {}", it.summary, it.detail)).collect();
        assert_eq!(problems, *expected, "{text}");
    }
}

pub(super) fn object(attributes: Json, sensitive: &[Path]) -> Object {
    Object {
        attributes: to_raw_value(&attributes).unwrap().into(),
        sensitive_paths: sensitive.into(),
        ..Object::encode_planned(&Value::object(Default::default()), &Type::Any, 1)
    }
}

/// Attributes in state, their type, and how they are written back.
#[test]
fn objects() {
    let cases = [
        (
            json!({ "id": "x", "gone": 1 }),
            json!({ "id": "string", "new": ["list", "string"] }),
            json!({ "id": "x", "new": null }),
        ),
        (
            json!({ "port": "80", "on": "true", "name": 1.5 }),
            json!({ "port": "number", "on": "bool", "name": "string" }),
            json!({ "name": "1.5", "on": true, "port": 80 }),
        ),
        (
            json!({ "any": { "value": [1, "a"], "type": ["tuple", ["number", "string"]] } }),
            json!({ "any": "dynamic" }),
            json!({ "any": { "value": [1, "a"], "type": ["tuple", ["number", "string"]] } }),
        ),
        (json!({ "set": ["b", "a", "b"] }), json!({ "set": ["set", "string"] }), json!({ "set": ["a", "b"] })),
    ];
    for (attributes, ty, written) in cases {
        let ty = type_from_json(&json!(["object", ty])).unwrap();
        let sensitive = [Path::attribute(attributes.as_object().unwrap().keys().next().unwrap().as_str())];
        let before = object(attributes, &sensitive);
        let value = before.decode(&ty).unwrap();
        let PathStep::Attribute(name) = &sensitive[0].0[0] else { unreachable!() };
        assert!(value.get(name).unwrap().is_sensitive());
        let after = before.with_attributes(&value, &ty).unwrap();
        assert_eq!(after.attributes.get(), written.to_string());
        assert_eq!(after.sensitive_paths, sensitive);
    }
    let ty = Type::object([("a", Type::String)]);
    let unknown = Value::object([("a".into(), Value::unknown(Type::String))].into());
    assert!(Object::encode(&unknown, &ty, 0).is_err());
    assert_eq!(Object::encode_planned(&unknown, &ty, 0).attributes.get(), r#"{"a":null}"#);
    assert!(object(json!({ "a": {} }), &[]).decode(&ty).is_err());
}

use super::builtin;
use crate::{
    provider::{ConfiguredProvider, Creation, Draft, Found, Known, Pace, Provider, ResourceMode},
    schema::{Schema, Source},
    value::{Path, Text, Value, from_json, to_json_as},
};
use async_trait::async_trait;
use regex::Regex;
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};

mod files;

/// Knows no template but `${v}`.
fn render(template: &str, variables: &BTreeMap<Text, Value>) -> std::result::Result<String, String> {
    let value = variables.get("v").and_then(Value::as_str);
    match (template.contains("${v}"), value) {
        (true, None) => Err("v is missing".into()),
        (_, value) => Ok(template.replace("${v}", value.unwrap_or_default())),
    }
}

struct NoPace;

#[async_trait]
impl Pace for NoPace {
    async fn acquire(&self, _: &'static str, _: &str, _: &'static str) -> bool {
        true
    }
    fn throttled(&self, _: &'static str, _: &str, _: &'static str) {}
}

/// The provider of a type, and the type's schema.
fn find(type_name: &str) -> (Arc<dyn Provider>, Arc<Schema>) {
    let mut found = builtin(render).into_iter().filter_map(|(_, provider)| {
        let schema = provider.schemas().resources.get(type_name)?.schema.clone();
        Some((provider, schema))
    });
    found.next().unwrap_or_else(|| panic!("no type {type_name}"))
}

fn configured(provider: &dyn Provider) -> Arc<dyn ConfiguredProvider> {
    provider.configure(&Value::object(BTreeMap::new()), Arc::new(NoPace)).unwrap()
}

fn value(schema: &Schema, json: &Json) -> Value {
    from_json(json, &schema.block.implied_type()).unwrap()
}

fn json_of(schema: &Schema, value: &Value) -> Json {
    to_json_as(value, &schema.block.implied_type())
}

/// What the planner proposes: arguments, defaults, and what is computed as it was or unknown.
fn propose(provider: &dyn ConfiguredProvider, type_name: &str, schema: &Schema, prior: Value, config: Value) -> Draft {
    let mut planned = BTreeMap::new();
    let mut replace = Vec::new();
    for (name, attribute) in &schema.block.attributes {
        let given = config.get(name).unwrap().clone();
        let before = prior.get(name).cloned();
        let value = match &attribute.source {
            Source::Default(value) if given.is_null() => value.clone(),
            Source::Computed | Source::OptionalComputed if given.is_null() => {
                before.clone().unwrap_or_else(|| Value::unknown(attribute.ty.clone()))
            }
            _ => given,
        };
        if attribute.force_new && before.is_some_and(|it| it != value) {
            replace.push(Path::attribute(name.clone()));
        }
        planned.insert(name.clone(), value);
    }
    let mut draft = Draft { prior, config, planned: Value::object(planned), replace };
    provider.plan(type_name, &mut draft).unwrap();
    draft
}

/// Creates an object, reads it, and plans it again, which must change nothing.
async fn check_create(type_name: &str, version: u64, arguments: Json, expected: Json) {
    let (provider, schema) = find(type_name);
    assert_eq!(schema.version, version, "{type_name}");
    let provider = configured(&*provider);
    let config = value(&schema, &arguments);
    let null = Value::null(schema.block.implied_type());
    let Draft { planned, .. } = propose(&*provider, type_name, &schema, null, config.clone());
    let creation = Creation { planned: planned.clone(), config: config.clone(), token: "t".into() };
    let created = provider.create(type_name, &creation).await.unwrap();
    assert!(created.attributes.is_wholly_known(), "{type_name}");
    for (name, value) in planned.as_entries().unwrap().iter().filter(|(_, value)| value.is_wholly_known()) {
        assert_eq!(created.attributes.get(name), Some(value), "{type_name} keeps what was planned of {name}");
    }
    let made = json_of(&schema, &created.attributes);
    for (name, pattern) in expected.as_object().unwrap() {
        match pattern.as_str().and_then(|it| it.strip_prefix('~')) {
            Some(pattern) => {
                let text = made[name].as_str().unwrap_or_else(|| panic!("{type_name} {name}: {}", made[name]));
                assert!(Regex::new(&format!("^(?s:{pattern})$")).unwrap().is_match(text), "{type_name} {name}: {text}");
            }
            None => assert_eq!(made[name], *pattern, "{type_name} {name}"),
        }
    }
    let known = Known { id: created.id, attributes: created.attributes.clone() };
    let read = provider.read(type_name, &[known]).await.remove(0).unwrap();
    let Found::Live(live) = read else { panic!("{type_name} is gone") };
    assert_eq!(live.attributes, created.attributes);
    let again = propose(&*provider, type_name, &schema, live.attributes.clone(), config);
    assert_eq!((again.planned, again.replace), (live.attributes, Vec::new()), "{type_name}");
}

#[tokio::test]
async fn creates() {
    let keep = json!({ "a": "b" });
    let pem = |label: &str| format!("~-----BEGIN {label}-----\n[A-Za-z0-9+/=\n]+\n-----END {label}-----\n");
    let key = |pem_label: &str, openssh: &str| {
        json!({
            "id": "~[0-9a-f]{40}", "private_key_pem": pem(pem_label), "private_key_pem_pkcs8": pem("PRIVATE KEY"),
            "private_key_openssh": pem("OPENSSH PRIVATE KEY"), "public_key_pem": pem("PUBLIC KEY"),
            "public_key_openssh": format!("~{openssh} [A-Za-z0-9+/=]+\n"),
            "public_key_fingerprint_md5": "~([0-9a-f]{2}:){15}[0-9a-f]{2}",
            "public_key_fingerprint_sha256": "~SHA256:[A-Za-z0-9+/]{43}", "ecdsa_curve": "~P...", "rsa_bits": 512,
        })
    };
    // OpenSSH does not know the curve that is the default.
    let p224 = json!({
        "id": "~[0-9a-f]{40}", "private_key_pem": pem("EC PRIVATE KEY"), "private_key_pem_pkcs8": pem("PRIVATE KEY"),
        "private_key_openssh": "", "public_key_pem": pem("PUBLIC KEY"), "public_key_openssh": "",
        "public_key_fingerprint_md5": "", "public_key_fingerprint_sha256": "", "ecdsa_curve": "P224", "rsa_bits": 512,
    });
    let time = json!({ "rfc3339": "2020-02-29T12:00:00Z", "id": "2020-02-29T12:00:00Z", "year": 2020, "month": 2, "day": 29, "hour": 12, "minute": 0, "second": 0, "unix": 1582977600 });
    let cases = [
        ("null_resource", 0, json!({ "triggers": keep }), json!({ "id": "~[0-9]+", "triggers": keep })),
        (
            "terraform_data",
            0,
            json!({ "input": { "value": ["a", 1], "type": ["tuple", ["string", "number"]] } }),
            json!({ "id": "~[0-9a-f-]{36}", "triggers_replace": null, "output": { "value": ["a", 1], "type": ["tuple", ["string", "number"]] } }),
        ),
        ("terraform_data", 0, json!({}), json!({ "output": null })),
        ("random_bytes", 0, json!({ "length": 3 }), json!({ "base64": "~.{4}", "hex": "~[0-9a-f]{6}" })),
        (
            "random_id",
            0,
            json!({ "byte_length": 4, "prefix": "p-", "keepers": keep }),
            json!({ "id": "~[A-Za-z0-9_-]{6}", "b64_url": "~p-[A-Za-z0-9_-]{6}", "b64_std": "~p-[A-Za-z0-9+/]{6}==", "hex": "~p-[0-9a-f]{8}", "dec": "~p-[0-9]+" }),
        ),
        ("random_integer", 0, json!({ "min": 7, "max": 7 }), json!({ "id": "7", "result": 7, "seed": null })),
        ("random_pet", 0, json!({}), json!({ "id": "~[a-z]+-[a-z]+", "length": 2, "separator": "-", "prefix": null })),
        ("random_pet", 0, json!({ "length": 4, "separator": ".", "prefix": "x" }), json!({ "id": "~x(\\.[a-z]+){4}" })),
        (
            "random_shuffle",
            0,
            json!({ "input": ["a", "a"], "result_count": 3 }),
            json!({ "id": "-", "result": ["a", "a", "a"] }),
        ),
        (
            "random_string",
            2,
            json!({ "length": 40, "special": false, "upper": false }),
            json!({ "id": "~[a-z0-9]{40}", "result": "~[a-z0-9]{40}", "number": true, "numeric": true, "min_lower": 0, "override_special": null }),
        ),
        (
            "random_string",
            2,
            json!({ "length": 6, "min_special": 2, "override_special": "é", "min_numeric": 4, "number": true }),
            json!({ "result": "~[é0-9]{6}" }),
        ),
        (
            "random_password",
            3,
            json!({ "length": 12 }),
            json!({ "id": "none", "result": "~.{12}", "bcrypt_hash": "~\\$2a\\$10\\$.{53}", "special": true }),
        ),
        ("random_uuid", 0, json!({}), json!({ "id": "~[0-9a-f-]{36}", "result": "~[0-9a-f-]{36}" })),
        ("time_static", 0, json!({ "rfc3339": "2020-02-29T12:00:00Z" }), time),
        ("time_static", 0, json!({}), json!({ "id": "~\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ" })),
        (
            "time_offset",
            0,
            json!({ "base_rfc3339": "2020-01-31T00:00:00Z", "offset_days": 1, "offset_months": 1, "offset_years": -1, "offset_hours": 25 }),
            json!({ "id": "2020-01-31T00:00:00Z", "rfc3339": "2019-03-02T01:00:00Z", "day": 2, "hour": 1, "unix": 1551488400 }),
        ),
        (
            "time_rotating",
            0,
            json!({ "rfc3339": "9000-01-01T00:00:00Z", "rotation_days": 30 }),
            json!({ "id": "9000-01-01T00:00:00Z", "rotation_rfc3339": "9000-01-31T00:00:00Z", "day": 31 }),
        ),
        (
            "time_sleep",
            0,
            json!({ "create_duration": "0s", "destroy_duration": "1.5h" }),
            json!({ "id": "~\\d{4}-.*Z", "triggers": null }),
        ),
        ("tls_private_key", 1, json!({ "algorithm": "RSA", "rsa_bits": 512 }), key("RSA PRIVATE KEY", "ssh-rsa")),
        ("tls_private_key", 1, json!({ "algorithm": "ECDSA", "ecdsa_curve": "P224", "rsa_bits": 512 }), p224),
        (
            "tls_private_key",
            1,
            json!({ "algorithm": "ECDSA", "ecdsa_curve": "P256", "rsa_bits": 512 }),
            key("EC PRIVATE KEY", "ecdsa-sha2-nistp256"),
        ),
        (
            "tls_private_key",
            1,
            json!({ "algorithm": "ECDSA", "ecdsa_curve": "P384", "rsa_bits": 512 }),
            key("EC PRIVATE KEY", "ecdsa-sha2-nistp384"),
        ),
        (
            "tls_private_key",
            1,
            json!({ "algorithm": "ECDSA", "ecdsa_curve": "P521", "rsa_bits": 512 }),
            key("EC PRIVATE KEY", "ecdsa-sha2-nistp521"),
        ),
        ("tls_private_key", 1, json!({ "algorithm": "ED25519", "rsa_bits": 512 }), key("PRIVATE KEY", "ssh-ed25519")),
        (
            "template_file",
            0,
            json!({ "template": "a ${v}", "vars": { "v": "b", "none": null } }),
            json!({ "id": "c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65", "rendered": "a b", "filename": null }),
        ),
    ];
    for (type_name, version, arguments, expected) in cases {
        check_create(type_name, version, arguments, expected).await;
    }
}

/// An existing object, changes of its arguments, what is planned, and what replaces it.
#[test]
fn changes() {
    let data = |value: &str| json!({ "value": value, "type": "string" });
    let string = json!({ "length": 8, "id": "x", "result": "x", "lower": true, "upper": true, "special": true, "number": true, "numeric": true, "min_lower": 0, "min_upper": 0, "min_numeric": 0, "min_special": 0 });
    let with = |base: &Json, more: Json| {
        let mut it = base.clone();
        it.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        it
    };
    let offset = json!({ "id": "2020-01-01T00:00:00Z", "base_rfc3339": "2020-01-01T00:00:00Z", "rfc3339": "2020-01-02T00:00:00Z", "offset_days": 1, "year": 2020, "month": 1, "day": 2, "hour": 0, "minute": 0, "second": 0, "unix": 1577923200 });
    let none: &[&str] = &[];
    let cases = [
        (
            "terraform_data",
            json!({ "id": "i", "input": data("a"), "output": data("a") }),
            json!({ "input": data("a") }),
            json!({ "id": "i", "output": data("a") }),
            none,
        ),
        (
            "terraform_data",
            json!({ "id": "i", "input": data("a"), "output": data("a") }),
            json!({ "input": data("b") }),
            json!({ "id": "i", "output": null }),
            none,
        ),
        (
            "terraform_data",
            json!({ "id": "i", "input": data("a"), "output": data("a") }),
            json!({ "input": data("a"), "triggers_replace": data("t") }),
            json!({ "id": null, "output": null }),
            &["triggers_replace"],
        ),
        (
            "terraform_data",
            json!({ "id": "i", "input": data("a"), "output": data("a") }),
            json!({}),
            json!({ "id": "i", "output": null }),
            none,
        ),
        (
            "random_id",
            json!({ "id": "i", "byte_length": 1, "keepers": { "a": "b" } }),
            json!({ "byte_length": 1, "keepers": { "a": "c" } }),
            json!({}),
            &["keepers"],
        ),
        (
            "random_id",
            json!({ "id": "i", "byte_length": 1 }),
            json!({ "byte_length": 1, "keepers": { "a": null } }),
            json!({ "keepers": { "a": null } }),
            none,
        ),
        ("random_string", string.clone(), json!({ "length": 8 }), string.clone(), none),
        (
            "random_string",
            string.clone(),
            json!({ "length": 8, "number": false }),
            json!({ "numeric": false }),
            &["number", "numeric"],
        ),
        (
            "random_string",
            with(&string, json!({ "numeric": null })),
            json!({ "length": 8 }),
            json!({ "numeric": true }),
            none,
        ),
        (
            "random_string",
            with(&string, json!({ "override_special": "" })),
            json!({ "length": 8 }),
            json!({ "override_special": null }),
            none,
        ),
        ("random_string", string.clone(), json!({ "length": 9 }), json!({}), &["length"]),
        ("time_offset", offset.clone(), json!({ "offset_days": 1 }), offset.clone(), none),
        (
            "time_offset",
            offset.clone(),
            json!({ "offset_days": 2 }),
            with(&offset, json!({ "offset_days": 2, "day": 3, "rfc3339": "2020-01-03T00:00:00Z", "unix": 1578009600 })),
            none,
        ),
        (
            "time_offset",
            offset.clone(),
            json!({ "offset_days": 1, "triggers": { "a": "b" } }),
            json!({}),
            &["triggers"],
        ),
        (
            "time_rotating",
            json!({ "id": "9000-01-01T00:00:00Z", "rfc3339": "9000-01-01T00:00:00Z", "rotation_rfc3339": "9000-01-02T00:00:00Z", "rotation_days": 1 }),
            json!({ "rotation_hours": 1 }),
            json!({ "rotation_rfc3339": "9000-01-01T01:00:00Z" }),
            none,
        ),
    ];
    for (type_name, prior, arguments, expected, replace) in cases {
        let (provider, schema) = find(type_name);
        let (prior, config) = (value(&schema, &prior), value(&schema, &arguments));
        let draft = propose(&*configured(&*provider), type_name, &schema, prior, config);
        let planned = json_of(&schema, &draft.planned);
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(planned[name], *value, "{type_name} {arguments} {name}");
        }
        let mut paths: Vec<_> = draft.replace.iter().map(|path| path.prefix()).collect();
        paths.sort();
        let replace: Vec<_> = replace.iter().map(|it| Path::attribute(*it).prefix()).collect();
        assert_eq!(paths, replace, "{type_name} {arguments}");
    }
}

/// Import ids, and the attributes that they give, or the summary of what is wrong.
#[test]
fn imports() {
    let cases = [
        (
            "random_id",
            "p,-w",
            json!({ "id": "-w", "byte_length": 1, "prefix": "p", "hex": "pfb", "dec": "p251", "b64_url": "p-w", "b64_std": "p+w==" }),
        ),
        ("random_id", "?", json!("Import Random ID Error")),
        ("random_integer", "5,1,10,s", json!({ "id": "5", "result": 5, "min": 1, "max": 10, "seed": "s" })),
        ("random_integer", "5", json!("Import Random Integer Error")),
        (
            "random_string",
            "abc",
            json!({ "id": "abc", "result": "abc", "length": 3, "numeric": true, "min_upper": 0, "keepers": null }),
        ),
        (
            "random_uuid",
            "AABBCCDD-1122-4333-8444-556677889900",
            json!({ "id": "aabbccdd-1122-4333-8444-556677889900" }),
        ),
        ("random_bytes", "+w==", json!({ "length": 1, "hex": "fb", "base64": "+w==" })),
        ("random_pet", "x", json!("Resource Import Not Implemented")),
        (
            "time_static",
            "2020-02-12T06:36:13Z",
            json!({ "id": "2020-02-12T06:36:13Z", "unix": 1581489373, "triggers": {} }),
        ),
        (
            "time_offset",
            "2020-02-12T06:36:13Z,0,0,7,0,0,0",
            json!({ "offset_days": 7, "offset_years": 0, "rfc3339": "2020-02-19T06:36:13Z" }),
        ),
        ("time_offset", "2020-02-12T06:36:13Z,,,,,,", json!("Unexpected Format of ID")),
        (
            "time_rotating",
            "9000-01-01T00:00:00Z,,,30,,",
            json!({ "rotation_days": 30, "rotation_rfc3339": "9000-01-31T00:00:00Z" }),
        ),
        (
            "time_rotating",
            "9000-01-01T00:00:00Z,9000-01-02T00:00:00Z",
            json!({ "rotation_days": null, "rotation_rfc3339": "9000-01-02T00:00:00Z" }),
        ),
        ("time_sleep", "30s,", json!({ "create_duration": "30s", "destroy_duration": null })),
        ("time_sleep", "30x,", json!("Unexpected Format of ID")),
        ("terraform_data", "i", json!({ "id": "i", "input": null, "output": null })),
        ("null_resource", "i", json!({ "id": "i", "triggers": null })),
        ("template_dir", "i", json!("resource template_dir doesn't support import")),
    ];
    for (type_name, id, expected) in cases {
        let (provider, schema) = find(type_name);
        match (provider.import(type_name, id), expected) {
            (Ok(known), Json::Object(expected)) => {
                let imported = json_of(&schema, &known.attributes);
                for (name, value) in expected {
                    assert_eq!(imported[&name], value, "{type_name} {id} {name}");
                }
            }
            (Err(problem), Json::String(summary)) => assert_eq!(problem.summary, summary),
            (Ok(known), _) => panic!("{type_name} {id}: {known:?}"),
            (Err(problem), _) => panic!("{type_name} {id}: {problem}"),
        }
    }
}

/// Arguments, and those that are reported; `-` is for a problem of several.
#[test]
fn validation() {
    let cases: [(&str, Json, &[&str]); 11] = [
        ("random_string", json!({ "length": 0 }), &["length: "]),
        ("random_string", json!({ "length": 3, "min_upper": 4 }), &["length: "]),
        ("random_string", json!({ "length": 3, "number": true, "numeric": false }), &["number: "]),
        (
            "random_string",
            json!({ "length": 3, "special": false, "upper": false, "lower": false, "numeric": false }),
            &["special: "],
        ),
        ("random_integer", json!({ "min": 2, "max": 1 }), &["min: "]),
        ("tls_private_key", json!({ "algorithm": "DSA", "ecdsa_curve": "P1" }), &["algorithm: ", "ecdsa_curve: "]),
        ("tls_private_key", json!({ "algorithm": "RSA" }), &[]),
        ("time_offset", json!({ "base_rfc3339": "x" }), &["-", "base_rfc3339: "]),
        ("time_sleep", json!({ "create_duration": "1" }), &["create_duration: "]),
        ("time_rotating", json!({ "rotation_days": 0 }), &["rotation_days: "]),
        ("null_resource", json!({}), &[]),
    ];
    for (type_name, arguments, expected) in cases {
        let (provider, schema) = find(type_name);
        let problems = provider.validate(ResourceMode::Managed, type_name, &value(&schema, &arguments));
        let places: Vec<_> = problems.iter().map(|it| it.attribute.as_ref().map_or("-".into(), Path::prefix)).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|it| it.strip_suffix(": ").map_or("-".into(), |it| Path::attribute(it).prefix()))
            .collect();
        assert_eq!(places, expected, "{type_name} {arguments}");
    }
}

/// What has passed its time is gone; what a data source says of a key is what the resource said.
#[tokio::test]
async fn reads() {
    let (provider, schema) = find("time_rotating");
    let past = value(&schema, &json!({ "id": "i", "rotation_rfc3339": "2020-01-01T00:00:00Z" }));
    let known = Known { id: crate::provider::Id("i".into()), attributes: past };
    let read = configured(&*provider).read("time_rotating", &[known]).await.remove(0).unwrap();
    assert_eq!(read, Found::Gone);

    let (provider, schema) = find("tls_private_key");
    let source = provider.schemas().data["tls_public_key"].clone();
    let provider = configured(&*provider);
    for arguments in [json!({ "algorithm": "ECDSA", "ecdsa_curve": "P256" }), json!({ "algorithm": "ED25519" })] {
        let planned = value(&schema, &arguments);
        let creation = Creation { planned: planned.clone(), config: planned, token: String::new() };
        let created = json_of(&schema, &provider.create("tls_private_key", &creation).await.unwrap().attributes);
        for (form, argument) in [
            ("private_key_pem", "private_key_pem"),
            ("private_key_pem_pkcs8", "private_key_pem"),
            ("private_key_openssh", "private_key_openssh"),
        ] {
            let config = value(&source, &json!({ argument: created[form] }));
            let read = provider.read_data("tls_public_key", &[config]).await.remove(0).unwrap();
            let read = json_of(&source, &read);
            for name in ["id", "algorithm", "public_key_pem", "public_key_openssh", "public_key_fingerprint_md5"] {
                assert_eq!(read[name], created[name], "{arguments} {form} {name}");
            }
        }
    }
}

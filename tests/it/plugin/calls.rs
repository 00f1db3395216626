//! Every call, in both versions of the protocol.

use super::{
    Program, object,
    provider::{LARGE, Provider},
    serve::talk,
};
use rforge::{
    plugin::{
        Address, Applied, Applying, DeferredReason, Kind, MovedFrom, Planned, Planning, Plugin, Protocol, Reading,
        Reattach, Stored,
        schema::{IdentitySchema, Schemas, decode},
    },
    provider::{FunctionFailure, Problem, ResourceMode},
    schema::{Nesting, Schema, Source},
    value::{Marks, Number, Path, Type, Value},
};
use std::{collections::HashMap, sync::Arc};

/// The same with each version.
async fn with_both(test: impl AsyncFn(&Plugin, &Schemas)) {
    for (version, protocol) in [(5, Protocol::V5), (6, Protocol::V6)] {
        let program = Program::new(version, "");
        let plugin = program.start().await.unwrap();
        assert_eq!(plugin.protocol(), protocol);
        let (answer, _) = plugin.schemas().await.unwrap();
        test(&plugin, &answer.value).await;
        plugin.shut_down().await;
    }
}

fn said(problems: &[Problem]) -> Vec<String> {
    let place = |it: &Problem| it.attribute.as_ref().map_or(String::new(), |it| format!(" at {it}"));
    problems.iter().map(|it| format!("{:?}: {it}{}", it.severity, place(it))).collect()
}

fn thing(schemas: &Schemas) -> &Schema {
    schemas.resources.get("test_thing").unwrap().unwrap()
}

#[tokio::test]
async fn schemas_are_told() {
    with_both(async |plugin, schemas| {
        let schema = thing(schemas);
        let attribute = |name: &str| schema.block.attributes[name].clone();
        assert_eq!((schema.version, schemas.provider.block.attributes.len()), (1, 1));
        for (name, ty, source) in [
            ("id", Type::String, Source::Computed),
            ("name", Type::String, Source::Required),
            ("size", Type::Number, Source::OptionalComputed),
            ("any", Type::Any, Source::Optional),
            ("tags", Type::map(Type::String), Source::Optional),
        ] {
            assert_eq!((attribute(name).ty, attribute(name).source), (ty, source), "{name}");
        }
        assert!(attribute("secret").sensitive && attribute("secret").write_only && !attribute("name").write_only);
        assert!(attribute("tags").deprecated.is_some() && attribute("name").deprecated.is_none());
        assert_eq!(attribute("name").description, "The name.");
        let nestings: Vec<Nesting> = schema.block.blocks.values().map(|it| it.nesting).collect();
        assert_eq!(nestings, [Nesting::Map, Nesting::Group, Nesting::Set]);
        assert_eq!(schema.block.blocks["rule"].max_items, 3);
        if plugin.protocol() == Protocol::V6 {
            let settings = attribute("settings");
            assert_eq!(settings.ty.to_string(), "object({level=number, note=optional(string)})");
            let nested = settings.nested.unwrap();
            assert_eq!((nested.nesting, &nested.attributes["level"].source), (Nesting::Single, &Source::Required));
        }
        let shout = &schemas.functions["shout"];
        assert_eq!((shout.parameters.len(), shout.variadic.is_some(), &shout.returns), (1, true, &Type::String));
        let can = schemas.capabilities;
        assert!(can.plan_destroy && can.schema_is_optional && can.move_state);
        assert!(schemas.provider_meta.is_some());

        let (answer, bytes) = plugin.schemas().await.unwrap();
        assert_eq!(said(&answer.problems), ["Warning: Careful: It is only a test."]);
        assert_eq!(thing(&decode(plugin.protocol(), &bytes).unwrap().value), thing(&answer.value));
        let metadata = plugin.metadata().await.unwrap().value;
        assert_eq!((&*metadata.resources, metadata.capabilities), (&["test_thing".to_owned()][..], can));
        assert_eq!(plugin.functions().await.unwrap().value, schemas.functions);
        let identities = plugin.identity_schemas().await.unwrap().0.value;
        assert_eq!(
            (identities["test_thing"].version, identities["test_thing"].ty().to_string().as_str()),
            (1, "object({id=string})")
        );
    })
    .await;
}

#[tokio::test]
async fn arguments_are_checked() {
    with_both(async |plugin, schemas| {
        let provider = &schemas.provider;
        let config = object(provider, &[]);
        let prepared = plugin.validate_provider(provider, &config).await.unwrap().value;
        let expected =
            if plugin.protocol() == Protocol::V5 { Value::string("default") } else { Value::null(Type::String) };
        assert_eq!(prepared.get("prefix"), Some(&expected));
        let secret = object(provider, &[("prefix", Value::string("p").marked(Marks::SENSITIVE))]);
        assert_eq!(plugin.validate_provider(provider, &secret).await.unwrap().value, secret);

        for (mode, kind, expected) in [
            (ResourceMode::Managed, Kind::new("test_thing", thing(schemas)), "ValidateResourceConfig test_thing true"),
            (
                ResourceMode::Data,
                Kind::new("test_data", schemas.data.get("test_data").unwrap().unwrap()),
                "ValidateDataResourceConfig test_data false",
            ),
            (
                ResourceMode::Ephemeral,
                Kind::new("test_token", schemas.ephemeral.get("test_token").unwrap().unwrap()),
                "ValidateEphemeralResourceConfig test_token false",
            ),
        ] {
            let found = plugin.validate(mode, kind, &object(kind.schema, &[])).await.unwrap();
            assert_eq!(said(&found), [format!("Warning: Validated: {expected}")]);
        }
        let wrong = object(provider, &[("prefix", Value::string("wrong"))]);
        let found = plugin.configure(provider, &wrong, "1.11.4").await.unwrap();
        assert_eq!(said(&found), ["Error: Wrong prefix: It is wrong. at prefix"]);
        assert_eq!(plugin.configure(provider, &secret, "1.11.4").await, Ok(Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn objects_live() {
    with_both(async |plugin, schemas| {
        let (schema, identity) = (thing(schemas), &plugin.identity_schemas().await.unwrap().0.value["test_thing"]);
        let kind = Kind { identity: Some(identity), ..Kind::new("test_thing", schema) };
        let provider = object(&schemas.provider, &[("prefix", Value::string("p"))]);
        assert_eq!(plugin.configure(&schemas.provider, &provider, "1.11.4").await, Ok(Vec::new()));
        let none = Value::null(schema.block.implied_type().without_optional());
        // What a value may be at all goes there and comes back: marks, sets, any type, a number of 512 bits.
        let large = Value::number(Number::parse(&"7".repeat(150)).unwrap());
        let rule = |port| Value::object([("port".into(), Value::number(port))].into());
        let rules = Value::set(Type::object([("port", Type::Number)]), vec![rule(2), rule(1)]);
        let set = [
            ("name", Value::string("n").marked(Marks::SENSITIVE)),
            ("any", Value::tuple(vec![large, Value::null(Type::Bool), Value::unknown_with_prefix("arn:")])),
            ("rule", rules),
            ("tags", Value::map(Type::String, [("k".into(), Value::unknown(Type::String))].into())),
        ];
        let config = object(schema, &[&set[..], &[("secret", Value::string("s"))]].concat());
        let proposed = object(schema, &set);
        let meta = object(schemas.provider_meta.as_ref().unwrap(), &[("module", Value::string("m"))]);
        let meta = plugin.meta(schemas.provider_meta.as_ref().unwrap(), &meta).unwrap();
        let (private, meta) = (&b"p+"[..], Some(meta));
        let planning = Planning { prior: &none, proposed: &proposed, config: &config, private, identity: None, meta };
        let answer = plugin.plan(kind, planning).await.unwrap();
        let with = |extra: &[(&str, Value)]| object(schema, &[&set[..], extra].concat());
        let expected = Planned {
            state: with(&[
                ("id", Value::unknown_not_null(Type::String)),
                ("size", Value::unknown_not_null(Type::Number)),
            ]),
            replace: Vec::new(),
            private: b"p+planned".to_vec(),
            identity: None,
            is_legacy: false,
            deferred: None,
        };
        assert_eq!((answer.value, answer.problems), (expected.clone(), Vec::new()));

        // By then all is known.
        let known = |name: &str| match name {
            "any" => Value::bool(true),
            _ => Value::null(Type::map(Type::String)),
        };
        let known = [("any", known("any")), ("tags", known("tags"))];
        let planned = with(
            &[&known[..], &[("id", Value::unknown(Type::String)), ("size", Value::unknown(Type::Number))]].concat(),
        );
        let applying =
            |planned| Applying { prior: &none, planned, config: &config, private, identity: None, meta: None };
        let answer = plugin.apply(kind, applying(&planned)).await.unwrap();
        let state = with(&[&known[..], &[("id", Value::string("p/1.11.4:n:s")), ("size", Value::number(3))]].concat());
        let its_identity = |id: &str| Some(Value::object([("id".into(), Value::string(id))].into()));
        let expected = Applied {
            state: state.clone(),
            private: b"p++applied".to_vec(),
            identity: its_identity("p/1.11.4:n:s"),
            is_legacy: false,
        };
        assert_eq!((answer.value, answer.problems), (expected, Vec::new()));

        // Read, another name planned, and deleted.
        let identity = its_identity("p/1.11.4:n:s");
        let reading = |state| Reading { state, private, identity: identity.as_ref(), meta: None };
        let read = plugin.read(kind, reading(&state)).await.unwrap().value;
        let seen = with(&[&known[..], &[("id", Value::string("p/1.11.4:n:s")), ("size", Value::number(7))]].concat());
        assert_eq!((read.state, read.private, &read.identity), (seen, private.to_vec(), &identity));
        let gone = object(schema, &[("behave", Value::string("gone"))]);
        assert!(plugin.read(kind, reading(&gone)).await.unwrap().value.state.is_null());
        let renamed = object(schema, &[("name", Value::string("m"))]);
        let planning =
            Planning { prior: &state, proposed: &renamed, config: &renamed, private, identity: None, meta: None };
        assert_eq!(plugin.plan(kind, planning).await.unwrap().value.replace, [Path::attribute("name")]);
        let planning = Planning { prior: &state, proposed: &none, config: &none, private, identity: None, meta: None };
        let planned = plugin.plan(kind, planning).await.unwrap().value;
        assert_eq!((&planned.state, planned.private.as_slice()), (&none, &b"planned"[..]));
        let applying = Applying { prior: &state, planned: &none, config: &none, private, identity: None, meta: None };
        assert!(plugin.apply(kind, applying).await.unwrap().value.state.is_null());
    })
    .await;
}

#[tokio::test]
async fn objects_come_from_elsewhere() {
    with_both(async |plugin, schemas| {
        let schema = thing(schemas);
        let identity = IdentitySchema::clone(&plugin.identity_schemas().await.unwrap().0.value["test_thing"]);
        let kind = Kind { identity: Some(&identity), ..Kind::new("test_thing", schema) };
        let named = |name: &str| object(schema, &[("name", Value::string(name))]);
        let flatmap = HashMap::from([("name".to_owned(), "flat".to_owned())]);
        for (version, stored, expected) in [
            (0, Stored::Json(br#"{"title":"old"}"#), "old"),
            (1, Stored::Json(br#"{"name":"new"}"#), "new"),
            (0, Stored::Flatmap(&flatmap), "flat"),
        ] {
            let answer = plugin.upgrade(kind, version, stored).await.unwrap();
            assert_eq!(answer.value, named(expected));
            assert_eq!(said(&answer.problems), [format!("Warning: Upgraded: From {version}.")]);
        }
        let id = Value::object([("id".into(), Value::string("i"))].into());
        let upgraded = plugin.upgrade_identity(kind, 0, br#"{"id":"i"}"#).await.unwrap();
        assert_eq!(upgraded.value.as_ref(), Some(&id));

        for (by_id, by_identity) in [("i", None), ("", Some(&id))] {
            let found = plugin.import(kind, by_id, by_identity, |name| (name == "test_thing").then_some(kind)).await;
            let found = &found.unwrap().value.objects[..];
            let [it] = found else { panic!("{found:?}") };
            assert_eq!((it.type_name.as_str(), it.private.as_slice()), ("test_thing", &b"imported"[..]));
            assert_eq!((&it.state, it.identity.as_ref()), (&object(schema, &[("id", Value::string("i"))]), Some(&id)));
        }
        let strange =
            plugin.import(kind, "other", None, |name| (name == "test_thing").then_some(kind)).await.unwrap_err();
        assert!(strange.detail.contains("there is no type \"test_other\""), "{}", strange.detail);

        let provider = "registry.terraform.io/hashicorp/null".to_owned();
        let from = MovedFrom {
            provider,
            type_name: "null_resource",
            version: 4,
            state: br#"{"name":"x"}"#,
            private: b"p",
            identity: None,
        };
        let moved = plugin.take_over(kind, from).await.unwrap().value;
        assert_eq!(moved.state, named("x of registry.terraform.io/hashicorp/null null_resource 4"));
        assert_eq!((moved.private.as_slice(), moved.identity), (&b"p"[..], None));
    })
    .await;
}

#[tokio::test]
async fn data_and_what_is_kept_nowhere() {
    with_both(async |plugin, schemas| {
        let kind = Kind::new("test_data", schemas.data.get("test_data").unwrap().unwrap());
        for name in ["ab", "json"] {
            let config = object(kind.schema, &[("name", Value::string(name).marked(Marks::SENSITIVE))]);
            let (read, deferred) = plugin.read_data(kind, &config, None).await.unwrap().value;
            assert_eq!(read.get("upper"), Some(&Value::string(name.to_uppercase())));
            assert_eq!((read.get("name"), deferred), (config.get("name"), None));
        }
        let config = object(kind.schema, &[("name", Value::string("large"))]);
        let (read, _) = plugin.read_data(kind, &config, None).await.unwrap().value;
        assert_eq!(read.get("upper").and_then(Value::as_str).map(str::len), Some(LARGE));

        let kind = Kind::new("test_token", schemas.ephemeral.get("test_token").unwrap().unwrap());
        let opened = plugin.open(kind, &object(kind.schema, &[])).await.unwrap().value;
        assert_eq!(opened.result.get("value"), Some(&Value::string("token")));
        assert_eq!(opened.lease.renew_at.map(|it| it.to_string()).as_deref(), Some("2027-01-15T08:00:00.000000005Z"));
        let renewed = plugin.renew("test_token", opened.lease.private.as_deref()).await.unwrap().value;
        assert_eq!(renewed.private.as_deref(), Some(&b"lease+"[..]));
        assert_eq!(plugin.close("test_token", renewed.private.as_deref()).await, Ok(Vec::new()));
        let unknown = plugin.close("test_token", None).await.unwrap();
        assert_eq!(said(&unknown), ["Error: Unknown lease: It was never opened."]);

        let shout = &schemas.functions["shout"];
        let words = |words: &[&str]| words.iter().map(Value::string).collect::<Vec<_>>();
        for (given, expected) in [(&["a"][..], "A"), (&["a", "b", "c"], "A B C")] {
            let called = plugin.call_function("shout", shout, &words(given)).await.unwrap();
            assert_eq!(called, Ok(Value::string(expected)));
        }
        let failed = plugin.call_function("shout", shout, &words(&["a", ""])).await.unwrap();
        assert_eq!(failed, Err(FunctionFailure { text: "nothing to shout".into(), argument: Some(1) }));
        assert!(plugin.call_function("shout", shout, &[]).await.unwrap_err().detail.contains("0 arguments"));
    })
    .await;
}

#[tokio::test]
async fn what_a_provider_may_say_of_a_plan() {
    with_both(async |plugin, schemas| {
        let (schema, none) = (thing(schemas), Value::null(thing(schemas).block.implied_type()));
        for (behave, legacy, deferred) in
            [("legacy", true, None), ("deferred", false, Some(DeferredReason::ProviderConfigUnknown))]
        {
            let config = object(schema, &[("name", Value::string("n")), ("behave", Value::string(behave))]);
            let (proposed, config) = (&config, &config);
            let planning = Planning { prior: &none, proposed, config, private: &[], identity: None, meta: None };
            let planned = plugin.plan(Kind::new("test_thing", schema), planning).await.unwrap().value;
            assert_eq!((planned.is_legacy, planned.deferred), (legacy, deferred), "{behave}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_calls_at_once() {
    with_both(async |plugin, schemas| {
        let kind = Kind::new("test_data", schemas.data.get("test_data").unwrap().unwrap());
        let calls = (0..300).map(async |at: u32| {
            let config = object(kind.schema, &[("name", Value::string(format!("n{at}")))]);
            plugin.read_data(kind, &config, None).await.unwrap().value.0
        });
        for (at, read) in futures::future::join_all(calls).await.into_iter().enumerate() {
            assert_eq!(read.get("upper"), Some(&Value::string(format!("N{at}"))));
        }
    })
    .await;
}

/// A port of this machine does as well as a socket, and is as private.
#[tokio::test]
async fn over_tcp() {
    let program = Program::new(6, "tcp");
    let plugin = program.start().await.unwrap();
    assert!(plugin.schemas().await.unwrap().0.value.data.get("test_data").is_some());
    plugin.shut_down().await;
}

/// Started by somebody else, as `TF_REATTACH_PROVIDERS` says, it is spoken to without certificates and does not end with us.
#[tokio::test]
async fn providers_that_run_already() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let listener = tokio::net::UnixListener::bind(&path).unwrap();
    let serving = tokio::spawn(async move {
        let provider = Arc::new(Provider::new(false, ""));
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(hyper_util::rt::TokioIo::new(stream), provider.clone()));
        }
    });
    let reattach = Reattach { address: Address::Unix(path), protocol: Protocol::V6 };
    for _ in 0..2 {
        let plugin = Plugin::attach(super::NAME, &reattach).await.unwrap();
        assert!(plugin.schemas().await.unwrap().0.value.resources.get("test_thing").is_some());
        plugin.shut_down().await;
    }
    serving.abort();
    drop(serving.await);
    let problem = Plugin::attach(super::NAME, &reattach).await.err().unwrap();
    assert!(problem.detail.contains("TF_REATTACH_PROVIDERS"), "{}", problem.detail);
}

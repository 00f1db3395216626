use super::*;
use crate::{
    engine::tests::cloud::{Cloud, Faults, address, key},
    provider::Id,
    value::Type,
};
use std::time::Duration;

/// Pauses too short to notice.
fn hasty() -> Tempo {
    let short = Duration::from_micros(100);
    Tempo { first: short, longest: short, throttled: Duration::from_secs(60), ..Tempo::default() }
}

/// No provider here is another program, whose configuration might be refused.
fn unrefused(_: &ProviderKey, problem: &Problem) -> Diagnostic {
    panic!("{}", problem.summary)
}

fn object(name: &str, id: &Id) -> Lookup {
    let known = Known { id: id.clone(), attributes: Value::null(Type::Any) };
    Lookup::Object(ObjectKey { address: address(name), deposed: None }, key(), known)
}

fn data(name: &str) -> Lookup {
    let config = Value::object([("name".into(), Value::string(name))].into());
    Lookup::Data(address(name), key(), Wanted { address: address(name), config, meta: None })
}

#[tokio::test]
async fn one_request_for_each_type() {
    let cloud = Cloud::default();
    let ids: Vec<Id> = (0..150).map(|at| cloud.put(&format!("o{at}"))).collect();
    let lookups = ids.iter().enumerate().map(|(at, id)| object(&format!("o{at}"), id));
    let lookups = lookups.chain([data("o1"), data("o2"), object("gone", &Id("gone".into()))]).collect();
    let mut snapshot = Snapshot::default();
    look(lookups, &mut snapshot, |_| Ok(Arc::new(cloud.clone())), unrefused, &hasty()).await.unwrap();
    assert_eq!((cloud.count("read"), cloud.count("read_data")), (1, 1));
    assert_eq!((snapshot.objects.len(), snapshot.data.len()), (151, 2));
    let name = |found: &Result<Found>| match found {
        Ok(Found::Live(live)) => live.attributes.get("name").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    for (key, found) in &snapshot.objects {
        let expected = key.address.resource.name.to_string();
        assert_eq!(name(found), (expected != "gone").then_some(expected));
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_recorded_for_its_object() {
    use Class::{Fatal, Throttled};
    for (name, failures, answer, reads) in [
        ("fatal", vec![Fatal], Err(Fatal), 1),
        ("throttled for a while", vec![Throttled, Throttled], Ok(()), 3),
        ("then fatal", vec![Throttled, Fatal], Err(Fatal), 2),
    ] {
        let cloud = Cloud::default();
        let (good, bad) = (cloud.put("good"), cloud.put("bad"));
        cloud.fault("bad", Faults { fail: [("read", failures)].into(), ..Faults::default() });
        let mut snapshot = Snapshot::default();
        let lookups = vec![object("good", &good), object("bad", &bad)];
        look(lookups, &mut snapshot, |_| Ok(Arc::new(cloud.clone())), unrefused, &hasty()).await.unwrap();
        let answer_of = |of: &str| {
            let found = &snapshot.objects[&ObjectKey { address: address(of), deposed: None }];
            found.as_ref().map(drop).map_err(|it: &Problem| it.class)
        };
        assert_eq!((answer_of("good"), answer_of("bad")), (Ok(()), answer), "{name}");
        assert_eq!(cloud.count("read"), reads, "{name}");
        let asked_again = cloud.inner().calls.iter().skip(1).all(|(_, ids)| ids == std::slice::from_ref(&bad.0));
        assert!(asked_again, "{name}: only what is open is asked again");
    }
}

#[tokio::test]
async fn a_provider_that_cannot_be_configured_ends_it() {
    let lookups = vec![data("a"), data("b"), object("c", &Id("c".into()))];
    let refuse = |_: &ProviderKey| Err(vec![crate::diagnostic::Diagnostic::error("No credentials", "")]);
    let found = look(lookups, &mut Snapshot::default(), refuse, unrefused, &hasty()).await;
    assert_eq!(found.unwrap_err().len(), 1, "once, not for each object");
}

use super::*;
use crate::{
    address::{InstanceAddress, ModuleAddress, ModulePath, ProviderAddress, ProviderSource, ResourceMode},
    value::Type,
};

fn instance() -> InstanceAddress {
    let (type_name, name) = ("terraform_data".into(), "it".into());
    ResourceAddress { module: ModuleAddress::root(), mode: ResourceMode::Managed, type_name, name }.instance(None)
}

fn owner(alias: &str) -> ProviderKey {
    let (module, source) = (ModulePath::root(), ProviderSource::builtin());
    let address = ProviderAddress { module, source, alias: Some(alias.into()), key: None };
    ProviderKey { address, module: ModuleAddress::root() }
}

fn prior() -> Prior {
    let value = Value::object([("id".into(), Value::string("x"))].into());
    let object = Object::encode(&value, &Type::object([("id", Type::String)]), 0).unwrap();
    let mut state = State::default();
    state.put(&instance(), None, &owner("first").address, object.clone().into());
    state.put(&instance(), Some(&"0000abcd".into()), &owner("first").address, object.into());
    Prior::new(state)
}

/// What is done to the current object and the deposed one, and whether each is in state and tainted afterwards.
fn check(deed: impl Fn(&mut Prior, &ObjectKey), left: [Option<bool>; 2]) {
    let mut prior = prior();
    let objects = prior.of_resource(&instance().resource);
    assert_eq!(objects.iter().map(|it| it.deposed.as_deref()).collect::<Vec<_>>(), [None, Some("0000abcd")]);
    deed(&mut prior, &objects[0]);
    let of = |it: &ObjectKey| refresh::object(&prior.state, it).map(|_| prior.is_tainted(it));
    assert_eq!([of(&objects[0]), of(&objects[1])], left);
    // What was read stays what it was.
    assert_eq!(prior.of_resource(&instance().resource), objects);
}

#[test]
fn objects_are_told_apart() {
    check(|_, _| {}, [Some(false), Some(false)]);
    check(Prior::remove, [None, Some(false)]);
    check(|prior, key| prior.settle(key, None), [Some(false), Some(false)]);
    // Nobody was asked who could have said so.
    check(Prior::taint, [Some(false), Some(false)]);
    let asked = |prior: &mut Prior, key: &ObjectKey| {
        prior.set_owner(key, &owner("first"));
        prior.taint(key);
    };
    check(asked, [Some(true), Some(false)]);
}

#[test]
fn an_answer_counts_of_whoever_is_asked_now() {
    let mut prior = prior();
    let key = ObjectKey { address: instance(), deposed: None };
    let asked = ["first", "first", "second", "second"].map(|alias| prior.set_owner(&key, &owner(alias)));
    assert_eq!(asked, [false, true, false, true]);
    assert!(!prior.is_settled(&key));
    prior.settle(&key, Some(Value::string("found")));
    assert!(prior.is_settled(&key));
    assert_eq!(prior.value(&key), Some(&Value::string("found")));
}

use super::*;
use crate::address::{ModuleAddress, Name};
use std::collections::BTreeMap as Map;

/// What a reference to the whole resource is, before and after its instances are known and one of them is gone.
fn check(mode: ResourceMode, expansion: Expansion, completed: &[(Option<InstanceKey>, Option<&str>)], whole: &Value) {
    let address =
        ResourceAddress { module: ModuleAddress::root(), mode, type_name: "terraform_data".into(), name: "it".into() };
    let mut objects = Objects::default();
    assert_eq!(objects.whole(&address), None, "nothing was declared");
    objects.complete(&address.instance(None), Some(Value::string("nobody's")));
    assert_eq!(objects.instance(&address.instance(None)), None, "nothing was declared");
    objects.declare(address.clone(), expansion);
    for (key, value) in completed {
        // What was built before has to be built again.
        objects.whole(&address);
        objects.complete(&address.instance(key.clone()), value.map(Value::string));
    }
    assert_eq!(objects.whole(&address).as_ref(), Some(whole));
    assert_eq!(objects.whole(&address).as_ref(), Some(whole), "and the same when asked again");
}

#[test]
fn a_resource_as_a_whole() {
    let managed = ResourceMode::Managed;
    let (unknown, at) = (Value::unknown(Type::Any), |it| Some(InstanceKey::Index(it)));
    let text = Value::string;
    let key = |it: &str| Some(InstanceKey::Key(it.into()));
    let each = || {
        let entries: Map<Name, Value> = [("a".into(), text("x")), ("b".into(), text("y"))].into();
        Expansion::Each(entries.into())
    };
    check(managed, Expansion::Single, &[], &unknown);
    check(managed, Expansion::Single, &[(None, Some("one"))], &text("one"));
    check(managed, Expansion::Single, &[(None, Some("one")), (None, Some("two"))], &text("two"));
    check(managed, Expansion::Single, &[(None, Some("one")), (None, None)], &unknown);
    check(managed, Expansion::Unknown, &[(None, Some("any"))], &unknown);
    check(managed, Expansion::Count(0), &[], &Value::tuple(vec![]));
    check(managed, Expansion::Count(2), &[(at(1), Some("one"))], &Value::tuple(vec![unknown.clone(), text("one")]));
    let entries = [("a".into(), unknown.clone()), ("b".into(), text("bee"))];
    check(managed, each(), &[(key("b"), Some("bee"))], &Value::object(entries.into()));
    // What an ephemeral resource gives is ephemeral, known or not.
    let ephemeral = |it: Value| it.marked(Marks::EPHEMERAL);
    check(ResourceMode::Ephemeral, Expansion::Single, &[], &ephemeral(unknown.clone()));
    check(ResourceMode::Ephemeral, Expansion::Single, &[(None, Some("one"))], &ephemeral(text("one")));
}

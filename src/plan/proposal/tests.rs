use super::*;
use crate::{
    address::{ModuleAddress, ModulePath, ProviderAddress, ProviderSource, ResourceAddress, ResourceMode},
    plan::ProviderKey,
    value::Value,
};

fn change(action: Action) -> ResourceChange {
    let (type_name, name) = ("terraform_data".into(), "it".into());
    let resource = ResourceAddress { module: ModuleAddress::root(), mode: ResourceMode::Managed, type_name, name };
    let (module, source) = (ModulePath::root(), ProviderSource::builtin());
    let address = ProviderAddress { module, source, alias: None, key: None };
    ResourceChange {
        address: resource.instance(None),
        deposed: None,
        previous_address: None,
        importing: None,
        provider: ProviderKey { address, module: ModuleAddress::root() },
        action,
        reason: None,
        before: Value::string("before"),
        after: Value::string("after"),
        in_full: Default::default(),
        replace_paths: Vec::new(),
        deletion: None,
    }
}

/// Whether the change of the instance is found again, and its resource counts as changing.
fn check(add: fn(&mut Proposal, ResourceChange), action: Action, is_found: bool, is_changing: bool) {
    let mut proposal = Proposal::default();
    let change = change(action);
    let (address, path) = (change.address.clone(), change.address.resource.path());
    assert!(proposal.of(&address).is_none() && !proposal.is_changing(&path));
    add(&mut proposal, change);
    assert_eq!(proposal.of(&address).is_some(), is_found, "{action:?}");
    assert_eq!(proposal.is_changing(&path), is_changing, "{action:?}");
    assert_eq!(proposal.changes.len(), 1);
}

#[test]
fn what_others_see_of_a_change() {
    check(Proposal::instance, Action::NoOp, true, false);
    check(Proposal::instance, Action::Update, true, true);
    check(Proposal::instance, Action::Create, true, true);
    check(Proposal::deletion, Action::Delete, false, true);
    // A read waits, or does not, for reasons of its own.
    check(Proposal::read, Action::Read, false, false);
}

//! `removed` blocks: what state holds of a block that is gone is destroyed, or only forgotten.

use super::change::{Action, ResourceChange};
use crate::{
    address::{ModulePath, ResourcePath, Target},
    diagnostic::{Diagnostic, Diagnostics},
    lang::configuration::{Configuration, Removed},
    product::PRODUCT,
};
use std::collections::BTreeSet;

/// What is not destroyed when it is no longer configured, or what is said to be.
#[derive(Default)]
pub(super) struct Forgotten {
    modules: BTreeSet<ModulePath>,
    resources: BTreeSet<ResourcePath>,
}

impl Forgotten {
    pub(super) fn new(configuration: &Configuration) -> Self {
        Self::of(configuration, false)
    }

    /// What a `removed` block says is to be destroyed.
    pub(super) fn destroyed(configuration: &Configuration) -> Self {
        Self::of(configuration, true)
    }

    fn of(configuration: &Configuration, destroy: bool) -> Self {
        let mut forgotten = Self::default();
        for (module, removed) in removed(configuration).filter(|(_, removed)| removed.destroy == destroy) {
            match path(module, &removed.from) {
                Path::Module(path) => drop(forgotten.modules.insert(path)),
                Path::Resource(path) => drop(forgotten.resources.insert(path)),
            }
        }
        forgotten
    }

    pub(super) fn contains(&self, path: &ResourcePath) -> bool {
        let depth = path.module.0.len();
        let inside = |length| self.modules.contains(&ModulePath(path.module.0[..length].to_vec()));
        self.resources.contains(path) || (1..=depth).any(inside)
    }
}

/// Reports removed blocks for what the configuration still has.
pub(super) fn check(configuration: &Configuration) -> Diagnostics {
    let mut found = Diagnostics::new();
    for (module, removed) in removed(configuration) {
        let (what, name, place) = match path(module, &removed.from) {
            Path::Module(path) => {
                let call = path
                    .parent()
                    .zip(path.0.last())
                    .and_then(|(parent, name)| configuration.modules.get(&parent)?.calls.get(name));
                ("module", path.to_string(), call.map(|it| it.span))
            }
            Path::Resource(path) => {
                let key = (path.mode, path.type_name.clone(), path.name.clone());
                let resource = configuration.modules.get(&path.module).and_then(|it| it.resources.get(&key));
                ("resource", path.to_string(), resource.map(|it| it.span))
            }
        };
        let Some(place) = place else { continue };
        let detail =
            format!("This statement declares that {name} was removed, but it is still declared in configuration.");
        found.push(Diagnostic::error(format!("Removed {what} still exists"), detail).at(place));
    }
    found
}

/// Says which objects a plan forgets; none if it forgets none.
pub(super) fn warning(changes: &[ResourceChange]) -> Option<Diagnostic> {
    let forgotten = changes.iter().filter(|it| it.action == Action::Forget);
    let lines: String = forgotten
        .map(|change| match &change.deposed {
            Some(key) => format!("\n - {} (deposed object {key})", change.address),
            None => format!("\n - {}", change.address),
        })
        .collect();
    if lines.is_empty() {
        return None;
    }
    let detail = format!(
        "If you apply this plan, {PRODUCT} will discard its tracking information for the following objects, but it will \
         not delete them:{lines}\n\nAfter applying this plan, {PRODUCT} will no longer manage these objects. You will \
         need to import them into {PRODUCT} to manage them again."
    );
    Some(Diagnostic::warning(format!("Some objects will no longer be managed by {PRODUCT}"), detail))
}

fn removed(configuration: &Configuration) -> impl Iterator<Item = (&ModulePath, &Removed)> {
    configuration.modules.values().flat_map(|module| module.removed.iter().map(|it| (&module.path, it)))
}

enum Path {
    Module(ModulePath),
    Resource(ResourcePath),
}

/// What a block in `module` names, from the root.
fn path(module: &ModulePath, from: &Target) -> Path {
    let within = |inner: ModulePath| ModulePath(module.0.iter().cloned().chain(inner.0).collect());
    let resource = match from {
        Target::Module(inner) => return Path::Module(within(inner.path())),
        Target::Resource(resource) => resource.path(),
        Target::Instance(instance) => instance.resource.path(),
    };
    Path::Resource(ResourcePath { module: within(resource.module.clone()), ..resource })
}

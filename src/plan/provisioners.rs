//! The provisioners of an instance, evaluated one by one: each may rely on what the one before it did.

use super::{
    change::{Action, ResourceChange},
    prepare::still_unknown,
    problem,
    scope::ModuleScope,
    world::{Pass, World},
};
use crate::{
    address::{ModuleAddress, ModulePath, ResourceAddress, Target},
    diagnostic::{Diagnostic, Diagnostics, Span, nearest},
    lang::configuration::{Configuration, Provisioner, Repetition},
    provisioner::{self, Kind, When},
    value::{Marks, Value},
};

/// One run of a provisioner.
#[derive(Clone, Debug)]
pub struct Provision {
    pub kind: Kind,
    /// Its arguments, wholly known and without marks.
    pub config: Value,
    /// That it fails is no error.
    pub continues: bool,
    /// The marks of the arguments: with any, neither the command nor what it prints may be shown.
    pub marks: Marks,
    /// The opening of its block.
    pub place: Span,
}

impl World {
    pub(super) fn provision(
        &self,
        block: &Provisioner,
        module: &ModuleAddress,
        repetition: &Repetition,
        object: &Value,
    ) -> Result<Provision, Diagnostics> {
        let place = block.body.opening();
        let Some(kind) = Kind::find(&block.kind.text) else { return Err(vec![unknown_kind(block)]) };
        let scope = ModuleScope { world: self, module, repetition, this: Some(object) };
        let config = self.decode_in(&block.body, &kind.arguments(), &scope)?;
        // No provisioner that rforge runs has a use for it, but it has to be right.
        let connection = block.connection.as_ref();
        let connection = connection.map(|it| self.decode_in(it, &provisioner::connection(), &scope)).transpose()?;
        if let Some(wrong) = kind.validate(&config) {
            return Err(vec![problem::diagnostic(&wrong, &block.body, Some(place))]);
        }
        let is_known = config.is_wholly_known() && connection.as_ref().is_none_or(Value::is_wholly_known);
        if !is_known && self.pass == Pass::Applying {
            return Err(vec![still_unknown(block.span)]);
        }
        let marks = config.marks_within();
        Ok(Provision { kind, config: config.without_marks(), continues: block.continues, marks, place })
    }

    /// What can be said of the provisioners of a block before anything is known.
    pub(super) fn check_provisioners(&self, provisioners: &[Provisioner], module: &ModuleAddress, object: &Value) {
        for block in provisioners {
            if let Err(found) = self.provision(block, module, &Repetition::default(), object) {
                found.into_iter().for_each(|it| self.report(it));
            }
        }
    }
}

/// Reports what the plan would run and rforge cannot, before anything is made that would need it.
pub(super) fn refused(configuration: &Configuration, changes: &[ResourceChange]) -> Diagnostics {
    let mut refused: Vec<&Provisioner> = Vec::new();
    for change in changes {
        let Some((blocks, _)) = blocks(configuration, &change.address.resource) else { continue };
        let runs = |when| match when {
            When::Create => change.action.creates(),
            When::Destroy => {
                matches!(change.action, Action::Delete | Action::DeleteThenCreate | Action::CreateThenDelete)
            }
        };
        refused
            .extend(blocks.iter().filter(|it| runs(it.when) && Kind::find(&it.kind.text).is_some_and(Kind::is_remote)));
    }
    refused.sort_by_key(|it| it.span);
    refused.dedup_by_key(|it| it.span);
    let refusal = |block: &Provisioner| {
        let detail = format!(
            "rforge runs \"local-exec\" provisioners. It opens no connections to other machines, which {:?} would need.",
            &*block.kind.text
        );
        let hint = "Give what it does to user_data, to an image or to Systems Manager, or call ssh in a \"local-exec\" \
                    provisioner.";
        Diagnostic::error("Provisioner not supported", detail).at(block.span).hint(hint)
    };
    refused.into_iter().map(refusal).collect()
}

/// The provisioners of a resource, which a `removed` block may have for one that is gone, and the module of their block.
pub(super) fn blocks<'c>(
    configuration: &'c Configuration,
    address: &ResourceAddress,
) -> Option<(&'c Vec<Provisioner>, ModuleAddress)> {
    let path = address.path();
    if let Some(resource) = configuration.modules.get(&path.module).and_then(|it| it.resource(&path)) {
        return Some((&resource.provisioners, address.module.clone()));
    }
    // A `removed` block is about its module and those in it.
    (0..=path.module.0.len()).find_map(|depth| {
        let (above, below) = path.module.0.split_at(depth);
        let module = configuration.modules.get(&ModulePath(above.to_vec()))?;
        let names_it = |from: &Target| match from {
            Target::Resource(resource) => {
                let it = resource.path();
                (it.mode, &it.type_name, &it.name) == (path.mode, &path.type_name, &path.name) && it.module.0 == below
            }
            _ => false,
        };
        let block = module.removed.iter().find(|it| names_it(&it.from))?;
        Some((&block.provisioners, ModuleAddress(address.module.0[..depth].into())))
    })
}

fn unknown_kind(block: &Provisioner) -> Diagnostic {
    let name = &*block.kind.text;
    let detail = format!(
        "This configuration requires provisioner plugin {name:?}, which isn't available. rforge has the provisioners \
         \"local-exec\", \"remote-exec\" and \"file\"."
    );
    let error = Diagnostic::error("Missing required provisioner plugin", detail).at(block.kind.span);
    match nearest(name, Kind::ALL.map(Kind::name)) {
        Some(name) => error.hint(format!("Did you mean {name:?}?")),
        None => error,
    }
}

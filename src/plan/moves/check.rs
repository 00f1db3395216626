//! Whether `moved` blocks make sense, which only the expanded configuration can tell.

use super::{Moves, Statement, statements};
use crate::{
    address::{ModuleAddress, Target},
    diagnostic::{Diagnostic, Diagnostics, Span},
    lang::configuration::Configuration,
    plan::{expansion::Expansion, target::Targets, world::World},
    product::PRODUCT,
};
use std::collections::HashMap;

/// What is wrong with the `moved` blocks of the planned configuration.
pub(in crate::plan) fn check(world: &World, moves: &mut Moves) -> Diagnostics {
    let statements = statements(&world.setting.configuration);
    let mut checker = Checker { world, sources: HashMap::new(), destinations: HashMap::new(), found: Vec::new() };
    for statement in &statements {
        checker.statement(statement);
    }
    let mut found = checker.found;
    let mut known = std::mem::take(&mut moves.diagnostics);
    // A cycle is told where nothing else is wrong.
    known.retain(|it| !it.is_error() || found.is_empty());
    found.append(&mut known);
    found
}

/// What a statement declared in one instance of its module.
struct Declared {
    other: Target,
    span: Span,
}

struct Checker<'w> {
    world: &'w World,
    /// Where each address moves to.
    sources: HashMap<Target, Declared>,
    /// Where each address is moved from.
    destinations: HashMap<Target, Declared>,
    found: Diagnostics,
}

impl Checker<'_> {
    fn statement(&mut self, statement: &Statement) {
        let module = statement.from.module();
        for instance in self.world.instances_of(&module) {
            let (from, to) = (statement.from.within(&instance), statement.to.within(&instance));
            if from == to {
                let detail = format!(
                    "This statement declares a move from {from} to the same address, which is the same as not \
                     declaring this move at all."
                );
                self.found.push(Diagnostic::error("Redundant move statement", detail).at(statement.span));
                continue;
            }
            let (noun, short) = nouns(statement);
            if let Some(place) = self.declaration(statement, &from) {
                let place = self.world.setting.configuration.sources.start(place);
                let detail = format!(
                    "This statement declares a move from {from}, but that {noun} is still declared at \
                     {place}.\n\nChange your configuration so that this {short} will be declared as {to} instead."
                );
                self.found.push(Diagnostic::error("Moved object still exists", detail).at(statement.span));
            }
            self.ambiguous(statement, &from, &to);
        }
    }

    fn ambiguous(&mut self, statement: &Statement, from: &Target, to: &Target) {
        let (noun, short) = nouns(statement);
        let sources = &self.world.setting.configuration.sources;
        let mut report = |detail| {
            self.found.push(Diagnostic::error("Ambiguous move statements", detail).at(statement.span));
        };
        match self.sources.get(from) {
            Some(earlier) if earlier.other != *to => report(format!(
                "A statement at {} declared that {from} moved to {}, but this statement instead declares that it moved \
                 to {to}.\n\nEach {noun} can move to only one destination {short}.",
                sources.start(earlier.span),
                earlier.other
            )),
            _ => drop(self.sources.insert(from.clone(), Declared { other: to.clone(), span: statement.span })),
        }
        match self.destinations.get(to) {
            Some(earlier) if earlier.other != *from => report(format!(
                "A statement at {} declared that {} moved to {to}, but this statement instead declares that {from} \
                 moved there.\n\nEach {noun} can have moved from only one source {short}.",
                sources.start(earlier.span),
                earlier.other
            )),
            _ => drop(self.destinations.insert(to.clone(), Declared { other: from.clone(), span: statement.span })),
        }
    }

    /// Where the configuration declares what `target` names, if it does.
    fn declaration(&self, statement: &Statement, target: &Target) -> Option<Span> {
        match target {
            Target::Module(module) => {
                let parent = module.parent()?;
                let (name, key) = module.0.last()?;
                self.exists(&parent).then_some(())?;
                let call = self.world.module(&parent)?.calls.get(name)?;
                if statement.from.is_whole() {
                    return Some(call.span);
                }
                let repetition = call.count.as_ref().or(call.for_each.as_ref());
                let expansion = self.world.call_expansion(&parent, call);
                expansion.contains(key.as_ref()).then(|| repetition.map_or(call.span, |it| it.span))
            }
            Target::Resource(address) => {
                self.exists(&address.module).then_some(())?;
                Some(self.world.resource(&address.path())?.span)
            }
            Target::Instance(instance) => {
                let resource = self.world.resource(&instance.resource.path())?;
                let expansion: &Expansion = self.world.objects.expansion(&instance.resource)?;
                let repetition = resource.count.as_ref().or(resource.for_each.as_ref());
                expansion.contains(instance.key.as_ref()).then(|| repetition.map_or(resource.span, |it| it.span))
            }
        }
    }

    fn exists(&self, module: &ModuleAddress) -> bool {
        let mut parent = ModuleAddress::root();
        module.0.iter().all(|(name, key)| {
            let call = self.world.module(&parent).and_then(|it| it.calls.get(name));
            let is_called = call.is_some_and(|it| self.world.call_expansion(&parent, it).contains(key.as_ref()));
            parent = parent.child(name, key.clone());
            is_called
        })
    }
}

/// What a statement is about, in full and in short.
fn nouns(statement: &Statement) -> (&'static str, &'static str) {
    match (statement.from.is_module(), statement.from.is_whole()) {
        (true, true) => ("module call", "call"),
        (true, false) => ("module instance", "instance"),
        (false, true) => ("resource", "resource"),
        (false, false) => ("resource instance", "instance"),
    }
}

/// Statements that lead back to where they begin.
pub(super) fn cycle(configuration: &Configuration, statements: &[Statement], cycle: &[usize]) -> Diagnostic {
    let mut lines: Vec<String> = cycle
        .iter()
        .map(|at| {
            let Statement { from, to, span } = &statements[*at];
            format!("\n  - {}: {from} => {to}", configuration.sources.start(*span))
        })
        .collect();
    lines.sort();
    let detail = format!(
        "The following chained move statements form a cycle, and so there is no final location to move objects \
         to:{}\n\nA chain of move statements must end with an address that doesn't appear in any other statements, and \
         which typically also refers to an object still declared in the configuration.",
        lines.concat()
    );
    Diagnostic::error("Cyclic dependency in move statements", detail)
}

/// What moved must be planned with whatever a target names, or its old address would come back.
pub(in crate::plan) fn excluded(moves: &Moves, targets: &Targets) -> Option<Diagnostic> {
    let left_out = |it: &&crate::address::InstanceAddress| !targets.allows(it);
    let mut missing: Vec<String> =
        moves.from.iter().flat_map(|(to, from)| [from, to]).filter(left_out).map(ToString::to_string).collect();
    if missing.is_empty() {
        return None;
    }
    missing.sort();
    let excludes = targets.option() == "-exclude";
    let listed = |before: &str| -> String {
        missing.iter().map(|it| format!("\n  {before}{}", crate::address::quoted(it))).collect()
    };
    let mend = if excludes {
        format!("leave out of them what concerns these resource instances:{}", listed(""))
    } else {
        format!("add the following additional target options:{}", listed("-target="))
    };
    let (cover, end) = match excludes {
        true => ("leave out some", String::new()),
        false => (
            "do not fully cover all",
            "\n\nNote that adding these options may include further additional resource instances in your plan, in order \
             to respect object dependencies."
                .to_owned(),
        ),
    };
    let option = targets.option();
    let detail = format!(
        "Resource instances in your current state have moved to new addresses in the latest configuration. {PRODUCT} \
         must include those resource instances while planning in order to ensure a correct result, but your \
         {option}=... options {cover} of those resource instances.\n\nTo create a valid plan, either \
         remove your {option}=... options altogether or {mend}{end}"
    );
    Some(Diagnostic::error("Moved resource instances excluded by targeting", detail))
}

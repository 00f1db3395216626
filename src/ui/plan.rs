//! A plan as people read it. The layout is Terraform's: it is what its users, and their scripts, know.

mod block;
mod difference;
mod forces;
mod heading;
mod sequence;
pub(crate) mod show;
mod write;

use crate::{
    address::{InstanceAddress, Name, ProviderAddress, ResourceMode},
    plan::{
        Action, OutputChange, Plan, ResourceChange,
        change::{Counts, PlanMode},
    },
    schema::Schema,
    ui::Style,
    value::Value,
};
use difference::{Reading, Verb};
use forces::Forces;
pub use show::{render_object, render_outputs, render_state};
use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
    sync::Arc,
};

/// Finds the schema of a type, which tells blocks from attributes.
pub type Lookup<'a> = dyn Fn(&ProviderAddress, ResourceMode, &str) -> Option<Arc<Schema>> + 'a;

/// The whole plan, from the drift that was found to the changes of outputs.
pub fn render(plan: &Plan, schemas: &Lookup<'_>, style: Style) -> String {
    let drift = drift(plan);
    let changes: Vec<&ResourceChange> = plan.lasting_changes().filter(|change| is_shown(change)).collect();
    let outputs =
        if plan.mode == PlanMode::RefreshOnly { String::new() } else { render_output_changes(&plan.outputs, style) };
    let has_output_changes = plan.outputs.values().any(|output| output.action != Action::NoOp);
    let mut out = String::new();
    if !drift.is_empty() {
        render_drift(&drift, schemas, style, &mut out);
        out.push_str(match plan.mode {
            PlanMode::RefreshOnly => REFRESH_ONLY,
            _ if changes.is_empty() && outputs.is_empty() => "\n",
            _ => {
                "\nUnless you have made equivalent changes to your configuration, or ignored the\n\
                  relevant attributes using ignore_changes, the following plan may include\n\
                  actions to undo or respond to these changes.\n\n"
            }
        });
        if plan.mode == PlanMode::RefreshOnly {
            if has_output_changes {
                let outputs = render_output_changes(&plan.outputs, style);
                let _ = write!(out, "\n{RULE}\n\n{outputs}\n{OUTPUTS_ONLY}");
            }
            return out;
        }
    }
    if changes.is_empty() {
        if plan.mode == PlanMode::RefreshOnly && has_output_changes {
            let outputs = render_output_changes(&plan.outputs, style);
            let _ = write!(out, "{outputs}\n{OUTPUTS_ONLY}");
        } else if outputs.is_empty() {
            out.push_str(&nothing_to_do(plan.mode, !drift.is_empty(), style));
        } else {
            let _ = write!(out, "{outputs}\n{OUTPUTS_ONLY}");
        }
        return out;
    }
    legend(&changes, style, &mut out);
    let _ = writeln!(out, "rforge will perform the following actions:\n");
    for change in &changes {
        let _ = writeln!(out, "{}", heading::render_change(change, schemas, style));
    }
    let _ = writeln!(out, "{}", style.bold(&summary(&plan.counts())));
    if !outputs.is_empty() {
        let _ = write!(out, "\n{outputs}");
    }
    out
}

const REFRESH_ONLY: &str = "
This is a refresh-only plan, so rforge will not take any actions to undo
these. If you were expecting these changes then you can apply this plan to
record the updated values in the rforge state without changing any remote
objects.
";

const RULE: &str = "─────────────────────────────────────────────────────────────────────────────";

const OUTPUTS_ONLY: &str = "You can apply this plan to save these new output values to the rforge
state, without changing any real infrastructure.
";

/// `Plan: 1 to add, 0 to change, 0 to destroy.`
pub fn summary(counts: &Counts) -> String {
    let import = if counts.import > 0 { format!("{} to import, ", counts.import) } else { String::new() };
    format!("Plan: {import}{} to add, {} to change, {} to destroy.", counts.add, counts.change, counts.destroy)
}

/// The drift that is worth telling: all of it when that is what was asked for, otherwise what the plan undoes.
pub fn drift(plan: &Plan) -> Vec<&ResourceChange> {
    let planned: HashMap<&InstanceAddress, &ResourceChange> =
        plan.changes.iter().filter(|change| change.deposed.is_none()).map(|it| (&it.address, it)).collect();
    let is_undone = |drift: &ResourceChange| {
        planned.get(&drift.address).is_some_and(|change| match (change.action, drift.action) {
            (Action::NoOp | Action::Read, _) => false,
            (_, Action::Delete) => true,
            _ => changed_attributes(drift).any(|name| !alike(change.before.get(name), change.after.get(name))),
        })
    };
    plan.drift
        .iter()
        .filter(|change| change.action != Action::NoOp || change.previous_address.is_some())
        .filter(|change| plan.mode == PlanMode::RefreshOnly || is_undone(change))
        .collect()
}

/// Names of the attributes that differ in more than how nothing is written.
fn changed_attributes(change: &ResourceChange) -> impl Iterator<Item = &Name> {
    let names = change.after.as_entries().into_iter().flat_map(BTreeMap::keys);
    names.filter(|name| !alike(change.before.get(name), change.after.get(name)))
}

/// Whether two values are equal if nothing, an empty string and an empty collection are one, as they are to most
/// providers.
fn alike(left: Option<&Value>, right: Option<&Value>) -> bool {
    let is_empty = |value: &&Value| value.is_null() || value.as_str() == Some("") || value.length() == Some(0);
    let (left, right) = (left.filter(|it| !is_empty(it)), right.filter(|it| !is_empty(it)));
    let (Some(left), Some(right)) = (left, right) else { return left.is_none() && right.is_none() };
    match (left.as_entries(), right.as_entries(), left.as_elements(), right.as_elements()) {
        (Some(_), Some(entries), ..) if left.length() == right.length() => {
            entries.iter().all(|(name, value)| alike(left.get(name), Some(value)))
        }
        (.., Some(left), Some(right)) if left.len() == right.len() => {
            left.iter().zip(right).all(|(left, right)| alike(Some(left), Some(right)))
        }
        _ => left == right,
    }
}

/// Whether the plan has something to say of an object.
pub fn is_shown(change: &ResourceChange) -> bool {
    change.action != Action::NoOp || change.previous_address.is_some() || change.importing.is_some()
}

fn render_drift(drift: &[&ResourceChange], schemas: &Lookup<'_>, style: Style, out: &mut String) {
    let _ = writeln!(
        out,
        "{}\n\nrforge detected the following changes made outside of rforge since the\n\
         last \"rforge apply\" which may have affected this plan:\n",
        style.bold(&style.cyan("Note: Objects have changed outside of rforge"))
    );
    for change in drift {
        let _ = writeln!(out, "{}", heading::render_drift(change, schemas, style));
    }
}

fn nothing_to_do(mode: PlanMode, drifted: bool, style: Style) -> String {
    let (title, detail) = match mode {
        PlanMode::Normal if drifted => (
            "Your infrastructure matches the configuration.",
            "Your configuration already applies the changes detected above, so applying\n\
             this plan will only update the rforge state to include the changes detected\n\
             above and won't change any real infrastructure.",
        ),
        PlanMode::Normal => (
            "Your infrastructure matches the configuration.",
            "rforge has compared your real infrastructure against your configuration\n\
             and found no differences, so no changes are needed.",
        ),
        PlanMode::RefreshOnly => (
            "Your infrastructure still matches the configuration.",
            "rforge has checked that the real remote objects still match the result of\n\
             your most recent changes, and found no differences.",
        ),
        PlanMode::Destroy => (
            "No objects need to be destroyed.",
            "Either you have not created any objects yet or the existing objects were\nalready deleted outside of rforge.",
        ),
    };
    format!("{} {}\n\n{detail}\n", style.bold(&style.green("No changes.")), style.bold(title))
}

fn legend(changes: &[&ResourceChange], style: Style, out: &mut String) {
    let (add, remove) = (style.green("+"), style.red("-"));
    let symbols = [
        (Action::Create, format!("  {add} create")),
        (Action::Update, format!("  {} update in-place", style.yellow("~"))),
        (Action::Delete, format!("  {remove} destroy")),
        (Action::DeleteThenCreate, format!("{remove}/{add} destroy and then create replacement")),
        (Action::CreateThenDelete, format!("{add}/{remove} create replacement and then destroy")),
        (Action::Read, format!(" {} read (data resources)", style.cyan("<="))),
    ];
    let used = |action| changes.iter().any(|change| change.action == action);
    let lines: String =
        symbols.into_iter().filter(|(action, _)| used(*action)).map(|(_, line)| format!("{line}\n")).collect();
    if changes.iter().any(|it| it.action != Action::NoOp) {
        let _ = writeln!(
            out,
            "rforge used the selected providers to generate the following execution\n\
             plan. Resource actions are indicated with the following symbols:\n{lines}"
        );
    }
}

/// `Changes to Outputs:` and below it each that changes; empty if none does.
pub fn render_output_changes(outputs: &BTreeMap<Name, OutputChange>, style: Style) -> String {
    let found: Vec<_> = outputs.iter().filter_map(|(name, output)| Some((name, compare(output)?))).collect();
    if found.iter().all(|(_, difference)| difference.verb == Verb::NoOp) {
        return String::new();
    }
    let width = found.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let mut writer = write::Writer::new(style);
    for (name, difference) in found.iter().filter(|(_, it)| it.verb != Verb::NoOp) {
        writer.output(name, width, difference);
    }
    format!("Changes to Outputs:\n{}", writer.out)
}

fn compare(output: &OutputChange) -> Option<difference::Difference> {
    let hidden = |value: &Value| {
        use crate::value::Marks;
        // What was sensitive is not shown either.
        let is_hidden = output.sensitive || output.before.is_sensitive();
        // Of what is in it state does not say which part is sensitive.
        if is_hidden { value.without_marks().marked(Marks::SENSITIVE) } else { value.clone() }
    };
    difference::attribute(
        Some(&hidden(&output.before)),
        Some(&hidden(&output.after)),
        Reading::Dynamic,
        Forces::default(),
    )
}

#[cfg(test)]
mod tests;

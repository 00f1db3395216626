//! A plan as people read it. The layout is Terraform's: it is what its users, and their scripts, know.

mod block;
mod difference;
mod forces;
mod heading;
mod nested;
mod sequence;
pub(crate) mod show;
mod user_data;
mod write;

use crate::{
    address::{InstanceAddress, Name, ProviderAddress, ResourceMode},
    plan::{
        Action, OutputChange, Plan, ResourceChange,
        change::{Counts, PlanMode},
    },
    product::{COMMAND, PRODUCT},
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
pub use user_data::without as without_user_data;

/// Finds the schema of a type, which tells blocks from attributes.
pub type Lookup<'a> = dyn Fn(&ProviderAddress, ResourceMode, &str) -> Option<Arc<Schema>> + 'a;

/// The whole plan, from the drift that was found to the changes of outputs: Terraform's layout, line by line.
pub fn render(plan: &Plan, schemas: &Lookup<'_>, style: Style) -> String {
    let drift = drift(plan);
    let changes: Vec<&ResourceChange> = plan.lasting_changes().filter(|change| is_shown(change)).collect();
    let outputs = render_output_changes(&plan.outputs, style);
    let mut out = String::new();
    if !drift.is_empty() {
        render_drift(&drift, plan.mode, schemas, style, &mut out);
    }
    if changes.is_empty() && outputs.is_empty() {
        if plan.mode != PlanMode::RefreshOnly || drift.is_empty() {
            match plan.errored {
                true => {
                    let _ = writeln!(out, "\n{}\n", failed(style));
                }
                false => nothing_to_do(plan.mode, style, &mut out),
            }
        }
        return out;
    }
    if !drift.is_empty() {
        let _ = write!(out, "\n{}\n", style.rule());
    }
    let acted = changes.iter().any(|it| it.action != Action::NoOp);
    if acted {
        legend(&changes, style, &mut out);
    }
    if !changes.is_empty() {
        let _ = match plan.errored {
            true => writeln!(out, "\n{PRODUCT} planned the following actions, but then encountered a problem:"),
            false => writeln!(out, "\n{PRODUCT} will perform the following actions:"),
        };
        for change in &changes {
            let _ = write!(out, "\n{}", heading::render_change(change, schemas, style));
        }
        let _ = writeln!(out, "\n{}", summary_in(&plan.counts(), style));
    }
    if !outputs.is_empty() {
        let _ = write!(out, "\n{outputs}");
        if !acted {
            let _ = write!(out, "\n{}", outputs_only(style));
        }
    }
    out
}

/// What is said where nothing was planned by then.
fn failed(style: Style) -> String {
    let what = format!(" {PRODUCT} encountered an error while generating this plan.");
    format!("{}{}", style.bold(&style.red("Planning failed.")), style.bold(&what))
}

fn outputs_only(style: Style) -> String {
    style.paragraph(&format!(
        "You can apply this plan to save these new output values to the {PRODUCT} state, without changing any real infrastructure."
    ))
}

/// With its first word in bold.
fn summary_in(counts: &Counts, style: Style) -> String {
    summary(counts).replacen("Plan:", &style.bold("Plan:"), 1)
}

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

fn render_drift(drift: &[&ResourceChange], mode: PlanMode, schemas: &Lookup<'_>, style: Style, out: &mut String) {
    let title = format!(
        "{}{}",
        style.bold(&style.cyan("Note:")),
        style.bold(&format!(" Objects have changed outside of {PRODUCT}"))
    );
    let found = format!(
        "{PRODUCT} detected the following changes made outside of {PRODUCT} since the last \"{COMMAND} apply\" which may have \
         affected this plan:"
    );
    let _ = write!(out, "\n{title}\n\n{}", style.paragraph(&found));
    for change in drift {
        let _ = write!(out, "\n{}", heading::render_drift(change, schemas, style));
    }
    let advice = match mode {
        PlanMode::RefreshOnly => format!(
            "This is a refresh-only plan, so {PRODUCT} will not take any actions to undo these. If you were expecting these \
             changes then you can apply this plan to record the updated values in the {PRODUCT} state without changing any \
             remote objects."
        ),
        _ => "Unless you have made equivalent changes to your configuration, or ignored the relevant attributes using \
              ignore_changes, the following plan may include actions to undo or respond to these changes."
            .to_owned(),
    };
    let _ = write!(out, "\n\n{}", style.paragraph(&advice));
}

fn nothing_to_do(mode: PlanMode, style: Style, out: &mut String) {
    let (title, detail) = match mode {
        PlanMode::Normal => (
            "Your infrastructure matches the configuration.",
            format!(
                "{PRODUCT} has compared your real infrastructure against your configuration and found no differences, so no \
                 changes are needed."
            ),
        ),
        PlanMode::RefreshOnly => (
            "Your infrastructure still matches the configuration.",
            format!(
                "{PRODUCT} has checked that the real remote objects still match the result of your most recent changes, and \
                 found no differences."
            ),
        ),
        PlanMode::Destroy => (
            "No objects need to be destroyed.",
            format!(
                "Either you have not created any objects yet or the existing objects were already deleted outside of {PRODUCT}."
            ),
        ),
    };
    let title = format!("{}{}", style.bold(&style.green("No changes.")), style.bold(&format!(" {title}")));
    let _ = write!(out, "\n{title}\n\n{}", style.paragraph(&detail));
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
    let introduction = format!(
        "{PRODUCT} used the selected providers to generate the following execution plan. Resource actions are indicated with the \
         following symbols:"
    );
    let _ = write!(out, "\n{}", style.paragraph(&introduction));
    for (_, line) in symbols.into_iter().filter(|(action, _)| used(*action)) {
        let _ = writeln!(out, "{line}");
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

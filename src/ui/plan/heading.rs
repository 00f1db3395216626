//! What a plan says of one object: what will happen to it and why.

use super::{Lookup, block, forces::Forces, user_data, write::Writer};
use crate::{
    address::InstanceKey,
    plan::{Action, Importing, Reason, ResourceChange},
    product::PRODUCT,
    ui::Style,
    value::Value,
};
use std::fmt::Write;

/// A proposed change with its heading, reasons and body.
pub(super) fn render_change(change: &ResourceChange, schemas: &Lookup<'_>, style: Style) -> String {
    let mut out = String::new();
    // Terraform sets what it forgets one column further left than everything else.
    let margin = if change.action == Action::Forget { " " } else { "  " };
    let _ = writeln!(out, "{}", title(change, margin, style));
    for note in notes(change) {
        let _ = writeln!(out, "{margin}# {note}");
    }
    if let Some(from) = change.previous_address.as_ref().filter(|_| change.action != Action::NoOp) {
        let _ = writeln!(out, "  # (moved from {from})");
    }
    body(change, symbol(change, style), schemas, style, &mut out);
    out
}

/// A change that someone else made.
pub(super) fn render_drift(change: &ResourceChange, schemas: &Lookup<'_>, style: Style) -> String {
    let address = named(change);
    if change.action == Action::NoOp {
        let mut out = format!("{}\n", title(change, "  ", style));
        body(change, symbol(change, style), schemas, style, &mut out);
        return out;
    }
    let (what, symbol) = match change.action {
        Action::Delete => ("has been deleted", style.red("  -")),
        _ if change.before.is_null() => ("has been created", style.green("  +")),
        _ => ("has changed", style.yellow("  ~")),
    };
    let moved = change.previous_address.as_ref().map_or(String::new(), |from| format!("  # (moved from {from})\n"));
    let mut out = format!("{} {}\n{moved}", style.bold(&format!("  # {address}")), what);
    body(change, symbol, schemas, style, &mut out);
    out
}

fn named(change: &ResourceChange) -> String {
    match &change.deposed {
        Some(key) => format!("{} (deposed object {key})", change.address),
        None => change.address.to_string(),
    }
}

fn title(change: &ResourceChange, margin: &str, style: Style) -> String {
    let address = style.bold(&format!("{margin}# {}", named(change)));
    let strong = |text: &str| style.bold(&style.red(text));
    match (change.action, change.reason) {
        (Action::NoOp, _) if change.importing.is_some() => format!("{address} will be imported"),
        (Action::NoOp, _) => match &change.previous_address {
            Some(from) => {
                let from = style.bold(&format!("{margin}# {from}"));
                format!("{from} has moved to {}", style.bold(&named(change)))
            }
            None => format!("{address} is unchanged"),
        },
        (Action::Create, _) => format!("{address} will be created"),
        (Action::Read, _) => format!("{address} will be read during apply"),
        (Action::Update, _) => format!("{address} will be updated in-place"),
        (Action::DeleteThenCreate | Action::CreateThenDelete, reason) => match reason {
            Some(Reason::ReplaceBecauseTainted) => format!("{address} is tainted, so must be {}", strong("replaced")),
            Some(Reason::ReplaceByRequest) => format!("{address} will be {}, as requested", strong("replaced")),
            Some(Reason::ReplaceByTriggers) => {
                format!("{address} will be {} due to changes in replace_triggered_by", strong("replaced"))
            }
            _ => format!("{address} must be {}", strong("replaced")),
        },
        (Action::Delete, _) => format!("{address} will be {}", strong("destroyed")),
        (Action::Forget, _) => {
            format!("{address} will no longer be managed by {PRODUCT}, but {}", strong("will not be destroyed"))
        }
    }
}

/// The lines in brackets below the title.
fn notes(change: &ResourceChange) -> Vec<String> {
    let address = &change.address;
    let mut notes = Vec::new();
    if change.action == Action::Forget {
        notes.push("(destroy = false is set in the configuration)".into());
    }
    if change.deposed.is_some() && change.action == Action::Delete {
        notes.push("(left over from a partially-failed replacement of this instance)".into());
    }
    let key = || address.key.as_ref().map_or(String::new(), ToString::to_string);
    let because = |text: String| Some(format!("(because {text})"));
    let reason = change.reason.filter(|_| change.action != Action::Forget);
    notes.extend(reason.and_then(|reason| match reason {
        // As in Terraform, the name that the module would have to declare.
        Reason::DeleteBecauseNoResourceConfig => {
            because(format!("{}.{} is not in configuration", address.resource.type_name, address.resource.name))
        }
        Reason::DeleteBecauseNoMoveTarget => match &change.previous_address {
            Some(from) => because(format!("{from} was moved to {address}, which is not in configuration")),
            None => because(format!("{address} is not in configuration")),
        },
        Reason::DeleteBecauseNoModule => because(format!("{} is not in configuration", address.resource.module)),
        Reason::DeleteBecauseWrongRepetition => because(match address.key {
            Some(InstanceKey::Index(_)) => "resource does not use count".into(),
            Some(InstanceKey::Key(_)) => "resource does not use for_each".into(),
            None => "resource uses count or for_each".into(),
        }),
        Reason::DeleteBecauseCountIndex => because(format!("index {} is out of range for count", key())),
        Reason::DeleteBecauseEachKey => because(format!("key {} is not in for_each map", key())),
        Reason::ReadBecauseConfigUnknown => Some("(config refers to values not yet known)".into()),
        Reason::ReadBecauseDependencyPending => Some("(depends on a resource or a module with changes pending)".into()),
        Reason::ReadBecauseCheckNested => Some("(config will be reloaded to verify a check block)".into()),
        Reason::ReplaceBecauseTainted
        | Reason::ReplaceBecauseCannotUpdate
        | Reason::ReplaceByRequest
        | Reason::ReplaceByTriggers => None,
    }));
    if let Some(Importing { id, generated }) = &change.importing {
        if generated.is_some() {
            notes.push("(config will be generated)".into());
        }
        if change.action != Action::NoOp {
            notes.push(format!("(imported from \"{id}\")"));
        }
        if matches!(change.action, Action::DeleteThenCreate | Action::CreateThenDelete) {
            notes.push("Warning: this will destroy the imported resource".into());
        }
    }
    notes
}

/// What stands before the object.
fn symbol(change: &ResourceChange, style: Style) -> String {
    match change.action {
        Action::NoOp => "   ".into(),
        Action::Create => style.green("  +"),
        Action::Read => style.cyan(" <="),
        Action::Update => style.yellow("  ~"),
        Action::DeleteThenCreate => format!("{}/{}", style.red("-"), style.green("+")),
        Action::CreateThenDelete => format!("{}/{}", style.green("+"), style.red("-")),
        Action::Delete => style.red("  -"),
        Action::Forget => " .".into(),
    }
}

fn body(change: &ResourceChange, symbol: String, schemas: &Lookup<'_>, style: Style, out: &mut String) {
    let resource = &change.address.resource;
    let kind = resource.mode.block();
    let _ = writeln!(out, "{symbol} {kind} \"{}\" \"{}\" {{", resource.type_name, resource.name);
    let schema = schemas(&change.provider.address, resource.mode, &resource.type_name);
    let [before, after] = match &schema {
        Some(schema) => user_data::shown(change, &schema.block, style),
        None => [change.before.clone(), change.after.clone()],
    };
    let before = given(&before);
    // What is forgotten stays as it is.
    let after = if change.action == Action::Forget { before } else { given(&after) };
    let mut writer = Writer::new(style);
    writer.everything = change.importing.is_some();
    let found = match &schema {
        Some(schema) => block::compare_blocks(before, after, &schema.block, &Forces::new(&change.replace_paths)),
        None => block::compare_without_schema(before, after),
    };
    writer.block_body(&found, 1);
    out.push_str(&writer.out);
    out.push_str("    }\n");
}

fn given(value: &Value) -> Option<&Value> {
    Some(value).filter(|value| !value.is_null())
}

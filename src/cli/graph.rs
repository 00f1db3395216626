//! `graph`: what waits for what, in the DOT language.

use super::{
    SUCCESS,
    args::Graph as Options,
    session::{Failed, inspect, open, save},
    terminal::Terminal,
};
use crate::{
    diagnostic::Diagnostic,
    lang::{
        configuration::Configuration,
        dependencies::{
            Graph,
            operation::{Purpose, Work, operation},
        },
    },
    plan::change::PlanMode,
    ui,
};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    match draw(options, terminal) {
        Ok(text) => {
            terminal.print(&text);
            SUCCESS
        }
        Err(failed) => failed.show(terminal, false),
    }
}

fn draw(options: &Options, terminal: &Terminal) -> Result<String, Failed> {
    let kind = options.kind.as_deref();
    if let (Some(path), None | Some("apply")) = (&options.plan, kind) {
        let saved = save::read(path)?;
        let configuration = open::configuration_of(&saved)?;
        let purpose = if saved.plan.mode == PlanMode::Destroy { Purpose::Destroy } else { Purpose::Apply };
        return Ok(drawn(
            &configuration,
            &open::graph(&configuration)?,
            purpose,
            &ui::graph::work_of_plan(&saved.plan),
        ));
    }
    let purpose = match kind {
        None | Some("plan" | "plan-refresh-only") => Purpose::Plan,
        Some("apply") => Purpose::Apply,
        Some("plan-destroy") => Purpose::Destroy,
        Some(_) => {
            let detail = "The -type=... argument must be either \"plan\", \"plan-refresh-only\", \"plan-destroy\", or \
                          \"apply\".";
            return Err(Failed::new([Diagnostic::error("Unsupported graph type", detail)]));
        }
    };
    let (setting, state, _) = inspect::recorded(&[], None, terminal)?;
    if kind.is_none() {
        return Ok(ui::graph::summary(&setting.graph));
    }
    let work = if purpose == Purpose::Destroy { ui::graph::work_of_destruction(&state) } else { Vec::new() };
    Ok(drawn(&setting.configuration, &setting.graph, purpose, &work))
}

fn drawn(configuration: &Configuration, graph: &Graph, purpose: Purpose, work: &[Work]) -> String {
    ui::graph::operation(&operation(configuration, graph, purpose, work))
}

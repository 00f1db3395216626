//! `graph`: what waits for what, in the DOT language.

use super::{
    SUCCESS,
    args::Graph as Options,
    session::{Failed, inspect, save},
    terminal::Terminal,
};
use crate::{diagnostic::Diagnostic, lang::dependencies::operation::operation, ui};

pub fn run(options: &Options, terminal: &Terminal) -> u8 {
    match draw(options) {
        Ok(text) => {
            terminal.print(&text);
            SUCCESS
        }
        Err(failed) => failed.show(terminal, false),
    }
}

fn draw(options: &Options) -> Result<String, Failed> {
    let kind = options.kind.as_deref();
    if let (Some(path), None | Some("apply")) = (&options.plan, kind) {
        return Ok(ui::graph::steps(&save::read(path)?.plan));
    }
    match kind {
        None => inspect::recorded(&[], None).map(|(setting, ..)| ui::graph::summary(&setting.graph)),
        Some(kind @ ("plan" | "plan-refresh-only" | "apply")) => inspect::recorded(&[], None).map(|(setting, ..)| {
            ui::graph::operation(&operation(&setting.configuration, &setting.graph, kind != "apply"))
        }),
        Some("plan-destroy") => inspect::destruction().map(|plan| ui::graph::steps(&plan)),
        Some(_) => {
            let detail = "The -type=... argument must be either \"plan\", \"plan-refresh-only\", \"plan-destroy\", or \
                          \"apply\".";
            Err(Failed::new([Diagnostic::error("Unsupported graph type", detail)]))
        }
    }
}

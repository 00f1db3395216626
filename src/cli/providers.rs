//! `providers`: which providers each module needs; `providers schema`: what may be written for them; `providers lock` and `providers
//! mirror`: packages of them.

mod coverage;
mod lock;
mod mirror;

use super::{
    FAILURE, SUCCESS,
    args::{Providers as Options, ProvidersCommand},
    session::{Failed, inspect, open, published},
    terminal::Terminal,
};
use crate::product::COMMAND;
use crate::{diagnostic::Diagnostic, ui};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    if let Some(ProvidersCommand::Schema { json: false, .. }) = options.command {
        let error =
            Diagnostic::error(format!("The `{COMMAND} providers schema` command requires the `-json` flag"), "");
        terminal.diagnostics(&[error], &Default::default());
        return FAILURE;
    }
    match &options.command {
        Some(ProvidersCommand::Lock(options)) => return lock::run(options, terminal),
        Some(ProvidersCommand::Mirror(options)) => return mirror::run(options, terminal),
        _ => {}
    }
    if options.coverage && options.command.is_none() && !open::is_empty() {
        return match coverage::run(terminal) {
            Ok(()) => SUCCESS,
            Err(failed) => failed.show(terminal, false),
        };
    }
    if options.command.is_none() && open::is_empty() {
        let detail = "The working directory contains no configuration files (.tf or .tf.json).";
        return Failed::new([Diagnostic::error("No configuration files", detail)]).show(terminal, false);
    }
    let (setting, state, diagnostics) = match inspect::recorded(&[], None, terminal) {
        Ok(recorded) => recorded,
        Err(failed) => return failed.show(terminal, false),
    };
    let configuration = &setting.configuration;
    if options.command.is_some() {
        let setting = match published::complete(setting.clone(), Some(&state)) {
            Ok(setting) => setting,
            Err(failed) => return failed.show(terminal, false),
        };
        let needed = ui::providers::sources(configuration, &state);
        terminal.json(&ui::json::schemas(setting.providers.iter().filter(|(source, _)| needed.contains(source))));
    } else {
        terminal.diagnostics(&diagnostics, &configuration.sources);
        terminal.print(&ui::providers::render(configuration, &state));
    }
    SUCCESS
}

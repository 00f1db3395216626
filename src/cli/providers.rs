//! `providers`: which providers each module needs.

use super::{SUCCESS, args::Providers as Options, session::inspect, terminal::Terminal};
use crate::ui;

pub fn run(_options: &Options, terminal: &Terminal) -> u8 {
    match inspect::recorded(&[], None) {
        Ok((setting, state, diagnostics)) => {
            terminal.diagnostics(&diagnostics, &setting.configuration.sources);
            terminal.print(&ui::providers::render(&setting.configuration, &state));
            SUCCESS
        }
        Err(failed) => failed.show(terminal, false),
    }
}

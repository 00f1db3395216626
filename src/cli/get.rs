//! `get`: installs modules, and nothing else.

use super::{FAILURE, SUCCESS, args::Get as Options, session::modules, terminal::Terminal};
use crate::diagnostic::has_errors;

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let outcome = modules::install(options.update, &options.test_directory, &mut |progress| {
        if let Some(line) = modules::line(&progress) {
            terminal.print(&format!("{line}\n"));
        }
    });
    terminal.diagnostics(&outcome.diagnostics, &outcome.configuration.sources);
    if has_errors(&outcome.diagnostics) { FAILURE } else { SUCCESS }
}

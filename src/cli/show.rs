//! `show`: the current state, a state file or a saved plan; `-json` in Terraform's published format.

use super::{
    SUCCESS,
    args::Show as Options,
    session::{Failed, open, published, save},
    terminal::Terminal,
};
use crate::{diagnostic::Diagnostic, ui};
use std::path::Path;

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    match go(options, terminal) {
        Ok(()) => SUCCESS,
        Err(failed) => failed.show(terminal, false),
    }
}

fn go(options: &Options, terminal: &Terminal) -> Result<(), Failed> {
    let state = match &options.path {
        None => open::read_state(None, terminal)?,
        Some(path) => match open::state_file(path) {
            Some(state) => state?,
            None => {
                let saved = save::read(path).map_err(|failed| neither(path, failed))?;
                let providers = published::of_plan(&saved.plan);
                let schema = |key: &_, mode, name: &str| open::schema(&providers, key, mode, name);
                if options.json {
                    let configuration = open::configuration_of(&saved)?;
                    terminal.json(&ui::json::plan(&saved.plan, &configuration, &saved.timestamp, &schema));
                } else {
                    terminal.print(&ui::plan::render(&saved.plan, &schema, terminal.style));
                }
                return Ok(());
            }
        },
    };
    let providers = published::of_state(&state);
    let schema = |key: &_, mode, name: &str| open::schema(&providers, key, mode, name);
    open::check_shown(&providers, &state)?;
    if options.json {
        terminal.json(&ui::json::state(&state, &schema));
    } else if !state.exists() {
        terminal.print("No state.\n");
    } else {
        terminal.print(&ui::plan::render_state(&state, &schema, terminal.style));
    }
    Ok(())
}

/// Says of a file that it is neither what could be shown.
fn neither(path: &Path, failed: Failed) -> Failed {
    let why: String = failed.diagnostics.iter().map(|it| format!(" {}", it.detail)).collect();
    let detail = format!("{} is neither a state file nor a saved plan.{why}", path.display());
    Failed::new([Diagnostic::error("Failed to read the given file as a state or plan file", detail)])
}

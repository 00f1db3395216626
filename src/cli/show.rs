//! `show`: the current state, a state file or a saved plan; `-json` in Terraform's published format.

use super::{
    SUCCESS,
    args::Show as Options,
    session::{Failed, open, save},
    terminal::Terminal,
};
use crate::{state, ui};

pub fn run(options: &Options, terminal: &Terminal) -> u8 {
    match go(options, terminal) {
        Ok(()) => SUCCESS,
        Err(failed) => failed.show(terminal, false),
    }
}

fn go(options: &Options, terminal: &Terminal) -> Result<(), Failed> {
    let providers = open::providers();
    let schema = |key: &_, mode, name: &str| open::schema(&providers, key, mode, name);
    let Some(path) = &options.path else {
        let state = open::read_state(None)?;
        return show_state(&state, &providers, terminal);
    };
    match open::state_file(path) {
        Some(state) => show_state(&state?, &providers, terminal),
        None => {
            let saved = save::read(path)?;
            terminal.print(&ui::plan::render(&saved.plan, &schema, terminal.style));
            Ok(())
        }
    }
}

fn show_state(
    state: &state::State,
    providers: &open::Providers,
    terminal: &Terminal,
) -> Result<(), Failed> {
    let schema = |key: &_, mode, name: &str| open::schema(providers, key, mode, name);
    if state.is_empty() {
        terminal.print("The state file is empty. No resources are represented.\n");
    } else {
        terminal.print(&ui::plan::render_state(state, &schema, terminal.style));
    }
    Ok(())
}

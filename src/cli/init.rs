//! `init`: nothing has to be downloaded for built-in providers; modules and configuration are checked.

use super::{FAILURE, SUCCESS, args::Init as Options, session::open, terminal::Terminal};
use crate::diagnostic::has_errors;

pub fn run(_options: &Options, terminal: &Terminal) -> u8 {
    terminal.print("Initializing the backend...\nInitializing modules...\n");
    let (diagnostics, sources, providers) = open::initialize();
    if !has_errors(&diagnostics) {
        terminal.print("Initializing provider plugins...\n");
        for source in &providers {
            terminal.print(&format!("- {source} is built in to rforge; nothing to download\n"));
        }
    }
    terminal.diagnostics(&diagnostics, &sources);
    if has_errors(&diagnostics) {
        return FAILURE;
    }
    terminal.print(
        "\nrforge has been successfully initialized!\n\nYou may now begin working with rforge. Try running \"rforge \
         plan\" to see\nany changes that are required for your infrastructure.\n",
    );
    SUCCESS
}

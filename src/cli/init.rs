//! `init`: installs modules and checks the configuration. Providers are built in.

use super::{
    FAILURE, SUCCESS,
    args::Init as Options,
    session::{Failed, modules, open},
    terminal::Terminal,
};
use crate::diagnostic::has_errors;

pub fn run(options: &Options, terminal: &Terminal) -> u8 {
    if let Some(source) = &options.from_module
        && let Err(diagnostics) = modules::copy(source, terminal)
    {
        return Failed::new(diagnostics).show(terminal, false);
    }
    terminal.print("Initializing the backend...\n");
    if options.get {
        let heading = if options.upgrade { "Upgrading modules...\n" } else { "Initializing modules...\n" };
        let outcome = modules::install(options.upgrade, heading, terminal);
        if has_errors(&outcome.diagnostics) {
            return Failed { diagnostics: outcome.diagnostics, sources: outcome.configuration.sources }
                .show(terminal, false);
        }
    }
    let (diagnostics, sources, providers) = open::initialize();
    if !has_errors(&diagnostics) {
        terminal.print("Initializing provider plugins...\n");
        for (provider, version) in &providers {
            let version = version.map_or_else(String::new, |it| format!(" v{it}"));
            terminal.print(&format!("- {provider}{version} is built in to rforge; nothing to download\n"));
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

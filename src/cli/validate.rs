//! `validate`: everything that can be said of a configuration without state, variables or requests.

use super::{FAILURE, SUCCESS, args::Validate as Options, session, terminal::Terminal};
use crate::{diagnostic::has_errors, ui};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let root = session::open::root();
    let folder = options.folder.as_deref().unwrap_or(&root);
    let (mut diagnostics, sources) =
        session::validate::validate(folder, (!options.no_tests).then_some(options.test_directory.as_path()));
    diagnostics.extend(session::published::overridden());
    let valid = !has_errors(&diagnostics);
    if options.json {
        terminal.indented_json(&ui::stream::validation(&diagnostics, &sources));
    } else {
        terminal.diagnostics(&diagnostics, &sources);
        if valid {
            let success = terminal.style.bold(&terminal.style.green("Success!"));
            let but =
                if diagnostics.is_empty() { "" } else { ", but there were some validation warnings as shown above" };
            let text = terminal.style.paragraph(&format!("Success! The configuration is valid{but}."));
            terminal.print(&format!("{}\n", text.replacen("Success!", &success, 1)));
        }
    }
    if valid { SUCCESS } else { FAILURE }
}

//! `providers mirror`: fills a folder with the packages that the configuration requires.

use super::lock::platforms;
use crate::{
    cli::{
        FAILURE, SUCCESS,
        args::ProvidersMirror as Options,
        session::{Failed, open},
        terminal::Terminal,
    },
    diagnostic::{Diagnostic, has_errors},
    install::packages::{self, LOCK_FILE, Locks, Mirroring, inconsistent, shown},
    lang::load::{self, Files},
    product::{COMMAND, PRODUCT},
};
use std::path::Path;

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let [folder] = &options.folder[..] else {
        let detail = "The providers mirror command requires an output directory as a command-line argument.";
        return Failed::new([Diagnostic::error("No output directory specified", detail)]).show(terminal, false);
    };
    let platforms = match platforms(&options.platform) {
        Ok(platforms) => platforms,
        Err(errors) => return Failed::new(errors).show(terminal, false),
    };
    let (configuration, mut diagnostics) = load::load_from(&Files::disk(), &open::root(), &open::load_options());
    let mut sources = configuration.sources.clone();
    let requirements = packages::required(&configuration);
    let locks = Locks::read(Path::new(LOCK_FILE), &mut sources, &mut diagnostics);
    let locks = Some(&locks).filter(|it| options.lock_file && !it.0.is_empty());
    let wrong = locks.map(|it| inconsistent(&requirements, it)).unwrap_or_default();
    if !has_errors(&diagnostics) && !wrong.is_empty() {
        let detail = format!(
            "To update the locked dependency selections to match a changed configuration, run:\n  {COMMAND} init -upgrade\n \
             got:[{}]",
            wrong.join(" ")
        );
        diagnostics.push(Diagnostic::error("Inconsistent dependency lock file", detail));
    }
    if has_errors(&diagnostics) {
        return Failed { diagnostics, sources }.show(terminal, false);
    }
    diagnostics.extend(packages::mirror(&requirements, locks, &platforms, folder, &mut |event| {
        terminal.print(&match event {
            Mirroring::BuiltIn(it) => format!("- Skipping {} because it is built in to {PRODUCT} CLI\n", shown(it)),
            Mirroring::Provider(it) => format!("- Mirroring {}...\n", shown(it)),
            Mirroring::Selected(version, why) => format!("  - Selected v{version} {why}\n"),
            Mirroring::Downloading(platform) => format!("  - Downloading package for {platform}...\n"),
            Mirroring::Authenticated(vouched) => format!("  - Package authenticated: {vouched}\n"),
        });
    }));
    terminal.diagnostics(&diagnostics, &sources);
    if has_errors(&diagnostics) { FAILURE } else { SUCCESS }
}

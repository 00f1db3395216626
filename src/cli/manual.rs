//! `man`: manual pages, where `man` finds them.

use super::{FAILURE, SUCCESS, args, terminal::Terminal};
use crate::diagnostic::Diagnostic;
use std::{fs, path::Path};

pub(super) fn run(folder: &Path, terminal: &Terminal) -> u8 {
    let pages = args::pages();
    let write = || pages.iter().try_for_each(|(name, text)| fs::write(folder.join(name), text));
    match fs::create_dir_all(folder).and_then(|()| write()) {
        Ok(()) => {
            terminal.print(&format!("{} manual pages are in {}.\n", pages.len(), folder.display()));
            SUCCESS
        }
        Err(error) => {
            let detail = format!("The manual pages cannot be written to {}: {error}.", folder.display());
            terminal.diagnostics(&[Diagnostic::error("Failed to write manual pages", detail)], &Default::default());
            FAILURE
        }
    }
}

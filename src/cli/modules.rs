//! `modules`: what the configuration calls, where it comes from and which versions are installed.

use super::{SUCCESS, args::Modules as Options, session::open, terminal::Terminal};
use crate::{
    lang::load::{Files, Manifest},
    ui,
};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let files = Files::disk();
    let configuration = match open::declarations(&files) {
        Ok((configuration, _)) => configuration,
        Err(failed) => return failed.show(terminal, false),
    };
    let manifest = Manifest::read(&files, &open::load_options().data_folder);
    if options.json {
        terminal.json(&ui::modules::json(&configuration, &manifest));
    } else {
        terminal.print(&ui::modules::render(&configuration, &manifest));
    }
    SUCCESS
}

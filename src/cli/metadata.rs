//! `metadata functions`: the functions of the language, for editors.

use super::{
    FAILURE, SUCCESS,
    args::{Metadata as Options, MetadataCommand},
    terminal::Terminal,
};
use crate::product::COMMAND;
use crate::{diagnostic::Diagnostic, ui};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let MetadataCommand::Functions { json, .. } = options.command;
    if json {
        terminal.json(&ui::json::functions());
        return SUCCESS;
    }
    let error = Diagnostic::error(format!("The `{COMMAND} metadata functions` command requires the `-json` flag"), "");
    terminal.diagnostics(&[error], &Default::default());
    FAILURE
}

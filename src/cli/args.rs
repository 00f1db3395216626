//! Arguments, with Terraform's habits: `-flag` and `--flag` are the same, `-chdir` stands before the command, and
//! `TF_CLI_ARGS` adds more. `commands` declares what there is, for clap; `line` finds the command, `flags` reads its
//! options, `help` prints what is declared.

mod commands;
mod complete;
mod flags;
mod help;
mod line;
mod manual;
mod state;
mod workspace;

use super::FAILURE;
use crate::{diagnostic::Diagnostic, product::COMMAND};
use clap::{CommandFactory, FromArgMatches, Parser, error::ContextKind, error::ErrorKind};
pub use commands::*;
pub use complete::{Question, Surroundings, Values, candidates};
pub use manual::pages;
pub use state::{Replacing, State, StateCommand, StateEdit, StateList, StateMove, StatePush, StateShow, Taint};
use std::{ffi::OsString, path::PathBuf};
pub use workspace::{Workspace, WorkspaceCommand};

/// Reconciles AWS with configurations in the Terraform language.
#[derive(Debug, Parser)]
#[command(name = "rforge", disable_version_flag = true, disable_help_flag = true, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[arg(skip)]
    pub global: Global,
}

/// What is read before the options of the command.
#[derive(Debug, Default)]
pub struct Global {
    /// The working directory to change to.
    pub chdir: Option<PathBuf>,
    pub no_color: bool,
    /// Warnings as their summaries only.
    pub compact_warnings: bool,
    /// `-show-user-data`
    pub show_user_data: bool,
    /// Whether built-in providers serve anything: not with `-native=false`.
    pub native: bool,
    /// `-plugin-processes`
    pub plugin_processes: Option<usize>,
    /// `-var` and `-var-file` in the order in which they were given, which decides between them.
    pub given: Vec<Given>,
}

/// A variable from the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// `name=value`
    Variable(String),
    File(PathBuf),
}

/// Why no command runs.
#[derive(Debug)]
pub enum Refusal {
    /// Help was asked for.
    Help(String),
    /// A command is missing: how to name one, and the exit code.
    Usage { text: String, code: u8 },
    /// There is no such command.
    UnknownCommand(String),
    /// What is wrong, and the words that print more help.
    Mistake(Box<Diagnostic>, Option<String>),
}

impl Refusal {
    /// `path` leads from the program to the command.
    fn mistake(error: Diagnostic, path: &[&clap::Command]) -> Self {
        let words: Vec<&str> = path.iter().map(|it| it.get_name()).collect();
        Self::Mistake(Box::new(error), (!words.is_empty()).then(|| words.join(" ")))
    }
}

/// The shells that commands can be completed in.
pub const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

/// Everything that is declared.
pub fn declared() -> clap::Command {
    Arguments::command().name(COMMAND.as_str())
}

impl Arguments {
    /// Parses the arguments of the process; `environment` gives `TF_CLI_ARGS` and its likes.
    pub fn parse(
        arguments: impl IntoIterator<Item = OsString>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Refusal> {
        let mut program = declared();
        program.build();
        let words = arguments.into_iter().skip(1).map(|it| it.to_string_lossy().into_owned()).collect();
        let line = line::read(&program, words, environment)?;
        let command = line.path[line.path.len() - 1];
        let refuse = |error| Refusal::mistake(error, &line.path);
        let words = flags::read(command, line.words).map_err(refuse)?;
        let path = line.path.iter().map(|it| it.get_name().to_owned());
        let canonical = path.chain(words.options).chain(["--".to_owned()]).chain(words.positionals);
        let matches = declared().try_get_matches_from(canonical).map_err(|error| refuse(of_clap(&error)))?;
        let mut parsed = Self::from_arg_matches(&matches).map_err(|error| refuse(of_clap(&error)))?;
        if let Command::Destroy(options) = &mut parsed.command {
            // `destroy` is another word for `apply -destroy`.
            options.planning.destroy = true;
        }
        let (chdir, no_color, compact_warnings) = (line.chdir, line.no_color, line.compact_warnings);
        let (show_user_data, native, plugin_processes) = (line.show_user_data, line.native, line.plugin_processes);
        let given = words.given;
        parsed.global = Global { chdir, no_color, compact_warnings, show_user_data, native, plugin_processes, given };
        Ok(parsed)
    }
}

/// What clap finds wrong: values that do not fit, and options that exclude each other.
fn of_clap(error: &clap::Error) -> Diagnostic {
    // `--lock-timeout <DURATION>`
    let option = |kind| {
        let text = error.get(kind).map(ToString::to_string).unwrap_or_default();
        let name = text.split([' ', '=', '[']).next().unwrap_or_default();
        name.strip_prefix('-').unwrap_or(name).to_owned()
    };
    match error.kind() {
        ErrorKind::ArgumentConflict => {
            let detail = format!(
                "The {} and {} options are mutually exclusive.",
                option(ContextKind::PriorArg),
                option(ContextKind::InvalidArg)
            );
            Diagnostic::error("Incompatible options", detail)
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let value = error.get(ContextKind::InvalidValue).map(ToString::to_string).unwrap_or_default();
            let name = option(ContextKind::InvalidArg);
            flags::mistake(format!("invalid value {value:?} for flag {name}: parse error"))
        }
        _ => flags::mistake(error.to_string()),
    }
}

#[cfg(test)]
mod tests;

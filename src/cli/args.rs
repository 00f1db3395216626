//! Arguments, with Terraform's habits: `-flag` and `--flag` are the same, `-chdir` stands before the command, and
//! `TF_CLI_ARGS` adds more.

mod state;
mod workspace;

use crate::diagnostic::Diagnostic;
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
pub use state::{Replacing, State, StateCommand, StateEdit, StateList, StateMove, StatePush, StateShow, Taint};
use std::{ffi::OsString, path::PathBuf, time::Duration};
pub use workspace::{Workspace, WorkspaceCommand};

/// Reconciles AWS with configurations in the Terraform language.
#[derive(Debug, Parser)]
#[command(name = "rforge", disable_version_flag = true, infer_long_args = false)]
pub struct Arguments {
    /// Switch to a different working directory before executing the given command.
    #[arg(long, value_name = "DIR", require_equals = true)]
    pub chdir: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
    /// `-var` and `-var-file` in the order in which they were given, which decides between them.
    #[arg(skip)]
    pub given: Vec<Given>,
}

/// A variable from the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// `name=value`
    Variable(String),
    File(PathBuf),
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Prepare your working directory for other commands
    Init(Init),
    /// Install or upgrade the modules that the configuration calls
    Get(Get),
    /// Check whether the configuration is valid
    Validate(Validate),
    /// Show changes required by the current configuration
    Plan(Plan),
    /// Create or update infrastructure
    Apply(Apply),
    /// Destroy previously-created infrastructure
    Destroy(Apply),
    /// Update the state to match remote systems
    Refresh(Refresh),
    /// Associate existing infrastructure with a resource
    Import(Import),
    /// Show the current state or a saved plan
    Show(Show),
    /// Try expressions at an interactive command prompt
    Console(Console),
    /// Show output values from your root module
    Output(Output),
    /// Advanced state management
    State(State),
    /// Mark a resource instance as not fully functional, so that it is replaced
    Taint(Taint),
    /// Remove the "tainted" state from a resource instance
    Untaint(Taint),
    /// Release a stuck lock on the current workspace
    ForceUnlock {
        /// Do not ask for confirmation
        #[arg(long)]
        force: bool,
        id: String,
    },
    /// Generate a Graphviz graph of the steps in an operation
    Graph(Graph),
    /// Show the providers required for this configuration
    Providers(Providers),
    /// Metadata related commands
    Metadata(Metadata),
    /// Reformat your configuration in the standard style
    Fmt(Fmt),
    /// List, show, make, select and delete workspaces
    Workspace(Workspace),
    /// Show the current rforge version
    Version(Version),
}

#[derive(Debug, Args)]
pub struct Init {
    #[command(flatten)]
    pub view: View,
    /// Install the newest versions of modules that the configuration allows, whatever is installed
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, action = ArgAction::Set)]
    pub upgrade: bool,
    /// Copy this module into the working directory first, which has to be empty
    #[arg(long, value_name = "SOURCE")]
    pub from_module: Option<String>,
    /// Prepare the backend, which those of type "local" do not need
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = true, action = ArgAction::Set)]
    pub backend: bool,
    #[arg(long, hide = true)]
    backend_config: Vec<String>,
    #[arg(long, hide = true)]
    reconfigure: bool,
    #[arg(long, hide = true)]
    migrate_state: bool,
    /// Install modules
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = true, action = ArgAction::Set)]
    pub get: bool,
    #[arg(long, hide = true, num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    input: Option<String>,
    #[arg(long, hide = true)]
    lockfile: Option<String>,
    #[arg(long, hide = true)]
    plugin_dir: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Get {
    #[command(flatten)]
    pub view: View,
    /// Install the newest versions that the configuration allows, whatever is installed
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, action = ArgAction::Set)]
    pub update: bool,
    #[arg(long, hide = true)]
    test_directory: Option<String>,
}

#[derive(Debug, Args)]
pub struct Validate {
    #[command(flatten)]
    pub view: View,
}

#[derive(Debug, Args)]
pub struct View {
    /// Print without color
    #[arg(long)]
    pub no_color: bool,
    /// Machine-readable output
    #[arg(long)]
    pub json: bool,
    /// Show warnings in a compact form that includes only the summary messages
    #[arg(long)]
    pub compact_warnings: bool,
}

/// Where state is and how it is locked.
#[derive(Debug, Args)]
pub struct Where {
    /// Path of the state file
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    /// Path to write state to, instead of that of -state
    #[arg(long, value_name = "PATH")]
    pub state_out: Option<PathBuf>,
    /// Path of the backup; "-" makes none
    #[arg(long, value_name = "PATH")]
    pub backup: Option<String>,
    #[command(flatten)]
    pub locking: Locking,
}

#[derive(Debug, Args)]
pub struct Locking {
    /// Hold a state lock while working
    #[arg(long, default_value_t = true, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub lock: bool,
    /// How long to retry a state lock: 0s, 10s, 3m
    #[arg(long, value_name = "DURATION", default_value = "0s")]
    lock_timeout: String,
}

impl Locking {
    /// `0s`, `90s`, `5m`, `1h30m`
    pub fn lock_timeout(&self) -> Result<Duration, Diagnostic> {
        let text = &self.lock_timeout;
        let wrong = || {
            Diagnostic::error(
                "Invalid lock timeout",
                format!("{text:?} is not a duration like \"0s\", \"90s\" or \"5m\"."),
            )
        };
        let mut total = Duration::ZERO;
        let mut digits = String::new();
        for it in text.chars() {
            let seconds = match it {
                'h' => 3600,
                'm' => 60,
                's' => 1,
                _ => {
                    digits.push(it);
                    continue;
                }
            };
            total += Duration::from_secs(digits.parse::<u32>().map_err(|_| wrong())?.into()) * seconds;
            digits.clear();
        }
        if digits.is_empty() && !text.is_empty() { Ok(total) } else { Err(wrong()) }
    }
}

/// Values of root variables.
#[derive(Debug, Args)]
pub struct Variables {
    /// Set a value for one of the input variables: name=value
    #[arg(long = "var", value_name = "NAME=VALUE", allow_hyphen_values = true)]
    var: Vec<String>,
    /// Load variable values from the given file
    #[arg(long = "var-file", value_name = "FILE")]
    var_file: Vec<PathBuf>,
    /// Ask for input for variables if not directly set
    #[arg(long, default_value_t = true, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub input: bool,
}

/// What to plan.
#[derive(Debug, Args)]
pub struct Planning {
    /// Plan to destroy everything
    #[arg(long)]
    pub destroy: bool,
    /// Only bring state up to date with what is there
    #[arg(long, conflicts_with = "destroy")]
    pub refresh_only: bool,
    /// Read every object before planning
    #[arg(long, default_value_t = true, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub refresh: bool,
    /// Replace this resource instance
    #[arg(long, value_name = "ADDRESS")]
    pub replace: Vec<String>,
    /// Limit the plan to this module, resource or instance and what it depends on
    #[arg(long, value_name = "ADDRESS")]
    pub target: Vec<String>,
    /// How many steps may run at once
    #[arg(long, default_value_t = 64)]
    pub parallelism: usize,
}

#[derive(Debug, Args)]
pub struct Plan {
    #[command(flatten)]
    pub planning: Planning,
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub view: View,
    /// Exit codes: 0 = no changes, 1 = error, 2 = changes
    #[arg(long)]
    pub detailed_exitcode: bool,
    /// Write the plan to this file
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Write resource blocks for imported objects that have none to this new file
    #[arg(long, value_name = "PATH")]
    pub generate_config_out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Apply {
    #[command(flatten)]
    pub planning: Planning,
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub view: View,
    /// Skip interactive approval of the plan
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, action = ArgAction::Set)]
    pub auto_approve: bool,
    /// A plan that was saved with -out
    pub plan_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Refresh {
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub view: View,
    #[arg(long, value_name = "ADDRESS")]
    pub target: Vec<String>,
    #[arg(long, hide = true)]
    parallelism: Option<usize>,
}

#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub view: View,
    /// The resource instance to import to
    pub address: String,
    /// The id of the object, in the form that the resource type documents
    pub id: String,
}

#[derive(Debug, Args)]
pub struct Show {
    #[command(flatten)]
    pub view: View,
    /// A state file or saved plan; without it, the current state
    pub path: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Output {
    #[command(flatten)]
    pub view: View,
    /// Print the raw string of one output
    #[arg(long, conflicts_with = "json")]
    pub raw: bool,
    /// Path of the state file
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    /// The output to print; without it, all
    pub name: Option<String>,
}

#[derive(Debug, Args)]
pub struct Console {
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    /// Evaluate against the planned state instead of the current one
    #[arg(long)]
    pub plan: bool,
    /// Print without color
    #[arg(long)]
    pub no_color: bool,
}

#[derive(Debug, Args)]
pub struct Fmt {
    /// Name the files whose formatting differs
    #[arg(long, default_value_t = true, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub list: bool,
    /// Write to the files; never with -check or standard input
    #[arg(long, default_value_t = true, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub write: bool,
    /// Show what changes
    #[arg(long, default_value_t = false, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub diff: bool,
    /// Exit code 3 unless every file is formatted already; writes nothing
    #[arg(long, default_value_t = false, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub check: bool,
    /// Also those in folders below
    #[arg(long, default_value_t = false, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
    pub recursive: bool,
    /// Print without color
    #[arg(long)]
    pub no_color: bool,
    /// Files and folders; "-" is standard input; without any, the current folder
    pub targets: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Graph {
    /// What to draw: plan, plan-refresh-only, plan-destroy or apply; without it, the resources only
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Draw what a saved plan does
    #[arg(long, value_name = "PATH")]
    pub plan: Option<PathBuf>,
    /// Accepted for scripts; a cycle is an error that names it.
    #[arg(long)]
    draw_cycles: bool,
    #[arg(long, hide = true)]
    module_depth: Option<i64>,
    #[arg(long, hide = true)]
    verbose: bool,
    /// Print without color
    #[arg(long)]
    pub no_color: bool,
}

#[derive(Debug, Args)]
pub struct Metadata {
    #[command(subcommand)]
    pub command: MetadataCommand,
}

#[derive(Debug, Subcommand)]
pub enum MetadataCommand {
    /// Show signatures and descriptions of the functions of the language
    Functions {
        /// The only form there is
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Providers {
    #[command(subcommand)]
    pub command: Option<ProvidersCommand>,
    /// Print without color
    #[arg(long)]
    pub no_color: bool,
    #[arg(long, hide = true)]
    test_directory: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum ProvidersCommand {
    /// Accepted for scripts; providers are built in, so that there is nothing to lock
    Lock {
        #[arg(hide = true, allow_hyphen_values = true, trailing_var_arg = true)]
        arguments: Vec<String>,
    },
    /// Show schemas for the providers used in the configuration
    Schema {
        /// The only form there is
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub struct Version {
    #[arg(long)]
    pub json: bool,
}

impl Arguments {
    /// Parses the arguments of the process; `environment` gives `TF_CLI_ARGS` and its likes.
    pub fn parse(
        arguments: impl IntoIterator<Item = OsString>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, clap::Error> {
        let arguments = doubled(with_environment(with_version(arguments.into_iter().collect()), environment));
        let matches = Self::command().try_get_matches_from(&arguments)?;
        let mut parsed = Self::from_arg_matches(&matches)?;
        parsed.given = given(&arguments);
        Ok(parsed)
    }

    pub fn no_color(&self) -> bool {
        match &self.command {
            Command::State(State { command: StateCommand::Show(it) }) => it.no_color,
            Command::Console(it) => it.no_color,
            Command::Fmt(it) => it.no_color,
            Command::Graph(it) => it.no_color,
            Command::Providers(it) => it.no_color,
            Command::Workspace(it) => it.no_color,
            _ => self.view().is_some_and(|it| it.no_color),
        }
    }

    pub fn compact_warnings(&self) -> bool {
        self.view().is_some_and(|it| it.compact_warnings)
    }

    fn view(&self) -> Option<&View> {
        match &self.command {
            Command::Init(it) => Some(&it.view),
            Command::Get(it) => Some(&it.view),
            Command::Validate(it) => Some(&it.view),
            Command::Plan(it) => Some(&it.view),
            Command::Apply(it) | Command::Destroy(it) => Some(&it.view),
            Command::Refresh(it) => Some(&it.view),
            Command::Import(it) => Some(&it.view),
            Command::Show(it) => Some(&it.view),
            Command::Output(it) => Some(&it.view),
            Command::Console(_)
            | Command::State(_)
            | Command::Taint(_)
            | Command::Untaint(_)
            | Command::ForceUnlock { .. }
            | Command::Fmt(_)
            | Command::Graph(_)
            | Command::Providers(_)
            | Command::Metadata(_)
            | Command::Workspace(_)
            | Command::Version(_) => None,
        }
    }
}

/// `-version` and `-v` in place of a command.
fn with_version(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if let Some(first) =
        arguments.get_mut(1).filter(|it| ["-version", "--version", "-v"].iter().any(|name| *it == name))
    {
        *first = "version".into();
    }
    arguments
}

/// Commands that are two words.
const GROUPS: &[&str] = &["metadata", "providers", "state", "workspace"];

/// Adds `TF_CLI_ARGS` and `TF_CLI_ARGS_<command>` right behind the command, so that the command line wins. The words of
/// `state list` are joined: `TF_CLI_ARGS_state_list`.
fn with_environment(mut arguments: Vec<OsString>, environment: &dyn Fn(&str) -> Option<String>) -> Vec<OsString> {
    let command = arguments.iter().skip(1).position(|it| !it.to_string_lossy().starts_with('-')).map(|at| at + 1);
    let Some(mut at) = command else { return arguments };
    let mut specific = format!("TF_CLI_ARGS_{}", arguments[at].to_string_lossy());
    let second = arguments.get(at + 1).map(|it| it.to_string_lossy()).filter(|it| !it.starts_with('-'));
    if let Some(second) = second.filter(|_| GROUPS.iter().any(|it| arguments[at] == *it)) {
        specific = format!("{specific}_{second}");
        at += 1;
    }
    let more = ["TF_CLI_ARGS", &specific].into_iter().filter_map(environment);
    let more: Vec<OsString> = more.flat_map(|it| words(&it)).map(OsString::from).collect();
    arguments.splice(at + 1..at + 1, more);
    arguments
}

/// Splits at spaces outside of quotes, as a shell does.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for it in text.chars() {
        match (quote, it) {
            (Some(open), it) if it == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(it);
                word.get_or_insert_default();
            }
            (None, it) if it.is_whitespace() => words.extend(word.take()),
            (_, it) => word.get_or_insert_default().push(it),
        }
    }
    words.extend(word);
    words
}

/// `-flag` as `--flag`. The value of a flag that takes the next argument is left alone.
fn doubled(arguments: Vec<OsString>) -> Vec<OsString> {
    let mut is_value = false;
    arguments
        .into_iter()
        .map(|argument| {
            let text = argument.to_string_lossy();
            let takes_next = matches!(&*text, "-var" | "--var" | "-var-file" | "--var-file");
            let single = text.len() > 2 && text.starts_with('-') && !text.starts_with("--");
            let doubled = if single && !is_value { OsString::from(format!("-{text}")) } else { argument.clone() };
            is_value = takes_next && !is_value;
            doubled
        })
        .collect()
}

/// `-var` and `-var-file`, in order.
fn given(arguments: &[OsString]) -> Vec<Given> {
    let mut given = Vec::new();
    let mut rest = arguments.iter().map(|it| it.to_string_lossy());
    while let Some(argument) = rest.next() {
        let mut value = |name: &str| -> Option<String> {
            let tail = argument.strip_prefix(name)?;
            match tail.strip_prefix('=') {
                Some(value) => Some(value.to_owned()),
                None if tail.is_empty() => rest.next().map(|it| it.into_owned()),
                None => None,
            }
        };
        if let Some(file) = value("--var-file") {
            given.push(Given::File(file.into()));
        } else if let Some(variable) = value("--var") {
            given.push(Given::Variable(variable));
        }
    }
    given
}

#[cfg(test)]
mod tests;

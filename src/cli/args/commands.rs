//! The commands and their options, as clap declares them. An option that is true unless given is described by what it does
//! when it is false.

use super::{State, Taint, Workspace};
use clap::{ArgAction, Args, Subcommand};
use std::{path::PathBuf, time::Duration};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Prepare your working directory for other commands
    ///
    /// Installs the modules that the configuration calls and the providers that are not built in, and checks that
    /// the built-in ones suit its constraints. Run it first in a new working directory, and again whenever module
    /// calls or provider requirements change. It changes neither the configuration nor state.
    Init(Init),
    /// Check whether the configuration is valid
    ///
    /// Looks at the configuration in the working directory alone: no state, no variables from outside, no
    /// requests. Prints every mistake that can be found this way, with its place.
    Validate(Validate),
    /// Show changes required by the current configuration
    ///
    /// Reads what exists, compares it with the configuration and prints what "rforge apply" would do. Nothing
    /// is changed. The plan can be saved with -out, so that apply does exactly this.
    Plan(Plan),
    /// Create or update infrastructure
    ///
    /// Makes a plan, asks whether to go on, and does it. Where a saved plan is given, that one is done without
    /// asking, and the planning options are not accepted.
    Apply(Apply),
    /// Destroy previously-created infrastructure
    ///
    /// Plans to destroy every object that state holds, asks, and does it: "rforge apply -destroy".
    Destroy(Apply),
    /// Install or upgrade the modules that the configuration calls
    ///
    /// "rforge init" does it too, so that this command is seldom needed. What is installed already stays as it is
    /// unless -update is given.
    Get(Get),
    /// Update the state to match remote systems
    ///
    /// Reads every object and writes what it found to state: "rforge apply -refresh-only -auto-approve".
    Refresh(Refresh),
    /// Associate existing infrastructure with a resource
    ///
    /// Reads the object with this id and puts it into state at the address, which the configuration has to
    /// declare. Import blocks do the same as part of a plan, which can be looked at first.
    Import(Import),
    /// Show the current state or a saved plan
    ///
    /// Prints a state or plan file, or the current state where no file is named.
    Show(Show),
    /// Execute integration tests for the modules of the configuration
    ///
    /// Executes the run blocks of .tftest.hcl files in the working directory and in the folder for tests, one after the other,
    /// and checks their assertions. What is not mocked is created, and destroyed at the end of the file. The state of
    /// what was created is kept in .terraform/tests until then.
    Test(Test),
    /// Try expressions at an interactive command prompt
    ///
    /// Evaluates expressions against the configuration and the current state. Each line of a pipe is an
    /// expression, and the value of the last one is printed.
    Console(Console),
    /// Show output values from your root module
    ///
    /// Prints the output values that state holds: all of them, or the one with this name.
    Output(Output),
    /// Obtain and save credentials for a remote host
    ///
    /// Gets a token for a host, with a browser, and keeps it in ~/.terraform.d/credentials.tfrc.json, or gives it to the
    /// credentials helper that the settings name. "rforge init" shows it to the module registry of that host. Without a
    /// host it is app.terraform.io.
    Login(Login),
    /// Remove locally-stored credentials for a remote host
    ///
    /// Removes the token of a host from where "rforge login" keeps it. The host still accepts it until it is revoked
    /// there. Without a host it is app.terraform.io.
    Logout(Logout),
    /// List the modules that the configuration declares
    ///
    /// Prints the modules that are called, with their sources and the versions that are installed.
    Modules(Modules),
    /// Advanced state management
    ///
    /// Looks at and changes what state says, without touching the objects that it describes. What changes
    /// state leaves a backup.
    State(State),
    /// Mark a resource instance as not fully functional
    ///
    /// The next plan replaces an instance that is marked. "rforge plan -replace=ADDRESS" does the same without
    /// changing state beforehand.
    Taint(Taint),
    /// Remove the "tainted" state from a resource instance
    ///
    /// What was marked, by "rforge taint" or because creating it failed half way, counts as sound again and is
    /// not replaced.
    Untaint(Taint),
    /// Release a stuck lock on the current workspace
    ForceUnlock {
        /// Do not ask for confirmation.
        #[arg(long)]
        force: bool,
        #[arg(value_name = "LOCK_ID")]
        id: String,
    },
    /// Generate a Graphviz graph of the steps in an operation
    ///
    /// Prints, in the DOT language, which resources depend on which, or with -type what an operation does in
    /// which order.
    Graph(Graph),
    /// Show the providers required for this configuration
    ///
    /// Prints the modules of the configuration as a tree, with the providers that each of them requires.
    Providers(Providers),
    /// Metadata related commands
    ///
    /// Facts about rforge itself, for editors and other tools.
    Metadata(Metadata),
    /// Reformat your configuration in the standard style
    ///
    /// Rewrites .tf, .tfvars and .tftest.hcl files in their canonical form and prints the names of those that
    /// changed. Targets are files and directories; "-" is standard input, and without any target it is the
    /// working directory. JSON is left alone.
    Fmt(Fmt),
    /// Workspace management
    ///
    /// Lists, shows, makes, selects and deletes workspaces: several states of one configuration.
    #[command(alias = "env")]
    Workspace(Workspace),
    /// Show the current rforge version
    ///
    /// Prints the version of rforge, the version of Terraform whose language it accepts, and the providers that
    /// are built in.
    Version(Version),
    /// Show the help of a command
    ///
    /// Prints what "rforge COMMAND -help" prints; without a command, what "rforge -help" prints.
    Help {
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
    /// Print a script that completes commands in a shell
    ///
    /// The shell is bash, zsh or fish. "rforge -install-autocomplete" puts what is needed where the shells of this
    /// user look for it.
    Completion {
        #[arg(value_name = "SHELL")]
        shell: String,
    },
    /// Write manual pages
    ///
    /// Writes one page for rforge and one for each command into the directory, which is made if need be:
    /// "rforge man ~/.local/share/man/man1".
    Man {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct Init {
    /// Print a line of JSON for each message.
    #[arg(long)]
    pub json: bool,
    /// Install the newest versions of modules and providers that the configuration allows, whatever is installed.
    #[arg(long)]
    pub upgrade: bool,
    /// Copy this module into the working directory first, which has to be empty.
    #[arg(long, value_name = "SOURCE")]
    pub from_module: Option<String>,
    /// Leave the backend alone.
    #[arg(long, default_value_t = true, action = ArgAction::Set)]
    pub backend: bool,
    /// Do not install modules.
    #[arg(long, default_value_t = true, action = ArgAction::Set)]
    pub get: bool,
    /// Where test files are, besides the working directory: "tests" unless given.
    #[arg(long, value_name = "DIR", default_value = "tests")]
    pub test_directory: PathBuf,
    #[arg(long, hide = true)]
    pub backend_config: Vec<String>,
    /// "readonly": use what the lock file has, and do not write it.
    #[arg(long, value_name = "MODE")]
    pub lockfile: Option<String>,
    /// Install providers from this folder alone, which is laid out like a mirror. Can be given several times.
    #[arg(long, value_name = "DIR")]
    pub plugin_dir: Vec<PathBuf>,
    #[command(flatten)]
    accepted: AcceptedByInit,
}

/// What Terraform's `init` takes and ours has no use for: the backend is a file.
#[derive(Debug, Args)]
struct AcceptedByInit {
    #[arg(long, hide = true, conflicts_with = "migrate_state")]
    reconfigure: bool,
    #[arg(long, hide = true, conflicts_with = "json")]
    migrate_state: bool,
    #[arg(long, hide = true, default_value_t = true, action = ArgAction::Set)]
    cloud: bool,
    #[arg(long, hide = true)]
    force_copy: bool,
    #[arg(long, hide = true)]
    ignore_remote_version: bool,
    #[arg(long, hide = true, default_value_t = true, action = ArgAction::Set)]
    input: bool,
    #[arg(long, hide = true, default_value_t = true, action = ArgAction::Set)]
    lock: bool,
    #[arg(long, hide = true)]
    lock_timeout: Option<String>,
    #[arg(long, hide = true)]
    target: Vec<String>,
    #[arg(long, hide = true)]
    var: Vec<String>,
    #[arg(long, hide = true)]
    var_file: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Get {
    /// Install the newest versions that the configuration allows, whatever is installed.
    #[arg(long)]
    pub update: bool,
    /// Where test files are, besides the working directory: "tests" unless given.
    #[arg(long, value_name = "DIR", default_value = "tests")]
    pub test_directory: PathBuf,
}

#[derive(Debug, Args)]
pub struct Login {
    #[arg(long, hide = true, default_value_t = true, action = ArgAction::Set)]
    pub input: bool,
    /// The host to log in to.
    #[arg(value_name = "HOST", default_value = DEFAULT_HOST, hide_default_value = true)]
    pub host: String,
}

#[derive(Debug, Args)]
pub struct Logout {
    /// The host to log out of.
    #[arg(value_name = "HOST", default_value = DEFAULT_HOST, hide_default_value = true)]
    pub host: String,
}

/// The host that is meant where none is named.
const DEFAULT_HOST: &str = "app.terraform.io";

#[derive(Debug, Args)]
pub struct Validate {
    /// Print one JSON document with all findings, for editors and scripts.
    #[arg(long)]
    pub json: bool,
    /// Do not look at test files.
    #[arg(long)]
    pub no_tests: bool,
    /// Where test files are, besides the working directory: "tests" unless given.
    #[arg(long, value_name = "DIR", default_value = "tests")]
    pub test_directory: PathBuf,
    /// The folder to check instead of the working directory.
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Test {
    /// Only execute the runs of this test file. Can be given several times.
    #[arg(long, value_name = "FILE")]
    pub filter: Vec<String>,
    /// Print a line of JSON for each message.
    #[arg(long)]
    pub json: bool,
    /// Write a report in JUnit's XML format to this file.
    #[arg(long, value_name = "FILE")]
    pub junit_xml: Option<PathBuf>,
    /// Where test files are, besides the working directory: "tests" unless given.
    #[arg(long, value_name = "DIR", default_value = "tests")]
    pub test_directory: PathBuf,
    /// Print the plan or the state of each run.
    #[arg(long)]
    pub verbose: bool,
    #[arg(long, hide = true)]
    pub cloud_run: Option<String>,
    /// Set a value for one of the input variables of the root module. Can be given several times.
    #[arg(long = "var", value_name = "NAME=VALUE", help_heading = VARIABLES)]
    var: Vec<String>,
    /// Load variable values from this file, besides terraform.tfvars and *.auto.tfvars. Can be given several times.
    #[arg(long = "var-file", value_name = "FILE", help_heading = VARIABLES)]
    var_file: Vec<PathBuf>,
    #[arg(hide = true)]
    ignored: Vec<String>,
}

/// Where state is and how it is locked.
#[derive(Debug, Args)]
pub struct Where {
    /// Path of the state file.
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    /// Path to write state to, instead of that of -state.
    #[arg(long, value_name = "PATH")]
    pub state_out: Option<PathBuf>,
    /// Path of the backup of state; "-" makes none.
    #[arg(long, value_name = "PATH")]
    pub backup: Option<String>,
    #[command(flatten)]
    pub locking: Locking,
}

#[derive(Clone, Copy, Debug, Args)]
pub struct Locking {
    /// Do not hold a state lock while working. Dangerous where others may work on the same state.
    #[arg(long, default_value_t = true, action = ArgAction::Set)]
    pub lock: bool,
    /// How long to wait for a state lock that someone else holds: 10s, 3m.
    #[arg(long, value_name = "DURATION", default_value = "0s", value_parser = duration)]
    pub lock_timeout: Duration,
}

/// What is negative does not wait either.
fn duration(text: &str) -> Result<Duration, &'static str> {
    let read = crate::duration::parse(text).map_err(|_| "parse error")?;
    Ok(read.try_into().unwrap_or_default())
}

/// Headings of options that several commands take.
const PLANNING: &str = "Planning options";
const VARIABLES: &str = "Input variables";

/// Values of root variables.
#[derive(Debug, Args)]
pub struct Variables {
    /// Set a value for one of the input variables of the root module. Can be given several times.
    #[arg(long = "var", value_name = "NAME=VALUE", help_heading = VARIABLES)]
    var: Vec<String>,
    /// Load variable values from this file, besides terraform.tfvars and *.auto.tfvars. Can be given several
    /// times; of two values of one variable the later one counts, be it from -var or a file.
    #[arg(long = "var-file", value_name = "FILE", help_heading = VARIABLES)]
    var_file: Vec<PathBuf>,
    /// Do not ask for variables that have no value.
    #[arg(long, default_value_t = true, action = ArgAction::Set, help_heading = VARIABLES)]
    pub input: bool,
}

/// What to plan.
#[derive(Debug, Args)]
pub struct Planning {
    /// Plan to destroy everything that state holds.
    #[arg(long, help_heading = PLANNING)]
    pub destroy: bool,
    /// Only bring state up to date with what is there.
    #[arg(long, conflicts_with = "destroy", help_heading = PLANNING)]
    pub refresh_only: bool,
    /// Plan from what state says, without reading the objects again.
    #[arg(long, default_value_t = true, action = ArgAction::Set, help_heading = PLANNING)]
    pub refresh: bool,
    /// Replace this resource instance. Can be given several times.
    #[arg(long, value_name = "ADDRESS", help_heading = PLANNING)]
    pub replace: Vec<String>,
    #[command(flatten)]
    pub part: Part,
    /// How many steps may run at once: 64 unless given.
    #[arg(long, value_name = "N", default_value_t = 64, help_heading = PLANNING)]
    pub parallelism: usize,
}

/// Of what of the configuration a plan is.
#[derive(Clone, Debug, Default, Args)]
pub struct Part {
    /// Limit the plan to this module, resource or instance and what it depends on. Can be given several times.
    #[arg(long, value_name = "ADDRESS", help_heading = PLANNING)]
    pub target: Vec<String>,
    /// Limit the plan to the addresses that this file lists, one a line; what starts with # is a comment.
    #[arg(long, value_name = "FILE", help_heading = PLANNING)]
    pub target_file: Vec<PathBuf>,
    /// Leave this module, resource or instance out of the plan, and what depends on it. Can be given several times,
    /// and not together with targets.
    #[arg(long, value_name = "ADDRESS", help_heading = PLANNING)]
    pub exclude: Vec<String>,
    /// Leave the addresses that this file lists out of the plan.
    #[arg(long, value_name = "FILE", help_heading = PLANNING)]
    pub exclude_file: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Plan {
    #[command(flatten)]
    pub planning: Planning,
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    /// Print a line of JSON for each message.
    #[arg(long)]
    pub json: bool,
    /// Exit with 0 if there is nothing to change, 1 after an error, 2 if there are changes.
    #[arg(long)]
    pub detailed_exitcode: bool,
    /// Write the plan to this file.
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Write resource blocks for imported objects that have none to this new file.
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
    /// Print a line of JSON for each message.
    #[arg(long)]
    pub json: bool,
    /// Do not ask before the plan is carried out.
    #[arg(long)]
    pub auto_approve: bool,
    #[arg(value_name = "PLAN")]
    pub plan_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Refresh {
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    /// Print a line of JSON for each message.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub part: Part,
    #[arg(long, hide = true)]
    parallelism: Option<usize>,
}

#[derive(Debug, Args)]
pub struct Import {
    /// The directory of the configuration, unless it is the working directory. State is that of the working directory.
    #[arg(long, value_name = "DIR")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    #[arg(long, hide = true)]
    parallelism: Option<usize>,
    #[arg(long, hide = true)]
    ignore_remote_version: bool,
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    #[arg(value_name = "ID")]
    pub id: String,
}

#[derive(Debug, Args)]
pub struct Show {
    /// Print one JSON document, in the format that Terraform publishes.
    #[arg(long)]
    pub json: bool,
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Output {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Print the text of one output as it is, without quotes and line end.
    #[arg(long, conflicts_with = "json")]
    pub raw: bool,
    /// Path of the state file.
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

#[derive(Debug, Args)]
pub struct Console {
    #[command(flatten)]
    pub variables: Variables,
    #[command(flatten)]
    pub place: Where,
    /// Make a plan and evaluate against the state that it leads to.
    #[arg(long)]
    pub plan: bool,
    #[arg(long, hide = true)]
    target: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Modules {
    /// Print one JSON document.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Fmt {
    /// Do not name the files whose formatting differs. Of standard input nothing is named.
    #[arg(long, default_value_t = true, action = ArgAction::Set)]
    pub list: bool,
    /// Do not write to the files. With -check and standard input, nothing is written anyway.
    #[arg(long, default_value_t = true, action = ArgAction::Set)]
    pub write: bool,
    /// Show what changes.
    #[arg(long)]
    pub diff: bool,
    /// Exit with 3 unless every file has its canonical form already.
    #[arg(long)]
    pub check: bool,
    /// Go through the directories below, too.
    #[arg(long)]
    pub recursive: bool,
    #[arg(value_name = "TARGET")]
    pub targets: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Graph {
    /// What to draw: plan, plan-refresh-only, plan-destroy or apply. Without it, only resources are drawn.
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Draw what a saved plan does.
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// Accepted for scripts; a cycle is an error that names it.
    #[arg(long)]
    draw_cycles: bool,
    #[arg(long, hide = true)]
    module_depth: Option<i64>,
    #[arg(long, hide = true)]
    verbose: bool,
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
        /// Print JSON: the only form there is, so that it has to be given.
        #[arg(long)]
        json: bool,
        #[arg(hide = true)]
        ignored: Vec<String>,
    },
}

#[derive(Debug, Args)]
pub struct Providers {
    #[command(subcommand)]
    pub command: Option<ProvidersCommand>,
    /// Show who serves each type of the configuration and the state: what is built in, or a published provider.
    #[arg(long)]
    pub coverage: bool,
    #[arg(long, hide = true)]
    test_directory: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum ProvidersCommand {
    /// Write out dependency locks for the configured providers
    ///
    /// Finds out the checksums of the packages of all providers that the configuration requires, and writes them into
    /// .terraform.lock.hcl, so that "init" can install them on all of the selected platforms. Versions that are
    /// locked stay. It asks the registries that the providers come from, whatever the settings say of mirrors.
    Lock(ProvidersLock),
    /// Save local copies of all required provider plugins
    ///
    /// Downloads a package of each provider that the configuration requires into the directory, which then is a
    /// filesystem mirror, or a network mirror once a web server offers it.
    Mirror(ProvidersMirror),
    /// Show schemas for the providers used in the configuration
    Schema {
        /// Print JSON: the only form there is, so that it has to be given.
        #[arg(long)]
        json: bool,
        #[arg(hide = true)]
        ignored: Vec<String>,
    },
}

#[derive(Debug, Args)]
pub struct ProvidersLock {
    /// Ask this filesystem mirror instead of the registries.
    #[arg(long, value_name = "DIR")]
    pub fs_mirror: Option<PathBuf>,
    /// Ask the network mirror at this URL instead of the registries.
    #[arg(long, value_name = "URL")]
    pub net_mirror: Option<String>,
    /// Get the checksums for this platform: linux_amd64. Can be given several times; it is this machine's unless given.
    #[arg(long, value_name = "OS_ARCH")]
    pub platform: Vec<String>,
    /// Use the shared cache of packages. It is faster, but what is in the cache was not asked of a registry now.
    #[arg(long)]
    pub enable_plugin_cache: bool,
    /// Of which providers; of all unless given.
    #[arg(value_name = "PROVIDER")]
    pub providers: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ProvidersMirror {
    /// Get packages for this platform: linux_amd64. Can be given several times; it is this machine's unless given.
    #[arg(long, value_name = "OS_ARCH")]
    pub platform: Vec<String>,
    /// Get the newest versions that the configuration allows, whatever is locked.
    #[arg(long, default_value_t = true, action = ArgAction::Set)]
    pub lock_file: bool,
    /// Where to put the packages.
    #[arg(value_name = "DIR")]
    pub folder: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Version {
    /// Print one JSON document.
    #[arg(long)]
    pub json: bool,
    #[arg(hide = true)]
    ignored: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_are_waited_for_as_long_as_go_says() {
        for (text, seconds) in [("0", 0), ("90s", 90), ("1h30m", 5400), ("-1s", 0)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "5", "5d"] {
            assert_eq!(duration(text), Err("parse error"), "{text}");
        }
    }
}

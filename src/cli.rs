//! Commands: one file each. Arguments as Terraform takes them, exit codes as it gives them.

mod apply;
pub mod args;
mod completion;
mod console;
mod environment;
mod fmt;
mod get;
mod graph;
mod import;
mod init;
mod interrupt;
mod login;
mod logout;
mod manual;
mod metadata;
mod modules;
mod output;
mod plan;
mod providers;
mod refresh;
mod session;
mod show;
mod state;
mod terminal;
mod test;
mod validate;
mod version;
mod workspace;

use crate::{
    diagnostic::has_errors,
    install, native,
    product::{self, PRODUCT},
    published, ui,
};
use args::{Arguments, Command};
use std::ffi::OsString;
use terminal::Terminal;

/// Everything went well.
const SUCCESS: u8 = 0;
/// Something failed; diagnostics were printed.
const FAILURE: u8 = 1;
/// `plan -detailed-exitcode`: the plan succeeded and has changes.
const CHANGES: u8 = 2;

/// Runs one command and returns the exit code of the process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    start_log();
    let words: Vec<OsString> = arguments.into_iter().collect();
    let named = environment::named(&words);
    product::call(named.as_ref().is_ok_and(|it| *it));
    if let Err(diagnostics) = named.and_then(|_| environment::check(&words)) {
        Terminal::new(false, false, false).diagnostics(&diagnostics, &Default::default());
        return FAILURE;
    }
    let texts: Vec<String> = words.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    if let Some(code) = completion::answer(&texts).or_else(|| completion::install(&texts)) {
        return code;
    }
    tell_settings();
    let arguments = match Arguments::parse(words, &|name| std::env::var(name).ok()) {
        Ok(arguments) => arguments,
        Err(refusal) => return Terminal::new(false, false, false).refuse(refusal),
    };
    let global = &arguments.global;
    let terminal = Terminal::new(global.no_color, global.compact_warnings, global.show_user_data);
    interrupt::watch(terminal.style);
    native::call(global.native);
    if let Some(limit) = global.plugin_processes {
        crate::published::limit_processes(limit);
    }
    let given = &arguments.global.given;
    if let Some(folder) = &arguments.global.chdir
        && let Err(error) = std::env::set_current_dir(folder)
    {
        let folder = folder.display();
        let error = crate::diagnostic::Diagnostic::error(
            "Error handling -chdir option",
            format!("The folder {folder} cannot be entered: {error}."),
        );
        terminal.diagnostics(&[error], &Default::default());
        return FAILURE;
    }
    let code = match &arguments.command {
        Command::Init(options) => init::run(options, &terminal),
        Command::Login(options) => login::run(options, &terminal),
        Command::Logout(options) => logout::run(options, &terminal),
        Command::Get(options) => get::run(options, &terminal),
        Command::Validate(options) => validate::run(options, &terminal),
        Command::Plan(options) => plan::run(options, given, &terminal),
        Command::Apply(options) => apply::run(options, given, &terminal),
        Command::Destroy(options) => apply::destroy(options, given, &terminal),
        Command::Refresh(options) => refresh::run(options, given, &terminal),
        Command::Import(options) => import::run(options, given, &terminal),
        Command::Test(options) => test::run(options, given, &terminal),
        Command::Console(options) => console::run(options, given, &terminal),
        Command::Show(options) => show::run(options, &terminal),
        Command::Output(options) => output::run(options, &terminal),
        Command::Modules(options) => modules::run(options, &terminal),
        Command::State(options) => state::run(options, &terminal),
        Command::Taint(options) => state::taint(options, true, &terminal),
        Command::Untaint(options) => state::taint(options, false, &terminal),
        Command::ForceUnlock { .. } => state::force_unlock(&terminal),
        Command::Graph(options) => graph::run(options, &terminal),
        Command::Providers(options) => providers::run(options, &terminal),
        Command::Metadata(options) => metadata::run(options, &terminal),
        Command::Fmt(options) => fmt::run(options, &terminal),
        Command::Workspace(options) => workspace::run(options, &terminal),
        Command::Version(options) => version::run(options, &terminal),
        // Arguments that ask for help are answered where they are read.
        Command::Help { .. } => SUCCESS,
        Command::Completion { shell } => completion::run(shell, &terminal),
        Command::Man { folder } => manual::run(folder, &terminal),
    };
    published::end();
    code
}

/// Tells what is wrong with the settings of the user. As for Terraform, everything goes on without them.
fn tell_settings() {
    let (found, sources) = install::check_settings();
    if found.is_empty() {
        return;
    }
    let mut text = "There are some problems with the CLI configuration:\n".to_owned();
    text += &ui::diagnostics::render(&found, &sources, Terminal::new(false, false, false).style);
    if has_errors(&found) {
        text += &format!("\nAs a result of the above problems, {PRODUCT} may not behave as intended.\n");
    }
    terminal::error(&(text + "\n"));
}

/// `RFORGE_LOG`, or `TF_LOG` as Terraform's users set it, turns on logging: to standard error, or to the file that
/// `TF_LOG_PATH` names.
fn start_log() {
    let level = ["RFORGE_LOG", "TF_LOG"].iter().find_map(|name| std::env::var(name).ok().filter(|it| !it.is_empty()));
    let Some(level) = level else { return };
    let level = level.to_lowercase();
    // Below that, what sends requests tells all that they hold.
    let directives = match &*level {
        "trace" | "json" => "debug,rforge=trace",
        // A line for each request; what the libraries do is for who looks into one of them.
        "debug" => "warn,rforge=debug",
        "info" => "warn,rforge=info",
        other => other,
    };
    let filter = tracing_subscriber::EnvFilter::try_new(directives);
    let Ok(filter) = filter else { return };
    let log = tracing_subscriber::fmt().with_env_filter(filter);
    let path = std::env::var_os("TF_LOG_PATH").filter(|it| !it.is_empty());
    let file = path.and_then(|it| std::fs::OpenOptions::new().create(true).append(true).open(it).ok());
    drop(match file {
        Some(file) => log.with_ansi(false).with_writer(std::sync::Mutex::new(file)).try_init(),
        None => log.with_writer(std::io::stderr).try_init(),
    });
}

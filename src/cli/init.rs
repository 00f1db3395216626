//! `init`: installs modules, and the providers that rforge does not serve itself; checks the configuration.

mod providers;

use super::{
    SUCCESS,
    args::Init as Options,
    session::{Failed, modules, open, report},
    terminal::Terminal,
};
use crate::{
    diagnostic::{Diagnostic, has_errors},
    install::packages::LOCK_FILE,
    lang::load::Files,
    product::{COMMAND, PRODUCT},
    state::{self, State},
    ui, web,
};

fn empty() -> String {
    format!(
        "{PRODUCT} initialized in an empty directory!\n\nThe directory has no Terraform configuration files. \
                     You may begin working\nwith {PRODUCT} immediately by creating Terraform configuration files."
    )
}

/// Tells what is done: as text, or as lines of JSON.
struct Voice<'t> {
    terminal: &'t Terminal,
    json: bool,
}

impl Voice<'_> {
    /// A message that scripts know by its code.
    fn say(&self, code: &str, text: &str) {
        match self.json {
            true => self.terminal.json(&ui::stream::init_output(code, text)),
            false => self.terminal.print(&format!("{text}\n")),
        }
    }

    /// The same as a heading.
    fn heading(&self, code: &str, text: &str) {
        match self.json {
            true => self.say(code, text),
            false => self.say(code, &self.terminal.style.bold(text)),
        }
    }

    /// What is only told: to people, and to machines.
    fn note(&self, text: &str, json: &str) {
        match self.json {
            true => self.terminal.json(&ui::stream::log(json)),
            false => self.terminal.print(&format!("{text}\n")),
        }
    }

    /// The same that scripts know by its code, with the name of the lock file, which is bold for people.
    fn say_with(&self, code: &str, text: &dyn Fn(&str) -> String) {
        match self.json {
            true => self.say(code, &text(LOCK_FILE)),
            false => self.say(code, &text(&self.terminal.style.bold(LOCK_FILE))),
        }
    }

    /// Whether there is a screen to draw on.
    fn is_screen(&self) -> bool {
        !self.json && self.terminal.is_screen()
    }
}

/// What is wrong with `-backend-config`.
fn check_backend_config(options: &Options) -> Result<Option<Diagnostic>, Failed> {
    if !options.backend || options.backend_config.is_empty() {
        return Ok(None);
    }
    if open::backend()?.is_some() {
        let detail = "rforge takes the configuration of a backend from the backend block alone.";
        let error = Diagnostic::error("-backend-config is not supported", detail);
        return Err(Failed::new([error.hint("Write these arguments into the backend block.")]));
    }
    let detail = "-backend-config was used without a \"backend\" block in the configuration. If you intended to override \
                  the default local backend configuration, no action is required.";
    Ok(Some(Diagnostic::warning("Missing backend configuration", detail)))
}

/// What state holds, which may need other providers than the configuration. With `-backend=false` only if it can be had.
fn recorded(options: &Options) -> Result<Option<State>, Failed> {
    let located = match open::location_of_state(None) {
        Ok(located) => located,
        Err(_) if !options.backend => return Ok(None),
        Err(failed) => return Err(failed),
    };
    match state::read(&located) {
        Ok(recorded) => Ok(Some(recorded.state)),
        Err(_) if !options.backend => Ok(None),
        Err(diagnostics) => Err(Failed::new(diagnostics)),
    }
}

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let json = options.json;
    let voice = Voice { terminal, json };
    if json {
        terminal.json(&ui::stream::version());
    }
    if options.upgrade && options.lockfile.as_deref() == Some("readonly") {
        let error = Diagnostic::error("The -upgrade flag conflicts with -lockfile=readonly.", "");
        return Failed::new([error]).show(terminal, json);
    }
    if let Some(source) = &options.from_module {
        voice.say("copying_configuration_message", &format!("Copying configuration from {:?}...", web::shown(source)));
        if let Err(diagnostics) = modules::copy(source) {
            return Failed::new(diagnostics).show(terminal, json);
        }
    }
    if open::is_empty() {
        voice.say("output_init_empty_message", &empty());
        return SUCCESS;
    }
    if options.backend {
        voice.heading("initializing_backend_message", "Initializing the backend...");
    }
    if options.backend
        && let Err(failed) = open::check_backend()
    {
        return failed.show(terminal, json);
    }
    let mut tested = Vec::new();
    if options.get {
        let outcome = modules::install(options.upgrade, &options.test_directory, &mut |progress| match modules::line(
            &progress,
        ) {
            Some(line) => voice.note(&line, &line),
            None if options.upgrade => voice.heading("upgrading_modules_message", "Upgrading modules..."),
            None => voice.heading("initializing_modules_message", "Initializing modules..."),
        });
        if has_errors(&outcome.diagnostics) {
            return Failed { diagnostics: outcome.diagnostics, sources: outcome.configuration.sources }
                .show(terminal, json);
        }
        tested = outcome.tested;
    }
    let (mut configuration, mut diagnostics) = match open::declarations(&Files::disk()) {
        Ok(declared) => declared,
        Err(failed) => return failed.show(terminal, json),
    };
    if !options.get {
        tested = match modules::tested(&options.test_directory, &mut configuration.sources) {
            Ok(tested) => tested,
            Err(failed) => return failed.show(terminal, json),
        };
    }
    let state = match check_backend_config(options) {
        Ok(warning) => {
            diagnostics.extend(warning);
            recorded(options)
        }
        Err(failed) => Err(failed),
    };
    let configurations: Vec<_> = [&configuration].into_iter().chain(&tested).collect();
    let installed = state.and_then(|it| providers::install(options, &configurations, it.as_ref(), &voice));
    match installed {
        Ok(found) => diagnostics.extend(found),
        Err(failed) => {
            diagnostics.extend(failed.diagnostics);
            return Failed { diagnostics, sources: failed.sources }.show(terminal, json);
        }
    }
    if !json {
        terminal.print("\n");
    }
    report(terminal, &diagnostics, &configuration.sources, json);
    let style = terminal.style;
    let paint = |text: &str| if json { text.to_owned() } else { style.green(text) };
    let success = format!("{PRODUCT} has been successfully initialized!");
    let shown = if json { success } else { style.bold(&paint(&success)) };
    voice.say("output_init_success_message", &shown);
    if !terminal.in_automation {
        let blank = if json { "" } else { "\n" };
        let next = format!(
            "{blank}You may now begin working with {PRODUCT}. Try running \"{COMMAND} plan\" to see\nany changes that are \
             required for your infrastructure. All {PRODUCT} commands\nshould now work.\n\nIf you ever set or change modules \
             or backend configuration for {PRODUCT},\nrerun this command to reinitialize your working directory. If you \
             forget, other\ncommands will detect it and remind you to do so if necessary."
        );
        voice.say("output_init_success_cli_message", &paint(&next));
    }
    SUCCESS
}

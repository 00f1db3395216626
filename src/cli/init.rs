//! `init`: installs modules and checks the configuration. Providers are built in.

use super::{
    FAILURE, SUCCESS,
    args::Init as Options,
    session::{Failed, modules, open, report},
    terminal::Terminal,
};
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, has_errors},
    product::{COMMAND, PRODUCT},
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

    fn note(&self, text: &str) {
        match self.json {
            true => self.terminal.json(&ui::stream::log(text)),
            false => self.terminal.print(&format!("{text}\n")),
        }
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

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let json = options.json;
    let voice = Voice { terminal, json };
    if json {
        terminal.json(&ui::stream::version());
    }
    if options.upgrade && options.lockfile.as_deref() == Some("readonly") {
        let error = Diagnostic::error("The -upgrade flag conflicts with -lockfile=readonly", "");
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
        voice.say("initializing_backend_message", "Initializing the backend...");
    }
    if options.backend
        && let Err(failed) = open::check_backend()
    {
        return failed.show(terminal, json);
    }
    if options.get {
        let outcome = modules::install(options.upgrade, &options.test_directory, &mut |progress| match modules::line(
            &progress,
        ) {
            Some(line) => voice.note(&line),
            None if options.upgrade => voice.say("upgrading_modules_message", "Upgrading modules..."),
            None => voice.say("initializing_modules_message", "Initializing modules..."),
        });
        if has_errors(&outcome.diagnostics) {
            return Failed { diagnostics: outcome.diagnostics, sources: outcome.configuration.sources }
                .show(terminal, json);
        }
    }
    let (mut diagnostics, sources, providers) = open::initialize();
    if !has_errors(&diagnostics) {
        match check_backend_config(options) {
            Ok(warning) => diagnostics.extend(warning),
            Err(failed) => return failed.show(terminal, json),
        }
    }
    if !has_errors(&diagnostics) {
        voice.say("initializing_provider_plugin_message", "Initializing provider plugins...");
        for (provider, version) in &providers {
            let version = version.map_or_else(String::new, |it| format!(" v{it}"));
            let dash = if json { "" } else { "- " };
            voice.note(&match *provider == ProviderSource::builtin() {
                true => format!("{dash}{provider} is built in to {PRODUCT}"),
                false => format!("{dash}{provider}{version} is built in to rforge; nothing to download"),
            });
        }
    }
    report(terminal, &diagnostics, &sources, json);
    if has_errors(&diagnostics) {
        return FAILURE;
    }
    let blank = if json { "" } else { "\n" };
    voice.say("output_init_success_message", &format!("{blank}{PRODUCT} has been successfully initialized!"));
    if !terminal.in_automation {
        voice.say(
            "output_init_success_cli_message",
            &format!(
                "{blank}You may now begin working with {PRODUCT}. Try running \"{COMMAND} plan\" to see\nany changes that are \
                 required for your infrastructure. All {PRODUCT} commands\nshould now work.\n\nIf you ever set or change modules \
                 or backend configuration for {PRODUCT},\nrerun this command to reinitialize your working directory. If you \
                 forget, other\ncommands will detect it and remind you to do so if necessary."
            ),
        );
    }
    SUCCESS
}

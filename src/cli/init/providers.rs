//! What `init` says and does about providers: those that are published are installed, and locked.

use super::{Options, Voice};
use crate::{
    address::ProviderSource,
    cli::session::{
        Failed,
        needed::{needed, wanted_by},
        open, requirements,
    },
    diagnostic::{Diagnostic, Diagnostics, Span, has_errors},
    install::packages::{
        self, Event, Installed, LOCK_FILE, Locks, Mode, Origin, Platform, Request, Settings, Vouched, shown,
    },
    lang::{
        configuration::{Configuration, Module, Resource},
        dependencies::provider_for,
    },
    plugin::reattach,
    product::{COMMAND, PRODUCT, is_terraform},
    state::State,
    ui::download::Download,
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Installs what has to be. Of the configurations the first is that of the root; the others are those of modules that tests execute.
/// What is to be said when all else is done; nothing is kept where something failed.
pub(super) fn install(
    options: &Options,
    configurations: &[&Configuration],
    state: Option<&State>,
    voice: &Voice<'_>,
) -> Result<Diagnostics, Failed> {
    let configuration = configurations[0];
    let mut needed = needed(configurations, state, &open::providers());
    let settings = Settings::read();
    let mut found: Diagnostics = packages::overridden(&settings.overrides, true).into_iter().collect();
    let mut sources = configuration.sources.clone();
    let failed = |diagnostics, sources| Err(Failed { diagnostics, sources });
    let before = Locks::read(Path::new(LOCK_FILE), &mut sources, &mut found);
    let running = reattached().map_err(Failed::new)?;
    if has_errors(&found) {
        return failed(found, sources);
    }
    // Nobody installs what somebody works on, or has started already. What is locked of it stays.
    for source in settings.overrides.keys().chain(&running) {
        if needed.requirements.remove(source).is_some() | needed.recorded.remove(source) {
            needed.others.insert(source.clone());
        }
    }
    let requirements = needed.published();
    voice.heading("initializing_provider_plugin_message", "Initializing provider plugins...");
    tell_built_in(configuration, &needed.others, voice);
    let request = Request {
        requirements: &requirements,
        others: &needed.others,
        locks: &before,
        folder: &folder(),
        platform: &Platform::current(),
        cache: settings.cache.as_ref(),
        mode: if options.upgrade { Mode::Upgrade } else { Mode::Normal },
    };
    let mut origin = match &options.plugin_dir[..] {
        [] => Origin::configured(&settings),
        folders => Origin::folders(folders),
    };
    let mut telling = Telling { voice, bar: Download::new(voice.is_screen()), incomplete: Vec::new(), signed: false };
    let Installed { locks: after, missing } =
        packages::ensure(&request, &mut origin, &mut |provider, event| telling.event(provider, &event));
    let Telling { incomplete, signed, .. } = telling;
    found.extend(origin.warnings());
    if signed {
        voice.note(PARTNERS, PARTNERS);
    }
    if !missing.is_empty() {
        let errors = packages::failures(&missing);
        let context = missing.keys().map(|it| context(configuration, it));
        let mut errors = errors.into_iter().zip(context).map(|(error, context)| with(error, context)).collect();
        requirements::explain(&mut errors, configuration, &open::providers());
        found.extend(errors);
        return failed(found, sources);
    }
    found.extend(keep(&before, &after, &incomplete, options, voice));
    if has_errors(&found) { failed(found, sources) } else { Ok(found) }
}

/// `.terraform/providers`
fn folder() -> PathBuf {
    open::load_options().data_folder.join("providers")
}

/// The providers that `TF_REATTACH_PROVIDERS` names.
fn reattached() -> Result<BTreeSet<ProviderSource>, Diagnostics> {
    let said = std::env::var(reattach::VARIABLE).unwrap_or_default();
    let parsed = reattach::parse(&said).map_err(|it| {
        let error = Diagnostic::error(it.summary, it.detail);
        vec![match it.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }]
    })?;
    Ok(parsed.into_keys().collect())
}

/// The providers that serve something of the configuration without being installed.
fn tell_built_in(configuration: &Configuration, others: &BTreeSet<ProviderSource>, voice: &Voice<'_>) {
    let of_module = |module: &Module| -> Vec<ProviderSource> {
        let source = |it: &Resource| provider_for(configuration, it, &module.path).address.source;
        module.resources.values().map(source).collect()
    };
    let used: BTreeSet<ProviderSource> = configuration.modules.values().flat_map(of_module).collect();
    let versions = requirements::selections(configuration, &open::providers());
    for provider in used.iter().filter(|it| others.contains(it) && open::providers().contains_key(it)) {
        let line = match *provider == ProviderSource::builtin() {
            true => format!("{provider} is built in to {PRODUCT}"),
            false => {
                let version = versions.get(provider).map_or_else(String::new, |it| format!(" v{it}"));
                format!("{provider}{version} is built in to rforge; nothing to download")
            }
        };
        voice.note(&format!("- {line}"), &line);
    }
}

/// Tells what is done, one provider after the other.
struct Telling<'v> {
    voice: &'v Voice<'v>,
    bar: Download,
    /// Those of which only the hash for this platform is known.
    incomplete: Vec<ProviderSource>,
    /// Whether one was signed by somebody else than HashiCorp.
    signed: bool,
}

impl Telling<'_> {
    fn event(&mut self, provider: &ProviderSource, event: &Event<'_>) {
        let it = shown(provider);
        let (text, json) = match event {
            Event::Querying { locked: true, .. } => (
                format!("Reusing previous version of {it} from the dependency lock file"),
                format!("{it}: Reusing previous version from the dependency lock file"),
            ),
            Event::Querying { constraints: "", .. } => {
                (format!("Finding latest version of {it}..."), format!("{it}: Finding latest version..."))
            }
            Event::Querying { constraints, .. } => (
                format!("Finding {it} versions matching {constraints:?}..."),
                format!("Finding matching versions for provider: {it}, version_constraint: {constraints:?}"),
            ),
            Event::Present(version) => (
                format!("Using previously-installed {it} v{version}"),
                format!("{it} v{version}: Using previously-installed provider version"),
            ),
            Event::Cached(version) => (
                format!("Using {it} v{version} from the shared cache directory"),
                format!("{it} v{version}: Using from the shared cache directory"),
            ),
            Event::Fetching(version) => {
                (format!("Installing {it} v{version}..."), format!("Installing provider version: {it} v{version}..."))
            }
            Event::Received(version, received, all) => {
                return self.bar.received(&format!("{it} v{version}"), *received, *all);
            }
            Event::Fetched(version, vouched) => {
                self.bar.end();
                self.signed |= matches!(vouched, Vouched::Signed(..)) && vouched.key().is_some();
                let key = |shown: &dyn Fn(&str) -> String| vouched.key().map_or_else(String::new, shown);
                let bold = key(&|it| format!(", key ID {}", self.voice.terminal.style.bold(it)));
                let plain = key(&|it| format!("key_id: {it}"));
                (
                    format!("Installed {it} v{version} ({vouched}{bold})"),
                    format!("Installed provider version: {it} v{version} ({vouched}{plain})"),
                )
            }
            Event::Incomplete => return self.incomplete.push(provider.clone()),
        };
        self.voice.note(&format!("- {text}"), &json);
    }
}

const PARTNERS: &str = "Partner and community providers are signed by their developers.\n\
                        If you'd like to know more about provider signing, you can read about it here:\n\
                        https://developer.hashicorp.com/terraform/cli/plugins/signing";

/// Keeps what is locked now, and says that it is another than before.
fn keep(
    before: &Locks,
    after: &Locks,
    incomplete: &[ProviderSource],
    options: &Options,
    voice: &Voice<'_>,
) -> Diagnostics {
    let readonly = options.lockfile.as_deref() == Some("readonly");
    let mut found = Diagnostics::new();
    if before != after && !readonly {
        if !incomplete.is_empty() {
            found.push(incomplete_locks(incomplete));
        }
        match before.0.is_empty() {
            true => voice.say_with("lock_info", &|name| {
                format!(
                    "{PRODUCT} has created a lock file {name} to record the provider\nselections it made above. Include this \
                     file in your version control repository\nso that {PRODUCT} can guarantee to make the same selections by \
                     default when\nyou run \"{COMMAND} init\" in the future."
                )
            }),
            false => voice.say_with("dependencies_lock_changes_info", &|name| {
                format!(
                    "{PRODUCT} has made some changes to the provider dependency selections recorded\nin the {name} file. \
                     Review those changes and commit them to your\nversion control system if they represent changes you \
                     intended to make."
                )
            }),
        }
    }
    found.extend(before.keep(after, Path::new(LOCK_FILE), readonly));
    found
}

fn incomplete_locks(providers: &[ProviderSource]) -> Diagnostic {
    let mut names: Vec<String> = providers.iter().map(shown).collect();
    names.sort();
    let platform = Platform::current();
    let detail = format!(
        "Due to your customized provider installation methods, {PRODUCT} was forced to calculate lock file checksums locally for \
         the following providers:\n  - {}\n\nThe current {LOCK_FILE} file only includes checksums for {platform}, so {PRODUCT} \
         running on another platform will fail to install these providers.\n\nTo calculate additional checksums for another \
         platform, run:\n  {COMMAND} providers lock -platform=linux_amd64\n(where linux_amd64 is the platform to generate)",
        names.join("\n  - ")
    );
    Diagnostic::warning("Incomplete lock file information for providers", detail)
}

/// Where the configuration wants a provider, and what wants it: nothing, where Terraform would say nothing of it.
fn context(configuration: &Configuration, source: &ProviderSource) -> Option<(Span, String)> {
    if is_terraform() { None } else { wanted_by(configuration, source, &open::providers()) }
}

fn with(error: Diagnostic, context: Option<(Span, String)>) -> Diagnostic {
    match context {
        Some((span, who)) => error.at(span).hint(who),
        None => error,
    }
}

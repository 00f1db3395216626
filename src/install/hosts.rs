//! What the user's settings say of hosts: tokens, and services in place of those that a host announces. They are read
//! where Terraform reads them.

use super::{credentials, packages, program};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, FileId, Sources},
    expression::{
        constant::constant,
        syntax::tree::{Block, Body},
    },
    lang::load::{Files, parse_settings_file},
    value::{Value, to_json},
};
use serde_json::{Value as Json, json};
use std::{cell::RefCell, collections::HashMap, env, path::PathBuf};

/// Where `terraform login` keeps tokens.
const CREDENTIALS: &str = "credentials.tfrc.json";

#[derive(Debug, Default)]
pub(super) struct Hosts {
    /// By host, as files say that people wrote.
    configured: HashMap<String, String>,
    /// By host, as `login` keeps them.
    stored: HashMap<String, String>,
    /// By host, as the environment has them: they go before all others.
    environment: HashMap<String, String>,
    /// What hosts offer instead of what they say themselves.
    services: HashMap<String, Json>,
    helper: Option<Helper>,
}

/// Where `login` puts tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    File(PathBuf),
    /// A program of the user.
    Helper(String),
}

/// Where the token of a host is, as far as files say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Somebody wrote it there, who alone may change it.
    Configured,
    File,
    /// Only the helper knows whether there is one.
    Helper,
    Nowhere,
}

/// A program that knows tokens, called as `terraform-credentials-NAME ARGUMENTS get HOST`.
#[derive(Debug)]
struct Helper {
    name: String,
    arguments: Vec<String>,
    /// What it said, by host.
    answers: RefCell<HashMap<String, Option<String>>>,
}

impl Helper {
    fn token(&self, host: &str) -> Option<String> {
        if let Some(known) = self.answers.borrow().get(host) {
            return known.clone();
        }
        let token = self.ask(host).unwrap_or_else(|error| {
            // As for Terraform, a host of which nothing is known may be one that asks for nothing.
            tracing::warn!("credentials helper {:?}: {error}", self.name);
            None
        });
        self.answers.borrow_mut().insert(host.to_owned(), token.clone());
        token
    }

    fn ask(&self, host: &str) -> Result<Option<String>, String> {
        let said = self.call("get", host, None)?;
        let answer: Json = serde_json::from_slice(&said).map_err(|error| format!("malformed answer: {error}"))?;
        Ok(answer["token"].as_str().map(str::to_owned))
    }

    /// What it prints when it is told to do this for a host.
    fn call(&self, verb: &str, host: &str, input: Option<&str>) -> Result<Vec<u8>, String> {
        let name = format!("terraform-credentials-{}", self.name);
        let folder = home().ok_or(NO_HOME)?.join(".terraform.d/plugins");
        let platform = folder.join(format!("{}_{}", platform(env::consts::OS), platform(env::consts::ARCH)));
        let program = [folder.join(&name), platform.join(&name)].into_iter().find(|it| it.is_file());
        let program = program.ok_or_else(|| format!("there is no program {name} in {}", folder.display()))?;
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).chain([verb, host]).collect();
        match input {
            Some(input) => program::feed(&program, &arguments, input),
            None => program::run(&program, &arguments, None, &[]),
        }
    }
}

/// What Go calls a system or an architecture.
pub(super) fn platform(name: &str) -> &str {
    match name {
        "macos" => "darwin",
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        other => other,
    }
}

const NO_HOME: &str = "there is no home directory: set HOME";

/// The user's own folder, by `HOME` or by what the system has of the user; never the working directory.
pub(super) fn home() -> Option<PathBuf> {
    env::home_dir().filter(|it| it.is_absolute())
}

impl Hosts {
    /// Files that cannot be read say nothing, as for Terraform; what is malformed in them is left out.
    pub(super) fn read() -> Self {
        let mut hosts = Self::default();
        let files = Files::disk();
        for path in setting_files() {
            if path.extension().is_some_and(|it| it == "json") {
                let content = files.read(&path).ok();
                let document = content.and_then(|it| serde_json::from_slice(&it).ok());
                document.iter().for_each(|it| hosts.add_json(it, Some(&path) == credentials_file().as_ref()));
                continue;
            }
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
            let body = parse_settings_file(&files, &path, &mut sources, &mut diagnostics);
            for problem in &diagnostics {
                tracing::warn!("{}: {}", path.display(), problem.summary);
            }
            hosts.add(&body.unwrap_or_default());
        }
        hosts.environment = env::vars_os()
            .filter_map(|(name, token)| {
                let (name, token) = (name.into_string().ok()?, token.into_string().ok()?);
                let host = name.strip_prefix("TF_TOKEN_")?;
                Some((host.replace("__", "-").replace('_', ".").to_lowercase(), token))
            })
            .collect();
        hosts
    }

    /// The header that shows who asks.
    pub(super) fn authorization(&self, host: &str) -> Vec<(&'static str, String)> {
        let name = host.split(':').next().unwrap_or(host);
        let known = [&self.environment, &self.stored, &self.configured];
        let token = known.iter().find_map(|it| it.get(host).or_else(|| it.get(name))).cloned();
        let token = token.or_else(|| self.helper.as_ref()?.token(host));
        token.map(|token| ("Authorization", format!("Bearer {token}"))).into_iter().collect()
    }

    /// What the settings say that a host offers.
    pub(super) fn services(&self, host: &str) -> Option<Json> {
        self.services.get(host).cloned()
    }

    /// Where the token of a host is.
    pub(super) fn kept(&self, host: &str) -> Kept {
        match &self.helper {
            _ if self.configured.contains_key(host) => Kept::Configured,
            _ if self.stored.contains_key(host) => Kept::File,
            Some(_) => Kept::Helper,
            None => Kept::Nowhere,
        }
    }

    /// Where `login` puts tokens.
    pub(super) fn place(&self) -> Place {
        match &self.helper {
            Some(helper) => Place::Helper(helper.name.clone()),
            None => Place::File(credentials_file().unwrap_or_default()),
        }
    }

    /// Puts the token of a host there.
    pub(super) fn store(&self, host: &str, token: &str) -> Result<(), String> {
        match &self.helper {
            Some(helper) => helper.call("store", host, Some(&json!({ "token": token }).to_string())).map(drop),
            None => credentials::change(&credentials_file().ok_or(NO_HOME)?, host, Some(token)),
        }
    }

    /// Removes it from where it is.
    pub(super) fn forget(&self, host: &str) -> Result<(), String> {
        match &self.helper {
            Some(helper) if self.kept(host) == Kept::Helper => helper.call("forget", host, None).map(drop),
            _ => credentials::change(&credentials_file().ok_or(NO_HOME)?, host, None),
        }
    }

    fn add(&mut self, body: &Body) {
        for block in &body.blocks {
            let Some(host) = block.labels.first().map(|it| it.text.to_lowercase()) else { continue };
            match &*block.kind.text {
                "credentials" => self.configured.extend(argument(block, "token").and_then(text).map(|it| (host, it))),
                "host" => {
                    let services = argument(block, "services");
                    self.services.extend(services.map(|it| (host, to_json(&it))));
                }
                // One is all that can be set; Terraform keeps the first too.
                "credentials_helper" if self.helper.is_none() => {
                    let arguments = argument(block, "args");
                    let arguments = arguments.iter().filter_map(Value::as_elements).flatten();
                    let arguments = arguments.filter_map(|it| text(it.clone())).collect();
                    self.helper = Some(Helper { name: host, arguments, answers: RefCell::default() });
                }
                _ => {}
            }
        }
    }

    /// `{"credentials": {"host": {"token": "…"}}}`, as `login` writes it, or somebody in the form of JSON.
    fn add_json(&mut self, document: &Json, by_login: bool) {
        let members = |name: &str| document[name].as_object().into_iter().flatten();
        let tokens = members("credentials").filter_map(|(host, it)| Some((host, it["token"].as_str()?)));
        let known = if by_login { &mut self.stored } else { &mut self.configured };
        known.extend(tokens.map(|(host, token)| (host.to_lowercase(), token.to_owned())));
        let services = members("host").map(|(host, it)| (host.to_lowercase(), it["services"].clone()));
        self.services.extend(services.filter(|(_, it)| it.is_object()));
    }
}

pub(super) fn argument(block: &Block, name: &str) -> Option<Value> {
    let attribute = block.body.attributes.iter().find(|it| &*it.name.text == name)?;
    constant(&attribute.value, &mut Diagnostics::new())
}

fn text(value: Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The file that `login` keeps tokens in.
pub(super) fn credentials_file() -> Option<PathBuf> {
    Some(home()?.join(".terraform.d").join(CREDENTIALS))
}

/// The file of `TF_CLI_CONFIG_FILE` or `~/.terraformrc`, and those of `~/.terraform.d`.
pub(super) fn setting_files() -> Vec<PathBuf> {
    let home = home();
    let named = named_file();
    let is_named = named.is_some();
    let main = named.or_else(|| Some(home.as_ref()?.join(".terraformrc")));
    let is_setting = |name: &str| {
        // A file that is named replaces all but the credentials that `terraform login` keeps.
        name == CREDENTIALS || (!is_named && (name.ends_with(".tfrc") || name.ends_with(".tfrc.json")))
    };
    let folder = home.map(|it| it.join(".terraform.d"));
    let more = folder.iter().flat_map(|folder| {
        let names = Files::disk().names(folder).unwrap_or_default();
        names.into_iter().filter(|it| is_setting(it)).map(|it| folder.join(it)).collect::<Vec<_>>()
    });
    main.into_iter().chain(more).filter(|it| it.exists()).collect()
}

/// The file that the environment names.
fn named_file() -> Option<PathBuf> {
    let names = ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"].into_iter();
    names.filter_map(env::var_os).find(|it| !it.is_empty()).map(PathBuf::from)
}

/// What is wrong with the settings: a file that cannot be read, or says what cannot be meant. Terraform tells it and goes on. What
/// is wrong with the tokens of `terraform login` neither says.
pub fn check_settings() -> (Diagnostics, Sources) {
    let (mut found, mut sources) = (Diagnostics::new(), Sources::default());
    if let Some(path) = named_file().filter(|it| !it.exists()) {
        let detail = format!("The CLI configuration file at {:?} does not exist.", path.display().to_string());
        found.push(Diagnostic::warning("Unable to open CLI configuration file", detail));
    }
    let mut singles: HashMap<&str, usize> = ["credentials_helper", "provider_installation"].map(|it| (it, 0)).into();
    let files = Files::disk();
    for path in setting_files().into_iter().filter(|it| !it.ends_with(CREDENTIALS)) {
        let shown = path.display();
        if let Err(error) = std::fs::read(&path) {
            found.push(Diagnostic::error(format!("Error reading {shown}: {error}"), ""));
            continue;
        }
        if path.extension().is_some_and(|it| it == "json") {
            let content = files.read(&path).unwrap_or_default();
            if let Err(error) = serde_json::from_slice::<Json>(&content) {
                found.push(Diagnostic::error(format!("Error parsing {shown}: {error}"), ""));
            }
            continue;
        }
        let mut problems = Diagnostics::new();
        let body = parse_settings_file(&files, &path, &mut sources, &mut problems);
        // There are tokens in it.
        (0..sources.files().len()).for_each(|it| sources.conceal_file(FileId(it as u32)));
        found.extend(
            problems
                .into_iter()
                .map(|it| Diagnostic { summary: format!("Error parsing {shown}: {}", it.summary), ..it }),
        );
        let body = body.unwrap_or_default();
        found.extend(packages::problems(&body, &sources));
        for block in &body.blocks {
            let kind = &*block.kind.text;
            let host = block.labels.first().map(|it| &*it.text).filter(|_| matches!(kind, "credentials" | "host"));
            if let Some(host) = host.filter(|it| !is_host(it)) {
                let summary = format!("The {kind} {host:?} block has an invalid hostname");
                found.push(Diagnostic::error(summary, "").at(block.labels[0].span));
            }
            if let Some(count) = singles.get_mut(kind) {
                *count += 1;
                if *count == 2 {
                    let summary = format!("No more than one {kind} block may be specified");
                    found.push(Diagnostic::error(summary, "").at(block.kind.span));
                }
            }
        }
    }
    (found, sources)
}

/// Whether a host can have this name, with a port behind it or without.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
    let is_label = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '-');
    name.split('.').all(is_label) && port.is_none_or(|it| it.parse::<u16>().is_ok())
}

//! What the user's settings say of hosts: tokens, and services in place of those that a host announces. They are read
//! where Terraform reads them.

use super::program;
use crate::{
    diagnostic::{Diagnostic, Diagnostics, FileId, Sources},
    lang::{
        constant::constant,
        load::{Files, parse_file},
        syntax::tree::{Block, Body},
    },
    value::Value,
};
use serde_json::Value as Json;
use std::{cell::RefCell, collections::HashMap, env, path::PathBuf};

/// Where `terraform login` keeps tokens.
const CREDENTIALS: &str = "credentials.tfrc.json";

#[derive(Debug, Default)]
pub(super) struct Hosts {
    tokens: HashMap<String, String>,
    /// URLs of module registries, by host.
    services: HashMap<String, String>,
    helper: Option<Helper>,
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
        let name = format!("terraform-credentials-{}", self.name);
        let folder = home().join(".terraform.d/plugins");
        let platform = folder.join(format!("{}_{}", platform(env::consts::OS), platform(env::consts::ARCH)));
        let program = [folder.join(&name), platform.join(&name)].into_iter().find(|it| it.is_file());
        let program = program.ok_or_else(|| format!("there is no program {name} in {}", folder.display()))?;
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).chain(["get", host]).collect();
        let said = program::run(&program, &arguments, None, &[])?;
        let answer: Json = serde_json::from_slice(&said).map_err(|error| format!("malformed answer: {error}"))?;
        Ok(answer["token"].as_str().map(str::to_owned))
    }
}

/// What Go calls a system or an architecture.
fn platform(name: &str) -> &str {
    match name {
        "macos" => "darwin",
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn home() -> PathBuf {
    env::var_os("HOME").map(PathBuf::from).unwrap_or_default()
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
                document.iter().for_each(|it| hosts.add_json(it));
                continue;
            }
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
            let body = parse_file(&files, &path, &mut sources, &mut diagnostics);
            for problem in &diagnostics {
                tracing::warn!("{}: {}", path.display(), problem.summary);
            }
            hosts.add(&body.unwrap_or_default());
        }
        // The environment goes before every file.
        hosts.tokens.extend(env::vars_os().filter_map(|(name, token)| {
            let (name, token) = (name.into_string().ok()?, token.into_string().ok()?);
            let host = name.strip_prefix("TF_TOKEN_")?;
            Some((host.replace("__", "-").replace('_', ".").to_lowercase(), token))
        }));
        hosts
    }

    /// The header that shows who asks.
    pub(super) fn authorization(&self, host: &str) -> Vec<(&'static str, String)> {
        let name = host.split(':').next().unwrap_or(host);
        let token = self.tokens.get(host).or_else(|| self.tokens.get(name)).cloned();
        let token = token.or_else(|| self.helper.as_ref()?.token(host));
        token.map(|token| ("Authorization", format!("Bearer {token}"))).into_iter().collect()
    }

    pub(super) fn service(&self, host: &str) -> Option<String> {
        self.services.get(host).cloned()
    }

    fn add(&mut self, body: &Body) {
        for block in &body.blocks {
            let Some(host) = block.labels.first().map(|it| it.text.to_lowercase()) else { continue };
            match &*block.kind.text {
                "credentials" => self.tokens.extend(argument(block, "token").and_then(text).map(|it| (host, it))),
                "host" => {
                    let services = argument(block, "services");
                    let modules = services.and_then(|it| text(it.get("modules.v1")?.clone()));
                    self.services.extend(modules.map(|it| (host, it)));
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

    /// `{"credentials": {"host": {"token": "…"}}}`, as `terraform login` writes it.
    fn add_json(&mut self, document: &Json) {
        let members = |name: &str| document[name].as_object().into_iter().flatten();
        let tokens = members("credentials").filter_map(|(host, it)| Some((host, it["token"].as_str()?)));
        self.tokens.extend(tokens.map(|(host, token)| (host.to_lowercase(), token.to_owned())));
        let services = members("host").filter_map(|(host, it)| Some((host, it["services"]["modules.v1"].as_str()?)));
        self.services.extend(services.map(|(host, url)| (host.to_lowercase(), url.to_owned())));
    }
}

fn argument(block: &Block, name: &str) -> Option<Value> {
    let attribute = block.body.attributes.iter().find(|it| &*it.name.text == name)?;
    constant(&attribute.value, &mut Diagnostics::new())
}

fn text(value: Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The file of `TF_CLI_CONFIG_FILE` or `~/.terraformrc`, and those of `~/.terraform.d`.
fn setting_files() -> Vec<PathBuf> {
    let home = home();
    let named = named_file();
    let is_named = named.is_some();
    let main = named.unwrap_or_else(|| home.join(".terraformrc"));
    let more = home.join(".terraform.d");
    let is_setting = |name: &str| {
        // A file that is named replaces all but the credentials that `terraform login` keeps.
        name == CREDENTIALS || (!is_named && (name.ends_with(".tfrc") || name.ends_with(".tfrc.json")))
    };
    let names = Files::disk().names(&more).unwrap_or_default();
    let more = names.iter().filter(|it| is_setting(it)).map(|it| more.join(it));
    [main].into_iter().chain(more).filter(|it| it.exists()).collect()
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
        let body = parse_file(&files, &path, &mut sources, &mut problems);
        // There are tokens in it.
        (0..sources.files().len()).for_each(|it| sources.conceal_file(FileId(it as u32)));
        found.extend(
            problems
                .into_iter()
                .map(|it| Diagnostic { summary: format!("Error parsing {shown}: {}", it.summary), ..it }),
        );
        for block in &body.unwrap_or_default().blocks {
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

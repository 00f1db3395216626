//! What the user's settings say of installing providers: the block `provider_installation`, and the folder of a shared cache.

use super::origin::Pattern;
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics, Sources, Span},
    expression::syntax::tree::{Block, Body},
    install::hosts,
    lang::load::{Files, parse_settings_file},
    value::Value,
    web::Url,
};
use std::{
    collections::BTreeMap,
    env,
    path::{Component, PathBuf},
};

/// What counts for installing providers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The ways to get packages, in their order; none if nothing is said of them.
    pub(super) installation: Option<Vec<Installation>>,
    /// Folders of providers that somebody works on: these are neither installed nor locked.
    pub overrides: BTreeMap<ProviderSource, PathBuf>,
    pub cache: Option<Cache>,
}

/// A folder that several configurations share packages in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    pub folder: PathBuf,
    /// Whether a package in it is taken whatever the lock file says.
    pub may_break_locks: bool,
}

/// One way to get packages, and for which providers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Installation {
    pub way: Way,
    pub include: Vec<Pattern>,
    pub exclude: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Direct,
    Folder(PathBuf),
    Network(String),
}

impl Settings {
    /// Those of the files of the user and of the environment. What is wrong in them [`problems`] tells, and it is left out here.
    pub fn read() -> Self {
        let mut settings = Self::default();
        let (mut cache, mut may_break) = (None, false);
        let files = Files::disk();
        for path in hosts::setting_files() {
            if path.extension().is_some_and(|it| it == "json") {
                let content = files.read(&path).ok();
                let document: Option<serde_json::Value> = content.and_then(|it| serde_json::from_slice(&it).ok());
                let Some(document) = document else { continue };
                cache = cache.or(document["plugin_cache_dir"].as_str().map(str::to_owned));
                may_break |= document["plugin_cache_may_break_dependency_lock_file"] == true;
                continue;
            }
            let body = parse_settings_file(&files, &path, &mut Sources::default(), &mut Diagnostics::new())
                .unwrap_or_default();
            cache = cache.or(value(&body, "plugin_cache_dir").and_then(text));
            let breaks = value(&body, "plugin_cache_may_break_dependency_lock_file");
            may_break |= breaks.is_some_and(|it| it.as_bool() == Some(true));
            if settings.installation.is_none()
                && let Some(block) = body.blocks.iter().find(|it| &*it.kind.text == "provider_installation")
            {
                settings.decode(block);
            }
        }
        let set = |name| env::var(name).ok().filter(|it| !it.is_empty());
        let cache = set("TF_PLUGIN_CACHE_DIR").or(cache).map(|it| expanded(&it)).filter(|it| it.is_dir());
        may_break |= set("TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE").is_some_and(|it| it != "0");
        settings.cache = cache.map(|folder| Cache { folder, may_break_locks: may_break });
        settings
    }

    fn decode(&mut self, block: &Block) {
        let mut ways = Vec::new();
        for method in &block.body.blocks {
            let body = &method.body;
            let way = match &*method.kind.text {
                "direct" => Some(Way::Direct),
                "filesystem_mirror" => value(body, "path").and_then(text).map(|it| Way::Folder(expanded(&it))),
                "network_mirror" => value(body, "url").and_then(text).filter(|it| is_secure(it)).map(Way::Network),
                "dev_overrides" => {
                    let of = |(name, path): (String, String)| Some((name.parse().ok()?, cleaned(&path)));
                    self.overrides.extend(texts(body).into_iter().filter_map(of));
                    None
                }
                _ => None,
            };
            let patterns = |name| list(body, name).iter().filter_map(|it| Pattern::parse(it).ok()).collect();
            let (include, exclude) = (patterns("include"), patterns("exclude"));
            ways.extend(way.map(|way| Installation { way, include, exclude }));
        }
        self.installation = Some(ways);
    }
}

/// The folders where packages may lie without any setting, whether they are there or not.
pub(super) fn implied_folders() -> Vec<PathBuf> {
    let home = hosts::home();
    let set = |name: &str| env::var(name).ok().filter(|it| !it.is_empty());
    let data = set("XDG_DATA_HOME").map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(".local/share")));
    let shared = set("XDG_DATA_DIRS").unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    let shared = shared.split(':').filter(|it| !it.is_empty()).map(PathBuf::from);
    let data = data.into_iter().chain(shared).map(|it| it.join("terraform/plugins"));
    let own = home.map(|it| it.join(".terraform.d/plugins"));
    [PathBuf::from("terraform.d/plugins")].into_iter().chain(own).chain(data).collect()
}

/// The path without what leads nowhere, as Go cleans paths, by which it is told.
fn cleaned(path: &str) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in std::path::Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if cleaned.file_name().is_some_and(|it| it != "..") => drop(cleaned.pop()),
            Component::ParentDir if cleaned.is_absolute() => {}
            _ => cleaned.push(part),
        }
    }
    if cleaned.as_os_str().is_empty() { ".".into() } else { cleaned }
}

fn is_secure(url: &str) -> bool {
    let url = Url::parse(url);
    url.scheme() == "https" && !url.host().is_empty()
}

/// A path with what the environment has for `$NAME` and `${NAME}`.
fn expanded(path: &str) -> PathBuf {
    let expression = regex::Regex::new(r"\$(?:\{(\w+)\}|(\w+))").ok();
    let of = |found: &regex::Captures<'_>| {
        let name = found.get(1).or(found.get(2)).map_or("", |it| it.as_str());
        env::var(name).unwrap_or_default()
    };
    expression.map_or_else(|| path.into(), |it| it.replace_all(path, of).into_owned()).into()
}

fn value(body: &Body, name: &str) -> Option<Value> {
    let attribute = body.attributes.iter().find(|it| &*it.name.text == name)?;
    crate::expression::constant::constant(&attribute.value, &mut Diagnostics::new())
}

fn text(value: Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn list(body: &Body, name: &str) -> Vec<String> {
    let value = value(body, name);
    value.iter().filter_map(Value::as_elements).flatten().filter_map(|it| text(it.clone())).collect()
}

/// The arguments of a block whose names are in quotes, as no block of a configuration has them: the parser reports these.
fn texts(body: &Body) -> Vec<(String, String)> {
    let of = |it: &crate::expression::syntax::tree::Attribute| {
        let value = crate::expression::constant::constant(&it.value, &mut Diagnostics::new())?;
        Some((it.name.text.to_string(), text(value)?))
    };
    body.attributes.iter().filter_map(of).collect()
}

/// What is wrong with how a file of settings says that providers are to be installed.
pub(in crate::install) fn problems(body: &Body, sources: &Sources) -> Diagnostics {
    let mut found = Diagnostics::new();
    let at = |span: Span| {
        let start = sources.start(span);
        start.rsplit_once(':').map_or(start.clone(), |it| it.1.replace(',', ":"))
    };
    if let Some(folder) = value(body, "plugin_cache_dir").and_then(text).filter(|it| !expanded(it).is_dir()) {
        let why = std::fs::metadata(expanded(&folder)).map_or_else(|it| it.to_string(), |_| "not a directory".into());
        let summary = format!("The specified plugin cache dir {folder} cannot be opened: {why}");
        found.push(Diagnostic::error(summary, ""));
    }
    for block in body.blocks.iter().filter(|it| &*it.kind.text == "provider_installation") {
        let whole = at(block.kind.span);
        if let Some(label) = block.labels.first() {
            let detail = format!("The provider_installation block at {whole} must not have any labels.");
            found.push(Diagnostic::error("Invalid provider_installation block", detail).at(label.span));
        }
        let mut wrong = |detail: String, span: Span| {
            found.push(Diagnostic::error("Invalid provider_installation method block", detail).at(span));
        };
        for attribute in &block.body.attributes {
            let detail = format!("The items inside the provider_installation block at {whole} must all be blocks.");
            wrong(detail, attribute.name.span);
        }
        for (number, method) in block.body.blocks.iter().enumerate() {
            let (kind, place) = (&*method.kind.text, at(method.kind.span));
            let given = |name| value(&method.body, name).and_then(text).filter(|it| !it.is_empty());
            if let Some(label) = method.labels.first() {
                let detail =
                    format!("The blocks inside the provider_installation block at {whole} may not have any labels.");
                wrong(detail, label.span);
            }
            let needed = match kind {
                "direct" => None,
                "filesystem_mirror" => Some("path"),
                "network_mirror" => Some("url"),
                "dev_overrides" => {
                    if number > 0 {
                        let detail = format!(
                            "The dev_overrides block at {place} must appear before all other installation methods, because \
                             development overrides always have the highest priority."
                        );
                        wrong(detail, method.kind.span);
                    }
                    None
                }
                _ => {
                    let detail = format!("Unknown provider installation method {kind:?} at {place}.");
                    wrong(detail, method.kind.span);
                    continue;
                }
            };
            if let Some(name) = needed.filter(|it| given(it).is_none()) {
                wrong(format!("Invalid {kind} block at {place}: {name:?} argument is required."), method.kind.span);
            }
        }
        found.extend(block.body.blocks.iter().flat_map(sources_of));
    }
    found
}

/// What is wrong with where a method gets packages, and for which providers.
fn sources_of(method: &Block) -> Diagnostics {
    let mut found = Diagnostics::new();
    if let Some(url) = value(&method.body, "url").and_then(text).filter(|it| !it.is_empty() && !is_secure(it)) {
        let detail =
            format!("Cannot use {url:?} as a URL for a network provider mirror: the mirror must be at an https: URL.");
        found.push(Diagnostic::error("Invalid URL for provider installation source", detail).at(method.kind.span));
    }
    for (name, what) in [("include", "inclusion"), ("exclude", "exclusion")] {
        for why in list(&method.body, name).iter().filter_map(|it| Pattern::parse(it).err()) {
            let detail = format!("CLI config specifies invalid provider {what} patterns: {why}.");
            let error = Diagnostic::error(format!("Invalid provider source {what} patterns"), detail);
            found.push(error.at(method.kind.span));
        }
    }
    found
}

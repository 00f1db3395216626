//! Where the module of a call comes from: what the argument `source` says, in the forms that Terraform takes.

mod detect;
#[cfg(test)]
mod tests;

use std::fmt;

/// The host of registry addresses that name none.
pub const DEFAULT_REGISTRY: &str = "registry.terraform.io";

/// A source address, as Terraform normalises it; `Display` gives what it writes to `modules.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleSource {
    /// A folder of the same package: begins with `./` or `../`.
    Local(String),
    Registry(RegistryModule),
    Remote(RemotePackage),
}

/// `app.example.com/namespace/name/system//folder`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryModule {
    pub host: String,
    pub namespace: String,
    pub name: String,
    pub system: String,
    /// The folder of the module in its package; empty for the package itself.
    pub folder: String,
}

/// What can be fetched, and the folder of the module in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemotePackage {
    /// Such as `git::https://example.com/network.git?ref=v1`.
    pub package: String,
    pub folder: String,
}

/// Why text is no source address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It may be meant as a path that lacks its `./`.
    #[error("invalid source address: {0}")]
    MaybeRelative(String),
    #[error("{0}")]
    Other(String),
}

impl ModuleSource {
    /// The source of a call without `version`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if is_local(text) {
            return Ok(Self::Local(cleaned_local(text)));
        }
        match RegistryModule::parse(text) {
            Ok(module) => Ok(Self::Registry(module)),
            Err(_) => RemotePackage::parse(text).map(Self::Remote),
        }
    }

    /// The source of a call with `version`, which only a registry can answer.
    pub fn parse_versioned(text: &str) -> Result<Self, Malformed> {
        if is_local(text) {
            let why = format!("can't use local directory {text:?} as a module registry address");
            return Err(Malformed::Other(why));
        }
        RegistryModule::parse(text).map(Self::Registry).map_err(Malformed::Other)
    }
}

impl fmt::Display for ModuleSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local(path) => formatter.write_str(path),
            Self::Registry(module) => match &*module.folder {
                "" => write!(formatter, "{}", module.package()),
                folder => write!(formatter, "{}//{folder}", module.package()),
            },
            Self::Remote(RemotePackage { package, folder }) => match (&**folder, package.split_once('?')) {
                ("", _) => formatter.write_str(package),
                (folder, Some((package, query))) => write!(formatter, "{package}//{folder}?{query}"),
                (folder, None) => write!(formatter, "{package}//{folder}"),
            },
        }
    }
}

impl RegistryModule {
    /// The address without the folder: what has versions.
    pub fn package(&self) -> String {
        format!("{}/{}/{}/{}", self.host, self.namespace, self.name, self.system)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let (package, folder) = split_folder(text);
        if folder.starts_with("../") {
            return Err(format!("subdirectory path {folder:?} leads outside of the module package"));
        }
        let mut parts: Vec<&str> = package.split('/').collect();
        let host = match parts.len() {
            3 => DEFAULT_REGISTRY.to_owned(),
            4 => host(parts.remove(0))?,
            _ => {
                return Err(
                    "a module registry source address must have either three or four slash-separated components".into(),
                );
            }
        };
        for (what, name) in [("namespace", parts[0]), ("name", parts[1])] {
            if !is_name(name) {
                return Err(format!(
                    "invalid {what} {name:?}: must be between one and 64 characters, including ASCII letters, digits, dashes, and underscores, where dashes and underscores may not be the prefix or suffix"
                ));
            }
        }
        let system = parts[2];
        let is_system =
            (1..=64).contains(&system.len()) && system.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        if !is_system {
            return Err(format!(
                "invalid target system {system:?}: must be between one and 64 ASCII letters or digits"
            ));
        }
        let [namespace, name, system] = [parts[0], parts[1], system].map(str::to_owned);
        Ok(Self { host, namespace, name, system, folder })
    }
}

fn host(text: &str) -> Result<String, String> {
    let host = text.to_lowercase();
    if ["github.com", "bitbucket.org", "gitlab.com"].contains(&&*host) {
        return Err(format!(
            "can't use {host:?} as a module registry host, because it's reserved for installing directly from version control repositories"
        ));
    }
    let (name, port) = host.split_once(':').unwrap_or((&host, "1"));
    let is_label = |label: &str| {
        let is_letter = |it: char| it.is_alphanumeric() || it == '-';
        !label.is_empty() && label.chars().all(is_letter) && !label.starts_with('-') && !label.ends_with('-')
    };
    if !name.split('.').all(is_label) || port.parse::<u16>().is_err() {
        return Err(format!("invalid module registry hostname {text:?}"));
    }
    if !name.contains('.') {
        return Err("invalid module registry hostname: must contain at least one dot".into());
    }
    Ok(host)
}

fn is_name(text: &str) -> bool {
    let inner = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
    let is_edge = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    bytes.len() <= 64 && is_edge(bytes.first()) && is_edge(bytes.last()) && bytes.iter().copied().all(inner)
}

impl RemotePackage {
    /// The address that a registry or a server gives, or that a call has: never a path or a registry's.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (package, folder) = split_folder(text);
        if folder.starts_with("../") {
            return Err(Malformed::Other(format!("subdirectory path {folder:?} leads outside of the module package")));
        }
        let normal = detect::normalise(&package)?;
        // What a shorthand stands for may name a folder too.
        let (package, more) = split_folder(&normal);
        let folder = match (&*more, &*folder) {
            ("", _) => folder,
            (_, "") => more,
            _ => format!("{more}/{folder}"),
        };
        Ok(Self { package, folder })
    }
}

pub fn is_local(text: &str) -> bool {
    ["./", "../", ".\\", "..\\"].iter().any(|it| text.starts_with(it))
}

/// As Go's `path.Clean`, always with `./` or `../` before it.
fn cleaned_local(text: &str) -> String {
    let clean = clean(&text.replace('\\', "/"));
    if clean == ".." || clean.starts_with("../") { clean } else { format!("./{clean}") }
}

/// `path` without `.`, empty parts, and `..` that have something before them.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { ".".into() } else { parts.join("/") }
}

/// The package before `//`, and the cleaned folder behind it; a query stays with the package.
pub fn split_folder(text: &str) -> (String, String) {
    let stop = text.find('?').unwrap_or(text.len());
    let start = text[..stop].find("://").map_or(0, |at| at + 3);
    match text[start..stop].find("//") {
        None => (text.to_owned(), String::new()),
        Some(at) => {
            let at = start + at;
            (format!("{}{}", &text[..at], &text[stop..]), clean(&text[at + 2..stop]))
        }
    }
}

/// `("git", address)` of `git::address`.
pub fn forced_kind(address: &str) -> (Option<&str>, &str) {
    match address.split_once("::") {
        Some((kind, rest)) if !kind.is_empty() && kind.bytes().all(|it| it.is_ascii_alphanumeric()) => {
            (Some(kind), rest)
        }
        _ => (None, address),
    }
}

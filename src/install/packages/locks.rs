//! `.terraform.lock.hcl`: which version of each provider was chosen, and which hashes its packages may have.

use super::hash;
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    expression::{
        constant::constant,
        syntax::tree::{Attribute, Block, Body, Expression},
    },
    lang::load::{
        Files, TERRAFORM_VERSION, Version, canonical,
        content::{BodySchema, attribute, blocks, check_labels, list_items, text_argument, without},
        parse_file, satisfies,
    },
    product::PRODUCT,
    value::{Type, convert, quoted_string},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, Permissions},
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
};

/// The name of the file, in the folder of the root module.
pub const LOCK_FILE: &str = ".terraform.lock.hcl";

/// What is chosen, by provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locks(pub BTreeMap<ProviderSource, Lock>);

/// What is chosen of one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    pub version: Version,
    /// Those of all modules when the version was chosen, in their canonical form. Empty if there were none.
    pub constraints: String,
    /// With their schemes; such as are not known stay.
    pub hashes: BTreeSet<String>,
}

impl Locks {
    /// Reads the file at `path`; there is nothing in one that is not there. What is wrong is reported, and what is right returned.
    pub fn read(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Self {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::default(),
            // A pipe would be waited for.
            Ok(it) if it.is_file() => {}
            _ => {
                let detail = format!("The configuration file {:?} could not be read.", path.display().to_string());
                diagnostics.push(Diagnostic::error("Failed to read file", detail));
                return Self::default();
            }
        }
        let mut found = Diagnostics::new();
        let body = parse_file(&Files::disk(), path, sources, &mut found).unwrap_or_default();
        let locks = Self::decode(&body, &mut found);
        found.sort_by_key(|it| it.subject);
        diagnostics.append(&mut found);
        locks
    }

    fn decode(body: &Body, diagnostics: &mut Diagnostics) -> Self {
        if let Some(module) = body.blocks.iter().find(|it| &*it.kind.text == "module") {
            let detail = format!(
                "{PRODUCT} v{TERRAFORM_VERSION} only supports dependency locks for providers, not for modules. This \
                 configuration may be intended for a later version of Terraform that also supports dependency locks for \
                 modules."
            );
            let warning = Diagnostic::warning("Dependency locks for modules are not yet supported", detail);
            diagnostics.push(warning.at(module.kind.span));
        }
        let body = without(body, &[], &["module"]);
        BodySchema { blocks: &["provider"], ..BodySchema::default() }.check(&body, diagnostics);
        let (mut locks, mut seen) = (BTreeMap::new(), BTreeMap::new());
        for block in blocks(&body, "provider") {
            if !check_labels(block, &["source_addr"], diagnostics) {
                continue;
            }
            let mut found = Diagnostics::new();
            let decoded = lock(block, &mut found);
            diagnostics.append(&mut found);
            let Some((source, lock)) = decoded else { continue };
            if let Some(earlier) = seen.insert(source.clone(), block.header) {
                let detail = format!("This lockfile already declared a lock for provider {source} at ");
                let error = Diagnostic::error("Duplicate provider lock", detail).naming(earlier, ".");
                diagnostics.push(error.at(block.kind.span));
                continue;
            }
            locks.extend(lock.map(|it| (source, it)));
        }
        Self(locks)
    }

    /// The text of the file, as Terraform writes it.
    pub fn render(&self) -> String {
        let mut out = "# This file is maintained automatically by \"terraform init\".\n\
                       # Manual edits may be lost in future updates.\n"
            .to_owned();
        for (source, lock) in &self.0 {
            let quoted = |text: &str| quoted_string(text).replace("${", "$${").replace("%{", "%%{");
            out += &format!("\nprovider {} {{\n", quoted(&source.to_string()));
            let blank = if lock.constraints.is_empty() { "" } else { "    " };
            out += &format!("  version{blank} = {}\n", quoted(&lock.version.to_string()));
            if !lock.constraints.is_empty() {
                out += &format!("  constraints = {}\n", quoted(&lock.constraints));
            }
            if !lock.hashes.is_empty() {
                let lines: String = lock.hashes.iter().map(|it| format!("    {},\n", quoted(it))).collect();
                out += &format!("  hashes = [\n{lines}  ]\n");
            }
            out += "}\n";
        }
        out
    }

    /// Writes the file as a whole or not at all.
    pub fn write(&self, path: &Path) -> Result<(), Diagnostic> {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let write = || -> io::Result<()> {
            let permissions = Permissions::from_mode(0o644);
            let mut file =
                tempfile::Builder::new().prefix(LOCK_FILE).permissions(permissions.clone()).tempfile_in(folder)?;
            file.write_all(self.render().as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(path)?;
            Ok(())
        };
        write().map_err(|error| {
            let path = path.display();
            let detail = format!("Error while writing new dependency lock information to {path}: {error}.");
            Diagnostic::error("Failed to update dependency lock file", detail)
        })
    }

    /// Keeps what `after` has more or otherwise in the file at `path`; with `readonly` says what is not kept, which is wrong if
    /// there are other providers.
    pub fn keep(&self, after: &Self, path: &Path, readonly: bool) -> Diagnostics {
        if self == after {
            return Diagnostics::new();
        }
        if !readonly {
            return after.write(path).err().into_iter().collect();
        }
        let flag = "without the \"-lockfile=readonly\" flag.";
        if !self.0.keys().eq(after.0.keys()) {
            let detail = format!(
                "Changes to the required provider dependencies were detected, but the lock file is read-only. To use and \
                 record these requirements, run \"{} init\" {flag}",
                crate::product::COMMAND
            );
            return vec![Diagnostic::error("Provider dependency changes detected", detail)];
        }
        let detail = format!(
            "Changes to the provider selections were detected, but not saved in the .terraform.lock.hcl file. To record these \
             selections, run \"{} init\" {flag}",
            crate::product::COMMAND
        );
        vec![Diagnostic::warning("Provider lock file not updated", detail)]
    }
}

/// What a block says; without a lock if it says it wrongly.
fn lock(block: &Block, diagnostics: &mut Diagnostics) -> Option<(ProviderSource, Option<Lock>)> {
    let label = &block.labels[0];
    let mut refuse = |summary: &str, detail: String| {
        diagnostics.push(Diagnostic::error(summary, detail).at(label.span));
        None
    };
    let invalid = "Invalid provider source address";
    let Some(source) = label.text.parse::<ProviderSource>().ok().filter(written) else {
        let detail = "The provider source address for a provider lock must be a valid, fully-qualified address of the form \
                      \"hostname/namespace/type\".";
        return refuse(invalid, detail.into());
    };
    if source.is_builtin() {
        let detail = format!(
            "Cannot lock a version for built-in provider {source}. Built-in providers are bundled inside Terraform itself, so \
             you can't select a version for them independently of the Terraform release you are currently running."
        );
        return refuse(invalid, detail);
    }
    if &*source.namespace == "-" {
        let detail = format!(
            "Provider source address {source} is a special provider that is not eligible for dependency locking."
        );
        return refuse(invalid, detail);
    }
    let canonical = source.to_string();
    if *canonical != *label.text {
        let detail = format!(
            "The provider source address for this provider lock must be written as {canonical:?}, the fully-qualified and \
             normalized form."
        );
        return refuse("Non-normalized provider source address", detail);
    }
    let schema = BodySchema { required: &["version"], optional: &["constraints", "hashes"], blocks: &[] };
    schema.check(&block.body, diagnostics);
    let version = attribute(&block.body, "version").and_then(|it| chosen(&source, it, &block.body, diagnostics));
    let constraints = constraint(&source, &block.body, diagnostics);
    let hashes = hash_set(&block.body, diagnostics);
    let lock = version.filter(|_| !has_errors(diagnostics)).map(|version| Lock { version, constraints, hashes });
    Some((source, lock))
}

/// Whether the parts of an address are such as a provider can have.
fn written(source: &ProviderSource) -> bool {
    let is_part = |it: &str| it == "-" || it.chars().all(|it| it.is_alphanumeric() || it == '-');
    let is_host = |it: &str| it.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '.' | ':'));
    is_host(&source.host) && is_part(&source.namespace) && is_part(&source.name)
}

fn chosen(source: &ProviderSource, written: &Attribute, body: &Body, diagnostics: &mut Diagnostics) -> Option<Version> {
    let value = constant(&written.value, &mut Diagnostics::new());
    if value.is_some_and(|it| it.is_null()) {
        let detail = "A provider lock block must contain a \"version\" argument.";
        diagnostics.push(Diagnostic::error("Missing required argument", detail).at(written.value.start()));
        return None;
    }
    let text = text_argument(body, "version", diagnostics)?;
    let detail = match super::version(&text) {
        Ok(version) if version.to_string() == text => return Some(version),
        Ok(version) => {
            let version = version.to_string();
            format!(
                "The selected version number for provider {source} must be written in normalized form: {version:?}."
            )
        }
        Err(why) => format!("The selected version number for provider {source} is invalid: {why}."),
    };
    diagnostics.push(Diagnostic::error("Invalid provider version number", detail).at(written.value.start()));
    None
}

fn constraint(source: &ProviderSource, body: &Body, diagnostics: &mut Diagnostics) -> String {
    let Some(text) = text_argument(body, "constraints", diagnostics) else { return String::new() };
    let place = attribute(body, "constraints").map(|it| it.value.start()).unwrap_or_default();
    let readable = Version::parse(TERRAFORM_VERSION).is_some_and(|any| satisfies(&any, &text).is_some());
    let detail = match readable {
        true if canonical(&text) == text => return text,
        true => {
            let canonical = canonical(&text);
            format!(
                "The recorded version constraints for provider {source} must be written in normalized form: {canonical:?}."
            )
        }
        false => format!(
            "The recorded version constraints for provider {source} are invalid: {text:?} does not use correct version \
             constraint syntax."
        ),
    };
    diagnostics.push(Diagnostic::error("Invalid provider version constraints", detail).at(place));
    text
}

fn hash_set(body: &Body, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    let Some(written) = attribute(body, "hashes").map(|it| &it.value) else { return BTreeSet::new() };
    let before = diagnostics.len();
    let items = list_items(written, diagnostics);
    if items.is_empty() && diagnostics.len() == before {
        let detail = "The \"hashes\" argument must either be omitted or contain at least one hash value.";
        diagnostics.push(Diagnostic::error("Invalid provider hash set", detail).at(written.start()));
    }
    items.iter().filter_map(|item| hash_text(item, written, diagnostics)).collect()
}

fn hash_text(item: &Expression, set: &Expression, diagnostics: &mut Diagnostics) -> Option<String> {
    let value = constant(item, diagnostics);
    let problem = match value.map(|it| convert(&it, &Type::String)) {
        Some(Ok(text)) if !text.is_null() => {
            let text = text.as_str().unwrap_or_default().to_owned();
            if hash::scheme(&text).is_some() {
                return Some(text);
            }
            let detail = format!(
                "Cannot interpret {text:?} as a provider hash: hash string must start with a scheme keyword followed by a \
                 colon."
            );
            diagnostics.push(Diagnostic::error("Invalid provider hash string", detail).at(set.start()));
            return None;
        }
        Some(Ok(_)) => "null value is not allowed".to_owned(),
        Some(Err(error)) => error.to_string(),
        None => "value must be known".to_owned(),
    };
    let error = Diagnostic::error("Unsuitable value type", format!("Unsuitable value: {problem}"));
    diagnostics.push(error.at(item.start()));
    None
}

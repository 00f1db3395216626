//! Reads the files of a root module and of every module it calls. The only place that reads configuration files.

pub(super) mod content;
mod decode;
mod files;
mod installed;
mod merge;
mod types;
mod version;

#[cfg(test)]
pub(super) mod tests;

pub use files::{Files, clean};
pub use version::TERRAFORM_VERSION;

use super::{
    check::check,
    configuration::{Configuration, Module},
    fleet,
    syntax::{
        parse, parse_json,
        tree::{Attribute, Block, Body},
    },
};
use crate::{
    address::{ModulePath, Name},
    diagnostic::{Diagnostic, Diagnostics, Sources, Span, has_errors},
};
use decode::Decoder;
use installed::Installed;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

#[derive(Clone, Debug)]
pub struct LoadOptions {
    /// Where `terraform init` notes the modules it installed: `.terraform`, or what `TF_DATA_DIR` says.
    pub data_folder: PathBuf,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self { data_folder: ".terraform".into() }
    }
}

/// Loads the configuration in the folder `root` from the disk, with everything that can be said of it without
/// evaluating anything: the diagnostics are sorted by place and hold every error of every file.
pub fn load(root: &Path, options: &LoadOptions) -> (Configuration, Diagnostics) {
    load_from(&Files::disk(), root, options)
}

/// As [`load`], from `files`: those of a saved plan, or ones that are read for other purposes too.
pub fn load_from(files: &Files, root: &Path, options: &LoadOptions) -> (Configuration, Diagnostics) {
    let installed = Installed::read(files, &options.data_folder);
    let mut loader = Loader {
        files,
        installed,
        configuration: Configuration::default(),
        diagnostics: Vec::new(),
        folders: HashMap::new(),
    };
    loader.root(&clean(root));
    let Loader { configuration, mut diagnostics, .. } = loader;
    if !has_errors(&diagnostics) {
        // With half of the declarations missing, references would be reported that are fine.
        diagnostics.extend(check(&configuration));
    }
    diagnostics.sort_by_key(|it| it.subject);
    (configuration, diagnostics)
}

struct Loader<'a> {
    files: &'a Files,
    installed: Installed,
    configuration: Configuration,
    diagnostics: Diagnostics,
    /// What was decoded already: several calls may name the same folder.
    folders: HashMap<PathBuf, Module>,
}

/// A call whose module is to be loaded.
struct Pending {
    path: ModulePath,
    folder: PathBuf,
    source: String,
    /// The folders of the modules around it.
    around: Vec<PathBuf>,
}

impl Loader<'_> {
    fn root(&mut self, folder: &Path) {
        let Ok(names) = self.files.names(folder) else {
            let detail = format!("Module directory {} does not exist or cannot be read.", folder.display());
            self.diagnostics.push(Diagnostic::error("Failed to read module directory", detail));
            self.configuration.modules.insert(ModulePath::root(), Module::default());
            return;
        };
        let mut paths = sources_among(&names);
        if names.iter().any(|name| name == "rforge.hcl") {
            paths.extend(self.rollout(folder));
        }
        let mut module = self.decode(folder, &paths);
        module.folder = folder.to_owned();
        let mut pending = self.calls_of(&module, &[]);
        self.configuration.modules.insert(ModulePath::root(), module);
        while let Some(next) = pending.pop() {
            pending.extend(self.child(next));
        }
    }

    /// Reads `rforge.hcl`; the files of the regions that it lists, relative to `folder`.
    fn rollout(&mut self, folder: &Path) -> Vec<String> {
        let Some(body) = self.parse(&folder.join("rforge.hcl")) else { return Vec::new() };
        let names = self.files.names(&folder.join("regions")).unwrap_or_default();
        let available: Vec<Name> = names.iter().filter_map(|name| name.strip_suffix(".tf")).map(Into::into).collect();
        self.configuration.rollout = fleet::decode(&body, &available, &mut self.diagnostics);
        let regions = self.configuration.rollout.iter().flat_map(|rollout| &rollout.regions);
        regions.filter(|it| available.contains(it)).map(|region| format!("regions/{region}.tf")).collect()
    }

    /// Loads one child module; the modules that it calls are next.
    fn child(&mut self, call: Pending) -> Vec<Pending> {
        let mut module = match self.folders.get(&call.folder) {
            Some(module) => module.clone(),
            None => {
                let names = self.files.names(&call.folder).unwrap_or_default();
                let module = self.decode(&call.folder, &sources_among(&names));
                self.folders.insert(call.folder.clone(), module.clone());
                module
            }
        };
        self.assign_region(&call.path, &module);
        module.path = call.path;
        module.folder = call.folder;
        module.source = call.source;
        let pending = self.calls_of(&module, &call.around);
        self.configuration.modules.insert(module.path.clone(), module);
        pending
    }

    /// `region` in a call is the meta-argument of ours, unless the module has a variable of that name.
    fn assign_region(&mut self, path: &ModulePath, module: &Module) {
        let (Some(parent), Some(name)) = (path.parent(), path.0.last()) else { return };
        let caller = self.configuration.modules.get_mut(&parent);
        let Some(call) = caller.and_then(|it| it.calls.get_mut(name)) else { return };
        if !module.variables.contains_key("region") {
            call.region = call.arguments.remove("region");
        }
    }

    fn calls_of(&mut self, module: &Module, around: &[PathBuf]) -> Vec<Pending> {
        let around: Vec<PathBuf> = around.iter().chain([&module.folder]).cloned().collect();
        let mut pending = Vec::new();
        for call in module.calls.values().filter(|call| !call.source.is_empty()) {
            let path = module.path.child(&call.name);
            let local =
                call.source.starts_with("./") || call.source.starts_with("../") || matches!(&*call.source, "." | "..");
            let folder =
                if local { Some(clean(&module.folder.join(&call.source))) } else { self.installed.folder(&path) };
            let Some(folder) = folder else {
                let detail = "This module is not yet installed. Run \"terraform init\" to install all modules required \
                              by this configuration.";
                let error = Diagnostic::error("Module not installed", detail).at(call.span);
                let hint = format!(
                    "rforge downloads no modules: {:?} is looked for in .terraform/modules, where `terraform init` puts \
                     it. A copy in the repository, called by a path that starts with ./ or ../, needs no installation.",
                    call.source
                );
                self.diagnostics.push(error.hint(hint));
                continue;
            };
            if around.contains(&folder) {
                let detail = format!(
                    "Module {path} is in the folder {:?}, which holds a module that calls it: the modules would nest \
                     without end.",
                    folder.display().to_string()
                );
                self.diagnostics.push(Diagnostic::error("Module calls itself", detail).at(call.span));
                continue;
            }
            if self.files.names(&folder).is_err() {
                let detail = format!(
                    "The directory {} could not be read for module {:?} at {}.",
                    folder.display(),
                    &*call.name,
                    self.configuration.sources.place(call.span)
                );
                self.diagnostics.push(Diagnostic::error("Unreadable module directory", detail).at(call.span));
                continue;
            }
            pending.push(Pending { path, folder, source: call.source.clone(), around: around.clone() });
        }
        pending
    }

    /// The module in the files `names` of `folder`, override files merged.
    fn decode(&mut self, folder: &Path, names: &[String]) -> Module {
        let (mut attributes, mut blocks, mut overrides): (Vec<Attribute>, Vec<Block>, Vec<Block>) = Default::default();
        for name in names {
            let Some(body) = self.parse(&folder.join(name)) else { continue };
            attributes.extend(body.attributes);
            if is_override(name) { overrides.extend(body.blocks) } else { blocks.extend(body.blocks) }
        }
        merge::merge(&mut blocks, overrides, &mut self.diagnostics);
        let mut decoder = Decoder { sources: &self.configuration.sources, diagnostics: &mut self.diagnostics };
        decoder.module(&attributes, &blocks)
    }

    fn parse(&mut self, path: &Path) -> Option<Body> {
        parse_file(self.files, path, &mut self.configuration.sources, &mut self.diagnostics)
    }
}

/// The tree of the file at `path`, which is added to `sources`. What is wrong is reported.
pub fn parse_file(files: &Files, path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Body> {
    let path = clean(path);
    let content = match files.read(&path) {
        Ok(content) => content,
        Err(error) => {
            let detail = format!("The file {:?} could not be read: {error}.", path.display().to_string());
            diagnostics.push(Diagnostic::error("Failed to read file", detail));
            return None;
        }
    };
    let valid = std::str::from_utf8(&content);
    // The lossy text only serves to show where the mistake is; it is as long as the file up to there.
    let text = String::from_utf8_lossy(&content);
    let is_json = path.extension().is_some_and(|it| it == "json");
    let file = sources.add(path, text.as_ref().into());
    if let Err(error) = valid {
        let start = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
        let detail = "The file must be UTF-8 encoded text.";
        diagnostics.push(Diagnostic::error("Invalid character encoding", detail).at(Span { file, start, end: start }));
        return None;
    }
    Some(if is_json { parse_json(&text, file, diagnostics) } else { parse(&text, file, diagnostics) })
}

/// The files among `names` that hold configuration, override files last.
fn sources_among(names: &[String]) -> Vec<String> {
    let is_source = |name: &&String| {
        let ignored = name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
        !ignored && (name.ends_with(".tf") || name.ends_with(".tf.json"))
    };
    let (overrides, mut names): (Vec<String>, Vec<String>) =
        names.iter().filter(is_source).cloned().partition(|name| is_override(name));
    names.extend(overrides);
    names
}

fn is_override(name: &str) -> bool {
    let stem = name.strip_suffix(".tf").or_else(|| name.strip_suffix(".tf.json")).unwrap_or(name);
    stem == "override" || stem.ends_with("_override")
}

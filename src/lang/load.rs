//! Reads the files of a root module and of every module it calls. The only place that reads configuration files.

pub(crate) mod content;
mod decode;
mod files;
mod installed;
mod merge;
mod test_files;
mod types;
mod version;

#[cfg(test)]
pub(super) mod tests;

pub use files::{Files, clean};
pub use installed::{Installed, Manifest, Record};
pub use test_files::{check_tests, load_test, load_tests};
pub use version::{
    TERRAFORM_VERSION, UNSUPPORTED_VERSION, Version, canonical, names_exactly, satisfies, satisfies_major,
};

use super::{
    check::{check, check_providers},
    configuration::{Configuration, Module, ModuleCall},
    fleet,
};
use crate::{
    address::{ModulePath, Name},
    diagnostic::{Diagnostic, Diagnostics, FileId, Sources, Span, has_errors},
    expression::syntax::{
        parse, parse_json, parse_settings,
        tree::{Attribute, Block, Body},
    },
    native::{Native, called},
};
use decode::Decoder;
use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
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
    let (configuration, mut diagnostics) = load_with(files, root, &mut Installed::read(files, &options.data_folder));
    if !has_errors(&diagnostics) {
        // With half of the declarations missing, references would be reported that are fine.
        diagnostics.extend(check(&configuration));
        diagnostics.sort_by_key(|it| it.subject);
    }
    (configuration, diagnostics)
}

/// As [`load_from`], but looks only at declarations, and not at what refers to them: what `init` needs, which in Terraform too
/// finds nothing else.
pub fn load_declarations(files: &Files, root: &Path, options: &LoadOptions) -> (Configuration, Diagnostics) {
    let (configuration, mut diagnostics) = load_with(files, root, &mut Installed::read(files, &options.data_folder));
    if !has_errors(&diagnostics) {
        diagnostics.extend(check_providers(&configuration));
    }
    (configuration, diagnostics)
}

/// A call whose module is to be found.
pub struct ModuleRequest<'a> {
    pub path: &'a ModulePath,
    /// Of the module that the call is in.
    pub caller: &'a Path,
    pub call: &'a ModuleCall,
    pub sources: &'a Sources,
}

/// Knows where modules are, or puts them somewhere.
pub trait ModuleFolders {
    /// The folder of a module that is called. Calls come depth first, in the order of their names. None if it cannot
    /// be had: the diagnostics say why.
    fn folder(&mut self, request: &ModuleRequest<'_>, diagnostics: &mut Diagnostics) -> Option<PathBuf>;
}

/// As [`load_from`], with modules in the folders that `modules` names, and without looking at what refers to what.
pub fn load_with(files: &Files, root: &Path, modules: &mut dyn ModuleFolders) -> (Configuration, Diagnostics) {
    let mut loader = Loader {
        files,
        modules,
        configuration: Configuration::default(),
        diagnostics: Vec::new(),
        folders: HashMap::new(),
    };
    loader.root(&clean(root));
    let Loader { configuration, mut diagnostics, .. } = loader;
    diagnostics.sort_by_key(|it| it.subject);
    (configuration, diagnostics)
}

struct Loader<'a> {
    files: &'a Files,
    modules: &'a mut dyn ModuleFolders,
    configuration: Configuration,
    diagnostics: Diagnostics,
    /// What was decoded already: several calls may name the same folder.
    folders: HashMap<PathBuf, Module>,
}

/// A call whose module is to be loaded.
struct Pending {
    caller: ModulePath,
    name: Name,
    /// The folders of the modules around it, that of the caller last.
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
        let mut native = Vec::new();
        if names.iter().any(|name| name == "rforge.hcl")
            && let Some(body) = self.parse(&folder.join("rforge.hcl"))
        {
            paths.extend(self.rollout(folder, &body));
            native = fleet::native(&body, &mut self.diagnostics);
        }
        let mut module = self.decode(folder, &paths);
        module.folder = folder.to_owned();
        self.configuration.said = fleet::by_source(native, &module, &mut self.diagnostics);
        let said = self.configuration.said.iter().map(|(source, it)| (source.clone(), it.natively.clone()));
        self.configuration.native = Native { providers: said.collect(), ..called() };
        self.check_version(&module);
        // Modules of a root that is broken would be reported to lack what its mistakes hide.
        let mut pending = if has_errors(&self.diagnostics) { Vec::new() } else { calls_of(&module, &[]) };
        self.configuration.modules.insert(ModulePath::root(), module);
        while let Some(next) = pending.pop() {
            pending.extend(self.child(next));
        }
    }

    /// The files of the regions that `rforge.hcl` lists, relative to `folder`.
    fn rollout(&mut self, folder: &Path, body: &Body) -> Vec<String> {
        let names = self.files.names(&folder.join("regions")).unwrap_or_default();
        let available: Vec<Name> = names.iter().filter_map(|name| name.strip_suffix(".tf")).map(Into::into).collect();
        self.configuration.rollout = fleet::decode(body, &available, &mut self.diagnostics);
        let regions = self.configuration.rollout.iter().flat_map(|rollout| &rollout.regions);
        regions.filter(|it| available.contains(it)).map(|region| format!("regions/{region}.tf")).collect()
    }

    /// Loads one child module; the modules that it calls are next.
    fn child(&mut self, Pending { caller, name, around }: Pending) -> Vec<Pending> {
        let path = caller.child(&name);
        let Some(folder) = self.folder_of(&caller, &name, &path, &around) else { return Vec::new() };
        let mut module = match self.folders.get(&folder) {
            Some(module) => module.clone(),
            None => {
                let names = self.files.names(&folder).unwrap_or_default();
                let module = self.decode(&folder, &sources_among(&names));
                self.folders.insert(folder.clone(), module.clone());
                module
            }
        };
        self.assign_region(&path, &module);
        let caller = self.configuration.modules.get(&caller);
        module.source = caller.and_then(|it| it.calls.get(&name)).map_or_else(String::new, |call| call.source.clone());
        module.path = path;
        module.folder = folder;
        self.check_version(&module);
        let pending = calls_of(&module, &around);
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

    /// The folder of the module that the call `name` of `caller` names, if it can be read.
    fn folder_of(
        &mut self,
        caller: &ModulePath,
        name: &Name,
        path: &ModulePath,
        around: &[PathBuf],
    ) -> Option<PathBuf> {
        let sources = &self.configuration.sources;
        let caller = self.configuration.modules.get(caller)?;
        let call = caller.calls.get(name)?;
        let request = ModuleRequest { path, caller: &caller.folder, call, sources };
        let folder = self.modules.folder(&request, &mut self.diagnostics)?;
        if around.contains(&folder) {
            let detail = format!(
                "Module {path} is in the folder {:?}, which holds a module that calls it: the modules would nest \
                 without end.",
                folder.display().to_string()
            );
            self.diagnostics.push(Diagnostic::error("Module calls itself", detail).at(call.span));
            return None;
        }
        if self.files.names(&folder).is_err() {
            let detail = format!(
                "The directory {} could not be read for module {:?} at {}.",
                folder.display(),
                &**name,
                sources.line(call.span)
            );
            self.diagnostics.push(Diagnostic::error("Unreadable module directory", detail).at(call.span));
            return None;
        }
        Some(folder)
    }

    /// The module in the files `names` of `folder`, override files merged. What is wrong with a file is wrong whatever
    /// another one puts in its place.
    fn decode(&mut self, folder: &Path, names: &[String]) -> Module {
        let (mut attributes, mut blocks): (Vec<Attribute>, Vec<Block>) = Default::default();
        let mut overrides = Vec::new();
        for name in names {
            let Some(body) = self.parse(&folder.join(name)) else { continue };
            attributes.extend(body.attributes);
            if is_override(name) { overrides.push(body.blocks) } else { blocks.extend(body.blocks) }
        }
        let sources = &self.configuration.sources;
        let mut found = Diagnostics::new();
        let mut module = Decoder::new(sources, &mut found).module(&attributes, &blocks);
        for file in overrides {
            merge::merge(&mut blocks, file, sources, &mut found);
            let mut again = Diagnostics::new();
            module = Decoder::new(sources, &mut again).module(&attributes, &blocks);
            again.retain(|it| !found.contains(it));
            found.extend(again);
        }
        self.diagnostics.extend(found);
        module
    }

    /// Reports the constraints of a module on the version of the language that are not met.
    fn check_version(&mut self, module: &Module) {
        let (sources, diagnostics) = (&self.configuration.sources, &mut self.diagnostics);
        Decoder::new(sources, diagnostics).check_version(module);
    }

    fn parse(&mut self, path: &Path) -> Option<Body> {
        let content = self.files.read_found(path);
        parse_content(content, path, &mut self.configuration.sources, &mut self.diagnostics)
    }
}

/// The calls of `module`, the first in the order of names last: it is taken first.
fn calls_of(module: &Module, around: &[PathBuf]) -> Vec<Pending> {
    let around: Vec<PathBuf> = around.iter().chain([&module.folder]).cloned().collect();
    let pending = |name: &Name| Pending { caller: module.path.clone(), name: name.clone(), around: around.clone() };
    module.calls.keys().rev().map(pending).collect()
}

/// The tree of the file at `path`, which is added to `sources`. What is wrong is reported.
pub fn parse_file(files: &Files, path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Body> {
    parse_content(files.read(path), path, sources, diagnostics)
}

/// As [`parse_file`], of a file with the settings of a user.
pub fn parse_settings_file(
    files: &Files,
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Body> {
    let (text, file) = text_of(files.read(path), path, sources, diagnostics)?;
    Some(parse_settings(&text, file, diagnostics))
}

fn parse_content(
    content: io::Result<Arc<[u8]>>,
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Body> {
    let (text, file) = text_of(content, path, sources, diagnostics)?;
    let is_json = path.extension().is_some_and(|it| it == "json");
    Some(if is_json { parse_json(&text, file, diagnostics) } else { parse(&text, file, diagnostics) })
}

/// What was read, which is added to `sources`.
fn text_of(
    content: io::Result<Arc<[u8]>>,
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Arc<str>, FileId)> {
    let path = clean(path);
    let content = match content {
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
    let text: Arc<str> = text.as_ref().into();
    let file = sources.add(path, text.clone());
    if let Err(error) = valid {
        let start = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
        let detail = "The file must be UTF-8 encoded text.";
        diagnostics.push(Diagnostic::error("Invalid character encoding", detail).at(Span { file, start, end: start }));
        return None;
    }
    Some((text, file))
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

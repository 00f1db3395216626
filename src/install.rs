//! Installs the modules that a configuration calls, as `terraform get` does: into `.terraform/modules`, with the same
//! `modules.json`. What Terraform installed is used as it is, and the other way round.

mod archive;
mod checksum;
mod credentials;
mod fetch;
mod git;
mod hosts;
mod login;
mod mercurial;
mod oauth;
pub mod packages;
mod program;
mod registry;
mod s3;
mod services;

use crate::{
    address::ModulePath,
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    lang::{
        configuration::Configuration,
        load::{
            Files, Manifest, ModuleFolders, ModuleRequest, Record, Version, clean, load_tests, load_with,
            names_exactly, satisfies,
        },
        source::{ModuleSource, RegistryModule, RemotePackage},
        test_file::{Run, TestFile},
    },
    product::PRODUCT,
    web::s3::Credentials,
};
use fetch::Fetcher;
use registry::{Failure, Registry};
use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

pub use hosts::{Kept, Place, check_settings};
pub use login::{Host, browse, host_name, owner_of, tokens_page};
pub use oauth::{Authorization, by_password, is_token};
pub use services::LoginService;

pub struct Options<'a> {
    /// Where modules are installed: `.terraform`, or what `TF_DATA_DIR` says.
    pub data_folder: PathBuf,
    /// Where test files are, besides the root: what they test is installed, too.
    pub tests: PathBuf,
    /// Installs everything again, in the newest version that the constraints allow.
    pub update: bool,
    /// The credentials for sources on S3, asked for when there is one.
    pub credentials: &'a dyn Fn() -> Option<Credentials>,
}

/// What is being done, for who waits.
pub enum Progress<'a> {
    /// There are modules to install, or installed ones to look at.
    Calls,
    Downloading {
        package: &'a str,
        version: Option<&'a Version>,
        key: &'a str,
    },
    Installed {
        key: &'a str,
        folder: &'a Path,
    },
}

/// How it ended.
pub struct Outcome {
    /// With the modules that could be installed.
    pub configuration: Configuration,
    /// Also those of the configuration.
    pub diagnostics: Diagnostics,
    /// The modules that tests execute instead.
    pub tested: Vec<Configuration>,
}

/// Installs what `root` calls and is not installed yet, and what these modules call.
pub fn install(files: &Files, root: &Path, options: &Options<'_>, report: &mut dyn FnMut(Progress<'_>)) -> Outcome {
    let path = Manifest::path(&options.data_folder);
    let manifest = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Manifest::default()),
        Err(error) => Err(error.to_string()),
        Ok(content) => Manifest::parse(&content).map_err(|error| error.to_string()),
    };
    let manifest = manifest.unwrap_or_else(|error| {
        // Everything is installed again then, which cannot be wrong.
        tracing::warn!("{} cannot be read: {error}", path.display());
        Manifest::default()
    });
    let mut installer = Installer {
        options,
        folder: options.data_folder.join("modules"),
        manifest,
        registry: Registry::default(),
        fetcher: Fetcher::new(options.credentials),
        report,
        complete: true,
        addresses: HashMap::new(),
        within: String::new(),
    };
    let root_record = Record { key: String::new(), source: String::new(), version: String::new(), folder: clean(root) };
    installer.manifest.0.insert(String::new(), root_record);
    let (mut configuration, mut diagnostics) = load_with(files, root, &mut installer);
    let mut others = Vec::new();
    if !has_errors(&diagnostics) {
        let tests = load_tests(files, root, &options.tests, &mut configuration.sources, &mut diagnostics);
        for (test, run) in tests.iter().flat_map(|test| test.runs.iter().map(move |run| (test, run))) {
            let Some(folder) = installer.tested(root, test, run, &configuration.sources, &mut diagnostics) else {
                continue;
            };
            let (tested, found) = load_with(files, &folder, &mut installer);
            if has_errors(&found) {
                (configuration, diagnostics) = (tested, found);
                break;
            }
            others.push(tested);
        }
    }
    let Installer { manifest, complete, addresses, .. } = installer;
    // Where nothing is called there is nothing to be remembered, and what is remembered already is not written again: the folder may be
    // one that cannot be written to.
    let text = manifest.render();
    if complete && !addresses.is_empty() && !fs::read_to_string(&path).is_ok_and(|it| it == text) {
        let written = fs::create_dir_all(options.data_folder.join("modules"));
        if let Err(error) = written.and_then(|()| fs::write(&path, text)) {
            let detail = format!("Unable to write the module manifest file: {error}");
            diagnostics.push(Diagnostic::error("Failed to update module manifest", detail));
        }
    }
    Outcome { configuration, diagnostics, tested: others }
}

/// Puts the module at `source` into `folder`.
pub fn copy(source: &str, folder: &Path, credentials: &dyn Fn() -> Option<Credentials>) -> Result<(), String> {
    let place = tempfile::tempdir().map_err(|error| error.to_string())?;
    let package = place.path().join("package");
    let mut fetcher = Fetcher::new(credentials);
    let found = match ModuleSource::parse(source).map_err(|why| why.to_string())? {
        ModuleSource::Local(path) => PathBuf::from(path),
        ModuleSource::Remote(remote) => {
            fetcher.fetch(&remote.package, &package)?;
            fetch::expand(&package, Path::new(&remote.folder))?
        }
        ModuleSource::Registry(module) => {
            let mut registry = Registry::default();
            let versions = registry.versions(&module).map_err(|it| it.to_string())?;
            let newest = versions.iter().filter(|it| !it.is_prerelease()).max();
            let newest = newest.ok_or_else(|| format!("{} has no versions", module.package()))?;
            let location = registry.location(&module, newest)?;
            let remote = RemotePackage::parse(&location).map_err(|why| why.to_string())?;
            fetcher.fetch(&remote.package, &package)?;
            fetch::expand(&package, &Path::new(&remote.folder).join(module.folder))?
        }
    };
    fetch::copy(&found, folder).map_err(|error| format!("{}: {error}", found.display()))
}

struct Installer<'a> {
    options: &'a Options<'a>,
    /// `.terraform/modules`
    folder: PathBuf,
    manifest: Manifest,
    registry: Registry,
    fetcher: Fetcher<'a>,
    report: &'a mut dyn FnMut(Progress<'_>),
    /// Whether nothing failed.
    complete: bool,
    /// What the calls on the way here said, by key: a path of a call must stay in its package.
    addresses: HashMap<String, ModuleSource>,
    /// The key of the module that is called from: none for the root.
    within: String,
}

impl ModuleFolders for Installer<'_> {
    fn folder(&mut self, request: &ModuleRequest<'_>, diagnostics: &mut Diagnostics) -> Option<PathBuf> {
        if self.addresses.is_empty() {
            (self.report)(Progress::Calls);
        }
        let address = request.call.address.clone()?;
        let path = request.path.0.join(".");
        let key = if self.within.is_empty() { path } else { format!("{}.{path}", self.within) };
        let mut found = Diagnostics::new();
        let folder = self.installed(&key, &address, request).or_else(|| {
            self.forget(&key);
            let record = self.install(&key, &address, request, &mut found)?;
            (self.report)(Progress::Installed { key: &key, folder: &record.folder });
            let folder = record.folder.clone();
            self.manifest.0.insert(key.clone(), record);
            Some(folder)
        });
        self.addresses.insert(key, address);
        self.complete &= !has_errors(&found);
        diagnostics.append(&mut found);
        folder
    }
}

impl Installer<'_> {
    /// The folder of the module that a run tests, if it names one. From now on calls are those of that module.
    fn tested(
        &mut self,
        root: &Path,
        test: &TestFile,
        run: &Run,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<PathBuf> {
        let (call, key) = (run.call()?, test.module_key(run));
        self.within.clear();
        let path = ModulePath(vec![key.clone()]);
        let folder = self.folder(&ModuleRequest { path: &path, caller: root, call: &call, sources }, diagnostics);
        self.within = key.to_string();
        folder
    }

    /// The folder of a module that is installed as the call wants it.
    fn installed(&self, key: &str, address: &ModuleSource, request: &ModuleRequest<'_>) -> Option<PathBuf> {
        let record = self.manifest.0.get(key).filter(|_| !self.options.update)?;
        let version = Version::parse(&record.version);
        let wanted = request.call.version.as_deref();
        let acceptable = match (&version, wanted) {
            (Some(version), Some(wanted)) => satisfies(version, wanted) == Some(true),
            _ => true,
        };
        (record.source == address.to_string() && acceptable && record.folder.is_dir()).then(|| clean(&record.folder))
    }

    /// Drops a module that is to be installed again, and what it called.
    fn forget(&mut self, key: &str) {
        let below = format!("{key}.");
        self.manifest.0.retain(|it, _| it != key && !it.starts_with(&below));
    }

    fn install(
        &mut self,
        key: &str,
        address: &ModuleSource,
        request: &ModuleRequest<'_>,
        found: &mut Diagnostics,
    ) -> Option<Record> {
        let at = request.sources.line(request.call.span);
        let name = &*request.call.name;
        let record = |version: Option<&Version>, folder: PathBuf| Record {
            key: key.to_owned(),
            source: address.to_string(),
            version: version.map(ToString::to_string).unwrap_or_default(),
            folder,
        };
        if let ModuleSource::Local(local) = address {
            let folder = clean(&request.caller.join(local));
            if folder.is_dir() {
                return Some(record(None, folder));
            }
            found.push(self.escapes(key, local).unwrap_or_else(|| {
                let folder = folder.display();
                let detail = format!("The directory {folder} could not be read for module {name:?} at {at}.");
                Diagnostic::error("Unreadable module directory", detail).at(request.call.span)
            }));
            return None;
        }
        let target = self.folder.join(key);
        if let Err(error) = remove(&target) {
            let detail = format!(
                "{PRODUCT} tried to remove {} in order to reinstall this module, but encountered an error: {error}",
                target.display()
            );
            found.push(Diagnostic::error("Failed to remove local module cache", detail));
            return None;
        }
        let (version, package, inner) = match address {
            ModuleSource::Registry(module) => {
                let (version, package) = self.of_registry(key, module, request, found)?;
                (Some(version), package, module.folder.clone())
            }
            ModuleSource::Remote(remote) => {
                (self.report)(Progress::Downloading { package: &remote.package, version: None, key });
                (None, RemotePackage { folder: String::new(), ..remote.clone() }, remote.folder.clone())
            }
            ModuleSource::Local(_) => return None,
        };
        if let Err(error) = self.fetcher.fetch(&package.package, &target) {
            let detail =
                format!("Could not download module {name:?} ({at}) source code from {:?}: {error}", package.package);
            found.push(Diagnostic::error("Failed to download module", detail).at(request.call.span));
            return None;
        }
        let inner = Path::new(&package.folder).join(&inner);
        match fetch::expand(&target, &inner) {
            Ok(folder) => Some(record(version.as_ref(), clean(&folder))),
            Err(why) => {
                let (summary, detail) = match address {
                    ModuleSource::Registry(_) => (
                        "Unreadable module subdirectory",
                        format!(
                            "The directory {} does not exist. The target submodule {} does not exist within the target \
                             module.",
                            target.join(&inner).display(),
                            inner.display()
                        ),
                    ),
                    _ => ("Failed to expand subdir globs", why),
                };
                found.push(Diagnostic::error(summary, detail).at(request.call.source_span));
                None
            }
        }
    }

    /// The version of a registry module that suits the call, and where it is.
    fn of_registry(
        &mut self,
        key: &str,
        module: &RegistryModule,
        request: &ModuleRequest<'_>,
        found: &mut Diagnostics,
    ) -> Option<(Version, RemotePackage)> {
        let (name, host, at) = (&*request.call.name, &module.host, request.sources.line(request.call.span));
        let mut fail = |summary: &str, detail: String| {
            found.push(Diagnostic::error(summary, detail).at(request.call.span));
            None
        };
        let versions = match self.registry.versions(module) {
            Ok(versions) => versions,
            Err(Failure::NotFound) => {
                let detail = format!("Module {name:?} (from {at}) cannot be found in the module registry at {host}.");
                return fail("Module not found", detail);
            }
            Err(Failure::Other(error)) => {
                let detail =
                    format!("Failed to retrieve available versions for module {name:?} ({at}) from {host}: {error}.");
                return fail("Error accessing remote module registry", detail);
            }
        };
        let address = ModuleSource::Registry(module.clone());
        let constraint = request.call.version.as_deref();
        let eligible =
            |it: &&Version| !it.is_prerelease() || constraint.is_some_and(|wanted| names_exactly(it, wanted));
        let Some(latest) = versions.iter().filter(eligible).max() else {
            let detail = format!("Module \"{address}\" ({at}) has no versions available on {host}.");
            return fail("Module has no versions", detail);
        };
        let suits = |it: &&Version| constraint.is_none_or(|wanted| satisfies(it, wanted) == Some(true));
        let Some(version) = versions.iter().filter(eligible).filter(suits).max().cloned() else {
            let detail = format!(
                "There is no available version of module \"{address}\" ({at}) which matches the given version \
                 constraint. The newest available version is {latest}."
            );
            return fail("Unresolvable module version constraint", detail);
        };
        (self.report)(Progress::Downloading { package: &module.package(), version: Some(&version), key });
        let location = match self.registry.location(module, &version) {
            Ok(location) => location,
            Err(error) => {
                let detail = format!("Failed to retrieve a download URL for {address} {version} from {host}: {error}");
                return fail("Error accessing remote module registry", detail);
            }
        };
        match RemotePackage::parse(&location) {
            Ok(package) => Some((version, package)),
            Err(why) => {
                let detail = format!(
                    "Module registry {host} returned invalid source location {location:?} for {address} {version}: {why}."
                );
                fail("Invalid package location from module registry", detail)
            }
        }
    }

    /// The error of a path that leaves the package which its module came in.
    fn escapes(&self, key: &str, local: &str) -> Option<Diagnostic> {
        let mut paths = vec![local];
        let mut around = key;
        let (package, start) = loop {
            around = around.rsplit_once('.')?.0;
            match self.addresses.get(around)? {
                ModuleSource::Local(path) => paths.push(path),
                ModuleSource::Remote(remote) => break (remote.package.clone(), &remote.folder),
                ModuleSource::Registry(module) => break (module.package(), &module.folder),
            }
        };
        let place = paths.iter().rev().fold(PathBuf::from(start), |place, path| clean(&place.join(path)));
        let module = key.replace('.', ".module.");
        let detail = format!(
            "The given source directory for module.{module} would be outside of its containing package {package:?}. \
             Local source addresses starting with \"../\" must stay within the same package that the calling module \
             belongs to."
        );
        place.starts_with("..").then(|| Diagnostic::error("Local module path escapes module package", detail))
    }
}

/// Removes a folder or a link, if there is one.
fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(it) if it.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

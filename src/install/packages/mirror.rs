//! Folders with packages of providers: `HOST/NAMESPACE/TYPE/VERSION/OS_ARCH` with the files of one, or
//! `HOST/NAMESPACE/TYPE/terraform-provider-TYPE_VERSION_OS_ARCH.zip`.

use super::{Checks, Failure, Location, Package, Platform, hash::Packed, version};
use crate::{address::ProviderSource, lang::load::Version};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// A package in a folder.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub version: Version,
    pub platform: Platform,
    pub place: Packed,
}

/// A folder that is searched when it is first asked.
#[derive(Debug)]
pub(super) struct Mirror {
    pub folder: PathBuf,
    found: Option<BTreeMap<ProviderSource, Vec<Found>>>,
}

impl Mirror {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, found: None }
    }

    /// What is in the folder.
    pub(super) fn found(&mut self) -> Result<&BTreeMap<ProviderSource, Vec<Found>>, Failure> {
        if self.found.is_none() {
            let found = search(&self.folder).map_err(|error| {
                let folder = self.folder.display();
                Failure::Other(format!("cannot search {folder}: {error}"))
            })?;
            self.found = Some(found);
        }
        Ok(self.found.get_or_insert_default())
    }

    pub(super) fn versions(&mut self, provider: &ProviderSource) -> Result<Vec<Version>, Failure> {
        Ok(self.found()?.get(provider).into_iter().flatten().map(|it| it.version.clone()).collect())
    }

    pub(super) fn package(
        &mut self,
        provider: &ProviderSource,
        version: &Version,
        platform: &Platform,
    ) -> Result<Package, Failure> {
        let all = self.found()?.get(provider).into_iter().flatten();
        let package = all.into_iter().find(|it| it.version == *version && it.platform == *platform);
        let package = package.ok_or_else(|| Failure::unavailable(provider, version, platform))?;
        Ok(Package { location: Location::Here(package.place.clone()), checks: Checks::None })
    }
}

/// All packages in a folder, in the order of their paths. What has another name is no package.
pub(super) fn search(folder: &Path) -> io::Result<BTreeMap<ProviderSource, Vec<Found>>> {
    let mut all: BTreeMap<ProviderSource, Vec<Found>> = BTreeMap::new();
    for host in names(folder)? {
        for namespace in inner(&folder.join(&host)) {
            let of_namespace = folder.join(&host).join(&namespace);
            for name in inner(&of_namespace) {
                let Ok(source) = format!("{host}/{namespace}/{name}").parse::<ProviderSource>() else { continue };
                let mut found = of_provider(&of_namespace.join(&name), &name);
                if !found.is_empty() {
                    all.entry(source).or_default().append(&mut found);
                }
            }
        }
    }
    Ok(all)
}

fn of_provider(folder: &Path, name: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for entry in inner_of_any_kind(folder) {
        let path = folder.join(&entry);
        if path.is_dir() {
            let Ok(version) = version(&entry) else { continue };
            for target in inner_of_any_kind(&path) {
                let place = path.join(&target);
                let Ok(platform) = Platform::parse(&target) else { continue };
                if place.is_dir() {
                    found.push(Found { version: version.clone(), platform, place: Packed::Folder(place) });
                }
            }
            continue;
        }
        let lower = entry.to_lowercase();
        let middle = lower.strip_prefix(&format!("terraform-provider-{}_", name.to_lowercase()));
        let parts = middle.and_then(|it| it.strip_suffix(".zip")).and_then(|it| it.split_once('_'));
        let Some((written, target)) = parts else { continue };
        if let (Ok(version), Ok(platform)) = (version(written), Platform::parse(target)) {
            found.push(Found { version, platform, place: Packed::Archive(path) });
        }
    }
    found
}

/// The names of the folders in a folder, without links: those may lead in circles.
fn inner(folder: &Path) -> Vec<String> {
    let names = inner_of_any_kind(folder).into_iter();
    names.filter(|it| fs::symlink_metadata(folder.join(it)).is_ok_and(|it| it.is_dir())).collect()
}

/// What cannot be read has nothing in it.
fn inner_of_any_kind(folder: &Path) -> Vec<String> {
    names(folder).unwrap_or_default()
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut names: Vec<String> = entries.into_iter().filter_map(|it| it.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

//! Fills a folder with packages, and with the files that make a network mirror of it where a web server offers it.

use super::{
    Locks, Origin, Platform, Requirements, Vouched, download,
    hash::Packed,
    meets,
    mirror::{Found, search},
    place, shown,
};
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics},
    lang::load::Version,
    product::PRODUCT,
};
use serde_json::{Map, Value as Json, json};
use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// What is done, for who waits.
pub enum Mirroring<'m> {
    BuiltIn(&'m ProviderSource),
    Provider(&'m ProviderSource),
    /// The version, and why it is this one.
    Selected(&'m Version, &'m str),
    Downloading(&'m Platform),
    Authenticated(&'m Vouched),
}

/// Puts a package of each provider for each platform into `folder`, whatever is there already.
pub fn mirror(
    requirements: &Requirements,
    locks: Option<&Locks>,
    platforms: &[Platform],
    folder: &Path,
    report: &mut dyn FnMut(Mirroring<'_>),
) -> Diagnostics {
    let mut origin = Origin::registry();
    let mut found = Diagnostics::new();
    for (provider, constraints) in requirements {
        if provider.is_builtin() {
            report(Mirroring::BuiltIn(provider));
            continue;
        }
        report(Mirroring::Provider(provider));
        let version = match select(&mut origin, provider, constraints, locks) {
            Ok(version) => version,
            Err(why) => {
                let detail = format!("Failed to download {} from its origin registry: {why}.", shown(provider));
                found.push(Diagnostic::error("Provider not available", detail));
                continue;
            }
        };
        let reason = match (locks, constraints.is_empty()) {
            (Some(_), _) => "to match dependency lock file".to_owned(),
            (None, false) => format!("to meet constraints {constraints}"),
            (None, true) => "with no constraints".to_owned(),
        };
        report(Mirroring::Selected(&version, &reason));
        for platform in platforms {
            report(Mirroring::Downloading(platform));
            found.extend(fetch(&mut origin, provider, &version, platform, folder, report).err());
        }
    }
    found.extend(index(folder));
    found
}

fn select(
    origin: &mut Origin,
    provider: &ProviderSource,
    constraints: &str,
    locks: Option<&Locks>,
) -> Result<Version, String> {
    let available = origin.versions(provider).map_err(|why| why.to_string())?;
    let newest = available.into_iter().filter(|it| meets(it, constraints)).max();
    let newest =
        newest.ok_or_else(|| format!("no releases match the given constraints {constraints}").trim_end().to_owned())?;
    Ok(locks.and_then(|it| it.0.get(provider)).map_or(newest, |it| it.version.clone()))
}

fn fetch(
    origin: &mut Origin,
    provider: &ProviderSource,
    version: &Version,
    platform: &Platform,
    folder: &Path,
    report: &mut dyn FnMut(Mirroring<'_>),
) -> Result<(), Diagnostic> {
    let what = format!("{} v{version} for {platform}", shown(provider));
    let error = |summary: &str, detail: String| Diagnostic::error(summary, detail);
    let package = origin.package(provider, version, platform);
    let package =
        package.map_err(|why| error("Provider release not available", format!("Failed to download {what}: {why}.")))?;
    let failed = |why: String| error("Cannot download provider release", format!("Failed to download {what}: {why}."));
    let super::Location::There(url) = &package.location else {
        return Err(failed("it is not on a server".into()));
    };
    let target = packed(folder, provider, version, platform);
    let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
        return Err(failed("it has no place".into()));
    };
    fs::create_dir_all(parent).map_err(|why| failed(format!("{}: {why}", parent.display())))?;
    // Nobody takes a file with such a name for a package.
    let staging = tempfile::Builder::new()
        .prefix(&format!(".{}", name.display()))
        .permissions(fs::Permissions::from_mode(0o644))
        .tempfile_in(parent);
    let staging = staging.map_err(|why| failed(format!("{}: {why}", parent.display())))?;
    download::download(url, staging.path(), &mut |_, _| ()).map_err(failed)?;
    let vouched = place::authenticated(&Packed::Archive(staging.path().to_owned()), &package.checks);
    let vouched =
        vouched.map_err(|why| error("Invalid provider package", format!("Failed to authenticate {what}: {why}.")))?;
    report(Mirroring::Authenticated(&vouched));
    staging.persist(&target).map_err(|why| {
        let detail = format!("Failed to place {} package into mirror directory: {why}.", shown(provider));
        error("Cannot download provider release", detail)
    })?;
    Ok(())
}

/// The file of a package.
fn packed(folder: &Path, provider: &ProviderSource, version: &Version, platform: &Platform) -> PathBuf {
    let name = format!("terraform-provider-{}_{version}_{platform}.zip", provider.name);
    folder.join(provider.to_string()).join(name)
}

/// Writes the index files of all that is in the folder, be it from now or from before.
fn index(folder: &Path) -> Diagnostics {
    let failed = |detail: String| Diagnostic::error("Failed to update indexes", detail);
    let all = match search(folder) {
        Ok(all) => all,
        Err(error) => {
            let why = format!("cannot search {}: {error}", folder.display());
            return vec![failed(format!(
                "Could not scan the output directory to get package metadata for the JSON indexes: {why}."
            ))];
        }
    };
    let mut found = Diagnostics::new();
    for (provider, packages) in all {
        let mut versions: BTreeMap<String, Map<String, Json>> = BTreeMap::new();
        for Found { version, platform, place } in packages {
            let Packed::Archive(path) = &place else { continue };
            match place.files_hash() {
                Ok(hash) => {
                    let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
                    let archive = json!({ "hashes": [hash], "url": name });
                    versions.entry(version.to_string()).or_default().insert(platform.to_string(), archive);
                }
                Err(error) => found.push(failed(format!(
                    "Failed to determine a hash value for {} v{version} on {platform}: {error}.",
                    shown(&provider)
                ))),
            }
        }
        if versions.is_empty() {
            continue;
        }
        let place = folder.join(provider.to_string());
        let names: Map<String, Json> = versions.keys().map(|it| (it.clone(), json!({}))).collect();
        let mut files = vec![("index.json".to_owned(), json!({ "versions": names }))];
        files.extend(versions.into_iter().map(|(version, archives)| {
            let mut archives: Vec<(String, Json)> = archives.into_iter().collect();
            archives.sort_by(|one, other| one.0.cmp(&other.0));
            (format!("{version}.json"), json!({ "archives": archives.into_iter().collect::<Map<_, _>>() }))
        }));
        for (name, document) in files {
            if let Err(error) = write(&place, &name, &document) {
                let name = place.join(&name);
                found.push(failed(format!("{PRODUCT} could not write {}: {error}.", name.display())));
            }
        }
    }
    found
}

/// Replaces a file at once: a web server may be offering it.
fn write(folder: &Path, name: &str, document: &Json) -> std::io::Result<()> {
    let permissions = fs::Permissions::from_mode(0o644);
    let mut file = tempfile::Builder::new().prefix(".index").permissions(permissions).tempfile_in(folder)?;
    file.write_all(serde_json::to_string_pretty(document)?.as_bytes())?;
    file.persist(folder.join(name))?;
    Ok(())
}

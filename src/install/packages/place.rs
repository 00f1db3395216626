//! Getting a package, checking it, and putting it where it belongs: as a whole or not at all, whoever does the same meanwhile.

use super::{
    Checks, Event, Failure, Location, Locks, Mode, Origin, Package, Platform, Request, Vouched,
    download::{self, Received},
    hash::{self, Packed},
    signature, verified,
};
use crate::{address::ProviderSource, install::archive, lang::load::Version};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use std::{
    collections::BTreeSet,
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// Where the package of a version is, below a folder with packages.
pub fn folder(base: &Path, provider: &ProviderSource, version: &Version, platform: &Platform) -> PathBuf {
    base.join(provider.to_string()).join(version.to_string()).join(platform.to_string())
}

/// The program in the folder of a package: the first whose name may be that of one.
pub fn executable(folder: &Path, provider: &ProviderSource) -> Result<PathBuf, String> {
    let prefix = format!("terraform-provider-{}", provider.name);
    let entries = fs::read_dir(folder).map_err(|error| format!("could not read package directory: {error}"))?;
    let mut names: Vec<String> = entries.flatten().filter_map(|it| it.file_name().into_string().ok()).collect();
    names.sort();
    let is_program = |name: &&String| {
        let rest = name.strip_prefix(&prefix);
        rest.is_some_and(|it| it.is_empty() || it.starts_with(['_', '.'])) && folder.join(name).is_file()
    };
    let found = names.iter().find(is_program).map(|it| folder.join(it));
    found.ok_or_else(|| format!("could not find executable file starting with {prefix}"))
}

/// The program of a provider as it is locked and installed; or why it cannot be used.
pub fn locate(base: &Path, provider: &ProviderSource, locks: &Locks, platform: &Platform) -> Result<PathBuf, String> {
    let lock = locks.0.get(provider).ok_or("there is no version of it in the dependency lock file")?;
    let (place, version, shown) = (folder(base, provider, &lock.version, platform), &lock.version, base.display());
    if !place.is_dir() {
        return Err(format!("there is no package for {provider} {version} cached in {shown}"));
    }
    let matches = verified::has_any(&place, &lock.hashes, verified::notes().as_deref());
    let matches = matches.map_err(|error| {
        format!("failed to verify checksum of {provider} {version} package cached in {shown}: {error}")
    })?;
    if !matches {
        return Err(format!(
            "the cached package for {provider} {version} (in {shown}) does not match any of the checksums recorded in the \
             dependency lock file"
        ));
    }
    executable(&place, provider)
}

/// Sees to it that a version is in the folder. The hashes that its lock has then; none if all is there as it was locked.
pub(super) fn provide(
    request: &Request<'_>,
    origin: &mut Origin,
    provider: &ProviderSource,
    version: &Version,
    report: &mut dyn FnMut(&ProviderSource, Event<'_>),
) -> Result<Option<BTreeSet<String>>, Failure> {
    let lock = request.locks.0.get(provider).filter(|it| it.version == *version);
    let mut hashes = lock.map(|it| it.hashes.clone()).unwrap_or_default();
    let wanted = hash::known(&hashes);
    let place = folder(request.folder, provider, version, request.platform);
    // What was found to be right once is not read as a whole again.
    let notes = verified::notes();
    let is_wanted = |place: &Path| verified::has_any(place, &wanted, notes.as_deref()).unwrap_or(false);
    if place.is_dir() && !wanted.is_empty() && is_wanted(&place) {
        report(provider, Event::Present(version));
        let constraints = &request.requirements[provider];
        let same = lock.is_some_and(|it| it.constraints == *constraints);
        return Ok((!same).then_some(hashes));
    }
    let failed = |error: String| Failure::Other(error);
    let target = match request.cache {
        None => place.clone(),
        Some(cache) => {
            let cached = folder(&cache.folder, provider, version, request.platform);
            let acceptable = cached.is_dir() && (cache.may_break_locks || !wanted.is_empty() && is_wanted(&cached));
            if acceptable {
                report(provider, Event::Cached(version));
                executable(&cached, provider).map_err(|why| failed(format!("provider binary not found: {why}")))?;
                link(&cached, &place, request.folder).map_err(failed)?;
                let own = files_hash(&place, provider)?;
                if is_incomplete(&hashes, &own) {
                    report(provider, Event::Incomplete);
                }
                hashes.insert(own);
                return Ok(Some(hashes));
            }
            cached
        }
    };
    let package = origin.package(provider, version, request.platform)?;
    report(provider, Event::Fetching(version));
    let allowed = if request.mode == Mode::Record { BTreeSet::new() } else { wanted };
    let base = request.cache.map_or(request.folder, |it| &it.folder);
    let mut received = |so_far, all| report(provider, Event::Received(version, so_far, all));
    let vouched = put(&package, provider, version, &target, base, &allowed, &mut received).map_err(failed)?;
    if request.cache.is_some() {
        link(&target, &place, request.folder).map_err(failed)?;
    }
    report(provider, Event::Fetched(version, &vouched));
    let own = files_hash(&place, provider)?;
    // Only what somebody signed is believed for other platforms than this one.
    match (&vouched, &package.checks) {
        (Vouched::Signed(..), Checks::Signed { document, .. }) => {
            hashes.extend(listed(document).into_iter().map(|it| format!("zh:{}", it.0)));
        }
        _ if is_incomplete(&hashes, &own) => report(provider, Event::Incomplete),
        _ => {}
    }
    hashes.insert(own);
    Ok(Some(hashes))
}

/// Whether nothing was locked but the hash of the files on this platform.
fn is_incomplete(locked: &BTreeSet<String>, own: &str) -> bool {
    locked.iter().all(|it| it == own)
}

fn files_hash(place: &Path, provider: &ProviderSource) -> Result<String, Failure> {
    Packed::Folder(place.to_owned()).files_hash().map_err(|error| {
        Failure::Other(format!("after installing {provider}, failed to compute a checksum for it: {error}"))
    })
}

/// Puts a package at `target`, which is somewhere below `base`.
fn put(
    package: &Package,
    provider: &ProviderSource,
    version: &Version,
    target: &Path,
    base: &Path,
    allowed: &BTreeSet<String>,
    received: Received<'_>,
) -> Result<Vouched, String> {
    let unknown = |error: io::Error| format!("failed to calculate checksum for {provider} {version} package: {error}");
    if let Location::Here(here @ Packed::Folder(from)) = &package.location {
        let same = |one: &Path, other: &Path| Some(fs::canonicalize(one).ok()? == fs::canonicalize(other).ok()?);
        let is_link = fs::symlink_metadata(target).is_ok_and(|it| it.is_symlink());
        if !is_link && same(from, target) == Some(true) {
            return Err(format!("cannot install existing provider directory {} to itself", target.display()));
        }
        // There is no archive whose hash could be compared.
        let comparable = allowed.iter().any(|it| hash::scheme(it) == Some("h1"));
        if comparable && !here.has_any(allowed).map_err(unknown)? {
            return Err(format!(
                "the local package for {provider} {version} doesn't match any of the checksums previously recorded in the \
                 dependency lock file (this might be because the available checksums are for packages targeting different \
                 platforms); for more information: https://www.terraform.io/language/provider-checksum-verification"
            ));
        }
        executable(from, provider).map_err(|why| format!("provider binary not found: {why}"))?;
        link(from, target, base)?;
        return Ok(Vouched::Unauthenticated);
    }
    let staging = staging(base)?;
    let archive = fetched(&package.location, staging.path(), received)?;
    let packed = Packed::Archive(archive.clone());
    let vouched = authenticated(&packed, &package.checks)?;
    if !allowed.is_empty() && !packed.has_any(allowed).map_err(unknown)? {
        return Err(format!(
            "the current package for {provider} {version} doesn't match any of the checksums previously recorded in the \
             dependency lock file; for more information: https://www.terraform.io/language/provider-checksum-verification"
        ));
    }
    let files = staging.path().join("files");
    archive::unpack_zip(&archive, &files)?;
    executable(&files, provider).map_err(|why| format!("provider binary not found: {why}"))?;
    exchange(&files, target).map_err(|error| format!("{}: {error}", target.display()))?;
    Ok(vouched)
}

/// A folder beside what it is for, so that what is in it can be moved there at once. It goes when it is dropped.
fn staging(base: &Path) -> Result<TempDir, String> {
    let made = fs::create_dir_all(base).and_then(|()| tempfile::Builder::new().prefix(".staging-").tempdir_in(base));
    made.map_err(|error| format!("{}: {error}", base.display()))
}

/// The archive on this machine.
fn fetched(location: &Location, staging: &Path, received: Received<'_>) -> Result<PathBuf, String> {
    match location {
        Location::Here(Packed::Archive(path) | Packed::Folder(path)) => Ok(path.clone()),
        Location::There(url) => {
            let path = staging.join("package.zip");
            download::download(url, &path, received)?;
            Ok(path)
        }
    }
}

/// Who vouches for an archive; or why it is not what it should be.
pub(super) fn authenticated(archive: &Packed, checks: &Checks) -> Result<Vouched, String> {
    match checks {
        Checks::None => Ok(Vouched::Unauthenticated),
        Checks::Hashes(hashes) => {
            let wrong = |error: io::Error| format!("failed to verify provider package checksums: {error}");
            if archive.has_any(hashes).map_err(wrong)? {
                return Ok(Vouched::Checksum);
            }
            let expected: Vec<&String> = hashes.iter().collect();
            Err(match expected[..] {
                [only] => format!("provider package doesn't match the expected checksum {only:?}"),
                _ => "provider package doesn't match the any of the expected checksums".to_owned(),
            })
        }
        Checks::Signed { file, digest, document, signature, keys } => {
            let named = listed(document).into_iter().find(|it| it.1 == *file);
            let (found, _) = named.ok_or_else(|| format!("checksum list has no SHA-256 hash for {file:?}"))?;
            if found != *digest {
                return Err(format!("checksum list has unexpected SHA-256 hash {found} (expected {digest})"));
            }
            let (Packed::Archive(path) | Packed::Folder(path)) = archive;
            let actual = hash::of_file(path).map_err(|error| format!("{}: {error}", path.display()))?;
            if actual != *digest {
                return Err(format!("archive has incorrect checksum zh:{actual} (expected zh:{digest})"));
            }
            let (signer, key) = signature::signer(document, signature, keys)?;
            Ok(Vouched::Signed(signer, key))
        }
    }
}

/// The lines of a list of checksums: digest and name. Nothing if it is no such list.
fn listed(document: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(document);
    let line = |line: &str| {
        let (digest, name) = line.trim().split_once(char::is_whitespace)?;
        let is_digest = digest.len() == 64 && digest.chars().all(|it| it.is_ascii_hexdigit());
        is_digest.then(|| (digest.to_lowercase(), name.trim_start().trim_start_matches('*').to_owned()))
    };
    let lines = text.lines().filter(|it| !it.trim().is_empty()).map(line);
    lines.collect::<Option<_>>().unwrap_or_default()
}

/// Makes `target`, somewhere below `base`, a link to a folder.
fn link(from: &Path, target: &Path, base: &Path) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}: {error}", target.display());
    let staging = staging(base)?;
    let made = staging.path().join("link");
    symlink(std::path::absolute(from).map_err(failed)?, &made).map_err(failed)?;
    exchange(&made, target).map_err(failed)
}

/// Moves what was made to `target`. What is there already goes where that was, and away with it; if it is the same, it stays,
/// since somebody may be using it.
fn exchange(made: &Path, target: &Path) -> io::Result<()> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    if is_same(made, target) {
        return Ok(());
    }
    // Whoever installs the same at this moment may come in between, once or twice.
    for _ in 0..8 {
        let moved = |how| renameat_with(CWD, made, CWD, target, how).is_ok();
        if moved(RenameFlags::NOREPLACE) || moved(RenameFlags::EXCHANGE) {
            return Ok(());
        }
    }
    // File systems of other machines may know no exchange.
    let old = made.with_extension("old");
    fs::rename(target, &old).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    fs::rename(made, target)
}

/// Whether a link leads where the other does, or folders hold the same.
fn is_same(made: &Path, target: &Path) -> bool {
    let (Ok(one), Ok(other)) = (fs::symlink_metadata(made), fs::symlink_metadata(target)) else { return false };
    if one.is_symlink() || other.is_symlink() {
        return one.is_symlink() && other.is_symlink() && fs::read_link(made).ok() == fs::read_link(target).ok();
    }
    let hash = |path: &Path| Packed::Folder(path.to_owned()).files_hash().ok();
    hash(made).is_some_and(|it| Some(it) == hash(target))
}

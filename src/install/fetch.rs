//! Fetching a package: whatever kind of address it has, a folder with its files is the result.

use super::{
    archive::{Format, unpack},
    checksum, git, mercurial, s3,
};
use crate::{
    glob,
    lang::source::{forced_kind, split_folder},
    web::{self, Client, Netrc, Url, resolve, s3::Credentials},
};
use regex::Regex;
use std::{
    collections::HashMap,
    fs,
    io::{self, Read},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

/// How often one server may refer to another.
const REFERRALS: u32 = 10;

pub(super) struct Fetcher<'a> {
    client: Client,
    credentials: &'a dyn Fn() -> Option<Credentials>,
    /// Where each package was put: the next call of it gets a copy.
    fetched: HashMap<String, PathBuf>,
}

impl<'a> Fetcher<'a> {
    pub(super) fn new(credentials: &'a dyn Fn() -> Option<Credentials>) -> Self {
        Self { client: Client::with_logins(Netrc::read()), credentials, fetched: HashMap::new() }
    }

    /// Puts the files of a package into the folder `target`, which does not exist.
    pub(super) fn fetch(&mut self, package: &str, target: &Path) -> Result<(), String> {
        if let Some(earlier) = self.fetched.get(package) {
            return copy(earlier, target)
                .map_err(|error| format!("failed to copy from {}: {error}", earlier.display()));
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
        }
        self.get(package, target, 0)?;
        self.fetched.insert(package.to_owned(), target.to_owned());
        Ok(())
    }

    fn get(&self, address: &str, target: &Path, referrals: u32) -> Result<(), String> {
        let (forced, rest) = forced_kind(address);
        let (rest, folder) = split_folder(rest);
        if !folder.is_empty() {
            let whole = tempfile::tempdir().map_err(|error| error.to_string())?;
            let place = whole.path().join("package");
            let package = forced.map_or(rest.clone(), |kind| format!("{kind}::{rest}"));
            self.get(&package, &place, referrals)?;
            let inner = expand(&place, Path::new(&folder))?;
            return copy(&inner, target).map_err(|error| format!("subdirectory {folder:?}: {error}"));
        }
        let mut url = Url::parse(&rest);
        let kind = forced.unwrap_or(url.scheme()).to_owned();
        let archive = match url.take("archive").as_deref() {
            None | Some("") => Format::of_path(url.path()),
            Some("false" | "0") => None,
            Some(name) => Some(Format::named(name).ok_or_else(|| format!("unknown archive type: {name}"))?),
        };
        let checksum = url.take("checksum");
        if let Some(format) = archive.filter(|_| ["http", "https", "file", "s3"].contains(&&*kind)) {
            let content = match &*kind {
                "file" => fs::read(url.path()).map_err(|error| format!("open {}: {error}", url.path()))?,
                "s3" => s3::object(&self.client, url.clone(), self.credentials)?,
                _ => self.download(&url.to_string())?,
            };
            if let Some(wanted) = &checksum {
                let name = url.path().rsplit('/').next().unwrap_or_default();
                checksum::check(&self.client, wanted, &content, name)?;
            }
            return unpack(format, &content, target);
        }
        if checksum.is_some() {
            return Err("checksum cannot be specified for directory download".into());
        }
        let shown = url.to_string();
        let fetched = match &*kind {
            "git" => git::clone(url, target),
            "http" | "https" => self.referred(url, target, referrals),
            "file" => link(Path::new(url.path()), target),
            "s3" => s3::folder(&self.client, url, self.credentials, target),
            "hg" => mercurial::clone(url, target),
            "gcs" => {
                Err("rforge does not read Google Cloud Storage; offer the module in git, on S3, or as an archive \
                          over https, as with a signed URL of the object"
                    .into())
            }
            _ => return Err(format!("download not supported for scheme '{kind}'")),
        };
        fetched.map_err(|error| format!("error downloading '{shown}': {error}"))
    }

    fn download(&self, url: &str) -> Result<Vec<u8>, String> {
        let answer = self.client.get(url, &[])?;
        if !answer.is_success() {
            return Err(format!("bad response code: {}", answer.status));
        }
        let mut content = Vec::new();
        answer.reader().read_to_end(&mut content).map_err(|error| web::failed(url, &error.to_string()))?;
        Ok(content)
    }

    /// Follows a page that says where the module is: by a header, or by `<meta name="terraform-get" content="…">`.
    fn referred(&self, url: Url, target: &Path, referrals: u32) -> Result<(), String> {
        if referrals == REFERRALS {
            return Err(format!("too many X-Terraform-Get redirects: more than {REFERRALS}"));
        }
        let answer = self.client.get(&url.with("terraform-get", "1").to_string(), &[])?;
        if !answer.is_success() {
            return Err(format!("bad response code: {}", answer.status));
        }
        let (header, from) = (answer.header("x-terraform-get").map(str::to_owned), answer.url.clone());
        let location = match header {
            Some(location) => Some(location),
            None => meta(&answer.text()?),
        };
        let location = location.filter(|it| !it.is_empty()).ok_or("no source URL was returned")?;
        self.get(&resolve(&from, &location), target, referrals + 1)
    }
}

fn meta(page: &str) -> Option<String> {
    let tags = Regex::new(r"(?is)<meta\s[^>]*>").ok()?;
    let attribute = |tag: &str, name: &str| {
        let pattern = Regex::new(&format!(r#"(?is)\b{name}\s*=\s*["']([^"']*)["']"#)).ok()?;
        Some(pattern.captures(tag)?[1].replace("&amp;", "&"))
    };
    let mut tags = tags.find_iter(page).map(|it| it.as_str());
    let tag = tags.find(|tag| attribute(tag, "name").as_deref() == Some("terraform-get"))?;
    attribute(tag, "content")
}

/// A folder of this machine is not copied, as Terraform does not.
fn link(folder: &Path, target: &Path) -> Result<(), String> {
    match fs::metadata(folder) {
        Err(error) => Err(format!("source path error: stat {}: {error}", folder.display())),
        Ok(it) if !it.is_dir() => Err("source path must be a directory".into()),
        Ok(_) => symlink(folder, target).map_err(|error| error.to_string()),
    }
}

/// The one folder below `package` that `inner` names; it may have `*` in place of a name that nobody can know.
pub(super) fn expand(package: &Path, inner: &Path) -> Result<PathBuf, String> {
    let mut found = vec![package.to_owned()];
    for part in inner.iter().map(|it| it.to_string_lossy()) {
        if !part.contains(['*', '?', '[']) {
            found = found.into_iter().map(|folder| folder.join(&*part)).filter(|it| it.is_dir()).collect();
            continue;
        }
        let pattern = glob::parse(&part).map_err(str::to_owned)?;
        let entries = found.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
        let matching = entries.filter(|it| glob::matches(&pattern, &it.file_name().to_string_lossy()));
        found = matching.map(|it| it.path()).filter(|it| it.is_dir()).collect();
    }
    match &found[..] {
        [only] => Ok(only.clone()),
        [] => Err(format!("subdir \"{}\" not found", inner.display())),
        _ => Err(format!("subdir \"{}\" matches multiple paths", inner.display())),
    }
}

/// Everything but the history of a repository.
pub(super) fn copy(from: &Path, target: &Path) -> io::Result<()> {
    fs::create_dir_all(target)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, to) = (entry.path(), target.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            symlink(fs::read_link(&path)?, to)?;
        } else if kind.is_file() {
            fs::copy(&path, &to)?;
        } else if entry.file_name() != ".git" {
            copy(&path, &to)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_source_in_a_page() {
        let cases = [
            (
                "<html><head><meta name=\"terraform-get\" content=\"git::https://a/b?x=1&amp;y=2\" /></head>",
                Some("git::https://a/b?x=1&y=2"),
            ),
            ("<META CONTENT='./a.zip'\n NAME='terraform-get'>", Some("./a.zip")),
            ("<meta name=\"other\" content=\"x\">", None),
            ("", None),
        ];
        for (page, expected) in cases {
            assert_eq!(meta(page).as_deref(), expected, "{page}");
        }
    }
}

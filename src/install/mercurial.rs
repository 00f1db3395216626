//! Packages in Mercurial repositories, by the `hg` program.

use super::program;
use crate::web::Url;
use std::path::Path;

/// Clones the repository at `url` into `target`, at the revision, branch or tag of its argument `rev`.
pub(super) fn clone(mut url: Url, target: &Path) -> Result<(), String> {
    let hg = program::find("hg")?;
    let revision = url.take("rev").filter(|it| !it.is_empty());
    let (url, path) = (url.to_string(), target.display().to_string());
    program::run(&hg, &["clone", "--noupdate", "--", &url, &path], None, &[])?;
    // As one word, so that no revision is taken for an option.
    let revision = revision.map(|it| format!("--rev={it}"));
    let update: Vec<&str> = ["update"].into_iter().chain(revision.as_deref()).collect();
    program::run(&hg, &update, Some(target), &[]).map(drop)
}

//! Where state lies: what flags, a `backend` block, the workspace and the folders say.

use crate::{diagnostic::Diagnostic, value::Value};
use std::path::{Path, PathBuf};

/// The files of one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where state is read from.
    pub input: PathBuf,
    /// Where it is written, and where lock and journal lie: the same unless `-state-out` says otherwise.
    pub output: PathBuf,
    /// Where the state that was read is kept before the first change; none with `-backup=-`.
    pub backup: Option<PathBuf>,
}

/// What the command line says of it.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// `-state`
    pub state: Option<PathBuf>,
    /// `-state-out`
    pub state_out: Option<PathBuf>,
    /// `-backup`
    pub backup: Option<PathBuf>,
}

/// A `backend` block as evaluated.
#[derive(Clone, Copy, Debug)]
pub struct Backend<'c> {
    pub kind: &'c str,
    pub arguments: &'c Value,
}

const FILE: &str = "terraform.tfstate";
const WORKSPACES: &str = "terraform.tfstate.d";
pub const DEFAULT: &str = "default";

impl Location {
    /// One file for everything, with a backup beside it.
    pub fn of(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { input: path.clone(), backup: Some(beside(&path, ".backup")), output: path }
    }

    /// The state of `workspace` of the configuration in `root`.
    ///
    /// Without a backend it lies in `state/` if the root has that folder, unless there is a state where Terraform
    /// keeps it: in the root itself.
    pub fn find(root: &Path, workspace: &str, backend: Option<Backend<'_>>, paths: &Paths) -> Result<Self, Diagnostic> {
        let place = match workspace {
            DEFAULT => place(root, backend, "path", FILE)?,
            name => workspaces_folder(root, backend)?.join(name).join(FILE),
        };
        let input = paths.state.clone().unwrap_or(place);
        let output = paths.state_out.clone().unwrap_or_else(|| input.clone());
        let backup = match &paths.backup {
            None => Some(beside(&output, ".backup")),
            Some(path) if path.as_os_str() == "-" => None,
            Some(path) => Some(path.clone()),
        };
        Ok(Self { input, output, backup })
    }
}

/// The folder with a folder for each workspace but the default one.
pub fn workspaces_folder(root: &Path, backend: Option<Backend<'_>>) -> Result<PathBuf, Diagnostic> {
    place(root, backend, "workspace_dir", WORKSPACES)
}

/// What Terraform 1.11 has beside "local".
const BACKENDS: [&str; 11] =
    ["azurerm", "consul", "cos", "gcs", "http", "inmem", "kubernetes", "oss", "pg", "remote", "s3"];

/// What an argument of the backend says, or where state is without it.
fn place(root: &Path, backend: Option<Backend<'_>>, argument: &str, name: &str) -> Result<PathBuf, Diagnostic> {
    if let Some(backend) = backend
        && backend.kind != "local"
    {
        if backend.kind == "cloud" {
            let detail = "rforge does not keep state in HCP Terraform or Terraform Enterprise. Choose a backend, or \
                          remove the block to keep state beside the configuration.";
            return Err(Diagnostic::error("The cloud block is not supported", detail));
        }
        if !BACKENDS.contains(&backend.kind) {
            let detail = format!("There is no backend type named {:?}.", backend.kind);
            return Err(Diagnostic::error("Unsupported backend type", detail)
                .hint("Use the backend \"local\", or leave the block out."));
        }
        return Err(Diagnostic::error(
            "Unsupported backend",
            format!("State in backend {:?} is not supported yet; rforge keeps state in files.", backend.kind),
        )
        .hint("Use the backend \"local\", or leave the block out."));
    }
    let argument = backend.and_then(|it| it.arguments.get(argument));
    if let Some(given) = argument.and_then(Value::as_str).filter(|it| !it.is_empty()) {
        return Ok(root.join(given));
    }
    let (ours, theirs) = (root.join("state"), root.join(name));
    Ok(if ours.is_dir() && !theirs.exists() { ours.join(name) } else { theirs })
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The selected workspace: `TF_WORKSPACE`, then `environment` in the data folder, then `default`.
pub fn workspace(root: &Path) -> Result<String, Diagnostic> {
    let selected = override_of_workspace().or_else(|| {
        let text = std::fs::read_to_string(selection(root)).ok()?;
        Some(text.trim().to_owned()).filter(|it| !it.is_empty())
    });
    let name = selected.unwrap_or_else(|| DEFAULT.into());
    if is_workspace(&name) {
        return Ok(name);
    }
    Err(Diagnostic::error(
        "Invalid workspace name",
        format!(
            "The workspace name {name:?} is not allowed. The name must contain only URL safe characters, contain no path \
             separators, and not be an empty string."
        ),
    ))
}

/// `TF_WORKSPACE`, which stands above what is selected.
pub fn override_of_workspace() -> Option<String> {
    std::env::var("TF_WORKSPACE").ok().filter(|it| !it.is_empty())
}

/// The file that says which workspace is selected.
pub fn selection(root: &Path) -> PathBuf {
    let folder = std::env::var_os("TF_DATA_DIR").filter(|it| !it.is_empty());
    root.join(folder.unwrap_or_else(|| ".terraform".into())).join("environment")
}

/// Whether a workspace can have this name.
pub fn is_workspace(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && urlencoding::encode(name) == name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        folders: &[&str],
        workspace: &str,
        backend: Option<(&str, &[(&str, &str)])>,
        flags: [&str; 3],
        expected: &str,
    ) {
        let root = tempfile::tempdir().unwrap();
        for folder in folders {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let arguments = backend.map(|(_, arguments)| {
            Value::object(arguments.iter().map(|(name, value)| ((*name).into(), Value::string(value))).collect())
        });
        let backend = backend.zip(arguments.as_ref()).map(|((kind, _), arguments)| Backend { kind, arguments });
        let [state, state_out, backup] =
            flags.map(|it| Some(PathBuf::from(it)).filter(|it| !it.as_os_str().is_empty()));
        let found = match Location::find(root.path(), workspace, backend, &Paths { state, state_out, backup }) {
            Err(problem) => problem.summary,
            Ok(Location { input, output, backup }) => {
                let name = |path: &Path| path.strip_prefix(root.path()).unwrap_or(path).display().to_string();
                let backup = backup.as_deref().map_or("none".into(), name);
                format!("{} {} {backup}", name(&input), name(&output))
            }
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn places() {
        let none = ["", "", ""];
        check(&[], "default", None, none, "terraform.tfstate terraform.tfstate terraform.tfstate.backup");
        check(
            &["state"],
            "default",
            None,
            none,
            "state/terraform.tfstate state/terraform.tfstate state/terraform.tfstate.backup",
        );
        check(
            &["state", "terraform.tfstate"],
            "default",
            None,
            none,
            "terraform.tfstate terraform.tfstate terraform.tfstate.backup",
        );
        let west = "terraform.tfstate.d/w/terraform.tfstate";
        check(&[], "w", None, none, &format!("{west} {west} {west}.backup"));
        check(&["state"], "w", None, none, &format!("state/{west} state/{west} state/{west}.backup"));
        check(&[], "default", Some(("local", &[("path", "a/b")])), none, "a/b a/b a/b.backup");
        check(
            &[],
            "w",
            Some(("local", &[("workspace_dir", "a")])),
            none,
            "a/w/terraform.tfstate a/w/terraform.tfstate a/w/terraform.tfstate.backup",
        );
        check(&[], "default", Some(("s3", &[])), none, "Unsupported backend");
        check(&["state"], "default", None, ["x", "", ""], "x x x.backup");
        check(&[], "default", None, ["x", "y", ""], "x y y.backup");
        check(&[], "default", None, ["x", "y", "-"], "x y none");
        check(&[], "default", None, ["", "", "z"], "terraform.tfstate terraform.tfstate z");
        for (name, allowed) in [("a-b_c.1", true), ("", false), ("a/b", false), ("a b", false), ("..", false)] {
            assert_eq!(is_workspace(name), allowed, "{name}");
        }
    }
}

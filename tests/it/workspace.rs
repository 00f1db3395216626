//! A folder of its own, with an environment of its own, for running rforge in.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::process::Outcome;

/// The root of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A temporary folder with a configuration; goes away when dropped.
pub(crate) struct Workspace {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Workspace {
    /// An empty folder, and an environment in which nothing of the caller's is visible but PATH. Without an endpoint
    /// no AWS request can leave the machine.
    pub(crate) fn new(endpoint: Option<&str>) -> Workspace {
        let folder = tempfile::tempdir().unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        let home = folder.path().join(".home");
        fs::create_dir(&home).unwrap();
        let variables = [
            ("PATH", path.as_str()),
            ("HOME", home.to_str().unwrap()),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_DEFAULT_REGION", "eu-central-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_ENDPOINT_URL", endpoint.unwrap_or("http://127.0.0.1:1")),
            ("RFORGE_RATE", "unlimited"),
            ("CHECKPOINT_DISABLE", "1"),
        ];
        let environment = variables.map(|(name, value)| (name.to_string(), value.to_string())).to_vec();
        Workspace { folder, environment }
    }

    /// The folder's path.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Copies the files of a folder, and those of its folders, into this one (or a folder below it).
    pub(crate) fn copy(&self, from: &Path, to: &str) {
        copy_folder(from, &self.path().join(to));
    }

    /// Writes one file, making its folder if need be.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads one file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// A program to run in this folder and environment.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).env_clear().envs(self.environment.iter().cloned());
        command
    }

    /// rforge with these arguments.
    pub(crate) fn rforge(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(self.command(rforge()).args(arguments))
    }
}

/// The binary under test.
pub(crate) fn rforge() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_rforge"))
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

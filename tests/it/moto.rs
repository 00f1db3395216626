//! Plain moto as a process of its own, for one test.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use crate::workspace::repository;

/// A running moto without any of our corrections; ends when dropped.
pub(crate) struct Moto {
    process: Child,
    address: String,
}

/// The Python of the virtual environment that `make venv` sets up.
pub(crate) fn python() -> PathBuf {
    let venv = std::env::var_os("RFORGE_VENV").map_or_else(|| repository().join(".venv"), PathBuf::from);
    let python = venv.join("bin/python");
    assert!(python.exists(), "{} is missing: run `make venv` first", python.display());
    python
}

impl Moto {
    /// Starts one on a free port and returns when it listens.
    pub(crate) fn start() -> Moto {
        let mut process = Command::new(python().with_file_name("moto_server"))
            .args(["-H", "127.0.0.1", "-p", "0"])
            // What AWS has from the beginning.
            .env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("moto starts");
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines().map(Result::unwrap);
        let line = lines.find(|it| it.contains("Running on")).expect("moto says where it listens");
        let address = line.trim().rsplit_once("http://").unwrap().1.to_string();
        // Its log is read to the end, for otherwise it would wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Moto { process, address }
    }

    /// What AWS_ENDPOINT_URL must be.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Nothing is left to do about a process that has ended already.
pub(crate) fn end(process: &mut Child) {
    let _ = process.kill();
    let _ = process.wait();
}

impl Drop for Moto {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

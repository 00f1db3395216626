//! The AWS emulator of tests/emulator as a process of its own, for one test.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::{
    moto::{end, python},
    workspace::repository,
};

/// A running emulator; ends when dropped.
pub(crate) struct Emulator {
    process: Child,
    address: String,
}

impl Emulator {
    /// Starts one on a free port and returns when it listens.
    pub(crate) fn start() -> Emulator {
        let mut process = Command::new(python())
            .args(["-m", "emulator", "--port", "0", "--pending-seconds", "0.1"])
            .current_dir(repository().join("tests"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the emulator starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").expect("the emulator says where it listens").1.to_string();
        Emulator { process, address }
    }

    /// What AWS_ENDPOINT_URL must be.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request of AWS services since the start or the last `forget`.
    pub(crate) fn log(&self) -> Vec<Value> {
        self.ask("GET", "log", "").as_array().unwrap().clone()
    }

    /// How many of the requests since position `from` of the log could change something.
    pub(crate) fn mutations(&self, from: usize) -> usize {
        self.log()[from..].iter().filter(|entry| entry["mutating"] == true).count()
    }

    /// Replaces the rules of faults (emulator/faults.py).
    pub(crate) fn fault(&self, rules: Value) {
        self.ask("POST", "faults", &rules.to_string());
    }

    /// Empties it.
    pub(crate) fn reset(&self) {
        self.ask("POST", "reset", "");
    }

    /// Everything alive, read through the API: `region kind` of each object, sorted.
    pub(crate) fn alive(&self) -> Vec<String> {
        let objects = self.ask("GET", "inventory", "");
        let text = |object: &Value, key: &str| object[key].as_str().unwrap().to_string();
        let mut alive: Vec<String> = objects
            .as_array()
            .unwrap()
            .iter()
            .map(|it| format!("{} {}", text(it, "region"), text(it, "kind")))
            .collect();
        alive.sort();
        alive
    }

    fn ask(&self, method: &str, page: &str, body: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).expect("the emulator listens");
        let length = body.len();
        let head = format!("{method} /_emulator/{page} HTTP/1.1\r\nHost: emulator\r\nConnection: close\r\n");
        write!(stream, "{head}Content-Length: {length}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
        assert!(head.starts_with("HTTP/1.1 200"), "{page}: {head}\n{body}");
        serde_json::from_str(body).unwrap()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

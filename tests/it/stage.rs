//! The configurations of tests/scenarios/types: for each AWS type what it needs, and its create, update and replace.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::Value;

use crate::{
    moto::python,
    process::Outcome,
    workspace::{Workspace, repository},
};

/// The three configurations of each type, in order. A type without an update or replacement keeps its last one.
pub(crate) const STAGES: [&str; 3] = ["create", "update", "replace"];

/// One AWS type and the folder with its configurations.
pub(crate) struct Type {
    pub name: String,
    folder: PathBuf,
    /// type.json: the subject's address, its import id, and the calls that delete it behind rforge's back.
    pub facts: Value,
}

/// Every type that has a folder, by name.
pub(crate) fn types() -> Vec<Type> {
    let root = repository().join("tests/scenarios/types");
    let folders = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut types: Vec<Type> = folders
        .map(|folder| Type {
            name: folder.file_name().unwrap().to_str().unwrap().to_string(),
            facts: serde_json::from_str(&fs::read_to_string(folder.join("type.json")).unwrap()).unwrap(),
            folder,
        })
        .collect();
    types.sort_by(|one, other| one.name.cmp(&other.name));
    types
}

impl Type {
    /// Whether the type has a configuration of its own for the stage.
    pub(crate) fn has(&self, stage: &str) -> bool {
        self.folder.join(stage).with_extension("tf").exists()
    }

    /// Writes what the type is at a stage into a folder of the workspace.
    pub(crate) fn write(&self, workspace: &Workspace, folder: &str, stage: &str) {
        let last = STAGES.iter().position(|it| *it == stage).unwrap();
        let subject = STAGES[..=last].iter().rev().find(|it| self.has(it)).unwrap();
        let read = |name: &str| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        workspace.write(&format!("{folder}/support.tf"), &read("support.tf"));
        workspace.write(&format!("{folder}/subject.tf"), &read(&format!("{subject}.tf")));
    }
}

/// The provider block that all stages use.
pub(crate) fn provider() -> String {
    fs::read_to_string(repository().join("tests/scenarios/types/provider.tf")).unwrap()
}

/// Writes a root with one module for each type, all at this stage.
pub(crate) fn write_all(workspace: &Workspace, stage: &str) {
    let mut main = provider();
    for it in types() {
        it.write(workspace, &format!("modules/{}", it.name), stage);
        main += &format!("\nmodule \"{0}\" {{\n  source = \"./modules/{0}\"\n}}\n", it.name);
    }
    workspace.write("main.tf", &main);
}

/// One call to the API behind rforge's back.
pub(crate) fn ask(workspace: &Workspace, service: &str, action: &str, parameters: &Value) {
    let parameters = parameters.to_string();
    let words = [service, action, &parameters];
    let mut command = workspace.command(python());
    command.args(["-m", "emulator.ask"]).args(words).env("PYTHONPATH", repository().join("tests"));
    Outcome::of(&mut command).expect(0, &words.join(" "));
}

/// Replaces `{attribute}` by its value.
pub(crate) fn filled(template: &str, attributes: &BTreeMap<String, String>) -> String {
    attributes.iter().fold(template.to_string(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

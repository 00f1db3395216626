//! Published providers, as programs of their own: a small one that this test binary is itself, and hashicorp/aws where the
//! machine has it.

mod aws;
mod calls;
mod described;
mod fleet;
mod mishaps;
#[cfg(feature = "aws")]
mod native;
mod provider;
mod runs;
mod serve;

use rforge::{
    plugin::{Launch, Plugin},
    provider::Result,
    schema::Schema,
    value::Value,
};
use std::{os::unix::fs::PermissionsExt, path::PathBuf, time::Duration};
use tempfile::TempDir;

const NAME: &str = "terraform-provider-test";

/// The variable by which a process of a program is known.
const OWN: &str = "RFORGE_TEST_PLUGIN_PROGRAM";

/// A program that is the small provider.
struct Program {
    _folder: TempDir,
    path: PathBuf,
}

impl Program {
    /// In that version of the protocol, and with something that it does wrong.
    fn new(protocol: u8, behaviour: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let binary = std::env::current_exe().unwrap();
        // The test runner prints what it does, which is not to be taken for the handshake.
        let script = format!(
            "#!/bin/sh\n{OWN}=$0 {}='{protocol} {behaviour}' exec '{}' --exact plugin::serve::serve --nocapture 3>&1 >/dev/null\n",
            serve::VARIABLE,
            binary.display()
        );
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self { _folder: folder, path }
    }

    fn launch(&self) -> Launch<'_> {
        Launch { patience: Duration::from_secs(20), ..Launch::new(&self.path, NAME) }
    }

    async fn start(&self) -> Result<Plugin> {
        Plugin::start(&self.launch()).await
    }
}

/// The answer of the small provider that says its schemas, in version 6.
pub(crate) fn schemas() -> Vec<u8> {
    described::schemas(false, "")
}

/// An object of the schema's type in which only this is set.
fn object(schema: &Schema, set: &[(&str, Value)]) -> Value {
    let mut attributes = schema.block.unset().as_entries().unwrap().clone();
    for (name, value) in set {
        assert!(attributes.insert((*name).into(), value.clone()).is_some(), "{name}");
    }
    Value::object(attributes)
}

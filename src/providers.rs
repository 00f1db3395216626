//! The providers that reach no further than this machine: their objects live in state, or in files.
//!
//! Names, defaults, what forces a replacement and the shapes in state are those of the HashiCorp providers of the
//! same names, so that state passes between them and these.

mod archive;
mod cloudinit;
mod digest;
mod external;
mod files;
mod http;
mod local;
pub mod mock;
mod null;
mod pets;
mod random;
mod template;
mod terraform;
mod time;
mod tls;

use crate::{
    provider::{Provider, ProviderSource},
    value::{Text, Value},
};
pub use external::abandon;
use local::Local;
use std::{collections::BTreeMap, sync::Arc};

/// Renders a template with these variables, or says what is wrong with it. Templates are of the language, which
/// providers know nothing of.
pub type Render = fn(&str, &BTreeMap<Text, Value>) -> Result<String, String>;

/// Every provider of this kind, and where configurations say that it comes from.
pub fn builtin(render: Render) -> Vec<(ProviderSource, Arc<dyn Provider>)> {
    let hashicorp = |name, local: Local, versions| {
        (ProviderSource::hashicorp(name), Arc::new(local.like(versions)) as Arc<dyn Provider>)
    };
    vec![
        (ProviderSource::builtin(), Arc::new(terraform::provider())),
        hashicorp("archive", archive::provider(), &["2.7.1"]),
        hashicorp("cloudinit", cloudinit::provider(), &["2.3.7"]),
        hashicorp("external", external::provider(), &["2.3.5"]),
        hashicorp("http", http::provider(), &["3.5.0"]),
        hashicorp("local", files::provider(), &["2.5.3"]),
        hashicorp("null", null::provider(), &["3.2.4"]),
        hashicorp("random", random::provider(), &["3.7.2"]),
        hashicorp("template", template::provider(render), &["2.2.0"]),
        hashicorp("time", time::provider(), &["0.13.1"]),
        hashicorp("tls", tls::provider(), &["4.1.0"]),
    ]
}

#[cfg(test)]
mod tests;

//! The providers that reach no further than this machine: their objects live in state, or in files.
//!
//! Names, defaults, what forces a replacement and the shapes in state are those of the HashiCorp providers of the
//! same names, so that state passes between them and these.

mod archive;
mod cloudinit;
mod digest;
mod files;
mod local;
mod null;
mod pets;
mod random;
mod terraform;
mod time;
mod tls;

use crate::provider::{Provider, ProviderSource};
use local::Local;
use std::sync::Arc;

/// Every provider of this kind, and where configurations say that it comes from.
pub fn builtin() -> Vec<(ProviderSource, Arc<dyn Provider>)> {
    let hashicorp = |name, local: Local| (ProviderSource::hashicorp(name), Arc::new(local) as Arc<dyn Provider>);
    vec![
        (ProviderSource::builtin(), Arc::new(terraform::provider())),
        hashicorp("archive", archive::provider()),
        hashicorp("cloudinit", cloudinit::provider()),
        hashicorp("local", files::provider()),
        hashicorp("null", null::provider()),
        hashicorp("random", random::provider()),
        hashicorp("time", time::provider()),
        hashicorp("tls", tls::provider()),
    ]
}

#[cfg(test)]
mod tests;

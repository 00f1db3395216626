//! Makes the graph out of a configuration.

use super::Graph;
use crate::{diagnostic::Diagnostics, lang::configuration::Configuration};

/// The graph of `configuration`, in order.
pub fn graph(configuration: &Configuration) -> Result<Graph, Diagnostics> {
    let _ = configuration;
    unreachable!("being written")
}

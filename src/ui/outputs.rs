//! Root outputs as `output` and `apply` print them: in the notation of the language.

use crate::{address::Name, state::OutputValue, value::render};
use std::collections::BTreeMap;

/// `name = value` lines; a sensitive one is not shown.
pub fn render_all(outputs: &BTreeMap<Name, OutputValue>) -> String {
    let line = |(name, output): (&Name, &OutputValue)| {
        let text = if output.sensitive { "<sensitive>".into() } else { render(&output.value) };
        format!("{name} = {text}\n")
    };
    outputs.iter().map(line).collect()
}

//! `version`.

use super::{SUCCESS, args::Version as Options, session::open, terminal::Terminal};
use crate::{product, ui::json::COMPATIBLE_WITH};
use serde_json::json;

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let version = env!("CARGO_PKG_VERSION");
    let platform = format!("{}_{}", std::env::consts::OS, architecture());
    let providers = open::providers();
    let selections = providers.iter().filter_map(|(source, it)| Some((source.to_string(), *it.versions().first()?)));
    if options.json {
        let selections: serde_json::Map<_, _> = selections.map(|(source, version)| (source, version.into())).collect();
        terminal.indented_json(&json!({
            "terraform_version": COMPATIBLE_WITH,
            "rforge_version": version,
            "platform": platform,
            "provider_selections": selections,
            "terraform_outdated": false,
        }));
    } else {
        // What looks for a version takes the first line.
        terminal.print(&match product::is_terraform() {
            true => format!("Terraform v{COMPATIBLE_WITH}\non {platform}\nrforge v{version}\n"),
            false => format!("rforge v{version}\non {platform}\nCompatible with Terraform v{COMPATIBLE_WITH}\n"),
        });
        // Terraform names those that the configuration uses.
        let used: Vec<_> = if product::is_terraform() { open::initialize().2 } else { Vec::new() };
        let is_told = |source: &str| !product::is_terraform() || used.iter().any(|(it, _)| it.to_string() == source);
        for (source, version) in selections.filter(|(source, _)| is_told(source)) {
            terminal.print(&format!("+ provider {source} v{version}\n"));
        }
    }
    SUCCESS
}

/// As Go names it, and with it Terraform.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

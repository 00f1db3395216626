//! `version`.

use super::{SUCCESS, args::Version as Options, terminal::Terminal};
use crate::ui::json::COMPATIBLE_WITH;
use serde_json::json;

pub fn run(options: &Options, terminal: &Terminal) -> u8 {
    let version = env!("CARGO_PKG_VERSION");
    let platform = format!("{}_{}", std::env::consts::OS, architecture());
    if options.json {
        terminal.json(&json!({
            "terraform_version": COMPATIBLE_WITH,
            "rforge_version": version,
            "platform": platform,
            "provider_selections": {},
            "terraform_outdated": false,
        }));
    } else {
        terminal.print(&format!("rforge v{version}\non {platform}\nCompatible with Terraform v{COMPATIBLE_WITH}\n"));
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

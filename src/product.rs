//! How the program speaks of itself. Programs that read what Terraform prints look for its name, so that who calls it `terraform`
//! (by a link of that name, or with `RFORGE_NAME=terraform`) is answered in Terraform's name. It is the one fact that holds for
//! everything a process says, however deep the part that says it, so it is set once and not handed on.

use std::{
    fmt::{Display, Formatter, Result},
    sync::OnceLock,
};

/// The name in sentences: `{PRODUCT} will perform the following actions`.
pub const PRODUCT: Product = Product;
/// The name on command lines: `{COMMAND} apply`.
pub const COMMAND: Command = Command;

pub struct Product;
pub struct Command;

static AS_TERRAFORM: OnceLock<bool> = OnceLock::new();

/// Says how the program was called, before it says anything.
pub fn call(as_terraform: bool) {
    // Whoever says it first is right: it does not change while the process lives.
    let _ = AS_TERRAFORM.set(as_terraform);
}

pub fn is_terraform() -> bool {
    AS_TERRAFORM.get().copied().unwrap_or(false)
}

impl Command {
    pub fn as_str(&self) -> &'static str {
        if is_terraform() { "terraform" } else { "rforge" }
    }
}

impl Display for Product {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        out.write_str(if is_terraform() { "Terraform" } else { "rforge" })
    }
}

impl Display for Command {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        out.write_str(self.as_str())
    }
}

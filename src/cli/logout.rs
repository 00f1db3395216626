//! `logout`: removes the token of a host from where `login` keeps it.

use super::{FAILURE, SUCCESS, args::Logout as Options, login::name, terminal::Terminal};
use crate::{
    diagnostic::Diagnostic,
    install::{Host, Kept, Place},
    product::{COMMAND, PRODUCT},
};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    match log_out(options, terminal) {
        Ok(()) => SUCCESS,
        Err(error) => {
            terminal.diagnostics(&[error], &Default::default());
            FAILURE
        }
    }
}

fn log_out(options: &Options, terminal: &Terminal) -> Result<(), Diagnostic> {
    let host = Host::new(name(&options.host)?);
    let shown = &host.name;
    let failed = |why: String| {
        let detail = format!("The credentials for {shown} could not be removed: {why}.");
        Diagnostic::error("Failed to remove credentials", detail)
    };
    let place = match (host.kept(), host.place()) {
        (Kept::Configured, _) => {
            return Err(Diagnostic::error(
                format!("Credentials for {shown} are manually configured"),
                format!(
                    "The \"{COMMAND} logout\" command cannot log out because credentials for this host are manually \
                     configured in a CLI configuration file.\n\nTo log out, revoke the existing credentials and remove \
                     that block from the CLI configuration."
                ),
            ));
        }
        (Kept::Nowhere, _) => {
            // A file that cannot be read may well have one.
            host.check().map_err(failed)?;
            terminal.print(&format!("No credentials for {shown} are stored.\n\n"));
            return Ok(());
        }
        (Kept::Helper, Place::Helper(name)) => format!("the configured\n{name:?} credentials helper.\n"),
        (Kept::Helper | Kept::File, _) => format!("the following file:\n    {}\n", host.file().display()),
    };
    terminal.print(&format!("Removing the stored credentials for {shown} from {place}\n"));
    host.forget().map_err(failed)?;
    terminal.print(&format!("Success! {PRODUCT} has removed the stored API token for {shown}.\n\n"));
    Ok(())
}

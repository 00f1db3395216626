//! `import`: takes an existing object into state.

use super::{
    SUCCESS,
    args::{Given, Import as Options},
    session::{Failed, Session, bad_address, open},
    terminal::Terminal,
};
use crate::product::PRODUCT;
use crate::{address::InstanceAddress, diagnostic::Diagnostic};

pub(super) fn run(options: &Options, given: &[Given], terminal: &Terminal) -> u8 {
    match go(options, given, terminal) {
        Ok(()) => SUCCESS,
        Err(failed) => failed.show(terminal, false),
    }
}

fn go(options: &Options, given: &[Given], terminal: &Terminal) -> Result<(), Failed> {
    let address: InstanceAddress =
        options.address.parse().map_err(|error| Failed::new([bad_address("address", &options.address, &error)]))?;
    if open::is_empty() {
        let detail = "An object is imported to a resource that the configuration declares, and the working directory has \
                      no configuration files (.tf or .tf.json).";
        return Err(Failed::new([Diagnostic::error("No Terraform configuration files", detail)]));
    }
    let session = Session::open(options.variables.input, given, &options.place, terminal)?;
    terminal.print(&format!("{address}: Importing from ID {:?}...\n", options.id));
    session.import(&address, &options.id)?;
    terminal.print(&format!(
        "{address}: Import complete!\n\nImport successful!\n\nThe resources that were imported are shown above. These \
         resources are now in\nyour {PRODUCT} state and will henceforth be managed by {PRODUCT}.\n\n"
    ));
    Ok(())
}

//! `import`: takes an existing object into state.

use super::{
    SUCCESS,
    args::{Given, Import as Options},
    session::{
        Failed, Session, bad_address,
        open::{self, operation::OTHER},
    },
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
    let folder = options.config.clone().unwrap_or_else(open::root);
    if open::is_empty_in(&folder) {
        let folder = if folder == open::root() { std::env::current_dir().unwrap_or_default() } else { folder };
        let detail = format!(
            "The directory {} does not contain any Terraform configuration files (.tf or .tf.json). To specify a \
             different configuration directory, use the -config=\"...\" command line option.",
            folder.display()
        );
        return Err(Failed::new([Diagnostic::error("No Terraform configuration files", detail)]));
    }
    let session = Session::open_in(OTHER, &folder, options.variables.input, given, &options.place, terminal)?;
    session.import(&address, &options.id, terminal)?;
    terminal.print(&format!(
        "{address}: Import complete!\n\nImport successful!\n\nThe resources that were imported are shown above. These \
         resources are now in\nyour {PRODUCT} state and will henceforth be managed by {PRODUCT}.\n\n"
    ));
    Ok(())
}

//! `import`: takes an existing object into state.

use super::{
    SUCCESS,
    args::{Given, Import as Options},
    session::{Failed, Session, bad_address},
    terminal::Terminal,
};
use crate::address::InstanceAddress;

pub fn run(options: &Options, given: &[Given], terminal: &Terminal) -> u8 {
    match go(options, given, terminal) {
        Ok(()) => SUCCESS,
        Err(failed) => failed.show(terminal, false),
    }
}

fn go(options: &Options, given: &[Given], terminal: &Terminal) -> Result<(), Failed> {
    let address: InstanceAddress =
        options.address.parse().map_err(|error| Failed::new([bad_address("address", &options.address, &error)]))?;
    let session = Session::open(&options.variables, given, &options.place, terminal)?;
    terminal.print(&format!("{address}: Importing from ID {:?}...\n", options.id));
    session.import(&address, &options.id)?;
    terminal.print(&format!(
        "{address}: Import complete!\n\nImport successful!\n\nThe resources that were imported are shown above. These \
         resources are now in\nyour rforge state and will henceforth be managed by rforge.\n\n"
    ));
    Ok(())
}

//! Values as MessagePack, as published providers read and write them. The type says what is expected, so that a value
//! comes back as it was: a number of any size, null of its type, what is unknown with all that is known of it.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::write;

/// An unknown value of which nothing is known but the type.
const UNKNOWN: i8 = 0;
/// An unknown value with a map of what is known of it.
const REFINED: i8 = 12;

/// Readers take no more bytes of that map than this.
const LONGEST_REFINEMENT: usize = 1024;

/// The keys of that map.
mod key {
    pub(super) const IS_NULL: u8 = 1;
    pub(super) const PREFIX: u8 = 2;
    pub(super) const LEAST: u8 = 3;
    pub(super) const MOST: u8 = 4;
    pub(super) const SHORTEST: u8 = 5;
    pub(super) const LONGEST: u8 = 6;
}

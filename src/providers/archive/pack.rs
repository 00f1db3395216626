//! Archives of entries: the bytes that the published provider writes, which are those of Go's packages.

use super::entries::Entry;
use crate::deflate::{Effort, crc32, deflate, gzip};
use std::io;

/// The version of the format that compression needs.
const VERSION: u16 = 20;
/// Sizes and checksum follow the content.
const DESCRIPTOR: u16 = 8;
/// The name is in UTF-8.
const UTF8: u16 = 1 << 11;
const DEFLATED: u16 = 8;
/// What the provider writes for "no time" of files: 2049-01-01 to everyone who reads it. Given text has no date at all.
const NO_DATE: u16 = 0x8a21;
const UNIX: u16 = 3 << 8;
const REGULAR_FILE: u32 = 0x8000;

/// Little-endian numbers, one behind the other.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn short(mut self, number: u16) -> Self {
        self.0.extend(number.to_le_bytes());
        self
    }
    fn long(mut self, number: u32) -> Self {
        self.0.extend(number.to_le_bytes());
        self
    }
}

pub(super) fn zip(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for Entry { name, content, mode } in entries {
        let packed = deflate(content, Effort::Archive, false);
        let (offset, packed_size, size) = (number(archive.len())?, number(packed.len())?, number(content.len())?);
        let flags = if name.is_ascii() { DESCRIPTOR } else { DESCRIPTOR | UTF8 };
        let date = if mode.is_some() { NO_DATE } else { 0 };
        let common = |fields: Fields| fields.short(VERSION).short(flags).short(DEFLATED).short(0).short(date);
        let header = common(Fields::default().long(0x0403_4b50));
        archive.extend(header.long(0).long(0).long(0).short(short(name.len())?).short(0).0);
        archive.extend(name.bytes());
        archive.extend(packed);
        let sizes = |fields: Fields| fields.long(crc32(content)).long(packed_size).long(size);
        archive.extend(sizes(Fields::default().long(0x0807_4b50)).0);
        let (creator, attributes) = match mode {
            Some(mode) => (UNIX | VERSION, (REGULAR_FILE | mode) << 16),
            None => (VERSION, 0),
        };
        let record = sizes(common(Fields::default().long(0x0201_4b50).short(creator))).short(short(name.len())?);
        directory.extend(record.short(0).short(0).short(0).short(0).long(attributes).long(offset).0);
        directory.extend(name.bytes());
    }
    let (start, length, count) = (number(archive.len())?, number(directory.len())?, short(entries.len())?);
    archive.extend(directory);
    let end = Fields::default().long(0x0605_4b50).short(0).short(0).short(count).short(count);
    archive.extend(end.long(length).long(start).short(0).0);
    Ok(archive)
}

fn number(size: usize) -> io::Result<u32> {
    u32::try_from(size)
        .map_err(|_| io::Error::new(io::ErrorKind::FileTooLarge, "archives above 4 GiB are not supported"))
}

fn short(count: usize) -> io::Result<u16> {
    u16::try_from(count)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "more than 65535 files, or a name as long"))
}

pub(super) fn tar_gz(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut builder = tar::Builder::new(Vec::new());
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(entry.content.len() as u64);
        header.set_mode(entry.mode.unwrap_or(0));
        header.set_mtime(0);
        builder.append_data(&mut header, &entry.name, &*entry.content)?;
    }
    Ok(gzip(&builder.into_inner()?, false))
}

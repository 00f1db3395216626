//! Archives of entries: bytes that depend on nothing else.

use super::entries::Entry;
use flate2::{Compression, GzBuilder};
use std::io::{self, Cursor, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// What the published provider writes for "no time"; unzip shows it as 2049-01-01.
fn no_time() -> DateTime {
    DateTime::from_date_and_time(2049, 1, 1, 0, 0, 0).unwrap_or_default()
}

pub fn zip(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let options = match entry.mode {
            Some(mode) => options.last_modified_time(no_time()).unix_permissions(mode),
            None => options.last_modified_time(DateTime::default()),
        };
        writer.start_file(&entry.name, options)?;
        writer.write_all(&entry.content)?;
    }
    Ok(writer.finish()?.into_inner())
}

pub fn tar_gz(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let gzip = GzBuilder::new().operating_system(255).write(Vec::new(), Compression::default());
    let mut builder = tar::Builder::new(gzip);
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(entry.content.len() as u64);
        header.set_mode(entry.mode.unwrap_or(0));
        header.set_mtime(0);
        builder.append_data(&mut header, &entry.name, &*entry.content)?;
    }
    builder.into_inner()?.finish()
}

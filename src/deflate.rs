//! Compression to the same bytes as Go's `compress/flate` at the levels that are used, and with it Terraform and its providers.
//!
//! `base64gzip`, `cloudinit_config` and `archive_file` end up in attributes that are compared: with other bytes, as good as
//! they may be, a state that Terraform wrote would show changes. RFC 1951 leaves open which matches are taken, where blocks
//! end and which of the optimal codes is used; the parts of this module follow Go in each of these choices.

mod code;
mod matches;
mod write;

use matches::Token;
use write::BitWriter;

/// How hard matches are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What Go's `archive/zip` asks for.
    Archive,
    /// Go's default.
    Default,
}

/// A stream of DEFLATE that ends with an empty stored block, as Go's writer closes one. With `flush` another such block
/// comes before that, as a call of `Flush` leaves it.
pub fn deflate(input: &[u8], effort: Effort, flush: bool) -> Vec<u8> {
    let mut writer = BitWriter::default();
    matches::find(input, effort, |tokens: &[Token], block: &[u8]| writer.block(tokens, block));
    if flush {
        writer.stored_header(0, false);
    }
    writer.stored_header(0, true);
    writer.finish()
}

/// The same as a gzip file without a name and a time.
pub fn gzip(input: &[u8], flush: bool) -> Vec<u8> {
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    file.extend(deflate(input, Effort::Default, flush));
    file.extend(crc32(input).to_le_bytes());
    // The length counts modulo 2^32.
    file.extend((input.len() as u32).to_le_bytes());
    file
}

/// The checksum of gzip and zip.
pub fn crc32(input: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !input.iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|it| format!("{it:02x}")).collect()
    }

    /// Recorded from `base64gzip` of Terraform 1.11.4, which flushes before it closes.
    #[test]
    fn gives_the_bytes_of_go() {
        let cases = [
            ("", "000000ffff010000ffff"),
            ("1", "3204000000ffff010000ffff"),
            ("hello", "ca48cdc9c907000000ffff010000ffff"),
            (&"a".repeat(82), "4aa43a00000000ffff010000ffff"),
        ];
        for (input, expected) in cases {
            assert_eq!(hex(&deflate(input.as_bytes(), Effort::Default, true)), expected, "{input:?}");
        }
    }
}

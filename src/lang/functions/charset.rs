//! Character encodings other than UTF-8, by their IANA names.

use encoding_rs::Encoding;

#[derive(Clone, Copy, PartialEq)]
pub enum Charset {
    Utf8,
    Utf16 {
        big_endian: bool,
    },
    /// With a mark in front that says the order of bytes.
    MarkedUtf16,
    Ascii,
    Latin1,
    Windows1252,
    /// Any other that browsers know, which are nearly those that IANA names.
    Other(&'static Encoding),
}

/// What windows-1252 has from 0x80 to 0x9f; the code itself where it has nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

impl Charset {
    /// The charset and the name that messages call it by.
    pub fn named(name: &str) -> Option<(Self, &'static str)> {
        Some(match name.to_ascii_lowercase().as_str() {
            "utf-8" | "csutf8" => (Self::Utf8, "UTF-8"),
            "utf-16le" | "csutf16le" => (Self::Utf16 { big_endian: false }, "UTF-16LE"),
            "utf-16" | "csutf16" => (Self::MarkedUtf16, "UTF-16"),
            "utf-16be" | "csutf16be" => (Self::Utf16 { big_endian: true }, "UTF-16BE"),
            "utf8" => return None,
            "us-ascii" | "ascii" | "iso646-us" | "us" | "csascii" | "ansi_x3.4-1968" => (Self::Ascii, "US-ASCII"),
            "iso-8859-1" | "iso_8859-1" | "iso_8859-1:1987" | "latin1" | "l1" | "ibm819" | "cp819" | "csisolatin1" => {
                (Self::Latin1, "ISO_8859-1:1987")
            }
            "windows-1252" | "cswindows1252" => (Self::Windows1252, "windows-1252"),
            _ => {
                let encoding = Encoding::for_label(name.as_bytes())?;
                return (encoding.output_encoding() == encoding).then(|| (Self::Other(encoding), encoding.name()));
            }
        })
    }

    /// `None` if a character is not in the charset.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Utf16 { big_endian } => {
                let bytes = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
                Some(text.encode_utf16().flat_map(bytes).collect())
            }
            Self::MarkedUtf16 => Self::Utf16 { big_endian: true }.encode(&format!("\u{feff}{text}")),
            Self::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()),
            Self::Latin1 => text.chars().map(|it| u8::try_from(it as u32).ok()).collect(),
            Self::Windows1252 => text.chars().map(to_windows_1252).collect(),
            Self::Other(encoding) => match encoding.encode(text) {
                (bytes, _, false) => Some(bytes.into_owned()),
                _ => None,
            },
        }
    }

    /// The text; `None` if a byte stands for nothing.
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).map(str::to_owned).ok(),
            Self::Utf16 { big_endian } => {
                let unit = |pair: &[u8]| match pair {
                    [first, second] if big_endian => u16::from_be_bytes([*first, *second]),
                    [first, second] => u16::from_le_bytes([*first, *second]),
                    _ => 0xfffd,
                };
                let units = bytes.chunks(2).map(unit);
                Some(char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
            }
            Self::MarkedUtf16 => {
                let little = bytes.starts_with(&[0xff, 0xfe]);
                let text = Self::Utf16 { big_endian: !little }.decode(bytes)?;
                Some(text.trim_start_matches('\u{feff}').to_owned())
            }
            Self::Ascii => bytes.is_ascii().then(|| bytes.iter().map(|it| char::from(*it)).collect()),
            Self::Latin1 => Some(bytes.iter().map(|it| char::from(*it)).collect()),
            Self::Other(encoding) => {
                encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|it| it.into_owned())
            }
            Self::Windows1252 => Some(
                bytes
                    .iter()
                    .map(|it| {
                        if (0x80..0xa0).contains(it) { WINDOWS_1252[usize::from(*it) - 0x80] } else { char::from(*it) }
                    })
                    .collect(),
            ),
        }
    }
}

fn to_windows_1252(letter: char) -> Option<u8> {
    match letter as u32 {
        code @ (0..=0x7f | 0xa0..=0xff) => Some(code as u8),
        _ => WINDOWS_1252.iter().position(|it| *it == letter).map(|it| 0x80 + it as u8),
    }
}

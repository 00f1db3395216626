//! Character encodings, by the names that IANA has for them.

mod code_pages;
mod east_asian;
mod names;

use encoding_rs::Encoding;

/// A character encoding.
pub(super) struct Charset {
    /// What messages call it.
    pub name: &'static str,
    /// In lower case.
    aliases: &'static [&'static str],
    coding: Coding,
}

enum Coding {
    Utf8,
    Utf16 {
        big_endian: bool,
    },
    /// With a mark in front that says the order of bytes.
    MarkedUtf16,
    Ascii,
    Latin1,
    /// As windows-1254 but for the control characters from 0x80 to 0x9f.
    Latin5,
    /// The characters of the upper 128 bytes, or of all 256.
    Table(&'static str),
    /// As browsers have it, without the control characters that they have where single bytes stand for nothing.
    Web(&'static Encoding),
    Iso2022Jp,
    Hz,
}

impl Charset {
    /// The charset of that name or alias.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        let name = name.to_ascii_lowercase();
        names::CHARSETS.iter().find(|it| it.name.eq_ignore_ascii_case(&name) || it.aliases.contains(&&*name))
    }

    /// `None` if a character is not in the charset.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        match self.coding {
            Coding::Utf8 => Some(text.as_bytes().to_vec()),
            Coding::Utf16 { big_endian } => Some(utf16(text, big_endian)),
            Coding::MarkedUtf16 => Some(utf16(&format!("\u{feff}{text}"), true)),
            Coding::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()),
            Coding::Latin1 => text.chars().map(|it| u8::try_from(u32::from(it)).ok()).collect(),
            Coding::Latin5 => text.chars().map(to_latin5).collect(),
            Coding::Table(table) => text.chars().map(|it| to_table(table, it)).collect(),
            Coding::Web(encoding) if has_controls(encoding, text) => None,
            Coding::Web(encoding) => east_asian::encode(encoding, text),
            Coding::Iso2022Jp => east_asian::encode_iso_2022_jp(text),
            Coding::Hz => east_asian::encode_hz(text),
        }
    }

    /// The text; `None` if a byte stands for nothing.
    pub(super) fn decode(&self, bytes: &[u8]) -> Option<String> {
        let web = |encoding: &'static Encoding| {
            encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|it| it.into_owned())
        };
        match self.coding {
            Coding::Utf8 => std::str::from_utf8(bytes).map(str::to_owned).ok(),
            Coding::Utf16 { big_endian } => from_utf16(bytes, big_endian),
            Coding::MarkedUtf16 => {
                let text = from_utf16(bytes, !bytes.starts_with(&[0xff, 0xfe]))?;
                Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
            }
            Coding::Ascii => bytes.is_ascii().then(|| bytes.iter().map(|it| char::from(*it)).collect()),
            Coding::Latin1 => Some(bytes.iter().map(|it| char::from(*it)).collect()),
            Coding::Latin5 => Some(bytes.iter().map(|it| from_latin5(*it)).collect()),
            Coding::Table(table) => bytes.iter().map(|it| from_table(table, *it)).collect(),
            Coding::Web(encoding) => web(encoding).filter(|it| !has_controls(encoding, it)),
            Coding::Iso2022Jp => web(encoding_rs::ISO_2022_JP),
            Coding::Hz => east_asian::decode_hz(bytes),
        }
    }
}

fn has_controls(encoding: &'static Encoding, text: &str) -> bool {
    encoding.is_single_byte() && text.contains(|it| ('\u{80}'..='\u{9f}').contains(&it))
}

fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    let bytes = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

fn from_utf16(bytes: &[u8], big_endian: bool) -> Option<String> {
    let unit = |pair: &[u8]| match *pair {
        [first, second] if big_endian => Some(u16::from_be_bytes([first, second])),
        [first, second] => Some(u16::from_le_bytes([first, second])),
        _ => None,
    };
    let units: Vec<u16> = bytes.chunks(2).map(unit).collect::<Option<_>>()?;
    String::from_utf16(&units).ok()
}

fn to_latin5(letter: char) -> Option<u8> {
    match letter {
        'ğ' => Some(0xf0),
        'ı' => Some(0xfd),
        'ş' => Some(0xfe),
        'Ğ' => Some(0xd0),
        'İ' => Some(0xdd),
        'Ş' => Some(0xde),
        'ð' | 'ý' | 'þ' | 'Ð' | 'Ý' | 'Þ' => None,
        _ => u8::try_from(u32::from(letter)).ok(),
    }
}

fn from_latin5(byte: u8) -> char {
    match byte {
        0xf0 => 'ğ',
        0xfd => 'ı',
        0xfe => 'ş',
        0xd0 => 'Ğ',
        0xdd => 'İ',
        0xde => 'Ş',
        _ => char::from(byte),
    }
}

/// The byte of the first character of a table.
fn table_start(table: &str) -> usize {
    256 - table.chars().count()
}

fn to_table(table: &str, letter: char) -> Option<u8> {
    let start = table_start(table);
    if start > 0 && letter.is_ascii() {
        return u8::try_from(letter).ok();
    }
    table.chars().position(|it| it == letter).and_then(|at| u8::try_from(start + at).ok())
}

fn from_table(table: &str, byte: u8) -> Option<char> {
    let start = table_start(table);
    match usize::from(byte).checked_sub(start) {
        Some(at) => table.chars().nth(at),
        None => Some(char::from(byte)),
    }
}

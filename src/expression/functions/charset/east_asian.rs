//! Charsets of several bytes a character, where Terraform writes more than browsers do: those write each character in
//! one way only, and some that they read not at all.

use encoding_rs::{BIG5, EUC_JP, Encoding, GB18030, GBK, SHIFT_JIS};

/// What browsers write as another character that looks like it.
const LOOKALIKES: [char; 3] = ['¥', '‾', '−'];

/// As browsers write it, and what they only read; `None` if a character is not in the charset.
pub(super) fn encode(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    if (encoding == EUC_JP || encoding == SHIFT_JIS) && text.contains(LOOKALIKES) {
        return None;
    }
    if let (bytes, _, false) = encoding.encode(text) {
        return Some(bytes.into_owned());
    }
    let prefix: &[u8] = match encoding {
        // Characters of Hong Kong.
        _ if encoding == BIG5 => &[],
        // JIS X 0212.
        _ if encoding == EUC_JP => &[0x8f],
        _ => return None,
    };
    let mut out = Vec::new();
    for letter in text.chars() {
        match encoding.encode(letter.encode_utf8(&mut [0; 4])) {
            (bytes, _, false) => out.extend_from_slice(&bytes),
            _ => out.extend(as_read(encoding, prefix, letter)?),
        }
    }
    Some(out)
}

/// The bytes after the prefix and with it that are read as this character, found by trying.
fn as_read(encoding: &'static Encoding, prefix: &[u8], letter: char) -> Option<Vec<u8>> {
    let mut text = [0; 4];
    let text: &str = letter.encode_utf8(&mut text);
    let pairs = (0x81..=0xfe).flat_map(|lead| (0x40..=0xfe).map(move |trail| [lead, trail]));
    pairs
        .map(|pair| [prefix, &pair].concat())
        .find(|bytes| encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some_and(|it| it == text))
}

/// The two bytes of seven bits of a character of the national set that `encoding` writes with their eighth bit.
fn seven_bits(encoding: &'static Encoding, letter: char) -> Option<[u8; 2]> {
    match encoding.encode(letter.encode_utf8(&mut [0; 4])) {
        (bytes, _, false) => match *bytes {
            [lead @ 0xa1..=0xfe, trail @ 0xa1..=0xfe] => Some([lead & 0x7f, trail & 0x7f]),
            _ => None,
        },
        _ => None,
    }
}

/// ISO-2022-JP, in which Terraform writes half-width katakana as they are.
pub(super) fn encode_iso_2022_jp(text: &str) -> Option<Vec<u8>> {
    const ASCII: &[u8] = b"\x1b(B";
    let mut out = Vec::new();
    let mut set = ASCII;
    for letter in text.chars() {
        let (bytes, own_set): (Vec<u8>, &[u8]) = match letter {
            _ if letter.is_ascii() => (vec![letter as u8], ASCII),
            '｡'..='ﾟ' => (vec![(u32::from(letter) - 0xff61) as u8 + 0x21], b"\x1b(I"),
            _ if LOOKALIKES.contains(&letter) => return None,
            _ => (seven_bits(EUC_JP, letter)?.to_vec(), b"\x1b$B"),
        };
        if set != own_set {
            out.extend_from_slice(own_set);
            set = own_set;
        }
        out.extend(bytes);
    }
    if set != ASCII {
        out.extend_from_slice(ASCII);
    }
    Some(out)
}

/// HZ: GB 2312 in seven bits between `~{` and `~}`. Terraform leaves the last pair open.
pub(super) fn encode_hz(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut chinese = false;
    for letter in text.chars() {
        if chinese == letter.is_ascii() {
            chinese = !chinese;
            out.extend_from_slice(if chinese { b"~{" } else { b"~}" });
        }
        match letter {
            '~' => out.extend_from_slice(b"~~"),
            _ if letter.is_ascii() => out.push(letter as u8),
            _ => out.extend(seven_bits(GB18030, letter)?),
        }
    }
    Some(out)
}

/// The text; `None` if some bytes stand for nothing.
pub(super) fn decode_hz(bytes: &[u8]) -> Option<String> {
    let mut out = String::new();
    let mut chinese = false;
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        let mut length = 2;
        match (first, after.first()) {
            (b'~', Some(b'{')) => chinese = true,
            (b'~', Some(b'}')) => chinese = false,
            (b'~', Some(b'~')) => out.push('~'),
            (b'~', Some(b'\n')) => {}
            (b'~' | 0x80.., _) => return None,
            _ if !chinese || first == b'\n' => {
                chinese = false;
                out.push(char::from(first));
                length = 1;
            }
            (lead, Some(trail)) => {
                let pair = [lead | 0x80, trail | 0x80];
                let letter = GBK.decode_without_bom_handling_and_without_replacement(&pair)?;
                // Where the set has nothing, browsers read a character for private use.
                if letter.contains(|it| ('\u{e000}'..='\u{f8ff}').contains(&it)) {
                    return None;
                }
                out.push_str(&letter);
            }
            (_, None) => return None,
        }
        rest = &rest[length..];
    }
    Some(out)
}

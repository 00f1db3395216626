//! What is wrong with a JSON text, in the words of Go's decoder, which users of `jsondecode` know.

/// Why `text` is not one JSON value; `None` if it is.
pub(super) fn mistake(text: &str) -> Option<String> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    reader.blanks();
    if reader.bytes.len() == reader.at {
        return Some("EOF".into());
    }
    reader.value(0).and_then(|()| reader.end()).err()
}

/// Deeper than this Go does not go.
const MAX_DEPTH: usize = 10_000;

struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
}

type Checked = Result<(), String>;

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|it| matches!(it, b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// The next byte is not what belongs here.
    fn wrong(&self, context: &str) -> String {
        match self.peek() {
            None => "EOF".into(),
            Some(b'\'') => format!("invalid character '\\''{context}"),
            Some(byte) => format!("invalid character '{}'{context}", shown(char::from(byte))),
        }
    }

    /// The next byte is not what belongs inside this word, number or string.
    fn wrong_within(&self, context: &str) -> String {
        if self.peek().is_none() { "unexpected EOF".into() } else { self.wrong(context) }
    }

    fn expect(&mut self, wanted: u8, context: &str) -> Checked {
        if self.peek() != Some(wanted) {
            return Err(self.wrong(context));
        }
        self.at += 1;
        Ok(())
    }

    fn end(&mut self) -> Checked {
        self.blanks();
        if self.at == self.bytes.len() { Ok(()) } else { Err("extraneous data after JSON object".into()) }
    }

    fn value(&mut self, depth: usize) -> Checked {
        if depth > MAX_DEPTH {
            return Err("exceeded max depth".into());
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string(),
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'n') => self.literal("null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.wrong(" looking for beginning of value")),
        }
    }

    fn object(&mut self, depth: usize) -> Checked {
        self.at += 1;
        self.blanks();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        let mut context = "";
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return Err(self.wrong(context));
            }
            self.string()?;
            self.blanks();
            self.expect(b':', " after object key")?;
            self.blanks();
            self.value(depth + 1)?;
            self.blanks();
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(());
            }
            self.expect(b',', " after object key:value pair")?;
            context = " looking for beginning of object key string";
        }
    }

    fn array(&mut self, depth: usize) -> Checked {
        self.at += 1;
        self.blanks();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.blanks();
            self.value(depth + 1)?;
            self.blanks();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(());
            }
            self.expect(b',', " after array element")?;
        }
    }

    fn string(&mut self) -> Checked {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    match self.peek() {
                        Some(b'u') => {
                            self.at += 1;
                            for _ in 0..4 {
                                if !self.peek().is_some_and(|it| it.is_ascii_hexdigit()) {
                                    return Err(self.wrong_within(" in \\u hexadecimal character escape"));
                                }
                                self.at += 1;
                            }
                        }
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                        _ => return Err(self.wrong_within(" in string escape code")),
                    }
                }
                Some(..0x20) => return Err(self.wrong_within(" in string literal")),
                Some(_) => self.at += 1,
                None => return Err(self.wrong_within("")),
            }
        }
    }

    fn literal(&mut self, word: &str) -> Checked {
        for letter in word.bytes() {
            let expected = char::from(letter);
            if self.peek() != Some(letter) {
                return Err(self.wrong_within(&format!(" in literal {word} (expecting '{expected}')")));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn digits(&mut self, context: &str) -> Checked {
        if !self.peek().is_some_and(|it| it.is_ascii_digit()) {
            return Err(self.wrong_within(context));
        }
        while self.peek().is_some_and(|it| it.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Checked {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            _ => self.digits(" in numeric literal")?,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits(" after decimal point in numeric literal")?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits(" in exponent of numeric literal")?;
        }
        Ok(())
    }
}

/// How Go shows a character in quotes.
fn shown(character: char) -> String {
    match character {
        '\t' => "\\t".into(),
        '\n' => "\\n".into(),
        '\r' => "\\r".into(),
        it if it.is_control() => format!("\\x{:02x}", u32::from(it)),
        it => it.to_string(),
    }
}

/// Half of a surrogate pair stands for the replacement character, as Go reads it.
pub(super) fn without_lone_surrogates(text: &str) -> String {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let length = match (unit(at), unit(at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(0xd800..0xe000), _) => {
                out.push_str("\\ufffd");
                at += 6;
                continue;
            }
            (Some(_), _) => 6,
            (None, _) if letter == '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            (None, _) => letter.len_utf8(),
        };
        out.push_str(&text[at..at + length]);
        at += length;
    }
    out
}

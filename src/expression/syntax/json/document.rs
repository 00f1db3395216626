//! JSON with a span on every value, and with the order and the duplicates of its properties.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, FileId, Span},
    expression::syntax::lexer,
    value::Number,
};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Json {
    pub kind: JsonKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum JsonKind {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Json>),
    Object(Vec<Property>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property {
    pub name: String,
    pub name_span: Span,
    pub value: Json,
}

/// Reads the one value that `text` is. `None` after a mistake, which is reported.
pub(super) fn read(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<Json> {
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        let detail =
            "A byte order mark stands before the JSON value, which may have none. Save the file as UTF-8 without it.";
        let mark = Span { file, start: 0, end: (text.len() - rest.len()) as u32 };
        diagnostics.push(Diagnostic::error("Invalid start of value", detail).at(mark));
        return None;
    }
    let mut reader = Reader { text, file, position: 0 };
    let result = reader.value(0).and_then(|value| {
        reader.blanks();
        match reader.peek() {
            None => Ok(value),
            Some(_) => {
                Err(reader.wrong("Extraneous data after value", "Extra characters appear after the JSON value."))
            }
        }
    });
    result.map_err(|error| diagnostics.push(*error)).ok()
}

const MAX_DEPTH: usize = 1_000;

struct Reader<'t> {
    text: &'t str,
    file: FileId,
    position: usize,
}

type Read<T> = Result<T, Box<Diagnostic>>;

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn span(&self, start: usize) -> Span {
        let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Span { file: self.file, start: offset(start), end: offset(self.position) }
    }

    fn wrong(&self, summary: &str, detail: &str) -> Box<Diagnostic> {
        let next = self.text[self.position..].chars().next().map_or(0, char::len_utf8);
        self.wrong_for(next, summary, detail)
    }

    /// A mistake in the next `length` bytes.
    fn wrong_for(&self, length: usize, summary: &str, detail: &str) -> Box<Diagnostic> {
        let start = self.span(self.position);
        let at = Span { end: start.start + length as u32, ..start };
        Box::new(Diagnostic::error(summary, detail).at(at))
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.position += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Read<Json> {
        self.blanks();
        if depth > MAX_DEPTH {
            return Err(self.wrong("Too deeply nested", "JSON values can be nested at most 1000 levels deep."));
        }
        let start = self.position;
        let kind = match self.peek() {
            Some(b'{') => JsonKind::Object(self.properties(depth)?),
            Some(b'[') => JsonKind::Array(self.elements(depth)?),
            Some(b'"') => JsonKind::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.keyword()?,
            None => return Err(self.wrong("Missing JSON value", "A JSON value must start here, but the file ends.")),
            Some(_) => {
                let detail =
                    "A JSON value must start here: a brace, a bracket, a quoted string, a number, true, false or null.";
                return Err(self.wrong("Invalid JSON value", detail));
            }
        };
        Ok(Json { kind, span: self.span(start) })
    }

    fn keyword(&mut self) -> Read<JsonKind> {
        let word = lexer::identifier(&self.text[self.position..]);
        let kind = match word {
            "true" => JsonKind::Bool(true),
            "false" => JsonKind::Bool(false),
            "null" => JsonKind::Null,
            _ => {
                let detail =
                    format!("{word:?} is not a valid JSON keyword. A string must be enclosed in double quotes.");
                return Err(self.wrong_for(word.len(), "Invalid JSON keyword", &detail));
            }
        };
        self.position += word.len();
        Ok(kind)
    }

    fn number(&mut self) -> Read<JsonKind> {
        let rest = &self.text[self.position..];
        let length = rest.bytes().take_while(|it| matches!(it, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E')).count();
        let number = serde_json::from_str::<serde_json::Number>(&rest[..length]).ok();
        match number.and_then(|it| Number::parse(&it.to_string())) {
            Some(number) => {
                self.position += length;
                Ok(JsonKind::Number(number))
            }
            None => Err(self.wrong_for(length, "Invalid JSON number", "This is not a number as JSON has it.")),
        }
    }

    fn string(&mut self) -> Read<String> {
        let rest = &self.text[self.position..];
        let bytes = rest.as_bytes();
        let mut end = 1;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'"' => {
                    let quoted = &rest[..=end];
                    let text = serde_json::from_str(quoted).map_err(|error| {
                        self.wrong("Invalid JSON string", &format!("This is not a string as JSON has it: {error}."))
                    })?;
                    self.position += end + 1;
                    return Ok(text);
                }
                b'\\' => end += 2,
                b'\n' => break,
                _ => end += 1,
            }
        }
        Err(self.wrong("Invalid JSON string", "This string has no closing quote on its line."))
    }

    fn elements(&mut self, depth: usize) -> Read<Vec<Json>> {
        let mut elements = Vec::new();
        self.position += 1;
        self.blanks();
        while self.peek() != Some(b']') {
            elements.push(self.value(depth + 1)?);
            self.separator(b']')?;
        }
        self.position += 1;
        Ok(elements)
    }

    fn properties(&mut self, depth: usize) -> Read<Vec<Property>> {
        let mut properties = Vec::new();
        self.position += 1;
        self.blanks();
        while self.peek() != Some(b'}') {
            let start = self.position;
            if self.peek() != Some(b'"') {
                let detail = "A JSON object must contain properties, whose names are quoted strings.";
                return Err(self.wrong("Invalid JSON object property", detail));
            }
            let name = self.string()?;
            let name_span = self.span(start);
            self.blanks();
            if self.peek() != Some(b':') {
                let detail = "A colon must separate a property's name from its value.";
                return Err(self.wrong("Missing property value", detail));
            }
            self.position += 1;
            let value = self.value(depth + 1)?;
            properties.push(Property { name, name_span, value });
            self.separator(b'}')?;
        }
        self.position += 1;
        Ok(properties)
    }

    /// A comma with something behind it, or the closing bracket, which is left.
    fn separator(&mut self, close: u8) -> Read<()> {
        self.blanks();
        match self.peek() {
            Some(b',') => {
                let comma = self.position;
                self.position += 1;
                self.blanks();
                if self.peek() == Some(close) {
                    self.position = comma;
                    let summary = if close == b']' { "Trailing comma in array" } else { "Trailing comma in object" };
                    return Err(self.wrong(summary, "JSON does not permit a comma behind the last item."));
                }
                Ok(())
            }
            Some(next) if next == close => Ok(()),
            None => Err(self.wrong("Unclosed JSON value", "The file ends before the closing bracket of this value.")),
            Some(_) => Err(self.wrong("Missing JSON comma", "A comma must separate one item from the next.")),
        }
    }
}

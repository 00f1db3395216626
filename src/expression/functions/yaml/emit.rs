//! YAML as Terraform writes it: block style, strings and keys in double quotes, strings of several lines as
//! literal blocks where those can hold them, quoted strings folded after column 80.

use crate::value::{Data, Value};

pub(super) fn document(value: &Value) -> String {
    let mut emitter = Emitter { out: String::new(), column: 0, blank: true };
    emitter.node(value, -2, false);
    emitter.end_line();
    // What is not quoted could go on, so that its end is marked.
    if matches!(value.data, Data::Null(_) | Data::Bool(_) | Data::Number(_)) {
        emitter.out.push_str("...\n");
    }
    emitter.out
}

const WIDTH: usize = 80;
/// Longer keys, in bytes, are introduced by a question mark.
const LONGEST_KEY: usize = 128;

struct Emitter {
    out: String,
    /// Of the next character, from 0.
    column: usize,
    /// Whether the line so far has nothing but indentation and the dashes that count as such.
    blank: bool,
}

impl Emitter {
    /// Text without newlines.
    fn write(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
        self.blank = false;
    }

    fn end_line(&mut self) {
        if self.column > 0 {
            self.newline();
        }
    }

    fn newline(&mut self) {
        self.out.push('\n');
        self.column = 0;
        self.blank = true;
    }

    /// Goes to column `indent` of a line that is otherwise empty.
    fn line_at(&mut self, indent: usize) {
        if !self.blank || self.column > indent {
            self.newline();
        }
        while self.column < indent {
            self.out.push(' ');
            self.column += 1;
        }
    }

    /// `indent` is that of the collection around the value, -2 without one.
    fn node(&mut self, value: &Value, indent: isize, after_key: bool) {
        match &value.data {
            Data::Map(_, entries) | Data::Object(entries) if !entries.is_empty() => {
                let own = usize::try_from(indent + 2).unwrap_or(0);
                for (key, value) in &**entries {
                    self.entry(key, value, own);
                }
            }
            Data::List(_, values) | Data::Set(_, values) | Data::Tuple(values) if !values.is_empty() => {
                // A list below a key is not indented further.
                let own = usize::try_from(if after_key { indent } else { indent + 2 }).unwrap_or(0);
                for value in &**values {
                    self.line_at(own);
                    self.indicator("-");
                    self.node(value, own as isize, false);
                }
            }
            _ => {
                if after_key || (self.column > 0 && !self.blank) {
                    self.write(" ");
                }
                self.scalar(value, usize::try_from(indent.max(0) + 2).unwrap_or(2), true);
            }
        }
    }

    /// A dash, question mark or colon at the start of a line, with the blank behind it: it still counts as
    /// indentation.
    fn indicator(&mut self, sign: &str) {
        self.out.push_str(sign);
        self.out.push(' ');
        self.column += 2;
    }

    fn entry(&mut self, key: &str, value: &Value, indent: usize) {
        self.line_at(indent);
        if key.len() <= LONGEST_KEY && !key.contains(is_break) {
            self.quoted(key, indent, false);
            self.write(":");
            self.node(value, indent as isize, true);
        } else {
            self.indicator("?");
            self.text(key, indent + 2, true);
            self.line_at(indent);
            self.indicator(":");
            self.node(value, indent as isize, false);
        }
    }

    fn scalar(&mut self, value: &Value, indent: usize, may_break: bool) {
        match &value.data {
            Data::String(text) => self.text(text, indent, may_break),
            Data::Bool(value) => self.write(if *value { "true" } else { "false" }),
            Data::Number(number) => self.write(&number.to_string()),
            Data::Map(..) | Data::Object(_) => self.write("{}"),
            Data::List(..) | Data::Set(..) | Data::Tuple(_) => self.write("[]"),
            Data::Null(_) | Data::Unknown(_) => self.write("null"),
        }
    }

    fn text(&mut self, text: &str, indent: usize, may_break: bool) {
        if text.contains('\n') && fits_block(text) {
            self.block(text, indent);
        } else {
            self.quoted(text, indent, may_break);
        }
    }

    fn block(&mut self, text: &str, indent: usize) {
        self.write("|");
        if text.starts_with(' ') || text.starts_with(is_break) {
            self.write("2");
        }
        let body = text.strip_suffix('\n');
        match body {
            None => self.write("-"),
            Some(body) if body.is_empty() || body.ends_with('\n') => self.write("+"),
            Some(_) => {}
        }
        for line in body.unwrap_or(text).split('\n') {
            self.newline();
            if !line.is_empty() {
                self.line_at(indent);
                self.write(line);
            }
        }
        if body.is_some() {
            self.newline();
        }
    }

    fn quoted(&mut self, text: &str, indent: usize, may_break: bool) {
        self.write("\"");
        let mut after_space = false;
        let mut letters = text.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            if letter != ' ' {
                after_space = false;
                match escape(letter) {
                    Some(escape) => self.write(&escape),
                    None => self.write(letter.encode_utf8(&mut [0; 4])),
                }
                continue;
            }
            let inside = at > 0 && at + 1 < text.len();
            if may_break && !after_space && self.column > WIDTH && inside {
                self.newline();
                self.line_at(indent);
                if letters.peek().is_some_and(|(_, next)| *next == ' ') {
                    self.write("\\");
                }
            } else {
                self.write(" ");
            }
            after_space = true;
        }
        self.write("\"");
    }
}

fn is_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What a literal block can hold as it is, besides line breaks. Tabs and what is beyond the basic plane count as
/// unprintable, as in libyaml.
fn is_printable(letter: char) -> bool {
    matches!(letter, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

fn fits_block(text: &str) -> bool {
    text.chars().all(is_printable) && !text.contains(" \n") && !text.ends_with(' ')
}

fn escape(letter: char) -> Option<String> {
    let short = match letter {
        '"' => '"',
        '\\' => '\\',
        '\0' => '0',
        '\x07' => 'a',
        '\x08' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\x0b' => 'v',
        '\x0c' => 'f',
        '\r' => 'r',
        '\x1b' => 'e',
        '\u{85}' => 'N',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ if is_printable(letter) => return None,
        _ => {
            let code = letter as u32;
            return Some(match code {
                0..=0xff => format!("\\x{code:02X}"),
                0x100..=0xffff => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            });
        }
    };
    Some(format!("\\{short}"))
}

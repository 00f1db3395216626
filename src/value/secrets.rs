//! Texts that must not be shown, wherever they turn up: in what a provider says, in a URL, in a line of a file.

use super::{Data, Value};
use std::{borrow::Cow, collections::BTreeSet};

/// What is shown instead, as Terraform writes it.
pub const HIDDEN: &str = "(sensitive value)";

/// What is shorter than this is often a word of the message itself, and hidden only where it stands in quotes.
const LONG: usize = 6;
/// What is shorter than this says nothing that could be kept: to hide it would only hide the message.
const SHORT: usize = 4;

/// A set of secrets. It says nothing of them when it is printed itself.
#[derive(Clone, Default)]
pub struct Secrets {
    /// Longest first, since one may be a part of another.
    texts: BTreeSet<(std::cmp::Reverse<usize>, String)>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} secrets", self.texts.len())
    }
}

impl Secrets {
    /// Whether there is nothing to hide.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Adds what is sensitive in `value`.
    pub fn add_sensitive(&mut self, value: &Value) {
        if value.marks_within().is_empty() {
            return;
        }
        match value.is_sensitive() {
            true => self.add(value),
            false => value.children().for_each(|it| self.add_sensitive(it)),
        }
    }

    /// Adds everything in `value`.
    pub fn add(&mut self, value: &Value) {
        match &value.data {
            Data::String(text) => self.add_text(text),
            Data::Number(number) => self.add_text(&number.to_string()),
            Data::Map(_, entries) => entries.iter().for_each(|(key, it)| {
                self.add_text(key);
                self.add(it);
            }),
            _ => value.children().for_each(|it| self.add(it)),
        }
    }

    /// Adds a text, and each of its lines that is long enough.
    pub fn add_text(&mut self, text: &str) {
        self.add_line(text.trim());
        // What is shown line by line, with a margin, is found line by line.
        for line in text.lines().map(str::trim).filter(|it| it.len() >= LONG) {
            self.add_line(line);
        }
    }

    fn add_line(&mut self, text: &str) {
        let escaped = format!("{text:?}");
        for form in [text, &escaped[1..escaped.len() - 1]] {
            if form.len() >= SHORT {
                self.texts.insert((std::cmp::Reverse(form.len()), form.to_owned()));
            }
        }
    }

    /// `text` with something else where a secret stands.
    pub fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let quoted = self.texts.iter().map(|(_, it)| format!("{it:?}"));
        let plain = self.texts.iter().map(|(_, it)| it).filter(|it| it.len() >= LONG).cloned();
        let mut shown = Cow::Borrowed(text);
        for secret in quoted.chain(plain) {
            if shown.contains(&secret) {
                shown = replaced(&shown, &secret, FIXED).into();
            }
        }
        shown
    }
}

/// Words of headlines that programs look for. A secret that is a part of one is nowhere else for that: to hide it there would only
/// tell that it is one.
const FIXED: &[&str] = &["precondition", "postcondition"];

fn replaced(text: &str, secret: &str, fixed: &[&str]) -> String {
    match fixed.split_first() {
        Some((word, rest)) if *word != secret && word.contains(secret) => {
            let parts: Vec<String> = text.split(word).map(|it| replaced(it, secret, rest)).collect();
            parts.join(word)
        }
        Some((_, rest)) => replaced(text, secret, rest),
        None => text.replace(secret, HIDDEN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Marks, Type};

    #[test]
    fn secrets_are_hidden_and_words_are_not() {
        let mut secrets = Secrets::default();
        let secret = |text: &str| Value::string(text).marked(Marks::SENSITIVE);
        secrets.add_sensitive(&Value::tuple(vec![
            secret("hunter2hunter2"),
            secret("hunter2"),
            secret("word"),
            secret("is"),
            secret("condition"),
            secret("a \"b\"\nline two"),
            Value::string("plain text"),
            Value::list(Type::Number, vec![Value::number(1234567)]).marked(Marks::SENSITIVE),
        ]));
        for (text, shown) in [
            ("plain text is shown", "plain text is shown"),
            ("hunter2hunter2 and hunter2!", "(sensitive value) and (sensitive value)!"),
            ("a \"word\" is a word", "a (sensitive value) is a word"),
            ("it \"is\" so", "it \"is\" so"),
            ("Resource precondition failed", "Resource precondition failed"),
            ("of condition, 1condition2", "of (sensitive value), 1(sensitive value)2"),
            ("the conditions of conditioncondition", "the (sensitive value)s of (sensitive value)(sensitive value)"),
            ("got \"a \\\"b\\\"\\nline two\"", "got (sensitive value)"),
            ("> line two", "> (sensitive value)"),
            ("1234567 of them", "(sensitive value) of them"),
        ] {
            assert_eq!(secrets.hide(text), shown);
        }
        assert_eq!(Secrets::default().hide("hunter2"), "hunter2");
        assert!(!format!("{secrets:?}").contains("hunter2"));
    }
}

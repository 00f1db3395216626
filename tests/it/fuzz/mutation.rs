//! Input that once was right: bytes changed, parts cut, doubled, moved from one text into another, numbers grown.

use super::random::Random;

pub(super) struct Mutator {
    random: Random,
    corpus: Vec<Vec<u8>>,
    words: &'static [&'static str],
}

/// Longer than this no input grows.
const LONGEST: usize = 200_000;

impl Mutator {
    pub(super) fn new(random: Random, corpus: Vec<Vec<u8>>, words: &'static [&'static str]) -> Mutator {
        Mutator { random, corpus, words }
    }

    /// One text of the corpus with a few changes.
    pub(super) fn next(&mut self) -> Vec<u8> {
        let mut text = self.any();
        for _ in 0..1 + self.random.below(4) {
            self.change(&mut text);
        }
        text.truncate(LONGEST);
        text
    }

    fn any(&mut self) -> Vec<u8> {
        self.random.one_of(&self.corpus).clone()
    }

    /// A part of the text, by where it starts and ends.
    fn part(&mut self, text: &[u8]) -> (usize, usize) {
        let start = self.random.below(text.len());
        let longest = if self.random.below(4) == 0 { text.len() } else { 30 };
        (start, (start + self.random.below(longest)).min(text.len()))
    }

    fn change(&mut self, text: &mut Vec<u8>) {
        let (start, end) = self.part(text);
        match self.random.below(8) {
            0 => drop(text.drain(start..end)),
            1 => {
                let word = self.random.one_of(self.words).as_bytes();
                text.splice(start..start, word.iter().copied());
            }
            2 => {
                let word = self.random.one_of(self.words).as_bytes();
                text.splice(start..end, word.iter().copied());
            }
            3 => {
                let part = text[start..end].repeat(1 + self.random.below(200));
                text.splice(start..start, part);
            }
            4 => {
                let other = self.any();
                let (from, to) = self.part(&other);
                text.splice(start..end, other[from..to].iter().copied());
            }
            5 => {
                if let Some(byte) = text.get_mut(start) {
                    *byte ^= 1 << self.random.below(8);
                }
            }
            6 => self.wrap(text, start, end),
            _ => self.number(text),
        }
    }

    /// Puts brackets around a part, many times.
    fn wrap(&mut self, text: &mut Vec<u8>, start: usize, end: usize) {
        let (open, close) =
            *self.random.one_of(&[("(", ")"), ("[", "]"), ("{a=", "}"), ("\"${", "}\""), ("{\"a\":", "}")]);
        let times = 1 + self.random.below(1_000);
        text.splice(end..end, close.repeat(times).into_bytes());
        text.splice(start..start, open.repeat(times).into_bytes());
    }

    /// Replaces the first digit behind some place by a number that is seldom expected.
    fn number(&mut self, text: &mut Vec<u8>) {
        let from = self.random.below(text.len());
        let Some(at) = text.iter().skip(from).position(u8::is_ascii_digit) else { return };
        let number =
            *self.random.one_of(&["-1", "0", "1e12", "9223372036854775808", "0.5", "1e-400", "4294967296", "1e308"]);
        text.splice(from + at..from + at + 1, number.bytes());
    }
}

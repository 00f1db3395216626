//! Where the input repeats itself.
//!
//! Strings of four bytes are found again by a hash table of chains. A match is only taken if the one at the next position
//! is no longer ("lazy matching").

use super::Effort;

/// How far back a match may be.
const WINDOW: usize = 1 << 15;
const SHORTEST: usize = 4;
const LONGEST: usize = 258;
/// A block ends after so many tokens.
const BLOCK: usize = 1 << 14;
/// From this length on the next position is not looked at.
const LAZY: usize = 16;
/// Matches of the shortest length are worth it only if they are near.
const NEAR: usize = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Literal(u8),
    /// 3 to 258 bytes, from 1 to 32768 bytes back.
    Match {
        length: usize,
        distance: usize,
    },
}

struct Finder<'a> {
    input: &'a [u8],
    /// The last position of each hash, and for each position in a window the one before it; 0 is none, else one more.
    heads: Vec<usize>,
    previous: Vec<usize>,
    /// How many candidates are tried, and from which length on no better match is sought.
    effort: usize,
    /// Where the window that Go would keep begins: it moves on by half its size when the second half is used up.
    start: usize,
}

/// Tells `block` of each block: its tokens, and the input that they stand for.
pub(super) fn find<'a>(input: &'a [u8], effort: Effort, mut block: impl FnMut(&[Token], &'a [u8])) {
    let effort = match effort {
        Effort::Archive => 32,
        Effort::Default => 128,
    };
    let mut finder = Finder { input, heads: vec![0; 1 << 17], previous: vec![0; WINDOW], effort, start: 0 };
    let (mut tokens, mut block_start) = (Vec::with_capacity(BLOCK), 0);
    let mut at = 0;
    let mut current = (SHORTEST - 1, 0);
    let mut pending = false;
    while at < input.len() {
        finder.slide(at);
        let candidate = finder.insert(at);
        let last = current;
        current = (SHORTEST - 1, 0);
        let ahead = input.len() - at;
        if ahead > last.0
            && last.0 < LAZY
            && let Some(found) = candidate.and_then(|it| finder.best(at, it))
        {
            current = found;
        }
        if last.0 >= SHORTEST && current.0 <= last.0 {
            // The match that began one byte earlier is the better one. Its first two positions are in the table.
            tokens.push(Token::Match { length: last.0, distance: last.1 });
            let end = at + last.0 - 1;
            for inside in at + 1..end {
                finder.insert(inside);
            }
            at = end;
            pending = false;
            current = (SHORTEST - 1, 0);
            if tokens.len() == BLOCK {
                block(&tokens, &input[block_start..at]);
                (block_start, tokens) = (at, Vec::with_capacity(BLOCK));
            }
            continue;
        }
        if pending {
            tokens.push(Token::Literal(input[at - 1]));
            if tokens.len() == BLOCK {
                block(&tokens, &input[block_start..at]);
                (block_start, tokens) = (at, Vec::with_capacity(BLOCK));
            }
        }
        at += 1;
        pending = true;
    }
    if pending {
        tokens.push(Token::Literal(input[at - 1]));
    }
    if !tokens.is_empty() {
        block(&tokens, &input[block_start..]);
    }
}

impl Finder<'_> {
    fn slide(&mut self, at: usize) {
        // Go refills its two windows when less than a longest match is left of what it has read.
        if self.input.len() - self.start > 2 * WINDOW && at - self.start > 2 * WINDOW - (SHORTEST + LONGEST) {
            self.start += WINDOW;
        }
    }

    /// Notes the position; the last one with the same hash.
    fn insert(&mut self, at: usize) -> Option<usize> {
        let bytes: [u8; 4] = self.input.get(at..at + SHORTEST)?.try_into().ok()?;
        let hash = u32::from_be_bytes(bytes).wrapping_mul(0x1e35_a7bd) >> (32 - 17);
        let head = &mut self.heads[hash as usize];
        let before = *head;
        self.previous[at % WINDOW] = before;
        *head = at + 1;
        before.checked_sub(1)
    }

    /// The longest match at `at` among the positions from `candidate` back: length and distance.
    fn best(&self, at: usize, mut candidate: usize) -> Option<(usize, usize)> {
        let oldest = at.saturating_sub(WINDOW).max(self.start);
        let limit = LONGEST.min(self.input.len() - at);
        let nice = self.effort.min(limit);
        let mut best = None;
        let mut length = SHORTEST - 1;
        for _ in 0..self.effort {
            if candidate < oldest {
                break;
            }
            // A longer match has to agree in the byte behind the best one so far.
            if length < limit && self.input[candidate + length] == self.input[at + length] {
                let (old, new) = (&self.input[candidate..], &self.input[at..at + limit]);
                let found = new.iter().zip(old).take_while(|(a, b)| a == b).count();
                if found > length && (found > SHORTEST || at - candidate <= NEAR) {
                    (length, best) = (found, Some((found, at - candidate)));
                    if found >= nice {
                        break;
                    }
                }
            }
            if candidate == at.saturating_sub(WINDOW) && at >= WINDOW {
                break;
            }
            let Some(next) = self.previous[candidate % WINDOW].checked_sub(1) else { break };
            candidate = next;
        }
        best
    }
}

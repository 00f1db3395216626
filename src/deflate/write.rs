//! Tokens as bits: each block in the shortest of its three forms.

use super::{
    code::{Code, codes},
    matches::Token,
};

const END: usize = 256;
const LITERALS: usize = 286;
const DISTANCES: usize = 30;
/// In this order the lengths of the code of code lengths are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

#[derive(Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

/// A symbol of a token with the bits that follow it.
struct Symbol {
    symbol: usize,
    extra: u32,
    extra_bits: u32,
}

/// Of lengths from 3 on: 257 and up.
fn length_symbol(length: usize) -> Symbol {
    if length == 258 {
        return Symbol { symbol: 285, extra: 0, extra_bits: 0 };
    }
    let Symbol { symbol, extra, extra_bits } = ranged(length - 3, 2);
    Symbol { symbol: symbol + 257, extra, extra_bits }
}

/// Ranges that double in size, `1 << fraction` of each size; the first sizes of one have no extra bits.
fn ranged(value: usize, fraction: u32) -> Symbol {
    let direct = 2 << fraction;
    if value < direct {
        return Symbol { symbol: value, extra: 0, extra_bits: 0 };
    }
    let extra_bits = value.ilog2() - fraction;
    let symbol = ((extra_bits as usize) << fraction) + (value >> extra_bits);
    Symbol { symbol, extra: (value & ((1 << extra_bits) - 1)) as u32, extra_bits }
}

fn distance_symbol(distance: usize) -> Symbol {
    ranged(distance - 1, 1)
}

/// The literal and length symbol of a token, and its distance symbol.
fn symbols(token: Token) -> (Symbol, Option<Symbol>) {
    match token {
        Token::Literal(byte) => (Symbol { symbol: byte.into(), extra: 0, extra_bits: 0 }, None),
        Token::Match { length, distance } => (length_symbol(length), Some(distance_symbol(distance))),
    }
}

fn size(frequencies: &[u32], codes: &[Code]) -> usize {
    frequencies.iter().zip(codes).map(|(count, code)| *count as usize * usize::from(code.length)).sum()
}

/// How many symbols there are up to the last that occurs.
fn used(frequencies: &[u32]) -> usize {
    frequencies.iter().rposition(|it| *it > 0).map_or(0, |at| at + 1)
}

fn fixed_codes() -> (Vec<Code>, Vec<Code>) {
    let code = |bits: usize, length: u8| Code { bits: (bits as u16).reverse_bits() >> (16 - length), length };
    let literal = |symbol: usize| match symbol {
        0..144 => code(symbol + 48, 8),
        144..256 => code(symbol + 400 - 144, 9),
        256..280 => code(symbol - 256, 7),
        _ => code(symbol + 192 - 280, 8),
    };
    ((0..LITERALS).map(literal).collect(), (0..DISTANCES).map(|symbol| code(symbol, 5)).collect())
}

/// A run-length code of code lengths: symbols with their extra bits.
fn run_lengths(lengths: &[u8]) -> Vec<(usize, u32, u32)> {
    let mut runs = Vec::new();
    for run in lengths.chunk_by(|a, b| a == b) {
        let (value, mut count) = (usize::from(run[0]), run.len());
        if value != 0 {
            runs.push((value, 0, 0));
            count -= 1;
            while count >= 3 {
                let repeated = count.min(6);
                runs.push((16, repeated as u32 - 3, 2));
                count -= repeated;
            }
        } else {
            while count >= 11 {
                let repeated = count.min(138);
                runs.push((18, repeated as u32 - 11, 7));
                count -= repeated;
            }
            if count >= 3 {
                runs.push((17, count as u32 - 3, 3));
                count = 0;
            }
        }
        runs.extend((0..count).map(|_| (value, 0, 0)));
    }
    runs
}

impl BitWriter {
    /// One block that is not the last.
    pub(super) fn block(&mut self, tokens: &[Token], input: &[u8]) {
        let (mut literals, mut distances) = ([0_u32; LITERALS], [0_u32; DISTANCES]);
        literals[END] = 1;
        let mut extra = 0;
        for token in tokens {
            let (literal, distance) = symbols(*token);
            literals[literal.symbol] += 1;
            extra += literal.extra_bits as usize;
            if let Some(distance) = distance {
                distances[distance.symbol] += 1;
                extra += distance.extra_bits as usize;
            }
        }
        let is_storable = input.len() <= 65535;
        if !is_storable {
            // The extra bits are the same for both codes and only count in comparison with storing.
            extra = 0;
        }
        if used(&distances) == 0 {
            distances[0] = 1;
        }
        let own = (codes(&literals, 15), codes(&distances, 15));
        let (literal_count, distance_count) = (used(&literals), used(&distances));
        let lengths: Vec<u8> =
            own.0[..literal_count].iter().chain(&own.1[..distance_count]).map(|it| it.length).collect();
        let runs = run_lengths(&lengths);
        let mut frequencies = [0_u32; 19];
        runs.iter().for_each(|run| frequencies[run.0] += 1);
        let length_codes = codes(&frequencies, 7);
        let written = ORDER.iter().rposition(|it| frequencies[*it] > 0).map_or(4, |at| (at + 1).max(4));
        let runs_size = size(&frequencies, &length_codes) + runs.iter().map(|it| it.2 as usize).sum::<usize>();
        let own_size = 17 + 3 * written + runs_size + size(&literals, &own.0) + size(&distances, &own.1) + extra;
        let fixed = fixed_codes();
        let fixed_size = 3 + size(&literals, &fixed.0) + size(&distances, &fixed.1) + extra;
        let is_own = own_size < fixed_size;
        if is_storable && (input.len() + 5) * 8 < own_size.min(fixed_size) {
            self.stored_header(input.len(), false);
            self.bytes.extend(input);
            return;
        }
        if is_own {
            self.bits(4, 3);
            self.bits(literal_count as u32 - 257, 5);
            self.bits(distance_count as u32 - 1, 5);
            self.bits(written as u32 - 4, 4);
            for symbol in &ORDER[..written] {
                self.bits(length_codes[*symbol].length.into(), 3);
            }
            for (symbol, extra, bits) in runs {
                self.code(length_codes[symbol]);
                self.bits(extra, bits);
            }
        } else {
            self.bits(2, 3);
        }
        let (literal_codes, distance_codes) = if is_own { own } else { fixed };
        for token in tokens {
            let (literal, distance) = symbols(*token);
            self.code(literal_codes[literal.symbol]);
            self.bits(literal.extra, literal.extra_bits);
            if let Some(distance) = distance {
                self.code(distance_codes[distance.symbol]);
                self.bits(distance.extra, distance.extra_bits);
            }
        }
        self.code(literal_codes[END]);
    }

    /// Begins a stored block: its content is whole bytes.
    pub(super) fn stored_header(&mut self, length: usize, last: bool) {
        self.bits(u32::from(last), 3);
        self.align();
        self.bytes.extend((length as u16).to_le_bytes());
        self.bytes.extend((!(length as u16)).to_le_bytes());
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.align();
        self.bytes
    }

    fn align(&mut self) {
        if self.count > 0 {
            self.bits(0, 8 - self.count);
        }
    }

    fn code(&mut self, code: Code) {
        self.bits(code.bits.into(), code.length.into());
    }

    fn bits(&mut self, bits: u32, count: u32) {
        self.pending |= u64::from(bits) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }
}

//! Prefix codes of limited length.

/// The code of one symbol, its bits in the order in which they are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    pub bits: u16,
    pub length: u8,
}

/// The codes of symbols that occur this often, none longer than `limit`; one that never occurs has length 0.
///
/// Lengths come from the package-merge method. Where a single symbol and a package weigh the same, the package goes first.
pub(super) fn codes(frequencies: &[u32], limit: usize) -> Vec<Code> {
    let mut used: Vec<(u32, usize)> =
        frequencies.iter().enumerate().filter(|it| *it.1 > 0).map(|(symbol, it)| (*it, symbol)).collect();
    let mut codes = vec![Code::default(); frequencies.len()];
    if used.len() <= 2 {
        for (bits, (_, symbol)) in used.iter().enumerate() {
            codes[*symbol] = Code { bits: bits as u16, length: 1 };
        }
        return codes;
    }
    used.sort_unstable();
    let lengths = lengths(&used.iter().map(|it| u64::from(it.0)).collect::<Vec<_>>(), limit.min(used.len() - 1));
    let mut next = 0_u32;
    for length in 1..=limit {
        next <<= 1;
        let mut symbols: Vec<usize> = used.iter().zip(&lengths).filter(|it| *it.1 == length).map(|it| it.0.1).collect();
        symbols.sort_unstable();
        for symbol in symbols {
            codes[symbol] = Code { bits: (next as u16).reverse_bits() >> (16 - length), length: length as u8 };
            next += 1;
        }
    }
    codes
}

/// The code lengths of symbols in ascending order of weight.
fn lengths(weights: &[u64], limit: usize) -> Vec<usize> {
    // Each level holds the symbols and the packages of two from the level below, by weight.
    let mut levels: Vec<Vec<(u64, bool)>> = Vec::with_capacity(limit);
    for _ in 0..limit {
        let below = levels.last().map_or(&[][..], Vec::as_slice);
        let mut packages = below.chunks_exact(2).map(|it| it[0].0 + it[1].0).peekable();
        let mut symbols = weights.iter().copied().peekable();
        let mut level = Vec::with_capacity(2 * weights.len());
        loop {
            let is_symbol = match (symbols.peek(), packages.peek()) {
                (Some(symbol), Some(package)) => symbol < package,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            let weight = if is_symbol { symbols.next() } else { packages.next() };
            level.push((weight.unwrap_or_default(), is_symbol));
        }
        levels.push(level);
    }
    // A symbol's code is as long as the number of levels in which it is among the items that the top level stands for.
    let mut lengths = vec![0; weights.len()];
    let mut needed = 2 * weights.len() - 2;
    for level in levels.iter().rev() {
        let symbols = level.iter().take(needed).filter(|it| it.1).count();
        lengths[..symbols].iter_mut().for_each(|it| *it += 1);
        needed = 2 * (needed - symbols);
    }
    lengths
}

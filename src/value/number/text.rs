//! Numbers as decimal text, and back.

use super::{Number, PRECISION};
use dashu_base::BitTest;
use dashu_float::{FBig, Repr, round::mode::HalfEven};
use dashu_int::{IBig, Sign, UBig};
use std::fmt;

/// A power of ten or two beyond this has no use and would take long to expand.
const LARGEST_EXPONENT: i64 = 100_000;

pub(super) fn parse(text: &str) -> Option<Number> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if matches!(unsigned, "Inf" | "inf") {
        return Some(Number::infinity(negative));
    }
    // As Go does: `1e5` is a number of tens, `1p5` of twos.
    let (mantissa, exponent, twos) = match unsigned.find(['e', 'E', 'p', 'P']) {
        None => (unsigned, 0, 0),
        Some(at) => {
            let exponent = unsigned[at + 1..].parse::<i64>().ok()?;
            let of_ten = unsigned[at..].starts_with(['e', 'E']);
            (&unsigned[..at], if of_ten { exponent } else { 0 }, if of_ten { 0 } else { exponent })
        }
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let exponent = exponent - i64::try_from(fraction.len()).ok()?;
    if exponent.abs() > LARGEST_EXPONENT || twos.abs() > LARGEST_EXPONENT {
        return None;
    }
    let twos = isize::try_from(twos).ok()?;
    let sign = if negative { Sign::Negative } else { Sign::Positive };
    let digits = IBig::from_parts(sign, UBig::from_str_radix(&digits, 10).ok()?);
    let power = IBig::from(10).pow(usize::try_from(exponent.unsigned_abs()).ok()?);
    if exponent >= 0 {
        return Some(Number::rounded(digits * power, twos, PRECISION));
    }
    if digits == IBig::ZERO {
        return Some(Number::rounded(digits, 0, PRECISION));
    }
    // The operands are exact here; the division alone rounds.
    Some(Number::quotient(&Repr::new(digits, twos), &Repr::new(power, 0), PRECISION))
}

pub(super) fn write(number: &FBig<HalfEven, 2>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let repr = number.repr();
    let negative = repr.sign() == Sign::Negative && !repr.is_zero();
    if repr.is_infinite() {
        return f.write_str(if negative { "-Inf" } else { "+Inf" });
    }
    if repr.is_zero() {
        return f.write_str("0");
    }
    if negative {
        f.write_str("-")?;
    }
    let magnitude = repr.significand().clone().into_parts().1;
    let exponent = repr.exponent();
    let precision = number.precision().max(magnitude.bit_len());
    if exponent >= 0 && magnitude.bit_len() + exponent.unsigned_abs() <= precision {
        return write!(f, "{}", magnitude << exponent.unsigned_abs());
    }
    let decimal = shortest(&magnitude, exponent, precision);
    f.write_str(&decimal.to_string())
}

/// Go's `%.10g`.
pub(super) fn general(number: &FBig<HalfEven, 2>) -> String {
    let repr = number.repr();
    if repr.is_infinite() || repr.is_zero() {
        return Number::new(number.clone()).to_string();
    }
    let (sign, magnitude) = repr.significand().clone().into_parts();
    let sign = if sign == Sign::Negative { "-" } else { "" };
    let decimal = Decimal::exact(magnitude, repr.exponent());
    let decimal = if decimal.digits.len() > 10 { decimal.round(10) } else { decimal };
    let whole = decimal.digits.len().cast_signed() >= decimal.point;
    let limit = if whole && decimal.digits.len() < 10 { decimal.digits.len().cast_signed() } else { 10 };
    let exponent = decimal.point - 1;
    if (-4..limit.max(1)).contains(&exponent) || (!whole && (-4..10).contains(&exponent)) {
        return format!("{sign}{decimal}");
    }
    let digits = String::from_utf8_lossy(&decimal.digits);
    let (first, others) = digits.split_at(1);
    let point = if others.is_empty() { "" } else { "." };
    let direction = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{first}{point}{others}e{direction}{:02}", exponent.abs())
}

/// As [`Number::to_digits`].
pub(super) fn digits(number: &FBig<HalfEven, 2>, count: Option<usize>) -> (String, isize) {
    let repr = number.repr();
    if repr.is_zero() {
        return (String::new(), 0);
    }
    let (magnitude, exponent) = (repr.significand().clone().into_parts().1, repr.exponent());
    let decimal = match count {
        None => shortest(&magnitude, exponent, number.precision().max(magnitude.bit_len())),
        Some(count) => match Decimal::exact(magnitude, exponent) {
            decimal if decimal.digits.len() > count => decimal.round(count),
            decimal => decimal,
        },
    };
    (String::from_utf8_lossy(&decimal.digits).into_owned(), decimal.point - 1)
}

/// Go's `%.*f`.
pub(super) fn fixed(number: &FBig<HalfEven, 2>, places: usize) -> String {
    let repr = number.repr();
    if repr.is_infinite() {
        return Number::new(number.clone()).to_string();
    }
    let (sign, magnitude) = repr.significand().clone().into_parts();
    let sign = if sign == Sign::Negative { "-" } else { "" };
    let decimal = Decimal::exact(magnitude, repr.exponent());
    let length = decimal.point + places.cast_signed();
    let decimal = match usize::try_from(length) {
        Ok(length) if length < decimal.digits.len() => decimal.round(length),
        Ok(_) => decimal,
        Err(_) => Decimal { digits: Vec::new(), point: 0 },
    };
    let text = decimal.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let point = if places == 0 { "" } else { "." };
    // A width in the format string could not be so large.
    let zeros = "0".repeat(places.saturating_sub(fraction.len()));
    format!("{sign}{whole}{point}{fraction}{zeros}")
}

/// `0.digits × 10^point`, without trailing zeros.
struct Decimal {
    digits: Vec<u8>,
    point: isize,
}

impl Decimal {
    /// `magnitude × 2^exponent`, exactly.
    fn exact(magnitude: UBig, exponent: isize) -> Self {
        // A negative power of two is that many powers of five behind the decimal point.
        let (whole, shift) = if exponent >= 0 {
            (magnitude << exponent.unsigned_abs(), 0)
        } else {
            (magnitude * UBig::from(5_u8).pow(exponent.unsigned_abs()), exponent)
        };
        let digits = whole.to_string().into_bytes();
        let point = digits.len().cast_signed() + shift;
        Self { digits, point }.trimmed()
    }
    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        self
    }
    fn digit(&self, position: usize) -> u8 {
        self.digits.get(position).copied().unwrap_or(b'0')
    }
    fn round_down(mut self, length: usize) -> Self {
        self.digits.truncate(length);
        self.trimmed()
    }
    fn round_up(mut self, length: usize) -> Self {
        self.digits.truncate(length);
        while self.digits.last() == Some(&b'9') {
            self.digits.pop();
        }
        match self.digits.last_mut() {
            Some(last) => *last += 1,
            None => {
                self.digits.push(b'1');
                self.point += 1;
            }
        }
        self
    }
    fn round(self, length: usize) -> Self {
        let half = self.digit(length) == b'5' && length + 1 == self.digits.len();
        let up = if half { length > 0 && self.digits[length - 1] % 2 == 1 } else { self.digit(length) >= b'5' };
        if up { self.round_up(length) } else { self.round_down(length) }
    }
}

/// The fewest digits that lie nearer to the number than to its neighbours of the same precision.
fn shortest(magnitude: &UBig, exponent: isize, precision: usize) -> Decimal {
    // Scaled so that one unit is half the distance to the next number.
    let scale = precision + 1 - magnitude.bit_len();
    let (scaled, scaled_exponent) = (magnitude << scale, exponent - scale.cast_signed());
    let lower = Decimal::exact(&scaled - UBig::ONE, scaled_exponent);
    let upper = Decimal::exact(&scaled + UBig::ONE, scaled_exponent);
    // A tie rounds to the even number, so the bounds themselves still read back as an even one.
    let inclusive = !scaled.bit(1);
    let exact = Decimal::exact(magnitude.clone(), exponent);
    for position in 0..exact.digits.len() {
        let (low, digit, high) = (lower.digit(position), exact.digits[position], upper.digit(position));
        let down = low != digit || (inclusive && position + 1 == lower.digits.len());
        let up = digit != high && (inclusive || digit + 1 < high || position + 1 < upper.digits.len());
        match (down, up) {
            (true, true) => return exact.round(position + 1),
            (true, false) => return exact.round_down(position + 1),
            (false, true) => return exact.round_up(position + 1),
            (false, false) => {}
        }
    }
    exact
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = std::str::from_utf8(&self.digits).map_err(|_| fmt::Error)?;
        if digits.is_empty() {
            return f.write_str("0");
        }
        let Ok(point) = usize::try_from(self.point) else {
            return write!(f, "0.{}{digits}", "0".repeat(self.point.unsigned_abs()));
        };
        match digits.split_at_checked(point) {
            Some(("", fraction)) => write!(f, "0.{fraction}"),
            Some((whole, "")) => f.write_str(whole),
            Some((whole, fraction)) => write!(f, "{whole}.{fraction}"),
            None => write!(f, "{digits}{}", "0".repeat(point - digits.len())),
        }
    }
}

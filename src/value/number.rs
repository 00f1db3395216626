//! Numbers as cty has them: binary floats of up to 512 bits, rounded half to even.
//!
//! A number keeps the precision it was made with, as Go's `big.Float` does: 512 bits for what was written as
//! text, 64 for a machine integer, 53 for a machine float. An operation has the precision of its more precise
//! operand, which shows in the digits that an inexact result prints with.

mod serial;
mod text;

use dashu_float::{Context, FBig, Repr, round::mode::HalfEven};
use dashu_int::{IBig, Sign, UBig};
use std::{
    cmp::Ordering,
    fmt,
    sync::{Arc, LazyLock},
};

/// A number. Compares, adds and prints as in Terraform. May be infinite, since `1/0` is in Terraform.
#[derive(Clone, Debug)]
pub struct Number(Arc<FBig<HalfEven, 2>>);

/// Bits of a number that was written as text.
const PRECISION: usize = 512;

impl Number {
    /// Zero.
    pub fn zero() -> Self {
        Self::new(FBig::ZERO)
    }

    /// Zero with a minus, which Terraform prints as `-0` and which is equal to zero. It is known by its address.
    fn negative_zero() -> Self {
        static NEGATIVE_ZERO: LazyLock<Arc<FBig<HalfEven, 2>>> = LazyLock::new(|| Arc::new(FBig::ZERO));
        Self(NEGATIVE_ZERO.clone())
    }

    /// Whether it is written with a minus, as a zero can be.
    pub fn has_minus(&self) -> bool {
        self.is_negative() || self.is_negative_zero()
    }

    fn is_negative_zero(&self) -> bool {
        self.is_zero() && Arc::ptr_eq(&self.0, &Self::negative_zero().0)
    }

    fn new(float: FBig<HalfEven, 2>) -> Self {
        Self(Arc::new(float))
    }

    /// Reads a decimal number, with an exponent of ten or two or without: `12`, `-0.5`, `1e9`, `1p5`. `None` if it is not one, or if
    /// its exponent is beyond what is sensible to expand.
    pub fn parse(text: &str) -> Option<Self> {
        let number = text::parse(text)?;
        Some(if number.is_zero() && text.starts_with('-') { Self::negative_zero() } else { number })
    }

    /// Reads an integer in base 2 to 36.
    pub fn parse_integer(text: &str, radix: u32) -> Option<Self> {
        if !(2..=36).contains(&radix) || text.contains('_') {
            return None;
        }
        IBig::from_str_radix(text, radix).ok().map(Self::integer)
    }

    /// What division by zero gives.
    pub fn infinity(negative: bool) -> Self {
        let repr = if negative { Repr::neg_infinity() } else { Repr::infinity() };
        Self::new(FBig::from_repr(repr, Context::new(PRECISION)))
    }

    /// An integer of any size, exactly.
    fn integer(value: IBig) -> Self {
        use dashu_base::BitTest;
        let precision = value.bit_len().max(64);
        Self::rounded(value, 0, precision)
    }

    /// `significand × 2^exponent`, rounded to `precision` bits, half to even.
    fn rounded(significand: IBig, exponent: isize, precision: usize) -> Self {
        use dashu_base::BitTest;
        let (sign, magnitude) = significand.into_parts();
        let excess = magnitude.bit_len().saturating_sub(precision);
        let mut kept = &magnitude >> excess;
        if excess > 0 {
            let rest = &magnitude - (&kept << excess);
            let half = UBig::ONE << (excess - 1);
            if rest > half || (rest == half && kept.bit(0)) {
                kept += UBig::ONE;
            }
        }
        let repr = Repr::<2>::new(IBig::from_parts(sign, kept), exponent + excess as isize);
        Self::new(FBig::from_repr(repr, Context::new(precision)))
    }

    /// The quotient of two finite numbers, the second not zero, rounded once to `precision` bits. The crate's own
    /// division does not take a dividend of many more digits.
    fn quotient(dividend: &Repr<2>, divisor: &Repr<2>, precision: usize) -> Self {
        use dashu_base::{BitTest, DivRem};
        let (sign, left) = dividend.significand().clone().into_parts();
        let (other_sign, right) = divisor.significand().clone().into_parts();
        let shift = (precision + 2 + right.bit_len()).saturating_sub(left.bit_len());
        let (digits, rest) = (left << shift).div_rem(right);
        // One more bit stands for all that follow.
        let digits = (digits << 1) + UBig::from(!rest.is_zero());
        let exponent = dividend.exponent() - divisor.exponent() - shift as isize - 1;
        Self::rounded(IBig::from_parts(sign * other_sign, digits), exponent, precision)
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        self.0.repr().is_int()
    }
    /// Whether it is an infinity.
    pub fn is_infinite(&self) -> bool {
        self.0.repr().is_infinite()
    }
    /// Whether it is zero, with a minus or without.
    pub fn is_zero(&self) -> bool {
        self.0.repr().is_zero()
    }
    /// Whether it is less than zero.
    pub fn is_negative(&self) -> bool {
        self.0.repr().sign() == Sign::Negative && !self.is_zero()
    }

    /// The nearest integer towards zero; `None` of an infinity.
    fn truncated(&self) -> Option<IBig> {
        let repr = self.0.repr();
        if repr.is_infinite() {
            return None;
        }
        let (sign, magnitude) = repr.significand().clone().into_parts();
        let exponent = repr.exponent();
        let magnitude =
            if exponent >= 0 { magnitude << exponent.unsigned_abs() } else { magnitude >> exponent.unsigned_abs() };
        Some(IBig::from_parts(sign, magnitude))
    }

    fn to_integer(&self) -> Option<IBig> {
        if self.is_integer() { self.truncated() } else { None }
    }
    /// `None` if it is not a whole number or out of range.
    pub fn to_i64(&self) -> Option<i64> {
        self.to_integer()?.try_into().ok()
    }
    /// `None` if it is not a whole number or out of range.
    pub fn to_u64(&self) -> Option<u64> {
        self.to_integer()?.try_into().ok()
    }
    /// `None` if it is not a whole number or out of range.
    pub fn to_u128(&self) -> Option<u128> {
        self.to_integer()?.try_into().ok()
    }
    /// `None` if it is not a whole number or out of range.
    pub fn to_usize(&self) -> Option<usize> {
        self.to_integer()?.try_into().ok()
    }
    /// The nearest machine float, as Go's `big.Float.Float64` gives.
    pub fn to_f64(&self) -> f64 {
        match (self.is_infinite(), self.is_negative()) {
            (true, false) => f64::INFINITY,
            (true, true) => f64::NEG_INFINITY,
            (false, _) if self.is_negative_zero() => -0.0,
            (false, _) => self.0.to_f64().value(),
        }
    }
    /// Its digits in `radix`, of a whole number.
    pub fn to_radix(&self, radix: u32) -> Option<String> {
        Some(self.to_integer()?.in_radix(radix).to_string())
    }

    /// The significant decimal digits of its magnitude, and the power of ten of the first: as few digits as tell it from its
    /// neighbours, or at most `count`, rounded half to even. No digits of zero; of a finite number.
    pub fn to_digits(&self, count: Option<usize>) -> (String, isize) {
        text::digits(&self.0, count)
    }

    /// With ten significant digits, and an exponent if it is large or small: Go's `%.10g`.
    pub(super) fn to_general(&self) -> String {
        text::general(&self.0)
    }

    /// The same with the other sign.
    pub fn negate(&self) -> Self {
        match (self.is_zero(), self.is_negative_zero()) {
            (true, false) => Self::negative_zero(),
            (true, true) => Self::zero(),
            (false, _) if self.is_infinite() => Self::infinity(!self.is_negative()),
            (false, _) => Self::new(-(*self.0).clone()),
        }
    }
    /// The same without its sign.
    pub fn absolute(&self) -> Self {
        if self.has_minus() { self.negate() } else { self.clone() }
    }
    /// The whole part, towards zero.
    pub fn truncate(&self) -> Self {
        self.truncated().map_or_else(|| self.clone(), Self::integer)
    }
    /// With this many digits after the point, rounded half to even.
    pub fn to_fixed(&self, places: usize) -> String {
        text::fixed(&self.0, places)
    }
    /// The greatest whole number that is not above it.
    pub fn floor(&self) -> Self {
        let Some(whole) = self.truncated() else { return self.clone() };
        Self::integer(if self.is_negative() && !self.is_integer() { whole - IBig::ONE } else { whole })
    }
    /// The least whole number that is not below it.
    pub fn ceil(&self) -> Self {
        let Some(whole) = self.truncated() else { return self.clone() };
        Self::integer(if !self.is_negative() && !self.is_integer() { whole + IBig::ONE } else { whole })
    }

    /// `None` of opposing infinities.
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        match (self.is_infinite(), other.is_infinite()) {
            (false, false) => Some(Self::new(&*self.0 + &*other.0)),
            (true, true) if self.is_negative() != other.is_negative() => None,
            (true, _) => Some(self.clone()),
            (false, true) => Some(other.clone()),
        }
    }
    /// `None` of equal infinities.
    pub fn checked_subtract(&self, other: &Self) -> Option<Self> {
        self.checked_add(&other.negate())
    }
    /// `None` of zero times infinity.
    pub fn checked_multiply(&self, other: &Self) -> Option<Self> {
        if self.is_infinite() || other.is_infinite() {
            let negative = self.is_negative() != other.is_negative();
            return (!self.is_zero() && !other.is_zero()).then(|| Self::infinity(negative));
        }
        Some(Self::new(&*self.0 * &*other.0))
    }
    /// Infinite when only the divisor is zero; `None` of 0/0 and of two infinities.
    pub fn checked_divide(&self, other: &Self) -> Option<Self> {
        let negative = self.is_negative() != other.is_negative();
        match (self.is_infinite(), other.is_infinite()) {
            (true, true) => None,
            (true, false) => Some(Self::infinity(negative)),
            (false, true) => Some(Self::zero()),
            (false, false) if self.is_zero() && other.is_zero() => None,
            (false, false) if other.is_zero() => Some(Self::infinity(negative)),
            (false, false) if self.is_zero() => Some(self.clone()),
            (false, false) => {
                let precision = self.0.precision().max(other.0.precision());
                Some(Self::quotient(self.0.repr(), other.0.repr(), precision))
            }
        }
    }
    /// What is left after dividing towards zero. The number itself when `other` is zero; `None` of infinities.
    pub fn checked_remainder(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return Some(self.clone());
        }
        let quotient = self.checked_divide(other)?.truncated()?;
        self.checked_subtract(&other.checked_multiply(&Self::integer(quotient))?)
    }
}

/// Numbers are equal if they are written alike, as in cty: a machine float `0.1` is the `0.1` of a configuration, which has more
/// bits.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        // To write numbers costs too much where it is plain that they differ.
        let is_near = || {
            let (one, other) = (self.to_f64(), other.to_f64());
            one.is_finite() && (one - other).abs() <= one.abs() * 1e-15
        };
        self.0 == other.0
            || (self.0.precision() != other.0.precision() && is_near() && self.to_string() == other.to_string())
    }
}

impl Eq for Number {}

/// By what they are exactly, as in cty.
impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    /// The shortest decimal, never with an exponent, that reads back as the same number in its precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_negative_zero() {
            return f.write_str("-0");
        }
        text::write(&self.0, f)
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self::rounded(value.into(), 0, 64)
            }
        }
    )*};
}
from_integers!(i32, u32, i64, u64, usize);

impl From<f64> for Number {
    /// Zero of a NaN, which has no place in the language.
    fn from(value: f64) -> Self {
        if value.is_infinite() {
            return Self::infinity(value < 0.0);
        }
        if value == 0.0 && value.is_sign_negative() {
            return Self::negative_zero();
        }
        FBig::<HalfEven, 2>::try_from(value).map_or(Self::zero(), |it| Self::new(it.with_precision(53).value()))
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn numbers_print_as_in_terraform_console() {
        // What `terraform console` 1.11.4 prints for the left side.
        let cases = [
            ("0", "0"),
            ("-12.50", "-12.5"),
            ("1e40", "10000000000000000000000000000000000000000"),
            ("1.5e-10", "0.00000000015"),
            ("0.1", "0.1"),
            (".5", "0.5"),
            ("+7", "7"),
            (
                "100000000000000000000000000000000000000000000000000001",
                "100000000000000000000000000000000000000000000000000001",
            ),
            ("1e400", &format!("1{}", "0".repeat(400))),
            ("123456789.123456789", "123456789.123456789"),
        ];
        for (given, expected) in cases {
            assert_eq!(number(given).to_string(), expected, "{given}");
        }
        for wrong in ["", "-", "1.2.3", "1e", "abc", "1_000", "0x10", " 1", "1 ", "e5", ".", "1e999999999999"] {
            assert!(Number::parse(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn arithmetic_is_that_of_terraform_console() {
        let third = number("1").checked_divide(&number("3")).unwrap();
        assert_eq!(third.to_string(), format!("0.{}5", "3".repeat(154)));
        let cases = [
            (number("0.1").checked_add(&number("0.2")), "0.3"),
            (number("9007199254740993").checked_multiply(&number("3")), "27021597764222979"),
            (number("5").checked_remainder(&number("0")), "5"),
            (number("5").checked_remainder(&number("-3")), "2"),
            (number("-5").checked_remainder(&number("3")), "-2"),
            (number("5.5").checked_remainder(&number("2")), "1.5"),
            (number("1").checked_divide(&number("0")), "+Inf"),
            (Number::from(1_u64).checked_divide(&Number::from(3_u64)), "0.33333333333333333334"),
            (Some(Number::from(2_f64.sqrt())), "1.4142135623730951"),
            (Some(number("-1.5").floor()), "-2"),
            (Some(number("-1.5").ceil()), "-1"),
        ];
        for (result, expected) in cases {
            assert_eq!(result.map(|it| it.to_string()).as_deref(), Some(expected));
        }
        assert_eq!(number("0").checked_divide(&number("0")), None);
        assert_eq!((number("1.5").to_i64(), number("-3").to_i64(), number("-3").to_u64()), (None, Some(-3), None));
        assert!(number("2") > number("-10") && number("1.0") == number("1"));
        let machine = |float: f64| Number::from(float);
        assert!(machine(0.1) == number("0.1") && machine(1e23) == number("1e23") && machine(0.1) != number("0.11"));
        assert!(machine(-0.1) != number("0.1") && machine(0.5) == number("0.5") && machine(3.0) != number("2"));
    }
}

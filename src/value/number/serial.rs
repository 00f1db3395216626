//! Numbers in a saved plan: exact, with their precision.

use super::Number;
use dashu_int::IBig;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// `significand exponent precision`, the significand in hexadecimal; or `inf`, `-inf`.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let repr = self.0.repr();
        if repr.is_infinite() {
            return serializer.serialize_str(if self.is_negative() { "-inf" } else { "inf" });
        }
        let significand = repr.significand().in_radix(16);
        serializer.collect_str(&format_args!("{significand} {} {}", repr.exponent(), self.0.precision()))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| D::Error::custom(format_args!("{text:?} is not a number")))
    }
}

fn parse(text: &str) -> Option<Number> {
    match text {
        "inf" => return Some(Number::infinity(false)),
        "-inf" => return Some(Number::infinity(true)),
        _ => {}
    }
    let mut parts = text.split(' ');
    let significand = IBig::from_str_radix(parts.next()?, 16).ok()?;
    let exponent: isize = parts.next()?.parse().ok()?;
    let precision: usize = parts.next()?.parse().ok()?;
    // More could not have been written, and would cost memory without bound.
    let sensible = exponent.unsigned_abs() <= 1 << 20 && precision <= 1 << 16 && parts.next().is_none();
    sensible.then(|| Number::rounded(significand, exponent, precision))
}

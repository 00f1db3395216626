//! Arguments as plain data, once they are known, of the right type and not null.

use super::Failure;
use crate::value::{Number, Value};

/// A whole number by its magnitude.
#[derive(Clone, Copy)]
pub(super) enum Whole {
    Positive(u128),
    /// Not zero.
    Negative(u128),
    TooLarge,
}

pub(super) trait Arguments {
    /// Of a parameter that is a string; empty for anything else.
    fn text(&self, position: usize) -> &str;
    /// Zero for anything but a number.
    fn number(&self, position: usize) -> Number;
    /// A number that must be whole and fit 64 bits.
    fn whole(&self, position: usize) -> Result<i64, Failure>;
    /// A number that must be whole, of any size.
    fn whole_number(&self, position: usize) -> Result<Whole, Failure>;
    /// Of a list, set or tuple.
    fn elements(&self, position: usize) -> &[Value];
}

impl Arguments for [Value] {
    fn text(&self, position: usize) -> &str {
        self.get(position).and_then(Value::as_str).unwrap_or_default()
    }
    fn number(&self, position: usize) -> Number {
        self.get(position).and_then(Value::as_number).cloned().unwrap_or_else(Number::zero)
    }
    fn whole(&self, position: usize) -> Result<i64, Failure> {
        let why = "value must be a whole number, between -9223372036854775808 and 9223372036854775807";
        self.number(position).to_i64().ok_or_else(|| Failure::Call(why.into()))
    }
    fn whole_number(&self, position: usize) -> Result<Whole, Failure> {
        let number = self.number(position);
        if !number.is_integer() {
            return Err("value must be a whole number".into());
        }
        Ok(match (number.absolute().to_u128(), number.is_negative()) {
            (Some(magnitude), false) => Whole::Positive(magnitude),
            (Some(magnitude), true) => Whole::Negative(magnitude),
            (None, _) => Whole::TooLarge,
        })
    }
    fn elements(&self, position: usize) -> &[Value] {
        self.get(position).and_then(Value::as_elements).unwrap_or_default()
    }
}

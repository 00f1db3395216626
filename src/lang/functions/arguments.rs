//! Arguments as plain data, once they are known, of the right type and not null.

use super::Failure;
use crate::value::{Number, Value};

pub trait Arguments {
    /// Of a parameter that is a string; empty for anything else.
    fn text(&self, position: usize) -> &str;
    /// Zero for anything but a number.
    fn number(&self, position: usize) -> Number;
    /// A number that must be whole and fit 64 bits.
    fn whole(&self, position: usize) -> Result<i64, Failure>;
    /// Of a list, set or tuple.
    fn elements(&self, position: usize) -> &[Value];
}

impl Arguments for [Value] {
    fn text(&self, position: usize) -> &str {
        self.get(position).and_then(Value::as_str).unwrap_or_default()
    }
    fn number(&self, position: usize) -> Number {
        self.get(position).and_then(Value::as_number).cloned().unwrap_or_else(|| Number::zero())
    }
    fn whole(&self, position: usize) -> Result<i64, Failure> {
        let number = self.number(position);
        number.to_i64().ok_or_else(|| {
            let why = if number.is_integer() { "value is out of range" } else { "value must be a whole number" };
            Failure::Call(why.into())
        })
    }
    fn elements(&self, position: usize) -> &[Value] {
        self.get(position).and_then(Value::as_elements).unwrap_or_default()
    }
}

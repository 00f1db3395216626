//! Powers of machine floats, rounded where Go rounds, which is elsewhere than in the C library: the last digits show it, and
//! `ceil` makes a whole number of them. Logarithms of `libm` are Go's.

use crate::{expression::functions::Failure, value::Number};
use libm::{frexp, ldexp, log};

/// The number as the machine float that logarithms and powers are computed with.
pub(super) fn machine(number: &Number) -> Result<f64, Failure> {
    let value = number.to_f64();
    if value.is_infinite() && !number.is_infinite() {
        return Err(format!("value must be between {:.6} and {:.6} inclusive", f64::MIN, f64::MAX).into());
    }
    Ok(value)
}

/// Powers by squaring, with the exponent of two kept apart.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    let mut whole = exponent.abs().trunc();
    let mut fraction = exponent.abs().fract();
    let ordinary = base.is_finite() && base != 0.0 && base != 1.0 && whole < 1e15 && exponent != 1.0;
    if !ordinary || (fraction != 0.0 && base < 0.0) {
        return base.powf(exponent);
    }
    if exponent.abs() == 0.5 {
        return if exponent < 0.0 { 1.0 / base.sqrt() } else { base.sqrt() };
    }
    if fraction > 0.5 {
        fraction -= 1.0;
        whole += 1.0;
    }
    let (mut square, mut square_exponent) = frexp(base);
    let mut result = if fraction == 0.0 { 1.0 } else { exponential(fraction * log(base)) };
    let mut result_exponent = 0;
    let mut bits = whole as u64;
    while bits > 0 {
        // Far beyond what a float holds; the sign alone remains.
        if square_exponent.abs() > 1 << 12 {
            result_exponent += square_exponent;
            break;
        }
        if bits & 1 == 1 {
            result *= square;
            result_exponent += square_exponent;
        }
        square *= square;
        square_exponent *= 2;
        if square < 0.5 {
            square += square;
            square_exponent -= 1;
        }
        bits >>= 1;
    }
    if exponent < 0.0 {
        result = 1.0 / result;
        result_exponent = -result_exponent;
    }
    ldexp(result, result_exponent)
}

/// e to a power that is far from the limits of floats: of the nearest multiple of ln 2 as an exponent, of a sixteenth of the
/// rest by its Taylor series, which is squared four times (Shibata, "Efficient evaluation methods of elementary functions
/// suitable for SIMD computation", 2010). Every step is rounded once, as where Go has a fused multiply-add.
fn exponential(value: f64) -> f64 {
    // Together they are ln 2; the first has so few bits that a multiple of it is exact.
    const LN_2_HIGH: f64 = 0.693_147_180_559_662_956_511_601_805_686_950_683_593_75;
    const LN_2_LOW: f64 = 0.282_352_905_630_315_771_225_884_481_750_134_360_255_254e-12;
    let multiple = (value * std::f64::consts::LOG2_E).round_ties_even();
    let rest = (-multiple).mul_add(LN_2_LOW, (-multiple).mul_add(LN_2_HIGH, value)) / 16.0;
    // 8! to 1!
    let factorials: [f64; 8] = [40_320.0, 5_040.0, 720.0, 120.0, 24.0, 6.0, 2.0, 1.0];
    let series = factorials[1..].iter().fold(1.0 / factorials[0], |sum, it| sum.mul_add(rest, 1.0 / it));
    // Less one, so that nothing is lost of what is near to it.
    let mut above_one = rest * series;
    for _ in 0..3 {
        above_one *= above_one + 2.0;
    }
    ldexp(above_one.mul_add(above_one + 2.0, 1.0), multiple as i32)
}

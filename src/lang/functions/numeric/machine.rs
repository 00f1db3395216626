//! Logarithms and powers of machine floats, rounded where Go rounds, which is elsewhere than in the C library: the last digits
//! show it, and `ceil` makes a whole number of them.

use crate::{lang::functions::Failure, value::Number};

/// The number as the machine float that logarithms and powers are computed with.
pub fn machine(number: &Number) -> Result<f64, Failure> {
    let value = number.to_f64();
    if value.is_infinite() && !number.is_infinite() {
        return Err(format!("value must be between {:.6} and {:.6} inclusive", f64::MIN, f64::MAX).into());
    }
    Ok(value)
}

/// The natural logarithm: of a power of two exactly, and of the rest as a polynomial in `(x - 1) / (x + 1)`, with the
/// coefficients that fdlibm has.
pub fn logarithm(value: f64) -> f64 {
    if !value.is_finite() || value <= 0.0 {
        return value.ln();
    }
    const LN_2_HIGH: f64 = 6.931_471_803_691_238_164_9e-1;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_700_02e-10;
    const EVEN: [f64; 3] = [3.999_999_999_940_941_908e-1, 2.222_219_843_214_978_396e-1, 1.531_383_769_920_937_332e-1];
    const ODD: [f64; 4] = [
        6.666_666_666_666_735_13e-1,
        2.857_142_874_366_239_149e-1,
        1.818_357_216_161_805_012e-1,
        1.479_819_860_511_658_591e-1,
    ];
    let (mut fraction, mut exponent) = halved(value);
    if fraction < std::f64::consts::FRAC_1_SQRT_2 {
        fraction *= 2.0;
        exponent -= 1;
    }
    let (above_one, exponent) = (fraction - 1.0, exponent as f64);
    let ratio = above_one / (2.0 + above_one);
    let (square, fourth) = (ratio * ratio, ratio * ratio * (ratio * ratio));
    let polynomial = |coefficients: &[f64]| coefficients.iter().rev().fold(0.0, |sum, it| it + fourth * sum);
    let rest = square * polynomial(&ODD) + fourth * polynomial(&EVEN);
    let half_square = 0.5 * above_one * above_one;
    exponent * LN_2_HIGH - ((half_square - (ratio * (half_square + rest) + exponent * LN_2_LOW)) - above_one)
}

/// Powers by squaring, with the exponent of two kept apart.
pub fn power(base: f64, exponent: f64) -> f64 {
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
    let (mut square, mut square_exponent) = halved(base);
    let mut result = if fraction == 0.0 { 1.0 } else { (fraction * logarithm(base)).exp() };
    let mut result_exponent = 0i64;
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
    scaled(result, result_exponent)
}

/// A float as a fraction from a half to one, and the exponent of two to multiply it with.
fn halved(value: f64) -> (f64, i64) {
    // What is too small to have all its bits gets them first.
    let (value, shift) = if value.abs() < f64::MIN_POSITIVE { (value * 2f64.powi(60), 60) } else { (value, 0) };
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i64 - 1022;
    (f64::from_bits(bits & !(0x7ff << 52) | 1022 << 52), exponent - shift)
}

/// `value × 2^exponent`
fn scaled(value: f64, exponent: i64) -> f64 {
    let exponent = exponent.clamp(-3000, 3000) as i32;
    // In steps of which only the last can lose bits.
    let steps = [exponent / 3, exponent / 3, exponent - exponent / 3 * 2];
    steps.iter().fold(value, |value, step| value * 2f64.powi(*step))
}

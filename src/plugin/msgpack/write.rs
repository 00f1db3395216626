//! Values to MessagePack.

use super::{LONGEST_REFINEMENT, REFINED, UNKNOWN, key};
use crate::value::{Bounds, Data, Number, Path, PathStep, Type, Unknown, Value, type_to_json};
use rmp::{Marker, encode};

/// The start of a prefix is one, too.
const LONGEST_PREFIX: usize = LONGEST_REFINEMENT - 24;

/// `value` where `ty` is expected, without its marks. An error says which part is of another type.
pub fn write(value: &Value, ty: &Type) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    put(&mut out, value, ty, &mut Path::default())?;
    Ok(out)
}

fn put(out: &mut Vec<u8>, value: &Value, ty: &Type, path: &mut Path) -> Result<(), String> {
    match (&value.data, ty) {
        // Of what is unknown altogether, and of a null without a type, there is nothing more to say.
        (Data::Unknown(unknown), _) if unknown.ty == Type::Any => bare_unknown(out),
        (Data::Null(Type::Any), _) => nil(out),
        (_, Type::Any) => {
            let own = value.ty().without_optional();
            array(out, 2)?;
            written(encode::write_bin(out, type_to_json(&own).to_string().as_bytes()))?;
            put(out, value, &own, path)?;
        }
        (Data::Unknown(unknown), _) => put_unknown(out, unknown)?,
        (Data::Null(_), _) => nil(out),
        (Data::Bool(value), Type::Bool) => boolean(out, *value),
        (Data::Number(number), Type::Number) => put_number(out, number)?,
        (Data::String(text), Type::String) => written(encode::write_str(out, text))?,
        (Data::List(_, values), Type::List(element)) | (Data::Set(_, values), Type::Set(element)) => {
            array(out, values.len())?;
            for (at, value) in values.iter().enumerate() {
                below(out, value, element, path, PathStep::Index(at))?;
            }
        }
        (Data::Map(_, values), Type::Map(element)) => {
            map(out, values.len())?;
            for (name, value) in &**values {
                written(encode::write_str(out, name))?;
                below(out, value, element, path, PathStep::Key(name.clone()))?;
            }
        }
        (Data::Tuple(values), Type::Tuple(types)) if values.len() == types.len() => {
            array(out, values.len())?;
            for (at, (value, ty)) in values.iter().zip(&**types).enumerate() {
                below(out, value, ty, path, PathStep::Index(at))?;
            }
        }
        (Data::Object(values), Type::Object(object)) if values.keys().eq(object.attributes.keys()) => {
            map(out, values.len())?;
            for (value, (name, ty)) in values.values().zip(&object.attributes) {
                written(encode::write_str(out, name))?;
                below(out, value, ty, path, PathStep::Attribute(name.clone()))?;
            }
        }
        _ => return Err(format!("{}{} required, but this is {}", path.prefix(), ty.friendly(), value.ty().friendly())),
    }
    Ok(())
}

fn below(out: &mut Vec<u8>, value: &Value, ty: &Type, path: &mut Path, step: PathStep) -> Result<(), String> {
    path.0.push(step);
    put(out, value, ty, path)?;
    path.0.pop();
    Ok(())
}

fn nil(out: &mut Vec<u8>) {
    out.push(Marker::Null.to_u8());
}

fn boolean(out: &mut Vec<u8>, value: bool) {
    out.push(if value { Marker::True } else { Marker::False }.to_u8());
}

/// A vector takes everything: what can fail is a length beyond 32 bits.
fn written<T, E: ToString>(result: Result<T, E>) -> Result<(), String> {
    result.map(drop).map_err(|it| it.to_string())
}

fn length(length: usize) -> Result<u32, String> {
    u32::try_from(length).map_err(|_| format!("{length} elements are too many"))
}

fn array(out: &mut Vec<u8>, elements: usize) -> Result<(), String> {
    written(encode::write_array_len(out, length(elements)?))
}

fn map(out: &mut Vec<u8>, entries: usize) -> Result<(), String> {
    written(encode::write_map_len(out, length(entries)?))
}

/// As small as it can be without losing anything: an integer, a machine float, or digits.
fn put_number(out: &mut Vec<u8>, number: &Number) -> Result<(), String> {
    if let Some(integer) = number.to_i64() {
        return written(encode::write_sint(out, integer));
    }
    let float = number.to_f64();
    if number.is_infinite() || (float.is_finite() && Number::from(float).cmp(number).is_eq()) {
        return written(encode::write_f64(out, float));
    }
    written(encode::write_str(out, &digits(number)))
}

/// Digits that are this very number to who reads them with 512 bits. Fewer are enough to tell a number of less precision from
/// its neighbours, but then it is another one.
fn digits(number: &Number) -> String {
    let shortest = number.to_string();
    if Number::parse(&shortest).is_some_and(|it| it.cmp(number).is_eq()) {
        return shortest;
    }
    let (digits, exponent) = number.to_digits(Some(usize::MAX));
    let sign = if number.is_negative() { "-" } else { "" };
    let (first, others) = digits.split_at(1.min(digits.len()));
    format!("{sign}{first}.{others}e{exponent}")
}

fn bare_unknown(out: &mut Vec<u8>) {
    // The shortest that there is: the content says nothing.
    out.extend([Marker::FixExt1.to_u8(), UNKNOWN.cast_unsigned(), 0]);
}

fn put_unknown(out: &mut Vec<u8>, unknown: &Unknown) -> Result<(), String> {
    let (mut known, mut count) = (Vec::new(), 0);
    let mut key = |key: u8, known: &mut Vec<u8>| {
        count += 1;
        // Keys are so small that each is its own encoding.
        known.push(key);
    };
    if unknown.not_null {
        key(key::IS_NULL, &mut known);
        boolean(&mut known, false);
    }
    match unknown.bounds.as_deref() {
        Some(Bounds::Prefix(prefix)) => {
            key(key::PREFIX, &mut known);
            written(encode::write_str(&mut known, &prefix[..prefix.floor_char_boundary(LONGEST_PREFIX)]))?;
        }
        Some(Bounds::Range(least, most)) => {
            for (at, limit) in [(key::LEAST, least), (key::MOST, most)] {
                let Some(limit) = limit else { continue };
                key(at, &mut known);
                array(&mut known, 2)?;
                put_number(&mut known, limit)?;
                // Our limits are always among what the number can be.
                boolean(&mut known, true);
            }
        }
        Some(Bounds::Length(shortest, longest)) => {
            // What is as great as any length says nothing.
            let limits = [(key::SHORTEST, *shortest, *shortest > 0), (key::LONGEST, *longest, *longest < usize::MAX)];
            for (at, limit, _) in limits.into_iter().filter(|it| it.2) {
                key(at, &mut known);
                written(encode::write_uint(&mut known, limit as u64))?;
            }
        }
        None => {}
    }
    if count == 0 {
        bare_unknown(out);
        return Ok(());
    }
    let mut content = Vec::with_capacity(known.len() + 1);
    map(&mut content, count)?;
    content.extend(known);
    if content.len() > LONGEST_REFINEMENT {
        // Numbers of hundreds of digits: to know less of a value is never wrong.
        return put_unknown(out, &Unknown { bounds: None, ..unknown.clone() });
    }
    written(encode::write_ext_meta(out, length(content.len())?, REFINED))?;
    out.extend(content);
    Ok(())
}

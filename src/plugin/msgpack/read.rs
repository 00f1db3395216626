//! MessagePack to values. What a provider sends may be anything: nothing is taken for granted here but its end.

use super::{LONGEST_REFINEMENT, REFINED, key};
use crate::value::{Bounds, Data, Number, Path, PathStep, Text, Type, Unknown, Value, convert, type_from_json};
use rmp::{Marker, decode};
use std::{collections::BTreeMap, sync::Arc};

/// Deeper is no configuration, and would use up the stack.
const DEEPEST: usize = 128;
/// As many values as there can be in one: a byte becomes a value of forty, so that a message could fill the memory.
const MOST_VALUES: usize = 8_000_000;
/// More digits have no use and take long to read.
const MOST_DIGITS: usize = 100_000;
/// A list of a certain length is made of unknown elements, up to so many.
const MOST_UNKNOWN: usize = 10_000;

/// The value of type `ty` that `bytes` are. An error says which part is wrong.
pub fn read(bytes: &[u8], ty: &Type) -> Result<Value, String> {
    let mut reader = Reader { rest: bytes, depth: 0, left: MOST_VALUES };
    reader.value(ty).map_err(|Wrong(mut path, message)| {
        path.reverse();
        format!("{}{message}", Path(path).prefix())
    })
}

/// The steps to what is wrong, from the inside out, and what it is.
struct Wrong(Vec<PathStep>, String);

type Read<T> = Result<T, Wrong>;

fn wrong<T>(message: impl Into<String>) -> Read<T> {
    Err(Wrong(Vec::new(), message.into()))
}

fn required<T>(ty: &Type) -> Read<T> {
    wrong(format!("{} required", ty.friendly()))
}

struct Reader<'b> {
    rest: &'b [u8],
    depth: usize,
    /// How many more values there may be.
    left: usize,
}

impl<'b> Reader<'b> {
    fn value(&mut self, ty: &Type) -> Read<Value> {
        let Some(left) = self.left.checked_sub(1) else { return wrong("there are too many values") };
        self.left = left;
        match self.marker()? {
            marker if is_extension(marker) => return self.unknown(ty),
            Marker::Null => {
                self.rest = &self.rest[1..];
                return Ok(Value::null(ty.without_optional()));
            }
            _ => {}
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return wrong("it is nested too deeply");
        }
        let value = self.known(ty)?;
        self.depth -= 1;
        Ok(value)
    }

    fn known(&mut self, ty: &Type) -> Read<Value> {
        match ty {
            Type::Any => self.of_any_type(),
            Type::Bool => decode::read_bool(&mut self.rest).map(Value::bool).or_else(|_| required(ty)),
            Type::Number => self.number().map(Value::number),
            Type::String => self.text().map_or_else(|| required(ty), |it| Ok(Value::string(it))),
            Type::List(element) => self.elements(ty, element).map(|(element, values)| Value::list(element, values)),
            Type::Set(element) => self.elements(ty, element).map(|(element, values)| Value::set(element, values)),
            Type::Map(element) => self.entries(ty, element),
            Type::Tuple(types) => {
                if self.array(ty)? != types.len() {
                    return wrong(format!("a tuple of length {} is required", types.len()));
                }
                let values = types.iter().enumerate().map(|(at, ty)| self.below(PathStep::Index(at), ty));
                Ok(Value::tuple(values.collect::<Read<_>>()?))
            }
            Type::Object(object) => self.object(ty, &object.attributes),
        }
    }

    fn of_any_type(&mut self) -> Read<Value> {
        if self.array(&Type::Any)? != 2 {
            return wrong("a value of any type has to come with its type");
        }
        let Some(text) = self.text() else { return wrong("the type of a value has to be given as JSON") };
        // The parser has a limit of depth of its own.
        let ty = serde_json::from_str(text).ok().and_then(|json| type_from_json(&json).ok());
        match ty {
            Some(ty) => self.value(&ty.without_optional()),
            None => wrong("the type of a value is not one"),
        }
    }

    fn entries(&mut self, ty: &Type, element: &Type) -> Read<Value> {
        let mut entries = BTreeMap::new();
        for _ in 0..self.map(ty)? {
            let name = self.name()?;
            let value = self.below(PathStep::Key(name.clone()), element)?;
            entries.insert(name, value);
        }
        if element.has_any() && !entries.is_empty() {
            return alike(&Value::object(entries), ty);
        }
        Ok(Value::map(element.without_optional(), entries))
    }

    fn object(&mut self, ty: &Type, attributes: &BTreeMap<Text, Type>) -> Read<Value> {
        let (length, expected) = (self.map(ty)?, attributes.len());
        if length != expected {
            return wrong(format!("an object with {expected} attributes is required ({length} given)"));
        }
        let mut values = BTreeMap::new();
        for _ in 0..length {
            let name = self.name()?;
            let Some(ty) = attributes.get(&name) else { return wrong(format!("unsupported attribute {name:?}")) };
            let value = self.below(PathStep::Attribute(name.clone()), ty)?;
            values.insert(name, value);
        }
        if values.len() < expected {
            return wrong("an attribute is there twice");
        }
        Ok(Value::object(values))
    }

    fn below(&mut self, step: PathStep, ty: &Type) -> Read<Value> {
        self.value(ty).map_err(|Wrong(mut path, message)| {
            path.push(step);
            Wrong(path, message)
        })
    }

    /// Elements of a list or set, and their type, which they may have to say themselves.
    fn elements(&mut self, ty: &Type, element: &Type) -> Read<(Type, Vec<Value>)> {
        let length = self.array(ty)?;
        let values = (0..length).map(|at| self.below(PathStep::Index(at), element)).collect::<Read<Vec<_>>>()?;
        if !element.has_any() || values.is_empty() {
            return Ok((element.without_optional(), values));
        }
        match alike(&Value::tuple(values), &Type::list(element.clone()))?.data {
            Data::List(element, values) => Ok((element, Arc::unwrap_or_clone(values))),
            _ => wrong("all elements must have the same type"),
        }
    }

    fn marker(&self) -> Read<Marker> {
        self.rest.first().map_or_else(ends_early, |it| Ok(Marker::from_u8(*it)))
    }

    /// The length of an array, which cannot have more elements than there are bytes left.
    fn array(&mut self, ty: &Type) -> Read<usize> {
        let length = decode::read_array_len(&mut self.rest).or_else(|_| required(ty))? as usize;
        if length > self.rest.len() { ends_early() } else { Ok(length) }
    }

    fn map(&mut self, ty: &Type) -> Read<usize> {
        let length = decode::read_map_len(&mut self.rest).or_else(|_| required(ty))? as usize;
        if length > self.rest.len() / 2 { ends_early() } else { Ok(length) }
    }

    fn take(&mut self, length: u32) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length as usize)?;
        self.rest = rest;
        Some(taken)
    }

    fn text(&mut self) -> Option<&'b str> {
        // Older writers know no difference between text and bytes.
        let length = match Marker::from_u8(*self.rest.first()?) {
            Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => decode::read_bin_len(&mut self.rest).ok()?,
            _ => decode::read_str_len(&mut self.rest).ok()?,
        };
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// A key of a map, in the form that strings have.
    fn name(&mut self) -> Read<Text> {
        match self.text().map(|it| Value::string(it).data) {
            Some(Data::String(name)) => Ok(name),
            _ => wrong("all keys must be strings"),
        }
    }

    fn number(&mut self) -> Read<Number> {
        let of_float = |float: f64| (!float.is_nan()).then(|| Number::from(float));
        let number = match self.marker()? {
            Marker::F32 => decode::read_f32(&mut self.rest).ok().and_then(|it| of_float(it.into())),
            Marker::F64 => decode::read_f64(&mut self.rest).ok().and_then(of_float),
            Marker::U64 => decode::read_u64(&mut self.rest).ok().map(Number::from),
            Marker::FixStr(_) | Marker::Str8 | Marker::Str16 | Marker::Str32 => {
                self.text().filter(|it| it.len() <= MOST_DIGITS).and_then(Number::parse)
            }
            _ => decode::read_int::<i64, _>(&mut self.rest).ok().map(Number::from),
        };
        number.map_or_else(|| required(&Type::Number), Ok)
    }

    fn unknown(&mut self, ty: &Type) -> Read<Value> {
        let ty = ty.without_optional();
        let Ok(extension) = decode::read_ext_meta(&mut self.rest) else { return ends_early() };
        let Some(content) = self.take(extension.size) else { return ends_early() };
        // Whatever else a provider says of what it does not know yet, it is unknown.
        if extension.typeid != REFINED || content.len() <= 1 || ty == Type::Any {
            return Ok(Value::unknown(ty));
        }
        if content.len() > LONGEST_REFINEMENT {
            return wrong("too much is said of an unknown value");
        }
        refined(ty, &mut Reader { rest: content, depth: 0, left: LONGEST_REFINEMENT })
    }
}

/// What is known of an unknown value of type `ty`.
fn refined(ty: Type, reader: &mut Reader<'_>) -> Read<Value> {
    let mut unknown = Unknown { ty, not_null: false, bounds: None };
    let (mut prefix, mut range, mut lengths) = (None, (None, None), (0, usize::MAX));
    for _ in 0..reader.map(&Type::Any)? {
        let Ok(key) = decode::read_int::<u8, _>(&mut reader.rest) else {
            return wrong("what is said of an unknown value has keys that are no numbers");
        };
        match key {
            key::IS_NULL => match decode::read_bool(&mut reader.rest) {
                Ok(true) => return Ok(Value::null(unknown.ty)),
                Ok(false) => unknown.not_null = true,
                Err(_) => return required(&Type::Bool),
            },
            key::PREFIX => match reader.text() {
                Some(text) => prefix = Some(text),
                None => return required(&Type::String),
            },
            key::LEAST => range.0 = Some(limit(reader)?),
            key::MOST => range.1 = Some(limit(reader)?),
            key::SHORTEST => lengths.0 = count(reader)?,
            key::LONGEST => lengths.1 = count(reader)?,
            // Later releases may know more, of which the size is not known here.
            _ => break,
        }
    }
    let is_sensible = lengths.0 <= lengths.1 && range.0.as_ref().zip(range.1.as_ref()).is_none_or(|(a, b)| a <= b);
    let bounds = match &unknown.ty {
        _ if !is_sensible => return wrong("what is said of an unknown value contradicts itself"),
        Type::String => prefix.filter(|it| !it.is_empty()).map(|it| Bounds::Prefix(it.into())),
        Type::Number if range != (None, None) => Some(Bounds::Range(range.0, range.1)),
        Type::List(_) | Type::Set(_) | Type::Map(_) if lengths != (0, usize::MAX) => {
            Some(Bounds::Length(lengths.0, lengths.1))
        }
        _ => None,
    };
    unknown.bounds = bounds.map(Arc::new);
    let is_long = lengths.1 < usize::MAX && lengths.1 > MOST_UNKNOWN;
    Ok(if is_long { Data::Unknown(unknown).into() } else { Value::refined(unknown) })
}

/// A limit of a number. Whether it may be the limit itself is more than we keep.
fn limit(reader: &mut Reader<'_>) -> Read<Number> {
    if reader.array(&Type::Number)? != 2 {
        return required(&Type::Number);
    }
    let number = reader.number()?;
    decode::read_bool(&mut reader.rest).map(|_| number).or_else(|_| required(&Type::Bool))
}

fn count(reader: &mut Reader<'_>) -> Read<usize> {
    let count = decode::read_int::<i64, _>(&mut reader.rest).ok().and_then(|it| usize::try_from(it).ok());
    count.map_or_else(|| required(&Type::Number), Ok)
}

fn ends_early<T>() -> Read<T> {
    wrong("it ends too early")
}

/// Elements that say their own type have to agree on one.
fn alike(values: &Value, ty: &Type) -> Read<Value> {
    convert(values, ty).or_else(|it| wrong(it.0))
}

fn is_extension(marker: Marker) -> bool {
    use Marker::{Ext8, Ext16, Ext32, FixExt1, FixExt2, FixExt4, FixExt8, FixExt16};
    matches!(marker, FixExt1 | FixExt2 | FixExt4 | FixExt8 | FixExt16 | Ext8 | Ext16 | Ext32)
}

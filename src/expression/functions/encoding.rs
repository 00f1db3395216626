//! Functions from and to text formats.

use super::{Failure, Function, Parameter, arguments::Arguments, charset::Charset, csv, json_syntax, types};
use crate::{
    deflate,
    expression::{evaluate::Scope, limits::check_encoded},
    value::{Data, Number, Type, Value, from_json, json_text, to_json},
};
use base64::{
    DecodeError, Engine, alphabet,
    engine::{
        DecodePaddingMode,
        general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD},
    },
};
use std::collections::BTreeMap;

const STRING: &[Parameter] = &[Parameter::new("str", types::string)];
const TEXT_AND_ENCODING: &[Parameter] =
    &[Parameter::new("string", types::string), Parameter::new("encoding", types::string)];
const SOURCE_AND_ENCODING: &[Parameter] =
    &[Parameter::new("source", types::string), Parameter::new("encoding", types::string)];

/// As Go reads base64: bits of the last letter that stand for nothing may be anything.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new(
        "jsonencode",
        &[Parameter::new("val", types::any).null().unknown()],
        types::returns_string,
        json_encode,
    ),
    Function::new("jsondecode", STRING, types::returns_any, json_decode).nullable(),
    Function::new("csvdecode", STRING, types::returns_any, csv_decode),
    Function::new("base64encode", STRING, types::returns_string, |it, _| {
        Ok(Value::string(STANDARD.encode(it.text(0))))
    }),
    Function::new("base64decode", STRING, types::returns_string, base64_decode),
    Function::new("base64gzip", STRING, types::returns_string, base64_gzip),
    Function::new("textencodebase64", TEXT_AND_ENCODING, types::returns_string, text_encode),
    Function::new("textdecodebase64", SOURCE_AND_ENCODING, types::returns_string, text_decode),
    Function::new("urlencode", STRING, types::returns_string, |it, _| {
        Ok(Value::string(urlencoding::encode(it.text(0)).replace("%20", "+")))
    }),
];

fn json_decode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let text = arguments.text(0);
    let read = serde_json::from_str(text).or_else(|error| match json_syntax::mistake(text) {
        Some(why) => Err(why),
        None => serde_json::from_str(&json_syntax::without_lone_surrogates(text)).map_err(|_| error.to_string()),
    });
    let json = read?;
    from_json(&json, &Type::Any).map_err(|error| Failure::Call(error.0))
}

/// A list of objects, with the names of the first row.
fn csv_decode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let rows = csv::rows(arguments.text(0))?;
    let Some((header, rows)) = rows.split_first() else { return Err("missing header line".into()) };
    let ty = Type::object(header.iter().map(|name| (name.as_str(), Type::String)));
    if let Some((_, name)) = header.iter().enumerate().find(|(at, name)| header[..*at].contains(name)) {
        return Err(format!("duplicate column name {name:?}").into());
    }
    let object = |row: &Vec<String>| {
        let entries = header.iter().zip(row).map(|(name, text)| (name.as_str().into(), Value::string(text)));
        Value::object(entries.collect::<BTreeMap<_, _>>())
    };
    Ok(Value::list(ty, rows.iter().map(object).collect()))
}

fn base64_decode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let text = arguments.text(0);
    // Go's decoder does not mind newlines.
    let bytes = LENIENT
        .decode(text.replace(['\r', '\n'], ""))
        .map_err(|_| Failure::Call(format!("failed to decode base64 data {text:?}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::from("the result of decoding the provided string is not valid UTF-8"))?;
    Ok(Value::string(text))
}

fn base64_gzip(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    Ok(Value::string(STANDARD.encode(deflate::gzip(arguments.text(0).as_bytes(), true))))
}

fn charset(arguments: &[Value]) -> Result<&'static Charset, Failure> {
    let name = arguments.text(1);
    Charset::named(name).ok_or_else(|| {
        let why = format!("{name:?} is not a supported IANA encoding name or alias in this Terraform version");
        Failure::Argument(1, why)
    })
}

fn text_encode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let charset = charset(arguments)?;
    let bytes = charset.encode(arguments.text(0)).ok_or_else(|| {
        let why = format!("the given string contains characters that cannot be represented in {}", charset.name);
        Failure::Argument(0, why)
    })?;
    Ok(Value::string(STANDARD.encode(bytes)))
}

fn text_decode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let charset = charset(arguments)?;
    let bytes = LENIENT.decode(arguments.text(0)).map_err(|error| {
        let offset = match error {
            DecodeError::InvalidByte(offset, _) | DecodeError::InvalidLastSymbol(offset, _) => offset,
            // Go notices only at the block that is not whole.
            DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => arguments.text(0).len() / 4 * 4,
        };
        Failure::Argument(0, format!("the given value is has an invalid base64 symbol at offset {offset}"))
    })?;
    let text = charset.decode(&bytes).ok_or_else(|| {
        Failure::Argument(0, format!("the given string contains symbols that are not defined for {}", charset.name))
    })?;
    Ok(Value::string(text))
}

fn json_encode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if !arguments[0].is_wholly_known() {
        // How the text starts shows the type.
        return Ok(Value::unknown_with_prefix(match arguments[0].data {
            Data::Map(..) | Data::Object(_) => "{",
            Data::List(..) | Data::Set(..) | Data::Tuple(_) => "[",
            _ => "",
        }));
    }
    check_encoded(&arguments[0])?;
    let mut finite = true;
    arguments[0].walk(&mut |_, value| {
        finite &= !value.as_number().is_some_and(Number::is_infinite);
        finite
    });
    if !finite {
        return Err("cannot serialize infinity as JSON".into());
    }
    Ok(Value::string(json_text(&to_json(&arguments[0]))))
}

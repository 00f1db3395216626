//! Digests, identifiers and keys.

use super::{Failure, Function, Parameter, arguments::Arguments, filesystem, private_key, types};
use crate::{
    expression::evaluate::Scope,
    value::{Type, Value},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

const STRING: &[Parameter] = &[Parameter::new("str", types::string)];
const PATH: &[Parameter] = &[Parameter::new("path", types::string)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("md5", STRING, types::returns_string, |it, _| hexadecimal(&Md5::digest(it.text(0)))),
    Function::new("sha1", STRING, types::returns_string, |it, _| hexadecimal(&Sha1::digest(it.text(0)))),
    Function::new("sha256", STRING, types::returns_string, |it, _| hexadecimal(&Sha256::digest(it.text(0)))),
    Function::new("sha512", STRING, types::returns_string, |it, _| hexadecimal(&Sha512::digest(it.text(0)))),
    Function::new("base64sha256", STRING, types::returns_string, |it, _| base64(&Sha256::digest(it.text(0)))),
    Function::new("base64sha512", STRING, types::returns_string, |it, _| base64(&Sha512::digest(it.text(0)))),
    Function::new("filemd5", PATH, types::returns_string, |it, scope| {
        hexadecimal(&Md5::digest(filesystem::read_for_digest(it.text(0), scope)?))
    }),
    Function::new("filesha1", PATH, types::returns_string, |it, scope| {
        hexadecimal(&Sha1::digest(filesystem::read_for_digest(it.text(0), scope)?))
    }),
    Function::new("filesha256", PATH, types::returns_string, |it, scope| {
        hexadecimal(&Sha256::digest(filesystem::read_for_digest(it.text(0), scope)?))
    }),
    Function::new("filesha512", PATH, types::returns_string, |it, scope| {
        hexadecimal(&Sha512::digest(filesystem::read_for_digest(it.text(0), scope)?))
    }),
    Function::new("filebase64sha256", PATH, types::returns_string, |it, scope| {
        base64(&Sha256::digest(filesystem::read_for_digest(it.text(0), scope)?))
    }),
    Function::new("filebase64sha512", PATH, types::returns_string, |it, scope| {
        base64(&Sha512::digest(filesystem::read_for_digest(it.text(0), scope)?))
    }),
    Function::new("uuid", &[], types::returns_string, |_, scope| {
        Ok(changing(scope).unwrap_or_else(|| Value::string(uuid::Uuid::new_v4().to_string())))
    }),
    Function::new(
        "uuidv5",
        &[Parameter::new("namespace", types::string), Parameter::new("name", types::string)],
        types::returns_string,
        uuid_v5,
    ),
    Function::new("bcrypt", STRING, types::returns_string, bcrypt_hash).variadic(Parameter::new("cost", types::number)),
    Function::new(
        "rsadecrypt",
        &[Parameter::new("ciphertext", types::string), Parameter::new("privatekey", types::string)],
        types::returns_string,
        rsa_decrypt,
    ),
];

/// What a function that gives something else at each call gives while planning: unknown, as `timestamp()` is.
fn changing(scope: &dyn Scope) -> Option<Value> {
    (!scope.timestamp().is_known()).then(|| Value::unknown_not_null(Type::String))
}

fn hexadecimal(digest: &[u8]) -> Result<Value, Failure> {
    Ok(Value::string(digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

fn base64(digest: &[u8]) -> Result<Value, Failure> {
    Ok(Value::string(STANDARD.encode(digest)))
}

fn uuid_v5(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    use uuid::Uuid;
    let namespace = match arguments.text(0) {
        "dns" => Uuid::NAMESPACE_DNS,
        "url" => Uuid::NAMESPACE_URL,
        "oid" => Uuid::NAMESPACE_OID,
        "x500" => Uuid::NAMESPACE_X500,
        other => Uuid::try_parse(other).map_err(|_| {
            let why = match other.len() {
                32 | 36 | 38 | 45 => "invalid UUID format".to_owned(),
                length => format!("invalid UUID length: {length}"),
            };
            Failure::Call(format!("uuidv5() doesn't support namespace {other} ({why})"))
        })?,
    };
    Ok(Value::string(Uuid::new_v5(&namespace, arguments.text(1).as_bytes()).to_string()))
}

/// Each cost takes twice the time of the one before; this one takes minutes.
const MOST_COST: u32 = 20;

fn bcrypt_hash(arguments: &[Value], scope: &dyn Scope) -> Result<Value, Failure> {
    if let Some(unknown) = changing(scope) {
        return Ok(unknown);
    }
    let cost = match arguments.len() {
        1 => 10,
        // Too low a cost stands for the usual one.
        2 => match arguments.whole(1)? {
            ..4 => 10,
            cost @ 4..=31 => cost as u32,
            cost => {
                let why = format!("crypto/bcrypt: cost {cost} is outside allowed range (4,31)");
                return Err(format!("error occured generating password {why}").into());
            }
        },
        _ => return Err("bcrypt() takes no more than two arguments".into()),
    };
    if arguments.text(0).len() > 72 {
        return Err("error occured generating password bcrypt: password length exceeds 72 bytes".into());
    }
    if cost > MOST_COST {
        let why = format!("a cost of {cost} would take hours; at most {MOST_COST} is sensible");
        return Err(Failure::Argument(1, why));
    }
    match bcrypt::hash_with_result(arguments.text(0), cost) {
        Ok(parts) => Ok(Value::string(parts.format_for_version(bcrypt::Version::TwoA))),
        Err(error) => Err(format!("error occured generating password {error}").into()),
    }
}

fn rsa_decrypt(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let cipher = STANDARD.decode(arguments.text(0)).map_err(|_| {
        Failure::Argument(
            0,
            format!("failed to decode input {:?}: cipher text must be base64-encoded", arguments.text(0)),
        )
    })?;
    let key = private_key::read(arguments.text(1)).map_err(|why| Failure::Argument(1, why))?;
    let plain = key
        .decrypt(rsa::Pkcs1v15Encrypt, &cipher)
        .map_err(|_| Failure::Call("failed to decrypt: crypto/rsa: decryption error".into()))?;
    // Terraform keeps bytes that are no text, but writes them to state and plan as this does.
    Ok(Value::string(String::from_utf8_lossy(&plain)))
}

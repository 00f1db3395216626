//! `hashicorp/tls` 4.x

mod key;

use super::local::*;
use crate::{
    provider::{Problem, Result},
    schema::Schema,
    value::{Type, Value},
};
use key::Key;

pub(super) fn provider() -> Local {
    Local::new([("tls_private_key", private_key())], [("tls_public_key", public_key())])
        .with_ephemeral("tls_private_key", ephemeral_private_key())
}

const ALGORITHMS: [&str; 3] = ["RSA", "ECDSA", "ED25519"];
const CURVES: [&str; 4] = ["P224", "P256", "P384", "P521"];

fn private_key() -> Resource {
    let schema = schema(
        1,
        [
            ("algorithm", replacing(required(Type::String))),
            ("ecdsa_curve", replacing(default(Type::String, Value::string("P224")))),
            ("id", computed(Type::String)),
            ("private_key_openssh", secret(Type::String)),
            ("private_key_pem", secret(Type::String)),
            ("private_key_pem_pkcs8", secret(Type::String)),
            ("public_key_fingerprint_md5", computed(Type::String)),
            ("public_key_fingerprint_sha256", computed(Type::String)),
            ("public_key_openssh", computed(Type::String)),
            ("public_key_pem", computed(Type::String)),
            ("rsa_bits", replacing(default(Type::Number, Value::number(2048)))),
        ],
    );
    Resource { validate: validate_private_key, upgrade: upgrade_private_key, ..Resource::new(schema, make_private_key) }
}

/// Release 4 has the key in more forms, all of them made of the one that state had before.
fn upgrade_private_key(_: u64, mut it: Attributes) -> Attributes {
    let Some(Ok(key)) = text(&it, "private_key_pem").map(Key::from_pem) else { return it };
    let forms = [("private_key_pem_pkcs8", key.private_pkcs8()), ("private_key_openssh", key.private_openssh())];
    for (name, form) in forms {
        if let Some(form) = form.ok().filter(|_| text(&it, name).is_none()) {
            set_text(&mut it, name, &form);
        }
    }
    if text(&it, "public_key_fingerprint_sha256").is_none() {
        // A key that has no public form in OpenSSH has no fingerprint either.
        let _ = set_public(&mut it, &key);
    }
    it
}

/// `ephemeral "tls_private_key"`, new in 4.1: another key each time, without an id.
fn ephemeral_private_key() -> Data {
    let mut schema = Schema { version: 0, ..private_key().schema };
    schema.block.attributes.remove("id");
    let read = |it: Attributes| {
        let mut made = make_private_key(it)?;
        made.remove("id");
        Ok(made)
    };
    Data { validate: validate_private_key, ..Data::new(schema, read) }
}

fn make_private_key(mut it: Attributes) -> Result<Attributes> {
    let key = match text(&it, "algorithm") {
        Some("RSA") => Key::rsa(integer(&it, "rsa_bits").unwrap_or(2048)),
        Some("ECDSA") => Key::ecdsa(text(&it, "ecdsa_curve").unwrap_or("P224")),
        Some("ED25519") => Ok(Key::ed25519()),
        other => Err(Problem::fatal("Invalid Key Algorithm", format!("Key Algorithm {other:?} is not supported"))),
    }?;
    set_text(&mut it, "private_key_pem", &key.private_pem()?);
    set_text(&mut it, "private_key_pem_pkcs8", &key.private_pkcs8()?);
    set_text(&mut it, "private_key_openssh", &key.private_openssh()?);
    set_public(&mut it, &key)?;
    Ok(it)
}

fn validate_private_key(it: &Attributes) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, allowed) in [("algorithm", &ALGORITHMS[..]), ("ecdsa_curve", &CURVES[..])] {
        if let Some(value) = text(it, name)
            && !allowed.contains(&value)
        {
            problems.push(invalid(name, format!("{name} must be one of {}, but is {value:?}.", allowed.join(", "))));
        }
    }
    if integer(it, "rsa_bits").is_some_and(|bits| !(512..=16384).contains(&bits)) {
        problems.push(invalid("rsa_bits", "rsa_bits must be between 512 and 16384."));
    }
    problems
}

fn set_public(it: &mut Attributes, key: &Key) -> Result<()> {
    let public = key.public()?;
    set_text(it, "id", public.id);
    set_text(it, "public_key_pem", public.pem);
    set_text(it, "public_key_openssh", public.openssh);
    set_text(it, "public_key_fingerprint_md5", public.md5);
    set_text(it, "public_key_fingerprint_sha256", public.sha256);
    Ok(())
}

fn public_key() -> Data {
    let argument = || crate::schema::Attribute { sensitive: true, ..optional(Type::String) };
    let schema = schema(
        0,
        [
            ("algorithm", computed(Type::String)),
            ("id", computed(Type::String)),
            ("private_key_openssh", argument()),
            ("private_key_pem", argument()),
            ("public_key_fingerprint_md5", computed(Type::String)),
            ("public_key_fingerprint_sha256", computed(Type::String)),
            ("public_key_openssh", computed(Type::String)),
            ("public_key_pem", computed(Type::String)),
        ],
    );
    let read = |mut it: Attributes| {
        let key = match (text(&it, "private_key_pem"), text(&it, "private_key_openssh")) {
            (Some(pem), None) => Key::from_pem(pem)?,
            (None, Some(openssh)) => Key::from_openssh(openssh)?,
            _ => {
                let detail = "Exactly one of private_key_pem and private_key_openssh must be set.";
                return Err(Problem::fatal("Invalid Attribute Combination", detail));
            }
        };
        set_text(&mut it, "algorithm", key.algorithm());
        set_public(&mut it, &key)?;
        Ok(it)
    };
    Data::new(schema, read)
}

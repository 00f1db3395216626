//! `hashicorp/random` 3.x

mod string;

use super::{local::*, pets};
use crate::{
    provider::{Draft, Problem, Result},
    schema::Attribute,
    value::{Type, Value},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use rand::{Rng, RngCore, SeedableRng, rngs::OsRng, rngs::StdRng, seq::SliceRandom};
use sha2::{Digest, Sha256};

pub(super) fn provider() -> Local {
    Local::new(
        [
            ("random_bytes", bytes()),
            ("random_id", id()),
            ("random_integer", integer_in_range()),
            ("random_password", string::password()),
            ("random_pet", pet()),
            ("random_shuffle", shuffle()),
            ("random_string", string::string()),
            ("random_uuid", uuid()),
        ],
        [],
    )
    .with_ephemeral("random_password", string::ephemeral_password())
}

/// `keepers`, with the rule below.
fn keepers() -> Attribute {
    replacing(optional(Type::map(Type::String)))
}

/// Keepers whose value is null count as if they were not there.
fn plan_keepers(draft: &mut Draft) -> Result<()> {
    let kept = |object: &Value| {
        let entries = object.get("keepers").map(Value::without_marks);
        let mut entries = entries.as_ref().and_then(Value::as_entries).cloned().unwrap_or_default();
        entries.retain(|_, value| !value.is_null());
        entries
    };
    let known = draft.planned.get("keepers").is_none_or(Value::is_known);
    if known && kept(&draft.prior) == kept(&draft.planned) {
        in_place(draft, "keepers");
    }
    Ok(())
}

fn random_bytes(length: Option<i64>) -> Vec<u8> {
    let mut bytes = vec![0; length.and_then(|it| usize::try_from(it).ok()).unwrap_or(0)];
    OsRng.fill_bytes(&mut bytes);
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// At least one byte; the providers of the same names accept less in places, and fail later.
fn check_length(attributes: &Attributes, name: &str) -> Vec<Problem> {
    match integer(attributes, name) {
        Some(length) if length < 1 => vec![invalid(name, format!("{name} must be at least 1, but is {length}."))],
        _ => Vec::new(),
    }
}

fn id() -> Resource {
    let computed = || computed(Type::String);
    let schema = schema(
        0,
        [
            ("b64_std", computed()),
            ("b64_url", computed()),
            ("byte_length", replacing(required(Type::Number))),
            ("dec", computed()),
            ("hex", computed()),
            ("id", computed()),
            ("keepers", keepers()),
            ("prefix", replacing(optional(Type::String))),
        ],
    );
    let create = |mut it: Attributes| {
        let bytes = random_bytes(integer(&it, "byte_length"));
        set_id(&mut it, &bytes);
        Ok(it)
    };
    let import = |text: &str| {
        let (prefix, id) = text.rsplit_once(',').map_or((None, text), |(prefix, id)| (Some(prefix), id));
        let bytes = URL_SAFE_NO_PAD.decode(id).map_err(|error| {
            Problem::fatal("Import Random ID Error", format!("The id is not base64 without padding: {error}."))
        })?;
        let mut it = Attributes::new();
        if let Some(prefix) = prefix {
            set_text(&mut it, "prefix", prefix);
        }
        set_integer(&mut it, "byte_length", bytes.len() as i64);
        set_id(&mut it, &bytes);
        Ok(it)
    };
    let validate = |it: &Attributes| check_length(it, "byte_length");
    Resource { validate, plan: plan_keepers, import, ..Resource::new(schema, create) }
}

fn set_id(it: &mut Attributes, bytes: &[u8]) {
    let prefix = text(it, "prefix").unwrap_or_default().to_owned();
    let url = URL_SAFE_NO_PAD.encode(bytes);
    set_text(it, "b64_url", format!("{prefix}{url}"));
    set_text(it, "b64_std", prefix.clone() + &STANDARD.encode(bytes));
    set_text(it, "hex", prefix.clone() + &hex(bytes));
    set_text(it, "dec", prefix + &dashu_int::UBig::from_be_bytes(bytes).to_string());
    set_text(it, "id", url);
}

fn bytes() -> Resource {
    let schema = schema(
        0,
        [
            ("base64", secret(Type::String)),
            ("hex", secret(Type::String)),
            ("keepers", keepers()),
            ("length", replacing(required(Type::Number))),
        ],
    );
    fn set(it: &mut Attributes, bytes: &[u8]) {
        set_text(it, "base64", STANDARD.encode(bytes));
        set_text(it, "hex", hex(bytes));
    }
    let create = |mut it: Attributes| {
        let bytes = random_bytes(integer(&it, "length"));
        set(&mut it, &bytes);
        Ok(it)
    };
    let import = |text: &str| {
        let bytes = STANDARD
            .decode(text)
            .map_err(|error| Problem::fatal("Import Random bytes Error", format!("The id is not base64: {error}.")))?;
        let mut it = Attributes::new();
        set_integer(&mut it, "length", bytes.len() as i64);
        set(&mut it, &bytes);
        Ok(it)
    };
    Resource { validate: |it| check_length(it, "length"), import, ..Resource::new(schema, create) }
}

fn uuid() -> Resource {
    let schema =
        schema(0, [("id", computed(Type::String)), ("keepers", keepers()), ("result", computed(Type::String))]);
    fn of(mut it: Attributes, uuid: uuid::Uuid) -> Attributes {
        let uuid = uuid.to_string();
        set_text(&mut it, "id", &uuid);
        set_text(&mut it, "result", &uuid);
        it
    }
    let import = |text: &str| {
        let uuid = text
            .parse()
            .map_err(|error| Problem::fatal("Import Random UUID Error", format!("{text:?} is not a UUID: {error}.")))?;
        Ok(of(Attributes::new(), uuid))
    };
    Resource { plan: plan_keepers, import, ..Resource::new(schema, |it| Ok(of(it, uuid::Uuid::new_v4()))) }
}

/// From `seed` if there is one, so that the same seed gives the same.
fn generator(attributes: &Attributes) -> StdRng {
    match text(attributes, "seed").filter(|it| !it.is_empty()) {
        Some(seed) => StdRng::from_seed(Sha256::digest(seed).into()),
        None => StdRng::from_entropy(),
    }
}

fn integer_in_range() -> Resource {
    let schema = schema(
        0,
        [
            ("id", computed(Type::String)),
            ("keepers", keepers()),
            ("max", replacing(required(Type::Number))),
            ("min", replacing(required(Type::Number))),
            ("result", computed(Type::Number)),
            ("seed", replacing(optional(Type::String))),
        ],
    );
    let create = |mut it: Attributes| {
        let (min, max) = (integer(&it, "min").unwrap_or(0), integer(&it, "max").unwrap_or(0));
        if max < min {
            let detail = "The minimum (min) value needs to be smaller than or equal to maximum (max) value.";
            return Err(Problem::fatal("Create Random Integer Error", detail));
        }
        let result = generator(&it).gen_range(min..=max);
        set_integer(&mut it, "result", result);
        set_text(&mut it, "id", result.to_string());
        Ok(it)
    };
    let import = |text: &str| {
        let wrong = || {
            let detail = "Invalid import usage: expecting {result},{min},{max} or {result},{min},{max},{seed}";
            Problem::fatal("Import Random Integer Error", detail)
        };
        let parts: Vec<&str> = text.splitn(4, ',').collect();
        let [result, min, max, seed @ ..] = &parts[..] else { return Err(wrong()) };
        let mut it = Attributes::new();
        for (name, text) in [("result", result), ("min", min), ("max", max)] {
            set_integer(&mut it, name, text.parse().map_err(|_| wrong())?);
        }
        if let Some(seed) = seed.first() {
            set_text(&mut it, "seed", seed);
        }
        set_text(&mut it, "id", result);
        Ok(it)
    };
    let validate = |it: &Attributes| match (integer(it, "min"), integer(it, "max")) {
        (Some(min), Some(max)) if max < min => vec![invalid("min", "min must not be greater than max.")],
        _ => Vec::new(),
    };
    Resource { validate, plan: plan_keepers, import, ..Resource::new(schema, create) }
}

fn pet() -> Resource {
    let schema = schema(
        0,
        [
            ("id", computed(Type::String)),
            ("keepers", keepers()),
            ("length", replacing(default(Type::Number, Value::number(2)))),
            ("prefix", replacing(optional(Type::String))),
            ("separator", replacing(default(Type::String, Value::string("-")))),
        ],
    );
    let create = |mut it: Attributes| {
        let length = integer(&it, "length").unwrap_or(2).max(1);
        let any = |words: &[&str]| words.choose(&mut OsRng).map_or_else(String::new, |it| (*it).to_owned());
        let mut words: Vec<String> =
            text(&it, "prefix").filter(|it| !it.is_empty()).map(Into::into).into_iter().collect();
        words.extend((2..length).map(|_| any(pets::ADVERBS)));
        if length > 1 {
            words.push(any(pets::ADJECTIVES));
        }
        words.push(any(pets::NAMES));
        let id = words.join(text(&it, "separator").unwrap_or("-"));
        set_text(&mut it, "id", id);
        Ok(it)
    };
    Resource { plan: plan_keepers, ..Resource::new(schema, create) }
}

fn shuffle() -> Resource {
    let strings = Type::list(Type::String);
    let schema = schema(
        0,
        [
            ("id", computed(Type::String)),
            ("input", replacing(required(strings.clone()))),
            ("keepers", keepers()),
            ("result", computed(strings)),
            ("result_count", replacing(optional(Type::Number))),
            ("seed", replacing(optional(Type::String))),
        ],
    );
    let create = |mut it: Attributes| {
        let mut input = it.get("input").and_then(Value::as_elements).unwrap_or_default().to_vec();
        let count = integer(&it, "result_count").and_then(|it| usize::try_from(it).ok()).unwrap_or(input.len());
        let mut generator = generator(&it);
        let mut result = Vec::new();
        // Each element comes once before any comes again.
        while !input.is_empty() && result.len() < count {
            input.shuffle(&mut generator);
            result.extend(input.iter().take(count - result.len()).cloned());
        }
        it.insert("result".into(), Value::list(Type::String, result));
        set_text(&mut it, "id", "-");
        Ok(it)
    };
    Resource { plan: plan_keepers, ..Resource::new(schema, create) }
}

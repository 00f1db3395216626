//! `random_string` and `random_password`.

use super::{keepers, plan_keepers};
use crate::{
    provider::{Draft, Problem, Result},
    providers::local::*,
    schema::{Attribute, Schema},
    value::{Path, Type, Value},
};
use rand::{rngs::OsRng, seq::SliceRandom};

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const NUMERIC: &str = "0123456789";
const SPECIAL: &str = "!@#$%&*()-_=+[]{}<>:?";

/// Go's default cost.
const BCRYPT_COST: u32 = 10;

pub(super) fn string() -> Resource {
    let create = |mut it: Attributes| {
        let result = generate(&it)?;
        set_text(&mut it, "id", &result);
        set_text(&mut it, "result", &result);
        Ok(it)
    };
    let import = |text: &str| {
        let mut it = imported(text);
        set_text(&mut it, "id", text);
        Ok(it)
    };
    let schema = with_arguments(2, [("id", computed(Type::String)), ("result", computed(Type::String))]);
    Resource { validate, plan, import, upgrade: |_, it| with_numeric(it), ..Resource::new(schema, create) }
}

pub(super) fn password() -> Resource {
    let create = |mut it: Attributes| {
        let result = generate(&it)?;
        set_password(&mut it, &result)?;
        Ok(it)
    };
    let import = |text: &str| {
        let mut it = imported(text);
        set_password(&mut it, text)?;
        Ok(it)
    };
    let schema = with_arguments(
        3,
        [("bcrypt_hash", secret(Type::String)), ("id", computed(Type::String)), ("result", secret(Type::String))],
    );
    Resource { validate, plan, import, upgrade: upgrade_password, ..Resource::new(schema, create) }
}

/// `numeric` was called `number` before 3.3, and state has both since.
fn with_numeric(mut it: Attributes) -> Attributes {
    if let Some(number) = it.get("number").filter(|it| !it.is_null()).cloned() {
        it.insert("numeric".into(), number);
    }
    it
}

/// `bcrypt_hash` is there since 3.2, and of the whole password since 3.4.
fn upgrade_password(_: u64, it: Attributes) -> Attributes {
    let mut it = with_numeric(it);
    let fits = text(&it, "bcrypt_hash")
        .zip(text(&it, "result"))
        .is_some_and(|(hash, password)| bcrypt::verify(hashed(password), hash).unwrap_or_default());
    // Without a hash the object is as good as it was.
    if let Some(Ok(hash)) = text(&it, "result").filter(|_| !fits).map(bcrypt_hash) {
        set_text(&mut it, "bcrypt_hash", hash);
    }
    it
}

/// `ephemeral "random_password"`, new in 3.7: another password each time, without the arguments that only state has
/// a use for.
pub(super) fn ephemeral_password() -> Data {
    let read = |mut it: Attributes| {
        let result = generate(&it)?;
        set_password(&mut it, &result)?;
        it.remove("id");
        Ok(it)
    };
    let mut schema = with_arguments(0, [("bcrypt_hash", secret(Type::String)), ("result", secret(Type::String))]);
    for name in ["keepers", "number"] {
        schema.block.attributes.remove(name);
    }
    Data { validate, ..Data::new(schema, read) }
}

/// As much as bcrypt takes.
fn hashed(password: &str) -> &[u8] {
    &password.as_bytes()[..password.len().min(72)]
}

fn bcrypt_hash(password: &str) -> Result<String> {
    let hash = bcrypt::hash_with_result(hashed(password), BCRYPT_COST)
        .map_err(|error| Problem::fatal("Hash Generation Error", error.to_string()))?;
    Ok(hash.format_for_version(bcrypt::Version::TwoA))
}

fn set_password(it: &mut Attributes, password: &str) -> Result<()> {
    set_text(it, "bcrypt_hash", bcrypt_hash(password)?);
    set_text(it, "id", "none");
    set_text(it, "result", password);
    Ok(())
}

fn with_arguments<const N: usize>(version: u64, results: [(&str, Attribute); N]) -> Schema {
    let flag = || replacing(default(Type::Bool, Value::bool(true)));
    let minimum = || replacing(default(Type::Number, Value::number(0)));
    let either = || replacing(optional_computed(Type::Bool));
    let mut schema = schema(
        version,
        [
            ("keepers", keepers()),
            ("length", replacing(required(Type::Number))),
            ("lower", flag()),
            ("min_lower", minimum()),
            ("min_numeric", minimum()),
            ("min_special", minimum()),
            ("min_upper", minimum()),
            (
                "number",
                Attribute { deprecated: Some("**NOTE**: This is deprecated, use `numeric` instead."), ..either() },
            ),
            ("numeric", either()),
            ("override_special", replacing(optional(Type::String))),
            ("special", flag()),
            ("upper", flag()),
        ],
    );
    schema.block.attributes.extend(results.map(|(name, attribute)| (name.into(), attribute)));
    schema
}

fn validate(it: &Attributes) -> Vec<Problem> {
    let mut problems = Vec::new();
    let minimum: i64 =
        ["min_lower", "min_numeric", "min_special", "min_upper"].iter().filter_map(|name| integer(it, name)).sum();
    if let Some(length) = integer(it, "length")
        && length < minimum.max(1)
    {
        let detail =
            format!("length must be at least 1 and at least the sum of the minimums, {minimum}, but is {length}.");
        problems.push(invalid("length", detail));
    }
    if let (Some(number), Some(numeric)) = (boolean(it, "number"), boolean(it, "numeric"))
        && number != numeric
    {
        problems.push(invalid(
            "number",
            "Cannot specify different values for `number` and `numeric`: use `numeric` alone.",
        ));
    }
    let off = |name| boolean(it, name) == Some(false);
    if off("special") && off("upper") && off("lower") && (off("number") || off("numeric")) {
        let detail = "At least one of special, upper, lower and numeric must be true.";
        problems.push(invalid("special", detail));
    }
    problems
}

/// `number` is an old name of `numeric`: both always have the same value.
fn plan(draft: &mut Draft) -> Result<()> {
    let configured = ["numeric", "number"].iter().filter_map(|name| draft.config.get(name)).find(|it| !it.is_null());
    let numeric = configured.cloned().unwrap_or_else(|| Value::bool(true));
    let mut planned = draft.planned.as_entries().cloned().unwrap_or_default();
    for name in ["number", "numeric"] {
        // State of old versions has one of them only.
        let is_changed = draft.prior.get(name).is_some_and(|prior| !prior.is_null() && prior.data != numeric.data);
        in_place(draft, name);
        if is_changed {
            draft.replace.push(Path::attribute(name));
        }
        planned.insert(name.into(), numeric.clone());
    }
    draft.planned = Value::object(planned).marked(draft.planned.marks);
    let emptied = draft.prior.get("override_special").and_then(Value::as_str) == Some("");
    if emptied && draft.planned.get("override_special").is_some_and(Value::is_null) {
        in_place(draft, "override_special");
    }
    plan_keepers(draft)
}

fn imported(text: &str) -> Attributes {
    let mut it = Attributes::new();
    set_text(&mut it, "result", text);
    set_integer(&mut it, "length", text.len() as i64);
    for name in ["lower", "number", "numeric", "special", "upper"] {
        it.insert(name.into(), Value::bool(true));
    }
    for name in ["min_lower", "min_numeric", "min_special", "min_upper"] {
        set_integer(&mut it, name, 0);
    }
    it
}

fn generate(it: &Attributes) -> Result<String> {
    let special = text(it, "override_special").filter(|it| !it.is_empty()).unwrap_or(SPECIAL);
    let groups = [
        (UPPER, boolean(it, "upper"), "min_upper"),
        (LOWER, boolean(it, "lower"), "min_lower"),
        (NUMERIC, boolean(it, "numeric"), "min_numeric"),
        (special, boolean(it, "special"), "min_special"),
    ];
    let any: Vec<char> = groups.iter().filter(|it| it.1 != Some(false)).flat_map(|it| it.0.chars()).collect();
    if any.is_empty() {
        return Err(Problem::fatal("Random Read Error", "the character set specified is empty"));
    }
    let mut result: Vec<char> = Vec::new();
    let mut pick = |from: &[char], count: usize| result.extend((0..count).filter_map(|_| from.choose(&mut OsRng)));
    let mut left = count(it, "length");
    for (group, _, minimum) in groups {
        let minimum = count(it, minimum);
        pick(&group.chars().collect::<Vec<_>>(), minimum);
        left = left.saturating_sub(minimum);
    }
    pick(&any, left);
    result.shuffle(&mut OsRng);
    Ok(result.into_iter().collect())
}

fn count(it: &Attributes, name: &str) -> usize {
    integer(it, name).and_then(|it| usize::try_from(it).ok()).unwrap_or(0)
}

//! `hashicorp/time` 0.x

mod clock;

use super::local::*;
use crate::{
    duration,
    provider::{Draft, Problem, Result},
    schema::Attribute,
    value::{Type, Value},
};
use clock::Time;
use std::time::Duration;

pub(super) fn provider() -> Local {
    Local::new(
        [("time_offset", offset()), ("time_rotating", rotating()), ("time_sleep", sleep()), ("time_static", fixed())],
        [],
    )
}

const PARTS: [&str; 7] = ["day", "hour", "minute", "month", "second", "unix", "year"];

fn triggers() -> Attribute {
    replacing(optional(Type::map(Type::String)))
}

/// The parts of a point in time, which a resource shows beside `rfc3339`.
fn parts<const N: usize>(version: u64, others: [(&str, Attribute); N]) -> crate::schema::Schema {
    let mut schema = schema(version, others);
    let parts = PARTS.map(|name| (name.into(), computed(Type::Number)));
    schema.block.attributes.extend(parts);
    schema.block.attributes.insert("id".into(), computed(Type::String));
    schema.block.attributes.insert("triggers".into(), triggers());
    schema
}

fn set_parts(it: &mut Attributes, time: &Time) {
    for (name, value) in PARTS.into_iter().zip(time.parts()) {
        set_integer(it, name, value);
    }
}

/// The time that an argument gives, or now.
fn given(it: &Attributes, name: &str) -> Result<Time> {
    match text(it, name).filter(|it| !it.is_empty()) {
        Some(text) => parse(name, text),
        None => Ok(Time::now()),
    }
}

fn parse(name: &str, text: &str) -> Result<Time> {
    Time::parse(text).ok_or_else(|| invalid(name, format!("{text:?} is not a time in the format of RFC 3339.")))
}

fn check_time(it: &Attributes, name: &str) -> Option<Problem> {
    parse(name, text(it, name)?).err()
}

/// An import gives an empty map of triggers.
fn set_no_triggers(it: &mut Attributes) {
    it.insert("triggers".into(), Value::map(Type::String, Default::default()));
}

fn wrong_id(id: &str, expected: &str) -> Problem {
    Problem::fatal("Unexpected Format of ID", format!("Unexpected format of ID ({id:?}), expected {expected}"))
}

/// At least one of these arguments has to be set; unknown ones count.
fn check_any(it: &Attributes, names: &[&str]) -> Option<Problem> {
    let none = names.iter().all(|name| !is_set(it, name));
    none.then(|| {
        Problem::fatal(
            "Missing Attribute Configuration",
            format!("At least one of these must be set: {}.", names.join(", ")),
        )
    })
}

fn fixed() -> Resource {
    let schema = parts(0, [("rfc3339", replacing(optional_computed(Type::String)))]);
    fn set(it: &mut Attributes, time: &Time) {
        set_parts(it, time);
        set_text(it, "rfc3339", time.to_string());
        set_text(it, "id", time.to_string());
    }
    let create = |mut it: Attributes| {
        let time = given(&it, "rfc3339")?;
        set(&mut it, &time);
        Ok(it)
    };
    let import = |id: &str| {
        let mut it = Attributes::new();
        set(&mut it, &parse("id", id)?);
        set_no_triggers(&mut it);
        Ok(it)
    };
    let validate = |it: &Attributes| check_time(it, "rfc3339").into_iter().collect();
    Resource { validate, import, ..Resource::new(schema, create) }
}

/// In the order of import ids.
const OFFSETS: [&str; 6] =
    ["offset_years", "offset_months", "offset_days", "offset_hours", "offset_minutes", "offset_seconds"];

fn offset() -> Resource {
    let mut schema = parts(0, [("base_rfc3339", optional_computed(Type::String)), ("rfc3339", computed(Type::String))]);
    schema.block.attributes.extend(OFFSETS.map(|name| (name.into(), optional(Type::Number))));
    let create = |mut it: Attributes| {
        let base = given(&it, "base_rfc3339")?;
        set_offset(&mut it, &base)?;
        Ok(it)
    };
    let import = |id: &str| {
        let wrong = || wrong_id(id, "BASETIMESTAMP,YEARS,MONTHS,DAYS,HOURS,MINUTES,SECONDS");
        let parts: Vec<&str> = id.split(',').collect();
        let [base, offsets @ ..] = &parts[..] else { return Err(wrong()) };
        if base.is_empty() || offsets.len() != OFFSETS.len() || offsets.iter().all(|it| it.is_empty()) {
            return Err(wrong());
        }
        let mut it = Attributes::new();
        for (name, text) in OFFSETS.iter().zip(offsets).filter(|(_, text)| !text.is_empty()) {
            set_integer(&mut it, name, text.parse().map_err(|_| wrong())?);
        }
        set_offset(&mut it, &parse("base_rfc3339", base)?)?;
        set_no_triggers(&mut it);
        Ok(it)
    };
    let validate =
        |it: &Attributes| check_any(it, &OFFSETS).into_iter().chain(check_time(it, "base_rfc3339")).collect();
    Resource { validate, plan: plan_offset, import, ..Resource::new(schema, create) }
}

/// The provider of the same name adds days first and years last.
fn set_offset(it: &mut Attributes, base: &Time) -> Result<()> {
    let by = |name| integer(it, name).unwrap_or(0);
    let seconds = |unit: i64, name| by(name).checked_mul(unit);
    let time = (|| {
        let time = base.add_date(0, 0, by("offset_days"))?;
        let time = time.add_seconds(seconds(3600, "offset_hours")?)?.add_seconds(seconds(60, "offset_minutes")?)?;
        let time = time.add_date(0, by("offset_months"), 0)?.add_seconds(by("offset_seconds"))?;
        time.add_date(by("offset_years"), 0, 0)
    })();
    let time = time.ok_or_else(|| Problem::fatal("Invalid offset", "The time is outside of the years 1 to 9999."))?;
    set_parts(it, &time);
    set_text(it, "rfc3339", time.to_string());
    set_text(it, "base_rfc3339", base.to_string());
    set_text(it, "id", base.to_string());
    Ok(())
}

/// An update in place moves the time, and the plan can tell whereto.
fn plan_offset(draft: &mut Draft) -> Result<()> {
    let is_changed = |name: &&str| draft.prior.get(name) != draft.planned.get(name);
    if draft.prior.is_null() || !OFFSETS.iter().chain(&["base_rfc3339"]).any(is_changed) {
        return Ok(());
    }
    let mut planned = attributes(&draft.planned);
    let unknown = |name: &str| planned.get(name).is_some_and(|it| !it.is_known());
    if OFFSETS.iter().any(|name| unknown(name)) || unknown("base_rfc3339") {
        for name in PARTS {
            planned.insert(name.into(), Value::unknown(Type::Number));
        }
        for name in ["id", "rfc3339"] {
            planned.insert(name.into(), Value::unknown(Type::String));
        }
    } else {
        let base = given(&planned, "base_rfc3339")?;
        set_offset(&mut planned, &base)?;
    }
    draft.planned = Value::object(planned);
    Ok(())
}

const ROTATIONS: [&str; 5] =
    ["rotation_years", "rotation_months", "rotation_days", "rotation_hours", "rotation_minutes"];

fn rotating() -> Resource {
    let others = [
        ("rfc3339", replacing(optional_computed(Type::String))),
        ("rotation_rfc3339", optional_computed(Type::String)),
    ];
    let mut schema = parts(0, others);
    schema.block.attributes.extend(ROTATIONS.map(|name| (name.into(), optional(Type::Number))));
    let create = |mut it: Attributes| {
        let time = given(&it, "rfc3339")?;
        set_rotation(&mut it, &time)?;
        Ok(it)
    };
    // Once its time has come, the object is gone, so that the plan makes it anew.
    let refresh = |it: Attributes| {
        let until = text(&it, "rotation_rfc3339").and_then(Time::parse);
        if until.is_some_and(|until| until.is_past()) { None } else { Some(it) }
    };
    let import = |id: &str| {
        let expected = "BASETIMESTAMP,YEARS,MONTHS,DAYS,HOURS,MINUTES or BASETIMESTAMP,ROTATIONTIMESTAMP";
        let wrong = || wrong_id(id, expected);
        let parts: Vec<&str> = id.split(',').collect();
        let mut it = Attributes::new();
        let base = match &parts[..] {
            [base, until] => {
                set_text(&mut it, "rotation_rfc3339", parse("rotation_rfc3339", until)?.to_string());
                base
            }
            [base, rotations @ ..]
                if rotations.len() == ROTATIONS.len() && rotations.iter().any(|it| !it.is_empty()) =>
            {
                for (name, text) in ROTATIONS.iter().zip(rotations).filter(|(_, text)| !text.is_empty()) {
                    set_integer(&mut it, name, text.parse().map_err(|_| wrong())?);
                }
                base
            }
            _ => return Err(wrong()),
        };
        set_rotation(&mut it, &parse("rfc3339", base)?)?;
        set_no_triggers(&mut it);
        Ok(it)
    };
    let validate = |it: &Attributes| {
        let names: Vec<&str> = ROTATIONS.into_iter().chain(["rotation_rfc3339"]).collect();
        let below = |name: &&str| integer(it, name).is_some_and(|it| it < 1);
        let small = ROTATIONS
            .iter()
            .filter(|name| below(name))
            .map(|name| invalid(name, format!("{name} must be at least 1.")));
        let times = ["rfc3339", "rotation_rfc3339"].into_iter().filter_map(|name| check_time(it, name));
        check_any(it, &names).into_iter().chain(small).chain(times).collect()
    };
    Resource { validate, plan: plan_rotation, refresh, import, ..Resource::new(schema, create) }
}

/// Of several rotations the last in this order counts: days, hours, minutes, months, the time itself, years.
fn set_rotation(it: &mut Attributes, base: &Time) -> Result<()> {
    let by = |name| integer(it, name).filter(|it| *it != 0);
    let outside = || Problem::fatal("Invalid rotation", "The time is outside of the years 1 to 9999.");
    let seconds = |count: i64, unit: i64| base.add_seconds(count.checked_mul(unit)?);
    let until = if let Some(years) = by("rotation_years") {
        base.add_date(years, 0, 0).ok_or_else(outside)?
    } else if let Some(text) = text(it, "rotation_rfc3339").filter(|it| !it.is_empty()) {
        parse("rotation_rfc3339", text)?
    } else if let Some(months) = by("rotation_months") {
        base.add_date(0, months, 0).ok_or_else(outside)?
    } else if let Some(minutes) = by("rotation_minutes") {
        seconds(minutes, 60).ok_or_else(outside)?
    } else if let Some(hours) = by("rotation_hours") {
        seconds(hours, 3600).ok_or_else(outside)?
    } else {
        base.add_date(0, 0, by("rotation_days").unwrap_or(0)).ok_or_else(outside)?
    };
    set_parts(it, &until);
    set_text(it, "rotation_rfc3339", until.to_string());
    set_text(it, "rfc3339", base.to_string());
    set_text(it, "id", base.to_string());
    Ok(())
}

fn plan_rotation(draft: &mut Draft) -> Result<()> {
    let is_changed = |name: &&str| draft.prior.get(name) != draft.planned.get(name);
    let given_until = draft.config.get("rotation_rfc3339").is_some_and(|it| !it.is_null());
    let moved = ROTATIONS.iter().any(&is_changed) || is_changed(&"rotation_rfc3339");
    if draft.prior.is_null() || !moved {
        return Ok(());
    }
    let mut planned = attributes(&draft.planned);
    if !given_until {
        // What was computed from the old rotation must not count as given.
        planned.insert("rotation_rfc3339".into(), Value::null(Type::String));
    }
    let names = ROTATIONS.iter().chain(&["rfc3339", "rotation_rfc3339"]);
    if names.into_iter().any(|name| planned.get(*name).is_some_and(|it| !it.is_known())) {
        for name in PARTS {
            planned.insert(name.into(), Value::unknown(Type::Number));
        }
        if !given_until {
            planned.insert("rotation_rfc3339".into(), Value::unknown(Type::String));
        }
    } else {
        let base = given(&planned, "rfc3339")?;
        set_rotation(&mut planned, &base)?;
    }
    draft.planned = Value::object(planned);
    Ok(())
}

const DURATIONS: [&str; 2] = ["create_duration", "destroy_duration"];

fn sleep() -> Resource {
    let schema = schema(
        0,
        [
            ("create_duration", optional(Type::String)),
            ("destroy_duration", optional(Type::String)),
            ("id", computed(Type::String)),
            ("triggers", triggers()),
        ],
    );
    let create = |mut it: Attributes| {
        set_text(&mut it, "id", Time::now().to_string());
        Ok(it)
    };
    let import = |id: &str| {
        let wrong = || wrong_id(id, "CREATEDURATION,DESTROYDURATION where at least one value is non-empty");
        let parts: Vec<&str> = id.split(',').collect();
        if parts.len() != 2 || parts.iter().all(|it| it.is_empty()) {
            return Err(wrong());
        }
        let mut it = Attributes::new();
        for (name, text) in DURATIONS.iter().zip(parts).filter(|(_, text)| !text.is_empty()) {
            pause(text).ok_or_else(wrong)?;
            set_text(&mut it, name, text);
        }
        set_text(&mut it, "id", Time::now().to_string());
        set_no_triggers(&mut it);
        Ok(it)
    };
    let validate = |it: &Attributes| {
        let wrong = DURATIONS.iter().filter(|name| text(it, name).is_some_and(|it| pause(it).is_none()));
        let wrong = wrong.map(|name| {
            let detail = "must be a number immediately followed by ms (milliseconds), s (seconds), m (minutes), or h (hours). For \
                          example, \"30s\" for 30 seconds.";
            invalid(name, format!("{name} {detail}"))
        });
        check_any(it, &DURATIONS).into_iter().chain(wrong).collect()
    };
    let pauses = |it: &Attributes| DURATIONS.map(|name| text(it, name).and_then(pause).unwrap_or_default());
    Resource { validate, import, pauses, ..Resource::new(schema, create) }
}

/// One number and one unit, where Go has several: `30s`, `1.5h`.
fn pause(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let is_unit = ["ms", "s", "m", "h"].contains(&&text[digits.len()..]);
    if is_unit && are_digits(whole) && are_digits(fraction) { duration::length(text) } else { None }
}

//! Differences from Terraform that are meant: each in a file beside what Terraform said, under the reason for it.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

/// Writes where two documents differ, a line each: the place, what Terraform has there and what rforge has.
pub(crate) fn compare(theirs: Option<&Value>, ours: Option<&Value>, place: &str, out: &mut String) {
    match (theirs, ours) {
        _ if theirs == ours => {}
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            for key in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
                compare(one.get(key), other.get(key), &format!("{place}/{key}"), out);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                // Objects are told apart by their address, wherever they stand.
                let name = one["address"].as_str().map_or_else(|| at.to_string(), Into::into);
                compare(Some(one), Some(other), &format!("{place}/{name}"), out);
            }
        }
        _ => {
            let shown = |it: Option<&Value>| it.map_or("(nothing)".into(), Value::to_string);
            out.push_str(&format!("{place}: {} -> {}\n", shown(theirs), shown(ours)));
        }
    }
}

/// Whether `difference` is the one that `file` has, or that there is none where there is no file; otherwise what to tell of it.
/// Lines with `#` on top are the reason, which `RFORGE_BLESS=1` keeps.
pub(crate) fn check(file: &Path, difference: &str) -> Option<String> {
    let recorded = fs::read_to_string(file).unwrap_or_default();
    let reason: String = recorded.split_inclusive('\n').take_while(|it| it.starts_with('#')).collect();
    if recorded[reason.len()..] == *difference {
        return None;
    }
    if std::env::var_os("RFORGE_BLESS").is_some() {
        match difference.is_empty() {
            true => fs::remove_file(file).unwrap(),
            false => fs::write(file, format!("{reason}{difference}")).unwrap(),
        }
    }
    let known = if reason.is_empty() { String::new() } else { format!(" (otherwise than recorded there)\n{reason}") };
    Some(format!("{}{known}\n{difference}", file.display()))
}

//! Tags in the forms that services have them.

use super::row::{Row, Step};
use crate::{
    aws::{
        attribute::Tags,
        wire::{Map, Value as Sent, model::Kind},
    },
    value::{Type, Value, convert},
};

/// What the member is called that holds tags.
const MEMBERS: &[&str] = &["tags", "taglist", "tagset", "tagging", "tagspecifications"];

/// What holds them in answers, besides.
const TOLD: &[&str] = &["tags", "taglist", "tagset", "taginfoforresource", "resourcetags"];

/// Puts `tags` into the input of a call that takes some.
pub fn put(row: &Row, step: &Step, tags: &Tags, input: &mut Map) {
    let known = |it: &str| MEMBERS.contains(&it.to_lowercase().as_str());
    let Some(member) = step.operation.input.members.iter().find(|it| known(it.name)) else { return };
    if tags.is_empty() || step.given.contains_key(member.name) {
        return;
    }
    let value = match &member.kind {
        Kind::Map(_) => tags.clone().into(),
        Kind::List(item) => match &item.kind {
            Kind::Structure(name) => {
                let names: Vec<_> = row.service.structure(name).members.iter().map(|it| it.name).collect();
                match names.as_slice() {
                    [key, value, ..] => pairs(tags, key, value),
                    _ => return,
                }
            }
            _ => return,
        },
        // S3 and CloudFront: a list within a structure.
        Kind::Structure(name) => {
            let list = row.service.structure(name).members.first().map_or("TagSet", |it| it.name);
            Sent::Map(Map::from([(list.to_owned(), pairs(tags, "Key", "Value"))]))
        }
        _ => return,
    };
    input.insert(member.name.to_owned(), value);
}

fn pairs(tags: &Tags, key: &str, value: &str) -> Sent {
    let pair = |(k, v): (&String, &String)| {
        Sent::Map(Map::from([(key.to_owned(), Sent::from(k)), (value.to_owned(), Sent::from(v))]))
    };
    Sent::List(tags.iter().map(pair).collect())
}

/// Puts the keys that are to go into the input of the call that removes tags.
pub fn put_keys(step: &Step, keys: Vec<String>, input: &mut Map) {
    let members = &step.operation.input.members;
    let Some(member) = members.iter().find(|it| it.name.to_lowercase().ends_with("keys")) else { return };
    let keys = Sent::from(keys);
    let keys = match member.kind {
        Kind::Structure(_) => Sent::Map(Map::from([("Items".to_owned(), keys)])),
        _ => keys,
    };
    input.insert(member.name.to_owned(), keys);
}

/// Whether the call that sets tags sets all, so that those that are left out are gone.
pub fn sets_all(step: &Step) -> bool {
    step.operation.name.starts_with("Put")
}

/// The tags that an answer tells.
pub fn of_answer(answer: &Value) -> Tags {
    let mut entries = answer.as_entries().into_iter().flatten();
    let named = entries.find(|(it, _)| TOLD.contains(&it.to_lowercase().as_str())).map(|it| it.1);
    let Some(told) = named else { return Tags::new() };
    let within = told.get("TagList").or_else(|| told.get("Items").filter(|it| it.as_elements().is_some()));
    let told = within.unwrap_or(told);
    match (told.as_elements(), told.as_entries()) {
        (Some(items), _) => items.iter().filter_map(pair).collect(),
        (_, Some(map)) => map.iter().filter_map(|(key, it)| Some((key.to_string(), text(it)?))).collect(),
        _ => Tags::new(),
    }
}

fn pair(it: &Value) -> Option<(String, String)> {
    let part =
        |part: &str| it.as_entries()?.iter().find(|(name, _)| name.to_lowercase().ends_with(part)).map(|it| it.1);
    Some((text(part("key")?)?, part("value").and_then(text).unwrap_or_default()))
}

fn text(it: &Value) -> Option<String> {
    convert(it, &Type::String).ok()?.as_str().map(str::to_owned)
}

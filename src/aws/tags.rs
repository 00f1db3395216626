//! Tags: what of them the configuration, the provider's `default_tags` and AWS itself have set.
//!
//! State holds two views. `tags` is what the resource block says, `tags_all` is everything that should be on
//! the object. Resource types only ever see all tags.

use crate::{
    aws::{
        attribute::{Field, Tags, take, with},
        settings::Settings,
    },
    provider::CREATION_TAG,
    value::{Type, Value},
};
use std::collections::BTreeMap;

/// The provider's rules for tags.
#[derive(Clone, Debug, Default)]
pub struct TagRules {
    pub defaults: Tags,
    pub ignored_keys: Vec<String>,
    pub ignored_prefixes: Vec<String>,
}

impl TagRules {
    fn ignores(&self, key: &str) -> bool {
        key.starts_with("aws:")
            || self.ignored_keys.iter().any(|it| it == key)
            || self.ignored_prefixes.iter().any(|it| key.starts_with(it.as_str()))
    }

    fn kept(&self, tags: Tags) -> Tags {
        tags.into_iter().filter(|(key, _)| !self.ignores(key)).collect()
    }

    /// Everything that should be on an object whose block says `tags`.
    pub fn all(&self, tags: Tags) -> Tags {
        let mut all = self.defaults.clone();
        all.extend(tags);
        self.kept(all)
    }
}

/// `tags_all` of a planned object: unknown as long as a tag is.
pub fn planned_all(settings: &Settings, planned: &Value) -> Value {
    let Some(tags) = planned.get("tags") else { return Value::unknown(Type::map(Type::String)) };
    let wholly_known = tags.is_known() && tags.as_entries().into_iter().flatten().all(|(_, value)| value.is_known());
    if !wholly_known || !settings.default_tags_known {
        return Value::unknown(Type::map(Type::String));
    }
    settings.tags.all(Tags::decode(tags)).encode()
}

/// `planned` with `tags` replaced by all tags to set, and with the creation tag if `token` is given.
pub fn to_set(settings: &Settings, planned: &Value, token: Option<&str>) -> Value {
    let mut all = settings.tags.all(take(planned, "tags"));
    if let Some(token) = token {
        all.insert(CREATION_TAG.to_owned(), token.to_owned());
    }
    with(planned, "tags", all.encode())
}

/// `before` with `tags` replaced by all tags that the object has.
pub fn present(before: &Value) -> Value {
    with(before, "tags", take::<Tags>(before, "tags_all").encode())
}

/// The answer of a data source without the tags that are not to be seen.
pub fn visible(settings: &Settings, answer: &Value) -> Value {
    match answer.get("tags") {
        Some(tags) if !tags.is_null() => with(answer, "tags", settings.tags.kept(Tags::decode(tags)).encode()),
        _ => answer.clone(),
    }
}

/// Splits the live tags of `object` into `tags` and `tags_all`. A default tag shows in `tags` only if the
/// block says it too, which `prior` tells; the creation tag never does.
pub fn split(settings: &Settings, framework: bool, object: &Value, prior: &Value) -> Value {
    let all = settings.tags.kept(take(object, "tags"));
    let stated: Tags = take(prior, "tags");
    let own = |key: &String, value: &String| {
        key != CREATION_TAG && (settings.tags.defaults.get(key) != Some(value) || stated.get(key) == Some(value))
    };
    let tags: Tags = all.iter().filter(|(key, value)| own(key, value)).map(|(k, v)| (k.clone(), v.clone())).collect();
    let unset = tags.is_empty() && prior.get("tags").map_or(framework, Value::is_null);
    let tags = if unset { Value::null(Type::map(Type::String)) } else { tags.encode() };
    with(&with(object, "tags", tags), "tags_all", all.encode())
}

/// The keys of `before` that `after` has no more, and what of `after` is new or another value: what has to be removed from an
/// object, and what has to be set.
pub fn difference<V: Clone + PartialEq>(
    before: &BTreeMap<String, V>,
    after: &BTreeMap<String, V>,
) -> (Vec<String>, BTreeMap<String, V>) {
    let stale = before.keys().filter(|key| !after.contains_key(*key)).cloned();
    let fresh = after.iter().filter(|(key, value)| before.get(*key) != Some(value));
    (stale.collect(), fresh.map(|(key, value)| (key.clone(), value.clone())).collect())
}

#[cfg(test)]
mod tests;

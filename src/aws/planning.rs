//! The rules of planning that hold for every AWS type: the provider's region, tags, and how what is not set is spelt.

use crate::{
    aws::{attribute::with, resource::region_of, settings::Settings, tags},
    provider::Draft,
    schema::Schema,
    value::{Data, Path, PathStep, Text, Type, Value},
};
use std::collections::BTreeMap;

pub mod nulls;

/// A change that a resource type's own `plan` may adjust.
pub struct Planning<'a> {
    draft: &'a mut Draft,
}

impl Planning<'_> {
    pub fn prior(&self, name: &str) -> Option<&Value> {
        self.draft.prior.get(name)
    }
    pub fn config(&self, name: &str) -> Option<&Value> {
        self.draft.config.get(name)
    }
    pub fn planned(&self, name: &str) -> Option<&Value> {
        self.draft.planned.get(name)
    }
    pub fn whole(&self) -> &Value {
        &self.draft.planned
    }
    pub fn set(&mut self, name: &str, value: Value) {
        self.draft.planned = with(&self.draft.planned, name, value);
    }
    /// Leaves it to AWS: the value is known after apply.
    pub fn set_unknown(&mut self, name: &str, ty: Type) {
        self.set(name, Value::unknown(ty));
    }
    pub fn creating(&self) -> bool {
        self.draft.prior.is_null()
    }
    /// Whether an existing object's attribute changes, and not only who may see it.
    pub fn changes(&self, name: &str) -> bool {
        let (Some(prior), Some(planned)) = (self.prior(name), self.planned(name)) else { return false };
        !self.creating() && !planned.equals_unmarked(prior)
    }
    /// Whether an existing object's attribute with a name that `counts` changes.
    pub fn any_changes(&self, counts: impl Fn(&str) -> bool) -> bool {
        let members = self.draft.planned.as_entries().into_iter().flatten();
        members.map(|(name, _)| &**name).any(|name| counts(name) && self.changes(name))
    }
    /// Whether the configuration sets the attribute.
    pub fn configured(&self, name: &str) -> bool {
        self.config(name).is_some_and(|it| !it.is_null())
    }
    /// Takes the change of an attribute back.
    pub fn keep(&mut self, name: &str) {
        if let Some(prior) = self.prior(name).cloned() {
            self.set(name, prior);
        }
    }
    /// The change of this attribute replaces the object.
    pub fn replace(&mut self, name: &str) {
        let path = Path::attribute(name);
        if !self.draft.replace.contains(&path) {
            self.draft.replace.push(path);
        }
    }
    /// The change of this attribute is made in place after all.
    pub fn in_place(&mut self, name: &str) {
        self.draft.replace.retain(|path| !starts_with(path, name));
    }
}

/// Adjusts `draft` by the rules of all types and then by `own`, those of its type.
pub fn plan(
    schema: &Schema,
    settings: &Settings,
    draft: &mut Draft,
    own: impl FnOnce(&mut Planning) -> crate::provider::Result<()>,
) -> crate::provider::Result<()> {
    if draft.planned.is_null() {
        return Ok(());
    }
    draft.planned = nulls::without_null_entries(&draft.planned);
    if schema.null_is_zero {
        if let Some(problem) = nulls::refused(&draft.config) {
            return Err(problem);
        }
        if !draft.prior.is_null() {
            draft.planned = keep_zero(&draft.planned, &draft.prior);
        }
    }
    if schema.block.attributes.contains_key("region") {
        region(settings, draft);
    }
    if schema.block.attributes.contains_key("tags_all") {
        let planned = tags::planned_all(settings, &draft.planned);
        draft.planned = with(&draft.planned, "tags_all", planned);
    }
    own(&mut Planning { draft })?;
    keep_timeouts(draft);
    let Draft { prior, planned, replace, .. } = draft;
    replace.retain(|path| match path.0.first() {
        Some(PathStep::Attribute(name)) => prior.get(name) != planned.get(name),
        _ => true,
    });
    Ok(())
}

/// How long to wait is no change of an object by itself: it is taken over with the next one, as the reference provider does.
fn keep_timeouts(draft: &mut Draft) {
    let (Some(prior), Some(planned)) = (draft.prior.as_entries(), draft.planned.as_entries()) else { return };
    let is_kept = |(name, it): (&Text, &Value)| &**name == "timeouts" || prior.get(name) == Some(it);
    if let Some(before) = prior.get("timeouts").filter(|_| planned.iter().all(is_kept)) {
        draft.planned = with(&draft.planned, "timeouts", before.clone());
    }
}

fn starts_with(path: &Path, name: &str) -> bool {
    matches!(path.0.first(), Some(PathStep::Attribute(first)) if **first == *name)
}

/// Without a `region` argument an object is in the provider's region. State written before the argument
/// existed does not say the region, which is then the provider's as well, and is no change until a read tells it.
fn region(settings: &Settings, draft: &mut Draft) {
    let configured = region_of(&draft.config);
    let prior = region_of(&draft.prior);
    let here = configured.is_none() || configured == settings.region;
    if here && prior.is_none() && !draft.prior.is_null() {
        draft.planned = with(&draft.planned, "region", Value::null(Type::String));
        return;
    }
    let unknown = draft.config.get("region").is_some_and(|it| !it.is_known());
    let Some(wanted) = configured.or_else(|| settings.region.clone()).filter(|_| !unknown) else { return };
    let moved = prior.as_ref().is_some_and(|it| *it != wanted);
    draft.planned = with(&draft.planned, "region", Value::string(&wanted));
    draft.replace.retain(|path| !starts_with(path, "region"));
    if moved {
        draft.replace.push(Path::attribute("region"));
    }
}

/// `value`, with null and zero spelt as in `prior`: to the reference provider they are the same when it plans.
pub fn keep_zero(value: &Value, prior: &Value) -> Value {
    keep(value, prior, |value, prior| (value.is_null() && prior.is_zero()) || (value.is_zero() && prior.is_null()))
}

/// `value` as it was read, with what is null or empty spelt as in `prior` where it means the same when the reference
/// provider reads.
pub fn keep_empty(value: &Value, prior: &Value) -> Value {
    keep(value, prior, |value, prior| {
        let is_empty = |it: &Value| it.length() == Some(0);
        let lost = value.is_null() && prior.is_zero();
        lost || (is_empty(value) && prior.is_null())
    })
}

/// `value` with what is in `prior` wherever `same` says that both mean the same.
fn keep(value: &Value, prior: &Value, same: fn(&Value, &Value) -> bool) -> Value {
    if same(value, prior) {
        return Value { data: prior.data.clone(), marks: value.marks };
    }
    let data = match (&value.data, &prior.data) {
        (Data::Object(now), Data::Object(before)) => {
            let kept = now.iter().map(|(name, value)| {
                (name.clone(), before.get(name).map_or_else(|| value.clone(), |prior| keep(value, prior, same)))
            });
            Data::Object(kept.collect::<BTreeMap<_, _>>().into())
        }
        (Data::List(ty, now), Data::List(_, before)) if now.len() == before.len() => {
            let kept = now.iter().zip(before.iter()).map(|(value, prior)| keep(value, prior, same));
            Data::List(ty.clone(), kept.collect::<Vec<_>>().into())
        }
        _ => return value.clone(),
    };
    Value { data, marks: value.marks }
}

#[cfg(test)]
mod tests;

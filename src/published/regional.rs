//! `region` on the types of a provider that knows it only of itself, as hashicorp/aws before release 6: the types take it here, the
//! provider is not told, and each region has a configured instance of its own.

use super::schemas::Told;
use crate::{
    provider::{Applying, Further, Planning, Problem, Question, Reply, ResourceMode, Traits},
    schema::{Attribute, Schema, Source},
    value::{Path, Text, Type, Value},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

const REGION: &str = "region";
const MODES: [ResourceMode; 3] = [ResourceMode::Managed, ResourceMode::Data, ResourceMode::Ephemeral];

/// The types with their argument more.
#[derive(Debug)]
pub(super) struct Regional {
    told: Arc<Told>,
    schemas: BTreeMap<(ResourceMode, Text), OnceLock<Option<Arc<Schema>>>>,
}

impl Regional {
    /// None where the provider itself has no region.
    pub(super) fn new(told: &Arc<Told>) -> Option<Self> {
        let own = told.schemas.provider.block.attributes.get(REGION)?;
        let names = |mode| told.names(mode).into_iter().map(move |name| ((mode, name.into()), OnceLock::new()));
        let schemas = MODES.into_iter().flat_map(names).collect();
        (own.ty == Type::String).then(|| Self { told: told.clone(), schemas })
    }

    /// Whether a type has `region` only here.
    fn adds(&self, mode: ResourceMode, type_name: &str) -> bool {
        self.told.get(mode, type_name).is_some_and(|it| !it.block.has(REGION))
    }

    /// `value` as the provider has it, and its region.
    pub(super) fn take(&self, mode: ResourceMode, type_name: &str, value: &mut Value) -> Option<Value> {
        let entries = value.as_entries().filter(|_| self.adds(mode, type_name))?;
        let region = entries.get(REGION)?.clone();
        let rest = entries.iter().filter(|(name, _)| &***name != REGION);
        *value = Value::object(rest.map(|(name, it)| (name.clone(), it.clone())).collect()).marked(value.marks);
        Some(region)
    }

    /// `value` of the provider with the region that it is in.
    pub(super) fn put(&self, mode: ResourceMode, type_name: &str, value: &mut Value, region: &Value) {
        if !self.adds(mode, type_name) {
            return;
        }
        let Some(entries) = value.as_entries() else {
            // There is none, which is of a type all the same.
            if let Some(schema) = self.get(mode, type_name).filter(|_| value.is_null()) {
                *value = Value::null(schema.block.implied_type()).marked(value.marks);
            }
            return;
        };
        let mut entries = entries.clone();
        entries.insert(REGION.into(), region.clone());
        *value = Value::object(entries).marked(value.marks);
    }

    /// `question` as the provider is asked it, and the region that it is about; none: that of the provider.
    pub(super) fn stripped(&self, question: Question) -> (Question, Option<Value>) {
        let managed = ResourceMode::Managed;
        match question {
            Question::Validate { mode, type_name, mut config } => {
                let region = self.take(mode, &type_name, &mut config);
                (Question::Validate { mode, type_name, config }, region)
            }
            Question::ValidateProvider(_) => (question, None),
            Question::Upgrade { type_name, version, mut attributes, kept } => {
                let mut json: serde_json::Value = serde_json::from_str(&attributes).unwrap_or_default();
                let is_ours = self.adds(managed, &type_name);
                let region = json.as_object_mut().filter(|_| is_ours).and_then(|it| it.shift_remove(REGION));
                if region.is_some() {
                    attributes = json.to_string().into();
                }
                let region = region.as_ref().and_then(serde_json::Value::as_str).map(Value::string);
                (Question::Upgrade { type_name, version, attributes, kept }, region)
            }
            Question::Read { type_name, mut object, kept, meta } => {
                let region = self.take(managed, &type_name, &mut object);
                (Question::Read { type_name, object, kept, meta }, region)
            }
            Question::Import { type_name, id, meta } => match id.rsplit_once('@') {
                // As release 6 has it.
                Some((id, region)) if self.adds(managed, &type_name) && is_region(region) => {
                    (Question::Import { type_name, id: id.into(), meta }, Some(Value::string(region)))
                }
                _ => (Question::Import { type_name, id, meta }, None),
            },
            Question::Plan { type_name, mut planning } => {
                let region =
                    self.taken(&type_name, [&mut planning.proposed, &mut planning.prior, &mut planning.config]);
                (Question::Plan { type_name, planning }, region)
            }
        }
    }

    pub(super) fn stripped_change(&self, type_name: &str, change: &mut Applying) -> Option<Value> {
        self.taken(type_name, [&mut change.planned, &mut change.prior, &mut change.config])
    }

    /// Takes the region out of all, and gives that of the first that has one.
    fn taken(&self, type_name: &str, values: [&mut Value; 3]) -> Option<Value> {
        let taken = values.map(|it| self.take(ResourceMode::Managed, type_name, it));
        taken.into_iter().flatten().find(|it| !it.is_null())
    }

    /// `reply` with the region that it is about. An object that is to be in another region is another one.
    pub(super) fn answered(&self, type_name: &str, reply: &mut Reply, region: &Value, before: Option<&Value>) {
        self.put(ResourceMode::Managed, type_name, &mut reply.object, region);
        if before.is_some_and(|it| it != region) && self.adds(ResourceMode::Managed, type_name) {
            reply.replace.push(Path::attribute(REGION));
        }
    }

    /// Whether state does not say the region of the object, and neither does the configuration: it is the provider's, which is no change
    /// until a read tells it.
    pub(super) fn leaves(planning: &Planning) -> bool {
        let says = |it: &Value| it.get(REGION).is_some_and(|it| !it.is_null());
        planning.prior.as_entries().is_some() && !says(&planning.prior) && !says(&planning.config)
    }

    /// Whether a plan has left the region unsaid, which then stays so: what was planned is what comes of it.
    pub(super) fn left(planned: &Value) -> bool {
        planned.get(REGION).is_some_and(Value::is_null)
    }

    /// The region that the prior object of a plan is in.
    pub(super) fn before(planning: &Planning) -> Option<Value> {
        planning.prior.get(REGION).filter(|it| !it.is_null()).cloned()
    }
}

impl Further for Regional {
    fn get(&self, mode: ResourceMode, type_name: &str) -> Option<&Arc<Schema>> {
        let own = self.told.get(mode, type_name)?;
        if !self.adds(mode, type_name) {
            return Some(own);
        }
        let make = || {
            let mut schema = (**own).clone();
            let region = Attribute::new(Type::String, Source::OptionalComputed);
            schema.block.attributes.insert(REGION.into(), region);
            Some(Arc::new(schema))
        };
        self.schemas.get(&(mode, type_name.into()))?.get_or_init(make).as_ref()
    }

    fn problem(&self, mode: ResourceMode, type_name: &str) -> Option<Problem> {
        self.told.problem(mode, type_name)
    }

    fn names(&self, mode: ResourceMode) -> Vec<&'static str> {
        self.told.names(mode)
    }

    fn traits(&self) -> Traits {
        self.told.traits()
    }
}

/// Whether it looks like the name of one: `us-gov-east-1`.
fn is_region(text: &str) -> bool {
    let is_part = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_lowercase());
    match text.rsplit_once('-') {
        Some((name, number)) => {
            number.parse::<u8>().is_ok() && name.split('-').count() >= 2 && name.split('-').all(is_part)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An object that was made before anything said a region stays as it is.
    #[test]
    fn a_region_that_nobody_says_is_no_change() {
        let none = || Value::null(Type::String);
        let here = || Value::string("eu-central-1");
        let object = |region: Value| Value::object([(REGION.into(), region)].into());
        for (prior, config, expected) in [
            (object(none()), object(none()), true),
            (object(none()), object(here()), false),
            (object(here()), object(none()), false),
            (Value::null(Type::Any), object(none()), false),
        ] {
            let kept = crate::provider::Kept::default();
            let planning = Planning { prior, proposed: config.clone(), config, kept, meta: None };
            assert_eq!(Regional::leaves(&planning), expected, "{planning:?}");
        }
        for (planned, expected) in [(object(none()), true), (object(here()), false), (Value::null(Type::Any), false)] {
            assert_eq!(Regional::left(&planned), expected, "{planned:?}");
        }
    }

    #[test]
    fn regions_look_like_regions() {
        for (text, expected) in [
            ("eu-central-1", true),
            ("us-gov-east-1", true),
            ("central-1", false),
            ("example.com", false),
            ("eu-central-x", false),
            ("", false),
        ] {
            assert_eq!(is_region(text), expected, "{text}");
        }
    }
}

//! Finds out what came of the calls that a killed run had under way.
//!
//! A create is looked up by its token, creation tag or natural key: what is found is taken into state, what is not
//! was not made. An update or delete needs no answer: the next plan reads what is there.

use super::tempo::{Backoff, Tempo};
use crate::{
    address::{InstanceAddress, ProviderSource},
    diagnostic::{Diagnostic, Diagnostics},
    plan::{ProviderKey, recorded},
    product::COMMAND,
    provider::{Class, ConfiguredProvider, Created, Creation, Problem, ResourceSchema},
    state::{Effect, Intent, Object, ObjectError, OpenState, Outcome},
    value::{Marks, PathStep},
};
use futures::future;
use std::sync::Arc;
use tokio::time::{Instant, sleep};

/// What was intended, and what was found of it.
type Searched = (Intent, Arc<Object>, ResourceSchema, Result<Option<Created>, Problem>);

/// Resolves the intents that a killed run left open. What could not be looked up stays open, with an error. Where
/// `provider` gives none, its configuration is not known yet: what it made stays open without one.
pub async fn recover(
    open: &mut OpenState,
    mut provider: impl FnMut(&ProviderKey) -> Result<Option<Arc<dyn ConfiguredProvider>>, Diagnostics>,
    schema: impl Fn(&ProviderSource, &str) -> Option<ResourceSchema>,
    tempo: &Tempo,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut outcomes = Vec::new();
    let mut searches = Vec::new();
    for intent in open.unresolved.clone() {
        let resource = schema(&intent.provider.source, &intent.address.resource.type_name);
        let Some(planned) = intent.planned.clone() else {
            outcomes.push(outcome(&intent, Effect::FailedCleanly));
            continue;
        };
        // Somebody has to look: see `lost`.
        let Some(resource) = resource.filter(|it| !it.traits.asked) else { continue };
        if !resource.traits.findable {
            diagnostics.push(may_exist(&intent));
            outcomes.push(outcome(&intent, Effect::FailedCleanly));
            continue;
        }
        let key = ProviderKey { address: intent.provider.clone(), module: intent.provider_module.clone() };
        match provider(&key) {
            Ok(Some(provider)) => searches.push(search(intent, planned, resource, provider, tempo)),
            Ok(None) => {}
            Err(found) => diagnostics.extend(found),
        }
    }
    for (intent, planned, resource, found) in future::join_all(searches).await {
        let effect = match found {
            Ok(None) => Ok(Effect::FailedCleanly),
            Ok(Some(created)) => adopt(&planned, &resource, &created)
                .map(|object| Effect::Object(Arc::new(object)))
                .map_err(|error| Problem::fatal("Provider produced an invalid object", error.to_string())),
            Err(problem) => Err(problem),
        };
        match effect {
            Ok(effect) => outcomes.push(outcome(&intent, effect)),
            Err(problem) => diagnostics.push(not_looked_up(&intent, problem)),
        }
    }
    if !outcomes.is_empty()
        && let Err(error) = open.record(&outcomes)
    {
        diagnostics.push(error);
    }
    diagnostics
}

/// What a run that was cut off had its provider, another program, make, or one that is not here any more: nobody but a person can find out
/// what came of it. So nothing is planned before that person has said it.
pub fn lost<'i>(
    unresolved: impl IntoIterator<Item = &'i Intent>,
    schema: impl Fn(&ProviderSource, &str) -> Option<ResourceSchema>,
) -> Diagnostics {
    let is_lost = |it: &&Intent| {
        let resource = schema(&it.provider.source, &it.address.resource.type_name);
        it.planned.is_some() && resource.is_none_or(|it| it.traits.asked)
    };
    unresolved.into_iter().filter(is_lost).map(look_for_it).collect()
}

/// Records what somebody has found out of an object that a run made when it was cut off; whether there was such a run.
pub fn settle(open: &mut OpenState, address: &InstanceAddress, effect: &Effect) -> Result<bool, Diagnostic> {
    let intents = open.unresolved.iter().filter(|it| it.address == *address && it.planned.is_some());
    let outcomes: Vec<Outcome> = intents.map(|it| outcome(it, effect.clone())).collect();
    if !outcomes.is_empty() {
        open.record(&outcomes)?;
    }
    Ok(!outcomes.is_empty())
}

/// How many attributes of an object are told.
const TOLD: usize = 12;

fn look_for_it(intent: &Intent) -> Diagnostic {
    let Intent { address, provider, .. } = intent;
    let at = intent.at.as_ref().map_or_else(String::new, |at| format!(" at {at}"));
    let mut detail = format!(
        "A run was cut off{at} while the provider {} made {address}, so that it may exist. Only who looks for it can tell.",
        provider.source
    );
    let told = intent.planned.as_deref().map(told).unwrap_or_default();
    if !told.is_empty() {
        detail += &format!(" What was being made:\n{told}");
    }
    Diagnostic::error("Interrupted create not found out", detail).on(address).hint(how_to_settle(address))
}

/// What somebody who has looked for an object does next.
pub(super) fn how_to_settle(address: &InstanceAddress) -> String {
    let quoted = |text: String| if text.contains(['"', '[']) { format!("'{text}'") } else { text };
    let address = quoted(address.to_string());
    format!(
        "If it is there, take it into state with `{COMMAND} import {address} ID`, or delete it. If it is not there, or is deleted: \
         `{COMMAND} state forget-intent {address}`."
    )
}

/// What of a planned object says which one it is: its arguments that are a word, without those that are secret.
fn told(object: &Object) -> String {
    let attributes: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(object.attributes.get()).unwrap_or_default();
    let is_secret = |name: &str| {
        object
            .sensitive_paths
            .iter()
            .any(|it| matches!(it.0.first(), Some(PathStep::Attribute(first)) if **first == *name))
    };
    let is_word = |it: &serde_json::Value| it.is_string() || it.is_number() || it.is_boolean();
    let words = attributes.iter().filter(|(name, it)| is_word(it) && !is_secret(name));
    words.take(TOLD).map(|(name, it)| format!("\n  {name} = {it}")).collect()
}

/// Asks until the object is found or has had the time to become visible.
async fn search(
    intent: Intent,
    planned: Arc<Object>,
    resource: ResourceSchema,
    provider: Arc<dyn ConfiguredProvider>,
    tempo: &Tempo,
) -> Searched {
    let ty = resource.schema.block.implied_type();
    let attributes = match planned.decode(&ty) {
        Ok(value) => value.without_marks(),
        Err(error) => return (intent, planned, resource, Err(Problem::fatal("Damaged intent", error.to_string()))),
    };
    let creation = Creation { planned: attributes.clone(), config: attributes, token: intent.token.clone() };
    let type_name = intent.address.resource.type_name.clone();
    let visible_by = Instant::now() + tempo.lost(&resource.traits);
    let deadline = Instant::now() + tempo.throttled;
    let mut backoff = Backoff::new(tempo);
    let found = loop {
        let now = Instant::now();
        match provider.find(&type_name, &creation).await {
            Ok(None) if now < visible_by => {}
            Err(problem) if problem.class == Class::Throttled && now < deadline => {}
            found => break found,
        }
        sleep(backoff.pause()).await;
    };
    (intent, planned, resource, found)
}

/// The object as the next plan will find it in state: what create gave, which reading then completes.
fn adopt(planned: &Object, resource: &ResourceSchema, created: &Created) -> Result<Object, ObjectError> {
    let marks: Vec<_> = planned.sensitive_paths.iter().map(|path| (path.clone(), Marks::SENSITIVE)).collect();
    let attributes = created.attributes.without_unknowns().with_marks_at(&marks);
    recorded::changed(planned, &attributes, &resource.schema)
}

fn outcome(intent: &Intent, effect: Effect) -> Outcome {
    Outcome {
        sequence: intent.sequence,
        address: intent.address.clone(),
        deposed: intent.deposed.clone(),
        provider: intent.provider.clone(),
        effect,
    }
}

fn may_exist(intent: &Intent) -> Diagnostic {
    Diagnostic::warning(
        "Object may have been made twice",
        format!(
            "A run was cut off while it made {}. Whether that took effect cannot be found out for this type.",
            intent.address
        ),
    )
    .on(&intent.address)
    .hint("Look for it, and import or delete it, before the next apply.")
}

fn not_looked_up(intent: &Intent, problem: Problem) -> Diagnostic {
    let detail = format!(
        "A run was cut off while it made {}, and looking it up failed. {}: {}",
        intent.address, problem.summary, problem.detail
    );
    let diagnostic = Diagnostic::error("Interrupted create not found out", detail).on(&intent.address);
    Diagnostic { hint: problem.hint, cause: problem.cause.map(|it| it.name), ..diagnostic }
}

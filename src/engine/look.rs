//! Answers what planning asks: one batch for each provider and type, all batches at the same time.

use super::tempo::{Backoff, Tempo};
use crate::{
    address::{InstanceAddress, Name, ResourceMode},
    diagnostic::Diagnostics,
    plan::{Lookup, ObjectKey, ProviderKey, Snapshot, World},
    provider::{Class, ConfiguredProvider, Found, Known, Result},
    value::Value,
};
use futures::future;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tokio::time::{Instant, sleep};

/// What makes questions one batch.
type Kind = (ProviderKey, ResourceMode, Name);

/// Looks everything up and adds the answers to `snapshot`; what cannot be read is recorded as its object's problem.
///
/// Fails only where a provider cannot be configured, and then for all such providers, before any request.
pub async fn look(
    lookups: Vec<Lookup>,
    snapshot: &mut Snapshot,
    mut provider: impl FnMut(&ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics>,
    tempo: &Tempo,
) -> Result<(), Diagnostics> {
    let mut objects: BTreeMap<Kind, (Vec<ObjectKey>, Vec<Known>)> = BTreeMap::new();
    let mut data: BTreeMap<Kind, (Vec<InstanceAddress>, Vec<Value>)> = BTreeMap::new();
    for lookup in lookups {
        match lookup {
            Lookup::Object(key, provider, known) => {
                let (keys, questions) = objects.entry(kind(provider, &key.address)).or_default();
                keys.push(key);
                questions.push(known);
            }
            Lookup::Data(address, provider, config) => {
                let (addresses, questions) = data.entry(kind(provider, &address)).or_default();
                addresses.push(address);
                questions.push(config);
            }
            // Those are put by `ask`.
            Lookup::Ask(..) => {}
        }
    }

    let mut providers = BTreeMap::new();
    let mut diagnostics = Diagnostics::new();
    for (key, ..) in objects.keys().chain(data.keys()) {
        if !providers.contains_key(key) {
            let configured = provider(key).map_err(|found| diagnostics.extend(found)).ok();
            providers.insert(key.clone(), configured);
        }
    }
    let Some(providers) = providers
        .into_iter()
        .map(|(key, configured)| Some((key, configured?)))
        .collect::<Option<BTreeMap<ProviderKey, Arc<dyn ConfiguredProvider>>>>()
    else {
        return Err(diagnostics);
    };

    let objects = future::join_all(objects.into_iter().map(async |((key, _, type_name), (keys, questions))| {
        let provider = &providers[&key];
        let answers = ask(&questions, tempo, async |some| provider.read(&type_name, some).await).await;
        keys.into_iter().zip(answers).collect::<Vec<(ObjectKey, Result<Found>)>>()
    }));
    let data = future::join_all(data.into_iter().map(async |((key, mode, type_name), (addresses, questions))| {
        let provider = &providers[&key];
        let read = async |some: &[Value]| match mode {
            ResourceMode::Ephemeral => provider.open(&type_name, some).await,
            ResourceMode::Data | ResourceMode::Managed => provider.read_data(&type_name, some).await,
        };
        let answers = ask(&questions, tempo, read).await;
        addresses.into_iter().zip(answers).collect::<Vec<(InstanceAddress, Result<Value>)>>()
    }));
    let (objects, data) = future::join(objects, data).await;
    snapshot.objects.extend(objects.into_iter().flatten());
    snapshot.data.extend(data.into_iter().flatten());
    Ok(())
}

/// Asks the providers of `world` that are not in `checked` yet whether they may be used.
pub async fn check_providers(world: &World, checked: &mut BTreeSet<ProviderKey>) -> Result<(), Diagnostics> {
    let new = world.configured().into_iter().filter(|(key, _)| checked.insert(key.clone()));
    let answers = future::join_all(new.map(async |(key, provider)| (key, provider.check().await))).await;
    refused(world, answers)
}

/// Asks the providers of `world` whether their credentials are accepted.
pub async fn confirm_providers(world: &World) -> Result<(), Diagnostics> {
    let all = world.configured().into_iter();
    let answers = future::join_all(all.map(async |(key, provider)| (key, provider.confirm().await))).await;
    refused(world, answers)
}

fn refused(world: &World, answers: Vec<(ProviderKey, Result<()>)>) -> Result<(), Diagnostics> {
    let refused = |(key, answer): (ProviderKey, Result<()>)| Some(world.diagnose_provider(&key, &answer.err()?));
    let refused: Diagnostics = answers.into_iter().filter_map(refused).collect();
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

fn kind(provider: ProviderKey, address: &InstanceAddress) -> Kind {
    (provider, address.resource.mode, address.resource.type_name.clone())
}

/// Puts the questions, and those that a rate limit left without an answer again and again until it lets them through
/// or patience ends. Answers in the order of `questions`.
async fn ask<Q: Clone, A>(
    questions: &[Q],
    tempo: &Tempo,
    mut read: impl AsyncFnMut(&[Q]) -> Vec<Result<A>>,
) -> Vec<Result<A>> {
    let mut answers: Vec<Result<A>> = read(questions).await;
    let deadline = Instant::now() + tempo.throttled;
    let mut backoff = Backoff::new(tempo);
    loop {
        let open: Vec<usize> = (0..answers.len()).filter(|at| is_throttled(&answers[*at])).collect();
        if open.is_empty() || Instant::now() >= deadline {
            return answers;
        }
        sleep(backoff.pause()).await;
        let again: Vec<Q> = open.iter().map(|at| questions[*at].clone()).collect();
        for (at, answer) in open.into_iter().zip(read(&again).await) {
            answers[at] = answer;
        }
    }
}

fn is_throttled<A>(answer: &Result<A>) -> bool {
    matches!(answer, Err(problem) if problem.class == Class::Throttled)
}

#[cfg(test)]
mod tests;

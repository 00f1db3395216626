//! Answers what planning asks: one batch for each provider and type, all batches at the same time.

use super::{
    ask::Refusals,
    tempo::{Backoff, Tempo},
};
use crate::{
    address::{InstanceAddress, Name, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics},
    plan::{Lookup, ObjectKey, ProviderKey, Snapshot, World},
    provider::{Class, ConfiguredProvider, Found, Known, Problem, Result, Told, Wanted},
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
/// Fails only where a provider cannot be configured, and then for all such providers, before any request; or where one that is
/// another program turns out not to take its configuration, which `refused` tells.
pub async fn look(
    lookups: Vec<Lookup>,
    snapshot: &mut Snapshot,
    mut provider: impl FnMut(&ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics>,
    refused: impl Fn(&ProviderKey, &Problem) -> Diagnostic,
    tempo: &Tempo,
) -> Result<(), Diagnostics> {
    let mut objects: BTreeMap<Kind, (Vec<ObjectKey>, Vec<Known>)> = BTreeMap::new();
    let mut data: BTreeMap<Kind, (Vec<InstanceAddress>, Vec<Wanted>)> = BTreeMap::new();
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
        let answers = ask(&questions, tempo, async |some| provider.look(mode, &type_name, some).await).await;
        let answers = addresses.into_iter().zip(answers).collect::<Vec<(InstanceAddress, Result<Told>)>>();
        (key, answers)
    }));
    let (objects, data) = future::join(objects, data).await;
    snapshot.objects.extend(objects.into_iter().flatten());
    let mut not_taken = Refusals::default();
    for (key, answers) in data {
        answers.iter().for_each(|it| not_taken.note(&key, it.1.as_ref().err()));
        for (address, answer) in answers {
            let (value, said) = answer.map_or_else(|it| (Err(it), Vec::new()), parted);
            if !said.is_empty() {
                snapshot.said.insert(address.clone(), said);
            }
            snapshot.data.insert(address, value);
        }
    }
    not_taken.told(refused)
}

/// The value, or the first error in its place, and what is to be said besides.
pub(super) fn parted(told: Told) -> (Result<Value>, Vec<Problem>) {
    let mut problems = told.problems;
    let error = problems.iter().position(Problem::is_error).map(|at| problems.remove(at));
    (error.map_or(Ok(told.value), Err), problems)
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

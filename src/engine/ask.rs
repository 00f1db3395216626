//! Puts the questions of planning to providers that are other programs, as many at once as may be.

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    plan::{self, Lookup, ProviderKey, Setting, Snapshot},
    provider::{ConfiguredProvider, Problem, Provider, Reply, Result},
};
use futures::{StreamExt, stream};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// How many questions are open at once, as with Terraform.
const AT_ONCE: usize = 10;

/// Who is asked: a provider that is configured, or one that need not be.
enum Asked {
    Configured(Arc<dyn ConfiguredProvider>),
    Unconfigured(Arc<dyn Provider>),
}

/// Providers that are other programs and do not take their configuration, which only comes out when they are asked something.
#[derive(Default)]
pub(super) struct Refusals(BTreeMap<ProviderKey, Problem>);

impl Refusals {
    pub(super) fn note(&mut self, key: &ProviderKey, problem: Option<&Problem>) {
        if let Some(problem) = problem.filter(|it| it.is_of_configuration()) {
            self.0.entry(key.clone()).or_insert_with(|| problem.clone());
        }
    }

    /// One error for each, whatever they were asked.
    pub(super) fn told(self, refused: impl Fn(&ProviderKey, &Problem) -> Diagnostic) -> Result<(), Diagnostics> {
        let found: Diagnostics = self.0.iter().map(|(key, problem)| refused(key, problem)).collect();
        if found.is_empty() { Ok(()) } else { Err(found) }
    }
}

/// Everything that can be said of a configuration without values, with what its providers say of it.
pub async fn validate(setting: Setting) -> Diagnostics {
    let mut snapshot = Snapshot::default();
    loop {
        let (found, wanted) = plan::validate(setting.clone(), &snapshot);
        if wanted.is_empty() {
            return found;
        }
        let definition = |key: &ProviderKey| setting.providers.get(&key.address.source).cloned();
        // What is asked here needs no configuration.
        let refused = |_: &_, problem: &Problem| Diagnostic::error(&problem.summary, &problem.detail);
        if let Err(found) = ask(wanted, &mut snapshot, definition, |_| Err(Diagnostics::new()), refused).await {
            return found;
        }
    }
}

/// Asks what of `lookups` is to be asked and adds the answers to `snapshot`; the other lookups are given back.
///
/// Fails only where a provider cannot be configured, and then for all such providers, before anything is asked; or where one that is
/// another program turns out not to take its configuration, which `refused` tells.
pub async fn ask(
    lookups: Vec<Lookup>,
    snapshot: &mut Snapshot,
    definition: impl Fn(&ProviderKey) -> Option<Arc<dyn Provider>>,
    mut provider: impl FnMut(&ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics>,
    refused: impl Fn(&ProviderKey, &Problem) -> Diagnostic,
) -> Result<Vec<Lookup>, Diagnostics> {
    let (mut others, mut questions, mut diagnostics) = (Vec::new(), Vec::new(), Diagnostics::new());
    let mut configured = HashMap::new();
    for lookup in lookups {
        let Lookup::Ask(of, key, question) = lookup else {
            others.push(lookup);
            continue;
        };
        let who = if question.needs_configuration() {
            let known = configured.entry(key.clone()).or_insert_with(|| {
                let known = provider(&key);
                known.map_err(|found| diagnostics.extend(found)).ok()
            });
            known.clone().map(Asked::Configured)
        } else {
            definition(&key).map(Asked::Unconfigured)
        };
        questions.extend(who.map(|who| (of, key, who, question)));
    }
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let answers = stream::iter(questions).map(async |(of, key, who, question)| {
        let answer: Result<Reply> = match who {
            Asked::Configured(provider) => provider.ask(question.clone()).await,
            Asked::Unconfigured(provider) => provider.ask(question.clone()).await,
        };
        (key, of, question, answer)
    });
    let mut answers = std::pin::pin!(answers.buffer_unordered(AT_ONCE));
    let mut not_taken = Refusals::default();
    while let Some((key, of, question, answer)) = answers.next().await {
        not_taken.note(&key, answer.as_ref().err());
        snapshot.answers.insert(of, question, answer);
    }
    not_taken.told(refused).map(|()| others)
}

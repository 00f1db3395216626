//! Puts the questions of planning to providers that are other programs, as many at once as may be.

use crate::{
    diagnostic::Diagnostics,
    plan::{self, Answers, Lookup, ProviderKey, Setting, Snapshot},
    provider::{ConfiguredProvider, Provider, Reply, Result},
};
use futures::{StreamExt, stream};
use std::{collections::HashMap, sync::Arc};

/// How many questions are open at once, as with Terraform.
const AT_ONCE: usize = 10;

/// Who is asked: a provider that is configured, or one that need not be.
enum Asked {
    Configured(Arc<dyn ConfiguredProvider>),
    Unconfigured(Arc<dyn Provider>),
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
        if let Err(found) = ask(wanted, &mut snapshot, definition, |_| Err(Diagnostics::new())).await {
            return found;
        }
    }
}

/// Asks what of `lookups` is to be asked and adds the answers to `snapshot`; the other lookups are given back.
///
/// Fails only where a provider cannot be configured, and then for all such providers, before anything is asked.
pub async fn ask(
    lookups: Vec<Lookup>,
    snapshot: &mut Snapshot,
    definition: impl Fn(&ProviderKey) -> Option<Arc<dyn Provider>>,
    mut provider: impl FnMut(&ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics>,
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
        questions.extend(who.map(|who| (of, who, question)));
    }
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let answers = stream::iter(questions).map(async |(of, who, question)| {
        let answer: Result<Reply> = match who {
            Asked::Configured(provider) => provider.ask(question.clone()).await,
            Asked::Unconfigured(provider) => provider.ask(question.clone()).await,
        };
        (of, (question, answer))
    });
    let answers: Answers = answers.buffer_unordered(AT_ONCE).collect().await;
    snapshot.answers.extend(answers);
    Ok(others)
}

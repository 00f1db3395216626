//! What providers that are other programs have been asked, and answered. A question that has no answer yet is wanted, and who asked
//! it comes back in the next round.

use super::{Lookup, ObjectKey, ProviderKey, Snapshot, world::World};
use crate::{
    address::InstanceAddress,
    provider::{Problem, Question, Reply, Result},
    value::Value,
};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    sync::Arc,
};

/// What an answer is for. Of one purpose only the last question counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// Whether the arguments of a provider are right.
    Provider(ProviderKey),
    /// Something about an object.
    Object(Purpose, ObjectKey),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    Validate,
    Upgrade,
    Read,
    Import,
    Plan,
    /// The plan of the object that replaces one.
    Replace,
    Delete,
}

/// An answer with its question: to another question it is none.
pub(super) type Answered = Arc<(Question, Result<Reply>)>;

/// Answers by what they are for, and in the order in which they came: whoever has seen some looks at the later ones only, however
/// many rounds there are.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    last: HashMap<Asked, Answered>,
    all: Vec<(Asked, Answered)>,
}

impl Answers {
    pub fn get(&self, of: &Asked) -> Option<&Answered> {
        self.last.get(of)
    }

    pub fn insert(&mut self, of: Asked, question: Question, answer: Result<Reply>) {
        let answered = Arc::new((question, answer));
        self.last.insert(of.clone(), answered.clone());
        self.all.push((of, answered));
    }
}

#[derive(Default)]
pub(super) struct Questions {
    answers: RefCell<HashMap<Asked, Answered>>,
    /// How many of the snapshot's are among them.
    seen: Cell<usize>,
    wanted: RefCell<Vec<Lookup>>,
}

impl Questions {
    /// Takes in what was answered since.
    pub(super) fn take_in(&self, snapshot: &Snapshot) {
        let all = &snapshot.answers.all;
        let new = all.get(self.seen.replace(all.len())..).unwrap_or_default();
        self.answers.borrow_mut().extend(new.iter().cloned());
    }

    /// The answer, if there is one; otherwise the question is wanted.
    fn ask(&self, of: Asked, provider: &ProviderKey, question: Question) -> Option<Result<Reply>> {
        if let Some(answered) = self.answers.borrow().get(&of)
            && answered.0 == question
        {
            return Some(answered.1.clone());
        }
        self.wanted.borrow_mut().push(Lookup::Ask(of, provider.clone(), question));
        None
    }

    /// What has to be asked before it goes on.
    pub(super) fn take_wanted(&self) -> Vec<Lookup> {
        let mut wanted = self.wanted.take();
        // The same is wanted once, however often it was come by.
        let mut seen = std::collections::HashSet::new();
        wanted.retain(|it| !matches!(it, Lookup::Ask(of, ..) if !seen.insert(of.clone())));
        wanted
    }

    pub(super) fn any_wanted(&self) -> bool {
        !self.wanted.borrow().is_empty()
    }
}

impl World {
    /// Asks something about an object.
    pub(super) fn ask(
        &self,
        purpose: Purpose,
        object: &ObjectKey,
        provider: &ProviderKey,
        question: Question,
    ) -> Option<Result<Reply>> {
        self.questions.ask(Asked::Object(purpose, object.clone()), provider, question)
    }

    /// What is wrong with the arguments of a provider; none as long as it was not asked.
    pub(super) fn ask_of_provider(&self, provider: &ProviderKey, config: &Value) -> Option<Vec<Problem>> {
        let config = config.strip_marks().0;
        let definition = self.definition(&provider.address.source)?;
        if !definition.is_asked(None) {
            return Some(definition.validate_configuration(&config));
        }
        let question = Question::ValidateProvider(config);
        self.questions.ask(Asked::Provider(provider.clone()), provider, question).map(problems)
    }

    /// What a provider has against the arguments of a block; none as long as it was not asked.
    pub(super) fn ask_of_config(
        &self,
        instance: &InstanceAddress,
        provider: &ProviderKey,
        config: &Value,
    ) -> Option<Vec<Problem>> {
        let resource = &instance.resource;
        let Some(definition) = self.definition(&provider.address.source) else { return Some(Vec::new()) };
        let config = config.strip_marks().0;
        if !definition.is_asked(Some((resource.mode, &resource.type_name))) {
            return Some(definition.validate(resource.mode, &resource.type_name, &config));
        }
        let (mode, type_name) = (resource.mode, resource.type_name.clone());
        let key = ObjectKey { address: instance.clone(), deposed: None };
        self.ask(Purpose::Validate, &key, provider, Question::Validate { mode, type_name, config }).map(problems)
    }
}

fn problems(answer: Result<Reply>) -> Vec<Problem> {
    match answer {
        Ok(reply) => reply.problems,
        Err(problem) => vec![problem],
    }
}

//! A change that its provider, another program, plans once more with all that is known now and then makes as a whole.
//!
//! | failed | the object | next plan |
//! |---|---|---|
//! | planning it once more | is as it was | the same |
//! | a create, with an object | is tainted, as in Terraform | replace |
//! | a create, with none | does not exist | create |
//! | an update or delete | is what the provider says that it is | what is left |
//! | the answer of a create | may exist; the intent stays in the journal | somebody has to look |
//! | the answer of an update or delete | is read by the next plan | what is left |

use super::{Failure, Left, Message, Run};
use crate::{
    address::InstanceAddress,
    diagnostic::{Diagnostic, Diagnostics},
    lang::configuration::IgnoreChanges,
    plan::{
        accept::{self, Of},
        ignored, planning,
    },
    provider::{Applying, Class, Kept, Problem, Question},
    schema::Schema,
    value::Value,
};
use std::sync::Arc;

/// The change. Values have no marks.
pub(in crate::engine) struct Whole {
    pub address: InstanceAddress,
    pub schema: Arc<Schema>,
    /// Null where there is no object.
    pub prior: Value,
    /// As it was planned; null where it is to go.
    pub promised: Value,
    pub config: Value,
    pub kept: Kept,
    pub ignore: IgnoreChanges,
}

impl Run {
    pub(super) async fn change(&self, change: Whole) -> Result<Value, Failure> {
        let (planned, kept) = if change.promised.is_null() {
            (change.promised.clone(), change.kept.clone())
        } else {
            self.plan(&change).await?
        };
        let applying =
            Applying { prior: change.prior.clone(), planned: planned.clone(), config: change.config.clone(), kept };
        let reply = match self.kind.provider.apply(&self.kind.type_name, applying).await {
            Ok(reply) => reply,
            // What was changed or deleted can be read; of what was made nobody knows what it is called.
            Err(problem) => {
                let is_lost = problem.class == Class::OutcomeUnknown && change.prior.is_null();
                let left = if is_lost { Left::Uncertain } else { Left::Unchanged };
                return Err(Failure { problem, left });
            }
        };
        let action = match (change.prior.is_null(), change.promised.is_null()) {
            (true, _) => "Create",
            (_, true) => "Delete",
            _ => "Update",
        };
        let (object, found) = accept::applied(self.of(&change), action, &planned, &reply);
        let id = object.get("id").and_then(Value::as_str).map(str::to_owned);
        let (errors, others) = parted(reply.problems, found);
        let mut errors = errors.into_iter();
        let Some(error) = errors.next() else {
            self.tell(Message::Told { step: self.step, kept: reply.kept, id, problems: others });
            return Ok(object);
        };
        let problems = others.into_iter().chain(errors).collect();
        self.tell(Message::Told { step: self.step, kept: reply.kept, id, problems });
        let left = match (change.prior.is_null(), change.promised.is_null(), object.is_null()) {
            (_, true, true) => Left::Gone,
            (_, _, true) => Left::Unchanged,
            (is_new, ..) => Left::Object { attributes: object, tainted: is_new },
        };
        Err(Failure { problem: error, left })
    }

    /// As Terraform does: with what has become known since, the provider plans again, and must not plan anything else.
    async fn plan(&self, change: &Whole) -> Result<(Value, Kept), Failure> {
        let Whole { address, schema, prior, config, .. } = change;
        let type_name = self.kind.type_name.clone();
        let question = Question::Plan { type_name, planning: planning(schema, prior, config, change.kept.clone()) };
        let mut reply = self.kind.provider.ask(question).await.map_err(Failure::unchanged)?;
        let (errors, _) = parted(std::mem::take(&mut reply.problems), Diagnostics::new());
        if let Some(error) = errors.into_iter().next() {
            return Err(Failure::unchanged(error));
        }
        let again = |planned| if prior.is_null() { planned } else { ignored(&change.ignore, planned, prior) };
        let refused = |found: Diagnostics| {
            let (errors, _) = parted(Vec::new(), found);
            let unknown = || Problem::fatal("Provider produced invalid plan", address.to_string());
            Failure::unchanged(errors.into_iter().next().unwrap_or_else(unknown))
        };
        let planned = accept::planned(self.of(change), &reply, (prior, config), again).map_err(refused)?;
        if let Err(found) = accept::finally(self.of(change), &change.promised, &planned) {
            return Err(refused(found));
        }
        Ok((planned, reply.kept))
    }

    fn of<'a>(&'a self, change: &'a Whole) -> Of<'a> {
        Of { provider: &self.kind.key, address: &change.address, schema: &change.schema }
    }
}

/// The errors and the rest of what a provider said and what is wrong with its answer.
fn parted(said: Vec<Problem>, found: Diagnostics) -> (Vec<Problem>, Vec<Problem>) {
    let problem = |it: Diagnostic| {
        let severity = it.severity;
        Problem { severity, hint: it.hint, ..Problem::fatal(it.summary, it.detail) }
    };
    let all = said.into_iter().chain(found.into_iter().map(problem));
    all.partition(Problem::is_error)
}

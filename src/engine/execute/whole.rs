//! A change that its provider, another program, plans once more with all that is known now and then makes as a whole.
//!
//! | failed | the object | next plan |
//! |---|---|---|
//! | planning it once more | is as it was | the same |
//! | a create, with an object | is tainted, as in Terraform | replace |
//! | a create, with none, as the provider says | does not exist | create |
//! | an update or delete | is what the provider says that it is | what is left |
//! | the answer of a create: lost, or nothing that can be kept | may exist; the intent stays in the journal | somebody has to look |
//! | the answer of an update or delete | is read by the next plan | what is left |

use super::{Failure, Left, Message, Run};
use crate::{
    address::InstanceAddress,
    diagnostic::{Diagnostic, Diagnostics},
    engine::recover::how_to_settle,
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
    /// Whether the provider has planned already that it goes.
    pub is_planned: bool,
    /// What its module has to say to the provider.
    pub meta: Option<Value>,
    pub ignore: IgnoreChanges,
}

impl Run {
    pub(super) async fn change(&self, change: Whole) -> Result<Value, Failure> {
        let (planned, kept) = if change.promised.is_null() {
            (change.promised.clone(), change.kept.clone())
        } else {
            self.plan(&change).await?
        };
        let applying = Applying {
            prior: change.prior.clone(),
            planned: planned.clone(),
            config: change.config.clone(),
            kept,
            is_planned: change.is_planned,
            meta: change.meta.clone(),
        };
        let reply = match self.kind.provider.apply(&self.kind.type_name, applying).await {
            Ok(reply) => reply,
            // What was changed or deleted can be read; of what was made nobody knows what it is called.
            Err(problem) if problem.class == Class::OutcomeUnknown && change.prior.is_null() => {
                return Err(may_exist(&change.address, problem));
            }
            Err(problem) => return Err(Failure::unchanged(problem)),
        };
        let action = match (change.prior.is_null(), change.promised.is_null()) {
            (true, _) => "Create",
            (_, true) => "Delete",
            _ => "Update",
        };
        let (object, found) = accept::applied(self.of(&change), action, &planned, &reply);
        let is_unread = reply.problems.iter().any(|it| it.class == Class::OutcomeUnknown);
        // Only a provider that says that it failed, and that there is nothing, has made nothing.
        let is_refused = reply.object.is_null() && !is_unread && reply.problems.iter().any(Problem::is_error);
        let id = object.get("id").and_then(Value::as_str).map(str::to_owned);
        let (errors, others) = parted(reply.problems, found);
        let mut errors = errors.into_iter();
        let Some(error) = errors.next() else {
            self.tell(Message::Told { step: self.step, kept: reply.kept, id, problems: others });
            return Ok(object);
        };
        let problems = others.into_iter().chain(errors).collect();
        self.tell(Message::Told { step: self.step, kept: reply.kept, id, problems });
        if change.prior.is_null() && object.is_null() && !is_refused {
            return Err(may_exist(&change.address, error));
        }
        let left = match (change.prior.is_null(), change.promised.is_null(), object.is_null()) {
            (_, true, true) if !is_unread => Left::Gone,
            (_, _, true) => Left::Unchanged,
            (is_new, ..) => Left::Object { attributes: object, tainted: is_new },
        };
        Err(Failure { problem: error, left })
    }

    /// As Terraform does: with what has become known since, the provider plans again, and must not plan anything else.
    async fn plan(&self, change: &Whole) -> Result<(Value, Kept), Failure> {
        let Whole { address, schema, prior, config, .. } = change;
        let type_name = self.kind.type_name.clone();
        let planning = planning(schema, prior, config, change.kept.clone(), change.meta.clone());
        let question = Question::Plan { type_name, planning };
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

/// What was to be made, and nobody knows whether it was: as after a run that was cut off, somebody has to look.
fn may_exist(address: &InstanceAddress, problem: Problem) -> Failure {
    let settle =
        format!("It may have been made all the same, so that the next plan stops at it. {}", how_to_settle(address));
    let hint = problem.hint.iter().cloned().chain([settle]).collect::<Vec<_>>().join("\n\n");
    Failure { problem: Problem { hint: Some(hint), ..problem }, left: Left::Uncertain }
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

//! The life of an object of a type that a row describes: made, read, changed, deleted. Nothing is decided here that `tell` and
//! `told` can decide without a connection.

use super::{
    Described,
    row::Step,
    scope::{Around, answered, merged},
    tags,
    tell::{self, Said},
    told,
};
use crate::{
    aws::{
        attribute::{Tags, take, with},
        client::Aws,
        error::Failed,
        naming,
        resource::{malformed, nameless},
        tagging::{Tagged, tags_of},
        tags::difference,
        wire::{Api, Failure, language},
    },
    provider::{Change, Class, Id, Known, Live, Phase, Problem, Result},
    value::{Text, Type, Value},
};
use futures::future::{join_all, try_join_all};
use std::collections::BTreeMap;

impl Described {
    fn api<'a>(&self, aws: &'a Aws) -> Api<'a> {
        aws.api(self.row.service.name)
    }

    /// What the expressions of the row see.
    async fn around(&self, aws: &Aws, attributes: &Value, id: Option<&Id>) -> Result<Around> {
        let mut around = Around::new(attributes, &aws.region);
        if let Some(id) = id {
            around = around.with("id", Value::string(&id.0));
        }
        if self.needs_account {
            around = around.with("account", Value::string(&aws.caller().await?.id));
        }
        Ok(around)
    }

    /// The problem of a call that failed.
    fn problem(&self, failure: Failure) -> Problem {
        let is_early = failure.code().is_some_and(|code| self.row.not_yet.iter().any(|it| it.text == code));
        let problem = Problem::from(failure);
        if is_early { Problem { class: Class::NotYetVisible, ..problem } } else { problem }
    }

    pub(super) async fn create(&self, aws: &Aws, planned: &Value, token: &str) -> Result<(Id, Option<Value>)> {
        let row = &self.row;
        let (around, planned) = self.to_make(aws, planned, token).await?;
        let mut input = tell::input(row, &row.create, &around, Said::All)?;
        tags::put(row, &row.create, &take::<Tags>(&planned, "tags"), &mut input);
        let operation = row.create.operation;
        let by_token = operation.input.members.iter().find(|it| it.is_token);
        if let Some(it) = by_token {
            input.entry(it.name.to_owned()).or_insert_with(|| token.into());
        }
        let sent = match by_token {
            Some(_) => self.api(aws).call(operation.name, input).await,
            None => self.api(aws).call_once(operation.name, input).await,
        };
        let answer = language::of_answer(&sent.map_err(|it| self.problem(it))?);
        let id = around.with("answer", answered(&answer, &row.create.at)).text(row, &row.id)?;
        Ok((Id(id.filter(|it| !it.is_empty()).ok_or_else(nameless)?), None))
    }

    /// The planned attributes with the name that is to be made up, alone and with what stands around them.
    async fn to_make(&self, aws: &Aws, planned: &Value, token: &str) -> Result<(Around, Value)> {
        let mut planned = planned.without_unknowns();
        if let Some(it) = &self.row.generated {
            let text = |name: &str| planned.get(name).and_then(Value::as_str).filter(|it| !it.is_empty());
            if text(&it.attribute).is_none() {
                let around = self.around(aws, &planned, None).await?;
                let suffix = match &it.suffix {
                    Some(suffix) => around.text(&self.row, suffix)?.unwrap_or_default(),
                    None => String::new(),
                };
                let name = naming::name(None, it.prefix.as_deref().and_then(text), token) + &suffix;
                planned = with(&planned, &it.attribute, Value::string(name));
            }
        }
        let around = self.around(aws, &planned, None).await?.with("token", Value::string(token));
        Ok((around, planned))
    }

    pub(super) async fn read(&self, aws: &Aws, objects: &[Known]) -> Result<BTreeMap<Id, Result<Live>>> {
        let first = self.row.reads.first().filter(|it| it.batch.is_some());
        let mut batched = match first {
            Some(step) => Some(self.batch(aws, step, objects).await?),
            None => None,
        };
        // What a listing leaves out is gone; of the others the rest is read one by one.
        let asked = objects.iter().filter_map(|known| match &mut batched {
            None => Some((known, None)),
            Some(found) => found.remove(&known.id.0).map(|it| (known, Some(it))),
        });
        let asked: Vec<_> = asked.collect();
        let answers =
            join_all(asked.into_iter().map(async |(known, told)| (known, self.answer(aws, known, told).await))).await;
        let (mut lives, mut told) = (BTreeMap::new(), Vec::new());
        for (known, answer) in answers {
            match answer {
                Ok(Some((around, answer))) => told.push((known, around, answer)),
                Ok(None) => {}
                Err(problem) => drop(lives.insert(known.id.clone(), Err(problem))),
            }
        }
        let mut tags = self.tags_of(aws, &told).await?;
        for (known, around, answer) in told {
            let tags = tags.remove(&known.id);
            lives.insert(known.id.clone(), self.live(known, &around, &answer, tags));
        }
        Ok(lives)
    }

    /// What one call tells of many objects, by their ids.
    async fn batch(&self, aws: &Aws, step: &Step, objects: &[Known]) -> Result<BTreeMap<String, Value>> {
        let calls = objects.chunks(step.batch.unwrap_or(1)).map(async |objects| {
            let ids = objects.iter().map(|it| Value::string(&it.id.0)).collect();
            let around = self.around(aws, &Value::null(Type::Any), None).await?;
            let around = around.with("ids", Value::list(Type::String, ids));
            let input = tell::input(&self.row, step, &around, Said::Required)?;
            let answer = match self.api(aws).call_all(step.operation.name, input).await {
                Ok(it) => answered(&language::of_answer(&it), &step.at),
                // Asked about one alone, the code says that it is gone; about many, it does not say which.
                Err(failure) if failure.code().is_some_and(|it| step.says_gone(it)) && objects.len() == 1 => {
                    return Ok(Vec::new());
                }
                Err(failure) => return Err(self.problem(failure)),
            };
            let items = answer.as_elements().unwrap_or_default().iter();
            let by = step.by.as_ref().ok_or_else(malformed)?;
            let named = items.map(|it| Ok((around.with("it", it.clone()).text(&self.row, by)?, it.clone())));
            named.collect::<Result<Vec<_>>>()
        });
        let told = try_join_all(calls).await?.into_iter().flatten();
        Ok(told.filter_map(|(id, it)| Some((id?, it))).collect())
    }

    /// What all reads together tell of an object; `None` if it is gone.
    async fn answer(&self, aws: &Aws, known: &Known, first: Option<Value>) -> Result<Option<(Around, Value)>> {
        let around = self.around(aws, &known.attributes, Some(&known.id)).await?;
        let skipped = usize::from(first.is_some());
        let mut answer: BTreeMap<Text, Value> =
            merged(BTreeMap::new(), &first.unwrap_or_else(|| Value::null(Type::Any)));
        for step in self.row.reads.iter().skip(skipped) {
            let now = around.with("answer", Value::object(answer.clone()));
            if !now.holds(&self.row, step.only_if.as_ref())? {
                continue;
            }
            let input = tell::input(&self.row, step, &now, Said::Required)?;
            let api = self.api(aws);
            let sent = match step.operation.pages {
                Some(_) => api.call_all(step.operation.name, input).await,
                None => api.call(step.operation.name, input).await,
            };
            let told = match sent {
                Ok(it) => answered(&language::of_answer(&it), &step.at),
                Err(failure) => match failure.code() {
                    Some(code) if step.says_gone(code) => return Ok(None),
                    Some(code) if step.says_absent(code) => Value::null(Type::Any),
                    _ => return Err(self.problem(failure)),
                },
            };
            match &step.name {
                Some(name) => drop(answer.insert(name.as_str().into(), told)),
                // There is a call, and it tells of nothing.
                None if told.is_null() && step.absent.is_empty() => return Ok(None),
                None => answer = merged(answer, &told),
            }
        }
        Ok(Some((around, Value::object(answer))))
    }

    fn live(&self, known: &Known, around: &Around, answer: &Value, tags: Option<Tags>) -> Result<Live> {
        let attributes = self.attributes(around, answer, &known.attributes, tags)?;
        let around = around.with("answer", answer.clone());
        let reason = match &self.row.failed {
            Some(it) => around.text(&self.row, it)?,
            None => None,
        };
        let phase = match reason {
            Some(reason) => Phase::Failed(reason),
            None if around.holds(&self.row, self.row.ready.as_ref())? => Phase::Ready,
            None => Phase::Pending,
        };
        Ok(Live { attributes, phase })
    }

    async fn tags_of(&self, aws: &Aws, told: &[(&Known, Around, Value)]) -> Result<BTreeMap<Id, Tags>> {
        let Some(calls) = &self.row.tags else { return Ok(BTreeMap::new()) };
        let mut around = BTreeMap::new();
        for (known, scope, answer) in told {
            let now = told::now(&self.row, &self.schema.block, scope, answer, &known.attributes)?;
            around.insert(&known.id, scope.with("answer", answer.clone()).with("now", now));
        }
        let Some(list) = &calls.list else {
            return Ok(told.iter().map(|(known, _, answer)| (known.id.clone(), tags::of_answer(answer))).collect());
        };
        let ask = async |id: &Id| {
            let scope = around.get(id).ok_or_else(malformed)?;
            let input = tell::input(&self.row, list, scope, Said::Required)?;
            match self.api(aws).call_all(list.operation.name, input).await {
                Ok(it) => Ok(tags::of_answer(&answered(&language::of_answer(&it), &list.at))),
                Err(failure) => match failure.code() {
                    Some(code) if list.says_absent(code) || list.says_gone(code) => Ok(Tags::new()),
                    _ => Err(self.problem(failure)),
                },
            }
        };
        let Some(arn) = &calls.arn else {
            let asked =
                told.iter().map(async |(known, ..)| Ok::<_, Problem>((known.id.clone(), ask(&known.id).await?)));
            return Ok(try_join_all(asked).await?.into_iter().collect());
        };
        let known_tags: BTreeMap<&Id, Option<Tags>> = told
            .iter()
            .map(|(known, ..)| {
                let has = known.attributes.get("tags").is_some();
                (&known.id, has.then(|| take::<Tags>(&known.attributes, "tags")))
            })
            .collect();
        let mut tagged = Vec::new();
        for (known, ..) in told {
            let arn = around[&known.id].text(&self.row, arn)?.ok_or_else(malformed)?;
            tagged.push(Tagged { id: &known.id, arn, known: known_tags[&known.id].as_ref() });
        }
        tags_of(aws, tagged, |it| ask(it.id)).await
    }

    pub(super) async fn update(&self, aws: &Aws, id: &Id, change: &Change) -> Result<()> {
        let (row, before) = (&self.row, change.before.without_unknowns());
        let around = self.around(aws, &change.after, Some(id)).await?.with("now", before.clone());
        let changed = self.changed(&around, &before)?;
        for step in &row.updates {
            let covers = |when: &str, it: &str| when == it || when == "*";
            let its = changed.iter().filter(|it| step.when.iter().any(|when| covers(&when.text, it)));
            let its: Vec<String> = its.cloned().collect();
            if its.is_empty() || !around.holds(row, step.only_if.as_ref())? {
                continue;
            }
            let input = tell::input(row, step, &around, Said::Changed(&its))?;
            self.api(aws).call(step.operation.name, input).await.map_err(|it| self.problem(it))?;
        }
        let Some(calls) = &row.tags else { return Ok(()) };
        let (old, new) = (take::<Tags>(&before, "tags"), take::<Tags>(&change.after, "tags"));
        let (stale, fresh) = difference(&old, &new);
        let sets_all = tags::sets_all(&calls.add);
        if !stale.is_empty() && (!sets_all || new.is_empty()) {
            let mut input = tell::input(row, &calls.remove, &around, Said::Required)?;
            tags::put_keys(&calls.remove, stale.clone(), &mut input);
            self.api(aws).call(calls.remove.operation.name, input).await.map_err(|it| self.problem(it))?;
        }
        let fresh = if sets_all && !(stale.is_empty() && fresh.is_empty()) { new } else { fresh };
        if !fresh.is_empty() {
            let mut input = tell::input(row, &calls.add, &around, Said::Required)?;
            tags::put(row, &calls.add, &fresh, &mut input);
            self.api(aws).call(calls.add.operation.name, input).await.map_err(|it| self.problem(it))?;
        }
        Ok(())
    }

    pub(super) async fn delete(&self, aws: &Aws, known: &Known) -> Result<()> {
        let around = self.around(aws, &known.attributes, Some(&known.id)).await?;
        let around = around.with("now", around.attributes().clone());
        for step in &self.row.deletes {
            if !around.holds(&self.row, step.only_if.as_ref())? {
                continue;
            }
            let input = tell::input(&self.row, step, &around, Said::Required)?;
            match self.api(aws).call(step.operation.name, input).await {
                Ok(_) => {}
                Err(failure) if failure.code().is_some_and(|code| step.says_gone(code)) => return Ok(()),
                Err(failure) => return Err(self.problem(failure)),
            }
        }
        Ok(())
    }

    pub(super) async fn find(&self, aws: &Aws, planned: &Value, token: &str) -> Result<Option<(Id, Option<Value>)>> {
        let (around, planned) = self.to_make(aws, planned, token).await?;
        let Some(step) = &self.row.find else {
            let Some(id) = around.text(&self.row, &self.row.id)?.filter(|_| self.is_named_alone) else {
                return Ok(None);
            };
            let known = Known { id: Id(id), attributes: planned };
            let found = self.answer_of_one(aws, &known).await?;
            return Ok(found.then_some((known.id, None)));
        };
        let input = tell::input(&self.row, step, &around, Said::Required)?;
        let answer = match self.api(aws).call_all(step.operation.name, input).await {
            Ok(it) => answered(&language::of_answer(&it), &step.at),
            Err(failure) if failure.code().is_some_and(|code| step.says_gone(code)) => return Ok(None),
            Err(failure) => return Err(self.problem(failure)),
        };
        if answer.is_null() {
            return Ok(None);
        }
        let id = around.with("answer", answer).text(&self.row, &self.row.id)?;
        Ok(id.map(|it| (Id(it), None)))
    }

    /// Whether there is such an object.
    async fn answer_of_one(&self, aws: &Aws, known: &Known) -> Result<bool> {
        let found = self.read(aws, std::slice::from_ref(known)).await?.remove(&known.id);
        Ok(found.transpose()?.is_some())
    }

    /// What stands in the way of a create, as an import names it.
    pub(super) async fn existing(&self, aws: &Aws, planned: &Value, token: &str) -> Option<String> {
        let (around, _) = self.to_make(aws, planned, token).await.ok()?;
        around.text(&self.row, &self.row.id).ok()?.filter(|_| self.is_named_alone)
    }
}

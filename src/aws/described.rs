//! Resource types that are descriptions: rows of `rows/<service>.hcl`, whose grammar `docs/types.md` has, on the recorded models of
//! services (`wire`), the recorded schemas of types and the recorded behaviour of their plans (`catalogue`).
//!
//! - [`row`]: what a row says; [`read`] reads it, `check` looks whether it is whole.
//! - [`names`]: which member an attribute is. [`tell`]: what a call is told. [`told`]: what an answer tells. [`tags`]: their forms.
//! - [`scope`]: what expressions of a row see.
//! - [`walk`]: the calls.

#[cfg(test)]
mod check;
pub mod names;
pub mod read;
pub mod row;
pub mod schema;
pub mod scope;
pub mod tags;
pub mod tell;
#[cfg(test)]
mod tests;
pub mod told;
pub mod walk;

use crate::{
    aws::{
        catalogue::{Behaviour, Catalogue},
        client::Aws,
        planning::Planning,
        resource::{Call, Find, How, Kind},
    },
    diagnostic::{Diagnostics, Sources},
    expression::references::first_names,
    provider::{Change, Id, Known, Live, Problem, Result, Traits},
    schema::Schema,
    value::{Type, Value},
};
use futures::future::BoxFuture;
use row::Row;
use scope::Around;
use std::{collections::BTreeMap, sync::LazyLock, time::Duration};

/// The files of rows: their paths and texts.
const FILES: &[(&str, &str)] = &[("src/aws/rows/logs.hcl", include_str!("rows/logs.hcl"))];

/// Rows that are whole, of types that are left to the published provider until their lives are tested.
#[cfg(test)]
const UNSERVED: &[(&str, &str)] = &[("src/aws/rows/sqs.hcl", include_str!("rows/sqs.hcl"))];

/// A type that a row describes.
#[derive(Debug)]
pub struct Described {
    row: Row,
    schema: Schema,
    traits: Traits,
    /// Whether an expression asks for the account, which takes a request.
    needs_account: bool,
    /// Whether the id follows from what is planned.
    is_named_alone: bool,
}

/// The types of all rows.
pub fn types() -> &'static [Described] {
    static TYPES: LazyLock<Vec<Described>> = LazyLock::new(|| {
        // What cannot be read fails a test: `rows_are_whole`.
        let (types, found) = read_all(FILES);
        assert!(found.is_empty(), "{found:?}");
        types
    });
    &TYPES
}

/// The types of these files, and what cannot be read in each.
fn read_all(files: &[(&str, &'static str)]) -> (Vec<Described>, Vec<(Diagnostics, Sources)>) {
    let (catalogue, behaviour) = (Catalogue::default(), Behaviour::default());
    let (mut types, mut wrong) = (Vec::new(), Vec::new());
    for (path, text) in files {
        match read::read(path, text, |name| Some(schema::recorded(&catalogue, &behaviour, name)?.block)) {
            Ok(rows) => types.extend(rows.into_iter().filter_map(|it| Described::new(it, &catalogue, &behaviour))),
            Err(it) => wrong.push(it),
        }
    }
    (types, wrong)
}

const PATIENCE: Duration = Duration::from_secs(600);
const DELETE_PATIENCE: Duration = Duration::from_secs(1200);

impl Described {
    fn new(row: Row, catalogue: &Catalogue, behaviour: &Behaviour) -> Option<Self> {
        let mut schema = schema::recorded(catalogue, behaviour, row.name)?;
        schema::dress(&row, &mut schema);
        let names = |it| first_names(it).into_iter().map(|it| it.text);
        let needs_account = row.expressions().flat_map(names).any(|it| &*it == "account");
        let is_named_alone = names(&row.id).all(|it| &*it != "answer");
        let by_token = row.create.operation.input.members.iter().any(|it| it.is_token);
        let findable = is_named_alone || row.find.is_some();
        let timeouts = |operation| behaviour.timeout(row.name, operation);
        let traits = Traits {
            patience: row.patience.or_else(|| timeouts("create")).unwrap_or(PATIENCE),
            delete_patience: row.delete_patience.or_else(|| timeouts("delete")).unwrap_or(DELETE_PATIENCE),
            lingers: row.lingers,
            settles: row.ready.is_some(),
            local: false,
            findable,
            doubles: !findable && !by_token,
            asked: false,
            deleted_after: row.deleted_after,
        };
        Some(Self { row, schema, traits, needs_account, is_named_alone })
    }

    /// The attributes of an object, from what its reads tell together.
    fn attributes(
        &self,
        around: &Around,
        answer: &Value,
        before: &Value,
        tags: Option<crate::aws::attribute::Tags>,
    ) -> Result<Value> {
        use crate::aws::attribute::{Field, with};
        let now = told::now(&self.row, &self.schema.block, around, answer, before)?;
        Ok(if self.row.tags.is_some() { with(&now, "tags", tags.unwrap_or_default().encode()) } else { now })
    }

    /// The attributes that are to be other than they are.
    fn changed(&self, around: &Around, before: &Value) -> Result<Vec<String>> {
        let mut unset = BTreeMap::new();
        for (name, it) in &self.row.unset {
            unset.insert(name.as_str(), around.evaluated(&self.row, it)?);
        }
        Ok(told::changed(&self.schema.block, before, around.attributes(), |name| unset.get(name).cloned()))
    }

    /// The attributes that an import id stands for; null if it is the id alone.
    fn imported(&self, id: &str) -> Result<Value> {
        if self.row.import.is_empty() {
            return Ok(Value::null(Type::Any));
        }
        let around = Around::new(&Value::null(Type::Any), "").with("id", Value::string(id));
        let mut attributes = BTreeMap::new();
        for (name, it) in &self.row.import {
            told::put(&self.row, &self.schema.block, name, around.evaluated(&self.row, it)?, &mut attributes)?;
        }
        Ok(Value::object(attributes))
    }
}

impl Kind for Described {
    fn name(&self) -> &'static str {
        self.row.name
    }
    fn schema(&self) -> Schema {
        self.schema.clone()
    }
    fn traits(&self) -> Traits {
        self.traits
    }
    fn find_by(&self) -> Find {
        if self.traits.findable { Find::Key } else { Find::Never }
    }
    fn create<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> Call<'a, (Id, Option<Value>)> {
        Box::pin(Described::create(self, aws, planned, token))
    }
    fn read<'a>(&'a self, aws: &'a Aws, objects: &'a [Known], _: How) -> Call<'a, BTreeMap<Id, Result<Live>>> {
        Box::pin(Described::read(self, aws, objects))
    }
    fn update<'a>(&'a self, aws: &'a Aws, id: &'a Id, change: &'a Change) -> Call<'a, ()> {
        Box::pin(Described::update(self, aws, id, change))
    }
    fn delete<'a>(&'a self, aws: &'a Aws, known: &'a Known) -> Call<'a, ()> {
        Box::pin(Described::delete(self, aws, known))
    }
    fn find<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> Call<'a, Option<(Id, Option<Value>)>> {
        Box::pin(Described::find(self, aws, planned, token))
    }
    fn existing<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> BoxFuture<'a, Option<String>> {
        Box::pin(Described::existing(self, aws, planned, token))
    }

    fn plan(&self, planning: &mut Planning) -> Result<()> {
        for it in &self.row.refused {
            let around = Around::new(planning.whole(), "");
            // What is not known yet may turn out right.
            let named = first_names(&it.when);
            let is_open = |name: &str| planning.planned(name).is_some_and(|it| !it.is_wholly_known());
            if !named.iter().any(|it| is_open(&it.text)) && around.holds(&self.row, Some(&it.when))? {
                return Err(Problem::fatal(it.message.clone(), ""));
            }
        }
        Ok(())
    }

    fn import(&self, id: &str) -> Result<Known> {
        Ok(Known { id: Id(id.to_owned()), attributes: self.imported(id)? })
    }
}

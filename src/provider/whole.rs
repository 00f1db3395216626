//! Where an object that a provider gives becomes a value: whatever the provider leaves out, the value is whole.

use super::{
    Applying, Change, ConfiguredProvider, Created, Creation, Draft, Found, Id, Known, Live, Provider, Question, Reply,
    ResourceMode, Result, Told, Wanted,
};
use crate::value::{Type, Value};
use async_trait::async_trait;
use std::sync::Arc;

/// A provider whose objects have no null where there may be nested blocks ([`crate::schema::SchemaBlock::whole`]). It hands on
/// everything else, so each method of the trait has to be here. What another program answers counts as it is: what depends on a
/// null of it finds it with Terraform, too.
pub struct Whole {
    /// Whose schemas say where blocks may be.
    pub definition: Arc<dyn Provider>,
    /// Who does the work.
    pub configured: Arc<dyn ConfiguredProvider>,
}

impl Whole {
    fn object(&self, mode: ResourceMode, type_name: &str, object: Value) -> Value {
        match self.definition.schemas().get(mode, type_name) {
            Some(schema) if !self.definition.is_asked(Some((mode, type_name))) => schema.block.whole(object),
            _ => object,
        }
    }

    fn found(&self, type_name: &str, answers: Vec<Result<Found>>) -> Vec<Result<Found>> {
        let whole = |found| match found {
            Found::Live(Live { attributes, phase }) => {
                Found::Live(Live { attributes: self.object(ResourceMode::Managed, type_name, attributes), phase })
            }
            Found::Gone => Found::Gone,
        };
        answers.into_iter().map(|it| it.map(whole)).collect()
    }

    fn created(&self, type_name: &str, created: Created) -> Created {
        Created { attributes: self.object(ResourceMode::Managed, type_name, created.attributes), ..created }
    }
}

#[async_trait]
impl ConfiguredProvider for Whole {
    async fn check(&self) -> Result<()> {
        self.configured.check().await
    }

    async fn ask(&self, question: Question) -> Result<Reply> {
        self.configured.ask(question).await
    }

    async fn apply(&self, type_name: &str, applying: Applying) -> Result<Reply> {
        self.configured.apply(type_name, applying).await
    }

    async fn confirm(&self) -> Result<()> {
        self.configured.confirm().await
    }

    fn plan(&self, type_name: &str, draft: &mut Draft) -> Result<()> {
        self.configured.plan(type_name, draft)?;
        let planned = std::mem::replace(&mut draft.planned, Value::null(Type::Any));
        draft.planned = self.object(ResourceMode::Managed, type_name, planned);
        Ok(())
    }

    async fn read(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        self.found(type_name, self.configured.read(type_name, objects).await)
    }

    async fn read_named(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        self.found(type_name, self.configured.read_named(type_name, objects).await)
    }

    async fn create(&self, type_name: &str, creation: &Creation) -> Result<Created> {
        Ok(self.created(type_name, self.configured.create(type_name, creation).await?))
    }

    async fn update(&self, type_name: &str, id: &Id, change: &Change) -> Result<()> {
        self.configured.update(type_name, id, change).await
    }

    async fn delete(&self, type_name: &str, known: &Known) -> Result<()> {
        self.configured.delete(type_name, known).await
    }

    async fn find(&self, type_name: &str, creation: &Creation) -> Result<Option<Created>> {
        let found = self.configured.find(type_name, creation).await?;
        Ok(found.map(|created| self.created(type_name, created)))
    }

    async fn read_data(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        let answers = self.configured.read_data(type_name, configs).await;
        answers.into_iter().map(|it| it.map(|value| self.object(ResourceMode::Data, type_name, value))).collect()
    }

    async fn open(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        let answers = self.configured.open(type_name, configs).await;
        answers.into_iter().map(|it| it.map(|value| self.object(ResourceMode::Ephemeral, type_name, value))).collect()
    }

    async fn look(&self, mode: ResourceMode, type_name: &str, wanted: &[Wanted]) -> Vec<Result<Told>> {
        let answers = self.configured.look(mode, type_name, wanted).await;
        let whole = |it: Told| Told { value: self.object(mode, type_name, it.value), ..it };
        answers.into_iter().map(|it| it.map(whole)).collect()
    }

    async fn blockers(&self, type_name: &str, id: &Id) -> Vec<String> {
        self.configured.blockers(type_name, id).await
    }
}

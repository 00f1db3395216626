//! Answers of a program that runs to the questions that planning has.

use super::{Program, kept};
use crate::{
    plugin::{Answer, Imports, Kind, Planning, Plugin, Read, Reading, Stored, message::DynamicValue},
    provider::{Kept, Problem, Question, Reply, Result},
    value::{Type, Value},
};

/// Puts a question to a program that runs.
pub(super) async fn answer(program: &Program, plugin: &Plugin, question: Question) -> Result<Reply> {
    match question {
        Question::Validate { mode, type_name, config } => {
            let kind = Kind::new(&type_name, program.schema(mode, &type_name)?);
            Ok(said(plugin.validate(mode, kind, &config).await?))
        }
        Question::ValidateProvider(config) => {
            Ok(said(plugin.validate_provider(&program.told.schemas.provider, &config).await?.problems))
        }
        Question::Upgrade { type_name, version, attributes, kept } => {
            let (kind, stored) = (program.managed(&type_name)?, Stored::Json(attributes.as_bytes()));
            let Answer { value, mut problems } = plugin.upgrade(kind, version, stored).await?;
            if problems.iter().any(Problem::is_error) {
                return Ok(said(problems));
            }
            let (kept, found) = kept::upgraded(plugin, kind, kept).await?;
            problems.extend(found);
            Ok(Reply { object: value, kept, ..said(problems) })
        }
        Question::Read { type_name, object, kept, meta } => {
            let meta = program.meta(plugin, meta.as_ref())?;
            read(plugin, program.managed(&type_name)?, &object, kept, meta).await
        }
        Question::Import { type_name, id, meta } => {
            let meta = program.meta(plugin, meta.as_ref())?;
            import(plugin, program.managed(&type_name)?, &id, meta).await
        }
        Question::Plan { type_name, planning } => {
            let (kind, private) = (program.managed(&type_name)?, kept::private(&planning.kept)?);
            let identity = kept::identity(kind, &planning.kept)?;
            let sent = Planning {
                prior: &planning.prior,
                proposed: &planning.proposed,
                config: &planning.config,
                private: &private,
                identity: identity.as_ref(),
                meta: program.meta(plugin, planning.meta.as_ref())?,
            };
            let Answer { value, problems } = plugin.plan(kind, sent).await?;
            not_deferred(&type_name, value.deferred.is_some())?;
            let (replace, is_legacy) = (value.replace, value.is_legacy);
            // What will identify what is yet to be made may not be known yet, and is then said when it is made.
            let identity = value.identity.as_ref().filter(|it| it.is_wholly_known());
            let kept = kept::known(kind, &value.private, identity, None)?;
            Ok(Reply { object: value.state, kept, replace, is_legacy, problems })
        }
    }
}

async fn read(
    plugin: &Plugin,
    kind: Kind<'_>,
    object: &Value,
    before: Kept,
    meta: Option<DynamicValue>,
) -> Result<Reply> {
    let (private, identity) = (kept::private(&before)?, kept::identity(kind, &before)?);
    let reading = Reading { state: object, private: &private, identity: identity.as_ref(), meta };
    let Answer { value, problems } = plugin.read(kind, reading).await?;
    let Read { state, private, identity, deferred } = value;
    not_deferred(kind.name, deferred.is_some())?;
    let kept = kept::known(kind, &private, identity.as_ref(), before.identity.as_ref())?;
    // What a provider that fails answers is no object.
    let kept = if private.is_empty() { Kept { private: before.private, ..kept } } else { kept };
    Ok(Reply { object: state, kept, ..said(problems) })
}

/// The object that the provider finds by that id, read.
async fn import(plugin: &Plugin, kind: Kind<'_>, id: &str, meta: Option<DynamicValue>) -> Result<Reply> {
    let kind_of = |name: &str| (name == kind.name).then_some(kind);
    let Answer { value: Imports { objects, deferred }, mut problems } = plugin.import(kind, id, None, kind_of).await?;
    not_deferred(kind.name, deferred.is_some())?;
    if problems.iter().any(Problem::is_error) {
        return Ok(said(problems));
    }
    let mut objects = objects.into_iter();
    let (Some(object), None) = (objects.next(), objects.next()) else {
        let detail = format!(
            "While attempting to import with ID {id:?}, the provider returned either no object or more than one. This is not \
             supported."
        );
        return Err(Problem::fatal("Multiple import states not supported", detail));
    };
    if object.state.is_null() {
        let detail = format!("The provider returned an invalid state for import of {} with ID {id:?}.", kind.name);
        return Err(Problem::fatal("Import returned null resource", detail));
    }
    let before = kept::known(kind, &object.private, object.identity.as_ref(), None)?;
    let reply = read(plugin, kind, &object.state, before, meta).await?;
    problems.extend(reply.problems);
    Ok(Reply { problems, ..reply })
}

pub(super) fn said(problems: Vec<Problem>) -> Reply {
    let object = Value::null(Type::Any);
    Reply { object, kept: Kept::default(), replace: Vec::new(), is_legacy: false, problems }
}

pub(super) fn not_deferred(what: &str, is_deferred: bool) -> Result<()> {
    if !is_deferred {
        return Ok(());
    }
    let detail = format!(
        "The provider signaled a deferred action for {what:?}, but in this context deferrals are disabled. This is a bug in the \
         provider, please file an issue with the provider developers."
    );
    Err(Problem::fatal("Provider deferred changes when Terraform did not allow deferrals", detail))
}

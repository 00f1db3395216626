//! Calls about objects: managed ones and data.

use super::{Answer, CAPABILITIES, Kind, WithMarksOf, deferred, paths};
use crate::{
    plugin::{
        Plugin, dynamic,
        message::{self, DeferredReason, DynamicValue, RawState},
        method,
        problem::from_messages,
    },
    provider::Result,
    value::{Path, Value},
};
use std::collections::HashMap;

/// An object as state has it, whichever release of the provider wrote it.
#[derive(Clone, Copy, Debug)]
pub enum Stored<'a> {
    /// As JSON.
    Json(&'a [u8]),
    /// As Terraform wrote it before 0.12.
    Flatmap(&'a HashMap<String, String>),
}

impl Stored<'_> {
    fn to_message(self) -> RawState {
        match self {
            Self::Json(json) => RawState { json: json.to_vec(), flatmap: HashMap::new() },
            Self::Flatmap(flatmap) => RawState { json: Vec::new(), flatmap: flatmap.clone() },
        }
    }
}

/// An object to read.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// As it was last seen.
    pub state: &'a Value,
    /// What the provider has state keep for it.
    pub private: &'a [u8],
    /// What identifies it.
    pub identity: Option<&'a Value>,
    /// What its module has to say to the provider.
    pub meta: Option<DynamicValue>,
}

/// An object as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Null where it is gone.
    pub state: Value,
    /// What the provider has state keep for it.
    pub private: Vec<u8>,
    /// What identifies it.
    pub identity: Option<Value>,
    /// Why nothing can be said, where nothing can.
    pub deferred: Option<DeferredReason>,
}

/// A change to plan.
#[derive(Clone, Debug)]
pub struct Planning<'a> {
    /// Null where the object is to be created.
    pub prior: &'a Value,
    /// The configuration with what is there of the object; null where it is to be destroyed.
    pub proposed: &'a Value,
    /// The arguments.
    pub config: &'a Value,
    /// What the provider has state keep for the object.
    pub private: &'a [u8],
    /// What identifies it.
    pub identity: Option<&'a Value>,
    /// What its module has to say to the provider.
    pub meta: Option<DynamicValue>,
}

/// A change as the provider plans it.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// With what only the change will tell unknown.
    pub state: Value,
    /// A change of these parts replaces the object.
    pub replace: Vec<Path>,
    /// What the provider wants to be given when the change is made.
    pub private: Vec<u8>,
    /// What will identify the object.
    pub identity: Option<Value>,
    /// Whether the provider is written with Terraform's older SDK, whose answers need not be consistent.
    pub is_legacy: bool,
    /// Why nothing can be said, where nothing can.
    pub deferred: Option<DeferredReason>,
}

/// A change to make.
#[derive(Clone, Debug)]
pub struct Applying<'a> {
    /// Null where the object is to be created.
    pub prior: &'a Value,
    /// As it was planned; null where it is to be destroyed.
    pub planned: &'a Value,
    /// The arguments.
    pub config: &'a Value,
    /// What the provider gave when it planned.
    pub private: &'a [u8],
    /// What will identify the object.
    pub identity: Option<&'a Value>,
    /// What its module has to say to the provider.
    pub meta: Option<DynamicValue>,
}

/// What a change came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// Also where there was an error: as far as the change came. Null where there is no object.
    pub state: Value,
    /// What the provider has state keep for it.
    pub private: Vec<u8>,
    /// What identifies it.
    pub identity: Option<Value>,
    /// As [`Planned::is_legacy`].
    pub is_legacy: bool,
}

/// An object that an import found.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Not always the type that was asked for.
    pub type_name: String,
    /// What is known of it, before it is read.
    pub state: Value,
    /// What the provider has state keep for it.
    pub private: Vec<u8>,
    /// What identifies it.
    pub identity: Option<Value>,
}

/// What an import found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imports {
    /// One, or more where the provider takes what belongs to an object for objects.
    pub objects: Vec<Imported>,
    /// Why nothing can be said, where nothing can.
    pub deferred: Option<DeferredReason>,
}

/// An object of another type, or of another provider, that is to be taken over.
#[derive(Clone, Debug)]
pub struct MovedFrom<'a> {
    /// The source of its provider.
    pub provider: String,
    /// Its type.
    pub type_name: &'a str,
    /// The version of its schema that state has.
    pub version: u64,
    /// As state has it, as JSON.
    pub state: &'a [u8],
    /// What its provider has state keep for it.
    pub private: &'a [u8],
    /// What identifies it, with the version of that schema, as JSON.
    pub identity: Option<(u64, &'a [u8])>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Of the new type.
    pub state: Value,
    /// What the provider has state keep for it.
    pub private: Vec<u8>,
    /// What identifies it.
    pub identity: Option<Value>,
}

impl Plugin {
    /// An object of state as this release of the provider has it.
    pub async fn upgrade(&self, kind: Kind<'_>, version: u64, stored: Stored<'_>) -> Result<Answer<Value>> {
        let method = &method::UPGRADE;
        let request = message::UpgradeResourceStateRequest {
            type_name: kind.name.into(),
            version: version.cast_signed(),
            raw_state: Some(stored.to_message()),
        };
        let told: message::UpgradeResourceStateResponse = self.ask(method, &request).await?;
        let value = self.receive(method, told.upgraded_state.as_ref(), &kind.ty())?;
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// The identity of an object of state, which is JSON, as this release of the provider has it.
    pub async fn upgrade_identity(&self, kind: Kind<'_>, version: u64, stored: &[u8]) -> Result<Answer<Option<Value>>> {
        let method = &method::UPGRADE_IDENTITY;
        let request = message::UpgradeResourceIdentityRequest {
            type_name: kind.name.into(),
            version: version.cast_signed(),
            raw_identity: Some(Stored::Json(stored).to_message()),
        };
        let told: message::UpgradeResourceIdentityResponse = self.ask(method, &request).await?;
        let value = self.receive_identity(method, kind, told.upgraded_identity.as_ref())?;
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// An object as it is now.
    pub async fn read(&self, kind: Kind<'_>, reading: Reading<'_>) -> Result<Answer<Read>> {
        let (method, ty) = (&method::READ, kind.ty());
        let request = message::ReadResourceRequest {
            type_name: kind.name.into(),
            current_state: self.send(method, reading.state, &ty)?,
            private: reading.private.to_vec(),
            provider_meta: reading.meta,
            client_capabilities: CAPABILITIES,
            current_identity: self.send_identity(method, kind, reading.identity)?,
        };
        let told: message::ReadResourceResponse = self.ask(method, &request).await?;
        let value = Read {
            state: self.receive(method, told.new_state.as_ref(), &ty)?.with_marks_of(reading.state),
            private: told.private,
            identity: self.receive_identity(method, kind, told.new_identity.as_ref())?,
            deferred: deferred(told.deferred),
        };
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// What a change would come to.
    pub async fn plan(&self, kind: Kind<'_>, planning: Planning<'_>) -> Result<Answer<Planned>> {
        let (method, ty) = (&method::PLAN, kind.ty());
        let request = message::PlanResourceChangeRequest {
            type_name: kind.name.into(),
            prior_state: self.send(method, planning.prior, &ty)?,
            proposed_new_state: self.send(method, planning.proposed, &ty)?,
            config: self.send(method, planning.config, &ty)?,
            prior_private: planning.private.to_vec(),
            provider_meta: planning.meta,
            client_capabilities: CAPABILITIES,
            prior_identity: self.send_identity(method, kind, planning.identity)?,
        };
        let told: message::PlanResourceChangeResponse = self.ask(method, &request).await?;
        let value = Planned {
            state: self.receive(method, told.planned_state.as_ref(), &ty)?.with_marks_of(planning.proposed),
            replace: paths(&told.requires_replace),
            private: told.planned_private,
            identity: self.receive_identity(method, kind, told.planned_identity.as_ref())?,
            is_legacy: told.legacy_type_system,
            deferred: deferred(told.deferred),
        };
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// Makes a change. An error of class [`OutcomeUnknown`](crate::provider::Class::OutcomeUnknown), also one among what the
    /// provider says, tells nothing of whether it was made.
    pub async fn apply(&self, kind: Kind<'_>, applying: Applying<'_>) -> Result<Answer<Applied>> {
        let (method, ty) = (&method::APPLY, kind.ty());
        let request = message::ApplyResourceChangeRequest {
            type_name: kind.name.into(),
            prior_state: self.send(method, applying.prior, &ty)?,
            planned_state: self.send(method, applying.planned, &ty)?,
            config: self.send(method, applying.config, &ty)?,
            planned_private: applying.private.to_vec(),
            provider_meta: applying.meta,
            planned_identity: self.send_identity(method, kind, applying.identity)?,
        };
        let told: message::ApplyResourceChangeResponse = self.ask(method, &request).await?;
        let mut problems = from_messages(told.diagnostics);
        let state = match self.receive(method, told.new_state.as_ref(), &ty) {
            Ok(state) => state.with_marks_of(applying.planned),
            Err(problem) if problems.is_empty() => return Err(problem),
            Err(problem) => {
                // What the provider has to say is not lost with its object.
                problems.push(problem);
                Value::null(ty)
            }
        };
        let value = Applied {
            state,
            private: told.private,
            identity: self.receive_identity(method, kind, told.new_identity.as_ref())?,
            is_legacy: told.legacy_type_system,
        };
        Ok(Answer { value, problems })
    }

    /// Objects by what the provider calls them: an id, or an identity. `kind_of` knows the types that it may answer with.
    pub async fn import<'k>(
        &self,
        kind: Kind<'_>,
        id: &str,
        identity: Option<&Value>,
        kind_of: impl Fn(&str) -> Option<Kind<'k>>,
    ) -> Result<Answer<Imports>> {
        let method = &method::IMPORT;
        let request = message::ImportResourceStateRequest {
            type_name: kind.name.into(),
            id: id.into(),
            client_capabilities: CAPABILITIES,
            identity: self.send_identity(method, kind, identity)?,
        };
        let told: message::ImportResourceStateResponse = self.ask(method, &request).await?;
        let one = |it: message::ImportedResource| {
            let unknown = || self.unreadable(method, &format!("there is no type {:?}", it.type_name));
            let kind = kind_of(&it.type_name).ok_or_else(unknown)?;
            Ok(Imported {
                state: self.receive(method, it.state.as_ref(), &kind.ty())?,
                identity: self.receive_identity(method, kind, it.identity.as_ref())?,
                type_name: it.type_name,
                private: it.private,
            })
        };
        let objects = told.imported_resources.into_iter().map(one).collect::<Result<_>>()?;
        let value = Imports { objects, deferred: deferred(told.deferred) };
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// Makes an object of another type one of `kind`.
    pub async fn take_over(&self, kind: Kind<'_>, from: MovedFrom<'_>) -> Result<Answer<Moved>> {
        let method = &method::MOVE;
        let request = message::MoveResourceStateRequest {
            source_provider_address: from.provider,
            source_type_name: from.type_name.into(),
            source_schema_version: from.version.cast_signed(),
            source_state: Some(Stored::Json(from.state).to_message()),
            target_type_name: kind.name.into(),
            source_private: from.private.to_vec(),
            source_identity: from.identity.map(|it| Stored::Json(it.1).to_message()),
            source_identity_schema_version: from.identity.map_or(0, |it| it.0.cast_signed()),
        };
        let told: message::MoveResourceStateResponse = self.ask(method, &request).await?;
        let value = Moved {
            state: self.receive(method, told.target_state.as_ref(), &kind.ty())?,
            private: told.target_private,
            identity: self.receive_identity(method, kind, told.target_identity.as_ref())?,
        };
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// Data, and why it cannot be had yet where that is so.
    pub async fn read_data(
        &self,
        kind: Kind<'_>,
        config: &Value,
        meta: Option<DynamicValue>,
    ) -> Result<Answer<(Value, Option<DeferredReason>)>> {
        let (method, ty) = (&method::READ_DATA, kind.ty());
        let request = message::ReadDataSourceRequest {
            type_name: kind.name.into(),
            config: self.send(method, config, &ty)?,
            provider_meta: meta,
            client_capabilities: CAPABILITIES,
        };
        let told: message::ReadDataSourceResponse = self.ask(method, &request).await?;
        let state = self.receive(method, told.state.as_ref(), &ty)?.with_marks_of(config);
        Ok(Answer { value: (state, deferred(told.deferred)), problems: from_messages(told.diagnostics) })
    }

    /// What a module has to say to the provider, as calls take it.
    pub fn meta(&self, schema: &crate::schema::Schema, meta: &Value) -> Result<DynamicValue> {
        let ty = super::value_type(schema);
        dynamic::to_message(meta, &ty).map_err(|it| self.unsendable(&method::READ, &it))
    }
}

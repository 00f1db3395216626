//! What a provider that is another program is asked: its answers come later, so that planning takes them as it takes those of
//! lookups.

use super::{Problem, ProviderSource, ResourceMode};
use crate::{
    address::InstanceAddress,
    value::{Path, Text, Type, Value},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What state keeps of an object for its provider alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Whatever the provider wants, as base64.
    pub private: Option<Arc<str>>,
    /// What identifies the object, where its type has that.
    pub identity: Option<Identity>,
}

/// What identifies an object, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Of the schema that it was written with.
    pub version: u64,
    /// The object.
    pub json: Arc<str>,
}

/// A change to plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Planning {
    /// Null where the object is to be created.
    pub prior: Value,
    /// The configuration with what is there of the object; null where it is to be destroyed.
    pub proposed: Value,
    /// The arguments.
    pub config: Value,
    /// What state keeps of the object.
    pub kept: Kept,
    /// What its module has to say to the provider.
    pub meta: Option<Value>,
}

/// What only the provider can tell. Values have no marks.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Whether the arguments of a resource, data source or ephemeral resource are right.
    Validate {
        /// What it is.
        mode: ResourceMode,
        /// `aws_vpc`
        type_name: Arc<str>,
        /// The arguments, as far as they are known.
        config: Value,
    },
    /// Whether its own arguments are right.
    ValidateProvider(Value),
    /// What became of an object that an older release of it wrote.
    Upgrade {
        /// `aws_vpc`
        type_name: Arc<str>,
        /// Of the schema that it was written with.
        version: u64,
        /// As state has it, as JSON.
        attributes: Arc<str>,
        /// What state keeps of it.
        kept: Kept,
    },
    /// What an object is now.
    Read {
        /// `aws_vpc`
        type_name: Arc<str>,
        /// As it was last seen.
        object: Value,
        /// What state keeps of it.
        kept: Kept,
        /// What its module has to say to the provider.
        meta: Option<Value>,
    },
    /// The object that an import names.
    Import {
        /// `aws_vpc`
        type_name: Arc<str>,
        /// As the import has it.
        id: Arc<str>,
        /// What its module has to say to the provider.
        meta: Option<Value>,
    },
    /// What a change would come to.
    Plan {
        /// `aws_vpc`
        type_name: Arc<str>,
        /// The change.
        planning: Planning,
    },
}

impl Question {
    /// Whether the provider has to be configured to answer it.
    pub fn needs_configuration(&self) -> bool {
        matches!(self, Self::Read { .. } | Self::Import { .. } | Self::Plan { .. })
    }
}

/// What it answers. Values have no marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Null where there is no object, or none was asked for.
    pub object: Value,
    /// What state is to keep of it.
    pub kept: Kept,
    /// A change of these parts replaces the object.
    pub replace: Vec<Path>,
    /// Whether it is written with Terraform's older SDK, whose answers need not be consistent.
    pub is_legacy: bool,
    /// What it has to say.
    pub problems: Vec<Problem>,
}

/// Data to read, or an ephemeral resource to open.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Whose it is.
    pub address: InstanceAddress,
    /// The arguments, without marks.
    pub config: Value,
    /// What its module has to say to the provider.
    pub meta: Option<Value>,
}

/// What was read or opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Null where a problem is an error.
    pub value: Value,
    /// What the provider has to say, in its order.
    pub problems: Vec<Problem>,
}

/// A change to make. Values have no marks.
#[derive(Clone, Debug)]
pub struct Applying {
    /// Null where the object is to be created.
    pub prior: Value,
    /// As it was planned; null where it is to be destroyed.
    pub planned: Value,
    /// The arguments, write-only ones among them.
    pub config: Value,
    /// What the provider gave when it planned.
    pub kept: Kept,
    /// Whether it has planned that the object goes, if it does.
    pub is_planned: bool,
    /// What its module has to say to the provider.
    pub meta: Option<Value>,
}

/// An object of another type, or of another provider, that is to be one of another.
#[derive(Clone, Copy, Debug)]
pub struct Other<'a> {
    /// Its provider.
    pub source: &'a ProviderSource,
    /// Its type.
    pub type_name: &'a str,
    /// What it has.
    pub attributes: &'a Value,
    /// The version of the schema that state has it with.
    pub version: u64,
    /// As state has it, as JSON.
    pub json: &'a str,
    /// What state keeps of it.
    pub kept: &'a Kept,
}

/// A function that a provider has.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// In their order.
    pub parameters: Vec<Parameter>,
    /// What takes all further arguments.
    pub variadic: Option<Parameter>,
    /// The type of what it gives.
    pub returns: Type,
    /// A few words.
    pub summary: String,
    /// What it does.
    pub description: String,
    /// Why it should not be used any more; empty where it may be.
    pub deprecated: String,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// As its documentation names it.
    pub name: Text,
    /// What an argument is converted to.
    pub ty: Type,
    /// Whether it may be null.
    pub takes_null: bool,
    /// Whether the function can be called before the argument is known.
    pub takes_unknown: bool,
    /// What it is.
    pub description: String,
}

/// Why a function gives nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionFailure {
    /// What is wrong.
    pub text: String,
    /// The position of the argument that is at fault, if one is.
    pub argument: Option<usize>,
}

/// What is asked of a provider that is part of this program. Nobody does that.
pub(super) fn unasked() -> Problem {
    Problem::fatal("Provider is not asked", "It is part of this program, and plans by itself.")
}

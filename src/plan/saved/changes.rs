//! The changes of a plan as JSON.

use super::compact;
use crate::{
    address::{InstanceAddress, Name, ResourceMode},
    plan::{
        ProviderKey,
        change::{Action, Importing, Reason, ResourceChange},
    },
    provider::Kept,
    value::{Path, Type, Value},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::HashMap};

/// What changes name by number.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Tables {
    types: Vec<Type>,
    providers: Vec<ProviderKey>,
}

/// A change without its objects.
#[derive(Serialize, Deserialize)]
struct ChangeText<'t> {
    address: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deposed: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    importing: Option<Importing>,
    provider: usize,
    action: Action,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replace_paths: Vec<Path>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deletion: Option<Kept>,
    /// What its objects are written relative to.
    ty: usize,
}

/// A change, and its objects relative to its type: the one before, and the one after if that is another one.
type Pair<'t> = (ChangeText<'t>, Vec<&'t RawValue>);

#[derive(Default)]
pub(super) struct Writer {
    values: compact::Writer,
    providers: Vec<ProviderKey>,
    numbers: HashMap<ProviderKey, usize>,
    /// The type of the first object of each resource type.
    types: HashMap<(usize, ResourceMode, Name), (usize, Type)>,
}

impl Writer {
    /// As [`read`] reads it.
    pub(super) fn write(&mut self, changes: &[ResourceChange]) -> String {
        let mut out = String::new();
        compact::list(&mut out, changes.iter(), |change, out| self.write_one(change, out));
        out
    }

    fn write_one(&mut self, change: &ResourceChange, out: &mut String) {
        let provider = self.provider(&change.provider);
        let resource = &change.address.resource;
        let key = (provider, resource.mode, resource.type_name.clone());
        let values = &mut self.values;
        let (ty, expected) = self.types.entry(key).or_insert_with(|| {
            let ty = change.before.ty();
            (values.number(&ty), ty)
        });
        let text = ChangeText {
            address: change.address.to_string().into(),
            deposed: change.deposed.clone(),
            previous_address: change.previous_address.as_ref().map(ToString::to_string),
            importing: change.importing.clone(),
            provider,
            action: change.action,
            reason: change.reason,
            replace_paths: change.replace_paths.clone(),
            deletion: change.deletion.clone(),
            ty: *ty,
        };
        out.push('[');
        out.push_str(&serde_json::to_string(&text).expect("a change can be written"));
        out.push_str(",[");
        values.write(&change.before, expected, out);
        if change.after != change.before {
            out.push(',');
            values.write(&change.after, expected, out);
        }
        out.push_str("]]");
    }

    fn provider(&mut self, key: &ProviderKey) -> usize {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        self.numbers.insert(key.clone(), self.providers.len());
        self.providers.push(key.clone());
        self.providers.len() - 1
    }

    pub(super) fn tables(self) -> Tables {
        Tables { types: self.values.types, providers: self.providers }
    }
}

/// Reads what [`Writer::write`] wrote; an error says what is wrong with it.
pub(super) fn read(text: &RawValue, tables: &Tables) -> Result<Vec<ResourceChange>, String> {
    let texts: Vec<Pair<'_>> = serde_json::from_str(text.get()).map_err(|error| error.to_string())?;
    texts.into_iter().map(|(change, objects)| read_one(change, &objects, tables)).collect()
}

fn read_one(change: ChangeText<'_>, objects: &[&RawValue], tables: &Tables) -> Result<ResourceChange, String> {
    let address = |text: &str| {
        let parsed: Result<InstanceAddress, _> = text.parse();
        parsed.map_err(|error| format!("{text:?} is not an address: {error}"))
    };
    let missing = || format!("{} names what is not there", change.address);
    let ty = tables.types.get(change.ty).ok_or_else(missing)?;
    let object = |text: &RawValue| -> Result<Value, String> {
        let json = serde_json::from_str(text.get()).map_err(|error| error.to_string())?;
        compact::read(json, ty, &tables.types)
            .ok_or_else(|| format!("an object of {} is of another type", change.address))
    };
    let before = object(objects.first().ok_or_else(missing)?)?;
    let after = objects.get(1).map_or_else(|| Ok(before.clone()), |it| object(it))?;
    Ok(ResourceChange {
        address: address(&change.address)?,
        deposed: change.deposed,
        previous_address: change.previous_address.as_deref().map(address).transpose()?,
        importing: change.importing,
        provider: tables.providers.get(change.provider).cloned().ok_or_else(missing)?,
        action: change.action,
        reason: change.reason,
        before,
        after,
        in_full: Default::default(),
        replace_paths: change.replace_paths,
        deletion: change.deletion,
    })
}

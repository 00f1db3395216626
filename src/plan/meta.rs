//! What a module has to say to a provider (`provider_meta`), which goes with whatever the provider is asked of its objects.

use super::{ProviderKey, world::World};
use crate::{
    address::{InstanceAddress, ModuleAddress, ModulePath, ProviderSource},
    diagnostic::{Diagnostic, Diagnostics},
    lang::{configuration::Repetition, dependencies::source_of},
    value::Value,
};
use std::{cell::RefCell, collections::HashMap};

/// What was decoded. It is the same for all objects of a module.
pub(super) type Metas = RefCell<HashMap<(ModulePath, ProviderSource), Result<Value, Diagnostics>>>;

impl World {
    /// What the module of an object has to say to its provider, if it says anything. Of what is not configured any more no module
    /// says anything.
    pub(super) fn meta(&self, address: &InstanceAddress, provider: &ProviderKey) -> Result<Option<Value>, Diagnostics> {
        let path = address.resource.path();
        let source = &provider.address.source;
        let module = self.setting.configuration.modules.get(&path.module).filter(|it| !it.metas.is_empty());
        let Some(module) = module.filter(|_| self.resource(&path).is_some()) else { return Ok(None) };
        let Some(meta) = module.metas.iter().find(|it| source_of(module, &it.name) == *source) else { return Ok(None) };
        let Some(definition) = self.definition(source) else { return Ok(None) };
        let Some(schema) = definition.meta_schema() else {
            // Built-in providers have nobody who would want to know.
            if !definition.is_asked(None) {
                return Ok(None);
            }
            let detail =
                format!("The resource {address} belongs to a provider that doesn't support provider_meta blocks");
            let summary = format!("Provider {source} doesn't support provider_meta");
            return Err(vec![Diagnostic::error(summary, detail).at(meta.label)]);
        };
        let decode = || self.decode(&meta.body, &schema.block, &ModuleAddress::default(), &Repetition::default());
        let mut known = self.metas.borrow_mut();
        known.entry((path.module.clone(), source.clone())).or_insert_with(decode).clone().map(Some)
    }
}

//! The providers that are configured, and the instances of their configurations.

use super::{ProviderKey, expansion::Expansion};
use crate::provider::ConfiguredProvider;
use std::{cell::RefCell, collections::HashMap, sync::Arc};

#[derive(Default)]
pub(super) struct Connections {
    configured: RefCell<HashMap<ProviderKey, Arc<dyn ConfiguredProvider>>>,
    instances: RefCell<HashMap<ProviderKey, Expansion>>,
}

impl Connections {
    pub(super) fn get(&self, key: &ProviderKey) -> Option<Arc<dyn ConfiguredProvider>> {
        self.configured.borrow().get(key).cloned()
    }

    /// Keeps a provider whose configuration is final.
    pub(super) fn keep(&self, key: ProviderKey, provider: Arc<dyn ConfiguredProvider>) {
        self.configured.borrow_mut().insert(key, provider);
    }

    pub(super) fn all(&self) -> Vec<(ProviderKey, Arc<dyn ConfiguredProvider>)> {
        let configured = self.configured.borrow();
        let mut all: Vec<_> = configured.iter().map(|(key, provider)| (key.clone(), provider.clone())).collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all
    }

    /// The instances of a configuration, made out once.
    pub(super) fn instances(&self, configuration: ProviderKey, make: impl FnOnce() -> Expansion) -> Expansion {
        if let Some(known) = self.instances.borrow().get(&configuration) {
            return known.clone();
        }
        let instances = make();
        self.instances.borrow_mut().insert(configuration, instances.clone());
        instances
    }
}

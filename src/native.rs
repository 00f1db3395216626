//! Who serves a type of a provider that is built in: rforge itself, or the published provider. This is the one rule; whoever
//! installs, plans or changes something goes by it.

use crate::{
    address::{ProviderSource, ResourceMode},
    provider::Provider,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// Which types of a provider rforge serves itself, of those that it has built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Natively {
    #[default]
    All,
    None,
    /// Those of these names: what is managed, data sources and ephemeral resources alike.
    Only(BTreeSet<String>),
}

/// What is said of this, by provider: `rforge.hcl` beside the root module, and the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Native {
    /// Whether no provider is served natively, whatever is said of one: `-native=false`.
    pub nothing: bool,
    /// Of those that `rforge.hcl` names.
    pub providers: BTreeMap<ProviderSource, Natively>,
}

impl Natively {
    /// Whether rforge serves this type itself. `provider` is the one that is built in.
    pub fn serves(&self, provider: &dyn Provider, mode: ResourceMode, type_name: &str) -> bool {
        let may = match self {
            Self::All => true,
            Self::None => false,
            Self::Only(types) => types.contains(type_name),
        };
        may && provider.schemas().get(mode, type_name).is_some()
    }
}

impl Native {
    /// What counts for a provider. What is part of Terraform itself nobody has published.
    pub fn of(&self, source: &ProviderSource) -> &Natively {
        match self.providers.get(source) {
            _ if source.is_builtin() => &Natively::All,
            _ if self.nothing => &Natively::None,
            Some(said) => said,
            None => &Natively::All,
        }
    }
}

static NOTHING: OnceLock<bool> = OnceLock::new();

/// Says what the command line says, before any configuration is read: as long as the process lives it holds for each.
pub fn call(natively: bool) {
    // Whoever says it first is right.
    let _ = NOTHING.set(!natively);
}

/// What counts where nothing is said of any provider by name.
pub fn called() -> Native {
    Native { nothing: NOTHING.get().copied().unwrap_or(false), ..Native::default() }
}

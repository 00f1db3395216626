//! Which provider configuration an object belongs to, and which instance of it where the configuration has `for_each`.

use super::{
    ObjectKey, ProviderKey,
    expansion::Expansion,
    planner::Planner,
    problem,
    resource::Declared,
    sensitive,
    world::{Pass, World},
};
use crate::{
    address::{InstanceAddress, InstanceKey, ModuleAddress, Name, ProviderAddress},
    diagnostic::{Diagnostic, Diagnostics, has_errors},
    expression::syntax::tree::{Body, Expression},
    lang::{
        configuration::Repetition,
        dependencies::{ProviderChoice, ProviderUse, provider_block, provider_for},
    },
    product::PRODUCT,
    provider::{ConfiguredProvider, Problem, Whole},
    value::{Marks, Type, Value, convert},
};
use std::{borrow::Cow, sync::Arc};

/// The provider configuration, in the instance of its module that holds what is in `module`.
pub(super) fn provider_key(address: &ProviderAddress, module: &ModuleAddress) -> ProviderKey {
    let depth = address.module.0.len().min(module.0.len());
    ProviderKey { address: address.clone(), module: ModuleAddress(module.0[..depth].into()) }
}

impl World {
    /// The provider with its configuration evaluated. Kept once that is wholly known.
    pub fn provider(&self, key: &ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics> {
        if let Some(provider) = self.connections.get(key) {
            return Ok(provider);
        }
        let source = &key.address.source;
        let Some(definition) = self.definition(source) else {
            return Err(vec![self.missing_provider(source, "")]);
        };
        let block = provider_block(&self.setting.configuration, &key.address);
        let schema = &definition.schemas().provider.block;
        let empty = Body::default();
        let body = block.map_or(&empty, |it| &*it.body);
        let Some(repetition) = self.provider_repetition(key) else {
            // Why nobody knows the instances is reported.
            let is_known = self.provider_instances(key) != Expansion::Unknown;
            let detail = format!("There is no provider instance {}.", key.address);
            return Err(is_known
                .then(|| Diagnostic::error("Provider instance not present", detail))
                .into_iter()
                .collect());
        };
        let config = self.decode(body, schema, &key.module, &repetition)?;
        let refused = problem::refused(&**definition, body, &config);
        if has_errors(&refused) {
            return Err(refused);
        }
        let known = config.is_wholly_known();
        let configured = definition
            .configure(&config, self.setting.pace.clone())
            .map_err(|problem| vec![sensitive::conceal(self.diagnose_provider(key, &problem), &config)])?;
        let provider: Arc<dyn ConfiguredProvider> = Arc::new(Whole { definition: definition.clone(), configured });
        if known {
            self.connections.keep(key.clone(), provider.clone());
        }
        Ok(provider)
    }

    /// The providers whose configuration is wholly known.
    pub fn configured(&self) -> Vec<(ProviderKey, Arc<dyn ConfiguredProvider>)> {
        self.connections.all()
    }

    /// A problem of a provider as a whole, at its block.
    pub fn diagnose_provider(&self, key: &ProviderKey, problem: &Problem) -> Diagnostic {
        let block = provider_block(&self.setting.configuration, &key.address);
        let empty = Body::default();
        let body = block.map_or(&empty, |it| &*it.body);
        problem::diagnostic(problem, body, block.map(|it| it.body.opening())).on(&key.address)
    }

    /// The provider, if its configuration is wholly known.
    pub fn settled_provider(&self, key: &ProviderKey) -> Result<Option<Arc<dyn ConfiguredProvider>>, Diagnostics> {
        self.provider(key)?;
        Ok(self.connections.get(key))
    }

    /// Evaluates a provider's configuration without connecting anything; errors are kept.
    pub(super) fn check_provider(&self, key: &ProviderKey) {
        // What is missing was reported with the resources that need it.
        let Some(definition) = self.definition(&key.address.source) else { return };
        let Some(block) = provider_block(&self.setting.configuration, &key.address) else { return };
        self.provider_instances(key);
        let schema = &definition.schemas().provider.block;
        let found = match self.decode(&block.body, schema, &key.module, &Repetition::default()) {
            Ok(config) => {
                problem::diagnostics(&self.ask_of_provider(key, &config).unwrap_or_default(), &block.body, &config)
            }
            Err(found) => found,
        };
        found.into_iter().for_each(|it| self.report(it));
    }

    /// The provider that an instance in `module` uses. Whether it is one of those that the configuration's `for_each`
    /// gives is checked too, except while validating, when nobody knows.
    pub(super) fn used_provider(
        &self,
        used: &ProviderUse<'_>,
        module: &ModuleAddress,
        repetition: &Repetition,
        what: &InstanceAddress,
    ) -> Result<ProviderKey, Box<Diagnostic>> {
        let single = provider_key(&used.address, module);
        let Some(ProviderChoice { key: expression, call }) = &used.key else { return Ok(single) };
        let value = match call {
            None => self.evaluate(expression, module, repetition),
            Some(call) => {
                let depth = call.0.len().min(module.0.len());
                let called = ModuleAddress(module.0[..depth].into());
                match self.call_of(&called) {
                    Some((caller, _, repetition)) => self.evaluate(expression, &caller, &repetition),
                    None => return Ok(single),
                }
            }
        };
        if self.pass == Pass::Validating && !value.is_known() {
            return Ok(single);
        }
        let key = instance_key(&value, expression, what)?;
        let chosen = ProviderKey { address: ProviderAddress { key: Some(key.clone()), ..single.address }, ..single };
        let known = match self.provider_instances(&chosen) {
            Expansion::Each(known) if self.pass != Pass::Validating && !known.contains_key(&key) => known,
            // What has no instances at all is reported by the reference check.
            _ => return Ok(chosen),
        };
        let known: Vec<String> = known.keys().map(|it| format!("{:?}", &**it)).collect();
        let known = if known.is_empty() { "no instances".to_owned() } else { format!("only {}", known.join(", ")) };
        let detail = format!(
            "{what} is to be managed by the provider instance {}, but the for_each of this provider configuration has \
             {known}.",
            chosen.address
        );
        let error = Diagnostic::error("Provider instance not present", detail).at(expression.span);
        Err(error.hint(KEEP_THE_ELEMENT).into())
    }

    /// The instances of a provider configuration in one instance of its module.
    pub(super) fn provider_instances(&self, provider: &ProviderKey) -> Expansion {
        let block = provider_block(&self.setting.configuration, &provider.address);
        let Some(for_each) = block.and_then(|it| it.for_each.as_ref()) else { return Expansion::Single };
        let configuration = ProviderKey { address: provider.address.configuration(), module: provider.module.clone() };
        self.connections.instances(configuration, || self.expand(&provider.module, None, Some(for_each)))
    }

    /// `each` inside of the block of a provider, or none if there is no such instance.
    pub(super) fn provider_repetition(&self, provider: &ProviderKey) -> Option<Repetition> {
        let key = provider.address.key.clone().map(InstanceKey::Key);
        let instances = self.provider_instances(provider);
        instances.contains(key.as_ref()).then(|| instances.repetition(key.as_ref()))
    }

    /// What is wrong if the provider that state names for an object is not configured any more. A default configuration
    /// of the root needs no block.
    fn absent(&self, object: &ObjectKey, provider: &ProviderKey) -> Option<Diagnostic> {
        let address = &provider.address;
        let who = match &object.deposed {
            None => object.address.to_string(),
            Some(deposed) => format!("{}'s deposed object {deposed}", object.address),
        };
        let is_implied = address.module.is_root() && address.alias.is_none() && address.key.is_none();
        if provider_block(&self.setting.configuration, address).is_none() && !is_implied {
            let detail = format!(
                "To work with {who} its original provider configuration at {} is required, but it has been removed. \
                 This occurs when a provider configuration is removed while objects created by that provider still \
                 exist in the state. Re-add the provider configuration to destroy {who}, after which you can remove \
                 the provider configuration again.",
                address.configuration()
            );
            return Some(Diagnostic::error("Provider configuration not present", detail));
        }
        let instances = self.provider_instances(provider);
        if instances == Expansion::Unknown || self.provider_repetition(provider).is_some() {
            return None;
        }
        let why = match &address.key {
            Some(key) => format!("The for_each of this provider configuration has no element {:?} any more.", &**key),
            None => "This provider configuration has for_each now, and had none when the object was made.".to_owned(),
        };
        let detail = format!(
            "To work with {who} its original provider instance at {address} is required, but it has been removed. {why}"
        );
        let hint = match &address.key {
            Some(_) => KEEP_THE_ELEMENT.to_owned(),
            None => format!(
                "Take for_each out of the provider configuration until {who} is destroyed or forgotten, or configure \
                 an instance with this address that names a provider instance."
            ),
        };
        Some(Diagnostic::error("Provider instance not present", detail).hint(hint))
    }
}

const KEEP_THE_ELEMENT: &str = "Keep the element in the provider's for_each until an apply has destroyed all objects of \
    that instance: take it out of the for_each of resources and modules first. Both should therefore not use one and the \
    same collection.";

/// The key that an expression in a provider reference gives.
fn instance_key(value: &Value, expression: &Expression, what: &InstanceAddress) -> Result<Name, Box<Diagnostic>> {
    let invalid = |detail: &str| {
        let error = Diagnostic::error("Invalid provider instance key", detail).at(expression.span);
        Err(Box::new(error))
    };
    if value.marks_within().contains(Marks::SENSITIVE) {
        return invalid("A provider instance key must not be derived from a sensitive value.");
    }
    if value.marks_within().contains(Marks::EPHEMERAL) {
        return invalid("A provider instance key must not be derived from an ephemeral value.");
    }
    if value.is_null() {
        return invalid("A provider instance key must not be null.");
    }
    if !value.is_known() {
        return invalid(&format!(
            "The provider instance key for {what} depends on values that cannot be determined until apply, and so {PRODUCT} \
             cannot select a provider instance to create a plan for this resource instance."
        ));
    }
    match convert(value, &Type::String) {
        Ok(key) => Ok(key.as_str().unwrap_or_default().into()),
        Err(error) => invalid(&format!("The given instance key is unsuitable: {error}.")),
    }
}

impl Planner {
    /// What stands in for the provider of an instance.
    fn stand_in(&self, instance: &InstanceAddress) -> Option<ProviderKey> {
        let address = self.world.setting.configuration.stand_ins.of(instance)?;
        Some(ProviderKey { address, module: ModuleAddress::root() })
    }

    /// The block with the provider of one of its instances.
    pub(super) fn block_of<'b, 'c>(
        &self,
        block: &'b Declared<'c>,
        instance: &InstanceAddress,
        expansion: &Expansion,
    ) -> Result<Cow<'b, Declared<'c>>, Box<Diagnostic>> {
        if let Some(provider) = self.stand_in(instance) {
            let schema =
                self.world.schema(&provider.address.source, instance.resource.mode, &instance.resource.type_name);
            let schema = schema.unwrap_or_else(|| block.schema.clone());
            return Ok(Cow::Owned(Declared { provider, schema, ..block.clone() }));
        }
        if block.used.key.is_none() {
            return Ok(Cow::Borrowed(block));
        }
        let repetition = expansion.repetition(instance.key.as_ref());
        let provider = self.world.used_provider(&block.used, &instance.resource.module, &repetition, instance)?;
        Ok(Cow::Owned(Declared { provider, ..block.clone() }))
    }

    /// The provider of an object whose resource is configured: as Terraform has it, what the configuration says, and not
    /// what state says. Only of an instance that is configured no more nobody but state knows the key.
    pub(super) fn configured_owner(
        &self,
        object: &ObjectKey,
        block: &Declared<'_>,
        expansion: &Expansion,
    ) -> Result<ProviderKey, Box<Diagnostic>> {
        if let Some(provider) = self.stand_in(&object.address) {
            return Ok(provider);
        }
        let is_configured = object.deposed.is_none() && expansion.contains(object.address.key.as_ref());
        match &block.used.key {
            None => Ok(block.provider.clone()),
            Some(choice) if is_configured || choice.call.is_some() => {
                self.block_of(block, &object.address, expansion).map(|it| it.provider.clone())
            }
            Some(_) => {
                let recorded = self.recorded_owner(object)?;
                if recorded.address.is_same_configuration(&block.used.address) {
                    return Ok(recorded);
                }
                let detail = format!(
                    "The provider configuration {} in the configuration is not the one that state has for {}, {}, so \
                     that nothing says which instance of it the object belongs to.",
                    block.used.address, object.address, recorded.address
                );
                Err(Diagnostic::error("Unable to use fallback provider from state", detail).into())
            }
        }
    }

    /// The provider that state has for an object, if it is still configured.
    pub(super) fn recorded_owner(&self, object: &ObjectKey) -> Result<ProviderKey, Box<Diagnostic>> {
        let address = self.prior.recorded.provider(&object.address).expect("the object is in state");
        let provider = provider_key(&address, &object.address.resource.module);
        match self.world.absent(object, &provider) {
            Some(error) => Err(error.into()),
            None => Ok(provider),
        }
    }

    /// The provider that an object most likely belongs to, before its resource is visited. None if only that can tell.
    pub(super) fn probable_owner(&self, object: &ObjectKey) -> Option<ProviderKey> {
        let path = object.address.resource.path();
        let Some(resource) = self.world.resource(&path) else { return self.recorded_owner(object).ok() };
        let used = provider_for(&self.world.setting.configuration, resource, &path.module);
        if used.key.is_none() {
            return Some(provider_key(&used.address, &object.address.resource.module));
        }
        self.recorded_owner(object).ok().filter(|it| it.address.is_same_configuration(&used.address))
    }
}

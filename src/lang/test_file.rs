//! What a test file says, decoded but not evaluated: its runs, and what they have in common.

mod names;

use super::{
    configuration::{ModuleCall, ProviderBlock, ProviderReference, Rule},
    source::ModuleSource,
};
use crate::{
    address::{InstanceAddress, Name, ResourceMode, Target},
    diagnostic::Span,
    expression::syntax::tree::Expression,
    value::Value,
};
pub use names::Names;
use std::{collections::BTreeMap, path::PathBuf};

/// One `*.tftest.hcl` or `*.tftest.json`.
#[derive(Clone, Debug, Default)]
pub struct TestFile {
    /// Relative to the root, as it is named in what is printed.
    pub path: PathBuf,
    pub variables: BTreeMap<Name, Expression>,
    /// By local name and alias: what the providers of the configuration are while its runs are executed.
    pub providers: BTreeMap<(Name, Option<Name>), ProviderBlock>,
    pub runs: Vec<Run>,
    pub mock_providers: Vec<MockProvider>,
    pub overrides: Vec<Override>,
}

/// A `mock_provider` block: what it stands for tells nothing but what is made up.
#[derive(Clone, Debug)]
pub struct MockProvider {
    pub name: Name,
    pub alias: Option<Name>,
    pub types: Vec<MockedType>,
    pub overrides: Vec<Override>,
    pub span: Span,
}

/// A `mock_resource` or `mock_data` block.
#[derive(Clone, Debug)]
pub struct MockedType {
    pub mode: ResourceMode,
    pub type_name: Name,
    /// An object.
    pub values: Value,
    /// Whether they are known while planning.
    pub while_planning: bool,
    pub span: Span,
}

/// An `override_resource`, `override_data` or `override_module` block.
#[derive(Clone, Debug)]
pub struct Override {
    pub target: Target,
    /// An object.
    pub values: Value,
    /// Whether they are known while planning; those of modules are.
    pub while_planning: bool,
    pub span: Span,
    pub target_span: Span,
}

/// A `run` block.
#[derive(Clone, Debug)]
pub struct Run {
    pub name: Name,
    /// `command = apply`, which it is without one.
    pub applies: bool,
    pub options: PlanOptions,
    pub variables: BTreeMap<Name, Expression>,
    /// What the configuration calls a provider, and what the test file calls it.
    pub providers: Vec<(ProviderReference, ProviderReference)>,
    pub asserts: Vec<Rule>,
    /// The module that is tested instead of the configuration.
    pub module: Option<TestedModule>,
    /// References to what has conditions.
    pub expect_failures: Vec<Expression>,
    pub state_key: Option<String>,
    pub overrides: Vec<Override>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct TestedModule {
    /// As it is written.
    pub source: String,
    pub address: ModuleSource,
    pub version: Option<String>,
    pub source_span: Span,
    pub span: Span,
}

/// What `plan_options` says of the plan.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    pub refresh_only: bool,
    pub refresh: bool,
    pub targets: Vec<Target>,
    pub replace: Vec<InstanceAddress>,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self { refresh_only: false, refresh: true, targets: Vec::new(), replace: Vec::new() }
    }
}

impl TestFile {
    /// As it is named in what is printed.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// What the list of installed modules calls the module of a run: `test.tests.main.setup`.
    pub fn module_key(&self, run: &Run) -> Name {
        let path = self.name();
        let stem = path.split(".tftest.").next().unwrap_or_default().replace('/', ".");
        format!("test.{stem}.{}", run.name).into()
    }
}

impl Run {
    /// The call of the module that is tested, if one is named, as the configuration could have it.
    pub fn call(&self) -> Option<ModuleCall> {
        let module = self.module.as_ref()?;
        Some(ModuleCall {
            name: self.name.clone(),
            source: module.source.clone(),
            address: Some(module.address.clone()),
            source_span: module.source_span,
            version: module.version.clone(),
            count: None,
            for_each: None,
            providers: Vec::new(),
            depends_on: Vec::new(),
            region: None,
            arguments: BTreeMap::new(),
            names: Vec::new(),
            blocks: Vec::new(),
            span: module.span,
            opening: module.span,
        })
    }
}

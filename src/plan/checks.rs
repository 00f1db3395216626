//! What became of conditions: of each object that has some, for `checks` in the plan's JSON and in state.

use crate::{
    address::{InstanceKey, ModuleAddress, ModulePath, Name, ResourceAddress, ResourceMode},
    lang::configuration::{Configuration, Module},
    state::{CheckObject, CheckResult},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// Something that has conditions, as the configuration declares it.
/// What a failed assertion of a `check` block is called.
pub const FAILED_CHECK: &str = "Check block assertion failed";

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum What {
    Check(Name),
    Output(Name),
    Resource(ResourceMode, Name, Name),
    Variable(Name),
}

/// One instance of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Checked {
    pub module: ModuleAddress,
    pub what: What,
    pub key: Option<InstanceKey>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    Precondition,
    Postcondition,
    Validation,
    Assert,
    /// That the data source of a check can be read.
    Read,
}

/// From the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    Pass,
    Unknown,
    Fail,
    Error,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Unknown => "unknown",
            Self::Fail => "fail",
            Self::Error => "error",
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Finding {
    condition: Condition,
    /// Which of the object's conditions of that kind.
    at: usize,
    status: Status,
    message: Option<String>,
}

/// What was found so far.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(Checked, Vec<Finding>)>", into = "Vec<(Checked, Vec<Finding>)>")]
pub struct Checks(BTreeMap<Checked, Vec<Finding>>);

impl From<Vec<(Checked, Vec<Finding>)>> for Checks {
    fn from(findings: Vec<(Checked, Vec<Finding>)>) -> Self {
        Self(findings.into_iter().collect())
    }
}

impl From<Checks> for Vec<(Checked, Vec<Finding>)> {
    fn from(checks: Checks) -> Self {
        checks.0.into_iter().collect()
    }
}

/// What is known of a declaration and of its instances.
#[derive(Clone, Debug)]
pub struct Summary {
    pub module: ModulePath,
    pub what: What,
    pub status: Status,
    pub instances: Vec<(Checked, Status, Vec<String>)>,
}

impl Checks {
    /// Notes what became of a condition. What was found of it before does not count any more.
    pub fn note(&mut self, of: &Checked, condition: Condition, at: usize, status: Status, message: Option<String>) {
        let findings = self.0.entry(of.clone()).or_default();
        findings.retain(|it| (it.condition, it.at) != (condition, at));
        findings.push(Finding { condition, at, status, message });
    }

    /// Whether what a check is about could not be read.
    pub fn is_unread(&self, of: &Checked) -> bool {
        let unread = |it: &Finding| it.condition == Condition::Read && it.status == Status::Fail;
        self.0.get(of).is_some_and(|findings| findings.iter().any(unread))
    }

    /// Everything that has conditions, in the order of its address. `expanded`: whether instances were looked at.
    pub fn summaries(&self, configuration: &Configuration, expanded: bool) -> Vec<Summary> {
        let mut instances: BTreeMap<(ModulePath, &What), Vec<(Checked, Status, Vec<String>)>> = BTreeMap::new();
        for (checked, findings) in &self.0 {
            let status = findings.iter().map(|it| it.status).max().unwrap_or(Status::Pass);
            let mut findings: Vec<&Finding> = findings.iter().collect();
            findings.sort_by_key(|it| (it.condition as u8, it.at));
            let messages = findings.iter().filter(|it| it.status >= Status::Fail).filter_map(|it| it.message.clone());
            let entry = (checked.clone(), status, messages.collect());
            instances.entry((checked.module.path(), &checked.what)).or_default().push(entry);
        }
        let mut summaries: Vec<Summary> = configuration.modules.values().flat_map(declared).collect();
        for summary in &mut summaries {
            summary.instances = instances.remove(&(summary.module.clone(), &summary.what)).unwrap_or_default();
            // Of an output of the root there is one instance whatever was looked at.
            if !expanded
                && summary.instances.is_empty()
                && summary.module.is_root()
                && matches!(summary.what, What::Output(_))
            {
                let only = Checked::of(&ModuleAddress::root(), summary.what.clone());
                summary.instances = vec![(only, Status::Unknown, Vec::new())];
            }
            let worst = summary.instances.iter().map(|it| it.1).max();
            summary.status = worst.unwrap_or(if expanded { Status::Pass } else { Status::Unknown });
        }
        summaries.sort_by_cached_key(ToString::to_string);
        summaries
    }

    /// As state keeps them.
    pub fn results(&self, configuration: &Configuration) -> Vec<CheckResult> {
        self.summaries(configuration, true).iter().map(Summary::result).collect()
    }

    /// As state keeps them after everything was destroyed: nothing is known any more.
    pub fn results_of_destruction(configuration: &Configuration) -> Vec<CheckResult> {
        Self::default().summaries(configuration, false).iter().map(Summary::result).collect()
    }
}

impl Summary {
    fn result(&self) -> CheckResult {
        let object = |(checked, status, failure_messages): &(Checked, Status, Vec<String>)| CheckObject {
            object_addr: checked.to_string(),
            status: status.name(),
            failure_messages: failure_messages.clone(),
        };
        let objects = (!self.instances.is_empty()).then(|| self.instances.iter().map(object).collect());
        let object_kind = match self.what {
            What::Check(_) => "check",
            What::Output(_) => "output",
            What::Resource(..) => "resource",
            What::Variable(_) => "var",
        };
        CheckResult { object_kind, config_addr: self.to_string(), status: self.status.name(), objects }
    }
}

/// What a module declares with conditions.
fn declared(module: &Module) -> impl Iterator<Item = Summary> {
    let checks = module.checks.keys().map(|name| What::Check(name.clone()));
    let outputs = module.outputs.values().filter(|it| !it.preconditions.is_empty());
    let outputs = outputs.map(|it| What::Output(it.name.clone()));
    let conditional = |it: &&crate::lang::configuration::Resource| {
        !(it.lifecycle.preconditions.is_empty() && it.lifecycle.postconditions.is_empty())
    };
    let resources = module.resources.values().filter(conditional);
    let resources = resources.map(|it| What::Resource(it.mode, it.type_name.clone(), it.name.clone()));
    let variables = module.variables.values().filter(|it| !it.validations.is_empty());
    let variables = variables.map(|it| What::Variable(it.name.clone()));
    let all: Vec<What> = checks.chain(outputs).chain(resources).chain(variables).collect();
    let path = module.path.clone();
    all.into_iter().map(move |what| Summary {
        module: path.clone(),
        what,
        status: Status::Unknown,
        instances: Vec::new(),
    })
}

impl Checked {
    pub fn of(module: &ModuleAddress, what: What) -> Self {
        Self { module: module.clone(), what, key: None }
    }

    pub fn resource(address: &ResourceAddress, key: Option<InstanceKey>) -> Self {
        let what = What::Resource(address.mode, address.type_name.clone(), address.name.clone());
        Self { module: address.module.clone(), what, key }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check(name) => write!(f, "check.{name}"),
            Self::Output(name) => write!(f, "output.{name}"),
            Self::Variable(name) => write!(f, "var.{name}"),
            Self::Resource(mode, kind, name) => write!(f, "{}{kind}.{name}", mode.prefix()),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.module, if self.module.is_root() { "" } else { "." }, self.what)
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.module, if self.module.is_root() { "" } else { "." }, self.what)?;
        self.key.as_ref().map_or(Ok(()), |key| key.fmt(f))
    }
}

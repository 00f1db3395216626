//! What a provider does that it may not do, in Terraform's words.

use super::{Mismatch, shown};
use crate::{
    diagnostic::Diagnostic,
    value::{Path, PathStep, Value, go_value, quoted_string},
};

/// Of whom something was asked, and for what.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The source of the provider: `registry.terraform.io/hashicorp/aws`.
    pub source: &'a str,
    /// The configured provider: `provider["registry.terraform.io/hashicorp/aws"].west`.
    pub provider: &'a str,
    /// The address of the object: `module.a.aws_vpc.main`.
    pub address: &'a str,
}

/// During what a provider answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// An object was read.
    Refresh,
    /// A change was planned.
    Planning,
    /// A change was made.
    Apply,
}

/// What a provider does that it may not do.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// It answered a write-only attribute ([`super::set_write_only`]).
    WriteOnly(When, Path),
    /// What it read has another type ([`super::check_type`]), or is not wholly known.
    Read(Mismatch),
    /// What it read is not known.
    ReadUnknown,
    /// What it planned has another type ([`super::check_type`]), or is not what the configuration says
    /// ([`super::check_planned`]).
    Plan(Mismatch),
    /// It planned that something is left after a deletion.
    PlanLeft,
    /// It wants to replace for a path that there is not ([`super::replaced`]).
    NoSuchPath(Path),
    /// With all values known, it planned something else ([`super::check_object`]).
    FinalPlan(Mismatch),
    /// With all values known, it planned another action.
    FinalAction(&'static str, &'static str),
    /// What came of a change has another type ([`super::check_type`]).
    ResultType(Mismatch),
    /// What came of a change is still unknown ([`unknown_parts`]).
    ResultUnknown(Path),
    /// What came of a change is not what was planned ([`super::check_object`]).
    Result(Mismatch),
    /// Something is left after a deletion.
    ResultLeft,
    /// Nothing is left after this other action.
    ResultGone(&'static str),
    /// The data that it read has another type ([`super::check_type`]).
    Data(Mismatch),
    /// The data that it read is null.
    DataNull,
    /// The data that it read is not wholly known.
    DataUnknown,
}

impl Fault {
    /// What the user is told, and whom to tell.
    pub fn diagnostic(&self, asked: &Asked<'_>) -> Diagnostic {
        const BUG: &str =
            "This is a bug in the provider, which should be reported in the provider's own issue tracker.";
        let Asked { address, .. } = *asked;
        let (source, provider) = (quoted_string(asked.source), quoted_string(asked.provider));
        let within = |mismatch: &Mismatch| {
            let path = shown(&mismatch.path);
            format!("{address}{path}: {}", mismatch.what)
        };
        let expanding =
            format!("When expanding the plan for {address} to include new values learned so far during apply");
        let invalid_plan = "Provider produced invalid plan";
        let invalid_object = "Provider produced invalid object";
        let final_plan = "Provider produced inconsistent final plan";
        let invalid_result = "Provider returned invalid result object after apply";
        let (summary, detail) = match self {
            Self::WriteOnly(when, path) => {
                let (summary, when) = match when {
                    When::Refresh => (invalid_object, "during refresh"),
                    When::Planning => (invalid_plan, "during planning"),
                    When::Apply => (invalid_object, "after apply"),
                };
                let path = shown(path);
                let detail = format!(
                    "Provider {provider} returned a value for the write-only attribute \"{address}{path}\" {when}. \
                     Write-only attributes cannot be read back from the provider. {BUG}"
                );
                return Diagnostic::error(summary, detail);
            }
            Self::Read(mismatch) => (
                invalid_object,
                format!("Provider {source} planned an invalid value for {address} during refresh: {mismatch}."),
            ),
            Self::ReadUnknown => (
                invalid_object,
                format!(
                    "Provider {source} planned an invalid value for {address} during refresh: The returned state contains \
                     unknown values."
                ),
            ),
            Self::Plan(mismatch) => {
                (invalid_plan, format!("Provider {source} planned an invalid value for {}.", within(mismatch)))
            }
            Self::PlanLeft => {
                (invalid_plan, format!("Provider {source} planned a non-null destroy value for {address}."))
            }
            Self::NoSuchPath(path) => (
                invalid_plan,
                format!(
                    "Provider {source} has indicated \"requires replacement\" on {address} for a non-existent attribute \
                     path {}.",
                    go_path(path)
                ),
            ),
            Self::FinalPlan(mismatch) => {
                (final_plan, format!("{expanding}, provider {source} produced an invalid new value for {mismatch}."))
            }
            Self::FinalAction(planned, now) => (
                final_plan,
                format!("{expanding}, provider {source} changed the planned action from {planned} to {now}."),
            ),
            Self::ResultType(mismatch) => (
                invalid_object,
                format!(
                    "Provider {provider} produced an invalid value after apply for {}. The result cannot not be saved in \
                     the Terraform state.",
                    within(mismatch)
                ),
            ),
            Self::ResultUnknown(path) => {
                let path = shown(path);
                let detail = format!(
                    "After the apply operation, the provider still indicated an unknown value for {address}{path}. All \
                     values must be known after apply, so this is always a bug in the provider and should be reported in \
                     the provider's own repository. Terraform will still save the other known object values in the state."
                );
                return Diagnostic::error(invalid_result, detail);
            }
            Self::Result(mismatch) => (
                "Provider produced inconsistent result after apply",
                format!(
                    "When applying changes to {address}, provider {provider} produced an unexpected new value: {mismatch}."
                ),
            ),
            Self::ResultLeft => {
                let detail = format!(
                    "After applying a Delete plan, the provider returned a non-null object for {address}. Destroying should \
                     always produce a null value, so this is always a bug in the provider and should be reported in the \
                     provider's own repository. Terraform will still save this errant object in the state for debugging \
                     and recovery."
                );
                return Diagnostic::error(invalid_result, detail);
            }
            Self::ResultGone(action) => {
                let detail = format!(
                    "After applying a {action} plan, the provider returned a null object for {address}. Only destroying \
                     should always produce a null value, so this is always a bug in the provider and should be reported in \
                     the provider's own repository."
                );
                return Diagnostic::error(invalid_result, detail);
            }
            Self::Data(mismatch) => {
                (invalid_object, format!("Provider {provider} produced an invalid value for {}.", within(mismatch)))
            }
            Self::DataNull => {
                ("Provider produced null object", format!("Provider {provider} produced a null value for {address}."))
            }
            Self::DataUnknown => (
                invalid_object,
                format!("Provider {provider} produced a value for {address} that is not wholly known."),
            ),
        };
        Diagnostic::error(summary, format!("{detail}\n\n{BUG}"))
    }
}

/// Where something is unknown in what came of a change. What is unknown cannot be kept: null stands for it in the state.
pub fn unknown_parts(value: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    value.walk(&mut |path, value| {
        if !value.is_known() {
            found.push(path.clone());
        }
        true
    });
    found
}

/// A path as cty writes it in Go.
fn go_path(path: &Path) -> String {
    let key = |key: &Value| format!("cty.IndexStep{{Key:{}}}", go_value(key));
    let step = |step: &PathStep| match step {
        PathStep::Attribute(name) => format!("cty.GetAttrStep{{Name:{}}}", quoted_string(name)),
        PathStep::Index(at) => key(&Value::number(*at)),
        PathStep::Key(name) => key(&Value::string(name)),
        PathStep::Element(value) => key(value),
    };
    format!("cty.Path{{{}}}", path.0.iter().map(step).collect::<Vec<_>>().join(", "))
}

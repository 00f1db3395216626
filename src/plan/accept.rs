//! What is taken of the answers of providers that are other programs, by the rules that Terraform has for them. One that is written
//! with Terraform's older SDK may break those that it cannot keep, which is only logged.

use super::{
    ProviderKey,
    conforms::{
        Asked, Fault, Mismatch, When, check_object, check_planned, check_type, replaced as really_replaced,
        set_write_only, unknown_parts, without_write_only,
    },
};
use crate::{
    address::InstanceAddress,
    diagnostic::{Diagnostic, Diagnostics},
    provider::{Problem, Reply},
    schema::Schema,
    value::{Path, Value},
};

/// Of whom something was asked.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    pub provider: &'a ProviderKey,
    pub address: &'a InstanceAddress,
    pub schema: &'a Schema,
}

/// An object as it is planned. `around` is the prior object and the configuration that it is planned for, and `ignored` takes back
/// what is not to be changed, where the provider may have done so all the same.
pub fn planned(
    of: Of<'_>,
    reply: &Reply,
    (prior, config): (&Value, &Value),
    ignored: impl FnOnce(Value) -> Value,
) -> Result<Value, Diagnostics> {
    let block = &of.schema.block;
    of.check(set_write_only(block, &reply.object).into_iter().map(|it| Fault::WriteOnly(When::Planning, it)))?;
    of.check(check_type(block, &reply.object).into_iter().map(Fault::Plan))?;
    let (prior, config) = (prior.without_marks(), config.without_marks());
    let found = check_planned(block, &prior, &config, &reply.object);
    if !reply.is_legacy {
        of.check(found.into_iter().map(Fault::Plan))?;
        return Ok(reply.object.clone());
    }
    of.tolerate("an invalid plan", &found);
    Ok(ignored(reply.object.clone()))
}

/// What is wrong with a deletion that is planned as something else.
pub fn no_deletion(address: &InstanceAddress, provider: &ProviderKey) -> Diagnostic {
    let detail = format!(
        "Provider {:?} planned a non-null destroy value for {address}.\n\nThis is a bug in the provider, which should be \
         reported in the provider's own issue tracker.",
        provider.address.source.to_string()
    );
    Diagnostic::error("Provider produced invalid plan", detail).on(address)
}

/// Whether an object that is planned once more, with all of its configuration known, is what was promised.
pub fn finally(of: Of<'_>, promised: &Value, planned: &Value) -> Result<(), Diagnostics> {
    of.check(check_object(&of.schema.block, promised, planned).into_iter().map(Fault::FinalPlan))
}

/// The object that a change has left, with what is wrong with it. `action` is the change, as Terraform names it.
pub fn applied(of: Of<'_>, action: &'static str, planned: &Value, reply: &Reply) -> (Value, Diagnostics) {
    let block = &of.schema.block;
    let has_failed = reply.problems.iter().any(Problem::is_error);
    if let Err(found) = of.check(check_type(block, &reply.object).into_iter().map(Fault::ResultType)) {
        // It cannot be kept.
        return (Value::null(block.implied_type()), found);
    }
    let written = set_write_only(block, &reply.object).into_iter().map(|it| Fault::WriteOnly(When::Apply, it));
    let unknown = unknown_parts(&reply.object).into_iter().map(Fault::ResultUnknown);
    let mut faults: Vec<Fault> = written.chain(unknown).collect();
    let object = without_write_only(block, &reply.object).without_unknowns();
    match (planned.is_null(), object.is_null()) {
        _ if has_failed || !faults.is_empty() => {}
        (true, true) => {}
        (true, false) => faults.push(Fault::ResultLeft),
        (false, is_gone) => {
            let found = check_object(block, planned, &object);
            match reply.is_legacy {
                // That it is gone nobody may say.
                true if is_gone => faults.push(Fault::ResultGone(action)),
                true => of.tolerate("an inconsistent result", &found),
                false => faults.extend(found.into_iter().map(Fault::Result)),
            }
        }
    }
    let found = of.check(faults).err().unwrap_or_default();
    (object, found)
}

/// Whether an object that was read can be one.
pub fn read(of: Of<'_>, object: &Value) -> Result<(), Diagnostics> {
    let block = &of.schema.block;
    of.check(check_type(block, object).into_iter().map(Fault::Read))?;
    of.check(set_write_only(block, object).into_iter().map(|it| Fault::WriteOnly(When::Refresh, it)))?;
    of.check((!object.is_wholly_known()).then_some(Fault::ReadUnknown))
}

/// The same of data.
pub fn data(of: Of<'_>, object: &Value) -> Result<(), Diagnostics> {
    of.check(check_type(&of.schema.block, object).into_iter().map(Fault::Data))?;
    of.check(object.is_null().then_some(Fault::DataNull))?;
    of.check((!object.is_wholly_known()).then_some(Fault::DataUnknown))
}

/// The paths of a replacement that really differ.
pub fn replaced(of: Of<'_>, prior: &Value, planned: &Value, paths: &[Path]) -> Result<Vec<Path>, Diagnostics> {
    really_replaced(&of.schema.block, &prior.without_marks(), planned, paths)
        .map_err(|faults| of.check(faults).err().unwrap_or_default())
}

impl Of<'_> {
    fn check(self, faults: impl IntoIterator<Item = Fault>) -> Result<(), Diagnostics> {
        let (source, provider) = (self.provider.address.source.to_string(), self.provider.address.to_string());
        let address = self.address.to_string();
        let asked = Asked { source: &source, provider: &provider, address: &address };
        let found: Diagnostics = faults.into_iter().map(|it| it.diagnostic(&asked).on(&address)).collect();
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    fn tolerate(self, what: &str, found: &[Mismatch]) {
        if !found.is_empty() {
            let found: String = found.iter().map(|it| format!("\n  - {it}")).collect();
            let provider = self.provider.address.source.to_string();
            tracing::warn!(
                "Provider {provider:?} produced {what} for {}, but we are tolerating it because it is using the legacy plugin \
                 SDK.{found}",
                self.address
            );
        }
    }
}

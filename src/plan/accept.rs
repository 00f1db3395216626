//! What is taken of the answers of providers that are other programs, by the rules that Terraform has for them. A provider that is
//! written with Terraform's older SDK may break those that it cannot keep.

use crate::{
    address::{InstanceAddress, ProviderSource},
    diagnostic::Diagnostics,
    provider::Reply,
    schema::Schema,
    value::{Path, Value},
};

/// A planned object. `around` is the prior object and the configuration that it was planned for; `ignored` takes back what is not to
/// be changed, where the provider may have done so all the same.
pub fn planned(
    _provider: &ProviderSource,
    _address: &InstanceAddress,
    schema: &Schema,
    reply: &Reply,
    (_prior, _config): (&Value, &Value),
    ignored: impl FnOnce(Value) -> Value,
) -> Result<Value, Diagnostics> {
    let planned = schema.block.whole(reply.object.clone());
    Ok(if reply.is_legacy { ignored(planned) } else { planned })
}

/// The object as it is planned once all of the configuration is known, which may not differ from what was promised.
pub fn finally(
    _provider: &ProviderSource,
    _address: &InstanceAddress,
    _schema: &Schema,
    _promised: &Value,
    _planned: &Value,
) -> Result<(), Diagnostics> {
    Ok(())
}

/// The object that a change has made, with what is wrong with it.
pub fn applied(
    _provider: &ProviderSource,
    _address: &InstanceAddress,
    schema: &Schema,
    _planned: &Value,
    reply: &Reply,
) -> (Value, Diagnostics) {
    (schema.block.whole(reply.object.clone()), Diagnostics::new())
}

/// An object that was read.
pub fn read(
    _provider: &ProviderSource,
    _address: &InstanceAddress,
    _schema: &Schema,
    _object: &Value,
) -> Result<(), Diagnostics> {
    Ok(())
}

/// The paths of a replacement that really differ.
pub fn replaced(
    _provider: &ProviderSource,
    _address: &InstanceAddress,
    _prior: &Value,
    _planned: &Value,
    paths: &[Path],
) -> Result<Vec<Path>, Diagnostics> {
    Ok(paths.to_vec())
}

//! Whether references to a resource have an index where it has instances, and only there.

use super::Checker;
use crate::{address::InstanceKey, expression::references::Reference, lang::configuration::Resource};

impl Checker<'_> {
    /// Checks a reference to `resource`, with `index` where it has a literal one.
    pub(super) fn instance_reference(
        &mut self,
        resource: &Resource,
        index: Option<&InstanceKey>,
        reference: &Reference,
    ) {
        let address = format!("{}{}.{}", resource.mode.prefix(), resource.type_name, resource.name);
        let (argument, key) = match (&resource.count, &resource.for_each) {
            (Some(_), _) => ("count", "count.index"),
            (None, Some(_)) => ("for_each", "each.key"),
            (None, None) if index.is_some() => {
                let detail = format!(
                    "Because {address} does not have \"count\" or \"for_each\" set, references to it must not include \
                     an index key. Remove the bracketed index to refer to the single instance of this resource."
                );
                return self.error("Unexpected resource instance key", detail, reference.span);
            }
            (None, None) => return,
        };
        if reference.of_whole {
            let detail = format!(
                "Because {address} has {argument:?} set, its attributes must be accessed on specific instances.\n\nFor \
                 example, to correlate with indices of a referring resource, use:\n    {address}[{key}]"
            );
            self.error("Missing resource instance key", detail, reference.span);
        }
    }
}

//! `providers -coverage`: of each type in the configuration and the state, how much there is and who serves it.

use super::{Failed, inspect, ui};
use crate::cli::{session::needed::Needs, terminal::Terminal};

pub(super) fn run(terminal: &Terminal) -> Result<(), Failed> {
    let (setting, state, _) = inspect::recorded(&[], None, terminal)?;
    let needs = Needs::of(Some(&setting.configuration), Some(&state));
    let mut rows = Vec::new();
    for (source, types) in &needs.types {
        let native = setting.providers.get(source);
        let natively = setting.configuration.native.of(source);
        for (mode, name) in types.iter().map(|(mode, name)| (*mode, name)) {
            let is_it = |type_name: &str, of| type_name == &**name && of == mode;
            let modules = setting.configuration.modules.values();
            let nested = modules.clone().flat_map(|it| it.checks.values().filter_map(|it| it.data.as_ref()));
            let blocks = modules.flat_map(|it| it.resources.values()).chain(nested);
            let objects = state
                .resources
                .iter()
                .filter(|(address, it)| is_it(&address.type_name, address.mode) && it.provider.source == *source);
            rows.push(ui::providers::Covered {
                mode,
                type_name: name.to_string(),
                blocks: blocks.filter(|it| is_it(&it.type_name, it.mode)).count(),
                objects: objects.map(|(_, it)| it.instances.len()).sum(),
                published: (!native.is_some_and(|it| natively.serves(&**it, mode, name))).then(|| source.clone()),
            });
        }
    }
    terminal.print(&ui::providers::coverage(&rows));
    Ok(())
}

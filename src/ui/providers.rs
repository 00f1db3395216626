//! Which providers a configuration and its state need, as a tree of modules.

use crate::{
    address::{ModulePath, ProviderSource, ResourceMode},
    lang::{configuration::Configuration, dependencies::requirements, load::canonical},
    product::PRODUCT,
    state::State,
};
use std::collections::{BTreeMap, BTreeSet};

/// What `providers` prints.
pub fn render(configuration: &Configuration, state: &State) -> String {
    let mut out = String::from("\nProviders required by configuration:\n.\n");
    branch(configuration, &ModulePath::root(), "", &mut out);
    out.push('\n');
    let sources: BTreeSet<&ProviderSource> = state.resources.values().map(|it| &it.provider.source).collect();
    if !sources.is_empty() {
        out.push_str("Providers required by state:\n\n");
        for source in sources {
            out.push_str(&format!("    provider[{source}]\n\n"));
        }
    }
    out
}

/// A type, how much there is of it, and who serves it.
pub struct Covered {
    pub mode: ResourceMode,
    pub type_name: String,
    /// Blocks of the configuration.
    pub blocks: usize,
    /// Objects of state.
    pub objects: usize,
    /// The published provider that does; none where it is built in.
    pub published: Option<ProviderSource>,
}

/// What `providers -coverage` prints.
pub fn coverage(rows: &[Covered]) -> String {
    let who = |it: &Covered| match &it.published {
        None => PRODUCT.to_string(),
        Some(source) => format!("{source} (published)"),
    };
    let what = |it: &Covered| match it.mode {
        ResourceMode::Managed => it.type_name.clone(),
        ResourceMode::Data => format!("data.{}", it.type_name),
        ResourceMode::Ephemeral => format!("ephemeral.{}", it.type_name),
    };
    let head = ["TYPE", "BLOCKS", "OBJECTS", "SERVED BY"].map(str::to_owned);
    let mut lines = vec![head];
    lines.extend(rows.iter().map(|it| [what(it), it.blocks.to_string(), it.objects.to_string(), who(it)]));
    let wide = lines.iter().map(|it| it[0].len()).max().unwrap_or(0);
    let mut out: String = lines
        .iter()
        .map(|[what, blocks, objects, who]| format!("{what:wide$}  {blocks:>6}  {objects:>7}  {who}\n"))
        .collect();
    let (native, all) = (rows.iter().filter(|it| it.published.is_none()).count(), rows.len());
    let of = |rows: &mut dyn Iterator<Item = &Covered>| rows.map(|it| it.objects).sum::<usize>();
    let native_objects = of(&mut rows.iter().filter(|it| it.published.is_none()));
    out += &format!(
        "\n{PRODUCT} serves {native} of {all} types and {native_objects} of {} objects itself.\n",
        of(&mut rows.iter())
    );
    out
}

/// How many objects of a plan each serves, where not all are served by what is built in.
pub fn served(counts: &BTreeMap<Option<ProviderSource>, usize>) -> String {
    if counts.keys().all(Option::is_none) {
        return String::new();
    }
    let who = |it: &Option<ProviderSource>| match it {
        None => PRODUCT.to_string(),
        Some(source) => format!("the published {}/{}", source.namespace, source.name),
    };
    let parts: Vec<String> = counts.iter().map(|(it, count)| format!("{count} by {}", who(it))).collect();
    format!("Objects: {}\n", parts.join(", "))
}

/// The providers that the configuration and its state need.
pub fn sources(configuration: &Configuration, state: &State) -> BTreeSet<ProviderSource> {
    let required = configuration.modules.values().flat_map(|it| requirements(it).into_keys());
    required.chain(state.resources.values().map(|it| it.provider.source.clone())).collect()
}

/// The providers of a module, then the modules that it calls, each line behind `margin`.
fn branch(configuration: &Configuration, path: &ModulePath, margin: &str, out: &mut String) {
    let Some(module) = configuration.modules.get(path) else { return };
    let providers = requirements(module);
    let mut left = providers.len() + module.calls.len();
    // The start of the next line, and that of the lines below it.
    let mut twig = || {
        left -= 1;
        let (line, below) = if left == 0 { ("└── ", "    ") } else { ("├── ", "│   ") };
        (format!("{margin}{line}"), format!("{margin}{below}"))
    };
    for (source, constraint) in providers {
        let constraint = constraint.as_deref().map(canonical).unwrap_or_default();
        let blank = if constraint.is_empty() { "" } else { " " };
        out.push_str(&format!("{}provider[{source}]{blank}{constraint}\n", twig().0));
    }
    for call in module.calls.keys() {
        let (line, below) = twig();
        out.push_str(&format!("{line}module.{call}\n"));
        branch(configuration, &path.child(call), &below, out);
    }
}

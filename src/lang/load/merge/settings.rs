//! `terraform` blocks of an override file. A module may have several, and what the override file sets takes the place of
//! what any of them sets.

use super::merge_attributes;
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources},
    expression::syntax::tree::{Block, Body},
    lang::load::content::attribute,
};

/// Merges the `terraform` blocks of one override file into those of `base`.
pub(super) fn merge(
    base: &mut Vec<Block>,
    mut overrides: Vec<Block>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    one_of_each(&mut overrides, sources, diagnostics);
    let settings = |base: &mut Vec<Block>, change: &dyn Fn(&mut Body)| {
        base.iter_mut().filter(|it| &*it.kind.text == "terraform").for_each(|it| change(&mut it.body));
    };
    if overrides.iter().any(|it| attribute(&it.body, "required_version").is_some()) {
        settings(base, &|body| body.attributes.retain(|it| &*it.name.text != "required_version"));
    }
    // Where state is, one block says alone.
    if nested(&overrides, &["backend", "cloud"]).next().is_some() {
        settings(base, &|body| body.blocks.retain(|it| !matches!(&*it.kind.text, "backend" | "cloud")));
    }
    for block in overrides {
        let mut kept = Body { blocks: Vec::new(), ..block.body };
        for nested in block.body.blocks {
            match &*nested.kind.text {
                "required_providers" => {
                    let blocks = base.iter_mut().filter(|it| &*it.kind.text == "terraform");
                    let mut blocks = blocks.flat_map(|it| &mut it.body.blocks).chain(&mut kept.blocks);
                    match blocks.find(|it| it.kind.text == nested.kind.text) {
                        Some(target) => {
                            merge_attributes(&mut target.body, nested.body.attributes);
                            target.body.blocks.extend(nested.body.blocks);
                        }
                        None => kept.blocks.push(nested),
                    }
                }
                "provider_meta" => {
                    let is_other = |it: &Block| {
                        it.kind.text != nested.kind.text
                            || !it.labels.iter().map(|it| &it.text).eq(nested.labels.iter().map(|it| &it.text))
                    };
                    settings(base, &|body| body.blocks.retain(is_other));
                    kept.blocks.retain(is_other);
                    kept.blocks.push(nested);
                }
                _ => kept.blocks.push(nested),
            }
        }
        base.push(Block { body: kept, ..block });
    }
}

fn nested<'a>(blocks: &'a [Block], kinds: &'a [&str]) -> impl Iterator<Item = &'a Block> {
    blocks.iter().flat_map(|it| &it.body.blocks).filter(|it| kinds.contains(&&*it.kind.text))
}

/// Reports a second `backend` or `cloud` block of the file; then neither counts. Of one of each, `cloud` does.
fn one_of_each(overrides: &mut [Block], sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut unfit = Vec::new();
    for kind in ["backend", "cloud"] {
        let kinds = [kind];
        let mut found = nested(overrides, &kinds);
        let (Some(first), Some(second)) = (found.next(), found.next()) else { continue };
        let place = sources.place(first.header);
        let error = match kind {
            "backend" => Diagnostic::error(
                "Duplicate backend configuration",
                format!(
                    "Each override file may have only one backend configuration. A backend was previously configured at \
                     {place}."
                ),
            ),
            _ => Diagnostic::error(
                "Duplicate HCP Terraform configurations",
                format!(
                    "A module may have only one 'cloud' block configuring HCP Terraform or Terraform Enterprise. The \
                     'cloud' block was previously configured at {place}."
                ),
            ),
        };
        diagnostics.push(error.at(second.header));
        unfit.push(kind);
    }
    if unfit.is_empty() && nested(overrides, &["cloud"]).next().is_some() {
        unfit.push("backend");
    }
    for block in overrides {
        block.body.blocks.retain(|it| !unfit.contains(&&*it.kind.text));
    }
}

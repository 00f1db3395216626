//! Override files: their blocks replace parts of blocks that the other files declare. Each is merged into what the files
//! before it made.

mod settings;

use super::{
    content::{attribute, literal_text},
    decode::is_complete,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources},
    expression::syntax::tree::{Attribute, Block, Body, ExpressionKind},
};

/// Merges the blocks of one override file into `base`.
pub(super) fn merge(base: &mut Vec<Block>, overrides: Vec<Block>, sources: &Sources, diagnostics: &mut Diagnostics) {
    let (settings, overrides): (Vec<Block>, Vec<Block>) =
        overrides.into_iter().partition(|it| &*it.kind.text == "terraform");
    settings::merge(base, settings, sources, diagnostics);
    for block in overrides {
        match &*block.kind.text {
            "locals" => merge_locals(base, block, diagnostics),
            "moved" | "import" | "removed" | "check" => diagnostics.push(not_overridden(&block)),
            _ => match base.iter_mut().find(|it| same(it, &block)) {
                Some(target) => merge_block(target, block, diagnostics),
                // A default provider configuration needs no base: there always is an empty one.
                None if &*block.kind.text == "provider" && attribute(&block.body, "alias").is_none() => {
                    base.push(block);
                }
                // What is wrong with it in any file is said where blocks are decoded.
                None if !is_complete(&block) => base.push(block),
                None => diagnostics.push(missing(&block)),
            },
        }
    }
}

fn same(base: &Block, block: &Block) -> bool {
    let labels = |block: &Block| block.labels.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
    base.kind.text == block.kind.text
        && labels(base) == labels(block)
        && (&*block.kind.text != "provider" || alias(base) == alias(block))
}

fn alias(block: &Block) -> Option<&str> {
    literal_text(&attribute(&block.body, "alias")?.value)
}

/// What only normal files may hold.
fn not_overridden(block: &Block) -> Diagnostic {
    let (summary, detail) = match &*block.kind.text {
        "check" => ("Can't override check blocks", "Override files cannot override check blocks."),
        "import" => {
            ("Cannot override 'import' blocks", "Import blocks can appear only in normal files, not in override files.")
        }
        "moved" => (
            "Cannot override 'moved' blocks",
            "Records of moved objects can appear only in normal files, not in override files.",
        ),
        // Terraform takes no notice of these.
        _ => {
            let detail = "The block has no effect: move it to a file that is not an override file.";
            return Diagnostic::warning("Cannot override 'removed' blocks", detail).at(block.header);
        }
    };
    Diagnostic::error(summary, detail).at(block.header)
}

fn missing(block: &Block) -> Diagnostic {
    let label = |index: usize| block.labels.get(index).map_or("", |it| &*it.text);
    let (missing, what, name) = match &*block.kind.text {
        "resource" => ("resource", format!("{} resource", label(0)), label(1)),
        "data" => ("data resource", format!("{} data resource", label(0)), label(1)),
        "variable" => ("base variable declaration", "variable".into(), label(0)),
        "output" => ("base output definition", "output".into(), label(0)),
        "module" => ("module call", "module call".into(), label(0)),
        "provider" => ("base provider configuration", "provider configuration".into(), label(0)),
        kind => (kind, kind.to_owned(), label(0)),
    };
    let detail = format!(
        "There is no {what} named {name:?}. An override file can only override a {what} that was already declared in a \
         primary configuration file."
    );
    let to = if &*block.kind.text == "provider" { "for" } else { "to" };
    Diagnostic::error(format!("Missing {missing} {to} override"), detail).at(block.header)
}

fn merge_block(base: &mut Block, block: Block, diagnostics: &mut Diagnostics) {
    let is_empty = |it: &Attribute| matches!(&*it.value.kind, ExpressionKind::Tuple(items) if items.is_empty());
    if let Some(depends_on) = attribute(&block.body, "depends_on").filter(|it| !is_empty(it)) {
        let error = Diagnostic::error("Unsupported override", "The depends_on argument may not be overridden.");
        let first = match &*depends_on.value.kind {
            ExpressionKind::Tuple(items) => items.first(),
            _ => None,
        };
        diagnostics.push(error.at(first.map_or(depends_on.value.span, |it| it.span)));
    }
    let mut body = block.body;
    refuse_rules(&mut body, diagnostics);
    if matches!(&*base.kind.text, "resource" | "data") {
        let lifecycles = body.blocks.iter_mut().filter(|it| &*it.kind.text == "lifecycle");
        lifecycles.for_each(|it| refuse_rules(&mut it.body, diagnostics));
    }
    body.attributes.retain(|it| &*it.name.text != "depends_on");
    // Each of the two takes the place of the other, where Terraform 1.11 crashes.
    for (name, other) in [("count", "for_each"), ("for_each", "count")] {
        if attribute(&body, name).is_some() && attribute(&body, other).is_none() {
            base.body.attributes.retain(|it| &*it.name.text != other);
        }
    }
    merge_attributes(&mut base.body, body.attributes);
    if matches!(&*base.kind.text, "resource" | "data")
        && let Some(target) = base.body.blocks.iter_mut().find(|it| &*it.kind.text == "lifecycle")
    {
        let (lifecycles, others): (Vec<Block>, _) =
            body.blocks.into_iter().partition(|it| &*it.kind.text == "lifecycle");
        body.blocks = others;
        for lifecycle in lifecycles {
            merge_attributes(&mut target.body, lifecycle.body.attributes);
            replace_blocks(&mut target.body, lifecycle.body.blocks);
        }
    }
    replace_blocks(&mut base.body, body.blocks);
}

/// Takes out the conditions, which only the block that declares something may set.
fn refuse_rules(body: &mut Body, diagnostics: &mut Diagnostics) {
    body.blocks.retain(|it| {
        let kind = &*it.kind.text;
        let is_rule = matches!(kind, "precondition" | "postcondition" | "validation");
        if is_rule {
            let detail = format!("Override files cannot override {kind:?} blocks.");
            diagnostics.push(Diagnostic::error(format!("Can't override {kind} blocks"), detail).at(it.header));
        }
        !is_rule
    });
}

fn merge_attributes(base: &mut Body, attributes: Vec<Attribute>) {
    for attribute in attributes {
        match base.attributes.iter_mut().find(|it| it.name.text == attribute.name.text) {
            Some(target) => *target = attribute,
            None => base.attributes.push(attribute),
        }
    }
}

/// What a block declares: a `dynamic` one the type that it makes.
fn declares(block: &Block) -> &str {
    match block.labels.first() {
        Some(label) if &*block.kind.text == "dynamic" => &label.text,
        _ => &block.kind.text,
    }
}

/// New blocks take the place of all of the same type.
fn replace_blocks(base: &mut Body, replacements: Vec<Block>) {
    base.blocks.retain(|it| !replacements.iter().any(|new| declares(new) == declares(it)));
    base.blocks.extend(replacements);
}

fn merge_locals(base: &mut [Block], block: Block, diagnostics: &mut Diagnostics) {
    for new in block.body.attributes {
        let locals = base.iter_mut().filter(|it| &*it.kind.text == "locals");
        let mut attributes = locals.flat_map(|it| &mut it.body.attributes);
        match attributes.find(|it| it.name.text == new.name.text) {
            Some(target) => *target = new,
            None => {
                let detail = format!(
                    "There is no local value named {:?}. An override file can only override a local value that was \
                     already defined in a primary configuration file.",
                    &*new.name.text
                );
                let error = Diagnostic::error("Missing base local value definition to override", detail);
                diagnostics.push(error.at(new.span));
            }
        }
    }
}

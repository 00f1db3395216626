//! `lifecycle` blocks.

use super::Decoder;
use crate::{
    address::Mode,
    diagnostic::Diagnostic,
    lang::{
        configuration::{IgnoreChanges, Lifecycle},
        load::content::{Shape, attribute, blocks, bool_argument, list_items, literal_text, traversal},
        references::references,
        syntax::tree::{Block, Body, Expression, ExpressionKind},
    },
};

const MANAGED: Shape = Shape {
    required: &[],
    optional: &["create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by"],
    blocks: &["precondition", "postcondition"],
};

impl Decoder<'_> {
    pub(super) fn lifecycle(&mut self, block: &Block, mode: Mode) -> Lifecycle {
        self.shape(&MANAGED, block);
        let body = &block.body;
        if mode != Mode::Managed {
            let kind = mode.block();
            for it in body.attributes.iter().filter(|it| MANAGED.optional.contains(&&*it.name.text)) {
                let detail = format!(
                    "The lifecycle argument {:?} is defined only for managed resources (\"resource\" blocks), and is \
                     not valid for {kind} resources.",
                    &*it.name.text
                );
                self.error(format!("Invalid {kind} resource lifecycle argument"), detail, it.name.span);
            }
        }
        Lifecycle {
            create_before_destroy: bool_argument(body, "create_before_destroy", self.diagnostics),
            prevent_destroy: bool_argument(body, "prevent_destroy", self.diagnostics).unwrap_or(false),
            ignore_changes: self.ignore_changes(body),
            replace_triggered_by: self.replace_triggered_by(body),
            preconditions: blocks(body, "precondition").filter_map(|it| self.rule(it)).collect(),
            postconditions: blocks(body, "postcondition").filter_map(|it| self.rule(it)).collect(),
        }
    }

    fn ignore_changes(&mut self, body: &Body) -> IgnoreChanges {
        let Some(attribute) = attribute(body, "ignore_changes") else { return IgnoreChanges::Nothing };
        let is_all = |kind: &ExpressionKind| matches!(kind, ExpressionKind::Name(name) if &**name == "all");
        if is_all(&attribute.value.kind) || literal_text(&attribute.value) == Some("all") {
            return IgnoreChanges::All;
        }
        let mut these = Vec::new();
        for item in list_items(&attribute.value, self.diagnostics) {
            if literal_text(item) == Some("*") {
                let detail = "The [\"*\"] form of ignore_changes wildcard was deprecated and is now invalid. Use \
                              \"ignore_changes = all\" to ignore changes to all attributes.";
                self.error("Invalid ignore_changes wildcard", detail, item.span);
                continue;
            }
            these.extend(traversal(item, self.diagnostics));
        }
        IgnoreChanges::These(these)
    }

    fn replace_triggered_by(&mut self, body: &Body) -> Vec<Expression> {
        let Some(attribute) = attribute(body, "replace_triggered_by") else { return Vec::new() };
        let items = list_items(&attribute.value, self.diagnostics);
        for item in items {
            // The key may be `each.key` or `count.index`, so this is more than a constant traversal.
            let accesses = matches!(
                &*item.kind,
                ExpressionKind::Attribute(..) | ExpressionKind::Index(..) | ExpressionKind::Invalid
            );
            if !accesses || references(item, &mut Vec::new()).is_empty() {
                let detail = "Only references to resources, their instances and attributes are possible here.";
                self.diagnostics
                    .push(Diagnostic::error("Invalid replace_triggered_by expression", detail).at(item.span));
            }
        }
        items.to_vec()
    }
}

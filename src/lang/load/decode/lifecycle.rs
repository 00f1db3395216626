//! `lifecycle` blocks.

use super::Decoder;
use crate::{
    address::ResourceMode,
    expression::{
        references::{Subject, first_names, references},
        syntax::tree::{Block, Body, Expression, ExpressionKind},
    },
    lang::{
        configuration::{IgnoreChanges, Lifecycle},
        load::content::{BodySchema, attribute, blocks, bool_argument, list_items, literal_text, traversal},
    },
};

const MANAGED: BodySchema = BodySchema {
    required: &[],
    optional: &["create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by"],
    blocks: &["precondition", "postcondition"],
};

impl Decoder<'_> {
    pub(super) fn lifecycle(&mut self, block: &Block, mode: ResourceMode) -> Lifecycle {
        self.shape(&MANAGED, block);
        let body = &block.body;
        if mode != ResourceMode::Managed {
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
            prevent_destroy: self.prevent_destroy(body),
            ignore_changes: self.ignore_changes(body),
            replace_triggered_by: self.replace_triggered_by(body),
            preconditions: blocks(body, "precondition").filter_map(|it| self.rule(it)).collect(),
            postconditions: blocks(body, "postcondition").filter_map(|it| self.rule(it)).collect(),
        }
    }

    /// A constant is right or wrong now; what is made of variables, as OpenTofu has it, when it is known.
    fn prevent_destroy(&mut self, body: &Body) -> Option<Expression> {
        let value = &attribute(body, "prevent_destroy")?.value;
        if first_names(value).is_empty() {
            bool_argument(body, "prevent_destroy", self.diagnostics)?;
        }
        let mut unclear = Vec::new();
        for found in references(value, &mut unclear) {
            let is_known_first = matches!(
                found.subject,
                Subject::Variable(_) | Subject::Local(_) | Subject::Path(_) | Subject::Terraform(_)
            );
            if !is_known_first {
                let detail = "Whether an object may be destroyed has to be known before anything is planned: \
                              prevent_destroy can be made of input variables and local values only.";
                self.error("Invalid prevent_destroy expression", detail, found.span);
            }
        }
        Some(value.clone())
    }

    fn ignore_changes(&mut self, body: &Body) -> IgnoreChanges {
        let Some(attribute) = attribute(body, "ignore_changes") else { return IgnoreChanges::Nothing };
        let is_all = |kind: &ExpressionKind| matches!(kind, ExpressionKind::Name(name) if &**name == "all");
        if is_all(&attribute.value.kind) {
            return IgnoreChanges::All;
        }
        let (mut these, mut wildcard) = (Vec::new(), None);
        for item in list_items(&attribute.value, self.diagnostics) {
            if literal_text(item) == Some("*") {
                let detail = "The [\"*\"] form of ignore_changes wildcard was deprecated and is now invalid. Use \
                              \"ignore_changes = all\" to ignore changes to all attributes.";
                self.error("Invalid ignore_changes wildcard", detail, attribute.value.span);
                wildcard = Some(item.span);
                continue;
            }
            these.extend(traversal(item, self.diagnostics));
        }
        if let Some(place) = wildcard.filter(|_| !these.is_empty()) {
            let detail = "Cannot mix wildcard string \"*\" with non-wildcard references.";
            self.error("Invalid ignore_changes ruleset", detail, place);
        }
        IgnoreChanges::These(these)
    }

    fn replace_triggered_by(&mut self, body: &Body) -> Vec<Expression> {
        let Some(attribute) = attribute(body, "replace_triggered_by") else { return Vec::new() };
        let items = list_items(&attribute.value, self.diagnostics);
        items.iter().for_each(|item| self.trigger(item));
        items.to_vec()
    }

    /// An item of `replace_triggered_by` names one resource, in whatever form; its check comes later.
    fn trigger(&mut self, item: &Expression) {
        let mut unclear = Vec::new();
        let found = references(item, &mut unclear);
        if matches!(&*item.kind, ExpressionKind::Invalid) {
            return;
        }
        if !unclear.is_empty() {
            self.diagnostics.extend(unclear.into_iter().map(|it| it.at(item.span)));
            return;
        }
        let mut resources = 0;
        for reference in &found {
            let (summary, detail) = match &reference.subject {
                Subject::Resource { .. } => {
                    resources += 1;
                    continue;
                }
                Subject::Each(name) if &**name == "key" => continue,
                Subject::Each(_) => (
                    "Invalid each reference in replace_triggered_by expression",
                    "Only each.key may be used in replace_triggered_by.",
                ),
                Subject::Count(name) if &**name == "index" => continue,
                Subject::Count(_) => (
                    "Invalid count reference in replace_triggered_by expression",
                    "Only count.index may be used in replace_triggered_by.",
                ),
                _ => (
                    "Invalid reference in replace_triggered_by expression",
                    "Only resources, count.index, and each.key may be used in replace_triggered_by.",
                ),
            };
            self.error(summary, detail, item.span);
        }
        if resources != 1 {
            let how_many = if resources == 0 { "Missing resource reference" } else { "Multiple resource references" };
            let detail = format!("{how_many} in replace_triggered_by expression.");
            self.error("Invalid replace_triggered_by expression", detail, item.span);
        }
    }
}

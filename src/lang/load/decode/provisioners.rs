//! `provisioner` and `connection` blocks.

use super::Decoder;
use crate::{
    diagnostic::Diagnostic,
    expression::{
        references::{Subject, references},
        syntax::tree::{Block, Body, Expression, ExpressionKind},
    },
    lang::{
        configuration::Provisioner,
        load::content::{attribute, blocks, literal_text, unescaped, with_escaped, without},
    },
    provisioner::When,
};
use std::sync::Arc;

/// Those that Terraform had once.
const REMOVED: &[&str] = &["chef", "habitat", "puppet", "salt-masterless"];

impl Decoder<'_> {
    /// The provisioners of a `resource` or `removed` block. `holder` is what messages call it.
    pub(super) fn provisioners(&mut self, body: &Body, holder: &str) -> Vec<Provisioner> {
        let around = self.connection(body, holder);
        let provisioners: Vec<Provisioner> =
            blocks(body, "provisioner").filter_map(|it| self.provisioner(it, around)).collect();
        if let Some(around) = around
            && provisioners.iter().any(|it| it.when == When::Destroy)
        {
            self.only_self(&around.body);
        }
        provisioners
    }

    fn provisioner(&mut self, block: &Block, around: Option<&Block>) -> Option<Provisioner> {
        if !self.labels(block, &["type"]) {
            return None;
        }
        let kind = &block.labels[0];
        if REMOVED.contains(&&*kind.text) {
            let detail = format!(
                "The {:?} provisioner was deprecated in Terraform 0.13.4 and is gone since Terraform 0.15. Give what it \
                 does to user_data or to an image, or run it by a \"local-exec\" provisioner.",
                &*kind.text
            );
            self.error(format!("The {:?} provisioner has been removed", &*kind.text), detail, kind.span);
            return None;
        }
        let (body, escaped) = unescaped(&block.body, self.diagnostics);
        let body = &*body;
        for reserved in blocks(body, "lifecycle") {
            let detail = "The block type name \"lifecycle\" is reserved for use by Terraform in a future version.";
            self.error("Reserved block type name in provisioner block", detail, reserved.kind.span);
        }
        let own = self.connection(body, "provisioner");
        let arguments = without(body, &["when", "on_failure"], &["connection", "lifecycle"]);
        let arguments = with_escaped(arguments, escaped);
        let when = match self.keyword(body, "when", &["create", "destroy"]) {
            Some("destroy") => When::Destroy,
            _ => When::Create,
        };
        if when == When::Destroy {
            self.only_self(&arguments);
            own.iter().for_each(|it| self.only_self(&it.body));
        }
        Some(Provisioner {
            kind: kind.clone(),
            when,
            continues: self.keyword(body, "on_failure", &["continue", "fail"]) == Some("continue"),
            connection: match (around, own) {
                (Some(around), Some(own)) => Some(Arc::new(over(&around.body, &own.body))),
                (around, own) => own.or(around).map(|it| Arc::new(it.body.clone())),
            },
            body: Arc::new(arguments),
            span: block.header,
        })
    }

    /// The `connection` block, of which there may be one.
    fn connection<'b>(&mut self, body: &'b Body, holder: &str) -> Option<&'b Block> {
        let mut found = blocks(body, "connection");
        let first = found.next()?;
        for other in found {
            let place = self.place(first.header);
            let detail = format!("This {holder} already has a connection block at {place}.");
            self.error("Duplicate connection block", detail, other.header);
        }
        Some(first)
    }

    /// The word that an argument is set to. Terraform 0.11 had it in quotes.
    fn keyword<'k>(&mut self, body: &Body, name: &str, words: &[&'k str]) -> Option<&'k str> {
        let value = &attribute(body, name)?.value;
        let quoted = literal_text(value);
        let bare = match &*value.kind {
            ExpressionKind::Name(word) => Some(&**word),
            _ => None,
        };
        let word = bare.or(quoted).and_then(|word| words.iter().copied().find(|it| *it == word));
        if word.is_none() {
            let words = words.join(" or ");
            let detail = format!("The {name:?} argument requires one of the following keywords: {words}.");
            self.error(format!("Invalid {name:?} keyword"), detail, value.span);
        }
        if quoted.is_some() && !attribute(body, name)?.name.is_quoted() {
            let detail = "In this context, keywords are expected literally rather than in quotes. Terraform 0.11 and \
                          earlier required quotes, but quoted keywords are now deprecated and will be removed in a future \
                          version of Terraform. Remove the quotes surrounding this keyword to silence this warning.";
            self.diagnostics.push(Diagnostic::warning("Quoted keywords are deprecated", detail).at(value.span));
        }
        word
    }

    /// Reports references that are of no use when an object is destroyed: what they name may be gone by then.
    fn only_self(&mut self, body: &Body) {
        for attribute in &body.attributes {
            if !is_about_self(&attribute.value) {
                let detail = "Destroy-time provisioners and their connection configurations may only reference \
                              attributes of the related resource, via 'self', 'count.index', or \
                              'each.key'.\n\nReferences to other resources during the destroy phase can cause \
                              dependency cycles and interact poorly with create_before_destroy.";
                self.error("Invalid reference from destroy provisioner", detail, attribute.value.span);
            }
        }
        body.blocks.iter().for_each(|it| self.only_self(&it.body));
    }
}

fn is_about_self(expression: &Expression) -> bool {
    references(expression, &mut Vec::new()).iter().all(|it| match &it.subject {
        Subject::SelfObject | Subject::Path(_) | Subject::Count(_) | Subject::Terraform(_) => true,
        Subject::Each(name) => &**name == "key",
        _ => false,
    })
}

/// What `own` says, and what only `around` does.
fn over(around: &Body, own: &Body) -> Body {
    let mut merged = own.clone();
    let inherited = around.attributes.iter().filter(|it| attribute(own, &it.name.text).is_none());
    merged.attributes.extend(inherited.cloned());
    let kinds: Vec<_> = own.blocks.iter().map(|it| &it.kind.text).collect();
    merged.blocks.extend(around.blocks.iter().filter(|it| !kinds.contains(&&it.kind.text)).cloned());
    merged
}

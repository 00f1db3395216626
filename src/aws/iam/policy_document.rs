//! A policy in the words of the configuration, written as JSON. Nothing is asked of AWS.
//!
//! The text is that of hashicorp/aws to the byte, since a policy that only looks different is a change.

mod document;
mod order;
#[cfg(test)]
mod tests;

use crate::{
    aws::{
        attribute::{Computed, Set, attributes},
        client::Aws,
        resource::DataSource,
    },
    provider::{Problem, Result},
};
use document::{Conditions, Document, Principals, Statement};
use serde_json::Value as Json;
use std::collections::BTreeSet;

attributes! {
    /// A policy as JSON.
    pub(crate) struct PolicyDocument {
        id: Option<String> [computed],
        policy_id: Option<String>,
        /// `2012-10-17` unless set.
        version: Option<String>,
        statement: Vec<StatementBlock>,
        /// Policies that this one adds to; a statement here replaces theirs of the same `sid`.
        source_policy_documents: Option<Vec<String>>,
        /// Policies whose statements replace those of the same `sid`, later ones winning.
        override_policy_documents: Option<Vec<String>>,
        source_json: Option<String> [deprecated("Use `source_policy_documents` instead.")],
        override_json: Option<String> [deprecated("Use `override_policy_documents` instead.")],
        json: Computed<String>,
        minified_json: Computed<String>,
    }

    pub(crate) struct StatementBlock {
        sid: String [optional],
        /// `Allow` or `Deny`; `Allow` unless set.
        effect: String [optional],
        actions: Set<String>,
        not_actions: Set<String>,
        resources: Set<String>,
        not_resources: Set<String>,
        principals: Set<Principal>,
        not_principals: Set<Principal>,
        condition: Set<Condition>,
    }

    pub(crate) struct Principal {
        /// `AWS`, `Service`, `Federated`, `CanonicalUser` or `*`.
        r#type: String,
        identifiers: Set<String> [required],
    }

    pub(crate) struct Condition {
        test: String,
        variable: String,
        values: Vec<String> [required],
    }
}

const OLD_VERSION: &str = "2008-10-17";
const VERSION: &str = "2012-10-17";
const ALLOW: &str = "Allow";

impl DataSource for PolicyDocument {
    const TYPE: &str = "aws_iam_policy_document";
    const GLOBAL: bool = true;

    async fn read(self, _: &Aws) -> Result<Self> {
        self.answered().map_err(|reason| Problem::fatal(reason, ""))
    }
}

impl PolicyDocument {
    /// With the answer filled in, and the defaults that state holds.
    fn answered(mut self) -> Result<Self, String> {
        self.version.get_or_insert_with(|| VERSION.to_owned());
        for statement in self.statement.iter_mut().filter(|it| it.effect.is_empty()) {
            statement.effect = ALLOW.to_owned();
        }
        let own = self.own()?;
        let document = self.merged(own).map_err(|reason| format!("writing IAM Policy Document: {reason}"))?;
        let json = document.indented();
        self.id = Some(order::hash(&json).to_string());
        self.minified_json = document.minified().into();
        self.json = json.into();
        Ok(self)
    }

    /// What the `statement` blocks say.
    fn own(&self) -> Result<Document, String> {
        let version = self.version.clone().unwrap_or_default();
        let statements = self.statement.iter().map(|it| it.written(&version)).collect::<Result<_, _>>()?;
        Ok(Document { version, id: self.policy_id.clone().unwrap_or_default(), statements })
    }

    fn merged(&self, own: Document) -> Result<Document, String> {
        let mut merged = Document::default();
        let mut seen = BTreeSet::new();
        for (at, text) in given(&self.source_policy_documents) {
            let source = Document::parse(text).map_err(|reason| format!("merging source document {at}: {reason}"))?;
            if let Some((position, sid)) = source.repeated(&mut seen) {
                return Err(format!(
                    "merging source document {at}: duplicate Sid ({sid}) in source_policy_documents (statement \
                     {position}). Remove the Sid or ensure Sids are unique."
                ));
            }
            merged.merge(source);
        }
        if let Some((_, sid)) = own.repeated(&mut BTreeSet::new()) {
            return Err(format!("duplicate Sid ({sid}). Remove the Sid or ensure the Sid is unique."));
        }
        merged.merge(own);
        for (at, text) in given(&self.override_policy_documents) {
            let over = Document::parse(text).map_err(|reason| format!("merging override document {at}: {reason}"))?;
            merged.merge(over);
        }
        Ok(merged)
    }
}

/// The documents that are not empty, each with its position.
fn given(documents: &Option<Vec<String>>) -> impl Iterator<Item = (usize, &String)> {
    documents.iter().flatten().enumerate().filter(|(_, text)| !text.is_empty())
}

impl StatementBlock {
    fn written(&self, version: &str) -> Result<Statement, String> {
        let actions = |set: &Set<String>| (!set.0.is_empty()).then(|| one_or_all(order::descending(&set.0)));
        let resources = |set: &Set<String>, what: &str| {
            let written = actions(set).map(|it| with_variables(it, version)).transpose();
            written.map_err(|reason| format!("reading {what}: {reason}"))
        };
        Ok(Statement::new(
            &self.sid,
            [
                ("Effect", Some(self.effect.clone().into())),
                ("Action", actions(&self.actions)),
                ("NotAction", actions(&self.not_actions)),
                ("Resource", resources(&self.resources, "resources")?),
                ("NotResource", resources(&self.not_resources, "not_resources")?),
                ("Principal", principals(&self.principals, "principals", version)?),
                ("NotPrincipal", principals(&self.not_principals, "not_principals", version)?),
                ("Condition", self.conditions(version)?),
            ],
        ))
    }

    fn conditions(&self, version: &str) -> Result<Option<Json>, String> {
        let mut conditions = Conditions::default();
        for condition in order::as_set(&self.condition.0, order::condition) {
            let values = condition.values.iter().map(|it| with_variable(it, version)).collect::<Result<_, _>>();
            let values = values.map_err(|reason| format!("reading condition: reading values: {reason}"))?;
            conditions.add(&condition.test, &condition.variable, values);
        }
        Ok(conditions.written())
    }
}

fn principals(blocks: &Set<Principal>, what: &str, version: &str) -> Result<Option<Json>, String> {
    let mut principals = Principals::default();
    for principal in order::as_set(&blocks.0, order::principal) {
        let identifiers = with_variables(one_or_all(order::descending(&principal.identifiers.0)), version);
        let identifiers = identifiers.map_err(|reason| format!("reading {what}: reading identifiers: {reason}"))?;
        principals.add(&principal.r#type, identifiers);
    }
    Ok(principals.written())
}

/// A single element stands for itself.
fn one_or_all(texts: Vec<String>) -> Json {
    match <[String; 1]>::try_from(texts) {
        Ok([one]) => one.into(),
        Err(all) => all.into(),
    }
}

fn with_variables(texts: Json, version: &str) -> Result<Json, String> {
    match texts {
        Json::String(text) => with_variable(&text, version).map(Json::from),
        Json::Array(texts) => texts.into_iter().map(|it| with_variables(it, version)).collect(),
        other => Ok(other),
    }
}

/// `&{aws:username}` is what a configuration writes for `${aws:username}`, which would be a template.
fn with_variable(text: &str, version: &str) -> Result<String, String> {
    if version == OLD_VERSION && text.contains("&{") {
        return Err(format!("found &{{ sequence, which is not supported in document version {OLD_VERSION}"));
    }
    Ok(text.replace("&{", "${"))
}

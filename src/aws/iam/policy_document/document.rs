//! A policy document: read from JSON, merged, and written as Go's `encoding/json` writes it.

use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Debug, Default)]
pub(super) struct Document {
    pub version: String,
    pub id: String,
    pub statements: Vec<Statement>,
}

/// A statement, its members in the order in which they are written.
#[derive(Debug)]
pub(super) struct Statement {
    sid: String,
    members: Map<String, Json>,
}

impl Statement {
    pub(super) fn new<const N: usize>(sid: &str, members: [(&str, Option<Json>); N]) -> Self {
        let id = (!sid.is_empty()).then(|| ("Sid".to_owned(), sid.into()));
        let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Self { sid: sid.to_owned(), members: id.into_iter().chain(members).collect() }
    }

    fn parse(json: Json) -> Result<Self, String> {
        let mut members = Members::of("a statement", json)?;
        let sid = members.text("Sid")?;
        let effect = members.text("Effect")?;
        Ok(Self::new(
            &sid,
            [
                ("Effect", (!effect.is_empty()).then(|| effect.into())),
                ("Action", members.take("Action").map(sorted)),
                ("NotAction", members.take("NotAction").map(sorted)),
                ("Resource", members.take("Resource").map(sorted)),
                ("NotResource", members.take("NotResource").map(sorted)),
                ("Principal", members.take("Principal").map(parse_principals).transpose()?.flatten()),
                ("NotPrincipal", members.take("NotPrincipal").map(parse_principals).transpose()?.flatten()),
                ("Condition", members.take("Condition").map(parse_conditions).transpose()?.flatten()),
            ],
        ))
    }
}

impl Document {
    /// Members that a policy does not have are dropped. `null` is the empty document.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let json: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if json.is_null() {
            return Ok(Self::default());
        }
        let mut members = Members::of("a policy document", json)?;
        let statements = match members.take("Statement").unwrap_or_default() {
            Json::Null => Vec::new(),
            Json::Array(statements) => statements.into_iter().map(Statement::parse).collect::<Result<_, _>>()?,
            _ => return Err("\"Statement\" must be a list of statements".to_owned()),
        };
        Ok(Self { version: members.text("Version")?, id: members.text("Id")?, statements })
    }

    /// The first statement whose `sid` is in `seen` already, which all others are added to.
    pub(super) fn repeated(&self, seen: &mut BTreeSet<String>) -> Option<(usize, &str)> {
        let mut statements = self.statements.iter().map(|it| it.sid.as_str()).enumerate();
        statements.find(|(_, sid)| !sid.is_empty() && !seen.insert((*sid).to_owned()))
    }

    /// Takes over the id, the version if it is newer, and the statements, in place of those of the same `sid`.
    pub(super) fn merge(&mut self, other: Self) {
        if !other.id.is_empty() {
            self.id = other.id;
        }
        if other.version > self.version {
            self.version = other.version;
        }
        let sids = self.statements.iter().enumerate().map(|(at, it)| (it.sid.clone(), at));
        let mut positions: HashMap<String, usize> = sids.collect();
        for statement in other.statements {
            match positions.get(&statement.sid).filter(|_| !statement.sid.is_empty()) {
                Some(at) => self.statements[*at] = statement,
                None => {
                    positions.insert(statement.sid.clone(), self.statements.len());
                    self.statements.push(statement);
                }
            }
        }
    }

    /// Indented by two spaces.
    pub(super) fn indented(&self) -> String {
        escaped(&format!("{:#}", self.written()))
    }

    pub(super) fn minified(&self) -> String {
        escaped(&self.written().to_string())
    }

    fn written(&self) -> Json {
        let mut written = Map::new();
        for (name, text) in [("Version", &self.version), ("Id", &self.id)] {
            if !text.is_empty() {
                written.insert(name.to_owned(), text.as_str().into());
            }
        }
        if !self.statements.is_empty() {
            let statements = self.statements.iter().map(|it| Json::Object(it.members.clone()));
            written.insert("Statement".to_owned(), statements.collect());
        }
        Json::Object(written)
    }
}

/// Go makes JSON safe to stand in HTML. These characters occur only inside strings.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The members of an object, found whatever the case of their names, as Go finds them.
struct Members(Map<String, Json>);

impl Members {
    fn of(what: &str, json: Json) -> Result<Self, String> {
        match json {
            Json::Object(members) => Ok(Self(members)),
            _ => Err(format!("{what} must be an object")),
        }
    }
    /// Null is the same as absent.
    fn take(&mut self, name: &str) -> Option<Json> {
        let key = self.0.keys().rfind(|it| it.eq_ignore_ascii_case(name))?.clone();
        self.0.remove(&key).filter(|it| !it.is_null())
    }
    fn text(&mut self, name: &str) -> Result<String, String> {
        match self.take(name) {
            None => Ok(String::new()),
            Some(Json::String(text)) => Ok(text),
            Some(_) => Err(format!("{name:?} must be a string")),
        }
    }
}

/// With the keys of objects in order.
fn sorted(mut json: Json) -> Json {
    json.sort_all_objects();
    json
}

/// Who a statement is about: identifiers by type.
#[derive(Default)]
pub(super) struct Principals(BTreeMap<String, Json>);

impl Principals {
    /// More identifiers of a type; one string stands for itself until another joins it.
    pub(super) fn add(&mut self, kind: &str, identifiers: Json) {
        let Some(present) = self.0.get_mut(kind) else {
            self.0.insert(kind.to_owned(), identifiers);
            return;
        };
        let mut all = elements(present.take());
        all.extend(elements(identifiers));
        *present = Json::Array(all);
    }

    /// Everyone is written `"*"`, which is not the same as every account, `{"AWS": "*"}`, in a role's policy.
    pub(super) fn written(self) -> Option<Json> {
        let mut entries = self.0.into_iter();
        match (entries.next()?, entries.next()) {
            ((kind, identifiers), None) if kind == "*" && is_star(&identifiers) => Some("*".into()),
            (first, second) => Some(Json::Object([first].into_iter().chain(second).chain(entries).collect())),
        }
    }
}

fn is_star(identifiers: &Json) -> bool {
    identifiers == "*" || identifiers.as_array().is_some_and(|it| it.len() == 1 && it[0] == "*")
}

fn elements(json: Json) -> Vec<Json> {
    if let Json::Array(elements) = json { elements } else { vec![json] }
}

fn parse_principals(json: Json) -> Result<Option<Json>, String> {
    let wrong = || "a principal must be \"*\", or an object whose values are strings or lists of strings".to_owned();
    let entries = match json {
        // The reference provider takes any other string for everyone, too.
        Json::String(text) if text == "*" => return Ok(Some("*".into())),
        Json::Object(entries) => entries,
        _ => return Err(wrong()),
    };
    let mut principals = Principals::default();
    for (kind, identifiers) in entries {
        let identifiers = match identifiers {
            Json::String(_) => identifiers,
            Json::Array(texts) => {
                let texts = texts.into_iter().map(|it| it.as_str().map(str::to_owned).ok_or_else(wrong));
                super::order::descending(&texts.collect::<Result<Vec<_>, _>>()?).into()
            }
            _ => return Err(wrong()),
        };
        principals.add(&kind, identifiers);
    }
    Ok(principals.written())
}

/// The values by test and variable.
#[derive(Default)]
pub(super) struct Conditions(BTreeMap<String, BTreeMap<String, Vec<String>>>);

impl Conditions {
    pub(super) fn add(&mut self, test: &str, variable: &str, values: Vec<String>) {
        self.0.entry(test.to_owned()).or_default().entry(variable.to_owned()).or_default().extend(values);
    }

    pub(super) fn written(self) -> Option<Json> {
        let variables = |variables: BTreeMap<String, Vec<String>>| {
            Json::Object(variables.into_iter().map(|(name, values)| (name, super::one_or_all(values))).collect())
        };
        let tests: Map<_, _> = self.0.into_iter().map(|(test, it)| (test, variables(it))).collect();
        (!tests.is_empty()).then_some(Json::Object(tests))
    }
}

/// Booleans and numbers become text, as AWS reads them. (The reference provider fails on some of them and drops
/// a condition on a number, which would widen what the policy allows.)
fn parse_conditions(json: Json) -> Result<Option<Json>, String> {
    let text = |json: Json| match json {
        Json::String(text) => Ok(text),
        Json::Bool(_) | Json::Number(_) => Ok(json.to_string()),
        _ => Err("the values of a condition must be strings".to_owned()),
    };
    let mut conditions = Conditions::default();
    for (test, variables) in Members::of("\"Condition\"", json)?.0 {
        for (variable, values) in Members::of("the test of a condition", variables)?.0 {
            let values = elements(values).into_iter().map(text).collect::<Result<_, _>>()?;
            conditions.add(&test, &variable, values);
        }
    }
    Ok(conditions.written())
}

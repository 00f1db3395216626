//! What hashicorp/aws refuses: the values and combinations of arguments that are wrong whatever AWS says, as data.
//!
//! `catalogue/rules.txt` is written by `tests/aws/record_rules.py`, which asked the provider. Behind the line of a type come
//! its rules, one a line, until an empty line. Five of them it does not find, as it asks neither pairs within a block that is like
//! another nor very long texts: the conflicts in `instance_requirements` and the length of `user_data`.
//!
//! ```text
//! resource aws_instance                   kind of block, name
//! metadata_options.http_tokens enum "optional" "required"
//! user_data conflicts user_data_base64    argument (of the element, for lists and sets), rule, what it takes
//! ```
//!
//! Rules between arguments are here, those of one value in [`values`]. A rule says what the provider says, word for
//! word, since scripts look for that; it holds back where the provider does: nothing is said of an argument that is not
//! wholly known, and nothing more of one that conflicts with another.

mod go;
mod values;

pub(super) use go::pattern;

use crate::{
    provider::Problem,
    schema::SchemaBlock,
    value::{Data, Path, PathStep, Value},
};
use std::{collections::BTreeMap, sync::OnceLock};

const RULES: &str = include_str!("catalogue/rules.txt");

/// Those of arguments that came with release 6 of the provider, which is not asked.
const RULES_6: &str = include_str!("catalogue/rules_6.txt");

/// The rules of one type: by the path of what holds the argument, the names and rules of the arguments.
type Rules = BTreeMap<&'static str, BTreeMap<&'static str, Vec<Rule>>>;

/// A word of `rules.txt`, and what stands behind it.
#[derive(Clone, Copy, Debug)]
struct Rule {
    word: &'static str,
    takes: &'static str,
}

/// Says what is wrong with the arguments of a block, whose schema is `block`.
pub(super) fn check(kind: &str, name: &str, block: &SchemaBlock, config: &Value) -> Vec<Problem> {
    let Some(rules) = index().get(format!("{kind} {name}").as_str()) else { return Vec::new() };
    let mut check = Check { rules, block, config, found: Vec::new() };
    check.whole();
    check.object(config, &Place::default());
    check.found
}

/// By kind of block and name: `resource aws_instance`.
fn index() -> &'static BTreeMap<&'static str, Rules> {
    static INDEX: OnceLock<BTreeMap<&'static str, Rules>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index: BTreeMap<&'static str, Rules> = BTreeMap::new();
        for (name, rules) in RULES.split("\n\n").chain(RULES_6.split("\n\n")).filter_map(of_type) {
            let known = index.entry(name).or_default();
            for (holder, members) in rules {
                let holder = known.entry(holder).or_default();
                members.into_iter().for_each(|(member, rules)| holder.entry(member).or_default().extend(rules));
            }
        }
        index
    })
}

fn of_type(text: &'static str) -> Option<(&'static str, Rules)> {
    let mut lines = text.trim_start_matches('\n').lines();
    let name = lines.next()?;
    let mut rules = Rules::new();
    for line in lines {
        let (path, rule) = line.split_once(' ')?;
        let (word, takes) = rule.split_once(' ').unwrap_or((rule, ""));
        // What holds an argument has to be gone through, whether it has rules or not.
        let mut inner = path;
        while let Some((holder, member)) = inner.rsplit_once('.').filter(|it| !it.1.is_empty()) {
            rules.entry(holder).or_default().entry(member).or_default();
            inner = holder;
        }
        rules.entry("").or_default().entry(inner).or_default();
        let (holder, member) = path.rsplit_once('.').unwrap_or(("", path));
        rules.entry(holder).or_default().entry(member).or_default().push(Rule { word, takes });
    }
    Some((name, rules))
}

/// Where an argument is.
#[derive(Clone, Default)]
struct Place {
    /// In `rules.txt`: `ebs_block_device.iops`.
    rule: String,
    /// In messages: `ebs_block_device.0.iops`.
    key: String,
    path: Path,
    /// Elements of sets have no place of their own, nor has what is in them.
    in_set: bool,
}

impl Place {
    fn member(&self, name: &str) -> Self {
        let join = |before: &str| if before.is_empty() { name.to_owned() } else { format!("{before}.{name}") };
        self.then(join(&self.rule), join(&self.key), PathStep::Attribute(name.into()))
    }
    fn element(&self, index: usize, of_set: bool) -> Self {
        let key = format!("{}.{index}", self.key);
        let place = Self { in_set: self.in_set || of_set, ..self.clone() };
        place.then(self.rule.clone(), key, PathStep::Index(index))
    }
    fn then(&self, rule: String, key: String, step: PathStep) -> Self {
        let path = if self.in_set { self.path.clone() } else { self.path.then(step) };
        Self { rule, key, path, in_set: self.in_set }
    }
}

struct Check<'a> {
    rules: &'static Rules,
    block: &'a SchemaBlock,
    config: &'a Value,
    found: Vec<Problem>,
}

impl Check<'_> {
    fn object(&mut self, value: &Value, place: &Place) {
        for (name, rules) in self.rules.get(place.rule.as_str()).into_iter().flatten() {
            if let Some(member) = value.get(name) {
                self.member(member, rules, &place.member(name));
            }
        }
    }

    fn member(&mut self, value: &Value, rules: &[Rule], place: &Place) {
        let is_absent = value.is_null() || self.has_no_blocks(value, &place.rule);
        if !is_absent && rules.iter().any(|it| it.word == "unknown_key") {
            self.found.push(Problem::fatal("Invalid or unknown key", "").at(place.path.clone()));
            return;
        }
        if self.is_incomplete(is_absent, rules, place) || is_absent || !value.is_wholly_known() {
            return;
        }
        if let Some(other) = self.conflict(rules) {
            let detail = format!("{:?}: conflicts with {other}", place.key);
            self.found.push(Problem::fatal("Conflicting configuration arguments", detail).at(place.path.clone()));
            return;
        }
        for rule in rules.iter().filter(|it| it.word == "deprecated") {
            self.found.push(Problem::warning("Argument is deprecated", rule.takes).at(place.path.clone()));
        }
        self.value(value, rules, place);
    }

    fn value(&mut self, value: &Value, rules: &[Rule], place: &Place) {
        match &value.data {
            Data::List(_, elements) | Data::Tuple(elements) => self.elements(elements, false, rules, place),
            Data::Set(_, elements) => self.elements(elements, true, rules, place),
            Data::Object(_) => self.object(value, place),
            Data::String(_) | Data::Number(_) | Data::Bool(_) => {
                let said = values::check(value, rules, &place.key);
                self.found.extend(said.into_iter().map(|it| it.at(place.path.clone())));
            }
            _ => {}
        }
    }

    fn elements(&mut self, elements: &[Value], of_set: bool, rules: &[Rule], place: &Place) {
        for (index, element) in elements.iter().enumerate() {
            self.value(element, rules, &place.element(index, of_set));
        }
    }

    /// Whether something has to be there that is not, which is said.
    fn is_incomplete(&mut self, is_absent: bool, rules: &[Rule], place: &Place) -> bool {
        for rule in rules {
            let said = match rule.word {
                "exactly_one_of" => self.not_one(rule).map(|it| ("Invalid combination of arguments", it)),
                "at_least_one_of" if !rule.names().any(|it| self.is_given(it)) => {
                    Some(("Missing required argument", format!("one of `{}` must be specified", rule.list())))
                }
                "with" if !is_absent && !rule.names().all(|it| self.is_given(it)) => {
                    Some(("Missing required argument", format!("all of `{}` must be specified", rule.list())))
                }
                "required" if is_absent => {
                    let detail = format!("The argument {:?} is required, but no definition was found.", place.key);
                    let problem = Problem::fatal("Missing required argument", detail);
                    self.found.push(problem.at(place.path.clone()));
                    return true;
                }
                _ => None,
            };
            if let Some((summary, detail)) = said {
                let detail = format!("{:?}: {detail}", place.key);
                self.found.push(Problem::fatal(summary, detail).at(place.path.clone()));
                return true;
            }
        }
        false
    }

    /// What is wrong where exactly one is to be set. What is not known yet may be null.
    fn not_one(&self, rule: &Rule) -> Option<String> {
        let unknown = rule.names().filter(|it| self.get(it).is_some_and(|it| !it.is_wholly_known())).count();
        let given: Vec<&str> =
            rule.names().filter(|it| self.is_given(it) && self.get(it).is_some_and(Value::is_wholly_known)).collect();
        match given.len() {
            0 if unknown == 0 => Some(format!("one of `{}` must be specified", rule.list())),
            0 | 1 => None,
            _ => Some(format!(
                "only one of `{}` can be specified, but `{}` were specified.",
                rule.list(),
                given.join(",")
            )),
        }
    }

    /// The first argument that is set and must not be.
    fn conflict(&self, rules: &[Rule]) -> Option<&'static str> {
        let mut others = rules.iter().filter(|it| it.word == "conflicts").flat_map(Rule::names);
        others.find(|it| self.is_given(it) && self.get(it).is_some_and(Value::is_known))
    }

    /// The rules of newer types, which are those of the block as a whole.
    fn whole(&mut self) {
        let rules = self.rules.get("").and_then(|it| it.get(""));
        for rule in rules.into_iter().flatten().filter(|it| it.word == "framework_exactly_one_of") {
            if rule.names().any(|it| self.get(it).is_some_and(|it| !it.is_known())) {
                continue;
            }
            let detail = format!("Exactly one of these attributes must be configured: [{}]", rule.list());
            let given: Vec<&str> = rule.names().filter(|it| self.is_given(it)).collect();
            match given.as_slice() {
                [] => self.found.push(Problem::fatal("Missing Attribute Configuration", detail)),
                [first, _, ..] => {
                    let problem = Problem::fatal("Invalid Attribute Combination", detail);
                    self.found.push(problem.at(Path::attribute(*first)));
                }
                [_] => {}
            }
        }
    }

    /// Whether the configuration sets the argument `key`: a list that is empty counts, no blocks do not.
    fn is_given(&self, key: &str) -> bool {
        let Some(value) = self.get(key).filter(|it| !it.is_null()) else { return false };
        !self.has_no_blocks(value, key)
    }

    fn has_no_blocks(&self, value: &Value, key: &str) -> bool {
        value.as_elements().is_some_and(<[Value]>::is_empty) && self.is_block(key)
    }

    /// `launch_template.0.name`
    fn get(&self, key: &str) -> Option<&Value> {
        key.split('.').try_fold(self.config, |value, step| match step.parse::<usize>() {
            Ok(index) => value.as_elements().and_then(|it| it.get(index)),
            Err(_) => value.get(step),
        })
    }

    fn is_block(&self, key: &str) -> bool {
        let mut block = self.block;
        for name in key.split('.').filter(|it| it.parse::<usize>().is_err()) {
            match block.blocks.get(name) {
                Some(nested) => block = &nested.block,
                None => return false,
            }
        }
        true
    }
}

impl Rule {
    fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.takes.split(' ')
    }
    fn list(&self) -> String {
        self.takes.replace(' ', ",")
    }
}

/// The words of `rules.txt` that speak of several arguments.
const BETWEEN_ARGUMENTS: &[&str] = &[
    "exactly_one_of",
    "at_least_one_of",
    "with",
    "conflicts",
    "required",
    "deprecated",
    "framework_exactly_one_of",
    "unknown_key",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{provider::ResourceMode, value::Type};
    use std::collections::BTreeSet;

    #[test]
    fn every_word_means_something() {
        let words: BTreeSet<&str> = index()
            .values()
            .flat_map(BTreeMap::values)
            .flat_map(BTreeMap::values)
            .flatten()
            .map(|it| it.word)
            .collect();
        let unknown: Vec<_> =
            words.into_iter().filter(|it| !BETWEEN_ARGUMENTS.contains(it) && !values::is_word(it)).collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }

    /// Rules are of arguments that the schema has.
    #[test]
    fn every_argument_exists() {
        let provider = crate::aws::AwsProvider::default();
        let schemas = crate::provider::Provider::schemas(&provider);
        let mut missing = Vec::new();
        for (kind_and_name, rules) in index() {
            let (kind, name) = kind_and_name.split_once(' ').unwrap();
            let mode = ResourceMode::ALL.into_iter().find(|it| it.block() == kind);
            let block = match mode {
                Some(mode) => schemas.get(mode, name).map(|it| &it.block),
                None => Some(&schemas.provider.block),
            };
            let Some(block) = block else { continue };
            let ty = block.implied_type();
            for holder in rules.keys().filter(|it| !it.is_empty()) {
                if holder.split('.').try_fold(ty.clone(), |ty, name| member(&ty, name)).is_none() {
                    missing.push(format!("{kind} {name} {holder}"));
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new());
    }

    fn member(ty: &Type, name: &str) -> Option<Type> {
        match ty {
            Type::List(it) | Type::Set(it) | Type::Map(it) => member(it, name),
            Type::Object(object) => object.attributes.get(name).cloned(),
            _ => None,
        }
    }
}

//! The values of variables in a run: what the run says, then its file, the variables files of its folder, and what is said
//! for all commands.

use super::{Given, Suite, open};
use crate::{
    address::Name,
    diagnostic::{Diagnostic, Diagnostics, Severity, has_errors},
    expression::{
        evaluate::evaluate,
        references::{Subject, references},
        syntax::tree::Expression,
    },
    lang::{
        configuration::Configuration,
        test_file::{Names, Run, TestFile},
        variables::{self, Origin},
    },
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

type Values = BTreeMap<Name, variables::Given>;

/// The values of the root variables of `configuration`; what test files can name is added to `names`.
pub(super) fn values(
    suite: &Suite,
    configuration: &mut Configuration,
    file: &TestFile,
    run: &Run,
    names: &mut Names,
    found: &mut Diagnostics,
) -> BTreeMap<Name, Value> {
    let mut given = global(suite, configuration, file, found);
    names.variables = given.iter().map(|(name, it)| (name.clone(), it.value.clone())).collect();
    let declared: BTreeSet<Name> = configuration.root().variables.keys().cloned().collect();
    let checked = checked(file, run);
    let referenced: BTreeSet<Name> = checked.iter().cloned().chain(named(run.variables.values())).collect();
    let of_file = Names { of_file: true, ..names.clone() };
    for (name, expression) in &file.variables {
        // What the run sets itself it may say in terms of what its file says.
        let declared = declared.contains(name) && !run.variables.contains_key(name);
        if declared || referenced.contains(name) {
            assign(name, expression, &of_file, &mut given, found);
        }
    }
    names.variables.extend(given.iter().map(|(name, it)| (name.clone(), it.value.clone())));
    let of_run = names.clone();
    for (name, expression) in &run.variables {
        assign(name, expression, &of_run, &mut given, found);
        if !declared.contains(name) && !checked.contains(name) {
            let detail = format!(
                "The module under test does not declare a variable named {:?}, but it is declared in run block {:?}.",
                &**name, &*run.name
            );
            found.push(Diagnostic::warning("Value for undeclared variable", detail).at(expression.span));
        }
    }
    names.variables.extend(given.iter().map(|(name, it)| (name.clone(), it.value.clone())));
    given.retain(|name, _| declared.contains(name));
    for variable in variables::missing(configuration, &given) {
        let detail = format!(
            "The module under test for run block {:?} has a required variable {:?} with no set value. Use a -var or -var-file \
             command line argument or add this variable into a \"variables\" block within the test file or run block.",
            &*run.name, &*variable.name
        );
        found.push(Diagnostic::error("No value for required variable", detail).at(variable.span));
    }
    if has_errors(found) {
        return BTreeMap::new();
    }
    let (values, wrong) = variables::root_values(configuration, &given);
    found.extend(wrong);
    values.values().for_each(|it| configuration.sources.keep_secrets_of(it));
    values
}

fn assign(name: &Name, expression: &Expression, names: &Names, given: &mut Values, found: &mut Diagnostics) {
    let value = evaluate(expression, names, found);
    given.insert(name.clone(), variables::Given { value, origin: Origin::File(expression.span) });
}

/// The variables that the assertions of the run name, and the providers of the file.
fn checked(file: &TestFile, run: &Run) -> BTreeSet<Name> {
    let rules = run.asserts.iter().flat_map(|it| [&it.condition, &it.error_message]);
    let bodies = file.providers.values().flat_map(|it| it.body.attributes.iter().map(|it| &it.value));
    named(rules.chain(bodies))
}

fn named<'e>(expressions: impl Iterator<Item = &'e Expression>) -> BTreeSet<Name> {
    let found = expressions.flat_map(|it| references(it, &mut Diagnostics::new()));
    let variables = found.filter_map(|it| match it.subject {
        Subject::Variable(name) => Some(name),
        _ => None,
    });
    variables.collect()
}

/// What environment, files and flags say of the variables that `configuration` declares, and the variables files beside the test
/// file. That others are not declared is no mistake here: several modules are tested with the same values.
fn global(suite: &Suite, configuration: &mut Configuration, file: &TestFile, found: &mut Diagnostics) -> Values {
    let declared = &configuration.root().variables;
    let is_known = |it: &&Given| match it {
        Given::Variable(text) => text.split_once('=').is_none_or(|(name, _)| declared.contains_key(name.trim_end())),
        Given::File(_) => true,
    };
    let given: Vec<Given> = suite.given.iter().filter(is_known).cloned().collect();
    let (mut values, mut wrong) = open::assigned(configuration, &suite.files, &given);
    let folder = file.path.parent().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() {
        let (beside, more) = variables::collect(configuration, &suite.files, folder, [], &[]);
        values.extend(beside);
        wrong.extend(more);
    }
    found.extend(wrong.into_iter().filter(|it| it.severity == Severity::Error));
    values
}

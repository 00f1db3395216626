//! Values of root variables from the environment, files and the command line.

use super::{is_literal, prepare};
use crate::{
    address::{ModulePath, Name},
    diagnostic::{Diagnostic, Diagnostics, FileId, Sources, Span, has_errors},
    expression::{constant::constant, syntax::parse_expression},
    lang::{
        configuration::{Configuration, Module, Variable},
        load::{Files, clean, content::did_you_mean, parse_file},
    },
    value::{Type, Value, from_json},
};
use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

/// `-var` and `-var-file`, in the order of the command line.
#[derive(Clone, Debug, PartialEq)]
pub enum Assignment {
    /// `name=value`
    Variable(String),
    File(PathBuf),
}

/// A value as it was given, before its conversion.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub value: Value,
    pub origin: Origin,
}

/// Where a value comes from, for messages.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// `TF_VAR_name`
    Environment,
    /// `-var`
    CommandLine,
    /// Typed in on a terminal.
    Prompt,
    /// A `.tfvars.json` file.
    Json(PathBuf),
    /// The expression in a `.tfvars` file.
    File(Span),
    /// The argument of a module call, or its header where the argument is missing.
    Call(Span),
    /// A saved plan, or another place that needs no words.
    Internal,
}

impl Origin {
    pub(super) fn at(&self, diagnostic: Diagnostic) -> Box<Diagnostic> {
        Box::new(match self {
            Self::File(span) | Self::Call(span) => diagnostic.at(*span),
            _ => diagnostic,
        })
    }

    pub(super) fn unsuitable(&self, variable: &Variable, place: &str, problem: &str) -> String {
        let name = &variable.name;
        match self {
            Self::Environment => {
                format!("Unsuitable value for var.{name} set using the TF_VAR_{name} environment variable: {problem}.")
            }
            Self::CommandLine => {
                format!("Unsuitable value for var.{name} set using -var=\"{name}=...\": {problem}.")
            }
            Self::Prompt => format!("Unsuitable value for var.{name} set using an interactive prompt: {problem}."),
            Self::Json(path) => {
                format!("Unsuitable value for var.{name} set in {}: {problem}.", path.display())
            }
            Self::Call(_) => format!(
                "The given value is not suitable for child module variable {:?} defined at {place}: {problem}.",
                &**name
            ),
            Self::File(_) | Self::Internal => {
                format!("The given value is not suitable for var.{name} declared at {place}: {problem}.")
            }
        }
    }
}

/// The values that the root variables are given, later places before earlier ones: `TF_VAR_…`, `terraform.tfvars`,
/// `terraform.tfvars.json`, `*.auto.tfvars` and `*.auto.tfvars.json` by name, then the command line.
///
/// The texts are added to the sources of `configuration`, so that messages can show them.
pub fn collect(
    configuration: &mut Configuration,
    files: &Files,
    folder: &Path,
    environment: impl IntoIterator<Item = (String, String)>,
    command_line: &[Assignment],
) -> (BTreeMap<Name, Given>, Diagnostics) {
    let Configuration { sources, modules, .. } = configuration;
    let Some(root) = modules.get(&ModulePath::root()) else { return Default::default() };
    let mut collector = Collector {
        root,
        files,
        sources,
        given: BTreeMap::new(),
        texts: BTreeMap::new(),
        diagnostics: Vec::new(),
        undeclared: 0,
    };
    for (key, text) in environment {
        let variable = key.strip_prefix("TF_VAR_").and_then(|name| root.variables.get(name));
        if let Some(variable) = variable {
            collector.text(variable, &text, Origin::Environment);
        }
    }
    let names = files.names(folder).unwrap_or_default();
    let present = |name: &&&str| names.iter().any(|it| it == **name);
    let fixed = ["terraform.tfvars", "terraform.tfvars.json"];
    let automatic = names.iter().filter(|it| it.ends_with(".auto.tfvars") || it.ends_with(".auto.tfvars.json"));
    for name in fixed.iter().filter(present).copied().chain(automatic.map(String::as_str)) {
        collector.file(&folder.join(name), true);
    }
    for assignment in command_line {
        match assignment {
            Assignment::File(path) => collector.file(path, false),
            Assignment::Variable(text) => collector.command_line(text),
        }
    }
    collector.interpret_texts();
    collector.summarize();
    (collector.given, collector.diagnostics)
}

struct Collector<'a> {
    root: &'a Module,
    files: &'a Files,
    sources: &'a mut Sources,
    given: BTreeMap<Name, Given>,
    /// What was given as text. Only what nothing else takes the place of has to be right.
    texts: BTreeMap<Name, (String, Origin)>,
    diagnostics: Diagnostics,
    /// How many values of files have no variable.
    undeclared: usize,
}

/// After so many warnings of one kind, the others are only counted.
const WARNINGS: usize = 2;

impl Collector<'_> {
    fn text(&mut self, variable: &Variable, text: &str, origin: Origin) {
        if variable.sensitive {
            // Whether it counts or not, it is a secret as a whole and in its parts.
            interpret(variable, text, self.sources, &mut Diagnostics::new());
        }
        self.given.remove(&variable.name);
        self.texts.insert(variable.name.clone(), (text.to_owned(), origin));
    }

    fn interpret_texts(&mut self) {
        for (name, (text, origin)) in std::mem::take(&mut self.texts) {
            let Some(variable) = self.root.variables.get(&name) else { continue };
            if let Some(value) = interpret(variable, &text, self.sources, &mut self.diagnostics) {
                self.given.insert(name, Given { value, origin });
            }
        }
    }

    fn command_line(&mut self, text: &str) {
        let Some((name, text)) = text.split_once('=') else {
            // Where the name was forgotten this may be a secret.
            let given = match self.has_secrets() && !self.root.variables.contains_key(text) {
                true => String::new(),
                false => format!(" {text:?}"),
            };
            let detail = format!(
                "The given -var option{given} is not correctly specified. Must be a variable name and value separated \
                 by an equals sign, like -var=\"key=value\"."
            );
            return self.diagnostics.push(Diagnostic::error("Invalid -var option", detail));
        };
        if name.ends_with(' ') {
            let meant = name.trim_end();
            let detail =
                format!("Variable name {name:?} is invalid due to trailing space. Did you mean -var=\"{meant}=...\"?");
            return self.diagnostics.push(Diagnostic::error("Invalid -var option", detail));
        }
        match self.root.variables.get(name) {
            Some(variable) => self.text(variable, text, Origin::CommandLine),
            None => {
                let detail = format!(
                    "A variable named {name:?} was assigned on the command line, but the root module does not declare \
                     a variable of that name. To use this value, add a \"variable\" block to the configuration.{}",
                    did_you_mean(name, self.root.variables.keys().map(|it| &**it))
                );
                self.diagnostics.push(Diagnostic::error("Value for undeclared variable", detail));
            }
        }
    }

    /// `is_found`: nobody named it.
    fn file(&mut self, path: &Path, is_found: bool) {
        let path = &clean(path);
        let read = if is_found { self.files.read_found(path) } else { self.files.read(path) };
        if let Err(error) = read {
            let path = path.display();
            let detail = match error.kind() {
                io::ErrorKind::NotFound => format!("Given variables file {path} does not exist."),
                _ => format!("Error while reading {path}: {error}."),
            };
            return self.diagnostics.push(Diagnostic::error("Failed to read variables file", detail));
        }
        if path.extension().is_some_and(|it| it == "json") {
            return self.json(path);
        }
        let (known, found) = (self.sources.files().len(), self.diagnostics.len());
        let body = parse_file(self.files, path, self.sources, &mut self.diagnostics);
        if self.has_secrets() && self.diagnostics.len() > found {
            // Which value is whose cannot be told.
            (known..self.sources.files().len()).for_each(|it| self.sources.conceal_file(FileId(it as u32)));
        }
        let Some(body) = body else { return };
        for block in &body.blocks {
            let name = &*block.kind.text;
            let (summary, detail) = if name == "variable" {
                let detail = "A .tfvars file is used to assign values to variables that have already been declared in .tf \
                              files, not to declare new variables. Declare it in one of your .tf files and assign it a \
                              value here: name = value.";
                ("Variable declaration in .tfvars file".to_owned(), detail)
            } else {
                (format!("Unexpected {name:?} block"), "Blocks are not allowed here.")
            };
            self.diagnostics.push(Diagnostic::error(summary, detail).at(block.kind.span));
        }
        for attribute in body.attributes {
            let name = attribute.name.text;
            if self.is_secret(&name) {
                self.sources.conceal(attribute.value.span);
            }
            let Some(value) = constant(&attribute.value, &mut self.diagnostics) else { continue };
            self.assign(name, value, Origin::File(attribute.value.span), path);
        }
    }

    fn json(&mut self, path: &Path) {
        let problem = match self.files.read(path) {
            Ok(content) => match serde_json::from_slice(&content).map(object) {
                Ok(Some(entries)) => {
                    // A name that no variable can have is where comments stand.
                    for (name, json) in entries.into_iter().filter(|(name, _)| name != "//") {
                        match from_json(&json, &Type::Any) {
                            Ok(value) => self.assign(name.into(), value, Origin::Json(path.to_owned()), path),
                            Err(error) => {
                                let detail = format!("In {}: {error}.", path.display());
                                self.diagnostics.push(Diagnostic::error("Invalid variables file", detail));
                            }
                        }
                    }
                    return;
                }
                Ok(None) => {
                    Diagnostic::error("Invalid JSON", format!("The file {} is not a JSON object.", path.display()))
                }
                Err(error) => Diagnostic::error(
                    "Invalid JSON",
                    format!("The file {} is not a JSON object: {error}.", path.display()),
                ),
            },
            Err(error) => Diagnostic::error(
                "Failed to read variables file",
                format!("Given variables file {} could not be read: {error}.", path.display()),
            ),
        };
        self.diagnostics.push(problem);
    }

    fn assign(&mut self, name: Name, value: Value, origin: Origin, path: &Path) {
        if self.is_secret(&name) {
            self.sources.keep_secret(&value);
        }
        if self.root.variables.contains_key(&name) {
            self.texts.remove(&name);
            self.given.insert(name, Given { value, origin });
            return;
        }
        self.undeclared += 1;
        if self.undeclared > WARNINGS {
            return;
        }
        let detail = format!(
            "The root module does not declare a variable named {:?} but a value was found in file {:?}. If you meant to \
             use this value, add a \"variable\" block to the configuration.\n\nTo silence these warnings, use \
             TF_VAR_... environment variables to provide certain \"global\" settings to all configurations in your \
             organization. To reduce the verbosity of these warnings, use the -compact-warnings option.",
            &*name,
            path.display().to_string()
        );
        self.diagnostics.push(*origin.at(Diagnostic::warning("Value for undeclared variable", detail)));
    }

    fn has_secrets(&self) -> bool {
        self.root.variables.values().any(|it| it.sensitive)
    }

    /// Whether what is given under this name must not be shown. A name that nobody knows may be one misspelt.
    fn is_secret(&self, name: &str) -> bool {
        self.root.variables.get(name).map_or_else(|| self.has_secrets(), |it| it.sensitive)
    }

    fn summarize(&mut self) {
        if let Some(others) = self.undeclared.checked_sub(WARNINGS).filter(|it| *it > 0) {
            let detail = format!(
                "In addition to the other similar warnings shown, {others} other variable(s) defined without being \
                 declared."
            );
            self.diagnostics.push(Diagnostic::warning("Values for undeclared variables", detail));
        }
    }
}

fn object(json: serde_json::Value) -> Option<serde_json::Map<String, serde_json::Value>> {
    if let serde_json::Value::Object(entries) = json { Some(entries) } else { None }
}

/// The value that `text` of `TF_VAR_…`, `-var` or a prompt gives to `variable`: itself, or what the expression in
/// it says if the type is not primitive. `None` after an error.
pub fn interpret(
    variable: &Variable,
    text: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    if variable.sensitive {
        sources.keep_secret(&Value::string(text));
    }
    if is_literal(variable) {
        return Some(Value::string(text));
    }
    let path = PathBuf::from(format!("<value for var.{}>", variable.name));
    let file = sources.add(path, text.into());
    if variable.sensitive {
        sources.conceal_file(file);
    }
    let mut found = Vec::new();
    let expression = parse_expression(text, file, &mut found);
    let value = if has_errors(&found) { None } else { constant(&expression, &mut found) };
    diagnostics.append(&mut found);
    if let Some(value) = value.as_ref().filter(|_| variable.sensitive) {
        sources.keep_secret(value);
    }
    value
}

/// The root variables that need a value and are given none. On a terminal they are asked for.
pub fn missing<'a>(configuration: &'a Configuration, given: &BTreeMap<Name, Given>) -> Vec<&'a Variable> {
    let variables = configuration.root().variables.values();
    variables.filter(|it| it.default.is_none() && !given.contains_key(&it.name)).collect()
}

/// The values of all root variables, from what [`collect`] and prompts gave. Where they are from is noted in the variables: that
/// is where a value is wrong.
pub fn root_values(
    configuration: &mut Configuration,
    given: &BTreeMap<Name, Given>,
) -> (BTreeMap<Name, Value>, Diagnostics) {
    let mut values = BTreeMap::new();
    let mut diagnostics: Diagnostics = missing(configuration, given).into_iter().map(no_value).collect();
    let sources = &configuration.sources;
    let root = configuration.modules.get_mut(&ModulePath::root());
    for (name, variable) in root.into_iter().flat_map(|it| &mut it.variables) {
        let (value, origin) = match given.get(name) {
            Some(given) => (Some(given.value.clone()), given.origin.clone()),
            None if variable.default.is_some() => (None, Origin::Internal),
            None => continue,
        };
        if let Origin::File(span) = origin {
            variable.given = Some(span);
        }
        match prepare(variable, value, &origin, sources) {
            Ok(value) => {
                values.insert(name.clone(), value);
            }
            Err(error) => diagnostics.push(*error),
        }
    }
    (values, diagnostics)
}

fn no_value(variable: &Variable) -> Diagnostic {
    let detail = format!(
        "The root module input variable {:?} is not set, and has no default value. Use a -var or -var-file command line \
         argument to provide a value for this variable.",
        &*variable.name
    );
    Diagnostic::error("No value for required variable", detail).at(variable.span)
}

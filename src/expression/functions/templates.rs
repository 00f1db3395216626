//! `templatefile`, `templatestring` and the clock.

use super::{Failure, Function, Parameter, arguments::Arguments, filesystem, types};
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics, FileId, Span, nearest},
    expression::{
        evaluate::{FolderEntry, Scope, Step, evaluate_template},
        references::free_names,
        syntax::{
            lexer, parse_template,
            tree::{Identifier, Template},
        },
    },
    value::{Data, Text, Type, Value, convert},
};
use std::{collections::BTreeMap, io, path::Path, sync::Arc};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new(
        "templatefile",
        &[Parameter::new("path", types::string), Parameter::new("vars", types::any).marked()],
        types::returns_any,
        template_file,
    )
    .nullable(),
    Function::new(
        "templatestring",
        &[Parameter::new("template", types::string), Parameter::new("vars", types::any).marked().typed()],
        types::returns_string,
        template_string,
    ),
    Function::new("timestamp", &[], types::returns_string, |_, scope| Ok(scope.timestamp())),
    Function::new("plantimestamp", &[], types::returns_string, |_, scope| Ok(scope.plan_timestamp())),
];

fn template_file(arguments: &[Value], scope: &dyn Scope) -> Result<Value, Failure> {
    refuse_recursion("templatefile", scope)?;
    let path = arguments.text(0);
    let text = filesystem::read_text(path, scope)?;
    check_variables(&arguments[1])?;
    let template = parsed(path, &text).map_err(Failure::Call)?;
    let value = render(path, &text, &template, &arguments[1], scope)?;
    if value.is_null() {
        let place = place(path, &text, Span { file: FileId(0), start: 0, end: text.len() as u32 });
        let why = "Template result is null; The result of the template is null, which is not a valid result for a \
                   templatestring call.";
        return Err(format!("{place}: {why}").into());
    }
    Ok(value)
}

fn template_string(arguments: &[Value], scope: &dyn Scope) -> Result<Value, Failure> {
    refuse_recursion("templatestring", scope)?;
    let (name, text) = ("<templatestring argument>", arguments.text(0));
    check_variables(&arguments[1])?;
    let template = parsed(name, text).map_err(|why| Failure::Argument(0, format!("invalid template: {why}")))?;
    let value = render(name, text, &template, &arguments[1], scope)?;
    convert(&value, &Type::String).map_err(|why| Failure::Call(why.0))
}

/// A template renders no other template, so that rendering ends.
fn refuse_recursion(function: &str, scope: &dyn Scope) -> Result<(), Failure> {
    match scope.template_depth() {
        0 => Ok(()),
        _ => Err(format!("cannot recursively call {function} from inside another template function").into()),
    }
}

/// Renders a template outside of any module, as the provider hashicorp/template does: `variables` are all the names that
/// there are, and a file is looked for in the working directory. What is wrong is said in one line.
pub fn render_alone(text: &str, variables: &BTreeMap<Text, Value>) -> Result<String, String> {
    let name = "<template_file>";
    let mut diagnostics = Diagnostics::new();
    let template = parse_template(text, FileId(0), &mut diagnostics);
    let value = match first_error(&diagnostics) {
        None => evaluate_template(&template, &Alone { variables }, &mut diagnostics),
        Some(_) => Value::unknown(Type::String),
    };
    if let Some(error) = first_error(&diagnostics) {
        let others = diagnostics.iter().filter(|it| it.is_error()).count() - 1;
        let more = if others == 0 { String::new() } else { format!(", and {others} other diagnostic(s)") };
        return Err(explained(name, text, error) + &more);
    }
    let value = convert(&value, &Type::String).map_err(|why| format!("invalid template result: {}", why.message()))?;
    value.as_str().map(str::to_owned).ok_or_else(|| "invalid template result: it must not be null".into())
}

fn parsed(name: &str, text: &str) -> Result<Template, String> {
    let mut diagnostics = Diagnostics::new();
    let template = parse_template(text, FileId(0), &mut diagnostics);
    match first_error(&diagnostics) {
        Some(error) => Err(explained(name, text, error)),
        None => Ok(template),
    }
}

/// Renders the template `text`, called `name` in messages, with the names that the map or object `variables` has.
fn render(name: &str, text: &str, template: &Template, variables: &Value, scope: &dyn Scope) -> Result<Value, Failure> {
    check_names(name, text, template, variables)?;
    let mut diagnostics = Diagnostics::new();
    let scope = TemplateScope { variables, outer: scope };
    let value = evaluate_template(template, &scope, &mut diagnostics);
    match first_error(&diagnostics) {
        Some(error) => Err(Failure::Call(explained(name, text, error))),
        None => Ok(value.marked(variables.marks)),
    }
}

fn first_error(diagnostics: &[Diagnostic]) -> Option<&Diagnostic> {
    diagnostics.iter().find(|it| it.is_error())
}

/// `name:line,column-column: summary; detail` of an error in the text that is called `name`.
pub(super) fn explained(name: &str, text: &str, error: &Diagnostic) -> String {
    let place = error.subject.map_or_else(|| name.to_owned(), |span| place(name, text, span));
    format!("{place}: {}; {}", error.summary, error.detailed(|span| self::place(name, text, span)))
}

/// `name:line,column-column`
fn place(name: &str, text: &str, span: Span) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |it| it + 1);
    let line = text[..start].matches('\n').count() + 1;
    let column = text[line_start..start].chars().count() + 1;
    let width = text.get(start..end).map_or(0, |it| it.chars().count());
    format!("{name}:{line},{column}-{}", column + width)
}

fn check_variables(variables: &Value) -> Result<(), Failure> {
    if !matches!(variables.data, Data::Map(..) | Data::Object(_)) {
        return Err(Failure::Argument(1, "invalid vars value: must be a map".into()));
    }
    for name in variables.as_entries().into_iter().flatten().map(|(name, _)| name) {
        if lexer::identifier(name) != &**name {
            let why = format!(
                "invalid template variable name {name:?}: must start with a letter, followed by zero or more letters, \
                 digits, and underscores"
            );
            return Err(Failure::Argument(1, why));
        }
    }
    Ok(())
}

fn check_names(name: &str, text: &str, template: &Template, variables: &Value) -> Result<(), Failure> {
    for used in free_names(template) {
        if variables.get(&used.text).is_none() {
            let place = place(name, text, used.span);
            let why = format!("vars map does not contain key {:?}, referenced at {place}", used.text);
            return Err(Failure::Argument(1, why));
        }
    }
    Ok(())
}

/// Of names, only the given ones; around them is nothing but this machine.
struct Alone<'a> {
    variables: &'a BTreeMap<Text, Value>,
}

impl Scope for Alone<'_> {
    fn resolve(&self, root: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        if let Some(value) = self.variables.get(&root.text) {
            return Ok((value.clone(), 0));
        }
        let near = nearest(&root.text, self.variables.keys().map(|it| &**it));
        let suggestion = near.map_or(String::new(), |it| format!(" Did you mean {it:?}?"));
        let detail = format!("There is no variable named {:?}.{suggestion}", root.text);
        Err(Box::new(Diagnostic::error("Unknown variable", detail).at(root.span)))
    }
    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        Ok(std::fs::read(path)?.into())
    }
    fn timestamp(&self) -> Value {
        Value::string(jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
    }
    fn plan_timestamp(&self) -> Value {
        self.timestamp()
    }
}

/// Of names, only the given ones; of all else, what the caller has.
struct TemplateScope<'a> {
    variables: &'a Value,
    outer: &'a dyn Scope,
}

impl Scope for TemplateScope<'_> {
    fn resolve(&self, root: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        match self.variables.get(&root.text) {
            Some(value) => Ok((value.clone(), 0)),
            None => {
                let detail = format!("There is no variable named {:?}.", root.text);
                Err(Box::new(Diagnostic::error("Unknown variable", detail).at(root.span)))
            }
        }
    }
    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        self.outer.read_file(path)
    }
    fn read_folder(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        self.outer.read_folder(path)
    }
    fn timestamp(&self) -> Value {
        self.outer.timestamp()
    }
    fn plan_timestamp(&self) -> Value {
        self.outer.plan_timestamp()
    }
    fn template_depth(&self) -> usize {
        self.outer.template_depth() + 1
    }
    fn required_provider(&self, name: &str) -> Option<ProviderSource> {
        self.outer.required_provider(name)
    }
}

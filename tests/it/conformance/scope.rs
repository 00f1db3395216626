//! What the names in the cases mean: the same as in `tests/conformance/scope/main.tf`, where Terraform finds them.

use std::{fs, io, path::Path, sync::Arc};

use rforge::{
    address::ProviderSource,
    diagnostic::Diagnostic,
    expression::{
        evaluate::{FolderEntry, Scope, Step},
        syntax::tree::Identifier,
    },
    value::{Marks, Type, Value},
};

pub(crate) struct Names;

impl Names {
    fn local(name: &str) -> Option<Value> {
        let unknown = |ty| Some(Value::unknown(ty));
        let not_null = |ty| Some(Value::unknown_not_null(ty));
        match name {
            "u" => unknown(Type::Any),
            "s" => unknown(Type::String),
            "n" => unknown(Type::Number),
            "b" => unknown(Type::Bool),
            "l" => not_null(Type::list(Type::String)),
            "set" => unknown(Type::set(Type::Any)),
            "m" => not_null(Type::map(Type::String)),
            "template" => Some(Value::string("<${name}>")),
            "bad_template" => Some(Value::string("<${name")),
            "loop_template" => Some(Value::string("%{ for x in list ~}\n- ${x}\n%{ endfor ~}\n")),
            "call_template" => Some(Value::string("${element(list, 0)}")),
            "string_template" => Some(Value::string("${templatestring(\"a\", {})}")),
            "recursive_template" => Some(Value::string("${templatefile(\"files/one.tmpl\", {name = x})}")),
            "ul" => Some(Value::list(Type::String, vec![Value::unknown(Type::String)])),
            _ => None,
        }
    }

    fn variable(name: &str) -> Option<Value> {
        let hidden = || Value::string("hidden");
        match name {
            "secret" => Some(hidden().marked(Marks::SENSITIVE)),
            "secrets" => Some(Value::list(Type::String, vec![hidden()]).marked(Marks::SENSITIVE)),
            "token" => Some(Value::string("token").marked(Marks::EPHEMERAL)),
            _ => None,
        }
    }
}

impl Scope for Names {
    fn resolve(&self, root: &Identifier, steps: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        let found = match (&*root.text, steps.first()) {
            ("local", Some(Step::Attribute(name))) => Self::local(&name.text),
            ("var", Some(Step::Attribute(name))) => Self::variable(&name.text),
            _ => None,
        };
        match found {
            Some(value) => Ok((value, 1)),
            None => Err(Box::new(Diagnostic::error("Invalid reference", format!("No {:?} here.", root.text)))),
        }
    }
    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        Ok(fs::read(super::folder().join("scope").join(path))?.into())
    }
    fn read_folder(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        let entries = fs::read_dir(super::folder().join("scope").join(path))?.map(|entry| {
            let entry = entry?;
            let is_folder = entry.path().is_dir();
            Ok(FolderEntry { name: entry.file_name().to_string_lossy().into_owned(), is_folder })
        });
        entries.collect()
    }
    fn timestamp(&self) -> Value {
        Value::string("2025-04-05T06:07:08Z")
    }
    fn plan_timestamp(&self) -> Value {
        Value::unknown_not_null(Type::String)
    }
    fn required_provider(&self, name: &str) -> Option<ProviderSource> {
        (name == "terraform").then(ProviderSource::builtin)
    }
}

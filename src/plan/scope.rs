//! What names mean inside one instance of a module.

use super::{
    expansion::Expansion,
    objects::marks_of,
    traversal,
    world::{Pass, World},
};
use crate::{
    address::{InstanceAddress, InstanceKey, ModuleAddress, Name, ProviderSource, ResourceAddress, ResourceMode},
    diagnostic::{Diagnostic, Span, nearest},
    expression::{
        evaluate::{Scope, Step},
        syntax::tree::{Expression, Identifier},
    },
    lang::{
        configuration::{ModuleCall, Repetition},
        dependencies::provider_for,
    },
    provider::Provider,
    value::{Data, Marks, ObjectType, Type, Value},
};
use std::{io, path::Path, sync::Arc};

pub(super) struct ModuleScope<'w> {
    pub world: &'w World,
    pub module: &'w ModuleAddress,
    pub repetition: &'w Repetition,
    /// `self` in a postcondition.
    pub this: Option<&'w Value>,
}

type Resolved = Result<(Value, usize), Box<Diagnostic>>;

impl Scope for ModuleScope<'_> {
    fn resolve(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        match &*root.text {
            "var" => self.member(
                root,
                steps,
                "input variable",
                |name| self.world.variable(self.module, name),
                |it| it.variables.keys().collect(),
            ),
            "local" => self.member(
                root,
                steps,
                "local value",
                |name| self.world.local(self.module, name),
                |it| it.locals.keys().collect(),
            ),
            "each" => self.each(root, steps),
            "count" => self.count(root, steps),
            "path" => self.path(root, steps),
            "terraform" | "tofu" => match name_of(steps, 0) {
                Some(name) if &*name.text == "workspace" => Ok((Value::string(&self.world.setting.workspace), 1)),
                // Another value while applying than while planning, so that nothing may be kept of it.
                Some(name) if &*name.text == "applying" => {
                    Ok((Value::bool(self.world.pass == Pass::Applying).marked(Marks::EPHEMERAL), 1))
                }
                _ => Err(invalid(
                    root.span,
                    "The \"terraform\" object has the attributes \"workspace\" and \"applying\".",
                )),
            },
            "self" => match self.this {
                Some(value) => Ok((value.clone(), 0)),
                None => Err(invalid(root.span, "The \"self\" object is not available here.")),
            },
            "module" => self.call(root, steps),
            "ephemeral" => match (name_of(steps, 0), name_of(steps, 1)) {
                (Some(kind), Some(name)) => self.resource(ResourceMode::Ephemeral, kind, name, steps, 2),
                _ => Err(invalid(root.span, "An ephemeral resource is referred to by its type and its name.")),
            },
            "data" => match (name_of(steps, 0), name_of(steps, 1)) {
                (Some(kind), Some(name)) => self.resource(ResourceMode::Data, kind, name, steps, 2),
                _ => Err(invalid(root.span, "A data source is referred to by its type and its name.")),
            },
            _ => match name_of(steps, 0) {
                Some(name) => self.resource(ResourceMode::Managed, root, name, steps, 1),
                None => Err(invalid(
                    root.span,
                    "A reference to a resource type must be followed by at least one attribute access, specifying the \
                     resource name.",
                )),
            },
        }
    }

    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        self.world.setting.files.read(path)
    }

    fn timestamp(&self) -> Value {
        match &self.world.setting.timestamp {
            None => Value::unknown_not_null(Type::String),
            Some(timestamp) => Value::string(timestamp),
        }
    }

    fn plan_timestamp(&self) -> Value {
        Value::string(&self.world.setting.plan_timestamp)
    }

    /// What all instances of a block share is evaluated once for all: each of n that looks at all of n others would be n*n.
    fn remembered(&self, expression: &Expression, make: &mut dyn FnMut() -> (Value, bool)) -> Value {
        if self.repetition.key.is_none() || self.world.pass == Pass::Validating {
            return make().0;
        }
        self.world.values.shared(self.module, expression, self.world.pass, make)
    }

    fn required_provider(&self, name: &str) -> Option<ProviderSource> {
        let module = self.world.setting.configuration.modules.get(&self.module.path())?;
        module.required_providers.get(name).map(|it| it.source.clone())
    }

    fn provider(&self, source: &ProviderSource) -> Option<Arc<dyn Provider>> {
        self.world.definition(source).cloned()
    }
}

impl ModuleScope<'_> {
    fn member(
        &self,
        root: &Identifier,
        steps: &[Step<'_>],
        what: &str,
        get: impl FnOnce(&Name) -> Option<Value>,
        names: fn(&crate::lang::configuration::Module) -> Vec<&Name>,
    ) -> Resolved {
        let Some(name) = name_of(steps, 0) else {
            let detail = format!("The \"{}\" object must be followed by the name of the {what}.", root.text);
            return Err(invalid(root.span, &detail));
        };
        match get(&name.text) {
            Some(value) => Ok((value, 1)),
            None => {
                let module = self.world.module(self.module);
                let known: Vec<&str> = module.map(names).into_iter().flatten().map(|it| &**it).collect();
                Err(undeclared(what, name, root.span, known))
            }
        }
    }

    fn each(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        if self.world.pass == Pass::Validating {
            return Ok((Value::unknown(Type::Any), 1));
        }
        let key = match (&self.repetition.key, &self.repetition.each_value) {
            (Some(InstanceKey::Key(key)), _) => Some(Value::string(key)),
            // Only import blocks repeat over lists.
            (Some(InstanceKey::Index(at)), Some(_)) => Some(Value::number(i64::try_from(*at).unwrap_or(i64::MAX))),
            _ => None,
        };
        let Some(key) = key else {
            return Err(Box::new(
                Diagnostic::error(
                    "Reference to \"each\" in context without for_each",
                    "The \"each\" object can be used only in \"module\" or \"resource\" blocks, and only when the \
                     \"for_each\" argument is set.",
                )
                .at(root.span),
            ));
        };
        match name_of(steps, 0).map(|it| &*it.text) {
            Some("key") => Ok((key, 1)),
            Some("value") => Ok((self.repetition.each_value.clone().unwrap_or_else(|| Value::unknown(Type::Any)), 1)),
            _ => Err(invalid(root.span, "The \"each\" object has the attributes \"key\" and \"value\".")),
        }
    }

    fn count(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        if self.world.pass == Pass::Validating {
            return Ok((Value::unknown(Type::Number), 1));
        }
        let Some(InstanceKey::Index(index)) = &self.repetition.key else {
            return Err(Box::new(
                Diagnostic::error(
                    "Reference to \"count\" in non-counted context",
                    "The \"count\" object can only be used in \"module\", \"resource\", and \"data\" blocks, and only \
                     when the \"count\" argument is set.",
                )
                .at(root.span),
            ));
        };
        match name_of(steps, 0).map(|it| &*it.text) {
            Some("index") => Ok((Value::number(i64::try_from(*index).unwrap_or(i64::MAX)), 1)),
            _ => Err(invalid(root.span, "The \"count\" object has one attribute: \"index\".")),
        }
    }

    fn path(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        let configuration = &self.world.setting.configuration;
        let folder = match name_of(steps, 0).map(|it| &*it.text) {
            Some("module") => self.world.module(self.module).map(|it| it.folder.as_path()),
            Some("root") => Some(configuration.root().folder.as_path()),
            Some("cwd") => Some(self.world.setting.working_folder.as_path()),
            _ => None,
        };
        match folder {
            Some(folder) if folder.as_os_str().is_empty() => Ok((Value::string("."), 1)),
            Some(folder) => Ok((Value::string(folder.to_string_lossy()), 1)),
            None => Err(invalid(root.span, "The \"path\" object has \"module\", \"root\" and \"cwd\".")),
        }
    }

    /// `module.name.output`, `module.name["key"].output`, or a module as a whole.
    fn call(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        let Some(name) = name_of(steps, 0) else {
            return Err(invalid(root.span, "The \"module\" object must be followed by the name of a module call."));
        };
        let module = self.world.module(self.module);
        let Some(call) = module.and_then(|it| it.calls.get(&name.text)) else {
            let known = module.into_iter().flat_map(|it| it.calls.keys()).map(|it| &**it).collect();
            return Err(undeclared("module", name, root.span, known));
        };
        let expansion = self.world.call_expansion(self.module, call);
        let (key, taken) = match (&expansion, steps.get(1)) {
            (Expansion::Single, _) => (None, 1),
            (Expansion::Unknown, step) if self.world.pass == Pass::Validating => {
                return Ok(self.some_instance(call, step));
            }
            (Expansion::Unknown, _) => return Ok((Value::unknown(Type::Any), 1)),
            (_, Some(Step::Index(value, _)))
                if let Some(key) = key_of(value)
                    && expansion.contains(Some(&key)) =>
            {
                (Some(key), 2)
            }
            _ => {
                let of = |key| self.outputs(&self.module.child(&call.name, key));
                let make = || match &expansion {
                    Expansion::Each(entries) => Value::object(
                        entries.keys().map(|key| (key.clone(), of(Some(InstanceKey::Key(key.clone()))))).collect(),
                    ),
                    _ => Value::tuple(expansion.keys().into_iter().map(of).collect()),
                };
                return Ok((self.world.all_outputs(self.module, &call.name, make), 1));
            }
        };
        let child = self.module.child(&call.name, key);
        let Some(output) = name_of(steps, taken) else { return Ok((self.outputs(&child), taken)) };
        match self.world.output(&child, &output.text) {
            Some(value) => Ok((value, taken + 1)),
            None => {
                let outputs = self.world.module(&child).into_iter().flat_map(|it| it.outputs.keys());
                let suggestion = nearest(&output.text, outputs.map(|it| &**it)).map(str::to_owned);
                let error = Diagnostic::error(
                    "Unsupported attribute",
                    format!("This object does not have an attribute named \"{}\".", output.text),
                )
                .at(output.span);
                Err(Box::new(with_suggestion(error, suggestion)))
            }
        }
    }

    /// While validating: a module of which it is not known how many instances there will be, or any of these.
    fn some_instance(&self, call: &ModuleCall, step: Option<&Step<'_>>) -> (Value, usize) {
        let outputs = self.outputs(&self.module.child(&call.name, None));
        let is_key = |key: &Value| match (&call.count, &key.data) {
            (_, Data::Unknown(..)) => true,
            (Some(_), data) => matches!(data, Data::Number(_)),
            (None, data) => matches!(data, Data::String(_)),
        };
        match step {
            Some(Step::Index(key, _)) if is_key(key) => (outputs, 2),
            _ => {
                let names = outputs.as_entries().into_iter().flat_map(|it| it.keys());
                let attributes = names.map(|name| (name.clone(), Type::Any)).collect();
                let instance = Type::Object(ObjectType { attributes, ..ObjectType::default() }.into());
                let all = if call.count.is_some() { Type::list(instance) } else { Type::map(instance) };
                (Value::unknown(all), 1)
            }
        }
    }

    fn outputs(&self, module: &ModuleAddress) -> Value {
        let names = self.world.module(module).into_iter().flat_map(|it| it.outputs.keys());
        let outputs = names.filter_map(|name| Some((name.clone(), self.world.output(module, name)?)));
        Value::object(outputs.collect())
    }

    fn resource(
        &self,
        mode: ResourceMode,
        kind: &Identifier,
        name: &Identifier,
        steps: &[Step<'_>],
        taken: usize,
    ) -> Resolved {
        let address = ResourceAddress {
            module: self.module.clone(),
            mode,
            type_name: kind.text.clone(),
            name: name.text.clone(),
        };
        if self.world.pass == Pass::Validating && !self.is_in_schema(&address, &steps[taken..]) {
            return Ok((Value::unknown(Type::Any), steps.len()));
        }
        if let Some(Step::Index(value, _)) = steps.get(taken)
            && let Some(key) = key_of(value)
        {
            let instance = InstanceAddress { resource: address.clone(), key: Some(key) };
            if let Some(value) = self.world.objects.instance(&instance) {
                return Ok((value.clone(), taken + 1));
            }
        }
        // Whatever instances there will be, each is such an object.
        if self.world.pass == Pass::Validating
            && matches!(steps.get(taken), Some(Step::Index(..)))
            && let Some(value) = self.world.objects.instance(&address.instance(None))
        {
            return Ok((value.clone(), taken + 1));
        }
        if let Some(value) = self.world.objects.whole(&address) {
            return Ok((value, taken));
        }
        if self.world.resource(&address.path()).is_some() {
            return Ok((Value::unknown(Type::Any).marked(marks_of(mode)), taken));
        }
        let module = self.world.module(self.module);
        let known = module.into_iter().flat_map(|it| it.resources.keys());
        let known = known.filter(|it| it.0 == mode && it.1 == kind.text).map(|it| &*it.2);
        let suggestion = nearest(&name.text, known).map(|it| format!("{}.{it}", kind.text));
        let article = if mode == ResourceMode::Ephemeral { "An" } else { "A" };
        let what = mode.name();
        let within = if self.module.is_root() { "the root module".into() } else { self.module.path().to_string() };
        let error = Diagnostic::error(
            "Reference to undeclared resource",
            format!("{article} {what} resource \"{}\" \"{}\" has not been declared in {within}.", kind.text, name.text),
        )
        .at(kind.span.to(name.span));
        Err(Box::new(with_suggestion(error, suggestion)))
    }

    /// Whether the schema has what the steps after a resource name of it. It is reported here, as no function may make up for it.
    pub(super) fn is_in_schema(&self, address: &ResourceAddress, steps: &[Step<'_>]) -> bool {
        let (configuration, path) = (&self.world.setting.configuration, address.path());
        let Some(resource) = self.world.resource(&path) else { return true };
        let source = provider_for(configuration, resource, &path.module).address.source;
        let schema = self.world.schema(&source, path.mode, &path.type_name);
        let schema = schema.or_else(|| self.world.described(&source, path.mode, &path.type_name));
        let of_instance = if let Some(Step::Index(..)) = steps.first() { &steps[1..] } else { steps };
        let found = schema.and_then(|it| traversal::check(&it.block, of_instance));
        let is_there = found.as_ref().is_none_or(|it| !it.is_error());
        found.into_iter().for_each(|it| self.world.report(it));
        is_there
    }
}

fn name_of<'a>(steps: &[Step<'a>], at: usize) -> Option<&'a Identifier> {
    match steps.get(at)? {
        Step::Attribute(name) => Some(name),
        Step::Index(..) => None,
    }
}

/// The instance key that an index stands for, if it is known and has the type of a key.
fn key_of(value: &Value) -> Option<InstanceKey> {
    match &value.data {
        Data::String(text) => Some(InstanceKey::Key(text.clone())),
        Data::Number(number) => u64::try_from(number.to_i64()?).ok().map(InstanceKey::Index),
        _ => None,
    }
}

fn invalid(span: Span, detail: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("Invalid reference", detail).at(span))
}

fn undeclared(what: &str, name: &Identifier, root: Span, known: Vec<&str>) -> Box<Diagnostic> {
    let suggestion = nearest(&name.text, known).map(str::to_owned);
    let error = Diagnostic::error(
        format!("Reference to undeclared {what}"),
        format!("No {what} with the name \"{}\" has been declared.", name.text),
    )
    .at(root.to(name.span));
    Box::new(with_suggestion(error, suggestion))
}

fn with_suggestion(error: Diagnostic, suggestion: Option<String>) -> Diagnostic {
    match suggestion {
        Some(suggestion) => error.hint(format!("Did you mean \"{suggestion}\"?")),
        None => error,
    }
}

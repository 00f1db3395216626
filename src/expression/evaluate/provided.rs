//! Calls of functions that a provider has: `provider::aws::arn_parse(…)`.

use super::{Scope, fail};
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics, Signature, Span},
    expression::syntax::tree::{Call, Expression},
    provider::{Function, FunctionFailure, Parameter, Provider},
    value::{Marks, Value, convert},
};
use std::sync::Arc;

/// A function and who has it.
pub(super) struct Provided {
    provider: Arc<dyn Provider>,
    name: String,
    function: Function,
}

/// The function of a provider that `name` names, if it does.
pub(super) fn provided(name: &str, scope: &dyn Scope) -> Option<Provided> {
    let (local, name) = name.strip_prefix("provider::")?.split_once("::")?;
    let source: ProviderSource = scope.required_provider(local)?;
    let provider = scope.provider(&source)?;
    let function = provider.function(name)?;
    Some(Provided { provider, name: name.to_owned(), function })
}

impl Provided {
    /// What the call gives. Only values without marks go to the provider, whose result has all of them.
    pub(super) fn call(
        &self,
        (call, expression): (&Call, &Expression),
        mut values: Vec<Value>,
        scope: &dyn Scope,
        diagnostics: &mut Diagnostics,
    ) -> Value {
        let function = &self.function;
        let mut refuse = |error: Diagnostic| {
            let signature = Some(Box::new(self.signature()));
            fail(Diagnostic { signature, ..error.calling(&call.name.text) }, expression, scope, diagnostics)
        };
        let (given, expected) = (values.len(), function.parameters.len());
        if given < expected {
            let least = if function.variadic.is_some() { " at least" } else { "" };
            let detail = format!(
                "Function {:?} expects{least} {expected} argument(s). Missing value for {:?}.",
                call.name.text, function.parameters[given].name
            );
            let end = Span { start: expression.span.end.saturating_sub(1), ..expression.span };
            return refuse(Diagnostic::error("Not enough function arguments", detail).at(end));
        }
        if given > expected && function.variadic.is_none() {
            let detail = format!("Function {:?} expects only {expected} argument(s).", call.name.text);
            let surplus = call.arguments.get(expected).map_or(call.name.span, Expression::start);
            return refuse(Diagnostic::error("Too many function arguments", detail).at(surplus));
        }
        let (mut marks, mut is_unknown) = (Marks::NONE, false);
        for (position, value) in values.iter_mut().enumerate() {
            let Some(parameter) = self.parameter(position) else { break };
            let why = match convert(&value.without_marks(), &parameter.ty) {
                Ok(converted) if converted.is_null() && !parameter.takes_null => "argument must not be null".to_owned(),
                Ok(converted) => {
                    marks = marks.with(value.marks_within());
                    is_unknown |= !parameter.takes_unknown && !converted.is_wholly_known();
                    *value = converted;
                    continue;
                }
                Err(error) => error.to_string(),
            };
            return refuse(self.wrong(call, position, &why));
        }
        if is_unknown {
            return Value::unknown(function.returns.without_optional()).marked(marks);
        }
        match self.provider.call(&self.name, &values) {
            Ok(value) => value.marked(marks),
            // What a provider says may quote what it was given.
            Err(failure) if marks.contains(Marks::SENSITIVE) => {
                let hidden = "it failed, with a message that is not shown because an argument is sensitive";
                refuse(self.failed(call, &FunctionFailure { text: hidden.into(), ..failure }))
            }
            Err(failure) => refuse(self.failed(call, &failure)),
        }
    }

    fn signature(&self) -> Signature {
        let named = |it: &Parameter| (it.name.to_string(), it.ty.clone());
        Signature {
            name: self.name.clone(),
            parameters: self.function.parameters.iter().map(named).collect(),
            variadic: self.function.variadic.as_ref().map(named),
            returns: self.function.returns.clone(),
        }
    }

    fn parameter(&self, position: usize) -> Option<&Parameter> {
        self.function.parameters.get(position).or(self.function.variadic.as_ref())
    }

    fn failed(&self, call: &Call, failure: &FunctionFailure) -> Diagnostic {
        match failure.argument {
            Some(position) => self.wrong(call, position, &failure.text),
            None => {
                let detail = format!("Call to function {:?} failed: {}.", call.name.text, failure.text);
                let opening = Span { end: call.name.span.end + 1, ..call.name.span };
                Diagnostic::error("Error in function call", detail).at(opening)
            }
        }
    }

    fn wrong(&self, call: &Call, position: usize, why: &str) -> Diagnostic {
        let name = self.parameter(position).map_or("", |it| &it.name);
        let error =
            Diagnostic::error("Invalid function argument", format!("Invalid value for {name:?} parameter: {why}."));
        match (call.arguments.get(position), call.arguments.last()) {
            (Some(argument), _) if !call.expand || position + 1 < call.arguments.len() => error.at(argument.start()),
            (_, Some(expanded)) => error.at(expanded.span),
            _ => error,
        }
    }
}

//! Calls about what is kept nowhere: ephemeral resources and functions.

use super::{Answer, CAPABILITIES, Kind, WithMarksOf, deferred};
use crate::{
    plugin::{
        Plugin, dynamic,
        message::{self, DeferredReason},
        method,
        problem::from_messages,
    },
    provider::{Function, FunctionFailure, Problem, Result},
    value::{Type, Value},
};
use jiff::Timestamp;

/// How long something that was opened can be used, and what the provider wants to be given then.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lease {
    /// When it has to be renewed, if ever.
    pub renew_at: Option<Timestamp>,
    /// What the provider wants to be given to renew or close it.
    pub private: Option<Vec<u8>>,
}

/// What was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// With what the provider tells.
    pub result: Value,
    /// How long it can be used.
    pub lease: Lease,
    /// Why it is not open, where it could not be yet.
    pub deferred: Option<DeferredReason>,
}

impl Plugin {
    /// Opens an ephemeral resource.
    pub async fn open(&self, kind: Kind<'_>, config: &Value) -> Result<Answer<Opened>> {
        let (method, ty) = (&method::OPEN, kind.ty());
        let request = message::OpenEphemeralResourceRequest {
            type_name: kind.name.into(),
            config: self.send(method, config, &ty)?,
            client_capabilities: CAPABILITIES,
        };
        let told: message::OpenEphemeralResourceResponse = self.ask(method, &request).await?;
        let value = Opened {
            result: self.receive(method, told.result.as_ref(), &ty)?.with_marks_of(config),
            lease: Lease { renew_at: timestamp(told.renew_at), private: told.private },
            deferred: deferred(told.deferred),
        };
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// Has an ephemeral resource stay open.
    pub async fn renew(&self, type_name: &str, private: Option<&[u8]>) -> Result<Answer<Lease>> {
        let request = message::EphemeralRequest { type_name: type_name.into(), private: private.map(<[u8]>::to_vec) };
        let told: message::RenewEphemeralResourceResponse = self.ask(&method::RENEW, &request).await?;
        let value = Lease { renew_at: timestamp(told.renew_at), private: told.private };
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// Closes an ephemeral resource.
    pub async fn close(&self, type_name: &str, private: Option<&[u8]>) -> Result<Vec<Problem>> {
        let request = message::EphemeralRequest { type_name: type_name.into(), private: private.map(<[u8]>::to_vec) };
        self.diagnostics(&method::CLOSE, &request).await
    }

    /// Calls a function with as many arguments as it takes, each of its parameter's type.
    pub async fn call_function(
        &self,
        name: &str,
        function: &Function,
        arguments: &[Value],
    ) -> Result<Result<Value, FunctionFailure>> {
        let method = &method::CALL_FUNCTION;
        let further = function.variadic.iter().cycle();
        let types = function.parameters.iter().chain(further).map(|it| &it.ty);
        let sent = arguments.iter().zip(types).map(|(it, ty)| dynamic::to_message(it, &ty.without_optional()));
        let sent: Vec<_> = sent.collect::<Result<_, String>>().map_err(|it| self.unsendable(method, &it))?;
        if sent.len() < arguments.len().max(function.parameters.len()) {
            return Err(self.unsendable(method, &format!("{name} does not take {} arguments", arguments.len())));
        }
        let request = message::CallFunctionRequest { name: name.into(), arguments: sent };
        let told: message::CallFunctionResponse = self.ask(method, &request).await?;
        if let Some(error) = told.error {
            let argument = error.argument.and_then(|it| usize::try_from(it).ok());
            return Ok(Err(FunctionFailure { text: error.text, argument }));
        }
        let ty: Type = function.returns.without_optional();
        self.receive(method, told.result.as_ref(), &ty).map(Ok)
    }
}

/// None of what is no point in time.
fn timestamp(told: Option<message::Timestamp>) -> Option<Timestamp> {
    told.and_then(|it| Timestamp::new(it.seconds, it.nanos).ok())
}

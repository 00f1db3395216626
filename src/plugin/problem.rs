//! What goes wrong with calls, in Terraform's words.

use super::{
    Plugin, Protocol, message,
    method::{self, Method},
    path,
};
use crate::{
    diagnostic::Severity,
    provider::{Class, Problem},
};
use std::{error::Error, time::Duration};
use tonic::{Code, Status};

/// What is wrong with a call that the plugin does not know.
pub(super) const UNSUPPORTED: &str = "Unsupported plugin method";

/// How long a plugin that broke off a call may take to be gone, with its last words.
const LAST_WORDS: Duration = Duration::from_secs(2);

impl Plugin {
    /// What a call comes to that got no answer.
    pub(super) async fn failed(&self, method: &Method, status: &Status) -> Problem {
        let called = self.called(method);
        tracing::error!(plugin = self.name, call = called, status = %chain(status), "a call failed");
        // What the plugin itself says of a call comes over a connection that works.
        let is_lost = status.source().is_some() || status.code() == Code::Unavailable;
        if is_lost {
            return self.lost(method, &called).await;
        }
        match status.code() {
            Code::Cancelled => {
                let detail = format!("The {called} request was cancelled.");
                Problem::new(class(method), "Request cancelled", detail)
            }
            Code::Unimplemented => Problem::new(
                // A change may come to that by something that the provider asked in turn.
                class(method),
                UNSUPPORTED,
                format!("The {called} method is not supported by this plugin."),
            ),
            code => {
                let why = format!("rpc error: code = {code:?} desc = {}", status.message());
                let detail = format!("The plugin returned an unexpected error from {called}: {why}");
                Problem::new(class(method), "Plugin error", detail)
            }
        }
    }

    async fn lost(&self, method: &Method, called: &str) -> Problem {
        let mut detail = format!(
            "The plugin encountered an error, and failed to respond to the {called} call. The plugin logs may contain more \
             details."
        );
        let has_ended = match &self.process {
            Some(process) => process.ended(LAST_WORDS).await,
            None => false,
        };
        let mut hint = None;
        if let Some(crash) = self.log.crash() {
            detail += &format!("\n\nStack trace from the {} plugin:\n\n{crash}", self.name);
            hint = Some(format!(
                "The {} plugin crashed, which is always a bug of the plugin. Please report it to who maintains it, with the \
                 stack trace.",
                self.name
            ));
        }
        let problem = Problem { hint, ..Problem::new(class(method), "Plugin did not respond", detail) };
        // Whatever else was asked of it meets the same, and what is asked next too.
        if has_ended { problem.caused_by(format!("the end of {}", self.name), true) } else { problem }
    }

    /// What an answer comes to that is not as it should be.
    pub(super) fn unreadable(&self, method: &Method, why: &str) -> Problem {
        let detail = format!(
            "The plugin {} gave an answer to the {} call that cannot be understood: {why}.\n\nThis is a bug in the provider, \
             which should be reported in the provider's own issue tracker.",
            self.name,
            self.called(method)
        );
        Problem::new(class(method), "Invalid answer of a plugin", detail)
    }

    /// A value that we cannot send: it does not have the type that the schema says.
    pub(super) fn unsendable(&self, method: &Method, why: &str) -> Problem {
        let detail = format!("The {} call of the plugin {} cannot be made: {why}.", self.called(method), self.name);
        Problem::fatal("Invalid value for a plugin", detail)
    }

    /// As Terraform names calls in what it says of them.
    fn called(&self, method: &Method) -> String {
        let version = match self.protocol {
            Protocol::V5 => "plugin",
            Protocol::V6 => "plugin6",
        };
        format!("{version}.(*GRPCProvider).{}", method.name)
    }
}

/// How a call without a good answer is to be taken: a change may have been made all the same.
fn class(method: &Method) -> Class {
    if method.name == method::APPLY.name { Class::OutcomeUnknown } else { Class::Fatal }
}

/// What a provider has to say of what it was asked.
pub(super) fn from_messages(diagnostics: Vec<message::Diagnostic>) -> Vec<Problem> {
    let problem = |it: message::Diagnostic| {
        let severity = match it.severity() {
            message::Severity::Warning => Severity::Warning,
            message::Severity::Error | message::Severity::Invalid => Severity::Error,
        };
        let attribute = it.attribute.as_ref().map(path::from_message).filter(|it| !it.0.is_empty());
        Problem { severity, attribute, ..Problem::fatal(it.summary, it.detail) }
    };
    diagnostics.into_iter().map(problem).collect()
}

/// An error and what is behind it.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let cause = error.to_string();
        if !text.contains(&cause) {
            text += &format!(": {cause}");
        }
        next = error.source();
    }
    text
}

//! Published providers: programs of their own, which speak Terraform's plugin protocol, versions 5 and 6.
//!
//! [`Plugin::start`] starts one and [`Plugin::attach`] takes one that runs; from then on each call of the protocol is a method
//! (`plugin/calls.rs`), the same for both versions. Values go there by [`msgpack`] and [`dynamic`], schemas come by [`schema`].
//! Nothing here knows of plans or states.

#![warn(missing_docs)]

mod calls;
mod channel;
pub mod dynamic;
mod handshake;
mod log;
#[allow(missing_docs)]
pub mod message;
mod method;
pub mod msgpack;
pub mod path;
mod problem;
mod process;
pub mod reattach;
pub mod schema;
mod tls;

pub use calls::{
    Answer, Applied, Applying, Imported, Imports, Kind, Lease, Metadata, Moved, MovedFrom, Opened, Planned, Planning,
    Read, Reading, Stored,
};
pub use handshake::Address;
pub use message::DeferredReason;
pub use process::Launch;
pub use reattach::Reattach;

use crate::provider::{Problem, Result};
use log::Log;
use message::{Empty, StdioData};
use method::Method;
use process::Process;
use prost::Message;
use std::{sync::Arc, time::Duration};
use tonic::transport::Channel;

/// How long a plugin may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(2);

/// The version of the protocol that a plugin speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Of providers for Terraform 0.12 and later.
    V5,
    /// With attributes inside attributes, for Terraform 1.0 and later.
    V6,
}

/// A provider that runs. Its methods may be called at the same time. It ends when this is dropped, unless it was started by
/// somebody else.
pub struct Plugin {
    name: String,
    protocol: Protocol,
    channel: Channel,
    process: Option<Process>,
    log: Arc<Log>,
}

impl Plugin {
    /// Starts a provider.
    pub async fn start(launch: &Launch<'_>) -> Result<Self> {
        let log = Arc::new(Log::new(launch.name));
        let failed = |why: String| {
            Problem::fatal("Failed to start a provider", format!("{}: {why}.", launch.executable.display()))
        };
        let identity = tls::Identity::new().map_err(|it| failed(it.to_string()))?;
        let (process, handshake) = Process::start(launch, &log, &identity).await?;
        let tls = identity.config(handshake.certificate).map_err(|it| failed(it.to_string()))?;
        let connected = tokio::time::timeout(launch.patience, channel::connect(handshake.address, Some(tls))).await;
        let channel = match connected {
            Ok(Ok(channel)) => channel,
            Ok(Err(error)) => return Err(failed(format!("it cannot be connected to: {}", problem::chain(&error)))),
            Err(_) => return Err(failed("it does not answer".into())),
        };
        tokio::spawn(hand_on_output(channel.clone(), log.clone()));
        let (name, protocol) = (launch.name.to_owned(), handshake.protocol);
        Ok(Self { name, protocol, channel, process: Some(process), log })
    }

    /// Takes a provider that somebody else has started, and will end.
    pub async fn attach(name: &str, reattach: &Reattach) -> Result<Self> {
        let channel = channel::connect(reattach.address.clone(), None).await.map_err(|error| {
            let detail = format!(
                "The provider {name}, which {} names, cannot be connected to: {}.",
                reattach::VARIABLE,
                problem::chain(&error)
            );
            Problem::fatal("Failed to attach to a provider", detail)
        })?;
        let log = Arc::new(Log::new(name));
        Ok(Self { name: name.to_owned(), protocol: reattach.protocol, channel, process: None, log })
    }

    /// The version of the protocol that it speaks.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Asks it to give up what it is doing, as soon as it can. An error is what it has against that.
    pub async fn stop(&self) -> Result<()> {
        let answer: message::StopResponse = self.ask(&method::STOP, &Empty {}).await?;
        match answer.error {
            error if error.is_empty() => Ok(()),
            error => Err(Problem::fatal("The provider could not be stopped", format!("{}: {error}", self.name))),
        }
    }

    /// Ends it: it is asked to, and if it does not, it is killed.
    pub async fn shut_down(self) {
        let Some(process) = &self.process else { return };
        // A plugin that ends before it has answered does what it was asked for.
        let ask = channel::call(&self.channel, method::SHUT_DOWN, &Empty {});
        drop(tokio::time::timeout(PATIENCE, ask).await);
        if !process.ended(PATIENCE).await {
            tracing::warn!(plugin = self.name, "does not end by itself, and is killed");
            process.kill();
            process.ended(PATIENCE).await;
        }
    }

    /// One call, undecoded.
    async fn bytes(&self, method: &Method, request: &impl Message) -> Result<prost::bytes::Bytes> {
        let path = match self.protocol {
            Protocol::V5 => method.five,
            Protocol::V6 => method.six,
        };
        match channel::call(&self.channel, path, request).await {
            Ok(answer) => Ok(answer),
            Err(status) => Err(self.failed(method, &status).await),
        }
    }

    /// One call.
    async fn ask<A: Message + Default>(&self, method: &Method, request: &impl Message) -> Result<A> {
        let answer = self.bytes(method, request).await?;
        A::decode(answer).map_err(|it| self.unreadable(method, &it.to_string()))
    }
}

/// What a plugin prints while it works comes over the connection, and it stops where nobody takes it.
async fn hand_on_output(channel: Channel, log: Arc<Log>) {
    let Ok(mut output) = channel::stream(&channel, method::OUTPUT, &Empty {}).await else { return };
    while let Ok(Some(data)) = output.message().await {
        let Ok(data) = StdioData::decode(data) else { continue };
        for line in String::from_utf8_lossy(&data.data).lines() {
            if data.channel == 2 { log.line(line) } else { log.printed(line) }
        }
    }
}

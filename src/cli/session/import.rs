//! Reading an object that exists and taking it into state.

use super::{Failed, Session};
use crate::{
    address::{InstanceAddress, Target},
    cli::terminal::Terminal,
    diagnostic::Diagnostic,
    engine,
    plan::{ObjectKey, Request, Snapshot, Targets, adoption, change::PlanMode, check_declared, found},
    product::PRODUCT,
    provider::Problem,
    state::Effect,
};
use std::sync::Arc;

impl Session {
    /// Says that it imports once nothing is in the way that can be known before.
    pub(crate) fn import(mut self, address: &InstanceAddress, id: &str, terminal: &Terminal) -> Result<(), Failed> {
        check_declared(&self.setting, address).map_err(|it| self.failed(vec![it]))?;
        if self.open.state.object(address, None).is_some() {
            let detail = format!("{PRODUCT} is already managing a remote object for {address}.");
            let error = Diagnostic::error(format!("Resource already managed by {PRODUCT}"), detail)
                .hint("To import to this address you must first remove the existing object from the state.");
            return Err(self.failed(vec![error]));
        }
        self.settles = true;
        // Which instances there are may be what data sources say, or objects of state.
        let targets = Targets::new(vec![Target::Resource(address.resource.clone())]);
        let request = Request { mode: PlanMode::RefreshOnly, targets, refresh: false, ..Request::default() };
        let (_, world) = self.planned(request).map_err(|mut failed| {
            // That only a part was looked at is nobody's wish.
            failed.diagnostics.retain(Diagnostic::is_error);
            failed
        })?;
        let adoption = adoption(world, address, id).map_err(|it| self.failed(it))?;
        terminal.print(&format!("{address}: Importing from ID {id:?}...\n"));
        let mut snapshot = Snapshot::default();
        let read = self.runtime.block_on(async {
            let provider = |_: &_| Ok(adoption.provider.clone());
            let refused = |_: &_, it: &Problem| Diagnostic::error(&it.summary, &it.detail).on(address);
            let lookups =
                engine::ask(vec![adoption.lookup.clone()], &mut snapshot, |_| None, provider, refused).await?;
            engine::look(lookups, &mut snapshot, provider, refused, &self.tempo).await
        });
        read.map_err(|it| self.failed(it))?;
        let key = ObjectKey { address: address.clone(), deposed: None };
        let (attributes, kept) = match found(&snapshot, &key) {
            Some(Ok(Some(found))) => found,
            Some(Err(problem)) => {
                let error = Diagnostic::error(problem.summary, problem.detail).on(address);
                return Err(self.failed(vec![error]));
            }
            Some(Ok(None)) | None => {
                let detail = format!(
                    "While attempting to import an existing object to {address:?}, the provider detected that no object \
                     exists with the given id {id:?}.",
                    address = address.to_string()
                );
                let error = Diagnostic::error("Cannot import non-existent remote object", detail)
                    .hint("Only pre-existing objects can be imported; check that the id is correct.");
                return Err(self.failed(vec![error]));
            }
        };
        let object = adoption.object(&attributes, kept).map_err(|it| self.failed(vec![it]))?;
        let object = Arc::new(object);
        // With that it is found out what an interrupted run made.
        let settled = engine::settle(&mut self.open, address, &Effect::Object(object.clone()));
        if !settled.map_err(|it| self.failed(vec![it]))? {
            self.open.state.put(address, None, &adoption.key.address, object);
        }
        let sources = self.sources();
        self.open.close().map_err(|it| Failed { diagnostics: vec![it], sources })
    }
}

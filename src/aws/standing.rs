//! How a provider configuration stands with AWS: whether its credentials are accepted, and who can be reached. Nothing more is sent
//! with credentials that are not accepted, and nothing waits again for an endpoint that was waited for.

use crate::provider::Problem;
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Whether AWS has answered in a way that says that it knows who asks.
    accepted: AtomicBool,
    /// By region; none: in all of them.
    refused: Mutex<HashMap<Option<String>, Problem>>,
    /// Hosts that could not be reached when they were tried last.
    silent: Mutex<HashSet<String>>,
}

impl Standing {
    pub(super) fn is_accepted(&self) -> bool {
        self.accepted.load(Ordering::Relaxed)
    }

    pub(super) fn accept(&self) {
        self.accepted.store(true, Ordering::Relaxed);
    }

    /// Notes a refusal that holds for the region, or for all of them if it is final.
    pub(super) fn refuse(&self, region: &str, problem: Problem) {
        let is_final = problem.cause.as_ref().is_some_and(|it| it.is_final);
        let mut refused = self.refused.lock().expect("never poisoned: nothing panics while it is held");
        refused.entry((!is_final).then(|| region.to_owned())).or_insert(problem);
    }

    /// Why nothing is sent to the region any more, if so.
    pub(super) fn refusal(&self, region: &str) -> Option<Problem> {
        let refused = self.refused.lock().expect("never poisoned: nothing panics while it is held");
        refused.get(&None).or_else(|| refused.get(&Some(region.to_owned()))).cloned()
    }

    pub(super) fn is_silent(&self, host: &str) -> bool {
        self.silent.lock().expect("never poisoned: nothing panics while it is held").contains(host)
    }

    /// Notes whether a host was reached.
    pub(super) fn reach(&self, host: &str, reached: bool) {
        let mut silent = self.silent.lock().expect("never poisoned: nothing panics while it is held");
        if reached {
            silent.remove(host);
        } else {
            silent.insert(host.to_owned());
        }
    }
}

/// `ec2.eu-central-1.amazonaws.com` of a URI.
pub(super) fn host(uri: &str) -> &str {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest)
}

//! The user's wish that a run ends, as everything that waits sees it.

use std::sync::Arc;
use tokio::sync::watch;

/// Clones are one and the same.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Stop {
    /// Ends every wait. What is in flight goes on; nothing is tried again.
    pub fn set(&self) {
        self.0.send_replace(true);
    }

    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns once it is set.
    pub async fn wait(&self) {
        // The sender is kept, so that waiting cannot fail.
        drop(self.0.subscribe().wait_for(|it| *it).await);
    }

    /// Waits for `work`, or until it is set: none.
    pub async fn unless<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            done = work => Some(done),
            () = self.wait() => None,
        }
    }
}

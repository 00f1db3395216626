//! Removing tags, many objects in one request.
//!
//! Whatever is created with a creation tag loses it right after. One request takes the same keys off many objects: while
//! one is under way, the next objects gather.

use crate::{
    aws::client::Aws,
    provider::{Id, Result},
};
use aws_sdk_ec2::types::Tag;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Mutex,
    time::Duration,
};
use tokio::{sync::oneshot, time::sleep};

/// The most objects that one request can name.
const NAMED: usize = 1000;

/// How long the first object waits for others.
const GATHER: Duration = Duration::from_millis(10);

/// The objects that wait for the request under way to end, by the keys to remove. Without an entry none is under way.
#[derive(Default)]
pub(crate) struct Untagging(Mutex<BTreeMap<Vec<String>, Vec<Waiting>>>);

struct Waiting {
    id: Id,
    turn: oneshot::Sender<Turn>,
}

enum Turn {
    /// Another one's request took the tags off this object too.
    Done,
    /// Ask for yourself and all who wait.
    Ask,
}

/// Takes the tags with these keys off an object.
pub(super) async fn untag(aws: &Aws, id: &Id, keys: Vec<String>) -> Result<()> {
    let asks = match aws.untagging.join(id, &keys) {
        None => {
            sleep(GATHER).await;
            true
        }
        Some(turn) => match turn.await {
            Ok(Turn::Done) => return Ok(()),
            Ok(Turn::Ask) => true,
            // The request failed for some object of the batch, or whoever sent it was stopped.
            Err(_) => false,
        },
    };
    if !asks {
        return request(aws, vec![id.0.clone()], &keys).await;
    }
    let _handing_on = HandingOn { untagging: &aws.untagging, keys: &keys };
    let others = aws.untagging.take(&keys);
    let ids = others.iter().map(|it| &it.id).chain([id]).map(|it| it.0.clone()).collect();
    match request(aws, ids, &keys).await {
        Ok(()) => {
            // One who no longer waits needs no answer.
            others.into_iter().for_each(|it| drop(it.turn.send(Turn::Done)));
            Ok(())
        }
        Err(problem) if others.is_empty() => Err(problem),
        Err(_) => {
            drop(others);
            request(aws, vec![id.0.clone()], &keys).await
        }
    }
}

async fn request(aws: &Aws, ids: Vec<String>, keys: &[String]) -> Result<()> {
    let tags = keys.iter().map(|key| Tag::builder().key(key).build()).collect();
    aws.ec2().delete_tags().set_resources(Some(ids)).set_tags(Some(tags)).send().await?;
    Ok(())
}

impl Untagging {
    fn queues(&self) -> std::sync::MutexGuard<'_, BTreeMap<Vec<String>, Vec<Waiting>>> {
        self.0.lock().expect("never poisoned: nothing panics while it is held")
    }

    /// Waits with others for the request under way; none if there is none, and the caller is to ask.
    fn join(&self, id: &Id, keys: &[String]) -> Option<oneshot::Receiver<Turn>> {
        match self.queues().entry(keys.to_vec()) {
            Entry::Vacant(entry) => {
                entry.insert(Vec::new());
                None
            }
            Entry::Occupied(mut entry) => {
                let (turn, told) = oneshot::channel();
                entry.get_mut().push(Waiting { id: id.clone(), turn });
                Some(told)
            }
        }
    }

    /// As many of those who wait as fit into a request beside the one who asks.
    fn take(&self, keys: &[String]) -> Vec<Waiting> {
        let mut queues = self.queues();
        let waiting = queues.get_mut(keys).map(std::mem::take).unwrap_or_default();
        let mut waiting = waiting.into_iter();
        let batch = waiting.by_ref().take(NAMED - 1).collect();
        if let Some(queue) = queues.get_mut(keys) {
            queue.extend(waiting);
        }
        batch
    }
}

/// Lets the next one ask when a request has ended, also when its sender was stopped.
struct HandingOn<'a> {
    untagging: &'a Untagging,
    keys: &'a [String],
}

impl Drop for HandingOn<'_> {
    fn drop(&mut self) {
        let mut queues = self.untagging.queues();
        let Some(waiting) = queues.get_mut(self.keys) else { return };
        while let Some(next) = waiting.pop() {
            if next.turn.send(Turn::Ask).is_ok() {
                return;
            }
        }
        queues.remove(self.keys);
    }
}

//! How long the engine pauses between attempts and between reads.

use crate::provider::Traits;
use rand::Rng;
use std::time::Duration;

/// Pauses and limits that are the same for every type. What differs by type is in [`crate::provider::Traits`].
#[derive(Clone, Copy, Debug)]
pub struct Tempo {
    /// Before the second attempt or read; doubled each time.
    pub first: Duration,
    pub longest: Duration,
    /// How long a read waits for others of its type to join it.
    pub gather: Duration,
    /// The longest time between two reads of one type while objects of that type keep coming.
    pub between_reads: Duration,
    /// How long an object may be invisible after the call that made it returned.
    pub invisible: Duration,
    /// How long a create whose answer was lost is looked for before it is sent again.
    pub lost: Duration,
    /// The same for what would then be there twice.
    pub lost_for_good: Duration,
    /// How long a rate limit may hold up a read while planning.
    pub throttled: Duration,
    /// Between two signs of life of a step.
    pub progress: Duration,
}

impl Default for Tempo {
    /// The polling figures are those of Terraform's plugin SDK: 100 ms, doubled, at most 10 s.
    fn default() -> Self {
        Self {
            first: Duration::from_millis(100),
            longest: Duration::from_secs(10),
            gather: Duration::from_millis(10),
            between_reads: Duration::from_secs(1),
            invisible: Duration::from_secs(120),
            lost: Duration::from_secs(3),
            lost_for_good: Duration::from_secs(15),
            throttled: Duration::from_secs(300),
            progress: Duration::from_secs(10),
        }
    }
}

impl Tempo {
    /// How long a create of this kind whose answer was lost is looked for.
    pub(super) fn lost(&self, traits: &Traits) -> Duration {
        if traits.doubles { self.lost_for_good } else { self.lost }
    }
}

/// Doubling pauses. Each is shortened at random by up to a quarter, so that what failed together comes back apart.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    next: Duration,
    longest: Duration,
}

impl Backoff {
    pub fn new(tempo: &Tempo) -> Self {
        Self { next: tempo.first, longest: tempo.longest }
    }

    pub fn pause(&mut self) -> Duration {
        let pause = self.next;
        self.next = (pause * 2).min(self.longest);
        pause.mul_f64(rand::thread_rng().gen_range(0.75..=1.0))
    }
}

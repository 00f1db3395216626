//! The rate budget: one token bucket for each region, service and family of actions, shared by everything that
//! sends requests.
//!
//! A bucket starts with the figures that AWS publishes ([`rates`]), so that AWS hardly ever has to throttle; when it
//! does, the bucket is lowered at once and raised again slowly. The buckets also bound concurrency: nothing else has
//! to. Accounts share them, since the account behind a provider is not known before its first request: with several
//! accounts the budget errs on the slow side.

mod rates;

use super::stop::Stop;
use crate::{diagnostic::Diagnostic, provider::Pace};
use async_trait::async_trait;
use rates::{Rate, rate_of};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard},
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// Environment variable for tests and benchmarks against an endpoint on loopback. `unlimited` turns the rates off,
/// a number multiplies them. Requests are counted all the same.
pub const RATE_VARIABLE: &str = "RFORGE_RATE";

/// What AWS's rates are multiplied by; none: no limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pacing(pub Option<f64>);

impl Default for Pacing {
    /// AWS's own figures.
    fn default() -> Self {
        Self(Some(1.0))
    }
}

impl Pacing {
    /// What [`RATE_VARIABLE`] says, AWS's own figures if it is not set.
    pub fn from_environment() -> Result<Self, Diagnostic> {
        let Some(text) = std::env::var_os(RATE_VARIABLE) else { return Ok(Self::default()) };
        text.to_str().and_then(Self::parse).ok_or_else(|| {
            Diagnostic::error(
                "Invalid rate",
                format!("The environment variable {RATE_VARIABLE} must be \"unlimited\" or a positive number."),
            )
        })
    }

    /// From the text of [`RATE_VARIABLE`]. Anything that is neither `unlimited` nor a positive number is refused.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "unlimited" {
            return Some(Self(None));
        }
        let factor: f64 = text.parse().ok()?;
        (factor.is_finite() && factor > 0.0).then_some(Self(Some(factor)))
    }
}

/// One kind of request, as it is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Request {
    pub service: &'static str,
    pub region: String,
    pub action: &'static str,
}

#[derive(Debug, Default)]
pub struct Budget {
    pacing: Pacing,
    books: Mutex<Books>,
    /// Ends the waits of everything that sends requests.
    pub stop: Stop,
}

#[derive(Debug, Default)]
struct Books {
    /// By service, region, and the first action of the family or the action itself.
    buckets: HashMap<(&'static str, String, &'static str), Bucket>,
    counts: BTreeMap<Request, u64>,
}

#[derive(Debug)]
struct Bucket {
    rate: Rate,
    /// Below zero: requests that wait for tokens still to come.
    tokens: f64,
    /// The part of the rate that is in use, lowered by throttling.
    share: f64,
    filled: Instant,
    throttled: Option<Instant>,
}

/// A throttled bucket is never lowered below this part of its rate.
const LEAST_SHARE: f64 = 1.0 / 16.0;
/// By how much of the full rate a throttled bucket recovers each second.
const RECOVERY: f64 = 0.02;
/// Requests under way when AWS starts to throttle all fail together; they lower the rate once.
const SAME_INCIDENT: Duration = Duration::from_secs(1);

impl Budget {
    pub fn new(pacing: Pacing) -> Self {
        Self { pacing, ..Self::default() }
    }

    /// How many requests were sent so far.
    pub fn requests(&self) -> u64 {
        self.books().counts.values().sum()
    }

    /// How many of each kind were sent so far.
    pub fn counts(&self) -> BTreeMap<Request, u64> {
        self.books().counts.clone()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Books {
    fn bucket(&mut self, service: &'static str, region: &str, action: &'static str, factor: f64) -> &mut Bucket {
        let (family, rate) = rate_of(service, action);
        self.buckets.entry((service, region.to_owned(), family)).or_insert_with(|| Bucket::full(rate.times(factor)))
    }
}

impl Bucket {
    fn full(rate: Rate) -> Self {
        Self { rate, tokens: rate.burst, share: 1.0, filled: Instant::now(), throttled: None }
    }

    fn fill(&mut self, now: Instant) {
        let seconds = now.duration_since(self.filled).as_secs_f64();
        self.tokens = (self.tokens + seconds * self.rate.per_second * self.share).min(self.rate.burst);
        self.share = (self.share + seconds * RECOVERY).min(1.0);
        self.filled = now;
    }

    /// Takes a token, if need be one that is still to come, and says how long to wait for it.
    fn take(&mut self, now: Instant) -> Duration {
        self.fill(now);
        self.tokens -= 1.0;
        Duration::from_secs_f64((-self.tokens).max(0.0) / (self.rate.per_second * self.share))
    }

    fn lower(&mut self, now: Instant) {
        self.fill(now);
        self.tokens = self.tokens.min(0.0);
        if self.throttled.is_some_and(|then| now.duration_since(then) < SAME_INCIDENT) {
            return;
        }
        self.throttled = Some(now);
        self.share = (self.share / 2.0).max(LEAST_SHARE);
    }
}

#[async_trait]
impl Pace for Budget {
    async fn acquire(&self, service: &'static str, region: &str, action: &'static str) -> bool {
        let wait = match self.pacing.0 {
            Some(factor) => self.books().bucket(service, region, action, factor).take(Instant::now()),
            None => Duration::ZERO,
        };
        if !wait.is_zero() && (self.stop.is_set() || self.stop.unless(sleep(wait)).await.is_none()) {
            return false;
        }
        let request = Request { service, region: region.to_owned(), action };
        *self.books().counts.entry(request).or_default() += 1;
        true
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_set()
    }

    async fn stopped(&self) {
        self.stop.wait().await;
    }

    fn throttled(&self, service: &'static str, region: &str, action: &'static str) {
        if let Some(factor) = self.pacing.0 {
            self.books().bucket(service, region, action, factor).lower(Instant::now());
        }
    }
}

#[cfg(test)]
mod tests;

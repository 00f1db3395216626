//! How the types that rows describe plan: `behaviour.txt`, which `tests/aws/record_behaviour.py` writes, has a line for each.
//!
//! ```text
//! aws_sqs_queue older fifo_queue=false !fifo_queue !name ?rule create:3m
//! ```
//!
//! `older` is Terraform's older SDK, in which null is zero, `framework` the newer one. Then come defaults as JSON, `!` what
//! replaces an object when it changes, `?` blocks that are not known before it is made, and timeouts.

use std::{collections::BTreeMap, sync::OnceLock, time::Duration};

const TEXT: &str = include_str!("behaviour.txt");

#[derive(Default)]
pub struct Behaviour {
    lines: OnceLock<BTreeMap<&'static str, &'static str>>,
}

/// How one type plans.
#[derive(Debug, Default)]
pub struct How {
    pub null_is_zero: bool,
    pub defaults: Vec<(&'static str, &'static str)>,
    pub force_new: Vec<&'static str>,
    pub unknown: Vec<&'static str>,
    pub timeouts: Vec<(&'static str, &'static str)>,
}

impl Behaviour {
    pub fn of(&self, type_name: &str) -> Option<How> {
        let lines = self.lines.get_or_init(|| TEXT.lines().filter_map(|it| it.split_once(' ')).collect());
        let mut how = How::default();
        for word in lines.get(type_name)?.split(' ') {
            if let Some(path) = word.strip_prefix('!') {
                how.force_new.push(path);
            } else if let Some(path) = word.strip_prefix('?') {
                how.unknown.push(path);
            } else if let Some(default) = word.split_once('=') {
                how.defaults.push(default);
            } else if let Some(timeout) = word.split_once(':') {
                how.timeouts.push(timeout);
            } else {
                how.null_is_zero = word == "older";
            }
        }
        Some(how)
    }

    /// How long an operation may take.
    pub fn timeout(&self, type_name: &str, operation: &str) -> Option<Duration> {
        let how = self.of(type_name)?;
        let (_, length) = how.timeouts.into_iter().find(|it| it.0 == operation)?;
        crate::duration::length(length)
    }
}

//! The engine against a cloud in memory: everything that can go wrong, at every place where it can.

pub(super) mod cloud;
mod desk;
mod scenarios;

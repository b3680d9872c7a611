//! What the program can be told to do, one module each.

pub(super) mod catalogue;
pub(super) mod config;
pub(super) mod report;
pub(super) mod rewrite;
pub(super) mod size;
pub(super) mod stdin;
pub(super) mod templates;
pub(super) mod verify;

//! What the program can be told to do, one module each.

pub(super) mod catalogue;
pub(super) mod config;
mod ignore_file;
pub(super) mod report;
pub(super) mod rewrite;
pub(super) mod size;
pub(super) mod stdin;
pub(super) mod templates;
pub(super) mod verify;

//! The program, run on folders made for each test.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make the files that the program reads"
)]

mod big_image;
mod configuration;
mod contexts;
mod failures;
mod finding;
mod formats;
mod habits;
mod integrating;
mod lsp;
mod packaging;
mod patches;
mod reporting;
mod reviewing;
mod sandbox;
mod sizing;
mod stdin;
mod suggestions;
mod templates;
mod usage;
mod verifying;
mod writing;

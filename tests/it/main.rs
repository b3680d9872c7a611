//! Everything that is tested from outside, in one program: the command line, the rules of the house, the
//! pages, the invariants, and properties. Behaviour on Dockerfiles is in the case folders of `golden`.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read the sources and pages they are about"
)]

mod cli;
mod dockerignore;
mod docs;
mod estimates;
mod invariants;
mod layering;
mod managers;
mod pages;
mod properties;

use std::path::Path;

/// The folder of the package.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

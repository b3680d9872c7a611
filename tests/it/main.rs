//! What is not a case folder: the rules of the house, the pages, the invariants, and properties.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read the sources and pages they are about"
)]

mod invariants;
mod layering;
mod pages;
mod properties;

use std::path::Path;

/// The folder of the package.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

//! imgfix rewrites Dockerfiles as an expert would have written them, and never breaks a build.
//!
//! [`rewrite`] runs the pipeline over one Dockerfile; it does no I/O. The binary around it finds the
//! files, reads what their repository says of them, and prints a diff or writes them.

pub mod context;
pub mod edit;
pub mod engine;
pub mod model;
pub mod report;
pub mod settings;
pub mod transform;
#[path = "../transforms/mod.rs"]
mod transforms;
pub mod verify;

#[doc(hidden)]
pub mod cli;

pub use engine::{EngineError, Outcome};

use context::Surroundings;
use model::Readers;
use model::packages::Manager;
use settings::Settings;
use transform::Meta;

/// What there is to know about each transform, in the order in which they run.
pub fn transforms() -> impl ExactSizeIterator<Item = &'static Meta> {
    transforms::PIPELINE
        .iter()
        .map(|transform| transform.meta())
}

/// Rewrites the Dockerfile `text`.
///
/// # Errors
/// [`EngineError`] where the transforms do not come to rest; the file is to be left as it is.
pub fn rewrite(
    text: &str,
    surroundings: &Surroundings,
    settings: &Settings,
) -> Result<Outcome, EngineError> {
    rewrite_with(model::packages::MANAGERS, text, surroundings, settings)
}

/// Rewrites the Dockerfile `text`, looking for `managers` in place of the package managers that are known.
///
/// # Errors
/// [`EngineError`] where the transforms do not come to rest; the file is to be left as it is.
pub fn rewrite_with(
    managers: &'static [&'static Manager],
    text: &str,
    surroundings: &Surroundings,
    settings: &Settings,
) -> Result<Outcome, EngineError> {
    let readers = Readers::new(managers);
    engine::run(transforms::PIPELINE, text, surroundings, settings, readers)
}

//! imgfix rewrites Dockerfiles as an expert would have written them, and never breaks a build.
//!
//! [`rewrite`] runs the pipeline over one Dockerfile; it does no I/O. The binary around it finds the
//! files, reads what their repository says of them, and prints a diff or writes them.

pub mod context;
pub mod edit;
pub mod engine;
pub mod model;
pub mod settings;
pub mod transform;

#[doc(hidden)]
pub mod cli;
pub mod report;

pub use engine::Outcome;

use context::Surroundings;
use settings::Settings;
use transform::{Meta, Transform};

/// The pipeline did not come to rest.
#[derive(Debug, thiserror::Error)]
#[error("the pipeline does not come to rest; still moving: {moving}")]
pub struct EngineError {
    /// The transforms that still propose changes.
    pub moving: String,
}

/// The transforms in the order in which they run.
const PIPELINE: &[&dyn Transform] = &[];

/// What there is to know about each transform, in the order in which they run.
pub fn transforms() -> impl ExactSizeIterator<Item = &'static Meta> {
    PIPELINE.iter().map(|transform| transform.meta())
}

/// Rewrites the Dockerfile `text`.
///
/// # Errors
/// [`EngineError`] where the transforms do not come to rest; the file is to be left as it is.
pub fn rewrite(
    text: &str,
    _surroundings: &Surroundings,
    _settings: &Settings,
) -> Result<Outcome, EngineError> {
    Ok(Outcome {
        text: text.to_owned(),
        ..Outcome::default()
    })
}

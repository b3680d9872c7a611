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
pub mod size;
pub mod transform;
#[path = "../transforms/mod.rs"]
mod transforms;
pub mod verify;

#[doc(hidden)]
pub mod cli;

pub use engine::{EngineError, Fix, Outcome, StageOutline};

use context::Surroundings;
use model::packages::Manager;
use model::{Model, Readers};
use settings::Settings;
use transform::{Input, Meta, TemplateMeta, TemplateVerdict};

/// What there is to know about each transform, in the order in which they run.
pub fn transforms() -> impl ExactSizeIterator<Item = &'static Meta> {
    transforms::PIPELINE
        .iter()
        .map(|transform| transform.meta())
}

/// What there is to know about the built-in templates of `split-stages`.
pub fn templates() -> impl Iterator<Item = &'static TemplateMeta> {
    transforms::templates()
}

/// What each template of `split-stages` says of a Dockerfile, after the transforms that run before it.
///
/// # Errors
/// [`EngineError`] where the transforms do not come to rest.
pub fn template_verdicts(
    text: &str,
    surroundings: &Surroundings,
    settings: &Settings,
) -> Result<Vec<TemplateVerdict>, EngineError> {
    let readers = Readers::new(model::packages::MANAGERS);
    let before = transforms::before_templates();
    let outcome = engine::run(before, text, surroundings, settings, readers)?;
    let options = &settings.options;
    let readers = Readers::new(model::packages::MANAGERS);
    let model = Model::new(outcome.text, surroundings, options, &readers);
    Ok(transforms::template_verdicts(&Input {
        model: &model,
        surroundings,
        options,
    }))
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

/// What of an outcome of [`rewrite`] may be accepted by itself, in the order of the file.
pub fn fixes(
    text: &str,
    surroundings: &Surroundings,
    settings: &Settings,
    outcome: &Outcome,
) -> Vec<Fix> {
    engine::fixes(text, outcome, |rewrites| {
        rewrite(text, surroundings, &settings.limited_to(rewrites)).ok()
    })
}

/// The stages of the Dockerfile `text`, in its order, and what each takes from others.
pub fn stages(text: &str, surroundings: &Surroundings, settings: &Settings) -> Vec<StageOutline> {
    let readers = Readers::new(model::packages::MANAGERS);
    let model = Model::new(text.to_owned(), surroundings, &settings.options, &readers);
    engine::stages(&model)
}

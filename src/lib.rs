//! imgfix rewrites Dockerfiles as an expert would have written them, and never breaks a build.
//!
//! [`rewrite`] runs the pipeline over one Dockerfile; it does no I/O. The binary around it finds the
//! files, reads what their repository says of them, and prints a diff or writes them.
//!
//! ```
//! use imgfix::context::Surroundings;
//! use imgfix::report::{Palette, diff};
//! use imgfix::settings::Settings;
//!
//! let text = "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n";
//! let outcome = imgfix::rewrite(text, &Surroundings::default(), &Settings::default())?;
//! print!("{}", diff::unified(b"Dockerfile", text, &outcome.text, Palette::Plain));
//! for rewrite in &outcome.applied {
//!     println!("{}: {} ({})", rewrite.line, rewrite.title, rewrite.applicability);
//! }
//! # assert!(outcome.text.contains("rm -rf /var/lib/apt/lists/*"));
//! # Ok::<(), imgfix::EngineError>(())
//! ```

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
///
/// ```
/// for meta in imgfix::transforms() {
///     println!("{}: {}", meta.id, meta.summary);
/// }
/// # assert!(imgfix::transforms().any(|meta| meta.id.0 == "merge-runs"));
/// ```
pub fn transforms() -> impl ExactSizeIterator<Item = &'static Meta> {
    transforms::PIPELINE
        .iter()
        .map(|transform| transform.meta())
}

/// What there is to know about the built-in templates of `split-stages`.
///
/// ```
/// let go = imgfix::templates().find(|template| template.name == "go").unwrap();
/// assert!(go.images.contains(&"golang"));
/// ```
pub fn templates() -> impl Iterator<Item = &'static TemplateMeta> {
    transforms::templates()
}

/// What each template of `split-stages` says of a Dockerfile, after the transforms that run before it.
///
/// ```
/// use imgfix::context::Surroundings;
/// use imgfix::settings::Settings;
/// use imgfix::transform::Answer;
///
/// let text = "FROM debian:12\nCMD [\"bash\"]\n";
/// let verdicts = imgfix::template_verdicts(text, &Surroundings::default(), &Settings::default())?;
/// let go = verdicts.iter().find(|verdict| verdict.name == "go").unwrap();
/// assert!(matches!(go.answer, Answer::OtherBuild(_)));
/// # Ok::<(), imgfix::EngineError>(())
/// ```
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
/// What is known of the files around it stands in `surroundings`; where nothing is, only what the text itself proves
/// counts. What was applied, held back and declined is in the outcome.
///
/// ```
/// use imgfix::context::Surroundings;
/// use imgfix::settings::Settings;
/// use imgfix::transform::Applicability;
///
/// let text = "FROM python:3.12-slim\nRUN pip install flask\n";
/// let safe = Settings {
///     level: Applicability::Safe,
///     ..Settings::default()
/// };
/// let outcome = imgfix::rewrite(text, &Surroundings::default(), &safe)?;
/// assert_eq!(outcome.text, "FROM python:3.12-slim\nRUN pip install --no-cache-dir flask\n");
///
/// // Twice is once.
/// let again = imgfix::rewrite(&outcome.text, &Surroundings::default(), &safe)?;
/// assert!(again.applied.is_empty());
/// # Ok::<(), imgfix::EngineError>(())
/// ```
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
/// ```
/// use imgfix::context::Surroundings;
/// use imgfix::settings::Settings;
///
/// let text = "FROM python:3.12-slim\nRUN pip install flask\n";
/// let (nothing_around, settings) = (Surroundings::default(), Settings::default());
/// let outcome = imgfix::rewrite_with(&[], text, &nothing_around, &settings)?;
/// assert_eq!(outcome.text, text);
/// # Ok::<(), imgfix::EngineError>(())
/// ```
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
///
/// ```
/// use imgfix::context::Surroundings;
/// use imgfix::settings::Settings;
///
/// let text = "FROM python:3.12-slim\nRUN pip install flask\nRUN cd /srv && pip install gunicorn\n";
/// let (nothing_around, settings) = (Surroundings::default(), Settings::default());
/// let outcome = imgfix::rewrite(text, &nothing_around, &settings)?;
/// for fix in imgfix::fixes(text, &nothing_around, &settings, &outcome) {
///     for change in &fix.changes {
///         println!("{change:?}");
///     }
/// }
/// # Ok::<(), imgfix::EngineError>(())
/// ```
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
///
/// ```
/// use imgfix::context::Surroundings;
/// use imgfix::settings::Settings;
///
/// let text = "FROM golang:1.22 AS build\nRUN go version\n\nFROM alpine:3.20\nCOPY --from=build /a /a\n";
/// let stages = imgfix::stages(text, &Surroundings::default(), &Settings::default());
/// assert_eq!(stages[0].name.as_deref(), Some("build"));
/// assert_eq!((stages[1].line, stages[1].takes.len()), (4, 1));
/// ```
pub fn stages(text: &str, surroundings: &Surroundings, settings: &Settings) -> Vec<StageOutline> {
    let readers = Readers::new(model::packages::MANAGERS);
    let model = Model::new(text.to_owned(), surroundings, &settings.options, &readers);
    engine::stages(&model)
}

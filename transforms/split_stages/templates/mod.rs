//! One file per language: what it is recognised by, what its commands are for, and what its programs need.

mod go;
mod java;
mod node;
mod python;
mod rust;

use super::plan::Plan;
use super::site::{Refusal, Site};
use crate::model::images::ImageReference;

/// A language.
pub(super) trait Template: Sync {
    /// Whether builds of the language are made on an image.
    fn builds_on(&self, image: &ImageReference) -> bool;

    /// What becomes of a stage; `None` where nothing is gained.
    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal>;
}

/// The languages.
pub(super) const TEMPLATES: &[&dyn Template] = &[
    &go::Go,
    &python::Python,
    &node::Node,
    &java::Java,
    &rust::Rust,
];

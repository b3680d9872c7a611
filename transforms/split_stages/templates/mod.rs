//! One file per language: what it is recognised by, what its commands are for, and what its programs need.

mod go;
mod java;
mod node;
pub(super) mod own;
mod python;
mod rust;

use super::plan::Plan;
use super::site::{Refusal, Site};
use crate::model::stage::Stage;
use crate::transform::{Input, TemplateMeta};

/// A language.
pub(super) trait Template: Sync {
    /// What there is to know about it, where it is built in.
    fn meta(&self) -> Option<&'static TemplateMeta>;

    /// Why it is not for a build on one of its images; `None` where it is.
    fn is_not_for(&self, _input: &Input<'_>, _stage: &Stage) -> Option<String> {
        None
    }

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

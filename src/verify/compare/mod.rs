//! Compares two images.

mod announced;
mod contract;
mod files;
mod groups;
mod loading;
mod packages;

use std::collections::BTreeSet;

use serde::Serialize;

use super::image::{Image, Tree};
use crate::transform::Effect;
pub use files::{Counted, Files};
pub use groups::Group;

/// What two images have not in common.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Comparison {
    /// The parts of the runtime contract that differ.
    pub contract: Vec<String>,
    /// The files that differ.
    pub files: Files,
    /// Programs that can no longer be loaded, each with what they lack.
    pub loading: Vec<String>,
    /// Scripts that no command finds by name, whose interpreter went with a package that a rewrite announced.
    pub helpers: Vec<String>,
    /// What no rewrite announced.
    #[serde(skip)]
    pub(super) findings: Vec<String>,
}

/// Compares the image of the original with the rewritten one.
pub(super) fn images<'e>(
    before: &Image,
    after: &Image,
    effects: impl IntoIterator<Item = &'e Effect>,
    noise: &BTreeSet<String>,
) -> Comparison {
    let announced = announced::Announced::of(effects);
    let contract = contract::differences(&before.config, &after.config, &announced);
    let (files, from_files) = files::compare(&before.tree, &after.tree, &announced, noise);
    let mut losses = loading::losses(before, after);
    losses.retain(|path, _| {
        let is_started = !announced.is_without_shell || !loading::is_script(after, path);
        announced.is_of_original(path) && is_started
    });
    let (helpers, losses): (Vec<_>, Vec<_>) = losses
        .into_iter()
        .partition(|(path, _)| loading::is_helper_of_dropped(before, after, &announced, path));
    let loading: Vec<String> = losses
        .into_iter()
        .map(|(path, why)| format!("`{path}` cannot be loaded: {why}"))
        .collect();
    let mut findings = contract.clone();
    findings.extend(loading.iter().cloned());
    findings.extend(from_files);
    Comparison {
        contract,
        files,
        loading,
        helpers: helpers.into_iter().map(|(path, _)| path).collect(),
        findings,
    }
}

/// The paths in which two builds of one Dockerfile differ.
pub(super) fn noise(one: &Tree, other: &Tree) -> BTreeSet<String> {
    files::differing(one, other)
}

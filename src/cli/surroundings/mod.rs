//! What a repository says of each Dockerfile in it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::discovery::Listing;
use crate::context::Surroundings;

/// The repositories of a run.
#[derive(Debug)]
pub(crate) struct Repositories;

impl Repositories {
    /// Prepares the repositories at `roots`; those in `listings` need no walk of their own.
    pub(crate) fn new<'a>(
        _roots: impl IntoIterator<Item = &'a Arc<Path>>,
        _listings: BTreeMap<Arc<Path>, Listing>,
    ) -> Self {
        Self
    }

    /// What the repository at `root` says of the Dockerfile at `path` in it.
    pub(crate) fn surroundings(&self, _root: &Path, _path: &Path, _text: &str) -> Surroundings {
        Surroundings::default()
    }
}

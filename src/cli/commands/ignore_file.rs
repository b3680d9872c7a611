//! The file that says what of a build context is ignored.

use std::path::PathBuf;

use crate::cli::args::ModeArgs;
use crate::cli::error::Failure;
use crate::cli::output::{create, replace};
use crate::report::{Palette, diff};

/// A file that says what of a build context is ignored, to be written or shown.
pub(super) struct IgnoreFile {
    pub(super) path: PathBuf,
    pub(super) label: String,
    /// Its text, where it is there.
    pub(super) before: Option<String>,
    pub(super) after: String,
}

impl IgnoreFile {
    /// Writes it, or gives its diff.
    pub(super) fn give(&self, mode: &ModeArgs, palette: Palette) -> Result<String, Failure> {
        if mode.write {
            match &self.before {
                Some(before) => replace(&self.path, &self.label, before, &self.after)?,
                None => create(&self.path, &self.label, &self.after)?,
            }
        }
        if mode.write && !mode.diff {
            return Ok(String::new());
        }
        let name = self.label.as_bytes();
        Ok(match &self.before {
            Some(before) => diff::unified(name, before, &self.after, palette),
            None => diff::created(name, &self.after, palette),
        })
    }
}

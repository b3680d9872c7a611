//! A document that the editor has open.

use lsp_types::{Diagnostic, Uri};

use super::text::Text;
use super::workspace::{Analysis, Found};

/// A document as the editor has it.
pub(super) struct Document {
    pub(super) uri: Uri,
    pub(super) language: String,
    pub(super) version: i32,
    pub(super) text: Text,
    /// What was found in it: nothing where it changed since.
    pub(super) state: State,
    /// The diagnostics that the editor was told last, and the number of that answer.
    pub(super) told: Option<(u64, Vec<Diagnostic>)>,
}

/// How far a document was looked at.
pub(super) enum State {
    /// It changed since.
    Unknown,
    /// It is none that imgfix looks at.
    Foreign,
    /// It was.
    Analysed(Box<Analysis>),
}

impl Document {
    /// What was found in it, where it could be read.
    pub(super) fn found(&self) -> Option<&Found> {
        match &self.state {
            State::Analysed(analysis) => analysis.found.as_ref().ok(),
            State::Unknown | State::Foreign => None,
        }
    }
}

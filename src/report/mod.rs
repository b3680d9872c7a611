//! What the user reads: diffs, the summary, explanations. Pure text; no I/O, no transform.

pub mod diff;
pub mod explain;
pub mod style;
pub mod summary;

use crate::engine::Outcome;

/// What became of one file.
#[derive(Debug)]
pub struct FileReport {
    /// Its path as the user knows it.
    pub label: String,
    /// What the engine made of it, or why it could not be done.
    pub result: Result<Outcome, String>,
    /// Whether the text changed.
    pub is_changed: bool,
}

/// `1 file`, `2 files`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

//! What the engine hands to the outside: text, and what was done and left.

use imgfix_syntax::TextRange;

use crate::settings::RewriteKey;
use crate::transform::{Applicability, Effect, Reason, TransformId};

/// The result of running the pipeline over one Dockerfile.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The final text; equal to the input where nothing was applied.
    pub text: String,
    /// The ignore file to write beside it: its path from the root of the repository, and its text.
    pub ignore_file: Option<(String, String)>,
    /// The rewrites that were applied, in order.
    pub applied: Vec<Applied>,
    /// What they made of the original together: with these the text is made of it.
    pub changes: Vec<Change>,
    /// Rewrites below the wanted level, in the order of the pipeline.
    pub held_back: Vec<Applied>,
    /// What transforms looked at and left alone.
    pub declined: Vec<DeclinedAt>,
    /// Rewrites that broke an invariant: our bugs.
    pub rejected: Vec<Rejected>,
    /// Names in pragmas that no transform of the pipeline has, each with the line of the instruction below.
    pub strangers: Vec<(usize, String)>,
}

/// A rewrite that was applied, or held back.
#[derive(Clone, Debug)]
pub struct Applied {
    /// Which transform.
    pub transform: TransformId,
    /// The line of the original file, counted from 1.
    pub line: usize,
    /// The place that it speaks of, in the original file.
    pub place: TextRange,
    /// How sure it is.
    pub applicability: Applicability,
    /// What it does.
    pub title: String,
    /// Why.
    pub because: String,
    /// What it means to change.
    pub effects: Vec<Effect>,
}

impl Applied {
    /// What it is known by in other runs over the same text.
    pub fn key(&self) -> RewriteKey {
        RewriteKey {
            transform: self.transform,
            line: self.line,
            title: self.title.clone(),
        }
    }

    /// The bytes of what the image is made from, before and after, where they are estimated.
    pub fn base_bytes(&self) -> Option<(u64, u64)> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::BaseEstimated { before, after } => Some((*before, *after)),
            _ => None,
        })
    }

    /// Whether it writes the file that says what of the build context is ignored.
    pub fn writes_ignore_file(&self) -> bool {
        let writes = |effect: &Effect| matches!(effect, Effect::IgnoreFileWritten { .. });
        self.effects.iter().any(writes)
    }

    /// The bytes that it is estimated to save; `None` where nothing is known.
    pub fn estimated_bytes(&self) -> Option<u64> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::BytesSaved(bytes) => Some(*bytes),
            _ => None,
        })
    }
}

/// A piece of the original that became another one. Those of an outcome are in the order of the file, and
/// disjoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What goes; empty where something is only added.
    pub original: TextRange,
    /// What stands there afterwards.
    pub text: String,
    /// The rewrites that made it: indices into those that were applied, ascending.
    pub rewrites: Vec<usize>,
}

/// A decline, with its place.
#[derive(Clone, Debug)]
pub struct DeclinedAt {
    /// Which transform; `None` where the file as a whole is left alone.
    pub transform: Option<TransformId>,
    /// The line of the original file, counted from 1.
    pub line: usize,
    /// Why.
    pub reason: &'static Reason,
    /// What exactly; may be empty.
    pub detail: String,
}

/// A rewrite that broke an invariant and was dropped.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// Which transform.
    pub transform: TransformId,
    /// The line of the original file, counted from 1.
    pub line: usize,
    /// What it would have done.
    pub title: String,
    /// The invariant that it broke.
    pub violation: String,
}

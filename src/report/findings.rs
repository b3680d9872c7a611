//! What a run found, as values that every format renders. No format computes anything of its own.
//!
//! The values are also the document of `--output-format json`: a field that is added or renamed here changes
//! what programs read. [`SCHEMA_VERSION`] says when old readers break.

mod build;
mod size;

pub use build::Rewritten;
pub(crate) use build::digest;
pub use size::{ImageSize, Measured, Measurements};

use schemars::JsonSchema;
use serde::Serialize;

use super::position::{Position, Region};
use super::summary::{Action, Detail, Totals};
use crate::engine::{Applied, StageOutline};
use crate::transform::{Applicability, Meta};

/// The version of the document. It grows where a reader of the old one would break: a field that is gone, or
/// means something else. New fields do not count.
pub const SCHEMA_VERSION: u32 = 1;

/// What imgfix found in one run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Report {
    /// The version of this document's form. It grows where a reader of an older one would break.
    pub schema_version: u32,
    /// The program.
    pub tool: Tool,
    /// Whether the files hold the new text (`--write`).
    pub written: bool,
    /// The Dockerfiles that were read, in the order of their paths.
    pub files: Vec<FileReport>,
    /// What failed.
    pub failures: Vec<FailureReport>,
    /// The sums over all files.
    pub totals: Sums,
    /// What is known of each transform that found something.
    #[serde(skip)]
    pub rules: Vec<&'static Meta>,
    /// Whether formats for people and reviews name what is held back, too.
    #[serde(skip)]
    pub detail: Detail,
}

impl Report {
    /// The report of a run. `rules` is what is known of the transforms.
    pub fn new(
        files: Vec<FileReport>,
        failures: Vec<FailureReport>,
        totals: &Totals,
        rules: impl Iterator<Item = &'static Meta>,
        (action, detail): (Action, Detail),
    ) -> Self {
        let finds = |meta: &&Meta| {
            let mut findings = files.iter().flat_map(|file| &file.findings);
            findings.any(|finding| finding.transform == meta.id.0)
        };
        Self {
            schema_version: SCHEMA_VERSION,
            tool: TOOL,
            written: action == Action::Written,
            rules: rules.filter(finds).collect(),
            files,
            failures,
            totals: totals.into(),
            detail,
        }
    }
}

/// The program that made a report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tool {
    /// `imgfix`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Where it lives.
    pub url: &'static str,
}

/// The program as it is.
pub const TOOL: Tool = Tool {
    name: env!("CARGO_PKG_NAME"),
    version: env!("CARGO_PKG_VERSION"),
    url: env!("CARGO_PKG_REPOSITORY"),
};

/// What was found in one Dockerfile.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FileReport {
    /// Its path as the user knows it: from the current folder where it is below.
    pub path: String,
    /// Its path from the root of its repository, with `/`.
    pub repository_path: String,
    /// Whether something would change, or has changed.
    pub changed: bool,
    /// The rewrites.
    pub findings: Vec<Finding>,
    /// What may be accepted by itself. All of them together are the whole rewrite.
    pub fixes: Vec<FixReport>,
    /// What was looked at and left alone.
    pub declined: Vec<Decline>,
    /// Rewrites that a safety check dropped: bugs of imgfix.
    pub rejected: Vec<Rejection>,
    /// The bytes that the rewrites save by an estimate, as far as there is one.
    pub estimated_bytes: Option<u64>,
    /// How many rewrites the estimate is for.
    pub estimated_rewrites: usize,
    /// What the image is made from, before and after, where that changes and its size is known.
    pub base_image: Option<BeforeAndAfter>,
    /// The unified diff of the Dockerfile; empty where nothing changes.
    pub diff: String,
    /// The ignore file that is written beside it.
    pub ignore_file: Option<IgnoreFileReport>,
    /// The original text.
    #[serde(skip)]
    pub text: String,
    /// The text afterwards.
    #[serde(skip)]
    pub text_after: String,
    /// The stages of the original.
    #[serde(skip)]
    pub stages_before: Vec<StageOutline>,
    /// The stages afterwards.
    #[serde(skip)]
    pub stages_after: Vec<StageOutline>,
    /// What was measured of its images.
    #[serde(skip)]
    pub measured: Measured,
}

/// A rewrite at its place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// The transform, as `imgfix explain` knows it.
    pub transform: &'static str,
    /// How sure it is.
    pub level: Level,
    /// What became of it.
    pub state: State,
    /// What it does.
    pub title: String,
    /// Why that is better, and on what evidence.
    pub because: String,
    /// What it means for the image.
    pub effects: Vec<String>,
    /// The bytes that it saves, by an estimate; nothing where there is none.
    pub estimated_bytes: Option<u64>,
    /// What the image is made from, before and after, where that changes and its size is known.
    pub base_image: Option<BeforeAndAfter>,
    /// The place in the original.
    pub region: Region,
    /// The fix that it belongs to: an index into `fixes`. Nothing where it is not applied.
    pub fix: Option<usize>,
    /// What it is known by from run to run: it stays the same where lines above it come and go.
    pub fingerprint: String,
}

/// The size of something, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BeforeAndAfter {
    /// Before.
    pub before: u64,
    /// After.
    pub after: u64,
}

impl BeforeAndAfter {
    fn of(applied: &Applied) -> Option<Self> {
        let (before, after) = applied.base_bytes()?;
        Some(Self { before, after })
    }
}

/// How sure a rewrite is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A file that built still builds; the image differs only by caches, package lists and layer borders.
    Safe,
    /// Equivalent on the evidence found, which is named.
    Suggested,
    /// May change what the container does.
    Unsafe,
}

impl Level {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Suggested => "suggested",
            Self::Unsafe => "unsafe",
        }
    }
}

impl From<Applicability> for Level {
    fn from(applicability: Applicability) -> Self {
        match applicability {
            Applicability::Safe => Self::Safe,
            Applicability::Suggested => Self::Suggested,
            Applicability::Unsafe => Self::Unsafe,
        }
    }
}

/// What became of a rewrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is part of the result.
    Applied,
    /// It is below the level that is wanted.
    HeldBack,
}

/// Rewrites that are accepted or refused together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FixReport {
    /// The rewrites: indices into `findings`.
    pub findings: Vec<usize>,
    /// What changes, in the order of the file.
    pub changes: Vec<ChangeReport>,
    /// The same as one change, from the first changed line to the last.
    pub whole: Option<ChangeReport>,
    /// Whether the ignore file belongs to it.
    pub ignore_file: bool,
    /// Whether it holds only where the fix that has the ignore file is accepted, too.
    pub needs_ignore_file: bool,
}

/// Whole lines of the original that become others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangeReport {
    /// The first line, counted from 1.
    pub first_line: usize,
    /// The last line.
    pub last_line: usize,
    /// The first byte of these lines.
    pub start_offset: usize,
    /// One past their last byte, which is a newline but at the end of some files.
    pub end_offset: usize,
    /// The place of that end: mostly the start of the line behind them.
    #[serde(skip)]
    pub end: Position,
    /// What stands there afterwards, with its newlines; empty where the lines go.
    pub text: String,
    /// How many bytes at the end of `text` are the newline that the last line had already.
    #[serde(skip)]
    pub kept_newline: usize,
}

impl ChangeReport {
    /// The text without the last newline, as consumers want it that exchange lines and leave that one alone.
    pub fn lines(&self) -> &str {
        &self.text[..self.text.len() - self.kept_newline]
    }
}

/// A file that says what of the build context is ignored.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IgnoreFileReport {
    /// Its path from the root of the repository, with `/`.
    pub repository_path: String,
    /// Whether it is new.
    pub created: bool,
    /// The unified diff; empty where another Dockerfile of the same context has it already.
    pub diff: String,
    /// All of its text afterwards.
    pub text: String,
    /// Its text before; empty where it is new.
    #[serde(skip)]
    pub before: String,
    /// What changes of it, in whole lines: nothing where it is new.
    pub change: Option<ChangeReport>,
}

/// Something that was looked at and left alone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Decline {
    /// The transform; nothing where the file as a whole is left alone.
    pub transform: Option<&'static str>,
    /// The line of the original, counted from 1.
    pub line: usize,
    /// The name of the reason.
    pub reason: &'static str,
    /// What the reason says.
    pub message: &'static str,
    /// What exactly; may be empty.
    pub detail: String,
}

/// A rewrite that a safety check dropped.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Rejection {
    /// The transform.
    pub transform: &'static str,
    /// The line of the original, counted from 1.
    pub line: usize,
    /// What it would have done.
    pub title: String,
    /// What the check found.
    pub violation: String,
}

/// Something that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FailureReport {
    /// The file, where it is one file's failure.
    pub path: Option<String>,
    /// What went wrong: the thing, the place, the cause.
    pub message: String,
    /// The next step.
    pub hint: Option<String>,
    /// What it is known by from run to run.
    pub fingerprint: String,
}

impl FailureReport {
    /// The failure of a file, where it is one's.
    pub fn new(path: Option<&str>, message: &str, hint: Option<&str>) -> Self {
        Self {
            path: path.map(str::to_owned),
            message: message.to_owned(),
            hint: hint.map(str::to_owned),
            fingerprint: build::digest(message),
        }
    }
}

/// The sums over all files of a run.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Sums {
    /// Dockerfiles that were read.
    pub files: usize,
    /// Those of them that would change, or have changed.
    pub changed: usize,
    /// What failed.
    pub failed: usize,
    /// Rewrites that are applied.
    pub applied: usize,
    /// Rewrites below the wanted level.
    pub held_back: usize,
    /// Rewrites that are left out because a baseline has them.
    pub known: usize,
    /// Places where a transform declined.
    pub declined: usize,
    /// Rewrites that a safety check dropped.
    pub rejected: usize,
    /// The bytes that the rewrites save by an estimate.
    pub estimated_bytes: u64,
    /// How many rewrites the estimate is for.
    pub estimated_rewrites: usize,
}

impl From<&Totals> for Sums {
    fn from(totals: &Totals) -> Self {
        Self {
            files: totals.seen,
            changed: totals.changed,
            failed: totals.failed,
            applied: totals.applied,
            held_back: totals.held_unsafe + totals.held_suggested,
            known: totals.known,
            declined: totals.declined,
            rejected: totals.rejected,
            estimated_bytes: totals.estimated_bytes,
            estimated_rewrites: totals.estimated,
        }
    }
}

impl FileReport {
    /// The findings that a format for people or reviews shows, in the order of the file.
    pub fn shown(&self, detail: Detail) -> Vec<&Finding> {
        let is_shown = |it: &&Finding| detail == Detail::Full || it.state == State::Applied;
        let mut shown: Vec<&Finding> = self.findings.iter().filter(is_shown).collect();
        shown.sort_by_key(|finding| finding.region.start.offset);
        shown
    }

    /// The fixes that can be accepted as a piece of one file.
    pub fn is_of_one_file(&self, fix: &FixReport) -> bool {
        let is_new = self.ignore_file.as_ref().is_some_and(|file| file.created);
        !fix.needs_ignore_file && !(fix.ignore_file && (is_new || !fix.changes.is_empty()))
    }

    /// Takes out the diff of the ignore file: another Dockerfile of the same context has it already.
    pub fn forget_ignore_file_diff(&mut self) {
        if let Some(file) = &mut self.ignore_file {
            file.diff.clear();
        }
    }

    /// With the stages, before and after.
    #[must_use]
    pub fn with_stages(self, before: Vec<StageOutline>, after: Vec<StageOutline>) -> Self {
        Self {
            stages_before: before,
            stages_after: after,
            ..self
        }
    }

    /// The findings of a fix.
    pub fn findings_of<'a>(&'a self, fix: &'a FixReport) -> impl Iterator<Item = &'a Finding> {
        fix.findings.iter().map(|&at| &self.findings[at])
    }
}

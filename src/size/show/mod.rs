//! Reports as bars, Markdown and JSON.

mod bars;
mod markdown;

use std::path::Path;

use serde::Serialize;

pub use bars::text;

use super::{HiddenReport, How, Limits, Report, State, Verdict};
use crate::report::{count, size};

/// The reports of a run.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The version of imgfix.
    pub version: &'static str,
    /// The baseline file, where there is one.
    pub baseline: Option<String>,
    /// How much an image may grow.
    pub limits: Limits,
    /// The images.
    pub images: Vec<Report>,
    /// Images that cannot be measured, each with the reason.
    pub failed: Vec<String>,
}

impl Summary {
    /// The reports so far: none.
    pub fn new(baseline: Option<&Path>, limits: Limits) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            baseline: baseline.map(|path| path.to_string_lossy().into_owned()),
            limits,
            images: Vec::new(),
            failed: Vec::new(),
        }
    }

    /// All of it as JSON.
    ///
    /// # Panics
    /// Never: every value has a form in JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("values have a form") + "\n"
    }

    /// All of it as Markdown, for a pull request.
    pub fn markdown(&self) -> String {
        markdown::document(self)
    }
}

/// `+12.3 MB`.
fn change(before: u64, now: u64) -> String {
    let sign = match now.cmp(&before) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "±",
        std::cmp::Ordering::Greater => "+",
    };
    format!("{sign}{}", size(before.abs_diff(now)))
}

/// What the comparison says, in words.
fn verdict(report: &Report, limits: Limits) -> String {
    let growth = || match report.growth_percent {
        Some(growth) => format!(
            "{}{:.1} %",
            if growth < 0.0 { "−" } else { "+" },
            growth.abs()
        ),
        None => "from nothing".to_owned(),
    };
    let before = report.baseline_bytes.unwrap_or(report.bytes);
    let against = format!("{} ({})", change(before, report.bytes), growth());
    match report.verdict {
        Verdict::Measured => "no baseline to compare with".to_owned(),
        Verdict::New => "not in the baseline".to_owned(),
        Verdict::Within => against,
        Verdict::Warning => format!("{against}, warning above {} %", limits.warn_above),
        Verdict::TooLarge => format!("{against}, too large above {} %", limits.fail_above),
    }
}

/// An instruction for people, with its line.
fn instruction(text: &str, line: Option<usize>) -> String {
    let text = if text.is_empty() {
        "(the history does not say what)"
    } else {
        text
    };
    match line {
        Some(line) => format!("line {line}: {text}"),
        None => text.to_owned(),
    }
}

/// What hidden bytes are: `19.8 MB in 40 files, deleted by`.
fn fate(report: &HiddenReport) -> String {
    let hidden = &report.hidden;
    let how = match hidden.how {
        How::Deleted => "deleted",
        How::Overwritten => "overwritten",
        How::Repeated => "shipped again with another owner or mode",
    };
    let what = if hidden.caches { "caches, " } else { "" };
    let files = count(hidden.files, "file");
    format!("{} in {files}, {what}{how}", size(hidden.bytes))
}

/// Which rewrite saves hidden bytes.
fn saving(report: &HiddenReport) -> String {
    let Some(saving) = &report.saving else {
        return "no rewrite is known to save it".to_owned();
    };
    let id = saving.transform;
    let detail = &saving.detail;
    match saving.state {
        State::Possible => format!("`{id}` may save it; {detail}"),
        State::Applies => format!("`{id}` saves it: {detail}"),
        State::HeldBack => format!("`{id}` would save it and is held back: {detail}"),
        State::Declines => format!("`{id}` would save it and declines: {detail}"),
    }
}

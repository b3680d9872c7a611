//! The report of a file, from what the engine says of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{
    BeforeAndAfter, ChangeReport, Decline, FileReport, Finding, FixReport, IgnoreFileReport,
    Measured, Rejection, State,
};
use crate::Outcome;
use crate::engine::{Applied, Fix, LineChange};
use crate::report::position::Positions;
use crate::report::{Palette, diff, explain};

/// A Dockerfile, what was made of it, and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Rewritten<'a> {
    /// Its path as the user knows it.
    pub path: &'a str,
    /// Its path from the root of its repository, with `/`.
    pub repository_path: &'a str,
    /// The original text.
    pub text: &'a str,
    /// What was made of it.
    pub outcome: &'a Outcome,
    /// What of it may be accepted by itself.
    pub fixes: &'a [Fix],
    /// The ignore file as it is, where there is one.
    pub ignore_file: Option<&'a str>,
}

impl FileReport {
    /// The report of a file.
    pub fn of(file: Rewritten<'_>) -> Self {
        let Rewritten {
            text,
            outcome,
            fixes,
            ..
        } = file;
        let positions = Positions::new(text);
        let mut findings = Vec::new();
        for (at, applied) in outcome.applied.iter().enumerate() {
            let fix = fixes.iter().position(|fix| fix.rewrites.contains(&at));
            findings.push(finding(applied, State::Applied, fix, &positions));
        }
        for held in &outcome.held_back {
            findings.push(finding(held, State::HeldBack, None, &positions));
        }
        fingerprints(file.repository_path, text, &mut findings);
        let estimates = || outcome.applied.iter().filter_map(Applied::estimated_bytes);
        Self {
            path: file.path.to_owned(),
            repository_path: file.repository_path.to_owned(),
            changed: outcome.text != text || outcome.ignore_file.is_some(),
            findings,
            fixes: fixes.iter().map(|fix| fix_report(fix, text)).collect(),
            declined: declined(outcome),
            rejected: rejected(outcome),
            estimated_bytes: estimates().reduce(|sum, bytes| sum + bytes),
            estimated_rewrites: estimates().count(),
            base_image: outcome.applied.iter().find_map(BeforeAndAfter::of),
            diff: diff::unified(
                file.repository_path.as_bytes(),
                text,
                &outcome.text,
                Palette::Plain,
            ),
            ignore_file: outcome
                .ignore_file
                .as_ref()
                .map(|(path, text)| ignore_file(path, file.ignore_file, text)),
            text: text.to_owned(),
            text_after: outcome.text.clone(),
            stages_before: Vec::new(),
            stages_after: Vec::new(),
            measured: Measured::default(),
        }
    }
}

fn finding(applied: &Applied, state: State, fix: Option<usize>, positions: &Positions) -> Finding {
    Finding {
        transform: applied.transform.0,
        level: applied.applicability.into(),
        state,
        title: applied.title.clone(),
        because: applied.because.clone(),
        effects: explain::effects(applied),
        estimated_bytes: applied.estimated_bytes(),
        base_image: BeforeAndAfter::of(applied),
        region: positions.region(applied.line, applied.place),
        fix,
        fingerprint: String::new(),
    }
}

/// Names each finding by what it says and by the text it speaks of, so that a line that moves keeps the name;
/// the second of two that are alike is told from the first by its number.
fn fingerprints(path: &str, text: &str, findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let first = finding.region.start.line;
        let count = finding.region.end.line + 1 - first;
        let lines = text.split('\n').skip(first - 1).take(count);
        let spoken: Vec<&str> = lines.map(str::trim).collect();
        let what = [path, finding.transform, &finding.title, &spoken.join("\n")].join("\0");
        let number = seen.entry(what.clone()).or_default();
        finding.fingerprint = digest(&format!("{what}\0{number}"));
        *number += 1;
    }
}

/// Half of a SHA-256: it tells apart as many as there will ever be.
pub(crate) fn digest(text: &str) -> String {
    let mut out = String::new();
    for byte in &Sha256::digest(text)[..16] {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn fix_report(fix: &Fix, text: &str) -> FixReport {
    let change = |change: LineChange| change_report(&change, text);
    FixReport {
        findings: fix.rewrites.clone(),
        changes: fix.changes.iter().cloned().map(change).collect(),
        whole: fix.whole(text).map(change),
        ignore_file: fix.ignore_file,
        needs_ignore_file: fix.needs_ignore_file,
    }
}

fn change_report(change: &LineChange, text: &str) -> ChangeReport {
    let original = change.original.slice(text);
    ChangeReport {
        first_line: change.first,
        last_line: change.last,
        start_offset: change.original.start(),
        end_offset: change.original.end(),
        end: Positions::new(text).position(change.original.end()),
        text: change.text.clone(),
        kept_newline: ["\r\n", "\n"]
            .into_iter()
            .find(|newline| original.ends_with(newline) && change.text.ends_with(newline))
            .map_or(0, str::len),
    }
}

fn ignore_file(path: &str, before: Option<&str>, after: &str) -> IgnoreFileReport {
    let name = path.as_bytes();
    IgnoreFileReport {
        repository_path: path.to_owned(),
        created: before.is_none(),
        diff: match before {
            Some(before) => diff::unified(name, before, after, Palette::Plain),
            None => diff::created(name, after, Palette::Plain),
        },
        text: after.to_owned(),
        before: before.unwrap_or_default().to_owned(),
        change: before.and_then(|before| {
            LineChange::between(before, after).map(|change| change_report(&change, before))
        }),
    }
}

fn declined(outcome: &Outcome) -> Vec<Decline> {
    let mut declined: Vec<Decline> = outcome
        .declined
        .iter()
        .map(|it| Decline {
            transform: it.transform.map(|id| id.0),
            line: it.line,
            reason: it.reason.id,
            message: it.reason.message,
            detail: it.detail.clone(),
        })
        .collect();
    declined.sort_by_key(|it| it.line);
    declined
}

fn rejected(outcome: &Outcome) -> Vec<Rejection> {
    let rejected = outcome.rejected.iter().map(|it| Rejection {
        transform: it.transform.0,
        line: it.line,
        title: it.title.clone(),
        violation: it.violation.clone(),
    });
    rejected.collect()
}

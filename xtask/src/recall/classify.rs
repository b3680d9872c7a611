//! What imgfix made of a RUN that smells.

use std::ops::Range;

use imgfix::context::Surroundings;
use imgfix::engine::{Applied, DeclinedAt};
use imgfix::model::{Model, Readers};
use imgfix::settings::Options;
use imgfix::{Outcome, transform::TransformId};

use super::runs::{self, PlainRun};
use super::smells::{Detector, Finding, Mend, Scene, Smell, detectors};
use super::text::Command;
use crate::corpus::Entry;

/// What became of a RUN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing to do.
    Clean,
    /// Mended.
    Changed,
    /// A rewrite below the level would mend it.
    HeldBack,
    /// imgfix says why not: the reasons, with what exactly.
    Declined(Vec<(&'static str, String)>),
    /// Not a word.
    Missed,
}

/// A RUN that has to do with a smell.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The row of the table.
    pub(super) row: usize,
    /// The file.
    pub(super) id: String,
    /// Its first line.
    pub(super) line: usize,
    /// Its text.
    pub(super) text: String,
    /// What became of it.
    pub(super) fate: Fate,
}

/// What of one file: the number of RUNs whose layers reach no final image, and those that have to do with a smell.
pub(super) fn file(entry: &Entry) -> (usize, Vec<Seen>) {
    let Ok(outcome) = &entry.result else {
        return (0, Vec::new());
    };
    let model = Model::new(
        entry.text.clone(),
        &Surroundings::default(),
        &Options::default(),
        &Readers::default(),
    );
    let runs = runs::read(&model);
    let groups = joined(outcome, &runs);
    let mut seen = Vec::new();
    let mut others = 0;
    for (at, run) in runs.iter().enumerate() {
        if !model.reaches_final_image(run.stage) {
            others += 1;
            continue;
        }
        let earlier: Vec<&[Command]> = runs[..at]
            .iter()
            .filter(|it| it.stage == run.stage && !it.is_deferred)
            .map(|it| it.commands.as_slice())
            .collect();
        for (row, detector) in detectors().iter().enumerate() {
            let scene = Scene {
                commands: &run.commands,
                mounts: &run.mounts,
                earlier: &earlier,
                before: &model.text[..run.bytes.end],
            };
            let file = File {
                outcome,
                runs: &runs,
                groups: &groups,
            };
            let fate = match detector.find(scene) {
                Finding::Absent => continue,
                Finding::Clean => Fate::Clean,
                Finding::Smelly(count) => file.fate(at, detector, scene, count),
            };
            seen.push(Seen {
                row,
                id: entry.id.clone(),
                line: run.lines.start,
                text: model.text[run.bytes.clone()].trim_end().to_owned(),
                fate,
            });
        }
    }
    (others, seen)
}

/// For each RUN, the first of those that it was joined with.
fn joined(outcome: &Outcome, runs: &[PlainRun]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..runs.len()).collect();
    for applied in &outcome.applied {
        let count = applied
            .title
            .strip_prefix("join ")
            .and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok());
        let first = runs
            .iter()
            .position(|run| run.lines.contains(&applied.line));
        let (Some(count), Some(first)) = (count, first) else {
            continue;
        };
        let first = groups[first];
        let (mut at, mut left) = (first, count);
        while at < runs.len() {
            let group = groups[at];
            left -= 1;
            while at < runs.len() && groups[at] == group {
                groups[at] = first;
                at += 1;
            }
            if left == 0 {
                break;
            }
        }
    }
    groups
}

/// What imgfix said of a file.
struct File<'f> {
    outcome: &'f Outcome,
    runs: &'f [PlainRun],
    groups: &'f [usize],
}

impl File<'_> {
    fn fate(&self, at: usize, detector: &Detector, scene: Scene<'_>, count: usize) -> Fate {
        let mends = detector.smell.mends;
        let lines = self.lines(at, detector);
        let is_mended = |applied: &&Applied| {
            lines.contains(&applied.line) && mends.iter().any(|mend| is_of(mend, applied))
        };
        let changed = self.outcome.applied.iter().filter(is_mended).count();
        let held_back = self.outcome.held_back.iter().filter(is_mended).count();
        let speaks = |declined: &&DeclinedAt| {
            declined.transform.is_none()
                || (lines.contains(&declined.line)
                    && mends
                        .iter()
                        .any(|mend| concerns(mend, detector.smell, declined)))
        };
        let declined: Vec<&DeclinedAt> = self.outcome.declined.iter().filter(speaks).collect();
        let is_whole_file = declined.iter().any(|it| it.transform.is_none());
        let decided = changed + held_back + declined.len();
        if self.join_mends(at, detector, scene) {
            return Fate::Changed;
        }
        if detector.smell.each && decided < count && !is_whole_file {
            return Fate::Missed;
        }
        if changed > 0 {
            return Fate::Changed;
        }
        if held_back > 0 {
            return Fate::HeldBack;
        }
        let mut reasons: Vec<(&'static str, String)> = Vec::new();
        for declined in declined {
            if !reasons
                .iter()
                .any(|(reason, _)| *reason == declined.reason.id)
            {
                reasons.push((declined.reason.id, declined.detail.clone()));
            }
        }
        if reasons.is_empty() {
            Fate::Missed
        } else {
            Fate::Declined(reasons)
        }
    }

    /// The lines in which a decision speaks of the RUN: its own and those of what it was joined with; for
    /// what is a matter of two RUNs, up to the other one.
    fn lines(&self, at: usize, detector: &Detector) -> Range<usize> {
        let group = self.groups[at];
        let mut first = group;
        let mut last = self
            .groups
            .iter()
            .rposition(|it| *it == group)
            .unwrap_or(at);
        let stage = self.runs[at].stage;
        if !detector.smell.after.is_empty()
            && let Some(install) = (0..at).rev().find(|&it| {
                self.runs[it].stage == stage && detector.is_after(&self.runs[it].commands)
            })
        {
            first = first.min(self.groups[install]);
        }
        if detector.smell.id == UPDATE_ALONE
            && let Some(install) = (at + 1..self.runs.len()).find(|&it| {
                self.runs[it].stage == stage && detector.is_without(&self.runs[it].commands)
            })
        {
            last = last.max(install);
        }
        self.runs[first].lines.start..self.runs[last].lines.end
    }

    /// Whether the RUN was joined with others, and together they smell no more.
    fn join_mends(&self, at: usize, detector: &Detector, scene: Scene<'_>) -> bool {
        let group = self.groups[at];
        let members = || (0..self.runs.len()).filter(|it| self.groups[*it] == group);
        if members().count() < 2 {
            return false;
        }
        let commands: Vec<Command> = members()
            .flat_map(|it| self.runs[it].commands.iter().cloned())
            .collect();
        let joined = detector.find(Scene {
            commands: &commands,
            ..scene
        });
        !matches!(joined, Finding::Smelly(_))
    }
}

const MERGE_RUNS: TransformId = TransformId("merge-runs");
const UPDATE_ALONE: &str = "apt-update-alone";

/// Reasons that every transform gives for everything it does.
const SHARED: &[&str] = &[
    "pragma",
    "stage-not-shipped",
    "release-gone",
    "not-understood",
    "exec-form",
    "run-by-another-program",
    "runs-in-child-build",
    "keeps-nothing-yet",
    "index-alone",
];

/// Whether a rewrite is one of the mend's own; what a join mends is looked at by itself.
fn is_of(mend: &Mend, applied: &Applied) -> bool {
    applied.transform == TransformId(mend.transform)
        && applied.title.contains(mend.title)
        && applied.transform != MERGE_RUNS
}

/// Whether a decline is one of the mend's own.
fn concerns(mend: &Mend, smell: &Smell, declined: &DeclinedAt) -> bool {
    let reason = declined.reason.id;
    let is_listed =
        mend.reasons.is_empty() || mend.reasons.contains(&reason) || SHARED.contains(&reason);
    declined.transform == Some(TransformId(mend.transform))
        && is_listed
        && !names_another(&declined.detail, smell)
}

/// Whether the detail of a decline is the name of what some other manager leaves behind.
fn names_another(detail: &str, smell: &Smell) -> bool {
    let named = |it: &&Detector| it.smell.mends.iter().any(|mend| mend.title == detail);
    let mut managers = detectors().iter().filter(named).map(|it| it.smell.manager);
    let is_name = managers.clone().next().is_some();
    is_name && managers.all(|manager| manager != smell.manager)
}

//! What of a run is wanted: one rewrite, what a branch touches, what is not known yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{Only, ReviewArgs};
use super::baseline::{Baseline, Known};
use super::config::known_id;
use super::discovery::{Found, slashed};
use super::error::Failure;
use super::git::{Since, Touched};
use super::surroundings::reads;
use crate::Outcome;
use crate::context::Surroundings;
use crate::report::findings::{FileReport, Rewritten};
use crate::settings::{PlaceOfRewrite, RewriteKey, Scope};
use crate::transform::TransformId;

/// What is wanted of a run.
pub(crate) struct Review {
    /// The places of the rewrites that are wanted, by file; `None` where all are.
    only: Option<BTreeMap<PathBuf, Vec<PlaceOfRewrite>>>,
    /// What changed in each repository; `None` where that does not matter.
    touched: Option<BTreeMap<Arc<Path>, Touched>>,
    only_changed_lines: bool,
    baseline: Option<Baseline>,
}

impl Review {
    /// Reads what the arguments name, and asks git where they want it.
    ///
    /// # Errors
    /// Where git cannot say what changed, the baseline cannot be read, or a transform is not known.
    pub(crate) fn new<'a>(
        args: &ReviewArgs,
        roots: impl IntoIterator<Item = &'a Arc<Path>>,
    ) -> Result<Self, Failure> {
        let since = match &args.diff_base {
            Some(name) => Some(Since::Base(name.clone())),
            None => args.staged.then_some(Since::Staged),
        };
        let touched = since
            .map(|since| {
                let roots: BTreeSet<&Arc<Path>> = roots.into_iter().collect();
                let ask = |root: &Arc<Path>| Ok((Arc::clone(root), Touched::ask(root, &since)?));
                roots.into_iter().map(ask).collect()
            })
            .transpose()?;
        Ok(Self {
            only: places(&args.only)?,
            touched,
            only_changed_lines: args.only_changed_lines,
            baseline: args.baseline.as_deref().map(Baseline::read).transpose()?,
        })
    }

    /// What may be done in a file; `None` where the review is not about it.
    ///
    /// # Errors
    /// Where git cannot say which lines changed.
    pub(crate) fn scope(
        &self,
        file: &Found,
        surroundings: &Surroundings,
    ) -> Result<Option<Scope>, Failure> {
        let mut scope = Scope::default();
        if let Some(only) = &self.only {
            let Some(places) = only.get(&file.path) else {
                return Ok(None);
            };
            scope.places = Some(places.clone());
        }
        if let Some(touched) = self.touched.as_ref().and_then(|it| it.get(&file.root)) {
            let path = slashed(file.relative());
            let mut paths = touched.paths().iter();
            if !paths.any(|changed| *changed == path || feeds(changed, surroundings)) {
                return Ok(None);
            }
            if self.only_changed_lines {
                scope.lines = Some(touched.lines(&path)?);
            }
        }
        Ok(Some(scope))
    }

    /// The rewrites of an outcome that the baseline does not know; `None` where it knows none of them.
    pub(crate) fn new_rewrites(
        &self,
        file: &Found,
        text: &str,
        outcome: &Outcome,
    ) -> Option<BTreeSet<RewriteKey>> {
        let baseline = self.baseline.as_ref()?;
        let report = findings(file, text, outcome);
        let known = baseline.known_in(&report);
        let pairs = || report.findings.iter().zip(&outcome.applied);
        let is_known = |fingerprint: &str| known.contains(fingerprint);
        if !pairs().any(|(finding, _)| is_known(&finding.fingerprint)) {
            return None;
        }
        let new = pairs().filter(|(finding, _)| !is_known(&finding.fingerprint));
        Some(new.map(|(_, applied)| applied.key()).collect())
    }

    /// Whether there is a baseline.
    pub(crate) fn reads_baseline(&self) -> bool {
        self.baseline.is_some()
    }

    /// How many findings of the baseline are no longer there, among the files that were looked at: `found` has
    /// what was found in each.
    pub(crate) fn gone(&self, found: &BTreeMap<String, BTreeSet<String>>) -> usize {
        let Some(baseline) = &self.baseline else {
            return 0;
        };
        let by_path = baseline.by_path();
        let gone = by_path.iter().filter_map(|(path, known)| {
            let found = found.get(*path)?;
            Some(known.iter().filter(|it| !found.contains(**it)).count())
        });
        gone.sum()
    }

    /// Makes sure that each place that was named has a rewrite.
    ///
    /// # Errors
    /// Where one has none.
    pub(crate) fn is_met(&self, file: &Found, outcome: &Outcome) -> Result<(), Failure> {
        let places = self.only.as_ref().and_then(|only| only.get(&file.path));
        for place in places.into_iter().flatten() {
            let mut applied = outcome.applied.iter();
            if applied.any(|it| place.is_of(it.transform, it.line)) {
                continue;
            }
            let label = &file.label;
            let what = match place.transform {
                Some(id) => format!("{id} has no rewrite there to be applied by itself"),
                None => "there is no rewrite to be applied by itself".to_owned(),
            };
            return Err(Failure::new(format!("{label}:{}: {what}", place.line)).hint(
                "without `--only` all rewrites are shown with their lines; one that needs another is named with it",
            ));
        }
        Ok(())
    }
}

/// What was found in a file, without fixes.
pub(crate) fn findings(file: &Found, text: &str, outcome: &Outcome) -> FileReport {
    FileReport::of(Rewritten {
        path: &file.label,
        repository_path: &slashed(file.relative()),
        text,
        outcome,
        fixes: &[],
        ignore_file: None,
    })
}

/// The findings of a file as a baseline has them.
pub(crate) fn known(file: &Found, text: &str, outcome: &Outcome) -> Vec<Known> {
    Known::of(&findings(file, text, outcome))
}

/// Whether a path is part of what imgfix reads of a build context.
fn feeds(path: &str, surroundings: &Surroundings) -> bool {
    let ignore_file = surroundings.context.dockerignore.as_ref();
    if ignore_file.is_some_and(|file| file.path == path) {
        return true;
    }
    let Some(folder) = surroundings.context_place.folder() else {
        return false;
    };
    let below = match folder {
        "" => Some(path),
        folder => path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/')),
    };
    below.is_some_and(reads)
}

fn places(only: &[Only]) -> Result<Option<BTreeMap<PathBuf, Vec<PlaceOfRewrite>>>, Failure> {
    if only.is_empty() {
        return Ok(None);
    }
    let mut places: BTreeMap<PathBuf, Vec<PlaceOfRewrite>> = BTreeMap::new();
    for wanted in only {
        let transform = wanted.transform.as_deref().map(transform).transpose()?;
        // A path that leads nowhere is reported by who looks for the files.
        let Ok(path) = wanted.path.canonicalize() else {
            continue;
        };
        places.entry(path).or_default().push(PlaceOfRewrite {
            line: wanted.line,
            transform,
        });
    }
    Ok(Some(places))
}

fn transform(name: &str) -> Result<TransformId, Failure> {
    known_id(name).map_err(|error| Failure {
        message: format!("--only: {}", error.message),
        ..error
    })
}

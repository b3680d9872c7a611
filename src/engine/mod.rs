//! Runs the pipeline: parse, propose, splice, check, repeat. Knows no transform.

mod fixes;
mod invariants;
mod lines;
mod origins;
mod outcome;
pub mod reasons;
mod select;
mod stages;

pub use fixes::{Fix, LineChange, fixes};
pub use invariants::Violation;
pub use outcome::{Applied, Change, DeclinedAt, Outcome, Rejected};
pub(crate) use stages::stages;
pub use stages::{How, ImageOf, Origin, StageOutline, Take};

use std::borrow::Cow;

use imgfix_syntax::{LineIndex, NewlineStyle, TextRange};

use crate::context::Surroundings;
use crate::edit::Edits;
use crate::model::pragma::Covered;
use crate::model::{Model, Readers};
use crate::settings::Settings;
use crate::transform::{Declined, Input, Meta, Proposals, Rewrite, Transform};
use lines::LineOrigins;
use origins::{Origins, Splice};
use select::select;

/// Passes after which the pipeline is taken to be moving without end.
const MAX_PASSES: usize = 200;

/// The pipeline did not come to rest; the file is to be left as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the pipeline does not come to rest; still moving: {moving}")]
pub struct EngineError {
    /// The transforms that still propose changes.
    pub moving: String,
}

/// Runs `pipeline` over `text`.
///
/// Each transform is repeated until it proposes nothing new, and the list is swept until a sweep changes
/// nothing. Between two passes the text is parsed again, so no edit ever meets a text it was not made for.
///
/// # Errors
/// [`EngineError`] where the transforms do not come to rest.
pub fn run(
    pipeline: &[&dyn Transform],
    text: &str,
    surroundings: &Surroundings,
    settings: &Settings,
    readers: Readers,
) -> Result<Outcome, EngineError> {
    let all = pipeline;
    let pipeline: Vec<_> = all
        .iter()
        .filter(|transform| settings.runs(transform.meta().id))
        .collect();
    let mut run = Run::new(text, surroundings, settings, readers, pipeline.len());
    run.note_strangers(all);
    if let Some((reason, range)) = run.model.hands_off {
        run.keep_hands_off(reason, range);
        return Ok(run.finish());
    }
    let (mut at, mut quiet, mut passes) = (0, 0, 0);
    while quiet < pipeline.len() {
        let transform = pipeline[at];
        let input = Input {
            model: &run.model,
            surroundings: &run.surroundings,
            options: &settings.options,
        };
        let mut proposals = Proposals::default();
        transform.propose(&input, &mut proposals);
        let Some(pass) = run.pass(at, transform.meta(), proposals) else {
            quiet += 1;
            at = (at + 1) % pipeline.len();
            continue;
        };
        quiet = 0;
        passes += 1;
        if passes > MAX_PASSES || pass.model.text.len() > text.len() * 2 + 65_536 {
            return Err(EngineError {
                moving: transform.meta().id.to_string(),
            });
        }
        log::trace!("pass {passes}: {}", transform.meta().id);
        run.commit(pass);
    }
    Ok(run.finish())
}

/// The facts after a pass, with what was applied.
struct Pass {
    model: Model,
    /// With the ignore file that it writes.
    surroundings: Option<Surroundings>,
    ignore_file: Option<(String, String)>,
    lines: LineOrigins,
    origins: Origins,
    applied: Vec<Applied>,
}

/// The state of one run of the pipeline.
struct Run<'s> {
    surroundings: Cow<'s, Surroundings>,
    settings: &'s Settings,
    readers: Readers,
    model: Model,
    newline: NewlineStyle,
    /// The lines of the original.
    index: LineIndex,
    lines: LineOrigins,
    origins: Origins,
    outcome: Outcome,
    /// What each transform last held back and declined.
    left: Vec<(Vec<Applied>, Vec<DeclinedAt>)>,
}

impl<'s> Run<'s> {
    fn new(
        text: &str,
        surroundings: &'s Surroundings,
        settings: &'s Settings,
        readers: Readers,
        transforms: usize,
    ) -> Self {
        Self {
            surroundings: Cow::Borrowed(surroundings),
            settings,
            model: Model::new(text.to_owned(), surroundings, &settings.options, &readers),
            readers,
            newline: NewlineStyle::of(text),
            index: LineIndex::new(text),
            lines: LineOrigins::of(text),
            origins: Origins::of(text),
            outcome: Outcome::default(),
            left: vec![(Vec::new(), Vec::new()); transforms],
        }
    }

    /// Notes what pragmas name and the pipeline has not.
    fn note_strangers(&mut self, pipeline: &[&dyn Transform]) {
        for pragma in &self.model.pragmas {
            let Covered::Named(ids) = &pragma.transforms else {
                continue;
            };
            let line = self.line(self.model.file.items[pragma.item].range);
            let is_known = |id: &str| pipeline.iter().any(|it| it.meta().id.0 == id);
            let unknown = ids.iter().filter(|id| !is_known(id));
            let noted = unknown.map(|id| (line, id.clone()));
            self.outcome.strangers.extend(noted);
        }
    }

    fn line(&self, range: TextRange) -> usize {
        self.lines.line(range.start())
    }

    fn keep_hands_off(&mut self, reason: crate::model::hands_off::HandsOff, range: TextRange) {
        let line = self.line(range);
        let reason = reasons::of(reason);
        self.outcome.declined.push(DeclinedAt {
            transform: None,
            line,
            reason,
            detail: String::new(),
        });
    }

    /// Applies what of the proposals may be applied; `None` where nothing is.
    fn pass(&mut self, at: usize, meta: &'static Meta, proposals: Proposals) -> Option<Pass> {
        let Proposals {
            mut rewrites,
            mut declined,
        } = proposals;
        if self.settings.dockerfile_alone {
            rewrites.retain(|rewrite| select::writes_ignore_file(rewrite).is_none());
        }
        if !self.settings.scope.is_everything() {
            rewrites.retain(|rewrite| self.is_in_scope(meta, rewrite));
        }
        let (wanted, ignored) = select::by_pragma(&self.model, meta.id, rewrites);
        declined.extend(ignored.iter().map(|rewrite| Declined {
            range: rewrite.anchor,
            reason: &reasons::PRAGMA,
            detail: rewrite.title.clone(),
        }));
        let (wanted, held_back): (Vec<_>, Vec<_>) = wanted
            .into_iter()
            .partition(|rewrite| rewrite.applicability >= self.settings.level);
        let held_back = held_back
            .iter()
            .map(|rewrite| self.applied(meta, rewrite))
            .collect();
        let declined = declined
            .into_iter()
            .map(|declined| self.declined(meta, declined))
            .collect();
        self.left[at] = (held_back, declined);
        let chosen = select(wanted);
        if chosen.is_empty() {
            return None;
        }
        let all: Vec<&Rewrite> = chosen.iter().collect();
        if let Some(pass) = self.attempt(meta, &all).ok().flatten() {
            return Some(pass);
        }
        // Something broke an invariant: keep those that hold by themselves and together.
        let mut kept: Vec<&Rewrite> = Vec::new();
        let mut pass = None;
        for rewrite in &chosen {
            kept.push(rewrite);
            match self.attempt(meta, &kept) {
                Ok(good) => pass = good,
                Err(violation) => {
                    kept.pop();
                    self.reject(meta, rewrite, &violation);
                }
            }
        }
        pass
    }

    fn attempt(
        &self,
        meta: &'static Meta,
        rewrites: &[&Rewrite],
    ) -> Result<Option<Pass>, Violation> {
        let edits = rewrites
            .iter()
            .flat_map(|rewrite| rewrite.edits.iter())
            .cloned()
            .collect();
        let edits = Edits::new(edits).map_err(|overlap| Violation(overlap.to_string()))?;
        let before = &self.model;
        let text = edits.splice(&before.text, self.newline, before.file.escape);
        let ignore_file = rewrites
            .iter()
            .find_map(|it| select::writes_ignore_file(it));
        if text == before.text && ignore_file.is_none() {
            return Ok(None);
        }
        let surroundings =
            ignore_file.map(|(path, text)| self.surroundings.with_ignore_file(path, text));
        if let Some(after) = &surroundings {
            invariants::ignore_file(before, &self.surroundings.context, &after.context)?;
        }
        let model = Model::new(
            text,
            surroundings.as_ref().unwrap_or(&self.surroundings),
            &self.settings.options,
            &self.readers,
        );
        invariants::check(before, rewrites, &model)?;
        let lines = self.lines.after(&before.text, &edits, &model.text);
        let origins = self.origins.after(&self.splices(rewrites, &edits));
        Ok(Some(Pass {
            model,
            surroundings,
            ignore_file: ignore_file.map(|(path, text)| (path.to_owned(), text.to_owned())),
            lines,
            origins,
            applied: rewrites
                .iter()
                .map(|rewrite| self.applied(meta, rewrite))
                .collect(),
        }))
    }

    /// The edits of a pass, each with the rewrite that it belongs to.
    fn splices(&self, rewrites: &[&Rewrite], edits: &Edits) -> Vec<Splice> {
        let first = self.outcome.applied.len();
        let mut owners: Vec<(TextRange, usize)> = rewrites
            .iter()
            .enumerate()
            .flat_map(|(at, rewrite)| {
                let ranges = rewrite.edits.iter().map(|edit| edit.range);
                ranges.map(move |range| (range, first + at))
            })
            .collect();
        // Disjoint edits have one order.
        owners.sort_by_key(|(range, _)| (range.start(), range.end()));
        let escape = self.model.file.escape;
        edits
            .iter()
            .zip(owners)
            .map(|(edit, (range, by))| Splice {
                range,
                length: edit.rendered(self.newline, escape).len(),
                by,
            })
            .collect()
    }

    fn applied(&self, meta: &'static Meta, rewrite: &Rewrite) -> Applied {
        Applied {
            transform: meta.id,
            line: self.line(rewrite.anchor),
            place: self.origins.original(rewrite.anchor),
            applicability: rewrite.applicability,
            title: rewrite.title.clone(),
            because: rewrite.because.clone(),
            effects: rewrite.effects.clone(),
        }
    }

    fn is_in_scope(&self, meta: &'static Meta, rewrite: &Rewrite) -> bool {
        let edits = rewrite.edits.iter().map(|edit| edit.range);
        let touched: Vec<(usize, usize)> = edits
            .chain([rewrite.anchor])
            .map(|range| self.index.lines(self.origins.original(range)))
            .collect();
        let key = self.applied(meta, rewrite).key();
        self.settings.scope.has(&key, &touched)
    }

    fn declined(&self, meta: &'static Meta, declined: Declined) -> DeclinedAt {
        let line = self.line(declined.range);
        DeclinedAt {
            transform: Some(meta.id),
            line,
            reason: declined.reason,
            detail: declined.detail,
        }
    }

    fn reject(&mut self, meta: &'static Meta, rewrite: &Rewrite, violation: &Violation) {
        let line = self.line(rewrite.anchor);
        let known = self.outcome.rejected.iter().any(|rejected| {
            (rejected.transform, rejected.line, &rejected.title) == (meta.id, line, &rewrite.title)
        });
        if !known {
            self.outcome.rejected.push(Rejected {
                transform: meta.id,
                line,
                title: rewrite.title.clone(),
                violation: violation.to_string(),
            });
        }
    }

    fn commit(&mut self, pass: Pass) {
        self.model = pass.model;
        self.lines = pass.lines;
        self.origins = pass.origins;
        if let Some(surroundings) = pass.surroundings {
            self.surroundings = Cow::Owned(surroundings);
            self.outcome.ignore_file = pass.ignore_file;
        }
        self.outcome.applied.extend(pass.applied);
    }

    fn finish(mut self) -> Outcome {
        for (held_back, declined) in self.left {
            self.outcome.held_back.extend(held_back);
            self.outcome.declined.extend(declined);
        }
        self.outcome.changes = self.origins.changes(&self.model.text);
        self.outcome.text = self.model.text;
        self.outcome
    }
}

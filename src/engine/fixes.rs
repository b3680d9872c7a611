//! Which rewrites stand by themselves: groups that may be accepted or refused one by one.
//!
//! A fix is offered by itself only where a run that is allowed nothing else makes exactly it. What does not
//! come out alike belongs together with others.

use std::collections::BTreeSet;

use imgfix_syntax::{LineIndex, TextRange};

use super::outcome::{Change, Outcome};
use crate::settings::RewriteKey;

/// So many bytes are run through the pipeline again, at most, to see what stands by itself.
const MAX_RERUN: usize = 16 * 1024 * 1024;

/// What may be accepted by itself: rewrites, and what they make of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The rewrites: indices into those that were applied, ascending.
    pub rewrites: Vec<usize>,
    /// The changes, in whole lines, in the order of the file. The range is never empty: beside what is only
    /// added, a line stays as it was.
    pub changes: Vec<LineChange>,
    /// Whether the ignore file of the outcome belongs to it.
    pub ignore_file: bool,
    /// Whether it holds only where the fix that has the ignore file is accepted, too.
    pub needs_ignore_file: bool,
}

/// Lines of the original that become others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// The first line, counted from 1.
    pub first: usize,
    /// The last line.
    pub last: usize,
    /// The lines with their newlines, as bytes of the original.
    pub original: TextRange,
    /// What stands there afterwards, with its newlines; empty where the lines go.
    pub text: String,
}

impl Fix {
    /// All changes as one, from the first changed line to the last; `None` where the file stays as it is.
    pub fn whole(&self, original: &str) -> Option<LineChange> {
        let (first, last) = (self.changes.first()?, self.changes.last()?);
        let range = first.original.cover(last.original);
        let whole = LineChange {
            first: first.first,
            last: last.last,
            original: range,
            text: spliced(original, range, &self.changes),
        };
        trimmed(original, whole)
    }
}

impl LineChange {
    /// What of `before` becomes `after`; `None` where nothing differs.
    pub fn between(before: &str, after: &str) -> Option<Self> {
        let change = Self {
            first: 1,
            last: before.split_inclusive('\n').count().max(1),
            original: TextRange::new(0, before.len()),
            text: after.to_owned(),
        };
        trimmed(before, change)
    }
}

/// The fixes of an outcome, in the order of the file. `rerun` runs the pipeline with nothing but some of the
/// rewrites; `None` where it fails.
pub fn fixes(
    original: &str,
    outcome: &Outcome,
    mut rerun: impl FnMut(BTreeSet<RewriteKey>) -> Option<Outcome>,
) -> Vec<Fix> {
    let groups = grouped(original, outcome);
    if groups.len() < 2 {
        return groups;
    }
    if groups.len().saturating_mul(original.len()) > MAX_RERUN {
        return groups.into_iter().reduce(united).into_iter().collect();
    }
    let mut stands = |fix: &Fix| {
        let keys = fix.rewrites.iter().map(|&at| outcome.applied[at].key());
        let whole = TextRange::new(0, original.len());
        rerun(keys.collect()).is_some_and(|alone| {
            alone.text == spliced(original, whole, &fix.changes)
                && alone.ignore_file == outcome.ignore_file.clone().filter(|_| fix.ignore_file)
        })
    };
    let (mut fixes, dependent): (Vec<Fix>, Vec<Fix>) = groups.into_iter().partition(&mut stands);
    let ignore_file = fixes.iter().find(|fix| fix.ignore_file).cloned();
    let mut unproven = None;
    for mut fix in dependent {
        let with = |ignore_file: &Fix| stands(&united(fix.clone(), ignore_file.clone()));
        fix.needs_ignore_file = ignore_file.as_ref().is_some_and(with);
        if fix.needs_ignore_file {
            fixes.push(fix);
        } else {
            unproven = Some(unproven.map_or(fix.clone(), |other| united(other, fix)));
        }
    }
    let Some(unproven) = unproven else {
        return disentangled(fixes);
    };
    let count = fixes.len();
    let is_proven = stands(&unproven);
    fixes.push(unproven);
    fixes = disentangled(fixes);
    // What was united to be one piece of the file was not tried.
    if is_proven && fixes.len() == count + 1 {
        return fixes;
    }
    fixes.into_iter().reduce(united).into_iter().collect()
}

/// The changes in whole lines; those that have a rewrite in common, directly or through others, are one fix.
fn grouped(original: &str, outcome: &Outcome) -> Vec<Fix> {
    let mut fixes: Vec<Option<Fix>> = Vec::new();
    // For each rewrite the fix that it is in so far.
    let mut fix_of: Vec<Option<usize>> = vec![None; outcome.applied.len()];
    let mut add = |fix: Fix| {
        let mut fix = fix;
        let known: BTreeSet<usize> = fix.rewrites.iter().filter_map(|&at| fix_of[at]).collect();
        for at in known {
            fix = united(fixes[at].take().expect("fixes know where they are"), fix);
        }
        for &at in &fix.rewrites {
            fix_of[at] = Some(fixes.len());
        }
        fixes.push(Some(fix));
    };
    for (change, rewrites) in in_lines(original, &outcome.changes) {
        add(Fix {
            rewrites,
            changes: vec![change],
            ignore_file: false,
            needs_ignore_file: false,
        });
    }
    for (at, applied) in outcome.applied.iter().enumerate() {
        if applied.writes_ignore_file() {
            add(Fix {
                rewrites: vec![at],
                changes: Vec::new(),
                ignore_file: true,
                needs_ignore_file: false,
            });
        }
    }
    disentangled(fixes.into_iter().flatten().collect())
}

/// Unites fixes of which one has changes between those of another: each shall be one piece of the file.
fn disentangled(mut fixes: Vec<Fix>) -> Vec<Fix> {
    let extent = |fix: &Fix| Some((fix.changes.first()?.first, fix.changes.last()?.last));
    // Those of the ignore file alone come first.
    fixes.sort_by_key(extent);
    let mut out: Vec<Fix> = Vec::new();
    for fix in fixes {
        match out.pop_if(|last| {
            let (last, this) = (extent(last), extent(&fix));
            last.zip(this)
                .is_some_and(|((_, end), (start, _))| start <= end)
        }) {
            Some(last) => out.push(united(last, fix)),
            None => out.push(fix),
        }
    }
    out
}

fn united(mut one: Fix, other: Fix) -> Fix {
    one.rewrites.extend(other.rewrites);
    one.rewrites.sort_unstable();
    one.rewrites.dedup();
    one.changes.extend(other.changes);
    one.changes.sort_by_key(|change| change.first);
    one.ignore_file |= other.ignore_file;
    one.needs_ignore_file |= other.needs_ignore_file;
    one.needs_ignore_file &= !one.ignore_file;
    one
}

/// The changes in whole lines, each with its rewrites; changes on one line are one.
fn in_lines(original: &str, changes: &[Change]) -> Vec<(LineChange, Vec<usize>)> {
    let index = LineIndex::new(original);
    let mut groups: Vec<(usize, usize, Vec<&Change>)> = Vec::new();
    for change in changes {
        let (first, last) = lines_of(original, &index, change);
        match groups.last_mut() {
            Some((_, end, group)) if first <= *end => {
                *end = last.max(*end);
                group.push(change);
            }
            _ => groups.push((first, last, vec![change])),
        }
    }
    groups
        .into_iter()
        .filter_map(|(first, last, group)| {
            let range = TextRange::new(line_start(original, &index, first), {
                line_start(original, &index, last + 1)
            });
            let pieces = group.iter().map(|change| (change.original, &change.text));
            let text = joined(original, range, pieces);
            let mut rewrites: Vec<usize> = group
                .iter()
                .flat_map(|change| change.rewrites.iter().copied())
                .collect();
            rewrites.sort_unstable();
            rewrites.dedup();
            let change = LineChange {
                first,
                last,
                original: range,
                text,
            };
            Some((trimmed(original, change)?, rewrites))
        })
        .collect()
}

/// The lines that a change touches.
fn lines_of(original: &str, index: &LineIndex, change: &Change) -> (usize, usize) {
    let (start, end) = (change.original.start(), change.original.end());
    let count = index.line(original.len());
    // Behind the last newline is no line.
    let last_line = if original.ends_with('\n') && count > 1 {
        count - 1
    } else {
        count
    };
    let first = index.line(start).min(last_line);
    let goes_in_whole_lines = start < end
        && original[..end].ends_with('\n')
        && (change.text.is_empty() || change.text.ends_with('\n'))
        && (change.text.ends_with('\n') || line_start(original, index, index.line(start)) == start);
    let last = if goes_in_whole_lines {
        index.line(end - 1)
    } else {
        index.line(end).min(last_line)
    };
    (first, last.max(first))
}

/// Where a line starts; for the line behind the last one, the end of the text.
fn line_start(original: &str, index: &LineIndex, line: usize) -> usize {
    index.start(line).unwrap_or(original.len())
}

/// Without equal lines at either end; `None` where nothing differs.
fn trimmed(original: &str, mut change: LineChange) -> Option<LineChange> {
    let old: Vec<&str> = change
        .original
        .slice(original)
        .split_inclusive('\n')
        .collect();
    let text = std::mem::take(&mut change.text);
    let new: Vec<&str> = text.split_inclusive('\n').collect();
    if old == new {
        return None;
    }
    let equal = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| {
        pairs.take_while(|(old, new)| old == new).count()
    };
    // One line of the original stays, for the change to have a place.
    let most = old.len().saturating_sub(1);
    let mut back = equal(&mut old.iter().rev().zip(new.iter().rev())).min(most);
    let mut front = equal(&mut old.iter().zip(&new))
        .min(most - back)
        .min(new.len() - back);
    // For consumers that exchange lines, a line that becomes empty looks like one that goes.
    if matches!(new[front..new.len() - back], ["\n" | "\r\n"]) {
        match (front, back) {
            (_, 1..) => back -= 1,
            (1.., 0) => front -= 1,
            (0, 0) => {}
        }
    }
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let (kept, gone) = (length(&old[..front]), length(&old[old.len() - back..]));
    Some(LineChange {
        first: change.first + front,
        last: change.last - back,
        original: TextRange::new(change.original.start() + kept, change.original.end() - gone),
        text: new[front..new.len() - back].concat(),
    })
}

/// `range` of the original with the changes that are in it.
fn spliced(original: &str, range: TextRange, changes: &[LineChange]) -> String {
    let pieces = changes.iter().map(|change| (change.original, &change.text));
    joined(original, range, pieces)
}

fn joined<'a>(
    original: &str,
    range: TextRange,
    pieces: impl Iterator<Item = (TextRange, &'a String)>,
) -> String {
    let (mut out, mut at) = (String::new(), range.start());
    for (place, text) in pieces {
        out.push_str(&original[at..place.start()]);
        out.push_str(text);
        at = place.end();
    }
    out.push_str(&original[at..range.end()]);
    out
}

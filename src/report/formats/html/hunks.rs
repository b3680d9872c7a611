//! The changes of a file, side by side, each beside the reasons for it.

use maud::{Markup, html};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::text::Line;
use crate::report::findings::{ChangeReport, FileReport};

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// A change with the lines around it.
pub(super) struct Hunk<'a> {
    /// The fix that it belongs to: an index into those of the file.
    pub(super) fix: usize,
    /// The findings that speak of these lines; those of its fix that speak of none stand at the first change.
    pub(super) findings: Vec<usize>,
    /// The first line that is shown, and the last one.
    pub(super) lines: (usize, usize),
    rows: Vec<Row<'a>>,
}

/// A line of both sides, each with its number; nothing where the side has none there.
struct Row<'a> {
    before: Option<(usize, &'a str)>,
    after: Option<(usize, &'a str)>,
    is_equal: bool,
}

/// The changes of a file, in its order.
pub(super) fn hunks(file: &FileReport) -> Vec<Hunk<'_>> {
    let mut changes: Vec<(usize, &ChangeReport)> = Vec::new();
    for (at, fix) in file.fixes.iter().enumerate() {
        changes.extend(fix.changes.iter().map(|change| (at, change)));
    }
    changes.sort_by_key(|(_, change)| change.first_line);
    let lines: Vec<&str> = file.text.split_inclusive('\n').collect();
    let mut hunks: Vec<Hunk<'_>> = Vec::new();
    // Behind the last line that is shown already, and how much later lines have moved down.
    let (mut free, mut moved) = (1, 0);
    for (at, (fix, change)) in changes.iter().enumerate() {
        let first = change.first_line.saturating_sub(CONTEXT).max(free);
        let next = changes.get(at + 1).map(|(_, next)| next.first_line);
        let last = (change.last_line + CONTEXT)
            .min(next.map_or(usize::MAX, |next| next - 1))
            .min(lines.len());
        let mut rows = context(&lines, first..change.first_line, moved);
        let old = &lines[change.first_line - 1..change.last_line.min(lines.len())];
        let new: Vec<&str> = change.text.split_inclusive('\n').collect();
        rows.extend(changed(old, &new, change.first_line, moved));
        moved += new.len().cast_signed() - old.len().cast_signed();
        rows.extend(context(&lines, change.last_line + 1..last + 1, moved));
        free = last + 1;
        hunks.push(Hunk {
            fix: *fix,
            findings: Vec::new(),
            lines: (first, last.max(change.last_line)),
            rows,
        });
    }
    assign(file, &changes, &mut hunks);
    hunks
}

/// Gives each finding to the change of its fix that it speaks of, or to the nearest one.
fn assign(file: &FileReport, changes: &[(usize, &ChangeReport)], hunks: &mut [Hunk<'_>]) {
    for (at, fix) in file.fixes.iter().enumerate() {
        for &finding in &fix.findings {
            let line = file.findings[finding].region.start.line;
            let away = |change: &ChangeReport| {
                let below = change.first_line.saturating_sub(line);
                below.max(line.saturating_sub(change.last_line))
            };
            let own = changes.iter().enumerate().filter(|(_, it)| it.0 == at);
            if let Some((hunk, _)) = own.min_by_key(|(_, (_, change))| away(change)) {
                hunks[hunk].findings.push(finding);
            }
        }
    }
    for hunk in hunks {
        hunk.findings
            .sort_by_key(|&at| file.findings[at].region.start.line);
    }
}

fn shifted(line: usize, by: isize) -> usize {
    line.saturating_add_signed(by)
}

fn context<'a>(lines: &[&'a str], range: std::ops::Range<usize>, moved: isize) -> Vec<Row<'a>> {
    let row = |number: usize| Row {
        before: Some((number, lines[number - 1])),
        after: Some((shifted(number, moved), lines[number - 1])),
        is_equal: true,
    };
    range.map(row).collect()
}

fn changed<'a>(old: &[&'a str], new: &[&'a str], first: usize, moved: isize) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (old_range, new_range) = (op.old_range(), op.new_range());
        for at in 0..old_range.len().max(new_range.len()) {
            let before = old_range.clone().nth(at);
            let after = new_range.clone().nth(at);
            rows.push(Row {
                before: before.map(|at| (first + at, old[at])),
                after: after.map(|at| (shifted(first + at, moved), new[at])),
                is_equal: matches!(op, DiffOp::Equal { .. }),
            });
        }
    }
    rows
}

impl Hunk<'_> {
    /// The two sides as a table.
    pub(super) fn table(&self, caption: &str) -> Markup {
        html! {
            table.diff {
                caption.hidden-text { (caption) }
                thead {
                    tr {
                        th.number scope="col" { span.hidden-text { "Line before" } }
                        th scope="col" { "Before" }
                        th.number scope="col" { span.hidden-text { "Line after" } }
                        th scope="col" { "After" }
                    }
                }
                tbody translate="no" {
                    @for row in &self.rows { (row.cells()) }
                }
            }
        }
    }
}

impl Row<'_> {
    fn cells(&self) -> Markup {
        html! {
            tr {
                @match self.before {
                    Some((number, text)) if self.is_equal => (same(number, text)),
                    Some((number, text)) => {
                        td.number.gone { (number) }
                        td.gone { del { (Line(text)) (no_newline(text)) } }
                    }
                    None => (nothing()),
                }
                @match self.after {
                    Some((number, text)) if self.is_equal => (same(number, text)),
                    Some((number, text)) => {
                        td.number.new { (number) }
                        td.new { ins { (Line(text)) (no_newline(text)) } }
                    }
                    None => (nothing()),
                }
            }
        }
    }
}

fn same(number: usize, text: &str) -> Markup {
    html! {
        td.number { (number) }
        td { (Line(text)) }
    }
}

fn nothing() -> Markup {
    html! {
        td.number.nothing {}
        td.nothing {}
    }
}

fn no_newline(text: &str) -> Markup {
    html! {
        @if !text.ends_with('\n') { span.note { " (no newline at the end)" } }
    }
}

/// A text that is new, or two whose difference nobody took apart.
pub(super) fn whole<'a>(before: &'a str, after: &'a str) -> Hunk<'a> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    Hunk {
        fix: 0,
        findings: Vec::new(),
        lines: (1, old.len()),
        rows: changed(&old, &new, 1, 0),
    }
}

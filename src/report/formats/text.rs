//! Excerpts of the files with notes, as compilers show them, and beside them what would stand there.

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::report::findings::{ChangeReport, FileReport, Finding, FixReport, Report, State};
use crate::report::{Palette, printable};

/// Columns of an excerpt. What is wider is cut.
const WIDTH: usize = 120;

pub(super) fn render(report: &Report, palette: Palette) -> String {
    let renderer = match palette {
        Palette::Plain => Renderer::plain(),
        Palette::Ansi => Renderer::styled(),
    }
    .term_width(WIDTH);
    let mut out = String::new();
    for file in &report.files {
        let path = printable(&file.path);
        let shown = file.shown(report.detail);
        for (at, finding) in shown.iter().enumerate() {
            let mut groups = vec![noted(file, &path, finding)];
            // What a fix makes is shown once, below the last of its findings.
            let is_last = !shown[at + 1..].iter().any(|later| later.fix == finding.fix);
            if let Some(fix) = finding.fix.filter(|_| is_last) {
                groups.extend(suggested(file, &path, &file.fixes[fix]));
            }
            out.push_str(&renderer.render(&groups));
            out.push_str("\n\n");
        }
    }
    out
}

fn noted<'a>(file: &'a FileReport, path: &'a str, finding: &'a Finding) -> Group<'a> {
    let (level, state) = match finding.state {
        State::Applied => (Level::WARNING, ""),
        State::HeldBack => (Level::NOTE, "held back, "),
    };
    let span = finding.region.start.offset..finding.region.end.offset;
    let mut group = level
        .primary_title(printable(&finding.title))
        .id(finding.transform)
        .element(
            Snippet::source(file.text.as_str())
                .path(path)
                .annotation(AnnotationKind::Primary.span(span)),
        )
        .element(Level::NOTE.no_name().message(format!(
            "{state}{}: {}",
            finding.level.name(),
            printable(&finding.because)
        )));
    for effect in &finding.effects {
        group = group.element(Level::NOTE.with_name("effect").message(printable(effect)));
    }
    group
}

fn suggested<'a>(file: &'a FileReport, path: &'a str, fix: &'a FixReport) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    if !fix.changes.is_empty() {
        let title = if fix.needs_ignore_file {
            "rewritten, with what is ignored of the build context"
        } else {
            "rewritten"
        };
        groups.push(
            Level::HELP.secondary_title(title).element(
                Snippet::source(file.text.as_str())
                    .path(path)
                    .patches(fix.changes.iter().map(patch)),
            ),
        );
    }
    if let Some(ignore_file) = file.ignore_file.as_ref().filter(|_| fix.ignore_file)
        && !ignore_file.diff.is_empty()
    {
        let path = printable(&ignore_file.repository_path);
        let patch = match &ignore_file.change {
            Some(change) => patch(change),
            None => Patch::new(0..0, ignore_file.text.as_str()),
        };
        groups.push(
            Level::HELP
                .secondary_title("what is ignored of the build context")
                .element(
                    Snippet::source(ignore_file.before.as_str())
                        .path(path)
                        .patch(patch),
                ),
        );
    }
    groups
}

/// Without the last newline: with it, the renderer would take the line behind for a changed one.
fn patch(change: &ChangeReport) -> Patch<'_> {
    let end = change.end_offset - change.kept_newline;
    Patch::new(change.start_offset..end, change.lines())
}

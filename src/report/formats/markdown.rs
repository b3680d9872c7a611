//! A comment for a pull request: what changes and why, what it saves, the diff folded below.

use std::fmt::Write;

use super::page;
use crate::report::findings::{FileReport, Finding, Report, State};
use crate::report::{count, printable, size};

pub(super) fn render(report: &Report) -> String {
    let mut out = String::from("### imgfix\n\n");
    headline(&mut out, report);
    let changed: Vec<&FileReport> = report.files.iter().filter(|file| file.changed).collect();
    if !changed.is_empty() {
        table(&mut out, &changed);
    }
    for file in changed {
        details(&mut out, file);
    }
    held_back(&mut out, report);
    for failure in &report.failures {
        let _ = writeln!(out, "\n**Failed**: {}", code(&failure.message));
    }
    out
}

fn headline(out: &mut String, report: &Report) {
    let totals = &report.totals;
    let read = count(totals.files, "Dockerfile");
    let _ = if totals.changed == 0 {
        writeln!(out, "{read} read, nothing to change.")
    } else {
        let verb = if report.written {
            "changed"
        } else {
            "would change"
        };
        writeln!(
            out,
            "{read} read, {} {verb}: {}.",
            totals.changed,
            count(totals.applied, "rewrite")
        )
    };
}

fn table(out: &mut String, files: &[&FileReport]) {
    out.push_str("\n| Dockerfile | rewrites | image, by estimate |\n| --- | ---: | ---: |\n");
    for file in files {
        let rewrites = file
            .findings
            .iter()
            .filter(|it| it.state == State::Applied)
            .count();
        let _ = writeln!(
            out,
            "| {} | {rewrites} | {} |",
            code(&file.repository_path),
            estimate(file, rewrites)
        );
    }
}

/// What becomes of the image, as far as it is known: a rewrite without an estimate may save more.
fn estimate(file: &FileReport, rewrites: usize) -> String {
    let is_whole = file.estimated_rewrites == rewrites;
    let less = match file.estimated_bytes {
        Some(0) if is_whole => "the same".to_owned(),
        None | Some(0) => "not known".to_owned(),
        Some(bytes) if is_whole => format!("−{}", size(bytes)),
        Some(bytes) => format!("−{} or more", size(bytes)),
    };
    let Some(image) = file.base_image else {
        return less;
    };
    let base = format!("base {} → {}", size(image.before), size(image.after));
    // The sum has what the other base saves already.
    let by_base = image.before.saturating_sub(image.after);
    if file.estimated_bytes.unwrap_or(0) <= by_base {
        base
    } else {
        format!("{base}; {less} in all")
    }
}

fn details(out: &mut String, file: &FileReport) {
    let _ = writeln!(out, "\n#### {}\n", code(&file.path));
    for fix in &file.fixes {
        for finding in file.findings_of(fix) {
            let _ = writeln!(
                out,
                "- line {}, {}: {}: {}",
                finding.region.start.line,
                transform(finding),
                prose(&finding.title),
                prose(&finding.because),
            );
        }
    }
    let ignore_file = file.ignore_file.as_ref().map_or("", |it| it.diff.as_str());
    let diff = format!("{}{ignore_file}", file.diff);
    let fence = fence(&diff);
    let _ = writeln!(
        out,
        "\n<details><summary>diff</summary>\n\n{fence}diff\n{}{fence}\n\n</details>",
        shown(&diff)
    );
}

fn held_back(out: &mut String, report: &Report) {
    let held: Vec<(&FileReport, &Finding)> = report
        .files
        .iter()
        .flat_map(|file| file.findings.iter().map(move |finding| (file, finding)))
        .filter(|(_, finding)| finding.state == State::HeldBack)
        .collect();
    if held.is_empty() {
        return;
    }
    out.push_str("\n#### Held back\n\n");
    for (file, finding) in held {
        let _ = writeln!(
            out,
            "- {}, {} ({}): {}: {}",
            code(&format!("{}:{}", file.path, finding.region.start.line)),
            transform(finding),
            finding.level.name(),
            prose(&finding.title),
            prose(&finding.because),
        );
    }
}

fn transform(finding: &Finding) -> String {
    format!("[{}]({})", finding.transform, page(finding.transform))
}

/// Control characters would move the cursor of whoever reads the comment in a terminal. The return at the end
/// of a line is no part of what is shown.
fn shown(diff: &str) -> String {
    let mut out = String::with_capacity(diff.len());
    for line in diff.split_inclusive('\n') {
        let body = line.trim_end_matches(['\r', '\n']).replace('\t', "    ");
        out.push_str(&printable(&body));
        out.push('\n');
    }
    out
}

/// A fence longer than any in the text.
fn fence(text: &str) -> String {
    let (mut longest, mut run) = (0, 0);
    for char in text.chars() {
        run = if char == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat(longest.max(2) + 1)
}

/// A piece of text as code, on one line, that ends neither itself nor a cell.
fn code(text: &str) -> String {
    format!("`{}`", printable(text).replace('`', "'").replace('|', "¦"))
}

/// A sentence that keeps its `code` and has no other markup, whatever a file says: outside of code each
/// character that could begin some is escaped.
fn prose(text: &str) -> String {
    let text = printable(text);
    let mut out = String::with_capacity(text.len());
    // A last backtick without its twin is a character.
    let pairs = text.matches('`').count() / 2 * 2;
    let mut seen = 0;
    for char in text.chars() {
        if char == '`' && seen < pairs {
            seen += 1;
            out.push(char);
        } else if seen % 2 == 1 {
            out.push(char);
        } else if "\\`*_{}[]<>#&!|~@".contains(char) {
            out.push('\\');
            out.push(char);
        } else {
            out.push(char);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cannot_write_markup_into_the_comment() {
        assert_eq!(
            prose("join `a_b` <img> [x](y) *z*"),
            r"join `a_b` \<img\> \[x\](y) \*z\*"
        );
        assert_eq!(prose("`a` and `b"), r"`a` and \`b");
        assert_eq!(code("a|b`c\n"), r"`a¦b'c\n`");
    }

    #[test]
    fn the_fence_is_longer_than_those_in_the_diff() {
        assert_eq!(fence("+RUN echo `date`"), "```");
        assert_eq!(fence("+# ````"), "`````");
    }
}

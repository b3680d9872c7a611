//! reviewdog's form. A diagnostic is a fix, with all that it does: a suggestion is accepted as a whole.
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>

use std::fmt::Write;

use serde::Serialize;

use super::{compact, page, pretty, sentence};
use crate::report::findings::{ChangeReport, FileReport, Finding, FixReport, Report, State, TOOL};
use crate::report::position::Region;
use crate::report::{count, printable};

#[derive(Serialize)]
struct Document<'a> {
    source: Source,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Clone, Copy, Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

const SOURCE: Source = Source {
    name: TOOL.name,
    url: TOOL.url,
};

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    /// In `rdjson` it stands at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

/// Without columns, whole lines: from the first to the last.
#[derive(Clone, Copy, Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Clone, Copy, Serialize)]
struct Position {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Code {
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

pub(super) fn document(report: &Report) -> String {
    pretty(&Document {
        source: SOURCE,
        diagnostics: diagnostics(report, None),
    })
}

pub(super) fn lines(report: &Report) -> String {
    let diagnostics = diagnostics(report, Some(SOURCE));
    diagnostics.iter().map(compact).collect()
}

fn diagnostics(report: &Report, source: Option<Source>) -> Vec<Diagnostic<'_>> {
    let mut out = Vec::new();
    for file in &report.files {
        for fix in &file.fixes {
            out.extend(suggested(file, fix, source));
        }
        for finding in file.shown(report.detail) {
            if finding.state == State::HeldBack {
                out.push(held_back(file, finding, source));
            }
        }
    }
    for failure in &report.failures {
        out.push(Diagnostic {
            message: printable(&failure.message).into_owned(),
            location: Location {
                path: failure.path.as_deref().unwrap_or_default(),
                range: None,
            },
            severity: "ERROR",
            source,
            code: None,
            suggestions: Vec::new(),
        });
    }
    out
}

/// A diagnostic for each file that a fix changes: a suggestion has one place. What is right only with another
/// file cannot be suggested, and neither can a file that is not there.
fn suggested<'a>(
    file: &'a FileReport,
    fix: &'a FixReport,
    source: Option<Source>,
) -> Vec<Diagnostic<'a>> {
    let findings: Vec<&Finding> = file.findings_of(fix).collect();
    let diagnostic = |path, change: Option<&'a ChangeReport>| {
        let suggestion = change.map(suggestion);
        let range = match &suggestion {
            Some(suggestion) => Some(suggestion.range),
            None => findings.first().map(|finding| place(finding.region)),
        };
        let mut message = message(&findings);
        if !file.is_of_one_file(fix)
            && let Some(ignore_file) = &file.ignore_file
        {
            let path = printable(&ignore_file.repository_path);
            let _ = write!(message, "\n(goes with a change of `{path}`)");
        }
        Diagnostic {
            message,
            location: Location { path, range },
            severity: "WARNING",
            source,
            code: Some(code(&findings)),
            suggestions: suggestion
                .filter(|_| file.is_of_one_file(fix))
                .into_iter()
                .collect(),
        }
    };
    let mut out = Vec::new();
    if let Some(whole) = &fix.whole {
        out.push(diagnostic(file.path.as_str(), Some(whole)));
    }
    if fix.ignore_file
        && let Some(ignore_file) = &file.ignore_file
        && !ignore_file.diff.is_empty()
    {
        out.push(match &ignore_file.change {
            Some(change) => diagnostic(&ignore_file.repository_path, Some(change)),
            None => diagnostic(&file.path, None),
        });
    }
    out
}

fn held_back<'a>(
    file: &'a FileReport,
    finding: &Finding,
    source: Option<Source>,
) -> Diagnostic<'a> {
    Diagnostic {
        message: printable(&format!(
            "held back ({}): {}",
            finding.level.name(),
            sentence(finding)
        ))
        .into_owned(),
        location: Location {
            path: &file.path,
            range: Some(place(finding.region)),
        },
        severity: "INFO",
        source,
        code: Some(code(&[finding])),
        suggestions: Vec::new(),
    }
}

fn suggestion(change: &ChangeReport) -> Suggestion<'_> {
    let at = |line| Position { line, column: None };
    Suggestion {
        range: Range {
            start: at(change.first_line),
            end: at(change.last_line),
        },
        text: change.lines(),
    }
}

fn place(region: Region) -> Range {
    let at = |position: crate::report::position::Position| Position {
        line: position.line,
        column: Some(position.column),
    };
    Range {
        start: at(region.start),
        end: at(region.end),
    }
}

fn message(findings: &[&Finding]) -> String {
    match findings {
        [one] => printable(&sentence(one)).into_owned(),
        many => {
            let mut out = count(many.len(), "rewrite");
            for finding in many {
                let line = finding.region.start.line;
                out.push_str("\n- ");
                out.push_str(&printable(&format!(
                    "line {line}, {}: {}",
                    finding.transform,
                    sentence(finding)
                )));
            }
            out
        }
    }
}

/// The names of the transforms, each once; the page where it is one.
fn code(findings: &[&Finding]) -> Code {
    let mut names: Vec<&str> = Vec::new();
    for finding in findings {
        if !names.contains(&finding.transform) {
            names.push(finding.transform);
        }
    }
    Code {
        url: match names.as_slice() {
            [name] => Some(page(name)),
            _ => None,
        },
        value: names.join(", "),
    }
}

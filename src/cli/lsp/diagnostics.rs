//! What was found in a document, as diagnostics.

use lsp_types::{CodeDescription, Diagnostic, DiagnosticSeverity, NumberOrString, Range};

use super::document::{Document, State};
use super::text::Text;
use crate::cli::error::Failure;
use crate::report::findings::{Finding, State as FindingState};
use crate::report::formats::{page, sentence};
use crate::report::printable;

/// The diagnostics of a document, in the order of the file.
pub(super) fn of(document: &Document) -> Vec<Diagnostic> {
    let State::Analysed(analysis) = &document.state else {
        return Vec::new();
    };
    match &analysis.found {
        Ok(found) => {
            let findings = found.report.findings.iter();
            let mut all: Vec<Diagnostic> = findings
                .map(|finding| of_finding(finding, &document.text))
                .collect();
            all.sort_by_key(|it| (it.range.start, it.range.end));
            all
        }
        Err(failure) => vec![of_failure(failure)],
    }
}

/// The diagnostic of a finding.
pub(super) fn of_finding(finding: &Finding, text: &Text) -> Diagnostic {
    let (severity, before) = match finding.state {
        FindingState::Applied => (DiagnosticSeverity::WARNING, String::new()),
        FindingState::HeldBack => {
            let level = finding.level.name();
            (DiagnosticSeverity::HINT, format!("held back ({level}): "))
        }
    };
    let href = page(finding.transform).parse();
    Diagnostic {
        range: range_of(finding, text),
        severity: Some(severity),
        code: Some(NumberOrString::String(finding.transform.to_owned())),
        code_description: href.ok().map(|href| CodeDescription { href }),
        source: Some("imgfix".to_owned()),
        message: printable(&format!("{before}{}", sentence(finding))).into_owned(),
        ..Diagnostic::default()
    }
}

/// The place of a finding.
pub(super) fn range_of(finding: &Finding, text: &Text) -> Range {
    let region = finding.region;
    text.range(region.start.offset, region.end.offset)
}

/// What keeps a document from being looked at stands at its start.
fn of_failure(failure: &Failure) -> Diagnostic {
    let text = failure.to_string();
    let lines: Vec<_> = text.lines().map(printable).collect();
    Diagnostic {
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some("imgfix".to_owned()),
        message: lines.join("\n"),
        ..Diagnostic::default()
    }
}

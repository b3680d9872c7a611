//! The XML of Checkstyle, which many tools of continuous integration read.

use std::fmt::Write;

use super::sentence;
use super::xml::escaped;
use crate::report::findings::{FailureReport, FileReport, Finding, Report, State};

pub(super) fn render(report: &Report) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
    for file in &report.files {
        let shown = file.shown(report.detail);
        if !shown.is_empty() {
            file_element(&mut out, file, &shown);
        }
    }
    for failure in &report.failures {
        failure_element(&mut out, failure);
    }
    out.push_str("</checkstyle>\n");
    out
}

fn file_element(out: &mut String, file: &FileReport, findings: &[&Finding]) {
    let _ = writeln!(out, "  <file name=\"{}\">", escaped(&file.path));
    for finding in findings {
        let severity = match finding.state {
            State::Applied => "warning",
            State::HeldBack => "info",
        };
        let _ = writeln!(
            out,
            "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"imgfix.{}\"/>",
            finding.region.start.line,
            finding.region.start.column,
            escaped(&sentence(finding)),
            escaped(finding.transform),
        );
    }
    out.push_str("  </file>\n");
}

fn failure_element(out: &mut String, failure: &FailureReport) {
    let name = failure.path.as_deref().unwrap_or("imgfix");
    let _ = writeln!(
        out,
        "  <file name=\"{}\">\n    <error line=\"1\" severity=\"error\" message=\"{}\" source=\"imgfix.failure\"/>\n  </file>",
        escaped(name),
        escaped(&failure.message),
    );
}

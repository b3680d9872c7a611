//! The XML of `JUnit`: a suite for each Dockerfile, a failed case for each rewrite.

use std::fmt::Write;

use super::sentence;
use super::xml::escaped;
use crate::report::findings::{FailureReport, FileReport, Report, State};

pub(super) fn render(report: &Report) -> String {
    let mut suites = String::new();
    let (mut tests, mut failures) = (0, 0);
    for file in &report.files {
        let (cases, failed) = suite(&mut suites, file, report);
        tests += cases;
        failures += failed;
    }
    for failure in &report.failures {
        error(&mut suites, failure);
    }
    let errors = report.failures.len();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"imgfix\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">\n\
         {suites}</testsuites>\n",
        tests + errors,
    )
}

/// Writes the suite of a file; how many cases it has, and how many of them fail.
fn suite(out: &mut String, file: &FileReport, report: &Report) -> (usize, usize) {
    let path = escaped(&file.path);
    let shown = file.shown(report.detail);
    let failed = shown.iter().filter(|it| it.state == State::Applied).count();
    let tests = shown.len().max(1);
    let _ = writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failed}\" errors=\"0\" skipped=\"{}\">",
        shown.len() - failed,
    );
    if shown.is_empty() {
        let _ = writeln!(
            out,
            "    <testcase name=\"nothing to change\" classname=\"{path}\"/>"
        );
    }
    for finding in shown {
        let line = finding.region.start.line;
        let message = escaped(&finding.title);
        let _ = writeln!(
            out,
            "    <testcase name=\"{}:{line} {message}\" classname=\"{path}\">",
            escaped(finding.transform),
        );
        let _ = match finding.state {
            State::Applied => writeln!(
                out,
                "      <failure type=\"{}\" message=\"{message}\">{path}:{line}: {}</failure>",
                finding.level.name(),
                escaped(&sentence(finding)),
            ),
            State::HeldBack => writeln!(
                out,
                "      <skipped message=\"held back ({})\"/>",
                finding.level.name()
            ),
        };
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n");
    (tests, failed)
}

fn error(out: &mut String, failure: &FailureReport) {
    let name = escaped(failure.path.as_deref().unwrap_or("imgfix"));
    let _ = writeln!(
        out,
        "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n    \
         <testcase name=\"reads\" classname=\"{name}\">\n      <error type=\"failure\" message=\"{}\"/>\n    \
         </testcase>\n  </testsuite>",
        escaped(&failure.message),
    );
}

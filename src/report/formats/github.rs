//! Workflow commands of GitHub Actions: each annotates a line of a file.
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write;

use super::sentence;
use crate::report::findings::{FailureReport, FileReport, Finding, Report, State};
use crate::report::printable;

pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    for file in &report.files {
        for finding in file.shown(report.detail) {
            annotation(&mut out, file, finding);
        }
    }
    for failure in &report.failures {
        failed(&mut out, failure);
    }
    out
}

fn annotation(out: &mut String, file: &FileReport, finding: &Finding) {
    let command = match finding.state {
        State::Applied => "warning",
        State::HeldBack => "notice",
    };
    let (start, end) = (finding.region.start, finding.region.end);
    let _ = write!(
        out,
        "::{command} file={},line={},endLine={}",
        property(&file.repository_path),
        start.line,
        end.line,
    );
    // Columns are read only where both are in one line.
    if start.line == end.line {
        let _ = write!(
            out,
            ",col={},endColumn={}",
            start.utf16_column, end.utf16_column
        );
    }
    let _ = writeln!(
        out,
        ",title={}::{}",
        property(&format!("imgfix: {}", finding.transform)),
        data(&sentence(finding)),
    );
}

fn failed(out: &mut String, failure: &FailureReport) {
    let file = match &failure.path {
        Some(path) => format!("file={},", property(path)),
        None => String::new(),
    };
    let _ = writeln!(
        out,
        "::error {file}title=imgfix::{}",
        data(&failure.message)
    );
}

/// A message: a line end in it would begin another command.
fn data(text: &str) -> String {
    printable(text).replace('%', "%25")
}

/// A property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_command_or_ends_a_property() {
        assert_eq!(
            property("a,b: 50%\n::error"),
            "a%2Cb%3A 50%25\\n%3A%3Aerror"
        );
        assert_eq!(data("50%\r\n::error::x"), "50%25\\r\\n::error::x");
    }
}

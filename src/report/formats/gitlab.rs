//! The Code Quality report of GitLab.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use serde::Serialize;

use super::{pretty, sentence};
use crate::report::findings::{Report, State};
use crate::report::printable;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn render(report: &Report) -> String {
    let mut issues = Vec::new();
    for file in &report.files {
        for finding in file.shown(report.detail) {
            issues.push(Issue {
                description: printable(&sentence(finding)).into_owned(),
                check_name: finding.transform,
                fingerprint: &finding.fingerprint,
                severity: match finding.state {
                    State::Applied => "minor",
                    State::HeldBack => "info",
                },
                location: Location {
                    path: &file.repository_path,
                    lines: Lines {
                        begin: finding.region.start.line,
                        end: finding.region.end.line,
                    },
                },
            });
        }
    }
    for failure in &report.failures {
        issues.push(Issue {
            description: printable(&failure.message).into_owned(),
            check_name: "failure",
            fingerprint: &failure.fingerprint,
            severity: "major",
            location: Location {
                path: failure.path.as_deref().unwrap_or("imgfix"),
                lines: Lines { begin: 1, end: 1 },
            },
        });
    }
    pretty(&issues)
}

//! Our own documents: one object, or one a line.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::{compact, pretty};
use crate::report::findings::{
    Decline, FailureReport, Finding, FixReport, Rejection, Report, SCHEMA_VERSION, Sums, Tool,
};

pub(super) fn document(report: &Report) -> String {
    pretty(report)
}

/// A line of `jsonl`.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'a> {
    /// The first line.
    Start {
        /// The version of the form of these lines.
        schema_version: u32,
        /// The program.
        tool: &'a Tool,
    },
    /// A rewrite at its place.
    Finding {
        /// The path of the Dockerfile as the user knows it.
        path: &'a str,
        /// The rewrite.
        #[serde(flatten)]
        finding: &'a Finding,
    },
    /// What may be accepted by itself.
    Fix {
        /// The path of the Dockerfile as the user knows it.
        path: &'a str,
        /// The fix; its findings are named by their fingerprints here.
        #[serde(flatten)]
        fix: &'a FixReport,
        /// The fingerprints of its findings.
        fingerprints: Vec<&'a str>,
    },
    /// Something that was looked at and left alone.
    Decline {
        /// The path of the Dockerfile as the user knows it.
        path: &'a str,
        /// The decline.
        #[serde(flatten)]
        decline: &'a Decline,
    },
    /// A rewrite that a safety check dropped.
    Rejection {
        /// The path of the Dockerfile as the user knows it.
        path: &'a str,
        /// The rewrite.
        #[serde(flatten)]
        rejection: &'a Rejection,
    },
    /// Something that failed.
    Failure(&'a FailureReport),
    /// The last line.
    End {
        /// Whether the files hold the new text.
        written: bool,
        /// The sums over all files.
        totals: &'a Sums,
    },
}

pub(super) fn lines(report: &Report) -> String {
    let mut out = compact(&Line::Start {
        schema_version: SCHEMA_VERSION,
        tool: &report.tool,
    });
    for file in &report.files {
        let path = file.path.as_str();
        for finding in &file.findings {
            out.push_str(&compact(&Line::Finding { path, finding }));
        }
        for fix in &file.fixes {
            let findings = file.findings_of(fix);
            out.push_str(&compact(&Line::Fix {
                path,
                fix,
                fingerprints: findings.map(|it| it.fingerprint.as_str()).collect(),
            }));
        }
        for decline in &file.declined {
            out.push_str(&compact(&Line::Decline { path, decline }));
        }
        for rejection in &file.rejected {
            out.push_str(&compact(&Line::Rejection { path, rejection }));
        }
    }
    for failure in &report.failures {
        out.push_str(&compact(&Line::Failure(failure)));
    }
    out.push_str(&compact(&Line::End {
        written: report.written,
        totals: &report.totals,
    }));
    out
}

/// The schema of the document; below `$defs`, as `Line`, that of a line.
pub(super) fn schema() -> Schema {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    generator.subschema_for::<Line<'_>>();
    let mut schema = generator.into_root_schema_for::<Report>();
    schema.insert("title".into(), "imgfix --output-format json".into());
    schema
}

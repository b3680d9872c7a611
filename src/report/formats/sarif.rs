//! SARIF 2.1.0: a result for each rewrite, with the fix that it belongs to.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use serde_json::{Value, json};

use super::{page, pretty, sentence};
use crate::report::findings::{
    ChangeReport, FailureReport, FileReport, Finding, FixReport, IgnoreFileReport, Report, State,
    TOOL,
};
use crate::report::position::Region;
use crate::report::printable;

pub(super) fn render(report: &Report) -> String {
    let results: Vec<Value> = report
        .files
        .iter()
        .flat_map(|file| {
            file.shown(report.detail)
                .into_iter()
                .map(move |it| (file, it))
        })
        .map(|(file, finding)| result(report, file, finding))
        .collect();
    pretty(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": TOOL.name,
                "semanticVersion": TOOL.version,
                "informationUri": TOOL.url,
                "rules": rules(report),
            }},
            "invocations": [{
                "executionSuccessful": report.failures.is_empty(),
                "toolExecutionNotifications": report.failures.iter().map(notification).collect::<Vec<_>>(),
            }],
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { "ROOT": {
                "description": { "text": "the root of the repository" },
            }},
            "results": results,
        }],
    }))
}

fn rules(report: &Report) -> Vec<Value> {
    report
        .rules
        .iter()
        .map(|meta| {
            json!({
                "id": meta.id.0,
                "shortDescription": { "text": meta.summary },
                "fullDescription": { "text": what_it_does(meta.page) },
                "helpUri": page(meta.id.0),
                "help": { "text": meta.summary, "markdown": meta.page },
                "defaultConfiguration": { "level": "warning" },
            })
        })
        .collect()
}

/// The first paragraph of a page: code scanning takes no rule without a full description.
fn what_it_does(page: &str) -> &str {
    let (_, text) = page.split_once("## What it does").unwrap_or_default();
    text.trim_start().split("\n\n").next().unwrap_or_default()
}

fn result(report: &Report, file: &FileReport, finding: &Finding) -> Value {
    let rule = report
        .rules
        .iter()
        .position(|it| it.id.0 == finding.transform);
    let mut result = json!({
        "ruleId": finding.transform,
        "level": match finding.state {
            State::Applied => "warning",
            State::HeldBack => "note",
        },
        "message": { "text": printable(&sentence(finding)) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": artifact(&file.repository_path),
            "region": region(finding.region),
        }}],
        "partialFingerprints": { "imgfix/v1": finding.fingerprint },
        "properties": {
            "level": finding.level.name(),
            "state": finding.state,
            "effects": finding.effects,
            "estimatedBytes": finding.estimated_bytes,
        },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = rule.into();
    }
    if let Some(at) = finding.fix {
        result["fixes"] = json!([fix(file, &file.fixes[at])]);
    }
    result
}

fn fix(file: &FileReport, fix: &FixReport) -> Value {
    let titles: Vec<&str> = file.findings_of(fix).map(|it| it.title.as_str()).collect();
    let mut changes = Vec::new();
    if !fix.changes.is_empty() {
        changes.push(json!({
            "artifactLocation": artifact(&file.repository_path),
            "replacements": fix.changes.iter().map(replacement).collect::<Vec<_>>(),
        }));
    }
    if let Some(ignore_file) = file
        .ignore_file
        .as_ref()
        .filter(|_| fix.ignore_file || fix.needs_ignore_file)
    {
        changes.push(ignore_file_change(ignore_file));
    }
    json!({
        "description": { "text": printable(&titles.join("; ")) },
        "artifactChanges": changes,
    })
}

/// Whole lines: up to the start of the line behind them.
fn replacement(change: &ChangeReport) -> Value {
    json!({
        "deletedRegion": {
            "startLine": change.first_line,
            "startColumn": 1,
            "endLine": change.end.line,
            "endColumn": change.end.utf16_column,
            "byteOffset": change.start_offset,
            "byteLength": change.end_offset - change.start_offset,
        },
        "insertedContent": { "text": change.text },
    })
}

fn ignore_file_change(file: &IgnoreFileReport) -> Value {
    let replacement = match &file.change {
        Some(change) => replacement(change),
        None => json!({
            "deletedRegion": { "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1 },
            "insertedContent": { "text": file.text },
        }),
    };
    json!({
        "artifactLocation": artifact(&file.repository_path),
        "replacements": [replacement],
    })
}

fn notification(failure: &FailureReport) -> Value {
    let mut notification = json!({
        "level": "error",
        "message": { "text": printable(&failure.message) },
    });
    if let Some(path) = &failure.path {
        notification["locations"] = json!([{
            "physicalLocation": { "artifactLocation": { "uri": uri(path) } },
        }]);
    }
    notification
}

fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path), "uriBaseId": "ROOT" })
}

fn region(region: Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.utf16_column,
        "endLine": region.end.line,
        "endColumn": region.end.utf16_column,
        "byteOffset": region.start.offset,
        "byteLength": region.end.offset - region.start.offset,
    })
}

/// A path as a relative reference: <https://www.rfc-editor.org/rfc/rfc3986#section-4.2>.
fn uri(path: &str) -> String {
    use std::fmt::Write;

    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusual_bytes_of_a_path_are_encoded() {
        assert_eq!(uri("a b/Docker:é.file"), "a%20b/Docker%3A%C3%A9.file");
    }
}

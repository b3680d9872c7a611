//! What stands over a finding: what it does, and the page of its transform.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::diagnostics::range_of;
use super::document::Document;
use crate::report::findings::{Finding, State};
use crate::report::formats::sentence;
use crate::report::printable;

/// The pages of the transforms that have something to say at a position.
pub(super) fn at(document: &Document, position: Position) -> Option<Hover> {
    let found = document.found()?;
    let offset = document.text.offset(position);
    let is_here = |finding: &&Finding| {
        (finding.region.start.offset..=finding.region.end.offset).contains(&offset)
    };
    let findings: Vec<&Finding> = found.report.findings.iter().filter(is_here).collect();
    let first = findings.first()?;
    let mut parts: Vec<String> = findings.iter().map(|finding| said(finding)).collect();
    for meta in crate::transforms() {
        if findings.iter().any(|it| it.transform == meta.id.0) {
            parts.push(format!("---\n\n{}", meta.page.trim_end()));
        }
    }
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: parts.join("\n\n"),
        }),
        range: Some(range_of(first, &document.text)),
    })
}

/// What a finding says, with how sure it is and what it means for the image.
fn said(finding: &Finding) -> String {
    let state = match finding.state {
        State::Applied => "",
        State::HeldBack => ", held back",
    };
    let head = format!(
        "**{}** ({}{state})",
        finding.transform,
        finding.level.name()
    );
    let mut lines = vec![format!("{head}: {}", printable(&sentence(finding)))];
    let effects = finding.effects.iter();
    lines.extend(effects.map(|effect| format!("- {}", printable(effect))));
    lines.join("\n")
}

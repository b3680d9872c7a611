//! What the editor can have done: one rewrite, all of a kind, or the file.

use std::collections::BTreeSet;

use lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionTriggerKind, Diagnostic,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit,
    TextEdit, WorkspaceEdit,
};

use super::client::Edits;
use super::diagnostics::of_finding;
use super::document::Document;
use super::workspace::Found;
use crate::engine::Applied;
use crate::report::findings::{ChangeReport, FileReport, Finding, FixReport, Level, State};
use crate::report::{count, printable};
use crate::settings::Settings;
use crate::transform::Applicability;

/// Safe rewrites of the file, for fixing on save.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.imgfix");
/// All rewrites of the file.
pub(super) const REWRITE: CodeActionKind = CodeActionKind::new("source.imgfix");

/// The actions for a range of a document.
pub(super) fn of(
    document: &Document,
    range: Range,
    context: &CodeActionContext,
    edits: Edits,
) -> Vec<CodeAction> {
    let Some(found) = document.found() else {
        return Vec::new();
    };
    let asked = Asked {
        document,
        found,
        range: document.text.offsets(range),
        context,
        edits,
    };
    let mut actions = Vec::new();
    if asked.wants(&CodeActionKind::QUICKFIX) {
        actions.extend(asked.fixes());
        actions.extend(asked.kinds());
        actions.extend(asked.held_back());
    }
    if asked.wants(&FIX_ALL) {
        actions.extend(asked.safe());
    }
    if asked.wants(&REWRITE) && !asked.is_unattended() {
        actions.extend(asked.everything());
    }
    actions
}

/// What the editor asks for.
struct Asked<'a> {
    document: &'a Document,
    found: &'a Found,
    /// The bytes that are selected.
    range: (usize, usize),
    context: &'a CodeActionContext,
    edits: Edits,
}

impl Asked<'_> {
    /// Whether actions of a kind are wanted: it is named, or a kind that it belongs to.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        let belongs = |wanted: &CodeActionKind| {
            let rest = kind.as_str().strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| {
                wanted.as_str().is_empty() || rest.is_empty() || rest.starts_with('.')
            })
        };
        let only = self.context.only.as_ref();
        only.is_none_or(|only| only.iter().any(belongs))
    }

    /// Whether nobody looks at what is chosen: kinds are named, and no user asked. That is a save.
    fn is_unattended(&self) -> bool {
        self.context.only.is_some()
            && self.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC)
    }

    /// Each fix that is shown in the range, or changes something there.
    fn fixes(&self) -> impl Iterator<Item = CodeAction> {
        let report = &self.found.report;
        report.fixes.iter().filter_map(move |fix| {
            let findings: Vec<&Finding> = report.findings_of(fix).collect();
            let shown = findings.iter().any(|finding| self.shows(finding));
            let is_safe = findings.iter().all(|it| it.level == Level::Safe);
            if !(shown || self.touches(fix)) || (self.is_unattended() && !is_safe) {
                return None;
            }
            let titles: Vec<String> = findings.iter().map(|it| title(it)).collect();
            let action = self.action(&titles.join("; "), CodeActionKind::QUICKFIX, &fix.changes)?;
            Some(CodeAction {
                diagnostics: Some(self.diagnostics(findings.iter().copied())),
                is_preferred: Some(is_safe),
                ..action
            })
        })
    }

    /// All rewrites of each kind that is shown in the range, where there are more than one.
    fn kinds(&self) -> impl Iterator<Item = CodeAction> {
        let findings = &self.found.report.findings;
        let of_kind = |kind: &'static str| {
            let all = findings.iter();
            all.filter(move |it| it.transform == kind && it.state == State::Applied)
        };
        let here: BTreeSet<&'static str> = findings
            .iter()
            .filter(|finding| finding.state == State::Applied && self.shows(finding))
            .map(|finding| finding.transform)
            .collect();
        let here = here.into_iter().filter(|_| !self.is_unattended());
        here.filter_map(move |kind| {
            let all = of_kind(kind).count();
            if all < 2 {
                return None;
            }
            let applied = self.found.outcome.applied.iter();
            let keys = applied.filter(|it| it.transform.0 == kind);
            let keys: BTreeSet<_> = keys.map(Applied::key).collect();
            let report = self.found.again(|settings| settings.limited_to(keys))?;
            // Some may hold only with rewrites of other kinds.
            let which = match made(&report) {
                made if made == all => format!("all {made}"),
                made => format!("{made} of {all}"),
            };
            let title = format!("{kind}: make {which} rewrites in this file");
            let action = self.action(&title, CodeActionKind::QUICKFIX, &changes(&report))?;
            let those = report.findings.iter();
            let those = those.filter(|it| it.state == State::Applied);
            let diagnostics = Some(self.diagnostics(those));
            (made(&report) > 1).then_some(CodeAction {
                diagnostics,
                ..action
            })
        })
    }

    /// Each rewrite in the range that is below the wanted level: somebody who asks for it by name wants it.
    fn held_back(&self) -> impl Iterator<Item = CodeAction> {
        let findings = self.found.report.findings.iter();
        let held = findings.skip(self.found.outcome.applied.len());
        let held = held.zip(&self.found.outcome.held_back);
        let held = held.filter(|(finding, _)| self.shows(finding) && !self.is_unattended());
        held.filter_map(|(finding, rewrite)| {
            let report = self.found.again(|settings| Settings {
                level: rewrite.applicability,
                ..settings.limited_to([rewrite.key()].into())
            })?;
            let title = format!("{}, {}", title(finding), finding.level.name());
            let action = self.action(&title, CodeActionKind::QUICKFIX, &changes(&report))?;
            Some(CodeAction {
                diagnostics: Some(self.diagnostics([finding].into_iter())),
                ..action
            })
        })
    }

    /// What is safe of all of it.
    fn safe(&self) -> Option<CodeAction> {
        let report = self.found.again(|settings| Settings {
            level: Applicability::Safe,
            ..settings.clone()
        })?;
        let title = format!("imgfix: make {}", count(made(&report), "safe rewrite"));
        self.action(&title, FIX_ALL, &changes(&report))
    }

    /// All of it.
    fn everything(&self) -> Option<CodeAction> {
        let report = &self.found.report;
        let title = format!("imgfix: make {}", count(made(report), "rewrite"));
        self.action(&title, REWRITE, &changes(report))
    }

    /// An action that makes changes of the document; `None` without any.
    fn action(
        &self,
        title: &str,
        kind: CodeActionKind,
        changes: &[ChangeReport],
    ) -> Option<CodeAction> {
        if changes.is_empty() {
            return None;
        }
        let edits = changes.iter().map(|change| TextEdit {
            range: self
                .document
                .text
                .range(change.start_offset, change.end_offset),
            new_text: change.text.clone(),
        });
        Some(CodeAction {
            title: printable(title).into_owned(),
            kind: Some(kind),
            edit: Some(self.edit(edits.collect())),
            ..CodeAction::default()
        })
    }

    fn edit(&self, edits: Vec<TextEdit>) -> WorkspaceEdit {
        let uri = self.document.uri.clone();
        match self.edits {
            Edits::Plain => WorkspaceEdit::new([(uri, edits)].into()),
            Edits::Versioned => WorkspaceEdit {
                document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
                    text_document: OptionalVersionedTextDocumentIdentifier {
                        uri,
                        version: Some(self.document.version),
                    },
                    edits: edits.into_iter().map(OneOf::Left).collect(),
                }])),
                ..WorkspaceEdit::default()
            },
        }
    }

    fn diagnostics<'f>(&self, findings: impl Iterator<Item = &'f Finding>) -> Vec<Diagnostic> {
        findings
            .map(|finding| of_finding(finding, &self.document.text))
            .collect()
    }

    fn shows(&self, finding: &Finding) -> bool {
        let region = finding.region;
        self.meets(region.start.offset, region.end.offset)
    }

    fn touches(&self, fix: &FixReport) -> bool {
        // A change ends where the line behind it starts, and that line is none of it.
        let mut changes = fix.changes.iter();
        changes.any(|change| self.meets(change.start_offset, change.end_offset.saturating_sub(1)))
    }

    fn meets(&self, start: usize, end: usize) -> bool {
        start <= self.range.1 && self.range.0 <= end
    }
}

/// What a rewrite does, and whose it is.
fn title(finding: &Finding) -> String {
    format!("{} ({})", finding.title, finding.transform)
}

/// How many rewrites are made.
fn made(report: &FileReport) -> usize {
    let findings = report.findings.iter();
    findings.filter(|it| it.state == State::Applied).count()
}

/// All changes of a file: those of its fixes, in the order of the file.
fn changes(report: &FileReport) -> Vec<ChangeReport> {
    let fixes = report.fixes.iter();
    let mut changes: Vec<ChangeReport> = fixes.flat_map(|fix| fix.changes.clone()).collect();
    changes.sort_by_key(|change| change.start_offset);
    changes
}

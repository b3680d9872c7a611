//! What must hold after every pass, checked by code that does not trust the transforms.
//!
//! The text before and the text after are read by the same reader and compared; whatever differs must
//! have been declared as an effect of a rewrite, and must be what the effect says.

mod commands;
mod declared;
mod ignored;
mod instructions;
mod layers;
mod order;
mod split;
mod tokens;

use std::fmt;

use imgfix_syntax::ItemKind;

use crate::model::Model;
use crate::transform::{Effect, Rewrite};
use declared::Declared;
pub(super) use ignored::ignore_file;

/// An invariant that a rewrite broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation(pub String);

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

type Checked = Result<(), Violation>;

/// Fails with a message where a condition does not hold.
fn ensure(condition: bool, message: impl FnOnce() -> String) -> Checked {
    if condition {
        Ok(())
    } else {
        Err(Violation(message()))
    }
}

/// Checks what `rewrites` made of `before`.
///
/// # Errors
/// The first invariant that does not hold.
pub(super) fn check(before: &Model, rewrites: &[&Rewrite], after: &Model) -> Checked {
    let declared = Declared::of(rewrites);
    diagnostics(before, after)?;
    directives(before, after)?;
    newlines(before, after)?;
    let mut effects = rewrites.iter().flat_map(|rewrite| &rewrite.effects);
    let split = effects.find_map(|effect| match effect {
        Effect::StageSplit(split) => Some(split),
        _ => None,
    });
    if let Some(split) = split {
        return split::check(before, after, split, &declared);
    }
    comments(before, after, &declared)?;
    let pairs = instructions::pair(before, after, &declared)?;
    instructions::unchanged(before, after, &pairs, &declared)?;
    instructions::contracts(before, after)?;
    instructions::references(before, after)?;
    commands::check(before, after, &pairs, &declared)
}

/// The text re-parses with no diagnostic that was not there before.
fn diagnostics(before: &Model, after: &Model) -> Checked {
    let kinds = |model: &Model| {
        let mut kinds: Vec<_> = model
            .file
            .diagnostics
            .iter()
            .map(|it| format!("{:?}", it.kind))
            .collect();
        kinds.sort();
        kinds
    };
    let mut old = kinds(before);
    for kind in kinds(after) {
        let at = old.iter().position(|known| *known == kind);
        ensure(at.is_some(), || {
            format!("the result does not read cleanly: {kind}")
        })?;
        old.swap_remove(at.unwrap_or_default());
    }
    Ok(())
}

/// Parser directives are still first and unchanged.
fn directives(before: &Model, after: &Model) -> Checked {
    let top = |model: &Model| {
        let directives = model
            .file
            .items
            .iter()
            .filter(|item| matches!(item.kind, ItemKind::Directive(_)));
        directives
            .map(|item| item.range.slice(&model.text).trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    ensure(top(before) == top(after), || {
        "a parser directive changed".to_owned()
    })
}

/// Every comment is still there, in the same order; those above an instruction that is moved go with it.
fn comments(before: &Model, after: &Model, declared: &Declared<'_>) -> Checked {
    let (mut old, mut new) = (all_comments(before), all_comments(after));
    if declared.changes_order() {
        old.sort_unstable();
        new.sort_unstable();
    }
    ensure(old == new, || {
        let lost = old.iter().find(|comment| !new.contains(comment));
        lost.map_or("comments changed their order".to_owned(), |comment| {
            format!("a comment was lost: {comment}")
        })
    })
}

fn all_comments(model: &Model) -> Vec<String> {
    let mut comments = Vec::new();
    for item in &model.file.items {
        match &item.kind {
            ItemKind::Comment => comments.push(item.range.slice(&model.text).trim().to_owned()),
            ItemKind::Instruction(instruction) => {
                comments.extend(
                    instruction
                        .comments
                        .iter()
                        .map(|range| range.slice(&model.text).trim().to_owned()),
                );
            }
            _ => {}
        }
    }
    comments
}

/// Newline style and final newline are kept.
fn newlines(before: &Model, after: &Model) -> Checked {
    let bare = |text: &str| text.matches('\n').count() - text.matches("\r\n").count();
    ensure(bare(&before.text) > 0 || bare(&after.text) == 0, || {
        "a bare newline entered a CRLF file".to_owned()
    })?;
    let carriage = |text: &str| text.contains("\r\n");
    ensure(carriage(&before.text) || !carriage(&after.text), || {
        "a CRLF entered the file".to_owned()
    })?;
    ensure(
        before.text.ends_with('\n') == after.text.ends_with('\n'),
        || "the final newline changed".to_owned(),
    )
}

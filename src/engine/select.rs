//! Which of the proposed rewrites go into one pass.

use imgfix_syntax::TextRange;

use crate::model::Model;
use crate::transform::{Effect, Rewrite, TransformId};

/// Takes rewrites in the order of their places, leaving out those that touch what one taken touches:
/// each was planned for the text it saw.
pub(super) fn select(mut rewrites: Vec<Rewrite>) -> Vec<Rewrite> {
    rewrites.retain(|rewrite| !rewrite.edits.is_empty() || writes_ignore_file(rewrite).is_some());
    rewrites.sort_by_key(|rewrite| (region(rewrite).start(), region(rewrite).end()));
    let mut taken: Vec<Rewrite> = Vec::new();
    for rewrite in rewrites {
        let is_clear = taken
            .last()
            .is_none_or(|last| region(last).end() < region(&rewrite).start());
        if is_clear {
            taken.push(rewrite);
        }
    }
    taken
}

/// The ignore file that a rewrite writes: its path and its text.
pub(super) fn writes_ignore_file(rewrite: &Rewrite) -> Option<(&str, &str)> {
    rewrite.effects.iter().find_map(|effect| match effect {
        Effect::IgnoreFileWritten { path, text } => Some((path.as_str(), text.as_str())),
        _ => None,
    })
}

/// The place a rewrite speaks of, and all that it edits.
fn region(rewrite: &Rewrite) -> TextRange {
    rewrite
        .edits
        .extent()
        .map_or(rewrite.anchor, |extent| extent.cover(rewrite.anchor))
}

/// Sets apart the rewrites that touch an instruction whose pragma names the transform.
pub(super) fn by_pragma(
    model: &Model,
    id: TransformId,
    rewrites: Vec<Rewrite>,
) -> (Vec<Rewrite>, Vec<Rewrite>) {
    rewrites.into_iter().partition(|rewrite| {
        !model
            .pragmas
            .iter()
            .filter(|pragma| pragma.covers(id.0))
            .any(|pragma| {
                let item = model.file.items[pragma.item].range;
                rewrite.anchor.overlaps(item)
                    || rewrite.edits.iter().any(|edit| {
                        edit.range.start() < item.end() && edit.range.end() > item.start()
                    })
            })
    })
}

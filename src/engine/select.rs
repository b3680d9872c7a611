//! Which of the proposed rewrites go into one pass.

use crate::model::Model;
use crate::transform::{Rewrite, TransformId};

/// Takes rewrites in the order of their first edit, leaving out those that conflict with one taken.
pub(super) fn select(mut rewrites: Vec<Rewrite>) -> Vec<Rewrite> {
    rewrites.retain(|rewrite| !rewrite.edits.is_empty());
    rewrites.sort_by_key(|rewrite| {
        rewrite
            .edits
            .extent()
            .map(|extent| (extent.start(), extent.end()))
    });
    let mut taken: Vec<Rewrite> = Vec::new();
    for rewrite in rewrites {
        // Edits of two rewrites may not interleave either: each was planned for the text it saw.
        let extent = rewrite.edits.extent();
        let clear = taken
            .last()
            .is_none_or(|last| match (last.edits.extent(), extent) {
                (Some(last), Some(this)) => last.end() < this.start(),
                _ => true,
            });
        if clear {
            taken.push(rewrite);
        }
    }
    taken
}

/// Sets apart the rewrites that touch an instruction whose pragma names the transform.
pub(super) fn by_pragma(
    model: &Model<'_>,
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

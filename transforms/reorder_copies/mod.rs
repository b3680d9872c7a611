#![doc = include_str!("../reorder_copies.md")]

mod manifests;
mod movable;
mod passage;
mod reasons;
mod render;
mod steps;
mod walk;

use imgfix_syntax::Keyword;

use crate::context::BuildContext;
use crate::model::placed::is_context_plausible;
use crate::transform::reasons::{FILE_TOO_LONG, is_too_long};
use crate::transform::{Input, Meta, Proposals, Transform, TransformId};

/// Moves a COPY of sources behind the installs that do not read them.
pub(super) struct ReorderCopies;

static META: Meta = Meta {
    id: TransformId("reorder-copies"),
    summary: "copies what an install reads first, and the other sources behind it",
    page: include_str!("../reorder_copies.md"),
    reasons: reasons::ALL,
};

impl Transform for ReorderCopies {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        if is_too_long(input) {
            let mut copies = input.model.file.instructions();
            let copy = copies.find(|(_, it)| it.keyword == Keyword::Copy);
            if let Some((_, copy)) = copy {
                proposals.decline(copy.range, &FILE_TOO_LONG, "");
            }
            return;
        }
        let unknown = BuildContext::default();
        let context = if is_context_plausible(input.model, input.surroundings) {
            &input.surroundings.context
        } else {
            &unknown
        };
        for stage in &input.model.stages {
            let (moves, steps) = walk::walk(input, context, stage, proposals);
            render::propose(input, &moves, proposals);
            for step in &steps {
                step.propose(input, proposals);
            }
        }
    }
}

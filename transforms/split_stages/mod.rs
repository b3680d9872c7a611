#![doc = include_str!("../split_stages.md")]

mod base;
mod choice;
mod elsewhere;
mod estimate;
mod files;
mod given;
mod left;
mod make;
mod packages;
mod paths;
mod plan;
mod programs;
mod reasons;
mod render;
mod site;
mod sources;
mod survey;
mod templates;
mod wanted;

use crate::transform::{
    Input, Meta, Proposals, TemplateMeta, TemplateVerdict, Transform, TransformId,
};
use choice::{Choice, attempt, shipped_toolchain};

/// Makes a stage that builds and one that runs of a build in one stage.
pub(super) struct SplitStages;

static META: Meta = Meta {
    id: TransformId("split-stages"),
    summary: "builds in one stage and runs in another, smaller one",
    page: include_str!("../split_stages.md"),
    reasons: reasons::ALL,
};

impl Transform for SplitStages {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        let choice = Choice::of(input);
        let plan = choice.template(input).and_then(|template| match template {
            Some(template) => attempt(input, &choice, template),
            None => Ok(None),
        });
        if let Some((range, reason, what)) = shipped_toolchain(input) {
            proposals.decline(range, reason, what);
        }
        match plan {
            Ok(rewrite) => rewrite.into_iter().for_each(|it| proposals.rewrite(it)),
            Err((range, reason, detail)) => proposals.decline(range, reason, detail),
        }
    }
}

/// What there is to know about the templates that are built in.
pub(super) fn templates() -> impl Iterator<Item = &'static TemplateMeta> {
    templates::TEMPLATES
        .iter()
        .filter_map(|template| template.meta())
}

/// What each template says of a Dockerfile, the user's own first.
pub(super) fn verdicts(input: &Input<'_>) -> Vec<TemplateVerdict> {
    choice::verdicts(input)
}

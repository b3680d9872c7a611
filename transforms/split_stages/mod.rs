#![doc = include_str!("../split_stages.md")]

mod base;
mod files;
mod left;
mod packages;
mod plan;
mod programs;
mod reasons;
mod render;
mod site;
mod survey;
mod templates;

use crate::transform::{Input, Meta, Proposals, Transform, TransformId};
use site::Site;
use templates::TEMPLATES;

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
        let Some((stage, image)) = Site::candidate(input) else {
            return;
        };
        let mut templates = TEMPLATES.iter();
        let Some(template) = templates.find(|template| template.builds_on(image)) else {
            return;
        };
        let plan = Site::of(input, stage, image).and_then(|site| {
            let plan = template.plan(&site)?;
            if let Some(plan) = &plan {
                base::names_only_what_is_there(&site, plan)?;
            }
            if let Some(plan) = &plan
                && let Err(item) = render::before_folder(&site, plan)
            {
                let what = "an account that owns the folder is made behind it".to_owned();
                return Err((site.range(item), &reasons::STEP_NOT_CLASSIFIED, what));
            }
            Ok(plan.map(|plan| render::rewrite(&site, plan)))
        });
        match plan {
            Ok(rewrite) => rewrite.into_iter().for_each(|it| proposals.rewrite(it)),
            Err((range, reason, detail)) => proposals.decline(range, reason, detail),
        }
    }
}

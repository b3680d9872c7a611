//! The catalogue: one rewrite, one file, with its page beside it.

mod add_to_copy;
mod clean_package_caches;
mod copy_ownership;
mod extend_dockerignore;
mod merge_runs;
mod reorder_copies;
mod sink_volatile;
mod split_stages;
mod tighten_package_flags;
mod use_lockfiles;

use crate::transform::{Input, TemplateMeta, TemplateVerdict, Transform};

/// The pipeline, in order: big shapes first, polish last.
pub(crate) const PIPELINE: &[&dyn Transform] = &[
    // Before what looks at COPY: an ADD that only copies is one.
    &add_to_copy::AddToCopy,
    // Before what asks which files reach the builder.
    &extend_dockerignore::ExtendDockerignore,
    // Before the RUNs are joined: what an install reads is clearest in the author's own steps.
    &reorder_copies::ReorderCopies,
    // Behind reordering: the sources that no install reads belong to the stage that runs. Before the others: it wants
    // the author's own steps, and they finish what it makes.
    &split_stages::SplitStages,
    // Behind reordering: a step of its own is easier to follow. Before the others that look at RUNs.
    &use_lockfiles::UseLockfiles,
    // Behind the one that makes steps of their own of installs.
    &sink_volatile::SinkVolatile,
    // Before the others that look at RUNs, so that they see the RUN in which an install and its clean-up end up.
    &merge_runs::MergeRuns,
    // Behind the one that makes COPY of ADD; a RUN that is joined with others is left to them.
    &copy_ownership::CopyOwnership,
    // Before the clean-up: a flag that keeps a cache out makes removing it needless.
    &tighten_package_flags::TightenPackageFlags,
    // Last: one clean-up belongs at the end of what the others made.
    &clean_package_caches::CleanPackageCaches,
];

/// The built-in templates of `split-stages`.
pub(crate) fn templates() -> impl Iterator<Item = &'static TemplateMeta> {
    split_stages::templates()
}

/// The transforms that run before the templates are asked.
pub(crate) fn before_templates() -> &'static [&'static dyn Transform] {
    let id = split_stages::SplitStages.meta().id;
    let at = PIPELINE
        .iter()
        .position(|transform| transform.meta().id == id);
    &PIPELINE[..at.unwrap_or_default()]
}

/// What each template says of a Dockerfile.
pub(crate) fn template_verdicts(input: &Input<'_>) -> Vec<TemplateVerdict> {
    split_stages::verdicts(input)
}

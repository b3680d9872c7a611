#![doc = include_str!("../tighten_package_flags.md")]

mod assume_yes;
mod insertions;
mod leaner;
mod no_cache;
mod no_recommends;
mod survey;

use crate::model::command::CommandFact;
use crate::model::packages::Operation;
use crate::model::run::Run;
use crate::transform::reasons::{NOT_SHIPPED, RELEASE_GONE};
use crate::transform::{Input, Meta, Proposals, Reason, Transform, TransformId};
use survey::Survey;

/// Adds the flags that make package managers leave less behind, and ask nothing.
pub(super) struct TightenPackageFlags;

static META: Meta = Meta {
    id: TransformId("tighten-package-flags"),
    summary: "adds the flags with which package managers leave less behind and ask nothing",
    page: include_str!("../tighten_package_flags.md"),
    reasons: &[
        &NOT_SHIPPED,
        &RELEASE_GONE,
        &assume_yes::FAILURE_IGNORED,
        &assume_yes::INPUT_PIPED,
        &no_cache::CONFIGURED,
        &no_cache::CACHE_WANTED,
        &no_cache::FLAG_UNKNOWN,
        &no_cache::NO_NETWORK,
        &no_cache::INDEX_NEEDED,
        &no_recommends::OPAQUE_AFTER,
        &no_recommends::PACKAGES_NOT_LITERAL,
        &no_recommends::PACKAGE_UNKNOWN,
        &no_recommends::FAMILY_REFUSED,
        &no_recommends::LOCAL_PACKAGE,
        &no_recommends::OTHER_RELEASE,
        &no_recommends::FOREIGN_SOURCE,
        &no_recommends::RECOMMENDS_WANTED,
        &no_recommends::KEPT_MAY_BE_MISSING,
        &no_recommends::AUTO_REMOVED,
        &no_recommends::NOTHING_DROPPED,
        &no_recommends::NOT_AN_INSTALL,
        &no_recommends::RELEASE_NOT_IN_TABLES,
        &no_recommends::INSTALLED_BEFORE,
        &leaner::CONFIGURED,
    ],
};

impl Transform for TightenPackageFlags {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        let mut survey = Survey::of(input.model);
        for run in &input.model.runs {
            for operation in &run.operations {
                let site = Site {
                    run,
                    operation,
                    command: run.command(operation),
                };
                if has_smell(input, &survey, &site) {
                    tighten(input, &mut survey, &site, proposals);
                }
                no_recommends::note(input, &mut survey, &site);
            }
            if gate_run(input, run) {
                no_cache::propose_without_options(input, run, proposals);
                no_cache::propose_needless(input, run, proposals);
            }
        }
    }
}

/// Proposes the flags that an operation lacks.
fn tighten(input: &Input<'_>, survey: &mut Survey, site: &Site<'_>, proposals: &mut Proposals) {
    if let Some(reason) = gate(input, site) {
        return proposals.decline(site.command.range, reason, "");
    }
    assume_yes::propose(input, survey, site, proposals);
    no_cache::propose(input, site, proposals);
    no_recommends::propose(input, survey, site, proposals);
    leaner::propose(input, site, proposals);
}

/// One operation of a RUN.
struct Site<'m> {
    run: &'m Run,
    operation: &'m Operation,
    command: &'m CommandFact,
}

/// Whether a flag is missing: only then a decline is worth a word.
fn has_smell(input: &Input<'_>, survey: &Survey, site: &Site<'_>) -> bool {
    assume_yes::is_missing(survey, site)
        || no_cache::is_missing(input, site)
        || no_recommends::is_missing(survey, site)
        || leaner::is_missing(input, site)
}

fn gate(input: &Input<'_>, site: &Site<'_>) -> Option<&'static Reason> {
    let stage = &input.model.stages[site.run.stage];
    let first = site.operation.manager.leftovers.first();
    let folder = first
        .and_then(|leftover| leftover.folders().next())
        .unwrap_or("/");
    let ships = if site.operation.manager.is_system {
        input.model.reaches_final_image(stage.index)
    } else {
        input
            .model
            .ships(stage.index, &folder.replacen('~', "/root", 1))
    };
    if !input.options.all_stages && !ships {
        return Some(&NOT_SHIPPED);
    }
    input
        .model
        .cannot_be_built(stage.index, site.operation.manager)
        .then_some(&RELEASE_GONE)
}

fn gate_run(input: &Input<'_>, run: &Run) -> bool {
    let stage = &input.model.stages[run.stage];
    let gone = stage.facts.as_ref().is_some_and(|facts| facts.gone);
    !gone && (input.options.all_stages || input.model.reaches_final_image(stage.index))
}

#![doc = include_str!("../clean_package_caches.md")]

mod archives;
mod cleanup;
mod mounts;
mod place;
mod reasons;
mod refusals;
mod unread;

use imgfix_syntax::TextRange;

use crate::edit::{Edit, Edits};
use crate::model::Model;
use crate::model::leftovers::{self, assigns};
use crate::model::packages::{Leftover, Needed, Operation, Where};
use crate::model::run::{Run, RunForm};
use crate::model::stage::Stage;
use crate::settings::CacheStyle;
use crate::transform::layout::{Layout, end_of_line};
use crate::transform::reasons::{NOT_SHIPPED, RELEASE_GONE};
use crate::transform::{
    Applicability, Effect, Input, Joiner, Meta, Proposals, Rewrite, Transform, TransformId,
};
use cleanup::{Cleanup, has_sudo};
use place::Place;
use reasons::{
    CACHE_MOVED, CACHE_WANTED, CHILD_INSTALL, CLEANED_LATER, IN_CHILD_BUILD, IN_EARLIER_LAYER,
    INDEX_ALONE, KEEPS_NOTHING, LATER_INSTALL, LATER_SCRIPT, NO_SAFE_PLACE, NOT_ROOT,
    ONBUILD_INSTALL, PLACE_UNKNOWN, UPDATED_LATER, USED_LATER,
};
use refusals::{
    Refreshed, has_no_cache_yet, is_alone, is_in_earlier_layer, is_kept_out_by_variable,
    is_too_old, moved_for_one, needed_later, used_later, wanted,
};

/// Removes, in the layer that made it, what a package manager leaves behind.
pub(super) struct CleanPackageCaches;

static META: Meta = Meta {
    id: TransformId("clean-package-caches"),
    summary: "removes in the same layer what package managers leave behind",
    page: include_str!("../clean_package_caches.md"),
    reasons: &[
        &NOT_SHIPPED,
        &RELEASE_GONE,
        &LATER_INSTALL,
        &LATER_SCRIPT,
        &ONBUILD_INSTALL,
        &CHILD_INSTALL,
        &NOT_ROOT,
        &CACHE_MOVED,
        &CACHE_WANTED,
        &NO_SAFE_PLACE,
        &unread::NOT_UNDERSTOOD,
        &unread::EXEC_FORM,
        &unread::NESTED,
        &IN_CHILD_BUILD,
        &KEEPS_NOTHING,
        &IN_EARLIER_LAYER,
        &archives::USED_LATER,
        &mounts::NEEDS_BUILDKIT,
        &mounts::FRONTEND_TOO_OLD,
        &mounts::EXISTING_MOUNT,
        &mounts::COPIED_BELOW,
        &mounts::READS_CACHE,
        &mounts::USER_UNKNOWN,
        &mounts::RELEASE_UNKNOWN,
        &mounts::KEPT_OUT,
        &mounts::ANOTHER_RUN,
        &mounts::NO_OWN_UPDATE,
        &mounts::NO_NETWORK,
        &mounts::PARENTS_OF_ROOT,
        &mounts::PUBLISHED,
        &CLEANED_LATER,
        &INDEX_ALONE,
        &PLACE_UNKNOWN,
        &USED_LATER,
        &UPDATED_LATER,
    ],
};

impl Transform for CleanPackageCaches {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        let refreshed = Refreshed::default();
        for run in &input.model.runs {
            unread::decline(input, run, proposals);
            archives::propose(input, run, proposals);
            let mounts_caches = input.options.cache_style == CacheStyle::CacheMount;
            if mounts_caches {
                mounts::propose(input, run, proposals);
            }
            for (operation, leftover) in left_behind(run, &input.model.stages[run.stage]) {
                if mounts_caches && !operation.manager.mounts.is_empty() {
                    continue;
                }
                propose_one(input, run, operation, leftover, &refreshed, proposals);
            }
        }
    }
}

/// The last operation of each kind that leaves something behind, and what it leaves.
fn left_behind<'r>(run: &'r Run, stage: &Stage) -> Vec<(&'r Operation, &'static Leftover)> {
    let mut found: Vec<(&Operation, &'static Leftover)> = Vec::new();
    // Without network nothing is downloaded.
    if run.flags.iter().any(|flag| flag == "--network=none") {
        return found;
    }
    for operation in &run.operations {
        for leftover in operation.manager.leftovers {
            if leftovers::fills(operation, run.command(operation), leftover) {
                found.retain(|(_, other)| other.what != leftover.what);
                found.push((operation, leftover));
            }
        }
    }
    found.retain(|(operation, leftover)| {
        !leftovers::is_cleaned_after(run, stage, operation, leftover)
    });
    found
}

fn propose_one(
    input: &Input<'_>,
    run: &Run,
    operation: &Operation,
    leftover: &'static Leftover,
    refreshed: &Refreshed,
    proposals: &mut Proposals,
) {
    let model = input.model;
    let stage = &model.stages[run.stage];
    let state = model.state(run.item).expect("a RUN stands in a stage");
    let manager = operation.manager;
    let range = run.command(operation).range;
    if is_kept_out_by_variable(model, run, operation, manager)
        || has_no_cache_yet(stage, manager)
        || leftovers::is_mounted(run, manager, leftover, stage, state)
    {
        return;
    }
    if is_too_old(stage, leftover) {
        return proposals.decline(range, &KEEPS_NOTHING, leftover.what);
    }
    if let Some(detail) = wanted(model, run, operation, leftover) {
        return proposals.decline(range, &CACHE_WANTED, detail);
    }
    if run.deferred && !(leftover.is_found_by_program() && leftover.needed == Needed::Never) {
        return proposals.decline(range, &IN_CHILD_BUILD, leftover.what);
    }
    let folder = leftovers::folder(leftover, stage, state);
    let home = folder.as_deref().unwrap_or("/").replacen('~', "/root", 1);
    if !input.options.all_stages && !model.ships(run.stage, &home) {
        return proposals.decline(range, &NOT_SHIPPED, leftover.what);
    }
    if model.cannot_be_built(run.stage, manager) {
        return proposals.decline(range, &RELEASE_GONE, leftover.what);
    }
    if let Some(name) = moved_for_one(run, operation, leftover) {
        return proposals.decline(range, &CACHE_MOVED, format!("`{name}`"));
    }
    if !leftover.is_found_by_program() {
        let moves = |name: &&str| state.sets(name) || assigns(run, name);
        let places = leftover.places.iter();
        let below = places.filter_map(|(place, _)| match place {
            Where::Below(name) => Some(*name),
            Where::Debian | Where::Alpine | Where::Dnf4 | Where::Dnf5 => None,
        });
        let is_moved =
            leftover.moved_by.iter().any(moves) || below.into_iter().any(|name| assigns(run, name));
        if is_moved {
            return proposals.decline(range, &CACHE_MOVED, leftover.what);
        }
        if folder.is_none() {
            return proposals.decline(range, &PLACE_UNKNOWN, leftover.what);
        }
        // What the manager writes for its user, that user may remove; modules of go are read-only.
        let is_owned = home.starts_with("/root/") && !leftover.is_read_only;
        let has_sudo = has_sudo(run, operation);
        let is_others = cleanup::switches_user(run.command(operation));
        if (is_owned && is_others) || (!is_owned && state.is_root() == Some(false) && !has_sudo) {
            return proposals.decline(range, &NOT_ROOT, leftover.what);
        }
    }
    if manager.is_system && state.is_root() == Some(false) && !has_sudo(run, operation) {
        return proposals.decline(range, &NOT_ROOT, leftover.what);
    }
    if is_alone(run, operation) {
        return proposals.decline(range, &INDEX_ALONE, "");
    }
    if leftover.is_index()
        && let Some(declined) = needed_later(input, run, manager)
    {
        return proposals.decline(declined.0, declined.1, declined.2);
    }
    if leftover.is_index()
        && let Some(later) = refreshed.later(model, run, manager, leftover)
    {
        let line = model.instruction(later).map(|it| it.range.start());
        let detail = format!("line {}", model.lines.line(line.unwrap_or_default()));
        return proposals.decline(range, &UPDATED_LATER, detail);
    }
    if leftover.needed == Needed::ByLaterUse
        && let Some((range, detail)) = used_later(input, run, operation)
    {
        return proposals.decline(range, &USED_LATER, detail);
    }
    if leftover.needed == Needed::ByLaterUse && is_in_earlier_layer(model, run, manager) {
        return proposals.decline(range, &IN_EARLIER_LAYER, leftover.what);
    }
    if leftover.needed == Needed::Never
        && let Some(name) = leftovers::used_by_later(model, run, manager)
    {
        return proposals.decline(range, &USED_LATER, format!("`{name}`"));
    }
    if leftovers::used_offline(model, input.surroundings, run, manager, leftover) {
        return proposals.decline(
            range,
            &CACHE_WANTED,
            "a later command works without network",
        );
    }
    let Some(place) = place::find(input, run, operation, leftover) else {
        return proposals.decline(range, &NO_SAFE_PLACE, leftover.what);
    };
    let cleanup = Cleanup {
        operation,
        leftover,
        folder: folder.unwrap_or_default(),
    };
    propose_cleanup(input, run, &cleanup, &place, proposals);
}

fn propose_cleanup(
    input: &Input<'_>,
    run: &Run,
    cleanup: &Cleanup<'_>,
    place: &Place,
    proposals: &mut Proposals,
) {
    let model = input.model;
    let Cleanup {
        operation,
        leftover,
        ..
    } = cleanup;
    let (edits, effect) = cleanup
        .in_last_removal(model, run, place)
        .unwrap_or_else(|| added(model, run, cleanup.words(run), place));
    let edits = Edits::new(edits).expect("one edit does not overlap");
    let stage = &model.stages[run.stage];
    let is_base_of_unknown = leftover.is_index()
        && model
            .descendants(run.stage)
            .iter()
            .all(|&it| !model.stages[it].has_start_command)
        && stage.uses.is_empty();
    let saved = estimate(model, run, leftover);
    let mut because = match saved {
        None => format!("the layer keeps the {} otherwise", leftover.what),
        Some(bytes) => format!(
            "the layer keeps about {:.1} MB of {} otherwise",
            bytes as f64 / 1e6,
            leftover.what
        ),
    };
    let assumes = leftover.is_index() && (stage.has_onbuild || is_base_of_unknown);
    if assumes {
        because.push_str(
            "; assumes that an image built on this one runs its own update before it installs",
        );
    }
    let is_read_by_nobody = leftover.needed == Needed::ByLaterUse;
    if is_read_by_nobody {
        because.push_str("; assumes that what runs in the container reads nothing there");
    }
    let mut effects = vec![effect];
    effects.extend(cleanup.removed(run).into_iter().map(Effect::PathRemoved));
    let mut rewrite = Rewrite {
        anchor: run.command(operation).range,
        edits,
        applicability: if assumes || is_read_by_nobody {
            Applicability::Suggested
        } else {
            Applicability::Safe
        },
        title: format!("remove the {} in the same layer", leftover.what),
        because,
        effects,
    };
    rewrite.effects.extend(saved.map(Effect::BytesSaved));
    proposals.rewrite(rewrite);
}

/// What the clean-up saves. Where an earlier layer keeps the same, this one holds only what is new.
fn estimate(model: &Model, run: &Run, leftover: &'static Leftover) -> Option<u64> {
    let facts = model.stages[run.stage].facts.as_ref();
    let release = facts.and_then(|facts| facts.release);
    let is_kept_before = model.runs_before(run.item).any(|earlier| {
        let mut left = left_behind(earlier, &model.stages[earlier.stage]).into_iter();
        left.any(|(_, other)| other.what == leftover.what)
    });
    leftover
        .estimated_bytes(release)
        .filter(|_| !is_kept_before)
}

/// The clean-up as a command of its own.
fn added(model: &Model, run: &Run, words: Vec<String>, place: &Place) -> (Vec<Edit>, Effect) {
    let command = words.join(" ");
    let text = match (run.form, place.joiner) {
        (RunForm::HeredocScript, Joiner::Sequence) => {
            format!("\n{}{command}", heredoc_indent(model, place))
        }
        (RunForm::HeredocScript, Joiner::And) => format!(" && {command}"),
        (_, Joiner::Sequence) => format!("{}{command}", Layout::of(model, run).then()),
        (_, Joiner::And) => Layout::of(model, run).append_and(model, run, place.offset, &command),
    };
    let effect = Effect::CommandAdded {
        after: place.after,
        joiner: place.joiner,
        words,
    };
    // Blanks at the end of the line would become those of the new command.
    let end = end_of_line(&model.text, place.offset);
    let range = TextRange::new(place.offset, end);
    (vec![Edit::replace(range, text)], effect)
}

/// The white space at the start of the line that a place is on.
fn heredoc_indent(model: &Model, place: &Place) -> String {
    let start = model.text[..place.offset]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let line = &model.text[start..place.offset];
    line[..line.len() - line.trim_start().len()].to_owned()
}

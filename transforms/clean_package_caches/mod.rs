#![doc = include_str!("../clean_package_caches.md")]

mod archives;
mod cleanup;
mod mounts;
mod place;
mod unread;

use imgfix_syntax::TextRange;

use crate::edit::{Edit, Edits};
use crate::model::Model;
use crate::model::images;
use crate::model::leftovers::{self, User, assigns};
use crate::model::packages::{Leftover, Manager, Needed, Operation, Verb, Where};
use crate::model::run::{Run, RunForm};
use crate::model::stage::Stage;
use crate::settings::CacheStyle;
use crate::transform::layout::Layout;
use crate::transform::reasons::{NOT_SHIPPED, RELEASE_GONE};
use crate::transform::{
    Applicability, Effect, Input, Joiner, Meta, Proposals, Reason, Rewrite, Transform, TransformId,
};
use cleanup::{Cleanup, has_sudo};
use place::Place;

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
        &CLEANED_LATER,
        &INDEX_ALONE,
        &PLACE_UNKNOWN,
        &USED_LATER,
    ],
};

const PLACE_UNKNOWN: Reason = Reason {
    id: "place-unknown",
    message: "where the manager keeps its cache in this image is not known",
};
const USED_LATER: Reason = Reason {
    id: "used-later",
    message: "a later command, or what starts in the container, reads or may read what the manager keeps",
};
const INDEX_ALONE: Reason = Reason {
    id: "index-alone",
    message: "the RUN only fetches the package lists; whatever it is for needs them",
};
const LATER_INSTALL: Reason = Reason {
    id: "later-install-needs-index",
    message: "a later command installs without an update of its own and needs the package lists",
};
const LATER_SCRIPT: Reason = Reason {
    id: "later-script-may-need-index",
    message: "a later script, whose text is not known, may install without an update of its own",
};
const ONBUILD_INSTALL: Reason = Reason {
    id: "onbuild-needs-index",
    message: "an ONBUILD instruction installs without an update of its own",
};
const CHILD_INSTALL: Reason = Reason {
    id: "child-image-needs-index",
    message: "a Dockerfile of the repository is built on this image and installs without an update of its own",
};
const NOT_ROOT: Reason = Reason {
    id: "not-root",
    message: "the user is not root, or not known: where the cache lies, and who may remove it, is not known",
};
const CACHE_MOVED: Reason = Reason {
    id: "cache-moved",
    message: "a variable moves the cache to another place",
};
const CACHE_WANTED: Reason = Reason {
    id: "cache-wanted",
    message: "an option or a later COPY says that the cache is wanted",
};
const NO_SAFE_PLACE: Reason = Reason {
    id: "no-safe-place",
    message: "nowhere in this RUN can a clean-up stand without changing what a failure means",
};
const IN_EARLIER_LAYER: Reason = Reason {
    id: "in-earlier-layer",
    message: "an earlier RUN fetched what the manager keeps: removing it in this layer frees nothing",
};
const KEEPS_NOTHING: Reason = Reason {
    id: "keeps-nothing-yet",
    message: "this version of the manager keeps no such files",
};
const IN_CHILD_BUILD: Reason = Reason {
    id: "runs-in-child-build",
    message: "an ONBUILD instruction runs in the build of another image, whose later steps are not known",
};
const CLEANED_LATER: Reason = Reason {
    id: "needed-until-cleaned",
    message: "a later RUN still uses the package lists and removes them itself",
};

impl Transform for CleanPackageCaches {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        for run in &input.model.runs {
            unread::decline(input, run, proposals);
            archives::propose(input, run, proposals);
            let mounts_caches = input.options.cache_style == CacheStyle::CacheMount;
            if mounts_caches {
                mounts::propose(input, run, proposals);
            }
            for (operation, leftover) in left_behind(run) {
                if mounts_caches && !operation.manager.mounts.is_empty() {
                    continue;
                }
                propose_one(input, run, operation, leftover, proposals);
            }
        }
    }
}

/// The last operation of each kind that leaves something behind, and what it leaves.
fn left_behind(run: &Run) -> Vec<(&Operation, &'static Leftover)> {
    let mut found: Vec<(&Operation, &'static Leftover)> = Vec::new();
    for operation in &run.operations {
        for leftover in operation.manager.leftovers {
            if leftovers::fills(operation, run.command(operation), leftover) {
                found.retain(|(_, other)| other.what != leftover.what);
                found.push((operation, leftover));
            }
        }
    }
    found.retain(|(operation, leftover)| !leftovers::is_cleaned_after(run, operation, leftover));
    found
}

fn propose_one(
    input: &Input<'_>,
    run: &Run,
    operation: &Operation,
    leftover: &'static Leftover,
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
    if run.deferred && !leftover.is_found_by_program() {
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
            Where::Debian | Where::Alpine => None,
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
    if leftovers::used_offline(model, run, manager, leftover) {
        return proposals.decline(
            range,
            &CACHE_WANTED,
            "a later command works without network",
        );
    }
    let Some(place) = place::find(model, run, operation, leftover) else {
        return proposals.decline(range, &NO_SAFE_PLACE, leftover.what);
    };
    let cleanup = Cleanup {
        operation,
        leftover,
        folder: folder.unwrap_or_default(),
    };
    propose_cleanup(input, run, &cleanup, &place, proposals);
}

/// A manager of the release that is too old for the flag is too old for the cache.
fn has_no_cache_yet(stage: &Stage, manager: &Manager) -> bool {
    let release = stage.facts.as_ref().and_then(|facts| facts.release);
    let is_index = manager.leftovers.iter().any(Leftover::is_index);
    let unknown_in = manager
        .no_cache
        .as_ref()
        .map_or(&[][..], |no_cache| no_cache.unknown_in);
    !is_index && release.is_some_and(|release| unknown_in.contains(&release))
}

/// Whether the image is of a version whose manager keeps no such files yet.
fn is_too_old(stage: &Stage, leftover: &Leftover) -> bool {
    let Some((name, since)) = leftover.since else {
        return false;
    };
    stage
        .image
        .as_ref()
        .filter(|image| image.is_official() && image.name == name)
        .and_then(|image| images::version_of(image.tag.as_deref()?))
        .is_some_and(|version| version.as_slice() < since)
}

/// A variable that holds for the command alone, and without which the clean-up would not find the program
/// or the cache.
fn moved_for_one(run: &Run, operation: &Operation, leftover: &Leftover) -> Option<&'static str> {
    let command = run.command(operation);
    let sets = |name: &str| {
        let words = command.words[..operation.program_end].iter();
        command.assignments.iter().any(|it| it.name == name)
            || words
                .into_iter()
                .any(|word| word.raw.starts_with(&format!("{name}=")))
    };
    if sets("PATH") && leftover.is_found_by_program() {
        return Some("PATH");
    }
    (sets("HOME") || assigns(run, "HOME")).then_some("HOME")
}

/// Whether an update is all that the RUN does with its manager, and nothing else in it could install.
fn is_alone(run: &Run, operation: &Operation) -> bool {
    let others = run
        .operations_of(operation.manager)
        .filter(|it| !matches!(it.verb, Verb::Update | Verb::Clean));
    operation.verb == Verb::Update
        && others.count() == 0
        && run.commands.len() == run.operations.len()
}

/// A flag in the environment keeps the cache out.
fn is_kept_out_by_variable(
    model: &Model,
    run: &Run,
    operation: &Operation,
    manager: &Manager,
) -> bool {
    let Some(no_cache) = &manager.no_cache else {
        return false;
    };
    let state = model.state(run.item).expect("a RUN stands in a stage");
    no_cache
        .variables
        .iter()
        .any(|name| state.sets(name) || assigns(run, name))
        || run
            .command(operation)
            .assignments
            .iter()
            .any(|it| no_cache.variables.contains(&it.name.as_str()))
}

/// Why the cache is wanted: an option names it, or a stage copies it.
fn wanted(model: &Model, run: &Run, operation: &Operation, leftover: &Leftover) -> Option<String> {
    let command = run.command(operation);
    let opposed_by = operation
        .manager
        .no_cache
        .as_ref()
        .map_or(&[][..], |no_cache| no_cache.opposed_by);
    if operation.has_option(command, opposed_by) || operation.has_option(command, leftover.options)
    {
        return Some("an option of the command says so".to_owned());
    }
    leftovers::copied_elsewhere(model, run.stage, leftover)
        .or_else(|| leftovers::configured(model, run, operation.manager))
}

/// Whether an earlier RUN fetched what the manager keeps: removing it here frees nothing.
fn is_in_earlier_layer(model: &Model, run: &Run, manager: &Manager) -> bool {
    let mut lineage = std::iter::successors(Some(run.stage), |&stage| model.parent(stage));
    lineage.any(|stage| {
        model
            .runs_of(stage)
            .any(|earlier| earlier.item < run.item && earlier.does(manager, &[Verb::Fetch]))
    })
}

/// What reads a manager's files after the RUN, or may do so.
fn used_later(input: &Input<'_>, run: &Run, operation: &Operation) -> Option<(TextRange, String)> {
    let model = input.model;
    let manager = operation.manager;
    if operation.verb == Verb::Fetch {
        let detail = "it only fetches what a later command is to read";
        return Some((run.command(operation).range, detail.to_owned()));
    }
    if let Some(later) = leftovers::later_use(model, input.surroundings, run, manager) {
        let line = model.lines.line(later.range.start());
        return Some((run.range, format!("{} in line {line}", later.name)));
    }
    let stages = model.descendants(run.stage);
    let starts = stages.iter().all(|&stage| {
        model.stages[stage].has_start_command || !model.stages[stage].uses.is_empty()
    });
    let script = stages
        .iter()
        .find_map(|&stage| leftovers::unknown_start_script(model, input.surroundings, stage));
    if let Some(script) = script {
        return Some((run.range, format!("`{script}`, whose text is not known")));
    }
    (!starts).then(|| {
        (
            run.range,
            "no start command says what runs in the image".to_owned(),
        )
    })
}

/// The reason for which an index has to stay.
fn needed_later(
    input: &Input<'_>,
    run: &Run,
    manager: &Manager,
) -> Option<(TextRange, &'static Reason, String)> {
    let later = leftovers::later_use(input.model, input.surroundings, run, manager)?;
    let line = |range: TextRange| input.model.lines.line(range.start());
    let here = run.range;
    Some(match later.by {
        User::Command => {
            let reason = if cleaned_by_later_run(input.model, run, manager) {
                &CLEANED_LATER
            } else {
                &LATER_INSTALL
            };
            (
                here,
                reason,
                format!("`{}` in line {}", later.name, line(later.range)),
            )
        }
        User::Script => (
            here,
            &LATER_SCRIPT,
            format!("{} in line {}", later.name, line(later.range)),
        ),
        User::Onbuild => (
            here,
            &ONBUILD_INSTALL,
            format!("line {}", line(later.range)),
        ),
        User::ChildImage => (here, &CHILD_INSTALL, later.name),
    })
}

fn cleaned_by_later_run(model: &Model, run: &Run, manager: &Manager) -> bool {
    model
        .runs_of(run.stage)
        .filter(|later| later.item > run.item)
        .any(|later| {
            later.commands.iter().any(|command| {
                manager
                    .leftovers
                    .iter()
                    .any(|leftover| leftovers::removes(command, leftover))
            })
        })
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
    let mut because = match leftover.typical_bytes {
        0 => format!("the layer keeps the {} otherwise", leftover.what),
        bytes => format!(
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
    let removed = if cleanup.folder.is_empty() {
        leftover.what.to_owned()
    } else {
        cleanup.folder.clone()
    };
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
        effects: vec![effect, Effect::PathRemoved(removed)],
    };
    if leftover.typical_bytes > 0 {
        let saved = Effect::BytesSaved(leftover.typical_bytes);
        rewrite.effects.push(saved);
    }
    proposals.rewrite(rewrite);
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
        (_, Joiner::And) => Layout::of(model, run).append_and(model, run, &command),
    };
    let effect = Effect::CommandAdded {
        after: place.after,
        joiner: place.joiner,
        words,
    };
    (vec![Edit::insert(place.offset, text)], effect)
}

/// The white space at the start of the line that a place is on.
fn heredoc_indent(model: &Model, place: &Place) -> String {
    let start = model.text[..place.offset]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let line = &model.text[start..place.offset];
    line[..line.len() - line.trim_start().len()].to_owned()
}

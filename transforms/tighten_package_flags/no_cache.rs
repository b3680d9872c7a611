//! The flag that keeps a manager's cache out of the layer, and what it makes needless.

use crate::edit::{Edit, Edits};
use crate::model::command::CommandFact;
use crate::model::images::Family;
use crate::model::leftovers;
use crate::model::packages::{Leftover, NoCache, Operation, Verb};
use crate::model::run::Run;
use crate::model::stage::Stage;
use crate::settings::CacheStyle;
use crate::transform::block::Block;
use crate::transform::words::{WordEdits, removal};
use crate::transform::{Applicability, Effect, Input, Proposals, Reason, Rewrite};

use super::Site;
use super::no_recommends::LOCAL_PACKAGE;

pub(super) const CONFIGURED: Reason = Reason {
    id: "cache-configured-elsewhere",
    message: "a configuration file decides about the cache",
};
pub(super) const CACHE_WANTED: Reason = Reason {
    id: "cache-wanted",
    message: "an option of the command, or a later COPY, says that the cache is wanted",
};
pub(super) const FLAG_UNKNOWN: Reason = Reason {
    id: "flag-not-known",
    message: "the manager of this release is too old to know the flag",
};
pub(super) const NO_NETWORK: Reason = Reason {
    id: "no-network",
    message: "the RUN has no network, and with the flag the index is fetched",
};
pub(super) const INDEX_NEEDED: Reason = Reason {
    id: "index-needed-later",
    message: "something else still needs the index that the update fetches",
};

/// Registries in which no image is as old as the managers that do not know the flag.
const YOUNG_REGISTRIES: &[&str] = &["ghcr.io/", "mcr.microsoft.com/", "public.ecr.aws/"];

/// Whether the flag is missing on a command that takes it.
pub(super) fn is_missing(input: &Input<'_>, site: &Site<'_>) -> bool {
    let Some(no_cache) = &site.operation.manager.no_cache else {
        return false;
    };
    let keeps_in_mount = input.options.cache_style == CacheStyle::CacheMount
        && !site.operation.manager.mounts.is_empty();
    if keeps_in_mount
        || !no_cache.verbs.contains(&site.operation.verb)
        || site.operation.keeps_cache_out(site.command)
        || upgrades_nothing(site, no_cache)
    {
        return false;
    }
    let state = input
        .model
        .state(site.run.item)
        .expect("a RUN stands in a stage");
    let by_variable = no_cache.variables.iter().any(|name| {
        state.sets(name)
            || site.run.commands.iter().any(|command| {
                command
                    .assignments
                    .iter()
                    .any(|assignment| assignment.name == *name)
                    || command
                        .arguments()
                        .iter()
                        .any(|word| word.raw.starts_with(name))
            })
    });
    let manager = site.operation.manager;
    let stage = &input.model.stages[site.run.stage];
    let cleaned = manager.leftovers.iter().any(|leftover| {
        (!leftover.is_index()
            && leftovers::is_cleaned_after(site.run, stage, site.operation, leftover))
            || leftovers::is_mounted(site.run, manager, leftover, stage, state)
    });
    !by_variable && !cleaned && !is_query(site)
}

/// An upgrade without a fresh index does nothing; with the flag, which fetches one, it would.
fn upgrades_nothing(site: &Site<'_>, no_cache: &NoCache) -> bool {
    let operation = site.operation;
    let mut before = site.run.operations_of(operation.manager);
    let has_update = before.any(|it| {
        it.verb == Verb::Update
            && it.command < operation.command
            && site.run.is_always_run(site.run.command(it))
    });
    operation.verb == Verb::Upgrade
        && !has_update
        && !leftovers::fetches_itself(operation, site.command, no_cache)
}

fn is_query(site: &Site<'_>) -> bool {
    let manager = site.operation.manager;
    site.operation.has_option(site.command, manager.dry_options)
}

/// The version of the manager that has to be assumed, where the image may be old and its release is not known.
fn assumed_version(stage: &Stage, no_cache: &NoCache) -> Option<&'static str> {
    let is_known = stage
        .facts
        .as_ref()
        .is_some_and(|facts| facts.release.is_some() || facts.family == Family::Rpm);
    let is_young = stage.image.as_ref().is_some_and(|image| {
        let name = image.name.as_str();
        no_cache.known_in.contains(&name)
            || YOUNG_REGISTRIES
                .iter()
                .any(|registry| name.starts_with(registry))
    });
    no_cache.known_since.filter(|_| !is_known && !is_young)
}

pub(super) fn propose(input: &Input<'_>, site: &Site<'_>, proposals: &mut Proposals) {
    if !is_missing(input, site) {
        return;
    }
    let no_cache = site
        .operation
        .manager
        .no_cache
        .as_ref()
        .expect("a manager that has the flag");
    let range = site.command.range;
    let model = input.model;
    let stage = &model.stages[site.run.stage];
    if site.operation.has_option(site.command, no_cache.opposed_by) {
        return proposals.decline(range, &CACHE_WANTED, "");
    }
    if no_cache.replaces_update && installs_files_only(site) {
        return proposals.decline(range, &LOCAL_PACKAGE, "");
    }
    let leftover = &site.operation.manager.leftovers[0];
    if let Some(detail) = leftovers::copied_elsewhere(model, stage.index, leftover) {
        return proposals.decline(range, &CACHE_WANTED, detail);
    }
    if leftovers::used_offline(
        model,
        input.surroundings,
        site.run,
        site.operation.manager,
        leftover,
    ) {
        return proposals.decline(
            range,
            &CACHE_WANTED,
            "a later command works without network",
        );
    }
    if let Some(detail) = leftovers::configured(model, site.run, site.operation.manager) {
        return proposals.decline(range, &CONFIGURED, detail);
    }
    let release = stage.facts.as_ref().and_then(|facts| facts.release);
    if release.is_some_and(|release| no_cache.unknown_in.contains(&release)) {
        return proposals.decline(range, &FLAG_UNKNOWN, release.unwrap_or_default());
    }
    if no_cache.replaces_update && site.run.flags.iter().any(|flag| flag == "--network=none") {
        return proposals.decline(range, &NO_NETWORK, "");
    }
    if no_cache.replaces_update
        && let Some(detail) = update_stays(input, site)
    {
        return proposals.decline(range, &INDEX_NEEDED, detail);
    }
    let mut words = WordEdits::new(site.command);
    add_flag(site, no_cache, &mut words);
    let (edits, effect) = words.finish(model);
    let what = leftover.what;
    let mut because = if no_cache.replaces_update {
        format!("the {what} is fetched for this command alone and stays out of the layer")
    } else {
        format!("the {what} serves nobody in an image: nothing installs from it later")
    };
    let assumed = assumed_version(stage, no_cache);
    if let Some(version) = assumed {
        because += "; assumes that the base image, whose release is not known, has ";
        because += version;
        because += " or newer";
    }
    proposals.rewrite(Rewrite {
        anchor: range,
        edits: Edits::new(edits).expect("edits of different words do not overlap"),
        applicability: if assumed.is_some() {
            Applicability::Suggested
        } else {
            Applicability::Safe
        },
        title: format!("add `{}`", no_cache.flag),
        because,
        effects: vec![effect, Effect::PathRemoved(leftover.folder.to_owned())],
    });
}

/// Whether all packages are files: no index is needed, and with the flag one would be fetched.
fn installs_files_only(site: &Site<'_>) -> bool {
    let mut words = site
        .operation
        .operands
        .iter()
        .map(|&word| &site.command.words[word].raw);
    !site.operation.operands.is_empty()
        && words.all(|word| word.trim_end_matches(['"', '\'']).ends_with(".apk"))
}

/// What needs the index of an update that stands before the command in its RUN: with the flag it would be
/// fetched twice.
fn update_stays(input: &Input<'_>, site: &Site<'_>) -> Option<String> {
    let manager = site.operation.manager;
    let mut operations = site.run.operations_of(manager);
    let updates = operations
        .clone()
        .any(|it| it.verb == Verb::Update && it.command < site.operation.command);
    if !updates {
        return None;
    }
    let other = operations.find(|it| matches!(it.verb, Verb::Query | Verb::Unknown));
    if let Some(other) = other {
        let command = site.run.command(other);
        return Some(format!("`{}`", command.raw_words().join(" ")));
    }
    leftovers::later_use(input.model, input.surroundings, site.run, manager).map(|later| later.name)
}

/// Puts the flag in place of the first option that it makes needless, or behind the sub-command.
fn add_flag(site: &Site<'_>, no_cache: &NoCache, words: &mut WordEdits<'_>) {
    let mut placed = false;
    for &option in &site.operation.options {
        let raw = site.command.words[option].raw.as_str();
        let rest = without_letter(raw, no_cache.replaces_letter);
        match (no_cache.replaces.contains(&raw), rest.as_deref()) {
            (true, _) | (false, Some("-")) => {
                if placed {
                    words.remove(option);
                } else {
                    words.replace(option, no_cache.flag);
                    placed = true;
                }
            }
            (false, Some(rest)) => words.replace(option, rest),
            (false, None) => {}
        }
    }
    if !placed {
        words.insert_after(site.operation.subcommand, " ", no_cache.flag);
    }
}

/// A cluster of short options without `letter`; `None` where it is not in it.
fn without_letter(raw: &str, letter: Option<char>) -> Option<String> {
    let letter = letter?;
    let is_cluster = raw.starts_with('-')
        && !raw.starts_with("--")
        && raw[1..].chars().all(|char| char.is_ascii_alphabetic());
    (is_cluster && raw.contains(letter))
        .then(|| raw.chars().filter(|char| *char != letter).collect())
}

/// Removes what the flag on all installs of a RUN makes needless: the update before them, and the
/// removal of an index that is no longer there.
pub(super) fn propose_needless(input: &Input<'_>, run: &Run, proposals: &mut Proposals) {
    if run.deferred || run.script().is_none() {
        return;
    }
    let managers = run.operations.iter().map(|operation| operation.manager);
    let Some(manager) = managers.into_iter().find(|manager| {
        manager
            .no_cache
            .as_ref()
            .is_some_and(|it| it.replaces_update)
    }) else {
        return;
    };
    let no_cache = manager.no_cache.as_ref().expect("found by it");
    let leftover = &manager.leftovers[0];
    if run.is_mounted(leftover.folder) {
        return;
    }
    let operations: Vec<&Operation> = run.operations_of(manager).collect();
    let needs_index = |operation: &&&Operation| match operation.verb {
        Verb::Install | Verb::Upgrade => !operation.keeps_cache_out(run.command(operation)),
        Verb::Fetch | Verb::Query | Verb::Unknown => true,
        Verb::Update | Verb::Remove | Verb::Clean | Verb::Other => false,
    };
    if operations.iter().any(|operation| needs_index(&operation)) {
        return;
    }
    let updates: Vec<&&Operation> = operations
        .iter()
        .filter(|it| it.verb == Verb::Update)
        .collect();
    let installs = operations
        .iter()
        .any(|it| matches!(it.verb, Verb::Install | Verb::Upgrade));
    if let Some(update) = updates.first() {
        let command = run.command(update);
        if let Some(later) = leftovers::later_use(input.model, input.surroundings, run, manager) {
            return proposals.decline(command.range, &INDEX_NEEDED, later.name);
        }
        return propose_without_update(input, run, command, no_cache, installs, proposals);
    }
    if installs {
        propose_without_cleanup(input, run, leftover, no_cache, proposals);
    }
}

/// Drops what asks for a fresh index beside the flag, which fetches one in any case.
pub(super) fn propose_without_options(input: &Input<'_>, run: &Run, proposals: &mut Proposals) {
    for operation in &run.operations {
        let command = run.command(operation);
        let Some(no_cache) = &operation.manager.no_cache else {
            continue;
        };
        if !no_cache.replaces_update || !operation.has_option(command, &[no_cache.flag]) {
            continue;
        }
        let mut words = WordEdits::new(command);
        let mut dropped: Vec<String> = Vec::new();
        for &option in &operation.options {
            let raw = command.words[option].raw.as_str();
            let name = match without_letter(raw, no_cache.replaces_letter) {
                Some(rest) if rest != "-" => {
                    words.replace(option, &rest);
                    no_cache
                        .replaces_letter
                        .map(|letter| format!("`-{letter}`"))
                }
                None if !no_cache.replaces.contains(&raw) => None,
                _ => {
                    words.remove(option);
                    Some(format!("`{raw}`"))
                }
            };
            dropped.extend(name.filter(|name| !dropped.contains(name)));
        }
        if dropped.is_empty() {
            continue;
        }
        let (edits, effect) = words.finish(input.model);
        proposals.rewrite(Rewrite {
            anchor: command.range,
            edits: Edits::new(edits).expect("edits of different words do not overlap"),
            applicability: Applicability::Safe,
            title: format!("drop the needless {}", dropped.join(", ")),
            because: format!("`{}` fetches the index in any case", no_cache.flag),
            effects: vec![effect],
        });
    }
}

fn propose_without_update(
    input: &Input<'_>,
    run: &Run,
    command: &CommandFact,
    no_cache: &NoCache,
    installs: bool,
    proposals: &mut Proposals,
) {
    let model = input.model;
    let (edit, effect) = if let Some(range) = removal(model, run, command) {
        (
            Edit::remove(range),
            Effect::CommandRemoved {
                command: command.range,
            },
        )
    } else if run.commands.len() == 1 && !installs && !has_comments(input, run) {
        (
            Edit::remove(Block::of(model, run.item, false).whole()),
            Effect::RunRemoved { run: run.range },
        )
    } else {
        return;
    };
    proposals.rewrite(Rewrite {
        anchor: command.range,
        edits: Edits::new(vec![edit]).expect("one edit does not overlap"),
        applicability: Applicability::Safe,
        title: "drop the needless update".to_owned(),
        because: format!(
            "`{}` fetches the index for each install by itself",
            no_cache.flag
        ),
        effects: vec![effect],
    });
}

/// Whether a comment stands directly above the RUN, or in it.
fn has_comments(input: &Input<'_>, run: &Run) -> bool {
    let above = run.item > 0
        && matches!(
            input.model.file.items[run.item - 1].kind,
            imgfix_syntax::ItemKind::Comment
        );
    above
        || input
            .model
            .instruction(run.item)
            .is_some_and(|it| !it.comments.is_empty())
}

fn propose_without_cleanup(
    input: &Input<'_>,
    run: &Run,
    leftover: &Leftover,
    no_cache: &NoCache,
    proposals: &mut Proposals,
) {
    let model = input.model;
    let Some(command) = run
        .commands
        .iter()
        .find(|command| command.name() == Some("rm") && leftovers::removes(command, leftover))
    else {
        return;
    };
    // Only what names the index itself is needless; `/var/cache` may hold more.
    let names_index = |raw: &str| {
        leftovers::is_target(raw, leftover)
            && raw.trim_matches(['"', '\'']).starts_with(leftover.folder)
    };
    let targets: Vec<usize> = (1..command.words.len())
        .filter(|&at| !command.words[at].raw.starts_with('-'))
        .collect();
    let (needless, others): (Vec<usize>, Vec<usize>) = targets
        .into_iter()
        .partition(|&at| names_index(&command.words[at].raw));
    if needless.is_empty() {
        return;
    }
    let (edits, effect) = if others.is_empty() {
        let Some(range) = removal(model, run, command) else {
            return;
        };
        (
            vec![Edit::remove(range)],
            Effect::CommandRemoved {
                command: command.range,
            },
        )
    } else {
        let instruction = model
            .instruction(run.item)
            .expect("a RUN is an instruction");
        if instruction
            .comments
            .iter()
            .any(|comment| comment.overlaps(command.range))
        {
            return;
        }
        let mut words = WordEdits::new(command);
        for &at in &needless {
            words.remove(at);
        }
        words.finish(model)
    };
    let Ok(edits) = Edits::new(edits) else { return };
    proposals.rewrite(Rewrite {
        anchor: command.range,
        edits,
        applicability: Applicability::Safe,
        title: format!("drop the needless removal of the {}", leftover.what),
        because: format!("with `{}` nothing is left there", no_cache.flag),
        effects: vec![effect],
    });
}

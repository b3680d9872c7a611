//! What package managers leave in a layer, who removes it, and who needs it later.

mod later;
mod removals;
mod scripts;
mod strings;

pub use later::{
    LaterUse, User, is_used_by, later_use, later_use_beside_mounts, unknown_start_script,
};
pub use scripts::runs_input;
pub use strings::runs_no_argument;

use super::Model;
use super::command::CommandFact;
use super::images::{self, Family};
use super::packages::{Leftover, MANAGERS, Manager, NoCache, Operation, Verb, Where};
use super::run::{Run, is_within};
use super::stage::Stage;
use super::state::{State, is_short_option};
use crate::context::Surroundings;

/// The folder of a leftover for the user at `state`, as a shell of that user reads it; `None` where it is
/// not known.
pub fn folder(leftover: &Leftover, stage: &Stage, state: &State) -> Option<String> {
    resolve(leftover.folder, leftover.places, stage, state)
}

/// The folder that a table names, for the user at `state`; `None` where it is not known.
pub fn resolve(
    folder: &str,
    places: &[(Where, &str)],
    stage: &Stage,
    state: &State,
) -> Option<String> {
    let family = stage.facts.as_ref().map(|facts| facts.family);
    let dnf = dnf_of(stage);
    for (place, path) in places {
        match place {
            Where::Below(name) if state.sets(name) => {
                let value = state.lookup(name);
                let value = value.known()?.trim_end_matches('/');
                let is_one_path = value.starts_with('/') && !value.contains([':', ' ', '$']);
                return is_one_path.then(|| format!("{value}/{path}"));
            }
            Where::Debian if family == Some(Family::Debian) => return Some((*path).to_owned()),
            Where::Alpine if family == Some(Family::Alpine) => return Some((*path).to_owned()),
            Where::Dnf4 if dnf == Some(4) => return Some((*path).to_owned()),
            Where::Dnf5 if dnf == Some(5) => return Some((*path).to_owned()),
            // What the base image sets decides, and that is not known.
            Where::Below(_) if state.env_is_open => return None,
            Where::Below(_) | Where::Debian | Where::Alpine | Where::Dnf4 | Where::Dnf5 => {}
        }
    }
    let is_in_roots_home = state.is_root() == Some(true) && !state.sets("HOME");
    match folder.strip_prefix("~/") {
        Some(below_home) if is_in_roots_home => Some(format!("/root/{below_home}")),
        _ => Some(folder.to_owned()).filter(|folder| !folder.is_empty()),
    }
}

fn dnf_of(stage: &Stage) -> Option<u32> {
    let facts = stage.facts.as_ref()?;
    images::dnf_of(facts.release?)
}

/// The folder that the version of a stage's dnf decides, where that is known.
fn folder_by_dnf(leftover: &Leftover, stage: &Stage) -> Option<&'static str> {
    let dnf = dnf_of(stage)?;
    let by_dnf = leftover.places.iter().find(|(place, _)| match place {
        Where::Dnf4 => dnf == 4,
        Where::Dnf5 => dnf == 5,
        Where::Below(_) | Where::Debian | Where::Alpine => false,
    });
    by_dnf.map(|(_, folder)| *folder)
}

/// The folders where a leftover may lie in a stage.
pub fn folders_in(leftover: &Leftover, stage: &Stage) -> Vec<&'static str> {
    match folder_by_dnf(leftover, stage) {
        Some(folder) => vec![folder],
        None => leftover.folders().collect(),
    }
}

/// Whether a mount holds a leftover or a part of it, or may hold it: what removes the one would empty the
/// other, or fail on it.
pub fn is_mounted(
    run: &Run,
    manager: &Manager,
    leftover: &Leftover,
    stage: &Stage,
    state: &State,
) -> bool {
    if run.mounts.is_empty() {
        return false;
    }
    let is_moved = leftover
        .moved_by
        .iter()
        .any(|name| state.sets(name) || assigns(run, name));
    let of_cleanup = leftover.cleanup.iter().copied().map(str::to_owned);
    let paths: Vec<String> = of_cleanup
        .chain(folder(leftover, stage, state))
        .chain(leftover.folders().map(str::to_owned))
        .filter(|path| path.starts_with(['~', '/']))
        .map(|path| path.trim_end_matches("/*").replacen('~', "/root", 1))
        .collect();
    // A part of a home that is not root's, and the names that the family gives its folders.
    let is_named = |target: &str| {
        let homes = leftover.folders().chain(leftover.parents.iter().copied());
        let mut below = homes.filter_map(|folder| folder.strip_prefix('~'));
        let family = MANAGERS.iter().filter(|it| it.family == manager.family);
        let mut names = family.flat_map(|it| it.programs.iter().chain([&it.id]));
        let last = target.rsplit('/').next().unwrap_or(target);
        below.any(|folder| target.ends_with(folder))
            || (leftover.folder.starts_with('~') && last == manager.id)
            || (leftover.is_found_by_program()
                && names.any(|name| target.to_lowercase().contains(name)))
    };
    run.mounts.iter().any(|mount| {
        let Some(target) = mount.target.as_deref() else {
            return true;
        };
        let target = target.trim_end_matches('/');
        let touches = paths
            .iter()
            .any(|path| is_within(path, target) || is_within(target, path));
        let is_cache = matches!(mount.kind.as_str(), "cache" | "tmpfs");
        touches || (is_cache && (is_moved || is_named(target)))
    })
}

/// Whether a command of the RUN assigns or exports a variable.
pub fn assigns(run: &Run, name: &str) -> bool {
    run.commands.iter().any(|command| {
        let own = command.assignments.iter();
        own.into_iter().any(|assignment| assignment.name == name)
            || command.words.iter().any(|word| {
                word.raw
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('='))
            })
    })
}

/// Whether an operation leaves it behind: by its verb, and with no flag that keeps it out.
pub fn fills(operation: &Operation, command: &CommandFact, leftover: &Leftover) -> bool {
    let is_dry = operation.has_option(command, operation.manager.dry_options);
    let Some(no_cache) = &operation.manager.no_cache else {
        return leftover.filled_by.contains(&operation.verb) && !is_dry;
    };
    let fetches = leftover.is_index()
        && matches!(operation.verb, Verb::Install | Verb::Upgrade)
        && fetches_itself(operation, command, no_cache);
    (leftover.filled_by.contains(&operation.verb) || fetches)
        && !operation.keeps_cache_out(command)
        && !is_dry
}

/// Whether a command behind `operation` in the same RUN removes the leftover.
pub fn is_cleaned_after(
    run: &Run,
    stage: &Stage,
    operation: &Operation,
    leftover: &Leftover,
) -> bool {
    // What is known to lie elsewhere is missed by an `rm` of the usual folder.
    let misses = |command: &CommandFact| {
        let mut words = command.arguments().iter();
        command.name() == Some("rm")
            && folder_by_dnf(leftover, stage)
                .is_some_and(|folder| !words.any(|word| is_target_in(&word.raw, folder)))
    };
    run.commands[operation.command + 1..]
        .iter()
        .any(|command| removes(command, leftover) && !misses(command))
        || run.operations.iter().any(|other| {
            other.command > operation.command && cleans(run, other, operation.manager, leftover)
        })
}

/// `apt-get distclean`, `pip cache purge`.
pub fn cleans(run: &Run, operation: &Operation, manager: &Manager, leftover: &Leftover) -> bool {
    let command = run.command(operation);
    operation.manager.family == manager.family
        && leftover.cleaned_by.iter().any(|words| {
            let own = &command.words[operation.subcommand..];
            own.first().is_some_and(|first| first.is(words[0]))
                && words
                    .iter()
                    .all(|text| own.iter().any(|word| word.is(text)))
        })
}

/// Whether a command removes a leftover, in any of the usual spellings.
pub fn removes(command: &CommandFact, leftover: &Leftover) -> bool {
    match command.name() {
        Some("rm") => command
            .arguments()
            .iter()
            .any(|word| is_target(&word.raw, leftover)),
        Some("find") => {
            let starts = command
                .arguments()
                .iter()
                .take_while(|word| !word.raw.starts_with('-'));
            let covers = starts.into_iter().any(|word| {
                let start = word.raw.trim_end_matches('/');
                leftover
                    .folders()
                    .any(|folder| is_within(folder, start) || is_within(start, folder))
            });
            covers
                && command
                    .arguments()
                    .iter()
                    .any(|word| matches!(word.raw.as_str(), "-delete" | "-exec"))
        }
        _ => false,
    }
}

/// Whether a word of an `rm` names the leftover's folder, what is in it, or a folder above it.
pub fn is_target(raw: &str, leftover: &Leftover) -> bool {
    let named = leftover.folders().chain(leftover.parents.iter().copied());
    named.into_iter().any(|folder| is_target_in(raw, folder))
        || leftover.places.iter().any(|(place, path)| {
            // `"$GEM_HOME/cache"`, `/usr/local/bundle/cache`: what is set is not known here.
            matches!(place, Where::Below(_))
                && raw
                    .trim_matches(['"', '\''])
                    .trim_end_matches("/*")
                    .trim_end_matches("/*.gem")
                    .trim_end_matches('/')
                    .replace('"', "")
                    .ends_with(&format!("/{path}"))
        })
}

fn is_target_in(raw: &str, folder: &str) -> bool {
    let text: String = raw
        .chars()
        .filter(|char| !matches!(char, '"' | '\''))
        .collect();
    let text = text
        .replacen("${HOME}", "~", 1)
        .replacen("$HOME", "~", 1)
        .replacen("/root/", "~/", 1);
    let text = if text == "/root" {
        "~".to_owned()
    } else {
        text
    };
    let folder = folder.replacen("/root/", "~/", 1);
    let text = text.trim_end_matches('/');
    let inside = text
        .strip_suffix("/*")
        .or_else(|| text.strip_suffix("/**"))
        .or_else(|| text.strip_suffix("/*_*"))
        .unwrap_or(text);
    if is_within(&folder, inside) && inside.len() > 1 {
        return true;
    }
    // `/var/lib/{apt,dpkg,cache,log}/`
    if let Some((before, rest)) = inside.split_once('{')
        && let Some((names, after)) = rest.split_once('}')
    {
        return names
            .split(',')
            .any(|name| is_target_in(&format!("{before}{name}{after}"), &folder));
    }
    // `/var/lib/apt/lists*`
    inside
        .strip_suffix('*')
        .is_some_and(|start| start.len() > 1 && folder.starts_with(start))
}

/// Whether an option makes an operation fetch the index first (`apk add -U`).
pub fn fetches_itself(operation: &Operation, command: &CommandFact, no_cache: &NoCache) -> bool {
    operation.has_option(command, no_cache.replaces)
        || no_cache.replaces_letter.is_some_and(|letter| {
            operation
                .option_texts(command)
                .any(|option| is_short_option(option, letter))
        })
}

/// Where a stage's cache is copied from on purpose: a `COPY --from` of the cache folder itself.
pub fn copied_elsewhere(model: &Model, stage: usize, leftover: &Leftover) -> Option<String> {
    model
        .descendants(stage)
        .iter()
        .flat_map(|&stage| &model.stages[stage].uses)
        .find_map(|used| {
            let super::stage::UseKind::Copy(Some(sources)) = &used.kind else {
                return None;
            };
            let source = sources.iter().find(|source| {
                let source = source.replacen("/root/", "~/", 1);
                leftover.folders().any(|folder| is_within(&source, folder))
                    || leftover.parents.contains(&source.trim_end_matches('/'))
            })?;
            Some(format!("`COPY --from` takes `{source}`"))
        })
}

/// A configuration file, written by the RUN or before it, that may decide about a manager's cache.
pub fn configured(model: &Model, run: &Run, manager: &'static Manager) -> Option<String> {
    let text = model.configuration_of(manager, run.item)?;
    Some(format!("`{text}`"))
}

/// A later command, of the stage or of one made from it, that works from the leftover without network; or a
/// script of the build context that does.
pub fn used_offline(
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    manager: &Manager,
    leftover: &Leftover,
) -> bool {
    let says = |text: &str| {
        let options = leftover.offline.iter();
        options.into_iter().any(|option| text.contains(option))
            && manager
                .programs
                .iter()
                .any(|program| text.contains(program))
    };
    let mut texts = surroundings.context.files.values().flatten();
    if texts.any(|text| says(text)) {
        return true;
    }
    let stages = model.descendants(run.stage);
    let without_network = |later: &Run| later.flags.iter().any(|flag| flag == "--network=none");
    !leftover.offline.is_empty()
        && model
            .runs_after(run.item)
            .iter()
            .filter(|later| stages.contains(&later.stage))
            .any(|later| {
                later.operations_of(manager).any(|it| {
                    without_network(later) || it.has_option(later.command(it), leftover.offline)
                })
            })
}

/// A program that reads what a manager keeps, and runs in a later command of the stage or of one made from
/// it.
pub fn used_by_later<'m>(model: &'m Model, run: &Run, manager: &Manager) -> Option<&'m str> {
    let stages = model.descendants(run.stage);
    let later = model.runs_after(run.item).iter();
    let commands = later
        .filter(|later| stages.contains(&later.stage))
        .flat_map(|later| &later.commands);
    commands
        .filter_map(CommandFact::name)
        .find(|name| manager.used_by.contains(name))
}

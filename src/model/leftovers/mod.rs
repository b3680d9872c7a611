//! What package managers leave in a layer, who removes it, and who needs it later.

mod later;
mod scripts;

pub use later::{LaterUse, User, later_use, later_use_beside_commands, unknown_start_script};

use super::Model;
use super::command::CommandFact;
use super::images::Family;
use super::packages::{Leftover, Manager, NoCache, Operation, Verb, Where};
use super::run::{Run, is_within};
use super::stage::Stage;
use super::state::{State, is_short_option};

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
            // What the base image sets decides, and that is not known.
            Where::Below(_) if state.env_is_open => return None,
            Where::Below(_) | Where::Debian | Where::Alpine => {}
        }
    }
    let is_in_roots_home = state.is_root() == Some(true) && !state.sets("HOME");
    match folder.strip_prefix("~/") {
        Some(below_home) if is_in_roots_home => Some(format!("/root/{below_home}")),
        _ => Some(folder.to_owned()).filter(|folder| !folder.is_empty()),
    }
}

/// Whether a cache or tmpfs mount holds a leftover, or may hold it.
pub fn is_mounted(run: &Run, manager: &Manager, leftover: &Leftover, state: &State) -> bool {
    let is_moved = leftover.moved_by.iter().any(|name| state.sets(name));
    let is_named = |target: &str| {
        leftover.folders().any(|folder| {
            // The home of another user, and a part of the cache.
            let below_home = folder.strip_prefix("~/").unwrap_or(folder);
            target.ends_with(below_home)
                || leftover
                    .parents
                    .iter()
                    .any(|parent| target.ends_with(parent.trim_start_matches('~')))
                || is_within(target, &folder.replacen('~', "/root", 1))
        }) || (leftover.folder.starts_with('~') && target.rsplit('/').next() == Some(manager.id))
    };
    leftover
        .folders()
        .any(|folder| run.is_mounted(&folder.replacen('~', "/root", 1)))
        || run.mounts.iter().any(|mount| {
            mount.kind == "cache"
                && mount
                    .target
                    .as_deref()
                    .is_none_or(|target| is_moved || is_named(target.trim_end_matches('/')))
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
pub fn is_cleaned_after(run: &Run, operation: &Operation, leftover: &Leftover) -> bool {
    run.commands[operation.command + 1..]
        .iter()
        .any(|command| removes(command, leftover))
        || run.operations.iter().any(|other| {
            other.command > operation.command && cleans(run, other, operation.manager, leftover)
        })
}

/// `apt-get distclean`, `pip cache purge`.
fn cleans(run: &Run, operation: &Operation, manager: &Manager, leftover: &Leftover) -> bool {
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
    leftover.folders().any(|folder| is_target_in(raw, folder))
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

fn fetches_itself(operation: &Operation, command: &CommandFact, no_cache: &NoCache) -> bool {
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

/// A later command, of the stage or of one made from it, that works from the leftover without network.
pub fn used_offline(model: &Model, run: &Run, manager: &Manager, leftover: &Leftover) -> bool {
    let stages = model.descendants(run.stage);
    !leftover.offline.is_empty()
        && model
            .runs_after(run.item)
            .iter()
            .filter(|later| stages.contains(&later.stage))
            .any(|later| {
                later
                    .operations_of(manager)
                    .any(|it| it.has_option(later.command(it), leftover.offline))
            })
}

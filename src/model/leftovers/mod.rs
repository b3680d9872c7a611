//! What package managers leave in a layer, who removes it, and who needs it later.

mod later;
mod scripts;

pub use later::{LaterUse, User, later_use};

use super::Model;
use super::command::CommandFact;
use super::packages::{Leftover, Manager, NoCache, Operation, Verb};
use super::run::{Run, is_within};
use super::state::{State, is_short_option};

/// The folder of a leftover for the user at `state`; `None` where it is not known.
pub fn folder(leftover: &Leftover, state: &State) -> Option<String> {
    if leftover.moved_by.iter().any(|name| state.sets(name)) {
        return None;
    }
    let Some(below_home) = leftover.folder.strip_prefix("~/") else {
        return Some(leftover.folder.to_owned());
    };
    if state.sets("HOME") || state.is_root() != Some(true) {
        return None;
    }
    Some(format!("/root/{below_home}"))
}

/// Whether an operation leaves it behind: by its verb, and with no flag that keeps it out.
pub fn fills(operation: &Operation, command: &CommandFact, leftover: &Leftover) -> bool {
    let is_dry = operation.has_option(command, &["-s", "--simulate", "--dry-run", "--help", "-h"]);
    let Some(no_cache) = &operation.manager.no_cache else {
        return leftover.filled_by.contains(&operation.verb) && !is_dry;
    };
    let fetches = leftover.is_index
        && operation.verb == Verb::Install
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
    operation.manager.id == manager.id
        && leftover.cleaned_by.iter().any(|words| {
            let rest = command.words[operation.subcommand..].iter();
            rest.zip(words.iter())
                .filter(|(word, text)| word.is(text))
                .count()
                == words.len()
        })
}

/// Whether a command removes a leftover, in any of the usual spellings.
pub fn removes(command: &CommandFact, leftover: &Leftover) -> bool {
    let folder = leftover.folder;
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
                is_within(folder, word.raw.trim_end_matches('/'))
                    || is_within(word.raw.trim_end_matches('/'), folder)
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
    let folder = leftover.folder.replacen("/root/", "~/", 1);
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
            .any(|name| is_target(&format!("{before}{name}{after}"), leftover));
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
                is_within(&source, leftover.folder)
                    || leftover.parents.contains(&source.trim_end_matches('/'))
            })?;
            Some(format!("`COPY --from` takes `{source}`"))
        })
}

/// A configuration file, written by the RUN or before it, that may decide about a manager's cache.
pub fn configured(model: &Model, run: &Run, manager: &Manager) -> Option<String> {
    let names: &[&str] = match manager.id {
        "pip" => &[
            "pip.conf",
            "no-cache-dir",
            "no_cache_dir",
            "PIP_CONFIG_FILE",
            "/etc/pip",
        ],
        "apk" => &["/etc/apk/cache"],
        _ => return None,
    };
    let stage = &model.stages[run.stage];
    let texts =
        (stage.item..=run.item).filter_map(|item| Some(model.instruction(item)?.body.as_str()));
    let mut hits = texts.flat_map(|text| {
        let is_flag = text.contains("--no-cache-dir");
        names
            .iter()
            .filter(move |name| !is_flag && text.contains(**name))
    });
    hits.next().map(|name| format!("`{name}`"))
}

//! Removals and marks of packages: apt fails on a name that it does not know, and without lists it knows only
//! what is installed.

use std::collections::BTreeSet;

use crate::model::Model;
use crate::model::command::{CommandFact, CommandWord};
use crate::model::packages::{Manager, Verb};
use crate::model::run::Run;

/// Whether a command removes or marks a package that may be known from the index alone: one that nothing
/// installed by this name before.
pub(super) fn may_name_unknown(model: &Model, run: &Run, at: usize, manager: &Manager) -> bool {
    let Some(named) = named(run, at, manager) else {
        return false;
    };
    if run.commands[at].takes_more_arguments {
        return true;
    }
    if named.is_empty() {
        return false;
    }
    let installed = installed_before(model, run, at, manager);
    !named
        .into_iter()
        .all(|word| literal(word).is_some_and(|name| installed.contains(name)))
}

/// The packages that a command removes or marks, where the manager has to know them; `None` where it does
/// neither.
fn named<'r>(run: &'r Run, at: usize, manager: &Manager) -> Option<Vec<&'r CommandWord>> {
    let command = &run.commands[at];
    if !manager.removes_known_only {
        return None;
    }
    if let Some(operation) = run.operations.iter().find(|it| it.command == at) {
        let is_removal = operation.manager.id == manager.id && operation.verb == Verb::Remove;
        let operands = operation.operands.iter();
        return is_removal.then(|| operands.map(|&word| &command.words[word]).collect());
    }
    let is_mark = command
        .name()
        .is_some_and(|name| manager.markers.contains(&name));
    let words = command.arguments().iter();
    let words = words.filter(|word| !word.raw.starts_with('-'));
    // The first is the sub-command.
    is_mark.then(|| words.skip(1).collect())
}

/// The packages that were installed by name, whatever happens, and that no later command may have taken away.
fn installed_before<'m>(
    model: &'m Model,
    run: &Run,
    until: usize,
    manager: &Manager,
) -> BTreeSet<&'m str> {
    let mut lineage: Vec<usize> = model.sure_lineage(run.stage).collect();
    lineage.reverse();
    let mut installed = BTreeSet::new();
    let earlier = lineage.into_iter().flat_map(|stage| model.runs_of(stage));
    for earlier in earlier.filter(|it| it.item <= run.item) {
        for (at, command) in earlier.commands.iter().enumerate() {
            if earlier.item == run.item && at >= until {
                break;
            }
            let operation = earlier.operations_of(manager).find(|it| it.command == at);
            let installs = operation.is_some_and(|it| {
                it.verb == Verb::Install && command.words[it.subcommand].raw.ends_with("install")
            });
            if installs && earlier.is_always_run(command) {
                let operands = operation.iter().flat_map(|it| &it.operands);
                installed.extend(operands.filter_map(|&word| literal(&command.words[word])));
            } else if may_take_away(earlier, at, manager) {
                installed.clear();
            }
        }
    }
    installed
}

/// Whether a command may remove a package, or leave it to a later one to remove what nothing needs.
fn may_take_away(run: &Run, at: usize, manager: &Manager) -> bool {
    let command: &CommandFact = &run.commands[at];
    named(run, at, manager).is_some_and(|named| !named.is_empty())
        || matches!(command.name(), None | Some("dpkg"))
        || run
            .operations
            .iter()
            .any(|it| it.command == at && it.manager.id == manager.id && it.verb == Verb::Upgrade)
}

/// A name as the archive has it: no pattern, no version, nothing that an expansion decides.
fn literal(word: &CommandWord) -> Option<&str> {
    let name = word.literal.as_deref()?;
    let name = name.split(['=']).next().unwrap_or(name);
    let is_plain = name
        .chars()
        .all(|char| char.is_ascii_alphanumeric() || "+-.:".contains(char));
    (is_plain && !name.is_empty() && !name.ends_with('-')).then_some(name)
}

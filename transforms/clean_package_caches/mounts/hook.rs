//! The image's hook that deletes what a manager downloads: it goes before the manager's first use in the first
//! RUN that has the mount, and stays gone for those after it.

use crate::model::command::CommandFact;
use crate::model::packages::{Manager, Verb};
use crate::model::run::Run;
use crate::transform::Input;

use super::super::cleanup::has_sudo;
use super::super::place;
use super::super::reasons::NO_SAFE_PLACE;
use super::obstacles::{self, ANOTHER_RUN, Obstacle};
use super::{fetches, is_mounted, mounted};

/// The command that removes the hook, and where it goes.
pub(super) struct Removal<'r> {
    /// The command that it stands before.
    pub(super) before: &'r CommandFact,
    pub(super) offset: usize,
    pub(super) words: Vec<String>,
}

/// What removes the hook; `None` where the manager has none, or it is gone already.
pub(super) fn removal<'r>(
    input: &Input<'_>,
    run: &'r Run,
    manager: &'static Manager,
) -> Result<Option<Removal<'r>>, Obstacle> {
    let Some(file) = manager.keeps.last() else {
        return Ok(None);
    };
    let model = input.model;
    let lineage = std::iter::successors(Some(run.stage), |&stage| model.parent(stage));
    let earlier: Vec<&Run> = lineage
        .flat_map(|stage| model.runs_of(stage))
        .filter(|other| other.item <= run.item)
        .collect();
    let names_hook = |other: &&Run| other.range.slice(&model.text).contains(file);
    if earlier.iter().any(names_hook) {
        return Ok(None);
    }
    // It has its turn once the hook is gone from what stands before it.
    let comes_first = |other: &&&Run| {
        other.item < run.item
            && fetches(other, manager)
            && !is_mounted(input, other, manager)
            && place(other, manager).is_some()
            && mounted(input, other, manager).is_ok()
            && obstacles::later(input, other, manager).is_ok()
    };
    if let Some(other) = earlier.iter().find(comes_first) {
        let line = model.lines.line(other.range.start());
        let detail = format!("line {line} comes first");
        return Err(Obstacle::new(run.range, &ANOTHER_RUN, detail));
    }
    let removal = place(run, manager)
        .ok_or_else(|| Obstacle::new(run.range, &NO_SAFE_PLACE, format!("`rm -f {file}`")))?;
    Ok(Some(removal))
}

fn place<'r>(run: &'r Run, manager: &'static Manager) -> Option<Removal<'r>> {
    let operation = run
        .operations_of(manager)
        .find(|it| it.verb != Verb::Clean)?;
    let (offset, before) = place::before(run, run.command(operation))?;
    let mut words: Vec<String> = manager
        .keeps
        .iter()
        .map(|word| (*word).to_owned())
        .collect();
    if has_sudo(run, operation) {
        words.insert(0, "sudo".to_owned());
    }
    Some(Removal {
        before,
        offset,
        words,
    })
}

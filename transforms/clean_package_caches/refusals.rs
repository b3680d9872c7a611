//! What stands against a clean-up.

use std::cell::RefCell;
use std::collections::HashMap;

use imgfix_syntax::TextRange;

use crate::context::Usage;
use crate::model::Model;
use crate::model::images;
use crate::model::leftovers::{self, User, assigns};
use crate::model::packages::{Leftover, Manager, Operation, Verb};
use crate::model::run::Run;
use crate::model::stage::Stage;
use crate::transform::{Input, Reason};

use super::reasons::{CHILD_INSTALL, CLEANED_LATER, LATER_INSTALL, LATER_SCRIPT, ONBUILD_INSTALL};

/// A manager of the release that is too old for the flag is too old for the cache.
pub(super) fn has_no_cache_yet(stage: &Stage, manager: &Manager) -> bool {
    let release = stage.facts.as_ref().and_then(|facts| facts.release);
    let is_index = manager.leftovers.iter().any(Leftover::is_index);
    let unknown_in = manager
        .no_cache
        .as_ref()
        .map_or(&[][..], |no_cache| no_cache.unknown_in);
    !is_index && release.is_some_and(|release| unknown_in.contains(&release))
}

/// Whether the image is of a version whose manager keeps no such files yet.
pub(super) fn is_too_old(stage: &Stage, leftover: &Leftover) -> bool {
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
pub(super) fn moved_for_one(
    run: &Run,
    operation: &Operation,
    leftover: &Leftover,
) -> Option<&'static str> {
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
pub(super) fn is_alone(run: &Run, operation: &Operation) -> bool {
    let others = run
        .operations_of(operation.manager)
        .filter(|it| !matches!(it.verb, Verb::Update | Verb::Clean));
    operation.verb == Verb::Update
        && others.count() == 0
        && run.commands.len() == run.operations.len()
}

/// For each kind of leftover of a stage, where it is only fetched and where it is removed.
#[derive(Default)]
pub(super) struct Refreshed {
    found: RefCell<HashMap<(usize, &'static str), Places>>,
}

/// RUNs of a stage by their items, in order.
#[derive(Default)]
struct Places {
    updates_alone: Vec<usize>,
    removals: Vec<usize>,
}

impl Refreshed {
    /// A later RUN of the stage that only updates, before any removes the lists: it would fetch all of them
    /// again, to keep them.
    pub(super) fn later(
        &self,
        model: &Model,
        run: &Run,
        manager: &Manager,
        leftover: &Leftover,
    ) -> Option<usize> {
        let mut found = self.found.borrow_mut();
        let places = found.entry((run.stage, leftover.what));
        let places = places.or_insert_with(|| Places::of(model, run.stage, manager, leftover));
        let next = |of: &[usize]| {
            of.get(of.partition_point(|&item| item <= run.item))
                .copied()
        };
        let update = next(&places.updates_alone)?;
        next(&places.removals)
            .is_none_or(|removal| update < removal)
            .then_some(update)
    }
}

impl Places {
    fn of(model: &Model, stage: usize, manager: &Manager, leftover: &Leftover) -> Self {
        let mut places = Self::default();
        for run in model.runs_of(stage) {
            let mut commands = run.commands.iter();
            if commands.any(|command| leftovers::removes(command, leftover)) {
                places.removals.push(run.item);
            } else if run.operations_of(manager).any(|it| is_alone(run, it)) {
                places.updates_alone.push(run.item);
            }
        }
        places
    }
}

/// A flag in the environment keeps the cache out.
pub(super) fn is_kept_out_by_variable(
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
pub(super) fn wanted(
    model: &Model,
    run: &Run,
    operation: &Operation,
    leftover: &Leftover,
) -> Option<String> {
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
pub(super) fn is_in_earlier_layer(model: &Model, run: &Run, manager: &Manager) -> bool {
    // What `go get` and `go install` fetch are the modules of the same project.
    let verbs: &[Verb] = if manager.id == "go" {
        &[Verb::Fetch, Verb::Install]
    } else {
        &[Verb::Fetch]
    };
    let mut lineage = std::iter::successors(Some(run.stage), |&stage| model.parent(stage));
    lineage.any(|stage| {
        model
            .runs_of(stage)
            .any(|earlier| earlier.item < run.item && earlier.does(manager, verbs))
    })
}

/// What reads a manager's files after the RUN, or may do so.
pub(super) fn used_later(
    input: &Input<'_>,
    run: &Run,
    operation: &Operation,
) -> Option<(TextRange, String)> {
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
    read_at_start(input, run, manager).map(|detail| (run.range, detail))
}

/// What starts in the container and reads a manager's files there, or may do so.
pub(super) fn read_at_start(input: &Input<'_>, run: &Run, manager: &Manager) -> Option<String> {
    let model = input.model;
    let stages = model.descendants(run.stage);
    let starts = stages.iter().all(|&stage| {
        model.stages[stage].has_start_command || !model.stages[stage].uses.is_empty()
    });
    let script = stages
        .iter()
        .find_map(|&stage| leftovers::unknown_start_script(model, input.surroundings, stage));
    if let Some(script) = script {
        return Some(format!("`{script}`, whose text is not known"));
    }
    if !starts {
        return Some("no start command says what runs in the image".to_owned());
    }
    started_elsewhere(input, manager).or_else(|| run_by_source(input, manager))
}

/// A command of the repository that is run in the container and names the manager.
fn started_elsewhere(input: &Input<'_>, manager: &Manager) -> Option<String> {
    let mut usages = input.surroundings.usages.iter();
    usages.find_map(|usage| {
        let (Usage::Command {
            origin, command, ..
        }
        | Usage::Elsewhere {
            origin, command, ..
        }) = usage
        else {
            return None;
        };
        let marks = |char: char| char.is_whitespace() || "\"'&;|()".contains(char);
        let mut words = command.split(marks);
        let name = words.find(|word| manager.programs.contains(word))?;
        Some(format!("`{name}`, {origin}"))
    })
}

/// A source of the build context that starts the manager.
fn run_by_source(input: &Input<'_>, manager: &Manager) -> Option<String> {
    const STARTS: &[&str] = &[
        "Command::new(",
        "ProcessBuilder(",
        "child_process",
        "exec.Command",
        "os.system(",
        "subprocess",
    ];
    let names = manager.programs.iter().flat_map(|name| {
        [
            format!("\"{name}\""),
            format!("'{name}'"),
            format!("\"{name} "),
        ]
    });
    let names: Vec<String> = names.collect();
    let mut texts = input.surroundings.context.texts().filter(|(_, text)| {
        STARTS.iter().any(|call| text.contains(call))
            && names.iter().any(|name| text.contains(name.as_str()))
    });
    let (path, _) = texts.next()?;
    Some(format!("`{path}` may run it"))
}

/// The reason for which an index has to stay.
pub(super) fn needed_later(
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

//! Where in a RUN a clean-up can stand without changing what a failure means.

use imgfix_syntax::TextRange;
use imgfix_syntax::shell::{CommandKind, Enclosure, Operator, Script, Terminator};

use crate::model::command::{CommandFact, Failure};
use crate::model::leftovers;
use crate::model::packages::{Leftover, Needed, Operation, Verb};
use crate::model::run::{Run, RunForm};
use crate::transform::{Input, Joiner};

/// Where a clean-up goes.
pub(super) struct Place {
    /// The offset in the file.
    pub(super) offset: usize,
    /// The command that it stands behind.
    pub(super) after: TextRange,
    pub(super) joiner: Joiner,
}

/// The last link of the RUN, or else the place behind the operation. A manager that cleans up by itself
/// does so directly behind it: what follows may remove the manager.
pub(super) fn find(
    input: &Input<'_>,
    run: &Run,
    operation: &Operation,
    leftover: &Leftover,
) -> Option<Place> {
    let behind_last_use = || behind_last_use(input, run, operation, leftover);
    let place = if leftover.is_found_by_program() && !operation.manager.is_system {
        behind_last_use().or_else(|| at_the_end(run).filter(|_| keeps_manager(run, operation)))
    } else if leftover.is_found_by_program() {
        at_the_end(run)
            .filter(|_| !names_program(run, operation))
            .or_else(behind_last_use)
    } else {
        at_the_end(run).or_else(behind_last_use)
    };
    place.filter(|place| {
        // Behind a heredoc's opener there is no room.
        run.form != RunForm::HeredocInput && place.offset <= input.model.text.len()
    })
}

/// Whether a command behind an operation names its program, as one that removes it does.
fn names_program(run: &Run, operation: &Operation) -> bool {
    let command = run.command(operation);
    let Some(program) = command.program.map(|at| &command.words[at].raw) else {
        return true;
    };
    run.commands[operation.command + 1..]
        .iter()
        .any(|later| later.arguments().iter().any(|word| word.raw == *program))
}

/// Whether nothing behind an operation removes, moves or hides its manager.
fn keeps_manager(run: &Run, operation: &Operation) -> bool {
    let removes = |at: usize| {
        run.operations
            .iter()
            .any(|other| other.command == at && other.verb == Verb::Remove)
    };
    (operation.command + 1..run.commands.len()).all(|at| {
        let moves = matches!(
            run.commands[at].name(),
            None | Some("rm" | "mv" | "find" | "export" | "unset" | "deactivate" | "hash")
        );
        !moves && !removes(at)
    })
}

/// Behind the last command of the script, where its status is that of an AND-list.
fn at_the_end(run: &Run) -> Option<Place> {
    let script = run.script()?;
    // A backslash at the very end would take the blank behind it into its word.
    if script.text().trim_end().ends_with('\\') {
        return None;
    }
    let item = script.list.items.last()?;
    // `…; true` is there for its status: nothing is said behind it.
    let is_status = run
        .commands
        .iter()
        .rev()
        .find(|command| command.is_top_level)
        .is_some_and(|command| matches!(command.name(), Some("true" | ":")));
    if is_status && script.list.items.len() > 1 && item.and_or.rest.is_empty() {
        return None;
    }
    let is_one_list = item
        .and_or
        .rest
        .iter()
        .all(|link| link.operator == Operator::And);
    if !is_one_list || has_background(script) || script.list.has_comment {
        return None;
    }
    let last = item.and_or.pipelines().next_back()?;
    let range = script.source_range(last.range);
    let command = run.commands.iter().rev().find(|command| {
        range.contains_range(command.range) && !command.is_in(Enclosure::Substitution)
    })?;
    let is_simple =
        command.is_top_level && command.enclosures.is_empty() && last.commands.len() == 1;
    let ends = run
        .commands
        .iter()
        .any(|command| matches!(command.changes_shell(), Some("exec" | "exit" | "return")));
    if !is_simple || ends || !stays_root(run) {
        return None;
    }
    // Behind `a && b`, a `;` would go on where `a` fails: `set -e` looks at the last of a list only.
    let is_single = item.and_or.rest.is_empty();
    let joiner = if script.list.items.len() > 1 && run.exits_on_error() && is_single {
        Joiner::Sequence
    } else {
        Joiner::And
    };
    Some(Place {
        offset: range.end(),
        after: command.range,
        joiner,
    })
}

/// Whether something may still run when the next command does.
fn has_background(script: &Script) -> bool {
    let mut items = script.list.items.iter();
    items.any(|item| matches!(item.terminator, Terminator::Background(_)))
}

/// No `su` or `cd` into another root takes away the right to remove.
fn stays_root(run: &Run) -> bool {
    !run.commands
        .iter()
        .any(|command| matches!(command.name(), Some("chroot" | "su")))
}

/// Behind the last command of the manager, where the rest of its list goes on only after its success.
fn behind_last_use(
    input: &Input<'_>,
    run: &Run,
    operation: &Operation,
    leftover: &Leftover,
) -> Option<Place> {
    let manager = operation.manager;
    let last = run
        .operations_of(manager)
        .filter(|it| it.verb != Verb::Clean)
        .last()?;
    let command = run.command(last);
    // Behind it, nothing may need what goes: an `apt-mark hold x` or a script would.
    let behind_it = last.command + 1..run.commands.len();
    let is_used = if leftover.needed == Needed::Never {
        let mut names = run.commands[behind_it].iter().filter_map(CommandFact::name);
        names.any(|name| manager.used_by.contains(&name))
    } else {
        leftovers::is_used_by(input.model, input.surroundings, run, behind_it, manager)
    };
    if is_used || command.item < run.command(operation).item {
        return None;
    }
    behind(run, command)
}

/// Directly behind a command of the top list, where it runs only after the command's success.
pub(super) fn behind(run: &Run, command: &CommandFact) -> Option<Place> {
    let script = run.script()?;
    let item = script.list.items.get(command.item)?;
    let in_and_list = item
        .and_or
        .rest
        .iter()
        .all(|link| link.operator == Operator::And);
    let is_plain =
        command.is_top_level && command.enclosures.is_empty() && !command.has_redirections;
    // Under `set -e` its failure ends the script; before an `&&` it would not.
    let is_last_item = command.item + 1 == script.list.items.len();
    let ends_script = item.and_or.rest.len() == command.pipeline
        && script.list.items.len() > 1
        && command.failure == Failure::Fatal
        && (!is_last_item || (run.exits_on_error() && item.and_or.rest.is_empty()));
    let in_background = has_background(script);
    (in_and_list
        && is_plain
        && !in_background
        && !script.list.has_comment
        && run.form != RunForm::HeredocInput)
        .then_some(Place {
            offset: command.range.end(),
            after: command.range,
            joiner: if ends_script {
                Joiner::Sequence
            } else {
                Joiner::And
            },
        })
}

/// Where something can stand that has to be done before a command: directly before it where it is a link of
/// an AND-list, else before its whole list, so that no pipe, `!` or `||` takes it in. The offset, and the
/// command that is there now.
pub(super) fn before<'r>(
    run: &'r Run,
    command: &'r CommandFact,
) -> Option<(usize, &'r CommandFact)> {
    let script = run.script()?;
    let and_or = &script.list.items.get(command.item)?.and_or;
    let is_link = command.enclosures.is_empty() && run.is_always_run(command);
    let pipeline = if is_link {
        and_or.pipelines().nth(command.pipeline)?
    } else {
        &and_or.first
    };
    let first = pipeline.commands.first()?;
    let CommandKind::Simple(simple) = &first.kind else {
        return None;
    };
    let range = script.source_range(simple.range);
    let there = run
        .commands
        .iter()
        .find(|command| command.range == range)
        .filter(|_| !pipeline.negated)?;
    Some((script.source_range(pipeline.range).start(), there))
}

//! Package managers that run where no clean-up can be placed: in what is not read, in no shell, in a script
//! for another shell.

use crate::model::Model;
use crate::model::command::CommandFact;
use crate::model::leftovers::{runs_input, runs_no_argument};
use crate::model::packages::{Manager, Verb};
use crate::model::run::{Run, RunScript};
use crate::transform::{Input, Proposals, Reason};

pub(super) const NOT_UNDERSTOOD: Reason = Reason {
    id: "not-understood",
    message: "the script runs a package manager but is not understood",
};
pub(super) const EXEC_FORM: Reason = Reason {
    id: "exec-form",
    message: "an exec form has no shell in which a clean-up could follow",
};
pub(super) const NESTED: Reason = Reason {
    id: "run-by-another-program",
    message: "the package manager is run by another program, or in a script for another shell",
};

/// Says why a RUN that runs a package manager unseen is left alone.
pub(super) fn decline(input: &Input<'_>, run: &Run, proposals: &mut Proposals) {
    let model = input.model;
    if !input.options.all_stages && !model.reaches_final_image(run.stage) {
        return;
    }
    match &run.script {
        RunScript::Opaque(_) => {
            let text = run.range.slice(&model.text);
            if let Some(found) = manager_in(model.managers, [text]) {
                proposals.decline(run.range, &NOT_UNDERSTOOD, found);
            }
        }
        RunScript::Exec(words) => {
            let words = words.iter().map(String::as_str);
            if let Some(found) = manager_in(model.managers, words) {
                proposals.decline(run.range, &EXEC_FORM, found);
            }
        }
        RunScript::Shell(_) => {
            for (at, command) in run.commands.iter().enumerate() {
                let is_read = run.operations.iter().any(|it| it.command == at);
                if is_read {
                    continue;
                }
                let found = nested(model.managers, command)
                    .or_else(|| in_heredoc(model, run).filter(|_| runs_input(command)));
                if let Some(found) = found {
                    proposals.decline(command.range, &NESTED, found);
                }
            }
        }
    }
}

/// A package manager among the arguments of a command that may run it.
fn nested(managers: &[&'static Manager], command: &CommandFact) -> Option<String> {
    if command.name().is_some_and(runs_no_argument) {
        return None;
    }
    let words = command.words.iter();
    manager_in(managers, words.map(|word| word.raw.as_str()))
}

/// A package manager in a here-document of the RUN.
fn in_heredoc(model: &Model, run: &Run) -> Option<String> {
    let heredocs = model.instruction(run.item)?.heredocs.iter();
    let texts = heredocs.map(|heredoc| heredoc.body.slice(&model.text));
    manager_in(model.managers, texts)
}

/// `program sub-command`, as it stands in texts, where that fills a cache.
fn manager_in<'t>(
    managers: &[&'static Manager],
    texts: impl IntoIterator<Item = &'t str>,
) -> Option<String> {
    let is_border = |char: char| {
        char.is_whitespace() || matches!(char, '"' | '\'' | ';' | '&' | '|' | '(' | ')')
    };
    let words: Vec<&str> = texts
        .into_iter()
        .flat_map(|text| text.split(is_border))
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let name = word.rsplit('/').next().unwrap_or(word);
        let manager = managers
            .iter()
            .find(|manager| manager.is_program(name) && !manager.leftovers.is_empty())?;
        let subcommand = words[at + 1..].iter().find(|word| !word.starts_with('-'))?;
        let is_verb = |(verb, does): &(&str, Verb)| {
            verb.split(' ').next() == Some(subcommand)
                && matches!(does, Verb::Install | Verb::Update | Verb::Fetch)
        };
        (manager.other == Verb::Install || manager.verbs.iter().any(is_verb))
            .then(|| format!("`{name} {subcommand}`"))
    })
}

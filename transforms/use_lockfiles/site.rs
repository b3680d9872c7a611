//! An install, and what stands in its folder when it runs.

use super::Refusal;
use super::reasons::{
    CONTEXT_NOT_KNOWN, FOLDER_NOT_KNOWN, LOCK_NOT_BROUGHT, LOCK_NOT_READ, NOT_A_PLAIN_STEP,
    OPTION_NOT_FOLLOWED,
};
use crate::model::command::{CommandFact, Failure};
use crate::model::packages::Operation;
use crate::model::placed::{Placed, is_context_plausible, joined, resolved};
use crate::model::reads::{Unread, View, entered};
use crate::model::run::{Run, RunForm, is_within};
use crate::transform::Input;
use crate::transform::words::WordEdits;

/// An install.
pub(super) struct Site<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) run: &'a Run,
    pub(super) operation: &'a Operation,
    pub(super) command: &'a CommandFact,
}

/// What is made of an install.
pub(super) struct Change<'a> {
    pub(super) words: WordEdits<'a>,
    pub(super) title: String,
    pub(super) because: String,
}

/// A file that COPY has brought: its path in the image, its text, and the item that brought it.
pub(super) struct File<'a> {
    pub(super) path: String,
    pub(super) text: &'a str,
    pub(super) item: usize,
}

impl Site<'_> {
    /// Whether it is a step of its own: run in any case, and its failure is that of the RUN.
    pub(super) fn is_plain(&self) -> Result<(), Refusal> {
        let is_script = matches!(self.run.form, RunForm::Shell | RunForm::HeredocScript);
        let mounts_sources = self.run.mounts.iter().any(|mount| mount.kind == "bind");
        let is_plain = is_script
            && !mounts_sources
            && self.command.enclosures.is_empty()
            && self.run.is_always_run(self.command)
            && self.command.failure == Failure::Fatal
            && !self.command.takes_more_arguments;
        if is_plain {
            Ok(())
        } else {
            Err((&NOT_A_PLAIN_STEP, String::new()))
        }
    }

    /// The build context is there to be asked for `file`, and can be the right one.
    pub(super) fn context_is_known(&self, file: &str) -> Result<(), Refusal> {
        let surroundings = self.input.surroundings;
        let is_known =
            surroundings.context.known && is_context_plausible(self.input.model, surroundings);
        if is_known {
            Ok(())
        } else {
            Err((&CONTEXT_NOT_KNOWN, format!("`{file}`")))
        }
    }

    /// Its stage and those below it, the lowest first.
    pub(super) fn lineage(&self) -> Vec<usize> {
        let mut stages: Vec<usize> = self.input.model.sure_lineage(self.run.stage).collect();
        stages.reverse();
        stages
    }

    /// Whether no variable chooses another stage to build on.
    pub(super) fn has_sure_base(&self) -> bool {
        let stages = &self.input.model.stages;
        let lineage = self.lineage();
        lineage.iter().all(|&at| stages[at].other_bases.is_empty())
    }

    /// The items of its lineage before it.
    pub(super) fn items(&self) -> Vec<usize> {
        let stages = self
            .lineage()
            .into_iter()
            .map(|at| &self.input.model.stages[at]);
        let items = stages.flat_map(|stage| stage.item + 1..stage.end);
        items.filter(|item| *item < self.run.item).collect()
    }

    /// What COPY and ADD have brought before it.
    ///
    /// # Errors
    /// Where one of them brings something to an unknown place.
    pub(super) fn placed(&self) -> Result<Vec<Placed>, Refusal> {
        let model = self.input.model;
        let mut placed = Vec::new();
        for item in self.items() {
            let Some(instruction) = model.instruction(item) else {
                continue;
            };
            if crate::model::copy::arguments(instruction).is_none() {
                continue;
            }
            let Some(known) = Placed::of(model, item, &self.input.surroundings.context) else {
                return Err((
                    &FOLDER_NOT_KNOWN,
                    format!("`{}`", instruction.body.as_str()),
                ));
            };
            placed.push(known);
        }
        Ok(placed)
    }

    /// The folder in which the RUN begins.
    fn first_folder(&self) -> Option<String> {
        let state = self.input.model.state(self.run.item)?;
        resolved("/", state.workdir.value.known()?)
    }

    /// The folder in which it runs, or which its option names.
    pub(super) fn folder(&self, placed: &[Placed], options: &[&str]) -> Result<String, Refusal> {
        let unknown = || (&FOLDER_NOT_KNOWN, String::new());
        let mut folder = self.first_folder().ok_or_else(unknown)?;
        for command in &self.run.commands[..self.operation.command] {
            if command.changes_shell() == Some("cd") {
                let view = self.view(placed, folder);
                folder = entered(&view, command).ok_or_else(unknown)?;
            }
        }
        for (at, &word) in self.operation.options.iter().enumerate() {
            let option = self.option(at);
            let (name, value) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (option, self.text(word + 1)),
            };
            if options.contains(&name) {
                let value = value
                    .filter(|value| !value.contains('$'))
                    .ok_or_else(unknown)?;
                folder = resolved(&folder, value).ok_or_else(unknown)?;
            }
        }
        // A mount hides what COPY has brought there.
        let is_hidden = self.run.mounts.iter().any(|mount| {
            let target = mount.target.as_deref();
            matches!(mount.kind.as_str(), "cache" | "tmpfs")
                && target.is_none_or(|target| is_within(&folder, target))
        });
        if is_hidden {
            return Err((&NOT_A_PLAIN_STEP, "a mount over its folder".to_owned()));
        }
        Ok(folder)
    }

    /// What is looked at from a folder.
    pub(super) fn view<'p>(&'p self, placed: &'p [Placed], folder: String) -> View<'p> {
        View::new(&self.input.surroundings.context, placed, folder)
    }

    fn text(&self, word: usize) -> Option<&str> {
        self.command.words.get(word)?.literal.as_deref()
    }

    fn option(&self, at: usize) -> &str {
        let word = &self.command.words[self.operation.options[at]];
        word.literal.as_deref().unwrap_or(&word.raw)
    }

    /// The names of its options, with their words.
    pub(super) fn options(&self) -> impl Iterator<Item = (&str, usize)> {
        let options = self.operation.options.iter().enumerate();
        options.map(|(at, &word)| {
            let option = self.option(at);
            (
                option.split_once('=').map_or(option, |(name, _)| name),
                word,
            )
        })
    }

    /// All of its options are among `known`.
    pub(super) fn options_are_among(&self, known: &[&str]) -> Result<(), Refusal> {
        match self.options().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => Err((&OPTION_NOT_FOLLOWED, format!("`{name}`"))),
            None => Ok(()),
        }
    }

    /// Whether it names no packages, as far as that is known.
    pub(super) fn names_nothing(&self) -> bool {
        !self.command.takes_more_arguments && self.operation.operands.is_empty()
    }

    /// Its sub-command; `None` where it has none.
    pub(super) fn subcommand(&self) -> Option<&str> {
        (self.operation.subcommand >= self.operation.program_end)
            .then(|| self.text(self.operation.subcommand))
            .flatten()
    }
}

/// A file that COPY has brought for sure; `None` where none has.
pub(super) fn file<'p>(
    view: &View<'p>,
    folder: &str,
    name: &str,
) -> Result<Option<File<'p>>, Refusal> {
    let path = joined(folder, name);
    let found = view.brought(&path).map_err(not_read)?;
    Ok(found.map(|(item, text)| File { path, text, item }))
}

/// A file that has to be there.
pub(super) fn needed<'p>(view: &View<'p>, folder: &str, name: &str) -> Result<File<'p>, Refusal> {
    let found = file(view, folder, name)?;
    found.ok_or_else(|| (&LOCK_NOT_BROUGHT, format!("`{}`", joined(folder, name))))
}

pub(super) fn not_read(unread: Unread) -> Refusal {
    (&LOCK_NOT_READ, unread.1)
}

//! The command that removes a leftover, as the author of the file would write it.

use crate::edit::Edit;
use crate::model::Model;
use crate::model::command::CommandFact;
use crate::model::packages::{Leftover, Operation};
use crate::model::run::Run;
use crate::transform::layout::LINE_WIDTH;
use crate::transform::words::WordEdits;
use crate::transform::{Effect, Joiner};

use super::place::Place;

/// Programs that fill no cache of a package manager.
const FILL_NOTHING: &[&str] = &["mkdir", "chmod", "chown", "ln", "touch", "echo", "true"];

/// What removes a leftover.
pub(super) struct Cleanup<'r> {
    pub(super) operation: &'r Operation,
    pub(super) leftover: &'static Leftover,
    /// Where it lies; empty where the command finds it by itself.
    pub(super) folder: String,
}

impl Cleanup<'_> {
    /// The words of the command that does it.
    pub(super) fn words(&self, run: &Run) -> Vec<String> {
        let leftover = self.leftover;
        let is_in_roots_home = self.folder.starts_with("/root/");
        let mut words = Vec::new();
        for &word in leftover.cleanup {
            if word == "{program}" {
                words.extend(self.program(run));
                continue;
            }
            let word = word.replacen("{folder}", &self.folder, 1);
            words.push(match word.strip_prefix("~/") {
                Some(rest) if is_in_roots_home => format!("/root/{rest}"),
                _ => word,
            });
        }
        if has_sudo(run, self.operation) && !leftover.is_found_by_program() {
            words.insert(0, "sudo".to_owned());
        }
        words
    }

    /// What is gone afterwards: the paths that the command names, or where it looks by itself.
    pub(super) fn removed(&self, run: &Run) -> Vec<String> {
        let words = self.words(run);
        let named = words.iter().filter(|word| word.starts_with(['/', '~']));
        let paths: Vec<String> = named
            .map(|word| word.trim_end_matches("/*").to_owned())
            .collect();
        if paths.is_empty() {
            let folders = self.leftover.folders().map(str::to_owned);
            let known = Some(self.folder.clone()).filter(|folder| !folder.is_empty());
            return known.into_iter().chain(folders).collect();
        }
        paths
    }

    /// Where the script ends with an `rm -rf` of its own, or does nothing behind it that matters: one more path
    /// for it.
    pub(super) fn in_last_removal(
        &self,
        model: &Model,
        run: &Run,
        place: &Place,
    ) -> Option<(Vec<Edit>, Effect)> {
        let words = self.words(run);
        let count = words.iter().position(|word| word == "-rf")? + 1;
        let (program, targets) = words.split_at(count);
        let target = targets.join(" ");
        let last = self.last_removal(run, place)?;
        let is_alike = last.words.len() > count
            && program.ends_with(&["rm".to_owned(), "-rf".to_owned()])
            && last.words[..count - 1]
                .iter()
                .map(|word| &word.raw)
                .eq(&program[..count - 1])
            && matches!(
                last.words[count - 1].raw.as_str(),
                "-rf" | "-fr" | "-Rf" | "-fR"
            )
            && last.words[count..]
                .iter()
                .all(|word| !word.raw.starts_with('-'));
        if !is_alike || last.has_redirections || !last.assignments.is_empty() {
            return None;
        }
        let end = last.words.len() - 1;
        let gap = &model.text[last.words[end - 1].range.end()..last.words[end].range.start()];
        let separator = match gap.rsplit_once('\n') {
            Some((_, indent)) if indent.trim().is_empty() => format!(" \\\n{indent}"),
            Some(_) => return None,
            None => " ".to_owned(),
        };
        let line = model.text[..last.range.end()].rsplit('\n').next()?;
        if line.chars().count() + target.chars().count() >= LINE_WIDTH {
            return None;
        }
        let mut edits = WordEdits::new(last);
        edits.insert_after(end, &separator, &targets.join(&separator));
        Some(edits.finish(model))
    }

    /// The command at the end, or the last `rm` before commands that fill no cache.
    fn last_removal<'r>(&self, run: &'r Run, place: &Place) -> Option<&'r CommandFact> {
        let end = run
            .commands
            .iter()
            .position(|command| command.range == place.after)?;
        let is_link = |command: &CommandFact| {
            command.item == run.commands[end].item
                && command.enclosures.is_empty()
                && run.is_always_run(command)
        };
        let fills_nothing = |command: &&CommandFact| {
            command
                .name()
                .is_some_and(|name| FILL_NOTHING.contains(&name))
                && command.enclosures.is_empty()
        };
        let behind_use = run.commands.get(self.operation.command + 1..=end);
        behind_use
            .unwrap_or_default()
            .iter()
            .rev()
            .find(|command| !fills_nothing(command))
            .filter(|command| command.name() == Some("rm"))
            .filter(|command| is_link(command) && place.joiner == Joiner::And)
            .or_else(|| run.commands.get(end))
    }

    /// The manager as its command names it, with what makes another user run it.
    fn program(&self, run: &Run) -> Vec<String> {
        let command = run.command(self.operation);
        let first = if switches_user(command) {
            0
        } else {
            command.program.unwrap_or_default()
        };
        command.words[first..self.operation.program_end]
            .iter()
            .map(|word| word.raw.clone())
            .collect()
    }
}

/// Whether a command runs its program as another user.
pub(super) fn switches_user(command: &CommandFact) -> bool {
    matches!(
        command.words[0].literal.as_deref(),
        Some("sudo" | "doas" | "gosu" | "su-exec")
    )
}

/// Whether the command of an operation runs it as root through `sudo`.
pub(super) fn has_sudo(run: &Run, operation: &Operation) -> bool {
    run.command(operation)
        .words
        .first()
        .is_some_and(|word| word.is("sudo"))
}

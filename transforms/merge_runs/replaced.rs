//! What the first RUN puts in the place of something that its shell goes on using.

use crate::model::Model;
use crate::model::command::CommandFact;
use crate::model::folders::absolute;
use crate::model::run::{Run, is_within};
use crate::transform::Reason;

use super::blockers::{FOLDER_REPLACED, PROGRAM_REPLACED, SHELL_REPLACED};

/// Programs that change which file a path is.
const REPLACING: &[&str] = &["rm", "rmdir", "mv", "ln", "cp", "install", "unlink"];

/// The reason, and what is replaced.
pub(super) fn find(model: &Model, left: &Run, right: &Run) -> Option<(&'static Reason, String)> {
    shell(model, left)
        .map(|path| (&SHELL_REPLACED, path))
        .or_else(|| Some((&FOLDER_REPLACED, folder(model, left)?)))
        .or_else(|| Some((&PROGRAM_REPLACED, program(left, right)?)))
}

/// The next RUN starts another shell where the first one changes which program that is.
fn shell(model: &Model, left: &Run) -> Option<String> {
    let state = model.state(left.item)?;
    let shell = state.shell.words.first()?;
    left.commands.iter().find_map(|command| {
        let words = || {
            command
                .arguments()
                .iter()
                .filter_map(|word| word.literal.as_deref())
        };
        let named = words().find(|word| *word == shell.as_str());
        let replaces = REPLACING.contains(&command.name()?) && named.is_some();
        let is_alternative = match command.name()? {
            "dpkg-reconfigure" => words().any(|word| word == "dash" || word == "bash"),
            "update-alternatives" | "dpkg-divert" => named.is_some(),
            _ => false,
        };
        (replaces || is_alternative).then(|| shell.clone())
    })
}

/// A shell stays in the folder in which it began, also when another one has its name.
fn folder(model: &Model, left: &Run) -> Option<String> {
    let state = model.state(left.item)?;
    let workdir = state.workdir.value.known()?;
    let removes = |command: &&CommandFact| matches!(command.name(), Some("rm" | "rmdir" | "mv"));
    let mut words = left
        .commands
        .iter()
        .filter(removes)
        .flat_map(CommandFact::arguments)
        .filter(|word| !word.raw.starts_with('-'));
    words.find_map(|word| {
        let path = absolute(word.literal.as_deref()?, state)?;
        (path != "/" && is_within(workdir, &path)).then_some(path)
    })
}

/// The shell remembers where it found a program; another one with its name may now come first in PATH.
fn program(left: &Run, right: &Run) -> Option<String> {
    left.commands.iter().enumerate().find_map(|(at, command)| {
        let words = command
            .arguments()
            .iter()
            .filter_map(|word| word.literal.as_deref());
        let mut paths = words.chain(command.writes.iter().map(String::as_str));
        paths.find_map(|path| {
            let (_, name) = path.rsplit_once('/')?;
            let runs = |commands: &[CommandFact]| {
                commands
                    .iter()
                    .any(|it| !name.is_empty() && it.name() == Some(name))
            };
            (runs(&left.commands[..at]) && runs(&right.commands)).then(|| path.to_owned())
        })
    })
}

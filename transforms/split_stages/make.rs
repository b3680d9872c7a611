//! What make runs, by the Makefile of the build context.

use std::collections::BTreeMap;

use super::reasons::STEP_NOT_CLASSIFIED;
use super::site::{Refusal, Site};
use super::survey::{ByMake, Step, Survey, Words};
use crate::context::manifests::makefile::{Call, Makefile};
use crate::model::command::CommandFact;
use crate::model::placed::{joined, resolved};
use crate::model::run::Run;
use crate::model::start;

/// What a command `make …` runs.
pub(super) struct Made {
    pub(super) commands: Vec<CommandFact>,
    /// The folder that make runs them in.
    pub(super) folder: String,
    /// What the Makefile adds to their environment: a value, where it is known.
    pub(super) exports: BTreeMap<String, Option<String>>,
    /// Whether the Makefile sets `CGO_ENABLED`, whatever the environment says.
    pub(super) sets_cgo: bool,
}

/// The names that make looks for, in its order.
const NAMES: &[&str] = &["GNUmakefile", "makefile", "Makefile"];

/// What a command of an item runs, which runs in a folder.
///
/// # Errors
/// Where that is not followed; what stands in the way is named.
pub(super) fn made(
    site: &Site<'_>,
    item: usize,
    command: &CommandFact,
    folder: &str,
) -> Result<Made, String> {
    let said = || format!("`{}`", command.raw_words().join(" "));
    let (mut folder, mut file) = (folder.to_owned(), None);
    let (mut goals, mut given) = (Vec::new(), Vec::new());
    let mut words = command.arguments().iter();
    while let Some(word) = words.next() {
        let raw = word.raw.as_str();
        let mut value = || words.next().and_then(|word| site.value(item, word));
        match raw {
            "-C" => {
                let to = value().and_then(|to| resolved(&folder, &to));
                folder = to.ok_or_else(said)?;
            }
            "-f" => file = Some(value().ok_or_else(said)?),
            "-s" | "--silent" | "-B" | "-k" => {}
            _ if raw.starts_with("-j") => {}
            _ if raw.starts_with('-') => return Err(said()),
            _ => match raw.split_once('=') {
                Some((name, value)) => given.push((name.to_owned(), value.to_owned())),
                None => goals.push(site.value(item, word).ok_or_else(said)?),
            },
        }
    }
    if !command.writes.is_empty() || command.takes_more_arguments {
        return Err(said());
    }
    let mut names = NAMES.iter().map(|name| joined(&folder, name));
    let path = match file {
        Some(file) => resolved(&folder, &file),
        None => names.find(|path| site.origin(path).is_some()),
    };
    let text = path.as_deref().and_then(|path| site.text(path));
    let text = text.ok_or_else(|| format!("{}: no Makefile that is read", said()))?;
    let in_make = |what: String| format!("{}: `{what}`", said());
    let makefile = Makefile::parse(text).map_err(in_make)?;
    let state = site.input.model.state(item).ok_or_else(said)?;
    let own = |name: &str| {
        let mut own = command.assignments.iter().rev();
        own.find(|it| it.name == name)?.value.clone()
    };
    let call = Call {
        goals: &goals,
        given: &given,
        environment: &|name| match name {
            "CURDIR" | "PWD" => Some(folder.clone()),
            _ => own(name).or_else(|| Some(state.env.get(name)?.value.known()?.to_owned())),
        },
        is_there: &|path| {
            let path = resolved(&folder, path);
            path.is_some_and(|path| {
                let mut copied = site.copied().unwrap_or_default().iter();
                copied.any(|file| file.path == path)
            })
        },
    };
    let recipe = makefile.recipe(&call).map_err(in_make)?;
    let mut commands = Vec::new();
    for line in &recipe.commands {
        let read = start::script_commands(line, state).ok_or_else(|| in_make(line.clone()))?;
        commands.extend(read);
    }
    Ok(Made {
        commands,
        folder,
        exports: recipe.exports,
        sets_cgo: makefile.sets("CGO_ENABLED"),
    })
}

impl Survey {
    /// What make runs is of the build.
    pub(super) fn make<'a>(
        &mut self,
        site: &Site<'a>,
        run: &'a Run,
        at: usize,
        folder: &str,
        words: &mut Words<'_, 'a>,
    ) -> Result<(), Refusal> {
        let command = &run.commands[at];
        let refuse = |detail: String| Err((command.range, &STEP_NOT_CLASSIFIED, detail));
        let made = match made(site, run.item, command, folder) {
            Ok(made) => made,
            Err(_) if site.is_told_artifacts() => return Ok(()),
            Err(what) => return refuse(what),
        };
        for one in &made.commands {
            if self.common(site, run.item, one, &made.folder).is_some() {
                continue;
            }
            let by_make = ByMake {
                made: &made,
                command: one,
            };
            let step = (words.step)(run, at, &made.folder, Some(&by_make));
            if !matches!(step, Step::Build) && !site.is_told_artifacts() {
                let said = command.raw_words().join(" ");
                return refuse(format!("`{said}`: `{}`", one.raw_words().join(" ")));
            }
        }
        Ok(())
    }
}

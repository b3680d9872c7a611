//! What the commands of a RUN read of the files that COPY has brought, and what they make beside them.
//!
//! A command that is not known may read everything: then nothing may pass it.

pub mod environment;
mod go;
mod gradle;
mod java;
pub(crate) mod javascript;
mod php;
mod python;
mod ruby;
pub mod steps;
mod system;

use std::collections::BTreeSet;

use super::Model;
use super::command::CommandFact;
use super::packages::Operation;
use super::placed::{Placed, PlacedSource, resolved};
use super::run::{Run, RunForm, is_within};
use crate::context::{BuildContext, Found, Sent};
use imgfix_syntax::shell::Enclosure;

/// What a RUN, or the first commands of one, read and make. All paths are paths of the image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Files of the context that are read, in the order in which people name them.
    pub files: Vec<String>,
    /// Folders of the context that are read as a whole.
    pub folders: Vec<String>,
    /// Paths that it makes, or may make, itself.
    pub makes: BTreeSet<String>,
    /// The package manager that installs or fetches something, where one does: such a step is slow.
    pub installs: Option<&'static str>,
}

/// Why it is not known what a command reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The RUN is not understood, or is no list of plain commands.
    NotRead,
    /// The folder in which a command runs is not known.
    FolderNotKnown,
    /// A command may use any of the sources.
    UsesSources,
    /// A script of a manifest runs what the project holds.
    LifecycleScript,
    /// A dependency is a path of the project.
    LocalDependency,
    /// The project itself is installed.
    InstallsProject,
    /// A manifest is not where it would be read.
    ManifestNotFound,
    /// A manifest is there, and cannot be read.
    ManifestNotRead,
    /// The install changes a file that COPY brings.
    ChangesManifest,
    /// A feature of the manager that is not followed.
    NotFollowed,
}

/// An obstacle, with what exactly it is.
pub type Unread = (Obstacle, String);

/// What is looked at for a command: the folder it runs in, and what COPY has brought by then.
pub(crate) struct View<'a> {
    context: &'a BuildContext,
    placed: &'a [Placed],
    folder: String,
}

impl<'a> View<'a> {
    /// What is looked at for a command that runs in `folder`, behind what `placed` has brought.
    pub(crate) fn new(context: &'a BuildContext, placed: &'a [Placed], folder: String) -> Self {
        Self {
            context,
            placed,
            folder,
        }
    }

    /// The text of a file of the image that COPY has brought for sure, and the item that did; `None` where none
    /// has.
    ///
    /// # Errors
    /// Where it is not known, or cannot be read.
    pub(crate) fn brought(&self, path: &str) -> Result<Option<(usize, &'a str)>, Unread> {
        let unread = || Err((Obstacle::ManifestNotRead, format!("`{path}`")));
        for placed in self.placed.iter().rev().filter(|it| it.touches(path)) {
            let origin = placed.origin(path);
            let sent = origin.as_deref().map(|origin| self.context.sends(origin));
            match (origin, sent) {
                (Some(origin), Some(Sent::Yes)) => {
                    return match self.context.text(&origin) {
                        Ok(text) => Ok(Some((placed.item, text))),
                        Err(_) => unread(),
                    };
                }
                (_, Some(Sent::Unknown)) => return unread(),
                _ if placed.sources.contains(&PlacedSource::Other) => return unread(),
                _ => {}
            }
        }
        Ok(None)
    }

    /// The COPY that may have brought something to a path of the image, or below it.
    pub(crate) fn may_bring(&self, path: &str) -> Option<usize> {
        let mut placed = self.placed.iter().filter(|it| it.touches(path));
        let found = placed.find(|placed| {
            let origin = placed.origin(path);
            let is_sent = origin.is_some_and(|origin| self.context.sends(&origin) != Sent::No);
            is_sent || is_within(&placed.to, path) || placed.sources.contains(&PlacedSource::Other)
        });
        found.map(|placed| placed.item)
    }

    /// The absolute path of a file named in the command.
    pub(crate) fn path(&self, name: &str) -> Result<String, Unread> {
        resolved(&self.folder, name).ok_or_else(|| (Obstacle::FolderNotKnown, format!("`{name}`")))
    }

    /// The path of the context that stands, or may stand, at a path of the image.
    pub(crate) fn origin(&self, path: &str) -> Option<String> {
        let mut placed = self.placed.iter().rev();
        placed.find_map(|placed| {
            let origin = placed.origin(path)?;
            (self.context.sends(&origin) != Sent::No).then_some(origin)
        })
    }

    /// Whether a file or a folder was brought to a path of the image, or may have been.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.origin(path).is_some()
    }

    /// The names of what was brought directly into a folder of the image, files and folders.
    pub(crate) fn names_in(&self, path: &str) -> BTreeSet<String> {
        let origins = self.placed.iter().filter_map(|placed| placed.origin(path));
        origins
            .flat_map(|origin| self.context.names_sent_in(&origin))
            .collect()
    }

    /// What was brought to a path of the image, where that is known.
    fn look(&self, path: &str) -> Result<Option<Found<'a>>, Unread> {
        let Some(origin) = self.origin(path) else {
            return Ok(None);
        };
        match (self.context.sends(&origin), self.context.look(&origin)) {
            (Sent::Yes, found @ (Found::File | Found::Folder)) => Ok(Some(found)),
            _ => Err((Obstacle::ManifestNotRead, format!("`{path}`"))),
        }
    }

    /// Whether something was brought to a path of the image.
    ///
    /// # Errors
    /// Where that is not known.
    pub(crate) fn is_there(&self, path: &str) -> Result<bool, Unread> {
        Ok(self.look(path)?.is_some())
    }

    /// The text of a file of the image, as COPY brought it; `None` where there is none, or it cannot be read.
    pub(crate) fn text_if_there(&self, path: &str) -> Option<&'a str> {
        self.context.text(&self.origin(path)?).ok()
    }

    /// The text of a file that must be there; a context that is not known has none.
    pub(crate) fn text(&self, path: &str) -> Result<&'a str, Unread> {
        let origin = self.origin(path);
        let origin = origin.ok_or_else(|| (Obstacle::ManifestNotFound, format!("`{path}`")))?;
        let text = self.context.text(&origin);
        text.map_err(|_| (Obstacle::ManifestNotRead, format!("`{path}`")))
    }
}

impl Reads {
    /// Adds a file that is read where it is there.
    ///
    /// # Errors
    /// Where it is not known whether it is there.
    pub(crate) fn file_if_there(&mut self, view: &View<'_>, path: &str) -> Result<bool, Unread> {
        let is_there = view.look(path)? == Some(Found::File);
        if is_there {
            self.file(path);
        }
        Ok(is_there)
    }

    /// Adds a file that is read.
    pub(crate) fn file(&mut self, path: &str) {
        if !self.files.iter().any(|known| known == path) {
            self.files.push(path.to_owned());
        }
    }

    /// Adds a folder that is read where it is there.
    ///
    /// # Errors
    /// Where it is not known whether it is there.
    pub(crate) fn folder_if_there(&mut self, view: &View<'_>, path: &str) -> Result<(), Unread> {
        let is_there = view.look(path)? == Some(Found::Folder);
        if is_there && !self.folders.iter().any(|known| known == path) {
            self.folders.push(path.to_owned());
        }
        Ok(())
    }

    /// Adds what another command reads and makes.
    pub fn add(&mut self, other: Self) {
        for file in &other.files {
            self.file(file);
        }
        for folder in other.folders {
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
        self.makes.extend(other.makes);
        self.installs = self.installs.or(other.installs);
    }
}

/// What a RUN reads, command by command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What is read up to the first command that is not followed.
    pub reads: Reads,
    /// That command, by its index, and why it is not followed; `None` where all are.
    pub stops_at: Option<(usize, Unread)>,
    /// The folder in which that command, or the one behind the last, runs.
    pub folder: Option<String>,
}

/// What a RUN reads of what `placed` has brought, all of which stands before it.
pub fn of_run(model: &Model, context: &BuildContext, placed: &[Placed], run: &Run) -> Reading {
    let mut reading = Reading {
        reads: Reads::default(),
        stops_at: None,
        folder: None,
    };
    let plain = matches!(run.form, RunForm::Shell | RunForm::HeredocScript)
        && run.script().is_some()
        && run.mounts.iter().all(|mount| mount.kind != "bind");
    if !plain {
        reading.stops_at = Some((0, (Obstacle::NotRead, String::new())));
        return reading;
    }
    let state = model.state(run.item);
    reading.folder = state
        .and_then(|state| state.workdir.value.known())
        .and_then(|folder| resolved("/", folder));
    for (at, command) in run.commands.iter().enumerate() {
        let operation = run
            .operations
            .iter()
            .find(|operation| operation.command == at);
        let Some(folder) = reading.folder.clone() else {
            reading.stops_at = Some((at, (Obstacle::FolderNotKnown, String::new())));
            break;
        };
        let view = View {
            context,
            placed,
            folder,
        };
        let read = environment::points_into_sources(&view, state, command)
            .and_then(|()| of_command(&view, command, operation));
        match read {
            Ok(reads) => reading.reads.add(reads),
            Err(unread) => {
                reading.stops_at = Some((at, unread));
                break;
            }
        }
        if command.changes_shell() == Some("cd") {
            reading.folder = entered(&view, command);
        }
    }
    reading
}

/// The folder that a `cd` enters; `None` where that is not known.
pub(crate) fn entered(view: &View<'_>, command: &CommandFact) -> Option<String> {
    let [folder] = command.arguments() else {
        return None;
    };
    let is_sure = command.is_top_level && command.enclosures.is_empty();
    resolved(&view.folder, folder.literal.as_deref().filter(|_| is_sure)?)
}

/// What one command reads.
///
/// # Errors
/// Where that is not known.
pub(crate) fn of_command(
    view: &View<'_>,
    command: &CommandFact,
    operation: Option<&Operation>,
) -> Result<Reads, Unread> {
    // A redirection of a loop or a group is none of its commands.
    let is_compound = command
        .enclosures
        .iter()
        .any(|it| matches!(it, Enclosure::Compound(_)));
    if !command.reads.is_empty() || is_compound {
        return Err(uses_sources(command));
    }
    if let Some(operation) = operation {
        let site = Site {
            view,
            command,
            operation,
        };
        let known = match operation.manager.family {
            "npm" | "yarn" | "pnpm" | "bun" => Some(javascript::reads(&site)),
            "pip" | "poetry" | "pipenv" | "uv" | "pdm" => Some(python::reads(&site)),
            "bundler" => Some(ruby::reads(&site)),
            "composer" => Some(php::reads(&site)),
            "go" => Some(go::reads(&site)),
            "maven" => Some(java::reads(&site)),
            _ => None,
        };
        if let Some(reads) = known {
            let mut reads = reads?;
            system::redirections(view, command, &mut reads)?;
            named_files(&site, &reads)?;
            return Ok(reads);
        }
    }
    system::reads(view, command, operation)
}

/// Every file that an option or a path of the command names is among those that it is known to read.
fn named_files(site: &Site<'_>, reads: &Reads) -> Result<(), Unread> {
    for word in &site.command.words[site.operation.program_end..] {
        let text = word.literal.as_deref().unwrap_or(&word.raw);
        let value = text.split_once('=').map_or(text, |(_, value)| value);
        let is_path = value.contains('/') || value.starts_with('.') || value.len() < text.len();
        let Some(path) = resolved(&site.view.folder, value).filter(|_| is_path) else {
            continue;
        };
        let is_known = reads.files.contains(&path)
            || reads.makes.contains(&path)
            || reads
                .files
                .iter()
                .any(|file| file.starts_with(&format!("{path}/")));
        if site.view.has(&path) && !is_known {
            return Err((Obstacle::NotFollowed, format!("`{text}`")));
        }
    }
    Ok(())
}

/// A command of a package manager, and where it runs.
pub(crate) struct Site<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) command: &'a CommandFact,
    pub(crate) operation: &'a Operation,
}

impl Site<'_> {
    /// The literal values of the operands.
    ///
    /// # Errors
    /// Where one of them is not literal.
    pub(crate) fn operands(&self) -> Result<Vec<&str>, Unread> {
        self.operation
            .packages(self.command)
            .ok_or_else(|| uses_sources(self.command))
    }

    /// The sub-command.
    pub(crate) fn subcommand(&self) -> &str {
        self.command
            .words
            .get(self.operation.subcommand)
            .and_then(|word| word.literal.as_deref())
            .unwrap_or_default()
    }

    /// Whether an option stands there, as it is or with a value.
    pub(crate) fn has(&self, spellings: &[&str]) -> bool {
        self.operation.has_option(self.command, spellings)
    }

    /// The values of an option, behind `=`, in the next word, or glued to a short spelling.
    pub(crate) fn values(&self, spellings: &[&str]) -> Result<Vec<String>, Unread> {
        let words = &self.command.words[self.operation.program_end..];
        let mut values = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let text = word.literal.as_deref().unwrap_or(&word.raw);
            for spelling in spellings {
                let Some(rest) = text.strip_prefix(spelling) else {
                    continue;
                };
                let is_short = spelling.len() == 2;
                let value = if rest.is_empty() {
                    words.get(at + 1).and_then(|next| next.literal.clone())
                } else if let Some(value) = rest.strip_prefix('=') {
                    word.literal.as_ref().map(|_| value.to_owned())
                } else if is_short {
                    word.literal.as_ref().map(|_| rest.to_owned())
                } else {
                    continue;
                };
                values.push(value.ok_or_else(|| uses_sources(self.command))?);
            }
        }
        Ok(values)
    }
}

/// The command may use any of the sources.
pub(crate) fn uses_sources(command: &CommandFact) -> Unread {
    let words: Vec<&str> = command
        .words
        .iter()
        .take(4)
        .map(|word| word.raw.as_str())
        .collect();
    let more = if command.words.len() > 4 { " …" } else { "" };
    (
        Obstacle::UsesSources,
        format!("`{}{more}`", words.join(" ")),
    )
}

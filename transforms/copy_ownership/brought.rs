//! What a COPY brings, and whether the RUN changes exactly that.

use imgfix_syntax::CopyArguments;

use super::Doubt;
use super::change::{Change, Target, What};
use crate::model::Model;
use crate::model::copy::{self, Source};
use crate::model::file_names::{NameSays, name_says};
use crate::model::folders::{self, Presence, absolute, parent};
use crate::model::run::{Run, is_within};
use crate::transform::{Input, Reason};

pub(super) const SOURCE_NOT_LITERAL: Reason = Reason {
    id: "source-not-literal",
    message: "what the COPY brings is not named literally",
};
pub(super) const MORE_THAN_WAS_COPIED: Reason = Reason {
    id: "more-than-was-copied",
    message: "the RUN changes, or may change, more than the COPY brought",
};
pub(super) const NOT_ALL_THAT_WAS_COPIED: Reason = Reason {
    id: "not-all-that-was-copied",
    message: "the COPY brings more than the RUN changes, and a flag holds for all of it",
};
pub(super) const OWNER_OF_THE_FOLDER: Reason = Reason {
    id: "owner-of-the-folder",
    message: "the RUN changes the folder itself, which COPY leaves as it is where it is there already",
};
pub(super) const MAY_BE_A_FOLDER: Reason = Reason {
    id: "may-be-a-folder",
    message: "whether it is a file or a folder is not known",
};
pub(super) const FOLDER_NOT_KNOWN: Reason = Reason {
    id: "folder-not-known",
    message: "that the folder is there before is not shown; one that COPY makes gets the owner or the mode too",
};

/// How many instructions above a RUN are looked at.
const NEAR: usize = 12;

/// What a COPY makes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Brought {
    /// These files.
    Files(Vec<String>),
    /// A path that was not there before, file or folder, with all below it.
    Tree(String),
}

/// The nearest COPY or ADD above a RUN that brings something which the RUN changes.
pub(super) fn by(model: &Model, run: &Run, change: &Change) -> Option<usize> {
    let start = model.stages[run.stage].item;
    let instructions = (start..run.item).rev();
    instructions
        .filter(|&item| model.instruction(item).is_some())
        .take(NEAR)
        .find(|&item| {
            let names = possible_paths(model, item);
            let mut targets = change.targets.iter();
            targets.any(|target| match target {
                Target::Path(path) => {
                    let hits = |name: &String| {
                        name == path || (change.is_recursive && is_within(name, path))
                    };
                    names.iter().any(hits)
                }
                Target::Pattern(start) => names.iter().any(|name| name.starts_with(start.as_str())),
                Target::NotLiteral => false,
            })
        })
}

/// The destination, and the files that may be below it.
fn possible_paths(model: &Model, item: usize) -> Vec<String> {
    let place = || {
        let copy = copy::arguments(model.instruction(item)?)?;
        Some((copy, destination(model, item, copy)?.1))
    };
    let Some((copy, to)) = place() else {
        return Vec::new();
    };
    let below = copy::sources(copy)
        .into_iter()
        .filter_map(|source| match source {
            Source::Path(path) => below(&to, &path),
            _ => None,
        });
    let mut paths: Vec<String> = below.collect();
    paths.push(to);
    paths
}

/// The destination, as Docker reads it and as a path.
fn destination(model: &Model, item: usize, copy: &CopyArguments) -> Option<(String, String)> {
    let state = model.state(item)?;
    let written = copy::value(model, &copy.destination, state)?;
    let path = absolute(&written, state)?;
    Some((written, path))
}

/// Where a source ends up in a folder; `None` for one without a name.
fn below(folder: &str, source: &str) -> Option<String> {
    let name = source.rsplit('/').next().unwrap_or(source);
    (!matches!(name, "" | "." | "..")).then(|| format!("{}/{name}", folder.trim_end_matches('/')))
}

/// What the COPY brings, where the RUN changes all of it and nothing else.
pub(super) fn whole(input: &Input<'_>, change: &Change, copy: usize) -> Result<Brought, Doubt> {
    let mut targets = Vec::new();
    for target in &change.targets {
        match target {
            Target::Path(path) => targets.push(path.clone()),
            Target::Pattern(start) => {
                return Err((&MORE_THAN_WAS_COPIED, format!("`{start}…`")));
            }
            Target::NotLiteral => return Err((&MORE_THAN_WAS_COPIED, "a variable".to_owned())),
        }
    }
    targets.sort();
    targets.dedup();
    let brought = brought(input, copy, &targets, change.is_recursive)?;
    match &brought {
        Brought::Files(files) => {
            if let Some(other) = targets.iter().find(|target| !files.contains(target)) {
                let holds = files.iter().any(|file| parent(file) == other);
                let reason = if holds && !change.is_recursive {
                    &OWNER_OF_THE_FOLDER
                } else {
                    &MORE_THAN_WAS_COPIED
                };
                return Err((reason, format!("`{other}`")));
            }
            let left = files.iter().find(|file| !targets.contains(file));
            if let Some(left) = left {
                return Err((&NOT_ALL_THAT_WAS_COPIED, format!("`{left}`")));
            }
        }
        Brought::Tree(path) => {
            if let Some(other) = targets.iter().find(|target| *target != path) {
                let reason = if is_within(other, path) {
                    &NOT_ALL_THAT_WAS_COPIED
                } else {
                    &MORE_THAN_WAS_COPIED
                };
                return Err((reason, format!("`{other}`")));
            }
            // Of a folder, `chmod` and a `chown` that does not go down mean the folder itself.
            if !change.is_recursive || change.what == What::Mode {
                return Err((&OWNER_OF_THE_FOLDER, format!("`{path}`")));
            }
        }
    }
    Ok(brought)
}

fn brought(
    input: &Input<'_>,
    item: usize,
    targets: &[String],
    is_recursive: bool,
) -> Result<Brought, Doubt> {
    let model = input.model;
    let instruction = model.instruction(item).expect("a COPY is an instruction");
    let copy = copy::arguments(instruction).expect("it was found by its arguments");
    let (written, to) = destination(model, item, copy).expect("it was found by it");
    let sources = copy::sources(copy);
    let is_file = |source: &Source| match source {
        Source::Heredoc => true,
        Source::Path(path) => {
            let context = &input.surroundings.context;
            let in_context = instruction.flag("from").is_none() && context.file(path).is_some();
            !path.ends_with('/') && (in_context || name_says(path) != NameSays::Nothing)
        }
        _ => false,
    };
    let into_folder =
        sources.len() > 1 || written.ends_with('/') || written.ends_with("/.") || written == ".";
    let literal = |source: &Source| matches!(source, Source::Path(_) | Source::Heredoc);
    if !sources.iter().all(literal) {
        return Err((&SOURCE_NOT_LITERAL, String::new()));
    }
    if sources.iter().all(is_file) {
        let files = |folder: &str| -> Option<Vec<String>> {
            let names = sources.iter().map(|source| match source {
                Source::Path(path) => below(folder, path),
                _ => None,
            });
            names.collect()
        };
        if into_folder {
            let files = files(&to).ok_or_else(|| (&SOURCE_NOT_LITERAL, "a heredoc".to_owned()))?;
            return Ok(Brought::Files(files));
        }
        if looks_like_file(&to, copy) {
            return Ok(Brought::Files(vec![to]));
        }
        // Into a folder that is there, the file keeps its name.
        if folders::presence(model, item, &to) == Presence::There
            && let Some(files) = files(&to)
        {
            return Ok(Brought::Files(files));
        }
    }
    if sources.len() == 1 && folders::is_fresh(model, item, &to) {
        return Ok(Brought::Tree(to));
    }
    let is_above = |target: &String| *target != to && is_within(&to, target);
    let reason = if targets.iter().any(is_above) {
        &MORE_THAN_WAS_COPIED
    } else if !targets.contains(&to) {
        &NOT_ALL_THAT_WAS_COPIED
    } else if folders::presence(model, item, &to) == Presence::There {
        &OWNER_OF_THE_FOLDER
    } else if into_folder || is_recursive {
        &MORE_THAN_WAS_COPIED
    } else {
        &MAY_BE_A_FOLDER
    };
    Err((reason, format!("`{to}`")))
}

/// Whether no folder is called like that: by its extension, in a folder of programs, or with the name of
/// the file that is copied there.
fn looks_like_file(path: &str, copy: &CopyArguments) -> bool {
    let base = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let holder = base(parent(path));
    name_says(path) != NameSays::Nothing
        || matches!(holder.as_str(), "bin" | "sbin")
        || copy
            .sources
            .iter()
            .any(|source| base(&source.text) == base(path))
}

/// The folders are there before: COPY gives those that it makes the owner, and some versions the mode.
/// <https://github.com/tonistiigi/fsutil/pull/49>, <https://github.com/moby/buildkit/issues/4945>
pub(super) fn stands_in_folders(
    model: &Model,
    copy: usize,
    change: &Change,
    brought: &Brought,
    assumed: &mut Vec<String>,
) -> Result<(), Doubt> {
    if change.is_to_root() {
        return Ok(());
    }
    let paths: &[String] = match brought {
        Brought::Files(files) => files,
        Brought::Tree(path) => std::slice::from_ref(path),
    };
    for path in paths {
        let folder = parent(path);
        match folders::presence(model, copy, folder) {
            Presence::There => {}
            Presence::Likely => {
                let said = format!("the base image has `{folder}`");
                if !assumed.contains(&said) {
                    assumed.push(said);
                }
            }
            Presence::Unknown => return Err((&FOLDER_NOT_KNOWN, format!("`{folder}`"))),
        }
    }
    Ok(())
}

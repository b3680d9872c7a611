//! What the rewrites said about files and packages, and which differences that covers.

use std::collections::BTreeSet;

use super::files::Change;
use super::groups::{Group, is_below};
use crate::transform::{Effect, StageLine};

/// What the rewrites said about files and packages.
#[derive(Clone, Debug, Default)]
pub(super) struct Announced {
    pub(super) paths: Vec<String>,
    pub(super) dropped: BTreeSet<String>,
    pub(super) added: BTreeSet<String>,
    /// Where a stage that runs has another base image: what is copied into it.
    pub(super) split: Option<Vec<String>>,
    /// The variables that it has to have.
    pub(super) kept: Vec<String>,
    /// Whether it has no shell, and starts no script.
    pub(super) is_without_shell: bool,
    /// Whether it has no entry point any more.
    pub(super) resets_entry_point: bool,
    /// What is started from now on, in an exec form.
    pub(super) start: Option<Started>,
}

/// An entry point or a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Started {
    pub(super) is_entry_point: bool,
    pub(super) words: Vec<String>,
}

impl Started {
    /// Reads an instruction.
    fn read(text: &str) -> Option<Self> {
        let (keyword, words) = text.split_once(' ')?;
        Some(Self {
            is_entry_point: keyword.eq_ignore_ascii_case("ENTRYPOINT"),
            words: serde_json::from_str(words).ok()?,
        })
    }
}

impl Announced {
    pub(super) fn of<'e>(effects: impl IntoIterator<Item = &'e Effect>) -> Self {
        let mut announced = Self::default();
        for effect in effects {
            match effect {
                Effect::PathRemoved(path) => announced.paths.push(path.clone()),
                Effect::PackagesDropped(names) => announced.dropped.extend(names.iter().cloned()),
                Effect::PackagesAdded(names) => announced.added.extend(names.iter().cloned()),
                Effect::StageSplit(split) => {
                    let lines = split.runtime.iter().filter_map(|line| match line {
                        StageLine::Added(text) => text.split_whitespace().last(),
                        StageLine::Repeated(_) | StageLine::Moved(_) => None,
                    });
                    let copied = lines.filter(|path| path.starts_with('/'));
                    announced.split = Some(copied.map(str::to_owned).collect());
                    announced.kept.clone_from(&split.kept);
                    announced.is_without_shell = split.is_without_shell;
                    announced.resets_entry_point = split.resets_entry_point;
                    announced.start = split.told.start.as_deref().and_then(Started::read);
                }
                _ => {}
            }
        }
        announced
    }

    /// Whether a program of the image comes from the original: what another base image has is its own.
    pub(super) fn is_of_original(&self, path: &str) -> bool {
        let Some(copied) = &self.split else {
            return true;
        };
        // Parts of Python itself that the smaller image has without their libraries.
        let is_of_base = path.contains("/lib-dynload/");
        !path.starts_with('/') || !is_of_base && copied.iter().any(|it| is_below(path, it))
    }

    /// The variables that are compared; `None` where all are.
    pub(super) fn variables(&self) -> Option<&[String]> {
        self.split.as_ref().map(|_| self.kept.as_slice())
    }

    /// Whether another base image explains a difference: all that is gone, and all outside of the application
    /// but what was built anew.
    pub(super) fn is_of_split(&self, change: Change, path: &str, group: Group) -> bool {
        self.split.as_ref().is_some_and(|copied| {
            change != Change::Changed
                || group != Group::Application
                || is_below(path, "/opt/java")
                || OF_GO.contains(&path)
                || copied
                    .iter()
                    .any(|it| is_below(path, it) || is_above(path, it))
        })
    }

    /// Whether a rewrite said that a package is no longer installed.
    pub(super) fn drops(&self, package: &str) -> bool {
        self.dropped.contains(package)
    }

    pub(super) fn covers(&self, path: &str) -> bool {
        self.paths
            .iter()
            .any(|announced| is_at_or_below(path, announced))
    }
}

/// Folders that the images of Go have, for everybody to write into.
const OF_GO: &[&str] = &["/go", "/go/bin", "/go/src"];

/// Whether a path is an announced one or lies below it: `~` is any home directory, `*` any name; one without
/// a slash in front lies in a folder that is not known.
pub(super) fn is_at_or_below(path: &str, announced: &str) -> bool {
    if !announced.starts_with(['/', '~']) {
        let name = announced.trim_matches('"').trim_start_matches("./");
        return path
            .strip_suffix(name)
            .is_some_and(|rest| rest.ends_with('/'));
    }
    let (path, announced) = match announced.strip_prefix("~/") {
        None => (path, announced),
        Some(rest) => {
            let home = path
                .strip_prefix("/root/")
                .or_else(|| {
                    path.strip_prefix("/home/")?
                        .split_once('/')
                        .map(|(_, rest)| rest)
                })
                .or_else(|| {
                    path.strip_prefix("/var/lib/")?
                        .split_once('/')
                        .map(|(_, rest)| rest)
                });
            match home {
                Some(home) => (home, rest),
                None => return false,
            }
        }
    };
    let mut parts = path.split('/');
    announced
        .trim_end_matches('/')
        .split('/')
        .all(|wanted| parts.next().is_some_and(|part| fits(part, wanted)))
}

/// Whether a path is that of a folder above an announced one.
pub(super) fn is_above(path: &str, announced: &str) -> bool {
    let mut above = announced.trim_end_matches('/');
    while let Some((folder, _)) = above.rsplit_once('/') {
        if folder.is_empty() || folder == "~" {
            return false;
        }
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        if is_at_or_below(path, folder) && !is_at_or_below(parent, folder) {
            return true;
        }
        above = folder;
    }
    false
}

fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((start, end)) => {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
    }
}

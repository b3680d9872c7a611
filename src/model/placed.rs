//! What a COPY or ADD puts where: which path of the image comes from which path of the build context.

use imgfix_syntax::Keyword;

use super::Model;
use super::copy::{self, Source};
use super::folders::absolute;
use super::run::is_within;
use crate::context::{BuildContext, ContextPlace, Found, Sent, Surroundings};

/// A COPY or ADD whose destination is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The item of the file.
    pub item: usize,
    /// The destination as a path of the image, absolute and plain.
    pub to: String,
    /// Whether the destination is written relative to the working directory.
    pub is_relative: bool,
    /// Whether files keep their names below the destination.
    into_folder: bool,
    /// What is copied.
    pub sources: Vec<PlacedSource>,
}

/// A source of a COPY or ADD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlacedSource {
    /// What is in this folder of the context (`""`: all of it).
    Folder(String),
    /// This file of the context.
    File(String),
    /// Something else: of another stage, an address, a heredoc, a pattern, or not known.
    Other,
}

impl Placed {
    /// Where a COPY or ADD puts what; `None` where the destination is not known.
    pub fn of(model: &Model, item: usize, context: &BuildContext) -> Option<Self> {
        let instruction = model.instruction(item)?;
        let arguments = copy::arguments(instruction)?;
        let state = model.state(item)?;
        let written = copy::value(model, &arguments.destination, state)?;
        let to = absolute(&written, state).filter(|to| to.starts_with('/'))?;
        let is_of_context = instruction.flag("from").is_none()
            && instruction.flag("parents").is_none()
            && instruction.flag("exclude").is_none();
        let may_be_archive = instruction.keyword == Keyword::Add;
        let sources = copy::sources(arguments).into_iter().flat_map(|source| {
            let paths = match &source {
                Source::Path(path) => Some(vec![path.clone()]),
                // One that fits nothing brings nothing.
                Source::Pattern(pattern) => matching(context, pattern),
                _ => None,
            };
            let paths: Option<Vec<String>> =
                paths.and_then(|paths| paths.iter().map(|path| plain(path)).collect());
            let Some(paths) = paths.filter(|_| is_of_context) else {
                return vec![PlacedSource::Other];
            };
            let is_folder = |path: &str| {
                path.is_empty() || context.has_folder(path) || is_written_as_folder(&source)
            };
            let placed = paths.into_iter().map(|path| {
                if is_folder(&path) {
                    PlacedSource::Folder(path)
                } else if context.file(&path).is_some() && !may_be_archive {
                    PlacedSource::File(path)
                } else {
                    PlacedSource::Other
                }
            });
            placed.collect()
        });
        let into_folder = arguments.sources.len() > 1
            || written.ends_with('/')
            || written.ends_with("/.")
            || written == ".";
        Some(Self {
            item,
            is_relative: !written.starts_with('/'),
            into_folder,
            sources: sources.collect(),
            to,
        })
    }

    /// The path of the context that it brings to `path`, if that exists there; the last source wins.
    pub fn origin(&self, path: &str) -> Option<String> {
        self.sources.iter().rev().find_map(|source| match source {
            PlacedSource::Folder(folder) => {
                let rest = below(path, &self.to)?;
                Some(joined(folder, rest))
            }
            PlacedSource::File(file) => {
                let name = file.rsplit('/').next().unwrap_or(file);
                let is_it = if self.into_folder {
                    below(path, &self.to) == Some(name)
                } else {
                    path == self.to || below(path, &self.to) == Some(name)
                };
                is_it.then(|| file.clone())
            }
            PlacedSource::Other => None,
        })
    }

    /// Whether it may put something at `path`, below it, or make a folder of it.
    pub fn touches(&self, path: &str) -> bool {
        is_within(path, &self.to) || is_within(&self.to, path)
    }

    /// Whether it brings whole folders, and nothing whose content is not known.
    pub fn brings_folders(&self) -> bool {
        let is_folder = |source: &PlacedSource| matches!(source, PlacedSource::Folder(_));
        self.sources.iter().any(is_folder) && !self.sources.contains(&PlacedSource::Other)
    }
}

/// Whether the folder that is taken for the build context can be it. Where nobody says that it is, it is the
/// Dockerfile's own: then every file that a COPY names must be there, and the folder must not be one that people
/// keep for Dockerfiles.
pub fn is_context_plausible(model: &Model, surroundings: &Surroundings) -> bool {
    const FOR_DOCKERFILES: &[&str] = &[
        "docker",
        ".docker",
        "dockerfiles",
        "deploy",
        "deployment",
        "build",
        "ci",
        "infra",
        "ops",
        "images",
        ".devcontainer",
        "container",
        "containers",
        "etc",
    ];
    let ContextPlace::Own(folder) = &surroundings.context_place else {
        return true;
    };
    let mut parts = folder.split('/');
    if parts.any(|part| FOR_DOCKERFILES.contains(&part)) {
        return false;
    }
    let context = &surroundings.context;
    let copies = model.file.instructions();
    let copies = copies.filter(|(_, it)| it.flag("from").is_none());
    copies
        .filter_map(|(_, instruction)| copy::arguments(instruction))
        .flat_map(copy::sources)
        .all(|source| match source {
            Source::Path(path) => context.look(&path) != Found::Nothing,
            _ => true,
        })
}

fn is_written_as_folder(source: &Source) -> bool {
    matches!(source, Source::Path(path) if path.ends_with('/'))
}

/// The files of the context that a pattern names; `None` where a folder is among them, or it is not understood.
fn matching(context: &BuildContext, pattern: &str) -> Option<Vec<String>> {
    let pattern = plain(pattern)?;
    let glob = globset::GlobBuilder::new(&pattern)
        .literal_separator(true)
        .build();
    let glob = glob.ok()?.compile_matcher();
    if context.hides_paths() {
        return None;
    }
    let files = context.files.keys();
    let matched: Vec<String> = files
        .filter(|file| glob.is_match(file) && context.sends(file) == Sent::Yes)
        .cloned()
        .collect();
    let depth = pattern.matches('/').count() + 1;
    let is_folder = |file: &String| {
        let holder = file.split('/').take(depth).collect::<Vec<_>>().join("/");
        holder.len() < file.len() && glob.is_match(&holder)
    };
    let is_other = |other: &String| glob.is_match(other);
    let may_be_sent = |file: &String| glob.is_match(file) && context.sends(file) == Sent::Unknown;
    let mut files = context.files.keys();
    let is_unclear = files.any(|file| is_folder(file) || may_be_sent(file))
        || context.seen.others.keys().any(is_other);
    (!is_unclear).then_some(matched)
}

/// `path` as seen from `folder`; `None` where it is not below it, `""` for the folder itself.
pub fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    is_within(path, folder)
        .then(|| path[folder.trim_end_matches('/').len()..].trim_start_matches('/'))
}

/// `name` in `folder`, both paths of the context or both of the image.
pub fn joined(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{}/{name}", folder.trim_end_matches('/')),
    }
}

/// A path of the image from a folder and a path that may be relative, without `.` and `..`; `None` where it
/// leads above the root or begins with `~`.
pub fn resolved(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('~') {
        return None;
    }
    let whole = if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    };
    Some(format!("/{}", plain(&whole)?))
}

/// A path without `.`, `..`, doubled slashes and slashes at its ends; `None` where it leads above its root.
pub fn plain(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(to: &str, into_folder: bool, sources: Vec<PlacedSource>) -> Placed {
        Placed {
            item: 0,
            to: to.to_owned(),
            is_relative: false,
            into_folder,
            sources,
        }
    }

    #[test]
    fn a_folder_brings_what_is_in_it() {
        let all = placed("/app", false, vec![PlacedSource::Folder(String::new())]);
        assert_eq!(all.origin("/app/a/b").as_deref(), Some("a/b"));
        assert_eq!(all.origin("/apple"), None);
        let part = placed("/app", true, vec![PlacedSource::Folder("src".to_owned())]);
        assert_eq!(part.origin("/app/b").as_deref(), Some("src/b"));
    }

    #[test]
    fn a_file_keeps_its_name_in_a_folder() {
        let file = |into| placed("/x", into, vec![PlacedSource::File("a/b.txt".to_owned())]);
        assert_eq!(file(true).origin("/x/b.txt").as_deref(), Some("a/b.txt"));
        assert_eq!(file(false).origin("/x").as_deref(), Some("a/b.txt"));
        assert_eq!(file(true).origin("/x"), None);
    }

    #[test]
    fn paths_are_resolved() {
        assert_eq!(resolved("/app", "../b").as_deref(), Some("/b"));
        assert_eq!(resolved("/app", "./b/").as_deref(), Some("/app/b"));
        assert_eq!(resolved("/app", "~/b"), None);
        assert_eq!(resolved("/", "../b"), None);
    }
}

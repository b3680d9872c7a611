//! The walk through the folder of a build context: all that lies there, whatever git thinks of it.
//!
//! Nothing outside of the repository is read, no link is followed, and nothing but regular files is opened.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::{DirEntry, FileType, read_dir};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::git::{GitRules, InForce};
use super::texts::{self, Budget, Use, listed};
use crate::context::{BuildContext, Gap, Other, Seen, Unread};

/// So many entries of a context are looked at.
const MAX_ENTRIES: usize = 100_000;

/// Folders below so many others are not entered.
const MAX_DEPTH: usize = 64;

/// Folders that tools fill. What is in them is not listed: it is much, and made anew.
const CLOSED: &[&str] = &[
    ".git",
    ".gradle",
    ".hg",
    ".mypy_cache",
    ".next",
    ".nox",
    ".nuxt",
    ".parcel-cache",
    ".pnpm-store",
    ".pytest_cache",
    ".ruff_cache",
    ".svelte-kit",
    ".svn",
    ".terraform",
    ".tox",
    ".turbo",
    ".venv",
    "__pycache__",
    "node_modules",
    "target",
    "venv",
];

/// Takes the picture of the folder `folder` in the repository at `root`.
pub(super) fn walk(root: &Path, folder: &str, git_rules: &GitRules) -> BuildContext {
    // A link may lead to it, but not out of the repository.
    let real = root.join(folder).canonicalize();
    let inside = real
        .ok()
        .filter(|real| real.starts_with(root) && real.is_dir());
    let Some(real) = inside else {
        return BuildContext::default();
    };
    let mut walk = Walk {
        git_rules,
        prefix: match folder {
            "" => String::new(),
            folder => format!("{folder}/"),
        },
        pending: VecDeque::new(),
        entries: 0,
        names: 0,
        budget: Budget::default(),
        files: BTreeMap::new(),
        seen: Seen::default(),
        projects: Vec::new(),
    };
    let rules = git_rules.in_folder(folder);
    if rules.is_none() {
        walk.seen.git_ignored.insert(String::new());
    }
    walk.pending.push_back(Folder {
        real,
        path: String::new(),
        depth: 0,
        rules,
    });
    // What lies near the root is seen first, whatever there is in depth.
    while let Some(folder) = walk.pending.pop_front() {
        if walk.enter(&folder).is_none() {
            break;
        }
    }
    walk.picture()
}

/// A folder that is still to be entered.
struct Folder {
    real: PathBuf,
    /// From the context.
    path: String,
    depth: usize,
    /// What git's rules say above and in it; `None` where they exclude it.
    rules: Option<InForce>,
}

struct Walk<'a> {
    git_rules: &'a GitRules,
    /// The path of the context from the root, with a slash at its end.
    prefix: String,
    pending: VecDeque<Folder>,
    entries: usize,
    /// So many names are no UTF-8.
    names: usize,
    budget: Budget,
    files: BTreeMap<String, Option<String>>,
    seen: Seen,
    /// The folders of projects, with what git's rules say there.
    projects: Vec<(String, PathBuf, InForce)>,
}

/// Files that say that a folder is that of a project.
const MANIFESTS: &[&str] = &[
    "Cargo.toml",
    "build.gradle",
    "build.gradle.kts",
    "go.mod",
    "package.json",
    "pom.xml",
    "pyproject.toml",
];

/// Ends of files that a program makes for itself.
const MADE: &[&str] = &[".db", ".log", ".pid", ".sqlite", ".sqlite3"];

/// The path of a name in a folder of the context.
fn below(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        above => format!("{above}/{name}"),
    }
}

/// The literals of a source that may be paths of files, from the folder that it works in.
fn named_files(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| line.contains('"'));
    let literals = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    literals.filter_map(|literal| {
        let path = literal.strip_prefix("./").unwrap_or(literal);
        let is_part = |char: char| char.is_ascii_alphanumeric() || "._-/".contains(char);
        let is_path = path.contains('.')
            && (3..=100).contains(&path.len())
            && path.chars().all(is_part)
            && !path.starts_with('/')
            && !path.ends_with(['/', '.'])
            && !MADE.iter().any(|end| path.ends_with(end))
            && !path.split('/').any(|part| part.is_empty() || part == "..");
        is_path.then_some(path)
    })
}

impl Walk<'_> {
    /// Looks at what is in a folder; `None` where there is too much.
    fn enter(&mut self, folder: &Folder) -> Option<()> {
        let Ok(entries) = read_dir(&folder.real) else {
            self.seen.gaps.push(Gap::Unreadable(folder.path.clone()));
            self.seen
                .others
                .insert(folder.path.clone(), Other::Unreadable);
            return Some(());
        };
        let mut entries: Vec<DirEntry> = entries
            .take(MAX_ENTRIES - self.entries + 1)
            .filter_map(Result::ok)
            .collect();
        if entries.is_empty() && !folder.path.is_empty() {
            self.seen.others.insert(folder.path.clone(), Other::Empty);
        }
        entries.sort_by_cached_key(DirEntry::file_name);
        for entry in entries {
            if self.entries == MAX_ENTRIES {
                self.seen.gaps.push(Gap::Entries(MAX_ENTRIES));
                return None;
            }
            self.entries += 1;
            self.add(&entry, folder);
        }
        self.note_what_installs_make(folder);
        let is_project = MANIFESTS.iter().any(|name| {
            let path = below(&folder.path, name);
            self.files.contains_key(&path)
        });
        if folder.path.is_empty() || is_project {
            let rules = folder.rules.clone();
            self.projects
                .extend(rules.map(|rules| (folder.path.clone(), folder.real.clone(), rules)));
        }
        Some(())
    }

    /// Files that a program may want and that git does not have are written before an image is built: those that
    /// rules spell out, and those that a source names.
    fn note_what_may_come(&mut self) {
        let projects = std::mem::take(&mut self.projects);
        for (folder, real, rules) in projects.iter().filter(|(_, _, rules)| rules.are_there()) {
            let texts = self.seen.texts.iter();
            let sources = texts.filter(|(path, _)| {
                folder.is_empty()
                    || path
                        .strip_prefix(folder)
                        .is_some_and(|it| it.starts_with('/'))
            });
            let sources = sources.filter(|(path, _)| listed(path) == Some(Use::Source));
            let named: BTreeSet<&str> = sources
                .flat_map(|(_, text)| named_files(text))
                .chain(rules.names())
                .chain([".env"])
                .collect();
            for name in named {
                let path = below(folder, name);
                let full = format!("{}{path}", self.prefix);
                let mut above = full.match_indices('/').map(|(at, _)| &full[..at]);
                let is_excluded =
                    rules.exclude(&full, false) || above.any(|it| rules.exclude(it, true));
                // The disk is asked for the few that are.
                let is_there = || self.files.contains_key(&path) || real.join(name).exists();
                if is_excluded && !is_there() {
                    self.seen.may_come.insert(path);
                }
            }
        }
    }

    /// Folders that installs make are excluded where the rules say so, also while they are not there.
    fn note_what_installs_make(&mut self, folder: &Folder) {
        for name in ["node_modules", ".venv", "vendor"] {
            let path = below(&folder.path, name);
            let full = format!("{}{path}", self.prefix);
            if folder
                .rules
                .as_ref()
                .is_some_and(|rules| rules.exclude(&full, true))
            {
                self.seen.git_ignored.insert(path);
            }
        }
    }

    fn add(&mut self, entry: &DirEntry, folder: &Folder) {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            self.names += 1;
            return;
        };
        let path = below(&folder.path, name);
        let Ok(kind) = entry.file_type() else {
            self.seen.others.insert(path, Other::Special);
            return;
        };
        let is_excluded = folder
            .rules
            .as_ref()
            .is_some_and(|rules| rules.exclude(&format!("{}{path}", self.prefix), kind.is_dir()));
        if is_excluded {
            self.seen.git_ignored.insert(path.clone());
        }
        let rules = folder.rules.as_ref().filter(|_| !is_excluded);
        if kind.is_dir() {
            self.folder(entry, path, folder.depth + 1, rules);
        } else if kind.is_file() {
            let text = listed(&path).and_then(|usage| self.text(&entry.path(), &path, usage));
            self.files.insert(path, text);
        } else {
            self.seen.others.insert(path, other(entry, kind));
        }
    }

    fn folder(&mut self, entry: &DirEntry, path: String, depth: usize, rules: Option<&InForce>) {
        let is_closed = CLOSED.iter().any(|name| entry.file_name() == *name);
        if is_closed || depth > MAX_DEPTH {
            if !is_closed {
                self.seen.gaps.push(Gap::Depth(path.clone()));
            }
            self.seen.others.insert(path, Other::Closed);
            return;
        }
        let rules = rules.map(|rules| {
            let mut rules = rules.clone();
            self.git_rules
                .enter(&mut rules, &format!("{}{path}", self.prefix));
            rules
        });
        self.pending.push_back(Folder {
            real: entry.path(),
            path,
            depth,
            rules,
        });
    }

    /// The text that is searched; one that is asked for by its path is put where it belongs.
    fn text(&mut self, real: &Path, path: &str, usage: Use) -> Option<String> {
        match self.budget.read(real, usage) {
            Ok(text) if usage == Use::Searched => return Some(text),
            Ok(text) => {
                self.seen.texts.insert(path.to_owned(), text);
            }
            Err(why) => {
                let length = real.symlink_metadata().map_or(0, |meta| meta.len());
                let gap = Gap::Texts(texts::MAX_BYTES);
                if usage != Use::Source
                    && why == Unread::TooLarge
                    && self.budget.is_spent(length)
                    && !self.seen.gaps.contains(&gap)
                {
                    self.seen.gaps.push(gap);
                }
                self.seen.unread.insert(path.to_owned(), why);
            }
        }
        None
    }

    fn picture(mut self) -> BuildContext {
        if self.names > 0 {
            self.seen.gaps.push(Gap::Names(self.names));
        }
        self.note_what_may_come();
        BuildContext {
            known: true,
            files: Arc::new(self.files),
            seen: Arc::new(self.seen),
            dockerignore: None,
        }
    }
}

/// What an entry is that is neither a folder nor a regular file.
fn other(entry: &DirEntry, kind: FileType) -> Other {
    if !kind.is_symlink() {
        return Other::Special;
    }
    // A target that is no UTF-8 is shown as well as it can be: nobody follows it.
    let target = entry.path().read_link();
    let target = target.map(|target| target.to_string_lossy().into_owned());
    Other::Link(target.unwrap_or_default())
}

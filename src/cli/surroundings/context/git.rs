//! What the `.gitignore` files of a repository exclude.
//!
//! Only these count, not what a user has set for all repositories: the answer is the same for everyone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::cli::surroundings::read_small;

/// The largest `.gitignore` that is read.
const MAX_BYTES: u64 = 256 * 1024;

/// The rules of a repository, read when a folder is first asked for.
#[derive(Debug)]
pub(in crate::cli::surroundings) struct GitRules {
    root: PathBuf,
    by_folder: Mutex<BTreeMap<String, Option<Arc<Rules>>>>,
}

/// The rules of one file.
#[derive(Debug)]
struct Rules {
    matcher: Gitignore,
    /// The names that they spell out, wherever they are.
    names: Vec<String>,
}

/// The rules that count in a folder: those of the root first, its own last.
#[derive(Clone, Debug, Default)]
pub(super) struct InForce(Vec<Arc<Rules>>);

impl GitRules {
    pub(in crate::cli::surroundings) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            by_folder: Mutex::default(),
        }
    }

    /// The rules in a folder, those of the folders above it included; `None` where they exclude it.
    pub(super) fn in_folder(&self, folder: &str) -> Option<InForce> {
        let mut rules = InForce::default();
        self.enter(&mut rules, "");
        for (at, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
            if at == 0 {
                continue;
            }
            if rules.exclude(&folder[..at], true) {
                return None;
            }
            self.enter(&mut rules, &folder[..at]);
        }
        Some(rules)
    }

    /// Adds the rules of a folder itself.
    pub(super) fn enter(&self, rules: &mut InForce, folder: &str) {
        let known = || {
            self.by_folder
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        let found = known().get(folder).cloned();
        let own = found.unwrap_or_else(|| {
            let own = self.read(folder).map(Arc::new);
            known().insert(folder.to_owned(), own.clone());
            own
        });
        rules.0.extend(own);
    }

    fn read(&self, folder: &str) -> Option<Rules> {
        let path = match folder {
            "" => ".gitignore".to_owned(),
            folder => format!("{folder}/.gitignore"),
        };
        let text = read_small(&self.root, &path, MAX_BYTES)?;
        let mut builder = GitignoreBuilder::new(folder);
        for line in text.lines() {
            // A line that git does not understand says nothing.
            let _ = builder.add_line(None, line);
        }
        let is_name =
            |line: &&str| !line.is_empty() && !line.contains(['*', '?', '[', '!', '\\', '#', '/']);
        let names = text.lines().map(|line| line.trim().trim_start_matches('/'));
        Some(Rules {
            matcher: builder.build().ok()?,
            names: names.filter(is_name).map(str::to_owned).collect(),
        })
    }
}

impl InForce {
    /// The names that they spell out.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .flat_map(|rules| &rules.names)
            .map(String::as_str)
    }
    /// Whether there are any.
    pub(super) fn are_there(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether they exclude a path, from the root of the repository.
    pub(super) fn exclude(&self, path: &str, is_folder: bool) -> bool {
        let deepest = self.0.iter().rev();
        let mut said = deepest.map(|rules| rules.matcher.matched(path, is_folder));
        said.find(|said| !said.is_none())
            .is_some_and(|said| said.is_ignore())
    }
}

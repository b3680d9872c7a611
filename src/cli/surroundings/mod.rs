//! What a repository says of each Dockerfile in it: read once, from one walk.
//!
//! Nothing here fails: what cannot be read or is not understood says nothing.

mod bake;
mod build;
mod compose;
mod context;
mod elsewhere;
mod endings;
mod images;
mod lines;
mod scripts;
mod sharing;
mod workflows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::discovery::{Listing, is_dockerfile, slashed, walk};
use crate::context::{BuildContext, ContextPlace, Surroundings};
use crate::settings::ContextChoice;
use build::Builds;
pub(crate) use context::reads;
use context::{ContextKey, GitRules, Taken};
use sharing::Sharing;

/// So many files of a repository are listed where only a part of it is rewritten.
const MAX_LISTED: usize = 50_000;

/// The largest file that is read for what it says of Dockerfiles.
const MAX_BYTES: u64 = 256 * 1024;

/// The repositories of a run. Each is looked at when its first Dockerfile asks.
#[derive(Debug)]
pub(crate) struct Repositories {
    by_root: BTreeMap<Arc<Path>, Lazy>,
}

#[derive(Debug, Default)]
struct Lazy {
    listing: Option<Listing>,
    repository: OnceLock<Repository>,
}

impl Repositories {
    /// Prepares the repositories at `roots`; those in `listings` need no walk of their own.
    pub(crate) fn new<'a>(
        roots: impl IntoIterator<Item = &'a Arc<Path>>,
        mut listings: BTreeMap<Arc<Path>, Listing>,
    ) -> Self {
        let mut by_root: BTreeMap<Arc<Path>, Lazy> = BTreeMap::new();
        for root in roots {
            if by_root.contains_key(root) {
                continue;
            }
            let listing = listings.remove(root);
            by_root.insert(
                Arc::clone(root),
                Lazy {
                    listing,
                    repository: OnceLock::new(),
                },
            );
        }
        Self { by_root }
    }

    /// What the repository at `root` says of the Dockerfile at `path` in it, which holds `text`.
    pub(crate) fn surroundings(
        &self,
        root: &Path,
        path: &Path,
        text: &str,
        choice: &ContextChoice,
    ) -> Surroundings {
        self.repository(root)
            .map(|repository| repository.surroundings(&slashed(path), text, choice))
            .unwrap_or_default()
    }

    fn repository(&self, root: &Path) -> Option<&Repository> {
        let lazy = self.by_root.get(root)?;
        Some(lazy.repository.get_or_init(|| {
            let listing = lazy.listing.clone();
            let listing = listing.unwrap_or_else(|| walk(root, MAX_LISTED).listing);
            Repository::survey(root, listing)
        }))
    }
}

/// One repository.
#[derive(Debug)]
struct Repository {
    root: PathBuf,
    listing: Listing,
    builds: Builds,
    /// The FROMs of all Dockerfiles, where the repository builds images under a name.
    parents: Vec<(String, Vec<String>)>,
    git_rules: GitRules,
    sharing: Sharing,
    contexts: Mutex<BTreeMap<ContextKey, Arc<BuildContext>>>,
}

impl Repository {
    fn survey(root: &Path, listing: Listing) -> Self {
        let dockerfiles: Vec<&str> = listing
            .files
            .iter()
            .map(String::as_str)
            .filter(|file| is_dockerfile(file))
            .collect();
        let builds = build::survey(root, &listing.files, &dockerfiles);
        let parents = if builds.names_images() {
            images::parents(root, &dockerfiles)
        } else {
            Vec::new()
        };
        Self {
            root: root.to_owned(),
            builds,
            parents,
            listing,
            git_rules: GitRules::new(root),
            sharing: Sharing::default(),
            contexts: Mutex::default(),
        }
    }

    fn surroundings(&self, path: &str, text: &str, choice: &ContextChoice) -> Surroundings {
        let known = self.builds.of(path);
        let place = match choice {
            ContextChoice::Auto => known.place,
            ContextChoice::None => ContextPlace::Unwanted,
            ContextChoice::Folder(folder) => self.configured(folder),
        };
        let context = place
            .folder()
            .map(|folder| self.context(path, text, folder));
        let sharing = match (context::taken_by(text), place.folder()) {
            (Taken::Something, Some(folder)) => {
                let files = &self.listing.files;
                self.sharing
                    .others(&self.root, files, &self.builds, path, folder)
            }
            _ => Some(Vec::new()),
        };
        Surroundings {
            is_shared_by_many: sharing.is_none(),
            sharing: sharing.unwrap_or_default(),
            context: context.unwrap_or_default(),
            context_place: place,
            build_args: known.args,
            usages: known.usages,
            targets: known.targets,
            buildkit_evidence: known.buildkit_evidence,
            children: images::children(&self.root, path, &known.images, &self.parents),
        }
    }

    /// The context that the configuration names.
    fn configured(&self, folder: &Path) -> ContextPlace {
        let real = folder.canonicalize();
        let root = self.root.canonicalize();
        let inside = real.as_deref().ok().zip(root.as_deref().ok());
        match inside.and_then(|(real, root)| real.strip_prefix(root).ok()) {
            Some(folder) => ContextPlace::Configured(slashed(folder)),
            None => ContextPlace::Outside {
                origin: "the configuration".to_owned(),
            },
        }
    }

    /// The build context; it is looked into only where the Dockerfile takes something from it.
    fn context(&self, path: &str, text: &str, folder: &str) -> Arc<BuildContext> {
        let taken = context::taken_by(text);
        let own = match taken {
            Taken::Something => context::own_ignore_file(&self.root, path),
            Taken::Nothing => None,
        };
        let key = ContextKey {
            folder: folder.to_owned(),
            taken,
            ignore_file: own,
        };
        let known = self.known_context(&key);
        if let Some((known_key, context)) = &known
            && *known_key == key
        {
            return Arc::clone(context);
        }
        // Not under the lock: two threads may read the same context once each.
        let context = Arc::new(match known {
            Some((_, context)) => context::with_ignore_file(&self.root, &context, &key),
            None => context::read(&self.root, &self.listing, &self.git_rules, &key),
        });
        let mut contexts = self.contexts.lock().unwrap_or_else(PoisonError::into_inner);
        contexts.insert(key, Arc::clone(&context));
        context
    }

    /// The context that was read for a key, or one of the same folder with another ignore file.
    fn known_context(&self, key: &ContextKey) -> Option<(ContextKey, Arc<BuildContext>)> {
        let contexts = self.contexts.lock().unwrap_or_else(PoisonError::into_inner);
        let same = contexts.get_key_value(key).or_else(|| {
            let first = ContextKey {
                ignore_file: None,
                ..key.clone()
            };
            let next = contexts.range(first..).next();
            next.filter(|(found, _)| found.folder == key.folder && found.taken == key.taken)
        });
        same.map(|(found, context)| (found.clone(), Arc::clone(context)))
    }
}

/// The folder of a path, `""` for the root.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `folder` and `path` put together and made plain; `None` where it leaves the root or is not plain.
fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['$', '{', '*']) || path.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
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

/// The text of a file, where it is small, regular and readable.
fn read_small(root: &Path, path: &str, limit: u64) -> Option<String> {
    let path = root.join(path);
    let meta = path.symlink_metadata().ok()?;
    if !meta.is_file() || meta.len() > limit {
        return None;
    }
    std::fs::read_to_string(path).ok()
}

#[cfg(test)]
mod tests;

//! The Dockerfiles that are built from one context: what is ignored for one is ignored for all.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::build::Builds;
use super::{context, read_small};
use crate::cli::discovery::is_dockerfile;

/// So many of them are looked at.
const MOST: usize = 50;

/// The largest Dockerfile that is read for what it takes.
const MAX_BYTES: u64 = 256 * 1024;

/// The Dockerfiles of a repository by their contexts; found when the first one asks.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    by_folder: OnceLock<BTreeMap<String, Vec<String>>>,
    texts: Mutex<BTreeMap<String, Option<Arc<str>>>>,
}

impl Sharing {
    /// The texts of the other Dockerfiles that are built from `folder` with its ignore file; `None` where they
    /// are too many, or one cannot be read.
    pub(super) fn others(
        &self,
        root: &Path,
        files: &[String],
        builds: &Builds,
        path: &str,
        folder: &str,
    ) -> Option<Vec<Arc<str>>> {
        if context::own_ignore_file(root, path).is_some() {
            return Some(Vec::new());
        }
        let by_folder = self.by_folder.get_or_init(|| {
            let mut map: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for file in files.iter().filter(|file| is_dockerfile(file)) {
                if let Some(folder) = builds.of(file).place.folder() {
                    map.entry(folder.to_owned()).or_default().push(file.clone());
                }
            }
            map
        });
        let all = by_folder.get(folder).map_or(&[][..], Vec::as_slice);
        if all.len() > MOST {
            return None;
        }
        let others = all.iter().filter(|other| *other != path);
        others
            .filter(|other| context::own_ignore_file(root, other).is_none())
            .map(|other| self.text(root, other))
            .collect()
    }

    fn text(&self, root: &Path, path: &str) -> Option<Arc<str>> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || read_small(root, path, MAX_BYTES).map(Arc::from);
        texts.entry(path.to_owned()).or_insert_with(read).clone()
    }
}

//! Where things are: the current folder, the root of each repository, and what the user calls a path.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::error::Failure;

/// The current folder, and the roots of the repositories seen.
#[derive(Debug)]
pub(crate) struct Places {
    current: Arc<Path>,
    /// By bytes: paths compare part by part, which is slow for thousands.
    repositories: BTreeMap<OsString, Option<Arc<Path>>>,
}

impl Places {
    /// Looks where we are.
    pub(crate) fn new() -> Result<Self, Failure> {
        let current = std::env::current_dir()
            .and_then(|folder| folder.canonicalize())
            .map_err(|error| Failure::io("the current folder", &error))?;
        Ok(Self {
            current: current.into(),
            repositories: BTreeMap::new(),
        })
    }

    /// The current folder.
    pub(crate) fn current(&self) -> &Path {
        &self.current
    }

    /// The root of the repository that holds `folder`: the nearest one upwards with `.git` in it, else
    /// the current folder where that is above, else the folder itself.
    pub(crate) fn root_of(&mut self, folder: &Path) -> Arc<Path> {
        match self.repository_of(folder) {
            Some(root) => root,
            None if folder.starts_with(&self.current) => Arc::clone(&self.current),
            None => Arc::from(folder),
        }
    }

    /// Each folder is looked at once, however many are below it.
    fn repository_of(&mut self, folder: &Path) -> Option<Arc<Path>> {
        if let Some(root) = self.repositories.get(folder.as_os_str()) {
            return root.clone();
        }
        let root = if folder.join(".git").exists() {
            Some(Arc::from(folder))
        } else {
            folder
                .parent()
                .and_then(|parent| self.repository_of(parent))
        };
        self.repositories
            .insert(folder.as_os_str().to_owned(), root.clone());
        root
    }

    /// What the user would call a path: from the current folder where it is below, else as it is.
    pub(crate) fn label(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.current).unwrap_or(path);
        let tidy: PathBuf = shown
            .components()
            .filter(|part| *part != Component::CurDir)
            .collect();
        if tidy.as_os_str().is_empty() {
            return ".".to_owned();
        }
        tidy.to_string_lossy().into_owned()
    }
}

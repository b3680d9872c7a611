//! Repositories: where they begin, and one walk over each for all that is to be found in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// Entries after which the walk of a repository around a single file ends.
const MAX_ENTRIES: usize = 50_000;

/// The files of a folder, sorted, `.gitignore` honoured.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Absolute paths.
    pub(super) files: Vec<PathBuf>,
    /// What could not be read, for the user.
    pub(super) errors: Vec<String>,
}

/// The root of the repository that holds `path`: the nearest folder upwards with a `.git`.
pub(super) fn root_of(path: &Path) -> Option<PathBuf> {
    path.ancestors()
        .find(|folder| folder.join(".git").exists())
        .map(Path::to_path_buf)
}

/// Walks `folder`. Hidden folders are walked (`.devcontainer`), `.git` is not; links are not followed.
pub(super) fn walk(folder: &Path) -> Tree {
    let mut tree = Tree::default();
    let walk = WalkBuilder::new(folder)
        .hidden(false)
        .require_git(false)
        .follow_links(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    for entry in walk.take(MAX_ENTRIES * 20) {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                tree.files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => tree.errors.push(error.to_string()),
        }
    }
    tree.files.sort();
    tree
}

/// Walks each folder once.
#[derive(Default)]
pub(super) struct Trees {
    by_folder: HashMap<PathBuf, std::sync::Arc<Tree>>,
}

impl Trees {
    pub(super) fn get(&mut self, folder: &Path) -> std::sync::Arc<Tree> {
        let tree = self
            .by_folder
            .entry(folder.to_owned())
            .or_insert_with(|| std::sync::Arc::new(walk(folder)));
        std::sync::Arc::clone(tree)
    }
}

/// Endings of files that are made into Dockerfiles, or left over from one.
const NO_DOCKERFILE: &[&str] = &[
    "dockerignore",
    "j2",
    "jinja",
    "jinja2",
    "tmpl",
    "tpl",
    "template",
    "erb",
    "mustache",
    "hbs",
    "gotmpl",
    "m4",
    "in",
    "bak",
    "backup",
    "orig",
    "rej",
    "swp",
    "swo",
    "old",
    "save",
    "tmp",
    "md",
    "txt",
    "rst",
    "adoc",
    "html",
    "lock",
    "log",
    "patch",
    "diff",
    "py",
    "sh",
    "js",
    "ts",
    "go",
    "rb",
    "rs",
    "java",
    "json",
    "yml",
    "yaml",
    "toml",
    "xml",
    "gz",
    "tgz",
    "tar",
    "zip",
    "sha256",
    "asc",
    "sig",
];

/// Whether a file's name is that of a Dockerfile.
pub(super) fn is_dockerfile(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let lower = name.to_ascii_lowercase();
    if lower.ends_with('~') || lower.starts_with(".#") {
        return false;
    }
    if matches!(lower.as_str(), "dockerfile" | "containerfile") {
        return true;
    }
    let Some((stem, extension)) = lower.rsplit_once('.') else {
        return false;
    };
    if matches!(extension, "dockerfile" | "containerfile") {
        return !stem.is_empty();
    }
    let is_variant = lower.starts_with("dockerfile.") || lower.starts_with("containerfile.");
    is_variant && !extension.is_empty() && !NO_DOCKERFILE.contains(&extension)
}

#[cfg(test)]
mod tests {
    use super::is_dockerfile;
    use std::path::Path;

    #[test]
    fn dockerfiles_are_known_by_their_names() {
        for name in [
            "Dockerfile",
            "dockerfile",
            "Dockerfile.prod",
            "Dockerfile-alpine.dockerfile",
            "api.Dockerfile",
            "x.dockerfile",
            "Containerfile",
            "Containerfile.dev",
            "Dockerfile.alpine3.19",
        ] {
            assert!(is_dockerfile(Path::new(name)), "{name}");
        }
        for name in [
            "Dockerfile.dockerignore",
            "Dockerfile.j2",
            "Dockerfile.tmpl",
            "Dockerfile.bak",
            "Dockerfile.orig",
            "Dockerfile~",
            "Dockerfile.md",
            ".dockerfile",
            "docker-compose.yml",
            "Dockerfile.swp",
        ] {
            assert!(!is_dockerfile(Path::new(name)), "{name}");
        }
    }
}

//! The build context of a Dockerfile: its files, and the texts that a transform may read.

use std::path::Path;

use super::{base_name, read_small};
use crate::cli::discovery::Listing;
use crate::context::BuildContext;

/// The largest text that is read.
const MAX_TEXT: u64 = 64 * 1024;

/// So many texts are read for one context.
const MAX_TEXTS: usize = 500;

/// What tells one build context from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ContextKey {
    /// Its folder, `""` for the root of the repository.
    pub(super) folder: String,
    /// The Dockerfile's own ignore file, which wins over that of the folder.
    pub(super) ignore_file: Option<String>,
    /// What is read.
    pub(super) texts: Texts,
}

/// Whether texts are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Texts {
    /// Those of a closed list.
    Read,
    /// None: the Dockerfile takes nothing from its context.
    NotNeeded,
}

/// Whether a Dockerfile takes files from its context.
pub(super) fn texts_for(text: &str) -> Texts {
    let takes = text.lines().any(|line| {
        let word = line
            .trim_start()
            .split([' ', '\t'])
            .next()
            .unwrap_or_default();
        // A word of ONBUILD, or one below a continuation, counts too: a text too much does no harm.
        ["COPY", "ADD", "ONBUILD"]
            .iter()
            .any(|keyword| word.eq_ignore_ascii_case(keyword))
            || (line.contains("--mount") && line.contains("bind"))
    });
    if takes { Texts::Read } else { Texts::NotNeeded }
}

/// Takes the snapshot of a context.
pub(super) fn read(root: &Path, listing: &Listing, key: &ContextKey) -> BuildContext {
    let folder = &key.folder;
    let prefix = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let files = &listing.files;
    let start = files.partition_point(|file| file.as_str() < prefix.as_str());
    let mut texts_left = match key.texts {
        Texts::Read => MAX_TEXTS,
        Texts::NotNeeded => 0,
    };
    let below = files[start..]
        .iter()
        .take_while(|file| file.starts_with(&prefix))
        .map(|file| {
            let mut text = None;
            if texts_left > 0 && is_read(base_name(file)) {
                texts_left -= 1;
                text = read_small(root, file, MAX_TEXT);
            }
            (file[prefix.len()..].to_owned(), text)
        })
        .collect();
    BuildContext {
        known: listing.complete,
        files: below,
        dockerignore: dockerignore(root, listing, key, &prefix),
    }
}

/// The Dockerfile's own ignore file wins over that of the folder.
/// <https://docs.docker.com/build/concepts/context/#filename-and-location>
fn dockerignore(root: &Path, listing: &Listing, key: &ContextKey, prefix: &str) -> Option<String> {
    if let Some(own) = &key.ignore_file {
        return read_small(root, own, MAX_TEXT);
    }
    let shared = format!("{prefix}.dockerignore");
    let listed = listing.files.binary_search(&shared).is_ok();
    if listed || !listing.complete {
        return read_small(root, &shared, MAX_TEXT);
    }
    None
}

/// Whether the text of a file of that name may tell something.
fn is_read(name: &str) -> bool {
    let ends = |end: &str| {
        name.len()
            .checked_sub(end.len())
            .and_then(|at| name.get(at..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    ends(".sh")
        || name.contains("entrypoint")
        || (name.starts_with("requirements") && ends(".txt"))
        || matches!(
            name,
            "package.json" | "go.mod" | "pyproject.toml" | ".npmrc" | "pip.conf"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_only_for_what_takes_files() {
        for text in [
            "FROM a\n  copy . .\n",
            "FROM a\nADD\tx y\n",
            "FROM a\nRUN --mount=type=bind,target=. make\n",
        ] {
            assert_eq!(texts_for(text), Texts::Read, "{text}");
        }
        assert_eq!(texts_for("FROM a\nRUN echo COPY\n"), Texts::NotNeeded);
    }

    #[test]
    fn texts_of_a_closed_list_are_read() {
        assert!(is_read("docker-entrypoint"));
        assert!(is_read("build.sh"));
        assert!(is_read("requirements-dev.txt"));
        assert!(!is_read("main.rs"));
    }
}

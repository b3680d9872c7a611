//! The build context of a Dockerfile: what lies in its folder, and the texts that a transform may read.

mod git;
mod texts;
mod walk;

use std::path::Path;
use std::sync::Arc;

use super::read_small;
use crate::cli::discovery::Listing;
use crate::context::{BuildContext, Gap, IgnoreFile, Seen};

pub(super) use git::GitRules;

/// The largest `.dockerignore` that is read.
const MAX_IGNORE: u64 = 64 * 1024;

/// What tells one build context from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ContextKey {
    /// Its folder, `""` for the root of the repository.
    pub(super) folder: String,
    /// Whether it is looked into.
    pub(super) taken: Taken,
    /// The Dockerfile's own ignore file, which wins over that of the folder.
    pub(super) ignore_file: Option<String>,
}

/// Whether a Dockerfile takes something from its context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taken {
    /// Files.
    Something,
    /// Nothing: the files that git knows are enough to tell.
    Nothing,
}

/// Whether a Dockerfile takes files from its context.
pub(super) fn taken_by(text: &str) -> Taken {
    let takes = text.lines().any(|line| {
        let word = line
            .trim_start()
            .split([' ', '\t'])
            .next()
            .unwrap_or_default();
        // A word of ONBUILD, or one below a continuation, counts too: a look too much does no harm.
        ["COPY", "ADD", "ONBUILD"]
            .iter()
            .any(|keyword| word.eq_ignore_ascii_case(keyword))
            || (line.contains("--mount") && line.contains("bind"))
    });
    if takes {
        Taken::Something
    } else {
        Taken::Nothing
    }
}

/// The Dockerfile's own ignore file; an empty one counts for nothing.
/// <https://docs.docker.com/build/concepts/context/#filename-and-location>
pub(super) fn own_ignore_file(root: &Path, dockerfile: &str) -> Option<String> {
    let own = format!("{dockerfile}.dockerignore");
    let meta = root.join(&own).symlink_metadata().ok()?;
    (meta.is_symlink() || meta.len() > 0).then_some(own)
}

/// Takes a picture of a context.
pub(super) fn read(
    root: &Path,
    listing: &Listing,
    git_rules: &GitRules,
    key: &ContextKey,
) -> BuildContext {
    let mut context = match key.taken {
        Taken::Something => walk::walk(root, &key.folder, git_rules),
        Taken::Nothing => listed(listing, &key.folder),
    };
    context.dockerignore = ignore_file(root, key);
    context
}

/// Whether a file of a context is one whose text is read: a manifest, a lock file, a script.
pub(crate) fn reads(path: &str) -> bool {
    texts::listed(path).is_some_and(|usage| usage != texts::Use::Source)
}

/// The same context with another ignore file.
pub(super) fn with_ignore_file(
    root: &Path,
    context: &BuildContext,
    key: &ContextKey,
) -> BuildContext {
    BuildContext {
        dockerignore: ignore_file(root, key),
        ..context.clone()
    }
}

/// The files that are known already, for a Dockerfile that takes none.
fn listed(listing: &Listing, folder: &str) -> BuildContext {
    let prefix = match folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let files = &listing.files;
    let start = files.partition_point(|file| file.as_str() < prefix.as_str());
    let below = files[start..]
        .iter()
        .take_while(|file| file.starts_with(&prefix))
        .map(|file| (file[prefix.len()..].to_owned(), None))
        .collect();
    BuildContext {
        known: listing.complete,
        files: Arc::new(below),
        seen: Arc::new(Seen {
            gaps: vec![Gap::NotTaken],
            ..Seen::default()
        }),
        dockerignore: None,
    }
}

fn ignore_file(root: &Path, key: &ContextKey) -> Option<IgnoreFile> {
    let shared = || match key.folder.as_str() {
        "" => ".dockerignore".to_owned(),
        folder => format!("{folder}/.dockerignore"),
    };
    let path = key.ignore_file.clone().unwrap_or_else(shared);
    let meta = root.join(&path).symlink_metadata().ok()?;
    if !meta.is_file() {
        return Some(IgnoreFile::unread(path, "it is no regular file"));
    }
    Some(match read_small(root, &path, MAX_IGNORE) {
        Some(text) => IgnoreFile::read(path, text),
        None if meta.len() > MAX_IGNORE => IgnoreFile::unread(path, "it is too large"),
        None => IgnoreFile::unread(path, "it cannot be read as UTF-8"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_looked_into_only_for_what_takes_files() {
        for text in [
            "FROM a\n  copy . .\n",
            "FROM a\nADD\tx y\n",
            "FROM a\nRUN --mount=type=bind,target=. make\n",
        ] {
            assert_eq!(taken_by(text), Taken::Something, "{text}");
        }
        assert_eq!(taken_by("FROM a\nRUN echo COPY\n"), Taken::Nothing);
    }
}

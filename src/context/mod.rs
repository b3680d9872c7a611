//! The build context and the repository around a Dockerfile, as values.
//!
//! No file system here: `cli::input` fills these before the pipeline starts.

pub mod dockerignore;
pub mod manifests;
mod sent;

use std::collections::BTreeMap;
use std::sync::Arc;

/// A snapshot of the folder that is sent to the builder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildContext {
    /// Whether the folder was there to look at; false for a Dockerfile on standard input.
    pub known: bool,
    /// Paths of files, `/`-separated, relative to the context; with the text of those that a
    /// transform may read (manifests, scripts).
    pub files: BTreeMap<String, Option<String>>,
    /// The text of the `.dockerignore` that applies.
    pub dockerignore: Option<String>,
}

/// What the repository says of one Dockerfile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Its build context; many Dockerfiles may share one.
    pub context: Arc<BuildContext>,
    /// Stages that a compose file, a bake file, a script or a workflow builds by name.
    pub targets: Vec<Target>,
    /// Where the repository shows that BuildKit builds it (`compose.yaml: cache_from`, a bake file …).
    pub buildkit_evidence: Option<String>,
    /// Dockerfiles of the repository that are built on the image of this one.
    pub children: Vec<ChildImage>,
}

/// A stage that somebody builds by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The stage's name, or its number.
    pub stage: String,
    /// Where that is said, `path:line` where the line is known.
    pub origin: String,
}

/// A Dockerfile that is built on the image of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildImage {
    /// Its path.
    pub path: String,
    /// The image reference in its FROM.
    pub reference: String,
    /// Its text.
    pub text: String,
}

impl BuildContext {
    /// Whether a path is that of a folder in it: files lie below it. `.` and what ends in `/` always are.
    pub fn has_folder(&self, path: &str) -> bool {
        let clean = clean(path);
        if clean.is_empty() || path.ends_with('/') {
            return true;
        }
        let prefix = format!("{clean}/");
        let mut below = self.files.range(prefix.clone()..);
        below
            .next()
            .is_some_and(|(file, _)| file.starts_with(&prefix))
    }

    /// Whether a path is that of a file in it; with its text, where that was read.
    pub fn file(&self, path: &str) -> Option<Option<&str>> {
        self.files.get(&clean(path)).map(Option::as_deref)
    }
}

/// A source as the context spells it: without `./`, doubled slashes and the slash in front.
fn clean(path: &str) -> String {
    let parts: Vec<&str> = path
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    parts.join("/")
}

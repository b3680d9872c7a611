//! The build context and the repository around a Dockerfile, as values.
//!
//! No file system here: `cli::surroundings` fills these before the pipeline starts.

mod answers;
pub mod dockerignore;
mod entries;
pub mod manifests;
mod place;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use answers::{Found, Sent};
pub use dockerignore::IgnoreFile;
pub use entries::{Gap, Other, Seen, Unread};
pub use place::ContextPlace;

/// A picture of the folder from which the builder takes files.
///
/// It holds what lies there, tracked by git or not; [`BuildContext::sends`] says what of it the builder gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildContext {
    /// Whether the folder was there to look at; false for a Dockerfile on standard input.
    pub known: bool,
    /// Paths of regular files, `/`-separated, relative to the context; with the text of those that may be
    /// searched as a whole (scripts, the manifests that name commands).
    pub files: Arc<BTreeMap<String, Option<String>>>,
    /// What else was seen, and what was not.
    pub seen: Arc<Seen>,
    /// The `.dockerignore` that applies.
    pub dockerignore: Option<IgnoreFile>,
}

/// What the repository says of one Dockerfile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Its build context; many Dockerfiles may share one.
    pub context: Arc<BuildContext>,
    /// Where that is, and who says so.
    pub context_place: ContextPlace,
    /// Build arguments that compose and bake files name.
    pub build_args: Vec<BuildArg>,
    /// Stages that a compose file, a bake file, a script or a workflow builds by name.
    pub targets: Vec<Target>,
    /// How compose files use the image otherwise than as it is.
    pub usages: Vec<Usage>,
    /// Where the repository shows that BuildKit builds it (`compose.yaml: cache_from`, a bake file …).
    pub buildkit_evidence: Option<String>,
    /// Dockerfiles of the repository that are built on the image of this one.
    pub children: Vec<ChildImage>,
    /// The texts of the other Dockerfiles that are built from the same context with the same ignore file.
    pub sharing: Vec<Arc<str>>,
    /// Whether these are too many to be looked at; then none is there.
    pub is_shared_by_many: bool,
}

impl Surroundings {
    /// The same, where the file that says what is ignored has another text.
    #[must_use]
    pub fn with_ignore_file(&self, path: &str, text: &str) -> Self {
        let mut context = BuildContext::clone(&self.context);
        context.dockerignore = Some(IgnoreFile::read(path.to_owned(), text.to_owned()));
        Self {
            context: Arc::new(context),
            ..self.clone()
        }
    }
}

/// How an image is used otherwise than as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Usage {
    /// Something else is started in it.
    Command {
        /// Where that is said.
        origin: String,
        /// What.
        command: String,
        /// Whether it takes the place of the ENTRYPOINT too.
        is_entrypoint: bool,
    },
    /// Something is run in an image of the repository, perhaps in this one.
    Elsewhere {
        /// Where that is said.
        origin: String,
        /// What, with the options and the name in front of it.
        command: String,
    },
    /// Its health is asked for by a command.
    Check {
        /// Where that is said.
        origin: String,
        /// What.
        command: String,
        /// Whether a shell reads it.
        by_shell: bool,
    },
    /// People or pipelines work in it, with its compilers and tools.
    Workplace {
        /// Where that is said.
        origin: String,
    },
    /// Files of the repository are mounted over it.
    Mount {
        /// Where that is said.
        origin: String,
        /// Over which path of the image.
        target: String,
    },
}

/// A stage that somebody builds by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The stage's name, or its number.
    pub stage: String,
    /// Where that is said, `path:line` where the line is known.
    pub origin: String,
}

/// A build argument that somebody names. Values are nobody's business: some are secrets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuildArg {
    /// Its name.
    pub name: String,
    /// Whether a value is written beside it; without one, the environment of the build has it.
    pub has_value: bool,
    /// Where it is named, `path:line` where the line is known.
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

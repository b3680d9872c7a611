//! What the user wants, as plain values. `cli::config` fills them from flags and `imgfix.toml`.

mod scope;
mod split;

use std::collections::BTreeSet;
use std::path::PathBuf;

pub use scope::{PlaceOfRewrite, RewriteKey, Scope};
pub use split::{OwnTemplate, RuntimeKind, SplitOptions};

use crate::transform::{Applicability, TransformId};

/// The settings for one Dockerfile, overrides applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The lowest applicability that is applied; what is below is held back.
    pub level: Applicability,
    /// The transforms that run; `None` for all.
    pub select: Option<BTreeSet<TransformId>>,
    /// Transforms that do not run, whatever `select` says.
    pub ignore: BTreeSet<TransformId>,
    /// What transforms read.
    pub options: Options,
    /// Which rewrites may be applied, where not all may.
    pub scope: Scope,
    /// Where the build context is (`context`, `--no-context`).
    pub context: ContextChoice,
    /// Whether nothing but the text of the Dockerfile is wanted: no file beside it is written.
    pub dockerfile_alone: bool,
    /// What `verify` asks containers (`[verify]`).
    pub smoke: SmokeTests,
}

/// Where the build context of a Dockerfile is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ContextChoice {
    /// Where the repository says, or beside the Dockerfile.
    #[default]
    Auto,
    /// Nowhere: only what the Dockerfile itself proves counts.
    None,
    /// In this folder.
    Folder(PathBuf),
}

/// Questions to the containers of an image, as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SmokeTests {
    /// Arguments with which a container is run, each as a shell would read them.
    pub commands: Vec<String>,
    /// `PORT/PATH`, asked for over HTTP.
    pub http: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            level: Applicability::Suggested,
            select: None,
            ignore: BTreeSet::new(),
            options: Options::default(),
            scope: Scope::default(),
            context: ContextChoice::default(),
            dockerfile_alone: false,
            smoke: SmokeTests::default(),
        }
    }
}

impl Settings {
    /// The same, where no file beside the Dockerfile may be written.
    #[must_use]
    pub fn of_dockerfile_alone(&self) -> Self {
        Self {
            dockerfile_alone: true,
            ..self.clone()
        }
    }

    /// The same, where not all rewrites may be applied.
    #[must_use]
    pub fn within(&self, scope: Scope) -> Self {
        Self {
            scope,
            ..self.clone()
        }
    }

    /// The same, where of what may be applied only these rewrites may.
    #[must_use]
    pub fn limited_to(&self, rewrites: BTreeSet<RewriteKey>) -> Self {
        self.within(Scope {
            rewrites: Some(rewrites),
            ..self.scope.clone()
        })
    }

    /// Whether a transform runs.
    pub fn runs(&self, id: TransformId) -> bool {
        !self.ignore.contains(&id)
            && self
                .select
                .as_ref()
                .is_none_or(|select| select.contains(&id))
    }
}

/// What transforms and the model read of the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether stages whose layers never reach a final image are tidied too (`all-stages`).
    pub all_stages: bool,
    /// Which adjacent RUNs are joined (`[merge-runs] merge`).
    pub merge: MergeMode,
    /// How caches are kept out of layers (`[clean-package-caches] style`).
    pub cache_style: CacheStyle,
    /// Which builder the file is for (`builder`).
    pub builder: Builder,
    /// Registries, with path, that mirror Docker Hub (`[images] mirrors`), each ending in `/`.
    pub mirrors: Vec<String>,
    /// Stages that somebody builds by name (`targets`).
    pub targets: Vec<String>,
    /// What `split-stages` is told.
    pub split: SplitOptions,
}

/// Which adjacent RUNs `merge-runs` joins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MergeMode {
    /// Those where it saves bytes or mends a fault.
    #[default]
    Saving,
    /// All that may be joined.
    All,
}

/// How `clean-package-caches` keeps caches out of layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CacheStyle {
    /// They are removed in the layer that made them.
    #[default]
    Cleanup,
    /// They stay in a cache mount, from build to build.
    CacheMount,
}

/// The builder that a Dockerfile is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Builder {
    /// What the file and its repository show.
    #[default]
    Auto,
    /// BuildKit: mounts and heredocs may be introduced.
    BuildKit,
    /// The classic builder: nothing that only BuildKit reads is introduced.
    Classic,
}

//! `imgfix.toml` as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

/// The configuration of imgfix, `imgfix.toml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ConfigFile {
    /// The versions of imgfix that this file is for, as a semver requirement: `">=0.1, <0.3"`.
    #[allow(
        dead_code,
        reason = "read for its form, and for the version before all else"
    )]
    pub(crate) required_version: Option<String>,
    /// Glob patterns, relative to this file's folder, of Dockerfiles that are left out of a search.
    #[serde(default)]
    pub(crate) exclude: Vec<String>,
    /// What concerns base images.
    #[serde(default)]
    pub(crate) images: Images,
    /// The lowest applicability that is applied.
    pub(crate) level: Option<Level>,
    /// The transforms that run, by name; all of them where it is absent.
    pub(crate) select: Option<Vec<String>>,
    /// Transforms that do not run.
    pub(crate) ignore: Option<Vec<String>>,
    /// The builder that the files are for.
    pub(crate) builder: Option<Builder>,
    /// Whether stages whose layers never reach a final image are tidied too.
    pub(crate) all_stages: Option<bool>,
    /// Stages that somebody builds by name (`docker build --target`).
    pub(crate) targets: Option<Vec<String>>,
    /// Settings of merge-runs.
    #[serde(default)]
    pub(crate) merge_runs: MergeRuns,
    /// Settings of tighten-package-flags; there are none yet.
    #[serde(default)]
    #[allow(
        dead_code,
        reason = "read for its form, and for the version before all else"
    )]
    pub(crate) tighten_package_flags: NoSettings,
    /// Settings of clean-package-caches; there are none yet.
    #[serde(default)]
    #[allow(
        dead_code,
        reason = "read for its form, and for the version before all else"
    )]
    pub(crate) clean_package_caches: NoSettings,
    /// Other settings for some files; of several that match, the last one wins.
    #[serde(default)]
    pub(crate) overrides: Vec<Override>,
}

/// Settings for the files that match `paths`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Override {
    /// Glob patterns, relative to this file's folder.
    pub(crate) paths: Vec<String>,
    /// The lowest applicability that is applied.
    pub(crate) level: Option<Level>,
    /// The transforms that run.
    pub(crate) select: Option<Vec<String>>,
    /// Transforms that do not run.
    pub(crate) ignore: Option<Vec<String>>,
    /// The builder that the files are for.
    pub(crate) builder: Option<Builder>,
    /// Whether stages whose layers never reach a final image are tidied too.
    pub(crate) all_stages: Option<bool>,
    /// Stages that somebody builds by name.
    pub(crate) targets: Option<Vec<String>>,
    /// Settings of merge-runs.
    #[serde(default)]
    pub(crate) merge_runs: MergeRuns,
}

/// What concerns base images.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Images {
    /// Registries, with path, that mirror Docker Hub: `"registry.example/hub/"`.
    #[serde(default)]
    pub(crate) mirrors: Vec<String>,
}

/// Settings of merge-runs.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct MergeRuns {
    /// Which RUN instructions are joined.
    pub(crate) merge: Option<Merge>,
}

/// A table without keys.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct NoSettings {}

/// The lowest applicability that is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    /// Only what is equivalent but for caches, package lists and layer borders.
    Safe,
    /// What is equivalent on the evidence found, too.
    Suggested,
    /// What may change the container, too.
    Unsafe,
}

/// The builder that the files are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Builder {
    /// What file and repository show.
    Auto,
    /// BuildKit.
    #[serde(rename = "buildkit")]
    BuildKit,
    /// The classic builder.
    Classic,
}

/// Which RUN instructions merge-runs joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Merge {
    /// Those where it saves bytes or mends a fault.
    Saving,
    /// All that may be joined.
    All,
}

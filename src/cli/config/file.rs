//! `imgfix.toml` as it is written. The JSON schema is made from these types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::settings::{Builder, CacheStyle, MergeMode, RuntimeKind};
use crate::transform::Applicability;

/// The configuration of imgfix. Globs are relative to the folder of this file; one without `/` matches
/// a name at any depth, and one that matches a folder matches everything in it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "imgfix.toml")]
pub(crate) struct ConfigFile {
    /// The versions of imgfix that this configuration is for, as Cargo writes them: `>=0.1, <0.3`.
    #[schemars(with = "String")]
    pub(crate) required_version: Option<Spanned<String>>,
    /// The lowest level that is applied; what is below is held back. `suggested` by default.
    #[schemars(with = "Level")]
    pub(crate) level: Option<Spanned<Level>>,
    /// The transforms that run; all by default.
    #[schemars(with = "Vec<String>")]
    pub(crate) select: Option<Spanned<Vec<Spanned<String>>>>,
    /// Transforms that do not run.
    #[schemars(with = "Vec<String>")]
    pub(crate) ignore: Option<Spanned<Vec<Spanned<String>>>>,
    /// Files that are not looked for; one that is named on the command line is taken all the same.
    #[schemars(with = "Vec<String>")]
    pub(crate) exclude: Option<Spanned<Vec<Spanned<String>>>>,
    /// The builder that the Dockerfiles are for. `auto` by default: what file and repository show.
    #[schemars(with = "BuilderName")]
    pub(crate) builder: Option<Spanned<BuilderName>>,
    /// The build context: a folder, relative to this file; `none` where only what the Dockerfile itself
    /// proves shall count. `auto` by default: the folder that the repository names, or the Dockerfile's own.
    #[schemars(with = "String")]
    pub(crate) context: Option<Spanned<String>>,
    /// Whether stages whose layers never reach a final image are tidied too. `false` by default.
    #[schemars(with = "bool")]
    pub(crate) all_stages: Option<Spanned<bool>>,
    /// Stages that somebody builds by name, besides those that the repository shows.
    #[schemars(with = "Vec<String>")]
    pub(crate) targets: Option<Spanned<Vec<String>>>,
    /// What is known of image references.
    pub(crate) images: Images,
    /// The settings of `add-to-copy`.
    pub(crate) add_to_copy: NoSettings,
    /// The settings of `copy-ownership`.
    pub(crate) copy_ownership: NoSettings,
    /// The settings of `merge-runs`.
    pub(crate) merge_runs: MergeRuns,
    /// The settings of `clean-package-caches`.
    pub(crate) clean_package_caches: CleanPackageCaches,
    /// The settings of `tighten-package-flags`.
    pub(crate) tighten_package_flags: NoSettings,
    /// The settings of `split-stages`.
    pub(crate) split_stages: SplitStages,
    /// What `imgfix verify` asks the containers.
    pub(crate) verify: Verify,
    /// How much images may grow, for `imgfix size`.
    pub(crate) size: Size,
    /// Other settings for some files; where several match, the later one wins.
    pub(crate) overrides: Vec<Override>,
}

/// Other settings for some files.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Override {
    /// The files.
    #[schemars(with = "Vec<String>")]
    pub(crate) paths: Vec<Spanned<String>>,
    /// The lowest level that is applied.
    #[serde(default)]
    #[schemars(with = "Level")]
    pub(crate) level: Option<Spanned<Level>>,
    /// The transforms that run, whatever is selected or ignored outside.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) select: Option<Spanned<Vec<Spanned<String>>>>,
    /// Transforms that do not run either.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) ignore: Option<Spanned<Vec<Spanned<String>>>>,
    /// The builder that the Dockerfiles are for.
    #[serde(default)]
    #[schemars(with = "BuilderName")]
    pub(crate) builder: Option<Spanned<BuilderName>>,
    /// The build context: a folder, relative to this file, `none` or `auto`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub(crate) context: Option<Spanned<String>>,
    /// Whether stages whose layers never reach a final image are tidied too.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub(crate) all_stages: Option<Spanned<bool>>,
    /// Stages that somebody builds by name.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) targets: Option<Spanned<Vec<String>>>,
    /// The settings of `add-to-copy`.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "there is nothing in the table yet but that it may be there"
    )]
    pub(crate) add_to_copy: NoSettings,
    /// The settings of `copy-ownership`.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "there is nothing in the table yet but that it may be there"
    )]
    pub(crate) copy_ownership: NoSettings,
    /// The settings of `split-stages`.
    #[serde(default)]
    pub(crate) split_stages: SplitStages,
    /// What `imgfix verify` asks the containers.
    #[serde(default)]
    pub(crate) verify: Verify,
    /// The settings of `merge-runs`.
    #[serde(default)]
    pub(crate) merge_runs: MergeRuns,
    /// The settings of `clean-package-caches`.
    #[serde(default)]
    pub(crate) clean_package_caches: CleanPackageCaches,
    /// The settings of `tighten-package-flags`.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "there is nothing in the table yet but that it may be there"
    )]
    pub(crate) tighten_package_flags: NoSettings,
}

/// What is known of image references.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Images {
    /// Registries, with path, that mirror Docker Hub: `registry.example/hub/`.
    #[schemars(with = "Vec<String>")]
    pub(crate) mirrors: Option<Spanned<Vec<String>>>,
}

/// What `imgfix verify` asks the containers of both images. Programs that a configuration names run only
/// with `--run-configured-smoke`: it may come from a stranger.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Verify {
    /// Arguments with which a container is run in place of its `CMD`, each as a shell would read them.
    #[schemars(with = "Vec<String>")]
    pub(crate) smoke: Option<Spanned<Vec<String>>>,
    /// `PORT/PATH` in a container that is started as it is: `8080/health`.
    #[schemars(with = "Vec<String>")]
    pub(crate) smoke_http: Option<Spanned<Vec<String>>>,
}

/// How much images may grow, for `imgfix size`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Size {
    /// The baseline file, relative to this file. By default `imgfix-size.json` in the current folder, where
    /// there is one.
    #[schemars(with = "String")]
    pub(crate) baseline: Option<Spanned<String>>,
    /// The growth in per cent above which it is told. `10` by default.
    #[schemars(with = "f64", range(min = 0))]
    pub(crate) warn_above: Option<Spanned<f64>>,
    /// The growth in per cent above which it is a failure. `25` by default.
    #[schemars(with = "f64", range(min = 0))]
    pub(crate) fail_above: Option<Spanned<f64>>,
}

/// The settings of `merge-runs`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct MergeRuns {
    /// Which adjacent RUNs are joined: those where it saves bytes or mends a fault, or all that may be.
    #[schemars(with = "MergeName")]
    pub(crate) merge: Option<Spanned<MergeName>>,
}

/// The settings of `clean-package-caches`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct CleanPackageCaches {
    /// How caches are kept out of layers: removed in the same layer, or kept in a cache mount.
    #[schemars(with = "StyleName")]
    pub(crate) style: Option<Spanned<StyleName>>,
}

/// The settings of `split-stages`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct SplitStages {
    /// The only template that is tried, by its name: `go`, `node`, `python`, `java`, `rust` or one of your own.
    #[schemars(with = "String")]
    pub(crate) language: Option<Spanned<String>>,
    /// The only kind of image that what runs is put on; by default the smallest that will do.
    #[schemars(with = "KindName")]
    pub(crate) template: Option<Spanned<KindName>>,
    /// Kinds of images that what runs is not put on.
    #[schemars(with = "Vec<KindName>")]
    pub(crate) forbid: Option<Spanned<Vec<KindName>>>,
    /// Images to write in place of the public ones, digests allowed; each has to hold what the public one holds.
    #[schemars(with = "BTreeMap<String, String>")]
    pub(crate) images: Option<Spanned<BTreeMap<String, String>>>,
    /// Packages of the system that what runs needs besides those that are found. With it, also where it is
    /// empty, nothing is declined for what a program may run or load.
    #[schemars(with = "Vec<String>")]
    pub(crate) runtime_packages: Option<Spanned<Vec<String>>>,
    /// Paths in the image, absolute or below the working directory, that are brought besides what is found. With
    /// it, a step that is not known is one of the build, and what it makes and is not named stays behind.
    #[schemars(with = "Vec<String>")]
    pub(crate) artifacts: Option<Spanned<Vec<String>>>,
    /// Put Java 17 or 21 on a runtime that `jlink` makes of Temurin's kit, on Debian without anything else. What it
    /// leaves out may be missed, so that this is applied with the level `unsafe` alone.
    #[schemars(with = "bool")]
    pub(crate) jlink: Option<Spanned<bool>>,
    /// Take the jar of Spring Boot 3.3.1 or later apart with its own tools, so that libraries, snapshots and the
    /// application lie in three layers: a change of the application alone is a small one to push and to pull.
    #[schemars(with = "bool")]
    pub(crate) spring_layers: Option<Spanned<bool>>,
    /// A folder, relative to this file, with templates of your own: one TOML file each.
    #[schemars(with = "String")]
    pub(crate) templates: Option<Spanned<String>>,
}

/// `distroless`, `scratch`, `slim` or `alpine`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KindName {
    /// An image without shell and package manager.
    Distroless,
    /// No image at all.
    Scratch,
    /// The small variant of the image that builds, or Debian's.
    Slim,
    /// Alpine's, where the build is on Alpine.
    Alpine,
}

impl From<KindName> for RuntimeKind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Distroless => Self::Distroless,
            KindName::Scratch => Self::Scratch,
            KindName::Slim => Self::Slim,
            KindName::Alpine => Self::Alpine,
        }
    }
}

/// The settings of a transform that has none yet.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoSettings {}

/// `safe`, `suggested` or `unsafe`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    /// Only what is safe.
    Safe,
    /// What is equivalent on the evidence found.
    Suggested,
    /// Also what may change what the container does.
    Unsafe,
}

impl From<Level> for Applicability {
    fn from(level: Level) -> Self {
        match level {
            Level::Safe => Self::Safe,
            Level::Suggested => Self::Suggested,
            Level::Unsafe => Self::Unsafe,
        }
    }
}

/// `auto`, `buildkit` or `classic`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BuilderName {
    /// What file and repository show.
    Auto,
    /// `BuildKit`.
    Buildkit,
    /// The classic builder.
    Classic,
}

impl From<BuilderName> for Builder {
    fn from(name: BuilderName) -> Self {
        match name {
            BuilderName::Auto => Self::Auto,
            BuilderName::Buildkit => Self::BuildKit,
            BuilderName::Classic => Self::Classic,
        }
    }
}

/// `saving` or `all`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MergeName {
    /// Those where it saves bytes or mends a fault.
    Saving,
    /// All that may be joined.
    All,
}

impl From<MergeName> for MergeMode {
    fn from(name: MergeName) -> Self {
        match name {
            MergeName::Saving => Self::Saving,
            MergeName::All => Self::All,
        }
    }
}

/// `cleanup` or `cache-mount`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StyleName {
    /// Removed in the same layer.
    Cleanup,
    /// Kept in a cache mount, where the file or its repository shows `BuildKit`.
    CacheMount,
}

impl From<StyleName> for CacheStyle {
    fn from(name: StyleName) -> Self {
        match name {
            StyleName::Cleanup => Self::Cleanup,
            StyleName::CacheMount => Self::CacheMount,
        }
    }
}

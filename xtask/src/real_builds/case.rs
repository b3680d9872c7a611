//! A case: a Dockerfile, its build context, and what has to be true of it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use imgfix::verify::Smoke;
use serde::Deserialize;

/// A folder of `tests/real_builds`.
#[derive(Debug)]
pub(super) struct Case {
    /// `cases/apt_curl`, `apps/go_plain`.
    pub(super) name: String,
    pub(super) folder: PathBuf,
    pub(super) expected: Expected,
    /// The tables that it adds to the configuration, where it has an `imgfix.toml`.
    pub(super) config: Option<String>,
}

/// `case.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Expected {
    /// The fact that the case proves.
    pub(super) what: String,
    /// The base images that it needs.
    pub(super) images: Vec<String>,
    /// `[clean-package-caches] style`.
    pub(super) style: Option<String>,
    /// `builder`.
    pub(super) builder: Option<String>,
    /// The transforms that change it.
    pub(super) applies: BTreeSet<String>,
    /// Reasons that are given.
    pub(super) declines: BTreeSet<String>,
    /// Commands that succeed in both images.
    pub(super) checks: Vec<String>,
    /// Commands that succeed in the rewritten image.
    pub(super) only_after: Vec<String>,
    /// By so many bytes the rewritten image is smaller, at least.
    pub(super) saves: u64,
    /// Whether two builds of the original differ, so that it has to be built twice.
    pub(super) random: bool,
    /// Whether it is one of those that every landing builds.
    pub(super) ci: bool,
    pub(super) smoke: Option<SmokeTest>,
    pub(super) expert: Option<Expert>,
    pub(super) rebuild: Option<Rebuild>,
}

/// What a rebuild after a change of one source line has to show of the rewritten Dockerfile.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) enum Rebuild {
    /// Part of the step that installs what the program needs: it comes from the cache.
    Step(String),
    /// The reason for which that step stays behind the copy of the sources.
    Declined(String),
    /// Why there is no such step to take from the cache.
    None(String),
}

/// A Dockerfile, as the engine can build it.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    /// Whether its first line named a frontend, and is left out.
    pub(super) names_frontend: bool,
}

/// How to see that it works.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SmokeTest {
    /// Arguments of the container.
    pub(super) command: Option<Vec<String>>,
    /// What is in its output.
    pub(super) output: Option<String>,
    /// `PORT/PATH`.
    pub(super) http: Option<String>,
    /// What is in the answer.
    pub(super) answer: Option<String>,
}

/// The rewrite by hand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Expert {
    /// The transform that is measured by it and does not exist yet.
    pub(super) pending: Option<String>,
    /// Bytes of the images when it was written, for the reader of the file.
    #[serde(rename = "size_before")]
    pub(super) bytes_before: u64,
    #[serde(rename = "size_expert")]
    pub(super) bytes_after: u64,
    /// Why the rewritten image is more than a twentieth larger than this one.
    pub(super) larger: Option<String>,
    /// A source file that is changed by a line for the rebuild.
    pub(super) source: Option<String>,
    /// The dependency step, which the expert's rebuild takes from the cache.
    pub(super) rebuild_hits: Option<String>,
}

impl SmokeTest {
    /// The question.
    pub(super) fn question(&self) -> Option<Smoke> {
        match (&self.command, &self.http) {
            (Some(words), _) => Some(Smoke::Command(words.clone())),
            (None, Some(text)) => Smoke::http(text),
            (None, None) => None,
        }
    }

    /// What has to be in the answer.
    pub(super) fn expected(&self) -> &str {
        let expected = self.output.as_deref().or(self.answer.as_deref());
        expected.unwrap_or_default()
    }
}

/// All cases, in the order of their names.
pub(super) fn all(root: &Path) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for kind in ["cases", "apps"] {
        let folder = root.join(kind);
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut folders: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        for folder in folders {
            let path = folder.join("case.toml");
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let expected =
                toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
            let base = folder.file_name().unwrap_or_default().to_string_lossy();
            cases.push(Case {
                name: format!("{kind}/{base}"),
                config: fs::read_to_string(folder.join("imgfix.toml")).ok(),
                folder,
                expected,
            });
        }
    }
    Ok(cases)
}

impl Case {
    /// Copies the build context, with the Dockerfile in it, and the configuration beside it.
    pub(super) fn lay_out(&self, to: &Path) -> Result<PathBuf, String> {
        let context = to.join("context");
        let failed = |error: std::io::Error| format!("{}: {error}", self.name);
        fs::create_dir_all(&context).map_err(failed)?;
        let own = self.folder.join("context");
        if own.is_dir() {
            imgfix::verify::copy_folder(&own, &context).map_err(failed)?;
        }
        let text = self.text("Dockerfile")?;
        fs::write(context.join("Dockerfile"), &text.text).map_err(failed)?;
        let mut config = String::new();
        let said = text.names_frontend.then_some("buildkit");
        if let Some(builder) = self.expected.builder.as_deref().or(said) {
            let _ = writeln!(config, "builder = \"{builder}\"");
        }
        // A small case is about one rewrite; what a split makes of it is the applications' to show.
        if self.expected.expert.is_none() {
            let _ = writeln!(config, "ignore = [\"split-stages\"]");
        }
        if let Some(style) = &self.expected.style {
            let _ = writeln!(config, "[clean-package-caches]\nstyle = \"{style}\"");
        }
        config.push_str(self.config.as_deref().unwrap_or_default());
        fs::write(to.join("imgfix.toml"), config).map_err(failed)?;
        Ok(context)
    }

    /// A Dockerfile of the case. A frontend that it names cannot be fetched: the engine's own reads it, and
    /// the configuration says in its place that it is `BuildKit`.
    pub(super) fn text(&self, name: &str) -> Result<Text, String> {
        let path = self.folder.join(name);
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(match text.split_once('\n') {
            Some((first, rest)) if first.starts_with("# syntax=docker/dockerfile:") => Text {
                text: rest.to_owned(),
                names_frontend: true,
            },
            _ => Text {
                text,
                names_frontend: false,
            },
        })
    }
}

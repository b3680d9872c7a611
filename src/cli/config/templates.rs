//! Templates of the user's: TOML files in a folder of the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::source::Source;
use crate::cli::error::Failure;
use crate::cli::input;
use crate::settings::OwnTemplate;

/// So many templates are read of a folder.
const MAX_TEMPLATES: usize = 200;

/// A template as it is written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "A template of split-stages")]
pub(crate) struct TemplateFile {
    /// Its name; that of the file by default.
    #[schemars(with = "String")]
    name: Option<Spanned<String>>,
    /// What it is for, in a line.
    #[serde(default)]
    summary: String,
    /// How a build is recognised.
    detect: Detect,
    /// What belongs to the build.
    #[serde(default)]
    build: Build,
    /// The stage that runs.
    runtime: Runtime,
}

/// How a build is recognised.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Detect {
    /// The images that it builds on, without tags: `elixir`.
    #[schemars(with = "Vec<String>")]
    base_images: Spanned<Vec<String>>,
    /// Files of the build context that have to be there: `mix.exs`.
    #[serde(default)]
    files: Vec<String>,
    /// Commands of which each has to be run by the build, by their first words: `mix release`.
    #[serde(default)]
    commands: Vec<String>,
}

/// What belongs to the build.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Build {
    /// Commands that the build alone needs, by their first words: `mix`. Others are declined.
    commands: Vec<String>,
    /// Variables that the build alone reads: `MIX_ENV`.
    environment: Vec<String>,
}

/// The stage that runs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Runtime {
    /// Its image, with `{tag}`, `{version}` and `{release}` of the one that builds: `debian:{release}-slim`.
    #[schemars(with = "String")]
    image: Spanned<String>,
    /// Packages of the system that it needs.
    #[serde(default)]
    packages: Vec<String>,
    /// What is brought from the stage that builds, absolute or below the working directory.
    #[schemars(with = "Vec<String>")]
    artifacts: Spanned<Vec<String>>,
    /// Variables that are set.
    #[serde(default)]
    environment: BTreeMap<String, String>,
    /// The user, where the author names none. It changes what the container does: level `unsafe`.
    user: Option<String>,
    /// What the container starts, in place of the author's CMD and ENTRYPOINT: level `unsafe`.
    #[schemars(with = "Vec<String>")]
    entry_point: Option<Spanned<Vec<String>>>,
}

/// Reads the templates of a folder, in the order of their files' names.
pub(super) fn read(
    folder: &Spanned<String>,
    source: &Source,
    known: &[&str],
) -> Result<Arc<[OwnTemplate]>, Failure> {
    let path = source.folder.join(folder.get_ref());
    let failed = |error: &std::io::Error| {
        let what = format!(
            "`templates`: {}: {}",
            folder.get_ref(),
            crate::cli::error::cause(error)
        );
        source.failure(&folder.span(), &what)
    };
    let entries = std::fs::read_dir(&path).map_err(|error| failed(&error))?;
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| failed(&error))?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            files.push(path);
        }
    }
    files.sort();
    if files.len() > MAX_TEMPLATES {
        let what = format!("`templates`: more than {MAX_TEMPLATES} files");
        return Err(source.failure(&folder.span(), &what));
    }
    let mut templates: Vec<OwnTemplate> = Vec::new();
    for path in files {
        let template = template(&path, folder.get_ref())?;
        let name = template.name.as_str();
        if known.contains(&name) || templates.iter().any(|it| it.name == name) {
            let what = format!("{}: `name`: there is a template `{name}`", template.file);
            return Err(Failure::new(what).hint("give it another name"));
        }
        templates.push(template);
    }
    Ok(templates.into())
}

fn template(path: &Path, folder: &str) -> Result<OwnTemplate, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let label = format!("{}/{name}", folder.trim_end_matches('/'));
    let text = input::read_text(path, &label)?;
    let source = Source {
        label: label.into(),
        folder: PathBuf::new(),
        text,
    };
    let file: TemplateFile =
        toml::from_str(&source.text).map_err(|error| source.explain(&error))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    file.checked(&source, &stem)
}

impl TemplateFile {
    fn checked(self, source: &Source, stem: &str) -> Result<OwnTemplate, Failure> {
        let refuse = |span, field: &str, what: &str| {
            Err(source.failure(&span, &format!("`{field}`: {what}")))
        };
        let Runtime {
            image,
            packages,
            artifacts,
            environment,
            user,
            entry_point,
        } = self.runtime;
        let name = self.name.as_ref().map_or(stem, |name| name.get_ref());
        let is_plain = |char: char| char.is_ascii_alphanumeric() || char == '-' || char == '_';
        if name.is_empty() || !name.chars().all(is_plain) {
            let span = self.name.as_ref().map_or(0..0, Spanned::span);
            return refuse(span, "name", "letters, digits, `-` and `_` make a name");
        }
        if self.detect.base_images.get_ref().is_empty() {
            let span = self.detect.base_images.span();
            return refuse(span, "base-images", "at least one image is wanted");
        }
        if artifacts.get_ref().is_empty() {
            return refuse(artifacts.span(), "artifacts", "at least one path is wanted");
        }
        let is_one_word = |text: &String| !text.is_empty() && !text.contains(char::is_whitespace);
        if !artifacts.get_ref().iter().all(is_one_word) {
            let what = "a path without blanks is wanted";
            return refuse(artifacts.span(), "artifacts", what);
        }
        let left = ["{tag}", "{version}", "{release}"]
            .iter()
            .fold(image.get_ref().clone(), |text, name| text.replace(name, ""));
        if left.contains(['{', '}']) || !is_one_word(image.get_ref()) {
            let what =
                "an image with `{tag}`, `{version}` or `{release}` in it, or without, is wanted";
            return refuse(image.span(), "image", what);
        }
        if let Some(words) = entry_point.as_ref().filter(|it| it.get_ref().is_empty()) {
            return refuse(words.span(), "entry-point", "at least one word is wanted");
        }
        Ok(OwnTemplate {
            name: name.to_owned(),
            summary: self.summary,
            file: source.label.to_string(),
            base_images: self.detect.base_images.into_inner(),
            files: self.detect.files,
            commands: self.detect.commands,
            build_commands: self.build.commands,
            build_environment: self.build.environment,
            image: image.into_inner(),
            packages,
            artifacts: artifacts.into_inner(),
            environment: environment.into_iter().collect(),
            user,
            entry_point: entry_point.map(Spanned::into_inner),
        })
    }
}

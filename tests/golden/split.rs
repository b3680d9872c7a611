//! What a `case.toml` says to `split-stages`.

use std::collections::BTreeMap;

use imgfix::settings::{OwnTemplate, RuntimeKind, SplitOptions};

/// `[split]`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Split {
    language: Option<String>,
    template: Option<String>,
    forbid: Vec<String>,
    images: BTreeMap<String, String>,
    runtime_packages: Option<Vec<String>>,
    artifacts: Vec<String>,
    jlink: bool,
    spring_layers: bool,
    own: Vec<Own>,
}

/// A template of the user's.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Own {
    name: String,
    base_images: Vec<String>,
    files: Vec<String>,
    commands: Vec<String>,
    build_commands: Vec<String>,
    build_environment: Vec<String>,
    image: String,
    packages: Vec<String>,
    artifacts: Vec<String>,
    environment: BTreeMap<String, String>,
    user: Option<String>,
    entry_point: Option<Vec<String>>,
}

fn kind(name: &str) -> Result<RuntimeKind, String> {
    use RuntimeKind::{Alpine, Distroless, Scratch, Slim};
    let mut kinds = [Distroless, Scratch, Slim, Alpine].into_iter();
    kinds
        .find(|kind| kind.name() == name)
        .ok_or_else(|| format!("no kind `{name}`"))
}

impl Split {
    pub(crate) fn options(&self) -> Result<SplitOptions, String> {
        let own = self.own.iter().map(|own| OwnTemplate {
            name: own.name.clone(),
            summary: String::new(),
            file: format!("templates/{}.toml", own.name),
            base_images: own.base_images.clone(),
            files: own.files.clone(),
            commands: own.commands.clone(),
            build_commands: own.build_commands.clone(),
            build_environment: own.build_environment.clone(),
            image: own.image.clone(),
            packages: own.packages.clone(),
            artifacts: own.artifacts.clone(),
            environment: own.environment.clone().into_iter().collect(),
            user: own.user.clone(),
            entry_point: own.entry_point.clone(),
        });
        Ok(SplitOptions {
            language: self.language.clone(),
            kind: self.template.as_deref().map(kind).transpose()?,
            forbid: self
                .forbid
                .iter()
                .map(|name| kind(name))
                .collect::<Result<_, _>>()?,
            images: self.images.clone(),
            packages: self.runtime_packages.clone(),
            artifacts: self.artifacts.clone(),
            jlink: self.jlink,
            spring_layers: self.spring_layers,
            templates: own.collect(),
        })
    }
}

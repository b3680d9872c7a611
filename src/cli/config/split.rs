//! `[split-stages]` of a configuration file.

use std::collections::BTreeSet;

use toml::Spanned;

use super::effective::SplitLayer;
use super::file::SplitStages;
use super::layer::sourced;
use super::source::Source;
use super::templates;
use crate::cli::error::Failure;

/// What a table sets.
pub(super) fn layer(table: &SplitStages, source: &Source) -> Result<SplitLayer, Failure> {
    let list = |value: &Option<Spanned<Vec<String>>>| {
        let value = value.as_ref()?;
        Some(sourced(value, source, Clone::clone))
    };
    let known: Vec<&str> = crate::templates().map(|about| about.name).collect();
    let templates = match &table.templates {
        Some(folder) => {
            let read = templates::read(folder, source, &known)?;
            Some(sourced(folder, source, |_| read))
        }
        None => None,
    };
    let language = table.language.as_ref();
    let kind = table.template.as_ref();
    let forbid = table.forbid.as_ref();
    let images = table.images.as_ref();
    let jlink = table.jlink.as_ref();
    let layers = table.spring_layers.as_ref();
    Ok(SplitLayer {
        language: language.map(|it| sourced(it, source, Clone::clone)),
        kind: kind.map(|it| sourced(it, source, |&kind| kind.into())),
        forbid: forbid.map(|it| {
            sourced(it, source, |kinds| {
                let kinds = kinds.iter().map(|&kind| kind.into());
                kinds.collect::<BTreeSet<_>>()
            })
        }),
        images: images.map(|it| sourced(it, source, Clone::clone)),
        packages: list(&table.runtime_packages),
        artifacts: list(&table.artifacts),
        jlink: jlink.map(|it| sourced(it, source, |&wanted| wanted)),
        spring_layers: layers.map(|it| sourced(it, source, |&wanted| wanted)),
        templates,
    })
}

/// The languages that are named are known: built in, or in one of the layers.
pub(super) fn check_languages<'l>(
    layers: impl Iterator<Item = &'l SplitLayer> + Clone,
    source: &Source,
) -> Result<(), Failure> {
    let own = layers
        .clone()
        .filter_map(|layer| layer.templates.as_ref())
        .flat_map(|templates| templates.value.iter().map(|it| it.name.as_str()));
    let known = crate::templates().map(|about| about.name).chain(own);
    let known: Vec<&str> = known.collect();
    let mut languages = layers.filter_map(|layer| layer.language.as_ref());
    match languages.find(|language| !known.contains(&language.value.as_str())) {
        None => Ok(()),
        Some(language) => {
            let name = language.value.as_str();
            let place = match &language.origin {
                super::Origin::File { label, line } => format!("{label}:{line}"),
                super::Origin::Default | super::Origin::Flag(_) => source.label.to_string(),
            };
            let what = format!("{place}: `language`: there is no template `{name}`");
            Err(Failure::new(what).hint(crate::cli::error::name_hint(name, &known, "templates")))
        }
    }
}

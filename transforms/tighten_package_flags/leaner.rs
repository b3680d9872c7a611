//! A flag that installs less than most images need: weak dependencies of rpm packages, documentation of gems.

use crate::edit::Edits;
use crate::model::packages::{Leaner, Verb};
use crate::transform::words::WordEdits;
use crate::transform::{Applicability, Effect, Input, Proposals, Reason, Rewrite};

use super::Site;
use super::no_cache::FLAG_UNKNOWN;

pub(super) const CONFIGURED: Reason = Reason {
    id: "configured-elsewhere",
    message: "a configuration file or setting decides about what the flag leaves out",
};

/// Whether the flag is missing on an install.
pub(super) fn is_missing(input: &Input<'_>, site: &Site<'_>) -> bool {
    let Some(leaner) = &site.operation.manager.leaner else {
        return false;
    };
    let image = input.model.stages[site.run.stage].image.as_ref();
    let is_configured_image = image
        .is_some_and(|image| image.is_official() && leaner.images.contains(&image.name.as_str()));
    site.operation.verb == Verb::Install
        && !site.operation.operands.is_empty()
        && !is_configured_image
        && !has_spelling(site, leaner)
}

fn has_spelling(site: &Site<'_>, leaner: &Leaner) -> bool {
    let words = site.command.words.iter();
    let texts = words.map(|word| word.literal.as_deref().unwrap_or(&word.raw));
    texts.into_iter().any(|text| {
        leaner
            .spellings
            .iter()
            .chain(leaner.configuration)
            .any(|spelling| text.contains(spelling))
    })
}

pub(super) fn propose(input: &Input<'_>, site: &Site<'_>, proposals: &mut Proposals) {
    let Some(leaner) = &site.operation.manager.leaner else {
        return;
    };
    if !is_missing(input, site) {
        return;
    }
    let model = input.model;
    let range = site.command.range;
    let stage = &model.stages[site.run.stage];
    let before = (stage.item..=site.run.item).filter_map(|item| model.instruction(item));
    let texts: Vec<&str> = before
        .map(|instruction| instruction.range.slice(&model.text))
        .collect();
    let says = |names: &'static [&'static str]| {
        let mut said = names.iter();
        said.find(|name| texts.iter().any(|text| text.contains(**name)))
    };
    if says(leaner.configuration).is_some() {
        return proposals.decline(range, &CONFIGURED, "");
    }
    if let Some(old) = says(leaner.unknown_with) {
        return proposals.decline(range, &FLAG_UNKNOWN, format!("`{old}…`"));
    }
    let release = stage.facts.as_ref().and_then(|facts| facts.release);
    if release.is_some_and(|release| leaner.unknown_in.contains(&release)) {
        return proposals.decline(range, &FLAG_UNKNOWN, release.unwrap_or_default());
    }
    let mut words = WordEdits::new(site.command);
    words.insert_after(site.operation.subcommand, " ", leaner.flag);
    let (edits, effect) = words.finish(model);
    let mut effects = vec![effect];
    let folders = leaner.folders.iter();
    effects.extend(folders.map(|&folder| Effect::PathRemoved(folder.to_owned())));
    proposals.rewrite(Rewrite {
        anchor: range,
        edits: Edits::new(edits).expect("one edit does not overlap"),
        applicability: if leaner.is_suggested {
            Applicability::Suggested
        } else {
            Applicability::Unsafe
        },
        title: format!("add `{}`", leaner.flag),
        because: format!(
            "leaves out {}; assumes that nothing in the container uses it",
            leaner.what
        ),
        effects,
    });
}

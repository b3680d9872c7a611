//! Which template is asked, and what it makes.

use imgfix_syntax::Keyword;

use super::base;
use super::estimate;
use super::reasons::{
    FILES_NOT_KNOWN, STEP_NOT_CLASSIFIED, TEMPLATE_DOES_NOT_FIT, TOOLCHAIN_IS_SHIPPED,
};
use super::render;
use super::site::{Refusal, Site};
use super::templates::own::Own;
use super::templates::{TEMPLATES, Template};
use crate::model::images::{Family, ImageReference};
use crate::model::stage::{Base, Stage};
use crate::transform::{Answer, Effect, Input, Rewrite, TemplateVerdict};

/// The templates that there are, and the build that they are asked about.
pub(super) struct Choice<'a> {
    candidate: Option<(&'a Stage, &'a ImageReference)>,
    own: Vec<Own<'a>>,
}

/// A template by its name, and why it is not for a build.
struct Fit<'c> {
    name: &'c str,
    template: &'c dyn Template,
    other: Option<String>,
}

impl<'a> Choice<'a> {
    pub(super) fn of(input: &Input<'a>) -> Self {
        Self {
            candidate: Site::candidate(input).filter(|_| input.model.hands_off.is_none()),
            own: input.options.split.templates.iter().map(Own).collect(),
        }
    }

    /// All templates, the user's own first, and whether each is for the build.
    fn fits<'c>(&'c self, input: &Input<'_>) -> Vec<Fit<'c>> {
        let wanted = input.options.split.language.as_deref();
        let why_not = |name: &str, why: Option<String>| match (wanted, self.candidate) {
            (Some(wanted), _) if wanted != name => Some(format!("`language` is `{wanted}`")),
            (_, None) => Some("it is no build in one stage on an image that is named".to_owned()),
            _ => why,
        };
        let own = self.own.iter().map(|own| Fit {
            name: own.0.name.as_str(),
            template: own as &dyn Template,
            other: why_not(
                &own.0.name,
                self.candidate
                    .and_then(|(_, image)| own.is_not_for(input, image)),
            ),
        });
        let built_in = TEMPLATES.iter().map(|template| {
            let name = template.meta().map_or("", |meta| meta.name);
            let images = template.meta().map_or(&[][..], |meta| meta.images);
            let other = self.candidate.and_then(|(stage, image)| {
                if images.contains(&image.name.as_str()) {
                    template.is_not_for(input, stage)
                } else {
                    Some(format!("the base image is `{}`", image.name))
                }
            });
            Fit {
                name,
                template: *template,
                other: why_not(name, other),
            }
        });
        own.chain(built_in).collect()
    }

    /// The template that is asked.
    ///
    /// # Errors
    /// Where the configuration names one that is not for this build.
    pub(super) fn template<'c>(
        &'c self,
        input: &Input<'_>,
    ) -> Result<Option<&'c dyn Template>, Refusal> {
        let mut fits = self.fits(input);
        if let Some(at) = fits.iter().position(|fit| fit.other.is_none()) {
            return Ok(Some(fits.swap_remove(at).template));
        }
        let wanted = input.options.split.language.as_deref();
        let refused = fits.into_iter().find(|fit| Some(fit.name) == wanted);
        match (refused, self.candidate) {
            (Some(fit), Some((stage, _))) => {
                let range = input.model.instruction(stage.item).map(|it| it.range);
                let why = fit.other.unwrap_or_default();
                let what = format!("`{}`: {why}", fit.name);
                Err((range.unwrap_or_default(), &TEMPLATE_DOES_NOT_FIT, what))
            }
            _ => Ok(None),
        }
    }
}

/// What a template makes of the build.
pub(super) fn attempt(
    input: &Input<'_>,
    choice: &Choice<'_>,
    template: &dyn Template,
) -> Result<Option<Rewrite>, Refusal> {
    let Some((stage, image)) = choice.candidate else {
        return Ok(None);
    };
    // What the images say by themselves is the word of whoever wrote the template.
    let is_own = template.meta().is_none();
    let site = Site::of(input, stage, image, is_own)?;
    let with_cause = |(range, reason, detail): Refusal| {
        let is_bare = detail.is_empty() && reason.id == FILES_NOT_KNOWN.id;
        let cause = is_bare.then(|| site.why_unread()).flatten();
        (range, reason, cause.unwrap_or(detail))
    };
    let Some(mut plan) = template.plan(&site).map_err(with_cause)? else {
        return Ok(None);
    };
    if plan.stays {
        return Ok(Some(render::in_place(plan)));
    }
    base::has_what_is_wanted(&site, &plan)?;
    if let Err(item) = render::before_folder(&site, &plan) {
        let what = "an account that owns the folder is made behind it".to_owned();
        return Err((site.range(item), &STEP_NOT_CLASSIFIED, what));
    }
    let sizes = estimate::bytes(&site, &plan);
    if let Some(own) = input.options.split.images.get(&plan.runtime) {
        plan.runtime.clone_from(own);
    }
    let mut rewrite = render::rewrite(&site, plan);
    if let Some((before, after)) = sizes {
        rewrite.effects.push(Effect::BytesSaved(before - after));
        rewrite
            .effects
            .push(Effect::BaseEstimated { before, after });
    }
    Ok(Some(rewrite))
}

/// Of a build in several stages: the last one, where it brings what another one built onto an image that can build
/// too, and builds nothing itself.
pub(super) fn shipped_toolchain(input: &Input<'_>) -> Option<Refusal> {
    let model = input.model;
    let last = model.stages.last().filter(|_| model.stages.len() > 1)?;
    let Base::Image(image) = &last.base else {
        return None;
    };
    let tag = image.tag.as_deref().unwrap_or("latest");
    let says = |words: &[&str]| tag.split('-').any(|word| words.contains(&word));
    let is_slim = last
        .facts
        .is_some_and(|facts| facts.slim || facts.family == Family::Alpine);
    let has_toolchain = match image.name.as_str() {
        "golang" | "gradle" | "maven" | "rust" => true,
        "eclipse-temurin" | "openjdk" => !says(&["jre"]),
        "node" | "python" => !is_slim,
        _ => false,
    };
    let mut items = last.item + 1..last.end;
    let brings = items.clone().any(|item| {
        let copy = model
            .instruction(item)
            .filter(|it| it.keyword == Keyword::Copy);
        copy.is_some_and(|it| it.flag("from").is_some())
    });
    let builds = items.any(|item| {
        let run = model.instruction(item);
        run.is_some_and(|it| it.keyword == Keyword::Run)
    });
    let range = model.instruction(last.item).map(|it| it.range)?;
    let what = format!("`{}:{tag}`", image.name);
    (has_toolchain && brings && !builds).then_some((range, &TOOLCHAIN_IS_SHIPPED, what))
}

/// What each template says of a Dockerfile.
pub(super) fn verdicts(input: &Input<'_>) -> Vec<TemplateVerdict> {
    let choice = Choice::of(input);
    let mut asked: Option<String> = None;
    let fits = choice.fits(input).into_iter();
    let verdicts = fits.map(|fit| {
        let answer = match (fit.other, &asked) {
            (Some(why), _) => Answer::OtherBuild(why),
            (None, Some(first)) => Answer::AfterAnother(first.clone()),
            (None, None) => {
                asked = Some(fit.name.to_owned());
                match attempt(input, &choice, fit.template) {
                    Ok(Some(rewrite)) => Answer::Splits(rewrite.title),
                    Ok(None) => Answer::Nothing,
                    Err((_, reason, detail)) => Answer::Declined {
                        reason: reason.id,
                        message: reason.message,
                        detail,
                    },
                }
            }
        };
        TemplateVerdict {
            name: fit.name.to_owned(),
            answer,
        }
    });
    verdicts.collect()
}

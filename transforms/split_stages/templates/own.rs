//! A template of the user's: what it says is taken at its word.

use imgfix_syntax::Keyword;

use super::Template;
use crate::model::command::CommandFact;
use crate::model::images::{Family, ImageReference, base_facts, version_of};
use crate::model::placed::resolved;
use crate::settings::OwnTemplate;
use crate::transform::{Applicability, Input, TemplateMeta};
use crate::transforms::split_stages::plan::{Brought, Plan, Role, ToldPlan};
use crate::transforms::split_stages::reasons::{
    BASE_NOT_KNOWN, STEP_NOT_CLASSIFIED, TEMPLATE_DOES_NOT_FIT,
};
use crate::transforms::split_stages::site::{Refusal, Site};
use crate::transforms::split_stages::survey::{ByMake, Step, Survey, Words, survey};

pub(in crate::transforms::split_stages) struct Own<'t>(
    pub(in crate::transforms::split_stages) &'t OwnTemplate,
);

impl Own<'_> {
    /// Why it is not for a build.
    pub(in crate::transforms::split_stages) fn is_not_for(
        &self,
        input: &Input<'_>,
        image: &ImageReference,
    ) -> Option<String> {
        let Self(own) = self;
        if !own.base_images.contains(&image.name) {
            return Some(format!("the base image is `{}`", image.name));
        }
        let context = &input.surroundings.context;
        let mut files = own.files.iter();
        if let Some(file) = files.find(|file| context.file(file).is_none()) {
            return Some(format!("`{file}` is not in the build context"));
        }
        let runs = |words: &str| {
            let mut commands = input.model.runs_of(0).flat_map(|run| &run.commands);
            commands.any(|command| begins(command, words))
        };
        let mut commands = own.commands.iter();
        let command = commands.find(|words| !runs(words))?;
        Some(format!("`{command}` is not run"))
    }

    fn image(&self, site: &Site<'_>) -> Result<String, Refusal> {
        let Self(own) = self;
        let range = site.range(site.stage.item);
        let tag = site.image.tag.as_deref();
        let version = tag.and_then(|tag| {
            version_of(tag)?;
            tag.split('-').next()
        });
        let release = site.facts.and_then(|facts| facts.release);
        let mut image = own.image.clone();
        for (name, value) in [
            ("{tag}", tag),
            ("{version}", version),
            ("{release}", release),
        ] {
            if image.contains(name) {
                let unknown = || {
                    let what = format!("`{name}` of the base image is not known");
                    (range, &BASE_NOT_KNOWN, what)
                };
                image = image.replace(name, value.ok_or_else(unknown)?);
            }
        }
        Ok(image)
    }
}

/// Whether a command begins with these words.
fn begins(command: &CommandFact, words: &str) -> bool {
    let mut said = command.words.iter().skip(command.program.unwrap_or(0));
    words.split_whitespace().enumerate().all(|(at, word)| {
        let Some(other) = said.next() else {
            return false;
        };
        other.is(word) || (at == 0 && command.name() == Some(word))
    })
}

impl Template for Own<'_> {
    fn meta(&self) -> Option<&'static TemplateMeta> {
        None
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        let Self(own) = self;
        let runtime = self.image(site)?;
        let mut survey = {
            let mut step =
                |run: &crate::model::run::Run, at: usize, _: &str, _: Option<&ByMake<'_>>| {
                    let mut known = own.build_commands.iter().chain(&own.commands);
                    let is_of_build = known.any(|words| begins(&run.commands[at], words));
                    if is_of_build || site.is_told_artifacts() {
                        Step::Build
                    } else {
                        Step::Unknown
                    }
                };
            let mut words = Words {
                step: &mut step,
                follows_make: false,
                is_of_build: &|name| own.build_environment.iter().any(|it| it == name),
                sets_up: false,
                builds_last: false,
                copy: &|_, is_before| if is_before { Role::Build } else { Role::Moves },
            };
            survey(site, &mut words)?
        };
        let folder = site.folder().unwrap_or_else(|| "/".to_owned());
        let named = own
            .artifacts
            .iter()
            .filter_map(|path| resolved(&folder, path));
        let mut brought: Vec<Brought> = Vec::new();
        for path in named.chain(site.told_artifacts()) {
            if !brought.iter().any(|it| it.to == path) {
                brought.push(Brought::in_place(path));
            }
        }
        survey.give(site, &mut brought)?;
        survey.check_volumes(site, &brought)?;
        let image = ImageReference::parse(&runtime, &site.input.options.mirrors);
        let facts = image.and_then(|image| base_facts(&image.name, image.tag.as_deref()));
        let family = facts
            .or(site.facts)
            .map_or(Family::Other, |facts| facts.family);
        let packages: Vec<&str> = own.packages.iter().map(String::as_str).collect();
        let install = survey
            .packages
            .settle(site, family, &mut survey.roles, &[], &packages);
        let has_manager = matches!(family, Family::Debian | Family::Ubuntu | Family::Alpine);
        if install.is_some() && !has_manager {
            let what = format!("packages cannot be installed in `{runtime}`");
            return site.refuse(&TEMPLATE_DOES_NOT_FIT, what);
        }
        survey.keep_frontend(site);
        let told = self.told(site, &survey)?;
        let applicability = if told.start.is_some() || told.user.is_some() {
            Applicability::Unsafe
        } else {
            Applicability::Suggested
        };
        let variables = own.environment.iter();
        let variables = variables.map(|(name, value)| format!("ENV {name}={}", quoted(value)));
        let variables = variables.collect();
        let (name, file) = (&own.name, &own.file);
        Ok(Some(Plan {
            because: format!(
                "the template `{name}` ({file}) says what runs; assumes that it names all that it needs"
            ),
            runtime,
            roles: survey.roles,
            edits: Vec::new(),
            effects: Vec::new(),
            build_end: Vec::new(),
            install,
            variables,
            is_without_shell: false,
            resets_entry_point: false,
            brought,
            left_behind: survey.left_behind,
            told,
            applicability,
            stays: false,
        }))
    }
}

impl Own<'_> {
    /// What it says in place of the author.
    fn told(&self, site: &Site<'_>, survey: &Survey) -> Result<ToldPlan, Refusal> {
        let Self(own) = self;
        let mut items = site.stage.item + 1..site.stage.end;
        let names_user = items.any(|item| {
            let instruction = site.input.model.instruction(item);
            instruction.is_some_and(|it| it.keyword == Keyword::User)
        });
        let user = own.user.clone().filter(|_| !names_user);
        if user.is_some() && survey.runs_commands {
            let what = "commands of root's run behind the user's own".to_owned();
            return site.refuse(&STEP_NOT_CLASSIFIED, what);
        }
        Ok(ToldPlan {
            is_own: true,
            start: own.entry_point.clone().map(|words| ("ENTRYPOINT", words)),
            keeps_command: false,
            user,
            layered_jar: None,
            gives: None,
        })
    }
}

/// A value as ENV reads it.
fn quoted(value: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_./:,@%+=".contains(char);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    let mut text = String::from("\"");
    for char in value.chars() {
        if matches!(char, '"' | '\\' | '$') {
            text.push('\\');
        }
        text.push(char);
    }
    text.push('"');
    text
}

//! Stages, what they are made from, and who uses them.

use imgfix_syntax::Word;

use super::images::{BaseFacts, ImageReference};
use crate::context::Surroundings;
use crate::settings::Options;

/// A stage.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its number, counted from 0.
    pub index: usize,
    /// Its name, as written.
    pub name: Option<String>,
    /// The item of its FROM.
    pub item: usize,
    /// One past its last item.
    pub end: usize,
    /// What it is made from; where a variable says it, by its default.
    pub base: Base,
    /// The other stages that it is made from where the variable has another value.
    pub other_bases: Vec<usize>,
    /// What is known of the image below it, through the stages it is made from.
    pub facts: Option<BaseFacts>,
    /// The image below it, through the stages it is made from.
    pub image: Option<ImageReference>,
    /// How other stages use it.
    pub uses: Vec<Use>,
    /// Why it is a final image; `None` where it is not.
    pub is_final: Option<Final>,
    /// Whether it has a CMD or an ENTRYPOINT of its own that is more than a bare shell.
    pub has_start_command: bool,
    /// Whether it has ONBUILD instructions.
    pub has_onbuild: bool,
}

impl Stage {
    /// The stages that it is, or may be, made from.
    pub fn may_be_from(&self) -> impl Iterator<Item = usize> {
        let base = match self.base {
            Base::Stage(stage) => Some(stage),
            _ => None,
        };
        base.into_iter().chain(self.other_bases.iter().copied())
    }

    /// Whether a reference of the file `text` names this stage for some values of its variables. Names are
    /// matched without regard to case.
    pub(super) fn may_be_named(&self, reference: &Word, text: &str) -> bool {
        let Some(name) = &self.name else {
            return false;
        };
        let mut parts = Vec::new();
        let mut at = reference.range.start();
        for variable in &reference.variables {
            if variable.range.start() >= at {
                parts.push(&text[at..variable.range.start()]);
                at = variable.range.end();
            }
        }
        let last = text[at..reference.range.end()].to_lowercase();
        let name = name.to_lowercase();
        let mut rest = name.as_str();
        for (index, part) in parts.iter().enumerate() {
            let part = part.to_lowercase();
            let found = rest.find(&part).filter(|&found| index > 0 || found == 0);
            let Some(found) = found else {
                return false;
            };
            rest = &rest[found + part.len()..];
        }
        rest.ends_with(&last)
    }
}

/// What a stage is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// Nothing.
    Scratch,
    /// An earlier stage, by index.
    Stage(usize),
    /// An image.
    Image(ImageReference),
    /// A variable whose value the build gives.
    Ambiguous,
}

/// How a stage is used by another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The stage that uses it.
    pub by: usize,
    /// How.
    pub kind: UseKind,
    /// The item that says so.
    pub item: usize,
}

/// The ways to use a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UseKind {
    /// `FROM stage`.
    From,
    /// `COPY --from=stage`, with its sources; `None` where one of them is not known.
    Copy(Option<Vec<String>>),
    /// `RUN --mount=from=stage`.
    Mount,
}

/// Why a stage makes a final image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Final {
    /// It is the last one.
    Last,
    /// Somebody builds it by name.
    Target(String),
    /// No other stage uses it.
    Unused,
}

/// Says of each stage whether it makes a final image.
pub(super) fn mark_final(stages: &mut [Stage], surroundings: &Surroundings, options: &Options) {
    let configured = options
        .targets
        .iter()
        .map(|target| (target.as_str(), "the configuration"));
    let found = surroundings
        .targets
        .iter()
        .map(|target| (target.stage.as_str(), target.origin.as_str()));
    let targets: Vec<(&str, &str)> = configured.chain(found).collect();
    let last = stages.len().saturating_sub(1);
    for stage in stages {
        let target = targets.iter().find(|(name, _)| {
            stage
                .name
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(name))
                || name.parse() == Ok(stage.index)
        });
        stage.is_final = if stage.index == last {
            Some(Final::Last)
        } else if let Some((_, origin)) = target {
            Some(Final::Target((*origin).to_owned()))
        } else if stage.uses.is_empty() {
            Some(Final::Unused)
        } else {
            None
        };
    }
}

/// For each stage, whether it, or one made from it, makes a final image.
pub(super) fn reaches(stages: &[Stage]) -> Vec<bool> {
    let mut reaches: Vec<bool> = stages
        .iter()
        .map(|stage| stage.is_final.is_some())
        .collect();
    for stage in stages.iter().rev() {
        for parent in stage.may_be_from() {
            reaches[parent] |= reaches[stage.index];
        }
    }
    reaches
}

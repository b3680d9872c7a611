//! The Dockerfile that an image was built from: the line of each layer, and which rewrite would have saved
//! what a layer ships for nothing.

use imgfix_syntax::{Arguments, Instruction, Keyword, LineIndex, parse};
use serde::Serialize;

use super::hidden::{Hidden, How};
use super::history::{Step, collapsed};
use crate::engine::Outcome;
use crate::transform::Effect;

/// A Dockerfile, and what the pipeline does with it.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// What the user knows it as.
    pub(super) label: String,
    /// The instructions of the final stage, and before them those of the stages that it is built on.
    steps: Vec<Written>,
    applied: Vec<Done>,
    declined: Vec<Left>,
}

/// An instruction of the Dockerfile.
#[derive(Clone, Debug)]
struct Written {
    line: usize,
    keyword: Keyword,
    /// With white space collapsed, where the history has it word for word.
    text: Option<String>,
}

/// A rewrite that applies, or is held back.
#[derive(Clone, Debug)]
struct Done {
    transform: &'static str,
    line: usize,
    title: String,
    /// So many instructions become one.
    joined: usize,
    held_back: bool,
}

/// A place that a transform leaves alone.
#[derive(Clone, Debug)]
struct Left {
    transform: &'static str,
    line: usize,
    why: &'static str,
}

/// A rewrite that saves hidden bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Saving {
    /// The transform.
    pub transform: &'static str,
    /// Whether it does so here.
    pub state: State,
    /// What it does here, or why it does not; what it depends on where no Dockerfile was given.
    pub detail: String,
}

/// Whether a transform does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is what such bytes are saved by; the Dockerfile was not looked at.
    Possible,
    /// It applies to the Dockerfile.
    Applies,
    /// It would, and the level that is set holds it back.
    HeldBack,
    /// It leaves the place alone.
    Declines,
}

/// Where the layers of an image stand in a Dockerfile.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The line of each layer.
    pub(super) lines: Vec<Option<usize>>,
    /// How many instructions of the Dockerfile were found in the history, and of how many.
    pub(super) found: (usize, usize),
}

impl Recipe {
    /// Reads a Dockerfile and what became of it.
    ///
    /// # Errors
    /// Where it has no stage of the name `target`, or none at all.
    pub fn new(
        label: &str,
        text: &str,
        target: Option<&str>,
        outcome: &Outcome,
    ) -> Result<Self, String> {
        let held_back = outcome.held_back.iter().map(|it| (it, true));
        let applied = outcome.applied.iter().map(|it| (it, false));
        let applied = applied.chain(held_back).map(|(applied, held_back)| Done {
            transform: applied.transform.0,
            line: applied.line,
            title: applied.title.clone(),
            joined: 1 + applied
                .effects
                .iter()
                .filter(|effect| matches!(effect, Effect::RunsJoined { .. }))
                .count(),
            held_back,
        });
        let declined = outcome.declined.iter().filter_map(|declined| {
            Some(Left {
                transform: declined.transform?.0,
                line: declined.line,
                why: declined.reason.message,
            })
        });
        Ok(Self {
            label: label.to_owned(),
            steps: steps(text, target)?,
            applied: applied.collect(),
            declined: declined.collect(),
        })
    }

    /// Finds the instructions in a history. One step of it is one instruction; so they are laid side by
    /// side from the end, where the Dockerfile's own are.
    pub(super) fn places(&self, history: &[Step], layers: usize) -> Places {
        let mut lines = vec![None; layers];
        let mut found = 0;
        let mut place = |step: &Step, written: &Written| {
            found += 1;
            if let Some(layer) = step.layer {
                lines[layer] = Some(written.line);
            }
        };
        let start = history.len().checked_sub(self.steps.len());
        let side_by_side = start.map(|start| history[start..].iter().zip(&self.steps));
        match side_by_side {
            Some(pairs) if pairs.clone().all(|(step, written)| written.is(step)) => {
                for (step, written) in pairs {
                    place(step, written);
                }
            }
            // It changed since: what is there word for word, in order.
            _ => {
                let mut at = 0;
                for written in self.steps.iter().filter(|it| it.text.is_some()) {
                    if let Some(ahead) = history[at..].iter().position(|step| written.is(step)) {
                        place(&history[at + ahead], written);
                        at += ahead + 1;
                    }
                }
            }
        }
        Places {
            lines,
            found: (found, self.steps.len()),
        }
    }

    /// The rewrite of these transforms that saves what the instruction at line `shipped` ships and the one
    /// at line `hiding` hides.
    fn saving(&self, candidates: &[&'static str], shipped: usize, hiding: usize) -> Option<Saving> {
        let reaching = self
            .applied
            .iter()
            .filter(|done| candidates.contains(&done.transform))
            .filter(|done| match done.transform {
                "merge-runs" => false,
                // The stage as a whole is left behind.
                "split-stages" => done.line <= shipped,
                _ => done.line == shipped || done.line == hiding,
            });
        let joining = candidates
            .contains(&"merge-runs")
            .then(|| self.joining(shipped, hiding))
            .flatten();
        let done = joining
            .into_iter()
            .chain(reaching)
            .min_by_key(|done| done.held_back);
        if let Some(done) = done {
            return Some(Saving {
                transform: done.transform,
                state: if done.held_back {
                    State::HeldBack
                } else {
                    State::Applies
                },
                detail: done.title.clone(),
            });
        }
        candidates.iter().find_map(|&candidate| {
            let left = self.declined.iter().find(|left| {
                left.transform == candidate && (left.line == hiding || left.line == shipped)
            })?;
            Some(Saving {
                transform: candidate,
                state: State::Declines,
                detail: left.why.to_owned(),
            })
        })
    }

    /// The rewrite by which the RUNs at these two lines become one. Each joins the RUN at its line, with
    /// what was joined to it before, and so many behind it.
    fn joining(&self, shipped: usize, hiding: usize) -> Option<&Done> {
        let runs = self
            .steps
            .iter()
            .filter(|step| step.keyword == Keyword::Run);
        let mut groups: Vec<Vec<usize>> = runs.map(|step| vec![step.line]).collect();
        self.applied
            .iter()
            .filter(|done| done.transform == "merge-runs")
            .find(|done| {
                let Some(at) = groups.iter().position(|group| group.contains(&done.line)) else {
                    return false;
                };
                let end = groups.len().min(at + done.joined);
                let joined: Vec<usize> = groups.drain(at..end).flatten().collect();
                let is_it = joined.contains(&shipped) && joined.contains(&hiding);
                groups.insert(at, joined);
                is_it
            })
    }
}

impl Written {
    fn is(&self, step: &Step) -> bool {
        self.keyword == step.keyword && self.text.as_ref().is_none_or(|text| *text == step.text)
    }
}

/// The rewrite that would save hidden bytes: what the Dockerfile shows, or without one what such bytes are
/// saved by in general.
pub(super) fn saving(
    hidden: &Hidden,
    recipe: Option<(&Recipe, &Places)>,
    keyword_of: impl Fn(usize) -> Keyword,
) -> Option<Saving> {
    let (shipped, hiding) = (keyword_of(hidden.layer), keyword_of(hidden.hidden_by));
    let is_copy = matches!(shipped, Keyword::Copy | Keyword::Add);
    let candidates: &[&'static str] = match (hidden.how, is_copy, shipped, hiding) {
        (How::Repeated, true, _, Keyword::Run) => &["copy-ownership", "split-stages"],
        (How::Deleted, false, Keyword::Run, Keyword::Run) if hidden.caches => {
            &["merge-runs", "clean-package-caches", "split-stages"]
        }
        (_, false, Keyword::Run, Keyword::Run) => &["merge-runs", "split-stages"],
        (_, true, _, Keyword::Run) => &["split-stages"],
        _ => return None,
    };
    let Some((recipe, places)) = recipe else {
        let &transform = candidates.first().filter(|id| **id != "split-stages")?;
        return Some(Saving {
            transform,
            state: State::Possible,
            detail: "`--dockerfile` says whether it applies".to_owned(),
        });
    };
    let (shipped, hiding) = (places.lines[hidden.layer]?, places.lines[hidden.hidden_by]?);
    recipe.saving(candidates, shipped, hiding)
}

/// The instructions that make the history of the final stage, or of the one that is wanted.
fn steps(text: &str, target: Option<&str>) -> Result<Vec<Written>, String> {
    let file = parse(text);
    let lines = LineIndex::new(text);
    let mut stages: Vec<(Option<String>, String, Vec<Written>)> = Vec::new();
    for (_, instruction) in file.instructions() {
        if let Arguments::From(from) = &instruction.arguments {
            let name = from.name.as_ref().map(|name| name.text.to_lowercase());
            stages.push((name, from.image.text.to_lowercase(), Vec::new()));
        } else if let Some((_, _, steps)) = stages.last_mut() {
            steps.push(written(instruction, &lines));
        }
    }
    let is_target = |at: usize, name: Option<&String>| {
        target.is_none_or(|target| {
            name.is_some_and(|name| name.eq_ignore_ascii_case(target)) || target == at.to_string()
        })
    };
    let wanted = (0..stages.len())
        .rev()
        .find(|&at| is_target(at, stages[at].0.as_ref()));
    let mut at = wanted.ok_or_else(|| match target {
        Some(target) => format!("it has no stage `{target}`"),
        None => "it has no FROM".to_owned(),
    })?;
    let mut chain = vec![at];
    while let Some(base) = stages[..at]
        .iter()
        .rposition(|(name, _, _)| name.as_ref() == Some(&stages[at].1))
    {
        chain.push(base);
        at = base;
    }
    let steps = chain.iter().rev().flat_map(|&at| stages[at].2.clone());
    Ok(steps.collect())
}

fn written(instruction: &Instruction, lines: &LineIndex) -> Written {
    // Docker expands variables in everything but RUN, and a heredoc stands there by its content.
    let is_literal = instruction.keyword == Keyword::Run
        && !instruction.is_json()
        && instruction.heredocs.is_empty();
    let text = || collapsed(&format!("RUN {}", instruction.body.as_str()));
    Written {
        line: lines.line(instruction.range.start()),
        keyword: instruction.keyword,
        text: is_literal.then(text),
    }
}

#![doc = include_str!("sink_volatile.md")]

use imgfix_syntax::{Arguments, Instruction, Keyword};

use crate::edit::{Edit, Edits};
use crate::model::Model;
use crate::model::packages::Verb;
use crate::model::placed::Placed;
use crate::model::reads::{self, environment};
use crate::model::run::Run;
use crate::model::stage::Stage;
use crate::transform::block::Block;
use crate::transform::reasons::{FILE_TOO_LONG, is_too_long};
use crate::transform::{
    Applicability, Effect, Input, Meta, Place, Proposals, Reason, Rewrite, Transform, TransformId,
};

/// Moves build arguments that change with every build below the steps that do not use them.
pub(super) struct SinkVolatile;

static META: Meta = Meta {
    id: TransformId("sink-volatile"),
    summary: "declares build arguments that change with every build behind the installs that do not use them",
    page: include_str!("sink_volatile.md"),
    reasons: &[&MAY_BE_READ, &OTHER_VARIABLES, &SAME_LABEL, &FILE_TOO_LONG],
};

const MAY_BE_READ: Reason = Reason {
    id: "argument-may-be-read",
    message: "the first slow step behind it uses the build argument, or may read it from its environment",
};
const OTHER_VARIABLES: Reason = Reason {
    id: "depends-on-other-variables",
    message: "what would move names a variable that is set anew on the way",
};
const SAME_LABEL: Reason = Reason {
    id: "label-set-twice",
    message: "a label on the way has the same name, and the last one counts",
};

/// Parts of the names of arguments whose values change with every build.
#[rustfmt::skip]
const VOLATILE: &[&str] = &[
    "COMMIT", "REVISION", "VCS_REF", "VCS_REV", "GIT_SHA", "GIT_REF", "GIT_HASH", "GIT_BRANCH", "GIT_TAG", "GITHUB_SHA",
    "SHORT_SHA", "BUILD_DATE", "BUILD_NUMBER", "BUILD_NUM", "BUILD_ID", "BUILD_TIME", "BUILD_VERSION", "BUILD_REV",
    "BUILDDATE", "BUILDTIME", "BUILDNUMBER", "TIMESTAMP", "APP_VERSION", "IMAGE_VERSION", "RELEASE_VERSION",
    "PACKAGE_VERSION",
];

impl Transform for SinkVolatile {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        let model = input.model;
        for stage in &model.stages {
            let volatile =
                (stage.item + 1..stage.end).filter_map(|item| Some((item, volatile(model, item)?)));
            let volatile: Vec<(usize, String)> = volatile.collect();
            let Some((first, name)) = volatile.first() else {
                continue;
            };
            if is_too_long(input) {
                let range = model.instruction(*first).map(|it| it.range);
                let range = range.unwrap_or_default();
                return proposals.decline(range, &FILE_TOO_LONG, format!("`{name}`"));
            }
            let context = &input.surroundings.context;
            let placed: Vec<Placed> = (stage.item..stage.end)
                .filter_map(|item| Placed::of(model, item, context))
                .collect();
            for (item, name) in volatile {
                let arg = Volatile {
                    input,
                    stage,
                    placed: &placed,
                    item,
                    name,
                };
                arg.propose(proposals);
            }
        }
    }
}

/// The name that an ARG declares, where its value changes with every build.
fn volatile(model: &Model, item: usize) -> Option<String> {
    let instruction = model.instruction(item)?;
    let Arguments::Arg(pairs) = &instruction.arguments else {
        return None;
    };
    let [pair] = pairs.as_slice() else {
        return None;
    };
    let name = pair.key.text.as_str();
    let upper = name.to_ascii_uppercase();
    // What is there to keep steps out of the cache does that where it stands.
    let is_volatile = upper == "VERSION"
        || VOLATILE.iter().any(|part| upper.contains(part)) && !upper.contains("CACHE");
    is_volatile.then(|| name.to_owned())
}

/// A build argument that changes with every build.
struct Volatile<'a> {
    input: &'a Input<'a>,
    stage: &'a Stage,
    /// What the COPYs of the stage bring.
    placed: &'a [Placed],
    item: usize,
    name: String,
}

impl Volatile<'_> {
    fn propose(&self, proposals: &mut Proposals) {
        let model = self.input.model;
        let Some(arg) = model.instruction(self.item) else {
            return;
        };
        let mut moved = vec![self.item];
        let mut best: Option<(usize, usize)> = None;
        let mut refused = None;
        for at in self.item + 1..self.stage.end {
            let Some(other) = model.instruction(at) else {
                continue;
            };
            match self.passes(&moved, at, other) {
                Passage::Free => {}
                Passage::Slow => best = Some((at, moved.len())),
                Passage::GoesAlong => moved.push(at),
                Passage::Stops(reason) => {
                    refused = reason.filter(|_| installs_from(model, self.stage, at));
                    break;
                }
            }
        }
        let Some((target, count)) = best else {
            if let Some(reason) = refused {
                proposals.decline(arg.range, reason, format!("`{}`", self.name));
            }
            return;
        };
        proposals.rewrite(rewrite(model, &moved[..count], target, &self.name));
    }

    fn passes(&self, moved: &[usize], at: usize, other: &Instruction) -> Passage {
        let model = self.input.model;
        let name = self.name.as_str();
        let text = other.range.slice(&model.text);
        let uses = mentions(text, name);
        match (&other.arguments, other.keyword) {
            (Arguments::Pairs(_), Keyword::Label) if uses => {
                let others = variables(other.body.as_str());
                if others.iter().all(|it| it == name) {
                    Passage::GoesAlong
                } else {
                    Passage::Stops(Some(&OTHER_VARIABLES))
                }
            }
            (Arguments::Pairs(pairs), Keyword::Label) => {
                let keys = |item: usize| label_keys(model, item);
                let is_same = moved
                    .iter()
                    .flat_map(|&item| keys(item))
                    .any(|key| pairs.pairs.iter().any(|pair| pair.key.text == key));
                if is_same {
                    Passage::Stops(Some(&SAME_LABEL))
                } else {
                    Passage::Free
                }
            }
            (_, Keyword::Run) if !uses => match model.run_at(at) {
                Some(run) => self.of_run(run),
                None => Passage::Stops(None),
            },
            (_, Keyword::Run) => Passage::Stops(Some(&MAY_BE_READ)),
            (_, Keyword::Env | Keyword::Arg) if !uses => {
                // A default, or a label, that names what is set here.
                let set = set_names(other);
                let named = moved.iter().any(|&item| {
                    let text = model.instruction(item).map_or("", |it| it.body.as_str());
                    variables(text)
                        .iter()
                        .any(|it| it != name && set.contains(it))
                });
                if named {
                    Passage::Stops(Some(&OTHER_VARIABLES))
                } else {
                    Passage::Free
                }
            }
            (_, Keyword::Onbuild | Keyword::From | Keyword::Unknown) => Passage::Stops(None),
            _ if uses => Passage::Stops(None),
            _ => Passage::Free,
        }
    }

    /// A RUN of which all commands are known, and none reads the argument from its environment.
    fn of_run(&self, run: &Run) -> Passage {
        let context = &self.input.surroundings.context;
        let above = self.placed.partition_point(|placed| placed.item < run.item);
        let reading = reads::of_run(self.input.model, context, &self.placed[..above], run);
        let installs = reading.reads.installs.is_some();
        if reading.stops_at.is_some() || environment::is_setting(&self.name) {
            Passage::Stops(Some(&MAY_BE_READ))
        } else if installs {
            Passage::Slow
        } else {
            Passage::Free
        }
    }
}

/// Whether a RUN of the stage, at an item or behind it, installs something.
fn installs_from(model: &Model, stage: &Stage, item: usize) -> bool {
    let runs = model.runs_of(stage.index).filter(|run| run.item >= item);
    let mut operations = runs.flat_map(|run| &run.operations);
    operations.any(|operation| matches!(operation.verb, Verb::Install | Verb::Fetch))
}

/// What an instruction means for what moves.
enum Passage {
    /// It can be passed.
    Free,
    /// It can be passed, and that is worth it.
    Slow,
    /// It moves too.
    GoesAlong,
    /// It cannot be passed; with the reason, where that is worth a word.
    Stops(Option<&'static Reason>),
}

/// Whether a text holds the name as a word.
fn mentions(text: &str, name: &str) -> bool {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// The names behind each `$` of a text.
fn variables(text: &str) -> Vec<String> {
    let parts = text.split('$').skip(1);
    let name = |part: &str| -> String {
        let part = part.strip_prefix('{').unwrap_or(part);
        let is_part = |char: &char| char.is_ascii_alphanumeric() || *char == '_';
        part.chars().take_while(is_part).collect()
    };
    parts.map(name).filter(|name| !name.is_empty()).collect()
}

fn label_keys(model: &Model, item: usize) -> Vec<String> {
    match model.instruction(item) {
        Some(instruction) if instruction.keyword == Keyword::Label => set_names(instruction),
        _ => Vec::new(),
    }
}

/// The names that ENV, ARG or LABEL sets.
fn set_names(instruction: &Instruction) -> Vec<String> {
    match &instruction.arguments {
        Arguments::Pairs(pairs) => {
            let names = pairs.pairs.iter();
            names.map(|pair| pair.key.text.clone()).collect()
        }
        Arguments::Arg(pairs) => pairs.iter().map(|pair| pair.key.text.clone()).collect(),
        _ => Vec::new(),
    }
}

fn rewrite(model: &Model, moved: &[usize], target: usize, name: &str) -> Rewrite {
    let range = |item: usize| {
        model
            .instruction(item)
            .map(|instruction| instruction.range)
            .expect("what moves is an instruction")
    };
    let mut effects = vec![
        Effect::ArgumentMoved(name.to_owned()),
        Effect::BytesSaved(0),
    ];
    let mut edits = Vec::new();
    let mut text = String::new();
    let blocks: Vec<Block> = moved
        .iter()
        .map(|&item| Block::of(model, item, false))
        .collect();
    let mut is_apart = blocks.iter().any(|block| block.is_apart);
    for (&item, block) in moved.iter().zip(&blocks) {
        edits.push(Edit::remove(block.whole()));
        if is_apart {
            text.push('\n');
        }
        is_apart = block.is_apart && moved.len() > 1;
        text.push_str(block.text(model));
        text.push('\n');
        effects.push(Effect::InstructionMoved {
            instruction: range(item),
            to: Place::Behind(range(target)),
        });
    }
    let end = model.file.items[target].range.end();
    if !model.text[..end].ends_with('\n') {
        text.insert(0, '\n');
        text.truncate(text.trim_end_matches('\n').len());
    }
    edits.push(Edit::insert(end, text));
    Rewrite {
        anchor: range(moved[0]),
        edits: Edits::new(edits).unwrap_or_default(),
        applicability: Applicability::Suggested,
        title: format!("declare `{name}` behind the install"),
        because: format!(
            "a new value of `{name}` no longer runs the install again; assumes that no program of the \
             install reads a variable of that name"
        ),
        effects,
    }
}

//! A RUN that installs and then builds, or that builds with a tool that fetches: what installs becomes a step of
//! its own, above the sources.

use imgfix_syntax::TextRange;
use imgfix_syntax::shell::Operator;

use super::passage::needed;
use super::reasons::{
    CLEANS_UP_BEHIND, FOLDER_OF_ANOTHER_OWNER, LATER_COPY_NEEDED, STEP_RUNS_ELSEWHERE, of,
};
use super::render::copies;
use super::walk::{Part, Traveller, Walk};
use crate::edit::{Edit, Edits};
use crate::model::Model;
use crate::model::command::CommandFact;
use crate::model::packages::Verb;
use crate::model::placed::{Placed, PlacedSource};
use crate::model::reads::steps::{self, StepCommand};
use crate::model::reads::{Obstacle, Reading, Reads};
use crate::model::run::{Run, RunForm};
use crate::transform::block::Block;
use crate::transform::{Applicability, Effect, Input, Place, Proposals, Reason, Rewrite};

/// A step of its own, and what it is made from.
#[derive(Debug)]
pub(super) struct Step {
    /// The RUN.
    run: usize,
    /// How many of its commands go into the step.
    taken: usize,
    /// A command that is added to them: as text, and joined.
    added: Option<(String, String)>,
    /// What has to be copied first.
    first: Vec<(Placed, Part)>,
    /// The COPYs of sources; the step stands above the first.
    sources: Vec<usize>,
    /// Whether they move to the RUN: something stands between.
    moves: bool,
    /// Whether what is copied first stands where they stood: a WORKDIR between would make their folder.
    makes_folder: bool,
    assumes: &'static str,
    runs_program: bool,
}

type Refused = (&'static Reason, String);

impl Walk<'_> {
    /// The step that can be made of a RUN; `None` where there is none to be made.
    pub(super) fn step(&self, run: &Run, reading: &Reading) -> Option<Result<Step, Refused>> {
        let (at, (obstacle, _)) = reading.stops_at.as_ref()?;
        let folder = reading.folder.as_deref()?;
        let is_whole = matches!(obstacle, Obstacle::UsesSources | Obstacle::InstallsProject);
        let is_plain = run.form == RunForm::Shell && run.flags.is_empty();
        let is_below_sources = self
            .travellers
            .iter()
            .any(|it| it.is_on_its_way && it.brings_sources);
        if !is_whole || !is_plain || !is_below_sources || !is_list(run, *at) {
            return None;
        }
        let model = self.input.model;
        let mut reads = reading.reads.clone();
        let own = steps::before(model, self.context, &self.placed, run, *at, folder);
        let (added, assumes, runs_in, runs_program) = match own {
            None if reading.reads.installs.is_none() => return None,
            None => (None, "", None, false),
            Some(Err((obstacle, detail))) => return Some(Err((of(obstacle), detail))),
            Some(Ok(step)) => {
                reads.add(step.reads);
                // The author may have said it in front.
                let is_said = matches!(&step.command, StepCommand::Instead(text)
                    if run.commands[..*at].iter().any(|it| joined(model, run, it.logical) == *text));
                let added = (!is_said).then(|| added(model, run, *at, &step.command));
                (added, step.assumes, Some(step.folder), step.runs_program)
            }
        };
        let step = self.step_of(run, *at, &reads, added, runs_in);
        Some(step.map(|step| Step {
            assumes,
            runs_program,
            ..step
        }))
    }

    fn step_of(
        &self,
        run: &Run,
        taken: usize,
        reads: &Reads,
        added: Option<(String, String)>,
        runs_in: Option<String>,
    ) -> Result<Step, Refused> {
        let model = self.input.model;
        let state = model.state(run.item);
        let workdir = state.and_then(|state| state.workdir.value.known());
        if let Some(folder) = runs_in
            && workdir.map(|workdir| workdir.trim_end_matches('/'))
                != Some(folder.trim_end_matches('/'))
        {
            return Err((&STEP_RUNS_ELSEWHERE, format!("`{folder}`")));
        }
        if taken > 0
            && let Some(command) = cleans_up(run, taken)
        {
            return Err((&CLEANS_UP_BEHIND, format!("`{}`", command.words[0].raw)));
        }
        let mut first = Vec::new();
        let mut sources = Vec::new();
        let mut must_move = false;
        for at in 0..self.travellers.len() {
            let traveller = &self.travellers[at];
            if !traveller.is_on_its_way {
                continue;
            }
            match self.passes(at, run, reads)? {
                // All of it is needed: it stands above the step.
                None => {
                    let above: Vec<&Placed> = self
                        .placed
                        .iter()
                        .filter(|placed| sources.contains(&placed.item))
                        .collect();
                    let to = &traveller.placed.to;
                    if above.iter().any(|placed| placed.touches(to)) {
                        // Its files are copied first, and once more where it stands.
                        let placed = &traveller.placed;
                        let part = needed(self.context, &self.placed, placed, reads);
                        if !keeps_names(placed, &part) {
                            return Err((&LATER_COPY_NEEDED, String::new()));
                        }
                        sources.push(placed.item);
                        first.push((placed.clone(), part));
                        continue;
                    }
                    must_move |= !above.is_empty();
                }
                Some(part) => {
                    if traveller.brings_sources || !sources.is_empty() {
                        sources.push(traveller.placed.item);
                    }
                    if !part.is_empty() {
                        first.push((traveller.placed.clone(), part));
                    }
                }
            }
        }
        let moves = self
            .travellers
            .iter()
            .position(|it| sources.first() == Some(&it.placed.item))
            .is_none_or(|at| must_move || !self.is_next(at, run.item));
        let mut moved = self.travellers.iter();
        let moved = moved.find(|it| it.makes_folder && sources.contains(&it.placed.item));
        let makes_folder = moves && moved.is_some();
        if let Some(it) = moved.filter(|_| makes_folder) {
            let is_owned = |(at, it): (usize, &Traveller)| {
                sources.contains(&it.placed.item) && !self.has_no_owner(at)
            };
            let is_of_one = sources.len() == 1 || !self.travellers.iter().enumerate().any(is_owned);
            if first.is_empty() || !is_of_one {
                return Err((&FOLDER_OF_ANOTHER_OWNER, format!("`{}`", it.placed.to)));
            }
        }
        Ok(Step {
            run: run.item,
            taken,
            added,
            first,
            sources,
            moves,
            makes_folder,
            assumes: "",
            runs_program: false,
        })
    }
}

/// Whether a COPY brings nothing but files that keep their names: a part of it is the whole.
fn keeps_names(placed: &Placed, part: &Part) -> bool {
    let is_kept = |path: &String| {
        let origin = placed.origin(path).unwrap_or_default();
        path.rsplit('/').next() == origin.rsplit('/').next()
    };
    let mut sources = placed.sources.iter();
    part.folders.is_empty()
        && part.files.iter().all(is_kept)
        && sources.all(|source| matches!(source, PlacedSource::File(_)))
}

/// Whether the commands up to the one at `at` are the start of one list of `&&`, and leave the shell as it is.
fn is_list(run: &Run, at: usize) -> bool {
    let is_plain = |command: &CommandFact| {
        command.is_top_level && command.enclosures.is_empty() && command.item == 0
    };
    let is_and = |command: &CommandFact| {
        command
            .operator
            .is_none_or(|(operator, _)| operator == Operator::And)
    };
    let commands = &run.commands[..=at];
    commands
        .iter()
        .all(|command| is_plain(command) && is_and(command))
        && commands[..at]
            .iter()
            .all(|command| command.changes_shell().is_none() && !command.has_redirections)
}

/// A command of the rest that removes or changes what the first commands left: apart, it would free nothing, or
/// ship it twice.
fn cleans_up(run: &Run, taken: usize) -> Option<&CommandFact> {
    let removes = |at: usize| {
        let of_manager = run.operations.iter().any(|operation| {
            operation.command == at && matches!(operation.verb, Verb::Remove | Verb::Clean)
        });
        let moves = ["rm", "find", "mv", "chown", "chgrp", "chmod"];
        of_manager
            || run.commands[at]
                .name()
                .is_some_and(|name| moves.contains(&name))
    };
    (taken..run.commands.len())
        .find(|&at| removes(at))
        .map(|at| &run.commands[at])
}

/// The command of the step: as text, and joined.
fn added(model: &Model, run: &Run, at: usize, command: &StepCommand) -> (String, String) {
    match command {
        StepCommand::Instead(text) => (text.clone(), text.clone()),
        StepCommand::With { words, behind } => {
            let own = &run.commands[at];
            let words = words.join(" ");
            let text = own.range.slice(&model.text);
            let end = own.words[*behind].range.end() - own.range.start();
            let text = format!("{} {words}{}", &text[..end], &text[end..]);
            let joined = joined(model, run, own.logical);
            let at = position_behind(&joined, &own.words[*behind].raw);
            let joined = format!("{} {words}{}", &joined[..at], &joined[at..]);
            (text, joined)
        }
    }
}

/// Where the first word that is `word` ends.
fn position_behind(text: &str, word: &str) -> usize {
    let mut starts = text.match_indices(word);
    let is_word = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
    };
    starts
        .find(|(at, _)| is_word(*at))
        .map_or(text.len(), |(at, _)| at + word.len())
}

fn joined(model: &Model, run: &Run, range: TextRange) -> String {
    let body = model
        .instruction(run.item)
        .map_or("", |instruction| instruction.body.as_str());
    range.slice(body).to_owned()
}

impl Step {
    pub(super) fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        let model = input.model;
        let (Some(run), Some(instruction)) = (model.run_at(self.run), model.instruction(self.run))
        else {
            return;
        };
        let Some(&top) = self.sources.first() else {
            return;
        };
        let stands_before = if self.moves { self.run } else { top };
        let range = |item: usize| model.instruction(item).map(|it| it.range);
        let (Some(before), Some(at_top)) = (range(stands_before), range(top)) else {
            return;
        };
        let first_before = if self.makes_folder { at_top } else { before };
        let Some((mut text, mut effects, names)) = self.first_copies(model, first_before) else {
            return;
        };
        let mut first = String::new();
        if self.makes_folder {
            std::mem::swap(&mut first, &mut text);
        }
        let (script, meant) = self.script(model, run);
        let keyword = instruction.keyword_range.slice(&model.text);
        for part in [keyword, " ", &script, "\n"] {
            text.push_str(part);
        }
        effects.push(Effect::RunAdded {
            before,
            text: meant,
        });
        let mut edits = Vec::new();
        // Comments in front of what remains of the RUN: they stand above it now.
        let mut below = String::new();
        if self.taken > 0 {
            let from = run.commands[0].range.start();
            let to = run.commands[self.taken].range.start();
            edits.push(Edit::remove(TextRange::new(from, to)));
            below = self.comments_between(model, run);
            let taken = run.commands[..self.taken].iter();
            effects.extend(taken.map(|command| Effect::CommandRemoved {
                command: command.range,
            }));
        }
        let blocks: Vec<Block> = self
            .sources
            .iter()
            .map(|&item| Block::of(model, item, false))
            .collect();
        if self.moves {
            for (item, block) in self.sources.iter().zip(&blocks) {
                if block.is_apart {
                    text.push('\n');
                }
                text.push_str(block.text(model));
                text.push('\n');
                edits.push(if first.is_empty() {
                    Edit::remove(block.whole())
                } else {
                    Edit::replace(block.range, std::mem::take(&mut first))
                });
                if let Some(moved) = model.instruction(*item) {
                    effects.push(Effect::InstructionMoved {
                        instruction: moved.range,
                        to: Place::Before(instruction.range),
                    });
                }
            }
            let own = Block::of(model, self.run, false);
            if blocks.last().is_some_and(|block| block.is_apart) {
                text.push('\n');
            }
            if own.range.start() == instruction.range.start() {
                text.push_str(&std::mem::take(&mut below));
            }
            edits.push(Edit::insert(own.range.start(), text));
        } else {
            if blocks[0].is_apart {
                text.push('\n');
            }
            edits.push(Edit::insert(blocks[0].range.start(), text));
        }
        if !below.is_empty() {
            edits.push(Edit::insert(instruction.range.start(), below));
        }
        let Ok(edits) = Edits::new(edits) else {
            return;
        };
        effects.push(Effect::BytesSaved(0));
        proposals.rewrite(Rewrite {
            anchor: instruction.range,
            edits,
            applicability: if self.runs_program {
                Applicability::Unsafe
            } else {
                Applicability::Suggested
            },
            title: "make the install a step above the sources".to_owned(),
            because: self.because(&names),
            effects,
        });
    }

    /// The COPYs of what has to be there first: their lines, what they mean, and the names in them.
    fn first_copies(
        &self,
        model: &Model,
        before: TextRange,
    ) -> Option<(String, Vec<Effect>, Vec<String>)> {
        let (mut text, mut effects, mut names) = (String::new(), Vec::new(), Vec::new());
        for (placed, part) in &self.first {
            let of = model.instruction(placed.item)?;
            for copy in copies(of, placed, part).ok()? {
                text.push_str(&copy.text(model, of));
                text.push('\n');
                names.extend(copy.sources.iter().map(|name| format!("`{name}`")));
                effects.push(Effect::CopyAdded {
                    of: of.range,
                    before,
                    sources: copy.sources,
                    destination: copy.destination,
                });
            }
        }
        Some((text, effects, names))
    }

    /// The comments between the commands that go into the step and the others, a line each. The step takes them
    /// along where another command of it follows.
    fn comments_between(&self, model: &Model, run: &Run) -> String {
        let (commands, at) = (&run.commands, self.taken);
        let gap = TextRange::new(commands[at - 1].range.end(), commands[at].range.start());
        let comments = model.instruction(run.item).map(|it| it.comments.as_slice());
        let between = comments.into_iter().flatten();
        between
            .filter(|comment| self.added.is_none() && comment.overlaps(gap))
            .flat_map(|comment| [comment.slice(&model.text).trim(), "\n"])
            .collect()
    }

    /// The script of the step: as text, and joined.
    fn script(&self, model: &Model, run: &Run) -> (String, String) {
        let commands = &run.commands;
        let end = |is_logical: bool| {
            let range = |at: usize| {
                if is_logical {
                    commands[at].logical
                } else {
                    commands[at].range
                }
            };
            match &self.added {
                // What joins the taken commands to the added one comes along.
                Some(_) => TextRange::new(range(0).start(), range(self.taken).start()),
                None => TextRange::new(range(0).start(), range(self.taken - 1).end()),
            }
        };
        let head = end(false).slice(&model.text).to_owned();
        let logical = joined(model, run, end(true));
        match &self.added {
            Some((text, meant)) => (head + text, logical + meant),
            None => (head, logical),
        }
    }

    fn because(&self, names: &[String]) -> String {
        let mut because =
            "a change of the sources no longer fetches all dependencies again".to_owned();
        if !names.is_empty() {
            because.push_str("; of the sources, only ");
            because.push_str(&names.join(", "));
            because.push_str(" is read there");
        }
        if !self.assumes.is_empty() {
            because.push_str("; assumes that ");
            because.push_str(self.assumes);
        }
        because
    }
}

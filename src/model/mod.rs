//! The facts about a Dockerfile, computed once and read by every transform.
//!
//! Where a fact cannot be known, the model says so (`Ambiguous`, `None`, `Opaque`); it never guesses.

mod build;
pub mod builder;
pub mod command;
pub mod contract;
pub mod copy;
pub mod debian;
pub mod file_names;
pub mod folders;
pub mod hands_off;
pub mod images;
pub mod leftovers;
pub mod packages;
pub mod placed;
pub mod pragma;
pub mod reads;
pub mod run;
pub mod stage;
pub mod start;
pub mod state;
pub mod users;
pub mod variables;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use imgfix_syntax::shell::ScriptReader;
use imgfix_syntax::{File, Instruction, ItemKind, LineIndex, TextRange};

use crate::context::Surroundings;
use crate::settings::Options;
use hands_off::HandsOff;
use packages::{MANAGERS, Manager, Verb};
use pragma::Ignore;
use run::Run;
use stage::{Base, Stage, UseKind};
use state::State;

/// The facts about one Dockerfile.
pub struct Model {
    /// The text.
    pub text: String,
    /// Its tree.
    pub file: File,
    /// Its lines.
    pub lines: LineIndex,
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// What holds at each item: before it for an instruction that sets something.
    states: Vec<Rc<State>>,
    /// What holds at the end of each stage.
    ends: Vec<Rc<State>>,
    /// For each item, the index of its state and its stage; `None` before the first FROM.
    places: Vec<Option<(usize, usize)>>,
    /// For each stage, whether its layers are part of a final image.
    reaches: Vec<bool>,
    /// The RUNs, in order, those below ONBUILD among them.
    pub runs: Vec<Run>,
    /// The names of programs that COPY and ADD put into folders of programs.
    copied_programs: Vec<String>,
    /// Why the file as a whole is left alone, and where that stands.
    pub hands_off: Option<(HandsOff, TextRange)>,
    /// The pragmas above instructions.
    pub pragmas: Vec<Ignore>,
    /// The package managers that are known.
    pub managers: &'static [&'static Manager],
    /// For a stage and a manager, by its name: what first mentions the configuration of its cache.
    mentions: RefCell<HashMap<(usize, &'static str), Mention>>,
}

/// An item, and the text in it; `None` where there is none.
type Mention = Option<(usize, &'static str)>;

/// What a text is read with: the package managers to look for, and the scripts read so far.
#[derive(Debug)]
pub struct Readers {
    /// The package managers to look for.
    pub managers: &'static [&'static Manager],
    /// The scripts read so far.
    pub scripts: ScriptReader,
}

impl Readers {
    /// Readers that look for `managers`.
    pub fn new(managers: &'static [&'static Manager]) -> Self {
        Self {
            managers,
            scripts: ScriptReader::default(),
        }
    }
}

impl Default for Readers {
    fn default() -> Self {
        Self::new(MANAGERS)
    }
}

impl Model {
    /// Reads `text` and computes the facts. What `readers` have read before is not read again.
    pub fn new(
        text: String,
        surroundings: &Surroundings,
        options: &Options,
        readers: &Readers,
    ) -> Self {
        build::model(text, surroundings, options, readers)
    }

    /// The instruction of an item.
    pub fn instruction(&self, item: usize) -> Option<&Instruction> {
        match &self.file.items.get(item)?.kind {
            ItemKind::Instruction(instruction) => Some(instruction),
            _ => None,
        }
    }

    /// What holds before an item; `None` before the first FROM.
    pub fn state(&self, item: usize) -> Option<&State> {
        self.places[item].map(|(state, _)| self.states[state].as_ref())
    }

    /// What holds at the end of a stage, and in the containers of its image.
    pub fn end_state(&self, stage: usize) -> &State {
        &self.ends[stage]
    }

    /// The number of the state of an item: items of one number see the same.
    pub fn state_number(&self, item: usize) -> Option<usize> {
        self.places[item].map(|(state, _)| state)
    }

    /// The stage of an item; `None` before the first FROM.
    pub fn stage_of(&self, item: usize) -> Option<&Stage> {
        self.places[item].map(|(_, stage)| &self.stages[stage])
    }

    /// The stage that a stage is made from; where a variable says it, by its default.
    pub fn parent(&self, stage: usize) -> Option<usize> {
        match self.stages[stage].base {
            Base::Stage(parent) => Some(parent),
            _ => None,
        }
    }

    /// A stage and those that it is made from whatever its variables say, itself first.
    pub fn sure_lineage(&self, stage: usize) -> impl Iterator<Item = usize> {
        let is_sure = |stage: usize| self.stages[stage].other_bases.is_empty();
        std::iter::successors(Some(stage), move |&stage| {
            self.parent(stage).filter(|_| is_sure(stage))
        })
    }

    /// A stage and all that it is, or may be, made from, itself first.
    pub fn ancestors(&self, stage: usize) -> Vec<usize> {
        let mut is_below = vec![false; stage + 1];
        is_below[stage] = true;
        let mut found = Vec::new();
        for at in (0..=stage).rev() {
            if is_below[at] {
                found.push(at);
                for parent in self.stages[at].may_be_from() {
                    is_below[parent] = true;
                }
            }
        }
        found
    }

    /// The RUNs of a stage that its own build runs, in order.
    pub fn runs_of(&self, stage: usize) -> impl DoubleEndedIterator<Item = &Run> {
        let from = self.stages[stage].item;
        let own = self.runs_after(from);
        let count = own.partition_point(|run| run.stage == stage);
        own[..count].iter().filter(|run| !run.deferred)
    }

    /// The stages that are, or may be, made from `stage`, through any number of FROMs, itself first.
    pub fn descendants(&self, stage: usize) -> Vec<usize> {
        let mut is_above = vec![false; self.stages.len()];
        is_above[stage] = true;
        let mut found = vec![stage];
        for child in &self.stages[stage + 1..] {
            if child.may_be_from().any(|parent| is_above[parent]) {
                is_above[child.index] = true;
                found.push(child.index);
            }
        }
        found
    }

    /// Whether the layers of a stage are part of a final image.
    pub fn reaches_final_image(&self, stage: usize) -> bool {
        self.reaches[stage]
    }

    /// The RUNs behind an item, those of later stages and below ONBUILD among them.
    pub fn runs_after(&self, item: usize) -> &[Run] {
        &self.runs[self.runs.partition_point(|run| run.item <= item)..]
    }

    /// The names of programs that COPY and ADD put into folders of programs.
    pub fn copied_programs(&self) -> impl Iterator<Item = &str> {
        self.copied_programs.iter().map(String::as_str)
    }

    /// Whether the package mirrors of a stage's release are gone, and the stage, or one below it, needs
    /// them: for `manager` itself, or for a package manager of the system beside it.
    pub fn cannot_be_built(&self, stage: usize, manager: &Manager) -> bool {
        let is_gone = |stage: usize| {
            let facts = self.stages[stage].facts.as_ref();
            facts.is_some_and(|facts| facts.gone)
        };
        let needs_mirror = |stage: usize| {
            let operations = self.runs_of(stage).flat_map(|run| &run.operations);
            operations
                .filter(|operation| operation.manager.is_system)
                .any(|operation| {
                    matches!(operation.verb, Verb::Install | Verb::Update | Verb::Upgrade)
                })
        };
        is_gone(stage)
            && (manager.is_system
                || std::iter::successors(Some(stage), |&stage| self.parent(stage))
                    .any(needs_mirror))
    }

    /// The RUN of an item.
    pub fn run_at(&self, item: usize) -> Option<&Run> {
        let at = self.runs.binary_search_by_key(&item, |run| run.item).ok()?;
        Some(&self.runs[at])
    }

    /// The first text of a stage, up to an item, that mentions the configuration of a manager's cache.
    pub fn configuration_of(
        &self,
        manager: &'static Manager,
        until: usize,
    ) -> Option<&'static str> {
        let (_, stage) = self.places[until]?;
        let mut mentions = self.mentions.borrow_mut();
        let first = mentions
            .entry((stage, manager.id))
            .or_insert_with(|| self.first_mention(manager, stage));
        first
            .filter(|(item, _)| *item <= until)
            .map(|(_, text)| text)
    }

    fn first_mention(&self, manager: &Manager, stage: usize) -> Mention {
        if manager.configuration.is_empty() {
            return None;
        }
        let stage = &self.stages[stage];
        // A flag that says it is no file that does.
        let flag = manager.no_cache.as_ref().map(|no_cache| no_cache.flag);
        (stage.item..stage.end).find_map(|item| {
            let instruction = self.instruction(item)?;
            let heredocs = instruction.heredocs.iter();
            let mut texts = heredocs
                .map(|heredoc| heredoc.body.slice(&self.text))
                .chain([instruction.body.as_str()]);
            texts.find_map(|text| {
                let names = manager.configuration.iter();
                let is_flag = flag.is_some_and(|flag| text.contains(flag));
                names
                    .filter(|_| !is_flag)
                    .find(|name| text.contains(**name))
                    .map(|name| (item, *name))
            })
        })
    }

    /// Whether what a stage leaves in `folder` is part of a final image: through its layers, or through a
    /// `COPY --from` that takes a folder that holds it.
    pub fn ships(&self, stage: usize, folder: &str) -> bool {
        self.descendants(stage).iter().any(|&stage| {
            let stage = &self.stages[stage];
            stage.is_final.is_some()
                || stage.uses.iter().any(|used| match &used.kind {
                    UseKind::From | UseKind::Mount => false,
                    UseKind::Copy(sources) => {
                        let takes = sources.as_ref().is_none_or(|sources| {
                            sources
                                .iter()
                                .any(|source| run::is_within(folder, source.trim_end_matches('*')))
                        });
                        takes && self.ships_anything(used.by)
                    }
                })
        })
    }

    fn ships_anything(&self, stage: usize) -> bool {
        self.descendants(stage).iter().any(|&stage| {
            let stage = &self.stages[stage];
            stage.is_final.is_some()
                || stage.uses.iter().any(|used| {
                    matches!(used.kind, UseKind::Copy(_)) && self.ships_anything(used.by)
                })
        })
    }
}

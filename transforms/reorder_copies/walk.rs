//! Which COPY can stand behind which RUN: a walk through a stage, with the COPYs that are on their way.

use imgfix_syntax::{Arguments, Instruction, Keyword};

use super::movable::{Movable, movable};
use super::reasons::{self, CONTEXT_NOT_KNOWN, LATER_COPY_NEEDED, RUNS_IN_UNKNOWN_FOLDER};
use super::steps::Step;
use crate::context::BuildContext;
use crate::model::folders::absolute;
use crate::model::packages::Verb;
use crate::model::placed::Placed;
use crate::model::reads::{self, Obstacle};
use crate::model::run::Run;
use crate::model::stage::Stage;
use crate::transform::{Input, Proposals};

/// A COPY that moves.
#[derive(Clone, Debug)]
pub(super) struct Move {
    /// What it is and does.
    pub(super) placed: Placed,
    /// The item that it stands behind afterwards.
    pub(super) behind: usize,
    /// What of it is copied before, and the item that each part is copied in front of.
    pub(super) first: Vec<(usize, Part)>,
    /// The RUNs that it passes and that install something.
    pub(super) installs: Vec<usize>,
}

/// A part of a COPY, by the paths that it has in the image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) files: Vec<String>,
    pub(super) folders: Vec<String>,
}

impl Part {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// Without what `others` have.
    fn without(mut self, others: &[(usize, Self)]) -> Self {
        let is_new = |path: &String, of: fn(&Self) -> &Vec<String>| {
            !others.iter().any(|(_, part)| of(part).contains(path))
        };
        self.files.retain(|path| is_new(path, |part| &part.files));
        self.folders
            .retain(|path| is_new(path, |part| &part.folders));
        self
    }
}

/// A COPY on its way down.
pub(super) struct Traveller {
    pub(super) placed: Placed,
    /// Whether it brings sources: others only go along.
    pub(super) brings_sources: bool,
    pub(super) is_on_its_way: bool,
    /// What installs read of it, and the item in front of which that has to stand.
    needed: Vec<(usize, Part)>,
    /// Whether a WORKDIR would make its folder for somebody else: a part of it must make it before.
    pub(super) makes_folder: bool,
    /// The last RUN that it has passed.
    passed: usize,
    installs: Vec<usize>,
    /// Where it could stand.
    best: Option<Best>,
}

/// Where a COPY could stand, behind an item, and how much of what is needed, and of the installs, is above it.
#[derive(Clone, Copy)]
struct Best {
    behind: usize,
    needed: usize,
    installs: usize,
}

impl Traveller {
    fn to(&self, best: Best) -> Move {
        Move {
            placed: self.placed.clone(),
            behind: best.behind,
            first: self.needed[..best.needed].to_vec(),
            installs: self.installs[..best.installs].to_vec(),
        }
    }
}

/// The COPYs of a stage that move, and the steps that are made of a RUN.
pub(super) fn walk(
    input: &Input<'_>,
    context: &BuildContext,
    stage: &Stage,
    proposals: &mut Proposals,
) -> (Vec<Move>, Vec<Step>) {
    let mut walk = Walk {
        input,
        context,
        placed: Vec::new(),
        travellers: Vec::new(),
        steps: Vec::new(),
    };
    for item in stage.item + 1..stage.end {
        let Some(instruction) = input.model.instruction(item) else {
            continue;
        };
        match instruction.keyword {
            Keyword::Copy | Keyword::Add => walk.copy(item, instruction, proposals),
            Keyword::Run => {
                if let Some(run) = input.model.run_at(item) {
                    walk.run(run, proposals);
                }
            }
            _ => walk.other(item, instruction),
        }
    }
    let steps = std::mem::take(&mut walk.steps);
    (walk.settled(proposals), steps)
}

pub(super) struct Walk<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) context: &'a BuildContext,
    pub(super) placed: Vec<Placed>,
    pub(super) travellers: Vec<Traveller>,
    steps: Vec<Step>,
}

impl Walk<'_> {
    fn copy(&mut self, item: usize, instruction: &Instruction, proposals: &mut Proposals) {
        let Some(placed) = Placed::of(self.input.model, item, self.context) else {
            // Where it copies to is not known: nothing may pass it.
            if instruction.flag("from").is_none() && self.installs_behind(item) {
                let detail = format!("`{}`", instruction.body.as_str());
                proposals.decline(instruction.range, &RUNS_IN_UNKNOWN_FOLDER, detail);
            }
            self.stop_all();
            return;
        };
        let brings_sources = match movable(self.input, self.context, &placed) {
            Movable::Yes => true,
            Movable::No => false,
            Movable::Stays(reason, detail) => {
                if self.installs_behind(item) {
                    proposals.decline(instruction.range, reason, detail);
                }
                false
            }
        };
        self.placed.push(placed.clone());
        self.travellers.push(Traveller {
            placed,
            brings_sources,
            is_on_its_way: true,
            needed: Vec::new(),
            makes_folder: false,
            passed: item,
            installs: Vec::new(),
            best: None,
        });
    }

    /// Whether there is something to move: other COPYs only go along.
    fn has_sources_on_their_way(&self) -> bool {
        let mut travellers = self.travellers.iter();
        travellers.any(|it| it.is_on_its_way && it.brings_sources)
    }

    /// Whether a RUN behind an item, in its stage, installs something.
    fn installs_behind(&self, item: usize) -> bool {
        let model = self.input.model;
        let stage = model.stage_of(item).map_or(0, |stage| stage.index);
        let mut runs = model.runs_of(stage).filter(|run| run.item > item);
        runs.any(installs)
    }

    /// Whether a RUN behind an item, in its stage, installs what manifests of the project name.
    fn project_is_installed_behind(&self, item: usize) -> bool {
        const FAMILIES: &[&str] = &[
            "npm", "yarn", "pnpm", "bun", "pip", "poetry", "pipenv", "uv", "pdm", "bundler",
            "composer",
        ];
        let model = self.input.model;
        let stage = model.stage_of(item).map_or(0, |stage| stage.index);
        let runs = model.runs_of(stage).filter(|run| run.item > item);
        runs.flat_map(|run| &run.operations).any(|operation| {
            operation.verb == Verb::Install
                && FAMILIES.contains(&operation.manager.family)
                && operation.operands.is_empty()
        })
    }

    fn run(&mut self, run: &Run, proposals: &mut Proposals) {
        if run.deferred || !self.has_sources_on_their_way() {
            return;
        }
        let reading = reads::of_run(self.input.model, self.context, &self.placed, run);
        if let Some((at, unread)) = &reading.stops_at {
            let (obstacle, detail) = unread;
            let is_of_install = run.operations.iter().any(|operation| {
                operation.command == *at
                    && matches!(operation.verb, Verb::Install | Verb::Fetch)
                    && *obstacle != Obstacle::UsesSources
            });
            match self.step(run, &reading) {
                Some(Ok(step)) => self.steps.push(step),
                Some(Err((reason, detail))) => proposals.decline(run.range, reason, detail),
                None if is_of_install || reading.reads.installs.is_some() => {
                    self.decline(run, *obstacle, detail, proposals);
                }
                // What stands in the way of an install further down.
                None if run.operations.is_empty() && self.project_is_installed_behind(run.item) => {
                    self.decline(run, *obstacle, detail, proposals);
                }
                None => {}
            }
            self.stop_all();
            return;
        }
        for at in (0..self.travellers.len()).rev() {
            if !self.travellers[at].is_on_its_way {
                continue;
            }
            match self.passes(at, run, &reading.reads) {
                Ok(Some(part)) => {
                    let is_next = self.is_next(at, run.item);
                    let traveller = &mut self.travellers[at];
                    let part = part.without(&traveller.needed);
                    if !part.is_empty() {
                        let stays = traveller.makes_folder || is_next;
                        let place = if stays {
                            traveller.placed.item
                        } else {
                            run.item
                        };
                        traveller.needed.push((place, part));
                    }
                    traveller.passed = run.item;
                    let has_folder = !traveller.makes_folder || !traveller.needed.is_empty();
                    if reading.reads.installs.is_some() && has_folder {
                        traveller.installs.push(run.item);
                        traveller.best = Some(Best {
                            behind: run.item,
                            needed: traveller.needed.len(),
                            installs: traveller.installs.len(),
                        });
                    }
                }
                Ok(None) => {
                    if reading.reads.installs.is_some() {
                        self.decline_for_later(at, proposals);
                    }
                    self.stop(at);
                }
                Err((reason, detail)) => {
                    let is_install = reading.reads.installs.is_some()
                        || (run.operations.is_empty()
                            && self.project_is_installed_behind(run.item));
                    if self.travellers[at].brings_sources && is_install {
                        proposals.decline(run.range, reason, detail);
                    }
                    self.stop(at);
                }
            }
        }
    }

    /// Whether nothing but other COPYs stands between a COPY and an item.
    pub(super) fn is_next(&self, at: usize, item: usize) -> bool {
        let model = self.input.model;
        (self.travellers[at].placed.item + 1..item).all(|between| {
            let instruction = model.instruction(between);
            instruction.is_none_or(|it| matches!(it.keyword, Keyword::Copy | Keyword::Add))
        })
    }

    /// Says why the sources above stay above: at the RUN, once.
    fn decline(&self, run: &Run, obstacle: Obstacle, detail: &str, proposals: &mut Proposals) {
        let is_unknown = !self.context.known
            && matches!(
                obstacle,
                Obstacle::ManifestNotFound | Obstacle::ManifestNotRead
            );
        let reason = if is_unknown {
            &CONTEXT_NOT_KNOWN
        } else {
            reasons::of(obstacle)
        };
        proposals.decline(run.range, reason, detail);
    }

    fn other(&mut self, item: usize, instruction: &Instruction) {
        let model = self.input.model;
        match (&instruction.arguments, instruction.keyword) {
            (_, Keyword::Workdir) => {
                for at in 0..self.travellers.len() {
                    let is_relative = self.travellers[at].placed.is_relative;
                    // A folder that it makes has another owner than one that COPY makes.
                    let is_made = model.state(item).is_some_and(|state| {
                        let body = instruction.body.as_str();
                        let folder = absolute(body, state).filter(|_| !body.contains('$'));
                        let is_same_owner = self.has_no_owner(at) && state.is_root() == Some(true);
                        !is_same_owner
                            && folder
                                .is_none_or(|folder| self.travellers[at].placed.touches(&folder))
                    });
                    if is_relative {
                        self.stop(at);
                    }
                    self.travellers[at].makes_folder |= is_made;
                }
            }
            (_, Keyword::Env | Keyword::Arg) => {
                for at in 0..self.travellers.len() {
                    if self.has_variables(at) {
                        self.stop(at);
                    }
                }
            }
            (Arguments::Words(words), Keyword::Volume) => {
                let volumes: Vec<Option<String>> = words
                    .iter()
                    .map(|word| absolute(&word.text, model.state(item)?))
                    .collect();
                for at in 0..self.travellers.len() {
                    let placed = &self.travellers[at].placed;
                    let mut volumes = volumes.iter();
                    let touches = volumes
                        .any(|volume| volume.as_ref().is_none_or(|volume| placed.touches(volume)));
                    if touches {
                        self.stop(at);
                    }
                }
            }
            (
                _,
                Keyword::User
                | Keyword::Label
                | Keyword::Maintainer
                | Keyword::Expose
                | Keyword::Cmd
                | Keyword::Entrypoint
                | Keyword::Healthcheck
                | Keyword::Stopsignal
                | Keyword::Shell
                | Keyword::Onbuild,
            ) => {}
            _ => self.stop_all(),
        }
    }

    pub(super) fn has_no_owner(&self, at: usize) -> bool {
        let item = self.travellers[at].placed.item;
        self.input
            .model
            .instruction(item)
            .is_some_and(|it| it.flag("chown").is_none() && it.flag("chmod").is_none())
    }

    fn has_variables(&self, at: usize) -> bool {
        let item = self.travellers[at].placed.item;
        let instruction = self.input.model.instruction(item);
        instruction.is_some_and(|it| {
            it.body.as_str().contains('$')
                || it.flags.iter().any(|flag| {
                    flag.value
                        .as_deref()
                        .is_some_and(|value| value.contains('$'))
                })
        })
    }

    /// Says of the COPYs above one that is needed, and brings something to the same place, that they stay.
    fn decline_for_later(&self, at: usize, proposals: &mut Proposals) {
        let needed = &self.travellers[at].placed;
        let above = self.travellers[..at]
            .iter()
            .filter(|it| it.is_on_its_way && it.brings_sources && it.placed.touches(&needed.to));
        for traveller in above {
            if let Some(copy) = self.input.model.instruction(traveller.placed.item) {
                proposals.decline(copy.range, &LATER_COPY_NEEDED, "");
            }
        }
    }

    /// A COPY goes no further, nor does an earlier one that brings something to the same place.
    fn stop(&mut self, at: usize) {
        if !self.travellers[at].is_on_its_way {
            return;
        }
        self.travellers[at].is_on_its_way = false;
        let to = self.travellers[at].placed.to.clone();
        for earlier in (0..at).rev() {
            if self.travellers[earlier].placed.touches(&to) {
                self.stop(earlier);
            }
        }
    }

    fn stop_all(&mut self) {
        for traveller in &mut self.travellers {
            traveller.is_on_its_way = false;
        }
    }

    /// The moves, with those that have to go along.
    fn settled(self, proposals: &mut Proposals) -> Vec<Move> {
        let mut moves: Vec<Move> = Vec::new();
        for (at, traveller) in self.travellers.iter().enumerate() {
            let Some(best) = traveller.best.filter(|_| traveller.brings_sources) else {
                continue;
            };
            let mut along = Vec::new();
            let mut is_blocked = false;
            for later in &self.travellers[at + 1..] {
                let is_between = later.placed.item < best.behind;
                let goes_itself =
                    later.brings_sources && later.best.is_some_and(|it| it.behind >= best.behind);
                if !is_between || !later.placed.touches(&traveller.placed.to) || goes_itself {
                    continue;
                }
                if later.passed >= best.behind && later.needed.is_empty() {
                    along.push(Move {
                        placed: later.placed.clone(),
                        behind: best.behind,
                        first: Vec::new(),
                        installs: Vec::new(),
                    });
                } else {
                    is_blocked = true;
                }
            }
            if is_blocked {
                let range = self.input.model.instruction(traveller.placed.item);
                if let Some(instruction) = range {
                    proposals.decline(instruction.range, &LATER_COPY_NEEDED, String::new());
                }
                continue;
            }
            moves.push(traveller.to(best));
            for rider in along {
                if !moves
                    .iter()
                    .any(|known| known.placed.item == rider.placed.item)
                {
                    moves.push(rider);
                }
            }
        }
        moves.sort_by_key(|it| it.placed.item);
        moves
    }
}

/// Whether a RUN installs or fetches something.
fn installs(run: &Run) -> bool {
    run.operations
        .iter()
        .any(|operation| matches!(operation.verb, Verb::Install | Verb::Fetch | Verb::Upgrade))
}

//! Which COPY can stand behind which RUN: a walk through a stage, with the COPYs that are on their way.

use imgfix_syntax::{Arguments, Instruction, Keyword};

use super::manifests;
use super::movable::{Movable, movable};
use super::reasons::{
    self, ACCOUNT_IS_MADE_LATER, CONTEXT_NOT_KNOWN, LATER_COPY_NEEDED, SYSTEM_FOLDER,
    WOULD_OVERWRITE,
};
use crate::context::{BuildContext, Sent};
use crate::model::folders::absolute;
use crate::model::packages::Verb;
use crate::model::placed::Placed;
use crate::model::reads::{self, Obstacle, Reading, Reads};
use crate::model::run::{Run, is_within};
use crate::model::stage::Stage;
use crate::model::users::{self, Kind};
use crate::transform::{Input, Proposals, Reason};

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
struct Traveller {
    placed: Placed,
    /// Whether it brings sources: others only go along.
    brings_sources: bool,
    is_on_its_way: bool,
    /// What installs read of it, and the item in front of which that has to stand.
    needed: Vec<(usize, Part)>,
    /// Whether a WORKDIR would make its folder for somebody else: a part of it must make it before.
    makes_folder: bool,
    /// The last RUN that it has passed.
    passed: usize,
    installs: Vec<usize>,
    /// Where it could stand.
    best: Option<Move>,
}

/// The COPYs of a stage that move.
pub(super) fn moves(input: &Input<'_>, stage: &Stage, proposals: &mut Proposals) -> Vec<Move> {
    let mut walk = Walk {
        input,
        context: &input.surroundings.context,
        placed: Vec::new(),
        travellers: Vec::new(),
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
    walk.settled(proposals)
}

struct Walk<'a> {
    input: &'a Input<'a>,
    context: &'a BuildContext,
    placed: Vec<Placed>,
    travellers: Vec<Traveller>,
}

impl Walk<'_> {
    fn copy(&mut self, item: usize, instruction: &Instruction, proposals: &mut Proposals) {
        let Some(placed) = Placed::of(self.input.model, item, self.context) else {
            // Where it copies to is not known: nothing may pass it.
            self.stop_all();
            return;
        };
        let brings_sources = match movable(self.input, &placed) {
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

    /// Whether a RUN behind an item, in its stage, installs something.
    fn installs_behind(&self, item: usize) -> bool {
        let model = self.input.model;
        let stage = model.stage_of(item).map_or(0, |stage| stage.index);
        let mut runs = model.runs_of(stage).filter(|run| run.item > item);
        runs.any(installs)
    }

    fn run(&mut self, run: &Run, proposals: &mut Proposals) {
        if run.deferred || !self.travellers.iter().any(|it| it.is_on_its_way) {
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
            if is_of_install || reading.reads.installs.is_some() {
                self.decline(run, *obstacle, detail, proposals);
            }
            self.stop_all();
            return;
        }
        for at in (0..self.travellers.len()).rev() {
            if !self.travellers[at].is_on_its_way {
                continue;
            }
            match self.passes(at, run, &reading) {
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
                        traveller.best = Some(Move {
                            placed: traveller.placed.clone(),
                            behind: run.item,
                            first: traveller.needed.clone(),
                            installs: traveller.installs.clone(),
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
                    if self.travellers[at].brings_sources && reading.reads.installs.is_some() {
                        proposals.decline(run.range, reason, detail);
                    }
                    self.stop(at);
                }
            }
        }
    }

    /// Whether nothing but other COPYs stands between a COPY and an item.
    fn is_next(&self, at: usize, item: usize) -> bool {
        let model = self.input.model;
        (self.travellers[at].placed.item + 1..item).all(|between| {
            let instruction = model.instruction(between);
            instruction.is_none_or(|it| matches!(it.keyword, Keyword::Copy | Keyword::Add))
        })
    }

    /// What of a COPY the RUN needs, where the rest can stand behind it; `None` where all of it is needed.
    fn passes(
        &self,
        at: usize,
        run: &Run,
        reading: &Reading,
    ) -> Result<Option<Part>, (&'static Reason, String)> {
        let traveller = &self.travellers[at];
        let placed = &traveller.placed;
        let part = needed(self.context, &self.placed, placed, &reading.reads);
        if manifests::is_all(self.context, placed, &part) {
            return Ok(None);
        }
        let brought = |path: &&String| {
            placed
                .origin(path)
                .is_some_and(|origin| self.context.sends(&origin) != Sent::No)
        };
        if let Some(path) = reading.reads.makes.iter().find(brought) {
            return Err((&WOULD_OVERWRITE, format!("`{path}`")));
        }
        if let Some(name) = self.unknown_account(placed.item)
            && makes_accounts(run)
        {
            return Err((&ACCOUNT_IS_MADE_LATER, format!("`{name}`")));
        }
        if is_within(&placed.to, "/var/www") && installs_web_server(run) {
            return Err((&SYSTEM_FOLDER, format!("`{}`", placed.to)));
        }
        let is_mounted = run.mounts.iter().any(|mount| {
            mount.kind != "cache"
                && mount
                    .target
                    .as_deref()
                    .is_none_or(|target| placed.touches(target))
        });
        if is_mounted {
            return Ok(None);
        }
        Ok(Some(part))
    }

    /// A name in `--chown` of which it is not known that it is there already.
    fn unknown_account(&self, item: usize) -> Option<String> {
        let model = self.input.model;
        let owner = model.instruction(item)?.flag("chown")?.value.clone()?;
        let (user, group) = owner.split_once(':').unwrap_or((&owner, ""));
        let names = [(user, Kind::User), (group, Kind::Group)];
        let unknown = names.into_iter().find(|(name, kind)| {
            !name.is_empty() && users::known(model, item, name, *kind).is_none()
        });
        unknown.map(|(name, _)| name.to_owned())
    }

    /// Says why the sources above stay above: at the RUN, once.
    fn decline(&self, run: &Run, obstacle: Obstacle, detail: &str, proposals: &mut Proposals) {
        let mut above = self
            .travellers
            .iter()
            .filter(|it| it.is_on_its_way && it.brings_sources);
        if above.next().is_none() {
            return;
        }
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
                        let folder = absolute(instruction.body.as_str(), state);
                        let is_same_owner = self.has_no_owner(at) && state.is_root() == Some(true);
                        !is_same_owner
                            && folder.is_none_or(|folder| {
                                is_within(&folder, &self.travellers[at].placed.to)
                            })
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

    fn has_no_owner(&self, at: usize) -> bool {
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
            let Some(best) = traveller.best.as_ref().filter(|_| traveller.brings_sources) else {
                continue;
            };
            let mut along = Vec::new();
            let mut is_blocked = false;
            for later in &self.travellers[at + 1..] {
                let is_between = later.placed.item < best.behind;
                let goes_itself = later.brings_sources
                    && later
                        .best
                        .as_ref()
                        .is_some_and(|it| it.behind >= best.behind);
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
            moves.push(best.clone());
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

/// What of `placed` is read: what it is the last to bring.
fn needed(context: &BuildContext, all: &[Placed], placed: &Placed, reads: &Reads) -> Part {
    let is_of_it = |path: &&String| {
        let mut bringing = all.iter().rev().filter(|other| {
            other
                .origin(path)
                .is_some_and(|origin| context.sends(&origin) != Sent::No)
        });
        let Some(last) = bringing.next() else {
            return false;
        };
        // What an earlier COPY brings already, out of the same file, need not be copied twice.
        let origin = last.origin(path);
        let first = bringing
            .next_back()
            .filter(|first| first.origin(path) == origin);
        first.unwrap_or(last).item == placed.item
    };
    Part {
        files: reads.files.iter().filter(is_of_it).cloned().collect(),
        folders: reads.folders.iter().filter(is_of_it).cloned().collect(),
    }
}

/// Whether a RUN installs or fetches something.
fn installs(run: &Run) -> bool {
    run.operations
        .iter()
        .any(|operation| matches!(operation.verb, Verb::Install | Verb::Fetch | Verb::Upgrade))
}

/// Whether a RUN installs a server that puts a page of its own below `/var/www`.
fn installs_web_server(run: &Run) -> bool {
    const SERVERS: &[&str] = &["apache", "httpd", "nginx", "lighttpd", "php"];
    run.operations.iter().any(|operation| {
        operation.manager.is_system
            && run
                .command(operation)
                .words
                .iter()
                .any(|word| SERVERS.iter().any(|server| word.raw.starts_with(server)))
    })
}

fn makes_accounts(run: &Run) -> bool {
    run.commands.iter().any(|command| {
        matches!(
            command.name(),
            Some("useradd" | "adduser" | "groupadd" | "addgroup" | "usermod" | "groupmod")
        )
    }) || run
        .operations
        .iter()
        .any(|operation| operation.manager.is_system)
}

//! What a build leaves behind: which files and folders are there in the end, and whose they are.

use imgfix_syntax::{Arguments, Keyword};

use super::plan::{Brought, Role};
use super::reasons::{STEP_NOT_CLASSIFIED, VOLUME_OVER_OUTPUT};
use super::site::{Refusal, Site, base_name};
use super::survey::Survey;
use crate::model::folders::{Presence, presence};
use crate::model::placed::{Placed, PlacedSource, joined, resolved};
use crate::model::run::{Run, is_within};

impl Survey {
    /// What of the files of the context is still there behind the build.
    ///
    /// # Errors
    /// Where a pattern says what is removed.
    pub(super) fn still_there(
        &self,
        site: &Site<'_>,
        data: Vec<Brought>,
    ) -> Result<Vec<Brought>, Refusal> {
        if self.removes_pattern && !data.is_empty() {
            let what = "a pattern says what is removed".to_owned();
            return Err((site.range(self.last_build), &STEP_NOT_CLASSIFIED, what));
        }
        let is_there = |it: &Brought| !self.removed.iter().any(|gone| is_within(&it.to, gone));
        Ok(data.into_iter().filter(is_there).collect())
    }

    /// The folders that are made, without those that are there anyway or that hold what is copied.
    pub(super) fn made_folders(&self, site: &Site<'_>, brought: &[Brought]) -> Vec<Brought> {
        let last = site.folder();
        let made = self.folders.iter().filter(|path| {
            // One for sources of the build is none of what runs.
            let is_for_sources = site.placed.iter().any(|placed| {
                is_within(&placed.to, path) && self.roles.get(&placed.item) == Some(&Role::Build)
            });
            if is_for_sources || self.gone.iter().any(|gone| is_within(path, gone)) {
                return false;
            }
            let is_above = |other: &str| is_within(other, path);
            let is_known =
                presence(site.input.model, site.stage.item + 1, path) != Presence::Unknown;
            let is_there = is_known
                || last.as_deref().is_some_and(is_above)
                || brought
                    .iter()
                    .any(|it| is_above(&it.to) || is_within(path, &it.to));
            !is_there
        });
        made.map(|path| Brought::in_place(path.as_str())).collect()
    }

    /// What is built below a VOLUME that stands above it is kept by some builders only.
    pub(super) fn check_volumes(
        &self,
        site: &Site<'_>,
        brought: &[Brought],
    ) -> Result<(), Refusal> {
        let model = site.input.model;
        for &item in self.roles.keys().filter(|item| **item < self.last_build) {
            let Some(instruction) = model.instruction(item) else {
                continue;
            };
            let Arguments::Words(volumes) = &instruction.arguments else {
                continue;
            };
            let state = model.state(item);
            let folder = state
                .and_then(|state| state.workdir.value.known())
                .unwrap_or("/");
            let covers = volumes.iter().any(|volume| {
                let volume = resolved(folder, &volume.text);
                volume.is_none_or(|volume| {
                    brought
                        .iter()
                        .any(|it| is_within(&it.to, &volume) || is_within(&volume, &it.to))
                })
            });
            if instruction.keyword == Keyword::Volume && covers {
                let text = format!("`{}`", instruction.body.as_str());
                return Err((instruction.range, &VOLUME_OVER_OUTPUT, text));
            }
        }
        Ok(())
    }
}

impl Survey {
    /// A file that a COPY brings by itself and that the build removes is for the build alone.
    pub(super) fn used_up(&mut self, site: &Site<'_>) {
        if self.removes_pattern || self.removed.is_empty() {
            return;
        }
        let brings_it = |placed: &Placed, path: &str| {
            let [PlacedSource::File(file)] = placed.sources.as_slice() else {
                return false;
            };
            let is_last = !site
                .placed
                .iter()
                .any(|it| it.item > placed.item && it.touches(path));
            is_last && (placed.to == path || joined(&placed.to, base_name(file)) == path)
        };
        let removed = std::mem::take(&mut self.removed);
        for path in removed {
            match site.placed.iter().find(|placed| brings_it(placed, &path)) {
                Some(placed) => {
                    self.roles.insert(placed.item, Role::Build);
                }
                None => self.removed.push(path),
            }
        }
        self.removes_copied = !self.removed.is_empty();
    }

    /// A RUN that only makes folders is repeated where one of what runs changes them.
    pub(super) fn wanted_folders(&mut self, site: &Site<'_>) {
        let runs: Vec<&Run> = site.input.model.runs_of(site.stage.index).collect();
        let paths = |run: &Run, names: &[&str]| -> Vec<String> {
            let commands = run.commands.iter();
            let commands =
                commands.filter(|it| it.name().is_some_and(|name| names.contains(&name)));
            commands
                .flat_map(|it| site.paths_of(run.item, it))
                .collect()
        };
        for (at, run) in runs.iter().enumerate() {
            let only_folders = run.commands.iter().all(|it| it.name() == Some("mkdir"));
            if !only_folders || self.roles.get(&run.item) != Some(&Role::Build) {
                continue;
            }
            let made = paths(run, &["mkdir"]);
            let is_made = |path: &String| made.iter().any(|it| is_within(it, path));
            let is_wanted = runs[at + 1..].iter().any(|later| {
                let moves = self.roles.get(&later.item) == Some(&Role::Moves);
                moves
                    && paths(later, &["chmod", "chown", "chgrp"])
                        .iter()
                        .any(is_made)
            });
            if is_wanted {
                self.roles.insert(run.item, Role::Repeats);
            }
        }
    }

    /// A working directory of the build that is removed is none of what runs.
    pub(super) fn left_folders(&mut self, site: &Site<'_>) {
        let model = site.input.model;
        for (&item, role) in &mut self.roles {
            let is_folder = model
                .instruction(item)
                .is_some_and(|it| it.keyword == Keyword::Workdir);
            if !is_folder || *role != Role::Repeats {
                continue;
            }
            // What holds behind it.
            let next = (item + 1..site.stage.end).find(|&at| model.instruction(at).is_some());
            let state = next.and_then(|next| model.state(next));
            let folder = state.and_then(|state| resolved("/", state.workdir.value.known()?));
            let is_gone = folder.is_some_and(|folder| self.gone.contains(&folder));
            let mut later = (item + 1..site.stage.end).filter_map(|at| model.instruction(at));
            let is_replaced = later.any(|it| {
                it.keyword == Keyword::Workdir && it.body.as_str().trim().starts_with('/')
            });
            if is_gone && is_replaced {
                *role = Role::Build;
            }
        }
    }

    /// Gives what is brought to whom it belongs: to the one that a RUN or the COPY of the sources gives it to, else
    /// to whoever made it; root's stays root's.
    ///
    /// # Errors
    /// Where parts of it belong to different users.
    pub(super) fn give(&self, site: &Site<'_>, brought: &mut [Brought]) -> Result<(), Refusal> {
        self.give_brought(site, brought)?;
        match self.folder_of_copy(site, brought) {
            Some(path) => Err(self.not_given(site, path)),
            None => Ok(()),
        }
    }

    /// The same, but for a folder that a COPY makes for a user.
    ///
    /// # Errors
    /// Where parts of it belong to different users.
    pub(super) fn give_brought(
        &self,
        site: &Site<'_>,
        brought: &mut [Brought],
    ) -> Result<(), Refusal> {
        for it in brought.iter_mut() {
            // What an install lays into the system is root's.
            if it.from != it.to && !it.to.ends_with('/') || is_of_system(&it.to) {
                continue;
            }
            it.owner = self.owner_of(site, &it.from)?;
        }
        self.folders_given(site, brought)
    }

    /// A folder that is given away, or whose mode is set, without being brought as a whole would be root's again.
    fn folders_given(&self, site: &Site<'_>, brought: &[Brought]) -> Result<(), Refusal> {
        let is_brought = |path: &str| brought.iter().any(|it| is_within(path, &it.to));
        let folder = site.folder();
        let holds = |path: &str| {
            folder
                .as_deref()
                .is_some_and(|folder| is_within(folder, path))
                || brought
                    .iter()
                    .any(|it| it.to != path && is_within(&it.to, path))
        };
        let given = self.owners.iter().map(|(path, _)| path);
        let mut lost = given.chain(&self.modes);
        match lost.find(|path| holds(path) && !is_brought(path)) {
            Some(path) => Err(self.not_given(site, path)),
            None => Ok(()),
        }
    }

    fn not_given(&self, site: &Site<'_>, path: &str) -> Refusal {
        let what = format!("who owns `{path}`, and its mode");
        (site.range(self.last_build), &STEP_NOT_CLASSIFIED, what)
    }

    /// The working directory, or a folder above it, where a COPY of the build makes it for a user: it would be root's.
    fn folder_of_copy<'s>(&self, site: &'s Site<'_>, brought: &[Brought]) -> Option<&'s str> {
        // Root may write into any.
        if site.end().is_root() == Some(true) {
            return None;
        }
        let folder = site.folder()?;
        let mut placed = site.placed.iter();
        let made = placed.find(|placed| {
            let copy = site.input.model.instruction(placed.item);
            let owner = copy.and_then(|it| it.flag("chown")?.value.as_deref());
            let is_given = owner.is_some_and(|owner| {
                let goes_along = |it: &&Brought| {
                    it.owner.as_deref() == Some(owner) && is_within(&it.to, &placed.to)
                };
                !is_of_root(owner) && !brought.iter().any(|it| goes_along(&it))
            });
            let is_whole = brought.iter().any(|it| is_within(&placed.to, &it.to));
            is_given
                && !is_whole
                && is_within(&folder, &placed.to)
                && self.roles.get(&placed.item) == Some(&Role::Build)
                && placed.brings_folders()
                && presence(site.input.model, placed.item, &placed.to) == Presence::Unknown
        });
        made.map(|placed| placed.to.as_str())
    }

    /// Who owns what lies at a path, if it is not root.
    fn owner_of(&self, site: &Site<'_>, path: &str) -> Result<Option<String>, Refusal> {
        let mut given = self.owners.iter().rev();
        if let Some((_, owner)) = given.find(|(folder, _)| is_within(path, folder)) {
            return Ok(Some(owner.clone()));
        }
        let model = site.input.model;
        let brings = |placed: &&Placed| {
            let has = |origin: &str| {
                site.context.file(origin).is_some() || site.context.has_folder(origin)
            };
            is_within(&placed.to, path) || placed.origin(path).is_some_and(|it| has(&it))
        };
        let copies = site.placed.iter().filter(brings);
        let owners = copies.map(|placed| {
            let copy = model.instruction(placed.item);
            let owner = copy.and_then(|it| it.flag("chown")?.value.clone());
            (placed.item, owner)
        });
        let owners: Vec<(usize, Option<String>)> = owners.collect();
        let state = model.state(self.last_build);
        let user = state.and_then(|state| state.user.value.known());
        let maker = user.filter(|user| !matches!(*user, "" | "root" | "0"));
        let maker = maker.map(str::to_owned);
        let Some((item, first)) = owners.first() else {
            return Ok(maker);
        };
        let is_folder = !site
            .context
            .files
            .contains_key(&site.origin(path).unwrap_or_default());
        let is_one = owners.iter().all(|(_, owner)| owner == first);
        let is_plain = first.as_ref().is_none_or(|owner| !owner.contains('$'));
        // What is built in a folder belongs to whoever built it; a user has a group of the same name, as a rule.
        let user_of = |owner: &Option<String>| {
            let owner = owner.as_deref()?;
            let (user, group) = owner.split_once(':').unwrap_or((owner, ""));
            (group.is_empty() || group == user).then(|| user.to_owned())
        };
        let is_maker = !is_folder || user_of(first) == maker;
        if is_one && is_plain && is_maker {
            Ok(first.clone().or(maker))
        } else {
            let what = format!("who owns `{path}`");
            Err((site.range(*item), &STEP_NOT_CLASSIFIED, what))
        }
    }
}

/// Whether a path is one of the folders that installs of Python share with the system.
fn is_of_system(path: &str) -> bool {
    path == "/usr/local/bin" || path.starts_with("/usr/local/lib/python")
}

/// Whether an owner is root.
pub(super) fn is_of_root(owner: &str) -> bool {
    matches!(owner.split(':').next(), Some("root" | "0"))
}

/// Whether a word is a mode of permissions alone, without those of another user or a sticky folder.
pub(super) fn is_mode(word: &str) -> bool {
    let digits = word.strip_prefix('0').filter(|_| word.len() == 4);
    let digits = digits.unwrap_or(word);
    let is_number = digits.len() == 3 && digits.chars().all(|it| matches!(it, '0'..='7'));
    let is_symbolic = word.split(',').all(|part| {
        let part = part.trim_start_matches(['u', 'g', 'o', 'a']);
        let rest = part.strip_prefix(['+', '-', '=']);
        rest.is_some_and(|it| it.chars().all(|char| matches!(char, 'r' | 'w' | 'x' | 'X')))
    });
    is_number || is_symbolic
}

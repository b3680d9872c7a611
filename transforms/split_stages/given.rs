//! A working directory that is not root's: the container may write into it, so it has the same owner in the stage
//! that runs.

use std::collections::BTreeSet;

use super::left::is_of_root;
use super::plan::Brought;
use super::reasons::STEP_NOT_CLASSIFIED;
use super::site::{Refusal, Site};
use super::survey::Survey;
use crate::model::folders::{Presence, parent, presence};
use crate::model::run::is_within;
use crate::model::state::State;

/// Gives what is brought to whom it belongs, and says which RUN does so with the folders that hold it, where one can
/// be run: a COPY gives away what it copies, and none of the folders that are there or that it makes on its way.
///
/// # Errors
/// Where parts of it belong to different users, or who builds may give nothing away.
pub(super) fn give(
    site: &Site<'_>,
    survey: &Survey,
    brought: &mut Vec<Brought>,
    can_run: bool,
) -> Result<Option<String>, Refusal> {
    if !can_run {
        survey.give(site, brought)?;
        return Ok(None);
    }
    let folder = site.folder().filter(|folder| folder != "/");
    let Some(folder) = folder.filter(|it| !brought.iter().any(|other| is_within(it, &other.to)))
    else {
        survey.give_brought(site, brought)?;
        return Ok(None);
    };
    if is_given_last(site, survey, &folder) && !has_lost_mode(survey, brought) {
        brought.push(Brought::in_place(folder.as_str()));
        let given = survey.give_brought(site, brought);
        let owner = brought.pop().and_then(|it| it.owner);
        given?;
        let inner = inner_folders(&folder, brought);
        return Ok(owner.map(|owner| {
            if inner.is_empty() {
                alone(site, survey, &folder, &owner)
            } else {
                format!(
                    "RUN mkdir -p {} && chown -R {owner} {folder}",
                    inner.join(" ")
                )
            }
        }));
    }
    survey.give_brought(site, brought)?;
    let owner = owner_by_copy(site, &folder).filter(|_| site.end().is_root() != Some(true));
    let state = site.input.model.state(survey.last_build);
    match owner {
        Some(owner) if state.and_then(State::is_root) == Some(true) && is_known(site, &owner) => {
            Ok(Some(alone(site, survey, &folder, &owner)))
        }
        Some(_) => {
            let what = format!("who owns `{folder}`");
            Err((site.range(survey.last_build), &STEP_NOT_CLASSIFIED, what))
        }
        None => Ok(None),
    }
}

/// A RUN that gives the folder alone away; a WORKDIR that is repeated in front of it has made it.
fn alone(site: &Site<'_>, survey: &Survey, folder: &str, owner: &str) -> String {
    let state = site.input.model.state(survey.last_build);
    let is_there = state.and_then(|it| it.workdir.value.known()) == Some(folder);
    let make = if is_there {
        String::new()
    } else {
        format!("mkdir -p {folder} && ")
    };
    format!("RUN {make}chown {owner} {folder}")
}

/// Whether the last thing that the build does is that root gives the folder away, with all that lies in it.
fn is_given_last(site: &Site<'_>, survey: &Survey, folder: &str) -> bool {
    let model = site.input.model;
    let is_root = model.state(survey.last_build).and_then(State::is_root) == Some(true);
    let run = model.run_at(survey.last_build).filter(|_| is_root);
    let Some((last, before)) = run.and_then(|run| run.commands.split_last()) else {
        return false;
    };
    let is_recursive = ["-R", "--recursive"].iter().any(|it| last.has_argument(it));
    last.name() == Some("chown")
        && is_recursive
        && before.iter().all(|it| it.name() != Some("cd"))
        && site
            .paths_of(survey.last_build, last)
            .iter()
            .any(|it| it == folder)
}

/// Whether the mode of a folder is set that is not brought and holds something that is.
fn has_lost_mode(survey: &Survey, brought: &[Brought]) -> bool {
    let is_brought = |path: &str| brought.iter().any(|it| is_within(path, &it.to));
    let holds = |path: &str| brought.iter().any(|it| is_within(&it.to, path));
    let mut modes = survey.modes.iter();
    modes.any(|path| holds(path) && !is_brought(path))
}

/// The folders below one that hold what is brought, the innermost alone.
fn inner_folders(folder: &str, brought: &[Brought]) -> Vec<String> {
    let holders = brought.iter().map(|it| match it.to.strip_suffix('/') {
        Some(holder) => holder,
        None => parent(&it.to),
    });
    let inner: BTreeSet<&str> = holders
        .filter(|it| *it != folder && is_within(it, folder))
        .collect();
    let is_innermost = |it: &&&str| {
        !inner
            .iter()
            .any(|other| other != *it && is_within(other, it))
    };
    inner
        .iter()
        .filter(is_innermost)
        .map(|it| (*it).to_owned())
        .collect()
}

/// To whom a COPY gives the folder that it makes.
fn owner_by_copy(site: &Site<'_>, folder: &str) -> Option<String> {
    let model = site.input.model;
    let first = site.placed.iter().find(|it| is_within(&it.to, folder))?;
    let owner = model
        .instruction(first.item)?
        .flag("chown")?
        .value
        .clone()?;
    let is_made = first.to == folder && presence(model, first.item, folder) == Presence::Unknown;
    (is_made && !is_of_root(&owner)).then_some(owner)
}

/// Whether the stage that runs has an account: by number, or by a command of the author's that makes it.
fn is_known(site: &Site<'_>, owner: &str) -> bool {
    let runs = site.input.model.runs_of(site.stage.index);
    let makers: Vec<_> = runs
        .flat_map(|run| &run.commands)
        .filter(|it| {
            let names = ["useradd", "adduser", "groupadd", "addgroup"];
            it.name().is_some_and(|name| names.contains(&name))
        })
        .collect();
    owner.split(':').all(|name| {
        let is_number = !name.is_empty() && name.chars().all(|it| it.is_ascii_digit());
        is_number || makers.iter().any(|it| it.has_argument(name))
    })
}

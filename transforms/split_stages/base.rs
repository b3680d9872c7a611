//! What the author's instructions take from the base image: variables, users and programs that the image of the stage
//! that runs may not have.

use imgfix_syntax::Keyword;

use super::plan::{Plan, Role};
use super::reasons::STEP_NOT_CLASSIFIED;
use super::site::{Refusal, Site};
use super::survey::variables;
use crate::model::images::{BaseFacts, Family, ImageReference, base_contract, base_facts};
use crate::model::placed::resolved;
use crate::model::run::{Run, is_within};
use crate::model::users::{Kind, adds, in_official, in_system};

/// Whether an instruction names a variable that only the base image sets, and which one.
fn named(site: &Site<'_>, item: usize) -> Option<String> {
    let model = site.input.model;
    let instruction = model.instruction(item)?;
    let state = model.state(item)?;
    let text = instruction.range.slice(&model.text);
    let is_of_base = |name: &String| state.env.get(name).is_some_and(|it| it.item.is_none());
    variables(text).find(|name| name != "PATH" && is_of_base(name))
}

/// The folder of a WORKDIR that names such a variable, to be said as it is.
pub(super) fn folder(site: &Site<'_>, item: usize) -> Option<String> {
    let model = site.input.model;
    let is_folder = model.instruction(item)?.keyword == Keyword::Workdir;
    named(site, item).filter(|_| is_folder)?;
    // What holds at the next instruction.
    let next = (item + 1..site.stage.end).find(|&at| model.instruction(at).is_some())?;
    resolved("/", model.state(next)?.workdir.value.known()?)
}

/// What the author's instructions want of the image of the stage that runs is there.
pub(super) fn has_what_is_wanted(site: &Site<'_>, plan: &Plan) -> Result<(), Refusal> {
    let image = ImageReference::parse(&plan.runtime, &site.input.options.mirrors);
    // A variable stands for the version alone.
    let is_same_image = plan.runtime.contains('$');
    let image = image.or_else(|| is_same_image.then(|| site.image.clone()));
    variables_are_set(site, plan, image.as_ref())?;
    paths_are_there(site, plan)?;
    if plan.runtime == site.image_text() {
        return Ok(());
    }
    let facts = image
        .as_ref()
        .and_then(|image| base_facts(&image.name, image.tag.as_deref()))
        .or(site.facts);
    if !plan.told.is_own {
        let name = image.as_ref().map_or("", |image| image.name.as_str());
        users_are_known(site, plan, name, facts)?;
    }
    accounts_can_be_made(site, plan, facts)
}

/// What the author's RUNs change in what runs is there when they run.
fn paths_are_there(site: &Site<'_>, plan: &Plan) -> Result<(), Refusal> {
    let model = site.input.model;
    let last_build = plan.roles.iter().rfind(|(_, role)| **role == Role::Build);
    let last_build = last_build.map_or(0, |(&item, _)| item);
    let mut there: Vec<String> = site.inherited_folder().into_iter().collect();
    let lines = plan.roles.iter().filter(|(_, role)| **role != Role::Build);
    for (&item, _) in lines {
        if item > last_build {
            there.extend(plan.brought.iter().map(|it| it.to.clone()));
        }
        match model.instruction(item).map(|it| it.keyword) {
            Some(Keyword::Workdir) => {
                let next = (item + 1..site.stage.end).find_map(|at| model.state(at));
                there.extend(next.and_then(|it| resolved("/", it.workdir.value.known()?)));
            }
            Some(Keyword::Copy | Keyword::Add) => {
                let copies = site.placed.iter().filter(|it| it.item == item);
                there.extend(copies.map(|it| it.to.clone()));
            }
            Some(Keyword::Run) => run_finds(site, item, &mut there)?,
            _ => {}
        }
    }
    Ok(())
}

/// What a RUN changes is there, or is made by it.
fn run_finds(site: &Site<'_>, item: usize, there: &mut Vec<String>) -> Result<(), Refusal> {
    let run = site.input.model.run_at(item);
    for command in run.into_iter().flat_map(|run| &run.commands) {
        match command.name() {
            Some("mkdir") => there.extend(site.paths_of(item, command)),
            Some("useradd" | "adduser") => there.push("/home".to_owned()),
            Some("rm") if command.arguments().iter().any(|it| forces(&it.raw)) => {}
            Some("chown" | "chmod" | "chgrp" | "rm") => {
                let is_missing = |path: &String| {
                    let mut there = there.iter();
                    !is_of_system(path)
                        && !there.any(|it| is_within(path, it) || is_within(it, path))
                };
                if let Some(path) = site.paths_of(item, command).into_iter().find(is_missing) {
                    let said = command.raw_words().join(" ");
                    let what = format!("`{said}` of `{path}`, which is not there");
                    return Err((command.range, &STEP_NOT_CLASSIFIED, what));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a word lets `rm` pass over what is not there.
fn forces(word: &str) -> bool {
    word == "--force" || (word.starts_with('-') && !word.starts_with("--") && word.contains('f'))
}

/// Whether a path is one that every system has.
fn is_of_system(path: &str) -> bool {
    #[rustfmt::skip]
    const FOLDERS: &[&str] = &[
        "/bin", "/dev", "/etc", "/home", "/lib", "/media", "/mnt", "/opt", "/proc", "/root", "/run", "/sbin",
        "/srv", "/sys", "/tmp", "/usr", "/usr/local", "/usr/local/bin", "/var", "/var/cache", "/var/lib",
        "/var/log", "/var/run", "/var/tmp", "/",
    ];
    FOLDERS.contains(&path)
        || path.starts_with("/var/lib/apt/")
        || path.starts_with("/var/cache/apt")
}

/// The author's RUNs in the stage that runs.
fn runs<'s>(site: &Site<'s>, plan: &Plan) -> impl Iterator<Item = &'s Run> {
    let items = plan.roles.iter().filter(|(_, role)| **role != Role::Build);
    items.filter_map(|(&item, _)| site.input.model.run_at(item))
}

/// Who is named in what runs is known there: by number, by the image, or by a command that makes the account.
fn users_are_known(
    site: &Site<'_>,
    plan: &Plan,
    image: &str,
    facts: Option<BaseFacts>,
) -> Result<(), Refusal> {
    let model = site.input.model;
    let family = facts.map(|facts| facts.family);
    let is_distroless = image.starts_with("gcr.io/distroless/");
    // Scratch is given the accounts of the build.
    let has_accounts = plan.brought.iter().any(|it| it.to == "/etc/passwd");
    let makes = |name: &str| {
        let mut commands = runs(site, plan).flat_map(|run| &run.commands);
        commands.any(|command| adds(command, name, Kind::Group))
    };
    let is_there = |name: &str, kind: Kind| {
        let is_number = name.chars().all(|char| char.is_ascii_digit());
        is_number
            || name == "root"
            || name.contains('$')
            || has_accounts
            || makes(name)
            || in_system(family.filter(|_| !is_distroless), name, kind)
            || (is_distroless && matches!(name, "nobody" | "nonroot" | "tty" | "staff"))
            || in_official(image, name)
    };
    let is_known = |owner: &str| {
        let (user, group) = owner.split_once(':').unwrap_or((owner, ""));
        is_there(user, Kind::User) && is_there(group, Kind::Group)
    };
    let authors = plan.roles.iter().filter(|(_, role)| **role != Role::Build);
    let authors = authors.filter_map(|(&item, _)| {
        let instruction = model.instruction(item)?;
        let owner = match instruction.keyword {
            Keyword::User => instruction.body.as_str().trim(),
            _ => instruction.flag("chown")?.value.as_deref()?,
        };
        Some((item, owner))
    });
    let brought = plan.brought.iter().filter_map(|it| it.owner.as_deref());
    let brought = brought.map(|owner| (site.stage.item, owner));
    match authors.chain(brought).find(|(_, owner)| !is_known(owner)) {
        Some((item, owner)) => {
            let what = format!("`{owner}`, whom `{}` may not know", plan.runtime);
            Err((site.range(item), &STEP_NOT_CLASSIFIED, what))
        }
        None => Ok(()),
    }
}

/// Debian's image has no `adduser` since trixie; the larger image has it by chance.
fn accounts_can_be_made(
    site: &Site<'_>,
    plan: &Plan,
    facts: Option<BaseFacts>,
) -> Result<(), Refusal> {
    let has_adduser = facts.is_some_and(|facts| match facts.family {
        Family::Debian => matches!(facts.release, Some("buster" | "bullseye" | "bookworm")),
        Family::Ubuntu => matches!(facts.release, Some("bionic" | "focal" | "jammy" | "noble")),
        Family::Alpine => true,
        _ => false,
    });
    if has_adduser {
        return Ok(());
    }
    let calls = ["adduser", "addgroup", "deluser", "delgroup"];
    for run in runs(site, plan) {
        let mut names = run.commands.iter().filter_map(|command| command.name());
        if let Some(call) = names.find(|name| calls.contains(name)) {
            let what = format!("`{call}`, which `{}` may not have", plan.runtime);
            return Err((run.range, &STEP_NOT_CLASSIFIED, what));
        }
    }
    Ok(())
}

/// What the stage that runs has of the author's instructions names no variable that its image does not set.
fn variables_are_set(
    site: &Site<'_>,
    plan: &Plan,
    image: Option<&ImageReference>,
) -> Result<(), Refusal> {
    let contract = image.and_then(|image| base_contract(&image.name, image.tag.as_deref()));
    let sets = |name: &str| {
        contract
            .as_ref()
            .is_some_and(|it| it.env.iter().any(|(other, _)| *other == name))
    };
    for (&item, role) in &plan.roles {
        if *role == Role::Build || (*role == Role::Repeats && folder(site, item).is_some()) {
            continue;
        }
        if let Some(name) = named(site, item).filter(|name| !sets(name)) {
            let what = format!("`{name}` of the base image");
            return Err((site.range(item), &STEP_NOT_CLASSIFIED, what));
        }
    }
    Ok(())
}

//! Variables that the base image sets: the image of the stage that runs may not have them.

use imgfix_syntax::Keyword;

use super::plan::{Plan, Role};
use super::reasons::STEP_NOT_CLASSIFIED;
use super::site::{Refusal, Site};
use super::survey::variables;
use crate::model::images::{Family, ImageReference, base_contract, base_facts};
use crate::model::placed::resolved;
use crate::model::users::{Kind, in_official, in_system};

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

/// Who is named in what runs is known there: by number, by the image, or by a command that makes the account.
pub(super) fn names_users_that_are_there(site: &Site<'_>, plan: &Plan) -> Result<(), Refusal> {
    if plan.runtime == site.image_text() || plan.told.is_own {
        return Ok(());
    }
    let model = site.input.model;
    let image = ImageReference::parse(&plan.runtime, &site.input.options.mirrors);
    let facts = image
        .as_ref()
        .and_then(|image| base_facts(&image.name, image.tag.as_deref()));
    let family = facts.or(site.facts).map(|facts| facts.family);
    let image_name = image.as_ref().map_or("", |image| image.name.as_str());
    let is_distroless = image_name.starts_with("gcr.io/distroless/");
    // Scratch is given the accounts of the build.
    let has_accounts = plan.brought.iter().any(|it| it.to == "/etc/passwd");
    let makes = |name: &str| {
        let runs = plan.roles.iter().filter(|(_, role)| **role != Role::Build);
        let mut commands = runs
            .filter_map(|(&item, _)| model.run_at(item))
            .flat_map(|run| &run.commands);
        commands.any(|command| {
            let makers = ["useradd", "adduser", "groupadd", "addgroup"];
            command.name().is_some_and(|it| makers.contains(&it)) && command.has_argument(name)
        })
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
            || in_official(image_name, name)
    };
    let known = |owner: &str| {
        let mut parts = owner.splitn(2, ':');
        let user = parts.next().unwrap_or_default();
        let group = parts.next().unwrap_or_default();
        is_there(user, Kind::User) && is_there(group, Kind::Group)
    };
    let instructions = plan.roles.iter().filter(|(_, role)| **role != Role::Build);
    for (&item, _) in instructions {
        let Some(instruction) = model.instruction(item) else {
            continue;
        };
        let owner = match instruction.keyword {
            Keyword::User => Some(instruction.body.as_str().trim()),
            _ => instruction.flag("chown").and_then(|it| it.value.as_deref()),
        };
        if let Some(owner) = owner.filter(|owner| !known(owner)) {
            let what = format!("`{owner}`, whom `{}` may not know", plan.runtime);
            return Err((site.range(item), &STEP_NOT_CLASSIFIED, what));
        }
    }
    let mut owners = plan.brought.iter().filter_map(|it| it.owner.as_deref());
    match owners.find(|owner| !known(owner)) {
        Some(owner) => {
            let what = format!("`{owner}`, whom `{}` may not know", plan.runtime);
            Err((site.range(site.stage.item), &STEP_NOT_CLASSIFIED, what))
        }
        None => Ok(()),
    }
}

/// Debian's image has no `adduser` since trixie; the larger image has it by chance.
pub(super) fn makes_accounts_with_what_is_there(
    site: &Site<'_>,
    plan: &Plan,
) -> Result<(), Refusal> {
    let image = ImageReference::parse(&plan.runtime, &site.input.options.mirrors);
    let facts = image.and_then(|image| base_facts(&image.name, image.tag.as_deref()));
    let facts = facts.or(site.facts);
    let has_adduser = facts.is_some_and(|facts| match facts.family {
        Family::Debian => matches!(facts.release, Some("buster" | "bullseye" | "bookworm")),
        Family::Ubuntu => matches!(facts.release, Some("bionic" | "focal" | "jammy" | "noble")),
        Family::Alpine => true,
        _ => false,
    });
    if has_adduser || plan.runtime == site.image_text() {
        return Ok(());
    }
    for (&item, role) in &plan.roles {
        let run = site
            .input
            .model
            .run_at(item)
            .filter(|_| *role != Role::Build);
        let mut commands = run.iter().flat_map(|run| &run.commands);
        let calls = ["adduser", "addgroup", "deluser", "delgroup"];
        let call = commands.find_map(|command| command.name().filter(|name| calls.contains(name)));
        if let Some(call) = call {
            let what = format!("`{call}`, which `{}` may not have", plan.runtime);
            return Err((site.range(item), &STEP_NOT_CLASSIFIED, what));
        }
    }
    Ok(())
}

/// What the stage that runs has of the author's instructions names no variable that its image does not set.
pub(super) fn names_only_what_is_there(site: &Site<'_>, plan: &Plan) -> Result<(), Refusal> {
    let image = ImageReference::parse(&plan.runtime, &site.input.options.mirrors);
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

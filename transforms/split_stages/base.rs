//! Variables that the base image sets: the image of the stage that runs may not have them.

use imgfix_syntax::Keyword;

use super::plan::{Plan, Role};
use super::reasons::STEP_NOT_CLASSIFIED;
use super::site::{Refusal, Site};
use super::survey::variables;
use crate::model::images::{Family, ImageReference, base_contract, base_facts};
use crate::model::placed::resolved;

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

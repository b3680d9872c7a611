//! What the commands before an install have done to its folder.

use imgfix_syntax::Keyword;

use super::Refusal;
use super::images::{commands_before, is_global};
use super::reasons::{MANIFEST_MAY_DIFFER, MODULES_ARE_THERE};
use super::site::Site;
use crate::model::command::CommandFact;
use crate::model::packages::{Operation, Verb};
use crate::model::placed::{Placed, joined, resolved};
use crate::model::reads::{entered, of_command};
use crate::model::run::{Run, is_within};

/// Programs that leave the text of a file as it is.
const READERS: &[&str] = &[
    "chown", "chmod", "mkdir", "ls", "cat", "test", "[", "stat", "grep", "find", "pwd",
];

/// No command behind the item `since` may have changed a manifest.
pub(super) fn leave_manifests(
    site: &Site<'_>,
    placed: &[Placed],
    since: usize,
) -> Result<(), Refusal> {
    for run in earlier_runs(site).filter(|run| run.item > since) {
        if run.script().is_none() {
            return Err((&MANIFEST_MAY_DIFFER, String::new()));
        }
        follow(site, placed, run, run.commands.len())?;
    }
    follow(site, placed, site.run, site.operation.command)
}

fn earlier_runs<'a>(site: &Site<'a>) -> impl Iterator<Item = &'a Run> {
    let model = site.input.model;
    let items = site.items().into_iter();
    items
        .filter_map(|item| model.run_at(item))
        .filter(|run| !run.deferred)
}

fn follow(site: &Site<'_>, placed: &[Placed], run: &Run, until: usize) -> Result<(), Refusal> {
    let differs = |command: &CommandFact| {
        let words: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
        (&MANIFEST_MAY_DIFFER, format!("`{}`", words.join(" ")))
    };
    let mut folder = first_folder(site, run);
    for (at, command) in run.commands[..until].iter().enumerate() {
        let here = folder.clone().ok_or_else(|| differs(command))?;
        let view = site.view(placed, here);
        let operation = run.operations.iter().find(|it| it.command == at);
        let only_reads = command.writes.is_empty()
            && command.name().is_some_and(|name| READERS.contains(&name))
            && !command
                .words
                .iter()
                .any(|word| word.raw.starts_with("-exec"));
        if !only_reads && of_command(&view, command, operation).is_err() {
            return Err(differs(command));
        }
        if command.changes_shell() == Some("cd") {
            folder = entered(&view, command);
        }
    }
    Ok(())
}

fn first_folder(site: &Site<'_>, run: &Run) -> Option<String> {
    let state = site.input.model.state(run.item)?;
    resolved("/", state.workdir.value.known()?)
}

/// Nothing that is wanted stands in the folder of modules.
pub(super) fn has_no_modules(
    site: &Site<'_>,
    placed: &[Placed],
    project: &str,
) -> Result<(), Refusal> {
    let modules = joined(project, "node_modules");
    let refusal = |what: String| (&MODULES_ARE_THERE, what);
    let view = site.view(placed, project.to_owned());
    if let Some(copy) = view.may_bring(&modules) {
        let instruction = site.input.model.instruction(copy);
        let body = instruction.map_or("", |it| it.body.as_str());
        return Err(refusal(format!("`COPY {body}`")));
    }
    let mounted = site.run.mounts.iter().any(|mount| {
        let target = mount.target.as_deref();
        target.is_none_or(|to| is_within(to, &modules) || is_within(&modules, to))
            && !matches!(mount.kind.as_str(), "secret" | "ssh")
    });
    if mounted {
        return Err(refusal("a mount".to_owned()));
    }
    let items = site.items().into_iter();
    let mut volumes = items.filter_map(|item| site.input.model.instruction(item));
    if volumes.any(|it| it.keyword == Keyword::Volume && it.body.as_str().contains("node_modules"))
    {
        return Err(refusal("a volume".to_owned()));
    }
    for (run, command) in commands_before(site) {
        let operation = run
            .operations
            .iter()
            .find(|operation| std::ptr::eq(run.command(operation), command));
        let is_made = operation.is_some_and(|operation| {
            fills_modules(operation, command) && runs_in(site, placed, run, operation, project)
        });
        let is_named = command.name() != Some("rm")
            && command
                .words
                .iter()
                .any(|word| word.raw.contains("node_modules"));
        if is_made || is_named {
            let words: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
            return Err(refusal(format!("`{}`", words.join(" "))));
        }
    }
    Ok(())
}

/// Whether a command puts something into the modules of a project.
fn fills_modules(operation: &Operation, command: &CommandFact) -> bool {
    let is_of_javascript = matches!(operation.manager.family, "npm" | "yarn" | "pnpm" | "bun");
    let links = command.has_argument("link");
    is_of_javascript && !is_global(command) && (operation.verb == Verb::Install || links)
}

/// Whether a command runs in a folder, or in one that is not known.
fn runs_in(
    site: &Site<'_>,
    placed: &[Placed],
    run: &Run,
    operation: &Operation,
    folder: &str,
) -> bool {
    let other = Site {
        input: site.input,
        run,
        operation,
        command: run.command(operation),
    };
    let found = other.folder(placed, &["--prefix", "-C", "--cwd", "--dir"]);
    found.is_err() || found.is_ok_and(|found| found == folder)
}

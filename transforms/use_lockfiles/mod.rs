#![doc = include_str!("../use_lockfiles.md")]

mod before;
mod berry;
mod images;
mod npm;
mod pnpm;
mod project;
mod python;
mod reasons;
mod ruby;
mod settings;
mod site;
mod yarn;

use crate::edit::Edits;
use crate::model::packages::Verb;
use crate::transform::reasons::{FILE_TOO_LONG, is_too_long};
use crate::transform::{
    Applicability, Input, Meta, Proposals, Reason, Rewrite, Transform, TransformId,
};
use site::{Change, Site};

/// Lets installs of projects install what the lock file says, and nothing else.
pub(super) struct UseLockfiles;

static META: Meta = Meta {
    id: TransformId("use-lockfiles"),
    summary: "lets an install take the versions of the lock file, and fail where that is out of date",
    page: include_str!("../use_lockfiles.md"),
    reasons: reasons::ALL,
};

/// Why an install stays as it is, and what exactly.
type Refusal = (&'static Reason, String);

impl Transform for UseLockfiles {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        for run in input.model.runs.iter().filter(|run| !run.deferred) {
            for operation in &run.operations {
                let site = Site {
                    input,
                    run,
                    operation,
                    command: run.command(operation),
                };
                let change = match tool(&site) {
                    None => continue,
                    // Once is enough.
                    Some(_) if is_too_long(input) => {
                        return proposals.decline(site.command.range, &FILE_TOO_LONG, "");
                    }
                    Some(change) => change(&site),
                };
                match change {
                    Ok(change) => propose(&site, change, proposals),
                    Err((reason, detail)) => {
                        proposals.decline(site.command.range, reason, detail);
                    }
                }
            }
        }
    }
}

/// What makes an install of one manager true to its lock file.
type Tool = for<'a> fn(&Site<'a>) -> Result<Change<'a>, Refusal>;

/// What makes an install true to its lock file; `None` where it is, or is none.
fn tool(site: &Site<'_>) -> Option<Tool> {
    if site.operation.verb != Verb::Install {
        return None;
    }
    match site.operation.manager.family {
        "npm" if npm::is_missing(site) => Some(npm::change),
        "yarn" if yarn::is_missing(site) => Some(yarn::change),
        "pnpm" if pnpm::is_missing(site) => Some(pnpm::change),
        "bundler" if ruby::lacks_frozen(site) => Some(ruby::change),
        "pipenv" if python::lacks_deploy(site) => Some(python::deploy),
        "uv" if python::lacks_locked(site) => Some(python::locked),
        _ => None,
    }
}

fn propose(site: &Site<'_>, change: Change, proposals: &mut Proposals) {
    let (edits, effect) = change.words.finish(site.input.model);
    proposals.rewrite(Rewrite {
        anchor: site.command.range,
        edits: Edits::new(edits).expect("words do not overlap"),
        applicability: Applicability::Suggested,
        title: change.title,
        because: change.because,
        effects: vec![effect],
    });
}

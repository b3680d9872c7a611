//! `style = "cache-mount"`: the cache stays on the builder, from build to build, and never enters a layer.

mod hook;
mod obstacles;

pub(super) use obstacles::{
    ANOTHER_RUN, COPIED_BELOW, EXISTING_MOUNT, FRONTEND_TOO_OLD, KEPT_OUT, NEEDS_BUILDKIT,
    NO_NETWORK, NO_OWN_UPDATE, PARENTS_OF_ROOT, PUBLISHED, READS_CACHE, RELEASE_UNKNOWN,
    USER_UNKNOWN,
};

use imgfix_syntax::{Instruction, TextRange};

use crate::edit::{Edit, Edits};
use crate::model::command::CommandFact;
use crate::model::leftovers;
use crate::model::packages::{CacheMount, Manager, Verb};
use crate::model::run::{Run, is_within};
use crate::transform::layout::{LINE_WIDTH, Layout};
use crate::transform::words::{WordEdits, removal};
use crate::transform::{Applicability, Effect, Input, Proposals, Rewrite};

use super::reasons::NO_SAFE_PLACE;
use obstacles::{Obstacle, Owner};

/// A mount, with what this stage and this user make of it.
struct Mount {
    target: String,
    flag: String,
}

impl Mount {
    fn effects(&self, instruction: TextRange) -> [Effect; 2] {
        let flag = self.flag.clone();
        [
            Effect::FlagAdded { instruction, flag },
            Effect::PathRemoved(self.target.clone()),
        ]
    }
}

/// Proposes the mounts of each manager of a RUN that has a table of them.
pub(super) fn propose(input: &Input<'_>, run: &Run, proposals: &mut Proposals) {
    let mut managers: Vec<&'static Manager> = Vec::new();
    for operation in &run.operations {
        let manager = operation.manager;
        let is_known = managers.iter().any(|it| it.id == manager.id);
        if fetches(run, manager) && !manager.mounts.is_empty() && !is_known {
            managers.push(manager);
        }
    }
    for manager in managers {
        if run.deferred || is_mounted(input, run, manager) {
            continue;
        }
        match plan(input, run, manager) {
            Ok(rewrite) => proposals.rewrite(rewrite),
            Err(obstacle) => proposals.decline(obstacle.range, obstacle.reason, obstacle.detail),
        }
    }
}

/// Whether a RUN downloads something with the manager.
pub(super) fn fetches(run: &Run, manager: &Manager) -> bool {
    run.does(
        manager,
        &[Verb::Install, Verb::Fetch, Verb::Update, Verb::Upgrade],
    )
}

/// Whether all that the manager fills is mounted already.
fn is_mounted(input: &Input<'_>, run: &Run, manager: &Manager) -> bool {
    let stage = &input.model.stages[run.stage];
    let Some(state) = input.model.state(run.item) else {
        return false;
    };
    manager.mounts.iter().all(|mount| {
        leftovers::resolve(mount.folder, mount.places, stage, state)
            .and_then(|folder| Owner::of(input, run)?.absolute(&folder))
            .is_some_and(|target| run.is_mounted(&target))
    })
}

/// What a RUN with the mounts is: without its clean-up, and without the flags that keep the cache out.
struct Mounted {
    mounts: Vec<Mount>,
    edits: Vec<Edit>,
    effects: Vec<Effect>,
}

/// The RUN with the mounts, if nothing in it stands against them.
fn mounted(input: &Input<'_>, run: &Run, manager: &'static Manager) -> Result<Mounted, Obstacle> {
    let model = input.model;
    let mounts = obstacles::mounts(input, run, manager)?;
    let mut edits = Vec::new();
    let mut effects = Vec::new();
    for command in needless(run, manager, &mounts) {
        let (edit, effect) = without(input, run, command, &mounts)
            .ok_or_else(|| Obstacle::new(command.range, &NO_SAFE_PLACE, "its clean-up"))?;
        edits.extend(edit);
        effects.push(effect);
    }
    for operation in run.operations_of(manager) {
        let command = run.command(operation);
        let Some(no_cache) = manager
            .no_cache
            .as_ref()
            .filter(|_| operation.keeps_cache_out(command))
        else {
            continue;
        };
        let mut words = WordEdits::new(command);
        for &option in &operation.options {
            let raw = &command.words[option].raw;
            if no_cache
                .spellings
                .iter()
                .any(|spelling| raw.starts_with(spelling))
            {
                words.remove(option);
            }
        }
        let (edit, effect) = words.finish(model);
        edits.extend(edit);
        effects.push(effect);
    }
    Ok(Mounted {
        mounts,
        edits,
        effects,
    })
}

fn plan(input: &Input<'_>, run: &Run, manager: &'static Manager) -> Result<Rewrite, Obstacle> {
    let Mounted {
        mounts,
        mut edits,
        mut effects,
    } = mounted(input, run, manager)?;
    obstacles::later(input, run, manager)?;
    let instruction = input
        .model
        .instruction(run.item)
        .expect("a RUN is an instruction");
    effects.extend(
        mounts
            .iter()
            .flat_map(|mount| mount.effects(instruction.range)),
    );
    let hook = hook::removal(input, run, manager)?;
    let (mut flags, is_at_body) = flags_edit(
        input,
        run,
        instruction,
        &mounts,
        hook.as_ref().map(|hook| hook.offset),
    );
    if let Some(hook) = hook {
        let text = format!("{} && ", hook.words.join(" "));
        if is_at_body {
            flags.text.push_str(&text);
        } else {
            edits.push(Edit::insert(hook.offset, text));
        }
        effects.extend(hook.words.last().cloned().map(Effect::PathRemoved));
        effects.push(Effect::CommandAddedBefore {
            before: hook.before.range,
            words: hook.words,
        });
    }
    edits.push(flags);
    let is_torn = |edit: &Edit| {
        let comments = instruction.comments.iter();
        comments
            .into_iter()
            .any(|comment| comment.overlaps(edit.range))
    };
    let no_place = |what: &str| Obstacle::new(run.range, &NO_SAFE_PLACE, what);
    if edits.iter().any(is_torn) {
        return Err(no_place("a comment stands between"));
    }
    let edits = Edits::new(edits).map_err(|_| no_place("its clean-ups"))?;
    let folders: Vec<String> = mounts
        .iter()
        .map(|mount| format!("`{}`", mount.target))
        .collect();
    Ok(Rewrite {
        anchor: run.range,
        edits,
        applicability: Applicability::Suggested,
        title: format!("keep the cache of {} in a mount", manager.id),
        because: format!(
            "{} stay on the builder from build to build, outside the layers{}; a builder without a store of its own (many CI systems) gains nothing",
            folders.join(", "),
            if manager.keeps.is_empty() {
                ""
            } else {
                "; the image loses the hook that deletes downloaded packages"
            },
        ),
        effects,
    })
}

/// The edit that adds the flags behind the keyword and its flags; whether its text ends where the script
/// begins, at `first`.
fn flags_edit(
    input: &Input<'_>,
    run: &Run,
    instruction: &Instruction,
    mounts: &[Mount],
    first: Option<usize>,
) -> (Edit, bool) {
    let model = input.model;
    let end = instruction
        .flags
        .last()
        .map_or(instruction.keyword_range.end(), |flag| flag.range.end());
    let body = instruction.body_range().start();
    let gap = TextRange::new(end, body);
    let flags: Vec<&str> = mounts.iter().map(|mount| mount.flag.as_str()).collect();
    let line = model.text[..end].rsplit('\n').next().unwrap_or_default();
    let rest = model.text[body..].lines().next().unwrap_or_default();
    let indent = Layout::of(model, run).indent;
    let indent = if indent.trim().is_empty() && (indent.len() > 1 || indent.contains('\t')) {
        indent
    } else {
        "    ".to_owned()
    };
    let width = line.chars().count() + rest.chars().count() + flags.join(" ").chars().count() + 2;
    let is_short =
        flags.len() == 1 && width <= LINE_WIDTH && !run.range.slice(&model.text).contains('\n');
    let has_newline = gap.slice(&model.text).contains('\n');
    let separator = format!(" \\\n{indent}");
    if is_short || has_newline {
        let is_below = has_newline && !instruction.flags.is_empty();
        let first = if is_below { &separator } else { " " };
        let text = format!("{first}{}", flags.join(&separator));
        return (Edit::insert(end, text), false);
    }
    let text = format!(" {}{separator}", flags.join(&separator));
    (Edit::replace(gap, text), first == Some(body))
}

/// The commands of a RUN that empty what is mounted.
fn needless<'r>(run: &'r Run, manager: &'static Manager, mounts: &[Mount]) -> Vec<&'r CommandFact> {
    let cleans = |at: usize| {
        run.operations.iter().any(|it| {
            it.command == at && it.manager.family == manager.family && it.verb == Verb::Clean
        })
    };
    run.commands
        .iter()
        .enumerate()
        .filter(|(at, command)| {
            cleans(*at)
                || (command.name() == Some("rm")
                    && command
                        .arguments()
                        .iter()
                        .any(|word| empties(&word.raw, mounts)))
        })
        .map(|(_, command)| command)
        .collect()
}

/// Whether a word of an `rm` names what is mounted, or what is in it.
fn empties(raw: &str, mounts: &[Mount]) -> bool {
    let path = raw.trim_matches(['"', '\'']);
    let path = path
        .replacen("${HOME}", "~", 1)
        .replacen("$HOME", "~", 1)
        .replacen('~', "/root", 1);
    mounts.iter().any(|mount| is_within(&path, &mount.target))
}

/// A command without what empties the mounts, or the RUN without the command.
fn without(
    input: &Input<'_>,
    run: &Run,
    command: &CommandFact,
    mounts: &[Mount],
) -> Option<(Vec<Edit>, Effect)> {
    let model = input.model;
    let targets = |at: &usize| !command.words[*at].raw.starts_with('-');
    let first = command.program? + 1;
    let (gone, kept): (Vec<usize>, Vec<usize>) = (first..command.words.len())
        .filter(targets)
        .partition(|&at| empties(&command.words[at].raw, mounts));
    if command.name() == Some("rm") && !kept.is_empty() {
        let mut words = WordEdits::new(command);
        for at in gone {
            words.remove(at);
        }
        return Some(words.finish(model));
    }
    let range = removal(model, run, command)?;
    let effect = Effect::CommandRemoved {
        command: command.range,
    };
    Some((vec![Edit::remove(range)], effect))
}

/// The flag of a mount.
fn flag(
    mount: &CacheMount,
    target: &str,
    release: Option<&str>,
    architecture: bool,
    owner: &Owner,
) -> String {
    let mut fields = vec!["--mount=type=cache".to_owned()];
    if let (Some(id), Some(release)) = (mount.id, release) {
        let architecture = if architecture { "-$TARGETARCH" } else { "" };
        fields.push(format!("id={id}-{release}{architecture}"));
    }
    fields.push(format!("target={target}"));
    if mount.is_locked {
        fields.push("sharing=locked".to_owned());
    }
    if let Some((user, group)) = owner.ids {
        fields.push(format!("uid={user},gid={group}"));
    }
    fields.join(",")
}

//! What stands against a cache mount.

use imgfix_syntax::{Arguments, ItemKind, TextRange};

use super::{Mount, fetches, flag};
use crate::model::Model;
use crate::model::images::{self, Family};
use crate::model::leftovers::{self, User};
use crate::model::packages::{Manager, Needed, Verb};
use crate::model::run::{Run, is_within};
use crate::model::stage::Stage;
use crate::settings::Builder;
use crate::transform::reasons::RELEASE_GONE;
use crate::transform::{Input, Reason};

use super::super::reasons::{
    CACHE_MOVED, CACHE_WANTED, CHILD_INSTALL, LATER_INSTALL, LATER_SCRIPT, NOT_ROOT,
    ONBUILD_INSTALL, PLACE_UNKNOWN, USED_LATER,
};
use super::super::refusals::{read_at_start, wanted};

pub(in super::super) const NEEDS_BUILDKIT: Reason = Reason {
    id: "needs-buildkit",
    message: "neither the file nor its repository shows that BuildKit builds it, and no other builder reads mounts",
};
pub(in super::super) const FRONTEND_TOO_OLD: Reason = Reason {
    id: "frontend-too-old",
    message: "the `# syntax=` line pins a frontend that knows no cache mounts",
};
pub(in super::super) const EXISTING_MOUNT: Reason = Reason {
    id: "existing-mount",
    message: "another mount stands at, above or below the cache",
};
pub(in super::super) const COPIED_BELOW: Reason = Reason {
    id: "copied-below-the-cache",
    message: "something is copied to where the mount would hide it",
};
pub(in super::super) const READS_CACHE: Reason = Reason {
    id: "reads-the-cache",
    message: "a command names the cache's folder for another purpose than to empty it",
};
pub(in super::super) const USER_UNKNOWN: Reason = Reason {
    id: "user-unknown",
    message: "the user is not root, and its number or its home is not known",
};
pub(in super::super) const RELEASE_UNKNOWN: Reason = Reason {
    id: "release-unknown",
    message: "the release is not known, and caches of different releases must not be shared",
};
pub(in super::super) const KEPT_OUT: Reason = Reason {
    id: "cache-kept-out",
    message: "a variable keeps the cache empty: the mount would hold nothing",
};
pub(in super::super) const NO_OWN_UPDATE: Reason = Reason {
    id: "no-update-of-its-own",
    message: "the RUN installs without an update of its own, and a cache mount can be empty at any time",
};
pub(in super::super) const NO_NETWORK: Reason = Reason {
    id: "no-network",
    message: "a RUN has no network, and a cache mount can be empty at any time",
};
pub(in super::super) const PUBLISHED: Reason = Reason {
    id: "published-for-later",
    message: "a RUN puts what only this build has into the cache for a later one, and a cache mount can be empty at any time",
};
pub(in super::super) const PARENTS_OF_ROOT: Reason = Reason {
    id: "parents-of-root",
    message: "the builder makes the folders above the mount, and they are root's: the user could write nothing else there",
};
pub(in super::super) const ANOTHER_RUN: Reason = Reason {
    id: "another-run-cannot-mount",
    message: "another RUN of the stage uses the same cache and cannot have the mount",
};

/// What stands against it, and where.
pub(super) struct Obstacle {
    pub(super) range: TextRange,
    pub(super) reason: &'static Reason,
    pub(super) detail: String,
}

impl Obstacle {
    pub(super) fn new(
        range: TextRange,
        reason: &'static Reason,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            range,
            reason,
            detail: detail.into(),
        }
    }
}

/// Whose cache it is.
pub(super) struct Owner {
    home: Option<String>,
    /// The numbers of user and group; `None` for root.
    pub(super) ids: Option<(u32, u32)>,
}

/// Users of official images: image, user, number, home.
const KNOWN_USERS: &[(&str, &str, u32, &str)] = &[
    ("node", "node", 1000, "/home/node"),
    ("gradle", "gradle", 1000, "/home/gradle"),
];

impl Owner {
    /// The user that runs a RUN, where its numbers are known.
    pub(super) fn of(input: &Input<'_>, run: &Run) -> Option<Self> {
        let state = input.model.state(run.item)?;
        let user = state.user.value.known()?;
        if state.is_root() == Some(true) {
            let home = (!state.sets("HOME")).then(|| "/root".to_owned());
            return Some(Self { home, ids: None });
        }
        let image = input.model.stages[run.stage].image.as_ref()?;
        let name = user.split(':').next()?;
        let known = KNOWN_USERS.iter().find(|(base, known, number, _)| {
            image.is_official()
                && image.name == *base
                && (*known == name || number.to_string() == name)
        });
        if let Some((_, _, number, home)) = known {
            return Some(Self {
                home: (!state.sets("HOME")).then(|| (*home).to_owned()),
                ids: Some((*number, *number)),
            });
        }
        let number = name.parse().ok()?;
        let group = user
            .split_once(':')
            .map_or(Some(0), |(_, group)| group.parse().ok())?;
        Some(Self {
            home: None,
            ids: Some((number, group)),
        })
    }

    /// A folder with the home in the place of `~`.
    pub(super) fn absolute(&self, folder: &str) -> Option<String> {
        match folder.strip_prefix('~') {
            Some(rest) => Some(format!("{}{rest}", self.home.as_ref()?)),
            None => Some(folder.to_owned()),
        }
    }
}

/// Whether the file or its repository shows that `BuildKit` builds it.
fn shows_buildkit(input: &Input<'_>) -> bool {
    let newer = [
        "mount", "network", "security", "link", "chmod", "parents", "exclude",
    ];
    match input.options.builder {
        Builder::BuildKit => true,
        Builder::Classic => false,
        Builder::Auto => {
            let file = &input.model.file;
            input.surroundings.buildkit_evidence.is_some()
                || frontend(input).is_some()
                || file.instructions().any(|(_, it)| {
                    !it.heredocs.is_empty()
                        || it
                            .flags
                            .iter()
                            .any(|flag| newer.contains(&flag.name.as_str()))
                })
        }
    }
}

/// The value of the `# syntax=` line.
fn frontend<'m>(input: &Input<'m>) -> Option<&'m str> {
    let model = input.model;
    model.file.items.iter().find_map(|item| match &item.kind {
        ItemKind::Directive(directive)
            if directive
                .name
                .slice(&model.text)
                .eq_ignore_ascii_case("syntax") =>
        {
            Some(directive.value.slice(&model.text))
        }
        _ => None,
    })
}

/// Whether a frontend is older than cache mounts (1.2).
fn is_too_old(frontend: &str) -> bool {
    let tag = frontend.rsplit(':').next().unwrap_or_default();
    let version = tag.split(['-', '@']).next().unwrap_or_default();
    let is_experimental = tag.contains("experimental") || tag.contains("labs");
    !is_experimental
        && ["1.0", "1.1"]
            .iter()
            .any(|old| version == *old || version.starts_with(&format!("{old}.")))
}

/// The mounts that a RUN would get.
pub(super) fn mounts(
    input: &Input<'_>,
    run: &Run,
    manager: &'static Manager,
) -> Result<Vec<Mount>, Obstacle> {
    let model = input.model;
    let stop = |reason: &'static Reason, detail: &str| Obstacle::new(run.range, reason, detail);
    if !shows_buildkit(input) {
        return Err(stop(&NEEDS_BUILDKIT, manager.id));
    }
    if let Some(old) = frontend(input).filter(|frontend| is_too_old(frontend)) {
        return Err(stop(&FRONTEND_TOO_OLD, old));
    }
    if model.cannot_be_built(run.stage, manager) {
        return Err(stop(&RELEASE_GONE, manager.id));
    }
    let state = model.state(run.item).expect("a RUN stands in a stage");
    let stage = &model.stages[run.stage];
    let sets = |names: &[&'static str]| {
        names
            .iter()
            .copied()
            .find(|name| state.sets(name) || leftovers::assigns(run, name))
    };
    for leftover in manager.leftovers {
        if let Some(name) = sets(leftover.moved_by) {
            return Err(stop(&CACHE_MOVED, name));
        }
        for operation in run.operations_of(manager) {
            if let Some(detail) = wanted(model, run, operation, leftover) {
                return Err(stop(&CACHE_WANTED, &detail));
            }
            if operation.has_option(run.command(operation), leftover.offline) {
                return Err(stop(&CACHE_WANTED, "an option of the command says so"));
            }
        }
    }
    build_needs_it(model, run, manager)?;
    if let Some(name) = manager.no_cache.as_ref().and_then(|it| sets(it.variables)) {
        return Err(stop(&KEPT_OUT, name));
    }
    if manager.is_system && state.is_root() != Some(true) {
        return Err(stop(&NOT_ROOT, manager.id));
    }
    if manager
        .leftovers
        .iter()
        .any(|it| it.needed == Needed::AsIndex)
        && !updates_first(input, run, manager)
    {
        return Err(stop(&NO_OWN_UPDATE, manager.id));
    }
    let owner = Owner::of(input, run).ok_or_else(|| stop(&USER_UNKNOWN, ""))?;
    let release = release(stage);
    let architecture = state.args.contains("TARGETARCH");
    let mut found = Vec::new();
    for mount in manager.mounts {
        let folder = leftovers::resolve(mount.folder, mount.places, stage, state)
            .ok_or_else(|| stop(&PLACE_UNKNOWN, manager.id))?;
        let target = owner
            .absolute(&folder)
            .filter(|target| owner.ids.is_none() || target.starts_with("/home/"))
            .ok_or_else(|| stop(&USER_UNKNOWN, &folder))?;
        let parent = target.rsplit_once('/').map(|(parent, _)| parent);
        if owner.ids.is_some() && parent != owner.home.as_deref() {
            return Err(stop(&PARENTS_OF_ROOT, &target));
        }
        if mount.id.is_some() && release.is_none() {
            return Err(stop(&RELEASE_UNKNOWN, manager.id));
        }
        clear(input, run, manager, &target)?;
        found.push(Mount {
            flag: flag(mount, &target, release.as_deref(), architecture, &owner),
            target,
        });
    }
    Ok(found)
}

/// What keeps the caches of different releases apart: the release, or, where a floating tag only implies it, the
/// image with its tag.
fn release(stage: &Stage) -> Option<String> {
    let facts = stage.facts.as_ref()?;
    let release = facts.release?;
    let floating = stage.image.as_ref().filter(|image| image.is_official());
    let floating = floating.filter(|image| {
        let tag = image.tag.as_deref().unwrap_or("latest");
        !images::names_release(&image.name, tag)
    });
    Some(match (floating, facts.family) {
        (Some(image), _) => match &image.tag {
            Some(tag) => format!("{}-{tag}", image.name),
            None => image.name.clone(),
        },
        (None, Family::Alpine) => format!("alpine{release}"),
        (None, _) => release.to_owned(),
    })
}

/// A later step of the build fails where the mount has been emptied between the two.
fn build_needs_it(model: &Model, run: &Run, manager: &'static Manager) -> Result<(), Obstacle> {
    let family = family(model, run);
    let runs = || {
        let all = model.runs.iter();
        all.filter(|other| family.contains(&other.stage))
    };
    let has_no_network = |other: &&Run| other.flags.iter().any(|flag| flag == "--network=none");
    let stop = |other: &Run, reason: &'static Reason| {
        let detail = format!("line {}", model.lines.line(other.range.start()));
        Err(Obstacle::new(run.range, reason, detail))
    };
    if let Some(other) = runs().find(|other| other.item >= run.item && has_no_network(other)) {
        return stop(other, &NO_NETWORK);
    }
    let publishes = |other: &&Run| {
        let mut operations = other.operations.iter();
        operations.any(|it| it.publishes_to(other.command(it), manager))
    };
    let first = runs().find(publishes).map(|other| other.item);
    let reader = runs().find(|other| {
        first.is_some_and(|first| other.item > first)
            && other
                .operations_of(manager)
                .any(|it| it.verb != Verb::Clean)
    });
    reader.map_or(Ok(()), |other| stop(other, &PUBLISHED))
}

/// The stages that a RUN's stage is made from and those made from it, itself among them.
fn family(model: &Model, run: &Run) -> Vec<usize> {
    let lineage = std::iter::successors(Some(run.stage), |&stage| model.parent(stage));
    lineage.chain(model.descendants(run.stage)).collect()
}

/// Whether the first thing that a RUN does with the manager's index is to fetch it, whatever else happens.
fn updates_first(input: &Input<'_>, run: &Run, manager: &Manager) -> bool {
    let uses = |verb: Verb| {
        matches!(
            verb,
            Verb::Update | Verb::Install | Verb::Upgrade | Verb::Query | Verb::Unknown
        )
    };
    let mut operations = run.operations_of(manager).filter(|it| uses(it.verb));
    operations.next().is_some_and(|it| {
        let before = 0..it.command;
        it.verb == Verb::Update
            && run.is_always_run(run.command(it))
            && !leftovers::is_used_by(input.model, input.surroundings, run, before, manager)
    })
}

/// Nothing else is mounted, copied or read there.
fn clear(input: &Input<'_>, run: &Run, manager: &Manager, target: &str) -> Result<(), Obstacle> {
    let model = input.model;
    let touches = |path: &str| is_within(path, target) || is_within(target, path);
    let is_taken = run.mounts.iter().any(|mount| {
        mount
            .target
            .as_deref()
            .is_none_or(|other| touches(other) && mount.kind != "cache")
            || mount.kind == "cache" && mount.target.as_deref().is_some_and(touches)
    });
    if is_taken {
        return Err(Obstacle::new(
            run.range,
            &EXISTING_MOUNT,
            format!("`{target}`"),
        ));
    }
    let lineage: Vec<usize> =
        std::iter::successors(Some(run.stage), |&stage| model.parent(stage)).collect();
    for (item, instruction) in model.file.instructions() {
        let in_lineage = model
            .stage_of(item)
            .is_some_and(|stage| lineage.contains(&stage.index));
        if item >= run.item || !in_lineage {
            continue;
        }
        if let Arguments::Copy(copy) = &instruction.arguments
            && is_within(copy.destination.text.trim_end_matches('/'), target)
        {
            return Err(Obstacle::new(
                run.range,
                &COPIED_BELOW,
                format!("`{}`", copy.destination.text),
            ));
        }
    }
    for command in &run.commands {
        let is_removal = matches!(command.name(), Some("rm"));
        let own = run
            .operations_of(manager)
            .any(|it| run.command(it).range == command.range);
        let offends = |raw: &str| {
            let text = raw.trim_matches(['"', '\'']);
            let text = text
                .replacen("${HOME}", "~", 1)
                .replacen("$HOME", "~", 1)
                .replacen('~', "/root", 1);
            (text.contains(target) && (!is_removal || own)) || covers(&text, target)
        };
        // What is mounted cannot be removed: `rm -rf ~/.cache` fails on it.
        if let Some(word) = command.words.iter().find(|word| offends(&word.raw)) {
            let detail = format!("`{}`", word.raw);
            return Err(Obstacle::new(command.range, &READS_CACHE, detail));
        }
    }
    Ok(())
}

/// Whether a path, or what its pattern may match, is a folder above `target`.
fn covers(path: &str, target: &str) -> bool {
    let Some(pattern) = path.find(['*', '?', '[', '{', '$']) else {
        let folder = path.trim_end_matches('/');
        return folder.len() > 1 && folder != target && is_within(target, folder);
    };
    let folder = path[..pattern]
        .rfind('/')
        .map_or("", |slash| &path[..slash]);
    folder.len() > 1 && folder != target && is_within(target, folder)
}

/// Nobody reads later, outside the mount, what a layer without it would hold.
pub(super) fn later(
    input: &Input<'_>,
    run: &Run,
    manager: &'static Manager,
) -> Result<(), Obstacle> {
    let model = input.model;
    let stop =
        |reason: &'static Reason, detail: String| Err(Obstacle::new(run.range, reason, detail));
    let is = |needed: Needed| manager.leftovers.iter().any(|it| it.needed == needed);
    let mut leftovers = manager.leftovers.iter();
    if leftovers.any(|it| leftovers::used_offline(model, input.surroundings, run, manager, it)) {
        let detail = "a later command works without network";
        return stop(&CACHE_WANTED, detail.to_owned());
    }
    if is(Needed::Never)
        && let Some(name) = leftovers::used_by_later(model, run, manager)
    {
        return stop(&USED_LATER, format!("`{name}`"));
    }
    if !is(Needed::AsIndex) && !is(Needed::ByLaterUse) {
        return Ok(());
    }
    let line = |range: TextRange| model.lines.line(range.start());
    let family = family(model, run);
    for other in model
        .runs
        .iter()
        .filter(|other| family.contains(&other.stage))
    {
        if other.item == run.item || !fetches(other, manager) {
            continue;
        }
        let cannot = other.deferred
            || (!super::is_mounted(input, other, manager)
                && super::mounted(input, other, manager).is_err());
        if cannot {
            return stop(&ANOTHER_RUN, format!("line {}", line(other.range)));
        }
    }
    let gets_mount = |other: &Run| fetches(other, manager);
    if let Some(later) =
        leftovers::later_use_beside_mounts(model, input.surroundings, run, manager, &gets_mount)
    {
        let reason = match later.by {
            User::Command => &LATER_INSTALL,
            User::Script => &LATER_SCRIPT,
            User::Onbuild => &ONBUILD_INSTALL,
            User::ChildImage => &CHILD_INSTALL,
        };
        return stop(
            reason,
            format!("{} in line {}", later.name, line(later.range)),
        );
    }
    if is(Needed::ByLaterUse)
        && let Some(detail) = read_at_start(input, run, manager)
    {
        return stop(&USED_LATER, detail);
    }
    Ok(())
}

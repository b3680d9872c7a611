//! Which RUNs it would pay to join, and why.

use crate::model::Model;
use crate::model::command::{CommandFact, CommandWord};
use crate::model::leftovers;
use crate::model::packages::{Leftover, Manager, Operation, Verb};
use crate::model::run::{Run, is_within};
use crate::settings::MergeMode;

use super::are_adjacent;

/// A row of RUNs that it would pay to join; `first` and `last` are indices into the stage's RUNs.
#[derive(Debug)]
pub(crate) struct Want {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Why, for people.
    pub(crate) why: String,
    /// Whether it mends a fault rather than saves bytes.
    pub(crate) mends_fault: bool,
    /// Whether they are only neighbours.
    pub(crate) is_adjacency: bool,
    /// Whether the later one frees nothing that the earlier one wrote: joining them alone saves no bytes.
    pub(crate) frees_nothing: bool,
}

/// The wants of a stage, in the order of their last RUN.
pub(super) fn find(model: &Model, runs: &[&Run], mode: MergeMode) -> Vec<Want> {
    let mut wants = Vec::new();
    for last in 1..runs.len() {
        let start = row_start(model, runs, last);
        if let Some(want) = want(model, runs, start, last) {
            wants.push(want);
        } else if start == last
            && let Some(want) = want(model, runs, last - 1, last).filter(|want| want.mends_fault)
        {
            // Something stands between them: the decline says so.
            wants.push(want);
        } else if mode == MergeMode::All && start < last {
            let why = "neighbours, and `merge = \"all\"` is set".to_owned();
            wants.push(Want {
                first: last - 1,
                last,
                why,
                mends_fault: false,
                is_adjacency: true,
                frees_nothing: true,
            });
        }
    }
    wants.sort_by_key(|want| (want.first, want.last));
    wants
}

/// How many neighbours a clean-up is looked for in.
const MAX_ROW: usize = 20;

/// The first RUN of the row without other instructions between that ends at `last`.
fn row_start(model: &Model, runs: &[&Run], last: usize) -> usize {
    (1..=last)
        .rev()
        .take(MAX_ROW)
        .find(|&at| !are_adjacent(model, runs[at - 1], runs[at]))
        .unwrap_or(last.saturating_sub(MAX_ROW))
}

/// Why `runs[last]` should be joined to one of those from `start` on.
fn want(model: &Model, runs: &[&Run], start: usize, last: usize) -> Option<Want> {
    let right = runs[last];
    for first in (start..last).rev() {
        let left = runs[first];
        if let Some((why, mends_fault)) = index_is_used(model, left, right, runs, first, last) {
            return Some(Want {
                first,
                last,
                why,
                mends_fault,
                is_adjacency: false,
                frees_nothing: cleans_up(model, left, right, last - first).is_none()
                    && rewrites_file(left, right).is_none(),
            });
        }
        let saving = cleans_up(model, left, right, last - first)
            .or_else(|| rewrites_file(left, right))
            .or_else(|| {
                (first + 1 == last)
                    .then(|| installs_again(model, left, right))
                    .flatten()
            });
        if let Some(why) = saving {
            return Some(Want {
                first,
                last,
                why,
                mends_fault: false,
                is_adjacency: false,
                frees_nothing: false,
            });
        }
    }
    None
}

/// `left` fetches an index and installs nothing after it, and `right` is the first to use it, or, what mends
/// no fault but saves bytes, would be if it did not fetch its own.
fn index_is_used(
    model: &Model,
    left: &Run,
    right: &Run,
    runs: &[&Run],
    first: usize,
    last: usize,
) -> Option<(String, bool)> {
    model.managers.iter().filter(|manager| manager.is_system).find_map(|manager| {
        let verbs = |run: &Run| run.operations_of(manager).map(|operation| operation.verb).collect::<Vec<_>>();
        let is_use = |verb: &Verb| matches!(verb, Verb::Install | Verb::Upgrade);
        let left_verbs = verbs(left);
        let updates = left_verbs.iter().rposition(|verb| *verb == Verb::Update)?;
        let unused_left = !left_verbs[updates..].iter().any(is_use);
        let right_verbs = verbs(right);
        let first_use = right_verbs.iter().position(is_use)?;
        let own_update = right_verbs[..first_use].contains(&Verb::Update);
        let between = runs[first + 1..last].iter().any(|run| verbs(run).iter().any(is_use));
        if !unused_left || own_update || between {
            return None;
        }
        let program = program(left, manager.id);
        let update = if manager.is_program(program) {
            format!("`{program} update`")
        } else {
            "a package index that a script fetches".to_owned()
        };
        let user = right.operations_of(manager).nth(first_use)?;
        let fetches_its_own = manager.no_cache.as_ref().is_some_and(|it| it.replaces_update)
            && user.keeps_cache_out(right.command(user));
        Some(if fetches_its_own {
            (format!("{update} in a layer of its own leaves an index there that nothing uses"), false)
        } else {
            (format!("{update} in a layer of its own goes stale in the build cache while the install below changes"), true)
        })
    })
}

/// The program's name as the author writes it.
fn program<'r>(run: &'r Run, manager: &str) -> &'r str {
    let operation = run
        .operations
        .iter()
        .find(|operation| operation.manager.id == manager);
    operation
        .and_then(|operation| run.command(operation).name())
        .unwrap_or("apt-get")
}

/// Both install with the same system package manager.
fn installs_again(model: &Model, left: &Run, right: &Run) -> Option<String> {
    model
        .managers
        .iter()
        .filter(|manager| manager.is_system)
        // One that fetches its index for each install leaves nothing to share.
        .filter(|manager| {
            manager
                .no_cache
                .as_ref()
                .is_none_or(|it| !it.replaces_update)
        })
        .find_map(|manager| {
            let installs = |run: &Run| run.does(manager, &[Verb::Install, Verb::Upgrade]);
            // Two RUNs that each fetch an index of their own may have changed the sources in between.
            let refreshes = right.does(manager, &[Verb::Update]);
            // Nor does one that installs after the index was removed use what the other left.
            let cleaned = removes_index(model, left, manager);
            (installs(left) && installs(right) && !refreshes && !cleaned).then(|| {
                format!(
                    "both install with {}: one layer holds its database and its index once",
                    program(left, manager.id)
                )
            })
        })
}

/// Whether a RUN removes the index that it fetched.
fn removes_index(model: &Model, run: &Run, manager: &'static Manager) -> bool {
    run.operations_of(manager).any(|operation| {
        let all = manager.leftovers.iter();
        all.filter(|leftover| leftover.is_index()).any(|leftover| {
            leftovers::is_cleaned_after(run, &model.stages[run.stage], operation, leftover)
        })
    })
}

/// `right` removes what `left` left behind; in a layer of its own that frees nothing.
fn cleans_up(model: &Model, left: &Run, right: &Run, distance: usize) -> Option<String> {
    let removals = right
        .commands
        .iter()
        .filter(|command| command.name() == Some("rm"));
    let removed = removals.flat_map(targets).find(|target| {
        // What the RUN itself made before it removes it is its own affair.
        // Over a distance, a clean-up of its own in the left one costs less than joining all between.
        (distance == 1
            && made_by_manager(model, left, target)
            && !fills_by_manager(model, right, target))
            || writes_file(left, target)
    });
    if let Some(target) = removed {
        return Some(format!(
            "removing `{target}` in a later layer frees nothing"
        ));
    }
    right.operations.iter().find_map(|operation| {
        let manager = operation.manager;
        let command = right.command(operation);
        match operation.verb {
            Verb::Remove => {
                let removed: Vec<&str> = operation
                    .operands
                    .iter()
                    .map(|&word| command.words[word].raw.as_str())
                    .collect();
                let installed = left
                    .operations_of(manager)
                    .filter(|it| it.verb == Verb::Install);
                let names = installed
                    .flat_map(|it| left.command(it).words.iter().map(|word| word.raw.as_str()));
                let mut names = names.filter(|name| removed.contains(name));
                let name = names.next()?;
                Some(format!("removing `{name}` in a later layer frees nothing"))
            }
            Verb::Clean => {
                // `apt-get clean` frees nothing on Debian's own images: they keep no archives.
                let stage = &model.stages[right.stage];
                let frees = manager.id != "apt" || stage.facts.is_none();
                let fills = left.operations.iter().any(|it| {
                    let does = matches!(it.verb, Verb::Install | Verb::Update | Verb::Upgrade);
                    it.manager.family == manager.family && does
                });
                let frees = frees
                    && (manager.is_system
                        || manager.leftovers.iter().any(|leftover| {
                            leftovers::cleans(right, operation, manager, leftover)
                        }));
                // One that installs cleans up after itself.
                let own = right.does(manager, &[Verb::Install, Verb::Update, Verb::Upgrade]);
                // Whoever removes the index has thought of the rest.
                let tidy = removes_index(model, left, manager);
                (distance == 1 && frees && fills && !own && !tidy).then(|| {
                    format!(
                        "`{} clean` in a later layer frees nothing",
                        program(right, manager.id)
                    )
                })
            }
            _ => None,
        }
    })
}

/// `right` changes mode, owner or place of a file that `left` made: its bytes ship twice.
fn rewrites_file(left: &Run, right: &Run) -> Option<String> {
    right.commands.iter().find_map(|command| {
        let name = command
            .name()
            .filter(|name| matches!(*name, "chmod" | "chown" | "mv" | "strip"))?;
        let words: Vec<&str> = command
            .arguments()
            .iter()
            .filter_map(|word| word.literal.as_deref())
            .filter(|word| word.starts_with('/'))
            .collect();
        // What is moved there, not where it is moved to; and of a folder only what is in it has bytes.
        let count = if name == "mv" {
            words.len().saturating_sub(1)
        } else {
            words.len()
        };
        let is_recursive = command.arguments().iter().any(|word| {
            word.is("--recursive")
                || (word.raw.starts_with('-')
                    && !word.raw.starts_with("--")
                    && word.raw.contains('R'))
        });
        let file = words[..count]
            .iter()
            .find(|word| fills_file(left, word, is_recursive || matches!(name, "mv")))?;
        Some(format!(
            "`{name}` in a later layer ships `{file}` a second time"
        ))
    })
}

/// The paths that an `rm` removes, patterns cut to the folder they are in.
fn targets(command: &CommandFact) -> Vec<String> {
    let words = command
        .arguments()
        .iter()
        .filter(|word| !word.raw.starts_with('-'));
    words
        .filter_map(path)
        .filter(|path| path.len() > 1)
        .collect()
}

/// A path without its pattern; `None` where a variable or a substitution stands in it.
fn path(word: &CommandWord) -> Option<String> {
    if let Some(literal) = &word.literal {
        return Some(literal.trim_end_matches('/').to_owned());
    }
    if word.raw.contains(['$', '`', '{', '\\', '"', '\'']) {
        return None;
    }
    let fixed = &word.raw[..word.raw.find(['*', '?', '[']).unwrap_or(word.raw.len())];
    let folder = fixed.rfind('/').map_or("", |slash| &fixed[..slash]);
    let folder = if word.raw.contains(['*', '?', '[']) {
        folder
    } else {
        fixed
    };
    (!folder.is_empty()).then(|| folder.to_owned())
}

/// Folders in which the packages of a system leave what is often removed.
const PACKAGE_LEFTOVERS: &[&str] = &[
    "/usr/share/doc",
    "/usr/share/man",
    "/usr/share/locale",
    "/usr/share/info",
    "/var/log/apt",
];

/// Whether a package manager of a RUN fills a cache in, below or at `target`, whoever removes it.
fn fills_by_manager(model: &Model, run: &Run, target: &str) -> bool {
    filled(model, run, target).next().is_some()
}

/// The operations of a RUN that fill a cache in, below or at `target`, with the cache.
fn filled<'r>(
    model: &'r Model,
    run: &'r Run,
    target: &str,
) -> impl Iterator<Item = (&'r Operation, &'static Leftover)> {
    let caches = run.operations.iter().flat_map(|operation| {
        let all = operation.manager.leftovers.iter();
        all.filter(|leftover| leftovers::fills(operation, run.command(operation), leftover))
            .map(move |leftover| (operation, leftover))
    });
    let stage = &model.stages[run.stage];
    caches.filter(move |(_, leftover)| {
        let mut folders = leftovers::folders_in(leftover, stage).into_iter();
        folders.any(|folder| touches(folder, target))
    })
}

/// Whether one of two paths holds the other; `~` is root's home.
fn touches(folder: &str, target: &str) -> bool {
    let [folder, target] = [folder, target].map(|path| path.replacen('~', "/root", 1));
    is_within(&folder, &target) || is_within(&target, &folder)
}

/// Whether a package manager leaves files of a RUN in, below or at `target`, and the RUN keeps them.
fn made_by_manager(model: &Model, run: &Run, target: &str) -> bool {
    let stage = &model.stages[run.stage];
    let keeps = |(operation, leftover): (&Operation, &Leftover)| {
        !leftovers::is_cleaned_after(run, stage, operation, leftover)
    };
    let mut operations = run.operations.iter();
    filled(model, run, target).any(keeps)
        || operations
            .any(|operation| operation.manager.is_system && operation.verb == Verb::Install)
            && PACKAGE_LEFTOVERS
                .iter()
                .any(|folder| touches(folder, target))
}

/// Programs that write the files they name, or the file that a URL names.
const WRITERS: &[&str] = &[
    "wget", "curl", "git", "mkdir", "touch", "tee", "svn", "hg", "dd",
];

/// Options behind which programs that unpack name the folder that they write.
const UNPACK_TO: &[&str] = &["-C", "--directory", "-d"];

/// Whether a RUN downloads, unpacks or writes a file or folder at or below `target`.
fn writes_file(run: &Run, target: &str) -> bool {
    let is_it = |text: &str| {
        if target.starts_with('/') {
            is_within(text, target)
        } else {
            text == target
                || text
                    .strip_suffix(target)
                    .is_some_and(|before| before.ends_with('/'))
        }
    };
    run.commands.iter().any(|command| {
        command.writes.iter().any(|file| is_it(file))
            || written(command).iter().any(|word| is_it(word))
    })
}

/// Whether a RUN writes bytes to `target`, not only makes a folder or an empty file of that name.
fn fills_file(run: &Run, target: &str, with_folders: bool) -> bool {
    run.commands.iter().any(|command| {
        let makes_empty = matches!(command.name(), Some("mkdir" | "touch"))
            || (!with_folders
                && matches!(
                    command.name(),
                    Some("git" | "tar" | "bsdtar" | "unzip" | "svn" | "hg")
                ));
        command.writes.iter().any(|file| file == target)
            || (!makes_empty && written(command).contains(&target))
    })
}

/// The files and folders that a command names and writes.
fn written(command: &CommandFact) -> Vec<&str> {
    let literals = || {
        command
            .arguments()
            .iter()
            .map(|word| word.literal.as_deref().unwrap_or_default())
    };
    match command.name() {
        Some(name) if WRITERS.contains(&name) => literals()
            .flat_map(|word| {
                [
                    word.rsplit('=').next().unwrap_or(word),
                    word.trim_start_matches("-o").trim_start_matches("-O"),
                ]
            })
            .filter(|word| !word.is_empty())
            .collect(),
        // The archive that they read is not theirs.
        Some("tar" | "unzip" | "bsdtar") => literals()
            .zip(literals().skip(1))
            .filter(|(option, _)| UNPACK_TO.contains(option))
            .map(|(_, folder)| folder)
            .collect(),
        _ => Vec::new(),
    }
}

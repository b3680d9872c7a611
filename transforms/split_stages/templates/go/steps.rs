//! What the commands of a build with Go do.

use std::borrow::Cow;

use super::programs::{Built, program};
use crate::model::command::{CommandAssignment, CommandFact, CommandWord};
use crate::model::placed::{joined, resolved};
use crate::model::run::{Run, is_within};
use crate::transforms::split_stages::site::{Site, base_name};
use crate::transforms::split_stages::survey::{ByMake, Step};

pub(super) fn step<'a>(
    site: &Site<'a>,
    run: &'a Run,
    at: usize,
    folder: &str,
    built: &mut Vec<Built<'a>>,
    moved: &mut Vec<String>,
) -> Step {
    let command = &run.commands[at];
    match (command.name(), verb(command)) {
        (Some("go"), Some("build" | "install")) => {
            note(program(site, Cow::Borrowed(command), folder), built)
        }
        // What is copied to another place is brought from there.
        (Some("cp" | "mv"), _) if moves_program(site, run, command, folder, built) => Step::Build,
        (Some(name @ ("cp" | "sqlite3")), _) => {
            let made = match name {
                "cp" => copied_to(site, run, command, folder),
                _ => filled(site, run, command, folder),
            };
            let step = made.as_ref().map_or(Step::Unknown, |_| Step::Build);
            moved.extend(made);
            step
        }
        _ if only_builds(command) => Step::Build,
        _ => Step::Unknown,
    }
}

/// The database that a command of `sqlite3` fills.
fn filled(site: &Site<'_>, run: &Run, command: &CommandFact, folder: &str) -> Option<String> {
    let is_option = |word: &&CommandWord| word.raw.starts_with('-');
    let mut arguments = command.arguments().iter();
    let path = arguments.next().filter(|it| !is_option(it))?;
    let path = resolved(folder, &site.value(run.item, path)?)?;
    let is_of_system = OF_SYSTEM.iter().any(|it| is_within(&path, it));
    (!arguments.any(|it| is_option(&it)) && !is_of_system).then_some(path)
}

/// The first word behind the name of a program.
fn verb(command: &CommandFact) -> Option<&str> {
    command.arguments().first()?.literal.as_deref()
}

/// Whether a command makes no program, and nothing that one needs when it runs.
fn only_builds(command: &CommandFact) -> bool {
    match (command.name(), verb(command)) {
        (Some("go"), Some(verb)) => matches!(
            verb,
            "mod"
                | "get"
                | "vet"
                | "fmt"
                | "test"
                | "env"
                | "version"
                | "generate"
                | "clean"
                | "list"
        ),
        (Some("git"), Some(verb)) => matches!(
            verb,
            "config" | "describe" | "rev-parse" | "log" | "tag" | "status"
        ),
        _ => false,
    }
}

/// Notes what a command builds, if it is of this project.
fn note<'a>(program: Result<Option<Built<'a>>, ()>, built: &mut Vec<Built<'a>>) -> Step {
    match program {
        Ok(program) => {
            // A tool of another module is none, nor is what nobody keeps.
            built.extend(program);
            Step::Build
        }
        Err(()) => Step::Unknown,
    }
}

/// What a command means that make runs.
pub(super) fn made_step<'a>(
    site: &Site<'a>,
    run: &'a Run,
    at: usize,
    by_make: &ByMake<'_>,
    built: &mut Vec<Built<'a>>,
) -> Step {
    let make = &run.commands[at];
    let ByMake { made, command } = by_make;
    match (command.name(), verb(command)) {
        (Some("go"), Some("build" | "install")) => {
            // Elsewhere than it is looked for.
            let moves = ["GOBIN", "GOPATH", "GOFLAGS"];
            if made
                .exports
                .keys()
                .any(|name| moves.contains(&name.as_str()))
            {
                return Step::Unknown;
            }
            let mut command = (*command).clone();
            let mut has_own = command.assignments.iter();
            if !has_own.any(|it| it.name == CGO) {
                // For all commands of this make.
                let all = make.assignments.iter().filter(|it| it.name == CGO);
                command.assignments.extend(all.cloned());
                match made.exports.get(CGO) {
                    Some(Some(value)) => command.assignments.push(CommandAssignment {
                        name: CGO.to_owned(),
                        value: Some(value.clone()),
                        raw: format!("{CGO}={value}"),
                    }),
                    // What stands before `make` would not count.
                    _ if made.sets_cgo => return Step::Unknown,
                    _ => {}
                }
            }
            let program = program(site, Cow::Owned(command), &made.folder);
            let program = program.map(|it| it.map(|it| it.made_by(make)));
            note(program, built)
        }
        _ if only_builds(command) => Step::Build,
        _ => Step::Unknown,
    }
}

/// The variable that says whether there may be parts in C.
pub(super) const CGO: &str = "CGO_ENABLED";

/// Whether a program that was built is copied or moved, and nothing else; it is noted where it lies then.
fn moves_program(
    site: &Site<'_>,
    run: &Run,
    command: &CommandFact,
    folder: &str,
    built: &mut Vec<Built<'_>>,
) -> bool {
    const FOLDERS: &[&str] = &["/bin", "/sbin", "/usr/bin", "/usr/local/bin", "/usr/sbin"];
    let arguments = command.arguments();
    let is_option = |word: &&CommandWord| word.raw.starts_with('-');
    let (options, operands): (Vec<&CommandWord>, Vec<_>) = arguments.iter().partition(is_option);
    let is_plain = |it: &&CommandWord| matches!(it.raw.as_str(), "-f" | "-v" | "-p" | "-a");
    if !options.iter().all(is_plain) {
        return false;
    }
    let [from, to] = operands[..] else {
        return false;
    };
    let place = |word| resolved(folder, &site.value(run.item, word)?);
    let (Some(from), Some(target)) = (place(from), place(to)) else {
        return false;
    };
    let Some(at) = built.iter().position(|it| it.path == from) else {
        return false;
    };
    let is_folder = to.raw.ends_with('/') || FOLDERS.contains(&target.as_str());
    let path = if is_folder {
        joined(&target, base_name(&from))
    } else {
        target
    };
    let moved = built[at].at(path);
    built.push(moved);
    true
}

/// Folders of the system.
const OF_SYSTEM: &[&str] = &[
    "/bin", "/dev", "/etc", "/lib", "/proc", "/sbin", "/sys", "/usr",
];

/// Where files are copied to, outside of the folders that hold the sources.
fn copied_to(site: &Site<'_>, run: &Run, command: &CommandFact, folder: &str) -> Option<String> {
    let is_option = |word: &&CommandWord| word.raw.starts_with('-');
    let mut options = command.arguments().iter().filter(is_option);
    let is_plain = options.all(|word| {
        let mut letters = word.raw.chars().skip(1);
        letters.all(|letter| matches!(letter, 'R' | 'r' | 'a' | 'p' | 'f' | 'v'))
    });
    let target = command.arguments().last()?;
    let path = resolved(folder, &site.value(run.item, target)?)?;
    let holds_sources = site.placed.iter().any(|it| it.touches(&path));
    let is_of_system = path == "/" || OF_SYSTEM.iter().any(|it| is_within(&path, it));
    (is_plain && !holds_sources && !is_of_system).then_some(path)
}

//! What the commands of a build with Python do.

use super::uv;
use crate::model::command::CommandFact;
use crate::model::packages::{Operation, Verb};
use crate::model::placed::{PlacedSource, joined, resolved};
use crate::model::run::Run;
use crate::transforms::split_stages::plan::Role;
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::Step;

/// What the commands of the build did.
#[derive(Default)]
pub(super) struct Done<'a> {
    /// The installs of the project's packages.
    pub(super) installs: Vec<(&'a Run, &'a Operation, String)>,
    /// Whether something is installed that an install of a prefix would miss.
    pub(super) has_tools: bool,
    /// The installs of what installs others.
    pub(super) managers: Vec<(&'a Run, &'a Operation)>,
    /// The folder of a virtual environment.
    pub(super) environment: Option<String>,
    /// Whether the sources are changed, or run, while building.
    pub(super) uses_sources: bool,
    /// The home of the user for whom each `pip install --user` installs.
    pub(super) homes: Vec<String>,
    /// Whether a command looks at what is installed.
    pub(super) checks: bool,
    pub(super) refused: Option<Refusal>,
}

impl Done<'_> {
    /// Whether uv, poetry or pipenv installs.
    pub(super) fn has_manager(&self) -> bool {
        let mut installs = self.installs.iter();
        installs.any(|(run, operation, _)| {
            operation.manager.id != "pip" && !uv::is_pip(operation, run.command(operation))
        })
    }
}

/// A COPY brings to both stages what the build reads, and to what runs what it runs.
pub(super) fn copy(site: &Site<'_>, item: usize, is_before: bool) -> Role {
    if !is_before {
        return Role::Moves;
    }
    // A tool of the build comes from an image of its own.
    let Some(at) = site.placed.iter().position(|it| it.item == item) else {
        return Role::Build;
    };
    let placed = &site.placed[at];

    // Lists for pip, which no source reads.
    let is_list = placed.sources.iter().all(|source| {
        let PlacedSource::File(file) = source else {
            return false;
        };
        let name = base_name(file);
        let is_named = name.starts_with("requirements") || name.starts_with("constraints");
        is_named && name.ends_with(".txt") && !site.mentions(name)
    });
    if site.is_covered(at) || is_list {
        Role::Build
    } else {
        Role::Repeats
    }
}

pub(super) fn step<'a>(
    site: &Site<'a>,
    run: &'a Run,
    at: usize,
    folder: &str,
    done: &mut Done<'a>,
) -> Step {
    let command = &run.commands[at];
    let operation = run.operations.iter().find(|it| it.command == at);
    if let Some(operation) = operation {
        return match (operation.manager.id, operation.verb) {
            ("pip", Verb::Install) => install(site, run, operation, folder, done),
            ("pip", Verb::Clean) => Step::Build,
            ("pip", _) if says(command, &["check", "freeze", "list", "config", "--version"]) => {
                done.checks |= says(command, &["check", "freeze", "list"]);
                Step::Build
            }
            ("uv", Verb::Install) if uv::is_for_system(site, run, operation) => {
                install(site, run, operation, folder, done)
            }
            ("uv", Verb::Install) if !says(command, &["sync"]) => Step::Unknown,
            ("uv" | "poetry" | "pipenv", Verb::Install | Verb::Fetch) => {
                if operation.manager.id == "uv"
                    && let Err(refusal) = uv::refuse_other_interpreter(site, run, operation, folder)
                {
                    done.refused = Some(refusal);
                }
                done.installs.push((run, operation, folder.to_owned()));
                Step::Build
            }
            ("uv" | "poetry" | "pipenv", _) => Step::Build,
            _ => Step::Unknown,
        };
    }
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let start = words
        .iter()
        .position(|word| matches!(base_name(word), "python" | "python3"));
    match (command.name(), start.map(|start| &words[start + 1..])) {
        // What lies in the system would have to come along, too.
        _ if command.has_argument("--system-site-packages") => Step::Unknown,
        (Some("virtualenv"), _) => environment(site, run.item, command, folder, done),
        (_, Some(["-m", "venv" | "virtualenv", ..])) => {
            environment(site, run.item, command, folder, done)
        }
        (_, Some(["-m", "compileall", ..])) => {
            done.uses_sources = true;
            Step::Build
        }
        (
            _,
            Some(
                [
                    script,
                    "collectstatic" | "compilemessages" | "compress" | "check",
                    ..,
                ],
            ),
        ) if script.ends_with("manage.py") => {
            done.uses_sources = true;
            Step::Build
        }
        (Some("poetry" | "uv" | "pipenv"), _) => Step::Build,
        (Some("pip" | "pip3"), _)
            if matches!(
                words.get(1),
                Some(&"freeze" | &"list" | &"check" | &"--version" | &"config")
            ) =>
        {
            done.checks |= matches!(words.get(1), Some(&"freeze" | &"list" | &"check"));
            Step::Build
        }
        (Some("find"), _) if words.contains(&"-delete") || words.contains(&"rm") => Step::Build,
        _ => Step::Unknown,
    }
}

/// Whether the first word behind a program is one of these.
fn says(command: &CommandFact, words: &[&str]) -> bool {
    let first = command.arguments().first();
    first.is_some_and(|word| words.iter().any(|it| word.is(it)))
}

fn environment(
    site: &Site<'_>,
    item: usize,
    command: &CommandFact,
    folder: &str,
    done: &mut Done<'_>,
) -> Step {
    let path = command
        .arguments()
        .iter()
        .rev()
        .find(|word| !word.raw.starts_with('-'));
    let path = path.and_then(|word| site.value(item, word));
    match path.and_then(|path| resolved(folder, &path)) {
        Some(path) if done.environment.is_none() => {
            done.environment = Some(path);
            Step::Build
        }
        _ => Step::Unknown,
    }
}

/// The home of the user who runs a step, where ENV or the system says it.
fn home(site: &Site<'_>, run: &Run) -> Option<String> {
    let state = site.input.model.state(run.item)?;
    if let Some(home) = state.env.get("HOME") {
        return home.value.known().map(str::to_owned);
    }
    (state.is_root() == Some(true)).then(|| "/root".to_owned())
}

/// Whether a package is a tool that installs others.
fn is_manager(package: &str) -> bool {
    matches!(
        package,
        "setuptools" | "wheel" | "pip" | "poetry" | "pipenv" | "uv" | "pip-tools" | "virtualenv"
    )
}

/// Options of `pip install` that change neither where nor how it installs.
const PLAIN: &[&str] = &[
    "--no-cache-dir",
    "--no-cache",
    "-r",
    "--requirement",
    "-U",
    "--upgrade",
    "-i",
    "--index-url",
    "--extra-index-url",
    "--trusted-host",
    "-c",
    "--constraint",
    "--no-binary",
    "--only-binary",
    "--pre",
    "--prefer-binary",
    "-q",
    "--quiet",
    "-v",
    "--verbose",
    "--progress-bar",
    "--timeout",
    "--default-timeout",
    "--retries",
    "--disable-pip-version-check",
    "--root-user-action",
    "--no-deps",
    "--no-input",
    "--require-hashes",
    "--compile",
    "--no-compile",
    "--no-warn-script-location",
    "--use-pep517",
    "--break-system-packages",
    "--upgrade-strategy",
    "--use-deprecated",
];

fn install<'a>(
    site: &Site<'a>,
    run: &'a Run,
    operation: &'a Operation,
    folder: &str,
    done: &mut Done<'a>,
) -> Step {
    let command = run.command(operation);
    let state = site.input.model.state(run.item);
    let is_root = state.is_some_and(|state| state.is_root() == Some(true));
    let of_user = operation.has_option(command, &["--user"]);
    // Of the project itself, where the container works.
    let is_editable = operation.has_option(command, &["-e", "--editable"]);
    let last = command
        .words
        .last()
        .and_then(|word| word.literal.as_deref());
    let is_own = matches!(last, Some("." | "./")) && site.folder().as_deref() == Some(folder);
    if is_editable && !is_own {
        return Step::Unknown;
    }
    let plain = operation.option_texts(command).all(|option| {
        let name = option.split_once('=').map_or(option, |(name, _)| name);
        PLAIN.contains(&name)
            || (of_user && name == "--user")
            || (operation.manager.id == "uv" && name == "--system")
            || (is_editable && matches!(name, "-e" | "--editable"))
    });
    // With an environment beside it, it is not known which of the two is meant.
    let program = command
        .program
        .and_then(|at| site.value(run.item, &command.words[at]));
    let is_of_environment = done.environment.as_ref().is_none_or(|folder| {
        let path = state.and_then(|state| state.env.get("PATH")?.value.known());
        let first = path.and_then(|path| path.split(':').next());
        let bin = joined(folder, "bin");
        first == Some(bin.as_str()) || program.is_some_and(|it| it.starts_with(&bin))
    });
    if !plain || !(is_root || of_user) || command.takes_more_arguments || !is_of_environment {
        return Step::Unknown;
    }
    // A manager's release may be a variable.
    let names = operation.operands.iter().map(|&at| {
        let word = &command.words[at];
        let text = word.literal.as_deref();
        text.or_else(|| {
            let raw = word.raw.trim_matches('"');
            let name = raw.split_once("==")?.0;
            is_manager(name).then_some(name)
        })
    });
    let names: Option<Vec<&str>> = names.collect();
    let Some(names) = names else {
        return Step::Unknown;
    };
    if of_user {
        match home(site, run) {
            Some(home) if done.homes.is_empty() || done.homes[0] == home => done.homes.push(home),
            _ => return Step::Unknown,
        }
    }
    done.uses_sources |= is_editable;
    let has_files = operation.has_option(command, &["-r", "--requirement"]);
    let name = |package: &&str| {
        let end = package
            .find(['=', '<', '>', '!', '~', '[', ';'])
            .unwrap_or(package.len());
        package[..end].to_owned()
    };
    let is_tool = |package: &&str| matches!(name(package).as_str(), "pip" | "wheel");
    if !has_files && !names.is_empty() && names.iter().all(is_tool) {
        return Step::Build;
    }
    let are_managers = names.iter().all(|it| is_manager(&name(it)));
    if !has_files && !is_editable && are_managers {
        done.has_tools = true;
        let are_of_image = names
            .iter()
            .all(|it| matches!(name(it).as_str(), "setuptools" | "wheel" | "pip"));
        if !are_of_image {
            done.managers.push((run, operation));
        }
        return Step::Build;
    }
    done.installs.push((run, operation, folder.to_owned()));
    Step::Build
}

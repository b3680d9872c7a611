//! Tools that npm, yarn and pnpm install for all projects: of the build where it uses them, of what runs where the
//! container starts them, and of both.

use std::collections::BTreeSet;

use super::Done;
use crate::context::manifests::package_json::PackageJson;
use crate::model::command::CommandFact;
use crate::model::packages::Verb;
use crate::model::run::Run;
use crate::transforms::split_stages::site::{Site, base_name};
use crate::transforms::split_stages::survey::Step;

/// Tools that others use, or that are nobody's program.
const BY_OTHERS: &[&str] = &[
    "corepack",
    "lerna",
    "node-gyp",
    "node-pre-gyp",
    "npm",
    "npm-check-updates",
    "nx",
    "patch-package",
    "pnpm",
    "rimraf",
    "turbo",
    "typescript",
    "yarn",
];

/// Scripts of a project that an install runs.
pub(super) const OF_INSTALLS: &[&str] = &[
    "preinstall",
    "install",
    "postinstall",
    "prepare",
    "prepublish",
];

/// Whether a package that is installed for all projects brings a program.
pub(super) fn is_program_of(package: &str, program: &str) -> bool {
    package == program || (package == "pm2" && program == "pm2-runtime")
}

/// What a command means that installs for all projects; `None` where it is another one.
pub(super) fn step(site: &Site<'_>, run: &Run, at: usize, done: &mut Done<'_>) -> Option<Step> {
    let command = &run.commands[at];
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let is_global = |word: &&str| matches!(*word, "-g" | "--global" | "global");
    let is_of_manager = matches!(command.name(), Some("npm" | "yarn" | "pnpm"));
    if !is_of_manager || !words.iter().any(is_global) {
        return None;
    }
    let operation = run.operations.iter().find(|it| it.command == at);
    let packages = match words.as_slice() {
        ["yarn", "global", "add", packages @ ..] => Some(packages.to_vec()),
        _ => operation
            .filter(|it| it.verb == Verb::Install)
            .and_then(|it| it.packages(command)),
    };
    let packages = packages.filter(|it| !it.is_empty());
    Some(packages.map_or(Step::Unknown, |it| installs(site, run, command, &it, done)))
}

/// A tool that is installed for all projects: of the build, unless the container starts it.
fn installs(
    site: &Site<'_>,
    run: &Run,
    command: &CommandFact,
    packages: &[&str],
    done: &mut Done<'_>,
) -> Step {
    let names = packages.iter().map(|word| {
        let version = word.rfind('@').filter(|at| *at > 0);
        word[..version.unwrap_or(word.len())].to_owned()
    });
    let names: Vec<String> = names.collect();
    let is_started = |name: &String| {
        let mut words = site.words.iter();
        words.any(|started| is_program_of(name, base_name(started)))
    };
    if !names.iter().any(is_started) && names.iter().all(|name| is_used(site, name)) {
        done.has_tools = true;
        return Step::Build;
    }
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let is_plain = command.name() == Some("npm") && matches!(words.get(1), Some(&"install" | &"i"));
    if !is_plain || has_settings(site) {
        return Step::Unknown;
    }
    let cleans = run.operations.iter().filter(|it| it.verb == Verb::Clean);
    let is_alone = run.commands.len() == 1 + cleans.count();
    match names.as_slice() {
        // It installs where the project is built, and starts it where it runs.
        [name] if is_alone && matches!(name.as_str(), "pnpm" | "bun") => {
            done.started.extend(names);
            Step::Both
        }
        // Another npm builds as well.
        names
            if names
                .iter()
                .any(|it| matches!(it.as_str(), "npm" | "yarn" | "pnpm" | "bun")) =>
        {
            Step::Unknown
        }
        _ => {
            done.started.extend(names);
            Step::Runs
        }
    }
}

/// Whether a RUN changes the settings of npm, which are the build's.
fn has_settings(site: &Site<'_>) -> bool {
    let runs = site.input.model.runs_of(site.stage.index);
    let mut commands = runs.flat_map(|run| &run.commands);
    commands.any(|command| {
        let words: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
        matches!(words.as_slice(), ["npm", "config" | "set", ..])
    })
}

/// Whether the build uses a tool: a step or a script that it runs names it, or it is one that others use.
fn is_used(site: &Site<'_>, package: &str) -> bool {
    let name = base_name(package);
    let program = match package {
        "@angular/cli" => "ng",
        "@nestjs/cli" => "nest",
        "@vue/cli" | "@vue/cli-service" => "vue",
        _ => name.strip_suffix("-cli").unwrap_or(name),
    };
    let runs = site.input.model.runs_of(site.stage.index);
    let mut words = runs
        .flat_map(|run| &run.commands)
        .filter_map(CommandFact::name);
    BY_OTHERS.contains(&package)
        || words.any(|word| word == program)
        || is_in_scripts(site, program)
}

/// Whether a script of a project that the build runs names a program.
fn is_in_scripts(site: &Site<'_>, program: &str) -> bool {
    let texts = site.texts_named(&["package.json"]);
    let manifests: Vec<PackageJson> = texts.filter_map(|it| PackageJson::parse(it).ok()).collect();
    let runs = site.input.model.runs_of(site.stage.index);
    let words = runs
        .flat_map(|run| &run.commands)
        .flat_map(|it| it.words.iter().map(|word| word.raw.clone()));
    let mut next: Vec<String> = words.collect();
    next.extend(OF_INSTALLS.iter().map(|&name| name.to_owned()));
    let mut seen = BTreeSet::new();
    // A script may run others.
    while let Some(name) = next.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let all = [format!("pre{name}"), name.clone(), format!("post{name}")];
        for text in all
            .iter()
            .flat_map(|name| manifests.iter().filter_map(|it| it.script(name)))
        {
            let words = text.split([' ', '\t', ';', '&', '|', '"', '\'', '(', ')']);
            for word in words.filter(|word| !word.is_empty()) {
                if base_name(word) == program {
                    return true;
                }
                next.push(word.to_owned());
            }
        }
    }
    false
}

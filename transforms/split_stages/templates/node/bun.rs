//! Bun: it installs, builds, and runs TypeScript as it is.
//!
//! Bun's own image and its slim one have the same packages of the system, so that no program and no library is lost
//! between them. An install of production leaves what is there already, so that it needs an empty folder.

use super::project::{Project, changes_packages};
use super::{Done, OF_BUILDS};
use crate::model::command::CommandFact;
use crate::model::images::Family;
use crate::model::packages::Operation;
use crate::model::placed::{joined, resolved};
use crate::model::run::{Run, is_within};
use crate::transforms::split_stages::reasons::{
    BASE_NOT_KNOWN, DEVELOPMENT_IMAGE, START_NOT_KNOWN,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::Step;

/// Its lock files; the second is binary.
pub(super) const LOCKS: &[&str] = &["bun.lock", "bun.lockb"];

/// Whether the build is on bun's own image.
pub(super) fn is_base(site: &Site<'_>) -> bool {
    site.image.name == "oven/bun"
}

/// The slim image of the same version.
pub(super) fn runtime_image(site: &Site<'_>) -> Result<String, Refusal> {
    site.refuse_kind(site.small_kind())?;
    let refuse = |what: &str| site.refuse(&BASE_NOT_KNOWN, what);
    let Some(facts) = site.facts else {
        return refuse("its system is not known");
    };
    let text = site.image_text();
    if facts.slim || facts.family == Family::Alpine {
        return Ok(text);
    }
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    let version = tag.strip_suffix("-debian").unwrap_or(tag);
    let slim = match version {
        "latest" | "debian" => "slim".to_owned(),
        version => format!("{version}-slim"),
    };
    if !text.contains('$') {
        return Ok(format!("{}{}:{slim}", site.image.prefix, site.image.name));
    }
    // A version may be another one tomorrow; what stands behind it may not.
    let written = text.strip_suffix("-debian").unwrap_or(&text);
    if written.ends_with('}') && version.starts_with(|char: char| char.is_ascii_digit()) {
        return Ok(format!("{written}-slim"));
    }
    refuse("a variable of FROM names the variant")
}

/// What a command of bun means for the build.
pub(super) fn step<'a>(
    run: &'a Run,
    command: &CommandFact,
    operation: Option<&'a Operation>,
    folder: &str,
    done: &mut Done<'a>,
) -> Step {
    let words = command.arguments().iter().map(|word| word.raw.as_str());
    let plain: Vec<&str> = words
        .clone()
        .filter(|word| !word.starts_with('-'))
        .collect();
    let has_flag = |names: &[&str]| {
        let mut flags = words
            .clone()
            .map(|word| word.split('=').next().unwrap_or(word));
        flags.any(|flag| names.contains(&flag))
    };
    let is_tool = |tool: Option<&&str>| tool.is_some_and(|tool| OF_BUILDS.contains(tool));
    match (command.name(), plain.first().copied()) {
        (Some("bunx"), _) if is_tool(plain.first()) => {}
        (Some("bun"), Some("install" | "i" | "ci")) => {
            let elsewhere = ["--cwd", "--filter", "--global", "-g", "--config", "-c"];
            let operation = operation.filter(|it| it.operands.is_empty());
            let Some(operation) = operation.filter(|_| !has_flag(&elsewhere)) else {
                return Step::Unknown;
            };
            done.installs.push((run, operation, folder.to_owned()));
            return Step::Build;
        }
        (Some("bun"), Some("pm")) => return Step::Build,
        (Some("bun"), None) if has_flag(&["--version", "-v", "--revision"]) => return Step::Build,
        (Some("bun"), Some("run" | "test" | "build")) if !has_flag(&["--cwd", "--filter"]) => {}
        (Some("bun"), Some("x")) if is_tool(plain.get(1)) => {}
        _ => return Step::Unknown,
    }
    done.builds = true;
    Step::Build
}

/// What bun is told to run: behind `run`, or as its first word. `None` where an option may have a value.
fn target(words: &[String]) -> Option<&str> {
    const ALONE: &[&str] = &["--bun", "-b", "--no-install", "--silent", "--smol"];
    let at = words.iter().position(|word| base_name(word) == "bun")?;
    let mut rest = words[at + 1..].iter().map(String::as_str);
    let mut word = rest.find(|word| !ALONE.contains(word))?;
    if word == "run" {
        word = rest.find(|word| !ALONE.contains(word))?;
    }
    (!word.starts_with('-')).then_some(word)
}

/// Whether a path is that of a source that bun runs.
fn is_source(path: &str) -> bool {
    let ends = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts"];
    ends.iter().any(|end| path.ends_with(end))
}

/// Whether words start a source of the project by bun.
pub(super) fn starts_source(site: &Site<'_>, project: &Project, words: &[String]) -> bool {
    let path = target(words).and_then(|target| resolved(&project.folder, target));
    path.is_some_and(|path| {
        let is_named = is_source(&path) || site.origin(&path).is_some();
        is_named && is_within(&path, &project.folder)
    })
}

/// The container starts a source of the project, or a script of it that is followed.
pub(super) fn check_start(project: &Project, site: &Site<'_>) -> Result<(), Refusal> {
    let range = site.start_range();
    let said = || format!("`{}`", site.words.join(" "));
    if site
        .words
        .iter()
        .any(|it| matches!(it.as_str(), "--hot" | "--watch"))
    {
        return Err((range, &DEVELOPMENT_IMAGE, said()));
    }
    let Some(target) = target(&site.words) else {
        return Err((range, &START_NOT_KNOWN, said()));
    };
    if project.manifest.script(target).is_some() {
        return project.check_script(site);
    }
    if starts_source(site, project, &site.words) {
        return Ok(());
    }
    Err((range, &START_NOT_KNOWN, said()))
}

/// The RUN that installs the packages of production alone; `None` where it might leave out more, or bring others.
pub(super) fn prune(project: &Project, site: &Site<'_>, done: &Done<'_>) -> Option<String> {
    let (run, operation, _) = done.installs.last()?;
    let command = run.command(operation);
    // What was installed is what the lock file says.
    let is_frozen = command.has_argument("--frozen-lockfile") || command.has_argument("ci");
    let has_lock = LOCKS.iter().any(|lock| {
        let path = joined(&project.folder, lock);
        site.origin(&path).is_some()
    });
    let keeps_all = project.manifest.has_key("optionalDependencies")
        // Its client is written among the packages.
        || project.manifest.depends_on(&["@prisma/client", "prisma"])
        // Sources that are compiled when they run load it without naming it.
        || project.manifest.names("devDependencies").iter().any(|it| it == "react")
        // Without a folder of packages bun fetches what is missing.
        || project.is_without_packages()
        || project.has_scripts()
        || changes_packages(site)
        || project.lock_comes_later(site, done, LOCKS)
        || settings_name_development(project, site);
    (is_frozen && has_lock && !keeps_all)
        .then(|| "RUN rm -rf node_modules && bun install --frozen-lockfile --production".to_owned())
}

/// Whether the settings that bun reads when it runs may name a package of development.
fn settings_name_development(project: &Project, site: &Site<'_>) -> bool {
    ["tsconfig.json", "jsconfig.json", "bunfig.toml"]
        .iter()
        .any(|name| {
            let path = joined(&project.folder, name);
            if site.origin(&path).is_none() {
                return false;
            }
            let names_other = |text: &str| {
                ["extends", "jsxImportSource", "preload", "plugins"]
                    .iter()
                    .any(|key| text.contains(key))
            };
            site.text(&path).is_none_or(names_other)
        })
}

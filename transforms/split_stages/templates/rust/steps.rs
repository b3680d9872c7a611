//! What the commands of a build with cargo make.

use crate::model::command::CommandFact;
use crate::model::folders::parent;
use crate::model::placed::{joined, resolved};
use crate::model::run::Run;
use crate::transforms::split_stages::site::{Site, base_name};
use crate::transforms::split_stages::survey::Step;

/// Where the build puts programs.
#[derive(Default)]
pub(super) struct Done {
    /// The folders that programs are put into.
    pub(super) folders: Vec<String>,
    /// Whether these are below a mount, where nothing stays.
    pub(super) is_mounted: bool,
    /// Programs that are copied elsewhere.
    pub(super) copied: Vec<String>,
}

impl Done {
    /// Whether all of these are programs of the build.
    fn has(&self, paths: &[String]) -> bool {
        let is_made = |path: &String| {
            self.copied.contains(path) || self.folders.iter().any(|it| it == parent(path))
        };
        paths.iter().all(is_made)
    }

    /// Notes where programs are copied to: several, and those for the system's folders, keep their names.
    fn copy(&mut self, from: &[String], to: &str) {
        let is_folder = from.len() > 1 || matches!(to, "/usr/local/bin" | "/usr/bin" | "/bin");
        let paths = from.iter().map(|path| {
            if is_folder {
                joined(to, base_name(path))
            } else {
                to.to_owned()
            }
        });
        self.copied.extend(paths);
    }
}

/// The paths that a command names.
fn paths(site: &Site<'_>, run: &Run, command: &CommandFact, folder: &str) -> Option<Vec<String>> {
    let words = command.arguments().iter();
    let paths = words.filter(|word| !word.raw.starts_with('-'));
    paths
        .map(|word| resolved(folder, &site.value(run.item, word)?))
        .collect()
}

/// Whether the container starts a tool that is installed.
fn is_started(site: &Site<'_>, words: &[&str]) -> bool {
    let mut names = words[2..].iter().filter(|word| !word.starts_with('-'));
    names.any(|name| site.words.iter().any(|started| base_name(started) == *name))
}

/// Whether a manifest of the build context says that a program of a name is built. Where none is there, all may be.
pub(super) fn is_program(site: &Site<'_>, name: &str) -> bool {
    let mut has_manifest = false;
    for text in site.texts_named(&["Cargo.toml"]) {
        has_manifest = true;
        let table: toml::Table = toml::from_str(text).unwrap_or_default();
        let package = table.get("package").and_then(|it| it.get("name"));
        let programs = table.get("bin").and_then(toml::Value::as_array);
        let programs = programs
            .into_iter()
            .flatten()
            .filter_map(|it| it.get("name"));
        // A program that is named otherwise takes the place of the one of the package's own name.
        let has_own = programs.clone().next().is_none();
        let mut names = package.filter(|_| has_own).into_iter().chain(programs);
        if names.any(|it| it.as_str() == Some(name)) {
            return true;
        }
    }
    let ends = [
        format!("src/bin/{name}.rs"),
        format!("src/bin/{name}/main.rs"),
    ];
    let copied = site.copied().unwrap_or_default();
    let is_there = copied
        .iter()
        .any(|file| ends.iter().any(|end| file.origin.ends_with(end.as_str())));
    is_there || !has_manifest
}

pub(super) fn step(site: &Site<'_>, run: &Run, at: usize, folder: &str, done: &mut Done) -> Step {
    let command = &run.commands[at];
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let state = site.input.model.state(run.item);
    let sets = |name: &str| state.is_some_and(|state| state.sets(name));
    let has = |names: &[&str]| {
        words
            .iter()
            .any(|word| names.contains(&word.split('=').next().unwrap_or(word)))
    };
    // Below a mount nothing stays; another folder may be named in the settings of cargo.
    let is_mounted = run.mounts.iter().any(|mount| {
        mount
            .target
            .as_deref()
            .is_none_or(|it| it.contains("target"))
    });
    let has_settings = site
        .texts_named(&["config.toml", "config"])
        .any(|text| text.contains("target-dir"));
    done.is_mounted |= is_mounted;
    if has_settings {
        return Step::Unknown;
    }
    if sets("CARGO_TARGET_DIR")
        || sets("CARGO_INSTALL_ROOT")
        || has(&["--target", "--target-dir", "--root", "--manifest-path"])
    {
        return Step::Unknown;
    }
    match (command.name(), words.get(1).copied()) {
        (Some("cargo"), Some("build" | "b")) => {
            let profile = if has(&["--release", "-r"]) {
                "release"
            } else {
                "debug"
            };
            done.folders
                .push(joined(folder, &format!("target/{profile}")));
            Step::Build
        }
        // A tool of another project: it is found on the path, and not started.
        (Some("cargo"), Some("install")) if !has(&["--path"]) => {
            if is_started(site, &words) {
                Step::Unknown
            } else {
                Step::Build
            }
        }
        // A program that stands for the own one until its crates are built.
        (Some("echo" | "printf"), _) if command.writes.iter().all(|it| it.ends_with(".rs")) => {
            Step::Build
        }
        (Some("touch"), _) if words[1..].iter().all(|it| it.ends_with(".rs")) => Step::Build,
        // The program is there before and behind it.
        (Some("strip"), _) if paths(site, run, command, folder).is_some_and(|it| done.has(&it)) => {
            Step::Build
        }
        (Some("cargo"), Some("install")) if has(&["--path"]) => {
            done.folders.push("/usr/local/cargo/bin".to_owned());
            Step::Build
        }
        (Some("rustup"), _)
        | (
            Some("cargo"),
            Some(
                "fetch" | "test" | "check" | "clippy" | "fmt" | "clean" | "update" | "vendor"
                | "--version",
            ),
        ) => Step::Build,
        (Some("cp" | "mv"), _) => {
            let paths = paths(site, run, command, folder);
            match paths.as_deref().and_then(<[String]>::split_last) {
                Some((to, from)) if !from.is_empty() && done.has(from) => {
                    done.copy(from, to);
                    Step::Build
                }
                _ => Step::Unknown,
            }
        }
        _ => Step::Unknown,
    }
}

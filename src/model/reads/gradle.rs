//! gradle: what a listing of dependencies, which fetches them, reads of a project.
//! <https://docs.gradle.org/current/userguide/viewing_debugging_dependencies.html>

use super::steps::DependencyStep;
use super::{Obstacle, Reads, Site, Unread};
use crate::model::placed::joined;

/// What a build script says that reads other files, or of other projects.
const READS_MORE: &[&str] = &[
    "include(",
    "include ",
    "includeBuild",
    "includeFlat",
    "project(",
    "apply from",
    "apply(from",
    "file(",
    "files(",
    "fileTree",
    "File(",
    "flatDir",
    "git-version",
    "exec {",
    "exec(",
    "execute(",
    "plugins.apply(",
];

/// Options with which a build reads, or builds, something else, or fetches nothing.
const OTHERS: &[&str] = &[
    "-p",
    "--project-dir",
    "-b",
    "--build-file",
    "-c",
    "--settings-file",
    "-I",
    "--init-script",
    "--include-build",
    "--offline",
    "--project-cache-dir",
];

/// `gradle dependencies`, in front of what builds.
pub(super) fn step(site: &Site<'_>) -> Option<Result<DependencyStep, Unread>> {
    let words = site.command.arguments().iter();
    let names_task = words
        .filter_map(|word| word.literal.as_deref())
        .any(|word| !word.starts_with('-') && !matches!(word, "tasks" | "help" | "wrapper"));
    if !names_task || site.has(&["--version", "-v", "--help", "-h"]) {
        return None;
    }
    let step = site.assigns_other_than(&[]).and_then(|()| {
        let words = &site.command.words[site.operation.program_end..];
        let other = words
            .iter()
            .find(|word| OTHERS.contains(&word.raw.split('=').next().unwrap_or_default()));
        if let Some(word) = other {
            return Err((Obstacle::NotFollowed, format!("`{}`", word.raw)));
        }
        let program: Vec<&str> = site.command.words[..site.operation.program_end]
            .iter()
            .map(|word| word.raw.as_str())
            .collect();
        let program = program.join(" ");
        let mut reads = project(site)?;
        if program.ends_with("gradlew") {
            let path = site.view.path(&program)?;
            if !reads.file_if_there(site.view, &path)? {
                return Err((Obstacle::ManifestNotFound, format!("`{program}`")));
            }
        }
        // What a property is may decide what is fetched; the daemon would go with the step.
        let kept = words.iter().map(|word| word.raw.as_str());
        let kept = kept.filter(|word| *word == "--no-daemon" || word.starts_with("-P"));
        let words: Vec<&str> = [program.as_str(), "dependencies"]
            .into_iter()
            .chain(kept)
            .collect();
        Ok(DependencyStep {
            runs_program: true,
            ..site.step_instead(
                words.join(" "),
                site.view.folder.clone(),
                reads,
                "the build script reads no other file of the project",
            )
        })
    });
    Some(step)
}

/// What gradle reads to know the dependencies of a single project.
fn project(site: &Site<'_>) -> Result<Reads, Unread> {
    let view = site.view;
    let at = |name: &str| joined(&view.folder, name);
    let mut reads = Reads::default();
    // Where there are several projects, the root may have no script.
    for names in [
        ["settings.gradle", "settings.gradle.kts"],
        ["build.gradle", "build.gradle.kts"],
    ] {
        let before = reads.files.len();
        for name in names {
            let path = at(name);
            if !reads.file_if_there(view, &path)? {
                continue;
            }
            let code = view.text(&path)?.lines().map(str::trim);
            let mut code = code.filter(|line| !line.starts_with("//"));
            let found = code.find_map(|line| READS_MORE.iter().find(|sign| line.contains(**sign)));
            if let Some(sign) = found {
                let what = format!("`{}` in `{name}`", sign.trim_end_matches([' ', '(']));
                return Err((Obstacle::NotFollowed, what));
            }
        }
        if reads.files.len() == before && names[0] == "build.gradle" {
            return Err((Obstacle::ManifestNotFound, format!("`{}`", at(names[0]))));
        }
    }
    reads.files.sort();
    reads.file_if_there(view, &at("gradle.properties"))?;
    reads.file_if_there(view, &at("gradle.lockfile"))?;
    reads.folder_if_there(view, &at("gradle"))?;
    reads.folder_if_there(view, &at("buildSrc"))?;
    reads.makes.insert(at("build"));
    reads.makes.insert(at(".gradle"));
    Ok(reads)
}

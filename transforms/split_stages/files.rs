//! The files beside the program: what of the build context it may read when it runs.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Brought;
use super::site::{Copied, Site, base_name};
use crate::model::folders::{is_fresh, parent};
use crate::model::run::is_within;

/// Files that nobody reads at run time: about the project, not of the program.
const OF_PROJECTS: &[&str] = &[
    "README",
    "LICENSE",
    "LICENCE",
    "CHANGELOG",
    "CONTRIBUTING",
    "AUTHORS",
    "NOTICE",
    "Makefile",
    "makefile",
    "Dockerfile",
    "docker-compose",
    "compose",
    "Taskfile",
    "Jenkinsfile",
    "Procfile",
    "Vagrantfile",
    "skaffold",
    "renovate",
    ".gitignore",
    ".gitattributes",
    ".dockerignore",
    ".editorconfig",
    ".golangci",
    ".travis",
    ".gitlab-ci",
    ".pre-commit-config",
    ".goreleaser",
    "cloudbuild",
];

/// Folders of that kind.
const FOLDERS_OF_PROJECTS: &[&str] = &[
    ".git",
    ".github",
    ".circleci",
    ".vscode",
    ".idea",
    ".devcontainer",
    "testdata",
    "vendor",
];

/// Calls with which a program looks at folders whose files it does not name.
const LOOKS_AROUND: &[&str] = &[
    "ReadDir(",
    "Walk(",
    "WalkDir(",
    "ParseGlob(",
    "Glob(",
    "http.Dir(",
    "os.DirFS(",
    "Getwd(",
    "os.Executable(",
    "AutomaticEnv",
    "SetConfigName",
    "AddConfigPath",
    "godotenv",
];

/// Ends of the names of sources that are searched for the files that they name.
const TEXTS: &[&str] = &[".go", ".java", ".kt", ".rs"];

/// What of the context's files a program may read, as paths that are copied from the stage that builds: whole
/// folders where no source is in them. `None` where the files, or the sources, are not all known.
pub(super) fn read_at_run_time(
    site: &Site<'_>,
    is_source: &dyn Fn(&str) -> bool,
    always: &[String],
) -> Option<Vec<Brought>> {
    // What lies in folders of modules may be served.
    let has_modules = site.context.sent_folder_named("node_modules").is_some();
    let copied = site.copied().filter(|_| !has_modules)?;
    let (mut sources, mut data) = (Vec::new(), Vec::new());
    for file in copied {
        if is_source(&file.path) {
            sources.push(file);
        } else if !is_of_project(&file.path) {
            data.push(file);
        }
    }
    let mut texts = Vec::new();
    let is_own = |path: &str| {
        let mut parts = path.split('/');
        !parts.any(|part| matches!(part, "vendor" | "testdata" | "third_party"))
    };
    for file in sources
        .iter()
        .filter(|it| is_own(&it.path) && TEXTS.iter().any(|end| it.path.ends_with(end)))
    {
        texts.push(without_embeds(site.context.text(&file.origin).ok()?));
    }
    let looks_around = texts
        .iter()
        .any(|text| LOOKS_AROUND.iter().any(|call| text.contains(call)));
    let said = said(site);
    let is_read = |file: &Copied| {
        let origin = file.origin.as_str();
        let name = base_name(origin);
        let stem = name
            .trim_start_matches('.')
            .split('.')
            .next()
            .unwrap_or(name);
        let names = origin
            .split('/')
            .chain([stem])
            .filter(|name| name.len() > 2);
        let mut names = names.collect::<BTreeSet<_>>().into_iter();
        always.contains(&file.path)
            || looks_around
            || names.any(|name| texts.iter().chain(&said).any(|text| text.contains(name)))
    };
    let (read, rest): (Vec<Copied>, Vec<Copied>) = data.into_iter().partition(is_read);
    let mixed: BTreeSet<&str> = sources
        .iter()
        .chain(&rest)
        .flat_map(|file| folders_above(&file.path))
        .collect();
    let mut brought = BTreeMap::new();
    for file in &read {
        let mut whole = file.path.as_str();
        // The largest folder in which nothing else lies.
        for folder in folders_above(&file.path) {
            if !mixed.contains(folder) && is_of_context(site, folder) {
                whole = folder;
            }
        }
        brought.insert(whole.to_owned(), Brought::in_place(whole));
    }
    Some(brought.into_values().collect())
}

/// Whether all that lies in a folder was copied there from the context.
fn is_of_context(site: &Site<'_>, folder: &str) -> bool {
    site.placed.iter().any(|placed| {
        is_within(folder, &placed.to)
            && placed.brings_folders()
            && (folder != placed.to || is_fresh(site.input.model, placed.item, folder))
    })
}

/// What the Dockerfile says that a program may take for a path: its arguments and its variables.
fn said(site: &Site<'_>) -> Vec<String> {
    let model = site.input.model;
    let last = site.stage.end.saturating_sub(1);
    let variables = model
        .state(last)
        .into_iter()
        .flat_map(|state| state.env.iter());
    let values = variables.filter(|(_, setting)| setting.item.is_some());
    let values = values.filter_map(|(_, setting)| setting.value.known().map(str::to_owned));
    values.chain(site.words.iter().cloned()).collect()
}

/// A source without the lines that say what is built into the program, and without what it imports.
fn without_embeds(text: &str) -> String {
    let mut is_import = false;
    let lines = text.lines().filter(|line| {
        let line = line.trim_start();
        is_import |= line.starts_with("import (");
        let is_dropped = is_import || line.starts_with("//go:embed") || line.starts_with("import ");
        is_import &= !line.starts_with(')');
        !is_dropped
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn is_of_project(path: &str) -> bool {
    let name = base_name(path);
    OF_PROJECTS.iter().any(|start| name.starts_with(start))
        || name.ends_with(".md")
        || name.to_ascii_lowercase().ends_with("dockerfile")
        || path
            .split('/')
            .any(|part| FOLDERS_OF_PROJECTS.contains(&part))
}

/// The folders that hold a path, the innermost first.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    let first = Some(parent(path)).filter(|it| !is_root(it));
    std::iter::successors(first, |folder| {
        Some(parent(folder)).filter(|it| !is_root(it))
    })
}

fn is_root(path: &str) -> bool {
    matches!(path, "" | "/" | "./")
}

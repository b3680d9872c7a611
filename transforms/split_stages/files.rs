//! The files beside the program: what of the build context it may read when it runs.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{Looks, has_computed_name, has_part, looks, without_comments, without_embeds};
use super::plan::{Brought, Role};
use super::reasons::FILES_NOT_KNOWN;
use super::site::{Copied, Refusal, Site, base_name};
use super::sources::is_compiled;
use super::survey::Survey;

use crate::model::folders::{is_fresh, parent};
use crate::model::placed::{PlacedSource, joined};
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
    ".env.example",
    ".env.sample",
    "eslint.config",
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

/// The texts of the own sources, without what they build in; `None` where one is not known.
fn texts(site: &Site<'_>, sources: &[&Copied]) -> Option<Vec<String>> {
    let is_own = |path: &str| {
        let mut parts = path.split('/');
        !parts.any(|part| matches!(part, "vendor" | "testdata" | "third_party"))
    };
    let own = sources
        .iter()
        .filter(|it| is_own(&it.path) && is_compiled(&it.path));
    own.map(|file| {
        Some(without_embeds(&without_comments(
            site.context.text(&file.origin).ok()?,
        )))
    })
    .collect()
}

/// The folder to which a COPY brings a file that a source names and that is not there yet: git does not have it.
fn folder_to_come(
    site: &Site<'_>,
    loads_settings: bool,
    texts: &[String],
) -> Option<(String, String)> {
    let is_named = |path: &String| {
        let name = base_name(path);
        let literal = [format!("\"{name}\""), format!("/{name}\"")];
        let mut all = texts.iter().map(String::as_str).chain(site.said());
        all.any(|text| {
            text == *path || text == name || literal.iter().any(|it| text.contains(it.as_str()))
        }) || (name == ".env" && loads_settings)
            || imports_settings(site, name)
    };
    let mut names = site.context.seen.may_come.iter();
    names.find_map(|name| {
        let is_told = |told: String| base_name(&told) == base_name(name);
        let may_come = site.context.would_send(name) && !site.told_artifacts().any(is_told);
        let folder = copy_of(site, name).filter(|_| may_come && is_named(name))?;
        Some((name.clone(), folder))
    })
}

/// Where a COPY of a folder brings a file that is not there yet.
fn copy_of(site: &Site<'_>, path: &str) -> Option<String> {
    let brings = |source: &PlacedSource| {
        let PlacedSource::Folder(folder) = source else {
            return false;
        };
        matches!(folder.as_str(), "" | ".") || is_within(path, folder)
    };
    let mut placed = site.placed.iter();
    let placed = placed.find(|it| it.sources.iter().any(brings))?;
    Some(placed.to.clone())
}

/// Whether settings of the project import a file beside it.
fn imports_settings(site: &Site<'_>, name: &str) -> bool {
    let imports = [format!("file:{name}"), format!("file:./{name}")];
    let mut settings = site.copied().unwrap_or_default().iter();
    settings.any(|file| {
        let is_it = base_name(&file.origin).starts_with("application");
        let text = site.context.text(&file.origin).ok().filter(|_| is_it);
        text.is_some_and(|text| imports.iter().any(|it| text.contains(it.as_str())))
    })
}

/// Whether a source loads `.env` without naming it.
fn loads_settings(site: &Site<'_>, sources: &[&Copied]) -> bool {
    let mut raw = sources
        .iter()
        .filter_map(|file| site.context.text(&file.origin).ok());
    raw.any(|text| {
        let text = without_comments(text);
        SETTINGS.iter().any(|call| text.contains(call))
    })
}

/// Calls that read `.env` without naming it.
const SETTINGS: &[&str] = &[
    "godotenv.Load()",
    "godotenv.Overload()",
    "godotenv.Read()",
    "godotenv/autoload",
    "dotenv().ok()",
    "dotenv::dotenv()",
    "dotenvy::dotenv()",
    "dotenv()",
    "Dotenv.load()",
    "Dotenv.configure()",
];

/// Files that libraries read in the working directory without being told.
const BY_CONVENTION: &[&str] = &["Rocket.toml"];

/// What of the context's files a program may read, as paths that are copied from the stage that builds: whole
/// folders where no source is in them. `is_made_below` where the build makes much below the folders of the sources.
/// `None` where the files, or the sources, are not all known.
fn read_at_run_time(
    site: &Site<'_>,
    is_source: &dyn Fn(&str) -> bool,
    always: &[String],
    is_made_below: bool,
) -> Result<Option<Vec<Brought>>, Refusal> {
    // What lies in folders of modules may be served.
    let has_modules = site.context.sent_folder_named("node_modules").is_some();
    let Some(copied) = site.copied().filter(|_| !has_modules) else {
        return Ok(None);
    };
    let (mut sources, rest): (Vec<&Copied>, Vec<&Copied>) =
        copied.iter().partition(|file| is_source(&file.path));
    let (projects, data): (Vec<&Copied>, Vec<&Copied>) =
        rest.into_iter().partition(|file| is_of_project(&file.path));
    let Some(texts) = texts(site, &sources) else {
        return Ok(None);
    };
    let loads_settings = loads_settings(site, &sources);
    if let Some((name, folder)) = folder_to_come(site, loads_settings, &texts) {
        // The build may make much in it.
        if is_made_below || is_root(&folder) {
            let what = format!("`{name}`, which git does not have and the program reads");
            return site.refuse(&FILES_NOT_KNOWN, what);
        }
        return Ok(Some(vec![Brought::in_place(folder)]));
    }
    let all = || texts.iter().map(String::as_str).chain(site.said());
    let works_in = site.folder().unwrap_or_default();
    let looks = texts.iter().map(|text| looks(text, &works_in)).max();
    let looks = looks.unwrap_or(Looks::Nowhere);
    if looks == Looks::AllHere && is_made_below && !site.is_told_artifacts() {
        let what = format!("all of `{works_in}`, where the build leaves what only it needs");
        return site.refuse(&FILES_NOT_KNOWN, what);
    }
    if looks >= Looks::Here {
        // All that was copied is there to be found.
        sources.extend(projects);
        let all = sources.into_iter().chain(data);
        return Ok(Some(as_it_is(site, all, is_made_below)));
    }
    let computed: BTreeSet<String> = data
        .iter()
        .filter_map(|file| file.origin.rsplit_once('.').map(|(_, end)| end))
        .filter(|end| texts.iter().any(|text| has_computed_name(text, end)))
        .map(str::to_owned)
        .collect();
    // One that is no data is read where it is named as a whole.
    let is_named = |file: &Copied| {
        let origin = file.origin.as_str();
        let name = base_name(origin);
        all().any(|text| {
            let is_it = |at: usize| {
                let mut before = text[..at].chars().rev();
                let after = text[at + name.len()..].chars().next();
                let is_end = after.is_none_or(|it| matches!(it, '"' | '\'' | ' ' | ','));
                is_end
                    && before
                        .next()
                        .is_none_or(|it| matches!(it, '"' | '\'' | '/' | ' '))
            };
            !origin.contains('/') && text.match_indices(name).any(|(at, _)| is_it(at))
        }) || (origin.contains('/') && is_named_below(site, &texts, origin))
    };
    // A manifest that is read may name others.
    let manifests = sources.iter().filter(|file| is_named(file));
    let manifests: Vec<&str> = manifests
        .filter_map(|file| site.context.text(&file.origin).ok())
        .collect();
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
            .filter(|name| name.len() > 1);
        let mut names = names.collect::<BTreeSet<_>>().into_iter();
        let end = origin.rsplit_once('.').map_or("", |(_, end)| end);
        always.contains(&file.path)
            || looks == Looks::AtFolders
            || BY_CONVENTION.contains(&name)
            || computed.contains(end)
            || (loads_settings && name.starts_with(".env"))
            || names.any(|name| {
                let mut said = site.said().chain(manifests.iter().copied());
                texts.iter().any(|text| has_part(text, name, false))
                    || said.any(|text| has_part(text, name, true))
            })
    };
    let named = sources
        .iter()
        .chain(&projects)
        .filter(|file| is_named(file));
    let named: Vec<String> = named.map(|file| file.path.clone()).collect();
    let (read, rest): (Vec<&Copied>, Vec<&Copied>) =
        data.into_iter().partition(|file| is_read(file));
    let others = sources.iter().chain(&rest).copied();
    Ok(Some(wholes(site, named, &read, others)))
}

/// Whether the sources or the start name a file that lies in a folder, or the folder, unless it is code.
fn is_named_below(site: &Site<'_>, texts: &[String], origin: &str) -> bool {
    let is_made = ["build", "gradle", "target"].contains(&origin.split('/').next().unwrap_or(""));
    let folders = origin.match_indices('/').map(|(at, _)| &origin[..at]);
    let mut folders = folders.filter(|_| !is_compiled(origin) && !is_made);
    let says = |name: &str| {
        texts.iter().any(|text| has_part(text, name, false))
            || site.said().any(|text| has_part(text, name, true))
    };
    says(origin)
        || folders.any(|folder| {
            if folder.contains('/') {
                return says(folder);
            }
            // One word may mean much.
            let literals = [format!("\"{folder}\""), format!("\"{folder}/")];
            let names = |text: &String| literals.iter().any(|it| text.contains(it.as_str()));
            texts.iter().any(names)
        })
}

/// What is read, as it is copied: the largest folder in which nothing else lies.
fn wholes<'s>(
    site: &Site<'_>,
    named: Vec<String>,
    read: &[&'s Copied],
    others: impl Iterator<Item = &'s Copied>,
) -> Vec<Brought> {
    let mixed: BTreeSet<&str> = others.flat_map(|file| folders_above(&file.path)).collect();
    let mut brought: BTreeMap<String, Brought> = named
        .into_iter()
        .map(|path| (path.clone(), Brought::in_place(path)))
        .collect();
    for file in read {
        let mut whole = file.path.as_str();
        // The largest folder in which nothing else lies.
        for folder in folders_above(&file.path) {
            if !mixed.contains(folder) && is_of_context(site, folder) {
                whole = folder;
            }
        }
        brought.insert(whole.to_owned(), Brought::in_place(whole));
    }
    brought.into_values().collect()
}

/// What of the context's files a program may read, as it lies there behind the build, without what a COPY of the author's brings to what runs; what the user
/// names is enough where the files are not all known.
///
/// # Errors
/// Where a pattern says what the build removes.
pub(super) fn data(
    site: &Site<'_>,
    survey: &Survey,
    is_source: &dyn Fn(&str) -> bool,
    always: &[String],
    is_made_below: bool,
) -> Result<Option<Vec<Brought>>, Refusal> {
    let read = read_at_run_time(site, is_source, always, is_made_below)?;
    let Some(data) = read.or_else(|| site.is_told_artifacts().then(Vec::new)) else {
        return Ok(None);
    };
    let data = survey.still_there(site, data)?;
    let is_moved = |path: &str| {
        let mut placed = site.placed.iter();
        placed
            .any(|it| survey.roles.get(&it.item) == Some(&Role::Moves) && it.origin(path).is_some())
    };
    let brought = data.into_iter().filter(|it| !is_moved(&it.to));
    Ok(Some(brought.collect()))
}

/// All of some files, in place: whole folders, unless the build makes much below them.
fn as_it_is<'s>(
    site: &Site<'_>,
    files: impl Iterator<Item = &'s Copied>,
    is_made_below: bool,
) -> Vec<Brought> {
    let mut brought = BTreeMap::new();
    for file in files {
        let mut whole = file.path.clone();
        for folder in folders_above(&file.path) {
            let is_root = site
                .placed
                .iter()
                .any(|placed| is_within(&placed.to, folder));
            let is_copied = is_of_context(site, folder)
                || site
                    .placed
                    .iter()
                    .any(|it| it.to == folder && it.brings_folders());
            if is_copied && !(is_root && is_made_below) {
                folder.clone_into(&mut whole);
            }
        }
        brought.insert(whole.clone(), Brought::in_place(whole));
    }
    brought.into_values().collect()
}

/// The files of the context at some places of the folder in which the program works.
pub(super) fn copied_at<'p>(site: &Site<'_>, places: impl Iterator<Item = &'p str>) -> Vec<String> {
    let folder = site.folder().unwrap_or_default();
    let places: Vec<String> = places.map(|it| joined(&folder, it)).collect();
    let copied = site.copied().unwrap_or_default().iter();
    let there = copied.filter(|file| places.iter().any(|place| is_within(&file.path, place)));
    there.map(|file| file.path.clone()).collect()
}

/// Whether a COPY brings files of which none is a source.
pub(super) fn is_data(site: &Site<'_>, item: usize, is_source: &dyn Fn(&str) -> bool) -> bool {
    let placed = site.placed.iter().find(|it| it.item == item);
    placed.is_some_and(|placed| {
        placed.sources.iter().all(|source| match source {
            PlacedSource::File(file) => !is_source(file),
            PlacedSource::Folder(folder) => {
                let files = site.context.sent_below(folder);
                files.is_some_and(|files| files.into_iter().all(|file| !is_source(file)))
            }
            PlacedSource::Other => false,
        })
    })
}

/// What is brought, each once, without what lies in a folder that is brought.
pub(super) fn without_inner(mut brought: Vec<Brought>) -> Vec<Brought> {
    let mut seen = BTreeSet::new();
    brought.retain(|it| seen.insert((it.from.clone(), it.to.clone())));
    let folders: Vec<String> = brought.iter().map(|it| it.to.clone()).collect();
    let is_inner = |it: &Brought| {
        it.from == it.to
            && folders
                .iter()
                .any(|folder| *folder != it.to && is_within(&it.to, folder))
    };
    brought.into_iter().filter(|it| !is_inner(it)).collect()
}

/// Whether all that lies in a folder was copied there from the context.
fn is_of_context(site: &Site<'_>, folder: &str) -> bool {
    site.placed.iter().any(|placed| {
        is_within(folder, &placed.to)
            && placed.brings_folders()
            && (folder != placed.to || is_fresh(site.input.model, placed.item, folder))
    })
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

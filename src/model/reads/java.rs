//! maven: what a download of dependencies reads. <https://maven.apache.org/plugins/maven-dependency-plugin/>

use super::steps::DependencyStep;
use super::{Obstacle, Reads, Site, Unread, View, uses_sources};
use crate::context::manifests::pom::Pom;
use crate::model::packages::Verb;
use crate::model::placed::{joined, resolved};

pub(super) fn reads(site: &Site<'_>) -> Result<Reads, Unread> {
    if site.operation.verb != Verb::Fetch || !site.operands()?.is_empty() {
        return Err(uses_sources(site.command));
    }
    if site.has(&[
        "-f",
        "--file",
        "-pl",
        "--projects",
        "-s",
        "--settings",
        "-gs",
    ]) {
        return Err((
            Obstacle::NotFollowed,
            "an option of the download".to_owned(),
        ));
    }
    let mut reads = project(site.view)?;
    reads.installs = Some("maven");
    Ok(reads)
}

/// What maven reads to know the dependencies of a project of one module.
pub(super) fn project(view: &View<'_>) -> Result<Reads, Unread> {
    let at = |name: &str| joined(&view.folder, name);
    let path = at("pom.xml");
    let text = view.text(&path)?;
    // What it puts into the repository first, nobody has before.
    if text.contains("install-file") {
        return Err((
            Obstacle::LocalDependency,
            "`install-file` in `pom.xml`".to_owned(),
        ));
    }
    let pom = Pom::parse(text)
        .map_err(|error| (Obstacle::ManifestNotRead, format!("`pom.xml`: {error}")))?;
    if pom.has_modules {
        return Err((Obstacle::NotFollowed, "a pom of several modules".to_owned()));
    }
    if let Some(parent) = &pom.parent_path
        && !parent.is_empty()
        && view.has(&joined(&view.folder, parent))
    {
        return Err((
            Obstacle::LocalDependency,
            format!("the parent at `{parent}`"),
        ));
    }
    if let Some(what) = pom.reads_more {
        return Err((Obstacle::NotFollowed, format!("{what} in `pom.xml`")));
    }
    let mut reads = Reads::default();
    reads.file(&path);
    if view.is_there(&at(".mvn/extensions.xml"))? {
        return Err((Obstacle::NotFollowed, "`.mvn/extensions.xml`".to_owned()));
    }
    for name in [".mvn/maven.config", ".mvn/jvm.config"] {
        let path = at(name);
        if !view.is_there(&path)? {
            continue;
        }
        let is_special = |word: &str| {
            [
                "-s",
                "-gs",
                "-f",
                "-t",
                "-gt",
                "-l",
                "--",
                "-javaagent",
                "@",
            ]
            .iter()
            .any(|start| word.starts_with(start))
                || word.contains('/')
        };
        let text = view.text(&path)?;
        if let Some(word) = text.split_whitespace().find(|word| is_special(word)) {
            return Err((Obstacle::NotFollowed, format!("`{word}` in `{name}`")));
        }
    }
    reads.folder_if_there(view, &at(".mvn"))?;
    reads.makes.insert(at("target"));
    Ok(reads)
}

/// The options that decide what a build fetches, as written, and the folder of the project.
fn options<'s>(site: &Site<'s>) -> Result<(Vec<&'s str>, String), Unread> {
    let mut options = Vec::new();
    let mut folder = site.view.folder.clone();
    let mut words = site.command.words[site.operation.program_end..].iter();
    while let Some(word) = words.next() {
        let raw = word.raw.as_str();
        let refused = || (Obstacle::NotFollowed, format!("`{raw}`"));
        let of_tests = ["-DskipTests", "-DskipITs", "-Dmaven.test.skip"];
        let takes_next = matches!(
            raw,
            "-P" | "--activate-profiles"
                | "-f"
                | "--file"
                | "-s"
                | "--settings"
                | "-D"
                | "--define"
        );
        if takes_next {
            let value = words.next().ok_or_else(refused)?;
            let literal = value.literal.as_deref().ok_or_else(refused)?;
            match raw {
                "-f" | "--file" => folder = project_folder(site, literal).ok_or_else(refused)?,
                // Settings of the image are there for both.
                "-s" | "--settings" if !literal.starts_with('/') || site.view.has(literal) => {
                    return Err(refused());
                }
                _ => {}
            }
            options.extend([raw, value.raw.as_str()]);
        } else if raw.starts_with("-P") || raw.starts_with("--activate-profiles=") {
            options.push(raw);
        } else if let Some(file) = raw.strip_prefix("--file=") {
            folder = project_folder(site, file).ok_or_else(refused)?;
            options.push(raw);
        } else if raw.starts_with("-D") {
            // A property may be a version, or activate a profile.
            if !of_tests.iter().any(|name| raw.starts_with(name)) {
                options.push(raw);
            }
        } else if OTHERS.iter().any(|option| raw.starts_with(option)) {
            return Err(refused());
        }
    }
    Ok((options, folder))
}

/// Options with which a build reads, or builds, something else.
const OTHERS: &[&str] = &[
    "-pl",
    "--projects",
    "-gs",
    "--global-settings",
    "-gt",
    "-t",
    "--toolchains",
    "--settings=",
    "-rf",
    "--define=",
];

/// The folder of the pom that an option names.
fn project_folder(site: &Site<'_>, file: &str) -> Option<String> {
    let path = resolved(&site.view.folder, file).filter(|path| !path.contains('$'))?;
    let (folder, name) = path.rsplit_once('/')?;
    (name == "pom.xml").then(|| if folder.is_empty() { "/" } else { folder }.to_owned())
}

/// `mvn -B dependency:go-offline`, in front of what builds.
pub(super) fn step(site: &Site<'_>) -> Option<Result<DependencyStep, Unread>> {
    const PHASES: &[&str] = &[
        "compile",
        "test",
        "package",
        "verify",
        "install",
        "integration-test",
    ];
    let words = site.command.arguments();
    let builds = words
        .iter()
        .any(|word| PHASES.iter().any(|phase| word.is(phase)));
    if !builds || site.has(&["-o", "--offline"]) {
        return None;
    }
    let program: Vec<&str> = site.command.words[..site.operation.program_end]
        .iter()
        .map(|word| word.raw.as_str())
        .collect();
    let program = program.join(" ");
    let step = site.assigns_other_than(&[]).and_then(|()| {
        let (options, folder) = options(site)?;
        let mut reads = project(&View::new(site.view.context, site.view.placed, folder))?;
        if program.ends_with("mvnw") {
            let path = site.view.path(&program)?;
            if !reads.file_if_there(site.view, &path)? {
                return Err((Obstacle::ManifestNotFound, format!("`{program}`")));
            }
        }
        let words = [
            &[program.as_str(), "-B"],
            &options[..],
            &["dependency:go-offline"],
        ];
        Ok(site.step_instead(
            words.concat().join(" "),
            site.view.folder.clone(),
            reads,
            "Maven can resolve all plugins of the project without its sources",
        ))
    });
    Some(step)
}

//! What the build files say of the class path in the manifest of a jar, and of the folders that a build fills.

use super::beside::{has_libraries, without};
use crate::model::folders::parent;
use crate::model::placed::resolved;
use crate::transforms::split_stages::site::{Copied, Site, base_name};

/// An entry of a class path, or the folder of several.
pub(super) struct Named {
    /// The build file that names it.
    pub(super) file: String,
    /// Its path in the image; `None` where it is computed.
    pub(super) path: Option<String>,
}

/// What manifests name of the class path of a jar in a folder.
/// <https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html#class-path-attribute>
pub(super) fn named(site: &Site<'_>, holder: &str) -> Vec<Named> {
    let files = build_files(site);
    let mut poms = files.iter().filter(|(file, _)| is_pom(file));
    let has_libraries = poms.any(|(_, text)| has_libraries(text));
    let mut named = Vec::new();
    for (file, text) in &files {
        let name = base_name(&file.origin);
        let paths = if is_pom(file) {
            of_maven(text, parent(&file.path), has_libraries)
        } else if is_gradle(name) {
            of_gradle(text)
        } else if name == "build.xml" {
            of_ant(text)
        } else {
            let entries = of_manifest(text);
            entries.into_iter().map(Some).collect()
        };
        named.extend(paths.into_iter().map(|path| Named {
            file: file.origin.clone(),
            path: path.and_then(|path| in_image(holder, &path)),
        }));
    }
    named
}

/// The folders that the build fills, as far as a build file or a command says so.
pub(super) fn made(site: &Site<'_>) -> Vec<String> {
    let mut made = Vec::new();
    for (file, text) in build_files(site) {
        let folder = parent(&file.path);
        if is_pom(file) {
            let written = elements(text, "outputDirectory");
            let written = written.filter_map(|it| of_project(it, text, folder));
            made.extend(written.filter_map(|it| resolved(folder, &it)));
        } else if is_gradle(base_name(&file.origin)) {
            made.extend(filled_by_gradle(text, folder));
        }
    }
    for run in site.input.model.runs_of(site.stage.index) {
        let state = site.input.model.state(run.item);
        let folder = state.and_then(|state| state.workdir.value.known());
        for command in &run.commands {
            if matches!(command.name(), Some("cp" | "mv")) {
                made.extend(site.paths_of(run.item, command).pop());
            }
            let told = command.arguments().iter();
            let told = told.filter_map(|word| word.raw.strip_prefix("-DoutputDirectory="));
            let told = told.filter(|path| !path.contains('$'));
            made.extend(told.filter_map(|path| resolved(folder?, path)));
        }
    }
    made
}

fn is_pom(file: &Copied) -> bool {
    base_name(&file.origin) == "pom.xml"
}

fn is_gradle(name: &str) -> bool {
    name.ends_with(".gradle") || name.ends_with(".gradle.kts")
}

/// The files in the image that say something of a class path.
fn build_files<'s>(site: &'s Site<'_>) -> Vec<(&'s Copied, &'s str)> {
    let is_it = |file: &&Copied| {
        let name = base_name(&file.origin);
        let is_manifest = name.to_ascii_lowercase().ends_with(".mf") || name == "manifest.txt";
        is_pom(file) || name == "build.xml" || is_gradle(name) || is_manifest
    };
    let files = site.copied().unwrap_or_default().iter().filter(is_it);
    files
        .filter_map(|file| Some((file, site.context.text(&file.origin).ok()?)))
        .collect()
}

/// The path of an entry, which is an address as seen from the jar.
fn in_image(holder: &str, entry: &str) -> Option<String> {
    let path = match entry.strip_prefix("file:") {
        Some(path) => format!("/{}", path.trim_start_matches('/')),
        None => entry.to_owned(),
    };
    let is_plain = !path.contains(['$', '%', '@', ':']);
    resolved(holder, &path).filter(|_| is_plain)
}

/// What stands in the elements of a name.
fn elements<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    text.match_indices(&start)
        .map(|(at, _)| at + start.len())
        .filter_map(move |at| text[at..].split(&end).next())
        .map(str::trim)
        .collect::<Vec<_>>()
        .into_iter()
}

/// A value of a `pom.xml` with the properties of the project and its own; `None` where others are left.
fn of_project(value: &str, pom: &str, folder: &str) -> Option<String> {
    let known = |value: &str| {
        value
            .replace("${project.build.directory}", &format!("{folder}/target"))
            .replace("${project.basedir}", folder)
            .replace("${basedir}", folder)
    };
    let mut value = known(value);
    // One property may name another.
    for _ in 0..4 {
        let Some((before, rest)) = value.split_once("${") else {
            return Some(value);
        };
        let (name, after) = rest.split_once('}')?;
        let own = known(elements(pom, name).next()?);
        value = format!("{before}{own}{after}");
    }
    (!value.contains("${")).then_some(value)
}

/// <https://maven.apache.org/shared/maven-archiver/index.html#class_manifest>
fn of_maven(pom: &str, folder: &str, has_libraries: bool) -> Vec<Option<String>> {
    let pom = without(pom, "<!--", "-->");
    let entries = elements(&pom, "Class-Path").flat_map(str::split_whitespace);
    let mut found: Vec<Option<String>> = entries.map(|it| of_project(it, &pom, folder)).collect();
    if !has_libraries || !elements(&pom, "addClasspath").any(|it| it != "false") {
        return found;
    }
    let prefixes: Vec<&str> = elements(&pom, "classpathPrefix").collect();
    found.extend(prefixes.iter().map(|it| of_project(it, &pom, folder)));
    if prefixes.is_empty() {
        found.push(Some(".".to_owned()));
    }
    let mut layouts = elements(&pom, "customClasspathLayout");
    if layouts.any(|it| it.starts_with('/') || it.contains("..")) {
        found.push(None);
    }
    found
}

/// What stands near `Class-Path`: paths that lead out of the folder of the jar, or the names of files in it.
fn of_gradle(text: &str) -> Vec<Option<String>> {
    // The files of the cache, by their paths.
    const WHOLE: &[&str] = &[
        "absolutePath",
        "canonicalPath",
        "asPath",
        "it.path",
        "toURI",
        "toURL",
        "getAbsolutePath",
        "getPath",
    ];
    // A list of entries is written in a few lines.
    const NEAR: usize = 400;
    let mut found = Vec::new();
    for (at, name) in text.match_indices("Class-Path") {
        if WHOLE.iter().any(|it| text.contains(it)) {
            found.push(None);
        }
        let near: String = text[at + name.len()..].chars().skip(1).take(NEAR).collect();
        let before = found.len();
        for literal in literals(&near) {
            let literal = literal.trim();
            let plain = literal.split('$').next().unwrap_or_default();
            let is_out = ["../", "/", "file:"].iter().any(|it| plain.starts_with(it));
            if is_out && plain.len() > 1 {
                found.push(Some(plain.to_owned()));
            } else if literal.starts_with('$') && literal.contains('/') {
                found.push(None);
            }
        }
        if found.len() == before {
            found.push(Some(".".to_owned()));
        }
    }
    found
}

/// What stands between quotes.
fn literals(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = &rest[at..=at];
        let Some((literal, behind)) = rest[at + 1..].split_once(quote) else {
            break;
        };
        found.push(literal);
        rest = behind;
    }
    found
}

/// The folders that tasks of Gradle's copy into: `into "$buildDir/deps"`.
fn filled_by_gradle(text: &str, folder: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| {
        let names = ["into", "destinationDir"];
        let at = names
            .iter()
            .find_map(|name| Some(line.find(name)? + name.len()))?;
        let line = &line[at..];
        let literal = literals(line).pop()?;
        let plain = literal
            .replace("${layout.buildDirectory.get()}", "$buildDir")
            .replace("${project.buildDir}", "$buildDir")
            .replace("${buildDir}", "$buildDir");
        let build = format!("{folder}/build");
        let path = match plain.strip_prefix("$buildDir/") {
            Some(inner) => resolved(&build, inner),
            None if line.contains("buildDir") => resolved(&build, &plain),
            None => resolved(folder, &plain),
        };
        path.filter(|path| !path.contains(['$', '{']))
    });
    lines.collect()
}

/// Entries of Ant's that are written out; others lie beside the jar, unless the file leads out of a folder.
fn of_ant(text: &str) -> Vec<Option<String>> {
    let places = text.match_indices("\"Class-Path\"");
    let values = places.map(|(at, _)| {
        let start = text[..at].rfind('<').unwrap_or(at);
        let element = text[start..].split('>').next().unwrap_or_default();
        let value = element.split("value=\"").nth(1)?;
        value.split('"').next()
    });
    let entries = values.flat_map(|value| match value {
        Some(value) if !value.contains("${") => {
            let entries = value.split_whitespace().map(|it| Some(it.to_owned()));
            entries.collect()
        }
        _ if text.contains("../") => vec![None],
        _ => vec![Some(".".to_owned())],
    });
    entries.collect()
}

/// The entries of a manifest, whose lines go on behind a space.
fn of_manifest(text: &str) -> Vec<String> {
    let whole = text.replace("\r\n", "\n").replace("\n ", "");
    let lists = whole
        .lines()
        .filter_map(|it| it.strip_prefix("Class-Path:"));
    let entries = lists.flat_map(str::split_whitespace).map(str::to_owned);
    entries.collect()
}

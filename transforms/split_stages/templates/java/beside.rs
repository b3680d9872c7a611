//! What lies beside a jar that is started: the libraries that its manifest names.

use std::collections::BTreeSet;

use super::class_path;
use super::layers::is_extraction;
use super::sources::{BUILD_FILES, WITH_ANT, is_source};
use crate::model::folders::parent;
use crate::model::placed::resolved;
use crate::model::run::is_within;
use crate::transforms::split_stages::reasons::{
    ARTIFACT_NOT_FOUND, FILES_NOT_KNOWN, NOTHING_IS_BUILT,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};

/// A jar with all that it needs: itself, or the folders with the libraries that it names.
pub(super) fn of_jar(
    site: &Site<'_>,
    jar: &str,
    range: imgfix_syntax::TextRange,
) -> Result<Vec<String>, Refusal> {
    if site.origin(jar).is_some() || is_to_come(site, jar) {
        return Err((range, &NOTHING_IS_BUILT, format!("`{jar}`")));
    }
    let is_taken_apart = is_taken_apart(site, jar);
    if !is_taken_apart && !is_made(site, jar) && !site.is_told_artifacts() {
        return Err((range, &ARTIFACT_NOT_FOUND, format!("`{jar}`")));
    }
    let holder = parent(jar);
    let mut is_fat = false;
    let mut is_whole = true;
    for text in site.texts_named(BUILD_FILES) {
        let has_dependencies = has_libraries(text)
            || text.contains("implementation")
            || text.contains("compile ")
            || text.contains("Class-Path");
        is_fat |= holds_all(text);
        is_whole &= holds_all(text) || !has_dependencies;
    }
    let mut made = None;
    let mut found = Vec::new();
    let mut is_folder = is_taken_apart || base_name(jar) == "quarkus-run.jar";
    let named = class_path::named(site, holder);
    for entry in &named {
        let unknown = || {
            (
                range,
                &FILES_NOT_KNOWN,
                format!("the class path of `{}`", entry.file),
            )
        };
        let Some(path) = entry.path.as_deref() else {
            // Who names what is built names the libraries, too.
            if site.is_told_artifacts() {
                continue;
            }
            return Err(unknown());
        };
        if is_within(path, holder) {
            is_folder |= !is_fat && !is_of_context(site, path);
            continue;
        }
        let made = made.get_or_insert_with(|| class_path::made(site));
        let folder = made.iter().find(|it| is_within(path, it) && *it != "/");
        match folder {
            Some(folder) => found.push(folder.clone()),
            // It comes along anyway.
            None if is_of_context(site, path) || site.is_told_artifacts() => {}
            None => return Err(unknown()),
        }
    }
    is_folder |= !is_whole && named.is_empty();
    if is_folder && matches!(holder, "/" | "") {
        return Err((range, &FILES_NOT_KNOWN, format!("what lies beside `{jar}`")));
    }
    found.insert(0, if is_folder { holder } else { jar }.to_owned());
    let mut seen = BTreeSet::new();
    found.retain(|path| seen.insert(path.clone()));
    Ok(found)
}

/// Whether a COPY brings a jar that is not there yet, by a pattern: git has none of what was built.
fn is_to_come(site: &Site<'_>, jar: &str) -> bool {
    let mut placed = site.placed.iter();
    placed.any(|it| {
        let copy = site.input.model.instruction(it.item);
        let mut words = copy
            .into_iter()
            .flat_map(|it| it.body.as_str().split_whitespace());
        it.sources.is_empty()
            && (it.to == jar || it.to == parent(jar))
            && words.any(|word| word.ends_with(".jar") || word.ends_with('*'))
    })
}

/// Whether the author takes another jar apart, of which one with its libraries beside it may come.
fn is_taken_apart(site: &Site<'_>, jar: &str) -> bool {
    let mut runs = site.input.model.runs_of(site.stage.index);
    runs.any(|run| {
        let state = site.input.model.state(run.item);
        let folder = state.and_then(|state| state.workdir.value.known());
        run.commands.iter().any(|command| {
            let words: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
            let taken = words.iter().skip_while(|it| **it != "-jar").nth(1);
            let taken = taken.and_then(|it| resolved(folder.unwrap_or("/"), it));
            is_extraction(&words) && taken.as_deref() != Some(jar)
        })
    })
}

/// Whether a step may make a jar: Maven, Gradle and Ant do so in their folders, or where a build file says so.
fn is_made(site: &Site<'_>, jar: &str) -> bool {
    const FOLDERS: &[&str] = &["target", "build", "dist", "out"];
    const MOVE: &[&str] = &["cp", "find", "install", "jar", "ln", "mv", "tar"];
    const TELL: &[&str] = &[
        "outputDirectory",
        "destinationDir",
        "libsDir",
        "destfile",
        "into",
    ];
    let runs = site.input.model.runs_of(site.stage.index);
    let mut commands = runs.flat_map(|run| &run.commands);
    jar.split('/').any(|part| FOLDERS.contains(&part))
        || commands.any(|it| it.name().is_some_and(|name| MOVE.contains(&name)))
        || site
            .texts_named(WITH_ANT)
            .any(|text| TELL.iter().any(|it| text.contains(it)))
}

/// Whether a build file makes a jar with all that it needs.
fn holds_all(text: &str) -> bool {
    const PLUGINS: &[&str] = &[
        "spring-boot-maven-plugin",
        "maven-shade-plugin",
        "jar-with-dependencies",
        "shadow",
        "micronaut",
        "fatJar",
        "uber",
    ];
    // With these alone a manifest may name the others.
    const FRAMEWORKS: &[&str] = &["spring-boot", "ktor"];
    let has = |names: &[&str]| names.iter().any(|it| text.contains(it));
    has(PLUGINS) || (has(FRAMEWORKS) && !text.contains("<addClasspath>true"))
}

/// Whether a path is one of the files of the context that come along, or holds some.
fn is_of_context(site: &Site<'_>, path: &str) -> bool {
    let copied = site.copied().unwrap_or_default().iter();
    let mut inner = copied.filter(|file| is_within(&file.path, path)).peekable();
    inner.peek().is_some() && inner.all(|file| !is_source(&file.origin))
}

/// Whether a `pom.xml` has dependencies that a manifest can name: Maven puts those of tests, and those that are
/// provided, into no class path of a jar.
/// <https://maven.apache.org/shared/maven-archiver/examples/classpath.html>
pub(super) fn has_libraries(pom: &str) -> bool {
    let own = without(pom, "<!--", "-->");
    let own = without(&own, "<dependencyManagement>", "</dependencyManagement>");
    let own = without(&own, "<plugins>", "</plugins>");
    let elements = own.split("<dependency>").skip(1);
    let mut elements = elements.map(|rest| rest.split("</dependency>").next().unwrap_or(rest));
    elements.any(|element| {
        let scope = element.split("<scope>").nth(1);
        let scope = scope.and_then(|rest| rest.split('<').next());
        !matches!(scope.map(str::trim), Some("test" | "provided" | "import"))
    })
}

/// A text without all that stands between two marks.
pub(super) fn without(text: &str, start: &str, end: &str) -> String {
    let mut parts = text.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| {
        let rest = part.split_once(end).map_or("", |(_, rest)| rest);
        whole + rest
    })
}

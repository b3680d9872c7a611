//! A war that is built in Tomcat's own image. Tomcat compiles pages by itself, with the compiler of Eclipse: the runtime
//! environment is enough.

use super::step_names;
use crate::model::folders::parent;
use crate::model::images::{base_facts, version_of};
use crate::model::placed::resolved;
use crate::model::run::is_within;
use crate::model::stage::Stage;
use crate::transform::Input;
use crate::transforms::split_stages::reasons::{
    ARTIFACT_NOT_FOUND, BASE_NOT_KNOWN, STEP_NOT_CLASSIFIED,
};
use crate::transforms::split_stages::site::{Refusal, Site};

/// Where Tomcat is.
const HOME: &str = "/usr/local/tomcat";

/// What it serves; nothing is in it by itself.
/// <https://github.com/docker-library/tomcat/pull/181>
pub(super) const SERVED: &str = "/usr/local/tomcat/webapps";

/// Whether the image is Tomcat's.
pub(super) fn is_it(site: &Site<'_>) -> bool {
    site.image.name == "tomcat"
}

/// Whether a program is Tomcat's start script.
pub(super) fn is_start(word: &str) -> bool {
    matches!(
        word,
        "catalina.sh" | "bin/catalina.sh" | "/usr/local/tomcat/bin/catalina.sh"
    )
}

/// Whether something is built in the image.
pub(super) fn is_built(input: &Input<'_>, stage: &Stage) -> bool {
    let runs = input.model.runs_of(stage.index);
    let mut commands = runs.flat_map(|run| &run.commands);
    commands.any(|command| command.name().is_some_and(step_names))
}

/// Tomcat on the runtime environment of the same Java and system; the same image where the tag names no kit.
pub(super) fn image(site: &Site<'_>) -> Result<String, Refusal> {
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    // Images of single releases from before 2019 have something to serve.
    let is_current = match version_of(tag).as_deref() {
        Some([major]) => *major >= 9,
        Some([major, minor]) => (*major, *minor) >= (8, 5),
        _ => false,
    };
    if !is_current {
        let what = "its tag names no release of Tomcat, or a single patch of it".to_owned();
        return site.refuse(&BASE_NOT_KNOWN, what);
    }
    let jre = tag.replacen("-jdk", "-jre", 1);
    let is_temurin = tag
        .split('-')
        .skip(2)
        .all(|word| word == "temurin" || site.facts.and_then(|facts| facts.release) == Some(word));
    let other = base_facts("tomcat", Some(&jre)).filter(|facts| !facts.gone && jre != tag);
    let is_same = |release| {
        site.facts
            .is_some_and(|facts| facts.release.is_some() && facts.release == release)
    };
    Ok(match other {
        Some(facts) if is_temurin && is_same(facts.release) => {
            format!("{}tomcat:{jre}", site.image.prefix)
        }
        _ => site.image_text(),
    })
}

/// What the steps put below Tomcat's folder, of the paths that they copy to.
pub(super) fn deployed(site: &Site<'_>, moved: &[String]) -> Result<Vec<String>, Refusal> {
    keep_what_is_there(site)?;
    let mut found: Vec<String> = Vec::new();
    for path in moved {
        let is_inside = found.iter().any(|it| is_within(path, it));
        if is_within(path, HOME) && path != HOME && !is_inside {
            found.retain(|it| !is_within(it, path));
            found.push(path.clone());
        }
    }
    if found.iter().any(|path| is_within(path, SERVED)) {
        return Ok(found);
    }
    let what = format!("nothing is put into `{SERVED}`");
    Err((site.start_range(), &ARTIFACT_NOT_FOUND, what))
}

/// What the image has of its own is not removed, but for what it serves, which is nothing; and nothing is unpacked
/// there.
fn keep_what_is_there(site: &Site<'_>) -> Result<(), Refusal> {
    for run in site.input.model.runs_of(site.stage.index) {
        let state = site.input.model.state(run.item);
        let folder = state.and_then(|state| state.workdir.value.known());
        let mut folder = folder.unwrap_or("/").to_owned();
        for command in &run.commands {
            // What they unpack, and where, is not seen.
            if matches!(command.name(), Some("jar" | "tar" | "unzip")) {
                let what = format!("`{}`", command.raw_words().join(" "));
                return Err((command.range, &STEP_NOT_CLASSIFIED, what));
            }
            let operands = command.arguments().iter();
            let operands = operands.filter(|word| !word.raw.starts_with('-'));
            for word in operands {
                let written = word.raw.trim_matches('"').replace("${CATALINA_HOME}", HOME);
                let written = written.replace("$CATALINA_HOME", HOME);
                let path = resolved(&folder, written.trim_end_matches(['*', '/']));
                match (command.name(), path) {
                    (Some("cd"), Some(path)) => folder = path,
                    (Some("rm" | "mv"), path) => {
                        let is_known = path.is_some_and(|path| {
                            !is_within(&path, HOME)
                                || is_within(&path, SERVED)
                                || path.starts_with(&format!("{SERVED}/"))
                                || site
                                    .placed
                                    .iter()
                                    .any(|it| is_within(&path, &it.to) && it.to != HOME)
                        });
                        if !is_known {
                            let what = format!("`{}`", command.raw_words().join(" "));
                            return Err((command.range, &STEP_NOT_CLASSIFIED, what));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

/// Where a file goes that is copied or moved: into a folder under its own name.
pub(super) fn into_folder(target: &str, sources: &[&str], is_written_as_folder: bool) -> String {
    let [source] = sources else {
        return target.to_owned();
    };
    let name = source.rsplit('/').next().unwrap_or(source);
    let is_plain = !name.is_empty() && !name.contains(['$', '"', '?', '[', '{']);
    let is_folder = is_written_as_folder || target == SERVED;
    // A pattern that names no kind of file may fit anything.
    let is_known = is_plain && (!name.contains('*') || name.ends_with(".war"));
    if is_folder && is_known && parent(target) != target {
        format!("{}/{name}", target.trim_end_matches('/'))
    } else {
        target.to_owned()
    }
}

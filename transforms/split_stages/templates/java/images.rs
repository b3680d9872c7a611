//! Images with the runtime environment.

use crate::model::images::{BaseFacts, base_facts};
use crate::transforms::split_stages::reasons::BASE_NOT_KNOWN;
use crate::transforms::split_stages::site::{Refusal, Site};

/// The image with the runtime environment of the version, maker and system of the development kit.
pub(super) fn runtime_image(site: &Site<'_>) -> Result<String, Refusal> {
    let refuse = |what: &str| site.refuse(&BASE_NOT_KNOWN, what);
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    if let Some(jre) = openjdk(&site.image.name, tag) {
        let release = |facts: Option<BaseFacts>| facts.and_then(|facts| facts.release);
        let other = base_facts("openjdk", Some(&jre));
        return match release(other) {
            // Packages have the same names within a release.
            Some(it) if release(site.facts) == Some(it) || !installs_packages(site) => {
                Ok(format!("{}openjdk:{jre}", site.image.prefix))
            }
            _ => refuse("no runtime environment of the same release is known"),
        };
    }
    // What stands behind the version of the kit: its system.
    let kit = match site.image.name.as_str() {
        "maven" => tag
            .split_once("eclipse-temurin-")
            .map(|(_, kit)| kit.to_owned()),
        "gradle" => tag
            .split_once("jdk")
            .filter(|(before, _)| before.is_empty() || before.ends_with('-'))
            .map(|(_, kit)| kit.to_owned()),
        _ if tag.contains("jre") => None,
        _ => Some(tag.replacen("-jdk", "", 1)),
    };
    let Some(kit) = kit.filter(|kit| kit.starts_with(|char: char| char.is_ascii_digit())) else {
        return refuse("its tag names no kit of Temurin's");
    };
    let (version, system) = kit.split_once('-').unwrap_or((&kit, ""));
    let jre = if system.is_empty() {
        format!("{version}-jre")
    } else {
        format!("{version}-jre-{system}")
    };
    let family = site.facts.map(|facts| facts.family);
    match base_facts("eclipse-temurin", Some(&jre)) {
        Some(facts) if !facts.gone && (family.is_none() || family == Some(facts.family)) => {
            Ok(format!("{}eclipse-temurin:{jre}", site.image.prefix))
        }
        _ => refuse("no runtime environment of the same version is known"),
    }
}

/// The version of Java that the tag of the development kit names.
pub(super) fn version_of_kit(site: &Site<'_>) -> Option<u32> {
    let tag = site.image.tag.as_deref()?;
    let behind = |word: &str| tag.find(word).map(|at| &tag[at + word.len()..]);
    let kit = match site.image.name.as_str() {
        "maven" => ["eclipse-temurin-", "openjdk-", "amazoncorretto-", "-jdk-"]
            .into_iter()
            .find_map(behind)?,
        "gradle" => behind("jdk")?,
        _ => tag,
    };
    let digits = kit.split(|char: char| !char.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn installs_packages(site: &Site<'_>) -> bool {
    let runs = site.input.model.runs_of(site.stage.index);
    let mut operations = runs.flat_map(|run| &run.operations);
    operations.any(|operation| operation.manager.is_system)
}

/// The tag of the runtime environment of the `OpenJDK` images, which have one for Java 8 and 11: theirs, and those of
/// Maven that are made from them.
fn openjdk(image: &str, tag: &str) -> Option<String> {
    let kit = match image {
        "openjdk" => tag,
        "maven" => {
            let at = tag.find("openjdk-").map(|at| at + "openjdk-".len());
            let at = at.or_else(|| tag.find("-jdk-").map(|at| at + "-jdk-".len()))?;
            &tag[at..]
        }
        _ => return None,
    };
    let kit = kit.replacen("-jdk", "", 1);
    let (version, system) = kit.split_once('-').unwrap_or((&kit, ""));
    let has_one = ["8", "11"].contains(&version)
        || ["8u", "11.0"]
            .iter()
            .any(|start| version.starts_with(start));
    let is_plain = !system.contains("jre") && !system.contains("windows");
    let system = if system.is_empty() {
        String::new()
    } else {
        format!("-{system}")
    };
    (has_one && is_plain).then(|| format!("{version}-jre{system}"))
}

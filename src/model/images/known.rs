//! The system inside an official image, by name and tag.
//!
//! A tag that names a release (`3.12-slim-bookworm`, `20-alpine3.19`) says it itself. For others
//! `known.txt` has what the image's maintainers listed last, to August 2026: a floating tag means
//! its newest listing, a tag that is no longer listed its last. `cargo xtask tables` generates it.
//!
//! Format: `[image]`, then one line per spelling of what follows the version in a tag (empty for a
//! bare version), a tab and the systems by version. Entries are sorted by number of components and
//! version. One holds for the versions up to the next entry with as many components; nothing after
//! `=` means unknown, nothing follows the last entry. Lines that begin with `=` are whole tags
//! without a version.

use std::sync::LazyLock;

use super::bun;
use super::distributions::{debian_suite, is_distribution, system};
use super::sections::Sections;
use super::system::{Family, System};

const KNOWN: &str = include_str!("known.txt");

static SECTIONS: LazyLock<Sections> = LazyLock::new(|| Sections::of(KNOWN));

/// What is known about an official image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BaseFacts {
    /// The family of its system.
    pub family: Family,
    /// The release, spelled as in [`System::release`]; `None` when it cannot be told.
    pub release: Option<&'static str>,
    /// Whether the tag is the image's `-slim` variant.
    pub slim: bool,
    /// Whether its packages have left the mirrors: `apt-get update` or `yum install` fails.
    pub gone: bool,
    /// Whether the image carries `ONBUILD` triggers, which run right after `FROM`.
    pub has_onbuild: bool,
}

/// The facts about `name:tag`, `latest` when there is no tag.
///
/// `None` when the image is not an official one or the tag does not say enough to name a family.
pub fn base_facts(name: &str, tag: Option<&str>) -> Option<BaseFacts> {
    let tag = tag.unwrap_or("latest");
    if name == bun::NAME {
        return bun::facts(tag);
    }
    let System {
        family,
        release,
        gone,
    } = if is_distribution(name) {
        system(name, tag)
    } else {
        derived(name, tag)
    }?;
    let has = |word: &str| tag.split('-').any(|each| each == word);
    Some(BaseFacts {
        family,
        release,
        slim: has("slim"),
        gone,
        has_onbuild: has("onbuild"),
    })
}

/// Whether a tag says the release itself, so that it means the same tomorrow; a floating one does not.
pub fn names_release(name: &str, tag: &str) -> bool {
    let says = |word: &str| System::named(word).is_some_and(|system| system.release.is_some());
    if !is_distribution(name) {
        return tag.split('-').any(says);
    }
    let word = tag.split('-').next().unwrap_or(tag);
    let is_number = word.starts_with(|char: char| char.is_ascii_digit());
    // Alpine's major version is that of the newest release.
    (is_number && (name != "alpine" || word.contains('.'))) || word == "edge" || says(word)
}

/// The system of an image that is built on a distribution's.
fn derived(name: &str, tag: &str) -> Option<System> {
    let lines = lines_of(name)?;
    let named = tag
        .split('-')
        .find_map(|word| System::named(word).or_else(|| debian_suite_of(name, word)));
    match named {
        Some(system) if system.release.is_some() || system.family == Family::Other => Some(system),
        _ => listed(lines, tag).or(named),
    }
}

/// Debian's moving names occur in the tags of one image only.
fn debian_suite_of(name: &str, word: &str) -> Option<System> {
    debian_suite(word).filter(|_| name == "buildpack-deps")
}

/// The lines of an image in the table.
fn lines_of(name: &str) -> Option<impl Iterator<Item = &'static str>> {
    SECTIONS.lines(name)
}

/// What the table says about a tag without a release in it.
fn listed(mut lines: impl Iterator<Item = &'static str>, tag: &str) -> Option<System> {
    let Some((version, suffix)) = split_version(tag) else {
        let entry = lines.find_map(|line| {
            line.strip_prefix('=')?
                .strip_prefix(tag)?
                .strip_prefix('\t')
        });
        return System::named(entry?);
    };
    let entries = lines.find_map(|line| line.strip_prefix(suffix)?.strip_prefix('\t'))?;
    let entries: Vec<(Vec<u32>, &str)> = entries
        .split(' ')
        .filter_map(|entry| {
            let (version, system) = entry.split_once('=')?;
            Some((components(version), system))
        })
        .collect();
    at_version(&entries, &components(version))
}

/// The system of a version, from entries of one suffix.
///
/// A patch release newer than the table is built like its minor release; of a newer minor release
/// only the family is likely.
fn at_version(entries: &[(Vec<u32>, &str)], wanted: &[u32]) -> Option<System> {
    let same_length: Vec<&(Vec<u32>, &str)> = entries
        .iter()
        .filter(|(version, _)| version.len() == wanted.len())
        .collect();
    let after = same_length.partition_point(|(version, _)| version.as_slice() <= wanted);
    let last = same_length[..after].last();
    let is_listed = last.is_some_and(|(version, _)| version == wanted);
    if is_listed || after < same_length.len() {
        return System::named(last?.1);
    }
    match wanted.split_last()?.1 {
        [] => None,
        [major] => at_version(entries, &[*major]).map(|system| System {
            release: None,
            gone: false,
            ..system
        }),
        minor => at_version(entries, minor),
    }
}

/// Splits a tag into its leading version and the rest; `None` when it has no version.
pub(super) fn split_version(tag: &str) -> Option<(&str, &str)> {
    let end = tag
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(tag.len());
    let version = tag[..end].trim_end_matches('.');
    (!version.is_empty()).then(|| tag.split_at(version.len()))
}

/// The version that a tag begins with; `None` where it begins with none.
pub fn version_of(tag: &str) -> Option<Vec<u32>> {
    split_version(tag).map(|(version, _)| components(version))
}

/// The numbers of a version.
pub(super) fn components(version: &str) -> Vec<u32> {
    version
        .split('.')
        .filter_map(|number| number.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests;

//! Files that the build makes, that the program names and that nothing brings: the pages of a front end, what a
//! plug-in lays out.

use super::class_path;
use super::sources::{BUILD_FILES, is_own};
use crate::model::folders::parent;
use crate::model::placed::{joined, resolved};
use crate::model::run::is_within;
use crate::transforms::split_stages::plan::Brought;
use crate::transforms::split_stages::reasons::FILES_NOT_KNOWN;
use crate::transforms::split_stages::site::{Copied, Refusal, Site, base_name};

/// Declines where a source, the settings or a variable name what the build makes and nothing brings.
pub(super) fn refuse(site: &Site<'_>, brought: &[Brought]) -> Result<(), Refusal> {
    let Some(folder) = site.folder().filter(|_| !site.is_told_artifacts()) else {
        return Ok(());
    };
    let places = places(site, &folder);
    let copied = site.copied().unwrap_or_default();
    let is_lost = |written: &str| {
        let path = path(&folder, written)?;
        let is_there = brought.iter().any(|it| is_within(&path, &it.to))
            || copied.iter().any(|file| is_within(&file.path, &path));
        let is_made = places.iter().any(|it| is_within(&path, it));
        (is_made && !is_there).then_some(path)
    };
    let mut lost = None;
    // Sets of tests have folders of their own: `src/integrationTest`.
    let is_of_tests = |file: &Copied| {
        let mut folders = parent(&file.origin).split('/');
        folders.any(|it| it.to_ascii_lowercase().ends_with("test") || it == "it")
    };
    for source in site.sources(|file| is_own(file) && !is_of_tests(file))? {
        let (_, text) = source?;
        // The contents of literals stand at each second place of a line.
        let mut literals = text
            .lines()
            .flat_map(|line| line.split('"').skip(1).step_by(2));
        lost = lost.or_else(|| literals.find_map(is_lost));
    }
    let settings = copied.iter().filter(|file| {
        let name = base_name(&file.origin);
        name.starts_with("application") && !name.ends_with(".java")
    });
    let settings = settings.filter_map(|file| site.context.text(&file.origin).ok());
    let mut addresses =
        settings.flat_map(|text| text.match_indices("file:").map(|(at, _)| &text[at..]));
    let lost = lost
        .or_else(|| {
            addresses.find_map(|it| is_lost(it.split([' ', ',', '"', '\'', '\n', '\r']).next()?))
        })
        .or_else(|| site.said().find_map(is_lost));
    match lost {
        Some(path) => {
            let what = format!("`{path}`, which the build makes and the program names");
            site.refuse(&FILES_NOT_KNOWN, what)
        }
        None => Ok(()),
    }
}

/// The path of the image that a text writes, as far as it is not computed; `None` where it is no path.
fn path(folder: &str, written: &str) -> Option<String> {
    let written = written.strip_prefix("file:").unwrap_or(written);
    let plain = written
        .split(['$', '{', '%', '*'])
        .next()
        .unwrap_or_default();
    let is_path = plain.contains('/') && !plain.contains([' ', ':', '\\', '<', '?', '=']);
    resolved(folder, plain).filter(|_| is_path && plain.len() > 1)
}

/// The folders that the build fills and that are not brought as a whole.
fn places(site: &Site<'_>, folder: &str) -> Vec<String> {
    let mut places = vec![joined(folder, "target"), joined(folder, "build")];
    let builds_pages = site.texts_named(BUILD_FILES).any(|text| {
        let tools = [
            "frontend-maven-plugin",
            "node",
            "npm",
            "pnpm",
            "yarn",
            "bun",
        ];
        tools.iter().any(|it| text.contains(it))
    });
    let manifests = site.copied().unwrap_or_default().iter();
    let manifests = manifests.filter(|file| base_name(&file.path) == "package.json");
    for front in manifests
        .filter(|_| builds_pages)
        .map(|file| parent(&file.path))
    {
        if front == folder {
            let usual = ["dist", "out", "www"];
            places.extend(usual.iter().map(|it| joined(folder, it)));
        } else {
            places.push(front.to_owned());
        }
    }
    let made = class_path::made(site).into_iter();
    places.extend(made.filter(|it| it != folder && it != "/"));
    places
}

//! `yarn install --frozen-lockfile` of yarn 1: <https://classic.yarnpkg.com/en/docs/cli/install>. It passes over
//! what is not in the lock file only where nothing is missing in it.

use super::Refusal;
use super::before::leave_manifests;
use super::berry;
use super::images::{self, commands_before, installed_globally};
use super::project::{ROOT_SIGNS, members, read_manifest, stands_alone};
use super::reasons::{LOCK_IS_STALE, LOCK_NOT_READ, SETTING_NOT_FOLLOWED, VERSION_NOT_KNOWN};
use super::site::{Change, Site, file, needed};
use crate::context::manifests::package_json::PackageJson;
use crate::context::manifests::yarn_lock::YarnLock;
use crate::model::reads::View;
use crate::transform::words::WordEdits;

/// Options that decide nothing about the lock file.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "--production", "--prod", "--ignore-scripts", "--ignore-engines", "--ignore-optional", "--ignore-platform",
    "--network-timeout", "--network-concurrency", "--non-interactive", "--no-progress", "--prefer-offline",
    "--silent", "-s", "--verbose", "--check-files", "--link-duplicates", "--no-bin-links", "--cache-folder",
    "--registry", "--mutex", "--no-emoji", "--no-default-rc", "--no-node-version-check", "--non-interactive",
    "--skip-integrity-check", "--update-checksums",
];

/// It leaves the lock file as it is, and installs what is not in it.
const PURE: &str = "--pure-lockfile";
const FROZEN: &str = "--frozen-lockfile";
const FOLDER: &[&str] = &["--cwd"];

/// Whether it is an install of the project that may write the lock file.
pub(super) fn is_missing(site: &Site<'_>) -> bool {
    let is_install = matches!(site.subcommand(), None | Some("install"));
    let has = |names: &[&str]| site.options().any(|(name, _)| names.contains(&name));
    is_install
        && site.names_nothing()
        && !images::is_global(site.command)
        && !has(&[
            FROZEN,
            "--immutable",
            "--immutable-cache",
            "--version",
            "-v",
            "--help",
            "-h",
        ])
}

pub(super) fn change<'a>(site: &Site<'a>) -> Result<Change<'a>, Refusal> {
    site.context_is_known("yarn.lock")?;
    site.is_plain()?;
    let placed = site.placed()?;
    let folder = site.folder(&placed, FOLDER)?;
    let view = site.view(&placed, folder.clone());
    let lock = needed(&view, &folder, "yarn.lock")?;
    let manifest = needed(&view, &folder, "package.json")?;
    let root = read_manifest(&manifest)?;
    if lock.text.contains("__metadata:") {
        return berry::change(site, &placed, &folder, &lock, (&manifest, &root));
    }
    site.options_are_among(&[KEPT, FOLDER, &[PURE]].concat())?;
    is_yarn_1(site, &view, &folder, &root)?;
    leave_manifests(site, &placed, lock.item.min(manifest.item))?;
    stands_alone(&view, &folder, ROOT_SIGNS)?;
    if let Some(key) = ["resolutions", "flat"].iter().find(|key| root.has_key(key)) {
        return Err((&SETTING_NOT_FOLLOWED, format!("`{key}`")));
    }
    let members = members(site, &view, &folder)?;
    let read = YarnLock::parse(lock.text);
    let read = read.map_err(|why| (&LOCK_NOT_READ, format!("`{}`: {why}", lock.path)))?;
    let manifests: Vec<&PackageJson> = [&root]
        .into_iter()
        .chain(members.iter().map(|(_, manifest)| manifest))
        .collect();
    read.answers(&manifests)
        .map_err(|what| (&LOCK_IS_STALE, what))?;
    let mut words = WordEdits::new(site.command);
    match site.options().find(|(name, _)| *name == PURE) {
        Some((_, word)) => words.replace(word, FROZEN),
        None => words.insert_after(site.operation.subcommand, " ", FROZEN),
    }
    Ok(Change {
        words,
        title: format!("add `{FROZEN}`"),
        because: "`yarn.lock` has an entry for every range of `package.json` and of what it brings; with the option, \
                  an install fails where one is missing, and would take what is newest without it; assumes that \
                  nothing reads a lock file which the install has written anew"
            .to_owned(),
    })
}

/// The yarn of the image is yarn 1, and nothing puts another one in its place.
fn is_yarn_1(
    site: &Site<'_>,
    view: &View<'_>,
    folder: &str,
    root: &PackageJson,
) -> Result<(), Refusal> {
    images::node(site)?;
    let unknown = |what: String| Err((&VERSION_NOT_KNOWN, what));
    if let Some((name, version)) = root.package_manager()
        && !(name == "yarn" && version.starts_with("1."))
    {
        return unknown(format!("`packageManager`: {name} {version}"));
    }
    if file(view, folder, ".yarnrc.yml")?.is_some() {
        return unknown("`.yarnrc.yml`: yarn 2 or later".to_owned());
    }
    let settings = file(view, folder, ".yarnrc")?.map_or("", |file| file.text);
    for line in settings.lines().map(str::trim) {
        if line.starts_with("yarn-path") && !line.contains("yarn-1.") {
            return unknown(format!("`{line}`"));
        }
        if line.contains("lockfile") {
            return Err((&SETTING_NOT_FOLLOWED, format!("`{line}`")));
        }
    }
    for (run, command) in commands_before(site) {
        let mut globals = installed_globally(run, command).into_iter();
        let is_other = |version: &str| !version.starts_with('1') && version != "latest";
        let brings = globals.any(|(name, version)| name == "yarn" && version.is_some_and(is_other));
        let mut words = command.words.iter().map(|word| word.raw.as_str());
        let prepares = command.name() == Some("corepack")
            && words.any(|word| word.strip_prefix("yarn@").is_some_and(is_other));
        let sets = command.name() == Some("yarn")
            && (command.has_argument("set") || command.has_argument("policies"));
        if brings || prepares || sets {
            let words: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
            return unknown(format!("`{}`", words.join(" ")));
        }
    }
    Ok(())
}

//! `pnpm install --frozen-lockfile`: <https://pnpm.io/cli/install#--frozen-lockfile>.

use super::Refusal;
use super::before::leave_manifests;
use super::images::{self, commands_before, installed_globally};
use super::project::{ROOT_SIGNS, members, read_manifest, stands_alone};
use super::reasons::{
    LOCK_IS_STALE, LOCK_NOT_READ, LOCK_OF_OTHER_VERSION, SETTING_NOT_FOLLOWED, VERSION_NOT_KNOWN,
};
use super::settings;
use super::site::{Change, Site, file, needed};
use crate::context::manifests::package_json::PackageJson;
use crate::context::manifests::pnpm_lock::PnpmLock;
use crate::model::images::version_of;
use crate::model::reads::View;
use crate::transform::words::WordEdits;

/// Options that decide nothing about the lock file.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "--prod", "-P", "--production", "--dev", "-D", "--no-optional", "--ignore-scripts", "--offline",
    "--prefer-offline", "--reporter", "--silent", "-s", "--loglevel", "--no-color", "--strict-peer-dependencies",
    "--store-dir", "--child-concurrency", "--network-concurrency", "--unsafe-perm", "--prefer-frozen-lockfile",
];

const FROZEN: &str = "--frozen-lockfile";
const FOLDER: &[&str] = &["-C", "--dir"];

/// Settings that decide about the lock file: <https://pnpm.io/settings>.
#[rustfmt::skip]
const DECIDING: &[&str] = &[
    "lockfile", "frozen-lockfile", "prefer-frozen-lockfile", "auto-install-peers", "exclude-links-from-lockfile",
    "shared-workspace-lockfile", "git-branch-lockfile", "link-workspace-packages", "lockfile-include-tarball-url",
    "lockfile-dir", "pnpmfile", "global-pnpmfile", "ignore-pnpmfile", "prefix", "dir", "global", "overrides",
    "use-lockfile-v6", "lockfile-only",
];

/// Keys of a manifest that the lock file depends on, beside the ranges.
#[rustfmt::skip]
const NOT_FOLLOWED: &[&str] = &[
    "pnpm", "resolutions", "overrides", "dependenciesMeta", "publishConfig", "peerDependencies",
];

/// Keys of a pnpm-workspace.yaml that the lock file does not depend on, beside the ranges.
const OF_WORKSPACE: &[&str] = &[
    "packages",
    "onlyBuiltDependencies",
    "ignoredBuiltDependencies",
    "allowBuilds",
];

/// Which major versions take which format of lock files as it is.
const FORMATS: &[(u32, &str)] = &[(7, "5.4"), (8, "6.0"), (9, "9.0"), (10, "9.0")];

/// Whether it is an install of the project that may write the lock file.
pub(super) fn is_missing(site: &Site<'_>) -> bool {
    let has = |names: &[&str]| site.options().any(|(name, _)| names.contains(&name));
    matches!(site.subcommand(), Some("install" | "i"))
        && site.names_nothing()
        && !images::is_global(site.command)
        && !has(&[FROZEN, "--no-frozen-lockfile", "--help", "-h"])
}

pub(super) fn change<'a>(site: &Site<'a>) -> Result<Change<'a>, Refusal> {
    site.context_is_known("pnpm-lock.yaml")?;
    site.is_plain()?;
    site.options_are_among(&[KEPT, FOLDER].concat())?;
    let placed = site.placed()?;
    let folder = site.folder(&placed, FOLDER)?;
    let view = site.view(&placed, folder.clone());
    let lock = needed(&view, &folder, "pnpm-lock.yaml")?;
    let manifest = needed(&view, &folder, "package.json")?;
    let root = read_manifest(&manifest)?;
    let major = version(site, &root)?;
    leave_manifests(site, &placed, lock.item.min(manifest.item))?;
    stands_alone(&view, &folder, ROOT_SIGNS)?;
    let read = PnpmLock::parse(lock.text);
    let read = read.map_err(|why| (&LOCK_NOT_READ, format!("`{}`: {why}", lock.path)))?;
    if !FORMATS.contains(&(major, read.format().as_str())) {
        let what = format!("pnpm {major}, and `lockfileVersion` {}", read.format());
        return Err((&LOCK_OF_OTHER_VERSION, what));
    }
    has_no_settings(site, &view, &folder, &read)?;
    let members = members(site, &view, &folder)?;
    let mut projects = vec![(".".to_owned(), &root)];
    projects.extend(
        members
            .iter()
            .map(|(folder, manifest)| (folder.clone(), manifest)),
    );
    for (_, manifest) in &projects {
        if let Some(key) = NOT_FOLLOWED.iter().find(|key| manifest.has_key(key)) {
            return Err((&SETTING_NOT_FOLLOWED, format!("`{key}`")));
        }
    }
    read.is_made_for(&projects)
        .map_err(|what| (&LOCK_IS_STALE, what))?;
    let mut words = WordEdits::new(site.command);
    words.insert_after(site.operation.subcommand, " ", FROZEN);
    Ok(Change {
        words,
        title: format!("add `{FROZEN}`"),
        because: "`pnpm-lock.yaml` was made for the ranges of `package.json`; with the option, an install fails where \
                  they differ, and would take what is newest without it"
            .to_owned(),
    })
}

/// The major version of pnpm, where the Dockerfile or the manifest says it.
fn version(site: &Site<'_>, root: &PackageJson) -> Result<u32, Refusal> {
    let unknown = |what: &str| (&VERSION_NOT_KNOWN, what.to_owned());
    let major = |version: &str| {
        let version = version.strip_prefix("latest-").unwrap_or(version);
        version_of(version)?.first().copied()
    };
    let asked = match root.package_manager() {
        Some(("pnpm", version)) => Some(version),
        Some((name, _)) => return Err(unknown(&format!("`packageManager`: {name}"))),
        None => None,
    };
    let mut installed = None;
    let mut by_corepack = false;
    for (run, command) in commands_before(site) {
        let globals = installed_globally(run, command).into_iter();
        let globals = globals.filter(|(name, _)| *name == "pnpm");
        for (_, version) in globals {
            installed = Some(version.unwrap_or("latest").to_owned());
        }
        if command.name() == Some("corepack") {
            by_corepack = true;
            let words = command.words.iter().map(|word| word.raw.as_str());
            let mut prepared = words.rev().filter_map(|word| word.strip_prefix("pnpm@"));
            installed = prepared.next().map(str::to_owned).or(installed);
        }
    }
    let found = match (asked, installed.as_deref()) {
        // pnpm 10 and later become the version that the manifest asks for, as corepack does.
        (Some(asked), None) if by_corepack => major(asked),
        (Some(asked), Some(_)) if by_corepack => major(asked),
        (Some(asked), Some(own)) if own == "latest" || major(own) == major(asked) => major(asked),
        (None, Some(own)) => major(own),
        _ => None,
    };
    found.ok_or_else(|| unknown(installed.as_deref().unwrap_or_default()))
}

/// No setting that is not followed decides about the lock file.
fn has_no_settings(
    site: &Site<'_>,
    view: &View<'_>,
    folder: &str,
    lock: &PnpmLock,
) -> Result<(), Refusal> {
    let refused = |what: String| Err((&SETTING_NOT_FOLLOWED, what));
    if let Some(key) = lock.setting() {
        return refused(format!("`{key}` in `pnpm-lock.yaml`"));
    }
    for name in [".pnpmfile.cjs", ".pnpmfile.mjs"] {
        if file(view, folder, name)?.is_some() {
            return refused(format!("`{name}`"));
        }
    }
    let settings = settings::of(site, view, folder)?;
    if let Some(it) = settings
        .iter()
        .find(|it| DECIDING.contains(&it.key.as_str()))
    {
        return refused(format!("`{}` in {}", it.key, it.place));
    }
    let workspace = file(view, folder, "pnpm-workspace.yaml")?.map_or("", |file| file.text);
    let keys = workspace.lines().filter_map(|line| {
        let is_key = line.starts_with(|char: char| char.is_ascii_alphabetic());
        line.split_once(':')
            .filter(|_| is_key)
            .map(|(key, _)| key.trim())
    });
    match keys.into_iter().find(|key| !OF_WORKSPACE.contains(key)) {
        Some(key) => refused(format!("`{key}` in `pnpm-workspace.yaml`")),
        None => Ok(()),
    }
}

//! `npm install` becomes `npm ci`: <https://docs.npmjs.com/cli/v11/commands/npm-ci>.

use super::Refusal;
use super::before::{has_no_modules, leave_manifests};
use super::images::{self, Npm};
use super::reasons::{
    LOCK_IS_STALE, LOCK_NOT_BROUGHT, LOCK_NOT_READ, LOCK_OF_OTHER_VERSION, SETTING_NOT_FOLLOWED,
};
use super::settings;
use super::site::{Change, File, Site, file, needed, not_read};
use crate::context::manifests::package_json::PackageJson;
use crate::context::manifests::package_lock::{Member, PackageLock, Unanswered};
use crate::model::placed::joined;
use crate::model::reads::{View, javascript};
use crate::transform::words::WordEdits;

/// Options that mean the same to both.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "--omit", "--include", "--only", "--production", "--prod", "--no-optional", "--ignore-scripts",
    "--legacy-peer-deps", "--audit", "--no-audit", "--fund", "--no-fund", "--prefer-offline", "--prefer-online",
    "--unsafe-perm", "--loglevel", "--silent", "-s", "-q", "--quiet", "-d", "-dd", "-ddd", "--verbose",
    "--progress", "--no-progress", "--cache", "--registry", "--color", "--no-color", "--strict-ssl",
    "--foreground-scripts", "--no-update-notifier", "--maxsockets", "--fetch-timeout", "--fetch-retries",
    "--engine-strict",
];

/// Options that mean nothing where no package is named.
const DROPPED: &[&str] = &["--no-save"];

/// Options that name the folder; npm 6 looks for the lock file elsewhere.
const FOLDER: &[&str] = &["--prefix", "-C"];

/// Whether it is an install of the project without `ci`.
pub(super) fn is_missing(site: &Site<'_>) -> bool {
    matches!(site.subcommand(), Some("install" | "i" | "in"))
        && site.names_nothing()
        && !images::is_global(site.command)
        && !site
            .options()
            .any(|(name, _)| matches!(name, "--help" | "-h"))
}

pub(super) fn change<'a>(site: &Site<'a>) -> Result<Change<'a>, Refusal> {
    site.context_is_known("package-lock.json")?;
    site.is_plain()?;
    let known = [KEPT, DROPPED, FOLDER].concat();
    site.options_are_among(&known)?;
    let placed = site.placed()?;
    let folder = site.folder(&placed, FOLDER)?;
    let view = site.view(&placed, folder.clone());
    let lock = lock(&view, &folder)?;
    let manifest = needed(&view, &folder, "package.json")?;
    let npm = images::npm(site)?;
    let peers = settings::peers(site, &view, &folder)?;
    leave_manifests(site, &placed, lock.item.min(manifest.item))?;
    has_no_modules(site, &placed, &folder)?;
    stands_alone(&view, &folder)?;
    let root = read_manifest(&manifest)?;
    let members = members(site, &view, &folder, npm)?;
    for (member, _) in &members {
        has_no_modules(site, &placed, &joined(&folder, member))?;
    }
    let read = PackageLock::parse(lock.text);
    let read = read.map_err(|why| (&LOCK_NOT_READ, format!("`{}`: {why}", lock.path)))?;
    let answers = match (npm, read.format) {
        (Npm::New, 2 | 3) => read.answers(&root, &members, peers),
        (Npm::Old, 1 | 2) => read.answers_of_old(&root),
        (_, format) => {
            let what = format!("`lockfileVersion` {format}");
            return Err((&LOCK_OF_OTHER_VERSION, what));
        }
    };
    answers.map_err(|why| match why {
        Unanswered::Stale(what) => (&LOCK_IS_STALE, what),
        Unanswered::NotFollowed(what) => (&SETTING_NOT_FOLLOWED, what),
    })?;
    let mut words = WordEdits::new(site.command);
    words.replace(site.operation.subcommand, "ci");
    for (_, word) in site.options().filter(|(name, _)| DROPPED.contains(name)) {
        words.remove(word);
    }
    let name = lock.path.rsplit('/').next().unwrap_or_default();
    Ok(Change {
        words,
        title: "use `npm ci`".to_owned(),
        because: format!(
            "`{name}` has a version for every range of `package.json` and of what it brings, so that both install \
             the same; `npm ci` fails where the two no longer fit, and `npm install` would take what is newest; \
             assumes that nothing reads a lock file which the install has written anew"
        ),
    })
}

/// The lock file that npm takes.
fn lock<'p>(view: &View<'p>, folder: &str) -> Result<File<'p>, Refusal> {
    for name in ["npm-shrinkwrap.json", "package-lock.json"] {
        if let Some(lock) = file(view, folder, name)? {
            return Ok(lock);
        }
    }
    let path = joined(folder, "package-lock.json");
    Err((&LOCK_NOT_BROUGHT, format!("`{path}`")))
}

fn read_manifest(file: &File<'_>) -> Result<PackageJson, Refusal> {
    let manifest = PackageJson::parse(file.text);
    let manifest = manifest.map_err(|why| (&LOCK_NOT_READ, format!("`{}`: {why}", file.path)))?;
    if manifest.has_key("overrides") {
        return Err((&SETTING_NOT_FOLLOWED, "`overrides`".to_owned()));
    }
    match manifest.script("preinstall") {
        Some(script) if !script.contains("only-allow") => {
            Err((&SETTING_NOT_FOLLOWED, format!("`preinstall`: `{script}`")))
        }
        _ => Ok(manifest),
    }
}

/// No folder above holds a project of which this may be a member.
fn stands_alone(view: &View<'_>, folder: &str) -> Result<(), Refusal> {
    let mut folder = folder;
    while let Some((above, _)) = folder.rsplit_once('/') {
        let path = joined(if above.is_empty() { "/" } else { above }, "package.json");
        if view.brought(&path).map_err(not_read)?.is_some() {
            return Err((&SETTING_NOT_FOLLOWED, format!("`{path}` in a folder above")));
        }
        folder = above;
    }
    Ok(())
}

/// The members of the workspace, by their folders as seen from its root.
fn members(
    site: &Site<'_>,
    view: &View<'_>,
    folder: &str,
    npm: Npm,
) -> Result<Vec<Member>, Refusal> {
    let members = javascript::members(view, site.operation.manager.id, folder);
    let members = members.map_err(|(_, what)| (&SETTING_NOT_FOLLOWED, what))?;
    if npm == Npm::Old && !members.is_empty() {
        return Err((&SETTING_NOT_FOLLOWED, "a workspace".to_owned()));
    }
    let below = |path: &str| {
        let rest = path.strip_prefix(folder).unwrap_or(path);
        rest.trim_start_matches('/').to_owned()
    };
    Ok(members
        .into_iter()
        .map(|(folder, manifest)| (below(&folder), manifest))
        .collect())
}

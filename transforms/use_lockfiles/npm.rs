//! `npm install` becomes `npm ci`: <https://docs.npmjs.com/cli/v11/commands/npm-ci>.

use super::Refusal;
use super::before::{has_no_modules, leave_manifests};
use super::images::{self, Npm};
use super::project::{ROOT_SIGNS, members, read_manifest, stands_alone};
use super::reasons::{
    LOCK_IS_STALE, LOCK_NOT_BROUGHT, LOCK_NOT_READ, LOCK_OF_OTHER_VERSION, SETTING_NOT_FOLLOWED,
};
use super::settings::{self, Setting};
use super::site::{Change, File, Site, file, needed};
use crate::context::manifests::package_json::PackageJson;
use crate::context::manifests::package_lock::{PackageLock, Peers, Unanswered};
use crate::model::placed::joined;
use crate::model::reads::View;
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

/// Settings with which an install means something else: <https://docs.npmjs.com/cli/v11/using-npm/config>.
#[rustfmt::skip]
const DECIDING: &[&str] = &[
    "package-lock", "package-lock-only", "shrinkwrap", "before", "min-release-age", "force", "global", "location",
    "prefix", "workspace", "workspaces", "include-workspace-root", "install-strategy", "global-style",
    "legacy-bundling", "install-links", "prefer-dedupe", "strict-peer-deps", "dry-run",
];

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
    let settings = settings::of(site, &view, &folder)?;
    let peers = peers(site, &settings);
    leave_manifests(site, &placed, lock.item.min(manifest.item))?;
    has_no_modules(site, &placed, &folder)?;
    stands_alone(&view, &folder, ROOT_SIGNS)?;
    let root = read_manifest(&manifest)?;
    is_followed(&root, &settings)?;
    let members = members(site, &view, &folder)?;
    if npm == Npm::Old && !members.is_empty() {
        return Err((&SETTING_NOT_FOLLOWED, "a workspace".to_owned()));
    }
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

/// What of the manifest and the settings is not followed.
fn is_followed(root: &PackageJson, settings: &[Setting]) -> Result<(), Refusal> {
    if root.has_key("overrides") {
        return Err((&SETTING_NOT_FOLLOWED, "`overrides`".to_owned()));
    }
    if let Some(script) = root
        .script("preinstall")
        .filter(|it| !it.contains("only-allow"))
    {
        let what = format!("`preinstall`: `{script}`");
        return Err((&SETTING_NOT_FOLLOWED, what));
    }
    let mut settings = settings.iter();
    match settings.find(|it| DECIDING.contains(&it.key.as_str())) {
        Some(it) => Err((
            &SETTING_NOT_FOLLOWED,
            format!("`{}` in {}", it.key, it.place),
        )),
        None => Ok(()),
    }
}

/// Whether packages that have to stand beside others are asked for.
fn peers(site: &Site<'_>, settings: &[Setting]) -> Peers {
    let is_set = settings
        .iter()
        .rfind(|it| it.key == "legacy-peer-deps")
        .is_some_and(|it| it.value != "false");
    let is_option = site.options().any(|(name, _)| name == "--legacy-peer-deps");
    if is_set || is_option {
        Peers::Left
    } else {
        Peers::Wanted
    }
}

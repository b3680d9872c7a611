//! `yarn install --immutable` of yarn 3 and 4: <https://yarnpkg.com/cli/install>. It fails where the lock file would be
//! written anew, so it counts which release runs, and how that one writes.

use super::Refusal;
use super::before::leave_manifests;
use super::images::{self, commands_before};
use super::project::{ROOT_SIGNS, members, stands_alone};
use super::reasons::{
    LOCK_IS_STALE, LOCK_NOT_READ, LOCK_OF_OTHER_VERSION, SETTING_NOT_FOLLOWED, VERSION_NOT_KNOWN,
};
use super::site::{Change, File, Site, file, not_read};
use crate::context::manifests::berry_lock::{BerryLock, Differs, Style};
use crate::context::manifests::package_json::PackageJson;
use crate::model::placed::{Placed, resolved};
use crate::model::reads::View;
use crate::transform::words::WordEdits;

const IMMUTABLE: &str = "--immutable";

/// Options that decide nothing about the lock file.
const KEPT: &[&str] = &["--inline-builds", "--mode", "--json"];

/// Settings that decide nothing about it: <https://yarnpkg.com/configuration/yarnrc>.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "yarnPath", "nodeLinker", "enableTelemetry", "enableGlobalCache", "enableScripts", "enableProgressBars",
    "enableMessageNames", "enableColors", "enableHyperlinks", "enableInlineBuilds", "enableTimers", "httpTimeout",
    "httpRetry", "networkConcurrency", "nmMode", "nmHoistingLimits", "pnpMode", "pnpFallbackMode",
    "preferInteractive", "logFilters", "defaultSemverRangePrefix", "changesetBaseRefs",
];

/// Variables that decide nothing about it. `YARN_VERSION` is the image's own, and no setting.
#[rustfmt::skip]
const OF_ENVIRONMENT: &[&str] = &[
    "YARN_VERSION", "YARN_CACHE_FOLDER", "YARN_GLOBAL_FOLDER", "YARN_ENABLE_TELEMETRY", "YARN_ENABLE_GLOBAL_CACHE",
    "YARN_NODE_LINKER", "YARN_HTTP_TIMEOUT", "YARN_NETWORK_CONCURRENCY",
];

/// An install behind what COPY has brought, with the lock file of a later yarn.
pub(super) fn change<'a>(
    site: &Site<'a>,
    placed: &[Placed],
    folder: &str,
    lock: &File<'_>,
    manifest: (&File<'_>, &PackageJson),
) -> Result<Change<'a>, Refusal> {
    let (manifest, root) = manifest;
    let view = site.view(placed, folder.to_owned());
    images::node(site)?;
    let settings = file(&view, folder, ".yarnrc.yml")?;
    let settings = settings.map_or("", |file| file.text);
    let release = release(site, &view, folder, root, settings)?;
    site.options_are_among(KEPT)?;
    let other = |what: String| Err((&LOCK_OF_OTHER_VERSION, what));
    let Some(style) = Style::of(&release) else {
        return Err((&VERSION_NOT_KNOWN, format!("yarn {release}")));
    };
    let read = BerryLock::parse(lock.text);
    let read = read.map_err(|why| (&LOCK_NOT_READ, format!("`{}`: {why}", lock.path)))?;
    if read.style() != Some(style) {
        return other(format!("what yarn {release} does not write"));
    }
    leave_manifests(site, placed, lock.item.min(manifest.item))?;
    stands_alone(
        &view,
        folder,
        &[ROOT_SIGNS, &["yarn.lock", ".yarnrc.yml"]].concat(),
    )?;
    has_no_settings(site, settings)?;
    let members = members(site, &view, folder)?;
    read.is_made_for(root, &members).map_err(|why| match why {
        Differs::Stale(what) => (&LOCK_IS_STALE, what),
        Differs::NotFollowed(what) => (&SETTING_NOT_FOLLOWED, what),
    })?;
    let mut words = WordEdits::new(site.command);
    words.insert_after(site.operation.subcommand, " ", IMMUTABLE);
    Ok(Change {
        words,
        title: format!("add `{IMMUTABLE}`"),
        because: format!(
            "yarn {release} would leave `yarn.lock` as it is: it has an entry for every range of `package.json` and of \
             what it brings, and no other; with the option, an install fails where one is missing, and would take what \
             is newest without it"
        ),
    })
}

/// The release that runs: the one that the project brings along, or that corepack takes.
fn release(
    site: &Site<'_>,
    view: &View<'_>,
    folder: &str,
    root: &PackageJson,
    settings: &str,
) -> Result<String, Refusal> {
    let unknown = |what: &str| Err((&VERSION_NOT_KNOWN, what.to_owned()));
    let path = settings
        .lines()
        .find_map(|line| line.strip_prefix("yarnPath:"));
    if let Some(path) = path.map(|path| path.trim().trim_matches(['"', '\''])) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let number = name
            .strip_prefix("yarn-")
            .and_then(|it| it.strip_suffix(".cjs"));
        let brought = resolved(folder, path);
        let is_there = match &brought {
            Some(path) => view.is_there(path).map_err(not_read)?,
            None => false,
        };
        return match number.filter(|_| is_there) {
            Some(number) => Ok(number.to_owned()),
            None => unknown(&format!("`yarnPath: {path}`")),
        };
    }
    let mut is_enabled = false;
    let mut prepared = None;
    for (_, command) in commands_before(site) {
        let words = command.words.iter().map(|word| word.raw.as_str());
        if command.name() == Some("corepack") {
            is_enabled |= command.has_argument("enable");
            let mut named = words.rev().filter_map(|word| word.strip_prefix("yarn@"));
            prepared = named.next().map(str::to_owned).or(prepared);
        }
    }
    match (root.package_manager(), prepared) {
        (Some(("yarn", asked)), _) if is_enabled => Ok(asked.to_owned()),
        (None, Some(prepared)) if is_enabled => Ok(prepared),
        (None, None) if !is_enabled => Err((
            &LOCK_OF_OTHER_VERSION,
            "a lock file of yarn 2 or later".to_owned(),
        )),
        _ => unknown("neither `yarnPath` nor corepack says it"),
    }
}

/// Nothing that is not followed decides about the lock file.
fn has_no_settings(site: &Site<'_>, settings: &str) -> Result<(), Refusal> {
    let refused = |what: String| Err((&SETTING_NOT_FOLLOWED, what));
    let keys = settings.lines().filter_map(|line| {
        let is_key = line.starts_with(|char: char| char.is_ascii_alphabetic());
        line.split_once(':').filter(|_| is_key).map(|(key, _)| key)
    });
    if let Some(key) = keys.into_iter().find(|key| !HARMLESS.contains(key)) {
        return refused(format!("`{key}` in `.yarnrc.yml`"));
    }
    for (_, command) in commands_before(site) {
        let sets = matches!(command.name(), Some("yarn" | "yarnpkg"))
            && ["set", "config", "plugin"]
                .iter()
                .any(|word| command.has_argument(word));
        if sets {
            let words: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
            return refused(format!("`{}`", words.join(" ")));
        }
    }
    let state = site.input.model.state(site.run.item);
    let set = state
        .into_iter()
        .flat_map(|it| it.env.names().chain(it.args.names()));
    let own = site.command.assignments.iter().map(|it| &it.name);
    let mut names = set.chain(own);
    match names.find(|name| name.starts_with("YARN_") && !OF_ENVIRONMENT.contains(&name.as_str())) {
        Some(name) => refused(format!("`{name}`")),
        None => Ok(()),
    }
}

//! `BUNDLE_FROZEN=true bundle install`: <https://bundler.io/man/bundle-config.1.html>. As a variable of the one command
//! it leaves no setting behind, as `bundle config` does, and the folder of the gems as it is, unlike `deployment`.

use super::Refusal;
use super::before::leave_manifests;
use super::images::commands_before;
use super::reasons::{
    LOCK_IS_STALE, LOCK_NOT_READ, NOT_A_PLAIN_STEP, SETTING_NOT_FOLLOWED, VERSION_NOT_KNOWN,
};
use super::site::{Change, Site, file, needed};
use crate::context::manifests::gemfile::Gemfile;
use crate::context::manifests::gemfile_lock::{self, Differs};
use crate::transform::words::WordEdits;

/// Options that decide nothing about the lock file.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "--jobs", "-j", "--retry", "--without", "--with", "--quiet", "--verbose", "--path", "--clean", "--no-clean",
    "--binstubs", "--no-cache", "--full-index", "--system", "--no-color",
];

/// Variables and settings that decide nothing about it, by the part behind `BUNDLE_`.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "PATH", "BIN", "WITHOUT", "WITH", "JOBS", "RETRY", "APP_CONFIG", "SILENCE_ROOT_WARNING", "CACHE_PATH", "CLEAN",
    "USER_CACHE", "USER_HOME", "TIMEOUT", "VERSION", "NO_INSTALL_DOC", "PATH__SYSTEM", "DISABLE_SHARED_GEMS",
];

/// Settings with which it is frozen already, or never is.
const DECIDING: &[&str] = &["frozen", "deployment", "BUNDLE_FROZEN", "BUNDLE_DEPLOYMENT"];

/// Whether a `bundle install` of the project may write the lock file.
pub(super) fn lacks_frozen(site: &Site<'_>) -> bool {
    let has = |names: &[&str]| site.options().any(|(name, _)| names.contains(&name));
    let state = site.input.model.state(site.run.item);
    let of_image = state.is_some_and(|state| DECIDING.iter().any(|name| state.sets(name)));
    let mut own = site.command.assignments.iter();
    let is_own = own.any(|it| DECIDING.contains(&it.name.as_str()));
    let mut before = commands_before(site);
    let is_set = before.any(|(_, command)| {
        let exported = command.words.iter().map(|word| word.raw.split('=').next());
        let mut words = exported.chain(command.assignments.iter().map(|it| Some(it.name.as_str())));
        words.any(|word| word.is_some_and(|word| DECIDING.contains(&word)))
    });
    matches!(site.subcommand(), None | Some("install"))
        && site.names_nothing()
        && !of_image
        && !is_own
        && !is_set
        && !has(&[
            "--frozen",
            "--deployment",
            "--no-deployment",
            "--version",
            "-v",
            "--help",
            "-h",
        ])
}

pub(super) fn change<'a>(site: &Site<'a>) -> Result<Change<'a>, Refusal> {
    site.context_is_known("Gemfile.lock")?;
    site.is_plain()?;
    // `sudo` passes no variable on.
    if site.operation.program_end != 1 {
        return Err((
            &NOT_A_PLAIN_STEP,
            format!("`{}`", site.command.words[0].raw),
        ));
    }
    site.options_are_among(KEPT)?;
    let placed = site.placed()?;
    let folder = site.folder(&placed, &[])?;
    let view = site.view(&placed, folder.clone());
    let lock = needed(&view, &folder, "Gemfile.lock")?;
    let manifest = needed(&view, &folder, "Gemfile")?;
    has_ruby(site)?;
    leave_manifests(site, &placed, lock.item.min(manifest.item))?;
    let settings = file(&view, &folder, ".bundle/config")?;
    has_no_settings(site, settings.map_or("", |file| file.text))?;
    let gemfile = Gemfile::parse(manifest.text);
    let gemfile = gemfile.map_err(|line| (&SETTING_NOT_FOLLOWED, format!("`{line}`")))?;
    if lock.text.contains("<<<<<<<") {
        return Err((&LOCK_NOT_READ, format!("`{}`", lock.path)));
    }
    gemfile_lock::is_made_for(lock.text, &gemfile).map_err(|why| match why {
        Differs::Stale(what) => (&LOCK_IS_STALE, what),
        Differs::NotFollowed(what) => (&SETTING_NOT_FOLLOWED, what),
    })?;
    let mut words = WordEdits::new(site.command);
    words.insert_before(0, "BUNDLE_FROZEN=true", " ");
    Ok(Change {
        words,
        title: "add `BUNDLE_FROZEN=true`".to_owned(),
        because: "`Gemfile.lock` has a version for every gem of the `Gemfile` and for what it needs, on any platform; \
                  with the variable, an install fails where one is missing, and would take what is newest without it"
            .to_owned(),
    })
}

/// The image is the official one, of which it is known how bundler is set.
fn has_ruby(site: &Site<'_>) -> Result<(), Refusal> {
    let image = site.input.model.stages[site.run.stage].image.as_ref();
    match image {
        Some(image) if image.name == "ruby" && site.has_sure_base() => Ok(()),
        Some(image) => Err((&VERSION_NOT_KNOWN, format!("`{}`", image.name))),
        None => Err((&VERSION_NOT_KNOWN, String::new())),
    }
}

/// Nothing that is not followed decides about the lock file.
fn has_no_settings(site: &Site<'_>, settings: &str) -> Result<(), Refusal> {
    let refused = |what: &str| Err((&SETTING_NOT_FOLLOWED, format!("`{what}`")));
    let is_other = |name: &str| {
        name.strip_prefix("BUNDLE_")
            .is_some_and(|name| !HARMLESS.contains(&name))
    };
    let mut written = settings.lines().filter_map(|line| line.split(':').next());
    if let Some(name) = written.find(|name| is_other(name.trim())) {
        return refused(name);
    }
    for (_, command) in commands_before(site) {
        let config =
            matches!(command.name(), Some("bundle" | "bundler")) && command.has_argument("config");
        let mut words = command.words.iter().map(|word| word.raw.as_str());
        let named = |word: &str| {
            let name = word
                .replace('.', "__")
                .replace('-', "___")
                .to_ascii_uppercase();
            HARMLESS.contains(&name.as_str()) || name.starts_with("BUILD__")
        };
        if config && !words.any(named) {
            return refused("bundle config");
        }
    }
    let state = site.input.model.state(site.run.item);
    let set = state
        .into_iter()
        .flat_map(|it| it.env.names().chain(it.args.names()));
    let mut names = set.chain(site.command.assignments.iter().map(|it| &it.name));
    match names.find(|name| is_other(name)) {
        Some(name) => refused(name),
        None => Ok(()),
    }
}

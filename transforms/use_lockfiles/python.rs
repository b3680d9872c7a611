//! `pipenv install --deploy`: <https://pipenv.pypa.io/en/latest/cli.html#install>, and `uv sync --locked`:
//! <https://docs.astral.sh/uv/concepts/projects/sync/>.

use super::Refusal;
use super::before::leave_manifests;
use super::project::stands_alone;
use super::reasons::{LOCK_IS_STALE, LOCK_NOT_READ, SETTING_NOT_FOLLOWED, VERSION_NOT_KNOWN};
use super::site::{Change, Site, file, needed};
use crate::context::manifests::pipfile::{Pipfile, locked_hash};
use crate::context::manifests::uv_lock::{self, Differs};
use crate::model::images::version_of;
use crate::transform::words::WordEdits;

/// Options of pipenv that decide nothing about the lock file.
const OF_PIPENV: &[&str] = &[
    "--system",
    "--dev",
    "-d",
    "--verbose",
    "-v",
    "--clear",
    "--quiet",
    "-q",
];

/// Options of uv that decide nothing about the lock file.
#[rustfmt::skip]
const OF_UV: &[&str] = &[
    "--no-dev", "--dev", "--only-dev", "--group", "--no-group", "--only-group", "--all-groups",
    "--no-default-groups", "--no-install-project", "--no-editable", "--compile-bytecode", "--no-cache", "-n",
    "--quiet", "-q", "--verbose", "-v", "--no-progress", "--inexact", "--link-mode", "--cache-dir", "--active",
];

/// Variables of pipenv that say where the lock file is, and whether it counts.
const OF_ENVIRONMENT: &[&str] = &[
    "PIPENV_PIPFILE",
    "PIPENV_SKIP_LOCK",
    "PIPENV_IGNORE_PIPFILE",
];

/// Variables of uv that decide nothing about the lock file.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "UV_COMPILE_BYTECODE", "UV_LINK_MODE", "UV_CACHE_DIR", "UV_NO_CACHE", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON",
    "UV_PYTHON_DOWNLOADS", "UV_PYTHON_INSTALL_DIR", "UV_PYTHON_PREFERENCE", "UV_SYSTEM_PYTHON", "UV_TOOL_BIN_DIR",
    "UV_TOOL_DIR", "UV_NO_DEV", "UV_NO_PROGRESS", "UV_HTTP_TIMEOUT", "UV_CONCURRENT_DOWNLOADS", "UV_VERSION",
    "UV_INSTALL_DIR",
];

/// Whether a `pipenv install` of the project goes on where the lock file is out of date.
pub(super) fn lacks_deploy(site: &Site<'_>) -> bool {
    let has = |names: &[&str]| site.options().any(|(name, _)| names.contains(&name));
    site.subcommand() == Some("install")
        && site.names_nothing()
        && !has(&[
            "--deploy",
            "--ignore-pipfile",
            "--skip-lock",
            "--help",
            "-h",
        ])
}

/// Whether a `uv sync` may write the lock file.
pub(super) fn lacks_locked(site: &Site<'_>) -> bool {
    let has = |names: &[&str]| site.options().any(|(name, _)| names.contains(&name));
    let state = site.input.model.state(site.run.item);
    let is_set = |name: &str| state.is_some_and(|state| state.sets(name));
    site.subcommand() == Some("sync")
        && site.names_nothing()
        && !has(&["--locked", "--frozen", "--check", "--help", "-h"])
        && !is_set("UV_LOCKED")
        && !is_set("UV_FROZEN")
}

pub(super) fn deploy<'a>(site: &Site<'a>) -> Result<Change<'a>, Refusal> {
    site.context_is_known("Pipfile.lock")?;
    site.is_plain()?;
    site.options_are_among(OF_PIPENV)?;
    no_variable(site, |name| OF_ENVIRONMENT.contains(&name))?;
    let placed = site.placed()?;
    let folder = site.folder(&placed, &[])?;
    let view = site.view(&placed, folder.clone());
    let lock = needed(&view, &folder, "Pipfile.lock")?;
    let manifest = needed(&view, &folder, "Pipfile")?;
    leave_manifests(site, &placed, lock.item.min(manifest.item))?;
    let not_read = |what: &str| (&LOCK_NOT_READ, format!("`{what}`"));
    let pipfile = Pipfile::parse(manifest.text).map_err(|_| not_read(&manifest.path))?;
    let made_for = locked_hash(lock.text).ok_or_else(|| not_read(&lock.path))?;
    if let Some(section) = pipfile.unusual() {
        return Err((&SETTING_NOT_FOLLOWED, format!("`[{section}]`")));
    }
    let hash = pipfile.hash();
    let hash = hash.ok_or_else(|| (&SETTING_NOT_FOLLOWED, "the sources".to_owned()))?;
    if hash != made_for {
        return Err((&LOCK_IS_STALE, "the hash of the `Pipfile`".to_owned()));
    }
    has_python(site, pipfile.python())?;
    Ok(with_option(
        site,
        "--deploy",
        "`Pipfile.lock` holds the hash of the `Pipfile`, and the image has the Python that it asks for; with the \
         option, an install fails where they differ, and would take what is newest without it",
    ))
}

pub(super) fn locked<'a>(site: &Site<'a>) -> Result<Change<'a>, Refusal> {
    site.context_is_known("uv.lock")?;
    site.is_plain()?;
    site.options_are_among(OF_UV)?;
    no_variable(site, |name| {
        name.starts_with("UV_") && !HARMLESS.contains(&name)
    })?;
    let placed = site.placed()?;
    let folder = site.folder(&placed, &[])?;
    let view = site.view(&placed, folder.clone());
    let lock = needed(&view, &folder, "uv.lock")?;
    let manifest = needed(&view, &folder, "pyproject.toml")?;
    leave_manifests(site, &placed, lock.item.min(manifest.item))?;
    stands_alone(&view, &folder, &["pyproject.toml"])?;
    if file(&view, &folder, "uv.toml")?.is_some() {
        return Err((&SETTING_NOT_FOLLOWED, "`uv.toml`".to_owned()));
    }
    uv_lock::is_made_for(lock.text, manifest.text).map_err(|why| match why {
        Differs::NotRead(what) => (&LOCK_NOT_READ, what),
        Differs::Stale(what) => (&LOCK_IS_STALE, what),
        Differs::NotFollowed(what) => (&SETTING_NOT_FOLLOWED, what),
    })?;
    Ok(with_option(
        site,
        "--locked",
        "`uv.lock` was made for the requirements of `pyproject.toml`; with the option, an install fails where they \
         differ, and would resolve anew without it",
    ))
}

fn with_option<'a>(site: &Site<'a>, option: &str, because: &str) -> Change<'a> {
    let mut words = WordEdits::new(site.command);
    words.insert_after(site.operation.subcommand, " ", option);
    Change {
        words,
        title: format!("add `{option}`"),
        because: because.to_owned(),
    }
}

/// No variable that the environment of the command sets is one of those.
fn no_variable(site: &Site<'_>, decides: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    let state = site.input.model.state(site.run.item);
    let set = state
        .into_iter()
        .flat_map(|it| it.env.names().chain(it.args.names()));
    let own = site.command.assignments.iter().map(|it| &it.name);
    match set.chain(own).find(|name| decides(name)) {
        Some(name) => Err((&SETTING_NOT_FOLLOWED, format!("`{name}`"))),
        None => Ok(()),
    }
}

/// The image has the Python that a Pipfile asks for.
fn has_python(site: &Site<'_>, wanted: Option<&str>) -> Result<(), Refusal> {
    let Some(wanted) = wanted else {
        return Ok(());
    };
    let image = site.input.model.stages[site.run.stage].image.as_ref();
    let tag = image.and_then(|image| image.tag.as_deref().filter(|_| image.name == "python"));
    let own = tag.and_then(version_of).unwrap_or_default();
    let numbers = version_of(wanted).filter(|numbers| !numbers.is_empty());
    let fits = site.has_sure_base() && numbers.is_some_and(|numbers| own.starts_with(&numbers));
    if fits {
        Ok(())
    } else {
        Err((&VERSION_NOT_KNOWN, format!("Python {wanted}")))
    }
}

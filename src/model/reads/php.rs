//! composer: what an install reads of a project.
//! <https://getcomposer.org/doc/03-cli.md#install-i>, <https://getcomposer.org/doc/05-repositories.md>

use serde_json::Value;

use super::steps::DependencyStep;
use super::{Obstacle, Reads, Site, Unread, uses_sources};
use crate::model::packages::Verb;
use crate::model::placed::joined;

pub(super) fn reads(site: &Site<'_>) -> Result<Reads, Unread> {
    let mut reads = Reads::default();
    let subcommand = site.subcommand();
    let is_global = site.command.has_argument("global");
    match site.operation.verb {
        Verb::Clean => return Ok(reads),
        Verb::Install if is_global => {
            reads.installs = Some("composer");
            return Ok(reads);
        }
        Verb::Install if matches!(subcommand, "install" | "i") => {}
        _ if matches!(
            subcommand,
            "self-update" | "selfupdate" | "--version" | "-V"
        ) =>
        {
            return Ok(reads);
        }
        _ => return Err(uses_sources(site.command)),
    }
    let reads = project(site)?;
    if missing(site).is_empty() {
        return Ok(reads);
    }
    Err((
        Obstacle::InstallsProject,
        "without `--no-scripts --no-autoloader`".to_owned(),
    ))
}

/// The options of an install that needs the sources, where they are missing.
fn missing(site: &Site<'_>) -> Vec<&'static str> {
    let options = ["--no-scripts", "--no-autoloader"].into_iter();
    options.filter(|option| !site.has(&[option])).collect()
}

/// What an install of packages alone reads.
fn project(site: &Site<'_>) -> Result<Reads, Unread> {
    let mut reads = Reads::default();
    if site.has(&["-d", "--working-dir"]) {
        return Err((Obstacle::NotFollowed, "an option of the install".to_owned()));
    }
    let at = |name: &str| joined(&site.view.folder, name);
    let path = at("composer.json");
    let text = site.view.text(&path)?;
    let manifest: Value = serde_json::from_str(text).map_err(|error| {
        (
            Obstacle::ManifestNotRead,
            format!("`composer.json`: {error}"),
        )
    })?;
    follow(&manifest)?;
    reads.installs = Some("composer");
    reads.file(&path);
    for name in ["composer.lock", "symfony.lock"] {
        reads.file_if_there(site.view, &at(name))?;
    }
    let vendor = manifest
        .pointer("/config/vendor-dir")
        .and_then(Value::as_str);
    reads.makes.insert(at(vendor.unwrap_or("vendor")));
    Ok(reads)
}

/// What of a composer.json makes an install read other files.
fn follow(manifest: &Value) -> Result<(), Unread> {
    let repositories = match manifest.get("repositories") {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::Object(table)) => table.values().collect(),
        _ => Vec::new(),
    };
    let is_local = |repository: &Value| {
        let kind = repository.get("type").and_then(Value::as_str);
        let url = repository
            .get("url")
            .and_then(Value::as_str)
            .unwrap_or_default();
        matches!(kind, Some("path" | "artifact")) || url.starts_with(['.', '/'])
    };
    if repositories.iter().any(|repository| is_local(repository)) {
        return Err((
            Obstacle::LocalDependency,
            "a repository that is a path".to_owned(),
        ));
    }
    for (key, what) in [
        ("/extra/patches", "patches"),
        ("/extra/patches-file", "patches"),
        ("/extra/merge-plugin", "merged manifests"),
        ("/extra/installer-paths", "installer paths"),
    ] {
        if manifest.pointer(key).is_some() {
            return Err((Obstacle::NotFollowed, format!("{what} in `composer.json`")));
        }
    }
    Ok(())
}

/// `composer install` without scripts and autoloader, in front of the whole one.
pub(super) fn step(site: &Site<'_>) -> Option<Result<DependencyStep, Unread>> {
    let missing = missing(site);
    if missing.is_empty() || !matches!(site.subcommand(), "install" | "i") {
        return None;
    }
    let assumes = "no plugin of composer reads the sources";
    Some(project(site).map(|reads| site.step_with(missing, reads, assumes)))
}

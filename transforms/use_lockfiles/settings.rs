//! Settings of npm that decide what a lock file means.

use super::Refusal;
use super::images::commands_before;
use super::reasons::SETTING_NOT_FOLLOWED;
use super::site::{Site, file};
use crate::context::manifests::package_lock::Peers;
use crate::model::reads::View;

/// Settings with which an install means something else: <https://docs.npmjs.com/cli/v11/using-npm/config>.
const DECIDING: &[&str] = &[
    "package-lock",
    "package-lock-only",
    "shrinkwrap",
    "before",
    "min-release-age",
    "force",
    "global",
    "location",
    "prefix",
    "workspace",
    "workspaces",
    "include-workspace-root",
    "install-strategy",
    "global-style",
    "legacy-bundling",
    "install-links",
    "prefer-dedupe",
    "strict-peer-deps",
    "dry-run",
];

const LEAVES_PEERS: &str = "legacy-peer-deps";

/// Whether packages that have to stand beside others are asked for, as far as the settings say.
pub(super) fn peers(site: &Site<'_>, view: &View<'_>, folder: &str) -> Result<Peers, Refusal> {
    let mut peers = Peers::Wanted;
    let mut note = |key: &str, value: &str, place: &str| {
        let key = key.trim().to_ascii_lowercase().replace('_', "-");
        if DECIDING.contains(&key.as_str()) {
            return Err((&SETTING_NOT_FOLLOWED, format!("`{key}` in {place}")));
        }
        if key == LEAVES_PEERS {
            peers = match value.trim() {
                "false" => Peers::Wanted,
                _ => Peers::Left,
            };
        }
        Ok(())
    };
    let homes = ["/root", "/home/node"];
    for home in homes
        .iter()
        .copied()
        .filter(|home| *home != folder)
        .chain([folder])
    {
        let Some(settings) = file(view, home, ".npmrc")? else {
            continue;
        };
        for line in settings.text.lines() {
            let line = line.trim_start();
            let (key, value) = line.split_once('=').unwrap_or((line, "true"));
            note(key, value, "`.npmrc`")?;
        }
    }
    if let Some(state) = site.input.model.state(site.run.item) {
        for (name, setting) in &state.env {
            let lower = name.to_ascii_lowercase();
            if let Some(key) = lower.strip_prefix("npm_config_") {
                note(
                    key,
                    setting.value.known().unwrap_or_default(),
                    "the environment",
                )?;
            }
        }
    }
    for assignment in &site.command.assignments {
        let lower = assignment.name.to_ascii_lowercase();
        if let Some(key) = lower.strip_prefix("npm_config_") {
            let value = assignment.value.as_deref().unwrap_or_default();
            note(key, value, "the command")?;
        }
    }
    for (_, command) in commands_before(site) {
        let words: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
        let (["npm", "config", "set", settings @ ..] | ["npm", "set", settings @ ..]) =
            words.as_slice()
        else {
            continue;
        };
        let mut settings = settings.iter().filter(|word| !word.starts_with('-'));
        if let Some(first) = settings.next() {
            let (key, value) = match first.split_once('=') {
                Some((key, value)) => (key, value),
                None => (*first, settings.next().copied().unwrap_or("true")),
            };
            note(key, value, "`npm config`")?;
        }
    }
    if site.options().any(|(name, _)| name == "--legacy-peer-deps") {
        peers = Peers::Left;
    }
    Ok(peers)
}

//! Settings of npm, which pnpm reads too: from files, the environment and commands before an install.

use super::Refusal;
use super::images::commands_before;
use super::site::{Site, file};
use crate::model::reads::View;

/// A setting, and where it stands.
pub(super) struct Setting {
    /// Its name, in lower case and with hyphens.
    pub(super) key: String,
    pub(super) value: String,
    pub(super) place: &'static str,
}

impl Setting {
    fn new(key: &str, value: &str, place: &'static str) -> Self {
        let key = key.trim().to_ascii_lowercase().replace('_', "-");
        Self {
            key,
            value: value.trim().to_owned(),
            place,
        }
    }
}

/// Homes in which a `.npmrc` of the user stands.
const HOMES: &[&str] = &["/root", "/home/node"];

/// The settings that an install in a folder reads.
pub(super) fn of(site: &Site<'_>, view: &View<'_>, folder: &str) -> Result<Vec<Setting>, Refusal> {
    let mut found = Vec::new();
    let homes = HOMES.iter().copied().filter(|home| *home != folder);
    for folder in homes.chain([folder]) {
        let text = file(view, folder, ".npmrc")?.map_or("", |file| file.text);
        for line in text.lines().map(str::trim_start) {
            let (key, value) = line.split_once('=').unwrap_or((line, "true"));
            found.push(Setting::new(key, value, "`.npmrc`"));
        }
    }
    for (_, command) in commands_before(site) {
        let words: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
        let (["npm" | "pnpm", "config", "set", settings @ ..] | ["npm", "set", settings @ ..]) =
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
            found.push(Setting::new(key, value, "`npm config`"));
        }
    }
    let variables = site.input.model.state(site.run.item).into_iter();
    let variables = variables.flat_map(|state| state.env.iter());
    let variables = variables.map(|(name, setting)| (name, setting.value.known()));
    let own = site.command.assignments.iter();
    let own = own.map(|it| (&it.name, it.value.as_deref()));
    for (name, value) in variables.chain(own) {
        let lower = name.to_ascii_lowercase();
        if let Some(key) = lower.strip_prefix("npm_config_") {
            found.push(Setting::new(
                key,
                value.unwrap_or_default(),
                "the environment",
            ));
        }
    }
    Ok(found)
}

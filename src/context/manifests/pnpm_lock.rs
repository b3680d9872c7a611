//! `pnpm-lock.yaml`: <https://github.com/pnpm/spec/tree/master/lockfile>. Only the ranges that it was made for.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::package_json::PackageJson;

/// A pnpm-lock.yaml.
#[derive(Clone, Debug, PartialEq)]
pub struct PnpmLock(Map<String, Value>);

/// What of a lock file is made from settings that stand elsewhere.
const FROM_SETTINGS: &[&str] = &[
    "overrides",
    "packageExtensionsChecksum",
    "patchedDependencies",
    "pnpmfileChecksum",
    "ignoredOptionalDependencies",
    "catalogs",
    "neverBuiltDependencies",
    "onlyBuiltDependencies",
];

impl PnpmLock {
    /// Reads the text.
    ///
    /// # Errors
    /// What it is not.
    pub fn parse(text: &str) -> Result<Self, String> {
        match serde_saphyr::from_str(text) {
            Ok(Value::Object(map)) if map.contains_key("lockfileVersion") => Ok(Self(map)),
            Ok(_) => Err("it has no `lockfileVersion`".to_owned()),
            Err(error) => {
                let text = error.to_string();
                Err(text.lines().next().unwrap_or_default().to_owned())
            }
        }
    }

    /// The version of its format: `5.4`, `6.0`, `9.0`.
    pub fn format(&self) -> String {
        match self.0.get("lockfileVersion") {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// A setting that it was made with and that is not followed.
    pub fn setting(&self) -> Option<&'static str> {
        let is_set = |name: &str, usual: bool| {
            let settings = self.0.get("settings");
            let value = settings.and_then(|it| it.get(name)?.as_bool());
            value.is_some_and(|value| value != usual)
        };
        if is_set("autoInstallPeers", true) {
            return Some("autoInstallPeers");
        }
        if is_set("excludeLinksFromLockfile", false) {
            return Some("excludeLinksFromLockfile");
        }
        FROM_SETTINGS
            .iter()
            .copied()
            .find(|key| self.0.contains_key(*key))
    }

    /// Whether it was made for the ranges of exactly these projects: each with its folder, `.` for the root.
    ///
    /// # Errors
    /// What differs first.
    pub fn is_made_for(&self, projects: &[(String, &PackageJson)]) -> Result<(), String> {
        let importers = self.0.get("importers").and_then(Value::as_object);
        if let Some(importers) = importers {
            let is_project = |name: &String| projects.iter().any(|(folder, _)| folder == name);
            if let Some(other) = importers.keys().find(|name| !is_project(name)) {
                return Err(format!("`{other}` is no project"));
            }
        }
        for (folder, manifest) in projects {
            let importer = match importers {
                Some(importers) => importers.get(folder).and_then(Value::as_object),
                None => (folder == ".").then_some(&self.0),
            };
            let Some(importer) = importer else {
                return Err(format!("the project `{folder}`"));
            };
            let written = specifiers(importer);
            let wanted: BTreeMap<&str, &str> = manifest.installed().collect();
            for (name, range) in &wanted {
                if written.get(name) != Some(range) {
                    return Err(format!("`{name}@{range}`"));
                }
            }
            if let Some(name) = written.keys().find(|name| !wanted.contains_key(*name)) {
                return Err(format!("`{name}` is no dependency any more"));
            }
        }
        Ok(())
    }
}

/// The ranges that a project had when the lock file was made.
fn specifiers(importer: &Map<String, Value>) -> BTreeMap<&str, &str> {
    // Format 5 has a table of its own.
    if let Some(Value::Object(table)) = importer.get("specifiers") {
        let pairs = table.iter();
        return pairs
            .filter_map(|(name, range)| Some((name.as_str(), range.as_str()?)))
            .collect();
    }
    let tables = ["dependencies", "devDependencies", "optionalDependencies"];
    let tables = tables
        .iter()
        .filter_map(|table| importer.get(*table)?.as_object());
    tables
        .flatten()
        .filter_map(|(name, entry)| Some((name.as_str(), entry.get("specifier")?.as_str()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> PackageJson {
        PackageJson::parse(text).expect("it is JSON")
    }

    #[test]
    fn all_formats_say_their_ranges() {
        let root = manifest(r#"{"dependencies": {"a": "^1"}, "devDependencies": {"b": "2"}}"#);
        for text in [
            "lockfileVersion: 5.4\nspecifiers:\n  a: ^1\n  b: '2'\ndependencies:\n  a: 1.0.0\n",
            "lockfileVersion: '6.0'\ndependencies:\n  a:\n    specifier: ^1\n    version: 1.0.0\n\
             devDependencies:\n  b:\n    specifier: '2'\n    version: 2.0.0\n",
            "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        \
             version: 1.0.0\n    devDependencies:\n      b:\n        specifier: '2'\n        version: 2.0.0\n",
        ] {
            let lock = PnpmLock::parse(text).expect("it is a lock");
            let projects = [(".".to_owned(), &root)];
            assert_eq!(lock.is_made_for(&projects), Ok(()), "{text}");
            let other = manifest(r#"{"dependencies": {"a": "^1"}}"#);
            assert!(lock.is_made_for(&[(".".to_owned(), &other)]).is_err());
            let more = [(".".to_owned(), &root), ("p/a".to_owned(), &other)];
            assert!(lock.is_made_for(&more).is_err());
        }
    }

    #[test]
    fn settings_are_seen() {
        let text = "lockfileVersion: '9.0'\nsettings:\n  autoInstallPeers: false\n";
        let lock = PnpmLock::parse(text).expect("it is a lock");
        assert_eq!(lock.setting(), Some("autoInstallPeers"));
        assert_eq!(lock.format(), "9.0");
        let lock = PnpmLock::parse("lockfileVersion: 5.4\noverrides:\n  a: 1\n");
        assert_eq!(lock.expect("it is a lock").setting(), Some("overrides"));
        assert!(PnpmLock::parse("- a").is_err());
    }
}

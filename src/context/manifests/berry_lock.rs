//! `yarn.lock` of yarn 2 and later: whether an install would leave it as it is, to the letter, which is what
//! `--immutable` asks for. Which releases write the same was measured: 3.2.4 to 3.8.7 where yarn patches
//! nothing, and 4.5.3 to 4.13.0.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::npm_range::NpmRange;
use super::package_json::PackageJson;
use super::package_lock::Member;

/// A yarn.lock of yarn 2 or later.
#[derive(Clone, Debug, PartialEq)]
pub struct BerryLock {
    entries: Map<String, Value>,
    style: Option<Style>,
}

/// How a release writes a lock file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Version 6, with ranges as they stand in the manifest; patches that yarn brings change with each release.
    Three,
    /// Version 8, with `npm:` in front of ranges, and the key of the cache in front of checksums.
    Four,
}

/// Why a lock file does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Differs {
    /// It was made for something else.
    Stale(String),
    /// Something decides about it that is not followed.
    NotFollowed(String),
}

/// Packages that yarn patches itself, and the hashes of its patches from 4.5.3 to 4.13.0.
const PATCHED: &[(&str, &str)] = &[
    ("typescript", "5786d5"),
    ("fsevents", "df0bf1"),
    ("resolve", "c3c19d"),
];

/// Tables of a manifest, beside the plain ones, that change what its entry says.
#[rustfmt::skip]
const NOT_FOLLOWED: &[&str] = &[
    "optionalDependencies", "peerDependencies", "peerDependenciesMeta", "dependenciesMeta", "resolutions", "bin",
    "installConfig", "publishConfig",
];

impl Style {
    /// How the release writes; `None` where that is not known.
    pub fn of(release: &str) -> Option<Self> {
        let numbers: Option<Vec<u32>> = release.split('.').map(|part| part.parse().ok()).collect();
        match numbers?[..] {
            [3, 2..=8, _] => Some(Self::Three),
            [4, 5..=13, _] => Some(Self::Four),
            _ => None,
        }
    }
}

impl BerryLock {
    /// Reads the text.
    ///
    /// # Errors
    /// What it is not.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parsed = serde_saphyr::from_str(text);
        let mut entries = match parsed {
            Ok(Value::Object(map)) => map,
            Ok(_) => return Err("it is no table".to_owned()),
            Err(error) => {
                let error = error.to_string();
                return Err(error.lines().next().unwrap_or_default().to_owned());
            }
        };
        let metadata = entries.remove("__metadata");
        let metadata = metadata.ok_or_else(|| "it has no `__metadata`".to_owned())?;
        let text = |key: &str| match metadata.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        let style = match (text("version").as_str(), text("cacheKey").as_str()) {
            ("6", "8") => Some(Style::Three),
            ("8", "10c0") => Some(Style::Four),
            _ => None,
        };
        Ok(Self { entries, style })
    }

    /// How it is written; `None` where no release that is known writes so.
    pub fn style(&self) -> Option<Style> {
        let has_key = |entry: &Value| {
            let sum = entry.get("checksum").and_then(Value::as_str);
            sum.is_none_or(|sum| sum.starts_with("10c0/") == (self.style == Some(Style::Four)))
        };
        self.style.filter(|_| self.entries.values().all(has_key))
    }

    /// Whether an install of the project and its members would write the very same: the ranges of their entries
    /// are those of the manifests, each has an entry, and there is nothing else.
    ///
    /// # Errors
    /// The first that differs.
    pub fn is_made_for(&self, root: &PackageJson, members: &[Member]) -> Result<(), Differs> {
        let mut walk = Walk {
            lock: self,
            descriptors: BTreeMap::new(),
            used: BTreeSet::new(),
            members: members.iter().filter_map(|(_, it)| it.name()).collect(),
        };
        for key in self.entries.keys() {
            let descriptors = key.split(", ").map(|descriptor| (descriptor, key.as_str()));
            walk.descriptors.extend(descriptors);
        }
        let projects = members.iter().map(|(folder, it)| (folder.as_str(), it));
        for (folder, manifest) in [(".", root)].into_iter().chain(projects) {
            walk.project(folder, manifest)?;
        }
        let mut all = walk.descriptors.keys();
        match all.find(|descriptor| !walk.used.contains(**descriptor)) {
            Some(other) => Err(Differs::Stale(format!("`{other}`, which nothing asks for"))),
            None => Ok(()),
        }
    }
}

struct Walk<'l> {
    lock: &'l BerryLock,
    /// The key of the entry that each descriptor has.
    descriptors: BTreeMap<&'l str, &'l str>,
    used: BTreeSet<&'l str>,
    members: BTreeSet<&'l str>,
}

impl<'l> Walk<'l> {
    fn project(&mut self, folder: &str, manifest: &PackageJson) -> Result<(), Differs> {
        let refused = |what: &str| Err(Differs::NotFollowed(format!("`{what}` of `{folder}`")));
        if let Some(key) = NOT_FOLLOWED.iter().find(|key| manifest.has_key(key)) {
            return refused(key);
        }
        let Some(name) = manifest.name() else {
            return refused("name");
        };
        let own = format!("{name}@workspace:{folder}");
        let Some((&descriptor, &key)) = self.descriptors.get_key_value(own.as_str()) else {
            return Err(Differs::Stale(format!("`{own}`")));
        };
        self.used.insert(descriptor);
        let written = needs(&self.lock.entries[key]);
        let wanted: BTreeMap<&str, String> = manifest
            .installed()
            .map(|(name, range)| (name, self.written(range)))
            .collect();
        for (name, range) in &wanted {
            if written.get(name) != Some(&range.as_str()) {
                return Err(Differs::Stale(format!("`{name}@{range}`")));
            }
        }
        if let Some(name) = written.keys().find(|name| !wanted.contains_key(*name)) {
            return Err(Differs::Stale(format!("`{name}` of `{folder}`")));
        }
        self.follow(key)
    }

    /// A range of a manifest as the lock file has it.
    fn written(&self, range: &str) -> String {
        let is_plain = NpmRange::parse(range).is_some() && !range.trim().is_empty();
        if is_plain && self.lock.style == Some(Style::Four) {
            format!("npm:{range}")
        } else {
            range.to_owned()
        }
    }

    /// Every range that an entry needs has one itself.
    fn follow(&mut self, key: &'l str) -> Result<(), Differs> {
        let mut open = vec![key];
        while let Some(key) = open.pop() {
            for (name, range) in needs(&self.lock.entries[key]) {
                open.extend(self.answer(name, range)?);
            }
        }
        Ok(())
    }

    /// The entries that answer a range, as far as nobody has been there.
    fn answer(&mut self, name: &str, range: &str) -> Result<Vec<&'l str>, Differs> {
        let of_member = self.members.contains(name);
        let range = match (range.split_once(':'), self.lock.style) {
            (Some(("workspace", _)), _) if of_member => range.to_owned(),
            (Some(("npm", _)), _) if !of_member => range.to_owned(),
            // Tags are words: `latest`.
            (None, Some(Style::Three)) if !of_member && !range.contains('/') => {
                format!("npm:{range}")
            }
            _ => return Err(Differs::NotFollowed(format!("`{name}@{range}`"))),
        };
        let stale = || Differs::Stale(format!("`{name}@{range}`"));
        let mut wanted = Vec::new();
        if let Some((_, hash)) = PATCHED.iter().find(|(patched, _)| *patched == name) {
            let own = format!("{name}@patch:{name}@");
            let end = format!("#optional!builtin<compat/{name}>");
            let is_patch = |(descriptor, _): &(&&str, &&str)| {
                let of = descriptor
                    .strip_prefix(&own)
                    .and_then(|it| it.strip_suffix(&end));
                of.is_some_and(|of| decoded(of) == range)
            };
            if self.lock.style == Some(Style::Three) {
                return Err(Differs::NotFollowed(format!("the patch of `{name}`")));
            }
            let (descriptor, key) = self.descriptors.iter().find(is_patch).ok_or_else(stale)?;
            let resolution = self.lock.entries[*key].get("resolution");
            let resolution = resolution.and_then(Value::as_str).unwrap_or_default();
            if !resolution.ends_with(&format!("&hash={hash}")) {
                return Err(Differs::NotFollowed(format!("the patch of `{name}`")));
            }
            wanted.push((*descriptor).to_owned());
        }
        wanted.push(format!("{name}@{range}"));
        let mut found = Vec::new();
        for descriptor in wanted {
            let (&descriptor, &key) = self
                .descriptors
                .get_key_value(descriptor.as_str())
                .ok_or_else(stale)?;
            if self.used.insert(descriptor) {
                found.push(key);
            }
        }
        Ok(found)
    }
}

/// The ranges that an entry needs.
fn needs(entry: &Value) -> BTreeMap<&str, &str> {
    let needs = entry.get("dependencies").and_then(Value::as_object);
    let needs = needs.into_iter().flatten();
    needs
        .filter_map(|(name, range)| Some((name.as_str(), range.as_str()?)))
        .collect()
}

/// A text with its `%3A` as signs.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let sign = part
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match sign {
            Some(sign) if sign.is_ascii() => {
                decoded.push(char::from(sign));
                decoded.push_str(&part[2..]);
            }
            _ => {
                decoded.push('%');
                decoded.push_str(part);
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
__metadata:
  version: 8
  cacheKey: 10c0

"ms@npm:^2.1.0":
  version: 2.1.3
  resolution: "ms@npm:2.1.3"
  checksum: 10c0/d924
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    ms: "npm:^2.1.0"
    typescript: "npm:^5.0.0"
  languageName: unknown
  linkType: soft

"typescript@npm:^5.0.0":
  version: 5.9.2
  checksum: 10c0/cd6

"typescript@patch:typescript@npm%3A^5.0.0#optional!builtin<compat/typescript>":
  version: 5.9.2
  resolution: "typescript@patch:typescript@npm%3A5.9.2#optional!builtin<compat/typescript>::version=5.9.2&hash=5786d5"
  checksum: 10c0/66f
"#;
    const ROOT: &str = r#"{"name": "shop", "dependencies": {"ms": "^2.1.0"}, "devDependencies": {"typescript": "^5.0.0"}}"#;

    fn manifest(text: &str) -> PackageJson {
        PackageJson::parse(text).expect("it is JSON")
    }

    fn check(lock: &str, root: &str) -> Result<(), Differs> {
        let lock = BerryLock::parse(lock).expect("it is a lock");
        lock.is_made_for(&manifest(root), &[])
    }

    #[test]
    fn a_lock_of_the_manifest_answers() {
        assert_eq!(check(LOCK, ROOT), Ok(()));
        let lock = BerryLock::parse(LOCK).expect("it is a lock");
        assert_eq!(lock.style(), Some(Style::Four));
        assert_eq!(Style::of("4.5.3"), Some(Style::Four));
        assert_eq!(Style::of("4.4.1"), None);
        assert_eq!(Style::of("4.5.0-rc.1"), None);
    }

    #[test]
    fn what_would_be_written_anew_is_stale() {
        for (from, to) in [
            ("\"ms@npm:^2.1.0\"", "\"ms@npm:^2.1.0, ms@npm:^2.0.0\""),
            ("    ms: \"npm:^2.1.0\"", "    ms: \"npm:^2.0.0\""),
            (
                "\"typescript@patch:typescript@npm%3A^5.0.0",
                "\"typescript@patch:typescript@npm%3A^4.0.0",
            ),
            ("shop@workspace:.\":\n", "store@workspace:.\":\n"),
            (
                "    ms: \"npm:^2.1.0\"\n",
                "    ms: \"npm:^2.1.0\"\n    qs: \"npm:^6.0.0\"\n",
            ),
        ] {
            let changed = LOCK.replacen(from, to, 1);
            assert_ne!(changed, LOCK);
            assert!(
                matches!(check(&changed, ROOT), Err(Differs::Stale(_))),
                "{to}"
            );
        }
        let other = LOCK.replace("5786d5", "e012d7");
        assert!(matches!(check(&other, ROOT), Err(Differs::NotFollowed(_))));
        let root = r#"{"name": "shop", "bin": "x"}"#;
        assert!(matches!(check(LOCK, root), Err(Differs::NotFollowed(_))));
    }

    #[test]
    fn checksums_without_their_key_are_of_another_release() {
        let lock = BerryLock::parse(&LOCK.replacen("10c0/d924", "d924", 1)).expect("it is a lock");
        assert_eq!(lock.style(), None);
        let lock = LOCK.replacen("version: 8", "version: 10", 1);
        assert_eq!(BerryLock::parse(&lock).expect("it is a lock").style(), None);
    }

    #[test]
    fn members_have_entries_of_their_own() {
        let lock = "__metadata:\n  version: 6\n  cacheKey: 8\n\n\
                    \"one@workspace:*, one@workspace:p/one\":\n  version: 0.0.0-use.local\n  dependencies:\n    ms: ^2.1.0\n\n\
                    \"ms@npm:^2.1.0\":\n  version: 2.1.3\n  checksum: d92\n\n\
                    \"shop@workspace:.\":\n  version: 0.0.0-use.local\n  dependencies:\n    one: \"workspace:*\"\n";
        let lock = BerryLock::parse(lock).expect("it is a lock");
        assert_eq!(lock.style(), Some(Style::Three));
        let root = manifest(
            r#"{"name": "shop", "workspaces": ["p/*"], "dependencies": {"one": "workspace:*"}}"#,
        );
        let one = manifest(r#"{"name": "one", "dependencies": {"ms": "^2.1.0"}}"#);
        let members = [("p/one".to_owned(), one)];
        assert_eq!(lock.is_made_for(&root, &members), Ok(()));
        assert!(lock.is_made_for(&root, &[]).is_err());
    }
}

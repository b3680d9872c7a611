//! `package-lock.json`: <https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json>. Only what says
//! whether it answers everything that a project and its packages ask for.

use serde_json::{Map, Value};

use super::npm_range::{NpmRange, version};
use super::package_json::PackageJson;

/// A package-lock.json or npm-shrinkwrap.json.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageLock {
    /// The version of its format: 1, 2 or 3.
    pub format: u64,
    packages: Map<String, Value>,
    dependencies: Map<String, Value>,
}

/// What of a package is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peers {
    /// What it needs beside it as well, as npm 7 and later install it.
    Wanted,
    /// Nothing that has to stand beside it.
    Left,
}

/// Why a lock file does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// A range has no version in it, or another one.
    Stale(String),
    /// Something is asked for of which it is not known what answers it.
    NotFollowed(String),
}

/// A member of a workspace: its folder as seen from the root, and its manifest.
pub type Member = (String, PackageJson);

impl PackageLock {
    /// Reads the text.
    ///
    /// # Errors
    /// What the text is not.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Ok(Value::Object(mut map)) = serde_json::from_str(text) else {
            return Err("it is no JSON object".to_owned());
        };
        let format = map.get("lockfileVersion").and_then(Value::as_u64);
        let mut table = |key: &str| match map.remove(key) {
            Some(Value::Object(table)) => table,
            _ => Map::new(),
        };
        let (packages, dependencies) = (table("packages"), table("dependencies"));
        let format = format.ok_or_else(|| "it has no `lockfileVersion`".to_owned())?;
        let has_packages = packages.contains_key("");
        match format {
            1 => {}
            2 | 3 if has_packages => {}
            _ => return Err(format!("`lockfileVersion` {format}")),
        }
        Ok(Self {
            format,
            packages,
            dependencies,
        })
    }

    /// Whether each range of a project, of its members and of all that they bring has its version here, at the
    /// place where npm 7 and later look for it: such a tree is installed as it is.
    ///
    /// # Errors
    /// The first range that is not answered.
    pub fn answers(
        &self,
        root: &PackageJson,
        members: &[Member],
        peers: Peers,
    ) -> Result<(), Unanswered> {
        self.tables("", root.map(), Tables::OfProject, peers)?;
        for (folder, manifest) in members {
            self.member(folder, manifest)?;
            self.tables(folder, manifest.map(), Tables::OfProject, peers)?;
        }
        let links = self.packages.iter().filter(|(_, entry)| is_link(entry));
        for (path, entry) in links {
            let to = entry.get("resolved").and_then(Value::as_str);
            if !members
                .iter()
                .any(|(folder, _)| Some(folder.as_str()) == to)
            {
                return Err(Unanswered::Stale(format!("`{path}` is no member")));
            }
        }
        for (path, entry) in &self.packages {
            let Value::Object(entry) = entry else {
                continue;
            };
            let is_package = path.contains("node_modules/") && !entry.contains_key("link");
            if is_package {
                self.tables(path, entry, Tables::OfPackage, peers)?;
            }
        }
        Ok(())
    }

    /// A member stands in the lock, and a link in `node_modules` leads to it.
    fn member(&self, folder: &str, manifest: &PackageJson) -> Result<(), Unanswered> {
        let name = manifest.name();
        let name = name.unwrap_or_else(|| folder.rsplit('/').next().unwrap_or(folder));
        let link = self.packages.get(&format!("node_modules/{name}"));
        let leads_there = link.is_some_and(|link| {
            is_link(link) && link.get("resolved").and_then(Value::as_str) == Some(folder)
        });
        if leads_there && self.packages.contains_key(folder) {
            Ok(())
        } else {
            Err(Unanswered::Stale(format!("the member `{folder}`")))
        }
    }

    /// The ranges of one package, each at its place.
    fn tables(
        &self,
        place: &str,
        package: &Map<String, Value>,
        tables: Tables,
        peers: Peers,
    ) -> Result<(), Unanswered> {
        let names = tables.names();
        // npm takes what a later table says of a name, and a peer for one only where no table has it.
        let is_in =
            |table: &&str, name: &str| package.get(*table).is_some_and(|it| it.get(name).is_some());
        for (at, table) in names.iter().enumerate() {
            for (name, range) in ranges(package, table) {
                if !names[at + 1..].iter().any(|later| is_in(later, name)) {
                    self.answer(place, name, range, Look::FromItself)?;
                }
            }
        }
        if peers == Peers::Left {
            return Ok(());
        }
        for (name, range) in ranges(package, "peerDependencies") {
            let is_optional = package
                .get("peerDependenciesMeta")
                .and_then(|meta| meta.get(name)?.get("optional")?.as_bool())
                == Some(true);
            let is_absent = is_optional && self.find(place, name).is_none();
            if is_absent || names.iter().any(|table| is_in(table, name)) {
                continue;
            }
            let look = match tables {
                Tables::OfProject => Look::FromItself,
                Tables::OfPackage => Look::Beside,
            };
            self.answer(place, name, range, look)?;
        }
        Ok(())
    }

    fn answer(
        &self,
        place: &str,
        name: &str,
        range: Option<&str>,
        look: Look,
    ) -> Result<(), Unanswered> {
        let asks = || {
            let by = place.rsplit("node_modules/").next().unwrap_or(place);
            let by = if by.is_empty() {
                ""
            } else {
                &format!(" of `{by}`")
            };
            format!("`{name}@{}`{by}", range.unwrap_or("?"))
        };
        let Some(range) = range else {
            return Err(Unanswered::NotFollowed(asks()));
        };
        let Some((at, entry)) = self.find(place, name) else {
            return Err(Unanswered::Stale(asks()));
        };
        let is_own = !place.is_empty() && at == format!("{place}/node_modules/{name}");
        if look == Look::Beside && is_own {
            return Err(Unanswered::Stale(asks()));
        }
        // A member is linked, and its version is that of its own entry.
        let target = entry.get("resolved").and_then(Value::as_str);
        let entry = match target.filter(|_| is_link(entry)) {
            Some(folder) => self.packages.get(folder).unwrap_or(entry),
            None => entry,
        };
        let text = |key: &str| entry.get(key).and_then(Value::as_str);
        let found = Found {
            name: text("name").unwrap_or(name),
            version: text("version").unwrap_or_default(),
            is_fetched: target.is_some_and(|target| target.starts_with("http")),
        };
        match found.satisfies(name, range) {
            Some(true) => Ok(()),
            Some(false) => Err(Unanswered::Stale(asks())),
            None => Err(Unanswered::NotFollowed(asks())),
        }
    }

    /// The entry that a package at `place` finds by a name, as node looks for it: in its own `node_modules`,
    /// and then in that of each folder above.
    fn find(&self, place: &str, name: &str) -> Option<(String, &Value)> {
        let mut folder = place;
        loop {
            let path = match folder {
                "" => format!("node_modules/{name}"),
                folder => format!("{folder}/node_modules/{name}"),
            };
            if let Some(entry) = self.packages.get(&path) {
                return Some((path, entry));
            }
            if folder.is_empty() {
                return None;
            }
            folder = match folder.rfind("node_modules/") {
                Some(at) => folder[..at].trim_end_matches('/'),
                None => "",
            };
        }
    }

    /// Whether each range of a project and of all that it brings has its version here, where npm 6 looks for it.
    ///
    /// # Errors
    /// The first range that is not answered.
    pub fn answers_of_old(&self, root: &PackageJson) -> Result<(), Unanswered> {
        for table in Tables::OfProject.names() {
            for (name, range) in ranges(root.map(), table) {
                answer_of_old(&[&self.dependencies], name, range)?;
            }
        }
        inner(&mut vec![&self.dependencies])
    }
}

/// What the packages of the innermost table require.
fn inner(tables: &mut Vec<&Map<String, Value>>) -> Result<(), Unanswered> {
    let innermost = *tables.last().expect("it begins with one");
    for entry in innermost.values() {
        let own = entry.get("dependencies").and_then(Value::as_object);
        tables.extend(own);
        if let Value::Object(entry) = entry {
            for (name, range) in ranges(entry, "requires") {
                answer_of_old(tables, name, range)?;
            }
        }
        if own.is_some() {
            inner(tables)?;
            tables.pop();
        }
    }
    Ok(())
}

fn answer_of_old(
    tables: &[&Map<String, Value>],
    name: &str,
    range: Option<&str>,
) -> Result<(), Unanswered> {
    let asks = || format!("`{name}@{}`", range.unwrap_or("?"));
    let found = tables.iter().rev().find_map(|table| table.get(name));
    let Some(entry) = found else {
        return Err(Unanswered::Stale(asks()));
    };
    let text = entry.get("version").and_then(Value::as_str);
    let text = text.unwrap_or_default();
    let (real, version) = alias(text).unwrap_or((name, text));
    let found = Found {
        name: real,
        version,
        is_fetched: false,
    };
    match range.and_then(|range| found.satisfies(name, range)) {
        Some(true) => Ok(()),
        Some(false) => Err(Unanswered::Stale(asks())),
        None => Err(Unanswered::NotFollowed(asks())),
    }
}

/// Which tables of a package count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tables {
    OfProject,
    OfPackage,
}

impl Tables {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::OfProject => &["dependencies", "optionalDependencies", "devDependencies"],
            Self::OfPackage => &["dependencies", "optionalDependencies"],
        }
    }
}

/// Where a package may be found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    FromItself,
    /// Not among those that are its own.
    Beside,
}

/// A package that was found for a range.
struct Found<'v> {
    name: &'v str,
    version: &'v str,
    is_fetched: bool,
}

impl Found<'_> {
    /// Whether it is what `name` with `range` asks for; `None` where that is not known.
    fn satisfies(&self, name: &str, range: &str) -> Option<bool> {
        if let Some((real, range)) = alias(range) {
            return Some(real == self.name && self.satisfies(self.name, range)?);
        }
        if name != self.name {
            return Some(false);
        }
        let range = range.trim();
        if matches!(range, "" | "*") {
            return Some(true);
        }
        let version = version(self.version)?;
        if let Some(range) = NpmRange::parse(range) {
            return Some(range.matches(&version));
        }
        // A tag: npm is content with what the lock took for it.
        let is_tag = !range.is_empty()
            && range
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'));
        (is_tag && self.is_fetched).then_some(true)
    }
}

/// The name and the range of `npm:name@range`.
fn alias(range: &str) -> Option<(&str, &str)> {
    let rest = range.strip_prefix("npm:")?;
    match rest.rfind('@') {
        Some(at) if at > 0 => Some((&rest[..at], &rest[at + 1..])),
        _ => Some((rest, "*")),
    }
}

fn is_link(entry: &Value) -> bool {
    entry.get("link").and_then(Value::as_bool) == Some(true)
}

/// The names and ranges of a table; a range that is no text is `None`.
fn ranges<'v>(
    package: &'v Map<String, Value>,
    table: &str,
) -> impl Iterator<Item = (&'v str, Option<&'v str>)> + use<'v> {
    let table = package.get(table).and_then(Value::as_object);
    let table = table.into_iter().flatten();
    table.map(|(name, range)| (name.as_str(), range.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(packages: &str) -> PackageLock {
        let text = format!("{{\"lockfileVersion\": 3, \"packages\": {packages}}}");
        PackageLock::parse(&text).expect("it is a lock")
    }

    fn manifest(text: &str) -> PackageJson {
        PackageJson::parse(text).expect("it is JSON")
    }

    #[test]
    fn the_whole_tree_is_asked() {
        let root = manifest(r#"{"dependencies": {"a": "^1.0.0"}}"#);
        let good = lock(
            r#"{"": {}, "node_modules/a": {"version": "1.2.0", "dependencies": {"b": "2"}},
                "node_modules/a/node_modules/b": {"version": "2.1.0"}, "node_modules/b": {"version": "1.0.0"}}"#,
        );
        assert_eq!(good.answers(&root, &[], Peers::Wanted), Ok(()));
        let stale = lock(
            r#"{"": {}, "node_modules/a": {"version": "1.2.0", "dependencies": {"b": "2"}},
                "node_modules/b": {"version": "1.0.0"}}"#,
        );
        assert_eq!(
            stale.answers(&root, &[], Peers::Wanted),
            Err(Unanswered::Stale("`b@2` of `a`".to_owned()))
        );
    }

    #[test]
    fn a_later_table_is_the_one_that_counts() {
        let lock = |text: &str| {
            PackageLock::parse(&format!("{{\"lockfileVersion\": 3, \"packages\": {text}}}"))
        };
        let root = PackageJson::parse(
            r#"{"dependencies": {"a": "^2.0.0"}, "devDependencies": {"a": "^1.0.0"}}"#,
        );
        let root = root.unwrap();
        let newer = lock(r#"{"": {}, "node_modules/a": {"version": "2.0.0"}}"#).unwrap();
        let older = lock(r#"{"": {}, "node_modules/a": {"version": "1.0.0"}}"#).unwrap();
        assert!(older.answers(&root, &[], Peers::Wanted).is_ok());
        assert!(newer.answers(&root, &[], Peers::Wanted).is_err());
        // A package's own, which is a peer of it as well.
        let own = lock(
            r#"{"": {}, "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "^8.0.0"},
                "peerDependencies": {"b": "^8.0.0"}, "peerDependenciesMeta": {"b": {"optional": true}}},
                "node_modules/a/node_modules/b": {"version": "8.1.0"}, "node_modules/b": {"version": "6.0.0"}}"#,
        );
        assert!(own.unwrap().answers(&root, &[], Peers::Wanted).is_ok());
    }

    #[test]
    fn peers_and_optional_packages_have_to_be_there() {
        let root = manifest(r#"{"dependencies": {"a": "^1.0.0"}}"#);
        let without = lock(
            r#"{"": {}, "node_modules/a": {"version": "1.2.0", "peerDependencies": {"b": ">=2", "c": "1"},
                "peerDependenciesMeta": {"c": {"optional": true}}}}"#,
        );
        assert!(without.answers(&root, &[], Peers::Wanted).is_err());
        assert_eq!(without.answers(&root, &[], Peers::Left), Ok(()));
        let optional = lock(
            r#"{"": {}, "node_modules/a": {"version": "1.2.0", "optionalDependencies": {"b": ">=2"}}}"#,
        );
        assert!(optional.answers(&root, &[], Peers::Left).is_err());
    }

    #[test]
    fn aliases_and_tags_are_followed_and_addresses_are_not() {
        let root = manifest(r#"{"dependencies": {"a": "npm:@x/b@^1.0.0", "c": "latest"}}"#);
        let good = lock(
            r#"{"": {}, "node_modules/a": {"name": "@x/b", "version": "1.2.0"},
                "node_modules/c": {"version": "3.0.0", "resolved": "https://registry.npmjs.org/c/-/c-3.0.0.tgz"}}"#,
        );
        assert_eq!(good.answers(&root, &[], Peers::Wanted), Ok(()));
        let root = manifest(r#"{"dependencies": {"c": "github:o/c"}}"#);
        let found = good.answers(&root, &[], Peers::Wanted);
        assert!(matches!(found, Err(Unanswered::NotFollowed(_))));
    }

    #[test]
    fn members_are_linked() {
        let root = manifest(r#"{"workspaces": ["p/*"]}"#);
        let member = manifest(r#"{"name": "a", "dependencies": {"b": "1"}}"#);
        let members = [("p/a".to_owned(), member)];
        let good = lock(
            r#"{"": {}, "p/a": {"version": "1.0.0"}, "node_modules/a": {"resolved": "p/a", "link": true},
                "node_modules/b": {"version": "1.0.0"}}"#,
        );
        assert_eq!(good.answers(&root, &members, Peers::Wanted), Ok(()));
        assert!(good.answers(&root, &[], Peers::Wanted).is_err());
        let bare = lock(r#"{"": {}, "node_modules/b": {"version": "1.0.0"}}"#);
        assert!(bare.answers(&root, &members, Peers::Wanted).is_err());
    }

    #[test]
    fn the_old_format_is_asked_too() {
        let text = r#"{"lockfileVersion": 1, "dependencies": {
            "a": {"version": "1.0.0", "requires": {"b": "^2.0.0"}, "dependencies": {"b": {"version": "2.0.1"}}},
            "b": {"version": "1.0.0"}}}"#;
        let lock = PackageLock::parse(text).expect("it is a lock");
        let root = manifest(r#"{"dependencies": {"a": "^1.0.0"}, "devDependencies": {"b": "1"}}"#);
        assert_eq!(lock.answers_of_old(&root), Ok(()));
        let root = manifest(r#"{"dependencies": {"b": "^2.0.0"}}"#);
        assert_eq!(
            lock.answers_of_old(&root),
            Err(Unanswered::Stale("`b@^2.0.0`".to_owned()))
        );
        assert!(PackageLock::parse("{}").is_err());
        assert!(PackageLock::parse(r#"{"lockfileVersion": 9}"#).is_err());
    }
}

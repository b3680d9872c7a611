//! `uv.lock`: <https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile>. Only whether it was made for the
//! requirements of a pyproject.toml, as far as these are plain.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// The index that uv asks where nothing says otherwise.
const INDEX: &str = "https://pypi.org/simple";

/// Keys of a lock file that say nothing of settings.
const PLAIN: &[&str] = &[
    "version",
    "revision",
    "requires-python",
    "resolution-markers",
    "package",
];

/// Requirements as a set: their names, each with its extras and specifiers.
type Requirements = BTreeMap<String, (Vec<String>, String)>;

/// Why a lock file does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Differs {
    /// It is no lock file that can be read.
    NotRead(String),
    /// It was made for something else.
    Stale(String),
    /// Something decides about it that is not followed.
    NotFollowed(String),
}

/// Whether a lock file was made for a project: the texts of uv.lock and pyproject.toml.
///
/// # Errors
/// What differs, or is not followed.
pub fn is_made_for(lock: &str, project: &str) -> Result<(), Differs> {
    let lock = table(lock, "uv.lock")?;
    let project = table(project, "pyproject.toml")?;
    if let Some(key) = lock.keys().find(|key| !PLAIN.contains(&key.as_str())) {
        return Err(Differs::NotFollowed(format!("`{key}` in `uv.lock`")));
    }
    let packages = lock.get("package").and_then(Value::as_array);
    let packages = packages.map_or(&[][..], Vec::as_slice);
    let root = root_of(packages)?;
    let own = own_table(&project)?;
    for (what, locked, written) in [
        (
            "name",
            text(root, "name").map(normal),
            text(own, "name").map(normal),
        ),
        (
            "version",
            text(root, "version").map(str::to_owned),
            text(own, "version").map(str::to_owned),
        ),
        (
            "requires-python",
            text(&lock, "requires-python").map(|it| it.replace(' ', "")),
            text(own, "requires-python").map(|it| it.replace(' ', "")),
        ),
    ] {
        if written.is_none() {
            return Err(Differs::NotFollowed(format!("no `{what}`")));
        }
        if locked != written {
            return Err(Differs::Stale(format!("`{what}`")));
        }
    }
    let metadata = root.get("metadata").and_then(Value::as_table);
    let locked = metadata.and_then(|it| it.get("requires-dist"));
    compare(locked, own.get("dependencies"))?;
    groups(metadata, &project)
}

/// The entry of the project; all others come from the usual index.
fn root_of(packages: &[Value]) -> Result<&Table, Differs> {
    let mut root = None;
    for package in packages.iter().filter_map(Value::as_table) {
        let source = package.get("source").and_then(Value::as_table);
        let named = |key: &str| source.and_then(|source| source.get(key)?.as_str());
        if named("virtual") == Some(".") || named("editable") == Some(".") {
            root = Some(package);
        } else if named("registry") != Some(INDEX) {
            let name = text(package, "name").unwrap_or("?");
            return Err(Differs::NotFollowed(format!("the source of `{name}`")));
        }
    }
    root.ok_or_else(|| Differs::Stale("the project is not in it".to_owned()))
}

/// The table of the project, where nothing else decides about the lock file.
fn own_table(project: &Table) -> Result<&Table, Differs> {
    let refused = |what: &str| Err(Differs::NotFollowed(format!("`{what}`")));
    let tool = project.get("tool").and_then(|tool| tool.get("uv"));
    let settings = tool.and_then(Value::as_table).into_iter().flatten();
    if let Some((key, _)) = settings.into_iter().find(|(key, _)| *key != "package") {
        return refused(&format!("tool.uv.{key}"));
    }
    let Some(own) = project.get("project").and_then(Value::as_table) else {
        return refused("project");
    };
    for key in ["dynamic", "optional-dependencies"] {
        if own.contains_key(key) {
            return refused(key);
        }
    }
    Ok(own)
}

/// The groups of dependencies are the same.
fn groups(metadata: Option<&Table>, project: &Table) -> Result<(), Differs> {
    let empty = Table::new();
    let written = project.get("dependency-groups").and_then(Value::as_table);
    let written = written.unwrap_or(&empty);
    let locked = metadata.and_then(|it| it.get("requires-dev")?.as_table());
    let locked = locked.unwrap_or(&empty);
    if let Some(name) = locked.keys().find(|name| !written.contains_key(*name)) {
        return Err(Differs::Stale(format!("the group `{name}`")));
    }
    for (name, group) in written {
        compare(locked.get(name), Some(group))?;
    }
    Ok(())
}

/// The requirements of a list are those that the lock file was made for.
fn compare(locked: Option<&Value>, written: Option<&Value>) -> Result<(), Differs> {
    let mut wanted = Requirements::new();
    for item in list(written) {
        let plain = item.as_str().and_then(requirement);
        let Some((name, rest)) = plain else {
            let what = item.as_str().unwrap_or("a group that includes another");
            return Err(Differs::NotFollowed(format!("`{what}`")));
        };
        wanted.insert(name, rest);
    }
    let mut made_for = Requirements::new();
    for item in list(locked).iter().filter_map(Value::as_table) {
        let name = text(item, "name").unwrap_or_default().to_owned();
        let plain = ["name", "specifier", "extras"];
        if item.keys().any(|key| !plain.contains(&key.as_str())) {
            return Err(Differs::NotFollowed(format!("the requirement `{name}`")));
        }
        let extras = list(item.get("extras")).iter().filter_map(Value::as_str);
        let specifier = text(item, "specifier").unwrap_or_default();
        let rest = (extras.map(normal).collect(), sorted(specifier));
        made_for.insert(name, rest);
    }
    if wanted.len() != list(written).len() || made_for.len() != list(locked).len() {
        return Err(Differs::NotFollowed("a name that stands twice".to_owned()));
    }
    let differs = wanted
        .iter()
        .find(|(name, rest)| made_for.get(*name) != Some(rest))
        .or_else(|| {
            made_for
                .iter()
                .find(|(name, _)| !wanted.contains_key(*name))
        });
    match differs {
        Some((name, _)) => Err(Differs::Stale(format!("`{name}`"))),
        None => Ok(()),
    }
}

/// Name, extras and specifiers of a requirement without marker and address.
fn requirement(text: &str) -> Option<(String, (Vec<String>, String))> {
    if text.contains([';', '@', '(']) {
        return None;
    }
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.');
    let text = text.trim();
    let end = text.find(|char| !is_name(char)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let (extras, rest) = match rest.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => ("", rest),
    };
    let extras = extras.split(',').map(str::trim).filter(|it| !it.is_empty());
    let extras = extras.map(normal).collect();
    (!name.is_empty()).then(|| (normal(name), (extras, sorted(rest))))
}

/// Specifiers, whichever way they are written: uv does not care about their order.
fn sorted(specifiers: &str) -> String {
    let text = specifiers.replace(' ', "");
    let mut parts: Vec<&str> = text.split(',').collect();
    parts.sort_unstable();
    parts.join(",")
}

/// A name as indexes compare it: <https://packaging.python.org/en/latest/specifications/name-normalization/>.
fn normal(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

fn table(text: &str, name: &str) -> Result<Table, Differs> {
    let parsed = text.parse();
    parsed.map_err(|error: toml::de::Error| {
        Differs::NotRead(format!("`{name}`: {}", error.message()))
    })
}

fn text<'t>(table: &'t Table, key: &str) -> Option<&'t str> {
    table.get(key)?.as_str()
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "idna"
version = "3.10"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "shop"
version = "0.1.0"
source = { virtual = "." }

[package.metadata]
requires-dist = [
    { name = "idna", specifier = ">=3,<4" },
    { name = "uvicorn", extras = ["standard"] },
]

[package.metadata.requires-dev]
dev = [{ name = "iniconfig", specifier = ">=2" }]
"#;

    const PROJECT: &str = r#"
[project]
name = "shop"
version = "0.1.0"
requires-python = ">= 3.11"
dependencies = ["Idna <4, >=3", "uvicorn[standard]"]

[dependency-groups]
dev = ["iniconfig>=2"]
"#;

    #[test]
    fn requirements_are_compared() {
        assert_eq!(is_made_for(LOCK, PROJECT), Ok(()));
        for (from, to) in [
            ("<4, >=3", "<5, >=3"),
            ("0.1.0", "0.2.0"),
            ("3.11", "3.12"),
            ("uvicorn[standard]", "uvicorn"),
            ("\"iniconfig>=2\"", ""),
        ] {
            let found = is_made_for(LOCK, &PROJECT.replace(from, to));
            assert!(matches!(found, Err(Differs::Stale(_))), "{from}: {found:?}");
        }
    }

    #[test]
    fn what_is_not_plain_is_not_followed() {
        for (from, to) in [
            ("uvicorn[standard]", "uvicorn ; python_version < '3.12'"),
            ("uvicorn[standard]", "uvicorn @ https://example.org/u.whl"),
            (
                "[dependency-groups]",
                "[tool.uv.sources]\na = { path = \"a\" }\n[dependency-groups]",
            ),
            ("version = \"0.1.0\"", "dynamic = [\"version\"]"),
        ] {
            let found = is_made_for(LOCK, &PROJECT.replace(from, to));
            assert!(
                matches!(found, Err(Differs::NotFollowed(_))),
                "{from}: {found:?}"
            );
        }
        let lock = LOCK.replace("https://pypi.org/simple", "https://example.org/simple");
        assert!(matches!(
            is_made_for(&lock, PROJECT),
            Err(Differs::NotFollowed(_))
        ));
        assert!(matches!(
            is_made_for("<<<", PROJECT),
            Err(Differs::NotRead(_))
        ));
    }
}

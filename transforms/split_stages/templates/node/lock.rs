//! What a lock file says of the packages that an install brings.

use serde_json::Value;

use crate::model::placed::joined;
use crate::transforms::split_stages::site::Site;

/// A package that a lock file names.
pub(super) struct Locked {
    pub(super) name: String,
    /// Whether it runs scripts of its own when it is installed.
    pub(super) has_script: bool,
    /// Whether only development needs it.
    pub(super) is_of_development: bool,
}

/// A lock file, as far as it is followed.
pub(super) enum Lock<'a> {
    /// npm's since version 7: each package with what is said of it.
    Packages(Vec<Locked>),
    /// npm's of before, which does not say what a package runs.
    WithoutScripts(Vec<Locked>),
    /// One that says neither who needs a package nor what it runs: yarn's, pnpm's, bun's.
    Names(&'a str),
}

impl<'a> Lock<'a> {
    /// The lock file in a folder of the image, the first that its manager reads.
    pub(super) fn of(site: &'a Site<'_>, folder: &str) -> Option<Self> {
        let text = |name: &str| site.text(&joined(folder, name));
        let npm = ["npm-shrinkwrap.json", "package-lock.json"];
        if let Some(text) = npm.into_iter().find_map(text) {
            let json: Value = serde_json::from_str(text).unwrap_or_default();
            let packages = json.get("packages").and_then(Value::as_object);
            if let Some(packages) = packages {
                return Some(Self::Packages(packages.iter().filter_map(locked).collect()));
            }
            let mut found = Vec::new();
            nested(&json, &mut found);
            return Some(Self::WithoutScripts(found));
        }
        let others = ["yarn.lock", "pnpm-lock.yaml", "bun.lock"];
        others.into_iter().find_map(text).map(Self::Names)
    }

    /// Whether a package is named that what runs may need.
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::Packages(packages) | Self::WithoutScripts(packages) => {
                let mut packages = packages.iter();
                packages.any(|it| it.name == name && !it.is_of_development)
            }
            // Bun's: `"name": ["name@1.0.0", …]`.
            Self::Names(text) if text.contains(&format!("[\"{name}@")) => true,
            Self::Names(text) => text.lines().any(|line| {
                let line = line.trim_start_matches([' ', '"', '\'', '/']);
                let rest = line.strip_prefix(name);
                rest.is_some_and(|rest| {
                    let version = rest.strip_prefix(['@', '/']).unwrap_or_default();
                    rest.starts_with('@') || version.starts_with(|it: char| it.is_ascii_digit())
                })
            }),
        }
    }
}

/// A package, by its path below the project; not the project itself.
fn locked((path, package): (&String, &Value)) -> Option<Locked> {
    let has = |key: &str| package.get(key).and_then(Value::as_bool) == Some(true);
    let name = path.rsplit("node_modules/").next().unwrap_or(path);
    (!path.is_empty()).then(|| Locked {
        name: name.to_owned(),
        has_script: has("hasInstallScript"),
        is_of_development: has("dev"),
    })
}

/// The packages of a table, and those that they have for themselves.
fn nested(table: &Value, found: &mut Vec<Locked>) {
    let packages = table.get("dependencies").and_then(Value::as_object);
    for (name, package) in packages.into_iter().flatten() {
        found.push(Locked {
            name: name.clone(),
            has_script: false,
            is_of_development: package.get("dev").and_then(Value::as_bool) == Some(true),
        });
        nested(package, found);
    }
}

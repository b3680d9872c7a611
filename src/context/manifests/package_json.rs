//! `package.json`: <https://docs.npmjs.com/cli/v11/configuring-npm/package-json>.

use serde_json::{Map, Value};

/// A package.json.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageJson(Map<String, Value>);

/// The tables of dependencies that an install may fetch.
const TABLES: &[&str] = &[
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
];

impl PackageJson {
    /// Reads the text of a package.json.
    ///
    /// # Errors
    /// What the text is not: JSON, or an object.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match serde_json::from_str(text) {
            Ok(Value::Object(map)) => Ok(Self(map)),
            Ok(_) => Err("it is no object".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Its name.
    pub fn name(&self) -> Option<&str> {
        self.0.get("name")?.as_str()
    }

    /// Its version.
    pub fn version(&self) -> Option<&str> {
        self.0.get("version")?.as_str()
    }

    /// The name and the version of the package manager that it asks for.
    pub fn package_manager(&self) -> Option<(&str, &str)> {
        let (name, version) = self.0.get("packageManager")?.as_str()?.split_once('@')?;
        Some((name, version.split('+').next().unwrap_or(version)))
    }

    /// What an install of the project fetches for itself, with the ranges.
    pub fn installed(&self) -> impl Iterator<Item = (&str, &str)> {
        let tables = ["devDependencies", "dependencies", "optionalDependencies"].into_iter();
        let tables = tables.filter_map(|table| self.0.get(table)?.as_object());
        tables
            .flatten()
            .filter_map(|(name, range)| Some((name.as_str(), range.as_str()?)))
    }

    /// Its table, as written.
    pub(super) fn map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Whether a key stands at the top.
    pub fn has_key(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The text of a script.
    pub fn script(&self, name: &str) -> Option<&str> {
        self.0.get("scripts")?.get(name)?.as_str()
    }

    /// The dependencies of all tables, with their ranges.
    pub fn dependencies(&self) -> impl Iterator<Item = (&str, &str)> {
        let tables = TABLES
            .iter()
            .filter_map(|table| self.0.get(*table)?.as_object());
        tables
            .flatten()
            .filter_map(|(name, range)| Some((name.as_str(), range.as_str()?)))
    }

    /// The names in one table of dependencies.
    pub fn names(&self, table: &str) -> Vec<String> {
        let names = self.0.get(table).and_then(Value::as_object);
        names
            .map(|it| it.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// Whether one of `names` is a dependency.
    pub fn depends_on(&self, names: &[&str]) -> bool {
        self.dependencies().any(|(name, _)| names.contains(&name))
    }

    /// Dependencies that are paths of the project, with their ranges; overrides and resolutions among them.
    pub fn local_dependencies(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = ["overrides", "resolutions"].into_iter();
        let others = others
            .filter_map(|table| self.0.get(table)?.as_object())
            .flatten();
        let others = others.filter_map(|(name, range)| Some((name.as_str(), range.as_str()?)));
        self.dependencies()
            .chain(others)
            .filter(|(_, range)| is_local(range))
    }

    /// Whether it is the root of a workspace.
    pub fn has_workspaces(&self) -> bool {
        self.has_key("workspaces")
    }

    /// The patterns of its workspaces.
    pub fn workspaces(&self) -> Vec<String> {
        let patterns = match self.0.get("workspaces") {
            Some(Value::Array(patterns)) => patterns.as_slice(),
            Some(Value::Object(table)) => table
                .get("packages")
                .and_then(Value::as_array)
                .map_or(&[][..], Vec::as_slice),
            _ => &[],
        };
        let texts = patterns.iter().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }

    /// The files of patches that pnpm and bun apply.
    pub fn patch_files(&self) -> impl Iterator<Item = &str> {
        let own = self.0.get("patchedDependencies");
        let pnpm = self
            .0
            .get("pnpm")
            .and_then(|pnpm| pnpm.get("patchedDependencies"));
        let tables = own.into_iter().chain(pnpm).filter_map(Value::as_object);
        tables.flatten().filter_map(|(_, file)| file.as_str())
    }

    /// Where the prisma schema lies, where the manifest says so.
    pub fn prisma_schema(&self) -> Option<&str> {
        self.0.get("prisma")?.get("schema")?.as_str()
    }
}

/// Whether a range names a path of the project.
fn is_local(range: &str) -> bool {
    const LOCAL: &[&str] = &[
        "git+file:",
        "file:",
        "link:",
        "portal:",
        "workspace:",
        "patch:",
        "./",
        "../",
        "/",
        "~/",
    ];
    LOCAL.iter().any(|start| range.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_project_are_found() {
        let manifest = PackageJson::parse(
            r#"{"dependencies": {"a": "^1.0.0", "b": "file:../b"}, "resolutions": {"c": "patch:c@1#x"}}"#,
        );
        let manifest = manifest.expect("it is JSON");
        let local: Vec<&str> = manifest
            .local_dependencies()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(local, ["b", "c"]);
    }

    #[test]
    fn both_forms_of_workspaces_are_read() {
        for text in [
            r#"{"workspaces": ["packages/*"]}"#,
            r#"{"workspaces": {"packages": ["packages/*"], "nohoist": []}}"#,
        ] {
            let manifest = PackageJson::parse(text).expect("it is JSON");
            assert_eq!(manifest.workspaces(), ["packages/*"]);
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        assert!(PackageJson::parse("[]").is_err());
        assert!(PackageJson::parse("{").is_err());
    }
}

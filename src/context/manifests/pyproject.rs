//! `pyproject.toml`, and `Pipfile`, which is TOML too.
//! <https://packaging.python.org/en/latest/specifications/pyproject-toml/>

use toml::{Table, Value};

/// A pyproject.toml or a Pipfile.
#[derive(Clone, Debug, PartialEq)]
pub struct Pyproject(Table);

impl Pyproject {
    /// Reads the text.
    ///
    /// # Errors
    /// Where it is not TOML.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        text.parse()
            .map(Self)
            .map_err(|error: toml::de::Error| error.message().to_owned())
    }

    fn at(&self, path: &[&str]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter()
            .try_fold(self.0.get(*first)?, |value, key| value.get(*key))
    }

    /// Dependencies that are paths of the project: anywhere a table names a `path`, a `file` or a `workspace`.
    pub fn local_dependencies(&self) -> Vec<String> {
        let mut found = Vec::new();
        let roots: &[&[&str]] = &[
            &["packages"],
            &["dev-packages"],
            &["project"],
            &["dependency-groups"],
            &["tool", "poetry", "dependencies"],
            &["tool", "poetry", "dev-dependencies"],
            &["tool", "poetry", "group"],
            &["tool", "uv", "sources"],
            &["tool", "uv", "workspace"],
            &["tool", "uv", "dev-dependencies"],
            &["tool", "pdm", "dev-dependencies"],
        ];
        for root in roots {
            if let Some(value) = self.at(root) {
                let name = root.last().copied().unwrap_or_default();
                local(name, value, &mut found);
            }
        }
        found
    }

    /// Whether an install by `manager` installs the project itself, where no option says otherwise.
    pub fn installs_itself(&self, manager: &str) -> bool {
        let is_false = |path: &[&str]| self.at(path).and_then(Value::as_bool) == Some(false);
        match manager {
            "poetry" => !is_false(&["tool", "poetry", "package-mode"]),
            // Without a build system it is no package.
            "uv" => {
                let says = self.at(&["tool", "uv", "package"]).and_then(Value::as_bool);
                says.unwrap_or(self.0.contains_key("build-system"))
            }
            "pdm" => !is_false(&["tool", "pdm", "distribution"]),
            _ => true,
        }
    }
}

fn local(name: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Table(table) => {
            let is_local = table.contains_key("path")
                || table.contains_key("file")
                || table.contains_key("editable")
                || table.get("workspace").and_then(Value::as_bool) == Some(true)
                || (name == "workspace" && table.contains_key("members"));
            // `readme = { file = … }` and `license = { file = … }` are no dependencies.
            if is_local && !matches!(name, "readme" | "license") {
                found.push(name.to_owned());
                return;
            }
            for (key, value) in table {
                local(key, value, found);
            }
        }
        Value::Array(values) => {
            for value in values {
                local(name, value, found);
            }
        }
        Value::String(text) if text.contains("file:") || text.starts_with("./") => {
            found.push(text.clone());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Pyproject {
        Pyproject::parse(text).expect("it is TOML")
    }

    #[test]
    fn paths_of_the_project_are_found() {
        for text in [
            "[tool.poetry.dependencies]\na = { path = \"../a\" }\n",
            "[tool.poetry.group.dev.dependencies.a]\npath = \"a\"\n",
            "[project]\nname = \"x\"\ndependencies = [\"a @ file:///a\"]\n",
            "[tool.uv.sources]\na = { workspace = true }\n",
            "[tool.uv.workspace]\nmembers = [\"a\"]\n",
            "[packages]\na = {path = \".\", editable = true}\n",
        ] {
            assert_eq!(read(text).local_dependencies().len(), 1, "{text}");
        }
        let plain = "[project]\nname = \"x\"\nreadme = { file = \"README.md\" }\ndependencies = [\"a>1\"]\n";
        assert!(read(plain).local_dependencies().is_empty());
    }

    #[test]
    fn what_installs_itself_is_known() {
        assert!(!read("[project]\nname = \"x\"\n").installs_itself("uv"));
        assert!(read("[build-system]\nrequires = []\n").installs_itself("uv"));
        assert!(read("[tool.poetry]\nname = \"x\"\n").installs_itself("poetry"));
        assert!(!read("[tool.poetry]\npackage-mode = false\n").installs_itself("poetry"));
    }
}

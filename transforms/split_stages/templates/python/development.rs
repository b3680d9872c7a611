//! Packages of development that `uv sync` installs, and that nothing runs.

use super::steps::Done;
use crate::model::packages::Verb;
use crate::model::placed::joined;
use crate::transforms::split_stages::site::Site;

/// Tools that look at sources or test them, and that no program imports.
#[rustfmt::skip]
const TOOLS: &[&str] = &[
    "bandit", "black", "coverage", "factory-boy", "faker", "flake8", "freezegun", "hypothesis", "ipdb", "ipython", "isort",
    "mypy", "nox", "pdbpp", "pre-commit", "pylint", "pyright", "pytest", "respx", "responses", "ruff", "tox", "ty", "vulture",
];

/// The RUN that removes them: `uv sync` once more, without. `None` where there are none, where one may be used, or
/// where the author chooses the groups.
pub(super) fn pruned(site: &Site<'_>, done: &Done<'_>) -> Option<String> {
    let (run, operation, folder) = done.installs.last()?;
    let command = run.command(operation);
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let is_sync = operation.manager.id == "uv"
        && operation.verb == Verb::Install
        && words.first() == Some(&"uv")
        && words.get(1) == Some(&"sync");
    let chooses = words.iter().any(|word| {
        let name = word.split('=').next().unwrap_or(word);
        let groups = [
            "--no-dev",
            "--dev",
            "--only-dev",
            "--group",
            "--only-group",
            "--no-group",
        ];
        groups.contains(&name)
            || matches!(name, "--all-groups" | "--no-default-groups" | "--inexact")
    });
    let is_plain = words
        .iter()
        .all(|word| !word.contains(['$', '`', '"', '\'', '\\']));
    let is_told = site.is_set("UV_NO_DEV", &["1", "true"]);
    if !is_sync || chooses || !is_plain || is_told || !run.mounts.is_empty() {
        return None;
    }
    let text = site.text(&joined(folder, "pyproject.toml"))?;
    let table: toml::Table = toml::from_str(text).ok()?;
    let groups = table.get("dependency-groups").and_then(|it| it.get("dev"));
    let tool = table.get("tool").and_then(|it| it.get("uv"));
    if tool.is_some_and(|it| it.get("default-groups").is_some()) {
        return None;
    }
    let older = tool.and_then(|it| it.get("dev-dependencies"));
    let lists = [groups, older];
    let lists = lists.iter().flatten().filter_map(|it| it.as_array());
    let names: Option<Vec<String>> = lists
        .flatten()
        .map(|it| {
            let text = it.as_str()?;
            let end =
                text.find(|char: char| !(char.is_ascii_alphanumeric() || "-_.".contains(char)));
            Some(text[..end.unwrap_or(text.len())].to_ascii_lowercase())
        })
        .collect();
    let names = names.filter(|names| !names.is_empty())?;
    let is_tool = |name: &String| {
        TOOLS.contains(&name.as_str())
            || ["pytest-", "types-", "flake8-"]
                .iter()
                .any(|it| name.starts_with(it))
    };
    names
        .iter()
        .all(is_tool)
        .then(|| format!("RUN {} --no-dev", words.join(" ")))
}

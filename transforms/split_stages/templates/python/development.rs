//! Packages of development that uv and poetry install, and that nothing runs.

use super::steps::Done;
use crate::edit::Edit;
use crate::model::packages::Verb;
use crate::model::placed::joined;
use crate::transform::Effect;
use crate::transform::words::WordEdits;
use crate::transforms::split_stages::site::Site;

/// Tools that look at sources or test them, and that no program imports.
#[rustfmt::skip]
const TOOLS: &[&str] = &[
    "bandit", "black", "coverage", "factory-boy", "faker", "flake8", "freezegun", "hypothesis", "ipdb", "ipython", "isort",
    "mypy", "nox", "pdbpp", "pre-commit", "pylint", "pyright", "pytest", "respx", "responses", "ruff", "tox", "ty", "vulture",
];

/// Options that choose groups, of either.
#[rustfmt::skip]
const CHOICES: &[&str] = &[
    "--all-extras", "--all-groups", "--dev", "--group", "--inexact", "--no-default-groups", "--no-dev", "--no-group",
    "--only", "--only-dev", "--only-group", "--sync", "--with", "--without",
];

/// How they are not installed.
pub(super) enum Without {
    /// The install says so.
    Edit(Vec<Edit>, Box<Effect>),
    /// A RUN behind the build, where that may use them.
    Run(String),
}

/// The install without them, or once more behind the build; of poetry only where it `is_outside` of what it installs
/// into. `None` where there are none, where one may be used, or where the author chooses the groups.
pub(super) fn without(site: &Site<'_>, done: &Done<'_>, is_outside: bool) -> Option<Without> {
    let (run, operation, folder) = done.installs.last()?;
    let command = run.command(operation);
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let chooses = words.iter().any(|word| {
        let name = word.split('=').next().unwrap_or(word);
        CHOICES.contains(&name)
    });
    let is_plain = words
        .iter()
        .all(|word| !word.contains(['$', '`', '"', '\'', '\\']));
    if operation.verb != Verb::Install || chooses || !is_plain || !run.mounts.is_empty() {
        return None;
    }
    let text = site.text(&joined(folder, "pyproject.toml"))?;
    let table: toml::Table = toml::from_str(text).ok()?;
    let (names, without) = match words.as_slice() {
        ["uv", "sync", ..] if !site.is_set("UV_NO_DEV", &["1", "true"]) => {
            (of_uv(&table)?, ["--no-dev", "--no-dev"])
        }
        // What poetry has in its own Python it would remove.
        ["poetry", "install", ..] if is_outside => {
            let names = of_poetry(&table).filter(|_| is_since(site, done, (1, 2)));
            (names?, ["--only main", "--only main --sync"])
        }
        _ => return None,
    };
    let is_tool = |name: &String| {
        TOOLS.contains(&name.as_str())
            || ["pytest-", "types-", "flake8-"]
                .iter()
                .any(|it| name.starts_with(it))
    };
    if names.is_empty() || !names.iter().all(is_tool) {
        return None;
    }
    let [option, later] = without;
    let runs = site.input.model.runs_of(site.stage.index);
    let is_last = runs.last().is_some_and(|last| last.item == run.item);
    let mut behind = run.commands.iter().skip(operation.command + 1);
    if is_last && behind.all(|it| it.name() == Some("rm")) && done.installs.len() == 1 {
        let mut changes = WordEdits::new(command);
        changes.insert_after(command.words.len() - 1, " ", option);
        let (edits, effect) = changes.finish(site.input.model);
        return Some(Without::Edit(edits, Box::new(effect)));
    }
    Some(Without::Run(format!("RUN {} {later}", words.join(" "))))
}

/// The group of development of a project of uv's; `None` where it has others by default.
fn of_uv(table: &toml::Table) -> Option<Vec<String>> {
    let groups = table.get("dependency-groups").and_then(|it| it.get("dev"));
    let tool = table.get("tool").and_then(|it| it.get("uv"));
    if tool.is_some_and(|it| it.get("default-groups").is_some()) {
        return None;
    }
    let older = tool.and_then(|it| it.get("dev-dependencies"));
    let lists = [groups, older];
    let lists = lists.iter().flatten().filter_map(|it| it.as_array());
    let names = lists.flatten().map(|it| {
        let text = it.as_str()?;
        let end = text.find(|char: char| !(char.is_ascii_alphanumeric() || "-_.".contains(char)));
        Some(text[..end.unwrap_or(text.len())].to_ascii_lowercase())
    });
    names.collect()
}

/// All groups beside the main one of a project of poetry's.
fn of_poetry(table: &toml::Table) -> Option<Vec<String>> {
    let tool = table.get("tool")?.get("poetry")?;
    let mut names = Vec::new();
    let groups = tool.get("group").and_then(toml::Value::as_table);
    let groups = groups.into_iter().flat_map(toml::Table::values);
    let lists = groups.filter_map(|group| group.get("dependencies"));
    for list in lists.chain(tool.get("dev-dependencies")) {
        names.extend(
            list.as_table()?
                .keys()
                .map(|name| name.to_ascii_lowercase()),
        );
    }
    Some(names)
}

/// Whether poetry is of a release or of a later one; `--only` it knows since 1.2.
pub(super) fn is_since(site: &Site<'_>, done: &Done<'_>, first: (u32, u32)) -> bool {
    let Some((run, operation)) = done.managers.first() else {
        return false;
    };
    let command = run.command(operation);
    operation.operands.iter().all(|&at| {
        let word = &command.words[at];
        let value = site.value(run.item, word);
        let version = match &value {
            Some(value) => value.split_once("==").map(|(_, version)| version),
            None => Some(""),
        };
        let mut parts = version.unwrap_or("2.0").split('.').map(str::parse::<u32>);
        match (parts.next(), parts.next()) {
            (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= first,
            _ => false,
        }
    })
}

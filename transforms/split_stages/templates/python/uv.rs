//! What uv does: an environment of the project's own, or packages for the system; and which interpreter it takes.

use crate::model::command::CommandFact;
use crate::model::images::version_of;
use crate::model::packages::Operation;
use crate::model::placed::joined;
use crate::model::run::Run;
use crate::transforms::split_stages::reasons::FILES_NOT_KNOWN;
use crate::transforms::split_stages::site::{Refusal, Site};

/// Whether a command is `uv pip …`.
pub(super) fn is_pip(operation: &Operation, command: &CommandFact) -> bool {
    let first = command.arguments().first();
    operation.manager.id == "uv" && first.is_some_and(|word| word.is("pip"))
}

/// Whether a command is `uv pip …` for the system's Python.
pub(super) fn is_for_system(site: &Site<'_>, run: &Run, operation: &Operation) -> bool {
    let command = run.command(operation);
    let state = site.input.model.state(run.item);
    let value = state.and_then(|state| state.env.get("UV_SYSTEM_PYTHON")?.value.known());
    let is_said = operation.has_option(command, &["--system"])
        || matches!(value, Some("1" | "true" | "yes" | "on"));
    is_pip(operation, command) && is_said
}

/// The environment of a project is made with the interpreter of the image, and not with one that uv fetches into a
/// folder of its own.
///
/// # Errors
/// Where something asks for another version.
pub(super) fn refuse_other_interpreter(
    site: &Site<'_>,
    run: &Run,
    operation: &Operation,
    folder: &str,
) -> Result<(), Refusal> {
    let command = run.command(operation);
    let refuse = |what: String| {
        let what = format!("{what}: an interpreter that uv fetches");
        Err((command.range, &FILES_NOT_KNOWN, what))
    };
    let settings = |said: &str| {
        let mut files = site.texts_named(&["pyproject.toml", "uv.toml"]);
        files.any(|text| {
            text.lines()
                .any(|line| line.replace([' ', '\'', '"'], "") == said)
        })
    };
    if settings("python-preference=only-managed") || settings("python-preference=managed") {
        return refuse("`python-preference`".to_owned());
    }
    if settings("link-mode=symlink") || site.is_set("UV_LINK_MODE", &["symlink"]) {
        let what = "`link-mode`: packages that lie in the cache of uv".to_owned();
        return Err((command.range, &FILES_NOT_KNOWN, what));
    }
    let is_never = site.is_set("UV_PYTHON_DOWNLOADS", &["never", "0", "false"])
        || site.is_set("UV_NO_MANAGED_PYTHON", &["1", "true"])
        || site.is_set("UV_PYTHON_PREFERENCE", &["only-system"])
        || operation.has_option(command, &["--no-python-downloads", "--no-managed-python"]);
    if is_never {
        return Ok(());
    }
    let tag = site.image.tag.as_deref().unwrap_or_default();
    let Some(image) = version_of(tag).filter(|version| version.len() > 1) else {
        return refuse(format!("`{tag}`"));
    };
    let state = site.input.model.state(run.item);
    let variable = |name: &str| state.and_then(|state| state.env.get(name)?.value.known());
    if let Some(value) = variable("UV_PYTHON").filter(|value| !is_of_image(value, &image)) {
        return refuse(format!("`UV_PYTHON={value}`"));
    }
    for name in ["UV_MANAGED_PYTHON", "UV_PYTHON_INSTALL_DIR"] {
        if variable(name).is_some() {
            return refuse(format!("`{name}`"));
        }
    }
    let words = command.arguments();
    for (at, word) in words.iter().enumerate() {
        let value = match word.raw.split_once('=') {
            Some(("--python", value)) => Some(value),
            _ if matches!(word.raw.as_str(), "-p" | "--python") => {
                words.get(at + 1).map(|word| word.raw.as_str())
            }
            _ => None,
        };
        if value.is_some_and(|value| !is_of_image(value, &image)) || word.is("--managed-python") {
            return refuse(format!("`{}`", word.raw));
        }
    }
    let runs = site.input.model.runs_of(site.stage.index);
    let mut commands = runs.flat_map(|run| &run.commands);
    let fetches = |command: &CommandFact| {
        command.name() == Some("uv")
            && command
                .arguments()
                .first()
                .is_some_and(|it| it.is("python"))
    };
    if commands.any(fetches) {
        return refuse("`uv python`".to_owned());
    }
    let pinned = site.text(&joined(folder, ".python-version"));
    let pinned = pinned.and_then(|text| {
        let mut lines = text.lines().map(str::trim);
        lines.find(|line| !line.is_empty() && !line.starts_with('#'))
    });
    if let Some(version) = pinned.filter(|version| !is_of_image(version, &image)) {
        return refuse(format!("`.python-version` says {version}"));
    }
    let project = site.text(&joined(folder, "pyproject.toml"));
    let table: Option<toml::Table> = project.and_then(|text| toml::from_str(text).ok());
    let wanted = table
        .as_ref()
        .and_then(|table| table.get("project")?.get("requires-python"));
    let wanted = wanted.and_then(toml::Value::as_str).unwrap_or_default();
    if !wanted.split(',').all(|clause| allows(clause, &image)) {
        return refuse(format!("`requires-python = \"{wanted}\"`"));
    }
    Ok(())
}

/// Whether a request for an interpreter is answered by that of the image.
fn is_of_image(request: &str, image: &[u32]) -> bool {
    let request = request.trim_matches(['"', '\'']);
    if let Some(path) = request.strip_prefix('/') {
        return matches!(
            path,
            "usr/local/bin/python" | "usr/local/bin/python3" | "usr/local/bin"
        );
    }
    let request = request.strip_prefix("cpython").unwrap_or(request);
    let request = request.strip_prefix("python").unwrap_or(request);
    let request = request.trim_start_matches(['-', '@']);
    let parts: Option<Vec<u32>> = request.split('.').map(|part| part.parse().ok()).collect();
    let is_bare = request.is_empty();
    is_bare || parts.is_some_and(|parts| image.starts_with(&parts))
}

/// Whether a clause of `requires-python` allows the version of the image, of which the last part may not be known.
fn allows(clause: &str, image: &[u32]) -> bool {
    let clause = clause.trim();
    let at = clause.find(|char: char| char.is_ascii_digit());
    let (operator, version) = clause.split_at(at.unwrap_or(clause.len()));
    let operator = operator.trim();
    let plain = version.trim().trim_end_matches(".*");
    let parts: Option<Vec<u32>> = plain.split('.').map(|part| part.parse().ok()).collect();
    let Some(parts) = parts else {
        return clause.is_empty();
    };
    let shared = parts.len().min(image.len());
    let order = image[..shared].cmp(&parts[..shared]);
    let is_longer = parts.len() > image.len();
    match operator {
        ">=" => order.is_ge(),
        ">" => order.is_gt(),
        "<=" => order.is_le(),
        "<" => order.is_lt(),
        "==" | "===" => order.is_eq() && !is_longer,
        "!=" => order.is_ne(),
        "~=" => {
            let fixed = parts.len().saturating_sub(1).min(image.len());
            order.is_ge() && image[..fixed] == parts[..fixed]
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{allows, is_of_image};

    #[test]
    fn a_request_is_answered_by_the_image_or_not() {
        for request in [
            "3.12",
            "3",
            "python3.12",
            "/usr/local/bin/python",
            "cpython@3.12",
            "python",
        ] {
            assert!(is_of_image(request, &[3, 12]), "{request}");
        }
        for request in ["3.10", "3.12.4", "3.13", "pypy", "/opt/python"] {
            assert!(!is_of_image(request, &[3, 12]), "{request}");
        }
        assert!(is_of_image("3.12.4", &[3, 12, 4]));
    }

    #[test]
    fn a_clause_allows_a_version_or_not() {
        for clause in [
            ">=3.9", ">=3.12.3", "<4", "==3.12.*", "~=3.11", "~=3.12.1", "!=3.11", "",
        ] {
            assert!(allows(clause, &[3, 12]), "{clause}");
        }
        for clause in [
            ">=3.13", "<3.12", "==3.11.*", "==3.12.4", "~=3.11.2", "^3.12",
        ] {
            assert!(!allows(clause, &[3, 12]), "{clause}");
        }
    }
}

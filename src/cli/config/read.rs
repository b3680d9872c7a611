//! From the text of `imgfix.toml` to its values, with errors that name file, line and the nearest key.

use std::path::Path;

use anyhow::{Context, Result, bail};
use semver::{Version, VersionReq};

use super::file::ConfigFile;
use super::hint;

/// Reads the file at `path`.
pub(super) fn read(path: &Path) -> Result<ConfigFile> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    // First of all the version: a newer file may have keys that this program does not know.
    if let Ok(table) = text.parse::<toml::Table>()
        && let Some(required) = table.get("required-version").and_then(toml::Value::as_str)
    {
        check_version(path, &text, required)?;
    }
    toml::from_str(&text).map_err(|error| anyhow::anyhow!("{}", message(path, &text, &error)))
}

fn check_version(path: &Path, text: &str, required: &str) -> Result<()> {
    let own = env!("CARGO_PKG_VERSION");
    let line = line_of(text, "required-version");
    let requirement = VersionReq::parse(required).with_context(|| {
        format!(
            "{}:{line}: `{required}` is no version requirement",
            path.display()
        )
    })?;
    let version = Version::parse(own).context("the program's own version")?;
    if !requirement.matches(&version) {
        bail!(
            "{}:{line}: requires imgfix {required}, and this is {own}",
            path.display()
        );
    }
    Ok(())
}

/// `path:line`, for a value that is quoted somewhere in the file.
pub(super) fn place_of(path: &Path, value: &str) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    format!(
        "{}:{}",
        path.display(),
        line_of(&text, &format!("\"{value}\""))
    )
}

fn line_of(text: &str, needle: &str) -> usize {
    text.lines()
        .position(|line| line.contains(needle))
        .map_or(1, |at| at + 1)
}

/// The error with its place; an unknown key with the nearest one.
fn message(path: &Path, text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map_or(1, |span| {
        text[..span.start.min(text.len())].matches('\n').count() + 1
    });
    let place = format!("{}:{line}", path.display());
    let message = error.message();
    let Some(rest) = message
        .strip_prefix("unknown field `")
        .or_else(|| message.strip_prefix("unknown variant `"))
    else {
        return format!("{place}: {}", message.replace('\n', " "));
    };
    let what = if message.starts_with("unknown field") {
        "key"
    } else {
        "value"
    };
    let mut names = rest.split('`').step_by(2);
    let unknown = names.next().unwrap_or_default();
    let valid: Vec<&str> = rest.split('`').skip(2).step_by(2).collect();
    if valid.is_empty() {
        return format!("{place}: unknown {what} `{unknown}`\nhint: this table has no keys");
    }
    format!(
        "{place}: unknown {what} `{unknown}`{}",
        hint(unknown, &valid)
    )
}

/// The JSON schema of the file.
pub(crate) fn schema() -> String {
    let schema = schemars::schema_for!(ConfigFile);
    let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    format!("{text}\n")
}

//! The sub-commands.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory as _;

use super::args::{Choice, Cli};
use super::config::{self, Configs};
use super::repository;

/// Lists the pipeline.
pub(super) fn transforms() -> Result<ExitCode> {
    let width = imgfix::transforms()
        .map(|meta| meta.id.0.len())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for (at, meta) in imgfix::transforms().enumerate() {
        text.push_str(&format!(
            "{}. {:width$}  {}\n",
            at + 1,
            meta.id,
            meta.summary
        ));
    }
    print(&text)
}

/// Prints the page of one transform.
pub(super) fn explain(id: &str) -> Result<ExitCode> {
    let id = config::transform_id(id)?;
    let page = imgfix::transforms()
        .find(|meta| meta.id == id)
        .map_or("", |meta| meta.page);
    print(page)
}

/// Prints the effective configuration for `path`.
pub(super) fn config(path: &Path, choice: &Choice, schema: bool) -> Result<ExitCode> {
    if schema {
        return print(&config::schema());
    }
    let path = std::path::absolute(path)?;
    let folder = if path.is_dir() {
        path.as_path()
    } else {
        path.parent().unwrap_or(&path)
    };
    let root = repository::root_of(folder).unwrap_or_else(|| folder.to_owned());
    let mut configs = Configs::new(choice)?;
    let loaded = configs.for_folder(folder, &root)?;
    let settings = configs.settings(loaded.as_deref(), &path)?;
    print(&config::print(&settings, loaded.as_deref(), choice, &path))
}

/// Prints a completion script.
pub(super) fn completions(shell: clap_complete::Shell) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "imgfix", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

fn print(text: &str) -> Result<ExitCode> {
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

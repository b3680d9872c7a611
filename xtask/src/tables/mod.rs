//! Generates the tables embedded in imgfix from the knowledge folder, which is not part of the
//! repository: `IMGFIX_KNOWLEDGE`, or `../shared/knowledge` beside the checkout.
//!
//! The generated files are checked in. `--check` and a test compare them with the folder, so that
//! neither changes alone; they are never edited by hand.
#![allow(
    clippy::disallowed_methods,
    reason = "a development command reads and writes files"
)]

mod alternatives;
mod apt;
mod base36;
pub mod images;
mod purposes;
pub mod shares;

use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

use serde::de::DeserializeOwned;

/// One generated file: where it goes, relative to the repository, and its text.
#[derive(Debug)]
pub struct Table {
    /// Path relative to the root of the repository.
    pub path: &'static str,
    /// The whole text of the file.
    pub text: String,
}

/// Why no table could be generated or compared.
#[derive(Debug)]
pub enum Error {
    /// The knowledge folder is not there.
    Absent(PathBuf),
    /// A file could not be read or written.
    Io(PathBuf, io::Error),
    /// A file of the knowledge folder has another shape than expected.
    Json(PathBuf, serde_json::Error),
    /// A fact that the generator must supply itself is missing.
    Missing(String),
    /// These checked-in files differ from what the knowledge folder gives.
    Stale(Vec<&'static str>),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent(path) => write!(
                out,
                "knowledge folder absent: {}\nhint: set IMGFIX_KNOWLEDGE",
                path.display()
            ),
            Self::Io(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Json(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Missing(what) => write!(out, "{what}"),
            Self::Stale(paths) => write!(
                out,
                "stale: {}\nhint: run `cargo xtask tables` and commit the result",
                paths.join(", ")
            ),
        }
    }
}

impl std::error::Error for Error {}

/// Writes every table into the repository.
///
/// # Errors
///
/// When the knowledge folder is absent or unreadable, or a table cannot be written.
pub fn write() -> Result<String, Error> {
    let tables = generate(&knowledge_folder()?)?;
    let mut message = Vec::new();
    for table in tables {
        let path = repository().join(table.path);
        fs::write(&path, &table.text).map_err(|error| Error::Io(path, error))?;
        message.push(format!("wrote {} ({} bytes)", table.path, table.text.len()));
    }
    Ok(message.join("\n"))
}

/// Compares every table with the one checked in.
///
/// # Errors
///
/// [`Error::Stale`] when one differs, [`Error::Absent`] when there is nothing to compare with.
pub fn check() -> Result<String, Error> {
    let stale: Vec<&'static str> = generate(&knowledge_folder()?)?
        .into_iter()
        .filter(|table| {
            let checked_in = fs::read_to_string(repository().join(table.path));
            !checked_in.is_ok_and(|text| text == table.text)
        })
        .map(|table| table.path)
        .collect();
    if stale.is_empty() {
        Ok("tables are up to date".to_owned())
    } else {
        Err(Error::Stale(stale))
    }
}

/// Generates every table in memory.
fn generate(knowledge: &Path) -> Result<Vec<Table>, Error> {
    Ok(vec![apt::table(knowledge)?, images::table(knowledge)?])
}

/// Finds the knowledge folder.
///
/// # Errors
///
/// [`Error::Absent`] when it is not there.
pub fn knowledge_folder() -> Result<PathBuf, Error> {
    let folder = env::var_os("IMGFIX_KNOWLEDGE")
        .map_or_else(|| repository().join("../shared/knowledge"), PathBuf::from);
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(Error::Absent(folder))
    }
}

/// The root of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Reads one of its JSON files.
///
/// # Errors
///
/// When the file is not readable or has another shape.
pub fn read<T: DeserializeOwned>(folder: &Path, file: &str) -> Result<T, Error> {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).map_err(|error| Error::Io(path.clone(), error))?;
    serde_json::from_str(&text).map_err(|error| Error::Json(path, error))
}

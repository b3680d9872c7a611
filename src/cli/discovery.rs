//! Which files are rewritten: those that the user names, and those below a folder that are called like
//! a Dockerfile.

mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory;
use ignore::WalkBuilder;

pub(crate) use names::is_dockerfile;

use super::args::Cli;
use super::config::{Config, Configs};
use super::error::{Failure, cause, nearest};
use super::place::Places;

/// Folders that no walk enters: version control, and packages that others wrote.
const NEVER_ENTERED: [&str; 5] = [".git", ".hg", ".svn", "node_modules", "site-packages"];

/// Whether a folder holds the packages that Go, Bundler or Composer have put there, and nothing of the author's.
fn is_vendored(folder: &Path) -> bool {
    const SIGNS: [&str; 4] = ["modules.txt", "github.com", "bundle", "autoload.php"];
    folder.file_name().is_some_and(|name| name == "vendor")
        && SIGNS.iter().any(|sign| folder.join(sign).exists())
}

/// A file to rewrite.
#[derive(Debug)]
pub(crate) struct Found {
    /// The file itself, symbolic links followed.
    pub(crate) path: PathBuf,
    /// What the user knows it as.
    pub(crate) label: String,
    /// The root of its repository.
    pub(crate) root: Arc<Path>,
    /// The configuration for its folder.
    pub(crate) config: Arc<Config>,
}

impl Found {
    /// Its path from the root of the repository.
    pub(crate) fn relative(&self) -> &Path {
        self.path.strip_prefix(&self.root).unwrap_or(&self.path)
    }
}

/// The files of a folder, as a walk saw them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listing {
    /// Paths from the folder, `/`-separated, sorted.
    pub(crate) files: Vec<String>,
    /// Whether these are all.
    pub(crate) complete: bool,
}

/// What the arguments lead to.
#[derive(Debug, Default)]
pub(crate) struct Discovered {
    /// The files, in the order of their paths.
    pub(crate) files: Vec<Found>,
    /// Paths that lead nowhere.
    pub(crate) failures: Vec<Failure>,
    /// The files below those roots that were walked as a whole.
    pub(crate) listings: BTreeMap<Arc<Path>, Listing>,
}

/// Finds the files that `paths` name.
///
/// # Errors
/// A configuration that cannot be read; a path that leads nowhere is among the failures of the result.
pub(crate) fn discover(
    paths: &[PathBuf],
    places: &mut Places,
    configs: &mut Configs,
) -> Result<Discovered, Failure> {
    let mut search = Search {
        places,
        configs,
        seen: BTreeSet::new(),
        found: Discovered::default(),
    };
    for path in paths {
        let label = search.places.label(path);
        match path.canonicalize() {
            Ok(real) if real.is_dir() => search.folder(path, &real)?,
            Ok(real) => search.add(real, label, Wanted::Named)?,
            Err(error) => search
                .found
                .failures
                .push(unreachable(path, &label, &error)),
        }
    }
    let mut found = search.found;
    // By bytes, as git lists files.
    found
        .files
        .sort_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    Ok(found)
}

/// Whether a file was named or found below a folder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Named,
    Walked,
}

struct Search<'a> {
    places: &'a mut Places,
    configs: &'a mut Configs,
    seen: BTreeSet<OsString>,
    found: Discovered,
}

impl Search<'_> {
    fn folder(&mut self, path: &Path, real: &Path) -> Result<(), Failure> {
        let label = self.places.label(path);
        let walk = walk(real, usize::MAX);
        for (file, error) in walk.failures {
            let label = joined(&label, &file);
            self.found
                .failures
                .push(Failure::new(format!("{label}: {error}")));
        }
        for file in walk.listing.files.iter().filter(|file| is_dockerfile(file)) {
            self.add(real.join(file), joined(&label, file), Wanted::Walked)?;
        }
        let root = self.places.root_of(real);
        if *root == *real {
            self.found.listings.insert(root, walk.listing);
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, label: String, wanted: Wanted) -> Result<(), Failure> {
        let folder = path.parent().unwrap_or(&path);
        let config = self.configs.of_folder(folder, self.places)?;
        if wanted == Wanted::Walked && config.excludes(&path) {
            return Ok(());
        }
        if self.seen.insert(path.as_os_str().to_owned()) {
            let root = self.places.root_of(folder);
            self.found.files.push(Found {
                path,
                label,
                root,
                config,
            });
        }
        Ok(())
    }
}

/// The label of a file below a folder.
fn joined(folder: &str, file: &str) -> String {
    if folder == "." {
        return file.to_owned();
    }
    format!("{}/{file}", folder.trim_end_matches('/'))
}

/// Why a path that the user named leads nowhere.
fn unreachable(path: &Path, label: &str, error: &std::io::Error) -> Failure {
    let dangling = error.kind() == std::io::ErrorKind::NotFound
        && path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
    if dangling {
        return Failure::new(format!(
            "{label}: a symbolic link to a file that does not exist"
        ));
    }
    let failure = Failure::io(label, error);
    match command_like(label) {
        Some(name) if error.kind() == std::io::ErrorKind::NotFound => {
            failure.hint(format!("did you mean the command `{name}`?"))
        }
        _ => failure,
    }
}

/// The command that somebody may have meant by a word that is no path.
fn command_like(word: &str) -> Option<String> {
    if word.contains(['/', '.', '\\']) {
        return None;
    }
    let command = Cli::command();
    let names: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    nearest(word, names).map(str::to_owned)
}

/// What a walk saw.
pub(crate) struct Walk {
    /// The files.
    pub(crate) listing: Listing,
    /// Entries that could not be looked at, from the folder, with the cause.
    pub(crate) failures: Vec<(String, String)>,
}

/// Lists the files below a folder that `.gitignore` does not exclude; at most `limit` of them.
pub(crate) fn walk(folder: &Path, limit: usize) -> Walk {
    let mut files = Vec::new();
    let mut failures = Vec::new();
    let mut complete = true;
    let entries = WalkBuilder::new(folder)
        .hidden(false)
        .require_git(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(|entry| {
            let is_never = NEVER_ENTERED.iter().any(|name| entry.file_name() == *name);
            entry.depth() == 0 || !(is_never || is_vendored(entry.path()))
        })
        .build();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                failures.push(walk_failure(folder, &error));
                continue;
            }
        };
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else {
            continue;
        };
        if files.len() == limit {
            complete = false;
            break;
        }
        let path = slashed(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
        if !kind.is_symlink() {
            files.push(path);
        } else if is_dockerfile(&path)
            && let Err(error) = entry.path().metadata()
        {
            failures.push((
                path,
                format!("a symbolic link that leads nowhere: {}", cause(&error)),
            ));
        }
    }
    files.sort_unstable();
    let listing = Listing { files, complete };
    Walk { listing, failures }
}

/// A path with `/` between its parts.
pub(crate) fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        return text.into_owned();
    }
    text.replace(std::path::MAIN_SEPARATOR, "/")
}

fn walk_failure(folder: &Path, error: &ignore::Error) -> (String, String) {
    let path = path_of(error).map_or_else(String::new, |path| {
        slashed(path.strip_prefix(folder).unwrap_or(path))
    });
    let text = error.io_error().map_or_else(|| error.to_string(), cause);
    (path, text)
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

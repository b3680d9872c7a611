//! What lies around the documents: configuration and repositories, read from the disk and kept for a while.

use std::collections::BTreeMap;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use lsp_types::Uri;

use crate::Outcome;
use crate::cli::args::SettingsArgs;
use crate::cli::commands::rewrite::{guarded, rewritten};
use crate::cli::commands::stdin::locate;
use crate::cli::config::Configs;
use crate::cli::discovery::{is_dockerfile, slashed};
use crate::cli::error::Failure;
use crate::cli::input::read_limited;
use crate::cli::place::Places;
use crate::cli::surroundings::Repositories;
use crate::context::Surroundings;
use crate::report::findings::{FileReport, Rewritten};
use crate::settings::Settings;

/// So long is believed what was read. Not every editor says which files change, and none says what happens to
/// those that are not open; what is offered must hold for the files as they are.
const MAX_AGE: Duration = Duration::from_secs(5);

/// Reads what lies around documents.
pub(super) struct Workspace<'a> {
    args: &'a SettingsArgs,
    read: Option<Read>,
    /// How often it was read: what was found with an older one is old.
    generation: u64,
}

struct Read {
    places: Places,
    configs: Configs,
    repositories: BTreeMap<Arc<Path>, Repositories>,
    since: Instant,
}

/// What was found in a document.
pub(super) struct Analysis {
    pub(super) found: Result<Found, Failure>,
    generation: u64,
}

/// A document that could be read, and what the pipeline makes of it.
pub(super) struct Found {
    pub(super) label: String,
    pub(super) report: FileReport,
    pub(super) outcome: Outcome,
    surroundings: Surroundings,
    settings: Settings,
}

impl<'a> Workspace<'a> {
    /// Reads nothing yet but the flags.
    pub(super) fn new(args: &'a SettingsArgs) -> Result<Self, Failure> {
        let mut workspace = Self {
            args,
            read: None,
            generation: 0,
        };
        workspace.renewed()?;
        Ok(workspace)
    }

    /// Forgets what was read.
    pub(super) fn forget(&mut self) {
        self.read = None;
    }

    /// Whether an analysis was made with what is still believed.
    pub(super) fn is_current(&self, analysis: &Analysis) -> bool {
        analysis.generation == self.generation
            && self
                .read
                .as_ref()
                .is_some_and(|read| read.since.elapsed() < MAX_AGE)
    }

    /// What is found in a document; `None` where it is none that imgfix looks at.
    pub(super) fn analyse(&mut self, uri: &Uri, language: &str, text: &str) -> Option<Analysis> {
        let path = match Place::of(uri) {
            Place::File(path) => Some(path),
            Place::Unsaved => None,
            Place::Elsewhere => return None,
        };
        let name = path.as_deref().map(slashed);
        if language != "dockerfile" && !name.is_some_and(|name| is_dockerfile(&name)) {
            return None;
        }
        let found = self.found(path.as_deref(), text).transpose()?;
        Some(Analysis {
            found,
            generation: self.generation,
        })
    }

    fn found(&mut self, path: Option<&Path>, text: &str) -> Result<Option<Found>, Failure> {
        let read = self.renewed()?;
        let label = path.map_or_else(|| "Dockerfile".to_owned(), |path| read.places.label(path));
        let text = read_limited(text.as_bytes(), text.len(), &label)?;
        let (path, exists) = locate(path.unwrap_or(Path::new("Dockerfile")), &read.places);
        let folder = path.parent().unwrap_or(&path).to_owned();
        let config = read.configs.of_folder(&folder, &mut read.places)?;
        if config.excludes(&path) {
            return Ok(None);
        }
        let root = read.places.root_of(&folder);
        let relative = path.strip_prefix(&root).unwrap_or(&path);
        // A rewrite that needs another file is none that an editor can take back with one step.
        let settings = config.settings(&path, &read.configs).of_dockerfile_alone();
        let surroundings = if exists {
            read.repositories
                .entry(Arc::clone(&root))
                .or_insert_with(|| Repositories::new([&root], BTreeMap::new()))
                .surroundings(&root, relative, &text, &settings.context)
        } else {
            Surroundings::default()
        };
        let outcome = rewritten(&label, &text, &surroundings, &settings)?;
        let report = report(&label, &text, &surroundings, &settings, &outcome)?;
        Ok(Some(Found {
            label,
            report,
            outcome,
            surroundings,
            settings,
        }))
    }

    /// What lies around, read anew where it is old.
    fn renewed(&mut self) -> Result<&mut Read, Failure> {
        let read = self.read.take();
        let read = if let Some(read) = read.filter(|read| read.since.elapsed() < MAX_AGE) {
            read
        } else {
            self.generation += 1;
            let mut places = Places::new()?;
            Read {
                configs: Configs::new(self.args, &mut places)?,
                places,
                repositories: BTreeMap::new(),
                since: Instant::now(),
            }
        };
        Ok(self.read.insert(read))
    }
}

impl Found {
    /// The same document with other settings: those of its own, as `change` changes them.
    pub(super) fn again(&self, change: impl FnOnce(&Settings) -> Settings) -> Option<FileReport> {
        let settings = change(&self.settings);
        let text = &self.report.text;
        let outcome = rewritten(&self.label, text, &self.surroundings, &settings).ok()?;
        report(&self.label, text, &self.surroundings, &settings, &outcome).ok()
    }
}

fn report(
    label: &str,
    text: &str,
    surroundings: &Surroundings,
    settings: &Settings,
    outcome: &Outcome,
) -> Result<FileReport, Failure> {
    let fixes = guarded(label, || {
        crate::fixes(text, surroundings, settings, outcome)
    })?;
    Ok(FileReport::of(Rewritten {
        path: label,
        repository_path: label,
        text,
        outcome,
        fixes: &fixes,
        ignore_file: None,
    }))
}

/// Where a document lies.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// In a file, which need not be there yet.
    File(PathBuf),
    /// Only in the editor.
    Unsaved,
    /// Not on this machine, or it is an older revision, or the like.
    Elsewhere,
}

impl Place {
    fn of(uri: &Uri) -> Self {
        let host = uri.authority().map_or("", |authority| authority.as_str());
        match uri.scheme().map_or("", |scheme| scheme.as_str()) {
            "untitled" => Self::Unsaved,
            "file" if matches!(host, "" | "localhost") => {
                let bytes = uri.path().as_estr().decode().into_bytes();
                path_from(&bytes).map_or(Self::Elsewhere, Self::File)
            }
            _ => Self::Elsewhere,
        }
    }
}

/// A path as an address has it: on Windows, `/c:/folder` is `c:/folder`.
#[cfg_attr(
    unix,
    expect(
        clippy::unnecessary_wraps,
        reason = "elsewhere not all bytes are a path"
    )
)]
fn path_from(bytes: &[u8]) -> Option<PathBuf> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;

        Some(std::ffi::OsStr::from_bytes(bytes).into())
    }
    #[cfg(not(unix))]
    {
        let path = std::str::from_utf8(bytes).ok()?;
        let drive = path
            .strip_prefix('/')
            .filter(|it| it.as_bytes().get(1) == Some(&b':'));
        Some(drive.unwrap_or(path).into())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn place(uri: &str) -> Place {
        Place::of(&uri.parse().expect("an address"))
    }

    #[test]
    fn addresses_are_decoded() {
        let file = |path: &str| Place::File(path.into());
        assert_eq!(place("file:///a%20b/Docker%C3%A9"), file("/a b/Dockeré"));
        assert_eq!(place("file://localhost/a"), file("/a"));
        assert_eq!(place("file://server/a"), Place::Elsewhere);
        assert_eq!(place("untitled:Untitled-1"), Place::Unsaved);
        assert_eq!(place("git:/a/Dockerfile?ref"), Place::Elsewhere);
    }
}

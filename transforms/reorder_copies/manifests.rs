//! Whether a COPY brings nothing but what installs read.

use super::walk::Part;
use crate::context::BuildContext;
use crate::model::placed::{Placed, PlacedSource, joined};

/// Endings of files that installs read.
const ENDINGS: &[&str] = &[
    ".txt", ".in", ".lock", ".toml", ".cfg", ".json", ".yaml", ".yml", ".pip",
];

/// Whether the part is all that the COPY brings, or the rest of it is of the same kind: a folder of
/// requirements files is not torn apart.
pub(super) fn is_all(context: &BuildContext, placed: &Placed, part: &Part) -> bool {
    if part.is_empty() {
        return false;
    }
    let is_needed = |origin: &str| {
        let is = |path: &String| placed.origin(path).as_deref() == Some(origin);
        let is_below = |path: &String| {
            let folder = placed.origin(path);
            folder.is_some_and(|folder| origin.starts_with(&format!("{folder}/")))
        };
        part.files.iter().any(is) || part.folders.iter().any(is_below)
    };
    placed.sources.iter().all(|source| match source {
        PlacedSource::File(file) => is_needed(file),
        PlacedSource::Folder(folder) => {
            let Some(mut files) = context.sent_below(folder) else {
                return false;
            };
            let is_of_kind = |file: &str| {
                !folder.is_empty() && ENDINGS.iter().any(|ending| file.ends_with(ending))
            };
            context.is_whole_below(folder) && files.all(|file| is_needed(file) || is_of_kind(file))
        }
        PlacedSource::Other => false,
    })
}

/// A path of the image as a source of the COPY: as it is written there, with the path below it.
pub(super) fn source(placed: &Placed, written: &[&str], path: &str) -> Option<String> {
    let origin = placed.origin(path)?;
    let sources = placed.sources.iter().zip(written).rev();
    sources
        .into_iter()
        .find_map(|(source, written)| match source {
            PlacedSource::Folder(folder) => {
                let rest = if folder.is_empty() {
                    origin.as_str()
                } else {
                    origin.strip_prefix(folder)?.strip_prefix('/')?
                };
                let is_root = folder.is_empty();
                let folder = written.trim_end_matches('/');
                Some(if is_root {
                    rest.to_owned()
                } else {
                    joined(folder, rest)
                })
            }
            PlacedSource::File(file) => (*file == origin).then(|| (*written).to_owned()),
            PlacedSource::Other => None,
        })
}

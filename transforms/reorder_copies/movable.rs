//! Whether a COPY can be moved at all, and where a part of it can stand in for it.

use imgfix_syntax::Keyword;

use super::reasons::{FLAGS_NOT_FOLLOWED, SETTINGS_IN_HOME, SYSTEM_FOLDER};
use crate::context::BuildContext;
use crate::model::copy::{self, Source};
use crate::model::placed::{Placed, PlacedSource, joined};
use crate::model::run::is_within;
use crate::model::state::State;
use crate::transform::{Input, Reason};

/// Flags that a part of a COPY takes over as they are.
const FLAGS: &[&str] = &["chown", "chmod", "link"];

/// Folders of the system, into which installs write.
const SYSTEM: &[&str] = &[
    "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/run",
    "/sbin", "/sys", "/tmp", "/usr", "/var",
];

/// What stands in the root folder of an image.
#[rustfmt::skip]
const OF_ROOT: &[&str] = &[
    "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "proc", "root",
    "run", "sbin", "srv", "sys", "tmp", "usr", "var",
];

/// Folders below those of the system that are for applications.
const OF_APPLICATIONS: &[&str] = &[
    "/usr/src",
    "/usr/local/app",
    "/usr/app",
    "/var/app",
    "/var/task",
    "/var/www",
];

/// Files in a home folder by which it decides what commands do.
const SETTINGS: &[&str] = &[
    ".netrc",
    ".ssh",
    ".config",
    ".pip",
    ".gitconfig",
    ".m2",
    ".gradle",
    ".cargo",
    ".gem",
    ".gemrc",
    ".bundle",
    ".npmrc",
    ".yarnrc",
    ".yarnrc.yml",
    ".composer",
    ".curlrc",
    ".wgetrc",
    ".profile",
    ".bashrc",
    ".bash_profile",
    ".condarc",
    ".pypirc",
    ".docker",
    ".aws",
];

/// Whether a COPY brings sources; one that cannot be moved says why.
pub(super) enum Movable {
    /// It brings no sources.
    No,
    /// It does, and cannot be moved.
    Stays(&'static Reason, String),
    /// It does.
    Yes,
}

/// Looks at a COPY.
pub(super) fn movable(input: &Input<'_>, context: &BuildContext, placed: &Placed) -> Movable {
    let model = input.model;
    let Some(instruction) = model.instruction(placed.item) else {
        return Movable::No;
    };
    let Some(arguments) = copy::arguments(instruction) else {
        return Movable::No;
    };
    let is_plain = instruction.keyword == Keyword::Copy
        && instruction.heredocs.is_empty()
        && instruction.comments.is_empty()
        && copy::sources(arguments)
            .iter()
            .all(|source| matches!(source, Source::Path(_)))
        && !arguments.destination.text.contains(['"', '\'', '\\', '`']);
    if instruction.flag("from").is_some() || !is_plain {
        return Movable::No;
    }
    let other = instruction
        .flags
        .iter()
        .find(|flag| !FLAGS.contains(&flag.name.as_str()));
    if let Some(flag) = other {
        return Movable::Stays(&FLAGS_NOT_FOLLOWED, format!("`--{}`", flag.name));
    }
    if !placed.brings_folders() {
        return Movable::No;
    }
    let is_of_system = SYSTEM.iter().any(|folder| is_within(&placed.to, folder))
        && !OF_APPLICATIONS
            .iter()
            .any(|folder| is_within(&placed.to, folder));
    let is_over_root = placed.to == "/" && !is_apart_from_system(context, placed);
    if is_over_root || placed.to == "/opt" || is_of_system {
        return Movable::Stays(&SYSTEM_FOLDER, format!("`{}`", placed.to));
    }
    // Who has no home folder of his own has the root folder for one.
    let is_root = model.state(placed.item).and_then(State::is_root);
    let has_root_for_home = placed.to == "/" && is_root != Some(true);
    if let Some(name) = settings(context, placed, has_root_for_home) {
        return Movable::Stays(&SETTINGS_IN_HOME, format!("`{name}`"));
    }
    Movable::Yes
}

/// Whether all that a COPY to `/` brings is known, and none of it goes into a folder that an image has there.
fn is_apart_from_system(context: &BuildContext, placed: &Placed) -> bool {
    placed.sources.iter().all(|source| match source {
        PlacedSource::Folder(folder) => {
            let names = context.names_sent_in(folder);
            // Into which folders of the context's own root nobody looked does not matter: they have names.
            let is_known = if folder.is_empty() {
                !context.hides_paths()
            } else {
                context.is_whole_below(folder)
            };
            is_known && !OF_ROOT.iter().any(|name| names.contains(*name))
        }
        PlacedSource::File(_) => true,
        PlacedSource::Other => false,
    })
}

/// A file of settings that it brings into a home folder.
fn settings(context: &BuildContext, placed: &Placed, is_home: bool) -> Option<String> {
    let to = placed.to.as_str();
    let depth = to.matches('/').count();
    let is_home =
        is_home || to == "/root" || to == "/home" || (to.starts_with("/home/") && depth <= 2);
    if !is_home {
        return None;
    }
    if !context.known {
        return Some("unknown files".to_owned());
    }
    let mut folders = placed.sources.iter().filter_map(|source| match source {
        PlacedSource::Folder(folder) => Some(folder),
        _ => None,
    });
    folders.find_map(|folder| {
        let names = context.names_sent_in(folder);
        let setting = SETTINGS.iter().find(|name| names.contains(**name));
        setting.map(|name| joined(folder, name))
    })
}

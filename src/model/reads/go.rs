//! The go command: what a download of modules reads. <https://go.dev/ref/mod#go-mod-download>

use super::{Obstacle, Reads, Site, Unread, View, uses_sources};
use crate::context::manifests::go_mod::GoMod;
use crate::model::packages::Verb;
use crate::model::placed::{joined, resolved};

pub(super) fn reads(site: &Site<'_>) -> Result<Reads, Unread> {
    let subcommand = site.subcommand();
    let operands = site.operands()?;
    match site.operation.verb {
        Verb::Fetch if operands.is_empty() => {
            let mut reads = modules(site.view)?;
            if site.has(&["-C", "-modfile"]) {
                return Err((
                    Obstacle::NotFollowed,
                    "an option of the download".to_owned(),
                ));
            }
            reads.installs = Some("go");
            Ok(reads)
        }
        // A tool at a version of its own is built apart from the module it is called in.
        Verb::Install
            if subcommand == "install"
                && !operands.is_empty()
                && operands.iter().all(|name| name.contains('@')) =>
        {
            Ok(Reads {
                installs: Some("go"),
                ..Reads::default()
            })
        }
        Verb::Other if matches!(subcommand, "env" | "version") => Ok(Reads::default()),
        Verb::Clean => Ok(Reads::default()),
        _ => Err(uses_sources(site.command)),
    }
}

/// What `go mod download` reads where it runs.
pub(super) fn modules(view: &View<'_>) -> Result<Reads, Unread> {
    let at = |name: &str| joined(&view.folder, name);
    let mut reads = Reads::default();
    let path = at("go.mod");
    let text = view.text(&path)?;
    let module = GoMod::parse(text)
        .map_err(|error| (Obstacle::ManifestNotRead, format!("`go.mod`: {error}")))?;
    let mut folder = Some(view.folder.as_str());
    while let Some(here) = folder {
        if view.origin(&joined(here, "go.work")).is_some() {
            return Err((Obstacle::NotFollowed, "`go.work`".to_owned()));
        }
        folder = here.rsplit_once('/').map(|(above, _)| above);
    }
    reads.file(&path);
    reads.file_if_there(view, &at("go.sum"))?;
    for target in module.local_replacements() {
        let path = resolved(&view.folder, target)
            .ok_or_else(|| (Obstacle::LocalDependency, format!("`{target}`")))?;
        // Of a module that stands beside, the download reads its go.mod.
        let inner = joined(&path, "go.mod");
        if !reads.file_if_there(view, &inner)? {
            return Err((Obstacle::ManifestNotFound, format!("`{inner}`")));
        }
    }
    if module.requirements == 0 {
        return Err((
            Obstacle::NotFollowed,
            "a module that requires none".to_owned(),
        ));
    }
    Ok(reads)
}

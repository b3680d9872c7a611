//! The go command: what a download of modules reads. <https://go.dev/ref/mod#go-mod-download>

use super::steps::DependencyStep;
use super::{Obstacle, Reads, Site, Unread, View, uses_sources};
use crate::context::manifests::go_mod::GoMod;
use crate::model::Model;
use crate::model::packages::Verb;
use crate::model::placed::{joined, resolved};
use crate::model::run::Run;

pub(super) fn reads(site: &Site<'_>) -> Result<Reads, Unread> {
    let subcommand = site.subcommand();
    let operands = site.operands()?;
    match site.operation.verb {
        Verb::Fetch if operands.is_empty() => {
            // Where nothing is required, a requirement that comes is fetched there.
            let (mut reads, _) = modules(site.view)?;
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
        // What the sources import is all that says what it fetches.
        Verb::Install
            if subcommand == "get"
                && operands.iter().all(|name| name.starts_with('.'))
                && module_root(site.view).is_none() =>
        {
            Err((Obstacle::ManifestNotFound, "`go.mod`".to_owned()))
        }
        _ => Err(uses_sources(site.command)),
    }
}

/// What `go mod download` reads where it runs, and whether the module requires others.
fn modules(view: &View<'_>) -> Result<(Reads, bool), Unread> {
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
    Ok((reads, module.fetches()))
}

/// The folder of the module that a command is called in.
fn module_root<'v>(view: &'v View<'_>) -> Option<&'v str> {
    let mut root = view.folder.as_str();
    while !view.has(&joined(root, "go.mod")) {
        root = root.rsplit_once('/')?.0;
    }
    Some(root)
}

/// Variables that say for what a program is built, and not what it is built from.
const OF_TARGET: &[&str] = &[
    "CGO_ENABLED",
    "GOOS",
    "GOARCH",
    "GOARM",
    "GOAMD64",
    "GO111MODULE",
];

/// `go mod download`, in front of what builds.
pub(super) fn step(
    model: &Model,
    run: &Run,
    site: &Site<'_>,
) -> Option<Result<DependencyStep, Unread>> {
    let builds = matches!(
        site.subcommand(),
        "build" | "install" | "get" | "run" | "test" | "vet" | "tidy"
    );
    let is_old = model.stages[run.stage].image.as_ref().is_some_and(|image| {
        let version = image.tag.as_deref().unwrap_or_default();
        let mut parts = version.split(['.', '-']).map(str::parse::<u32>);
        image.name == "golang"
            && matches!((parts.next(), parts.next()), (Some(Ok(1)), Some(Ok(minor))) if minor < 11)
    });
    let setting = |name: &str| {
        let state = model.state(run.item)?;
        state.env.get(name)?.value.known().map(str::to_owned)
    };
    let is_off = setting("GO111MODULE").as_deref() == Some("off")
        || setting("GOFLAGS").is_some_and(|flags| flags.contains("-mod"))
        || site.has(&["-mod", "-modfile", "-C"]);
    if !builds || is_old || is_off {
        return None;
    }
    let root = module_root(site.view)?;
    let view = View {
        context: site.view.context,
        placed: site.view.placed,
        folder: root.to_owned(),
    };
    // What is vendored is not fetched.
    if view.has(&joined(root, "vendor")) {
        return None;
    }
    let modules = site
        .assigns_other_than(OF_TARGET)
        .and_then(|()| modules(&view));
    match modules {
        Err(unread) => Some(Err(unread)),
        // Nothing is there to be fetched.
        Ok((_, false)) => None,
        Ok((reads, true)) => Some(Ok(site.step_instead(
            "go mod download".to_owned(),
            root.to_owned(),
            reads,
            "every module that `go.mod` names can be fetched, also one that only tests need",
        ))),
    }
}

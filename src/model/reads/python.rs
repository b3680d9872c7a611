//! pip, poetry, pipenv, uv and pdm: what an install reads of a project.
//!
//! <https://pip.pypa.io/en/stable/reference/requirements-file-format/>,
//! <https://python-poetry.org/docs/cli/#install>, <https://docs.astral.sh/uv/concepts/projects/sync/>.

use super::steps::DependencyStep;
use super::{Obstacle, Reads, Site, Unread, uses_sources};
use crate::context::manifests::pyproject::Pyproject;
use crate::context::manifests::requirements::{Line, lines};
use crate::model::packages::Verb;
use crate::model::placed::{joined, resolved};

pub(super) fn reads(site: &Site<'_>) -> Result<Reads, Unread> {
    let operation = site.operation;
    let subcommand = site.subcommand();
    match (operation.manager.id, operation.verb) {
        ("pip", Verb::Install) if subcommand == "install" => pip(site, 0),
        ("uv", Verb::Install) if matches!(subcommand, "install" | "sync") => {
            let is_pip = site.command.has_argument("pip");
            match subcommand {
                "sync" if !is_pip => project(site),
                // `uv tool install` takes names; `uv pip sync` takes files.
                "sync" => pip(site, 1),
                _ => pip(site, 0),
            }
        }
        ("poetry" | "pdm", Verb::Install) if matches!(subcommand, "install" | "sync") => {
            project(site)
        }
        ("pipenv", Verb::Install) if matches!(subcommand, "install" | "sync") => pipenv(site),
        (_, Verb::Clean | Verb::Remove) | ("pip", Verb::Other) => Ok(Reads::default()),
        ("poetry", Verb::Other) if matches!(subcommand, "config" | "self" | "version") => {
            // A local configuration is a file of the project.
            if site.has(&["--local"]) || site.command.has_argument("add") {
                Err(uses_sources(site.command))
            } else {
                Ok(Reads::default())
            }
        }
        ("uv", Verb::Other) if matches!(subcommand, "python" | "venv" | "tool") => {
            let venv = site.view.path(".venv")?;
            let mut reads = Reads::default();
            if subcommand == "venv" {
                reads.makes.insert(venv);
            }
            Ok(reads)
        }
        _ => Err(uses_sources(site.command)),
    }
}

/// `pip install`; the first `files` operands are requirements files (`uv pip sync`).
fn pip(site: &Site<'_>, files: usize) -> Result<Reads, Unread> {
    let mut reads = Reads {
        installs: Some(site.operation.manager.id),
        ..Reads::default()
    };
    if let Some(path) = site.values(&["-e", "--editable"])?.first() {
        return Err((Obstacle::InstallsProject, format!("`-e {path}`")));
    }
    if site.has(&["--group", "--with-editable"]) {
        return Err((Obstacle::NotFollowed, "an option of the install".to_owned()));
    }
    let requirements = site.values(&["-r", "--requirement", "--requirements"])?;
    let constraints = site.values(&[
        "-c",
        "--constraint",
        "--constraints",
        "--override",
        "--build-constraint",
    ])?;
    let operands = site.operands()?;
    let of_options = |name: &str| {
        requirements
            .iter()
            .chain(&constraints)
            .any(|file| file == name)
    };
    let mut named: Vec<String> = requirements.iter().chain(&constraints).cloned().collect();
    for operand in operands.iter().filter(|operand| !of_options(operand)) {
        if files > 0 {
            named.push((*operand).to_owned());
        } else if is_path(operand) {
            return Err((Obstacle::InstallsProject, format!("`{operand}`")));
        }
    }
    for links in site.values(&["-f", "--find-links"])? {
        if !links.contains("://") {
            return Err((Obstacle::NotFollowed, format!("`--find-links {links}`")));
        }
    }
    for target in site.values(&["-t", "--target", "--prefix", "--root", "--src"])? {
        reads.makes.insert(site.view.path(&target)?);
    }
    for file in named {
        if file.contains("://") {
            continue;
        }
        let path = site.view.path(&file)?;
        requirements_file(site, &path, &mut reads, 0)?;
    }
    Ok(reads)
}

/// A requirements file, and those that it names.
fn requirements_file(
    site: &Site<'_>,
    path: &str,
    reads: &mut Reads,
    depth: usize,
) -> Result<(), Unread> {
    if reads.files.iter().any(|known| known == path) {
        return Ok(());
    }
    if depth > 20 {
        return Err((Obstacle::NotFollowed, format!("`{path}`")));
    }
    let text = site.view.text(path)?;
    reads.file(path);
    let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
    for line in lines(text) {
        match line {
            Line::Includes(name) if name.contains("://") => {}
            Line::Includes(name) => {
                let inner = resolved(folder, &name)
                    .ok_or_else(|| (Obstacle::ManifestNotFound, format!("`{name}`")))?;
                requirements_file(site, &inner, reads, depth + 1)?;
            }
            Line::Local(what) => {
                return Err((Obstacle::LocalDependency, format!("`{what}` in `{path}`")));
            }
            Line::Checkout => {
                reads.makes.insert(site.view.path("src")?);
            }
        }
    }
    Ok(())
}

/// Whether pip takes an operand for a path: it has a slash, is a dot, or ends like an archive.
fn is_path(operand: &str) -> bool {
    if operand.contains("://") && !operand.starts_with("file:") {
        return false;
    }
    let requirement = operand
        .split(['[', '=', '<', '>', '~', '!', ';', ' '])
        .next();
    let name = requirement.unwrap_or(operand);
    name.contains('/')
        || name.starts_with('.')
        || [".whl", ".tar.gz", ".zip", ".tar.bz2"]
            .iter()
            .any(|end| operand.ends_with(end))
        || operand.starts_with("file:")
}

/// `poetry install`, `uv sync`, `pdm install`: without the project itself they read its manifests only.
fn project(site: &Site<'_>) -> Result<Reads, Unread> {
    let (reads, missing) = manifests(site)?;
    match missing {
        None => Ok(reads),
        Some(option) => Err((Obstacle::InstallsProject, format!("without `{option}`"))),
    }
}

/// `poetry install --no-root` and the like, in front of the install of the project.
pub(super) fn step(site: &Site<'_>) -> Option<Result<DependencyStep, Unread>> {
    if !matches!(site.subcommand(), "install" | "sync") || site.command.has_argument("pip") {
        return None;
    }
    match manifests(site) {
        Err(unread) => Some(Err(unread)),
        Ok((_, None)) => None,
        Ok((reads, Some(option))) => Some(Ok(site.step_with(
            vec![option],
            reads,
            "what the project is built with is fetched with its dependencies, or later",
        ))),
    }
}

/// What an install of the dependencies alone reads, and the option that is missing for it.
fn manifests(site: &Site<'_>) -> Result<(Reads, Option<&'static str>), Unread> {
    let manager = site.operation.manager.id;
    if !site.operands()?.is_empty() {
        return Err(uses_sources(site.command));
    }
    if site.has(&[
        "-C",
        "--directory",
        "--project",
        "-P",
        "-p",
        "--package",
        "--all-packages",
        "--only-root",
        "--script",
        "--no-install-workspace",
    ]) {
        return Err((Obstacle::NotFollowed, "an option of the install".to_owned()));
    }
    let mut reads = Reads {
        installs: Some(manager),
        ..Reads::default()
    };
    let at = |name: &str| joined(&site.view.folder, name);
    let path = at("pyproject.toml");
    let text = site.view.text(&path)?;
    let manifest = Pyproject::parse(text).map_err(|error| {
        (
            Obstacle::ManifestNotRead,
            format!("`pyproject.toml`: {error}"),
        )
    })?;
    if let Some(name) = manifest.local_dependencies().first() {
        return Err((
            Obstacle::LocalDependency,
            format!("`{name}` in `pyproject.toml`"),
        ));
    }
    let (without, files): (&[&'static str], &[&str]) = match manager {
        "poetry" => (&["--no-root"], &["poetry.lock", "poetry.toml"]),
        "uv" => (
            &["--no-install-project"],
            &["uv.lock", "uv.toml", ".python-version"],
        ),
        _ => (
            &["--no-self", "--prod-no-self"],
            &["pdm.lock", "pdm.toml", ".pdm-python"],
        ),
    };
    reads.file(&path);
    for name in files {
        reads.file_if_there(site.view, &at(name))?;
    }
    for name in [files[1], "pyproject.toml"] {
        let text = site.view.text_if_there(&at(name)).unwrap_or_default();
        if let Some(sign) = ["find-links", "\"./", "\"../", "file:/", "constraint-file"]
            .iter()
            .find(|sign| text.contains(**sign))
        {
            return Err((Obstacle::NotFollowed, format!("`{sign}` in `{name}`")));
        }
    }
    reads.makes.insert(at(".venv"));
    reads.makes.insert(at("__pypackages__"));
    let installs_project = manifest.installs_itself(manager) && !site.has(without);
    Ok((reads, installs_project.then_some(without[0])))
}

fn pipenv(site: &Site<'_>) -> Result<Reads, Unread> {
    if !site.operands()?.is_empty() {
        return Err((
            Obstacle::ChangesManifest,
            "a named package goes into `Pipfile`".to_owned(),
        ));
    }
    let mut reads = Reads {
        installs: Some("pipenv"),
        ..Reads::default()
    };
    if !site
        .values(&["-r", "--requirements", "-e", "--editable", "-c"])?
        .is_empty()
    {
        return Err((Obstacle::NotFollowed, "an option of the install".to_owned()));
    }
    let at = |name: &str| joined(&site.view.folder, name);
    let path = at("Pipfile");
    let text = site.view.text(&path)?;
    let manifest = Pyproject::parse(text)
        .map_err(|error| (Obstacle::ManifestNotRead, format!("`Pipfile`: {error}")))?;
    if let Some(name) = manifest.local_dependencies().first() {
        return Err((Obstacle::LocalDependency, format!("`{name}` in `Pipfile`")));
    }
    // It loads the variables of the project, too.
    if site.view.has(&at(".env")) {
        return Err((
            Obstacle::NotFollowed,
            "`.env`, which pipenv loads".to_owned(),
        ));
    }
    reads.file(&path);
    reads.file_if_there(site.view, &at("Pipfile.lock"))?;
    reads.makes.insert(at(".venv"));
    Ok(reads)
}

//! npm, yarn, pnpm and bun: what an install reads of a project.
//!
//! <https://docs.npmjs.com/cli/v11/using-npm/scripts>, <https://yarnpkg.com/configuration/yarnrc>,
//! <https://classic.yarnpkg.com/en/docs/yarnrc>, <https://pnpm.io/workspaces>.

mod project;

use super::{Obstacle, Reads, Site, Unread, View, uses_sources};
use crate::context::manifests::package_json::PackageJson;
use crate::model::packages::Verb;
use crate::model::placed::resolved;
use project::Project;

/// Sub-commands that install what the manifest names.
const INSTALLS: &[&str] = &[
    "install",
    "i",
    "in",
    "isntall",
    "ci",
    "clean-install",
    "ic",
    "install-clean",
    "yarn",
    "yarnpkg",
];

/// Sub-commands that read nothing of the project.
const HARMLESS: &[&str] = &[
    "cache",
    "config",
    "set",
    "store",
    "pm",
    "-v",
    "--version",
    "login",
];

/// The members of the workspace of which `folder` is the root, with their folders and manifests; none where it
/// is no root.
///
/// # Errors
/// Where it is not known which they are, or one of them cannot be read.
pub(crate) fn members(
    view: &View<'_>,
    manager: &'static str,
    folder: &str,
) -> Result<Vec<(String, PackageJson)>, Unread> {
    let project = Project {
        view,
        manager,
        folder: folder.to_owned(),
        runs_scripts: false,
    };
    let folders = project.members(&project.manifest(folder)?)?.into_iter();
    folders
        .map(|folder| {
            let manifest = project.manifest(&folder)?;
            Ok((folder, manifest))
        })
        .collect()
}

pub(super) fn reads(site: &Site<'_>) -> Result<Reads, Unread> {
    let operation = site.operation;
    let mut reads = Reads::default();
    let words: Vec<&str> = site
        .command
        .arguments()
        .iter()
        .filter_map(|word| word.literal.as_deref())
        .collect();
    let is_global = words
        .iter()
        .any(|word| matches!(*word, "-g" | "--global" | "--location=global" | "global"));
    let operands = site.operands();
    if is_global {
        let is_name = |name: &&str| !name.starts_with(['.', '/', '~']) && !name.contains("file:");
        let of_registry = operands.is_ok_and(|names| names.iter().all(is_name));
        if !of_registry || !matches!(operation.verb, Verb::Install | Verb::Remove | Verb::Other) {
            return Err(uses_sources(site.command));
        }
        reads.installs = (operation.verb == Verb::Install).then_some(operation.manager.id);
        return Ok(reads);
    }
    let subcommand = if operation.subcommand < operation.program_end {
        operation.manager.id
    } else {
        site.subcommand()
    };
    if operation.verb == Verb::Clean || HARMLESS.contains(&subcommand) {
        // `yarn set version` and `pnpm config set --location project` write into the project.
        let names_path = |word: &&str| word.contains("project") || word.starts_with(['.', '/']);
        if matches!(subcommand, "set") || words.iter().any(names_path) {
            return Err(uses_sources(site.command));
        }
        return Ok(reads);
    }
    let is_bare = operation.manager.bare == Verb::Install && operation.verb == Verb::Install;
    let installs = INSTALLS.contains(&subcommand) || (is_bare && subcommand.starts_with('-'));
    if !installs && subcommand != "fetch" {
        return Err(uses_sources(site.command));
    }
    if operands.is_ok_and(|names| !names.is_empty()) {
        return Err((
            Obstacle::ChangesManifest,
            "a named package goes into `package.json`".to_owned(),
        ));
    }
    if site.has(&[
        "-w",
        "--workspace",
        "--filter",
        "-F",
        "--offline",
        "--modules-folder",
        "--userconfig",
        "--globalconfig",
        "--cafile",
        "--script-shell",
        "--node-options",
    ]) {
        return Err((Obstacle::NotFollowed, "an option of the install".to_owned()));
    }
    let mut folder = site.view.folder.clone();
    let moved = site.values(&["--prefix", "-C", "--cwd", "--dir"])?;
    if let Some(to) = moved.last() {
        folder = resolved(&folder, to).ok_or_else(|| uses_sources(site.command))?;
    }
    reads.installs = Some(operation.manager.id);
    let project = Project {
        view: site.view,
        manager: operation.manager.id,
        folder,
        runs_scripts: !site.has(&["--ignore-scripts"]) && subcommand != "fetch",
    };
    project.read(&mut reads)?;
    Ok(reads)
}

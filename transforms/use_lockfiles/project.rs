//! A project of JavaScript: its manifest, and the members of its workspace.

use super::Refusal;
use super::reasons::{LOCK_NOT_READ, SETTING_NOT_FOLLOWED};
use super::site::{File, Site, not_read};
use crate::context::manifests::package_json::PackageJson;
use crate::context::manifests::package_lock::Member;
use crate::model::placed::joined;
use crate::model::reads::{View, javascript};

/// Files by which a folder above would be the root of a workspace.
pub(super) const ROOT_SIGNS: &[&str] = &["package.json", "pnpm-workspace.yaml"];

pub(super) fn read_manifest(file: &File<'_>) -> Result<PackageJson, Refusal> {
    let manifest = PackageJson::parse(file.text);
    manifest.map_err(|why| (&LOCK_NOT_READ, format!("`{}`: {why}", file.path)))
}

/// No folder above holds a project of which this may be a member.
pub(super) fn stands_alone(view: &View<'_>, folder: &str, signs: &[&str]) -> Result<(), Refusal> {
    let mut folder = folder.trim_end_matches('/');
    while let Some((above, _)) = folder.rsplit_once('/') {
        for name in signs {
            let path = joined(if above.is_empty() { "/" } else { above }, name);
            if view.brought(&path).map_err(not_read)?.is_some() {
                let what = format!("`{path}` in a folder above");
                return Err((&SETTING_NOT_FOLLOWED, what));
            }
        }
        folder = above;
    }
    Ok(())
}

/// The members of the workspace, by their folders as seen from its root.
pub(super) fn members(
    site: &Site<'_>,
    view: &View<'_>,
    folder: &str,
) -> Result<Vec<Member>, Refusal> {
    let members = javascript::members(view, site.operation.manager.id, folder);
    let members = members.map_err(|(_, what)| (&SETTING_NOT_FOLLOWED, what))?;
    let below = |path: &str| {
        let rest = path.strip_prefix(folder).unwrap_or(path);
        rest.trim_start_matches('/').to_owned()
    };
    let members = members.into_iter();
    Ok(members
        .map(|(folder, manifest)| (below(&folder), manifest))
        .collect())
}

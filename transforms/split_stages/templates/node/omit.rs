//! The install without the packages of development, where nothing between it and the start uses them.

use super::Done;
use super::project::Project;
use crate::edit::Edit;
use crate::model::images::version_of;
use crate::transform::Effect;
use crate::transform::words::WordEdits;
use crate::transforms::split_stages::site::Site;

/// The flag with which npm leaves them out: npm 6 knows the older one alone.
pub(super) fn flag(site: &Site<'_>) -> &'static str {
    let version = site.image.tag.as_deref().and_then(version_of);
    let is_old = version.is_some_and(|it| it.first().is_some_and(|major| *major < 16));
    if is_old { "--production" } else { "--omit=dev" }
}

/// What changes in the one install of npm's; `None` where a step or a script of the project may use what is left
/// out.
pub(super) fn edit(
    project: &Project,
    site: &Site<'_>,
    done: &Done<'_>,
) -> Option<(Vec<Edit>, Effect)> {
    let [(run, operation, _)] = done.installs.as_slice() else {
        return None;
    };
    let command = run.command(operation);
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let is_plain =
        words.first() == Some(&"npm") && words.iter().all(|word| !word.contains(['$', '`', '\\']));
    if done.builds || project.has_scripts() || !is_plain {
        return None;
    }
    let mut changes = WordEdits::new(command);
    changes.insert_after(words.len() - 1, " ", flag(site));
    Some(changes.finish(site.input.model))
}

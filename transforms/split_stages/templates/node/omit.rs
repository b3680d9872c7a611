//! How the packages of development are left out: behind the build, or already by the install where nothing between it
//! and the start uses them.

use super::Done;
use super::bun;
use super::project::{OF_NPM, Project, changes_packages};
use super::tools::OF_INSTALLS;
use crate::context::manifests::yarn_lock::YarnLock;
use crate::edit::Edit;
use crate::model::command::CommandFact;
use crate::model::images::version_of;
use crate::model::placed::joined;
use crate::transform::Effect;
use crate::transform::words::WordEdits;
use crate::transforms::split_stages::site::{Site, base_name};

/// The flag with which npm leaves them out: npm 6 knows the older one alone.
pub(super) fn flag(site: &Site<'_>) -> &'static str {
    let version = site.image.tag.as_deref().and_then(version_of);
    let is_old = version.is_some_and(|it| it.first().is_some_and(|major| *major < 16));
    if is_old { "--production" } else { "--omit=dev" }
}

/// Options of installs that decide what is chosen: another run of the manager needs them, too.
const DECIDING: &[&str] = &[
    "--force",
    "--ignore-engines",
    "--ignore-platform",
    "--legacy-peer-deps",
    "--strict-peer-deps",
    "-f",
];

/// Options that say nothing of what is chosen.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "--audit", "--build-from-source", "--cache", "--fetch-retries", "--fetch-retry-maxtimeout", "--fetch-retry-mintimeout", "--fetch-timeout",
    "--frozen-lockfile", "--fund", "--ignore-scripts", "--include", "--loglevel", "--maxsockets", "--network-concurrency",
    "--network-timeout", "--no-audit", "--no-bin-links", "--no-color", "--no-fund", "--no-progress", "--no-save",
    "--no-update-notifier", "--non-interactive", "--prefer-offline", "--prefer-online", "--production", "--progress",
    "--pure-lockfile", "--quiet", "--registry", "--save", "--save-dev", "--save-exact", "--silent", "--unsafe-perm",
    "--verbose", "-D", "-E", "-d", "-dd", "-q", "-s",
];

/// The options that decide, each behind a space; `None` where another one is given, or a variable of npm's.
fn deciding(site: &Site<'_>, command: &CommandFact) -> Option<String> {
    let words = command.words.iter().map(|word| word.raw.as_str());
    let mut found = String::new();
    for word in words.filter(|word| word.starts_with('-')) {
        if DECIDING.contains(&word) {
            found.push(' ');
            found.push_str(word);
        } else if !PLAIN.contains(&word.split('=').next().unwrap_or(word)) {
            return None;
        }
    }
    let is_of_npm = |name: &str| name.to_ascii_lowercase().starts_with("npm_config_");
    let mut assignments = command.assignments.iter();
    // One of the stage holds for both.
    let is_set_there = assignments.any(|it| is_of_npm(&it.name));
    let is_changed = |name: &String| {
        let last = site.end().env.get(name);
        let then = site.state_of(command).env.get(name);
        is_of_npm(name) && last.map(|it| it.item) != then.map(|it| it.item)
    };
    let is_changed = site.end().env.iter().any(|(name, _)| is_changed(name));
    (!is_set_there && !is_changed).then_some(found)
}

/// The RUN behind the build that leaves the packages of production; `None` where it might leave others.
pub(super) fn command(project: &Project, site: &Site<'_>, done: &Done<'_>) -> Option<String> {
    let (run, operation, _) = done.installs.last()?;
    let command = run.command(operation);
    if lays_out_more(site) || starts_for_development(site) {
        return None;
    }
    match operation.manager.family {
        // It would install what the lock file says that the install did not have.
        "npm" if project.lock_comes_later(site, done, OF_NPM) => None,
        // What a script of the project has laid beside the packages, no lock file names.
        "npm" if scripts_lay_out(project) => None,
        "npm" => {
            let deciding = deciding(site, command)?;
            Some(format!("RUN npm prune {}{deciding}", flag(site)))
        }
        "bun" => bun::prune(project, site, done),
        // Yarn writes every package anew that a script or a step has changed, and pnpm runs the scripts once more.
        "yarn" | "pnpm" if project.has_scripts() || changes_packages(site) => None,
        // The same here, and where the lock file is not what the install went by.
        "yarn" if project.lock_comes_later(site, done, &["yarn.lock"]) => None,
        "yarn"
            if site
                .origin(&joined(&project.folder, ".yarnrc.yml"))
                .is_none() =>
        {
            let text = site.text(&joined(&project.folder, "yarn.lock"))?;
            let lock = YarnLock::parse(text).ok()?;
            lock.answers(&[&project.manifest]).ok()?;
            let deciding = deciding(site, command)?;
            Some(format!(
                "RUN yarn install --production --ignore-scripts --prefer-offline --frozen-lockfile{deciding}"
            ))
        }
        // It makes the folder anew where settings have come since.
        "pnpm" if project.lock_comes_later(site, done, OF_PNPM) => None,
        "pnpm" if is_started_by(site, "pnpm") => None,
        "pnpm" => {
            let is_locked = site.origin(&joined(&project.folder, OF_PNPM[0])).is_some();
            let is_plain = deciding(site, command).is_some_and(|it| it.is_empty());
            (is_locked && is_plain).then(|| "RUN pnpm prune --prod".to_owned())
        }
        _ => None,
    }
}

/// Whether a script that the install runs may write among the packages.
fn scripts_lay_out(project: &Project) -> bool {
    const SIGNS: &[&str] = &[
        "node_modules",
        "link",
        "ln ",
        ".js",
        ".mjs",
        ".cjs",
        ".ts",
        ".sh",
        "cp ",
    ];
    let mut scripts = OF_INSTALLS
        .iter()
        .filter_map(|name| project.manifest.script(name));
    scripts.any(|text| SIGNS.iter().any(|it| text.contains(it)))
}

/// Whether a generator of Prisma's writes among the packages what no lock file names.
fn lays_out_more(site: &Site<'_>) -> bool {
    let copied = site.copied().unwrap_or_default().iter();
    let mut schemas = copied.filter(|file| file.path.ends_with(".prisma"));
    schemas.any(|file| {
        let text = site.context.text(&file.origin);
        text.is_ok_and(|text| {
            let mut lines = text.lines();
            lines.any(|line| line.trim().starts_with("output") && line.contains("node_modules"))
        })
    })
}

/// Whether a server of the author's starts Next for development, unless a variable says otherwise.
fn starts_for_development(site: &Site<'_>) -> bool {
    let mut texts = site.texts();
    let starts = texts.any(|(_, text)| text.contains("next({") && text.contains("dev"));
    let is_told = site.is_set("NODE_ENV", &["production"])
        || site.words.iter().any(|it| it == "NODE_ENV=production")
        || site
            .texts_named(&["package.json"])
            .any(|text| text.contains("NODE_ENV=production"));
    starts && !is_told
}

/// What pnpm goes by.
const OF_PNPM: &[&str] = &["pnpm-lock.yaml", ".npmrc", "pnpm-workspace.yaml"];

/// Whether the container starts a manager of packages.
fn is_started_by(site: &Site<'_>, manager: &str) -> bool {
    site.words.iter().any(|word| base_name(word) == manager)
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

//! Which version of a package manager an image has.

use super::Refusal;
use super::reasons::VERSION_NOT_KNOWN;
use super::site::Site;
use crate::model::command::CommandFact;
use crate::model::images;
use crate::model::packages::Verb;
use crate::model::run::Run;

/// Names under which Node's releases with long support are tagged: <https://nodejs.org/en/about/previous-releases>.
const NAMES: &[(&str, u32)] = &[
    ("argon", 4),
    ("boron", 6),
    ("carbon", 8),
    ("dubnium", 10),
    ("erbium", 12),
    ("fermium", 14),
    ("gallium", 16),
    ("hydrogen", 18),
    ("iron", 20),
    ("jod", 22),
    ("krypton", 24),
];

/// The first Node of each line with an npm that has `npm ci`, 5.7 or later; all behind 10 have it.
/// <https://nodejs.org/en/about/previous-releases>
const FIRST_WITH_CI: &[(u32, [u32; 3])] = &[(8, [8, 12, 0]), (10, [10, 3, 0])];

/// The first Node with npm 7.
const FIRST_WITH_NPM_7: u32 = 15;

/// What is known of the version of npm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Npm {
    /// 5.7 to 6: it knows the formats 1 and 2 of lock files.
    Old,
    /// 7 and later.
    New,
}

/// The version of npm that an install runs.
pub(super) fn npm(site: &Site<'_>) -> Result<Npm, Refusal> {
    let unknown = |what: String| (&VERSION_NOT_KNOWN, what);
    let node = node(site)?;
    let mut npm = if node >= FIRST_WITH_NPM_7 {
        Npm::New
    } else {
        Npm::Old
    };
    for (run, command) in commands_before(site) {
        for (name, version) in installed_globally(run, command) {
            if matches!(name, "n" | "nvm" | "node") {
                return Err(unknown(format!("`{name}` brings another Node")));
            }
            if name != "npm" {
                continue;
            }
            let numbers = version.and_then(images::version_of);
            let major = numbers.as_ref().and_then(|numbers| numbers.first());
            npm = match (major, version) {
                (Some(6), _) => Npm::Old,
                (Some(7..), _) => Npm::New,
                (None, None | Some("latest")) if node >= FIRST_WITH_NPM_7 => Npm::New,
                _ => return Err(unknown(format!("npm {}", version.unwrap_or("latest")))),
            };
        }
    }
    Ok(npm)
}

/// The major version of Node in the image.
pub(super) fn node(site: &Site<'_>) -> Result<u32, Refusal> {
    let model = site.input.model;
    let stage = &model.stages[site.run.stage];
    let Some(image) = stage.image.as_ref() else {
        return Err((&VERSION_NOT_KNOWN, String::new()));
    };
    let unknown = || {
        let tag = image
            .tag
            .as_ref()
            .map_or(String::new(), |tag| format!(":{tag}"));
        (&VERSION_NOT_KNOWN, format!("`{}{tag}`", image.name))
    };
    if image.name != "node"
        || !site.has_sure_base()
        || (image.tag.is_none() && image.digest.is_some())
    {
        return Err(unknown());
    }
    of_tag(image.tag.as_deref().unwrap_or("latest")).ok_or_else(unknown)
}

/// The major version that a tag of the image `node` has, where its npm has `npm ci`.
fn of_tag(tag: &str) -> Option<u32> {
    const NEWEST: u32 = 24;
    if tag.contains("onbuild") {
        return None;
    }
    let Some(version) = images::version_of(tag) else {
        let first = tag.split('-').next().unwrap_or(tag);
        if let Some((_, major)) = NAMES.iter().find(|(name, _)| *name == first) {
            return (*major >= 8).then_some(*major);
        }
        // `latest`, `lts-slim`, `alpine`, `bookworm` and their kin move on with the releases.
        return Some(NEWEST);
    };
    let major = *version.first()?;
    let is_enough = match FIRST_WITH_CI.iter().find(|(line, _)| *line == major) {
        // What a tag leaves out is the newest.
        Some((_, first)) => version
            .iter()
            .zip(first)
            .find_map(|(own, first)| (own != first).then_some(own > first))
            .unwrap_or(true),
        None => major > 10,
    };
    is_enough.then_some(major)
}

/// The commands of the lineage before an install.
pub(super) fn commands_before<'a>(
    site: &Site<'a>,
) -> impl Iterator<Item = (&'a Run, &'a CommandFact)> {
    let model = site.input.model;
    let items = site.items().into_iter();
    let earlier = items
        .filter_map(|item| model.run_at(item))
        .filter(|run| !run.deferred)
        .flat_map(|run| run.commands.iter().map(move |command| (run, command)));
    let own = site.run.commands[..site.operation.command].iter();
    earlier.chain(own.map(|command| (site.run, command)))
}

/// What a command installs for all, each with its version.
pub(super) fn installed_globally<'c>(
    run: &'c Run,
    command: &'c CommandFact,
) -> Vec<(&'c str, Option<&'c str>)> {
    let operation = run
        .operations
        .iter()
        .find(|operation| std::ptr::eq(run.command(operation), command));
    let Some(operation) = operation.filter(|it| {
        it.verb == Verb::Install && matches!(it.manager.family, "npm" | "yarn" | "pnpm")
    }) else {
        return Vec::new();
    };
    if !is_global(command) {
        return Vec::new();
    }
    let words = operation.operands.iter().map(|&word| &command.words[word]);
    let names = words.map(|word| word.literal.as_deref().unwrap_or(&word.raw));
    names
        .map(|name| match name.rfind('@') {
            Some(at) if at > 0 => (&name[..at], Some(&name[at + 1..])),
            _ => (name, None),
        })
        .collect()
}

/// Whether a command of a manager of JavaScript is about what is installed for all.
pub(super) fn is_global(command: &CommandFact) -> bool {
    command.arguments().iter().any(|word| {
        matches!(
            word.raw.as_str(),
            "-g" | "--global" | "--location=global" | "global"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::of_tag;

    #[test]
    fn tags_say_which_node_it_is() {
        for (tag, major) in [
            ("8", Some(8)),
            ("8.11.4-alpine", None),
            ("8.12", Some(8)),
            ("9", None),
            ("10.2.1", None),
            ("10", Some(10)),
            ("11.0.0-slim", Some(11)),
            ("20-bookworm-slim", Some(20)),
            ("carbon-alpine", Some(8)),
            ("boron", None),
            ("lts", Some(24)),
            ("8-onbuild", None),
        ] {
            assert_eq!(of_tag(tag), major, "{tag}");
        }
    }
}

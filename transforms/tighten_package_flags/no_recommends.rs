//! `--no-install-recommends`, with what is used kept by name.

use std::fmt::Write as _;

use crate::edit::Edits;
use crate::model::Model;
use crate::model::command::Failure;
use crate::model::debian::needs::{self, Evidence, Keep};
use crate::model::debian::{self, Archive, Ground};
use crate::model::packages::Verb;
use crate::model::run::Run;
use crate::transform::words::WordEdits;
use crate::transform::{Applicability, Effect, Input, Proposals, Reason, Rewrite};

use super::Site;
use super::insertions::{insert_package, join_insertions, last_leading_option};
use super::survey::Survey;

macro_rules! reasons {
    ($($name:ident, $id:literal, $message:literal;)*) => {
        $(pub(super) const $name: Reason = Reason { id: $id, message: $message };)*
    };
}

reasons! {
    OPAQUE_AFTER, "opaque-script-after", "a later script of the stage is not understood and may use what is only recommended";
    PACKAGES_NOT_LITERAL, "packages-not-literal", "the packages come from a variable, a file or a pattern";
    PACKAGE_UNKNOWN, "package-unknown", "what a package recommends is not known: it is not in the tables of Debian's archive";
    FAMILY_REFUSED, "recommends-belong-to-the-package", "packages of this family do their job only with what they recommend";
    LOCAL_PACKAGE, "local-package", "a package file is installed, and what it recommends is not known";
    OTHER_RELEASE, "other-release", "a package comes from another release than the image's";
    FOREIGN_SOURCE, "foreign-source", "a package source was added before, and the tables speak of Debian's archive only";
    RECOMMENDS_WANTED, "recommends-wanted", "an option asks for the recommended packages";
    KEPT_MAY_BE_MISSING, "kept-package-may-be-missing", "a recommended package is used, but it is not sure to exist by that name in this release";
    AUTO_REMOVED, "auto-removed", "a later `autoremove` takes away what came along, and would leave what is named";
    NOTHING_DROPPED, "nothing-dropped", "all that would be dropped is used";
    RELEASE_NOT_IN_TABLES, "release-not-in-tables", "the release is older than the tables, and may recommend what no later one does";
    INSTALLED_BEFORE, "installed-before", "an earlier command has installed these packages: apt does not look at what they recommend again";
    NOT_AN_INSTALL, "not-a-plain-install", "it installs what the archive or the system decides, not named packages";
}

/// Families that do their job only with their recommended packages.
const REFUSED: &[&str] = &[
    "texlive",
    "libreoffice",
    "r-base",
    "r-cran",
    "xfce",
    "lxde",
    "lxqt",
    "kde",
    "gnome",
    "mate-desktop",
    "cinnamon",
    "erlang",
    "octave",
    "task-",
    "ubuntu-desktop",
    "kubuntu",
    "xubuntu",
    "lubuntu",
    "python3-pandas",
    "python3-numpy",
    "python3-scipy",
    "python-pandas",
    "python-numpy",
    "python-scipy",
    "tasksel",
    "latex",
    "lyx",
    "wine",
    "podman",
    "buildah",
    "ansible",
    "qemu-system",
    "opam",
    "tigervnc",
    "docker.io",
    "dpkg-dev",
    "graphviz",
    "ldap-utils",
    "perl",
    "samba",
    "wireguard",
];

/// Whether recommended packages are installed, and nothing says that this is wanted.
pub(super) fn is_missing(survey: &Survey, site: &Site<'_>) -> bool {
    let Some(rules) = &site.operation.manager.no_recommends else {
        return false;
    };
    let options = || site.operation.option_texts(site.command);
    site.operation.verb == Verb::Install
        && site.command.name() != Some("aptitude")
        && !options().any(|option| rules.spellings.contains(&option))
        && !site
            .command
            .words
            .iter()
            .any(|word| word.raw.contains(rules.configuration))
        && !options().any(|option| {
            matches!(
                option,
                "-s" | "--simulate"
                    | "--dry-run"
                    | "-d"
                    | "--download-only"
                    | "--print-uris"
                    | "--no-act"
            )
        })
        && !survey.configures_recommends_before(site.run)
        && (!site.operation.operands.is_empty() || site.command.takes_more_arguments)
}

pub(super) fn propose(
    input: &Input<'_>,
    survey: &mut Survey,
    site: &Site<'_>,
    proposals: &mut Proposals,
) {
    if !is_missing(survey, site) {
        return;
    }
    match plan(input, survey, site) {
        Ok(plan) => {
            let kept = plan.kept.iter().map(|(name, _)| *name).collect();
            survey.note_lean(site.command.range.start(), kept);
            proposals.rewrite(rewrite(input, site, &plan));
        }
        Err((reason, detail)) => proposals.decline(site.command.range, reason, detail),
    }
}

/// Notes what an install has brought for those behind it, or that something was removed.
pub(super) fn note(input: &Input<'_>, survey: &mut Survey, site: &Site<'_>) {
    let operation = site.operation;
    if operation.manager.no_recommends.is_none() || site.run.deferred {
        return;
    }
    if operation.verb == Verb::Remove {
        return survey.forget_installed(site.run);
    }
    let is_certain = site.run.is_always_run(site.command) && site.command.failure == Failure::Fatal;
    let does = operation.verb == Verb::Install
        && !operation.has_option(site.command, operation.manager.dry_options)
        && !operation.has_option(site.command, &["-d", "--download-only"]);
    let Some(mut names) = packages(site).ok().filter(|_| is_certain && does) else {
        return;
    };
    let kept = survey.kept_by_lean(site.command.range.start());
    let with_recommended = is_missing(survey, site) && kept.is_none();
    names.extend(kept.unwrap_or_default().iter().map(|&name| name.to_owned()));
    let archive = archive(input, site.run);
    let brought: Vec<String> = names
        .iter()
        .flat_map(|name| debian::brought(archive, name, with_recommended))
        .map(str::to_owned)
        .collect();
    survey.note_installed(site.run, brought.into_iter().chain(names));
}

/// What to install instead.
struct Plan {
    archive: Archive,
    /// Recommended packages that stay, by name, with the reason.
    kept: Vec<(&'static str, String)>,
    /// Recommended packages that go.
    dropped: Vec<&'static str>,
    /// The bytes that they would have written; `None` where the tables do not know what stays.
    dropped_bytes: Option<u64>,
    /// Whether later code is unknown.
    unread: bool,
}

type Refusal = (&'static Reason, String);

fn plan(input: &Input<'_>, survey: &mut Survey, site: &Site<'_>) -> Result<Plan, Refusal> {
    let written = packages(site)?;
    if let Some(mark) = survey.source_before(site.run, site.command.range.start()) {
        return Err((&FOREIGN_SOURCE, format!("`{mark}`")));
    }
    let facts = input.model.stages[site.run.stage].facts.as_ref();
    if let Some(release) = facts
        .and_then(|facts| facts.release)
        .filter(|release| debian::is_before_tables(release))
    {
        return Err((&RELEASE_NOT_IN_TABLES, release.to_owned()));
    }
    let archive = archive(input, site.run);
    let packages: Vec<String> = written
        .into_iter()
        .map(|name| debian::provided(archive, &name).unwrap_or(name))
        .collect();
    let all: Vec<&str> = packages.iter().map(String::as_str).collect();
    if let Some(name) = all
        .iter()
        .find(|name| REFUSED.iter().any(|family| name.starts_with(family)))
    {
        return Err((&FAMILY_REFUSED, format!("`{name}`")));
    }
    let names: Vec<&str> = all
        .into_iter()
        .filter(|name| !survey.is_installed(site.run, name))
        .collect();
    if names.is_empty() {
        return Err((&INSTALLED_BEFORE, list(&packages)));
    }
    let loss =
        debian::loss(archive, &names).map_err(|unknown| (&PACKAGE_UNKNOWN, list(&unknown.0)))?;
    if let Some(range) = survey.opaque_after(input.model, site.run) {
        let line = input.model.lines.line(range.start());
        return Err((&OPAQUE_AFTER, format!("line {line}")));
    }
    let image = input.model.stages[site.run.stage].image.as_ref();
    let ground = Ground::of(archive, image, facts);
    // What the image has already stays there, with all that it needs.
    let lost: Vec<&'static str> = loss
        .packages
        .iter()
        .copied()
        .filter(|name| !survey.is_installed(site.run, name) && !ground.has(name))
        .collect();
    let evidence = survey.evidence(input, site.run.stage);
    let kept = kept(archive, &names, &lost, evidence);
    if let Some((name, _)) = kept
        .iter()
        .find(|(name, _)| archive == Archive::Union && !needs::has_stable_name(name))
    {
        return Err((&KEPT_MAY_BE_MISSING, format!("`{name}`")));
    }
    let all: Vec<&str> = names
        .iter()
        .copied()
        .chain(kept.iter().map(|(name, _)| *name))
        .collect();
    // What a kept package needs stays with it, as far as the tables know.
    let known: Vec<&str> = all
        .iter()
        .copied()
        .filter(|name| debian::is_known(archive, name))
        .collect();
    let dropped: Vec<&'static str> = lost_without(archive, &known)
        .into_iter()
        .filter(|name| lost.contains(name) && !all.contains(name))
        .collect();
    if dropped.is_empty() && !lost.is_empty() {
        return Err((&NOTHING_DROPPED, list(&kept_names(&kept))));
    }
    if !kept.is_empty() && removes_automatically(input.model, site.run) {
        return Err((&AUTO_REMOVED, list(&kept_names(&kept))));
    }
    let dropped_bytes = (known.len() == all.len()).then(|| {
        // What the image has already is not installed, and brings nothing along.
        let installed: Vec<&str> = known.into_iter().filter(|name| !ground.has(name)).collect();
        let mut freed = lost_without(archive, &installed);
        freed.retain(|name| dropped.contains(name));
        ground.bytes(&freed)
    });
    Ok(Plan {
        archive,
        kept,
        dropped,
        dropped_bytes,
        unread: evidence.unread,
    })
}

/// What goes where these packages, all of which the tables know, are installed without recommended ones.
fn lost_without(archive: Archive, installed: &[&str]) -> Vec<&'static str> {
    debian::loss(archive, installed).map_or_else(|_| Vec::new(), |loss| loss.packages)
}

/// The names of the packages, without versions and architectures.
fn packages(site: &Site<'_>) -> Result<Vec<String>, Refusal> {
    let subcommand = &site.command.words[site.operation.subcommand];
    if !subcommand.is("install") {
        return Err((&NOT_AN_INSTALL, format!("`{}`", subcommand.raw)));
    }
    let rules = site
        .operation
        .manager
        .no_recommends
        .as_ref()
        .expect("a manager that recommends");
    if site
        .operation
        .option_texts(site.command)
        .any(|option| rules.opposed_by.contains(&option))
    {
        return Err((&RECOMMENDS_WANTED, String::new()));
    }
    if site
        .operation
        .has_option(site.command, &["-f", "--fix-broken", "-m", "--fix-missing"])
        && site.operation.operands.is_empty()
    {
        return Err((&NOT_AN_INSTALL, "`-f`".to_owned()));
    }
    if site.operation.has_option(
        site.command,
        &["-t", "--target-release", "--default-release"],
    ) {
        return Err((&OTHER_RELEASE, "`-t`".to_owned()));
    }
    let words = site
        .operation
        .packages(site.command)
        .ok_or((&PACKAGES_NOT_LITERAL, String::new()))?;
    let mut names = Vec::new();
    for word in words {
        if word.contains('/') && (word.starts_with(['.', '/']) || word.ends_with(".deb"))
            || word.ends_with(".deb")
        {
            return Err((&LOCAL_PACKAGE, format!("`{word}`")));
        }
        if word.contains('/') {
            return Err((&OTHER_RELEASE, format!("`{word}`")));
        }
        if word.contains(['*', '?', '[', '^', '~']) || word.ends_with('-') || word.is_empty() {
            return Err((&PACKAGES_NOT_LITERAL, format!("`{word}`")));
        }
        let name = word.split('=').next().unwrap_or(word);
        // `g++` is a package; `foo+` is apt's way to say "install foo".
        let name = name.split_once(':').map_or(name, |(name, _)| name);
        names.push(name.to_owned());
    }
    Ok(names)
}

/// Which table speaks for the stage.
fn archive(input: &Input<'_>, run: &Run) -> Archive {
    Archive::of(input.model.stages[run.stage].facts.as_ref())
}

/// The recommended packages that stay, none of which another one brings along.
fn kept(
    archive: Archive,
    requested: &[&str],
    lost: &[&'static str],
    evidence: &Evidence,
) -> Vec<(&'static str, String)> {
    let mut kept: Vec<(&'static str, String)> = Vec::new();
    for &name in lost {
        let why = match needs::decide(name, requested, evidence) {
            Keep::Yes(why) => Some(why),
            Keep::No => None,
            Keep::Unlisted => debian::commands(archive, name)
                .find(|command| evidence.runs(command))
                .map(|command| format!("`{command}` is used")),
        };
        if let Some(why) = why {
            let name = needs::stands_for(name);
            if !kept.iter().any(|(known, _)| *known == name) && !requested.contains(&name) {
                kept.push((name, why));
            }
        }
    }
    let names: Vec<&'static str> = kept.iter().map(|(name, _)| *name).collect();
    kept.retain(|(name, _)| {
        !names.iter().any(|other| {
            other != name
                && debian::requires(archive, other, name)
                && !debian::requires(archive, name, other)
        })
    });
    if archive == Archive::Union {
        for &name in needs::recommended_before(requested) {
            if !requested.contains(&name) && !kept.iter().any(|(known, _)| *known == name) {
                kept.push((
                    name,
                    "releases before Debian 11 only recommend it".to_owned(),
                ));
            }
        }
    }
    kept.sort();
    kept
}

fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn rewrite(input: &Input<'_>, site: &Site<'_>, plan: &Plan) -> Rewrite {
    let rules = site
        .operation
        .manager
        .no_recommends
        .as_ref()
        .expect("a manager that recommends");
    let mut words = WordEdits::new(site.command);
    words.insert_after(last_leading_option(site), " ", rules.flag);
    for (name, _) in &plan.kept {
        insert_package(input, site, name, &mut words);
    }
    let (edits, effect) = words.finish(input.model);
    let edits = join_insertions(edits);
    let is_safe = plan.dropped.is_empty();
    let title = if plan.kept.is_empty() {
        format!("add `{}`", rules.flag)
    } else {
        let names = kept_names(&plan.kept);
        format!("add `{}`, keeping {}", rules.flag, list(&names))
    };
    let mut effects = vec![
        effect,
        Effect::PackagesDropped(plan.dropped.iter().map(|&name| name.to_owned()).collect()),
        Effect::PackagesAdded(kept_names(&plan.kept)),
    ];
    effects.extend(plan.dropped_bytes.map(Effect::BytesSaved));
    Rewrite {
        anchor: site.command.range,
        edits: Edits::new(edits).expect("insertions at different words do not overlap"),
        applicability: if is_safe {
            Applicability::Safe
        } else {
            Applicability::Suggested
        },
        title,
        because: because(plan),
        effects,
    }
}

fn kept_names(kept: &[(&'static str, String)]) -> Vec<String> {
    kept.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// Whether the RUN, or a later one, removes what nobody asked for by name.
fn removes_automatically(model: &Model, run: &Run) -> bool {
    let stages = model.descendants(run.stage);
    let later = model.runs_after(run.item).iter();
    let later = later.filter(|later| stages.contains(&later.stage));
    let mut commands = later.chain([run]).flat_map(|run| &run.commands);
    commands.any(|command| {
        let options = ["autoremove", "autopurge", "--auto-remove", "--autoremove"];
        matches!(command.name(), Some("apt-get" | "apt" | "aptitude"))
            && command
                .words
                .iter()
                .any(|word| options.iter().any(|it| word.is(it)))
    })
}

fn because(plan: &Plan) -> String {
    let table = match plan.archive {
        Archive::Debian(release) => format!("Debian {}", release.codename()),
        Archive::Union => "Debian 11 to 13 together".to_owned(),
    };
    if plan.dropped.is_empty() {
        return format!(
            "these packages recommend nothing that is missing today ({table}): it saves nothing yet, and keeps it so"
        );
    }
    let some: Vec<&str> = plan.dropped.iter().take(4).copied().collect();
    let more = plan.dropped.len().saturating_sub(some.len());
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let mut text = format!("drops {}{more}", some.join(", "));
    if let Some(bytes) = plan.dropped_bytes.filter(|bytes| *bytes >= 100_000) {
        let _ = write!(text, ", about {:.1} MB", bytes as f64 / 1e6);
    }
    let _ = write!(text, " (tables of {table})");
    for (name, why) in &plan.kept {
        let _ = write!(text, "; {name}: {why}");
    }
    if plan.unread {
        text.push_str("; assumes that code which is not read here uses none of what is dropped");
    }
    text
}

//! Which files differ between two images, and whether the rewrites said so.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::announced::{Announced, is_above};
use super::groups::{Group, is_below};
use super::packages::{self, Packages};
use crate::verify::image::{Content, Kind, Node, Tree};

/// So many paths of a kind are named.
const NAMED: usize = 20;

/// How the files of two images differ.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Files {
    /// What is only in the original.
    pub lost: Vec<Counted>,
    /// What is only in the rewritten image.
    pub gained: Vec<Counted>,
    /// What has another content, owner or mode.
    pub changed: Vec<Counted>,
    /// Packages that are only in the original.
    pub packages_lost: Vec<String>,
    /// Packages that are only in the rewritten image.
    pub packages_gained: Vec<String>,
    /// Packages that have another version.
    pub packages_changed: Vec<String>,
}

/// Files of one group.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// The group.
    pub group: Group,
    /// How many.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Whether a rewrite said so, or builds differ there anyway.
    pub announced: bool,
}

/// How a path differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    Lost,
    Gained,
    Changed,
}

/// Compares two trees. `noise` are paths in which two builds of the original differ. The second result
/// are findings: what no rewrite announced.
pub(super) fn compare(
    before: &Tree,
    after: &Tree,
    announced: &Announced,
    noise: &BTreeSet<String>,
) -> (Files, Vec<String>) {
    let (old, new) = (packages::installed(before), packages::installed(after));
    let mut findings = Vec::new();
    let mut files = Files {
        packages_lost: missing_in(&old, &new),
        packages_gained: missing_in(&new, &old),
        packages_changed: old
            .iter()
            .filter(|(name, package)| {
                new.get(*name)
                    .is_some_and(|it| it.version != package.version)
            })
            .map(|(name, _)| name.clone())
            .collect(),
        ..Files::default()
    };
    for name in &files.packages_lost {
        if !announced.dropped.contains(name) && announced.split.is_none() {
            findings.push(format!(
                "package `{name}` is gone, which no rewrite announced"
            ));
        }
    }
    for name in &files.packages_gained {
        if !announced.added.contains(name) && announced.split.is_none() {
            findings.push(format!(
                "package `{name}` is new, which no rewrite announced"
            ));
        }
    }
    // A package is named once, and its files with it.
    let explained = explained(&files, &old, &new);
    let scripts: Vec<&str> = files
        .packages_lost
        .iter()
        .flat_map(|name| packages::scripts(before, name))
        .collect();
    let made = made_by_settings(before, &files, &old);
    let renumbering = Renumbering::of(before, after, &files);
    let mut counts: BTreeMap<(Change, bool, Group), (usize, u64)> = BTreeMap::new();
    let mut unannounced = Vec::new();
    for (change, path, node) in changes(before, after) {
        let group = Group::of(path);
        let is_announced = match change {
            Change::Lost | Change::Changed => announced.covers(path),
            Change::Gained => false,
        } || (same_owner(before, after, path)
            && announced.is_of_split(change, path, group))
            || group.is_made_anew()
            || noise.contains(path)
            || explained.contains(path)
            || follows(path, node, &explained, &scripts)
            || made.contains(path)
            || (change == Change::Changed
                && (renumbering.explains(node, &after.nodes[path])
                    || is_same_script((before, node), (after, &after.nodes[path]))))
            || is_parent_of_changed(path, node, announced, &explained)
            || (group == Group::PackageDatabases && !explained.is_empty());
        let count = counts.entry((change, is_announced, group)).or_default();
        count.0 += 1;
        count.1 += bytes(node);
        if !is_announced {
            unannounced.push((change, path, group));
        }
    }
    for ((change, is_announced, group), (number, bytes)) in counts {
        let counted = Counted {
            group,
            files: number,
            bytes,
            announced: is_announced,
        };
        match change {
            Change::Lost => files.lost.push(counted),
            Change::Gained => files.gained.push(counted),
            Change::Changed => files.changed.push(counted),
        }
    }
    findings.extend(told(&unannounced, before, after));
    (files, findings)
}

/// Whether a path belongs to the same user and group in both images, where it is in both.
fn same_owner(before: &Tree, after: &Tree, path: &str) -> bool {
    match (before.nodes.get(path), after.nodes.get(path)) {
        (Some(old), Some(new)) => old.owner == new.owner,
        _ => true,
    }
}

fn missing_in(of: &Packages, other: &Packages) -> Vec<String> {
    let missing = of.keys().filter(|name| !other.contains_key(*name));
    missing.cloned().collect()
}

/// The files of packages that came, went or have another version.
fn explained<'p>(files: &Files, old: &'p Packages, new: &'p Packages) -> BTreeSet<&'p str> {
    let of = |names: &[String], packages: &'p Packages| -> Vec<&'p str> {
        let found = names.iter().filter_map(|name| packages.get(name));
        found
            .flat_map(|package| package.files.iter().map(String::as_str))
            .collect()
    };
    let mut explained: BTreeSet<&str> = of(&files.packages_lost, old).into_iter().collect();
    explained.extend(of(&files.packages_gained, new));
    explained.extend(of(&files.packages_changed, old));
    explained.extend(of(&files.packages_changed, new));
    explained
}

/// Whether a path is of the making of a package that went: a link of the alternatives system to one of its
/// files, or a file that its scripts name.
fn follows(path: &str, node: &Node, explained: &BTreeSet<&str>, scripts: &[&str]) -> bool {
    if let Kind::Link(to) = &node.kind
        && explained.contains(target(path, to).as_str())
    {
        return true;
    }
    // A link of the alternatives system that its scripts name by its own name: it goes back to what it was.
    let alternative = ["/etc/alternatives/", "/var/lib/dpkg/alternatives/"]
        .iter()
        .find_map(|folder| path.strip_prefix(folder));
    scripts.iter().any(|script| {
        names(script, path)
            || alternative.is_some_and(|name| names(script, name))
            || made_by_tool(script, path)
    })
}

/// What the scripts of Debian's packages make through the tools that they call, and where these keep it.
const MADE_BY_TOOLS: &[(&str, &[&str])] = &[
    (
        "adduser",
        &[
            "/etc/passwd",
            "/etc/group",
            "/etc/gshadow",
            "/etc/shadow",
            "/etc/subuid",
            "/etc/subgid",
        ],
    ),
    ("addgroup", &["/etc/group", "/etc/gshadow"]),
    (
        "systemd-sysusers",
        &["/etc/passwd", "/etc/group", "/etc/gshadow", "/etc/shadow"],
    ),
    (
        "deb-systemd-helper",
        &[
            "/var/lib/systemd/deb-systemd-helper-",
            "/var/lib/systemd/deb-systemd-user-helper-",
            "/etc/systemd/",
        ],
    ),
    ("systemd-tmpfiles", &["/run/", "/var/lib/", "/var/log/"]),
    ("pam-auth-update", &["/etc/pam.d/common-", "/var/lib/pam/"]),
    ("dbus-uuidgen", &["/var/lib/dbus/", "/etc/machine-id"]),
    ("update-binfmts", &["/var/lib/binfmts/"]),
];

/// Whether a script calls a tool that keeps something at the path.
fn made_by_tool(script: &str, path: &str) -> bool {
    let mut tools = MADE_BY_TOOLS.iter();
    tools.any(|(tool, places)| {
        script.contains(tool) && places.iter().any(|place| path.starts_with(place))
    })
}

/// What `systemd-tmpfiles` made because a package that went has it in its settings.
///
/// <https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html>
fn made_by_settings<'t>(before: &'t Tree, files: &Files, old: &Packages) -> BTreeSet<&'t str> {
    let lost = files.packages_lost.iter().filter_map(|name| old.get(name));
    let settings = lost
        .flat_map(|package| &package.files)
        .filter(|path| path.starts_with("/usr/lib/tmpfiles.d/"));
    settings
        .filter_map(|path| before.text(path))
        .flat_map(str::lines)
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_ascii_whitespace().nth(1))
        .collect()
}

/// Users and groups of the system that have another number since a package that made some of its own went:
/// Debian gives the next one that is free, from 100 to 999.
#[derive(Debug, Default)]
struct Renumbering {
    users: BTreeSet<(u64, u64)>,
    groups: BTreeSet<(u64, u64)>,
}

impl Renumbering {
    fn of(before: &Tree, after: &Tree, files: &Files) -> Self {
        if files.packages_lost.is_empty() && files.packages_gained.is_empty() {
            return Self::default();
        }
        let of = |path: &str| {
            let (old, new) = (numbers(before, path), numbers(after, path));
            let pairs = old
                .into_iter()
                .filter_map(|(name, number)| Some((number, *new.get(name)?)));
            let is_given = |number: &u64| (100..1000).contains(number);
            pairs
                .filter(|(old, new)| old != new && is_given(old) && is_given(new))
                .collect()
        };
        Self {
            users: of("/etc/passwd"),
            groups: of("/etc/group"),
        }
    }

    /// Whether the two differ in nothing but the numbers of the same user and group.
    fn explains(&self, old: &Node, new: &Node) -> bool {
        let (user, group) = ((old.owner.0, new.owner.0), (old.owner.1, new.owner.1));
        let same_owner = Node {
            owner: old.owner,
            ..new.clone()
        };
        old.owner != new.owner
            && (user.0 == user.1 || self.users.contains(&user))
            && (group.0 == group.1 || self.groups.contains(&group))
            && !differ(old, &same_owner)
    }
}

/// Whether a script differs in nothing but the name of its interpreter, which is the same program: the second of
/// two installs into a virtual environment finds `python3` there where the first one knew `python`.
fn is_same_script(old: (&Tree, &Node), new: (&Tree, &Node)) -> bool {
    let (Kind::File(content), Kind::File(now)) = (&old.1.kind, &new.1.kind) else {
        return false;
    };
    let program = |tree: &Tree, content: &Content| tree.resolve(content.interpreter.as_deref()?);
    let same_content = Node {
        kind: old.1.kind.clone(),
        ..new.1.clone()
    };
    content.behind_interpreter.is_some()
        && content.behind_interpreter == now.behind_interpreter
        && program(old.0, content).is_some()
        && program(old.0, content) == program(new.0, now)
        && !differ(old.1, &same_content)
}

/// The numbers of users or groups, by name.
fn numbers<'t>(tree: &'t Tree, path: &str) -> BTreeMap<&'t str, u64> {
    let lines = tree.text(path).unwrap_or_default().lines();
    lines
        .filter_map(|line| {
            let mut fields = line.split(':');
            Some((fields.next()?, fields.nth(1)?.parse().ok()?))
        })
        .collect()
}

/// Where a link leads.
fn target(path: &str, to: &str) -> String {
    if to.starts_with('/') {
        return to.to_owned();
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether a script names a path, and not only a longer one.
fn names(script: &str, path: &str) -> bool {
    let ends = |rest: &str| {
        !rest.starts_with(|next: char| next.is_alphanumeric() || "/._-".contains(next))
    };
    script
        .match_indices(path)
        .any(|(at, _)| ends(&script[at + path.len()..]))
}

/// A folder that was made for files which are gone, or holds nothing else.
fn is_parent_of_changed(
    path: &str,
    node: &Node,
    announced: &Announced,
    explained: &BTreeSet<&str>,
) -> bool {
    if node.kind != Kind::Folder {
        return false;
    }
    let prefix = format!("{path}/");
    explained
        .range(prefix.as_str()..)
        .next()
        .is_some_and(|below| below.starts_with(&prefix))
        || announced.paths.iter().any(|it| is_above(path, it))
}

/// The differences, in the order of paths.
fn changes<'t>(
    before: &'t Tree,
    after: &'t Tree,
) -> impl Iterator<Item = (Change, &'t str, &'t Node)> {
    let lost = before
        .nodes
        .iter()
        .filter_map(|(path, node)| match after.nodes.get(path) {
            None => Some((Change::Lost, path.as_str(), node)),
            Some(now) if differ(node, now) => Some((Change::Changed, path.as_str(), node)),
            Some(_) => None,
        });
    let gained = after
        .nodes
        .iter()
        .filter(|(path, _)| !before.nodes.contains_key(*path))
        .map(|(path, node)| (Change::Gained, path.as_str(), node));
    lost.chain(gained)
}

/// The paths in which two trees differ.
pub(super) fn differing(one: &Tree, other: &Tree) -> BTreeSet<String> {
    changes(one, other)
        .map(|(_, path, _)| path.to_owned())
        .collect()
}

fn differ(old: &Node, new: &Node) -> bool {
    let kinds = match (&old.kind, &new.kind) {
        (Kind::File(old), Kind::File(new)) => old.digest != new.digest,
        (old, new) => old != new,
    };
    // The mode of a symbolic link means nothing.
    let modes = old.mode != new.mode && !matches!(old.kind, Kind::Link(_));
    kinds || modes || old.owner != new.owner || old.attributes != new.attributes
}

fn bytes(node: &Node) -> u64 {
    match &node.kind {
        Kind::File(content) => content.size,
        _ => 0,
    }
}

/// The findings about single paths. Of a folder that is gone, what is below it is not named.
fn told(found: &[(Change, &str, Group)], before: &Tree, after: &Tree) -> Vec<String> {
    let mut lines = Vec::new();
    let mut whole: Option<(Change, &str)> = None;
    let mut left = 0;
    for &(change, path, group) in found {
        if whole.is_some_and(|(kind, folder)| kind == change && is_below(path, folder)) {
            continue;
        }
        let is_folder = |tree: &Tree| {
            let node = tree.nodes.get(path);
            node.is_some_and(|node| node.kind == Kind::Folder)
        };
        let what = match change {
            Change::Lost | Change::Gained => {
                let tree = if change == Change::Lost {
                    before
                } else {
                    after
                };
                if is_folder(tree) {
                    whole = Some((change, path));
                }
                let how = if change == Change::Lost {
                    "gone"
                } else {
                    "new"
                };
                format!("is {how}")
            }
            Change::Changed => how_changed(&before.nodes[path], &after.nodes[path]),
        };
        if lines.len() < NAMED {
            lines.push(format!(
                "`{path}` ({}) {what}, which no rewrite announced",
                group.name()
            ));
        } else {
            left += 1;
        }
    }
    if left > 0 {
        lines.push(format!(
            "{left} more paths differ, which no rewrite announced"
        ));
    }
    lines
}

fn how_changed(old: &Node, new: &Node) -> String {
    match (&old.kind, &new.kind) {
        (Kind::File(a), Kind::File(b)) if a.digest != b.digest => {
            format!("has another content ({} and {} bytes)", a.size, b.size)
        }
        (Kind::Link(a), Kind::Link(b)) if a != b => format!("led to `{a}` and leads to `{b}`"),
        (a, b) if std::mem::discriminant(a) != std::mem::discriminant(b) => {
            "is of another kind".to_owned()
        }
        _ if old.owner != new.owner => format!(
            "belonged to {}:{} and belongs to {}:{}",
            old.owner.0, old.owner.1, new.owner.0, new.owner.1
        ),
        _ if old.mode != new.mode => {
            format!("had the mode {:o} and has {:o}", old.mode, new.mode)
        }
        _ => "has other extended attributes".to_owned(),
    }
}

#[cfg(test)]
mod tests;

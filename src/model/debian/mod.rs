//! What apt's recommendations add to a Debian package: bullseye, bookworm and trixie, amd64.
//!
//! Debian's and Ubuntu's images leave `APT::Install-Recommends` on. Each package of the table was
//! resolved twice by apt itself, with and without recommendations, on the packages of the official
//! base image; the difference is what `--no-install-recommends` leaves out.
//!
//! The table knows the packages that Dockerfiles install most and what those pull in, not the
//! whole archive: a name it does not know is an [`UnknownPackages`], never an empty loss.
//! Sizes are installed sizes, corrected by what the packages really write ([`Ground`]).

mod closures;
pub mod needs;
mod table;
mod weight;

use std::collections::BTreeSet;

use crate::model::images::{BaseFacts, Family};
use closures::{List, closure};
use table::TABLE;
pub use weight::Ground;

/// A Debian release that the table speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// Debian 11.
    Bullseye,
    /// Debian 12.
    Bookworm,
    /// Debian 13.
    Trixie,
}

impl Release {
    /// Every release, oldest first.
    pub const ALL: [Self; 3] = [Self::Bullseye, Self::Bookworm, Self::Trixie];

    /// Reads a code name, as in `debian:bookworm-slim` without its suffix.
    pub fn from_codename(codename: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|release| release.codename() == codename)
    }

    /// The code name, in lower case.
    pub const fn codename(self) -> &'static str {
        match self {
            Self::Bullseye => "bullseye",
            Self::Bookworm => "bookworm",
            Self::Trixie => "trixie",
        }
    }
}

/// Releases before those of the table: what they recommend, no release of the table needs to know.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "squeeze", "wheezy", "jessie", "stretch", "buster",
    "lucid", "precise", "quantal", "raring", "saucy", "trusty", "utopic", "vivid", "wily", "xenial", "yakkety",
    "zesty", "artful", "bionic", "cosmic", "disco", "eoan",
];

/// Tells whether a release of Debian or Ubuntu is older than all of the table.
pub fn is_before_tables(codename: &str) -> bool {
    BEFORE.contains(&codename)
}

/// Where apt takes its packages from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Archive {
    /// A Debian release that the table speaks for.
    Debian(Release),
    /// Ubuntu or an unknown release: a package counts as lost when any release loses it, and as
    /// part of the base image when it is part of every release's.
    Union,
}

impl Archive {
    /// That of an image.
    pub fn of(facts: Option<&BaseFacts>) -> Self {
        let release = facts
            .filter(|facts| facts.family == Family::Debian)
            .and_then(|facts| facts.release);
        release
            .and_then(Release::from_codename)
            .map_or(Self::Union, Self::Debian)
    }

    fn releases(&self) -> &[Release] {
        match self {
            Self::Debian(release) => std::slice::from_ref(release),
            Self::Union => &Release::ALL,
        }
    }
}

/// What `--no-install-recommends` leaves out of one installation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loss {
    /// The packages that are no longer installed, sorted.
    pub packages: Vec<&'static str>,
}

/// Names that the table of an archive does not have, in the order asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no apt data for {}", .0.join(", "))]
pub struct UnknownPackages(pub Vec<String>);

/// The name of the package that apt installs for a name that only another one provides: since the time of 64 bits
/// many libraries have a new one, and some packages for development too.
pub fn provided(archive: Archive, name: &str) -> Option<String> {
    const RENAMED: &[(&str, &str)] = &[
        ("libfreetype6-dev", "libfreetype-dev"),
        ("libncurses5-dev", "libncurses-dev"),
        ("libncursesw5-dev", "libncurses-dev"),
    ];
    let Archive::Debian(release) = archive else {
        return None;
    };
    let renamed = RENAMED.iter().find(|(old, _)| *old == name);
    let newer = match renamed {
        Some((_, newer)) => (*newer).to_owned(),
        None => format!("{name}t64"),
    };
    let is_since = renamed.is_some() || release == Release::Trixie;
    (is_since && !is_known(archive, name) && is_known(archive, &newer)).then_some(newer)
}

/// What is no longer installed when these packages are installed together without recommendations.
///
/// Names are bare, without version, release or architecture. A package of the base image is known
/// and loses nothing, since it is not installed again. Where a recommendation has alternatives,
/// apt's own choice for the package alone is taken, even if another one is among `installed`.
///
/// # Errors
///
/// When a name is not in the table; for [`Archive::Union`], when no release has it.
pub fn loss(archive: Archive, installed: &[&str]) -> Result<Loss, UnknownPackages> {
    let unknown: Vec<String> = installed
        .iter()
        .filter(|package| !is_known(archive, package))
        .map(|package| (*package).to_owned())
        .collect();
    if !unknown.is_empty() {
        return Err(UnknownPackages(unknown));
    }
    let mut lost: Vec<usize> = archive
        .releases()
        .iter()
        .flat_map(|&release| lost_in(release, installed))
        .collect();
    // Numbers are in the order of the names.
    lost.sort_unstable();
    lost.dedup();
    let packages: Vec<&'static str> = lost
        .into_iter()
        .map(|package| TABLE.name(package).name())
        .collect();
    Ok(Loss { packages })
}

/// The installed size of a package, in KiB; 0 where the table of the release does not have it.
pub fn installed_kib(release: Release, package: &str) -> u64 {
    let number = TABLE.number(package);
    number.map_or(0, |number| TABLE.name(number).installed_kib(release))
}

/// What an installation of `package` brings along, whichever of the releases it is; nothing where the table
/// does not know the package.
pub fn brought(archive: Archive, package: &str, with_recommended: bool) -> Vec<&'static str> {
    let Some(number) = TABLE.number(package) else {
        return Vec::new();
    };
    let mut common: Option<BTreeSet<usize>> = None;
    for &release in archive.releases() {
        if TABLE.release(release).entry(number).is_none() {
            continue;
        }
        let mut here: BTreeSet<usize> = closure(release, number, List::Required)
            .iter()
            .copied()
            .collect();
        if with_recommended {
            here.extend(closure(release, number, List::Recommended).iter());
        }
        common = Some(match common {
            None => here,
            Some(common) => common.intersection(&here).copied().collect(),
        });
    }
    let names = common.into_iter().flatten();
    names.map(|package| TABLE.name(package).name()).collect()
}

/// The packages lost in one release, sorted; names that this release does not know are passed over.
fn lost_in(release: Release, installed: &[&str]) -> Vec<usize> {
    let (mut lost, mut kept) = (Vec::new(), Vec::new());
    for package in installed.iter().filter_map(|name| TABLE.number(name)) {
        if TABLE.release(release).is_base(package) {
            continue;
        }
        lost.extend_from_slice(&closure(release, package, List::Recommended));
        kept.extend_from_slice(&closure(release, package, List::Required));
        kept.push(package);
    }
    kept.sort_unstable();
    lost.retain(|package| {
        kept.binary_search(package).is_err() && !TABLE.release(release).is_base(*package)
    });
    lost.sort_unstable();
    lost.dedup();
    lost
}

/// The commands of a package that some package recommends, sorted; nothing for any other package.
///
/// Commands that exist only through `update-alternatives` (`cc`, `nc`) are included.
pub fn commands(archive: Archive, package: &str) -> impl Iterator<Item = &'static str> {
    let entry = TABLE.number(package).map(|number| TABLE.name(number));
    entry
        .into_iter()
        .flat_map(move |entry| entry.commands(archive.releases().to_vec()))
}

/// The recommended packages of `package` that programs often turn out to need, with their purpose.
pub fn may_matter(archive: Archive, package: &str) -> Vec<(&'static str, &'static str)> {
    let Ok(loss) = loss(archive, &[package]) else {
        return Vec::new();
    };
    loss.packages
        .into_iter()
        .filter_map(|lost| TABLE.purpose(lost).map(|purpose| (lost, purpose)))
        .collect()
}

/// Tells whether `dependency` is installed with `package` even without recommendations.
///
/// False when the table does not know `package`; for [`Archive::Union`], true only when every
/// release that knows `package` requires it.
pub fn requires(archive: Archive, package: &str, dependency: &str) -> bool {
    let (Some(package), Some(dependency)) = (TABLE.number(package), TABLE.number(dependency))
    else {
        return false;
    };
    let mut knowing = archive
        .releases()
        .iter()
        .filter(|release| TABLE.release(**release).entry(package).is_some())
        .peekable();
    knowing.peek().is_some()
        && knowing.all(|release| {
            package != dependency
                && closure(*release, package, List::Required)
                    .binary_search(&dependency)
                    .is_ok()
        })
}

/// Tells whether the official base image (full or slim) has `package` already.
pub fn is_base(archive: Archive, package: &str) -> bool {
    let Some(package) = TABLE.number(package) else {
        return false;
    };
    archive
        .releases()
        .iter()
        .all(|release| TABLE.release(*release).is_base(package))
}

/// Tells whether the table says what apt does with `package`.
pub fn is_known(archive: Archive, package: &str) -> bool {
    let in_closures = TABLE.number(package).is_some_and(|number| {
        archive
            .releases()
            .iter()
            .any(|release| TABLE.release(*release).entry(number).is_some())
    });
    in_closures || is_base(archive, package)
}

#[cfg(test)]
mod tests;

//! Reads `recommends.txt`, which `cargo xtask tables` generates.
//!
//! The text has sections of sorted lines with tab-separated columns; empty columns at the end of a
//! line are left out:
//!
//! - `[purposes]`: package, purpose;
//! - `[names]`: package, installed KiB per release (comma-separated, oldest release first),
//!   commands. A package's number is its place here. A command with a suffix `:N` exists only in
//!   the releases whose bits `N` has, the lowest bit being the oldest release;
//! - `[base bookworm]`: one package number a line, for the official image of that release;
//! - `[bookworm]`: package number, required packages, recommended packages. `@` before a number
//!   stands for the same column of that package's own line.
//!
//! Numbers are in base 36. Reading only finds the lines; columns are split when asked for.

use std::sync::LazyLock;

use super::Release;
use super::closures::number;

/// The embedded table.
pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::read(include_str!("recommends.txt")));

/// Every section of the table.
pub(super) struct Table {
    purposes: Vec<&'static str>,
    names: Vec<&'static str>,
    releases: [Section; 3],
}

/// The two sections of one release.
#[derive(Default)]
pub(super) struct Section {
    base: Vec<usize>,
    packages: Vec<(usize, &'static str)>,
}

/// A line of `[names]`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name(&'static str);

/// A line of a release's closures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) required: &'static str,
    pub(super) recommended: &'static str,
}

impl Table {
    fn read(text: &'static str) -> Self {
        let sections: Vec<(&str, &str)> = text
            .split("\n[")
            .filter_map(|section| section.split_once("]\n"))
            .collect();
        let section = |title: &str| {
            let found = sections.iter().find(|(name, _)| *name == title);
            found.map_or("", |(_, lines)| lines).split('\n')
        };
        Self {
            purposes: section("purposes").collect(),
            names: section("names").collect(),
            releases: Release::ALL.map(|release| Section {
                base: section(&format!("base {}", release.codename()))
                    .filter_map(number)
                    .collect(),
                packages: section(release.codename())
                    .filter_map(|line| {
                        let (code, columns) = line.split_once('\t')?;
                        Some((number(code)?, columns))
                    })
                    .collect(),
            }),
        }
    }

    /// The number of a package, if the table has its name.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.names
            .binary_search_by(|line| column(line, 0).cmp(name))
            .ok()
    }

    /// The line of the package with this number, which came from this table.
    pub(super) fn name(&self, number: usize) -> Name {
        Name(self.names[number])
    }

    /// What a recommended package is for, if that is noted.
    pub(super) fn purpose(&self, package: &str) -> Option<&'static str> {
        let at = self
            .purposes
            .binary_search_by(|line| column(line, 0).cmp(package))
            .ok()?;
        Some(column(self.purposes[at], 1))
    }

    /// The sections of one release.
    pub(super) fn release(&self, release: Release) -> &Section {
        &self.releases[release as usize]
    }
}

impl Section {
    /// Tells whether the base image has the package.
    pub(super) fn is_base(&self, package: usize) -> bool {
        self.base.binary_search(&package).is_ok()
    }

    /// The closures of a package, if this release knows it.
    pub(super) fn entry(&self, package: usize) -> Option<Entry> {
        let at = self
            .packages
            .binary_search_by_key(&package, |(number, _)| *number)
            .ok()?;
        let (_, columns) = self.packages[at];
        let (required, recommended) = columns.split_once('\t').unwrap_or((columns, ""));
        Some(Entry {
            required,
            recommended,
        })
    }
}

impl Name {
    /// The package's name.
    pub(super) fn name(self) -> &'static str {
        column(self.0, 0)
    }

    /// Its installed size; 0 where the release does not have it.
    pub(super) fn installed_kib(self, release: Release) -> u64 {
        column(self.0, 1)
            .split(',')
            .nth(release as usize)
            .and_then(|size| size.parse().ok())
            .unwrap_or(0)
    }

    /// Its commands in any of these releases.
    pub(super) fn commands(self, releases: Vec<Release>) -> impl Iterator<Item = &'static str> {
        let asked = releases
            .into_iter()
            .filter(move |release| self.is_recommended_in(*release));
        let asked: u8 = asked.map(|release| 1 << release as u8).sum();
        column(self.0, 2)
            .split_ascii_whitespace()
            .filter_map(move |word| {
                let (command, releases) = match word.rsplit_once(':') {
                    Some((command, mask)) => (command, mask.parse().unwrap_or(u8::MAX)),
                    None => (word, u8::MAX),
                };
                (releases & asked != 0).then_some(command)
            })
    }

    fn is_recommended_in(self, release: Release) -> bool {
        column(self.0, 1)
            .split(',')
            .nth(release as usize)
            .is_some_and(|size| !size.is_empty())
    }
}

/// Column `at` of a line; empty where the line is shorter.
fn column(line: &str, at: usize) -> &str {
    line.split('\t').nth(at).unwrap_or("")
}

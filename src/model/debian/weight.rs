//! What packages weigh in an image that has some of them already.

use std::sync::LazyLock;

use super::closures::{List, closure};
use super::table::TABLE;
use super::{Archive, Release};
use crate::model::images::{BaseFacts, ImageReference};

/// Names of packages, and the thousandths of their installed size that are written to an image and to a slim
/// one. `cargo xtask shares` makes it.
static SHARES: LazyLock<Vec<(&str, u64, u64)>> = LazyLock::new(|| {
    let lines = include_str!("shares.txt").lines();
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let name = columns.next()?;
            let mut share = || columns.next()?.parse().ok();
            Some((name, share()?, share()?))
        })
        .collect()
});

/// Official images made from `buildpack-deps`, where their tags do not say `slim`.
const ON_BUILDPACK: &[&str] = &[
    "erlang", "gcc", "node", "perl", "pypy", "python", "ruby", "rust",
];

/// Official images made from `buildpack-deps:scm`.
const ON_BUILDPACK_SCM: &[&str] = &["golang", "openjdk"];

/// Official images made from `debian` with a `-slim` tag, whatever their own tags say.
const ON_SLIM: &[&str] = &[
    "haproxy",
    "httpd",
    "memcached",
    "nginx",
    "php",
    "postgres",
    "redis",
];

/// What `buildpack-deps` names, each of its three images more than the one before:
/// <https://github.com/docker-library/buildpack-deps>.
const CURL: &[&str] = &["ca-certificates", "curl", "gnupg", "netbase", "sq", "wget"];
const SCM: &[&str] = &["git", "mercurial", "openssh-client", "procps", "subversion"];
#[rustfmt::skip]
const FULL: &[&str] = &[
    "autoconf", "automake", "bzip2", "default-libmysqlclient-dev", "dpkg-dev", "file", "g++", "gcc", "imagemagick",
    "libbz2-dev", "libc6-dev", "libcurl4-openssl-dev", "libdb-dev", "libevent-dev", "libffi-dev", "libgdbm-dev",
    "libglib2.0-dev", "libgmp-dev", "libjpeg-dev", "libkrb5-dev", "liblzma-dev", "libmagickcore-dev",
    "libmagickwand-dev", "libmaxminddb-dev", "libncurses5-dev", "libncursesw5-dev", "libpng-dev", "libpq-dev",
    "libreadline-dev", "libsqlite3-dev", "libssl-dev", "libtool", "libwebp-dev", "libxml2-dev", "libxslt1-dev",
    "libyaml-dev", "make", "patch", "unzip", "xz-utils", "zlib1g-dev",
];

/// What the images of PHP keep: <https://github.com/docker-library/php>.
#[rustfmt::skip]
const PHP: &[&str] = &[
    "autoconf", "ca-certificates", "curl", "dpkg-dev", "file", "g++", "gcc", "libc6-dev", "make", "re2c", "xz-utils",
];

/// The image in which packages are installed.
#[derive(Debug, Clone)]
pub struct Ground {
    archive: Archive,
    /// What it has besides the base system: numbers of packages for each release, sorted.
    present: Vec<Vec<usize>>,
    /// Whether dpkg leaves out documentation, manual pages and translations.
    is_slim: bool,
}

impl Ground {
    /// The image, by its name and what is known of it.
    pub fn of(archive: Archive, image: Option<&ImageReference>, facts: Option<&BaseFacts>) -> Self {
        let is_tagged_slim = facts.is_some_and(|facts| facts.slim);
        let name = image
            .filter(|image| image.is_official())
            .map_or("", |image| image.name.as_str());
        let says = |word: &str| {
            let tag = image.and_then(|image| image.tag.as_deref());
            tag.is_some_and(|tag| tag.split('-').any(|part| part == word))
        };
        let lists: &[&[&str]] = match name {
            "buildpack-deps" if says("curl") => &[CURL],
            "buildpack-deps" if says("scm") => &[CURL, SCM],
            "buildpack-deps" => &[CURL, SCM, FULL],
            "python" if is_tagged_slim => &[&["ca-certificates", "netbase", "tzdata"]],
            "ruby" if is_tagged_slim => &[&["bzip2", "ca-certificates", "procps", "libgmp-dev"]],
            "rust" if is_tagged_slim => &[&["ca-certificates", "gcc", "libc6-dev"]],
            "openjdk" if is_tagged_slim => &[&["ca-certificates"]],
            "php" => &[PHP],
            _ if is_tagged_slim => &[],
            "golang" => &[CURL, SCM, &["g++", "gcc", "libc6-dev", "make"]],
            _ if ON_BUILDPACK.contains(&name) => &[CURL, SCM, FULL],
            _ if ON_BUILDPACK_SCM.contains(&name) => &[CURL, SCM],
            _ => &[],
        };
        let of_release = |release: &Release| {
            let names = lists.iter().copied().flatten();
            let mut present: Vec<usize> = names
                .filter_map(|name| TABLE.number(name))
                .flat_map(|package| {
                    let required = closure(*release, package, List::Required);
                    required
                        .iter()
                        .copied()
                        .chain([package])
                        .collect::<Vec<_>>()
                })
                .collect();
            present.sort_unstable();
            present.dedup();
            present
        };
        Self {
            archive,
            present: archive.releases().iter().map(of_release).collect(),
            is_slim: is_tagged_slim || ON_SLIM.contains(&name),
        }
    }

    /// Whether the image has a package before anything is installed, whichever of the releases it is.
    pub fn has(&self, package: &str) -> bool {
        if package == "build-essential" {
            // Nothing but its dependencies.
            return ["dpkg-dev", "g++", "gcc", "libc6-dev", "make"]
                .iter()
                .all(|it| self.has(it));
        }
        TABLE.number(package).is_some_and(|number| {
            let mut releases = self.present.iter();
            releases.all(|present| present.binary_search(&number).is_ok())
        })
    }

    /// The bytes that these packages write; for [`Archive::Union`] those of the release in which they are most.
    pub fn bytes(&self, packages: &[&str]) -> u64 {
        let of = |(release, present): (&Release, &Vec<usize>)| -> u64 {
            let numbers = packages.iter().filter_map(|name| TABLE.number(name));
            numbers
                .filter(|number| present.binary_search(number).is_err())
                .map(|number| {
                    let name = TABLE.name(number);
                    name.installed_kib(*release) * 1024 * self.share(name.name()) / 1000
                })
                .sum()
        };
        let releases = self.archive.releases().iter().zip(&self.present);
        releases.map(of).max().unwrap_or(0)
    }

    /// How many thousandths of its installed size a package writes.
    fn share(&self, package: &str) -> u64 {
        let found = SHARES.binary_search_by_key(&package, |(name, ..)| *name);
        found.map_or(1000, |at| {
            let (_, all, slim) = SHARES[at];
            if self.is_slim { slim } else { all }
        })
    }
}

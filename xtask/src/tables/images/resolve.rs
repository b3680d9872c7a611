//! Finds the system behind a tag: from the directory of its Dockerfile, from another tag of the
//! same image that does name it, or from what the image was built on when it was last listed.

use std::collections::BTreeMap;

use imgfix::model::images::{Family, System};

use super::Tags;

/// Before this day no official image was built on bullseye or newer.
const BEFORE_BULLSEYE: &str = "2021-07-01";

/// What `php` without a release in the tag was built on, by day; images on top of it followed.
const PHP: &[(&str, &str)] = &[
    ("2021-08-17", "bullseye"),
    ("2023-06-13", "bookworm"),
    ("2025-08-11", "trixie"),
];

/// One line of the listing.
struct Listing<'a> {
    tag: &'a str,
    /// The day of the last listing, or `current`, which sorts after every day.
    last: &'a str,
    directory: &'a str,
}

/// The system of each tag that does not name a release itself; pre-releases are left out.
pub(super) fn systems<'a>(image: &str, tags: &'a Tags) -> BTreeMap<&'a str, Option<String>> {
    let aliases = aliases(tags);
    tags.iter()
        .filter(|(tag, _)| !is_prerelease(tag) && release_named(tag.split('-')).is_none())
        .map(|(tag, columns)| {
            let listing = Listing {
                tag,
                last: columns.get(1).map_or("", String::as_str),
                directory: columns.get(2).map_or("", String::as_str),
            };
            (tag.as_str(), resolve(image, &listing, &aliases))
        })
        .collect()
}

fn resolve(image: &str, listing: &Listing, aliases: &BTreeMap<String, Alias>) -> Option<String> {
    // `groovy` is the code name of an Ubuntu release, too.
    let words = listing
        .directory
        .split(['/', '-'])
        .filter(|word| *word != image);
    release_named(words)
        .map(str::to_owned)
        .or_else(|| ubuntu_version(listing.directory).map(str::to_owned))
        .or_else(|| alpine_version(listing.directory))
        .or_else(|| {
            let alias = aliases.get(listing.tag)?;
            (alias.last >= listing.last).then(|| alias.word.to_owned())
        })
        .or_else(|| built_on(image, listing).map(str::to_owned))
        .or_else(|| family_named(listing).map(str::to_owned))
}

/// A tag that names its release, seen from the tag without that word.
struct Alias<'a> {
    last: &'a str,
    rank: Vec<u32>,
    word: &'a str,
}

/// For each tag without its release word, the one listed last; of several, the newest release.
fn aliases(tags: &Tags) -> BTreeMap<String, Alias<'_>> {
    let mut aliases: BTreeMap<String, Alias> = BTreeMap::new();
    for (tag, columns) in tags {
        let Some(word) = release_named(tag.split('-')) else {
            continue;
        };
        let stem: Vec<&str> = tag
            .split('-')
            .filter_map(|each| match each {
                _ if each != word => Some(each),
                _ if each.starts_with("alpine") => Some("alpine"),
                _ => None,
            })
            .collect();
        let stem = if stem.is_empty() {
            "latest".to_owned()
        } else {
            stem.join("-")
        };
        let last = columns.get(1).map_or("", String::as_str);
        let alias = Alias {
            last,
            rank: rank(word),
            word,
        };
        match aliases.get(&stem) {
            Some(other) if (other.last, &other.rank) >= (alias.last, &alias.rank) => {}
            _ => {
                aliases.insert(stem, alias);
            }
        }
    }
    aliases
}

/// Orders releases of one distribution by age: code names of both run through the alphabet or are
/// few, so that their order is written down here.
fn rank(word: &str) -> Vec<u32> {
    const NAMES: &[&str] = &[
        "wheezy", "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky",
        "precise", "trusty", "xenial", "bionic", "focal", "jammy", "noble", "resolute",
    ];
    let place = NAMES.iter().position(|name| *name == word);
    let numbers = word
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse().ok());
    place
        .into_iter()
        .filter_map(|place| u32::try_from(place).ok())
        .chain(numbers)
        .collect()
}

/// Images whose Dockerfiles do not name the release they are built on, or only by another image.
fn built_on(image: &str, listing: &Listing) -> Option<&'static str> {
    let Listing {
        tag,
        last,
        directory,
    } = *listing;
    let is_old = last < BEFORE_BULLSEYE;
    let has = |word: &str| directory.contains(word);
    if tag.split('-').any(|word| word == "alpine") || has("alpine") {
        return Some("alpine");
    }
    match image {
        "bash" | "caddy" | "composer" => Some("alpine"),
        "docker" if !tag.starts_with("1.6") && !tag.starts_with("1.7") => Some("alpine"),
        "wordpress" if has("cli") || tag.starts_with("cli") => Some("alpine"),
        "wordpress" | "nextcloud" => Some(php_system(last)),
        "amazoncorretto" => Some("al2"),
        "mysql" => mysql(listing),
        _ if has("corretto") => Some("rpm"),
        _ if has("temurin") || has("adoptopenjdk") || has("hotspot") || has("openj9") => {
            Some("ubuntu")
        }
        "gradle" | "groovy" if last > "2021-11-01" => Some("ubuntu"),
        "gradle" | "groovy" if last < "2020-01-01" => {
            openjdk(directory, is_old).filter(|system| *system == "debian-old")
        }
        "maven" | "tomcat" | "jetty" => openjdk(directory, is_old),
        "erlang" | "elixir" => Some("debian"),
        "django" | "gcc" | "ghost" | "golang" | "haproxy" | "haskell" | "httpd" | "iojs"
        | "java" | "julia" | "mariadb" | "memcached" | "mongo" | "mono" | "nginx" | "node"
        | "openjdk" | "perl" | "php" | "postgres" | "pypy" | "python" | "r-base" | "rails"
        | "redis" | "ruby"
            if !has("oracle") && !has("ubi") && !has("ubuntu") =>
        {
            Some(if is_old { "debian-old" } else { "debian" })
        }
        _ => None,
    }
}

/// `php` when it was last listed; near a change of release only the family is certain.
fn php_system(last: &str) -> &'static str {
    if last < BEFORE_BULLSEYE {
        return "debian-old";
    }
    let month = |day: &str| day.get(..7).unwrap_or("").to_owned();
    if PHP.iter().any(|(day, _)| month(day) == month(last)) {
        return "debian";
    }
    let newest = PHP.iter().rev().find(|(day, _)| *day <= last);
    newest.map_or("debian", |(_, release)| release)
}

/// `mysql` moved its tags without a system from Debian to Oracle Linux in 2022; which patch release
/// was the first is not listed, so that those of that year stay unknown.
fn mysql(listing: &Listing) -> Option<&'static str> {
    let Listing { tag, last, .. } = *listing;
    if tag.ends_with("debian") {
        return Some("debian");
    }
    if last < "2022-02-17" {
        return Some("debian-old");
    }
    if last < "2023-01-01" && !tag.ends_with("oracle") {
        return None;
    }
    Some(match tag {
        _ if tag.starts_with('5') => "oraclelinux7",
        _ if tag.starts_with('8') && last < "2024-05-01" => "oraclelinux8",
        _ => "oraclelinux9",
    })
}

/// Images on `openjdk`: Debian to version 11, from 12 on Oracle Linux unless slim.
fn openjdk(directory: &str, is_old: bool) -> Option<&'static str> {
    let at = directory.find("jdk").or_else(|| directory.find("jre"))?;
    let version: String = directory[at + "jdk".len()..]
        .trim_start_matches('-')
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    match version.parse::<u32>().ok()? {
        17 | 18 if !directory.contains("slim") => Some("oraclelinux8"),
        12.. if !directory.contains("slim") => Some("rpm"),
        _ if is_old => Some("debian-old"),
        _ => Some("bullseye"),
    }
}

/// The first word that names a release.
fn release_named<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    words.into_iter().find(|word| {
        System::named(word)
            .is_some_and(|system| system.release.is_some() || system.family == Family::Other)
    })
}

/// A directory such as `5.9/ubuntu/22.04`.
fn ubuntu_version(directory: &str) -> Option<&'static str> {
    const VERSIONS: &[(&str, &str)] = &[
        ("16.04", "xenial"),
        ("18.04", "bionic"),
        ("20.04", "focal"),
        ("22.04", "jammy"),
        ("24.04", "noble"),
        ("26.04", "resolute"),
    ];
    let (_, rest) = directory.split_once("ubuntu/")?;
    let found = VERSIONS
        .iter()
        .find(|(version, _)| rest.starts_with(version));
    found.map(|(_, codename)| *codename)
}

/// A directory such as `17/jre/alpine/3.21`.
fn alpine_version(directory: &str) -> Option<String> {
    let (_, rest) = directory.split_once("alpine/")?;
    let version = rest.split('/').next()?;
    let word = format!("alpine{version}");
    System::named(&word)?.release.map(|_| word)
}

/// The family, where neither says more.
fn family_named<'a>(listing: &Listing<'a>) -> Option<&'a str> {
    listing
        .directory
        .split(['/', '-'])
        .chain(listing.tag.split('-'))
        .find(|word| System::named(word).is_some())
}

/// Whether a tag is a release candidate or a snapshot; nobody builds on those for long.
fn is_prerelease(tag: &str) -> bool {
    tag.split('-').any(|word| {
        let name = word.trim_matches(|c: char| c.is_ascii_digit() || c == '.');
        match name {
            "a" | "b" => word.starts_with(|c: char| c.is_ascii_digit()),
            "" => word.len() == 8 && !word.contains('.'),
            _ => PRERELEASES.contains(&name),
        }
    })
}

const PRERELEASES: &[&str] = &[
    "M", "RC", "alpha", "beta", "dev", "ea", "next", "nightly", "preview", "rc", "snapshot",
    "testing", "tip", "unstable",
];

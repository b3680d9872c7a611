//! Decides which section of `contracts.txt` speaks for a tag.

use super::super::known::{components, split_version};
use super::{BaseFacts, Family};

/// The title of the section, or `None` when none is certain to hold.
pub(super) fn section(name: &str, tag: &str, facts: &BaseFacts) -> Option<&'static str> {
    let tag = Tag::read(tag);
    match name {
        "scratch" => Some("scratch"),
        // Ubuntu's command was spelled without its path for a while.
        "ubuntu" if tag.words.len() > 1 => None,
        "alpine" => tag.is_at_least(&[3, 6]).then_some("distribution"),
        "debian" | "ubuntu" | "centos" | "rockylinux" | "almalinux" | "oraclelinux"
        | "amazonlinux" | "buildpack-deps" => Some("distribution"),
        "python" => match tag.version.first() {
            Some(2) if tag.is_at_least(&[2, 7]) => Some("python 2"),
            Some(2) => None,
            _ if tag.is_at_least(&[3, 13]) => Some("python"),
            _ => tag.is_at_least(&[3, 5]).then_some("python to 3.12"),
        },
        "node" => node(&tag),
        "golang" if tag.is_at_least(&[1, 21]) => Some("golang"),
        "golang" => tag.is_at_least(&[1, 9]).then_some("golang to 1.20"),
        "ruby" => tag.is_at_least(&[2, 6]).then_some("ruby"),
        "rust" => tag.is_at_least(&[1, 40]).then_some("rust"),
        "php" => php(&tag),
        "openjdk" => openjdk(&tag, facts),
        "eclipse-temurin" => temurin(&tag),
        "amazoncorretto" => Some("amazoncorretto"),
        "maven"
            if tag.is_at_least(&[3, 9]) && facts.family == Family::Ubuntu && tag.is_temurin() =>
        {
            Some("maven")
        }
        // Those before the end of 2017 had a volume.
        "maven" => tag.is_at_least(&[3, 5, 3]).then_some("maven others"),
        "gradle"
            if tag.is_at_least(&[8, 5]) && facts.family == Family::Ubuntu && tag.is_temurin() =>
        {
            Some("gradle")
        }
        "gradle" => tag.is_at_least(&[7]).then_some("gradle others"),
        "gcc" => tag.is_at_least(&[7]).then_some("gcc"),
        _ => server(name, &tag, facts),
    }
}

/// Images of servers and tools that are rarely built on.
fn server(name: &str, tag: &Tag, facts: &BaseFacts) -> Option<&'static str> {
    let (title, oldest): (&'static str, &[u32]) = match name {
        "tomcat" => ("tomcat", &[8, 5]),
        // Those on Amazon's and Azul's Java have other variables.
        "jetty" if tag.has("amazoncorretto") || tag.has("azul") => return None,
        "jetty" if matches!(facts.family, Family::Ubuntu | Family::Alpine) => ("jetty", &[9, 4]),
        "nginx" => ("nginx", &[1, 20]),
        "httpd" => ("httpd", &[2, 4, 48]),
        "postgres" if tag.is_at_least(&[18]) => ("postgres", &[18]),
        "postgres" => ("postgres to 17", &[13]),
        "mysql" => ("mysql", &[8]),
        "mariadb" if facts.family == Family::Ubuntu => ("mariadb", &[10, 6]),
        "redis" => ("redis", &[4]),
        "mongo" => ("mongo", &[6]),
        "memcached" => ("memcached", &[1, 5]),
        "haproxy" => ("haproxy", &[2, 7]),
        "composer" => ("composer", &[2]),
        _ => return None,
    };
    tag.is_at_least(oldest).then_some(title)
}

/// The entrypoint came in March 2019; Yarn left with version 26.
fn node(tag: &Tag) -> Option<&'static str> {
    const UNTIL_25: &[&str] = &[
        "lts", "erbium", "fermium", "gallium", "hydrogen", "iron", "jod", "krypton",
    ];
    match tag.version.first() {
        Some(8) => tag.is_at_least(&[8, 16]).then_some("node to 25"),
        Some(10) => tag.is_at_least(&[10, 16]).then_some("node to 25"),
        Some(12..=25) => Some("node to 25"),
        Some(26..) => Some("node"),
        Some(_) => None,
        None if tag
            .words
            .first()
            .is_some_and(|word| UNTIL_25.contains(word)) =>
        {
            Some("node to 25")
        }
        None => ["latest", "current", "slim", "alpine"]
            .contains(tag.words.first()?)
            .then_some("node"),
    }
}

fn php(tag: &Tag) -> Option<&'static str> {
    if !tag.is_at_least(&[7, 3]) {
        return None;
    }
    Some(if tag.has("apache") {
        "php apache"
    } else if tag.has("fpm") {
        "php fpm"
    } else {
        "php"
    })
}

/// Java 8 has no `jshell`, nor has a runtime environment; Alpine's image was another one.
fn openjdk(tag: &Tag, facts: &BaseFacts) -> Option<&'static str> {
    match tag.version.first()? {
        _ if facts.family == Family::Alpine => None,
        8 => Some("openjdk"),
        11 if tag.has("jre") => Some("openjdk"),
        11 | 17..=21 => Some("openjdk jshell"),
        _ => None,
    }
}

/// Tags of a major version only: patch releases before autumn 2023 had no entrypoint.
fn temurin(tag: &Tag) -> Option<&'static str> {
    match tag.version.as_slice() {
        [8] => Some("eclipse-temurin"),
        [11 | 17 | 21..] if tag.has("jre") => Some("eclipse-temurin"),
        [11 | 17 | 21..] => Some("eclipse-temurin jshell"),
        _ => None,
    }
}

/// A tag in parts.
struct Tag<'a> {
    /// The leading version; empty when the tag has none.
    version: Vec<u32>,
    /// What follows, split at dashes.
    words: Vec<&'a str>,
}

impl<'a> Tag<'a> {
    fn read(tag: &'a str) -> Self {
        let (version, rest) = split_version(tag).unwrap_or(("", tag));
        Self {
            version: components(version),
            words: rest.split('-').filter(|word| !word.is_empty()).collect(),
        }
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// Tells whether the image is this version or newer. A tag that leaves components out means
    /// the newest that begins with those it has.
    fn is_at_least(&self, oldest: &[u32]) -> bool {
        let length = self.version.len().min(oldest.len());
        self.version[..length] >= oldest[..length]
    }

    /// Tells whether an image for Java is built on Eclipse Temurin, as those without a vendor are.
    fn is_temurin(&self) -> bool {
        let other = [
            "corretto",
            "amazoncorretto",
            "graal",
            "ibmjava",
            "sapmachine",
            "ubi",
            "libericaopenjdk",
        ];
        !self.words.iter().any(|word| {
            other.contains(word) || word.starts_with("openj9") || word.starts_with("semeru")
        })
    }
}

//! The images that are a distribution: their tags are releases.
//!
//! Floating tags mean what they meant in August 2026; a distribution's own rules apply (Ubuntu's
//! `latest` is the newest release with long-term support).

use super::system::{ALPINE, Family, System};

/// The system of a distribution's image; `None` when the image is none, or the tag no release.
pub(super) fn system(name: &str, tag: &str) -> Option<System> {
    let word = tag.split('-').next().unwrap_or(tag);
    match name {
        "debian" => debian(word),
        "ubuntu" => ubuntu(word),
        "alpine" => alpine(word),
        "centos" => Some(rpm("centos", word.trim_start_matches("centos"), "8")),
        "almalinux" | "fedora" | "oraclelinux" | "rockylinux" => Some(rpm(name, word, "")),
        "amazonlinux" => amazon(word),
        "photon" => Some(System::of(Family::Rpm, None)),
        "busybox" | "scratch" => Some(System::OTHER),
        _ => None,
    }
}

/// Tells whether [`system`] is the one to ask.
pub(super) fn is_distribution(name: &str) -> bool {
    matches!(
        name,
        "debian"
            | "ubuntu"
            | "alpine"
            | "centos"
            | "almalinux"
            | "oraclelinux"
            | "rockylinux"
            | "fedora"
            | "amazonlinux"
            | "photon"
            | "busybox"
            | "scratch"
    )
}

/// Debian's moving names, also used by `buildpack-deps`.
pub(super) fn debian_suite(word: &str) -> Option<System> {
    System::named(match word {
        "latest" | "stable" => "trixie",
        "oldstable" => "bookworm",
        "oldoldstable" => "bullseye",
        "testing" => "forky",
        "unstable" | "experimental" | "rc" => "sid",
        _ => return None,
    })
}

fn debian(word: &str) -> Option<System> {
    if let Some(system) = debian_suite(word) {
        return Some(system);
    }
    let codename = match major(word) {
        Some(6) => "squeeze",
        Some(7) => "wheezy",
        Some(8) => "jessie",
        Some(9) => "stretch",
        Some(10) => "buster",
        Some(11) => "bullseye",
        Some(12) => "bookworm",
        Some(13) => "trixie",
        _ => word,
    };
    System::named(codename).filter(|system| system.family == Family::Debian && codename != "debian")
}

fn ubuntu(word: &str) -> Option<System> {
    let codename = match word {
        "latest" => "resolute",
        "rolling" | "devel" => "ubuntu",
        "10.04" => "lucid",
        "12.10" => "quantal",
        "13.04" => "raring",
        "13.10" => "saucy",
        "14.10" => "utopic",
        "15.04" => "vivid",
        "15.10" => "wily",
        "16.10" => "yakkety",
        "17.04" => "zesty",
        "17.10" => "artful",
        "18.10" => "cosmic",
        "19.04" => "disco",
        "19.10" => "eoan",
        "20.10" => "groovy",
        "21.04" => "hirsute",
        "21.10" => "impish",
        "22.10" => "kinetic",
        "23.04" => "lunar",
        "23.10" => "mantic",
        "24.10" => "oracular",
        "25.04" => "plucky",
        "25.10" => "questing",
        "26.10" => "stonking",
        _ if word.starts_with("12.04") => "precise",
        _ if word.starts_with("14.04") => "trusty",
        _ if word.starts_with("16.04") => "xenial",
        _ if word.starts_with("18.04") => "bionic",
        _ if word.starts_with("20.04") => "focal",
        _ if word.starts_with("22.04") => "jammy",
        _ if word.starts_with("24.04") => "noble",
        _ if word.starts_with("26.04") => "resolute",
        _ => word,
    };
    System::named(codename).filter(|system| system.family == Family::Ubuntu)
}

fn alpine(word: &str) -> Option<System> {
    let newest = ALPINE.iter().rev().find(|release| **release != "edge");
    let release = match word {
        "latest" | "3" => newest,
        _ if word.starts_with(|c: char| c.is_ascii_digit()) && word.len() == 8 => {
            Some(&"edge").filter(|_| major(word).is_some())
        }
        _ => ALPINE.iter().find(|release| {
            word == **release
                || word
                    .strip_prefix(**release)
                    .is_some_and(|rest| rest.starts_with(['.', '_']))
        }),
    };
    release.map(|release| System::of(Family::Alpine, Some(release)))
}

/// Distribution and major version; `latest` is `newest`, or unknown where that is empty.
fn rpm(distribution: &str, word: &str, newest: &str) -> System {
    let version = match word {
        "latest" => newest.to_owned(),
        _ => major(word).map_or_else(String::new, |major| major.to_string()),
    };
    let named = System::named(&format!("{distribution}{version}"));
    named.unwrap_or(System::of(Family::Rpm, None))
}

fn amazon(word: &str) -> Option<System> {
    let release = match major(word) {
        Some(1 | 2015..=2018) => "al1",
        Some(2) => "al2",
        Some(2022) => "al2022",
        Some(2023) => "al2023",
        _ if word == "latest" => "al2023",
        _ => "rpm",
    };
    System::named(release)
}

/// The number before the first dot, if the word is made of numbers.
fn major(word: &str) -> Option<u32> {
    word.split('.')
        .next()
        .and_then(|number| number.parse().ok())
}

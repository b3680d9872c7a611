//! What official images weigh, about: all layers, uncompressed, linux/amd64.
//!
//! An image of another version of the same name and variant is within a tenth, as far as those that were looked
//! up go. Sources: docker-library's `repo-info`, whose pages on images of June to September 2026 say the bytes on disk
//! (Java on Ubuntu and Alpine, Maven, Gradle, Tomcat, Jetty, Corretto, Rust) and some of earlier ones (`openjdk`);
//! images made of the same Debian packages (debian, distroless); bun's, those of its base image and of its program in
//! npm. Where a variant has no row, nothing is known.

use super::{Family, ImageReference, base_facts, version_of};

/// Name, variant and megabytes (10^6 bytes).
const SIZES: &[(&str, Variant, u64)] = &[
    ("alpine", Variant::Alpine, 8),
    ("amazoncorretto", Variant::Alpine, 298),
    ("amazoncorretto", Variant::Amazon, 470),
    ("amazoncorretto", Variant::Runtime, 398),
    ("buildpack-deps", Variant::Full, 939),
    ("debian", Variant::Full, 118),
    ("debian", Variant::Slim, 76),
    ("eclipse-temurin", Variant::Alpine, 350),
    ("eclipse-temurin", Variant::Full, 460),
    ("eclipse-temurin", Variant::Runtime, 290),
    ("eclipse-temurin", Variant::RuntimeOnAlpine, 196),
    ("golang", Variant::Alpine, 240),
    ("golang", Variant::Full, 830),
    ("gradle", Variant::Alpine, 652),
    ("gradle", Variant::Amazon, 880),
    ("gradle", Variant::Full, 795),
    ("jetty", Variant::Alpine, 405),
    ("jetty", Variant::Full, 552),
    ("jetty", Variant::Runtime, 359),
    ("jetty", Variant::RuntimeOnAlpine, 249),
    ("maven", Variant::Alpine, 382),
    ("maven", Variant::Amazon, 1_050),
    ("maven", Variant::Full, 525),
    ("node", Variant::Alpine, 166),
    ("node", Variant::Full, 1_120),
    ("node", Variant::Slim, 220),
    ("openjdk 11", Variant::Full, 642),
    ("openjdk 11", Variant::Runtime, 301),
    ("openjdk 11", Variant::RuntimeOnSlim, 228),
    ("openjdk 11", Variant::Slim, 401),
    ("openjdk 8", Variant::Alpine, 105),
    ("openjdk 8", Variant::Full, 514),
    ("openjdk 8", Variant::Runtime, 264),
    ("openjdk 8", Variant::RuntimeOnAlpine, 83),
    ("openjdk 8", Variant::RuntimeOnSlim, 187),
    ("openjdk 8", Variant::Slim, 288),
    ("oven/bun", Variant::Alpine, 110),
    ("oven/bun", Variant::Full, 222),
    ("oven/bun", Variant::Slim, 184),
    ("python", Variant::Alpine, 47),
    ("python", Variant::Full, 1_020),
    ("python", Variant::Slim, 126),
    ("rust", Variant::Alpine, 1_020),
    ("rust", Variant::Full, 1_570),
    ("rust", Variant::Slim, 902),
    ("tomcat", Variant::Full, 470),
    ("tomcat", Variant::Runtime, 285),
    ("ubuntu", Variant::Full, 78),
];

/// Those of `gcr.io/distroless/`.
const DISTROLESS: &[(&str, u64)] = &[("base", 21), ("cc", 24), ("nodejs", 130), ("static", 2)];

/// What a tag makes of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variant {
    Full,
    Slim,
    Alpine,
    /// Java's runtime environment.
    Runtime,
    RuntimeOnAlpine,
    RuntimeOnSlim,
    /// Java of Amazon's on its Linux.
    Amazon,
}

/// About how many bytes an image has; `None` where that is not known.
pub fn about_bytes(image: &ImageReference) -> Option<u64> {
    if let Some(name) = image.name.strip_prefix("gcr.io/distroless/") {
        let name = name.split('-').next().unwrap_or(name);
        let name = name.trim_end_matches(|char: char| char.is_ascii_digit());
        let row = DISTROLESS.iter().find(|(other, _)| *other == name);
        return row.map(|(_, megabytes)| megabytes * 1_000_000);
    }
    let tag = image.tag.as_deref();
    let facts = base_facts(&image.name, tag)?;
    let says = |prefix: &str| {
        let mut words = tag.unwrap_or_default().split('-');
        words.any(|word| word.starts_with(prefix))
    };
    let is_corretto = image.name == "amazoncorretto" || says("amazoncorretto") || says("corretto");
    let variant = match facts.family {
        Family::Alpine if says("jre") => Variant::RuntimeOnAlpine,
        Family::Alpine => Variant::Alpine,
        Family::Rpm if is_corretto && says("headless") => Variant::Runtime,
        Family::Rpm if is_corretto => Variant::Amazon,
        Family::Debian if says("jre") && facts.slim => Variant::RuntimeOnSlim,
        Family::Debian | Family::Ubuntu if says("jre") => Variant::Runtime,
        Family::Debian | Family::Ubuntu if facts.slim => Variant::Slim,
        Family::Debian | Family::Ubuntu => Variant::Full,
        _ => return None,
    };
    let name = match (image.name.as_str(), tag.and_then(version_of).as_deref()) {
        ("openjdk", Some([8, ..])) => "openjdk 8",
        ("openjdk", Some([11, ..])) => "openjdk 11",
        (name, _) => name,
    };
    let mut rows = SIZES.iter();
    let row = rows.find(|(other, of, _)| *other == name && *of == variant)?;
    Some(row.2 * 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_has_a_size_of_its_own() {
        let bytes = |text: &str| ImageReference::parse(text, &[]).and_then(|it| about_bytes(&it));
        assert_eq!(bytes("python:3.12"), Some(1_020_000_000));
        assert_eq!(bytes("python:3.12-slim"), Some(126_000_000));
        assert_eq!(bytes("docker.io/library/node:20-alpine"), Some(166_000_000));
        assert_eq!(bytes("eclipse-temurin:17-jre"), Some(290_000_000));
        assert_eq!(bytes("eclipse-temurin:17-jre-alpine"), Some(196_000_000));
        assert_eq!(bytes("tomcat:9-jre17"), Some(285_000_000));
        assert_eq!(bytes("openjdk:11-jre-slim"), Some(228_000_000));
        assert_eq!(bytes("openjdk:8u212-jdk"), Some(514_000_000));
        assert_eq!(bytes("amazoncorretto:17-al2023"), Some(470_000_000));
        assert_eq!(bytes("oven/bun:1-slim"), Some(184_000_000));
        assert_eq!(bytes("gcr.io/distroless/static-debian12"), Some(2_000_000));
        assert_eq!(
            bytes("gcr.io/distroless/nodejs20-debian12"),
            Some(130_000_000)
        );
        assert_eq!(bytes("example/python:3.12"), None);
        assert_eq!(bytes("haskell:9"), None);
    }
}

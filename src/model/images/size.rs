//! What official images weigh, about: all layers, uncompressed, linux/amd64.
//!
//! An image of another version of the same name and variant is within a tenth, as far as those that were looked
//! up go. Sources: docker-library's `repo-info` (python 3.12, node 22, golang 1.26, temurin 21), and images made of
//! the same Debian packages (debian, distroless); where a variant has no row, nothing is known.

use super::{Family, ImageReference, base_facts};

/// Name, variant and megabytes (10^6 bytes).
const SIZES: &[(&str, Variant, u64)] = &[
    ("alpine", Variant::Alpine, 8),
    ("buildpack-deps", Variant::Full, 939),
    ("debian", Variant::Full, 118),
    ("debian", Variant::Slim, 76),
    ("eclipse-temurin", Variant::Full, 430),
    ("eclipse-temurin", Variant::Runtime, 280),
    ("golang", Variant::Alpine, 240),
    ("golang", Variant::Full, 830),
    ("maven", Variant::Full, 530),
    ("node", Variant::Alpine, 166),
    ("node", Variant::Full, 1_120),
    ("node", Variant::Slim, 220),
    ("python", Variant::Alpine, 47),
    ("python", Variant::Full, 1_020),
    ("python", Variant::Slim, 126),
    ("rust", Variant::Full, 1_550),
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
    let is_runtime = tag.is_some_and(|tag| tag.split('-').any(|word| word == "jre"));
    let variant = match facts.family {
        _ if is_runtime && facts.family == Family::Alpine => return None,
        _ if is_runtime => Variant::Runtime,
        Family::Alpine => Variant::Alpine,
        Family::Debian | Family::Ubuntu if facts.slim => Variant::Slim,
        Family::Debian | Family::Ubuntu => Variant::Full,
        _ => return None,
    };
    let mut rows = SIZES.iter();
    let row = rows.find(|(name, other, _)| *name == image.name && *other == variant)?;
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
        assert_eq!(bytes("eclipse-temurin:17-jre"), Some(280_000_000));
        assert_eq!(bytes("eclipse-temurin:17-jre-alpine"), None);
        assert_eq!(bytes("gcr.io/distroless/static-debian12"), Some(2_000_000));
        assert_eq!(
            bytes("gcr.io/distroless/nodejs20-debian12"),
            Some(130_000_000)
        );
        assert_eq!(bytes("example/python:3.12"), None);
        assert_eq!(bytes("rust:1-alpine"), None);
    }
}

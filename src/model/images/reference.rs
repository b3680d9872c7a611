//! Image references: registry, name, tag, digest, and which image they mean.

/// An image reference, taken apart as the distribution grammar has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageReference {
    /// The author's prefix: registry and path before the image's own name, with its last `/`; may be empty.
    pub prefix: String,
    /// The name that the image is known by: `python`, `bitnami/redis`, `gcr.io/distroless/static`.
    pub name: String,
    /// The tag.
    pub tag: Option<String>,
    /// The digest, `sha256:…`.
    pub digest: Option<String>,
}

/// Prefixes that mean Docker Hub's official images.
const HUB_OFFICIAL: &[&str] = &[
    "docker.io/library/",
    "index.docker.io/library/",
    "registry-1.docker.io/library/",
    "public.ecr.aws/docker/library/",
    "mirror.gcr.io/library/",
    "library/",
];

/// Prefixes that mean Docker Hub.
const HUB: &[&str] = &[
    "docker.io/",
    "index.docker.io/",
    "registry-1.docker.io/",
    "mirror.gcr.io/",
];

impl ImageReference {
    /// Reads a reference. `mirrors` are prefixes, each ending in `/`, that stand for Docker Hub.
    ///
    /// Returns `None` where a variable stands in it, or where it is empty.
    pub fn parse(reference: &str, mirrors: &[String]) -> Option<Self> {
        if reference.is_empty() || reference.contains('$') {
            return None;
        }
        let (rest, digest) = match reference.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.to_owned())),
            None => (reference, None),
        };
        let name_start = rest.rfind('/').map_or(0, |slash| slash + 1);
        let (path, tag) = match rest[name_start..].split_once(':') {
            Some((name, tag)) => (&rest[..name_start + name.len()], Some(tag.to_owned())),
            None => (rest, None),
        };
        let prefix = hub_prefix(path, mirrors);
        Some(Self {
            prefix: path[..prefix].to_owned(),
            name: path[prefix..].to_owned(),
            tag,
            digest,
        })
    }

    /// Whether it is one of Docker's official images, by its name.
    pub fn is_official(&self) -> bool {
        !self.name.contains('/')
    }

    /// Whether it is an official image, or one of a vendor's that is known as well as these.
    pub fn is_well_known(&self) -> bool {
        self.is_official() || self.name == super::bun::NAME
    }
}

/// The length of the part of `path` that says "Docker Hub".
fn hub_prefix(path: &str, mirrors: &[String]) -> usize {
    for mirror in mirrors {
        if let Some(rest) = path.strip_prefix(mirror.as_str()) {
            let library = if rest.starts_with("library/") {
                "library/".len()
            } else {
                0
            };
            return mirror.len() + library;
        }
    }
    let hit = HUB_OFFICIAL
        .iter()
        .chain(HUB)
        .find(|prefix| path.starts_with(**prefix));
    hit.map_or(0, |prefix| prefix.len())
}

#[cfg(test)]
mod tests {
    use super::ImageReference;

    fn parse(reference: &str) -> ImageReference {
        ImageReference::parse(reference, &["registry.example/hub/".to_owned()])
            .expect("a reference")
    }

    #[test]
    fn one_image_has_many_spellings() {
        for spelling in [
            "python:3.12",
            "library/python:3.12",
            "docker.io/python:3.12",
            "docker.io/library/python:3.12",
            "index.docker.io/library/python:3.12",
            "public.ecr.aws/docker/library/python:3.12",
            "mirror.gcr.io/library/python:3.12",
            "registry.example/hub/python:3.12",
            "registry.example/hub/library/python:3.12",
        ] {
            let reference = parse(spelling);
            assert_eq!(
                (reference.name.as_str(), reference.tag.as_deref()),
                ("python", Some("3.12")),
                "{spelling}"
            );
            assert_eq!(format!("{}python:3.12", reference.prefix), spelling);
            assert!(reference.is_official());
        }
    }

    #[test]
    fn a_port_is_no_tag_and_a_variable_is_no_reference() {
        let reference = parse("localhost:5000/team/app");
        assert_eq!(
            (reference.name.as_str(), reference.tag),
            ("localhost:5000/team/app", None)
        );
        assert_eq!(ImageReference::parse("python:${V}", &[]), None);
        assert_eq!(
            parse("debian@sha256:ab").digest.as_deref(),
            Some("sha256:ab")
        );
    }
}

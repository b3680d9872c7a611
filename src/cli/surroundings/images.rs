//! Which Dockerfiles of a repository are built on the image of another one.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::read_small;
use crate::cli::input::MAX_BYTES;
use crate::context::ChildImage;

/// The name of an image without tag and digest. Parts that are variables are open.
#[derive(Debug, PartialEq, Eq)]
struct ImageName<'a> {
    /// Whether parts before these are not known.
    open: bool,
    parts: Vec<&'a str>,
}

impl<'a> ImageName<'a> {
    /// The name in a reference; `None` where its last part is not known.
    fn new(reference: &'a str) -> Option<Self> {
        let name = reference.split('@').next().unwrap_or(reference);
        // A variable may hold a `:` or `/` of its own: `${TAG:-a/b}`, `$(REGISTRY)`.
        let mut parts: Vec<&str> = Vec::new();
        let mut depth = 0_usize;
        let mut start = 0;
        let mut end = name.len();
        for (at, char) in name.char_indices() {
            match char {
                '{' | '(' => depth += 1,
                '}' | ')' => depth = depth.saturating_sub(1),
                '/' if depth == 0 => {
                    parts.push(&name[start..at]);
                    start = at + 1;
                    end = name.len();
                }
                ':' if depth == 0 => end = end.min(at),
                _ => {}
            }
        }
        parts.push(&name[start..end]);
        let known = parts
            .iter()
            .rposition(|part| part.contains('$'))
            .map_or(0, |last| last + 1);
        let open = known > 0;
        let parts = parts.split_off(known);
        (!parts.is_empty() && parts.iter().all(|part| !part.is_empty()))
            .then_some(Self { open, parts })
    }

    /// Whether both may be the same image.
    fn may_be(&self, other: &Self) -> bool {
        let ends = |long: &[&str], short: &[&str]| long.ends_with(short);
        match (self.open, other.open) {
            (false, false) => self.parts == other.parts,
            (true, false) => ends(&other.parts, &self.parts),
            (false, true) => ends(&self.parts, &other.parts),
            (true, true) => ends(&other.parts, &self.parts) || ends(&self.parts, &other.parts),
        }
    }
}

/// The image references in the FROMs of all Dockerfiles.
pub(super) fn parents(root: &Path, dockerfiles: &[&str]) -> Vec<(String, Vec<String>)> {
    dockerfiles
        .par_iter()
        .filter_map(|path| {
            let text = read_small(root, path, MAX_BYTES)?;
            Some(((*path).to_owned(), references(&text)))
        })
        .collect()
}

/// The Dockerfiles that are built on one of `images`, which the one at `path` makes.
pub(super) fn children(
    root: &Path,
    path: &str,
    images: &[&str],
    parents: &[(String, Vec<String>)],
) -> Vec<ChildImage> {
    let names: Vec<ImageName<'_>> = images
        .iter()
        .filter_map(|image| ImageName::new(image))
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let is_ours = |reference: &&String| {
        ImageName::new(reference).is_some_and(|name| names.iter().any(|ours| ours.may_be(&name)))
    };
    parents
        .iter()
        .filter(|(child, _)| child != path)
        .filter_map(|(child, references)| {
            let reference = references.iter().find(is_ours)?;
            Some(ChildImage {
                path: child.clone(),
                reference: reference.clone(),
                text: read_small(root, child, MAX_BYTES)?,
            })
        })
        .collect()
}

/// The references in FROM lines, with the defaults of global ARGs put in. This is a hint, not a reader:
/// it need not know continuations or heredocs.
fn references(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut defaults = BTreeMap::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let Some(keyword) = words.next() else {
            continue;
        };
        if keyword.eq_ignore_ascii_case("ARG") && found.is_empty() {
            if let Some((name, value)) = words.next().and_then(|word| word.split_once('=')) {
                defaults.insert(name, value.trim_matches(['"', '\'']));
            }
        } else if keyword.eq_ignore_ascii_case("FROM") {
            let image = words.find(|word| !word.starts_with("--"));
            found.extend(image.map(|image| expanded(image, &defaults)));
        }
    }
    found
}

fn expanded(image: &str, defaults: &BTreeMap<&str, &str>) -> String {
    let mut image = image.to_owned();
    if image.contains('$') {
        // The longer name first: `$BASE_TAG` is not `$BASE` and `_TAG`.
        for (name, value) in defaults.iter().rev() {
            image = image
                .replace(&format!("${{{name}}}"), value)
                .replace(&format!("${name}"), value);
        }
    }
    image
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        match (ImageName::new(a), ImageName::new(b)) {
            (Some(a), Some(b)) => a.may_be(&b),
            _ => false,
        }
    }

    #[test]
    fn images_are_compared_without_tag_and_unknown_prefix() {
        assert!(same("acme/base:1", "acme/base"));
        assert!(same(
            "localhost:5000/base:1",
            "localhost:5000/base@sha256:00"
        ));
        assert!(same(
            "${REGISTRY}/acme/base:$TAG",
            "registry.example/acme/base"
        ));
        assert!(same("$(REPO)/base:x", "${REPO:-a:1/b}/base"));
        assert!(!same("acme/base", "acme/base-dev"));
        assert!(!same("acme/base", "other/base"));
        assert!(!same("$IMAGE", "acme/base"));
        assert!(!same("$IMAGE:1", "$IMAGE:1"));
    }

    #[test]
    fn references_take_the_defaults_of_arguments() {
        let text = "ARG BASE=acme/base\nARG BASE_TAG=2\nFROM --platform=linux/amd64 ${BASE}:$BASE_TAG AS a\n\
                    from scratch\n";
        assert_eq!(references(text), ["acme/base:2", "scratch"]);
    }
}

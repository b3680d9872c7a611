//! Globs of a configuration file, relative to its folder.

use std::path::Path;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;

use super::source::Source;
use crate::cli::error::Failure;

/// A set of globs. One without `/` matches a name at any depth, and one that matches a folder matches
/// everything in it.
#[derive(Debug, Default)]
pub(crate) struct Globs(GlobSet);

impl Globs {
    /// Compiles `patterns`.
    pub(crate) fn new(patterns: &[Spanned<String>], source: &Source) -> Result<Self, Failure> {
        if patterns.is_empty() {
            return Ok(Self::default());
        }
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let glob = compile(pattern.get_ref()).map_err(|error| {
                let message = format!("`{}` is no glob: {}", pattern.get_ref(), error.kind());
                source.failure(&pattern.span(), &message)
            })?;
            set.add(glob);
        }
        let set = set
            .build()
            .map_err(|error| Failure::new(format!("{}: {}", source.label, error.kind())))?;
        Ok(Self(set))
    }

    /// Whether a glob matches the path, or a folder that it is in.
    pub(crate) fn matches(&self, path: &Path) -> bool {
        !self.0.is_empty()
            && path
                .ancestors()
                .filter(|folder| !folder.as_os_str().is_empty())
                .any(|folder| self.0.is_match(folder))
    }
}

fn compile(pattern: &str) -> Result<Glob, globset::Error> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    let anchored = match pattern.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None if pattern.contains('/') => pattern.to_owned(),
        None => format!("**/{pattern}"),
    };
    GlobBuilder::new(&anchored).literal_separator(true).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        compile(pattern)
            .map(|glob| {
                let set = GlobSetBuilder::new().add(glob).build();
                Globs(set.expect("one glob")).matches(Path::new(path))
            })
            .expect("a glob")
    }

    #[test]
    fn a_name_matches_at_any_depth() {
        assert!(matches("*.dev.Dockerfile", "a/b/x.dev.Dockerfile"));
        assert!(matches("vendor", "a/vendor/x/Dockerfile"));
        assert!(!matches("vendor", "a/vendored/Dockerfile"));
    }

    #[test]
    fn a_path_is_relative_to_the_configuration() {
        assert!(matches("legacy/**", "legacy/x/Dockerfile"));
        assert!(matches("legacy/", "legacy/x/Dockerfile"));
        assert!(matches("/legacy", "legacy/x/Dockerfile"));
        assert!(matches("services/*/Dockerfile", "services/a/Dockerfile"));
        assert!(!matches("services/*/Dockerfile", "services/a/b/Dockerfile"));
        assert!(!matches("/legacy", "old/legacy/Dockerfile"));
    }
}

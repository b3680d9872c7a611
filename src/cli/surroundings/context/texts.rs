//! The texts of a build context that are read: a closed list of names, and no more than fits.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::cli::surroundings::{base_name, parent};
use crate::context::Unread;

/// How a text is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// It may name a command or a package, and is searched as a whole.
    Searched,
    /// It is asked for by its path.
    ByPath,
    /// A source of a program: what it names may be read or run by it.
    Source,
}

/// The largest text that is searched.
const MAX_SEARCHED: u64 = 64 * 1024;

/// So many texts are searched.
const MAX_SEARCHED_TEXTS: usize = 500;

/// The largest text that is asked for by its path.
const MAX_BY_PATH: u64 = 16 * 1024 * 1024;

/// The largest source.
const MAX_SOURCE: u64 = 512 * 1024;

/// So many bytes of sources are read for one context, and so many of them.
const MAX_SOURCE_BYTES: u64 = 8 * 1024 * 1024;
const MAX_SOURCES: usize = 2_000;

/// So many bytes are read for one context.
pub(super) const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// What may still be read for a context.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: u64,
    searched: usize,
    source_bytes: u64,
    sources: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            bytes: MAX_BYTES,
            searched: MAX_SEARCHED_TEXTS,
            source_bytes: MAX_SOURCE_BYTES,
            sources: MAX_SOURCES,
        }
    }
}

impl Budget {
    /// Reads a regular file.
    pub(super) fn read(&mut self, path: &Path, usage: Use) -> Result<String, Unread> {
        let largest = match usage {
            Use::Searched if self.searched == 0 => return Err(Unread::TooLarge),
            Use::Searched => MAX_SEARCHED,
            Use::ByPath => MAX_BY_PATH,
            Use::Source if self.sources == 0 => return Err(Unread::TooLarge),
            Use::Source => MAX_SOURCE,
        };
        let left = match usage {
            Use::Source => &mut self.source_bytes,
            Use::Searched | Use::ByPath => &mut self.bytes,
        };
        let limit = largest.min(*left);
        let meta = path.symlink_metadata().map_err(|_| Unread::Unreadable)?;
        if !meta.is_file() {
            return Err(Unread::NotAFile);
        }
        if meta.len() > limit {
            return Err(Unread::TooLarge);
        }
        let mut bytes = Vec::with_capacity(meta.len() as usize);
        // A file may grow, and some have no length at all.
        File::open(path)
            .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
            .map_err(|_| Unread::Unreadable)?;
        let length = bytes.len() as u64;
        if length > limit {
            return Err(Unread::TooLarge);
        }
        *left -= length;
        let text = String::from_utf8(bytes).map_err(|_| Unread::NotUtf8)?;
        match usage {
            Use::Searched => self.searched -= 1,
            Use::Source => self.sources -= 1,
            Use::ByPath => {}
        }
        Ok(text)
    }

    /// Whether a text that would have been read for itself was left out.
    pub(super) fn is_spent(&self, length: u64) -> bool {
        length > self.bytes && length <= MAX_BY_PATH
    }
}

/// How the text of a file is used, where it is on the list.
pub(super) fn listed(path: &str) -> Option<Use> {
    let name = base_name(path);
    let ends = |end: &str| {
        name.len()
            .checked_sub(end.len())
            .and_then(|at| name.get(at..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    let is_searched = ends(".sh")
        || ends(".bash")
        || name.contains("entrypoint")
        || (name.starts_with("requirements") && ends(".txt"))
        || matches!(
            name,
            "package.json" | "go.mod" | "pyproject.toml" | ".npmrc" | "pip.conf"
        );
    if is_searched {
        return Some(Use::Searched);
    }
    let folder = base_name(parent(path));
    let says = |text: &str| text.contains("requirements") || text.contains("constraints");
    let stem = name.split('.').next().unwrap_or(name);
    let is_by_path = BY_PATH.contains(&name)
        || ((ends(".txt") || ends(".in"))
            && (says(name) || says(folder) || OF_PIP.contains(&stem)))
        || ends(".gemspec")
        || ends(".prisma")
        || name.starts_with("next.config.")
        || name.starts_with("nuxt.config.")
        || (name.starts_with("application")
            && (ends(".properties") || ends(".yml") || ends(".yaml")))
        || folder == ".mvn";
    if is_by_path {
        return Some(Use::ByPath);
    }
    let is_vendored = path
        .split('/')
        .any(|part| matches!(part, "vendor" | "testdata" | "third_party"));
    (!is_vendored && SOURCES.iter().any(|end| ends(end))).then_some(Use::Source)
}

/// Ends of the names of sources in languages whose builds are split.
const SOURCES: &[&str] = &[
    ".go", ".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".java", ".kt",
    ".rs",
];

/// Names of files that other requirements files include, without their ends.
const OF_PIP: &[&str] = &[
    "base",
    "common",
    "dev",
    "develop",
    "docs",
    "local",
    "prod",
    "production",
    "reqs",
    "requires",
    "test",
    "tests",
];

/// Names of files whose texts are asked for by their path.
const BY_PATH: &[&str] = &[
    // JavaScript
    ".pnpmfile.cjs",
    ".yarnrc",
    ".yarnrc.yml",
    "bun.lock",
    "bunfig.toml",
    "nest-cli.json",
    "npm-shrinkwrap.json",
    "package-lock.json",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "tsconfig.json",
    "yarn.lock",
    // Python
    ".python-version",
    "Pipfile",
    "Pipfile.lock",
    "manage.py",
    "poetry.lock",
    "poetry.toml",
    "setup.cfg",
    "setup.py",
    "uv.lock",
    "uv.toml",
    // Go
    "go.sum",
    "go.work",
    // Java
    "build.gradle",
    "build.gradle.kts",
    "build.xml",
    "gradle.properties",
    "libs.versions.toml",
    "mvnw",
    "pom.xml",
    "settings.gradle",
    "settings.gradle.kts",
    // Ruby, PHP, Rust
    "Cargo.lock",
    "Cargo.toml",
    "Gemfile",
    "Gemfile.lock",
    "composer.json",
    "composer.lock",
    // All
    ".dockerignore",
    "GNUmakefile",
    "Makefile",
    "Procfile",
    "makefile",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_closed_list_are_read() {
        for name in [
            "docker-entrypoint",
            "build.sh",
            "a/requirements-dev.txt",
            "package.json",
        ] {
            assert_eq!(listed(name), Some(Use::Searched), "{name}");
        }
        for name in [
            "a/pnpm-lock.yaml",
            "requirements/base.in",
            "constraints.txt",
            ".mvn/maven.config",
            "x.gemspec",
            "next.config.mjs",
        ] {
            assert_eq!(listed(name), Some(Use::ByPath), "{name}");
        }
        for name in ["main.c", "notes.txt", "requirements/notes.md", "a/.mvn/b/c"] {
            assert_eq!(listed(name), None, "{name}");
        }
    }
}

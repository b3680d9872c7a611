//! Finds the Dockerfile that a script means by a path from a folder that is not known.

use std::collections::BTreeMap;

use super::join;

/// The Dockerfiles of a repository by the ends of their paths.
pub(super) struct Endings<'a>(BTreeMap<String, &'a str>);

impl<'a> Endings<'a> {
    pub(super) fn new(dockerfiles: &[&'a str]) -> Self {
        Self(
            dockerfiles
                .iter()
                .map(|path| (reversed(path), *path))
                .collect(),
        )
    }

    /// The Dockerfile that `path` leads to from `folder` or from the root, else all that end in it.
    pub(super) fn near(&self, folder: &str, path: &str) -> Vec<String> {
        let mut found: Vec<String> = [folder, ""]
            .iter()
            .filter_map(|folder| join(folder, path))
            .filter(|path| self.0.contains_key(&reversed(path)))
            .collect();
        found.dedup();
        if found.is_empty() {
            return self.find(path);
        }
        found
    }

    /// The Dockerfiles whose path ends in `ending`; none where it is only a name, which tells nothing
    /// among many.
    fn find(&self, ending: &str) -> Vec<String> {
        let key = reversed(ending);
        let found: Vec<String> = self
            .0
            .range(key.clone()..)
            .take_while(|(path, _)| path.starts_with(&key))
            .map(|(_, path)| (*path).to_owned())
            .collect();
        if found.len() > 1 && !ending.contains('/') {
            return Vec::new();
        }
        found
    }
}

/// The parts of a path from last to first, each ending in `/`.
fn reversed(path: &str) -> String {
    path.rsplit('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .flat_map(|part| [part, "/"])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(ending: &str) -> Vec<String> {
        let files = [
            "Dockerfile",
            "a/Dockerfile",
            "b/a/Dockerfile",
            "b/Dockerfile.dev",
        ];
        Endings::new(&files).find(ending)
    }

    #[test]
    fn dockerfiles_are_found_by_the_end_of_their_path() {
        assert_eq!(find("a/Dockerfile"), ["a/Dockerfile", "b/a/Dockerfile"]);
        assert_eq!(find("./b/a/Dockerfile"), ["b/a/Dockerfile"]);
        assert_eq!(find("Dockerfile.dev"), ["b/Dockerfile.dev"]);
        assert!(find("Dockerfile").is_empty());
        assert!(find("c/Dockerfile").is_empty());
    }

    #[test]
    fn a_path_is_looked_for_from_the_folder_and_from_the_root_first() {
        let files = ["a/Dockerfile", "b/a/Dockerfile", "c/a/Dockerfile"];
        let endings = Endings::new(&files);
        assert_eq!(
            endings.near("b", "a/Dockerfile"),
            ["b/a/Dockerfile", "a/Dockerfile"]
        );
        assert_eq!(endings.near("x", "../c/a/Dockerfile"), ["c/a/Dockerfile"]);
    }
}

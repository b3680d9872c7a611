//! What of a build context reaches the builder.

use std::collections::BTreeSet;

use super::BuildContext;

impl BuildContext {
    /// Whether a file reaches the builder: it is there, and nothing ignores it.
    pub fn is_sent(&self, path: &str) -> bool {
        self.file(path).is_some() && !self.ignores(path)
    }

    /// Whether something below a folder reaches the builder.
    pub fn sends_below(&self, folder: &str) -> bool {
        self.below(folder).any(|(_, path)| !self.ignores(path))
    }

    /// The names in a folder, of what reaches the builder.
    pub fn names_in(&self, folder: &str) -> BTreeSet<String> {
        let sent = self.below(folder).filter(|(_, path)| !self.ignores(path));
        let first = |rest: &str| rest.split('/').next().unwrap_or(rest).to_owned();
        sent.map(|(rest, _)| first(rest)).collect()
    }

    /// The files below a folder, as seen from it and from the root.
    fn below<'c>(&'c self, folder: &str) -> impl Iterator<Item = (&'c str, &'c str)> + use<'c> {
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{}/", folder.trim_end_matches('/'))
        };
        let len = prefix.len();
        self.files
            .range(prefix.clone()..)
            .map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(&prefix))
            .map(move |path| (&path[len..], path))
    }

    fn ignores(&self, path: &str) -> bool {
        let text = self.dockerignore.as_deref().unwrap_or_default();
        super::dockerignore::Ignore::parse(text).is_ok_and(|ignore| ignore.ignores(path))
    }
}

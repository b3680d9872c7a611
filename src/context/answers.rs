//! What can be asked of a build context.
//!
//! Paths are taken as a Dockerfile writes them: `./a`, `/a` and `a/` all mean `a`.

use std::collections::{BTreeMap, BTreeSet};

use super::dockerignore::clean;
use super::{BuildContext, Gap, Other, Unread};

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'c> {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, with the path in it.
    Link(&'c str),
    /// A pipe, a socket or a device.
    Special,
    /// Nothing, for sure.
    Nothing,
    /// That is not known: behind a link, in a folder that nobody looked into, or in a gap of the picture.
    Unknown,
}

/// Whether the builder gets something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is there, and nothing ignores it.
    Yes,
    /// It is not there, or is ignored.
    No,
    /// That is not known.
    Unknown,
}

impl BuildContext {
    /// The texts that were read, with their paths: those of the files that say what a project is, and sources.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter();
        let files = files.filter_map(|(path, text)| Some((path, text.as_ref()?)));
        files
            .chain(&self.seen.texts)
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// What is at a path.
    pub fn look(&self, path: &str) -> Found<'_> {
        let path = plain(path);
        if !self.known {
            return Found::Unknown;
        }
        if path.is_empty() {
            return Found::Folder;
        }
        if self.files.contains_key(&path) {
            return Found::File;
        }
        match self.seen.others.get(&path) {
            Some(Other::Link(target)) => return Found::Link(target),
            Some(Other::Empty | Other::Closed | Other::Unreadable) => return Found::Folder,
            Some(Other::Special) => return Found::Special,
            None if self.anything_below(&path) => return Found::Folder,
            None => {}
        }
        for (at, _) in path.match_indices('/') {
            match self.seen.others.get(&path[..at]) {
                Some(Other::Link(_) | Other::Closed | Other::Unreadable) => return Found::Unknown,
                Some(Other::Empty | Other::Special) => return Found::Nothing,
                None => {}
            }
        }
        if self.hides_paths() {
            return Found::Unknown;
        }
        Found::Nothing
    }

    /// Whether the builder gets what is at a path: a link as a link, of a folder at least a part.
    pub fn sends(&self, path: &str) -> Sent {
        let path = plain(path);
        let found = self.look(&path);
        match (found, self.ignores(&path)) {
            (Found::Nothing, _) => Sent::No,
            (_, None) | (Found::Unknown, Some(false)) => Sent::Unknown,
            (_, Some(false)) => Sent::Yes,
            // What is below an ignored folder may be an exception.
            (Found::Folder | Found::Unknown, Some(true)) if self.may_except_below(&path) => {
                let mut sent = self.sent_below(&path).into_iter().flatten();
                match sent.next() {
                    Some(_) => Sent::Yes,
                    None if found == Found::Unknown || !self.is_whole_below(&path) => Sent::Unknown,
                    None => Sent::No,
                }
            }
            (_, Some(true)) => Sent::No,
        }
    }

    /// Whether the builder would get what is at a path, if it were there.
    pub fn would_send(&self, path: &str) -> bool {
        self.ignores(&plain(path)) != Some(true)
    }

    /// The files and links below a folder that the builder gets, in the order of their paths; `None` where
    /// it is not known what is ignored. They are all only where [`BuildContext::is_whole_below`] says so.
    pub fn sent_below(&self, folder: &str) -> Option<impl Iterator<Item = &str>> {
        let rules = match &self.dockerignore {
            Some(file) => Some(file.rules.as_ref().ok()?),
            None => None,
        };
        let is_link = |other: &Other| matches!(other, Other::Link(_));
        let links = below(&self.seen.others, folder).filter(move |(_, other)| is_link(other));
        let mut links = links.map(|(path, _)| path.as_str()).peekable();
        let mut files = below(&self.files, folder)
            .map(|(path, _)| path.as_str())
            .peekable();
        let merged = std::iter::from_fn(move || match (files.peek(), links.peek()) {
            (Some(file), Some(link)) if link < file => links.next(),
            (None, _) => links.next(),
            _ => files.next(),
        });
        Some(merged.filter(move |path| rules.is_none_or(|rules| !rules.ignores(path))))
    }

    /// The names in a folder of what the builder gets, or may get, from it.
    pub fn names_sent_in(&self, folder: &str) -> BTreeSet<String> {
        let files = self.sent_below(folder).into_iter().flatten();
        let others = below(&self.seen.others, folder).map(|(path, _)| path.as_str());
        let others = others.filter(|path| self.sends(path) != Sent::No);
        let len = plain(folder).len();
        let first = |path: &str| {
            let rest = path[len..].trim_start_matches('/');
            rest.split('/').next().unwrap_or(rest).to_owned()
        };
        files.chain(others).map(first).collect()
    }

    /// Whether all that the builder gets from below a folder is in the picture: nothing was left out, and
    /// nobody looked away from a folder that is sent.
    pub fn is_whole_below(&self, folder: &str) -> bool {
        let folder = plain(folder);
        let is_open = |(path, other): (&String, &Other)| match other {
            Other::Closed | Other::Unreadable => {
                self.ignores(path) == Some(true) && !self.may_except_below(path)
            }
            Other::Link(_) | Other::Empty | Other::Special => true,
        };
        let hides = |gap: &Gap| gap.hides_paths() || matches!(gap, Gap::Names(_));
        !self.seen.gaps.iter().any(hides)
            && self.look(&folder) != Found::Unknown
            && self.seen.others.get_key_value(&folder).is_none_or(is_open)
            && below(&self.seen.others, &folder).all(is_open)
    }

    /// Whether any path at all may be there without being in the picture.
    pub fn hides_paths(&self) -> bool {
        !self.known || self.seen.gaps.iter().any(Gap::hides_paths)
    }

    /// Whether nothing is missing in the picture; `seen.gaps` says what is.
    pub fn is_complete(&self) -> bool {
        self.known && self.seen.gaps.is_empty()
    }

    /// The first folder of that name, such as `node_modules`, that the builder gets.
    pub fn sent_folder_named(&self, name: &str) -> Option<&str> {
        let named = |path: &&str| path.rsplit('/').next() == Some(name);
        let closed = self.seen.others.iter();
        let closed = closed
            .filter(|(_, other)| matches!(other, Other::Closed | Other::Empty))
            .map(|(path, _)| path.as_str());
        let open = self.files.keys().flat_map(|path| {
            let ends = path.match_indices('/').map(|(at, _)| at);
            ends.map(|end| &path[..end])
        });
        closed
            .chain(open)
            .filter(named)
            .find(|path| self.ignores(path) == Some(false))
    }

    /// The text of a file, or why it is not here.
    ///
    /// # Errors
    /// Why it is not here.
    pub fn text(&self, path: &str) -> Result<&str, Unread> {
        let path = plain(path);
        if let Some(Some(text)) = self.files.get(&path) {
            return Ok(text);
        }
        if let Some(text) = self.seen.texts.get(&path) {
            return Ok(text);
        }
        Err(match self.look(&path) {
            Found::File => {
                let why = self.seen.unread.get(&path);
                why.copied().unwrap_or(Unread::NotListed)
            }
            Found::Folder | Found::Link(_) | Found::Special => Unread::NotAFile,
            Found::Nothing => Unread::Absent,
            Found::Unknown => Unread::Unknown,
        })
    }

    /// Whether the rules of `.gitignore` files exclude a path. It may be tracked all the same.
    pub fn git_ignored(&self, path: &str) -> bool {
        let path = plain(path);
        let ends = path.match_indices('/').map(|(at, _)| at);
        // An empty path there: the whole context is excluded.
        ends.chain([0, path.len()])
            .any(|end| self.seen.git_ignored.contains(&path[..end]))
    }

    /// Whether a path is that of a folder in it. `.` and what ends in `/` always are.
    pub fn has_folder(&self, path: &str) -> bool {
        path.ends_with('/') || self.look(path) == Found::Folder || plain(path).is_empty()
    }

    /// Whether a path is that of a file in it; with its text, where that may be searched.
    pub fn file(&self, path: &str) -> Option<Option<&str>> {
        self.files.get(&plain(path)).map(Option::as_deref)
    }

    /// Whether a path is ignored; `None` where the `.dockerignore` is not understood.
    fn ignores(&self, path: &str) -> Option<bool> {
        let Some(file) = &self.dockerignore else {
            return Some(false);
        };
        let rules = file.rules.as_ref().ok()?;
        Some(!path.is_empty() && rules.ignores(path))
    }

    fn may_except_below(&self, folder: &str) -> bool {
        let rules = self.dockerignore.as_ref().map(|file| &file.rules);
        rules.is_some_and(|rules| {
            rules
                .as_ref()
                .is_ok_and(|rules| rules.may_except_below(folder))
        })
    }

    fn anything_below(&self, path: &str) -> bool {
        below(&self.files, path).next().is_some() || below(&self.seen.others, path).next().is_some()
    }
}

/// The entries below a folder.
fn below<'m, T>(
    entries: &'m BTreeMap<String, T>,
    folder: &str,
) -> impl Iterator<Item = (&'m String, &'m T)> + use<'m, T> {
    let folder = plain(folder);
    let prefix = if folder.is_empty() {
        folder
    } else {
        format!("{folder}/")
    };
    entries
        .range(prefix.clone()..)
        .take_while(move |(path, _)| path.starts_with(&prefix))
}

/// A source as the context spells it: without `./`, `..`, doubled slashes and the slashes at its ends.
fn plain(path: &str) -> String {
    clean(&format!("/{path}"))[1..].to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{IgnoreFile, Seen};
    use super::*;

    fn context(ignore: &str) -> BuildContext {
        let files = ["a/b.txt", "a/c/d.txt", "main.py", "run.sh", "web/src/x.ts"];
        let others = [
            ("a/link", Other::Link("../main.py".into())),
            ("empty", Other::Empty),
            ("node_modules", Other::Closed),
            ("pipe", Other::Special),
            ("web/node_modules", Other::Closed),
        ];
        let text = |path: &str| path.ends_with(".sh").then(|| "echo".to_owned());
        BuildContext {
            known: true,
            files: Arc::new(files.map(|path| (path.to_owned(), text(path))).into()),
            seen: Arc::new(Seen {
                others: others.map(|(path, other)| (path.to_owned(), other)).into(),
                texts: [("main.py".to_owned(), "x = 1".to_owned())].into(),
                unread: [("a/b.txt".to_owned(), Unread::TooLarge)].into(),
                git_ignored: ["a/c".to_owned(), "node_modules".to_owned()].into(),
                may_come: BTreeSet::new(),
                gaps: Vec::new(),
            }),
            dockerignore: Some(IgnoreFile::read(".dockerignore".into(), ignore.into())),
        }
    }

    #[test]
    fn a_look_says_what_is_at_a_path() {
        let context = context("");
        for (path, found) in [
            (".", Found::Folder),
            ("./run.sh", Found::File),
            ("/a/../run.sh", Found::File),
            ("a", Found::Folder),
            ("a/c/", Found::Folder),
            ("a/link", Found::Link("../main.py")),
            ("a/link/x", Found::Unknown),
            ("empty", Found::Folder),
            ("empty/x", Found::Nothing),
            ("node_modules/x", Found::Unknown),
            ("pipe", Found::Special),
            ("none", Found::Nothing),
            ("run", Found::Nothing),
        ] {
            assert_eq!(context.look(path), found, "{path}");
        }
        assert_eq!(BuildContext::default().look("a"), Found::Unknown);
    }

    #[test]
    fn a_gap_makes_what_is_not_there_unknown() {
        let mut context = context("");
        assert!(context.is_complete());
        let gaps = &mut Arc::make_mut(&mut context.seen).gaps;
        gaps.push(Gap::Names(1));
        assert_eq!(context.look("none"), Found::Nothing);
        Arc::make_mut(&mut context.seen).gaps.push(Gap::Entries(9));
        assert_eq!(context.look("none"), Found::Unknown);
        assert_eq!(context.sends("none"), Sent::Unknown);
        assert!(!context.is_complete());
    }

    #[test]
    fn what_is_ignored_is_not_sent() {
        let context = context("node_modules\na/*\n!a/c\npipe\n");
        for (path, sent) in [
            ("run.sh", Sent::Yes),
            ("none", Sent::No),
            ("node_modules", Sent::No),
            ("web/node_modules", Sent::Yes),
            ("web/node_modules/x", Sent::Unknown),
            ("a/b.txt", Sent::No),
            ("a/c/d.txt", Sent::Yes),
            ("a", Sent::Yes),
            ("pipe", Sent::No),
        ] {
            assert_eq!(context.sends(path), sent, "{path}");
        }
        let sent = context.sent_below(".").map(Iterator::collect::<Vec<_>>);
        assert_eq!(
            sent,
            Some(vec!["a/c/d.txt", "main.py", "run.sh", "web/src/x.ts"])
        );
        assert_eq!(
            context.sent_folder_named("node_modules"),
            Some("web/node_modules")
        );
        assert_eq!(context.sent_folder_named("src"), Some("web/src"));
        assert!(!context.is_whole_below(""));
        assert!(context.is_whole_below("a"));
    }

    #[test]
    fn names_are_those_of_what_is_sent() {
        let names = context("run.sh\nnode_modules\n").names_sent_in(".");
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(names, ["a", "empty", "main.py", "pipe", "web"]);
        assert!(context("").names_sent_in("a").contains("c"));
    }

    #[test]
    fn an_exception_below_an_ignored_folder_is_sent() {
        let context = context("*\n!web/src\n");
        assert_eq!(context.sends("web"), Sent::Yes);
        assert_eq!(context.sends("a"), Sent::No);
        assert_eq!(context.sends("node_modules"), Sent::No);
        assert!(context.is_whole_below(""));
        assert_eq!(
            self::context("*\n!**/*.md").sends("node_modules"),
            Sent::Unknown
        );
    }

    #[test]
    fn rules_that_are_not_understood_leave_it_open() {
        let context = context("[");
        assert_eq!(context.sends("run.sh"), Sent::Unknown);
        assert_eq!(context.sends("none"), Sent::No);
        assert!(context.sent_below("").is_none());
    }

    #[test]
    fn links_are_sent_in_their_place() {
        let context = context("");
        let sent = context.sent_below("a").map(Iterator::collect::<Vec<_>>);
        assert_eq!(sent, Some(vec!["a/b.txt", "a/c/d.txt", "a/link"]));
    }

    #[test]
    fn a_text_is_there_or_says_why_not() {
        let context = context("");
        assert_eq!(context.text("run.sh"), Ok("echo"));
        assert_eq!(context.text("main.py"), Ok("x = 1"));
        assert_eq!(context.text("a/b.txt"), Err(Unread::TooLarge));
        assert_eq!(context.text("web/src/x.ts"), Err(Unread::NotListed));
        assert_eq!(context.text("a"), Err(Unread::NotAFile));
        assert_eq!(context.text("none"), Err(Unread::Absent));
        assert_eq!(context.text("node_modules/x"), Err(Unread::Unknown));
    }

    #[test]
    fn what_git_ignores_is_ignored_with_what_is_below() {
        let context = context("");
        assert!(context.git_ignored("node_modules/a/b"));
        assert!(context.git_ignored("a/c"));
        assert!(!context.git_ignored("a/cd"));
        assert!(!context.git_ignored("a"));
    }
}

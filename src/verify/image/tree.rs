//! The files of an image: what its layers make together.

use std::collections::BTreeMap;

use super::elf::Linkage;

/// A file, a folder or a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its mode, without the type.
    pub(crate) mode: u32,
    /// User and group, as numbers.
    pub(crate) owner: (u64, u64),
    /// Extended attributes, such as capabilities.
    pub(crate) attributes: Vec<(String, Vec<u8>)>,
}

/// What a path is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file.
    File(Content),
    /// A folder.
    Folder,
    /// A symbolic link and where it leads.
    Link(String),
    /// A device, a pipe.
    Other,
}

/// What is in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Content {
    /// Bytes.
    pub(crate) size: u64,
    /// SHA-256.
    pub(crate) digest: [u8; 32],
    /// What it needs to be loaded, where it is a program or a library.
    pub(crate) linkage: Option<Linkage>,
    /// The interpreter that its first line names.
    pub(crate) interpreter: Option<String>,
    /// SHA-256 of what follows the name of the interpreter.
    pub(crate) behind_interpreter: Option<[u8; 32]>,
    /// The text, of those few files that are read.
    pub(crate) text: Option<String>,
}

/// The change of a layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layer {
    /// What it holds, by absolute path.
    pub(crate) nodes: BTreeMap<String, Node>,
    /// Paths that it removes.
    pub(crate) removed: Vec<String>,
    /// Folders whose content before it removes.
    pub(crate) emptied: Vec<String>,
    /// Bytes of its files.
    pub(crate) size: u64,
}

/// The files of an image by absolute path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    /// All of them.
    pub(crate) nodes: BTreeMap<String, Node>,
    /// Bytes that a later layer hides.
    pub(crate) hidden: u64,
}

/// So many symbolic links are followed for one path.
const MAX_LINKS: usize = 40;

impl Tree {
    /// Puts a layer on top.
    pub(super) fn apply(&mut self, layer: &Layer) {
        for path in &layer.emptied {
            self.remove_below(path);
        }
        for path in &layer.removed {
            self.remove(path);
        }
        for (path, node) in &layer.nodes {
            match self.nodes.get(path) {
                Some(before) if before.kind == Kind::Folder && node.kind != Kind::Folder => {
                    self.remove_below(path);
                }
                Some(before) => self.hidden += size(before),
                None => {}
            }
            self.nodes.insert(path.clone(), node.clone());
        }
    }

    fn remove(&mut self, path: &str) {
        self.remove_below(path);
        if let Some(node) = self.nodes.remove(path) {
            self.hidden += size(&node);
        }
    }

    fn remove_below(&mut self, path: &str) {
        let prefix = format!("{}/", path.trim_end_matches('/'));
        let below: Vec<String> = self
            .nodes
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix))
            .map(|(path, _)| path.clone())
            .collect();
        for path in below {
            if let Some(node) = self.nodes.remove(&path) {
                self.hidden += size(&node);
            }
        }
    }

    /// Follows symbolic links; the path that is meant in the end, where there is one.
    pub(crate) fn resolve(&self, path: &str) -> Option<String> {
        self.follow(path, 0)
    }

    fn follow(&self, path: &str, links: usize) -> Option<String> {
        if links > MAX_LINKS {
            return None;
        }
        let mut current = String::new();
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        while let Some(part) = parts.next() {
            match part {
                "." => continue,
                ".." => {
                    current.truncate(current.rfind('/').unwrap_or(0));
                    continue;
                }
                _ => {}
            }
            let next = format!("{current}/{part}");
            match self.nodes.get(&next).map(|node| &node.kind) {
                Some(Kind::Link(to)) => {
                    let rest: Vec<&str> = parts.collect();
                    let folder = if to.starts_with('/') { "" } else { &current };
                    return self.follow(&format!("{folder}/{to}/{}", rest.join("/")), links + 1);
                }
                // A layer need not name the folders of its files.
                None if !self.has_below(&next) => return None,
                _ => current = next,
            }
        }
        Some(if current.is_empty() {
            "/".to_owned()
        } else {
            current
        })
    }

    fn has_below(&self, path: &str) -> bool {
        let prefix = format!("{path}/");
        let mut below = self.nodes.range(prefix.clone()..);
        below
            .next()
            .is_some_and(|(path, _)| path.starts_with(&prefix))
    }

    /// The file that a path leads to.
    pub(crate) fn file(&self, path: &str) -> Option<(&Node, &Content)> {
        let node = self.nodes.get(&self.resolve(path)?)?;
        match &node.kind {
            Kind::File(content) => Some((node, content)),
            _ => None,
        }
    }

    /// The text of a file that is among those read.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.file(path)?.1.text.as_deref()
    }
}

/// Bytes of a file; 0 for everything else.
pub(super) fn size(node: &Node) -> u64 {
    match &node.kind {
        Kind::File(content) => content.size,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(kind: Kind) -> Node {
        Node {
            kind,
            mode: 0o644,
            owner: (0, 0),
            attributes: Vec::new(),
        }
    }

    fn file(size: u64) -> Node {
        node(Kind::File(Content {
            size,
            ..Content::default()
        }))
    }

    fn layer(nodes: &[(&str, Node)]) -> Layer {
        Layer {
            nodes: nodes
                .iter()
                .map(|(path, node)| ((*path).to_owned(), node.clone()))
                .collect(),
            ..Layer::default()
        }
    }

    #[test]
    fn a_later_layer_removes_hides_and_empties() {
        let mut tree = Tree::default();
        tree.apply(&layer(&[
            ("/a", node(Kind::Folder)),
            ("/a/one", file(10)),
            ("/a/two", file(20)),
            ("/b", file(5)),
        ]));
        let mut second = layer(&[("/b", file(6)), ("/a/three", file(1))]);
        second.removed = vec!["/a/one".to_owned()];
        tree.apply(&second);
        assert_eq!(tree.hidden, 15);
        let mut third = layer(&[("/a/four", file(1))]);
        third.emptied = vec!["/a".to_owned()];
        tree.apply(&third);
        let paths: Vec<&str> = tree.nodes.keys().map(String::as_str).collect();
        assert_eq!(paths, ["/a", "/a/four", "/b"]);
        assert_eq!(tree.hidden, 36);
    }

    #[test]
    fn links_are_followed_in_the_middle_and_in_circles() {
        let mut tree = Tree::default();
        tree.apply(&layer(&[
            ("/usr", node(Kind::Folder)),
            ("/usr/lib", node(Kind::Folder)),
            ("/usr/lib/x.so.1", file(1)),
            ("/usr/lib/x.so", node(Kind::Link("x.so.1".to_owned()))),
            ("/lib", node(Kind::Link("usr/lib".to_owned()))),
            ("/loop", node(Kind::Link("/loop".to_owned()))),
        ]));
        assert_eq!(
            tree.resolve("/lib/x.so").as_deref(),
            Some("/usr/lib/x.so.1")
        );
        assert_eq!(
            tree.resolve("/usr/../lib/./x.so").as_deref(),
            Some("/usr/lib/x.so.1")
        );
        assert_eq!(tree.resolve("/loop"), None);
        assert_eq!(tree.resolve("/lib/y.so"), None);
    }
}

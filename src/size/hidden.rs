//! Bytes that one layer ships and a later one hides: by deleting the file, by writing it anew, or by giving it
//! another owner or mode, which ships it a second time.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use serde::Serialize;

use super::contents::{Contents, Put};
use crate::verify::Group;

/// So many of the largest files are named.
const NAMED: usize = 3;

/// How a later layer hides bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The file is deleted.
    Deleted,
    /// Something else stands in its place.
    Overwritten,
    /// The same bytes again, with another owner, mode or time.
    Repeated,
}

/// Bytes that one layer ships and another one hides.
#[derive(Clone, Debug, Serialize)]
pub struct Hidden {
    /// How many.
    pub bytes: u64,
    /// Of how many files.
    pub files: usize,
    /// How they are hidden.
    pub how: How,
    /// Whether they are what package managers download and look up.
    pub caches: bool,
    /// The layer that ships them, counted from 0.
    pub layer: usize,
    /// The layer that hides them.
    pub hidden_by: usize,
    /// The largest of the files.
    pub largest: Vec<(String, u64)>,
}

/// Who ships a file.
#[derive(Clone, Copy)]
struct Shipped {
    layer: usize,
    bytes: u64,
    digest: u64,
}

/// What layers hide of one another, the most bytes first.
pub(super) fn find(layers: &[Arc<Contents>]) -> Vec<Hidden> {
    let mut tree = Tree::default();
    for (at, layer) in layers.iter().enumerate() {
        tree.apply(at, layer);
    }
    let mut found: Vec<Hidden> = tree.hidden.into_values().collect();
    found.retain(|hidden| hidden.bytes > 0);
    // The key of the map decides between equals.
    found.sort_by_key(|hidden| std::cmp::Reverse(hidden.bytes));
    found
}

/// The files of the layers so far.
#[derive(Default)]
struct Tree<'l> {
    files: BTreeMap<&'l str, Shipped>,
    hidden: BTreeMap<(usize, usize, How, bool), Hidden>,
}

impl<'l> Tree<'l> {
    fn apply(&mut self, at: usize, layer: &'l Contents) {
        for folder in &layer.emptied {
            self.remove_below(folder, at, How::Deleted);
        }
        for path in &layer.removed {
            self.remove_below(path, at, How::Deleted);
            self.remove(path, at, How::Deleted);
        }
        for (path, put) in &layer.put {
            match *put {
                Put::Folder => self.remove(path, at, How::Overwritten),
                Put::Other => {
                    self.remove_below(path, at, How::Overwritten);
                    self.remove(path, at, How::Overwritten);
                }
                Put::File(bytes, digest) => {
                    let same = self
                        .files
                        .get(&**path)
                        .is_some_and(|before| (before.bytes, before.digest) == (bytes, digest));
                    let how = if same {
                        How::Repeated
                    } else {
                        How::Overwritten
                    };
                    self.remove_below(path, at, How::Overwritten);
                    self.remove(path, at, how);
                    let layer = at;
                    self.files.insert(
                        path,
                        Shipped {
                            layer,
                            bytes,
                            digest,
                        },
                    );
                }
            }
        }
    }

    fn remove(&mut self, path: &str, by: usize, how: How) {
        if let Some((path, shipped)) = self.files.remove_entry(path) {
            self.count(path, shipped, by, how);
        }
    }

    fn remove_below(&mut self, folder: &str, by: usize, how: How) {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let from: (Bound<&str>, Bound<&str>) = (Bound::Excluded(&prefix), Bound::Unbounded);
        let below: Vec<&'l str> = self
            .files
            .range::<str, _>(from)
            .map(|(path, _)| *path)
            .take_while(|path| path.starts_with(&prefix))
            .collect();
        for path in below {
            self.remove(path, by, how);
        }
    }

    fn count(&mut self, path: &str, shipped: Shipped, by: usize, how: How) {
        let group = Group::of(path);
        let caches = matches!(group, Group::PackageCaches | Group::PackageLists);
        let key = (shipped.layer, by, how, caches);
        let hidden = self.hidden.entry(key).or_insert_with(|| Hidden {
            bytes: 0,
            files: 0,
            how,
            caches,
            layer: shipped.layer,
            hidden_by: by,
            largest: Vec::new(),
        });
        hidden.bytes += shipped.bytes;
        hidden.files += 1;
        let place = hidden
            .largest
            .partition_point(|(_, bytes)| *bytes >= shipped.bytes);
        if place < NAMED && shipped.bytes > 0 {
            hidden
                .largest
                .insert(place, (path.to_owned(), shipped.bytes));
            hidden.largest.truncate(NAMED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(files: &[(&str, u64, u64)]) -> Contents {
        let put = files
            .iter()
            .map(|&(path, bytes, digest)| (path.into(), Put::File(bytes, digest)));
        Contents {
            put: put.collect(),
            ..Contents::default()
        }
    }

    fn told(layers: Vec<Contents>) -> Vec<(u64, usize, How, usize, usize)> {
        let layers: Vec<_> = layers.into_iter().map(Arc::new).collect();
        let found = find(&layers);
        let told = found
            .iter()
            .map(|it| (it.bytes, it.files, it.how, it.layer, it.hidden_by));
        told.collect()
    }

    #[test]
    fn what_is_deleted_written_anew_or_repeated_is_told_apart() {
        let mut last = layer(&[("/a", 10, 1), ("/b", 7, 9)]);
        last.removed = vec!["/d".to_owned(), "/nothing".to_owned()];
        let layers = vec![
            layer(&[("/a", 10, 1), ("/b", 20, 2)]),
            layer(&[("/d/one", 300, 3), ("/d/two", 200, 4), ("/dd", 1, 5)]),
            last,
        ];
        assert_eq!(
            told(layers),
            [
                (500, 2, How::Deleted, 1, 2),
                (20, 1, How::Overwritten, 0, 2),
                (10, 1, How::Repeated, 0, 2),
            ]
        );
    }

    #[test]
    fn an_emptied_folder_hides_what_is_below_and_nothing_of_its_own_layer() {
        let mut last = layer(&[("/d/new", 1, 1)]);
        last.emptied = vec!["/d".to_owned()];
        let layers = vec![layer(&[("/d/old", 5, 2), ("/e", 6, 3)]), last];
        assert_eq!(told(layers), [(5, 1, How::Deleted, 0, 1)]);
    }

    #[test]
    fn a_link_in_the_place_of_a_folder_hides_it() {
        let mut last = Contents::default();
        last.put.insert("/d".into(), Put::Other);
        let mut folder = Contents::default();
        folder.put.insert("/e".into(), Put::Folder);
        let layers = vec![layer(&[("/d/old", 5, 2), ("/e/x", 6, 3)]), last, folder];
        assert_eq!(told(layers), [(5, 1, How::Overwritten, 0, 1)]);
    }

    #[test]
    fn the_largest_files_are_named_and_caches_are_counted_by_themselves() {
        let last = Contents {
            removed: vec!["/var/lib/apt/lists".to_owned(), "/srv".to_owned()],
            ..Contents::default()
        };
        let first = layer(&[
            ("/var/lib/apt/lists/x", 9, 0),
            ("/srv/a", 1, 0),
            ("/srv/b", 4, 0),
            ("/srv/c", 3, 0),
            ("/srv/d", 2, 0),
        ]);
        let found = find(&[Arc::new(first), Arc::new(last)]);
        assert_eq!((found[0].bytes, found[0].caches), (10, false));
        let named: Vec<&str> = found[0].largest.iter().map(|(path, _)| &**path).collect();
        assert_eq!(named, ["/srv/b", "/srv/c", "/srv/d"]);
        assert_eq!((found[1].bytes, found[1].caches), (9, true));
    }
}

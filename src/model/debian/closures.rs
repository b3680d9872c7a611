//! Expands the factored package lists of the table.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::Release;
use super::table::TABLE;

/// Which list of a package is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum List {
    /// Installed with the package in any case, itself included.
    Required,
    /// Installed only because something is recommended.
    Recommended,
}

/// A list, expanded: sorted.
type Closure = Rc<[usize]>;

thread_local! {
    /// The lists that were expanded: Dockerfiles install the same packages again and again.
    static EXPANDED: RefCell<HashMap<(Release, usize, List), Closure>> = RefCell::default();
}

/// The numbers of the packages in a list, sorted; empty when the release does not know the package.
pub(super) fn closure(release: Release, package: usize, list: List) -> Closure {
    EXPANDED.with_borrow_mut(|expanded| {
        let known = expanded.entry((release, package, list));
        Rc::clone(known.or_insert_with(|| expand(release, package, list)))
    })
}

fn expand(release: Release, package: usize, list: List) -> Closure {
    let mut packages = BTreeSet::new();
    let mut referred = vec![package];
    let mut seen = BTreeSet::from([package]);
    while let Some(next) = referred.pop() {
        let Some(entry) = TABLE.release(release).entry(next) else {
            continue;
        };
        let words = match list {
            List::Required => entry.required,
            List::Recommended => entry.recommended,
        };
        for word in words.split_ascii_whitespace() {
            match word.strip_prefix('@') {
                Some(code) => referred.extend(number(code).filter(|other| seen.insert(*other))),
                None => packages.extend(number(word)),
            }
        }
    }
    packages.into_iter().collect()
}

/// Reads a package's number as the table spells it.
pub(super) fn number(code: &str) -> Option<usize> {
    usize::from_str_radix(code, 36).ok()
}

//! Which rewrites may be applied, where not all may.

use std::collections::BTreeSet;

use crate::transform::TransformId;

/// Which rewrites may be applied: those that are named, at the places that are named. Of others nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// These alone.
    pub rewrites: Option<BTreeSet<RewriteKey>>,
    /// Those that are shown at one of these places.
    pub places: Option<Vec<PlaceOfRewrite>>,
    /// Those that touch one of these lines: the first and the last of each stretch.
    pub lines: Option<Vec<(usize, usize)>>,
}

/// What a rewrite is known by in runs over one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RewriteKey {
    /// Its transform.
    pub transform: TransformId,
    /// The line of the original file, counted from 1.
    pub line: usize,
    /// What it does.
    pub title: String,
}

/// Where a rewrite is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceOfRewrite {
    /// The line of the original file, counted from 1.
    pub line: usize,
    /// Its transform; `None` for any.
    pub transform: Option<TransformId>,
}

impl PlaceOfRewrite {
    /// Whether a rewrite is shown there.
    pub fn is_of(&self, transform: TransformId, line: usize) -> bool {
        self.line == line && self.transform.is_none_or(|wanted| wanted == transform)
    }
}

impl Scope {
    /// Whether every rewrite may be applied.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a rewrite may be applied that touches these stretches of lines.
    pub fn has(&self, rewrite: &RewriteKey, touched: &[(usize, usize)]) -> bool {
        let named = self.rewrites.as_ref();
        let places = self.places.as_ref();
        let lines = self.lines.as_ref();
        let meets = |&(first, last): &(usize, usize)| {
            let meet = |&(start, end): &(usize, usize)| start <= last && first <= end;
            touched.iter().any(meet)
        };
        named.is_none_or(|named| named.contains(rewrite))
            && places.is_none_or(|places| {
                let mut places = places.iter();
                places.any(|place| place.is_of(rewrite.transform, rewrite.line))
            })
            && lines.is_none_or(|lines| lines.iter().any(meets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MERGE: TransformId = TransformId("merge-runs");

    fn rewrite(line: usize) -> RewriteKey {
        RewriteKey {
            transform: MERGE,
            line,
            title: "join".into(),
        }
    }

    #[test]
    fn lines_meet_where_they_have_one_in_common() {
        let scope = Scope {
            lines: Some(vec![(3, 4), (9, 9)]),
            ..Scope::default()
        };
        assert!(scope.has(&rewrite(1), &[(1, 3)]));
        assert!(scope.has(&rewrite(1), &[(1, 1), (9, 12)]));
        assert!(!scope.has(&rewrite(1), &[(1, 2), (5, 8)]));
    }

    #[test]
    fn a_place_without_a_transform_is_of_any() {
        let at = |transform| Scope {
            places: Some(vec![PlaceOfRewrite { line: 3, transform }]),
            ..Scope::default()
        };
        assert!(at(None).has(&rewrite(3), &[]));
        assert!(at(Some(MERGE)).has(&rewrite(3), &[]));
        assert!(!at(Some(TransformId("other"))).has(&rewrite(3), &[]));
        assert!(!at(None).has(&rewrite(4), &[]));
    }
}

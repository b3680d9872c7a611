//! Where each piece of the present text comes from: kept from the original, or made by rewrites in the place
//! of some of it. The pieces tile both texts in the same order.

use imgfix_syntax::TextRange;

use super::outcome::Change;

/// The pieces of the present text, in order.
#[derive(Clone, Debug)]
pub(super) struct Origins(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it starts in the present text.
    start: usize,
    /// Its length there; nothing is left of what was removed.
    length: usize,
    /// What it stands for in the original.
    original: TextRange,
    /// The rewrites that made it; none where it is kept.
    by: Vec<usize>,
}

/// An edit as the pieces see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Splice {
    /// What is replaced of the present text.
    pub(super) range: TextRange,
    /// The length of what stands there afterwards.
    pub(super) length: usize,
    /// The rewrite that it belongs to.
    pub(super) by: usize,
}

impl Piece {
    fn end(&self) -> usize {
        self.start + self.length
    }

    fn is_kept(&self) -> bool {
        self.by.is_empty()
    }

    /// Whether an edit at `range` takes this piece, or a part of it where it is kept, into its own.
    fn is_touched_by(&self, range: TextRange) -> bool {
        if self.length == 0 {
            range.start() <= self.start && self.start <= range.end()
        } else if range.is_empty() {
            self.start < range.start() && range.start() < self.end()
        } else {
            self.start < range.end() && range.start() < self.end()
        }
    }

    /// Cuts a kept piece in two; `None` where `at` is not inside of it.
    fn split(&self, at: usize) -> Option<(Self, Self)> {
        if !self.is_kept() || at <= self.start || self.end() <= at {
            return None;
        }
        let length = at - self.start;
        let middle = self.original.start() + length;
        Some((
            Self {
                length,
                original: TextRange::new(self.original.start(), middle),
                ..self.clone()
            },
            Self {
                start: at,
                length: self.length - length,
                original: TextRange::new(middle, self.original.end()),
                by: Vec::new(),
            },
        ))
    }
}

impl Origins {
    /// Those of an untouched text.
    pub(super) fn of(text: &str) -> Self {
        Self(vec![Piece {
            start: 0,
            length: text.len(),
            original: TextRange::new(0, text.len()),
            by: Vec::new(),
        }])
    }

    /// Those after `splices`, which are sorted and disjoint.
    pub(super) fn after(&self, splices: &[Splice]) -> Self {
        let mut walk = Walk {
            rest: self.0.iter().cloned().rev().collect(),
            done: Vec::new(),
            made: None,
        };
        for splice in splices {
            walk.splice(*splice);
        }
        walk.finish()
    }

    /// What of the original the present `range` stands for.
    pub(super) fn original(&self, range: TextRange) -> TextRange {
        let start = self.position(range.start(), |piece| piece.original.start());
        if range.is_empty() {
            return TextRange::empty(start);
        }
        // The last byte, not what stands behind it.
        let last = self.at(range.end() - 1);
        let end = if last.is_kept() {
            last.original.start() + range.end() - last.start
        } else {
            last.original.end()
        };
        TextRange::new(start, end.max(start))
    }

    fn position(&self, offset: usize, of_made: impl Fn(&Piece) -> usize) -> usize {
        let piece = self.at(offset);
        if piece.is_kept() {
            piece.original.start() + offset - piece.start
        } else {
            of_made(piece)
        }
    }

    /// The last piece that begins at or before `offset`.
    fn at(&self, offset: usize) -> &Piece {
        let behind = self.0.partition_point(|piece| piece.start <= offset);
        &self.0[behind.saturating_sub(1)]
    }

    /// What differs, in the order of the original. `text` is the present text.
    pub(super) fn changes(&self, text: &str) -> Vec<Change> {
        let made = self.0.iter().filter(|piece| !piece.is_kept());
        made.map(|piece| Change {
            original: piece.original,
            text: text[piece.start..piece.end()].to_owned(),
            rewrites: piece.by.clone(),
        })
        .collect()
    }
}

/// One walk over the pieces and the edits of a pass.
struct Walk {
    /// The pieces to come, the next one last.
    rest: Vec<Piece>,
    done: Vec<Piece>,
    /// The piece that an edit is making, with its end in the text before the pass.
    made: Option<(Piece, usize)>,
}

impl Walk {
    fn splice(&mut self, splice: Splice) {
        let Splice { range, length, by } = splice;
        let is_inside = |&(_, end): &(Piece, usize)| range.start() < end;
        let open = self.made.take_if(|made| is_inside(made));
        let (mut piece, mut end) = open.unwrap_or_else(|| self.begin(range));
        while let Some(next) = self.rest.pop_if(|next| next.is_touched_by(range)) {
            let next = match next.split(range.end()) {
                Some((taken, left)) => {
                    self.rest.push(left);
                    taken
                }
                None => next,
            };
            end = end.max(next.end());
            piece.length += next.length;
            piece.original = piece.original.cover(next.original);
            piece.by.extend(&next.by);
        }
        piece.length = piece.length + length - range.len();
        piece.by.push(by);
        piece.by.sort_unstable();
        piece.by.dedup();
        self.made = Some((piece, end.max(range.end())));
    }

    /// Closes what was made before, and begins a piece where an edit at `range` does.
    fn begin(&mut self, range: TextRange) -> (Piece, usize) {
        self.close();
        self.keep_before(range);
        let piece = Piece {
            start: 0,
            length: 0,
            original: TextRange::empty(self.original_position()),
            by: Vec::new(),
        };
        (piece, range.end())
    }

    /// Moves on to the first piece that an edit at `range` touches, or to its place.
    fn keep_before(&mut self, range: TextRange) {
        let start = range.start();
        let is_before =
            |next: &mut Piece| next.start < start && (next.is_kept() || !next.is_touched_by(range));
        while let Some(next) = self.rest.pop_if(is_before) {
            match next.split(start) {
                Some((kept, left)) => {
                    self.done.push(kept);
                    self.rest.push(left);
                    return;
                }
                None => self.done.push(next),
            }
        }
    }

    fn original_position(&self) -> usize {
        match (self.rest.last(), self.done.last()) {
            (Some(next), _) => next.original.start(),
            (None, Some(last)) => last.original.end(),
            (None, None) => 0,
        }
    }

    fn close(&mut self) {
        if let Some((piece, _)) = self.made.take() {
            self.done.push(piece);
        }
    }

    fn finish(mut self) -> Origins {
        self.close();
        self.done.extend(self.rest.into_iter().rev());
        let mut start = 0;
        for piece in &mut self.done {
            piece.start = start;
            start += piece.length;
        }
        Origins(self.done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Replaces `range` by a text, one splice after another within one pass.
    fn pass(
        origins: &Origins,
        text: &str,
        edits: &[(usize, usize, &str, usize)],
    ) -> (Origins, String) {
        let splices: Vec<Splice> = edits
            .iter()
            .map(|&(start, end, new, by)| Splice {
                range: TextRange::new(start, end),
                length: new.len(),
                by,
            })
            .collect();
        let (mut after, mut at) = (String::new(), 0);
        for (start, end, new, _) in edits {
            after.push_str(&text[at..*start]);
            after.push_str(new);
            at = *end;
        }
        after.push_str(&text[at..]);
        (origins.after(&splices), after)
    }

    fn undone(original: &str, changes: &[Change]) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for change in changes {
            out.push_str(&original[at..change.original.start()]);
            out.push_str(&change.text);
            at = change.original.end();
        }
        out.push_str(&original[at..]);
        out
    }

    fn shown(changes: &[Change]) -> Vec<(std::ops::Range<usize>, &str, &[usize])> {
        changes
            .iter()
            .map(|change| {
                let range = change.original.start()..change.original.end();
                (range, change.text.as_str(), change.rewrites.as_slice())
            })
            .collect()
    }

    #[test]
    fn edits_of_a_pass_stand_for_what_they_replace() {
        let original = "0123456789";
        let origins = Origins::of(original);
        let (origins, text) = pass(
            &origins,
            original,
            &[(2, 4, "ab", 0), (6, 6, "x", 1), (9, 10, "", 2)],
        );
        assert_eq!(text, "01ab45x678");
        let changes = origins.changes(&text);
        assert_eq!(
            shown(&changes),
            [(2..4, "ab", &[0][..]), (6..6, "x", &[1]), (9..10, "", &[2])]
        );
        assert_eq!(undone(original, &changes), text);
        assert_eq!(origins.original(TextRange::new(4, 6)), TextRange::new(4, 6));
        assert_eq!(origins.original(TextRange::new(3, 8)), TextRange::new(2, 7));
    }

    #[test]
    fn an_edit_of_what_another_one_made_belongs_to_both() {
        let original = "0123456789";
        let (origins, text) = pass(&Origins::of(original), original, &[(2, 4, "abcd", 0)]);
        let (origins, text) = pass(
            &origins,
            &text,
            &[(3, 4, "B", 1), (4, 5, "", 2), (7, 8, "y", 3)],
        );
        assert_eq!(text, "01aBd4y6789");
        let changes = origins.changes(&text);
        assert_eq!(
            shown(&changes),
            [(2..4, "aBd", &[0, 1, 2][..]), (5..6, "y", &[3])]
        );
        let (origins, text) = pass(&origins, &text, &[(1, 7, "z", 4)]);
        assert_eq!(
            shown(&origins.changes(&text)),
            [(1..6, "z", &[0, 1, 2, 3, 4][..])]
        );
    }

    #[test]
    fn every_sequence_of_edits_leads_back_to_the_text() {
        // A small generator of its own: the same edits in every run.
        let mut state = 7_u64;
        let mut next = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(state >> 33).expect("31 bits") % below
        };
        for _ in 0..2_000 {
            let original = "abcdefghijklmnop";
            let (mut origins, mut text) = (Origins::of(original), original.to_owned());
            for round in 0..4 {
                let mut edits = Vec::new();
                let mut at = 0;
                while at < text.len() && edits.len() < 3 {
                    let start = at + next(text.len() - at + 1);
                    let end = (start + next(4)).min(text.len());
                    edits.push((start, end, ["", "X", "YZ"][next(3)], round));
                    at = end + 1;
                }
                (origins, text) = pass(&origins, &text, &edits);
                let changes = origins.changes(&text);
                assert_eq!(undone(original, &changes), text);
                for piece in changes.windows(2) {
                    assert!(piece[0].original.end() <= piece[1].original.start());
                }
                let whole = origins.original(TextRange::new(0, text.len()));
                assert!(whole.end() <= original.len());
            }
        }
    }
}

//! Instructions that move as a whole, with what belongs to them.

use imgfix_syntax::{ItemKind, TextRange};

use crate::model::Model;

/// An instruction with the comment lines directly above it that go with it, up to its line end.
pub struct Block {
    /// Where it stands.
    pub range: TextRange,
    /// The blank lines behind it.
    pub gap: TextRange,
    /// Whether a blank line stands between it and what follows.
    pub is_apart: bool,
    /// Whether one stands above it.
    pub is_below_blank: bool,
}

/// Words of comments that speak of what stays rather than of what moves.
const OF_INSTALL: &[&str] = &[
    "depend",
    "install",
    "requirement",
    "package",
    "manifest",
    "librar",
];

impl Block {
    /// The block of an item. Comments that speak of an install stay where they are, if something does.
    pub fn of(model: &Model, item: usize, something_stays: bool) -> Self {
        let items = &model.file.items;
        let is_comment = |at: usize| matches!(items[at].kind, ItemKind::Comment);
        let is_blank = |at: usize| items[at].range.slice(&model.text).trim().is_empty();
        let mut first = item;
        while first > 0 && is_comment(first - 1) {
            first -= 1;
        }
        let comments = &model.text[items[first].range.start()..items[item].range.start()];
        let comments = comments.to_ascii_lowercase();
        let of_install = OF_INSTALL.iter().any(|word| comments.contains(word));
        if something_stays && of_install {
            first = item;
        }
        let range = TextRange::new(items[first].range.start(), items[item].range.end());
        let mut next = item + 1;
        while next < items.len() && is_blank(next) {
            next += 1;
        }
        Self {
            range,
            gap: TextRange::new(range.end(), items[next - 1].range.end()),
            is_apart: next > item + 1 && next < items.len(),
            is_below_blank: first > 0 && is_blank(first - 1),
        }
    }

    /// Its text, without the last line end.
    pub fn text<'m>(&self, model: &'m Model) -> &'m str {
        let text = self.range.slice(&model.text);
        text.trim_end_matches(['\r', '\n'])
    }

    /// What goes where nothing stays in its place: with the blank lines behind it where some stand above it.
    pub fn whole(&self) -> TextRange {
        if self.is_below_blank {
            self.range.cover(self.gap)
        } else {
            self.range
        }
    }
}

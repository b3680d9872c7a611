//! Places in a text, in the units that the formats count in.

use imgfix_syntax::{LineIndex, TextRange};
use schemars::JsonSchema;
use serde::Serialize;

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Region {
    /// Where it starts.
    pub start: Position,
    /// One past its last character.
    pub end: Position,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Position {
    /// In bytes from the start of the file.
    pub offset: usize,
    /// The line, counted from 1. Lines end at `\n`.
    pub line: usize,
    /// The column in bytes of UTF-8, counted from 1.
    pub column: usize,
    /// The column in units of UTF-16, counted from 1.
    pub utf16_column: usize,
}

/// Finds places in a text.
pub(super) struct Positions<'a> {
    text: &'a str,
    index: LineIndex,
}

impl<'a> Positions<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            index: LineIndex::new(text),
        }
    }

    /// The place that a message about `line` speaks of. Where it was made of other lines, it is the line alone.
    pub(super) fn region(&self, line: usize, place: TextRange) -> Region {
        let start = self.index.start(line).unwrap_or(place.start());
        let behind = self.index.start(line + 1).unwrap_or(self.text.len());
        let place = if (start..behind.max(start + 1)).contains(&place.start()) {
            place
        } else {
            TextRange::new(start, behind)
        };
        let shown = place.slice(self.text).trim_end_matches(['\r', '\n']);
        Region {
            start: self.position(place.start()),
            end: self.position(place.start() + shown.len()),
        }
    }

    /// The place at an offset.
    pub(super) fn position(&self, offset: usize) -> Position {
        let column = self.index.column(offset);
        let before = &self.text[offset + 1 - column..offset];
        Position {
            offset,
            line: self.index.line(offset),
            column,
            utf16_column: before.encode_utf16().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(text: &str, line: usize, place: (usize, usize)) -> Region {
        Positions::new(text).region(line, TextRange::new(place.0, place.1))
    }

    #[test]
    fn columns_are_counted_in_bytes_and_in_utf_16() {
        let text = "FROM a\n# 𝄞é RUN\r\n";
        let found = region(text, 2, (16, 19));
        assert_eq!(&text[16..19], "RUN");
        assert_eq!(
            (
                found.start.line,
                found.start.column,
                found.start.utf16_column
            ),
            (2, 10, 7)
        );
        assert_eq!(found.end.column, 13);
    }

    #[test]
    fn newlines_at_the_end_are_left_out() {
        let found = region("FROM a\r\nRUN b\r\n", 1, (0, 8));
        assert_eq!((found.end.line, found.end.column), (1, 7));
    }

    #[test]
    fn a_place_that_begins_in_another_line_gives_way_to_the_line() {
        let found = region("FROM a\nRUN b\nRUN c\n", 3, (0, 19));
        assert_eq!((found.start.line, found.start.column), (3, 1));
        assert_eq!((found.end.line, found.end.column), (3, 6));
    }
}

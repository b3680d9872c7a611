//! The text of a document as an editor speaks of it: lines end at `\n`, `\r\n` or `\r`, and a column counts
//! units of UTF-16.
//! <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#textDocuments>

use lsp_types::{Position, Range, TextDocumentContentChangeEvent};

/// A text, and where its lines start.
#[derive(Debug)]
pub(super) struct Text {
    text: String,
    /// The first byte of each line; the last line may be empty.
    starts: Vec<usize>,
}

impl Text {
    /// A text as it was opened.
    pub(super) fn new(text: String) -> Self {
        let starts = line_starts(&text);
        Self { text, starts }
    }

    /// All of it.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Makes a change: of the place that it names, or of everything.
    pub(super) fn apply(&mut self, change: TextDocumentContentChangeEvent) {
        match change.range {
            None => self.text = change.text,
            Some(range) => {
                let (start, end) = self.offsets(range);
                self.text.replace_range(start..end, &change.text);
            }
        }
        self.starts = line_starts(&self.text);
    }

    /// The bytes of a range; where its ends are exchanged, those between them.
    pub(super) fn offsets(&self, range: Range) -> (usize, usize) {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        (start.min(end), start.max(end))
    }

    /// The byte at a position. Behind the end of a line, that end is meant; behind the last line, the end of
    /// the text; within a character, its start.
    pub(super) fn offset(&self, position: Position) -> usize {
        let Some((start, end)) = self.line(position.line as usize) else {
            return self.text.len();
        };
        let mut units = 0;
        for (at, char) in self.text[start..end].char_indices() {
            units += char.len_utf16();
            if units > position.character as usize {
                return start + at;
            }
        }
        end
    }

    /// The range between two bytes.
    pub(super) fn range(&self, start: usize, end: usize) -> Range {
        Range::new(self.position(start), self.position(end))
    }

    /// The position of a byte, which begins a character. Within the end of a line, it is before that end.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let (start, end) = self.line(line).expect("the line of a byte is there");
        let before = &self.text[start..offset.min(end)];
        let units = before.chars().map(char::len_utf16).sum::<usize>();
        Position::new(number(line), number(units))
    }

    /// The bytes of a line, without what ends it.
    fn line(&self, line: usize) -> Option<(usize, usize)> {
        let start = *self.starts.get(line)?;
        let behind = self.starts.get(line + 1).copied();
        let text = &self.text[start..behind.unwrap_or(self.text.len())];
        let ending = match behind {
            None => 0,
            Some(_) if text.ends_with("\r\n") => 2,
            Some(_) => 1,
        };
        Some((start, start + text.len() - ending))
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|&(at, &byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0)
        .chain(ends.map(|(at, _)| at + 1))
        .collect()
}

/// A line or column; a document is never so long that it does not fit.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position::new(line, character)
    }

    #[test]
    fn columns_count_units_of_utf_16() {
        let text = Text::new("# a𝄞b\nRUN é\n".to_owned());
        assert_eq!(text.position(8), at(0, 6));
        assert_eq!(text.offset(at(0, 6)), 8);
        assert_eq!(&text.as_str()[7..8], "b");
        // Within a pair of surrogates is before the character.
        assert_eq!(text.offset(at(0, 4)), 3);
        assert_eq!(text.offset(at(1, 5)), text.as_str().len() - 1);
    }

    #[test]
    fn lines_end_in_three_ways() {
        let text = Text::new("a\r\nb\rc\nd".to_owned());
        let starts: Vec<usize> = (0..4).map(|line| text.offset(at(line, 0))).collect();
        assert_eq!(starts, [0, 3, 5, 7]);
        // Behind the end of a line is that end, and not behind what ends it.
        assert_eq!(text.offset(at(0, 99)), 1);
        assert_eq!(text.position(2), at(0, 1));
        assert_eq!(text.offset(at(9, 0)), 8);
    }

    #[test]
    fn a_byte_order_mark_is_a_character() {
        let text = Text::new("\u{feff}FROM a\n".to_owned());
        assert_eq!(text.position(3), at(0, 1));
        assert_eq!(text.offset(at(0, 1)), 3);
    }

    #[test]
    fn behind_the_last_newline_is_a_line() {
        let text = Text::new("a\n".to_owned());
        assert_eq!(text.position(2), at(1, 0));
        assert_eq!(text.offset(at(1, 0)), 2);
        assert_eq!(Text::new(String::new()).position(0), at(0, 0));
    }

    #[test]
    fn a_range_the_wrong_way_round_is_the_same_range() {
        let text = Text::new("FROM a\n".to_owned());
        assert_eq!(text.offsets(Range::new(at(0, 6), at(0, 5))), (5, 6));
    }

    proptest! {
        /// A position leads back to its byte, wherever a character begins that is not within the end of a line.
        #[test]
        fn positions_lead_back(text in "[aé𝄞\u{feff}\r\n]{0,24}") {
            let document = Text::new(text.clone());
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let is_within = offset > 0 && text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                if !is_within {
                    prop_assert_eq!(document.offset(document.position(offset)), offset);
                }
            }
        }

        /// Changes of pieces end in the same text, and the same lines, as the whole text sent anew.
        #[test]
        fn changes_add_up(
            text in "[aé𝄞\r\n]{0,16}",
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[b𝄞\r\n]{0,4}"), 0..6),
        ) {
            let mut document = Text::new(text.clone());
            let mut expected = text;
            for (one, other, piece) in changes {
                // An editor names no place within the end of a line.
                let places: Vec<usize> = (0..=expected.len())
                    .filter(|&at| expected.is_char_boundary(at))
                    .filter(|&at| !(expected[..at].ends_with('\r') && expected[at..].starts_with('\n')))
                    .collect();
                let (one, other) = (places[one.index(places.len())], places[other.index(places.len())]);
                let (start, end) = (one.min(other), one.max(other));
                let range = document.range(start, end);
                document.apply(TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: piece.clone() });
                expected.replace_range(start..end, &piece);
            }
            prop_assert_eq!(document.as_str(), &expected);
            prop_assert_eq!(document.starts, line_starts(&expected));
        }
    }
}

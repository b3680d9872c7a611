//! An instruction's text as Docker joins it, and where each byte of it came from.
//!
//! Docker removes escape-newline pairs, comment lines and blank lines inside an instruction before it
//! looks at the rest. What reads the joined text (the word readers, the shell reader) works with
//! *logical* offsets; a [`LogicalText`] maps them back to the file.

use crate::text::TextRange;

/// A run of bytes that stand together in the file as in the joined text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    /// Offset of its first byte in the joined text.
    logical: usize,
    /// Where its bytes stand in the file.
    source: TextRange,
}

/// Joined text with its origin.
///
/// Invariant: segments are in order in both texts, and their lengths add up to the text's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogicalText {
    text: String,
    segments: Vec<Segment>,
    /// Where an empty text stands in the file.
    origin: usize,
}

impl LogicalText {
    /// An empty text that stands at `origin` in the file.
    pub fn new(origin: usize) -> Self {
        Self {
            text: String::new(),
            segments: Vec::new(),
            origin,
        }
    }

    /// Appends the bytes of `file` in `range`.
    pub fn push(&mut self, file: &str, range: TextRange) {
        if range.is_empty() {
            return;
        }
        match self.segments.last_mut() {
            Some(last) if last.source.end() == range.start() => {
                last.source = last.source.cover(range);
            }
            _ => self.segments.push(Segment {
                logical: self.text.len(),
                source: range,
            }),
        }
        self.text.push_str(range.slice(file));
    }

    /// The joined text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Maps an offset to the file. The end of the text maps to the end of its last byte.
    pub fn to_source(&self, offset: usize) -> usize {
        let after = self
            .segments
            .partition_point(|segment| segment.logical <= offset);
        let Some(segment) = after.checked_sub(1).map(|at| self.segments[at]) else {
            return self.origin;
        };
        (segment.source.start() + offset - segment.logical).min(segment.source.end())
    }

    /// Maps a range to the file: from its first byte to the end of its last byte, with whatever
    /// (continuations, comment lines) stands between them there.
    pub fn range_to_source(&self, range: TextRange) -> TextRange {
        let start = self.to_source(range.start());
        if range.is_empty() {
            return TextRange::empty(start);
        }
        TextRange::new(start, self.to_source(range.end() - 1) + 1)
    }

    /// Cuts out a part of the text, its origin kept.
    #[must_use]
    pub fn sub(&self, range: TextRange) -> Self {
        let mut sub = Self::new(self.to_source(range.start()));
        sub.text.push_str(range.slice(&self.text));
        for segment in &self.segments {
            let start = segment.logical.max(range.start());
            let end = (segment.logical + segment.source.len()).min(range.end());
            if start < end {
                let source = TextRange::new(start, end).shifted(segment.source.start());
                let source = TextRange::new(
                    source.start() - segment.logical,
                    source.end() - segment.logical,
                );
                sub.segments.push(Segment {
                    logical: start - range.start(),
                    source,
                });
            }
        }
        sub
    }
}

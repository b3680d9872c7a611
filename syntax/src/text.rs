//! Positions in a text: byte ranges, line numbers, newline style.
//!
//! Everything a reader of this package reports is a [`TextRange`] into the text it was given; the
//! text itself is never copied into the tree. All offsets are in bytes.

use std::fmt;

/// A half-open range of bytes, `start..end`.
///
/// Invariant: `start <= end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextRange {
    start: usize,
    end: usize,
}

impl TextRange {
    /// Makes the range `start..end`.
    ///
    /// # Panics
    /// When `start > end`.
    pub const fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a range ends before it starts");
        Self { start, end }
    }

    /// Makes the empty range at `offset`.
    pub const fn empty(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end
    }

    /// The number of bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies in the range; its end does not.
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies in the range as a whole.
    pub const fn contains_range(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The range moved `by` bytes towards the end.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The bytes of `text` in the range.
    ///
    /// # Panics
    /// When the range leaves `text` or cuts a character.
    pub fn slice(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl fmt::Debug for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<std::ops::Range<usize>> for TextRange {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<TextRange> for std::ops::Range<usize> {
    fn from(range: TextRange) -> Self {
        range.start..range.end
    }
}

/// The newline that a text ends most of its lines with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NewlineStyle {
    /// `\n`.
    #[default]
    Lf,
    /// `\r\n`.
    CrLf,
}

impl NewlineStyle {
    /// Tells the style of `text`: the more frequent one, `\n` where there is none.
    pub fn of(text: &str) -> Self {
        let newlines = text.bytes().filter(|&byte| byte == b'\n').count();
        let crlf = text.matches("\r\n").count();
        if crlf * 2 > newlines {
            Self::CrLf
        } else {
            Self::Lf
        }
    }

    /// The newline itself.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

/// Finds line and column of an offset; made once for a text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`. Lines end at `\n`.
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        Self {
            starts: std::iter::once(0)
                .chain(ends.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// Where a line starts, counted from 1; `None` behind the last one.
    pub fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line.checked_sub(1)?).copied()
    }

    /// The line that holds `offset`, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// The first and the last line that `range` has a byte of; for an empty one, the line that it is in.
    pub fn lines(&self, range: TextRange) -> (usize, usize) {
        let last = if range.is_empty() {
            range.end()
        } else {
            range.end() - 1
        };
        (self.line(range.start()), self.line(last))
    }

    /// The column of `offset` in bytes, counted from 1.
    pub fn column(&self, offset: usize) -> usize {
        offset - self.starts[self.line(offset) - 1] + 1
    }
}

//! The line discipline: what a line is, and how an instruction's lines are joined.
//!
//! The comment test comes before the continuation test, blank continuation lines are skipped, and an
//! escape character that follows another one does not continue (`BuildKit`'s pattern is
//! `([^\\])\\[ \t]*$|^\\[ \t]*$`).

use crate::logical::LogicalText;
use crate::text::TextRange;

/// The longest line that `BuildKit`'s scanner takes, its `\n` included, in bytes (`bufio.MaxScanTokenSize`).
const LONGEST_LINE: usize = 64 * 1024;

/// The lines of a text, one after the other.
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
    too_long: Vec<TextRange>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            too_long: Vec::new(),
        }
    }

    /// Where the next line starts.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Goes on at `offset`.
    pub(crate) fn skip_to(&mut self, offset: usize) {
        self.at = offset;
    }

    /// The lines seen so far that are longer than `BuildKit` takes.
    pub(crate) fn too_long(&self) -> &[TextRange] {
        &self.too_long
    }
}

impl Iterator for Lines<'_> {
    type Item = TextRange;

    /// The next line, its line end included.
    fn next(&mut self) -> Option<TextRange> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let newline = rest.find('\n');
        let line = TextRange::new(self.at, self.at + newline.map_or(rest.len(), |at| at + 1));
        self.at = line.end();
        if line.len() + usize::from(newline.is_none()) > LONGEST_LINE {
            self.too_long.push(line);
        }
        Some(line)
    }
}

/// A line without its line end: all `\r` and `\n` at its end are cut.
pub(crate) fn content(text: &str, line: TextRange) -> TextRange {
    let content = line.slice(text).trim_end_matches(['\r', '\n']);
    TextRange::new(line.start(), line.start() + content.len())
}

/// Whether a line is a comment.
pub(crate) fn starts_comment(content: &str) -> bool {
    content.trim_start().starts_with('#')
}

/// What stands before the continuation of a line; none where the line is not continued.
pub(crate) fn strip_continuation(content: &str, escape: char) -> Option<&str> {
    let before = content.trim_end_matches([' ', '\t']).strip_suffix(escape)?;
    (!before.ends_with(escape)).then_some(before)
}

/// An instruction's lines as Docker joins them.
pub(crate) struct Joined {
    /// The joined text.
    pub(crate) line: LogicalText,
    /// The end of the last joined line, before its line end.
    pub(crate) end: usize,
    /// The comment lines between, from `#`.
    pub(crate) comments: Vec<TextRange>,
    /// The blank lines between.
    pub(crate) blanks: Vec<TextRange>,
    /// Whether the file ends where a further line should be.
    pub(crate) dangling: bool,
}

impl Joined {
    /// Joins the line whose content is `first` with those that continue it.
    pub(crate) fn read(text: &str, first: TextRange, lines: &mut Lines<'_>, escape: char) -> Self {
        let indent = first.len() - first.slice(text).trim_start().len();
        let first = TextRange::new(first.start() + indent, first.end());
        let mut joined = Self {
            line: LogicalText::new(first.start()),
            end: first.end(),
            comments: Vec::new(),
            blanks: Vec::new(),
            dangling: false,
        };
        let mut continued = joined.push(text, first, escape);
        while continued {
            let Some(line) = lines.next() else {
                joined.dangling = true;
                break;
            };
            let content = content(text, line);
            let written = content.slice(text);
            let trimmed = written.trim_start();
            if trimmed.starts_with('#') {
                let start = content.end() - trimmed.len();
                joined.comments.push(TextRange::new(start, content.end()));
            } else if trimmed.is_empty() {
                joined.blanks.push(line);
            } else {
                continued = joined.push(text, content, escape);
            }
        }
        joined
    }

    /// Appends a line; tells whether the next one belongs to it.
    fn push(&mut self, text: &str, content: TextRange, escape: char) -> bool {
        self.end = content.end();
        let before = strip_continuation(content.slice(text), escape);
        let len = before.map_or(content.len(), str::len);
        let kept = TextRange::new(content.start(), content.start() + len);
        self.line.push(text, kept);
        before.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(text: &str) -> Joined {
        let mut lines = Lines::new(text);
        let first = lines.next().expect("a line");
        Joined::read(text, content(text, first), &mut lines, '\\')
    }

    #[test]
    fn an_escaped_escape_does_not_continue() {
        assert_eq!(strip_continuation(r"a \\", '\\'), None);
        assert_eq!(strip_continuation(r"a \\\", '\\'), None);
        assert_eq!(strip_continuation(r"a \", '\\'), Some("a "));
        assert_eq!(strip_continuation("\\ \t", '\\'), Some(""));
        assert_eq!(strip_continuation(r"\ \", '\\'), Some(r"\ "));
        assert_eq!(strip_continuation("a `", '`'), Some("a "));
    }

    #[test]
    fn comments_and_blank_lines_between_are_left_out() {
        let joined = join("RUN a \\\r\n  # c \\\r\n\r\n\t b\r\nRUN c");
        assert_eq!(joined.line.as_str(), "RUN a \t b");
        assert_eq!(joined.comments.len(), 1);
        assert_eq!(joined.blanks.len(), 1);
        assert!(!joined.dangling);
    }

    #[test]
    fn a_carriage_return_before_trailing_blanks_is_no_line_end() {
        assert_eq!(join("RUN a \\\r \nRUN b").line.as_str(), "RUN a \\\r ");
    }

    #[test]
    fn a_file_that_ends_in_a_continuation_dangles() {
        let joined = join("RUN a \\\n# c\n");
        assert_eq!(joined.line.as_str(), "RUN a ");
        assert!(joined.dangling);
    }
}

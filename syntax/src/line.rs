//! BuildKit's line discipline: how lines become the joined text of an instruction.
//!
//! The comment test comes before the continuation test, blank lines in a continued instruction are
//! skipped, and the escape character continues a line only where no other escape character stands
//! before it: `\\` at the end of a line is none.

use crate::logical::LogicalText;
use crate::text::TextRange;

/// A line of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// The line with its line end.
    pub(crate) full: TextRange,
    /// The line without `\n` and the carriage returns before it.
    pub(crate) content: TextRange,
}

/// The line that starts at `start`; lines end at `\n`.
pub(crate) fn line_at(text: &str, start: usize) -> Line {
    let rest = &text[start..];
    let end = start + rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    let content = text[start..end].trim_end_matches(['\r', '\n']);
    Line {
        full: TextRange::new(start, end),
        content: TextRange::new(start, start + content.len()),
    }
}

/// The content without the white space at its start.
pub(crate) fn trim_start(text: &str, range: TextRange) -> TextRange {
    let trimmed = range.slice(text).trim_start();
    TextRange::new(range.end() - trimmed.len(), range.end())
}

/// Whether a line, trimmed at its start, is a comment: `#` up to its end, which a bare carriage return
/// does not make, but any other character is part of.
pub(crate) fn is_comment(text: &str, trimmed: TextRange) -> bool {
    trimmed.slice(text).starts_with('#')
}

/// Cuts the escape character and the blanks behind it from the end of a line; `None` where the line does
/// not continue.
pub(crate) fn without_continuation(
    text: &str,
    content: TextRange,
    escape: char,
) -> Option<TextRange> {
    let line = content.slice(text).trim_end_matches([' ', '\t']);
    let before = line.strip_suffix(escape)?;
    (!before.ends_with(escape))
        .then(|| TextRange::new(content.start(), content.start() + before.len()))
}

/// The lines of an instruction.
pub(crate) struct JoinedLines {
    /// The joined text, not trimmed at its end.
    pub(crate) text: LogicalText,
    /// The comment lines in it, from `#` to the line's end.
    pub(crate) comments: Vec<TextRange>,
    /// Its last line that is not skipped over, without its line end.
    pub(crate) content_end: usize,
    /// One past its last line.
    pub(crate) end: usize,
    /// A blank line in it, where there is one.
    pub(crate) empty_continuation: Option<TextRange>,
    /// Whether the file ends in the middle of it.
    pub(crate) is_cut_off: bool,
}

/// Joins the lines from `first` on.
pub(crate) fn join(text: &str, first: Line, escape: char) -> JoinedLines {
    let content = trim_start(text, first.content);
    let mut joined = JoinedLines {
        text: LogicalText::new(content.start()),
        comments: Vec::new(),
        content_end: content.end(),
        end: first.full.end(),
        empty_continuation: None,
        is_cut_off: false,
    };
    let mut continues = joined.take(text, content, escape);
    while continues {
        if joined.end == text.len() {
            joined.is_cut_off = true;
            break;
        }
        let line = line_at(text, joined.end);
        joined.end = line.full.end();
        let trimmed = trim_start(text, line.content);
        if is_comment(text, trimmed) {
            joined.comments.push(trimmed);
        } else if trimmed.is_empty() {
            joined.empty_continuation = joined.empty_continuation.or(Some(line.full));
        } else {
            joined.content_end = line.content.end();
            continues = joined.take(text, line.content, escape);
        }
    }
    joined
}

impl JoinedLines {
    /// Appends a line; tells whether it continues.
    fn take(&mut self, text: &str, content: TextRange, escape: char) -> bool {
        let continued = without_continuation(text, content, escape);
        self.text.push(text, continued.unwrap_or(content));
        continued.is_some()
    }
}

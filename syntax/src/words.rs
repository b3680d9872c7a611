//! Words of the instructions that Docker itself reads: separated by blanks, or by Docker's quoting.

use crate::file::Word;
use crate::logical::LogicalText;
use crate::text::TextRange;
use crate::variable;

/// Makes a word of a range of the joined text.
pub(crate) fn word(text: &LogicalText, range: TextRange, escape: char) -> Word {
    let raw = range.slice(text.as_str());
    let variables = variable::references(text, range, escape);
    Word {
        range: text.range_to_source(range),
        text: raw.to_owned(),
        variables,
    }
}

/// The ranges between blanks. An empty text has none.
pub(crate) fn split_blanks(text: &str, range: TextRange) -> Vec<TextRange> {
    let is_blank = |char: char| matches!(char, ' ' | '\t' | '\u{b}' | '\u{c}' | '\r');
    let mut ranges = Vec::new();
    let mut start = None;
    for (at, char) in range.slice(text).char_indices() {
        let at = range.start() + at;
        match (is_blank(char), start) {
            (true, Some(from)) => {
                ranges.push(TextRange::new(from, at));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    ranges.extend(start.map(|from| TextRange::new(from, range.end())));
    ranges
}

/// The ranges of words in which quotes and the escape character protect blanks.
pub(crate) fn split_quoted(text: &str, range: TextRange, escape: char) -> Vec<TextRange> {
    let mut ranges = Vec::new();
    let mut start: Option<usize> = None;
    let mut quote = None;
    let mut chars = range.slice(text).char_indices();
    while let Some((offset, char)) = chars.next() {
        let at = range.start() + offset;
        if quote.is_none() && char.is_whitespace() {
            ranges.extend(start.take().map(|from| TextRange::new(from, at)));
            continue;
        }
        start = start.or(Some(at));
        match (quote, char) {
            (None, '\'' | '"') => quote = Some(char),
            (Some(open), char) if open == char => quote = None,
            (open, char)
                if char == escape && open != Some('\'')
                // At the very end the escape character itself is dropped.
                && chars.next().is_none() =>
            {
                ranges.extend(
                    start
                        .take()
                        .filter(|&from| from < at)
                        .map(|from| TextRange::new(from, at)),
                );
            }
            _ => {}
        }
    }
    ranges.extend(start.map(|from| TextRange::new(from, range.end())));
    ranges
}

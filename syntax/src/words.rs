//! Two ways to cut a body into words: at blanks, and at white space outside quotes.

use crate::text::TextRange;

/// The white space that separates words and ends a keyword. Line ends never get here; other Unicode
/// spaces do not separate.
pub(crate) const BLANKS: [char; 5] = ['\t', '\u{b}', '\u{c}', '\r', ' '];

/// Cuts at blanks, whatever quotes say (FROM, EXPOSE, and ADD, COPY, VOLUME without JSON).
pub(crate) fn at_blanks(text: &str) -> Vec<TextRange> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in text.split(BLANKS) {
        if !part.is_empty() {
            words.push(TextRange::new(at, at + part.len()));
        }
        at += part.len() + 1;
    }
    words
}

/// Cuts at white space that is neither quoted nor escaped (ENV, LABEL, ARG). Quotes are kept; an
/// escape character at the very end belongs to no word.
pub(crate) fn outside_quotes(text: &str, escape: char) -> Vec<TextRange> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut end = text.len();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if quote.is_none() && c.is_whitespace() {
            if let Some(start) = start.take() {
                words.push(TextRange::new(start, at));
            }
            continue;
        }
        start.get_or_insert(at);
        if quote == Some(c) {
            quote = None;
        } else if quote.is_none() && matches!(c, '\'' | '"') {
            quote = Some(c);
        }
        if c == escape && quote != Some('\'') && chars.next().is_none() {
            end = at;
        }
    }
    if let Some(start) = start.filter(|&start| start < end) {
        words.push(TextRange::new(start, end));
    }
    words
}

/// The text without white space at both ends, as a range in it.
pub(crate) fn trimmed(text: &str) -> TextRange {
    let start = text.len() - text.trim_start().len();
    TextRange::new(start, start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        outside_quotes(text, '\\')
            .into_iter()
            .map(|range| range.slice(text))
            .collect()
    }

    #[test]
    fn quotes_and_escapes_hold_a_word_together() {
        assert_eq!(
            quoted(r#"a="b c" d=e\ f g='h \' i"#),
            [r#"a="b c""#, r"d=e\ f", r"g='h \'", "i"]
        );
        assert_eq!(quoted(r#"a="b\" c" d"#), [r#"a="b\" c""#, "d"]);
        assert_eq!(quoted(r#"a="b c"#), [r#"a="b c"#]);
    }

    #[test]
    fn a_last_escape_belongs_to_no_word() {
        assert_eq!(quoted(r"a=b\"), ["a=b"]);
        assert!(quoted(r"\").is_empty());
    }

    #[test]
    fn only_blanks_separate_in_the_plain_cut() {
        let text = "a\u{a0}b \t 'c d'";
        let words: Vec<_> = at_blanks(text).into_iter().map(|r| r.slice(text)).collect();
        assert_eq!(words, ["a\u{a0}b", "'c", "d'"]);
    }
}

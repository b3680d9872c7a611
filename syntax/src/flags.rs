//! The flags between an instruction's keyword and its arguments.

use crate::file::Flag;
use crate::logical::LogicalText;
use crate::text::TextRange;

/// Reads the flags of `text` from `at` on; gives them and where the arguments start.
///
/// Docker removes quotes and backslashes from flags, whatever the escape character is, and stops at a
/// lone `--`.
pub(crate) fn read(text: &LogicalText, mut at: usize) -> (Vec<Flag>, usize) {
    let all = text.as_str();
    let mut flags = Vec::new();
    loop {
        at += all[at..].len() - all[at..].trim_start().len();
        if !all[at..].starts_with("--") {
            return (flags, at);
        }
        let (word, end) = word(&all[at..]);
        let range = TextRange::new(at, at + end);
        at += end;
        if word == "--" {
            return (flags, at);
        }
        flags.push(flag(text, range, &word));
    }
}

/// The first word of `text` without its quotes, and where it ends.
fn word(text: &str) -> (String, usize) {
    let mut word = String::new();
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        match (quote, char) {
            (None, char) if char.is_whitespace() => return (word, at),
            (None, '\'' | '"') => quote = Some(char),
            (Some(open), char) if open == char => quote = None,
            (_, '\\') => word.extend(chars.next().map(|(_, escaped)| escaped)),
            (_, char) => word.push(char),
        }
    }
    (word, text.len())
}

fn flag(text: &LogicalText, range: TextRange, word: &str) -> Flag {
    let bare = word.trim_start_matches("--");
    let (name, value) = match bare.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (bare, None),
    };
    let raw = range.slice(text.as_str());
    let value_range = raw.find('=').filter(|_| value.is_some()).map(|equals| {
        text.range_to_source(TextRange::new(range.start() + equals + 1, range.end()))
    });
    Flag {
        range: text.range_to_source(range),
        name: name.to_owned(),
        value,
        value_range,
    }
}

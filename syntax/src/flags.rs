//! The flags between an instruction's keyword and its arguments.
//!
//! Quotes and escapes are removed here already, inside single quotes too, and a lone `--` ends the
//! flags. `BuildKit` walks over bytes: each byte of a character beyond ASCII becomes a character of its
//! own in the value, and a byte 0x85 or 0xA0 ends the flag. Both are kept, except that what remains of
//! such a character is dropped, since no range may cut it.
//! <https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/split_command.go>

use crate::file::Flag;
use crate::lexer;
use crate::logical::LogicalText;
use crate::text::TextRange;

/// Reads the flags at the start of `part` of the line. Returns them with the offset of what follows.
pub(crate) fn read(
    file: &str,
    line: &LogicalText,
    part: TextRange,
    escape: char,
) -> (Vec<Flag>, usize) {
    let text = &line.as_str()[..part.end()];
    let mut flags = Vec::new();
    let mut at = part.start();
    loop {
        at += text[at..].len() - text[at..].trim_start_matches(is_space).len();
        if !text[at..].starts_with("--") {
            return (flags, at);
        }
        let word = Written::read(file, line, TextRange::new(at, part.end()), escape);
        at = word.end;
        if word.value == "--" {
            return (flags, at);
        }
        flags.push(word.into_flag(line, at, escape));
    }
}

/// White space among ASCII; the two spaces of Latin-1 are two bytes each and do not count here.
fn is_space(c: char) -> bool {
    c.is_ascii() && c.is_whitespace()
}

/// The first byte of a character beyond ASCII that, taken alone, is a space of Latin-1.
fn looks_like_space(c: char) -> Option<usize> {
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).as_bytes();
    bytes.iter().position(|byte| matches!(byte, 0x85 | 0xA0))
}

/// A flag while it is read.
struct Written {
    start: usize,
    end: usize,
    /// With quotes and escapes removed, as Docker reads it.
    value: String,
    /// The same from the first `=` on, as the file's own bytes.
    kept: LogicalText,
    /// Behind the first `=`, in the line.
    after_equals: Option<usize>,
}

impl Written {
    fn read(file: &str, line: &LogicalText, part: TextRange, escape: char) -> Self {
        let text = &line.as_str()[..part.end()];
        let start = part.start();
        let mut word = Self {
            start,
            end: text.len(),
            value: String::new(),
            kept: LogicalText::new(line.to_source(start)),
            after_equals: None,
        };
        let mut quote = None;
        let mut chars = text[start..].char_indices();
        while let Some((offset, c)) = chars.next() {
            let at = start + offset;
            if quote.is_none()
                && let Some(count) = looks_like_space(c)
            {
                word.push_bytes(c, count);
                word.end = at + c.len_utf8();
                return word;
            }
            match quote {
                None if is_space(c) => {
                    word.end = at;
                    return word;
                }
                None if matches!(c, '\'' | '"') => quote = Some(c),
                Some(open) if open == c => quote = None,
                _ if c == escape => {
                    if let Some((offset, c)) = chars.next() {
                        word.push(file, line, start + offset, c);
                    }
                }
                _ => word.push(file, line, at, c),
            }
        }
        word
    }

    /// Appends a character.
    fn push(&mut self, file: &str, line: &LogicalText, at: usize, c: char) {
        let range = TextRange::new(at, at + c.len_utf8());
        if self.after_equals.is_some() {
            self.kept.push(file, line.range_to_source(range));
        } else if c == '=' {
            self.after_equals = Some(range.end());
        }
        self.push_bytes(c, c.len_utf8());
    }

    /// Appends the first bytes of a character, each as a character of its own.
    fn push_bytes(&mut self, c: char, count: usize) {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).bytes().take(count);
        self.value.extend(bytes.map(char::from));
    }

    fn into_flag(self, line: &LogicalText, end: usize, escape: char) -> Flag {
        let (name, value) = match self.value.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (&*self.value, None),
        };
        let variables = lexer::references(self.kept.as_str(), escape)
            .unwrap_or_default()
            .into_iter()
            .map(|found| found.place(|range| self.kept.range_to_source(range)))
            .collect();
        Flag {
            range: line.range_to_source(TextRange::new(self.start, end)),
            name: name.strip_prefix("--").unwrap_or(name).to_owned(),
            value,
            value_range: self
                .after_equals
                .map(|start| line.range_to_source(TextRange::new(start, end))),
            variables,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(text: &str) -> (Vec<(String, Option<String>)>, &str) {
        let mut line = LogicalText::new(0);
        line.push(text, TextRange::new(0, text.len()));
        let (flags, at) = read(text, &line, TextRange::new(0, text.len()), '\\');
        let flags = flags.into_iter().map(|flag| (flag.name, flag.value));
        (flags.collect(), &text[at..])
    }

    fn flag(name: &str, value: &str) -> (String, Option<String>) {
        (name.to_owned(), Some(value.to_owned()))
    }

    #[test]
    fn quotes_and_escapes_are_removed() {
        let (found, rest) = flags(r#"--mount="type=bind,x=a b" --a='b\'c' --link x --y"#);
        let link = ("link".to_owned(), None);
        let expected = [flag("mount", "type=bind,x=a b"), flag("a", "b'c"), link];
        assert_eq!(found, expected);
        assert_eq!(rest, "x --y");
        let (found, rest) = flags(r"--a=b\ c --link x --y");
        assert_eq!(found, [flag("a", "b c"), ("link".to_owned(), None)]);
        assert_eq!(rest, "x --y");
    }

    #[test]
    fn two_dashes_end_the_flags() {
        assert_eq!(flags("--a=b -- --c d"), (vec![flag("a", "b")], " --c d"));
        assert_eq!(flags("-a b"), (vec![], "-a b"));
    }

    #[test]
    fn bytes_beyond_ascii_are_read_one_by_one() {
        assert_eq!(flags("--a=\u{e9} b").0, [flag("a", "\u{c3}\u{a9}")]);
        assert_eq!(flags("--a=\u{e0}b c").0, [flag("a", "\u{c3}")]);
        let quoted = flag("a", "\u{c3}\u{a0}b");
        assert_eq!(flags("--a='\u{e0}b' c").0, [quoted]);
    }
}

//! JSON arrays of strings, as the exec form writes them.
//!
//! Accepts what Go's `encoding/json` accepts, so that the same texts fall back to the shell form: no
//! recursion, at most 10,000 levels, unpaired surrogates become U+FFFD, numbers must fit a float.

use crate::text::TextRange;

/// The deepest nesting that Go's decoder takes.
const DEEPEST: usize = 10_000;

/// What a text turns out to be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Json {
    /// An array of strings.
    Strings(Vec<JsonString>),
    /// An array with something else in it: Docker refuses the file.
    OtherArray,
    /// No JSON array: Docker reads the shell form.
    None,
}

/// A string in an array.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct JsonString {
    /// Where it stands in the text, quotes included.
    pub(crate) range: TextRange,
    /// Its value.
    pub(crate) value: String,
    /// Offsets in the value, and in the text, from which on the two run side by side.
    pub(crate) steps: Vec<(usize, usize)>,
}

impl JsonString {
    /// Where the byte of the value at `offset` is written in the text.
    pub(crate) fn to_text(&self, offset: usize) -> usize {
        let at = self.steps.partition_point(|&(value, _)| value <= offset);
        let (value, text) = self.steps[at.saturating_sub(1)];
        (text + offset - value).min(self.range.end() - 1)
    }
}

/// Reads `text` as an array of strings.
pub(crate) fn read(text: &str) -> Json {
    let start = text.len() - text.trim_start().len();
    if !text[start..].starts_with('[') {
        return Json::None;
    }
    let mut reader = Reader {
        text,
        at: start + 1,
    };
    let mut strings = Some(Vec::new());
    if reader.elements(&mut strings).is_none() {
        return Json::None;
    }
    strings.map_or(Json::OtherArray, Json::Strings)
}

/// A container that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    Array,
    Object,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// Reads what follows `[`, to the end of the text. `strings` becomes `None` at an element of another type.
    fn elements(&mut self, strings: &mut Option<Vec<JsonString>>) -> Option<()> {
        if self.peek()? == b']' {
            self.at += 1;
            return self.end();
        }
        loop {
            if self.peek()? == b'"' {
                let string = self.string()?;
                if let Some(strings) = strings {
                    strings.push(string);
                }
            } else {
                *strings = None;
                self.value()?;
            }
            match self.bump()? {
                b',' => {}
                b']' => return self.end(),
                _ => return None,
            }
        }
    }

    /// Nothing but white space may follow.
    fn end(&mut self) -> Option<()> {
        self.peek().is_none().then_some(())
    }

    /// Skips white space; the byte that follows.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Skips white space and takes the byte that follows.
    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Skips a value of any type.
    fn value(&mut self) -> Option<()> {
        let mut open = Vec::new();
        loop {
            let next = self.peek()?;
            // The outermost array counts too.
            if matches!(next, b'[' | b'{') && open.len() + 2 > DEEPEST {
                return None;
            }
            match next {
                b'[' => {
                    self.at += 1;
                    if self.peek()? != b']' {
                        open.push(Container::Array);
                        continue;
                    }
                    self.at += 1;
                }
                b'{' => {
                    self.at += 1;
                    if self.peek()? != b'}' {
                        self.key()?;
                        open.push(Container::Object);
                        continue;
                    }
                    self.at += 1;
                }
                _ => self.scalar()?,
            }
            if self.close(&mut open)? {
                return Some(());
            }
        }
    }

    /// After a value: closes what ends here. Tells whether the outermost value is complete.
    fn close(&mut self, open: &mut Vec<Container>) -> Option<bool> {
        while let Some(&container) = open.last() {
            match (self.bump()?, container) {
                (b',', Container::Array) => return Some(false),
                (b',', Container::Object) => {
                    self.key()?;
                    return Some(false);
                }
                (b']', Container::Array) | (b'}', Container::Object) => {
                    open.pop();
                }
                _ => return None,
            }
        }
        Some(true)
    }

    /// Skips an object's key and its colon.
    fn key(&mut self) -> Option<()> {
        if self.peek()? != b'"' {
            return None;
        }
        self.string()?;
        (self.bump()? == b':').then_some(())
    }

    /// Skips a string, a number or a literal.
    fn scalar(&mut self) -> Option<()> {
        if self.peek()? == b'"' {
            return self.string().map(drop);
        }
        let rest = &self.text[self.at..];
        for literal in ["true", "false", "null"] {
            if rest.starts_with(literal) {
                self.at += literal.len();
                return Some(());
            }
        }
        self.number()
    }

    fn number(&mut self) -> Option<()> {
        let start = self.at;
        self.skip_byte(b"-");
        if !self.skip_byte(b"0") {
            self.digits()?;
        }
        if self.skip_byte(b".") {
            self.digits()?;
        }
        if self.skip_byte(b"eE") {
            self.skip_byte(b"+-");
            self.digits()?;
        }
        let number: f64 = self.text[start..self.at].parse().ok()?;
        number.is_finite().then_some(())
    }

    fn skip_byte(&mut self, any_of: &[u8]) -> bool {
        let byte = self.text.as_bytes().get(self.at);
        let found = byte.is_some_and(|byte| any_of.contains(byte));
        self.at += usize::from(found);
        found
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.skip_byte(b"0123456789") {}
        (self.at > start).then_some(())
    }

    /// Reads a string whose `"` is next.
    fn string(&mut self) -> Option<JsonString> {
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        let mut steps = vec![(0, self.at)];
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ')?;
            value.push_str(&rest[..plain]);
            self.at += plain + 1;
            match rest.as_bytes()[plain] {
                b'"' => break,
                b'\\' => {
                    steps.push((value.len(), self.at - 1));
                    value.push(self.escape()?);
                    steps.push((value.len(), self.at));
                }
                _ => return None,
            }
        }
        Some(JsonString {
            range: TextRange::new(start, self.at),
            value,
            steps,
        })
    }

    /// Reads what follows a backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = *self.text.as_bytes().get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode()?,
            _ => return None,
        })
    }

    /// Reads what follows `\u`, and a second escape where the two are a surrogate pair.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex(self.at)?;
        self.at += 4;
        if let Some(c) = char::from_u32(first) {
            return Some(c);
        }
        let second = self.text[self.at..]
            .starts_with("\\u")
            .then(|| self.hex(self.at + 2))
            .flatten();
        if let Some(second @ 0xDC00..=0xDFFF) = second
            && first < 0xDC00
        {
            self.at += 6;
            return char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        }
        Some(char::REPLACEMENT_CHARACTER)
    }

    /// Reads four hexadecimal digits.
    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(text: &str) -> Option<Vec<String>> {
        match read(text) {
            Json::Strings(strings) => Some(strings.into_iter().map(|s| s.value).collect()),
            _ => None,
        }
    }

    #[test]
    fn escapes_are_read_as_go_reads_them() {
        let text = r#"["a\n\u0041", "\ud83d\ude00", "\ud83dx", "é"] "#;
        let expected = ["a\nA", "😀", "\u{fffd}x", "é"].map(String::from);
        assert_eq!(strings(text), Some(expected.to_vec()));
        assert_eq!(strings("[]"), Some(vec![]));
    }

    #[test]
    fn what_is_no_json_falls_back() {
        let texts = [
            "['a']",
            "[\"a\",]",
            "[\"a\"] x",
            "[\"a]",
            "[\"\\x\"]",
            "[\"\t\"]",
            "[1e999]",
            "[01]",
            "[",
            "a",
        ];
        for text in texts {
            assert_eq!(read(text), Json::None, "{text}");
        }
    }

    #[test]
    fn other_arrays_are_refused() {
        for text in ["[1]", "[null]", "[[\"a\"],{\"a\":[{}]}]", "[\"a\", -1.5e3]"] {
            assert_eq!(read(text), Json::OtherArray, "{text}");
        }
    }

    #[test]
    fn nesting_costs_no_stack_and_ends_where_go_ends() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(read(&nested(DEEPEST)), Json::OtherArray);
        assert_eq!(read(&nested(DEEPEST + 1)), Json::None);
        assert_eq!(read(&nested(1_000_000)), Json::None);
    }

    #[test]
    fn offsets_in_a_value_map_to_the_text() {
        let text = r#"["\u0041$B"]"#;
        let Json::Strings(strings) = read(text) else {
            panic!("strings")
        };
        assert_eq!(strings[0].to_text(1), text.find('$').expect("a dollar"));
    }
}

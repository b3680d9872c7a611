//! JSON arrays of strings, as exec forms are written.

use crate::file::Word;
use crate::logical::LogicalText;
use crate::text::TextRange;

/// What stands where an exec form may stand.
pub(crate) enum Array {
    /// An array of strings.
    Strings(Vec<Word>),
    /// A JSON array with something other than strings in it, which Docker refuses.
    OtherValues,
    /// No JSON: Docker takes the text for a shell form, without a word.
    None,
}

/// Reads `text` from `at` on as one JSON array and nothing else.
pub(crate) fn array(text: &LogicalText, at: usize) -> Array {
    let mut reader = Reader {
        text,
        at,
        only_strings: true,
        depth: 0,
    };
    match reader.whole_array() {
        Some(strings) if reader.only_strings => Array::Strings(strings),
        Some(_) => Array::OtherValues,
        None => Array::None,
    }
}

/// The deepest nesting that is followed; what is deeper is refused in any case.
const MAX_DEPTH: usize = 100;

struct Reader<'t> {
    text: &'t LogicalText,
    at: usize,
    only_strings: bool,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text.as_str()[self.at..]
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn eat(&mut self, char: char) -> bool {
        self.skip_blanks();
        let is_next = self.rest().starts_with(char);
        self.at += if is_next { char.len_utf8() } else { 0 };
        is_next
    }

    fn whole_array(&mut self) -> Option<Vec<Word>> {
        let strings = self.array()?;
        self.skip_blanks();
        self.rest().is_empty().then_some(strings)
    }

    fn array(&mut self) -> Option<Vec<Word>> {
        let mut strings = Vec::new();
        if !self.eat('[') {
            return None;
        }
        if self.eat(']') {
            return Some(strings);
        }
        loop {
            self.skip_blanks();
            if self.rest().starts_with('"') {
                strings.push(self.string()?);
            } else {
                self.only_strings = false;
                self.value()?;
            }
            if self.eat(']') {
                return Some(strings);
            }
            if !self.eat(',') {
                return None;
            }
        }
    }

    /// Any value that is no string of the outer array.
    fn value(&mut self) -> Option<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        self.skip_blanks();
        match self.rest().bytes().next()? {
            b'"' => drop(self.string()?),
            b'[' => drop(self.array()?),
            b'{' => self.object()?,
            _ => self.scalar()?,
        }
        self.depth -= 1;
        Some(())
    }

    fn object(&mut self) -> Option<()> {
        self.eat('{');
        if self.eat('}') {
            return Some(());
        }
        loop {
            self.skip_blanks();
            self.string()?;
            if !self.eat(':') {
                return None;
            }
            self.value()?;
            if self.eat('}') {
                return Some(());
            }
            if !self.eat(',') {
                return None;
            }
        }
    }

    fn scalar(&mut self) -> Option<()> {
        let rest = self.rest();
        let length = rest
            .find(|char: char| !(char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.')));
        let word = &rest[..length.unwrap_or(rest.len())];
        let is_number = is_json_number(word);
        if !matches!(word, "true" | "false" | "null") && !is_number {
            return None;
        }
        self.at += word.len();
        Some(())
    }

    fn string(&mut self) -> Option<Word> {
        let start = self.at;
        let mut value = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        let length = loop {
            let (at, char) = chars.next()?;
            match char {
                '"' => break at + 1,
                '\\' => value.push(escaped(&mut chars)?),
                '\0'..='\u{1f}' => return None,
                char => value.push(char),
            }
        };
        self.at += length;
        let range = self.text.range_to_source(TextRange::new(start, self.at));
        Some(Word {
            range,
            text: value,
            variables: Vec::new(),
        })
    }
}

fn is_json_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = unsigned
        .split_once(['e', 'E'])
        .map_or((unsigned, None), |(a, b)| (a, Some(b)));
    let (whole, fraction) = mantissa
        .split_once('.')
        .map_or((mantissa, None), |(a, b)| (a, Some(b)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// The character after a backslash. A surrogate that has no partner becomes U+FFFD, as in Go.
fn escaped(chars: &mut impl Iterator<Item = (usize, char)>) -> Option<char> {
    Some(match chars.next()?.1 {
        char @ ('"' | '\\' | '/') => char,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let mut code = 0;
            for _ in 0..4 {
                code = code * 16 + chars.next()?.1.to_digit(16)?;
            }
            char::from_u32(code).unwrap_or('\u{fffd}')
        }
        _ => return None,
    })
}

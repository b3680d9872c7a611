//! Heredocs: which words of an instruction open one, as Docker's word lexer sees them.
//!
//! The lexer is Docker's, not a shell's: it always escapes with a backslash, and where it fails
//! anywhere on the line (a lone apostrophe, `${v:0:2}`) the line has no heredocs at all.

use crate::file::Heredoc;
use crate::line;
use crate::logical::LogicalText;
use crate::text::TextRange;

/// An opened heredoc, before its body is read.
#[derive(Clone, Debug)]
pub(crate) struct Opener {
    pub(crate) range: TextRange,
    pub(crate) delimiter: String,
    pub(crate) expand: bool,
    pub(crate) strip_tabs: bool,
}

/// The heredocs that a joined line opens.
pub(crate) fn openers(text: &LogicalText) -> Vec<Opener> {
    if !text.as_str().contains("<<") {
        return Vec::new();
    }
    let Some(words) = words(text.as_str(), true) else {
        return Vec::new();
    };
    words.iter().filter_map(|word| opener(text, word)).collect()
}

/// Reads `3<<-"EOF"`.
fn opener(text: &LogicalText, word: &LexedWord) -> Option<Opener> {
    let rest = word
        .text
        .trim_start_matches(|char: char| char.is_ascii_digit())
        .strip_prefix("<<")?;
    let (strip_tabs, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if rest.is_empty() || rest.contains('<') {
        return None;
    }
    let plain = words(rest, false)?;
    let raw = words(rest, true)?;
    let [plain] = plain.as_slice() else {
        return None;
    };
    let expand = raw.first().is_some_and(|raw| raw.text == plain.text);
    let range = text.range_to_source(word.range);
    Some(Opener {
        range,
        delimiter: plain.text.clone(),
        expand,
        strip_tabs,
    })
}

/// Reads the body below an instruction; `at` is where it starts. Gives the heredoc and whether it is
/// terminated.
pub(crate) fn read(text: &str, opener: Opener, at: usize) -> (Heredoc, bool) {
    let mut end = at;
    let Opener {
        range,
        delimiter,
        expand,
        strip_tabs,
    } = opener;
    while end < text.len() {
        let line = line::line_at(text, end);
        let content = line.content.slice(text);
        let content = if strip_tabs {
            content.trim_start_matches('\t')
        } else {
            content
        };
        if content == delimiter {
            let body = TextRange::new(at, end);
            return (
                Heredoc {
                    opener: range,
                    delimiter,
                    expand,
                    strip_tabs,
                    body,
                    terminator: line.full,
                },
                true,
            );
        }
        end = line.full.end();
    }
    let (body, terminator) = (TextRange::new(at, end), TextRange::empty(end));
    (
        Heredoc {
            opener: range,
            delimiter,
            expand,
            strip_tabs,
            body,
            terminator,
        },
        false,
    )
}

/// A word as the lexer reads it.
struct LexedWord {
    range: TextRange,
    text: String,
}

/// The deepest nesting of `${a:-${b:-…}}` that is followed.
const MAX_DEPTH: usize = 100;

/// Splits `text` into words; `raw` keeps quotes and backslashes. `None` where the lexer fails.
fn words(text: &str, raw: bool) -> Option<Vec<LexedWord>> {
    let mut lexer = Lexer {
        text,
        at: 0,
        raw_quotes: raw,
    };
    let mut words = Words {
        done: Vec::new(),
        word: String::new(),
        start: 0,
        end: 0,
        in_word: false,
    };
    lexer.until(None, raw, 0, Some(&mut words))?;
    Some(words.finish())
}

struct Words {
    done: Vec<LexedWord>,
    word: String,
    start: usize,
    end: usize,
    in_word: bool,
}

impl Words {
    fn add(&mut self, char: char, range: TextRange) {
        if !char.is_whitespace() {
            self.add_raw(&char.to_string(), range);
        } else if self.in_word && !self.word.is_empty() {
            self.close();
        }
    }

    fn add_raw(&mut self, text: &str, range: TextRange) {
        if !self.in_word {
            self.start = range.start();
        }
        self.word.push_str(text);
        self.end = range.end();
        self.in_word = true;
    }

    fn close(&mut self) {
        let range = TextRange::new(self.start, self.end);
        self.done.push(LexedWord {
            range,
            text: std::mem::take(&mut self.word),
        });
        self.in_word = false;
    }

    fn finish(mut self) -> Vec<LexedWord> {
        if !self.word.is_empty() {
            self.close();
        }
        self.done
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    raw_quotes: bool,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        Some(char)
    }

    /// Reads up to `stop`, or to the end where there is none, and gives what it read.
    fn until(
        &mut self,
        stop: Option<char>,
        raw_escapes: bool,
        depth: usize,
        mut words: Option<&mut Words>,
    ) -> Option<String> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut result = String::new();
        while let Some(char) = self.peek() {
            let start = self.at;
            if Some(char) == stop {
                self.next();
                return Some(result);
            }
            let piece = match char {
                '\'' => self.single_quoted()?,
                '"' => self.double_quoted(raw_escapes, depth)?,
                '$' => self.dollar(depth)?,
                '\\' => {
                    self.next();
                    let mut piece = String::new();
                    if raw_escapes {
                        piece.push('\\');
                    }
                    piece.extend(self.next());
                    piece
                }
                char => {
                    self.next();
                    char.to_string()
                }
            };
            result.push_str(&piece);
            let range = TextRange::new(start, self.at);
            if let Some(words) = words.as_deref_mut() {
                match char {
                    '\'' | '"' | '\\' => words.add_raw(&piece, range),
                    _ => piece.chars().for_each(|char| words.add(char, range)),
                }
            }
        }
        stop.is_none().then_some(result)
    }

    fn single_quoted(&mut self) -> Option<String> {
        self.next();
        let length = self.text[self.at..].find('\'')?;
        let inner = &self.text[self.at..self.at + length];
        self.at += length + 1;
        Some(if self.raw_quotes {
            format!("'{inner}'")
        } else {
            inner.to_owned()
        })
    }

    fn double_quoted(&mut self, raw_escapes: bool, depth: usize) -> Option<String> {
        self.next();
        let mut result = String::from(if self.raw_quotes { "\"" } else { "" });
        loop {
            match self.peek()? {
                '"' => {
                    self.next();
                    result.push_str(if self.raw_quotes { "\"" } else { "" });
                    return Some(result);
                }
                '$' => result.push_str(&self.dollar(depth)?),
                '\\' => {
                    self.next();
                    let escapes = matches!(self.peek()?, '"' | '$' | '\\');
                    if raw_escapes || !escapes {
                        result.push('\\');
                    }
                    if escapes {
                        result.extend(self.next());
                    }
                }
                char => {
                    self.next();
                    result.push(char);
                }
            }
        }
    }

    /// `$name`, or `${…}`: no variable is set here, so it stands for itself.
    fn dollar(&mut self, depth: usize) -> Option<String> {
        self.next();
        if self.peek() != Some('{') {
            return Some(format!("${}", self.name()));
        }
        self.next();
        if matches!(self.peek()?, '{' | '}' | ':') {
            return None;
        }
        let name = self.name();
        let mut operator = self.next()?;
        let mut sign = operator.to_string();
        if operator == '}' {
            return Some(format!("${{{name}}}"));
        }
        if operator == '/' {
            if self.peek() == Some('/') {
                self.next();
            }
            let pattern = self.until(Some('/'), true, depth + 1, None)?;
            let replacement = self.until(Some('}'), true, depth + 1, None)?;
            return Some(format!("${{{name}/{pattern}/{replacement}}}"));
        }
        if operator == ':' {
            operator = self.next()?;
            sign.push(operator);
        }
        if !matches!(operator, '+' | '-' | '?' | '#' | '%') && sign.len() == 1 {
            return None;
        }
        let raw_escapes = matches!(operator, '#' | '%');
        let word = self.until(Some('}'), raw_escapes, depth + 1, None)?;
        Some(format!("${{{name}{sign}{word}}}"))
    }

    fn name(&mut self) -> String {
        name_length(&self.text[self.at..]).map_or(String::new(), |length| {
            let name = self.text[self.at..self.at + length].to_owned();
            self.at += length;
            name
        })
    }
}

/// The length of a variable's name at the start of `text`: digits, one special character, or letters,
/// digits and underscores. `None` where no name stands there.
pub(crate) fn name_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if first.is_numeric() {
        return Some(
            text.find(|char: char| !char.is_numeric())
                .unwrap_or(text.len()),
        );
    }
    if matches!(first, '@' | '*' | '#' | '?' | '-' | '$' | '!') {
        return Some(first.len_utf8());
    }
    let length = text
        .find(|char: char| !char.is_alphanumeric() && char != '_')
        .unwrap_or(text.len());
    (length > 0).then_some(length)
}

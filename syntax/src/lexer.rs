//! Docker's own shell lexer: quotes, escapes, variables, and where heredocs might open.
//!
//! It is no shell. It splits and expands the words of the instructions that Docker itself reads
//! (`COPY`, `ENV`, …), and finds heredoc openers on the line of any instruction that may have them.
//! <https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go>

mod substitution;

use crate::file::{VariableOperation, VariableReference};
use crate::text::TextRange;
use crate::variable::{ExpandError, Value};

/// What happens to quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// They are removed.
    Remove,
    /// They work, and stay.
    Keep,
    /// They are characters like others.
    Ignore,
}

/// What happens to escape characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// They are removed.
    Remove,
    /// They work, and stay.
    Keep,
}

/// What variables are worth.
#[derive(Clone, Copy)]
pub(crate) enum Variables<'a> {
    /// None is set; each stays as it is written.
    Keep,
    /// Whatever the function says.
    Expand(&'a dyn Fn(&str) -> Value),
}

/// A word found by splitting.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Split {
    /// The word after what was asked for was removed.
    pub(crate) text: String,
    /// Where it stands in the text lexed.
    pub(crate) range: TextRange,
}

/// A variable reference with its range in the text lexed.
pub(crate) struct Found {
    range: TextRange,
    name: String,
    operation: Option<VariableOperation>,
}

impl Found {
    /// The reference as the tree holds it, its range mapped to the file.
    pub(crate) fn place(self, map: impl Fn(TextRange) -> TextRange) -> VariableReference {
        VariableReference {
            range: map(self.range),
            name: self.name,
            operation: self.operation,
        }
    }
}

/// Expands `text` as one word.
pub(crate) fn expand(
    text: &str,
    escape: char,
    variables: Variables<'_>,
) -> Result<String, ExpandError> {
    let mut lexer = Lexer::new(text, escape, Quotes::Remove, Escapes::Remove, variables);
    let expanded = lexer.top()?;
    lexer
        .unknown
        .map_or(Ok(expanded), |name| Err(ExpandError::Unknown { name }))
}

/// Finds the variable references in `text`, read as one word, by their start.
pub(crate) fn references(text: &str, escape: char) -> Result<Vec<Found>, ExpandError> {
    references_with(text, escape, Quotes::Remove)
}

/// The same where quotes mean nothing: heredocs of COPY and ADD.
pub(crate) fn references_unquoted(text: &str, escape: char) -> Result<Vec<Found>, ExpandError> {
    references_with(text, escape, Quotes::Ignore)
}

fn references_with(text: &str, escape: char, quotes: Quotes) -> Result<Vec<Found>, ExpandError> {
    let mut lexer = Lexer::new(text, escape, quotes, Escapes::Remove, Variables::Keep);
    if text.contains('$') || quotes == Quotes::Remove {
        lexer.top()?;
    }
    lexer.found.sort_by_key(|found| found.range);
    Ok(lexer.found)
}

/// Splits `text` into words, variables kept.
pub(crate) fn split(
    text: &str,
    escape: char,
    quotes: Quotes,
    escapes: Escapes,
) -> Result<Vec<Split>, ExpandError> {
    let mut lexer = Lexer::new(text, escape, quotes, escapes, Variables::Keep);
    lexer.top()?;
    Ok(lexer.words)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    escape: char,
    quotes: Quotes,
    escapes: Escapes,
    variables: Variables<'a>,
    depth: usize,
    found: Vec<Found>,
    /// The first variable whose value was needed and is not known.
    unknown: Option<String>,
    words: Vec<Split>,
    /// The word being collected. One for all levels, as in Docker: a nested text clears it.
    word: String,
    word_range: TextRange,
}

impl<'a> Lexer<'a> {
    fn new(
        text: &'a str,
        escape: char,
        quotes: Quotes,
        escapes: Escapes,
        variables: Variables<'a>,
    ) -> Self {
        // The scanner that Docker uses drops a byte order mark at the start.
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            text,
            at,
            escape,
            quotes,
            escapes,
            variables,
            depth: 0,
            found: Vec::new(),
            unknown: None,
            words: Vec::new(),
            word: String::new(),
            word_range: TextRange::empty(0),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Reads the whole text.
    fn top(&mut self) -> Result<String, ExpandError> {
        let result = self.until(None)?;
        self.end_word();
        Ok(result)
    }

    /// Reads up to `stop`, or to the end of the text.
    fn until(&mut self, stop: Option<char>) -> Result<String, ExpandError> {
        let mut result = String::new();
        self.word.clear();
        let mut in_word = false;
        while let Some(c) = self.peek() {
            let start = self.at;
            if stop == Some(c) {
                self.bump();
                self.word.clear();
                return Ok(result);
            }
            match c {
                '$' => {
                    let value = self.dollar()?;
                    for c in value.chars() {
                        self.add(c, start, &mut in_word);
                    }
                    result.push_str(&value);
                }
                '<' | '\'' | '"' if c == '<' || self.quotes != Quotes::Ignore => {
                    let read = match c {
                        '<' => self.angles(),
                        '\'' => self.single_quotes()?,
                        _ => self.double_quotes()?,
                    };
                    self.add_raw(&read, start, &mut in_word);
                    result.push_str(&read);
                }
                _ if c == self.escape => {
                    self.bump();
                    if self.escapes == Escapes::Keep {
                        self.add_raw(c.encode_utf8(&mut [0; 4]), start, &mut in_word);
                        result.push(c);
                    }
                    let Some(escaped) = self.bump() else { break };
                    self.add_raw(escaped.encode_utf8(&mut [0; 4]), start, &mut in_word);
                    result.push(escaped);
                }
                _ => {
                    self.bump();
                    self.add(c, start, &mut in_word);
                    result.push(c);
                }
            }
        }
        match stop {
            None => Ok(result),
            Some(_) => Err(ExpandError::Refused),
        }
    }

    /// Adds a character to the word; white space ends it.
    fn add(&mut self, c: char, start: usize, in_word: &mut bool) {
        if !c.is_whitespace() {
            self.add_raw(c.encode_utf8(&mut [0; 4]), start, in_word);
        } else if *in_word && !self.word.is_empty() {
            if self.depth == 0 {
                self.end_word();
            }
            self.word.clear();
            *in_word = false;
        }
    }

    /// Adds text to the word, white space and all. It was read from `start` to here.
    fn add_raw(&mut self, text: &str, start: usize, in_word: &mut bool) {
        if self.word.is_empty() {
            self.word_range = TextRange::empty(start);
        }
        self.word_range = TextRange::new(self.word_range.start(), self.at);
        self.word.push_str(text);
        *in_word = true;
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.words.push(Split {
                text: std::mem::take(&mut self.word),
                range: self.word_range,
            });
        }
    }

    fn single_quotes(&mut self) -> Result<String, ExpandError> {
        let rest = &self.text[self.at + 1..];
        let len = rest.find('\'').ok_or(ExpandError::Refused)?;
        self.at += len + 2;
        Ok(match self.quotes {
            Quotes::Keep => format!("'{}'", &rest[..len]),
            _ => rest[..len].to_owned(),
        })
    }

    fn double_quotes(&mut self) -> Result<String, ExpandError> {
        let keep = self.quotes == Quotes::Keep;
        let mut result = String::new();
        self.bump();
        if keep {
            result.push('"');
        }
        loop {
            match self.peek().ok_or(ExpandError::Refused)? {
                '"' => {
                    self.bump();
                    if keep {
                        result.push('"');
                    }
                    return Ok(result);
                }
                '$' => result.push_str(&self.dollar()?),
                c => {
                    self.bump();
                    self.quoted(c, &mut result);
                }
            }
        }
    }

    /// A character in double quotes. The escape works before `"`, `$` and itself.
    fn quoted(&mut self, c: char, result: &mut String) {
        if c != self.escape {
            result.push(c);
            return;
        }
        if self.escapes == Escapes::Keep {
            result.push(c);
        }
        match self.peek() {
            None => {}
            Some(next) if next == '"' || next == '$' || next == self.escape => {
                self.bump();
                result.push(next);
            }
            Some(_) => result.push(c),
        }
    }

    /// `<`, or `<<` with the blanks behind it.
    fn angles(&mut self) -> String {
        let rest = &self.text[self.at..];
        let len = match rest.strip_prefix("<<") {
            None => 1,
            Some(after) => rest.len() - after.trim_start_matches(['\t', '\r', ' ']).len(),
        };
        self.at += len;
        rest[..len].to_owned()
    }
}

#[cfg(test)]
mod tests;

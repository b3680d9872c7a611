//! `$name` and `${name…}`.

use super::{Escapes, Found, Lexer, Variables};
use crate::file::VariableOperation;
use crate::pattern;
use crate::text::TextRange;
use crate::variable::{ExpandError, Value};

/// The deepest nesting of `${a:-${b:-…}}` that is read; Docker has no limit but its stack.
const DEEPEST: usize = 64;

/// The modifiers as written, the longer first where one starts with the other.
const OPERATORS: [&str; 12] = [
    ":-", ":+", ":?", "##", "%%", "//", "-", "+", "?", "#", "%", "/",
];

impl<'a> Lexer<'a> {
    /// `$…`, its value or the reference itself.
    pub(super) fn dollar(&mut self) -> Result<String, ExpandError> {
        let start = self.at;
        self.bump();
        if self.peek() != Some('{') {
            let name = self.name();
            if name.is_empty() {
                return Ok("$".to_owned());
            }
            self.note(start, name, None);
            return Ok(self.value(name, || format!("${name}")).unwrap_or_default());
        }
        self.bump();
        if matches!(self.peek(), None | Some('{' | '}' | ':')) {
            return Err(ExpandError::Refused);
        }
        let name = self.name();
        match self.peek() {
            Some('}') => {
                self.bump();
                self.note(start, name, None);
                Ok(self
                    .value(name, || format!("${{{name}}}"))
                    .unwrap_or_default())
            }
            Some('/') => self.replacement(start, name),
            Some(':' | '+' | '-' | '?' | '#' | '%') => self.modified(start, name),
            _ => Err(ExpandError::Refused),
        }
    }

    /// A name: letters, digits and `_`; or digits alone; or one special parameter.
    fn name(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let word = |c: char| c.is_alphabetic() || is_digit(c) || c == '_';
        let first = rest.chars().next();
        let len = match first {
            Some(c) if is_digit(c) => rest.find(|c| !is_digit(c)).unwrap_or(rest.len()),
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => 1,
            _ => rest.find(|c| !word(c)).unwrap_or(rest.len()),
        };
        self.at += len;
        &rest[..len]
    }

    fn note(&mut self, start: usize, name: &str, operation: Option<VariableOperation>) {
        self.found.push(Found {
            range: TextRange::new(start, self.at),
            name: name.to_owned(),
            operation,
        });
    }

    /// The value of a variable, `None` where it is not set; where variables are kept, `written`.
    fn value(&mut self, name: &str, written: impl FnOnce() -> String) -> Option<String> {
        match self.variables {
            Variables::Keep => Some(written()),
            Variables::Expand(lookup) => match lookup(name) {
                Value::Known(value) => Some(value),
                Value::Unset => None,
                Value::Unknown => {
                    self.unknown.get_or_insert_with(|| name.to_owned());
                    Some(String::new())
                }
            },
        }
    }

    /// Reads the text of a modifier, up to `stop`.
    fn operand(&mut self, stop: char, escapes: Escapes) -> Result<String, ExpandError> {
        if self.depth >= DEEPEST {
            return Err(ExpandError::Refused);
        }
        let outer = std::mem::replace(&mut self.escapes, escapes);
        self.depth += 1;
        let operand = self.until(Some(stop))?;
        self.depth -= 1;
        self.escapes = outer;
        Ok(operand)
    }

    /// `${name:-word}` and the like; the modifier is next.
    fn modified(&mut self, start: usize, name: &str) -> Result<String, ExpandError> {
        let operator_start = self.at;
        let null_is_unset = self.peek() == Some(':');
        if null_is_unset {
            self.bump();
        }
        let modifier = self.bump().ok_or(ExpandError::Refused)?;
        let pattern = matches!(modifier, '#' | '%');
        if null_is_unset && pattern {
            return Err(ExpandError::Refused);
        }
        let known_before = self.unknown.clone();
        let escapes = if pattern {
            Escapes::Keep
        } else {
            Escapes::Remove
        };
        let operator = &self.text[operator_start..self.at];
        let word = self.operand('}', escapes)?;
        if matches!(self.variables, Variables::Keep) {
            self.note_operation(start, name, operator_start);
            return Ok(format!("${{{name}{operator}{word}}}"));
        }
        let known_after = std::mem::replace(&mut self.unknown, known_before);
        let value = self.value(name, String::new);
        let is_set = value
            .as_ref()
            .is_some_and(|value| !(null_is_unset && value.is_empty()));
        match modifier {
            '-' if is_set => Ok(value.unwrap_or_default()),
            '+' if !is_set => Ok(String::new()),
            '-' | '+' => {
                self.unknown = self.unknown.take().or(known_after);
                Ok(word)
            }
            '?' if is_set || self.unknown.is_some() => Ok(value.unwrap_or_default()),
            '#' | '%' => {
                self.unknown = self.unknown.take().or(known_after);
                pattern::trim(&value.unwrap_or_default(), modifier, &word)
            }
            _ => Err(ExpandError::Refused),
        }
    }

    /// `${name/pattern/replacement}`; the first `/` is next.
    fn replacement(&mut self, start: usize, name: &str) -> Result<String, ExpandError> {
        let operator_start = self.at;
        self.bump();
        let all = self.peek() == Some('/');
        if all {
            self.bump();
        }
        let pattern = self.operand('/', Escapes::Keep)?;
        let replacement = self.operand('}', Escapes::Keep)?;
        if matches!(self.variables, Variables::Keep) {
            self.note_operation(start, name, operator_start);
            return Ok(format!("${{{name}/{pattern}/{replacement}}}"));
        }
        let value = self.value(name, String::new).unwrap_or_default();
        let count = if all {
            pattern::Count::All
        } else {
            pattern::Count::First
        };
        pattern::replace(&value, &pattern, &replacement, count)
    }

    /// Notes a reference whose closing brace was just read. Docker takes any character for a modifier
    /// behind `:` until it has to expand it; such a reference has no operation here.
    fn note_operation(&mut self, start: usize, name: &str, operator_start: usize) {
        let written = &self.text[operator_start..self.at - 1];
        let operation = OPERATORS
            .into_iter()
            .find(|&operator| written.starts_with(operator))
            .map(|operator| VariableOperation {
                operator,
                operand: written[operator.len()..].to_owned(),
            });
        self.note(start, name, operation);
    }
}

/// A decimal digit of any script, as Go's `unicode.IsDigit`; the ASCII ones for all practical ends.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

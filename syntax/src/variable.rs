//! Variables in words: where they stand, and what Docker puts in their place.

use crate::file::{VariableOperation, VariableReference, Word};
use crate::heredoc::name_length;
use crate::logical::LogicalText;
use crate::text::TextRange;

/// The operators of `${name…}`, longest first.
const OPERATORS: &[&str] = &[
    ":-", ":+", ":?", "##", "%%", "//", "-", "+", "?", "#", "%", "/",
];

/// The variable references of a range of the joined text, outside single quotes and not escaped.
pub(crate) fn references(
    text: &LogicalText,
    range: TextRange,
    escape: char,
) -> Vec<VariableReference> {
    let raw = range.slice(text.as_str());
    let mut references = Vec::new();
    let mut single = false;
    let mut double = false;
    let mut at = 0;
    while let Some(char) = raw[at..].chars().next() {
        let mut length = char.len_utf8();
        match char {
            '\'' if !double => single = !single,
            '"' if !single => double = !double,
            char if char == escape && !single => {
                length += raw[at + length..].chars().next().map_or(0, char::len_utf8);
            }
            '$' if !single => {
                if let Some((read, name, operation)) = reference(&raw[at..]) {
                    let found = TextRange::new(range.start() + at, range.start() + at + read);
                    references.push(VariableReference {
                        range: text.range_to_source(found),
                        name,
                        operation,
                    });
                    length = read;
                }
            }
            _ => {}
        }
        at += length;
    }
    references
}

/// Reads `$name` or `${name…}` at the start of `text`: its length, name and operation.
fn reference(text: &str) -> Option<(usize, String, Option<VariableOperation>)> {
    let rest = text.strip_prefix('$')?;
    let Some(inner) = rest.strip_prefix('{') else {
        let length = name_length(rest)?;
        return Some((1 + length, rest[..length].to_owned(), None));
    };
    let length = name_length(inner)?;
    let name = inner[..length].to_owned();
    let after = &inner[length..];
    if after.starts_with('}') {
        return Some((2 + length + 1, name, None));
    }
    let operator = OPERATORS
        .iter()
        .find(|operator| after.starts_with(**operator))?;
    let operand = &after[operator.len()..];
    let end = closing_brace(operand)?;
    let operation = VariableOperation {
        operator,
        operand: operand[..end].to_owned(),
    };
    Some((2 + length + operator.len() + end + 1, name, Some(operation)))
}

/// Where the `}` stands that closes a `${` before `text`.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut previous = ' ';
    for (at, char) in text.char_indices() {
        match char {
            '{' if previous == '$' => depth += 1,
            '}' if previous != '\\' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some(at),
            },
            _ => {}
        }
        previous = char;
    }
    None
}

/// The deepest nesting of operands that is expanded.
const MAX_DEPTH: usize = 50;

impl Word {
    /// The word as Docker uses it: variables replaced, quotes and escapes removed.
    ///
    /// `lookup` gives a variable's value, empty for one that is not set, and `None` for one whose value is
    /// not known; then, and where Docker would refuse the word, the result is `None`. Patterns (`#`, `%`,
    /// `/`) are not evaluated: their result is not known either.
    pub fn expand(&self, escape: char, lookup: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        expand(&self.text, escape, lookup, 0)
    }
}

fn expand(
    text: &str,
    escape: char,
    lookup: &dyn Fn(&str) -> Option<String>,
    depth: usize,
) -> Option<String> {
    let mut value = String::with_capacity(text.len());
    let (mut single, mut double) = (false, false);
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let mut length = char.len_utf8();
        match char {
            '\'' if !double => single = !single,
            '"' if !single => double = !double,
            char if char == escape && !single => {
                let next = text[at + length..].chars().next();
                // Within double quotes only `"`, `$` and the escape character itself are escaped.
                if double && next.is_some_and(|next| next != '"' && next != '$' && next != escape) {
                    value.push(char);
                }
                value.extend(next);
                length += next.map_or(0, char::len_utf8);
            }
            '$' if !single => match reference(&text[at..]) {
                Some((read, name, operation)) => {
                    value.push_str(&replaced(&name, operation.as_ref(), escape, lookup, depth)?);
                    length = read;
                }
                None if text[at..].starts_with("${") => return None,
                None => value.push('$'),
            },
            char => value.push(char),
        }
        at += length;
    }
    (!single && !double).then_some(value)
}

fn replaced(
    name: &str,
    operation: Option<&VariableOperation>,
    escape: char,
    lookup: &dyn Fn(&str) -> Option<String>,
    depth: usize,
) -> Option<String> {
    let value = lookup(name)?;
    let Some(operation) = operation else {
        return Some(value);
    };
    if depth >= MAX_DEPTH {
        return None;
    }
    let operand = || expand(&operation.operand, escape, lookup, depth + 1);
    match operation.operator {
        ":-" | "-" if value.is_empty() => operand(),
        ":+" | "+" if !value.is_empty() => operand(),
        ":-" | "-" | ":+" | "+" => Some(value),
        ":?" | "?" => (!value.is_empty()).then_some(value),
        _ => None,
    }
}

//! The patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/replacement}`.
//!
//! `*` and `?` only, no brackets. Docker turns them into regular expressions of Go; so `*` and `?` do
//! not match a newline, and of several matches it is the one that Go's engine prefers.

use crate::variable::ExpandError;

/// The largest product of pattern and value length that is computed; more is refused.
const LARGEST: usize = 1 << 20;

/// How many matches to replace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    First,
    All,
}

/// A part of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Star,
    Any,
    Literal(char),
}

/// What a star prefers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Preference {
    Longest,
    Shortest,
}

/// Removes a match at the start (`#`) or at the end (`%`) of `value`. A pattern that starts with the
/// modifier again asks for the longest match.
pub(crate) fn trim(value: &str, modifier: char, pattern: &str) -> Result<String, ExpandError> {
    let (pattern, preference) = match pattern.strip_prefix(modifier) {
        Some(pattern) => (pattern, Preference::Longest),
        None => (pattern, Preference::Shortest),
    };
    let chars: Vec<char> = value.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    if modifier == '#' {
        return Ok(trim_start(&chars, &pattern, preference)?.iter().collect());
    }
    let reversed: Vec<char> = chars.into_iter().rev().collect();
    let kept = trim_start(&reversed, &reversed_pattern(&pattern), preference)?;
    Ok(kept.iter().rev().collect())
}

fn trim_start<'a>(
    value: &'a [char],
    pattern: &[char],
    preference: Preference,
) -> Result<&'a [char], ExpandError> {
    let ends = ends(value, &tokens(pattern)?, preference)?;
    Ok(&value[ends[0].unwrap_or(0)..])
}

/// Replaces the first match, or all.
pub(crate) fn replace(
    value: &str,
    pattern: &str,
    replacement: &str,
    count: Count,
) -> Result<String, ExpandError> {
    let chars: Vec<char> = value.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let ends = ends(&chars, &tokens(&pattern)?, Preference::Longest)?;
    // In a replacement of all, Go would take `$1` for a group of the pattern.
    if count == Count::All && replacement.contains('$') {
        return Err(ExpandError::Refused);
    }
    let mut result = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at <= chars.len() {
        let Some((start, end)) = (at..=chars.len()).find_map(|at| Some((at, ends[at]?))) else {
            break;
        };
        result.extend(&chars[copied..start]);
        // An empty match that touches the one before it does not count.
        if end > copied || start == 0 {
            result.push_str(replacement);
        }
        copied = end;
        at = if end > at { end } else { at + 1 };
        if count == Count::First {
            break;
        }
    }
    result.extend(&chars[copied..]);
    Ok(result)
}

/// Reads a pattern. A backslash escapes `*`, `?`, itself, `}` and `/`.
fn tokens(pattern: &[char]) -> Result<Vec<Token>, ExpandError> {
    let mut tokens = Vec::new();
    let mut chars = pattern.iter().copied().peekable();
    while let Some(c) = chars.next() {
        tokens.push(match c {
            '*' => Token::Star,
            '?' => Token::Any,
            '\\' if matches!(chars.peek(), Some('}' | '/')) => continue,
            '\\' => match chars.next() {
                Some(escaped @ ('*' | '?' | '\\')) => Token::Literal(escaped),
                _ => return Err(ExpandError::Refused),
            },
            _ => Token::Literal(c),
        });
    }
    Ok(tokens)
}

/// The pattern from its end, escapes still before what they escape.
fn reversed_pattern(pattern: &[char]) -> Vec<char> {
    let mut reversed = Vec::with_capacity(pattern.len());
    let mut at = 0;
    while at < pattern.len() {
        if pattern[at] == '\\' && at + 1 < pattern.len() {
            reversed.extend([pattern[at + 1], '\\']);
            at += 2;
        } else {
            reversed.push(pattern[at]);
            at += 1;
        }
    }
    reversed.reverse();
    reversed
}

/// For each offset, where the preferred match that starts there ends.
fn ends(
    value: &[char],
    tokens: &[Token],
    preference: Preference,
) -> Result<Vec<Option<usize>>, ExpandError> {
    if value.len().saturating_mul(tokens.len()) > LARGEST {
        return Err(ExpandError::Refused);
    }
    let mut after: Vec<Option<usize>> = (0..=value.len()).map(Some).collect();
    for &token in tokens.iter().rev() {
        let mut ends = vec![None; value.len() + 1];
        for at in (0..=value.len()).rev() {
            let next = value.get(at).copied();
            let one = next.is_some_and(|c| c != '\n');
            ends[at] = match token {
                Token::Literal(c) if next == Some(c) => after[at + 1],
                Token::Any if one => after[at + 1],
                Token::Literal(_) | Token::Any => None,
                Token::Star => {
                    let more = if one { ends[at + 1] } else { None };
                    match preference {
                        Preference::Longest => more.or(after[at]),
                        Preference::Shortest => after[at].or(more),
                    }
                }
            };
        }
        after = ends;
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trimmed(value: &str, modifier: char, pattern: &str) -> Option<String> {
        trim(value, modifier, pattern).ok()
    }

    #[test]
    fn prefixes_and_suffixes() {
        assert_eq!(trimmed("a.b.c", '#', "*."), Some("b.c".into()));
        assert_eq!(trimmed("a.b.c", '#', "#*."), Some("c".into()));
        assert_eq!(trimmed("a.b.c", '%', ".*"), Some("a.b".into()));
        assert_eq!(trimmed("a.b.c", '%', "%.*"), Some("a".into()));
        assert_eq!(trimmed("a*c", '%', r"\*c"), Some("a".into()));
        assert_eq!(trimmed("abc", '#', "x"), Some("abc".into()));
        assert_eq!(trimmed("abc", '#', r"\a"), None);
    }

    #[test]
    fn replacements() {
        let replaced = |pattern, count| replace("a-b-c", pattern, "_", count).ok();
        assert_eq!(replaced("-", Count::First), Some("a_b-c".into()));
        assert_eq!(replaced("-", Count::All), Some("a_b_c".into()));
        assert_eq!(replaced("*", Count::All), Some("_".into()));
        assert_eq!(replaced("", Count::All), Some("_a_-_b_-_c_".into()));
        assert_eq!(replaced("x", Count::All), Some("a-b-c".into()));
    }
}

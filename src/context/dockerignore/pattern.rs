//! One pattern of a `.dockerignore`.
//!
//! Docker turns a pattern into a regular expression of Go's with a few replacements, and so do we: only then
//! do `[a*]`, `a\d` and `x^*` mean the same. The expression is run step by step, in time that grows with the
//! lengths of pattern and path alone.

use super::letters::Letters;

/// A pattern, ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// The path itself.
    Exact(String),
    /// `a/**`: what begins so.
    Prefix(String),
    /// `**/a`: what ends so, and `a` itself.
    Suffix(String),
    /// All else.
    Expression(Expression),
}

/// An expression, with the literal texts at its ends that are looked at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expression {
    starts: String,
    ends: String,
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// One letter.
    One(Letters),
    /// Any number of letters.
    Many(Letters),
    /// What follows up to [`Step::Folders`], or nothing.
    Maybe,
    /// Anything that ends in a slash.
    Folders,
    /// Nothing, and only at such a place.
    At(Place),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    End,
    WordEdge,
    NoWordEdge,
}

impl Pattern {
    /// Reads a cleaned pattern.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        check_brackets(text)?;
        match Translated::of(text) {
            Translated::Exact => Ok(Self::Exact(text.to_owned())),
            Translated::Prefix => Ok(Self::Prefix(text[..text.len() - 2].to_owned())),
            Translated::Suffix => Ok(Self::Suffix(text[2..].to_owned())),
            Translated::Expression(text) => Expression::parse(&text).map(Self::Expression),
        }
    }

    /// The bytes with which every path that meets it begins and ends, where they are known.
    pub(super) fn ends(&self) -> (Option<u8>, Option<u8>) {
        let end = match self {
            Self::Exact(text) | Self::Suffix(text) => text,
            Self::Prefix(_) => "",
            Self::Expression(expression) => &expression.ends,
        };
        let start = self.literal_start().bytes().next();
        (start, end.bytes().next_back())
    }

    /// What every path that meets it begins with.
    pub(super) fn literal_start(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Prefix(text) => text,
            Self::Suffix(_) => "",
            Self::Expression(expression) => &expression.starts,
        }
    }

    /// Whether it is met by a path itself, not by a folder above it.
    pub(super) fn matches(&self, path: &str) -> bool {
        match self {
            Self::Exact(text) => path == text,
            Self::Prefix(text) => path.starts_with(text.as_str()),
            Self::Suffix(text) => {
                path.ends_with(text.as_str()) || text.strip_prefix('/') == Some(path)
            }
            Self::Expression(expression) => expression.matches(path),
        }
    }
}

/// What Go's `filepath.Match` refuses: a class that is empty or does not end, and a `\` before nothing.
fn check_brackets(text: &str) -> Result<(), &'static str> {
    const CLASS: &str = "a character class that is empty or does not end";
    const ESCAPE: &str = "a `\\` with nothing behind it";
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                chars.next().ok_or(ESCAPE)?;
            }
            '[' => {
                chars.next_if_eq(&'^');
                let mut is_empty = true;
                while is_empty || chars.next_if_eq(&']').is_none() {
                    is_empty = false;
                    letter(&mut chars).ok_or(CLASS)?;
                    if chars.next_if_eq(&'-').is_some() {
                        letter(&mut chars).ok_or(CLASS)?;
                    }
                    chars.peek().ok_or(CLASS)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A letter in a class, escaped or not.
fn letter(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    match chars.next()? {
        '-' | ']' => None,
        '\\' => chars.next(),
        char => Some(char),
    }
}

/// What Docker makes of a pattern.
enum Translated {
    Exact,
    Prefix,
    Suffix,
    /// A regular expression, without the anchors around it.
    Expression(String),
}

impl Translated {
    fn of(text: &str) -> Self {
        let mut kind = Self::Exact;
        let mut expression = String::new();
        let mut chars = text.chars().peekable();
        let mut is_first = true;
        while let Some(char) = chars.next() {
            let was_exact = matches!(kind, Self::Exact);
            let is_special = match char {
                '*' if chars.next_if_eq(&'*').is_some() => {
                    chars.next_if_eq(&'/');
                    let is_last = chars.peek().is_none();
                    expression.push_str(if is_last { ".*" } else { "(.*/)?" });
                    if is_first || is_last && was_exact {
                        kind = if is_first { Self::Suffix } else { Self::Prefix };
                        is_first = false;
                        continue;
                    }
                    true
                }
                '*' => {
                    expression.push_str("[^/]*");
                    true
                }
                '?' => {
                    expression.push_str("[^/]");
                    true
                }
                '.' | '+' | '(' | ')' | '|' | '{' | '}' | '$' => {
                    expression.extend(['\\', char]);
                    false
                }
                '\\' => {
                    expression.push('\\');
                    expression.extend(chars.next());
                    true
                }
                char => {
                    expression.push(char);
                    matches!(char, '[' | ']')
                }
            };
            is_first = false;
            if is_special {
                kind = Self::Expression(String::new());
            }
        }
        match kind {
            Self::Expression(_) => Self::Expression(expression),
            kind => kind,
        }
    }
}

const NOT_READ: &str = "an escape or a class that Docker does not accept";

impl Expression {
    fn parse(text: &str) -> Result<Self, &'static str> {
        let mut steps = Vec::new();
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("(.*/)?") {
                steps.extend([Step::Maybe, Step::Folders]);
                rest = after;
            } else if let Some(after) = rest.strip_prefix(".*") {
                steps.push(Step::Many(Letters::but('\n')));
                rest = after;
            } else if char == '[' {
                let (letters, after) = Letters::class(rest).ok_or(NOT_READ)?;
                let many = after.strip_prefix('*');
                steps.push(match many {
                    Some(_) => Step::Many(letters),
                    None => Step::One(letters),
                });
                rest = many.unwrap_or(after);
            } else if char == '\\' {
                let (step, after) = escape(rest).ok_or(NOT_READ)?;
                steps.push(step);
                rest = after;
            } else {
                steps.push(match char {
                    '^' => Step::At(Place::Start),
                    char => Step::One(Letters::one(char)),
                });
                rest = &rest[char.len_utf8()..];
            }
        }
        let mut ends: Vec<char> = literal(steps.iter().rev()).collect();
        ends.reverse();
        Ok(Self {
            starts: literal(steps.iter()).collect(),
            ends: ends.into_iter().collect(),
            steps,
        })
    }

    fn matches(&self, path: &str) -> bool {
        if !path.starts_with(&self.starts) || !path.ends_with(&self.ends) {
            return false;
        }
        // Every step at which the path so far may stand; the last place is behind all steps.
        let mut now = vec![false; self.steps.len() + 1];
        let mut next = now.clone();
        now[0] = true;
        let mut before = None;
        for char in path.chars() {
            self.pass(&mut now, before, Some(char));
            next.fill(false);
            for (at, step) in self.steps.iter().enumerate().filter(|(at, _)| now[*at]) {
                match step {
                    Step::One(letters) => next[at + 1] |= letters.has(char),
                    Step::Many(letters) => next[at] |= letters.has(char),
                    Step::Folders => {
                        next[at] |= char != '\n';
                        next[at + 1] |= char == '/';
                    }
                    Step::Maybe | Step::At(_) => {}
                }
            }
            std::mem::swap(&mut now, &mut next);
            before = Some(char);
        }
        self.pass(&mut now, before, None);
        now[self.steps.len()]
    }

    /// Passes the steps that take no letter.
    fn pass(&self, now: &mut [bool], before: Option<char>, after: Option<char>) {
        for (at, step) in self.steps.iter().enumerate() {
            if !now[at] {
                continue;
            }
            match step {
                Step::Many(_) => now[at + 1] = true,
                Step::Maybe => {
                    now[at + 1] = true;
                    now[at + 2] = true;
                }
                Step::At(place) => now[at + 1] |= place.is_between(before, after),
                Step::One(_) | Step::Folders => {}
            }
        }
    }
}

impl Place {
    fn is_between(self, before: Option<char>, after: Option<char>) -> bool {
        let is_word = |char: Option<char>| {
            char.is_some_and(|char| char.is_ascii_alphanumeric() || char == '_')
        };
        match self {
            Self::Start => before.is_none(),
            Self::End => after.is_none(),
            Self::WordEdge => is_word(before) != is_word(after),
            Self::NoWordEdge => is_word(before) == is_word(after),
        }
    }
}

/// The literal letters at the front.
fn literal<'s>(steps: impl Iterator<Item = &'s Step>) -> impl Iterator<Item = char> {
    steps.map_while(|step| match step {
        Step::One(letters) => letters.only(),
        _ => None,
    })
}

/// What a `\` and the letter behind it mean to Go, and what follows them.
fn escape(rest: &str) -> Option<(Step, &str)> {
    let place = match rest.chars().nth(1)? {
        'A' => Place::Start,
        'z' => Place::End,
        'b' => Place::WordEdge,
        'B' => Place::NoWordEdge,
        _ => {
            let (letters, after) = Letters::escape(rest)?;
            return Some((Step::One(letters), after));
        }
    };
    Some((Step::At(place), &rest[2..]))
}

//! Turns an [`Outcome`](crate::Outcome) into what a person reads. Makes text; does no I/O.

pub mod diff;
pub mod explain;
pub mod findings;
pub mod formats;
pub mod position;
pub mod summary;

use std::borrow::Cow;

/// The colours of a report, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Plain text.
    Plain,
    /// ANSI colours.
    Ansi,
}

/// What a piece of a report is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Heading,
    HunkHeader,
    Removed,
    Added,
    Place,
    Name,
    Problem,
}

impl Palette {
    /// The text before a piece.
    pub(crate) const fn start(self, role: Role) -> &'static str {
        match (self, role) {
            (Self::Plain, _) => "",
            (Self::Ansi, Role::Heading | Role::Place) => "\x1b[1m",
            (Self::Ansi, Role::HunkHeader | Role::Name) => "\x1b[36m",
            (Self::Ansi, Role::Removed) => "\x1b[31m",
            (Self::Ansi, Role::Added) => "\x1b[32m",
            (Self::Ansi, Role::Problem) => "\x1b[1;31m",
        }
    }

    /// The text behind a piece.
    pub(crate) const fn end(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Ansi => "\x1b[0m",
        }
    }

    /// A piece in the colour of its role.
    pub(crate) fn paint(self, role: Role, text: &str) -> String {
        format!("{}{text}{}", self.start(role), self.end())
    }
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// A number of bytes, in decimal units as registries show them.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    for (unit, name) in UNITS {
        if bytes >= unit {
            let tenths = bytes.saturating_mul(10) / unit;
            return format!("{}.{} {name}", tenths / 10, tenths % 10);
        }
    }
    count(usize::try_from(bytes).unwrap_or(usize::MAX), "byte")
}

/// Replaces control characters, so that what a file is called or says cannot move the cursor or forge
/// a line.
///
/// ```
/// assert_eq!(imgfix::report::printable("a\u{1b}[2J"), "a\\u{1b}[2J");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        if char.is_control() {
            out.extend(char.escape_default());
        } else {
            out.push(char);
        }
    }
    Cow::Owned(out)
}

/// A piece of text as code, on one line, that ends neither itself nor a cell.
pub(crate) fn code(text: &str) -> String {
    format!("`{}`", printable(text).replace('`', "'").replace('|', "¦"))
}

/// A piece of text where Markdown takes HTML.
pub(crate) fn html(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_follow_the_number() {
        assert_eq!(count(0, "file"), "0 files");
        assert_eq!(count(1, "file"), "1 file");
        assert_eq!(count(2, "file"), "2 files");
    }

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(printable("plain é"), "plain é");
        assert_eq!(printable("a\u{1b}[2Jb\nc"), "a\\u{1b}[2Jb\\nc");
    }
}

//! Colours, or none.

use std::fmt::Display;

/// How text is dressed for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Not at all.
    Plain,
    /// With ANSI escape sequences.
    Ansi,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A place: path and line.
    Place,
    /// A name: of a transform, of a reason.
    Name,
    /// A line that goes.
    Removed,
    /// A line that comes.
    Added,
    /// The head of a hunk.
    Hunk,
    /// Something that went wrong.
    Error,
    /// A hint, or other side remark.
    Muted,
}

impl Style {
    /// Dresses `text` in its role.
    pub fn paint(self, role: Role, text: impl Display) -> String {
        let code = match role {
            Role::Place => "1",
            Role::Name => "36",
            Role::Removed => "31",
            Role::Added => "32",
            Role::Hunk => "35",
            Role::Error => "1;31",
            Role::Muted => "2",
        };
        match self {
            Self::Plain => text.to_string(),
            Self::Ansi => format!("\x1b[{code}m{text}\x1b[0m"),
        }
    }
}

/// Escapes control characters other than tab: what a file holds must not reach the terminal as commands.
pub fn escaped(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_control() && char != '\t' && char != '\n' {
            clean.extend(char.escape_default());
        } else {
            clean.push(char);
        }
    }
    clean
}

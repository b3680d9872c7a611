//! What a word is worth: quotes and escapes removed, variables expanded, as Docker does it.

use crate::file::{Word, WordKind};
use crate::lexer::{self, Variables};

/// What is known of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// It is set to this.
    Known(String),
    /// It is not set: it expands to nothing, or to its default.
    Unset,
    /// Nobody knows here: a build argument, or what the base image sets.
    Unknown,
}

/// Why a word has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpandError {
    /// A variable whose value is needed is not known.
    Unknown {
        /// The variable's name; the first one.
        name: String,
    },
    /// Docker refuses the word: an open quote, a bad substitution, or `${name:?}` with nothing in it.
    /// Also what no one writes: 64 levels of nested defaults, patterns of megabytes.
    Refused,
}

impl Word {
    /// The word's value when no variable is in it: quotes and escapes removed. `escape` is the
    /// file's escape character.
    pub fn value(&self, escape: char) -> Option<String> {
        if !self.variables.is_empty() {
            return None;
        }
        self.expand(escape, &|_| Value::Unknown).ok()
    }

    /// The word's value with its variables expanded, as Docker's own lexer does it.
    ///
    /// # Errors
    /// When a variable that matters is [`Value::Unknown`], or when Docker refuses the word.
    pub fn expand(
        &self,
        escape: char,
        lookup: &dyn Fn(&str) -> Value,
    ) -> Result<String, ExpandError> {
        match self.kind {
            WordKind::Verbatim => Ok(self.text.clone()),
            WordKind::Lexed => lexer::expand(&self.text, escape, Variables::Expand(lookup)),
        }
    }
}

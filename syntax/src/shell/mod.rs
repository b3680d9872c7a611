//! The shell reader: what the body of a RUN says, as and/or lists of commands with byte ranges.
//!
//! The parser below is a crate; nothing outside this module knows which. Where it does not read a text
//! cleanly, or where the text means different things to different shells, the result is [`Opaque`]: no
//! guess is ever made. Offsets are into the joined text that was given; [`Script::source_range`] maps them
//! to the file.

mod ast;
mod convert;
mod dialect;
mod visit;
mod word;

pub use ast::{
    AndOr, AndOrLink, Assignment, Command, CommandKind, Compound, CompoundKind, List, ListItem,
    Operator, Pipeline, Redirection, RedirectionKind, SimpleCommand, Terminator, Word,
};
pub use dialect::Dialect;
pub use visit::{Enclosure, Position, visit_commands};

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::logical::LogicalText;
use crate::text::TextRange;

/// The longest body that is read, in bytes. Longer ones are data rather than commands.
const MAX_BODY: usize = 1 << 20;

/// A shell text that was understood.
#[derive(Clone, Debug)]
pub struct Script {
    text: LogicalText,
    /// Its commands.
    pub list: Rc<List>,
}

impl Script {
    /// The text that was read.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The text of a range.
    pub fn slice(&self, range: TextRange) -> &str {
        range.slice(self.text.as_str())
    }

    /// Where a range stands in the file.
    pub fn source_range(&self, range: TextRange) -> TextRange {
        self.text.range_to_source(range)
    }
}

/// Why a shell text was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opaque {
    /// The shell is not one whose language is read here (PowerShell, cmd, Python …).
    ForeignShell,
    /// The parser does not read the text cleanly.
    NotParsed,
    /// The text means different things to dash and to bash, and the shell is not known.
    DependsOnShell,
    /// A carriage return stands in the text: part of a word to a shell, white space to its author.
    CarriageReturn,
    /// The text is longer than a mebibyte.
    TooLong,
}

/// Reads `text` as `dialect` does.
///
/// ```
/// use imgfix_syntax::shell::{self, Dialect};
/// use imgfix_syntax::{LogicalText, TextRange};
///
/// let file = "RUN apt-get update && apt-get upgrade; ls\n";
/// let mut body = LogicalText::new(4);
/// body.push(file, TextRange::new(4, file.len() - 1));
/// let script = shell::parse(body, Dialect::Sh)?;
/// assert_eq!(script.list.items.len(), 2);
/// # Ok::<(), shell::Opaque>(())
/// ```
///
/// # Errors
/// [`Opaque`], with the reason, where it is not understood.
pub fn parse(text: LogicalText, dialect: Dialect) -> Result<Script, Opaque> {
    ScriptReader::default().read(text, dialect)
}

type Reading = Result<Rc<List>, Opaque>;

/// Reads each text once: asked again for one that it knows, it gives the same commands with their places
/// in the file that they stand in now.
#[derive(Debug, Default)]
pub struct ScriptReader {
    known: RefCell<HashMap<(Dialect, String), Reading>>,
}

impl ScriptReader {
    /// Reads `text` as `dialect` does.
    ///
    /// # Errors
    /// [`Opaque`], with the reason, where it is not understood.
    pub fn read(&self, text: LogicalText, dialect: Dialect) -> Result<Script, Opaque> {
        let mut known = self.known.borrow_mut();
        let list = known
            .entry((dialect, text.as_str().to_owned()))
            .or_insert_with(|| read(text.as_str(), dialect).map(Rc::new))
            .clone()?;
        Ok(Script { text, list })
    }
}

fn read(text: &str, dialect: Dialect) -> Result<List, Opaque> {
    if dialect == Dialect::Foreign {
        return Err(Opaque::ForeignShell);
    }
    if text.len() > MAX_BODY {
        return Err(Opaque::TooLong);
    }
    if text.contains('\r') {
        return Err(Opaque::CarriageReturn);
    }
    convert::parse(text, dialect)
}

//! A lossless reader for Dockerfiles and for the shell in them.
//!
//! [`parse`] turns any text into a [`File`] whose items tile it; [`shell::parse`] turns the body of a
//! RUN into a [`shell::Script`], or says why it does not understand it. Neither fails, and neither knows
//! what anything means.

pub mod file;
pub mod logical;
pub mod shell;
pub mod text;

mod reader;

mod directive;
mod line;

mod instruction;

mod flags;
mod heredoc;
mod json;
mod words;

mod lexer;
mod pattern;
pub mod variable;

pub use file::*;
pub use logical::LogicalText;
pub use reader::parse;
pub use text::{LineIndex, NewlineStyle, TextRange};
pub use variable::{ExpandError, Value};

//! A lossless reader for Dockerfiles and for the shell in them.
//!
//! [`parse`] turns any text into a [`File`] whose items tile it; [`shell::parse`] turns the body of a
//! RUN into a [`shell::Script`], or says why it does not understand it. Neither fails, and neither knows
//! what anything means.

pub mod file;
mod flags;
mod heredoc;
mod instruction;
mod json;
mod line;
pub mod logical;
mod parse;
pub mod shell;
mod variable;
mod words;
pub use parse::parse;
pub mod text;

pub use file::*;
pub use logical::LogicalText;
pub use text::{LineIndex, NewlineStyle, TextRange};

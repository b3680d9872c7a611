//! A COPY or ADD: what it copies, and where to, as far as the file shows.

use imgfix_syntax::{Arguments, CopyArguments, Instruction, Keyword, Word, WordKind};

use super::Model;
use super::state::{State, Value};

/// A source of COPY or ADD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A path in the context, or in the stage or image that `--from` names; as Docker reads it.
    Path(String),
    /// A path with a pattern in it.
    Pattern(String),
    /// A heredoc: its text stands in the file.
    Heredoc,
    /// An address that ADD fetches, or a repository that it clones.
    Remote,
    /// A variable, or a spelling with quotes and escapes.
    NotLiteral,
}

/// The sources of a COPY or ADD.
pub fn sources(copy: &CopyArguments) -> Vec<Source> {
    copy.sources.iter().map(source).collect()
}

fn source(word: &Word) -> Source {
    let text = word.text.as_str();
    if word.kind == WordKind::Verbatim {
        return Source::Heredoc;
    }
    if is_remote(text) {
        return Source::Remote;
    }
    if !word.variables.is_empty() || text.contains(['$', '"', '\'', '\\', '`']) {
        return Source::NotLiteral;
    }
    if text.contains(['*', '?', '[', ']']) {
        return Source::Pattern(text.to_owned());
    }
    Source::Path(text.to_owned())
}

/// Whether ADD fetches it: an address with a scheme, `git@host:path`, or a path of GitHub's.
/// <https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository>
fn is_remote(text: &str) -> bool {
    let is_scp = text
        .split_once('@')
        .is_some_and(|(user, rest)| !user.contains('/') && rest.contains(':'));
    text.contains("://") || is_scp || text.contains(".git#") || text.starts_with("github.com/")
}

/// The value of a word of COPY or ADD; `None` where a variable in it is not known.
pub fn value(model: &Model, word: &Word, state: &State) -> Option<String> {
    let known = |name: &str| match state.lookup(name) {
        Value::Known(value) if value.is_empty() => imgfix_syntax::Value::Unset,
        Value::Known(value) => imgfix_syntax::Value::Known(value),
        Value::Ambiguous => imgfix_syntax::Value::Unknown,
    };
    word.expand(model.file.escape, &known).ok()
}

/// The arguments of a COPY or ADD; `None` for other instructions, and for what Docker refuses.
pub fn arguments(instruction: &Instruction) -> Option<&CopyArguments> {
    match &instruction.arguments {
        Arguments::Copy(copy) if matches!(instruction.keyword, Keyword::Add | Keyword::Copy) => {
            Some(copy)
        }
        _ => None,
    }
}

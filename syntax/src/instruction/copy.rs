//! ADD and COPY: sources and a destination, as words or as JSON.

use super::{Body, Refusal};
use crate::file::{Arguments, CopyArguments, Word};
use crate::heredoc;
use crate::json::{self, Json};
use crate::text::TextRange;
use crate::words;

/// Reads ADD or COPY. Words are cut at blanks; quotes do not hold them together.
pub(super) fn read(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    let (mut words, exec_form): (Vec<Word>, bool) = match json::read(body.as_str()) {
        Json::OtherArray => return Err(Refusal::Parser),
        Json::Strings(strings) => {
            let words = strings.iter().map(|string| body.lexed_string(string));
            (words.collect(), true)
        }
        Json::None => {
            let ranges = words::at_blanks(body.as_str()).into_iter();
            (ranges.map(|range| source(body, range)).collect(), false)
        }
    };
    let destination = words.pop().ok_or(Refusal::Check)?;
    if words.is_empty() || heredoc::is_opener(&destination.text) {
        return Err(Refusal::Check);
    }
    Ok(Arguments::Copy(CopyArguments {
        sources: words,
        destination,
        exec_form,
    }))
}

/// A heredoc opener is a file of its own and is not expanded.
fn source(body: &mut Body<'_>, range: TextRange) -> Word {
    if heredoc::is_opener(range.slice(body.as_str())) {
        body.verbatim(range)
    } else {
        body.lexed(range)
    }
}

//! EXPOSE and VOLUME: words; USER, WORKDIR, STOPSIGNAL and MAINTAINER: one text.

use super::{Body, Refusal};
use crate::file::{Arguments, Word};
use crate::json::{self, Json};
use crate::words;

/// Reads EXPOSE, cut at blanks.
pub(super) fn expose(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    at_least_one(at_blanks(body))
}

/// Reads VOLUME: JSON, or words cut at blanks. No volume may be empty.
pub(super) fn volume(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    let words = match json::read(body.as_str()) {
        Json::OtherArray => return Err(Refusal::Parser),
        Json::Strings(strings) => {
            let words = strings.iter().map(|string| body.lexed_string(string));
            words.collect()
        }
        Json::None => at_blanks(body),
    };
    if words.iter().any(|word| word.text.trim().is_empty()) {
        return Err(Refusal::Check);
    }
    at_least_one(words)
}

fn at_blanks(body: &mut Body<'_>) -> Vec<Word> {
    let ranges = words::at_blanks(body.as_str()).into_iter();
    ranges.map(|range| body.lexed(range)).collect()
}

fn at_least_one(words: Vec<Word>) -> Result<Arguments, Refusal> {
    if words.is_empty() {
        return Err(Refusal::Check);
    }
    Ok(Arguments::Words(words))
}

/// Reads USER, WORKDIR or STOPSIGNAL: the rest of the line, blanks and all.
pub(super) fn text(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    if body.as_str().is_empty() {
        return Err(Refusal::Check);
    }
    Ok(Arguments::Text(body.lexed(body.whole())))
}

/// Reads MAINTAINER, which is never expanded.
pub(super) fn maintainer(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    if body.as_str().is_empty() {
        return Err(Refusal::Check);
    }
    Ok(Arguments::Text(body.verbatim(body.whole())))
}

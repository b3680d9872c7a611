//! ENV, LABEL and ARG: pairs of key and value.

use super::{Body, Refusal};
use crate::file::{Arguments, Pair, Pairs};
use crate::text::TextRange;
use crate::words::{self, BLANKS};

/// Reads ENV or LABEL. Whether the first word has a `=` decides between the two forms.
pub(super) fn read(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    let text = body.as_str();
    let words = words::outside_quotes(text, body.escape);
    let first = words.first().ok_or(Refusal::Check)?;
    let legacy = !first.slice(text).contains('=');
    let pairs = if legacy {
        vec![legacy_pair(body)?]
    } else {
        let pairs = words.into_iter().map(|word| equals_pair(body, word));
        pairs.collect::<Option<Vec<_>>>().ok_or(Refusal::Parser)?
    };
    if pairs.iter().any(|pair| pair.key.text.is_empty()) {
        return Err(Refusal::Check);
    }
    Ok(Arguments::Pairs(Pairs { pairs, legacy }))
}

/// `key value with spaces`, cut at the first blanks, whatever quotes say.
fn legacy_pair(body: &mut Body<'_>) -> Result<Pair, Refusal> {
    let text = body.as_str();
    let key_len = text.find(BLANKS).ok_or(Refusal::Parser)?;
    let value = text[key_len..].trim_start_matches(BLANKS);
    let value = TextRange::new(text.len() - value.len(), text.len());
    Ok(Pair {
        key: body.lexed(TextRange::new(0, key_len)),
        value: Some(body.lexed(value)),
    })
}

/// `key=value`; none without a `=`.
fn equals_pair(body: &mut Body<'_>, word: TextRange) -> Option<Pair> {
    let equals = word.start() + word.slice(body.as_str()).find('=')?;
    Some(Pair {
        key: body.lexed(TextRange::new(word.start(), equals)),
        value: Some(body.lexed(TextRange::new(equals + 1, word.end()))),
    })
}

/// Reads ARG: names with or without a default.
pub(super) fn arg(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    let words = words::outside_quotes(body.as_str(), body.escape);
    if words.is_empty() {
        return Err(Refusal::Check);
    }
    let mut pairs = Vec::new();
    for word in words {
        let pair = equals_pair(body, word).unwrap_or_else(|| Pair {
            key: body.lexed(word),
            value: None,
        });
        if pair.key.text.is_empty() {
            return Err(Refusal::Check);
        }
        pairs.push(pair);
    }
    Ok(Arguments::Arg(pairs))
}

//! FROM: an image, and perhaps a name for the stage.

use super::{Body, Refusal};
use crate::file::{Arguments, FromArguments};
use crate::words;

/// Reads `image` or `image AS name`.
pub(super) fn read(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    let words = words::at_blanks(body.as_str());
    let (image, name) = match words[..] {
        [image] => (image, None),
        [image, keyword, name] if is_as(keyword.slice(body.as_str())) => (image, Some(name)),
        _ => return Err(Refusal::Check),
    };
    let name = name.map(|name| body.verbatim(name));
    if name.as_ref().is_some_and(|name| !is_stage_name(&name.text)) {
        return Err(Refusal::Check);
    }
    Ok(Arguments::From(FromArguments {
        image: body.lexed(image),
        name,
    }))
}

fn is_as(word: &str) -> bool {
    word.eq_ignore_ascii_case("as")
}

/// Whether Docker takes `name` for a stage: `^[a-z][a-z0-9-_.]*$` in lower case.
fn is_stage_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

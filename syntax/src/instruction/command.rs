//! RUN, CMD, ENTRYPOINT, HEALTHCHECK and SHELL: a command for a shell, or a JSON array.

use super::{Body, Refusal};
use crate::file::{Arguments, CommandForm, Healthcheck};
use crate::json::{self, Json};
use crate::text::TextRange;

/// Reads RUN, CMD or ENTRYPOINT.
pub(super) fn read(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    form(body).map(Arguments::Command)
}

/// JSON that is none, or that is followed by anything, is the shell form; that goes without a warning.
fn form(body: &Body<'_>) -> Result<CommandForm, Refusal> {
    match json::read(body.as_str()) {
        Json::Strings(strings) => {
            let words = strings.iter().map(|string| body.string(string));
            Ok(CommandForm::Exec(words.collect()))
        }
        Json::OtherArray => Err(Refusal::Parser),
        Json::None => Ok(CommandForm::Shell),
    }
}

/// Reads SHELL, which takes JSON only.
pub(super) fn shell(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    match form(body)? {
        CommandForm::Exec(words) if !words.is_empty() => Ok(Arguments::Words(words)),
        _ => Err(Refusal::Check),
    }
}

/// Reads HEALTHCHECK: `NONE`, or `CMD` and a command.
pub(super) fn healthcheck(body: &mut Body<'_>) -> Result<Arguments, Refusal> {
    let text = body.as_str();
    let kind_len = text.find(is_space).unwrap_or(text.len());
    let rest = text[kind_len..].trim_start_matches(is_space);
    let rest = TextRange::new(text.len() - rest.len(), text.len());
    let command = body.text.sub(rest);
    let form = form(&Body {
        text: &command,
        escape: body.escape,
        refused: Vec::new(),
    })?;
    match &*text[..kind_len].to_ascii_uppercase() {
        "NONE" if command.as_str().is_empty() => Ok(Arguments::Healthcheck(Healthcheck::None)),
        "CMD" if has_command(&form, command.as_str()) => {
            Ok(Arguments::Healthcheck(Healthcheck::Command {
                form,
                body: command,
            }))
        }
        _ => Err(Refusal::Check),
    }
}

/// White space among ASCII: Docker looks at bytes here.
fn is_space(c: char) -> bool {
    c.is_ascii() && c.is_whitespace()
}

fn has_command(form: &CommandForm, text: &str) -> bool {
    match form {
        CommandForm::Shell => !text.is_empty(),
        CommandForm::Exec(words) => !words.is_empty(),
    }
}

//! The comments between two RUNs: they move into the joined one, unless they are there for what stands around
//! them.

use imgfix_syntax::{ItemKind, Keyword, TextRange};

use crate::model::Model;
use crate::model::packages::Verb;
use crate::model::run::{Run, RunForm};

/// The comments between two RUNs, and those that stand in the second one before its first command.
pub(super) fn between<'a>(model: &'a Model, left: &Run, right: &Run) -> Vec<&'a str> {
    let inner = model
        .instruction(right.item)
        .into_iter()
        .flat_map(|instruction| {
            let start = instruction.body_range().start();
            let comments = instruction.comments.iter();
            comments
                .filter(move |comment| comment.end() <= start)
                .map(|comment| comment.slice(&model.text).trim())
        });
    outside(model, left, right).chain(inner).collect()
}

/// The comments that stand between the two instructions.
fn outside<'a>(model: &'a Model, left: &Run, right: &Run) -> impl Iterator<Item = &'a str> {
    model.file.items[left.item + 1..right.item]
        .iter()
        .filter(|item| matches!(item.kind, ItemKind::Comment))
        .map(|item| item.range.slice(&model.text).trim())
}

/// A comment that would be out of place in a RUN: a heading, or an instruction that is out of use.
pub(super) fn out_of_place<'a>(model: &'a Model, left: &Run, right: &Run) -> Option<&'a str> {
    outside(model, left, right).find(|comment| is_heading(comment) || is_instruction(comment))
}

/// How many signs of a kind in a row make a line.
const LINE: usize = 4;

/// `#### SECTION ####`, `# ----`.
fn is_heading(comment: &str) -> bool {
    let bytes = comment.as_bytes();
    bytes.windows(LINE).any(|signs| {
        matches!(signs[0], b'#' | b'-' | b'=' | b'*' | b'_' | b'~' | b'+')
            && signs.iter().all(|sign| *sign == signs[0])
    })
}

/// `#RUN make`, or a line of one that goes on.
fn is_instruction(comment: &str) -> bool {
    let body = comment.trim_start_matches('#').trim();
    let (first, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let is_keyword = first.chars().all(|char| char.is_ascii_uppercase())
        && Keyword::of(first) != Keyword::Unknown
        && !rest.is_empty();
    is_keyword || body.ends_with('\\')
}

/// Whether a RUN is a bare update on one line, which can go down to the install that uses it and leave the
/// comments between the two where they are.
pub(super) fn can_go_down(model: &Model, run: &Run) -> bool {
    let is_update = matches!(&run.operations[..], [only] if only.verb == Verb::Update);
    let has_comment_above = run
        .item
        .checked_sub(1)
        .is_some_and(|above| matches!(model.file.items[above].kind, ItemKind::Comment));
    is_update
        && run.commands.len() == 1
        && run.form == RunForm::Shell
        && !run.range.slice(&model.text).contains('\n')
        && !has_comment_above
}

/// What goes when a RUN goes: its line, and one of two blank lines around it.
pub(super) fn line_of(model: &Model, run: &Run) -> TextRange {
    let range = model.file.items[run.item].range;
    let is_blank_above = ["\n\n", "\n\r\n"]
        .iter()
        .any(|end| model.text[..range.start()].ends_with(end));
    let rest = &model.text[range.end()..];
    let blank = ["\n", "\r\n"]
        .iter()
        .find(|newline| is_blank_above && rest.starts_with(**newline));
    TextRange::new(
        range.start(),
        range.end() + blank.map_or(0, |newline| newline.len()),
    )
}

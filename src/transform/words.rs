//! Edits of one command, word by word: the text edits, and the words that they mean.

use imgfix_syntax::TextRange;

use crate::edit::Edit;
use crate::model::Model;
use crate::model::command::CommandFact;
use crate::model::run::Run;
use crate::transform::Effect;
use crate::transform::layout::end_of_line;

/// A change of a command's words.
#[derive(Clone, Debug)]
enum Change {
    InsertAfter(usize, String),
    InsertBefore(usize, String, String),
    Replace(usize, String),
    Remove(usize),
}

/// Changes of one command, by the indices of its words.
pub struct WordEdits<'c> {
    command: &'c CommandFact,
    changes: Vec<Change>,
}

impl<'c> WordEdits<'c> {
    /// No changes yet.
    pub fn new(command: &'c CommandFact) -> Self {
        Self {
            command,
            changes: Vec::new(),
        }
    }

    /// Adds a word behind another one, with `separator` between the two.
    pub fn insert_after(&mut self, word: usize, separator: &str, text: &str) {
        self.changes
            .push(Change::InsertAfter(word, format!("{separator}{text}")));
    }

    /// Adds a word before another one, with `separator` between the two.
    pub fn insert_before(&mut self, word: usize, text: &str, separator: &str) {
        self.changes.push(Change::InsertBefore(
            word,
            text.to_owned(),
            separator.to_owned(),
        ));
    }

    /// Puts `text` in place of a word.
    pub fn replace(&mut self, word: usize, text: &str) {
        self.changes.push(Change::Replace(word, text.to_owned()));
    }

    /// Removes a word, with the blanks before it.
    pub fn remove(&mut self, word: usize) {
        self.changes.push(Change::Remove(word));
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The text edits, and the effect that says what they mean.
    pub fn finish(self, model: &Model) -> (Vec<Edit>, Effect) {
        let command = self.command;
        let mut edits = Vec::new();
        for change in &self.changes {
            edits.push(match change {
                Change::InsertAfter(word, text) => {
                    Edit::insert(command.words[*word].range.end(), text.clone())
                }
                Change::InsertBefore(word, text, separator) => Edit::insert(
                    command.words[*word].range.start(),
                    format!("{text}{separator}"),
                ),
                Change::Replace(word, text) => {
                    Edit::replace(command.words[*word].range, text.clone())
                }
                Change::Remove(word) => Edit::remove(removed(model, command, *word)),
            });
        }
        edits.extend(kept_column(&model.text, &edits));
        let mut words: Vec<String> = command
            .assignments
            .iter()
            .map(|assignment| assignment.raw.clone())
            .collect();
        for (at, word) in command.words.iter().enumerate() {
            let mut own = Some(word.raw.clone());
            let (mut before, mut after) = (Vec::new(), Vec::new());
            for change in &self.changes {
                match change {
                    Change::InsertAfter(target, text) if *target == at => {
                        after.extend(words_of(text));
                    }
                    Change::InsertBefore(target, text, _) if *target == at => {
                        before.push(text.clone());
                    }
                    Change::Replace(target, text) if *target == at => own = Some(text.clone()),
                    Change::Remove(target) if *target == at => own = None,
                    _ => {}
                }
            }
            words.extend(before.into_iter().chain(own).chain(after));
        }
        (
            edits,
            Effect::CommandChanged {
                command: command.range,
                words,
            },
        )
    }
}

/// Where the author has the continuations of neighbouring lines in one column, and the edits move that of
/// their line: the edit that moves it back. They are taken to stand on one line.
fn kept_column(text: &str, edits: &[Edit]) -> Option<Edit> {
    let at = edits.first()?.range.start();
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = at + text[at..].find('\n')?;
    let is_inside = |edit: &Edit| {
        let range = edit.range;
        range.start() >= start && range.end() <= end && !edit.text.contains('\n')
    };
    if !edits.iter().all(is_inside) {
        return None;
    }
    let column = |line: &str| {
        let body = line.trim_end().strip_suffix(['\\', '`'])?;
        let blanks = body.len() - body.trim_end_matches(' ').len();
        Some((body.chars().count(), blanks))
    };
    let (own, blanks) = column(&text[start..end])?;
    let above = text[..start].trim_end_matches('\n').rsplit('\n').next();
    let below = text[end + 1..].split('\n').next();
    // One blank is no column, but the line that reaches furthest has no more.
    let is_like = |line: Option<&str>| {
        let found = line.and_then(column);
        found.is_some_and(|(at, others)| at == own && blanks.max(others) > 1)
    };
    if !(is_like(above) || is_like(below)) {
        return None;
    }
    let length = |text: &str| text.chars().count();
    let added: usize = edits.iter().map(|edit| length(&edit.text)).sum();
    let taken: usize = edits
        .iter()
        .map(|edit| length(edit.range.slice(text)))
        .sum();
    let sign = start + text[start..end].trim_end().len() - 1;
    if added <= taken {
        return (added < taken).then(|| Edit::insert(sign, " ".repeat(taken - added)));
    }
    let surplus = (added - taken).min(blanks.saturating_sub(1));
    (surplus > 0).then(|| Edit::remove(TextRange::new(sign - surplus, sign)))
}

/// The words of an insertion, without the continuations between them.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let mut words: Vec<String> = Vec::new();
    for part in text.split_whitespace().filter(|word| *word != "\\") {
        match words.last_mut() {
            // A blank in quotes.
            Some(last) if last.matches('"').count() % 2 == 1 => {
                last.push(' ');
                last.push_str(part);
            }
            _ => words.push(part.to_owned()),
        }
    }
    words.into_iter()
}

/// A word with what separates it from its neighbours: the blanks before it, or, where it begins a line
/// and another word follows, everything up to that one.
fn removed(model: &Model, command: &CommandFact, word: usize) -> TextRange {
    let range = command.words[word].range;
    let previous = command.words[..word]
        .last()
        .map_or(range.start(), |word| word.range.end());
    let begins_line = model.text[previous..range.start()].contains('\n');
    match command.words.get(word + 1) {
        Some(next) if begins_line => TextRange::new(range.start(), next.range.start()),
        _ => TextRange::new(previous, range.end()),
    }
}

/// The whole lines of a command that begins and ends them with its operator before it, both lines that meet then
/// being continued: the padding before a continuation is that of its own line.
fn own_lines(model: &Model, range: TextRange, own: usize) -> Option<TextRange> {
    let text = &model.text;
    let is_continuation = |text: &str| text.trim() == model.file.escape.to_string();
    let before = &text[range.start()..own];
    let (padding, operator) = before.split_once('\n')?;
    let line = text[range.end()..].find('\n').map(|at| range.end() + at)?;
    let is_whole = is_continuation(padding)
        && operator.trim() == "&&"
        && !operator.contains('\n')
        && is_continuation(&text[range.end()..line]);
    is_whole.then(|| TextRange::new(range.start() + padding.len(), line))
}

/// The range that goes when a command of a RUN's top list is removed, with the operator that joins it.
///
/// `None` where its status decides about another command or about the RUN, or where a comment stands
/// in the range.
pub fn removal(model: &Model, run: &Run, command: &CommandFact) -> Option<TextRange> {
    use imgfix_syntax::shell::{Operator, Terminator};
    let script = run.script()?;
    if !command.is_top_level || !command.enclosures.is_empty() {
        return None;
    }
    let items = &script.list.items;
    let item = items.get(command.item)?;
    let before_it = command.item.checked_sub(1).map(|at| items[at].terminator);
    let in_background = |terminator: Terminator| matches!(terminator, Terminator::Background(_));
    if in_background(item.terminator) || before_it.is_some_and(in_background) {
        return None;
    }
    let and_or = &item.and_or;
    let own = and_or.pipelines().nth(command.pipeline)?.range;
    let before = command.pipeline.checked_sub(1).map(|at| &and_or.rest[at]);
    let after = and_or.rest.get(command.pipeline);
    let joined_by_and = |link: Option<&imgfix_syntax::shell::AndOrLink>| {
        link.is_none_or(|link| link.operator == Operator::And)
    };
    if !joined_by_and(before) || !joined_by_and(after) {
        return None;
    }
    let logical = if before.is_some() {
        let previous = and_or.pipelines().nth(command.pipeline - 1)?;
        TextRange::new(previous.range.end(), own.end())
    } else if let Some(next) = after {
        TextRange::new(own.start(), next.pipeline.range.start())
    } else if command.item > 0 {
        // As the last item it decides about the status of the RUN, unless a failure ends the RUN before.
        let is_last = command.item + 1 == items.len();
        let previous = &items[command.item - 1];
        if is_last && !run.exits_on_error() {
            return None;
        }
        TextRange::new(previous.and_or.range.end(), own.end())
    } else {
        TextRange::new(own.start(), items.get(1)?.and_or.range.start())
    };
    let start = script
        .source_range(TextRange::new(
            logical.start().saturating_sub(1),
            logical.start(),
        ))
        .end();
    let start = if logical.start() == own.start() {
        script.source_range(own).start()
    } else {
        start
    };
    let end = if logical.end() == own.end() {
        end_of_line(&model.text, script.source_range(own).end())
    } else {
        script
            .source_range(TextRange::new(logical.end(), logical.end() + 1))
            .start()
    };
    let range = TextRange::new(start, end);
    let own_start = script.source_range(own).start();
    let range = before
        .and_then(|_| own_lines(model, range, own_start))
        .unwrap_or(range);
    // An escaped blank at the end of a line would join the next one to it.
    let ends_line = model.text[end..].starts_with(['\n', '\r']);
    if ends_line && model.text[..start].trim_end().ends_with(model.file.escape) {
        return None;
    }
    let instruction = model.instruction(run.item)?;
    (!instruction
        .comments
        .iter()
        .any(|comment| comment.overlaps(range)))
    .then_some(range)
}

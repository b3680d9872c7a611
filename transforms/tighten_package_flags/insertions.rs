//! Where in a list of packages a flag or another package goes.

use crate::edit::Edit;
use crate::transform::Input;
use crate::transform::words::WordEdits;

use super::Site;

/// The last of the options that stand directly behind the sub-command.
pub(super) fn last_leading_option(site: &Site<'_>) -> usize {
    let mut at = site.operation.subcommand;
    while site.operation.options.contains(&(at + 1))
        && !site
            .operation
            .manager
            .value_options
            .contains(&site.command.words[at + 1].raw.as_str())
    {
        at += 1;
    }
    at
}

/// Adds a package where the list's order wants it, laid out as the list is.
pub(super) fn insert_package(
    input: &Input<'_>,
    site: &Site<'_>,
    name: &str,
    words: &mut WordEdits<'_>,
) {
    let operands = &site.operation.operands;
    let text = |at: usize| {
        site.command.words[at]
            .literal
            .as_deref()
            .unwrap_or_default()
    };
    let is_sorted = operands.len() > 1
        && operands
            .windows(2)
            .all(|pair| text(pair[0]) < text(pair[1]));
    let separator = separator(input, site);
    let instruction = input.model.instruction(site.run.item);
    let has_comments = instruction.is_some_and(|it| {
        it.comments
            .iter()
            .any(|comment| site.command.range.contains_range(*comment))
    });
    if has_comments {
        // A comment speaks of the packages below it: the new one goes above them all.
        return words.insert_after(last_leading_option(site), &separator, name);
    }
    let before = operands
        .iter()
        .copied()
        .find(|&at| is_sorted && text(at) > name);
    match before {
        Some(at) => words.insert_before(at, name, &separator),
        None => words.insert_after(operands[operands.len() - 1], &separator, name),
    }
}

/// What stands between two packages of the list: a blank, or a continuation with the list's indent.
fn separator(input: &Input<'_>, site: &Site<'_>) -> String {
    let operands = &site.operation.operands;
    let first = operands[0];
    let between = |left: usize, right: usize| {
        let left = site.command.words[left].range.end();
        &input.model.text[left..site.command.words[right].range.start()]
    };
    let gap = match operands.len() {
        1 => between(first - 1, first),
        count => between(operands[count - 2], operands[count - 1]),
    };
    match gap.rsplit_once('\n') {
        Some((_, indent)) if indent.trim().is_empty() => format!(" \\\n{indent}"),
        _ => " ".to_owned(),
    }
}

/// Insertions at one place become one, in their order.
pub(super) fn join_insertions(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::new();
    for edit in edits {
        match joined
            .iter_mut()
            .find(|other| other.range == edit.range && edit.range.is_empty())
        {
            Some(other) => other.text.push_str(&edit.text),
            None => joined.push(edit),
        }
    }
    joined
}

//! Commands: each RUN of the result holds the commands it held, in the same order and joined in the same
//! way, but for the declared effects.

use imgfix_syntax::shell::Enclosure;
use imgfix_syntax::{Instruction, Keyword, TextRange};

use super::declared::Declared;
use super::instructions::{Pair, first_line};
use super::tokens::{CommandToken, Token, tokens};
use super::{Checked, Violation, ensure};
use crate::model::Model;
use crate::model::command::CommandFact;
use crate::model::run::{Run, RunScript};
use crate::transform::{Effect, Join, Joiner};

pub(super) fn check(
    before: &Model,
    after: &Model,
    pairs: &[Pair],
    declared: &Declared<'_>,
) -> Checked {
    for pair in pairs {
        let Some(new) = after.run_at(pair.after) else {
            continue;
        };
        let olds: Vec<&Run> = pair
            .before
            .iter()
            .filter_map(|&item| before.run_at(item))
            .collect();
        ensure(olds.len() == pair.before.len(), || {
            "a RUN was made from something else".to_owned()
        })?;
        let name = first_line(olds[0].range.slice(&before.text));
        match &new.script {
            RunScript::Shell(script) => {
                let expected = expected(before, &olds, declared)?;
                let found = tokens(script);
                ensure(expected == found, || difference(name, &expected, &found))?;
            }
            RunScript::Exec(_) | RunScript::Opaque(_) => {
                let old = body(before.instruction(pair.before[0]));
                let new = body(after.instruction(pair.after));
                ensure(olds.len() == 1 && old == new, || {
                    format!("`{name}` is no longer understood")
                })?;
            }
        }
    }
    Ok(())
}

/// The joined text of a RUN, also below ONBUILD.
fn body(instruction: Option<&Instruction>) -> Option<&str> {
    debug_assert!(
        instruction.is_none_or(|it| matches!(it.keyword, Keyword::Run | Keyword::Onbuild))
    );
    instruction.map(|instruction| instruction.body.as_str())
}

fn difference(name: &str, expected: &[Token], found: &[Token]) -> String {
    let at = expected
        .iter()
        .zip(found)
        .position(|(expected, found)| expected != found);
    let at = at.unwrap_or_else(|| expected.len().min(found.len()));
    format!(
        "the commands of `{name}` are not those announced: expected {:?}, found {:?}",
        expected.get(at).map(show),
        found.get(at).map(show)
    )
}

fn show(token: &Token) -> String {
    match token {
        Token::Command(command) => command.words.join(" "),
        other => format!("{other:?}"),
    }
}

/// What the effects make of the RUNs that one RUN was made from.
fn expected(
    model: &Model,
    olds: &[&Run],
    declared: &Declared<'_>,
) -> Result<Vec<Token>, Violation> {
    let mut joined: Vec<Token> = Vec::new();
    for (at, old) in olds.iter().enumerate() {
        let script = old
            .script()
            .ok_or_else(|| Violation("a RUN that is not understood was changed".to_owned()))?;
        let mut row = tokens(script);
        for effect in declared.commands_in(model.file.items[old.item].range) {
            apply(&mut row, effect)?;
        }
        if at == 0 {
            joined = row;
            continue;
        }
        let join = declared
            .join(old.range)
            .ok_or_else(|| Violation("RUNs were joined without saying so".to_owned()))?;
        joined = self::joined(joined, row, join)?;
        keeps_shell_apart(olds[at - 1], join)?;
    }
    Ok(joined)
}

/// What the left RUN does to its shell does not reach the right one, and its failures still end it.
fn keeps_shell_apart(left: &Run, join: Join) -> Checked {
    let changes = |command: &CommandFact| command.changes_shell().map(str::to_owned);
    let mut changed = left.commands.iter().filter_map(changes);
    let found = match join {
        Join::Flat | Join::RightInGroup => changed.next(),
        // On the left of `&&` a subshell goes on after a failure, whatever `set -e` says.
        Join::LeftInSubshell => changed.find(|change| change == "set" || change == "trap"),
        Join::SamePrelude => {
            let ends_in_list = left
                .commands
                .last()
                .is_some_and(|last| last.pipelines > 1 || last.is_in(Enclosure::Negation));
            ensure(!ends_in_list, || {
                "a failure at the end of the left RUN would go unseen".to_owned()
            })?;
            changed.nth(1)
        }
    };
    ensure(found.is_none(), || {
        format!(
            "`{}` of the left RUN would reach the right one",
            found.unwrap_or_default()
        )
    })
}

fn joined(
    mut left: Vec<Token>,
    mut right: Vec<Token>,
    join: Join,
) -> Result<Vec<Token>, Violation> {
    if left.is_empty() || right.is_empty() {
        left.append(&mut right);
        return Ok(left);
    }
    match join {
        Join::Flat => {
            ensure(is_flat(&left) && is_flat(&right), || {
                "a RUN that is no AND-list was joined flatly".to_owned()
            })?;
            left.push(Token::And);
            left.append(&mut right);
        }
        Join::RightInGroup => {
            ensure(is_flat(&left), || "the left RUN is no AND-list".to_owned())?;
            left.push(Token::And);
            left.extend(enclosed("Group ", right));
        }
        Join::LeftInSubshell => {
            ensure(is_flat(&right), || {
                "the right RUN is no AND-list".to_owned()
            })?;
            left = enclosed("Subshell ", left);
            left.push(Token::And);
            left.append(&mut right);
        }
        Join::SamePrelude => {
            ensure(left.first() == right.first(), || {
                "the RUNs do not begin with the same command".to_owned()
            })?;
            ensure(right.get(1) == Some(&Token::Then), || {
                "the first command is no prelude".to_owned()
            })?;
            left.push(Token::Then);
            left.extend(right.drain(2..));
        }
    }
    Ok(left)
}

fn enclosed(head: &str, row: Vec<Token>) -> Vec<Token> {
    let mut enclosed = vec![Token::Open(head.to_owned()), Token::Open("part".to_owned())];
    enclosed.extend(row);
    enclosed.extend([Token::Close, Token::Close]);
    enclosed
}

/// Whether the top of a row is one AND-list.
fn is_flat(row: &[Token]) -> bool {
    let mut depth = 0_usize;
    row.iter().all(|token| {
        match token {
            Token::Open(head) if is_bracket(head) => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 0 || !matches!(token, Token::Or | Token::Then | Token::Background)
    })
}

/// Redirections of compound commands are rows' only `Open` without `Close`.
fn is_bracket(head: &str) -> bool {
    !head.starts_with(|char: char| matches!(char, '<' | '>' | '&') || char.is_ascii_digit())
}

/// Applies an effect to the row that holds its command, if it does.
fn apply(row: &mut Vec<Token>, effect: &Effect) -> Checked {
    let place = |row: &[Token], range: TextRange| {
        row.iter()
            .position(|token| matches!(token, Token::Command(command) if command.range == range))
    };
    match effect {
        Effect::CommandChanged { command, words } => {
            if let Some(at) = place(row, *command)
                && let Token::Command(token) = &mut row[at]
            {
                token.words.clone_from(words);
            }
        }
        Effect::CommandAdded {
            after,
            joiner,
            words,
        } => {
            if let Some(at) = place(row, *after) {
                let joiner = match joiner {
                    Joiner::And => Token::And,
                    Joiner::Sequence => Token::Then,
                };
                let token = CommandToken {
                    range: TextRange::empty(0),
                    words: words.clone(),
                    redirections: Vec::new(),
                };
                row.splice((at + 1)..=at, [joiner, Token::Command(token)]);
            }
        }
        Effect::CommandAddedBefore { before, words } => {
            if let Some(at) = place(row, *before) {
                let token = CommandToken {
                    range: TextRange::empty(0),
                    words: words.clone(),
                    redirections: Vec::new(),
                };
                row.splice(at..at, [Token::Command(token), Token::And]);
            }
        }
        Effect::CommandRemoved { command } => {
            if let Some(at) = place(row, *command) {
                remove(row, at)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Removes a command with the `&&` or `;` that joins it.
fn remove(row: &mut Vec<Token>, at: usize) -> Checked {
    let before = at.checked_sub(1).map(|before| row[before].clone());
    let after = row.get(at + 1).cloned();
    match (before, after) {
        (None, None) => row.clear(),
        (Some(Token::And), None | Some(Token::And | Token::Then))
        | (Some(Token::Then), None | Some(Token::Then)) => {
            row.drain(at - 1..=at);
        }
        // `a; b && c` without `b` is `a; c`: the operator behind it goes with it.
        (None | Some(Token::Then), Some(Token::And)) | (None, Some(Token::Then)) => {
            row.drain(at..=at + 1);
        }
        _ => {
            return Err(Violation(
                "a command was removed whose status decides about another one".to_owned(),
            ));
        }
    }
    Ok(())
}

//! A stage of which two are made: the one that builds keeps what it had, but for what the other one has now;
//! the one that runs keeps the contract.

use std::collections::BTreeSet;

use imgfix_syntax::{Arguments, Instruction, Keyword, TextRange};

use super::declared::Declared;
use super::instructions::{Pair, first_line, same_heredocs, same_shape, same_state};
use super::{Checked, Violation, all_comments, commands, ensure, layers};
use crate::model::Model;
use crate::model::contract::Contract;
use crate::model::copy;
use crate::model::folders::parent;
use crate::model::images::{BaseCommand, base_contract};
use crate::model::stage::Base;
use crate::model::start::Start;
use crate::model::state::Value;
use crate::transform::{Split, StageLine};

pub(super) fn check(
    before: &Model,
    after: &Model,
    split: &Split,
    declared: &Declared<'_>,
) -> Checked {
    stages(before, after, split)?;
    comments(before, after)?;
    let old: Vec<usize> = before.file.instructions().map(|(item, _)| item).collect();
    let new: Vec<usize> = after.file.instructions().map(|(item, _)| item).collect();
    let moved: BTreeSet<usize> = split.runtime.iter().filter_map(moved).collect();
    let dropped: BTreeSet<usize> = split.told.dropped.iter().map(|it| it.start()).collect();
    told(before, split)?;
    layers::check(split)?;
    let range = |item: usize| before.instruction(item).map(|it| it.range);
    let starts = |item: &usize| {
        range(*item).is_some_and(|it| moved.contains(&it.start()) || dropped.contains(&it.start()))
    };
    let stays: Vec<usize> = old.iter().copied().filter(|item| !starts(item)).collect();
    let expected = stays.len() + split.build_end.len() + split.runtime.len();
    ensure(expected == new.len(), || {
        format!(
            "{expected} instructions were announced, {} are there",
            new.len()
        )
    })?;
    let (build, rest) = new.split_at(stays.len());
    let (ends, runtime) = rest.split_at(split.build_end.len());
    let pairs = stays.iter().zip(build).map(|(&item, &after)| Pair {
        before: vec![item],
        after,
    });
    let pairs: Vec<Pair> = pairs.collect();
    builds(before, after, &pairs, split, declared)?;
    for (&item, text) in ends.iter().zip(&split.build_end) {
        added(after, item, text)?;
    }
    runs(before, after, split, runtime)?;
    contract(before, after, split)?;
    commands::check(before, after, &pairs, declared)
}

/// Nothing goes but what the container starts, and only where something else is said in its place.
fn told(before: &Model, split: &Split) -> Checked {
    let is_start = |range: &TextRange| {
        let instruction = instruction_at(before, range.start());
        instruction.is_some_and(|it| matches!(it.keyword, Keyword::Cmd | Keyword::Entrypoint))
    };
    let told = &split.told;
    let is_said = told.start.is_some() || told.dropped.is_empty();
    ensure(is_said && told.dropped.iter().all(is_start), || {
        "an instruction of the author is lost".to_owned()
    })
}

fn moved(line: &StageLine) -> Option<usize> {
    match line {
        StageLine::Moved(range) => Some(range.start()),
        StageLine::Added(_) | StageLine::Repeated(_) => None,
    }
}

/// One stage became two; the first has the base that it had, the second is made from an image.
fn stages(before: &Model, after: &Model, split: &Split) -> Checked {
    ensure(before.stages.len() == 1 && after.stages.len() == 2, || {
        "no single stage became two".to_owned()
    })?;
    let (build, runs) = (&after.stages[0], &after.stages[1]);
    ensure(build.name.as_deref() == Some(split.build.as_str()), || {
        "the stage that builds has another name".to_owned()
    })?;
    ensure(
        before.stages[0].base == build.base
            && before.stages[0]
                .name
                .as_ref()
                .is_none_or(|name| split.name.as_ref().or(build.name.as_ref()) == Some(name)),
        || "the stage that builds has another base".to_owned(),
    )?;
    let is_image = matches!(runs.base, Base::Image(_) | Base::Scratch);
    ensure(is_image && runs.name == split.name, || {
        "the stage that runs is not made from an image".to_owned()
    })
}

/// Every comment is still there.
fn comments(before: &Model, after: &Model) -> Checked {
    let mut new = all_comments(after);
    for comment in all_comments(before) {
        let at = new.iter().position(|other| *other == comment);
        ensure(at.is_some(), || format!("a comment was lost: {comment}"))?;
        new.swap_remove(at.unwrap_or_default());
    }
    Ok(())
}

/// What builds keeps its text, and sees what it saw, but for variables that are set further down now and that
/// none of it names.
fn builds(
    before: &Model,
    after: &Model,
    pairs: &[Pair],
    split: &Split,
    declared: &Declared<'_>,
) -> Checked {
    let gone = split.runtime.iter().filter_map(moved);
    let gone = gone.filter_map(|start| instruction_at(before, start));
    let gone: Vec<&str> = gone.flat_map(|it| set_names(it)).collect();
    for pair in pairs {
        let item = pair.before[0];
        let (Some(old), Some(new)) = (before.instruction(item), after.instruction(pair.after))
        else {
            continue;
        };
        if old.keyword != Keyword::From {
            same_shape(before, after, old, new, declared)?;
        }
        same_heredocs(before, after, old, new, declared)?;
        let name = || first_line(old.range.slice(&before.text));
        let text = old.range.slice(&before.text);
        ensure(!gone.iter().any(|name| names(text, name)), || {
            format!("`{}` names a variable that is set further down", name())
        })?;
        ensure(same_state(before, after, item, pair.after, &gone), || {
            format!("what holds at `{}` changed", name())
        })?;
    }
    Ok(())
}

fn added(after: &Model, item: usize, text: &str) -> Checked {
    let is_it = after.instruction(item).is_some_and(|it| {
        joined(it.range.slice(&after.text), after.file.escape) == joined(text, '\\')
    });
    ensure(is_it, || {
        format!("`{text}` was announced, and is not there")
    })
}

/// A text of one instruction, on one line with single blanks.
fn joined(text: &str, escape: char) -> String {
    let lines = text
        .lines()
        .map(|line| line.trim_end().trim_end_matches(escape));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// What runs is what was announced: the author's instructions in their order, and copies of what was built to
/// the same places.
fn runs(before: &Model, after: &Model, split: &Split, items: &[usize]) -> Checked {
    let mut last = 0;
    for (&item, line) in items.iter().zip(&split.runtime) {
        match line {
            StageLine::Added(text) => {
                added(after, item, text)?;
                copied(after, item, split)?;
            }
            StageLine::Repeated(range) | StageLine::Moved(range) => {
                let new = after
                    .instruction(item)
                    .map(|it| it.range.slice(&after.text));
                ensure(new == Some(range.slice(&before.text)), || {
                    "an instruction of the author changed on its way".to_owned()
                })?;
                ensure(range.start() >= last, || {
                    "instructions changed their order".to_owned()
                })?;
                last = range.start();
            }
        }
    }
    Ok(())
}

/// What is copied from the stage that builds goes where it stood; what was installed below `/install` goes
/// where it would have stood.
fn copied(after: &Model, item: usize, split: &Split) -> Checked {
    let Some(instruction) = after.instruction(item) else {
        return Ok(());
    };
    let Some(copy) = copy::arguments(instruction) else {
        return Ok(());
    };
    let from = instruction.flag("from").and_then(|it| it.value.as_deref());
    ensure(from == Some(split.build.as_str()), || {
        "a COPY that was added takes from elsewhere".to_owned()
    })?;
    let to = copy.destination.text.as_str();
    if layers::is_one(split, instruction.range.slice(&after.text)) {
        return Ok(());
    }
    let is_in_place = copy.sources.iter().all(|source| {
        let source = source.text.as_str();
        let holder = parent(source).trim_end_matches('/');
        source.starts_with('/')
            && (source == to
                || (to.ends_with('/') && holder == to.trim_end_matches('/'))
                || (source == "/install" && to == "/usr/local"))
    });
    ensure(is_in_place, || {
        format!(
            "`{}` copies to another place",
            first_line(instruction.range.slice(&after.text))
        )
    })
}

/// The contract of what runs is that of before.
fn contract(before: &Model, after: &Model, split: &Split) -> Checked {
    let (mut old, new) = (Contract::of(before, 0), Contract::of(after, 1));
    if let Some((keyword, words)) = split.told.start.as_ref().and_then(|it| it.split_once(' ')) {
        let is_command = |range: &TextRange| {
            let instruction = instruction_at(before, range.start());
            instruction.is_some_and(|it| it.keyword == Keyword::Cmd)
        };
        let is_entry_point = keyword.eq_ignore_ascii_case("ENTRYPOINT");
        let keeps_command = is_entry_point && !split.told.dropped.iter().any(is_command);
        old.start_with(is_entry_point, words, keeps_command);
    }
    if split.resets_entry_point {
        only_starts_arguments(before, after)?;
        old.reset_entry_point();
    }
    if let Some(part) = old.difference_in_text(&new) {
        return Err(Violation(format!("the {part} changed")));
    }
    let end = |model: &Model| {
        let mut instructions = model.file.instructions();
        let last = instructions.next_back().map(|(item, _)| item)?;
        let state = model.state(last)?;
        // The last one may set something itself.
        let set = model.instruction(last)?;
        let own =
            |keyword| (set.keyword == keyword).then(|| Value::Known(set.body.as_str().to_owned()));
        Some((
            own(Keyword::User).unwrap_or(state.user.value.clone()),
            own(Keyword::Workdir).unwrap_or(state.workdir.value.clone()),
        ))
    };
    let user = split.told.user.clone().map(Value::Known);
    let expected = end(before).map(|(old, folder)| (user.unwrap_or(old), folder));
    let is_same = |old: &Value, new: &Value| {
        let is_known = old.known().is_some() && new.known().is_some();
        old == new || (split.told.is_own && !is_known)
    };
    let is_kept = match (&expected, &end(after)) {
        (Some(old), Some(new)) => is_same(&old.0, &new.0) && is_same(&old.1, &new.1),
        (old, new) => old == new,
    };
    ensure(is_kept, || {
        "the user or the working directory changed".to_owned()
    })?;
    let lines = split.runtime.iter().filter_map(|line| match line {
        StageLine::Repeated(range) | StageLine::Moved(range) => Some(*range),
        StageLine::Added(_) => None,
    });
    let lines: Vec<TextRange> = lines.collect();
    let is_started = |start: usize| {
        use Keyword::{Cmd, Entrypoint, Healthcheck};
        instruction_at(before, start)
            .is_some_and(|it| matches!(it.keyword, Cmd | Entrypoint | Healthcheck))
    };
    let named_by = |name: &str| {
        let lines = lines
            .iter()
            .filter(|range| names(range.slice(&before.text), name));
        lines.map(|range| range.start()).collect::<Vec<_>>()
    };
    for (_, instruction) in before.file.instructions() {
        let is_there = lines.contains(&instruction.range);
        for name in set_names(instruction) {
            let by = named_by(name);
            let stays_behind = match instruction.keyword {
                Keyword::Env => by.is_empty() && split.left_behind.iter().any(|left| left == name),
                // A container does not see build arguments anyway.
                _ => by.into_iter().all(is_started),
            };
            ensure(is_there || stays_behind, || {
                format!("`{name}` is not set any more in what runs")
            })?;
        }
    }
    Ok(())
}

/// The entry point that goes is the one of Node's image, or of those of Java, which start a program that is named as
/// it is.
fn only_starts_arguments(before: &Model, after: &Model) -> Checked {
    let image = before.stages[0].image.as_ref();
    let contract = image.and_then(|image| base_contract(&image.name, image.tag.as_deref()));
    let is_handing_on = contract.is_some_and(|it| {
        it.entrypoint == Some(BaseCommand::Exec(vec!["docker-entrypoint.sh"]))
            && image.is_some_and(|image| image.name == "node")
    });
    let (old, new) = (Start::of(before, 0), Start::of(after, 1));
    let words = new.words();
    let is_same = old.words() == words;
    let hands_on = words.is_some_and(|(words, by_shell, _)| {
        let program = words.first().map(String::as_str).filter(|_| !by_shell);
        match program {
            Some("node") => is_handing_on,
            Some("java" | "/usr/bin/java") => true,
            _ => false,
        }
    });
    ensure(old.entrypoint.is_none() && is_same && hands_on, || {
        "an entry point is taken away that does something".to_owned()
    })
}

fn instruction_at(model: &Model, start: usize) -> Option<&Instruction> {
    let mut instructions = model.file.instructions();
    instructions.find_map(|(_, it)| (it.range.start() == start).then_some(it))
}

/// The names that ENV and ARG set.
fn set_names(instruction: &Instruction) -> Vec<&str> {
    match &instruction.arguments {
        Arguments::Pairs(pairs) if instruction.keyword == Keyword::Env => pairs
            .pairs
            .iter()
            .map(|pair| pair.key.text.as_str())
            .collect(),
        Arguments::Arg(pairs) => pairs.iter().map(|pair| pair.key.text.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a text names a variable.
fn names(text: &str, name: &str) -> bool {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    text.split('$').skip(1).any(|rest| {
        let rest = rest.trim_start_matches('{');
        rest.strip_prefix(name)
            .is_some_and(|rest| !rest.starts_with(is_part))
    })
}

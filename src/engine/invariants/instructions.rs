//! Instructions: each survives in its place with the same text and the same surroundings.

use imgfix_syntax::{Arguments, Instruction, Keyword, Word};

use super::declared::Declared;
use super::order::{self, Entry};
use super::{Checked, Violation, ensure};
use crate::model::Model;
use crate::model::contract::Contract;

/// An instruction of the result, with the instructions it was made from: one, or RUNs that were joined.
pub(super) struct Pair {
    /// Items of the text before.
    pub(super) before: Vec<usize>,
    /// The item of the text after.
    pub(super) after: usize,
}

/// Pairs the instructions of the two texts: those that go are declared, the others keep their order.
pub(super) fn pair(
    before: &Model,
    after: &Model,
    declared: &Declared<'_>,
) -> Result<Vec<Pair>, Violation> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (item, instruction) in before.file.instructions() {
        let is_run = instruction.keyword == Keyword::Run;
        if declared.is_removed(instruction.range) {
            ensure(is_run, || {
                "an instruction that is no RUN was removed".to_owned()
            })?;
        } else if declared.join(instruction.range).is_some() {
            let group = groups.last_mut().filter(|group| {
                group
                    .last()
                    .is_some_and(|&last| follows(before, last, item))
            });
            group
                .ok_or_else(|| Violation("a RUN was joined to something else".to_owned()))?
                .push(item);
        } else {
            groups.push(vec![item]);
        }
    }
    let expected = order::expected(before, groups, declared)?;
    let kept: Vec<usize> = after.file.instructions().map(|(item, _)| item).collect();
    ensure(expected.len() == kept.len(), || {
        format!(
            "{} instructions were to stay, {} are there",
            expected.len(),
            kept.len()
        )
    })?;
    let mut pairs = Vec::new();
    for (entry, item) in expected.into_iter().zip(kept) {
        match entry {
            Entry::Kept(before) => pairs.push(Pair {
                before,
                after: item,
            }),
            Entry::Added(effect) => order::check_added(before, after, effect, item)?,
        }
    }
    Ok(pairs)
}

/// Whether two items are RUNs with no instruction between them.
fn follows(model: &Model, left: usize, right: usize) -> bool {
    let is_run = |item| {
        model
            .instruction(item)
            .is_some_and(|it| it.keyword == Keyword::Run)
    };
    is_run(left) && is_run(right) && (left + 1..right).all(|item| model.instruction(item).is_none())
}

/// Instructions keep keyword, flags and, but for RUN, their text; and each sees the same variables, user,
/// folder and shell. Heredocs that no command effect speaks of keep their bytes.
pub(super) fn unchanged(
    before: &Model,
    after: &Model,
    pairs: &[Pair],
    declared: &Declared<'_>,
) -> Checked {
    let mut compared = None;
    for pair in pairs {
        let Some(new) = after.instruction(pair.after) else {
            continue;
        };
        for &item in &pair.before {
            let Some(old) = before.instruction(item) else {
                continue;
            };
            same_shape(before, after, old, new, declared)?;
            same_heredocs(before, after, old, new, declared)?;
            let states = (before.state_number(item), after.state_number(pair.after));
            let is_same = if declared.is_moved(old.range) {
                order::check_moved(before, item, declared)?;
                order::same_meaning(before, after, item, pair.after)
            } else {
                compared == Some(states)
                    || order::same_beside_arguments(before, after, item, pair.after, declared)
            };
            compared = is_same.then_some(states);
            ensure(is_same, || {
                format!(
                    "what holds at `{}` changed",
                    first_line(old.range.slice(&before.text))
                )
            })?;
        }
    }
    Ok(())
}

/// Heredoc bodies are byte-identical, but for those that hold a command which an effect speaks of.
pub(super) fn same_heredocs(
    before: &Model,
    after: &Model,
    old: &Instruction,
    new: &Instruction,
    declared: &Declared<'_>,
) -> Checked {
    let name = || {
        format!(
            "a heredoc of `{}` changed",
            first_line(old.range.slice(&before.text))
        )
    };
    ensure(old.heredocs.len() == new.heredocs.len(), name)?;
    for (old, new) in old.heredocs.iter().zip(&new.heredocs) {
        let is_edited = declared.commands_in(old.body).next().is_some();
        ensure(
            is_edited || old.body.slice(&before.text) == new.body.slice(&after.text),
            name,
        )?;
    }
    Ok(())
}

/// Whether two items see the same, but for the build arguments in `exempt`.
pub(super) fn same_state(
    before: &Model,
    after: &Model,
    old: usize,
    new: usize,
    exempt: &[&str],
) -> bool {
    match (before.state(old), after.state(new)) {
        (None, None) => true,
        (Some(old), Some(new)) => {
            old.env.is_same_but_for(&new.env, exempt)
                && old.args.is_same_but_for(&new.args, exempt)
                && old.user.value == new.user.value
                && old.workdir.value == new.workdir.value
                && old.shell == new.shell
        }
        _ => false,
    }
}

pub(super) fn same_shape(
    before: &Model,
    after: &Model,
    old: &Instruction,
    new: &Instruction,
    declared: &Declared<'_>,
) -> Checked {
    let name = || first_line(old.range.slice(&before.text));
    let keyword = declared.keyword(old.range).unwrap_or(old.keyword);
    ensure(new.keyword == keyword, || {
        format!("`{}` became another instruction", name())
    })?;
    ensure(keyword == old.keyword || may_be_copy(old, keyword), || {
        format!("`{}` cannot be another instruction", name())
    })?;
    let flags = |model: &Model, it: &Instruction| -> Vec<String> {
        it.flags
            .iter()
            .map(|flag| flag.range.slice(&model.text).to_owned())
            .collect()
    };
    let mut expected = flags(before, old);
    let added = declared.flags(old.range);
    expected.extend(added.iter().map(|&flag| flag.to_owned()));
    ensure(expected == flags(after, new), || {
        format!("the flags of `{}` changed", name())
    })?;
    ensure(added.is_empty() || may_have(new, added), || {
        format!("`{}` was given flags that change what it does", name())
    })?;
    if old.keyword != Keyword::Run && old.keyword != Keyword::Onbuild {
        ensure(old.body.as_str() == new.body.as_str(), || {
            format!("the text of `{}` changed", name())
        })?;
    }
    Ok(())
}

/// An ADD may become a COPY where none of its sources is fetched.
fn may_be_copy(old: &Instruction, keyword: Keyword) -> bool {
    let Arguments::Copy(copy) = &old.arguments else {
        return false;
    };
    let is_fetched = |source: &Word| {
        !source.variables.is_empty() || source.text.contains("://") || source.text.contains('@')
    };
    old.keyword == Keyword::Add && keyword == Keyword::Copy && !copy.sources.iter().any(is_fetched)
}

/// A RUN may get cache mounts; a COPY an owner and a mode, each once.
fn may_have(new: &Instruction, added: &[&str]) -> bool {
    let count = |name: &str| new.flags.iter().filter(|flag| flag.name == name).count();
    match new.keyword {
        Keyword::Run => added
            .iter()
            .all(|flag| flag.starts_with("--mount=type=cache,")),
        Keyword::Copy => {
            let is_one_of =
                |flag: &&str| flag.starts_with("--chown=") || flag.starts_with("--chmod=");
            added.iter().all(is_one_of) && count("chown") <= 1 && count("chmod") <= 1
        }
        _ => false,
    }
}

/// The runtime contract of every stage is equal.
pub(super) fn contracts(before: &Model, after: &Model) -> Checked {
    ensure(before.stages.len() == after.stages.len(), || {
        "the number of stages changed".to_owned()
    })?;
    for stage in 0..before.stages.len() {
        let (old, new) = (Contract::of(before, stage), Contract::of(after, stage));
        if let Some(part) = old.difference(&new) {
            return Err(Violation(format!("the {part} of stage {stage} changed")));
        }
    }
    Ok(())
}

/// Every stage reference resolves to the stage that it did, and every named stage still exists.
pub(super) fn references(before: &Model, after: &Model) -> Checked {
    for (old, new) in before.stages.iter().zip(&after.stages) {
        ensure(old.name == new.name && old.base == new.base, || {
            format!("stage {} changed its name or base", old.index)
        })?;
        let uses = |stage: &crate::model::stage::Stage| {
            stage
                .uses
                .iter()
                .map(|used| (used.by, used.kind.clone()))
                .collect::<Vec<_>>()
        };
        ensure(uses(old) == uses(new), || {
            format!("stage {} is used in another way", old.index)
        })?;
    }
    Ok(())
}

pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

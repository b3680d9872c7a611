//! The order of instructions: what is moved or added keeps to what a COPY can be moved over, and to what the
//! effects say.

use imgfix_syntax::{Arguments, Instruction, Keyword, TextRange};

use super::declared::Declared;
use super::instructions::{first_line, same_state};
use super::{Checked, Violation, ensure};
use crate::model::Model;
use crate::model::copy;
use crate::model::folders::absolute;
use crate::model::placed::plain;
use crate::model::run::is_within;
use crate::transform::{Effect, Place};

/// An instruction that is to be there afterwards.
pub(super) enum Entry<'e> {
    /// One of before, or several that are joined.
    Kept(Vec<usize>),
    /// A new one.
    Added(&'e Effect),
}

/// The instructions that are to be there, in order, made from `groups` of the text before.
pub(super) fn expected<'e>(
    before: &Model,
    groups: Vec<Vec<usize>>,
    declared: &Declared<'e>,
) -> Result<Vec<Entry<'e>>, Violation> {
    let count = groups.len();
    let range = |item: usize| {
        before
            .instruction(item)
            .map_or(TextRange::empty(0), |instruction| instruction.range)
    };
    let item_at = |start: usize| {
        let mut instructions = before.file.instructions();
        instructions.find_map(|(item, it)| (it.range.start() == start).then_some(item))
    };
    let mut entries = Vec::new();
    for group in groups {
        for &item in &group {
            let added = declared.added_before(range(item)).iter();
            entries.extend(added.map(|effect| Entry::Added(effect)));
        }
        let moved_to = |place: fn(TextRange) -> Place| {
            let items = group.iter();
            let moved = items.flat_map(move |&item| declared.moved_to(place(range(item))));
            let moved: Vec<usize> = moved.filter_map(item_at).collect();
            moved.into_iter().map(|item| Entry::Kept(vec![item]))
        };
        let is_moved = group.iter().any(|&item| declared.is_moved(range(item)));
        let behind = moved_to(Place::Behind);
        entries.extend(moved_to(Place::Before));
        if !is_moved {
            entries.push(Entry::Kept(group));
        }
        entries.extend(behind);
    }
    let kept = entries
        .iter()
        .filter(|entry| matches!(entry, Entry::Kept(_)))
        .count();
    if kept == count {
        Ok(entries)
    } else {
        Err(Violation("an instruction was lost on its way".to_owned()))
    }
}

/// What is added is what the effect says, and brings nothing else than the COPY that it is a part of.
pub(super) fn check_added(before: &Model, after: &Model, effect: &Effect, item: usize) -> Checked {
    let Some(new) = after.instruction(item) else {
        return Ok(());
    };
    let name = || first_line(new.range.slice(&after.text)).to_owned();
    match effect {
        Effect::CopyAdded {
            of,
            sources,
            destination,
            ..
        } => {
            let old = before
                .file
                .instructions()
                .find(|(_, it)| it.range == *of)
                .map(|(_, it)| it);
            let is_part = old.is_some_and(|old| is_part(before, after, old, new));
            ensure(is_part, || {
                format!("`{}` is no part of the COPY that it is made from", name())
            })?;
            let said = copy::arguments(new).is_some_and(|copy| {
                copy.destination.text == *destination
                    && copy.sources.iter().map(|word| &word.text).eq(sources)
            });
            ensure(said, || format!("`{}` is not what was meant", name()))
        }
        Effect::RunAdded { text, .. } => {
            let is_it = new.keyword == Keyword::Run
                && new.flags.is_empty()
                && new.heredocs.is_empty()
                && new.body.as_str() == text;
            ensure(is_it, || format!("`{}` is not what was meant", name()))
        }
        _ => Err(Violation(format!("`{}` was added", name()))),
    }
}

/// Whether a COPY brings files below the sources of another one to where that one brings them, with the same
/// flags.
fn is_part(before: &Model, after: &Model, old: &Instruction, new: &Instruction) -> bool {
    let flags = |model: &Model, it: &Instruction| -> Vec<String> {
        let flags = it.flags.iter();
        flags
            .map(|flag| flag.range.slice(&model.text).to_owned())
            .collect()
    };
    let (Some(whole), Some(part)) = (copy::arguments(old), copy::arguments(new)) else {
        return false;
    };
    let is_rooted = |path: &str| path.starts_with('/');
    let is_like = new.keyword == Keyword::Copy
        && flags(before, old) == flags(after, new)
        && part.destination.text.ends_with('/')
        && is_rooted(&part.destination.text) == is_rooted(&whole.destination.text);
    let (Some(from), Some(to)) = (
        plain(&whole.destination.text),
        plain(&part.destination.text),
    ) else {
        return false;
    };
    is_like
        && part.sources.iter().all(|source| {
            let Some(source) = plain(&source.text) else {
                return false;
            };
            whole.sources.iter().any(|folder| {
                let rest = plain(&folder.text).and_then(|folder| {
                    let rest = source.strip_prefix(&folder)?;
                    let is_below = folder.is_empty() || rest.starts_with('/') || rest.is_empty();
                    is_below.then(|| rest.trim_start_matches('/').to_owned())
                });
                // A folder brings its contents: one that is a part keeps its name in its destination.
                rest.is_some_and(|rest| {
                    let holder = rest.rsplit_once('/').map_or("", |(holder, _)| holder);
                    let at = |rest: &str| plain(&format!("{from}/{rest}"));
                    at(holder).as_deref() == Some(to.as_str())
                        || at(&rest).as_deref() == Some(to.as_str())
                })
            })
        })
}

/// What is moved is a COPY, stays in its stage, and passes no other COPY that brings something to the same
/// place unless that one is moved with it.
pub(super) fn check_moved(before: &Model, item: usize, declared: &Declared<'_>) -> Checked {
    let Some(old) = before.instruction(item) else {
        return Ok(());
    };
    let name = || first_line(old.range.slice(&before.text)).to_owned();
    let is_argument = matches!(&old.arguments, Arguments::Arg(pairs)
        if pairs.iter().all(|pair| declared.moves_argument(&pair.key.text)));
    let is_label = old.keyword == Keyword::Label && names_moved_argument(old, declared);
    let is_copy = matches!(old.keyword, Keyword::Copy | Keyword::Add);
    ensure(is_copy || is_argument || is_label, || {
        format!("`{}` was moved", name())
    })?;
    let target = before.file.instructions().find(|(_, it)| {
        let places = [Place::Before(it.range), Place::Behind(it.range)];
        let mut moved = places.into_iter().flat_map(|to| declared.moved_to(to));
        moved.any(|start| start == old.range.start())
    });
    let Some((end, _)) = target else {
        return Ok(());
    };
    ensure(end > item, || format!("`{}` was moved up", name()))?;
    let to = destination(before, item);
    for passed in item + 1..=end {
        let Some(other) = before.instruction(passed) else {
            continue;
        };
        ensure(other.keyword != Keyword::From, || {
            format!("`{}` was moved out of its stage", name())
        })?;
        if declared.is_moved(other.range) {
            continue;
        }
        ensure(!names_moved_argument(other, declared), || {
            format!("`{}` was moved over what names its argument", name())
        })?;
        if !is_copy || !matches!(other.keyword, Keyword::Copy | Keyword::Add) {
            continue;
        }
        let is_apart = match (&to, destination(before, passed)) {
            (Some(to), Some(other)) => !is_within(&other, to) && !is_within(to, &other),
            _ => false,
        };
        ensure(is_apart, || {
            format!("`{}` was moved over a COPY to the same place", name())
        })?;
    }
    Ok(())
}

/// Whether an instruction names a build argument whose declaration moves.
fn names_moved_argument(instruction: &Instruction, declared: &Declared<'_>) -> bool {
    let flags = instruction
        .flags
        .iter()
        .filter_map(|flag| flag.value.as_deref());
    let texts = std::iter::once(instruction.body.as_str()).chain(flags);
    let is_part = |char: char| !(char.is_ascii_alphanumeric() || char == '_');
    texts
        .flat_map(|text| text.split(is_part))
        .any(|word| declared.moves_argument(word))
}

/// Whether two items see the same, but for build arguments that are declared further down now, where neither
/// names one.
pub(super) fn same_beside_arguments(
    before: &Model,
    after: &Model,
    old: usize,
    new: usize,
    declared: &Declared<'_>,
) -> bool {
    let names = before
        .instruction(old)
        .is_some_and(|it| names_moved_argument(it, declared));
    let exempt = if names {
        &[]
    } else {
        declared.moved_arguments()
    };
    same_state(before, after, old, new, exempt)
}

fn destination(model: &Model, item: usize) -> Option<String> {
    let copy = copy::arguments(model.instruction(item)?)?;
    let state = model.state(item)?;
    absolute(&copy::value(model, &copy.destination, state)?, state)
}

/// Whether an instruction means the same in both places: a COPY by what its words say and where it copies to, a
/// declaration or a label by the variables in its text.
pub(super) fn same_meaning(before: &Model, after: &Model, old: usize, new: usize) -> bool {
    let Some(moved) = before.instruction(old) else {
        return false;
    };
    if matches!(moved.keyword, Keyword::Arg | Keyword::Label) {
        let (Some(there), Some(here)) = (before.state(old), after.state(new)) else {
            return false;
        };
        let is_part = |char: char| !(char.is_ascii_alphanumeric() || char == '_');
        let mut behind_signs = moved.body.as_str().split('$').skip(1);
        return behind_signs.all(|rest| {
            let rest = rest.strip_prefix('{').unwrap_or(rest);
            let name = rest.split(is_part).next().unwrap_or_default();
            there.lookup(name) == here.lookup(name)
        });
    }
    let words = |model: &Model, item: usize| {
        let copy = copy::arguments(model.instruction(item)?)?;
        let state = model.state(item)?;
        let sources = copy.sources.iter();
        let sources: Option<Vec<String>> = sources
            .map(|word| copy::value(model, word, state))
            .collect();
        Some((sources?, destination(model, item)?))
    };
    words(before, old).is_some() && words(before, old) == words(after, new)
}

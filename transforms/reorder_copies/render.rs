//! The text of the instructions that move, and of the COPYs that stay in their place.

use std::collections::BTreeMap;

use imgfix_syntax::Instruction;

use super::manifests::source;
use super::reasons::NAME_NOT_PLAIN;
use super::walk::{Move, Part};
use crate::edit::{Edit, Edits};
use crate::model::Model;
use crate::model::copy;
use crate::model::placed::{Placed, below};
use crate::transform::block::Block;
use crate::transform::{Applicability, Effect, Input, Place, Proposals, Rewrite};

/// One rewrite for each place to which something moves.
pub(super) fn propose(input: &Input<'_>, moves: &[Move], proposals: &mut Proposals) {
    let mut targets: Vec<usize> = moves.iter().map(|it| it.behind).collect();
    targets.sort_unstable();
    targets.dedup();
    for target in targets {
        let group: Vec<&Move> = moves.iter().filter(|it| it.behind == target).collect();
        propose_one(input, target, &group, proposals);
    }
}

fn propose_one(input: &Input<'_>, target: usize, moves: &[&Move], proposals: &mut Proposals) {
    let model = input.model;
    let Some(run) = model.instruction(target) else {
        return;
    };
    let mut edits = Vec::new();
    let mut effects = vec![Effect::BytesSaved(0)];
    let mut moved = String::new();
    let mut names: Vec<String> = Vec::new();
    // What is copied before, by the item that it stands in front of.
    let mut before: BTreeMap<usize, String> = BTreeMap::new();
    for it in moves {
        let instruction = model
            .instruction(it.placed.item)
            .expect("a COPY is an instruction");
        for (place, part) in &it.first {
            let copies = match copies(instruction, &it.placed, part) {
                Ok(copies) => copies,
                Err(name) => {
                    let name = format!("`{name}`");
                    return proposals.decline(instruction.range, &NAME_NOT_PLAIN, name);
                }
            };
            let text = before.entry(*place).or_default();
            let place = model.instruction(*place).map_or(run.range, |it| it.range);
            for copy in copies {
                text.push_str(&copy.text(model, instruction));
                text.push('\n');
                names.extend(copy.sources.iter().map(|name| format!("`{name}`")));
                effects.push(Effect::CopyAdded {
                    of: instruction.range,
                    before: place,
                    sources: copy.sources,
                    destination: copy.destination,
                });
            }
        }
    }
    let blocks: Vec<Block> = moves
        .iter()
        .map(|it| Block::of(model, it.placed.item, before.contains_key(&it.placed.item)))
        .collect();
    let mut is_apart = blocks.last().is_some_and(|block| block.is_apart);
    // Whether a blank line stands above the blocks that go without anything in their place.
    let mut is_below_blank = false;
    for (at, (it, block)) in moves.iter().zip(&blocks).enumerate() {
        let item = it.placed.item;
        let stays = before.remove(&item);
        let is_next = at > 0 && blocks[at - 1].range.end() == block.range.start();
        is_below_blank = block.is_below_blank || (is_next && is_below_blank);
        let goes_with_gap = stays.is_none() && is_below_blank;
        let range = if goes_with_gap {
            block.range.cover(block.gap)
        } else {
            block.range
        };
        is_below_blank &= stays.is_none();
        edits.push(Edit::replace(range, stays.unwrap_or_default()));
        if is_apart {
            moved.push('\n');
        }
        is_apart = block.is_apart;
        moved.push_str(block.text(model));
        moved.push('\n');
        effects.push(Effect::InstructionMoved {
            instruction: model.instruction(item).map_or(run.range, |it| it.range),
            to: Place::Behind(run.range),
        });
    }
    for (item, text) in before {
        edits.push(Edit::insert(model.file.items[item].range.start(), text));
    }
    let end = model.file.items[target].range.end();
    if !model.text[..end].ends_with('\n') {
        moved.insert(0, '\n');
        moved.truncate(moved.trim_end_matches('\n').len());
    }
    edits.push(Edit::insert(end, moved));
    let Ok(edits) = Edits::new(edits) else {
        return;
    };
    let first = moves.iter().find(|it| !it.installs.is_empty());
    let Some(first) = first else {
        return;
    };
    let anchor = model
        .instruction(first.placed.item)
        .map_or(run.range, |instruction| instruction.range);
    proposals.rewrite(Rewrite {
        anchor,
        edits,
        applicability: Applicability::Suggested,
        title: "copy the sources behind the install".to_owned(),
        because: because(&names, first),
        effects,
    });
}

fn because(names: &[String], first: &Move) -> String {
    let times = if first.installs.len() == 1 {
        "the install"
    } else {
        "the installs"
    };
    let gain = format!("a change of the sources no longer runs {times} again");
    if names.is_empty() {
        format!("{gain}; nothing of the sources is read there")
    } else {
        format!(
            "{gain}; of the sources, only {} is read there",
            names.join(", ")
        )
    }
}

/// A COPY of files to one folder.
pub(super) struct Brought {
    pub(super) sources: Vec<String>,
    pub(super) destination: String,
}

impl Brought {
    /// The instruction, without its line end.
    pub(super) fn text(&self, model: &Model, of: &Instruction) -> String {
        let body = of.body_range();
        let head = &model.text[of.range.start()..body.start()];
        let head = if head.contains('\n') {
            let flags = of.flags.iter().map(|flag| flag.range.slice(&model.text));
            let keyword = of.keyword_range.slice(&model.text);
            let words: Vec<&str> = std::iter::once(keyword).chain(flags).collect();
            format!("{} ", words.join(" "))
        } else {
            head.to_owned()
        };
        let words = self.sources.iter().chain([&self.destination]);
        if of.is_json() {
            let strings: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
            return format!("{head}[{}]", strings.join(", "));
        }
        let words: Vec<&str> = words.map(String::as_str).collect();
        format!("{head}{}", words.join(" "))
    }
}

/// The COPYs that bring a part, one for each folder; a name that would have to be quoted is an error.
pub(super) fn copies(
    of: &Instruction,
    placed: &Placed,
    part: &Part,
) -> Result<Vec<Brought>, String> {
    let Some(arguments) = copy::arguments(of) else {
        return Ok(Vec::new());
    };
    let written: Vec<&str> = arguments
        .sources
        .iter()
        .map(|word| word.text.as_str())
        .collect();
    let to = arguments.destination.text.as_str();
    let base = if to.ends_with('/') {
        to.to_owned()
    } else {
        format!("{to}/")
    };
    let mut copies: Vec<Brought> = Vec::new();
    let mut add = |path: &String, is_folder: bool| {
        let from = source(placed, &written, path).ok_or_else(|| path.clone())?;
        if from.contains(|char: char| !(char.is_ascii_alphanumeric() || "/._-+@".contains(char))) {
            return Err(from);
        }
        let rest = below(path, &placed.to).unwrap_or_default();
        let holder = if is_folder {
            rest
        } else {
            rest.rsplit_once('/').map_or("", |(holder, _)| holder)
        };
        let destination = if holder.is_empty() {
            base.clone()
        } else {
            format!("{base}{holder}/")
        };
        let same = copies
            .iter_mut()
            .find(|copy| copy.destination == destination && !is_folder);
        match same {
            Some(copy) => copy.sources.push(from),
            None => copies.push(Brought {
                sources: vec![from],
                destination,
            }),
        }
        Ok(())
    };
    for path in &part.files {
        add(path, false)?;
    }
    for path in &part.folders {
        add(path, true)?;
    }
    Ok(copies)
}

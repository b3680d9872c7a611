//! What the rewrites of a pass declared, to be found by its place.

use std::collections::BTreeMap;

use imgfix_syntax::{Keyword, TextRange};

use crate::transform::{Effect, Join, Place, Rewrite};

/// The effects of a pass, by the places they speak of in the text before.
pub(super) struct Declared<'e> {
    commands: BTreeMap<usize, Vec<&'e Effect>>,
    joins: BTreeMap<usize, Join>,
    removed: Vec<usize>,
    keywords: BTreeMap<usize, Keyword>,
    flags: BTreeMap<usize, Vec<&'e str>>,
    /// What is moved, and where to, in order.
    moves: Vec<(usize, Place)>,
    /// The build arguments whose declarations move.
    arguments: Vec<&'e str>,
    /// What is added, by what it stands before, in order.
    added: BTreeMap<usize, Vec<&'e Effect>>,
}

impl<'e> Declared<'e> {
    /// The effects of `rewrites`.
    pub(super) fn of(rewrites: &[&'e Rewrite]) -> Self {
        let mut declared = Self {
            commands: BTreeMap::new(),
            joins: BTreeMap::new(),
            removed: Vec::new(),
            keywords: BTreeMap::new(),
            flags: BTreeMap::new(),
            moves: Vec::new(),
            arguments: Vec::new(),
            added: BTreeMap::new(),
        };
        for effect in rewrites.iter().flat_map(|rewrite| &rewrite.effects) {
            match effect {
                Effect::CommandChanged { command, .. }
                | Effect::CommandRemoved { command }
                | Effect::CommandAddedBefore {
                    before: command, ..
                }
                | Effect::CommandAdded { after: command, .. } => {
                    declared
                        .commands
                        .entry(command.start())
                        .or_default()
                        .push(effect);
                }
                Effect::RunsJoined { right, join, .. } => {
                    declared.joins.insert(right.start(), *join);
                }
                Effect::FlagAdded { instruction, flag } => {
                    let flags = declared.flags.entry(instruction.start()).or_default();
                    flags.push(flag.as_str());
                }
                Effect::RunRemoved { run } => declared.removed.push(run.start()),
                Effect::KeywordChanged {
                    instruction,
                    keyword,
                } => {
                    declared.keywords.insert(instruction.start(), *keyword);
                }
                Effect::InstructionMoved { instruction, to } => {
                    declared.moves.push((instruction.start(), *to));
                }
                Effect::ArgumentMoved(name) => declared.arguments.push(name),
                Effect::CopyAdded { before, .. } | Effect::RunAdded { before, .. } => {
                    let added = declared.added.entry(before.start()).or_default();
                    added.push(effect);
                }
                Effect::IgnoreFileWritten { .. }
                | Effect::StageSplit(_)
                | Effect::PathRemoved(_)
                | Effect::PackagesDropped(_)
                | Effect::PackagesAdded(_)
                | Effect::BaseEstimated { .. }
                | Effect::BytesSaved(_) => {}
            }
        }
        declared.removed.sort_unstable();
        declared
    }

    /// The effects on commands that start in `range`.
    pub(super) fn commands_in(&self, range: TextRange) -> impl Iterator<Item = &'e Effect> {
        self.commands
            .range(range.start()..range.end())
            .flat_map(|(_, effects)| effects.iter().copied())
    }

    /// How the RUN at `run` becomes part of the one before it.
    pub(super) fn join(&self, run: TextRange) -> Option<Join> {
        self.joins.get(&run.start()).copied()
    }

    /// Whether the RUN at `run` goes.
    pub(super) fn is_removed(&self, run: TextRange) -> bool {
        self.removed.binary_search(&run.start()).is_ok()
    }

    /// What the instruction at `instruction` becomes; `None` where it stays what it is.
    pub(super) fn keyword(&self, instruction: TextRange) -> Option<Keyword> {
        self.keywords.get(&instruction.start()).copied()
    }

    /// The instructions that stand at a place now, by where they stood.
    pub(super) fn moved_to(&self, place: Place) -> impl Iterator<Item = usize> {
        let moves = self.moves.iter();
        moves
            .filter(move |(_, to)| *to == place)
            .map(|(from, _)| *from)
    }

    /// Whether the instruction stands elsewhere now.
    pub(super) fn is_moved(&self, instruction: TextRange) -> bool {
        self.moves
            .iter()
            .any(|(from, _)| *from == instruction.start())
    }

    /// Whether the declaration of a build argument moves.
    pub(super) fn moves_argument(&self, name: &str) -> bool {
        self.arguments.contains(&name)
    }

    /// The build arguments whose declarations move.
    pub(super) fn moved_arguments(&self) -> &[&'e str] {
        &self.arguments
    }

    /// Whether instructions are moved or added.
    pub(super) fn changes_order(&self) -> bool {
        !self.moves.is_empty() || !self.added.is_empty()
    }

    /// What is added before an instruction.
    pub(super) fn added_before(&self, instruction: TextRange) -> &[&'e Effect] {
        let added = self.added.get(&instruction.start());
        added.map_or(&[], Vec::as_slice)
    }

    /// The flags that the instruction at `instruction` gets.
    pub(super) fn flags(&self, instruction: TextRange) -> &[&'e str] {
        let flags = self.flags.get(&instruction.start());
        flags.map_or(&[], Vec::as_slice)
    }
}

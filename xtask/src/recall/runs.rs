//! The RUNs of a file, with what the detectors and the classification look at.

use std::ops::Range;

use imgfix::model::Model;
use imgfix_syntax::{Arguments, Instruction, Keyword};

use super::text::{self, Command};

/// A RUN, or one below ONBUILD.
#[derive(Debug)]
pub(super) struct PlainRun {
    /// Its stage.
    pub(super) stage: usize,
    /// Whether it stands below ONBUILD.
    pub(super) is_deferred: bool,
    /// Its lines, from 1, the heredocs among them.
    pub(super) lines: Range<usize>,
    /// Where its text is in the file.
    pub(super) bytes: Range<usize>,
    /// Its commands.
    pub(super) commands: Vec<Command>,
    /// The values of its `--mount` flags.
    pub(super) mounts: Vec<String>,
}

/// The RUNs behind the first FROM, in order.
pub(super) fn read(model: &Model) -> Vec<PlainRun> {
    let instructions = model.file.instructions();
    instructions
        .filter_map(|(item, instruction)| {
            let (run, is_deferred) = run_of(instruction)?;
            let range = model.file.items[item].range;
            let mounts = run.flags.iter().filter(|flag| flag.name == "mount");
            Some(PlainRun {
                stage: model.stage_of(item)?.index,
                is_deferred,
                lines: model.lines.line(range.start())..model.lines.line(range.end() - 1) + 1,
                bytes: range.start()..range.end(),
                commands: text::commands(&text::script(&model.text, run)),
                mounts: mounts.filter_map(|flag| flag.value.clone()).collect(),
            })
        })
        .collect()
}

fn run_of(instruction: &Instruction) -> Option<(&Instruction, bool)> {
    match &instruction.arguments {
        Arguments::Onbuild(inner) if inner.keyword == Keyword::Run => Some((inner, true)),
        _ => (instruction.keyword == Keyword::Run).then_some((instruction, false)),
    }
}

//! What the rest of the file says that decides about recommended packages, gathered once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use imgfix_syntax::{Instruction, Keyword, TextRange};

use crate::model::Model;
use crate::model::command::CommandFact;
use crate::model::debian::needs::Evidence;
use crate::model::packages::{Operation, Verb};
use crate::model::run::{Run, RunScript};
use crate::transform::Input;

/// Text that adds a package source, or changes what the archive gives.
const SOURCES: &[&str] = &[
    "add-apt-repository",
    "apt-add-repository",
    "sources.list",
    "extrepo ",
    "deb.nodesource",
    "packagecloud",
    "/setup_",
    "preferences.d",
];

/// The setting that decides about recommended packages.
const CONFIGURATION: &str = "Install-Recommends";

/// The gathered facts, by stage and in the order of the file.
pub(super) struct Survey {
    /// For each stage, itself and all that it may be made from.
    ancestors: Vec<Vec<usize>>,
    /// For each stage, itself and those that it is made from in any case.
    lineages: Vec<Vec<usize>>,
    sources: Vec<Vec<(usize, &'static str)>>,
    configured: Vec<Option<usize>>,
    answers_prompts: bool,
    /// What the installs that were looked at so far have brought.
    installed: Vec<BTreeSet<String>>,
    /// The installs that get the flag, by their offsets, with what they are told to keep.
    lean: BTreeMap<usize, Vec<&'static str>>,
    /// The RUNs that are not understood: item and place.
    opaque: Vec<Vec<(usize, TextRange)>>,
    evidence: Vec<Option<Evidence>>,
}

impl Survey {
    /// Reads the file once.
    pub(super) fn of(model: &Model) -> Self {
        let stages = model.stages.len();
        let mut survey = Self {
            ancestors: (0..stages).map(|stage| model.ancestors(stage)).collect(),
            lineages: (0..stages)
                .map(|stage| model.sure_lineage(stage).collect())
                .collect(),
            sources: vec![Vec::new(); stages],
            configured: vec![None; stages],
            answers_prompts: model.text.contains("Assume-Yes"),
            installed: vec![BTreeSet::new(); stages],
            lean: BTreeMap::new(),
            opaque: vec![Vec::new(); stages],
            evidence: vec![None; stages],
        };
        let installs = |run: &Run| run.operations.iter().any(|it| it.manager.id == "apt");
        if !model.runs.iter().any(installs) {
            return survey;
        }
        // Most files mention none of it.
        let is_marked = mark_in(&model.text).is_some() || model.text.contains(CONFIGURATION);
        for (item, instruction) in model.file.instructions().filter(|_| is_marked) {
            if let Some(stage) = model.stage_of(item) {
                survey.read_instruction(model, item, instruction, stage.index);
            }
        }
        for run in &model.runs {
            if matches!(run.script, RunScript::Opaque(_)) {
                survey.opaque[run.stage].push((run.item, run.range));
            }
        }
        survey
    }

    fn read_instruction(
        &mut self,
        model: &Model,
        item: usize,
        instruction: &Instruction,
        stage: usize,
    ) {
        let text = instruction_text(&model.text, instruction);
        match model.run_at(item).filter(|run| run.script().is_some()) {
            Some(run) => self.sources[stage].extend(run.commands.iter().filter_map(added_source)),
            None => self.sources[stage]
                .extend(mark_in(text).map(|(at, mark)| (instruction.range.start() + at, mark))),
        }
        if text.contains(CONFIGURATION) {
            self.configured[stage].get_or_insert(item);
        }
    }

    /// Whether the file configures apt to answer its prompts, somewhere.
    pub(super) fn answers_prompts(&self) -> bool {
        self.answers_prompts
    }

    /// What adds a package source before `offset`, in the RUN's stage or one below it.
    pub(super) fn source_before(&self, run: &Run, offset: usize) -> Option<&'static str> {
        let first = |stage: usize| self.sources[stage].iter().min_by_key(|(at, _)| *at);
        self.ancestors[run.stage]
            .iter()
            .filter_map(|&stage| first(stage))
            .find(|(at, _)| *at < offset)
            .map(|(_, mark)| *mark)
    }

    /// Whether a file or an option of an earlier instruction, or of this one, decides about recommended packages.
    pub(super) fn configures_recommends_before(&self, run: &Run) -> bool {
        self.ancestors[run.stage]
            .iter()
            .any(|&stage| self.configured[stage].is_some_and(|item| item <= run.item))
    }

    /// Whether the installs noted so far have brought a package.
    pub(super) fn is_installed(&self, run: &Run, name: &str) -> bool {
        self.lineages[run.stage]
            .iter()
            .any(|&stage| self.installed[stage].contains(name))
    }

    /// The install at `offset` gets the flag, and names these packages as well.
    pub(super) fn note_lean(&mut self, offset: usize, kept: Vec<&'static str>) {
        self.lean.insert(offset, kept);
    }

    /// What the install at `offset` names as well, where it gets the flag.
    pub(super) fn kept_by_lean(&self, offset: usize) -> Option<&[&'static str]> {
        self.lean.get(&offset).map(Vec::as_slice)
    }

    /// What comes behind finds these packages.
    pub(super) fn note_installed(&mut self, run: &Run, names: impl IntoIterator<Item = String>) {
        self.installed[run.stage].extend(names);
    }

    /// What a RUN removes may have been anything.
    pub(super) fn forget_installed(&mut self, run: &Run) {
        for &stage in &self.lineages[run.stage] {
            self.installed[stage].clear();
        }
    }

    /// A later RUN of the stage, or of one made from it, that is not understood.
    pub(super) fn opaque_after(&self, model: &Model, run: &Run) -> Option<TextRange> {
        let later = |stage: usize| {
            let runs = &self.opaque[stage];
            runs.get(runs.partition_point(|(item, _)| *item < run.item))
        };
        let stages = model.descendants(run.stage);
        stages.into_iter().find_map(later).map(|(_, range)| *range)
    }

    /// What the stage, what is made from it, and the scripts of the context say.
    pub(super) fn evidence(&mut self, input: &Input<'_>, stage: usize) -> &Evidence {
        self.evidence[stage].get_or_insert_with(|| evidence(input, stage))
    }
}

/// The first mark of a package source in `text`.
fn mark_in(text: &str) -> Option<(usize, &'static str)> {
    static FINDER: LazyLock<AhoCorasick> =
        LazyLock::new(|| AhoCorasick::new(SOURCES).expect("a few short texts"));
    let found = FINDER.find(text)?;
    Some((found.start(), SOURCES[found.pattern().as_usize()]))
}

/// Hosts of Debian's and Ubuntu's own archives.
const ARCHIVES: &[&str] = &[
    "deb.debian.org",
    "httpredir.debian.org",
    "ftp.debian.org",
    "security.debian.org",
    "archive.ubuntu.com",
    "security.ubuntu.com",
    "ports.ubuntu.com",
    ".debian.org",
    ".ubuntu.com",
];

/// The package source that a command adds, with its place. A `sed` that puts another mirror in the place
/// of the archive's own host, and an `rm`, add none.
fn added_source(command: &CommandFact) -> Option<(usize, &'static str)> {
    let texts = || {
        command
            .words
            .iter()
            .map(|word| word.raw.as_str())
            .chain(command.writes.iter().map(String::as_str))
    };
    let (_, mark) = texts().filter_map(mark_in).min()?;
    let switches_mirror = command.name() == Some("sed")
        && texts().any(|text| {
            ARCHIVES
                .iter()
                .any(|host| text.replace('\\', "").contains(host))
        });
    let harmless = switches_mirror || matches!(command.name(), Some("rm" | "ls"));
    (!harmless).then_some((command.range.start(), mark))
}

fn instruction_text<'t>(text: &'t str, instruction: &Instruction) -> &'t str {
    let end = instruction
        .heredocs
        .last()
        .map_or(instruction.range.end(), |heredoc| heredoc.terminator.end());
    TextRange::new(instruction.range.start(), end.max(instruction.range.end())).slice(text)
}

fn evidence(input: &Input<'_>, stage: usize) -> Evidence {
    let model = input.model;
    let mut evidence = Evidence::default();
    let stages = model.descendants(stage);
    for &stage in &stages {
        for item in model.stages[stage].item..model.stages[stage].end {
            if let Some(instruction) = model.instruction(item) {
                let text = instruction_text(&model.text, instruction);
                match model.run_at(item) {
                    Some(run) => {
                        let start = instruction.range.start();
                        let range = TextRange::new(start, start + text.len());
                        read_without_operands(model, run, range, &mut evidence);
                    }
                    None => evidence.read_text(text),
                }
                if matches!(
                    instruction.keyword,
                    Keyword::Cmd | Keyword::Entrypoint | Keyword::Healthcheck
                ) {
                    evidence.read_start(text);
                }
            }
        }
        read_commands(model, stage, &mut evidence);
    }
    for text in input.surroundings.context.files.values().flatten() {
        evidence.read_text(text);
        evidence.read_command(Some("sh"), text.split_ascii_whitespace());
    }
    for child in &input.surroundings.children {
        evidence.read_text(&child.text);
    }
    // What starts in the container is somebody's program.
    evidence.unread |= stages
        .iter()
        .any(|&stage| model.stages[stage].is_final.is_some());
    evidence
}

/// Takes in the text of a RUN, and apart from it the packages that the system's package manager installs and
/// removes in it.
fn read_without_operands(model: &Model, run: &Run, whole: TextRange, evidence: &mut Evidence) {
    let names =
        |it: &&Operation| it.manager.is_system && matches!(it.verb, Verb::Install | Verb::Remove);
    let operations = run.operations.iter().filter(names);
    let mut operands: Vec<TextRange> = operations
        .flat_map(|it| {
            it.operands
                .iter()
                .map(|&word| run.command(it).words[word].range)
        })
        .collect();
    operands.sort_unstable_by_key(|range| range.start());
    let mut at = whole.start();
    for operand in operands {
        evidence.read_text(&model.text[at..operand.start().max(at)]);
        evidence.read_operand(operand.slice(&model.text));
        at = operand.end().max(at);
    }
    evidence.read_text(&model.text[at..whole.end()]);
}

fn read_commands(model: &Model, stage: usize, evidence: &mut Evidence) {
    for run in model
        .runs_after(model.stages[stage].item)
        .iter()
        .take_while(|run| run.stage == stage)
    {
        evidence.unread |= !matches!(run.script, RunScript::Shell(_));
        for (at, command) in run.commands.iter().enumerate() {
            if !run
                .operations
                .iter()
                .any(|operation| operation.command == at)
            {
                evidence.read_command(
                    command.name(),
                    command.words.iter().map(|word| word.raw.as_str()),
                );
            }
        }
    }
}

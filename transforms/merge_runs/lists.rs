//! `install a` and `install b` with nothing between them become one command with one list.

use imgfix_syntax::TextRange;

use crate::model::Model;
use crate::model::command::{CommandFact, Failure};
use crate::model::packages::{Operation, Verb};
use crate::model::run::Run;
use crate::transform::Effect;

/// The list of an install that ends a RUN, as it grows.
pub(super) struct List {
    command: TextRange,
    manager: &'static str,
    options: Vec<String>,
    separator: String,
    /// The names in it.
    names: Vec<String>,
    /// The words of the command.
    words: Vec<String>,
    /// The length of its last line, in characters.
    line: usize,
    has_grown: bool,
}

impl List {
    /// The list that `run` ends in; `None` where it does not end in a plain install.
    pub(super) fn at_the_end_of(model: &Model, run: &Run) -> Option<Self> {
        let (operation, command) = plain_install(run, run.commands.len().checked_sub(1)?)?;
        let last_line = run
            .range
            .slice(&model.text)
            .rsplit('\n')
            .next()
            .unwrap_or_default();
        Some(Self {
            command: command.range,
            manager: operation.manager.id,
            options: options(operation, command),
            separator: separator(model, operation, command),
            names: operation
                .packages(command)?
                .into_iter()
                .map(str::to_owned)
                .collect(),
            words: command.raw_words(),
            line: last_line.chars().count(),
            has_grown: false,
        })
    }

    /// Takes the packages of `run`, which installs in the same way and does nothing else; gives the text that
    /// goes behind the list, and where `run` ended.
    pub(super) fn take(&mut self, model: &Model, run: &Run) -> Option<(String, TextRange)> {
        let (operation, command) = plain_install(run, 0)?;
        let instruction = model.instruction(run.item)?;
        let is_alike =
            operation.manager.id == self.manager && options(operation, command) == self.options;
        if run.commands.len() != 1 || !is_alike || !instruction.comments.is_empty() {
            return None;
        }
        let mut text = String::new();
        let mut added = Vec::new();
        for &word in &operation.operands {
            let word = &command.words[word];
            let name = word.literal.clone()?;
            if !self.names.contains(&name) && !added.contains(&(name.clone(), word.raw.clone())) {
                text.push_str(&self.separator);
                text.push_str(&word.raw);
                added.push((name, word.raw.clone()));
            }
        }
        let line = self.line + text.chars().count();
        if self.separator == " " && line > MAX_LINE && !text.is_empty() {
            return None;
        }
        self.line = line;
        self.has_grown = true;
        for (name, raw) in added {
            self.names.push(name);
            self.words.push(raw);
        }
        Some((text, command.range))
    }

    /// What the growth means.
    pub(super) fn effect(self) -> Option<Effect> {
        self.has_grown.then_some(Effect::CommandChanged {
            command: self.command,
            words: self.words,
        })
    }
}

/// The longest line that a list of packages makes, in characters.
const MAX_LINE: usize = 100;

/// The command at `at`, where it is an install at the end of an AND-list whose packages are its last words.
fn plain_install(run: &Run, at: usize) -> Option<(&Operation, &CommandFact)> {
    let operation = run
        .operations
        .iter()
        .find(|operation| operation.command == at)?;
    let command = run.command(operation);
    let last_operand = *operation.operands.last()?;
    let is_plain = operation.verb == Verb::Install
        && operation.manager.is_system
        && command.words[operation.subcommand].raw == operation.manager.install_verb()
        && command.is_top_level
        && command.enclosures.is_empty()
        && command.failure == Failure::Fatal
        && !command.has_redirections
        && !command.takes_more_arguments
        && last_operand + 1 == command.words.len();
    // Packages with versions, or chosen by options with a value, keep their own command.
    let named = operation
        .packages(command)?
        .iter()
        .all(|name| !name.contains('=') && !is_repository(name));
    let valued = operation.options.iter().any(|&at| {
        operation
            .manager
            .value_options
            .contains(&command.words[at].raw.as_str())
    });
    (is_plain && named && !valued).then_some((operation, command))
}

/// Whether a package may add a repository that the next one comes from.
fn is_repository(name: &str) -> bool {
    ["release", "repo", "://", ".rpm", ".deb", "keyring"]
        .iter()
        .any(|part| name.contains(part))
}

/// Program, prefix and options, in any order.
fn options(operation: &Operation, command: &CommandFact) -> Vec<String> {
    let mut words: Vec<String> = command
        .assignments
        .iter()
        .map(|assignment| assignment.raw.clone())
        .collect();
    words.extend(
        command.words[..operation.subcommand]
            .iter()
            .map(|word| word.raw.clone()),
    );
    words.extend(operation.option_texts(command).map(str::to_owned));
    words.sort();
    words.dedup();
    words
}

/// What stands between the last two packages of a list.
fn separator(model: &Model, operation: &Operation, command: &CommandFact) -> String {
    let last = operation.operands[operation.operands.len() - 1];
    let gap = &model.text[command.words[last - 1].range.end()..command.words[last].range.start()];
    match gap.rsplit_once('\n') {
        Some((_, indent)) if indent.trim().is_empty() => format!(" \\\n{indent}"),
        _ => " ".to_owned(),
    }
}

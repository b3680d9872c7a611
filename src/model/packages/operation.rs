//! What a command does with a package manager.

use super::{MANAGERS, Manager, Verb};
use crate::model::command::CommandFact;

/// A package manager's sub-command, as a command runs it.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The command, as an index into the RUN's commands.
    pub command: usize,
    /// The manager.
    pub manager: &'static Manager,
    /// What it does.
    pub verb: Verb,
    /// The word of the sub-command.
    pub subcommand: usize,
    /// The words of its options, before and after the sub-command; values not included.
    pub options: Vec<usize>,
    /// The words that are neither options nor their values: the packages of an install.
    pub operands: Vec<usize>,
}

impl Operation {
    /// The option words' text, as written where it is not literal.
    pub fn option_texts<'c>(&'c self, command: &'c CommandFact) -> impl Iterator<Item = &'c str> {
        self.options.iter().map(|&word| {
            command.words[word]
                .literal
                .as_deref()
                .unwrap_or(&command.words[word].raw)
        })
    }

    /// Whether an option is one of `spellings`, as it stands or with a value after `=`.
    pub fn has_option(&self, command: &CommandFact, spellings: &[&str]) -> bool {
        self.option_texts(command).any(|option| {
            spellings.iter().any(|spelling| {
                option == *spelling
                    || option
                        .strip_prefix(spelling)
                        .is_some_and(|rest| rest.starts_with('='))
            })
        })
    }

    /// Whether an option keeps the manager's cache out of the layer.
    pub fn keeps_cache_out(&self, command: &CommandFact) -> bool {
        let spellings = self
            .manager
            .no_cache
            .as_ref()
            .map_or(&[][..], |it| it.spellings);
        self.option_texts(command).any(|option| {
            spellings
                .iter()
                .any(|spelling| option.starts_with(spelling))
        })
    }

    /// The operands' literal values; `None` where one of them is not literal or more come from elsewhere.
    pub fn packages<'c>(&self, command: &'c CommandFact) -> Option<Vec<&'c str>> {
        if command.takes_more_arguments {
            return None;
        }
        self.operands
            .iter()
            .map(|&word| command.words[word].literal.as_deref())
            .collect()
    }
}

/// The operation that `command`, the `index`th of its RUN, performs.
pub fn recognise(command: &CommandFact, index: usize) -> Option<Operation> {
    let name = command.name()?;
    let program = command.program?;
    if let Some(manager) = MANAGERS.iter().find(|manager| manager.is_program(name)) {
        return Some(operation(manager, command, index, program + 1));
    }
    let is_python =
        name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.') == "python";
    if !is_python {
        return None;
    }
    // `python -u -m pip install`: options of the interpreter stand before `-m`.
    let mut at = program + 1;
    while command.words.get(at)?.literal.as_deref()?.starts_with('-') {
        if command.words[at].is("-m") {
            let module = command.words.get(at + 1)?.literal.as_deref()?;
            let manager = MANAGERS
                .iter()
                .find(|manager| manager.python_module == Some(module))?;
            return Some(operation(manager, command, index, at + 2));
        }
        at += 1;
    }
    None
}

fn operation(
    manager: &'static Manager,
    command: &CommandFact,
    index: usize,
    first: usize,
) -> Operation {
    let mut found: Option<(usize, Verb)> = None;
    let mut options = Vec::new();
    let mut operands = Vec::new();
    let mut at = first;
    let mut only_operands = false;
    while let Some(word) = command.words.get(at) {
        let text = word.literal.as_deref().unwrap_or(&word.raw);
        if only_operands || !text.starts_with('-') || text == "-" {
            if found.is_some() {
                operands.push(at);
            } else {
                let verb = manager.verbs.iter().find(|(verb, _)| *verb == text);
                found = Some((at, verb.map_or(Verb::Unknown, |&(_, verb)| verb)));
            }
        } else if text == "--" {
            only_operands = true;
        } else {
            options.push(at);
            at += usize::from(manager.value_options.contains(&text));
        }
        at += 1;
    }
    let (subcommand, verb) = found.unwrap_or((first - 1, Verb::Other));
    Operation {
        command: index,
        manager,
        verb,
        subcommand,
        options,
        operands,
    }
}

//! What a command does with a package manager.

use imgfix_syntax::shell::Enclosure;

use super::{Manager, Verb};
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
    /// How many words name the manager: up to its program, or to the module of `python -m`.
    pub program_end: usize,
    /// The word of the sub-command, its last one where it has two.
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

    /// Whether a sub-command or goal puts what only this build has into the cache of `manager`, or, hidden by
    /// a variable, may do so.
    pub fn publishes_to(&self, command: &CommandFact, manager: &Manager) -> bool {
        let goals = || self.manager.publishes.iter();
        let goals = || goals().filter(|(_, to)| *to == manager.id);
        let words = &command.words[self.program_end..];
        let mut words = words.iter().filter(|word| !word.raw.starts_with('-'));
        goals().next().is_some()
            && words.any(|word| {
                let text = word.literal.as_deref().unwrap_or(&word.raw);
                text.contains('$')
                    || text
                        .split(':')
                        .any(|part| goals().any(|(goal, _)| part == *goal))
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

/// The operation that `command`, the `index`th of its RUN, performs with one of `managers`.
pub fn recognise(
    managers: &[&'static Manager],
    command: &CommandFact,
    index: usize,
) -> Option<Operation> {
    let program = command.program?;
    // `python${VERSION}` is one, whichever.
    let name = command.name().or_else(|| {
        let raw = command.words[program].raw.as_str();
        raw.starts_with("python$").then_some("python")
    })?;
    let of = |name: &str| managers.iter().find(|manager| manager.is_program(name));
    if let Some(manager) = of(name) {
        return Some(operation(manager, command, index, program + 1));
    }
    let base = name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.');
    match base {
        // `php -d memory_limit=-1 composer.phar install`, `corepack yarn install`.
        "php" | "corepack" => {
            let (at, script) =
                command.words[program + 1..]
                    .iter()
                    .enumerate()
                    .find_map(|(at, word)| {
                        let file = word.literal.as_deref()?.rsplit('/').next()?;
                        of(file).map(|_| (at, file.to_owned()))
                    })?;
            Some(operation(of(&script)?, command, index, program + at + 2))
        }
        "python" => {
            // `python -u -m pip install`: options of the interpreter stand before `-m`.
            let mut at = program + 1;
            while command.words.get(at)?.literal.as_deref()?.starts_with('-') {
                let word = command.words[at].literal.as_deref()?;
                let module = match word.strip_prefix("-m") {
                    Some("") => Some((at + 1, command.words.get(at + 1)?.literal.as_deref()?)),
                    Some(module) => Some((at, module)),
                    None => None,
                };
                if let Some((at, module)) = module {
                    let manager = managers
                        .iter()
                        .find(|manager| manager.python_module == Some(module))?;
                    return Some(operation(manager, command, index, at + 1));
                }
                at += 1;
            }
            None
        }
        _ => None,
    }
}

/// The update that a downloaded script performs, which `command`, the `index`th of its RUN, runs; `text` is
/// that of the RUN.
pub fn scripted_update(
    managers: &[&'static Manager],
    command: &CommandFact,
    index: usize,
    text: &str,
) -> Option<Operation> {
    let program = command.program?;
    let is_piped_shell = matches!(command.name()?, "sh" | "bash" | "dash" | "ash")
        && command.is_in(Enclosure::Pipe)
        && command
            .arguments()
            .iter()
            .all(|word| word.raw.starts_with('-') && !word.raw.contains('c'));
    if !is_piped_shell {
        return None;
    }
    let manager = managers
        .iter()
        .find(|manager| manager.updaters.iter().any(|part| text.contains(part)))?;
    Some(Operation {
        command: index,
        manager,
        verb: Verb::Update,
        program_end: program + 1,
        subcommand: program,
        options: Vec::new(),
        operands: Vec::new(),
    })
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
    while let Some(text) = text_of(command, at) {
        if only_operands || !text.starts_with('-') || text == "-" {
            if found.is_some() || !manager.letters.is_empty() {
                operands.push(at);
            } else {
                let (words, verb) = verb(manager, text, text_of(command, at + 1));
                at += words - 1;
                found = Some((at, verb));
            }
        } else if text == "--" {
            only_operands = true;
        } else {
            if let Some(verb) = verb_of_letters(manager, text) {
                found.get_or_insert((at, verb));
            }
            options.push(at);
            at += usize::from(manager.value_options.contains(&text));
        }
        at += 1;
    }
    let asks = |&at: &usize| {
        text_of(command, at)
            .is_some_and(|option| matches!(option, "--version" | "-v" | "-V" | "--help" | "-h"))
    };
    let bare = if options.iter().any(asks) {
        Verb::Other
    } else {
        manager.bare
    };
    let (subcommand, verb) = found.unwrap_or((first - 1, bare));
    // `pacman -Sy` fetches the database alone.
    let is_index_only = !manager.letters.is_empty()
        && operands.is_empty()
        && text_of(command, subcommand)
            .is_some_and(|option| option.contains('y') && !option.contains('u'));
    let verb = if is_index_only { Verb::Update } else { verb };
    Operation {
        command: index,
        manager,
        verb,
        program_end: first,
        subcommand,
        options,
        operands,
    }
}

fn text_of(command: &CommandFact, at: usize) -> Option<&str> {
    let word = command.words.get(at)?;
    Some(word.literal.as_deref().unwrap_or(&word.raw))
}

/// How many words the sub-command has, and what it does.
fn verb(manager: &Manager, first: &str, second: Option<&str>) -> (usize, Verb) {
    let of_two = manager.verbs.iter().find(|(name, _)| {
        name.split_once(' ')
            .is_some_and(|(one, two)| one == first && Some(two) == second)
    });
    if let Some((_, verb)) = of_two {
        return (2, *verb);
    }
    let of_one = manager.verbs.iter().find(|(name, _)| *name == first);
    (1, of_one.map_or(manager.other, |(_, verb)| *verb))
}

/// What an option does that chooses the operation: `-Syu`.
fn verb_of_letters(manager: &Manager, option: &str) -> Option<Verb> {
    let cluster = option.strip_prefix('-')?;
    let (_, _, verb) = manager.letters.iter().find(|(capital, small, _)| {
        cluster.starts_with(*capital)
            && (small.is_empty() || cluster[1..].contains(|char| small.contains(char)))
    })?;
    Some(*verb)
}

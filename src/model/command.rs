//! The simple commands of a RUN, flattened, with what decides about each: its words, what runs it, and
//! what its failure means.

use imgfix_syntax::TextRange;
use imgfix_syntax::shell::{
    Enclosure, Operator, Position, Script, SimpleCommand, Terminator, visit_commands,
};

use super::state::{Shell, is_short_option};

/// One word of a command.
#[derive(Clone, Debug)]
pub struct CommandWord {
    /// Where it stands in the file.
    pub range: TextRange,
    /// As written, joined.
    pub raw: String,
    /// After quote removal, where the shell expands nothing in it.
    pub literal: Option<String>,
}

impl CommandWord {
    /// Its literal value, or how it is written.
    fn text(&self) -> &str {
        self.literal.as_deref().unwrap_or(&self.raw)
    }

    /// Whether its literal value is `text`.
    pub fn is(&self, text: &str) -> bool {
        self.literal.as_deref() == Some(text)
    }
}

/// `name=value` before a command.
#[derive(Clone, Debug)]
pub struct CommandAssignment {
    /// The variable.
    pub name: String,
    /// Its value, where that is literal.
    pub value: Option<String>,
    /// As written, joined.
    pub raw: String,
}

/// What the failure of a command means for its RUN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The RUN fails.
    Fatal,
    /// The RUN goes on, or the failure decides about something else.
    Handled,
}

/// A simple command of a RUN.
#[derive(Clone, Debug)]
pub struct CommandFact {
    /// Where it stands in the file, from its first assignment or word to its last word.
    pub range: TextRange,
    /// Its place in the joined text.
    pub logical: TextRange,
    /// The assignments before it.
    pub assignments: Vec<CommandAssignment>,
    /// Its words.
    pub words: Vec<CommandWord>,
    /// The word that names the program, behind `sudo`, `env` and their kin.
    pub program: Option<usize>,
    /// Where the name stands in that word, if it can be told.
    name: Option<(usize, usize)>,
    /// Whether arguments come from elsewhere too (`xargs`).
    pub takes_more_arguments: bool,
    /// Whether it stands at the top of the script, in no compound command.
    pub is_top_level: bool,
    /// What holds it.
    pub enclosures: Vec<Enclosure>,
    /// Which item of the top list it belongs to.
    pub item: usize,
    /// Which pipeline of its and/or list it is in.
    pub pipeline: usize,
    /// How many pipelines its and/or list has.
    pub pipelines: usize,
    /// The operator before it in its and/or list, with its place in the file.
    pub operator: Option<(Operator, TextRange)>,
    /// What its failure means.
    pub failure: Failure,
    /// The redirections' targets, where they are literal files that are written.
    pub writes: Vec<String>,
    /// Whether it has redirections.
    pub has_redirections: bool,
    /// The files that redirections and process substitutions make it read, as written.
    pub reads: Vec<String>,
}

/// Whether an expansion in a word sets a variable: `${NAME:=word}`, `$((NAME = 1))`.
fn assigns_by_expanding(raw: &str) -> bool {
    let by_default = raw.match_indices("${").any(|(at, _)| {
        let rest =
            raw[at + 2..].trim_start_matches(|char: char| char.is_alphanumeric() || char == '_');
        rest.starts_with(":=") || rest.starts_with('=')
    });
    let by_arithmetic = raw.match_indices("$((").any(|(at, _)| {
        let inner = raw[at + 3..].split("))").next().unwrap_or_default();
        inner.contains("++")
            || inner.contains("--")
            || inner
                .replace("==", "")
                .replace("!=", "")
                .replace("<=", "")
                .replace(">=", "")
                .contains('=')
    });
    by_default || by_arithmetic
}

impl CommandFact {
    /// The name of the program, without its folder.
    pub fn name(&self) -> Option<&str> {
        let (start, end) = self.name?;
        Some(&self.words[self.program?].text()[start..end])
    }

    /// The words after the program's name.
    pub fn arguments(&self) -> &[CommandWord] {
        self.program
            .map_or(&[], |program| &self.words[program + 1..])
    }

    /// Whether an argument is literally `text`.
    pub fn has_argument(&self, text: &str) -> bool {
        self.arguments().iter().any(|word| word.is(text))
    }

    /// Its assignments and words as written.
    pub fn raw_words(&self) -> Vec<String> {
        let assignments = self
            .assignments
            .iter()
            .map(|assignment| assignment.raw.clone());
        assignments
            .chain(self.words.iter().map(|word| word.raw.clone()))
            .collect()
    }

    /// Whether `enclosure` holds it.
    pub fn is_in(&self, enclosure: Enclosure) -> bool {
        self.enclosures.contains(&enclosure)
    }
}

/// The commands of a script, in the order of its text.
pub(super) fn collect(script: &Script, shell: &Shell) -> Vec<CommandFact> {
    let mut commands: Vec<CommandFact> = Vec::new();
    let mut modes = Modes {
        exits_on_error: shell.exits_on_error(),
        pipefail: shell.has_pipefail(),
    };
    visit_commands(&script.list, &mut |simple, position| {
        if let Some(command) = fact(script, simple, position, modes) {
            modes.note(&command);
            commands.push(command);
        }
    });
    commands
}

/// The options of the shell that decide about failures.
#[derive(Clone, Copy)]
struct Modes {
    exits_on_error: bool,
    pipefail: bool,
}

impl Modes {
    fn note(&mut self, command: &CommandFact) {
        if command.name() != Some("set") || !command.is_top_level {
            return;
        }
        for word in command
            .arguments()
            .iter()
            .filter_map(|word| word.literal.as_deref())
        {
            match word {
                "errexit" => self.exits_on_error = true,
                "pipefail" => self.pipefail = true,
                _ if word.starts_with('+') && word.contains('e') => self.exits_on_error = false,
                _ if is_short_option(word, 'e') => self.exits_on_error = true,
                _ => {}
            }
        }
    }
}

fn fact(
    script: &Script,
    simple: &SimpleCommand,
    position: Position<'_>,
    modes: Modes,
) -> Option<CommandFact> {
    if simple.range.is_empty() {
        return None;
    }
    let words: Vec<CommandWord> = simple
        .words
        .iter()
        .map(|word| CommandWord {
            range: script.source_range(word.range),
            raw: word.raw(script.text()).to_owned(),
            literal: word
                .literal(script.text())
                .map(std::borrow::Cow::into_owned),
        })
        .collect();
    let assignments = simple
        .assignments
        .iter()
        .map(|assignment| {
            let value = match &assignment.value {
                None => Some(String::new()),
                Some(value) => value
                    .literal(script.text())
                    .map(std::borrow::Cow::into_owned),
            };
            let raw = script.slice(assignment.range).to_owned();
            CommandAssignment {
                name: assignment.name.clone(),
                value,
                raw,
            }
        })
        .collect();
    let redirections = &position.command.redirections;
    let writes = redirections
        .iter()
        .filter(|redirection| redirection.kind == imgfix_syntax::shell::RedirectionKind::Output)
        .filter_map(|redirection| redirection.target.as_ref()?.literal(script.text()))
        .map(std::borrow::Cow::into_owned)
        .collect();
    let is_input = |kind| kind == imgfix_syntax::shell::RedirectionKind::Input;
    let inputs = redirections.iter().filter(|it| is_input(it.kind));
    let inputs = inputs.map(|it| script.slice(it.range).to_owned());
    let substituted = words.iter().filter(|word| word.raw.contains("<("));
    let reads = inputs
        .chain(substituted.map(|word| word.raw.clone()))
        .collect();
    let (program, takes_more_arguments) = program(&words);
    Some(CommandFact {
        range: script.source_range(simple.range),
        logical: simple.range,
        assignments,
        name: program.and_then(|at| name(&words[at])),
        words,
        program,
        takes_more_arguments,
        is_top_level: position.is_top_level(),
        enclosures: position.enclosures.to_vec(),
        item: position.item,
        pipeline: position.pipeline,
        pipelines: position.and_or.rest.len() + 1,
        operator: position
            .operator
            .map(|(operator, range)| (operator, script.source_range(range))),
        failure: failure(position, modes),
        writes,
        has_redirections: !redirections.is_empty(),
        reads,
    })
}

/// Where the name of the program stands in its word, without the folder.
fn name(word: &CommandWord) -> Option<(usize, usize)> {
    let text = word.text();
    let start = text.rfind('/').map_or(0, |slash| slash + 1);
    // `"$VENV/bin/pip"` names pip; `$PIP` names nothing that is known.
    let name = &text[start..];
    let name = if word.literal.is_none() {
        name.strip_suffix('"').unwrap_or(name)
    } else {
        name
    };
    let is_plain = !name.is_empty()
        && !name.contains(['$', '`', '*', '"', '\'', ')', '}', '{', '?', '[', '\\']);
    (is_plain || name == "[").then_some((start, start + name.len()))
}

/// Whether the RUN fails with the command: it is no condition, no `||` stands behind it, and either it
/// decides the status of the script or `set -e` is on.
fn failure(position: Position<'_>, modes: Modes) -> Failure {
    if !position
        .enclosures
        .iter()
        .all(|enclosure| *enclosure == Enclosure::Pipe)
    {
        return Failure::Handled;
    }
    let pipeline = position.and_or.pipelines().nth(position.pipeline);
    let is_last_of_pipe = pipeline
        .and_then(|pipeline| pipeline.commands.last())
        .is_some_and(|last| std::ptr::eq(last, position.command));
    if !is_last_of_pipe && !modes.pipefail {
        return Failure::Handled;
    }
    if position.and_or.rest[position.pipeline..]
        .iter()
        .any(|link| link.operator == Operator::Or)
    {
        return Failure::Handled;
    }
    let is_last_item = position.item + 1 == position.list.items.len();
    // In `a && b; c` under `set -e`, the failure of `a` does not end the script: only the last one's does.
    let ends_on_error =
        modes.exits_on_error && position.pipeline + 1 == position.and_or.rest.len() + 1;
    let terminator = position.list.items[position.item].terminator;
    let in_background = matches!(terminator, Terminator::Background(_));
    if (is_last_item || ends_on_error) && !in_background {
        Failure::Fatal
    } else {
        Failure::Handled
    }
}

/// Programs that run the program named behind their options; with the options that take a value.
const WRAPPERS: &[(&str, &[&str])] = &[
    (
        "sudo",
        &[
            "-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "-U", "--user", "--group",
        ],
    ),
    ("doas", &["-u", "-C"]),
    ("env", &["-u", "-C", "-S", "--unset", "--chdir"]),
    ("command", &[]),
    ("exec", &["-a"]),
    ("nice", &["-n"]),
    ("ionice", &["-c", "-n"]),
    ("nohup", &[]),
    ("time", &["-f", "-o"]),
    ("timeout", &["-s", "-k", "--signal", "--kill-after"]),
    ("eatmydata", &[]),
    ("fakeroot", &[]),
    ("stdbuf", &["-i", "-o", "-e"]),
    ("xargs", &["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"]),
    ("gosu", &[]),
    ("su-exec", &[]),
];

/// The word that names the program, and whether `xargs` adds arguments.
fn program(words: &[CommandWord]) -> (Option<usize>, bool) {
    let mut at = 0;
    let mut more = false;
    loop {
        let Some(word) = words.get(at) else {
            return (None, more);
        };
        let name = word
            .literal
            .as_deref()
            .map(|text| text.rsplit('/').next().unwrap_or(text));
        let Some((wrapper, with_value)) =
            WRAPPERS.iter().find(|(wrapper, _)| Some(*wrapper) == name)
        else {
            return (Some(at), more);
        };
        more |= *wrapper == "xargs";
        at = skip_wrapper(words, at + 1, wrapper, with_value);
    }
}

fn skip_wrapper(words: &[CommandWord], mut at: usize, wrapper: &str, with_value: &[&str]) -> usize {
    while let Some(text) = words
        .get(at)
        .map(|word| word.literal.as_deref().unwrap_or(&word.raw))
    {
        if with_value.contains(&text) {
            at += 2;
        } else if text.starts_with('-') && text.len() > 1 || is_assignment(text) {
            at += 1;
        } else {
            break;
        }
    }
    // A duration, or a user, stands before the program.
    let takes_operand = matches!(wrapper, "timeout" | "gosu" | "su-exec");
    if takes_operand { at + 1 } else { at }
}

fn is_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && name
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || char == '_')
    })
}

/// Commands of the shell that change its state, or what comes after them.
const STATEFUL: &[&str] = &[
    "cd",
    "pushd",
    "popd",
    "export",
    "readonly",
    "unset",
    "local",
    "declare",
    "typeset",
    "set",
    "shopt",
    "source",
    ".",
    "exit",
    "exec",
    "return",
    "umask",
    "ulimit",
    "trap",
    "alias",
    "unalias",
    "eval",
    "hash",
    "newgrp",
    "read",
    "getopts",
    "shift",
    "wait",
    "enable",
    "let",
    "mapfile",
    "readarray",
    "printf -v",
];

impl CommandFact {
    /// What it changes in the shell that runs it, for the commands after it: the name of the command, or of
    /// the variable that it assigns. `None` where it leaves the shell as it was.
    pub fn changes_shell(&self) -> Option<&str> {
        let in_child = self.enclosures.iter().any(|enclosure| {
            use imgfix_syntax::shell::CompoundKind;
            matches!(
                enclosure,
                Enclosure::Substitution | Enclosure::Pipe | Enclosure::Background
            ) || *enclosure == Enclosure::Compound(CompoundKind::Subshell)
        });
        if in_child {
            return None;
        }
        if self.words.is_empty() {
            return self
                .assignments
                .first()
                .map(|assignment| assignment.name.as_str());
        }
        if self
            .words
            .iter()
            .any(|word| assigns_by_expanding(&word.raw))
        {
            return Some("an expansion that assigns");
        }
        // `command cd` and `builtin export` are the same builtins.
        let mut words = self.words.iter().filter_map(|word| word.literal.as_deref());
        let first = words.find(|word| !matches!(*word, "command" | "builtin" | "-p"))?;
        if first == "printf" && words.next() == Some("-v") {
            return Some("printf -v");
        }
        STATEFUL.iter().find(|name| **name == first).copied()
    }
}

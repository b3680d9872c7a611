//! What a container starts, and what its health check runs, as far as the instructions say it.

use imgfix_syntax::shell::{Dialect, Enclosure, ScriptReader};
use imgfix_syntax::{Arguments, CommandForm, Healthcheck, Keyword, LogicalText, TextRange};

use super::Model;
use super::command::{self, CommandFact};
use super::state::{Shell, State};

/// A command that the container runs.
#[derive(Clone, Debug)]
pub struct StartCommand {
    /// The item that says it.
    pub item: usize,
    /// How.
    pub form: StartForm,
}

/// The forms of CMD, ENTRYPOINT and HEALTHCHECK.
#[derive(Clone, Debug)]
pub enum StartForm {
    /// Words for the kernel.
    Exec(Vec<String>),
    /// A script for the shell: its commands, or `None` where it is not understood.
    Shell(Option<Vec<CommandFact>>),
}

/// What a stage starts.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The last ENTRYPOINT.
    pub entrypoint: Option<StartCommand>,
    /// The last CMD, where no later ENTRYPOINT resets it.
    pub command: Option<StartCommand>,
    /// The last HEALTHCHECK that runs something.
    pub check: Option<StartCommand>,
}

impl Start {
    /// What the instructions of a stage say.
    pub fn of(model: &Model, stage: usize) -> Self {
        let mut start = Self::default();
        let stage = &model.stages[stage];
        for item in stage.item + 1..stage.end {
            let (Some(instruction), Some(state)) = (model.instruction(item), model.state(item))
            else {
                continue;
            };
            let said = |form: &CommandForm, body: &LogicalText| {
                let form = match form {
                    CommandForm::Exec(words) => {
                        StartForm::Exec(words.iter().map(|word| word.text.clone()).collect())
                    }
                    CommandForm::Shell => StartForm::Shell(commands(body.clone(), state)),
                };
                Some(StartCommand { item, form })
            };
            let body = &instruction.body;
            match (instruction.keyword, &instruction.arguments) {
                (Keyword::Cmd, Arguments::Command(form)) => start.command = said(form, body),
                (Keyword::Entrypoint, Arguments::Command(form)) => {
                    start.entrypoint = said(form, body);
                }
                (Keyword::Healthcheck, Arguments::Healthcheck(check)) => {
                    start.check = match check {
                        Healthcheck::None => None,
                        Healthcheck::Command { form, body } => said(form, body),
                    };
                }
                _ => {}
            }
        }
        start
    }

    /// What the container starts with, health check not included.
    pub fn main(&self) -> impl Iterator<Item = &StartCommand> {
        self.entrypoint.iter().chain(&self.command)
    }

    /// The words of the process that is started; whether a shell reads them; and the commands that the shell runs
    /// before it. `None` where that is more than a list of simple commands.
    pub fn words(&self) -> Option<(Vec<String>, bool, Vec<Vec<String>>)> {
        let exec = match (&self.entrypoint, &self.command) {
            (Some(entry), command) => match (&entry.form, command.as_ref().map(|it| &it.form)) {
                (StartForm::Exec(words), None) => words.clone(),
                (StartForm::Exec(words), Some(StartForm::Exec(more))) => {
                    words.iter().chain(more).cloned().collect()
                }
                (StartForm::Exec(_), Some(StartForm::Shell(_))) => return None,
                (StartForm::Shell(commands), _) => return listed(commands.as_deref()?),
            },
            (None, Some(command)) => match &command.form {
                StartForm::Exec(words) => words.clone(),
                StartForm::Shell(commands) => return listed(commands.as_deref()?),
            },
            (None, None) => return None,
        };
        // A shell that is started by name.
        if let [shell, option, text, rest @ ..] = exec.as_slice()
            && matches!(shell.as_str(), "sh" | "/bin/sh" | "bash" | "/bin/bash")
            && matches!(option.as_str(), "-c" | "-ec" | "-lc")
            && rest.is_empty()
        {
            let dialect = if shell.ends_with("bash") {
                Dialect::Bash
            } else {
                Dialect::Sh
            };
            let shell = Shell::default_for(dialect);
            return listed(&read(text, dialect, &shell)?);
        }
        Some((exec, false, Vec::new()))
    }
}

/// The last of a list of simple commands, behind `exec`, and those before it.
fn listed(commands: &[CommandFact]) -> Option<(Vec<String>, bool, Vec<Vec<String>>)> {
    // What stands in a substitution runs before the command whose word holds it.
    let (last, before) = commands.split_last()?;
    let is_simple = |command: &CommandFact| {
        let mut enclosures = command.enclosures.iter();
        enclosures.all(|it| matches!(it, Enclosure::Substitution))
    };
    if !commands.iter().all(is_simple) || !last.enclosures.is_empty() {
        return None;
    }
    let words = words_of(last);
    let is_exec = words.first().is_some_and(|word| word == "exec");
    let before = before.iter().map(words_of).collect();
    Some((words[usize::from(is_exec)..].to_vec(), true, before))
}

fn words_of(command: &CommandFact) -> Vec<String> {
    let words = command.words.iter();
    words
        .map(|word| word.literal.clone().unwrap_or(word.raw.clone()))
        .collect()
}

fn read(text: &str, dialect: Dialect, shell: &Shell) -> Option<Vec<CommandFact>> {
    let mut logical = LogicalText::new(0);
    logical.push(text, TextRange::new(0, text.len()));
    let script = ScriptReader::default().read(logical, dialect).ok()?;
    Some(command::collect(&script, shell))
}

impl StartCommand {
    /// The commands that it runs, each as its words; `None` where a script is not understood.
    pub fn all(&self) -> Option<Vec<Vec<String>>> {
        match &self.form {
            StartForm::Exec(words) => Some(vec![words.clone()]),
            StartForm::Shell(commands) => Some(commands.as_ref()?.iter().map(words_of).collect()),
        }
    }
}

/// The commands of a script of the context or of an instruction; `None` where it is not understood.
fn commands(text: LogicalText, state: &State) -> Option<Vec<CommandFact>> {
    let script = ScriptReader::default()
        .read(text, state.shell.dialect)
        .ok()?;
    Some(command::collect(&script, &state.shell))
}

/// The commands of a text for a shell; `None` where it is not understood. Their places are those in that text.
pub fn script_commands(text: &str, state: &State) -> Option<Vec<CommandFact>> {
    read(text, Dialect::Sh, &state.shell)
}

/// The commands of a script file, each as its words; `None` where it is not understood.
pub fn script(text: &str, state: &State) -> Option<Vec<Vec<String>>> {
    let dialect = match text.lines().next() {
        Some(line) if line.starts_with("#!") && line.contains("bash") => Dialect::Bash,
        _ => Dialect::Sh,
    };
    let commands = read(text, dialect, &state.shell)?;
    Some(commands.iter().map(words_of).collect())
}

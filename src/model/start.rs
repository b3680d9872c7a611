//! What a container starts, and what its health check runs, as far as the instructions say it.

use imgfix_syntax::shell::{Dialect, ScriptReader};
use imgfix_syntax::{Arguments, CommandForm, Healthcheck, Keyword, LogicalText, TextRange};

use super::Model;
use super::command::{self, CommandFact};
use super::state::State;

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

    /// The words of the process that is started, where one simple command is all; with whether a shell
    /// reads them.
    pub fn words(&self) -> Option<(Vec<String>, bool)> {
        match (&self.entrypoint, &self.command) {
            (Some(entry), command) => match (&entry.form, command.as_ref().map(|it| &it.form)) {
                (StartForm::Exec(words), None) => Some((words.clone(), false)),
                (StartForm::Exec(words), Some(StartForm::Exec(more))) => {
                    Some((words.iter().chain(more).cloned().collect(), false))
                }
                (StartForm::Exec(_), Some(StartForm::Shell(_))) => None,
                (StartForm::Shell(_), _) => Some((entry.words()?, true)),
            },
            (None, Some(command)) => {
                let is_shell = matches!(command.form, StartForm::Shell(_));
                Some((command.words()?, is_shell))
            }
            (None, None) => None,
        }
    }
}

impl StartCommand {
    /// The words of its one simple command, behind `exec`; with those that a shell expands as they are written.
    pub fn words(&self) -> Option<Vec<String>> {
        match &self.form {
            StartForm::Exec(words) => Some(words.clone()),
            StartForm::Shell(commands) => {
                let [command] = commands.as_deref()? else {
                    return None;
                };
                let words = command.words.iter();
                let words = words.map(|word| word.literal.clone().unwrap_or(word.raw.clone()));
                let words: Vec<String> = words.collect();
                let is_exec = words.first().is_some_and(|word| word == "exec");
                Some(words[usize::from(is_exec)..].to_vec())
            }
        }
    }

    /// The commands that it runs, each as its words; `None` where a script is not understood.
    pub fn all(&self) -> Option<Vec<Vec<String>>> {
        match &self.form {
            StartForm::Exec(words) => Some(vec![words.clone()]),
            StartForm::Shell(commands) => {
                let words = |command: &CommandFact| {
                    let words = command.words.iter();
                    words
                        .map(|word| word.literal.clone().unwrap_or(word.raw.clone()))
                        .collect()
                };
                Some(commands.as_ref()?.iter().map(words).collect())
            }
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

/// The commands of a script file, each as its words; `None` where it is not understood.
pub fn script(text: &str, state: &State) -> Option<Vec<Vec<String>>> {
    let mut logical = LogicalText::new(0);
    logical.push(text, TextRange::new(0, text.len()));
    let dialect = match text.lines().next() {
        Some(line) if line.starts_with("#!") && line.contains("bash") => Dialect::Bash,
        _ => Dialect::Sh,
    };
    let script = ScriptReader::default().read(logical, dialect).ok()?;
    let commands = command::collect(&script, &state.shell);
    let words = |command: &CommandFact| {
        let words = command.words.iter();
        words
            .map(|word| word.literal.clone().unwrap_or(word.raw.clone()))
            .collect()
    };
    Some(commands.iter().map(words).collect())
}

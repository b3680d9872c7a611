//! A RUN: its script, its commands, and what they do with package managers.

use imgfix_syntax::shell::{Dialect, Opaque, Operator, Script, ScriptReader};
use imgfix_syntax::{Arguments, CommandForm, Heredoc, Instruction, LogicalText, TextRange};

use super::Readers;
use super::command::{self, CommandFact};
use super::packages::{Manager, Operation, Verb, recognise, scripted_update};
use super::state::{State, is_short_option};

/// A RUN instruction, or one below ONBUILD.
#[derive(Clone, Debug)]
pub struct Run {
    /// The item of the file.
    pub item: usize,
    /// The stage, as an index.
    pub stage: usize,
    /// Whether it stands below ONBUILD: it runs in the child's build.
    pub deferred: bool,
    /// From the first byte of `RUN` to the last byte before its line end.
    pub range: TextRange,
    /// How it is written.
    pub form: RunForm,
    /// Its flags, as written, in order.
    pub flags: Vec<String>,
    /// What is mounted.
    pub mounts: Vec<Mount>,
    /// The script, or why it is not understood. An exec form is [`RunScript::Exec`].
    pub script: RunScript,
    /// The commands of the script.
    pub commands: Vec<CommandFact>,
    /// What they do with package managers.
    pub operations: Vec<Operation>,
    /// Whether its shell is started with `-e`.
    shell_exits_on_error: bool,
}

/// How a RUN is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunForm {
    /// `RUN command`, without heredoc.
    Shell,
    /// `RUN ["program", "argument"]`.
    Exec,
    /// `RUN <<EOF`: the body is the script.
    HeredocScript,
    /// A shell form in which commands read heredocs.
    HeredocInput,
}

/// What a RUN runs.
#[derive(Clone, Debug)]
pub enum RunScript {
    /// A shell script.
    Shell(Script),
    /// A program with its arguments, without shell.
    Exec(Vec<String>),
    /// Not understood.
    Opaque(Opaque),
}

/// `--mount=type=…,target=…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// `bind`, `cache`, `tmpfs`, `secret`, `ssh`.
    pub kind: String,
    /// Where; `None` where it has no target, or a variable stands in it.
    pub target: Option<String>,
    /// The stage or image that it comes from.
    pub from: Option<String>,
}

impl Run {
    /// The script, where it is understood.
    pub fn script(&self) -> Option<&Script> {
        match &self.script {
            RunScript::Shell(script) => Some(script),
            RunScript::Exec(_) | RunScript::Opaque(_) => None,
        }
    }

    /// The operations with one manager.
    pub fn operations_of<'r>(
        &'r self,
        manager: &'r Manager,
    ) -> impl Iterator<Item = &'r Operation> + Clone {
        self.operations
            .iter()
            .filter(move |operation| operation.manager.id == manager.id)
    }

    /// The command that performs an operation.
    pub fn command(&self, operation: &Operation) -> &CommandFact {
        &self.commands[operation.command]
    }

    /// Whether an operation of the manager with one of `verbs` is among its commands.
    pub fn does(&self, manager: &Manager, verbs: &[Verb]) -> bool {
        self.operations_of(manager)
            .any(|operation| verbs.contains(&operation.verb))
    }

    /// Whether a failing command ends it: its shell has `-e`, or it begins with `set -e`.
    pub fn exits_on_error(&self) -> bool {
        let prelude = self
            .commands
            .first()
            .filter(|command| command.name() == Some("set") && command.is_top_level);
        self.shell_exits_on_error
            || prelude.is_some_and(|set| {
                set.arguments()
                    .iter()
                    .any(|word| word.is("errexit") || is_short_option(&word.raw, 'e'))
            })
    }

    /// Whether nothing but a failure keeps a command from being run: no condition, no `||` before it.
    pub fn is_always_run(&self, command: &CommandFact) -> bool {
        let item = self
            .script()
            .and_then(|script| script.list.items.get(command.item));
        command.is_top_level
            && item.is_some_and(|item| {
                let mut before = item.and_or.rest[..command.pipeline].iter();
                before.all(|link| link.operator == Operator::And)
            })
    }

    /// Whether a cache or tmpfs mount covers `path`.
    pub fn is_mounted(&self, path: &str) -> bool {
        self.mounts.iter().any(|mount| {
            matches!(mount.kind.as_str(), "cache" | "tmpfs")
                && mount
                    .target
                    .as_deref()
                    .is_none_or(|target| is_within(path, target))
        })
    }
}

/// Whether `path` is `folder` or lies below it.
pub fn is_within(path: &str, folder: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where a RUN stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The item of the file.
    pub(super) item: usize,
    /// The stage, as an index.
    pub(super) stage: usize,
    /// Whether it stands below ONBUILD.
    pub(super) deferred: bool,
}

/// Reads a RUN.
pub(super) fn read(
    text: &str,
    place: Place,
    instruction: &Instruction,
    state: &State,
    readers: &Readers,
) -> Run {
    let form = form(instruction);
    let flags = instruction
        .flags
        .iter()
        .map(|flag| flag.range.slice(text).to_owned())
        .collect();
    let mounts = instruction
        .flags
        .iter()
        .filter(|flag| flag.name == "mount")
        .map(|flag| mount(flag, state))
        .collect();
    let script = match (&instruction.arguments, form) {
        (Arguments::Command(CommandForm::Exec(words)), _) => {
            RunScript::Exec(words.iter().map(|word| word.text.clone()).collect())
        }
        (_, RunForm::HeredocScript) => {
            let (body, dialect) = heredoc_script(text, &instruction.heredocs[0], state);
            parsed(&readers.scripts, body, dialect)
        }
        (_, RunForm::HeredocInput) => {
            let body = with_heredocs(text, instruction);
            parsed(&readers.scripts, body, state.shell.dialect)
        }
        _ => parsed(
            &readers.scripts,
            instruction.body.clone(),
            state.shell.dialect,
        ),
    };
    let commands = match &script {
        RunScript::Shell(script) => command::collect(script, &state.shell),
        RunScript::Exec(_) | RunScript::Opaque(_) => Vec::new(),
    };
    let operations = commands
        .iter()
        .enumerate()
        .filter_map(|(at, command)| {
            recognise(readers.managers, command, at).or_else(|| {
                scripted_update(readers.managers, command, at, instruction.body.as_str())
            })
        })
        .collect();
    Run {
        item: place.item,
        stage: place.stage,
        deferred: place.deferred,
        range: instruction.range,
        form,
        flags,
        mounts,
        script,
        commands,
        operations,
        shell_exits_on_error: state.shell.exits_on_error(),
    }
}

fn form(instruction: &Instruction) -> RunForm {
    if matches!(
        instruction.arguments,
        Arguments::Command(CommandForm::Exec(_))
    ) {
        RunForm::Exec
    } else if instruction.heredocs.is_empty() {
        RunForm::Shell
    } else if instruction.heredocs.len() == 1
        && instruction.heredocs[0].opener == instruction.body_range()
    {
        RunForm::HeredocScript
    } else {
        RunForm::HeredocInput
    }
}

fn parsed(scripts: &ScriptReader, text: LogicalText, dialect: Dialect) -> RunScript {
    match scripts.read(text, dialect) {
        Ok(script) => RunScript::Shell(script),
        Err(reason) => RunScript::Opaque(reason),
    }
}

/// The body of `RUN <<EOF`; a `#!` line chooses the interpreter.
fn heredoc_script(text: &str, heredoc: &Heredoc, state: &State) -> (LogicalText, Dialect) {
    let mut script = LogicalText::new(heredoc.body.start());
    push_lines(text, heredoc, &mut script);
    let dialect = match script.as_str().strip_prefix("#!") {
        None => state.shell.dialect,
        Some(line) => interpreter(line.lines().next().unwrap_or_default()),
    };
    (script, dialect)
}

fn interpreter(line: &str) -> Dialect {
    let mut words = line.split_ascii_whitespace();
    let program = words.next().unwrap_or_default();
    let program = if program.ends_with("/env") {
        words.next().unwrap_or_default()
    } else {
        program
    };
    Dialect::of_program(program)
}

/// The shell form with its heredocs below it, as the shell gets them.
fn with_heredocs(text: &str, instruction: &Instruction) -> LogicalText {
    let mut script = instruction.body.clone();
    let mut at = instruction.range.end();
    for heredoc in &instruction.heredocs {
        if let Some(newline) = text[at..heredoc.body.start()].rfind('\n') {
            script.push(text, TextRange::new(at + newline, at + newline + 1));
        }
        push_lines(text, heredoc, &mut script);
        let terminator = heredoc
            .terminator
            .slice(text)
            .trim_end_matches(['\r', '\n']);
        script.push(
            text,
            TextRange::new(
                heredoc.terminator.start(),
                heredoc.terminator.start() + terminator.len(),
            ),
        );
        at = heredoc.terminator.start() + terminator.len();
    }
    script
}

/// The lines of a heredoc, without carriage returns, and without leading tabs where `<<-` strips them.
fn push_lines(text: &str, heredoc: &Heredoc, script: &mut LogicalText) {
    let mut start = heredoc.body.start();
    for line in heredoc.body.slice(text).split_inclusive('\n') {
        let tabs = if heredoc.strip_tabs {
            line.len() - line.trim_start_matches('\t').len()
        } else {
            0
        };
        let end = start + line.len();
        if line.ends_with("\r\n") {
            script.push(text, TextRange::new(start + tabs, end - 2));
            script.push(text, TextRange::new(end - 1, end));
        } else {
            script.push(text, TextRange::new(start + tabs, end));
        }
        start = end;
    }
}

fn mount(flag: &imgfix_syntax::Flag, state: &State) -> Mount {
    let mut mount = Mount {
        kind: "bind".to_owned(),
        target: None,
        from: None,
    };
    for field in flag.value.as_deref().unwrap_or_default().split(',') {
        let (key, value) = field.split_once('=').unwrap_or((field, ""));
        match key {
            "type" => value.clone_into(&mut mount.kind),
            "target" | "dst" | "destination" if !value.contains('$') => {
                mount.target = absolute(value, state);
            }
            "from" => mount.from = Some(value.to_owned()),
            _ => {}
        }
    }
    mount
}

/// A path as seen from the working directory; `None` where that is not known.
fn absolute(path: &str, state: &State) -> Option<String> {
    if path.starts_with('/') {
        return Some(path.to_owned());
    }
    let workdir = state.workdir.value.known()?;
    Some(format!("{}/{path}", workdir.trim_end_matches('/')))
}

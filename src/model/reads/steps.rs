//! Steps that fetch what a project depends on, and nothing else: what stands in front of a command that also
//! needs the sources.

use super::{Obstacle, Reads, Site, Unread, View, go, gradle, java, php, python};
use crate::context::BuildContext;
use crate::model::Model;
use crate::model::packages::Verb;
use crate::model::placed::Placed;
use crate::model::run::Run;

/// A step that fetches or installs dependencies alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyStep {
    /// What it runs.
    pub command: StepCommand,
    /// What it reads and makes.
    pub reads: Reads,
    /// The folder in which it has to run.
    pub folder: String,
    /// What remains as an assumption.
    pub assumes: &'static str,
    /// Whether it runs a program of the project, which may ask for anything.
    pub runs_program: bool,
}

/// What a step runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepCommand {
    /// The author's command, with these words behind its sub-command.
    With {
        /// The words.
        words: Vec<&'static str>,
        /// The word of the sub-command.
        behind: usize,
    },
    /// Another command.
    Instead(String),
}

/// The step in front of the command at `at` of a RUN, which runs in `folder`. `None` where its manager has none,
/// or an earlier step of the stage has done it.
pub fn before(
    model: &Model,
    context: &BuildContext,
    placed: &[Placed],
    run: &Run,
    at: usize,
    folder: &str,
) -> Option<Result<DependencyStep, Unread>> {
    let operation = run
        .operations
        .iter()
        .find(|operation| operation.command == at)?;
    let is_done = model
        .runs_of(run.stage)
        .take_while(|other| other.item < run.item)
        .flat_map(|other| &other.operations)
        .any(|other| {
            other.manager.id == operation.manager.id
                && matches!(other.verb, Verb::Install | Verb::Fetch)
        });
    if is_done || operation.verb != Verb::Install {
        return None;
    }
    let view = View {
        context,
        placed,
        folder: folder.to_owned(),
    };
    let site = Site {
        view: &view,
        command: &run.commands[at],
        operation,
    };
    match operation.manager.family {
        "go" => go::step(model, run, &site),
        "maven" => java::step(&site),
        "gradle" => gradle::step(&site),
        "poetry" | "uv" | "pdm" => python::step(&site),
        "composer" => php::step(&site),
        _ => None,
    }
}

impl Site<'_> {
    /// A step with words added to the author's command.
    pub(super) fn step_with(
        &self,
        words: Vec<&'static str>,
        mut reads: Reads,
        assumes: &'static str,
    ) -> DependencyStep {
        reads.installs = Some(self.operation.manager.id);
        DependencyStep {
            command: StepCommand::With {
                words,
                behind: self.operation.subcommand,
            },
            reads,
            folder: self.view.folder.clone(),
            assumes,
            runs_program: false,
        }
    }

    /// A step with another command, which has to run in `folder`.
    pub(super) fn step_instead(
        &self,
        command: String,
        folder: String,
        mut reads: Reads,
        assumes: &'static str,
    ) -> DependencyStep {
        reads.installs = Some(self.operation.manager.id);
        DependencyStep {
            command: StepCommand::Instead(command),
            reads,
            folder,
            assumes,
            runs_program: false,
        }
    }

    /// A variable before the command that may change what is fetched.
    pub(super) fn assigns_other_than(&self, harmless: &[&str]) -> Result<(), Unread> {
        let mut assignments = self.command.assignments.iter();
        match assignments.find(|it| !harmless.contains(&it.name.as_str())) {
            Some(it) => Err((Obstacle::NotFollowed, format!("`{}`", it.raw))),
            None => Ok(()),
        }
    }
}

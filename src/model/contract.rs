//! The runtime contract of a stage: what whoever starts a container of it relies on.

use std::collections::BTreeMap;

use imgfix_syntax::{Arguments, Instruction, Keyword};

use super::Model;
use super::stage::Base;
use super::state::Value;

/// What a stage promises at run time, by its own instructions and those of the stages below it.
///
/// What the base image sets by itself is the same before and after a rewrite that keeps the FROM; a part
/// that a variable decides is compared as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    parts: BTreeMap<Part, Vec<String>>,
}

/// The parts of a runtime contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// ENTRYPOINT
    EntryPoint,
    /// CMD
    Command,
    /// EXPOSE
    Ports,
    /// USER
    User,
    /// WORKDIR
    WorkingDirectory,
    /// ENV
    Environment,
    /// LABEL, MAINTAINER
    Labels,
    /// HEALTHCHECK
    HealthCheck,
    /// STOPSIGNAL
    StopSignal,
    /// SHELL
    Shell,
    /// VOLUME
    Volumes,
    /// ONBUILD, but for the RUNs in it
    Onbuild,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::EntryPoint => "entry point",
            Self::Command => "command",
            Self::Ports => "ports",
            Self::User => "user",
            Self::WorkingDirectory => "working directory",
            Self::Environment => "environment",
            Self::Labels => "labels",
            Self::HealthCheck => "health check",
            Self::StopSignal => "stop signal",
            Self::Shell => "shell",
            Self::Volumes => "volumes",
            Self::Onbuild => "ONBUILD instructions",
        })
    }
}

impl Contract {
    /// The contract of a stage.
    pub fn of(model: &Model, stage: usize) -> Self {
        let mut contract = match model.stages[stage].base {
            Base::Stage(parent) => Self::of(model, parent),
            _ => Self::default(),
        };
        for item in model.stages[stage].item..model.stages[stage].end {
            if let Some(instruction) = model.instruction(item) {
                contract.apply(model, item, instruction);
            }
        }
        contract
    }

    /// The first part in which two contracts differ.
    pub fn difference(&self, other: &Self) -> Option<Part> {
        let all = self.parts.keys().chain(other.parts.keys());
        all.copied()
            .find(|part| self.parts.get(part) != other.parts.get(part))
    }

    /// The first part in which two contracts differ, of those that no variable and no folder before it decides.
    pub fn difference_in_text(&self, other: &Self) -> Option<Part> {
        let all = self.parts.keys().chain(other.parts.keys());
        let by_value = [Part::Environment, Part::User, Part::WorkingDirectory];
        all.copied()
            .filter(|part| !by_value.contains(part))
            .find(|part| self.parts.get(part) != other.parts.get(part))
    }

    /// The contract with another entry point, or another command, and nothing else that is started, but a command
    /// that is kept.
    pub fn start_with(&mut self, is_entry_point: bool, words: &str, keeps_command: bool) {
        if !keeps_command {
            self.parts.remove(&Part::Command);
        }
        self.parts.remove(&Part::EntryPoint);
        let part = if is_entry_point {
            Part::EntryPoint
        } else {
            Part::Command
        };
        self.replace(part, words.to_owned());
    }

    /// The contract without an entry point, by an instruction that says so.
    pub fn reset_entry_point(&mut self) {
        self.replace(Part::EntryPoint, "[]".to_owned());
    }

    fn apply(&mut self, model: &Model, item: usize, instruction: &Instruction) {
        let text = instruction.body.as_str();
        match instruction.keyword {
            Keyword::Entrypoint => {
                // A new entry point resets the command that the base image has.
                self.replace(Part::EntryPoint, text.to_owned());
            }
            Keyword::Cmd => self.replace(Part::Command, text.to_owned()),
            Keyword::Expose => self.add(Part::Ports, text.to_owned()),
            Keyword::User => self.replace(Part::User, known(instruction, model, item)),
            Keyword::Workdir => {
                self.replace(Part::WorkingDirectory, known(instruction, model, item));
            }
            Keyword::Env => self.add(Part::Environment, text.to_owned()),
            Keyword::Label => match &instruction.arguments {
                Arguments::Pairs(pairs) => {
                    for pair in &pairs.pairs {
                        let value = pair.value.as_ref().map_or("", |value| value.text.as_str());
                        self.label(&pair.key.text, value);
                    }
                }
                _ => self.add(Part::Labels, text.to_owned()),
            },
            Keyword::Maintainer => self.add(Part::Labels, text.to_owned()),
            Keyword::Healthcheck => {
                let flags: Vec<String> = instruction
                    .flags
                    .iter()
                    .map(|flag| format!("{}={:?}", flag.name, flag.value))
                    .collect();
                self.replace(Part::HealthCheck, format!("{} {text}", flags.join(" ")));
            }
            Keyword::Stopsignal => self.replace(Part::StopSignal, text.to_owned()),
            Keyword::Shell => self.replace(Part::Shell, text.to_owned()),
            Keyword::Volume => self.add(Part::Volumes, text.to_owned()),
            Keyword::Onbuild => {
                if let Arguments::Onbuild(inner) = &instruction.arguments
                    && inner.keyword != Keyword::Run
                {
                    self.add(Part::Onbuild, text.to_owned());
                }
            }
            _ => {}
        }
    }

    /// Of two labels of one name the last counts; where they stand does not.
    fn label(&mut self, key: &str, value: &str) {
        let labels = self.parts.entry(Part::Labels).or_default();
        let start = format!("{key}=");
        labels.retain(|label| !label.starts_with(&start));
        let label = start + value;
        let at = labels.partition_point(|other| *other < label);
        labels.insert(at, label);
    }

    fn replace(&mut self, part: Part, text: String) {
        self.parts.insert(part, vec![text]);
    }

    fn add(&mut self, part: Part, text: String) {
        self.parts.entry(part).or_default().push(text);
    }
}

/// The text of an instruction, with the folder or user that holds before it: a relative WORKDIR adds to it.
fn known(instruction: &Instruction, model: &Model, item: usize) -> String {
    let before =
        model
            .state(item)
            .and_then(|state| match (instruction.keyword, &state.workdir.value) {
                (Keyword::Workdir, Value::Known(folder)) => Some(folder.clone()),
                _ => None,
            });
    format!(
        "{} {}",
        before.unwrap_or_default(),
        instruction.body.as_str()
    )
}

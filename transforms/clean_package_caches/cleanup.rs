//! The command that removes a leftover, as the author of the file would write it.

use crate::model::packages::{Leftover, Operation};
use crate::model::run::Run;

/// What removes a leftover.
pub(super) struct Cleanup<'r> {
    pub(super) operation: &'r Operation,
    pub(super) leftover: &'static Leftover,
    /// Where it lies; empty where the command finds it by itself.
    pub(super) folder: String,
}

impl Cleanup<'_> {
    /// The words of the command that does it.
    pub(super) fn words(&self, run: &Run) -> Vec<String> {
        let leftover = self.leftover;
        let is_in_roots_home = self.folder.starts_with("/root/");
        let mut words = Vec::new();
        for &word in leftover.cleanup {
            if word == "{program}" {
                words.extend(self.program(run));
                continue;
            }
            let word = word.replacen("{folder}", &self.folder, 1);
            words.push(match word.strip_prefix("~/") {
                Some(rest) if is_in_roots_home => format!("/root/{rest}"),
                _ => word,
            });
        }
        if has_sudo(run, self.operation) && !leftover.is_found_by_program() {
            words.insert(0, "sudo".to_owned());
        }
        words
    }

    /// The manager as its command names it, with what makes another user run it.
    fn program(&self, run: &Run) -> Vec<String> {
        let command = run.command(self.operation);
        let switches_user = matches!(
            command.words[0].literal.as_deref(),
            Some("sudo" | "doas" | "gosu" | "su-exec")
        );
        let first = if switches_user {
            0
        } else {
            command.program.unwrap_or_default()
        };
        command.words[first..self.operation.program_end]
            .iter()
            .map(|word| word.raw.clone())
            .collect()
    }
}

/// Whether the command of an operation runs it as root through `sudo`.
pub(super) fn has_sudo(run: &Run, operation: &Operation) -> bool {
    run.command(operation)
        .words
        .first()
        .is_some_and(|word| word.is("sudo"))
}

//! The shape of a smell, and how one is looked for: a handful of regular expressions over a RUN's commands.
//!
//! Deliberately not the way of the transforms: what those overlook, these should see.

use std::sync::LazyLock;

use regex::Regex;

use super::basic::BASIC;
use super::others::OTHERS;
use super::text::Command;

/// Something that a RUN should not leave behind or leave out. Every expression may be empty: then it says nothing.
#[derive(Debug)]
pub(super) struct Smell {
    /// Its name.
    pub(super) id: &'static str,
    /// The package manager.
    pub(super) manager: &'static str,
    /// A command that may smell.
    pub(super) command: &'static str,
    /// A command that is none of these, though it looks like one.
    pub(super) except: &'static str,
    /// What on the command itself, or on the one of `after`, keeps it from smelling.
    pub(super) unless: &'static str,
    /// A command that must stand in the RUN too.
    pub(super) with: &'static str,
    /// A command that must not stand in the RUN.
    pub(super) without: &'static str,
    /// A command that must stand in an earlier RUN of the stage, without the row's own behind it there.
    pub(super) after: &'static str,
    /// A later command of the RUN that cleans.
    pub(super) cleaned_by: &'static str,
    /// The folders whose removal in the RUN cleans, and where a cache mount keeps the layer clean.
    pub(super) folders: &'static str,
    /// Words of an earlier instruction, or of this one, that keep it from smelling.
    pub(super) elsewhere: &'static str,
    /// Whether each command needs a decision of its own; otherwise one serves the RUN.
    pub(super) each: bool,
    /// Which decisions of imgfix mend it, or say why not.
    pub(super) mends: &'static [Mend],
    /// A RUN that smells; the RUNs before it stand above it, a line each.
    pub(super) smelly: &'static str,
    /// A RUN that might have smelled.
    pub(super) clean: &'static str,
}

/// A transform's decisions that concern a smell.
#[derive(Debug)]
pub(super) struct Mend {
    /// The transform.
    pub(super) transform: &'static str,
    /// Part of the titles of its rewrites.
    pub(super) title: &'static str,
    /// Its reasons to decline, but for those that every row shares; none means all.
    pub(super) reasons: &'static [&'static str],
}

/// The row that says nothing, for the others to fill in.
pub(super) const NONE: Smell = Smell {
    id: "",
    manager: "",
    command: "",
    except: "",
    unless: "",
    with: "",
    without: "",
    after: "",
    cleaned_by: "",
    folders: "",
    elsewhere: "",
    each: false,
    mends: &[],
    smelly: "",
    clean: "",
};

/// What a RUN has of a smell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// Nothing to do with it.
    Absent,
    /// It might smell and does not.
    Clean,
    /// It smells, with this many commands.
    Smelly(usize),
}

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'r> {
    /// The commands of the RUN.
    pub(super) commands: &'r [Command],
    /// The values of its `--mount` flags.
    pub(super) mounts: &'r [String],
    /// The commands of each earlier RUN of the stage.
    pub(super) earlier: &'r [&'r [Command]],
    /// The text of the file up to the end of the RUN.
    pub(super) before: &'r str,
}

/// A row with its expressions made.
#[derive(Debug)]
pub(super) struct Detector {
    /// The row.
    pub(super) smell: &'static Smell,
    command: Option<Regex>,
    except: Option<Regex>,
    unless: Option<Regex>,
    with: Option<Regex>,
    without: Option<Regex>,
    after: Option<Regex>,
    cleaned_by: Option<Regex>,
    removes: Option<Regex>,
    folders: Option<Regex>,
    elsewhere: Option<Regex>,
}

/// The detectors of the table, in its order.
pub(super) fn detectors() -> &'static [Detector] {
    static DETECTORS: LazyLock<Vec<Detector>> =
        LazyLock::new(|| BASIC.iter().chain(OTHERS).map(Detector::of).collect());
    &DETECTORS
}

impl Detector {
    fn of(smell: &'static Smell) -> Self {
        let removes = if smell.folders.is_empty() {
            String::new()
        } else {
            format!(r"(?:\brm\s.*|\bfind\s+)(?:{})", smell.folders)
        };
        Self {
            smell,
            command: regex(smell.command),
            except: regex(smell.except),
            unless: regex(smell.unless),
            with: regex(smell.with),
            without: regex(smell.without),
            after: regex(smell.after),
            cleaned_by: regex(smell.cleaned_by),
            removes: regex(&removes),
            folders: regex(smell.folders),
            elsewhere: regex(smell.elsewhere),
        }
    }

    /// Looks for the smell.
    pub(super) fn find(&self, scene: Scene<'_>) -> Finding {
        let excluded = (self.with.is_some() && !has(scene.commands, self.with.as_ref()))
            || has(scene.commands, self.without.as_ref())
            || (self.after.is_some() && !scene.earlier.iter().any(|run| self.is_after(run)));
        let candidates = || {
            scene.commands.iter().enumerate().filter(|(_, command)| {
                matches(self.command.as_ref(), &command.text)
                    && !matches(self.except.as_ref(), &command.text)
            })
        };
        if excluded || candidates().next().is_none() {
            return Finding::Absent;
        }
        let mut smelly = candidates().filter(|(_, command)| !self.is_harmless(command));
        let count = smelly.clone().count();
        let Some((last, _)) = smelly.next_back() else {
            return Finding::Clean;
        };
        let is_cleaned = scene.commands[last..].iter().any(|command| {
            matches(self.cleaned_by.as_ref(), &command.text)
                || matches(self.removes.as_ref(), &command.text)
        });
        let is_mounted = scene.mounts.iter().any(|mount| {
            (mount.contains("type=cache") || mount.contains("type=tmpfs"))
                && matches(self.folders.as_ref(), mount)
        });
        if is_cleaned || is_mounted || matches(self.elsewhere.as_ref(), scene.before) {
            Finding::Clean
        } else {
            Finding::Smelly(count)
        }
    }

    /// Whether the RUN of these commands leaves what the row's command cleans later.
    pub(super) fn is_after(&self, commands: &[Command]) -> bool {
        let fills = |command: &Command| {
            matches(self.after.as_ref(), &command.text)
                && !matches(self.unless.as_ref(), &command.text)
        };
        let Some(last) = commands.iter().rposition(fills) else {
            return false;
        };
        !has(&commands[last..], self.command.as_ref())
    }

    /// Whether what must not stand in the RUN is among the commands of another one.
    pub(super) fn is_without(&self, commands: &[Command]) -> bool {
        has(commands, self.without.as_ref())
    }

    fn is_harmless(&self, command: &Command) -> bool {
        // What a download pipes on, it does not keep.
        let pipes_on = self.smell.manager == "archive" && command.is_piped;
        pipes_on || matches(self.unless.as_ref(), &command.text)
    }
}

fn regex(pattern: &str) -> Option<Regex> {
    if pattern.is_empty() {
        return None;
    }
    Some(Regex::new(pattern).expect("a test compiles every row"))
}

fn has(commands: &[Command], wanted: Option<&Regex>) -> bool {
    commands
        .iter()
        .any(|command| matches(wanted, &command.text))
}

fn matches(regex: Option<&Regex>, text: &str) -> bool {
    regex.is_some_and(|regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::super::text::commands;
    use super::{Finding, Scene, detectors};

    fn smells(row: usize, script: &str) -> bool {
        let (above, run) = script.rsplit_once('\n').unwrap_or(("", script));
        let (mounts, body): (Vec<&str>, Vec<&str>) =
            run.split(' ').partition(|word| word.starts_with("--mount"));
        let mounts: Vec<String> = mounts.into_iter().map(str::to_owned).collect();
        let earlier: Vec<_> = above.lines().map(commands).collect();
        let earlier: Vec<_> = earlier.iter().map(Vec::as_slice).collect();
        let finding = detectors()[row].find(Scene {
            commands: &commands(&body.join(" ")),
            mounts: &mounts,
            earlier: &earlier,
            before: script,
        });
        matches!(finding, Finding::Smelly(_))
    }

    #[test]
    fn every_row_finds_its_smell_and_spares_what_is_clean() {
        for (row, detector) in detectors().iter().enumerate() {
            let smell = detector.smell;
            assert!(smells(row, smell.smelly), "{}", smell.id);
            assert!(!smells(row, smell.clean), "{}", smell.id);
        }
    }

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<&str> = detectors().iter().map(|it| it.smell.id).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

//! `cargo xtask corpus --against REV`: which decisions differ between a revision and the working tree.
//!
//! The revision is built in a work tree of its own below the target folder, which goes when it has run.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a development command runs programs and prints"
)]

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use regex::Regex;

use crate::corpus::{Options, shuffled};
use crate::tables::repository;

/// A checkout of another revision; dropping it removes it.
struct WorkTree {
    folder: PathBuf,
}

impl WorkTree {
    fn add(folder: PathBuf, revision: &str) -> Result<Self, String> {
        let tree = Self { folder };
        // An interrupted run may have left one behind.
        tree.remove();
        let mut git = git(&["worktree", "add", "--quiet", "--detach", "--force"]);
        run(git.arg(&tree.folder).arg(revision))?;
        Ok(tree)
    }

    fn remove(&self) {
        let mut git = git(&["worktree", "remove", "--force"]);
        let _ = run(git.arg(&self.folder).stderr(Stdio::null()));
    }
}

impl Drop for WorkTree {
    fn drop(&mut self) {
        self.remove();
    }
}

fn git(words: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.current_dir(repository()).args(words);
    git
}

/// Standard output of a program that succeeds.
fn run(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdout(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .map_err(|error| format!("{name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{name}: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{name}: {error}"))
}

/// The lines that the revision prints of the Dockerfiles at `path`.
///
/// # Errors
/// A message where git or the build fails, or the revision does not know `--lines`.
fn lines_of(revision: &str, path: &Path) -> Result<String, String> {
    let name = format!("{revision}^{{commit}}");
    let commit = run(&mut git(&["rev-parse", "--verify", "--quiet", &name]))
        .map_err(|_| format!("{revision}: no such revision"))?;
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from);
    let folder = std::path::absolute(target)
        .map_err(|error| error.to_string())?
        .join("against");
    let path = std::path::absolute(path).map_err(|error| error.to_string())?;
    let tree = WorkTree::add(folder.join("tree"), commit.trim())?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let words = ["build", "--quiet", "--release", "--locked", "-p", "xtask"];
    let build = folder.join("build");
    run(Command::new(cargo)
        .current_dir(&tree.folder)
        .env("CARGO_TARGET_DIR", &build)
        .args(words))?;
    run(Command::new(build.join("release/xtask"))
        .args(["corpus", "--lines"])
        .arg(path))
    .map_err(|error| format!("{revision}: corpus --lines: {error}"))
}

/// The decisions of one file that only one side has.
#[derive(Debug, Default, PartialEq, Eq)]
struct Change {
    removed: Vec<String>,
    added: Vec<String>,
}

/// Prints what differs between `revision` and `now`, the lines of the working tree.
///
/// # Errors
/// A message where the revision cannot be built or run.
pub(crate) fn print(
    options: &Options,
    revision: &str,
    path: &Path,
    now: &str,
) -> Result<(), String> {
    let before = lines_of(revision, path)?;
    let mut changes = changes(&before, now);
    if let Some(id) = &options.id {
        changes.retain(|name, _| name == id);
    }
    println!(
        "files with other decisions than at {revision}: {}",
        changes.len()
    );
    println!("\nremoved   added");
    for (kind, (removed, added)) in counts(&changes) {
        println!("{removed:7} {added:7} {kind}");
    }
    let count = if options.id.is_some() {
        1
    } else {
        options.sample
    };
    for (id, change) in shuffled(changes.iter().collect(), options.seed)
        .into_iter()
        .take(count)
    {
        println!("\n=== {id}");
        change.removed.iter().for_each(|line| println!("- {line}"));
        change.added.iter().for_each(|line| println!("+ {line}"));
    }
    Ok(())
}

/// What each file has on one side only, as often as it has it.
fn changes(before: &str, after: &str) -> BTreeMap<String, Change> {
    let mut balance: BTreeMap<&str, isize> = BTreeMap::new();
    before
        .lines()
        .for_each(|line| *balance.entry(line).or_default() -= 1);
    after
        .lines()
        .for_each(|line| *balance.entry(line).or_default() += 1);
    let mut changes: BTreeMap<String, Change> = BTreeMap::new();
    for (line, count) in balance.into_iter().filter(|(_, count)| *count != 0) {
        let (id, decision) = split(line);
        let change = changes.entry(id.to_owned()).or_default();
        let side = if count < 0 {
            &mut change.removed
        } else {
            &mut change.added
        };
        side.extend(std::iter::repeat_n(
            decision.to_owned(),
            count.unsigned_abs(),
        ));
    }
    changes
}

/// The file and the decision of a line; a failure has no line number.
fn split(line: &str) -> (&str, &str) {
    let numbered = line.match_indices(':').find(|(at, _)| {
        let rest = line[at + 1..].trim_start_matches(|char: char| char.is_ascii_digit());
        rest.starts_with(' ') && rest.len() + at + 1 < line.len()
    });
    match numbered {
        Some((at, _)) => (&line[..at], &line[at + 1..]),
        None => line.rsplit_once(' ').unwrap_or((line, "")),
    }
}

/// How often each kind of decision went and came.
fn counts(changes: &BTreeMap<String, Change>) -> BTreeMap<String, (usize, usize)> {
    let number = Regex::new(r"\d+").expect("a fixed expression");
    let kind = |decision: &str| {
        let decision =
            decision.trim_start_matches(|char: char| char.is_ascii_digit() || char == ' ');
        if let Some(declined) = decision.strip_prefix("declined ") {
            let reason = declined.split(' ').next().unwrap_or_default();
            return format!("declined {reason}");
        }
        let title = decision.split(", keeping").next().unwrap_or_default();
        number.replace_all(title, "N").into_owned()
    };
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for change in changes.values() {
        for decision in &change.removed {
            counts.entry(kind(decision)).or_default().0 += 1;
        }
        for decision in &change.added {
            counts.entry(kind(decision)).or_default().1 += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{changes, counts};

    #[test]
    fn what_only_one_side_has_is_counted_by_kind() {
        let before =
            "a b:3 merge-runs join 2 RUN instructions\nc:1 declined opaque x y\nc:9 same\n";
        let after = "a b:3 merge-runs join 3 RUN instructions\nc:9 same\nc:9 same\nd failed\n";
        let changes = changes(before, after);
        let files: Vec<&str> = changes.keys().map(String::as_str).collect();
        assert_eq!(files, ["a b", "c", "d"]);
        assert_eq!(changes["c"].removed, ["1 declined opaque x y"]);
        assert_eq!(changes["c"].added, ["9 same"]);
        let counts = counts(&changes);
        assert_eq!(counts["merge-runs join N RUN instructions"], (1, 1));
        assert_eq!(counts["declined opaque"], (1, 0));
        assert_eq!(counts["failed"], (0, 1));
    }
}

//! What git says has changed. git is asked as a process, and only where the user wants to know.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::{Failure, cause};

/// Since when changes count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// Since HEAD left the branch or commit of this name; what is not committed counts, too.
    Base(String),
    /// What the next commit would change.
    Staged,
}

/// What changed in a repository.
#[derive(Debug)]
pub(crate) struct Touched {
    root: PathBuf,
    /// The commit or tree that the files are compared with.
    base: String,
    paths: BTreeSet<String>,
    /// Those that git does not have yet.
    untracked: BTreeSet<String>,
}

impl Touched {
    /// Asks for the changes in the repository at `root`.
    ///
    /// # Errors
    /// Where git is not there, or cannot say.
    pub(crate) fn ask(root: &Path, since: &Since) -> Result<Self, Failure> {
        let mut touched = Self {
            root: root.to_owned(),
            base: String::new(),
            paths: BTreeSet::new(),
            untracked: BTreeSet::new(),
        };
        // Without a repository, `git diff` would be another command.
        git(root, &["rev-parse", "--git-dir"])?;
        match since {
            Since::Base(name) => {
                touched.base = merge_base(root, name)?;
                touched.paths = touched.names(&[])?;
                let others = ["ls-files", "--others", "--exclude-standard", "-z"];
                touched.untracked = split(&git(root, &others)?);
                touched.paths.extend(touched.untracked.iter().cloned());
            }
            Since::Staged => {
                touched.base = match git(root, &["rev-parse", "--verify", "--quiet", "HEAD"]) {
                    Ok(commit) => one_line(&commit),
                    // Before the first commit, everything is new.
                    Err(_) => one_line(&git(root, &["hash-object", "-t", "tree", "--stdin"])?),
                };
                touched.paths = touched.names(&["--cached"])?;
            }
        }
        Ok(touched)
    }

    /// The paths that changed, from the root of the repository.
    pub(crate) fn paths(&self) -> &BTreeSet<String> {
        &self.paths
    }

    /// The lines of a file that changed: the first and the last of each stretch. Where lines went, the two that
    /// met there count.
    ///
    /// # Errors
    /// Where git cannot say.
    pub(crate) fn lines(&self, path: &str) -> Result<Vec<(usize, usize)>, Failure> {
        if self.untracked.contains(path) {
            return Ok(vec![(1, usize::MAX)]);
        }
        let mut arguments = vec!["diff", "--unified=0", "--no-color"];
        arguments.extend(PLAIN);
        arguments.extend([self.base.as_str(), "--", path]);
        let diff = git(&self.root, &arguments)?;
        Ok(stretches(&String::from_utf8_lossy(&diff)))
    }

    fn names(&self, more: &[&str]) -> Result<BTreeSet<String>, Failure> {
        let mut arguments = vec!["diff", "--name-only", "-z"];
        arguments.extend(PLAIN);
        arguments.extend(more);
        arguments.extend([self.base.as_str(), "--"]);
        Ok(split(&git(&self.root, &arguments)?))
    }
}

/// No program of the user's or of the repository's has a say in what a diff is.
const PLAIN: [&str; 3] = ["--no-ext-diff", "--no-textconv", "--no-renames"];

fn merge_base(root: &Path, name: &str) -> Result<String, Failure> {
    let fetch = format!(
        "fetch it with its history, as `git fetch origin` does; in a workflow, check out with `fetch-depth: 0`: {name}"
    );
    let commit = format!("{name}^{{commit}}");
    // A name with a dash in front would be an option.
    let known = if name.starts_with('-') || name.is_empty() {
        Err(Failure::new(""))
    } else {
        git(root, &["rev-parse", "--verify", "--quiet", &commit])
    };
    let commit = match known {
        Ok(commit) => one_line(&commit),
        Err(_) => {
            return Err(
                Failure::new(format!("--diff-base: git knows no commit `{name}`")).hint(fetch),
            );
        }
    };
    match git(root, &["merge-base", &commit, "HEAD"]) {
        Ok(base) => Ok(one_line(&base)),
        Err(_) => Err(Failure::new(format!(
            "--diff-base: git finds no commit that `{name}` and HEAD have in common"
        ))
        .hint(fetch)),
    }
}

/// What git prints.
fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        // A monitor would be a program of the repository's choice.
        .args(["--literal-pathspecs", "-c", "core.fsmonitor=false"])
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| {
            Failure::new(format!("git cannot be started: {}", cause(&error)))
                .hint("`--diff-base` and `--staged` ask it what has changed")
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty());
    let said = said.unwrap_or("no reason was given");
    let failure = Failure::new(format!("git {} failed: {}", arguments[0], said.trim()));
    Err(
        if said.contains("not a git repository") || said.contains("dubious ownership") {
            failure.hint("`--diff-base` and `--staged` need a repository that git reads")
        } else {
            failure
        },
    )
}

fn one_line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim().to_owned()
}

fn split(output: &[u8]) -> BTreeSet<String> {
    let paths = output.split(|&byte| byte == 0);
    paths
        .filter(|path| !path.is_empty())
        .map(|path| String::from_utf8_lossy(path).into_owned())
        .collect()
}

/// The stretches of new lines that the heads of hunks name: `@@ -1,2 +3,4 @@`.
fn stretches(diff: &str) -> Vec<(usize, usize)> {
    let heads = diff.lines().filter_map(|line| line.strip_prefix("@@ -"));
    heads
        .filter_map(|head| {
            let added = head.split(" @@").next()?.split_once(" +")?.1;
            let (start, count) = added.split_once(',').unwrap_or((added, "1"));
            let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
            Some(match count {
                0 => (start.max(1), start + 1),
                _ => (start, start + count - 1),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_hunks_name_the_lines() {
        let diff = "diff --git a/D b/D\n--- a/D\n+++ b/D\n@@ -1 +1,2 @@ FROM a\n-x\n+y\n+@@ -9 +9 @@\n\
                    @@ -5,2 +6,0 @@\n-a\n-b\n@@ -1,3 +0,0 @@\n@@ -9 +8 @@\n";
        assert_eq!(stretches(diff), [(1, 2), (6, 7), (1, 1), (8, 8)]);
    }
}

//! `imgfix --version` names the commit.

use std::process::Command;

use super::programs::output;
use super::{Release, Seen, Verdict};

pub(super) fn check(release: &Release) -> Verdict {
    let said = output(Command::new(&release.binary).arg("--version"))?;
    let mut git = Command::new("git");
    let git = git
        .args(["rev-parse", "HEAD"])
        .current_dir(&release.project);
    let Ok(commit) = output(git) else {
        return Ok(Seen::Skipped("this is no repository of git".to_owned()));
    };
    let short = commit.get(..12).ok_or("git names no commit")?;
    if said.trim_end().ends_with(&format!(" ({short})")) {
        Ok(Seen::Holds(said.trim_end().to_owned()))
    } else {
        Err(format!("`{}` does not name {short}", said.trim_end()))
    }
}

//! What the libraries offer, held by cargo-semver-checks to what the last release offered: a version number that does
//! not say that something broke is a lie.

use std::process::Command;

use super::programs::output;
use super::{Release, Seen, Verdict};

/// Names another revision to compare with.
const BASELINE: &str = "IMGFIX_SEMVER_BASELINE";

pub(super) fn check(release: &Release) -> Verdict {
    let asked = output(Command::new("cargo").args(["semver-checks", "--version"]));
    let Ok(version) = asked else {
        return Ok(Seen::Skipped(
            "`cargo install cargo-semver-checks --locked` was not done".to_owned(),
        ));
    };
    let mut git = Command::new("git");
    git.args(["describe", "--tags", "--abbrev=0", "--match=v[0-9]*"]);
    let baseline = match std::env::var(BASELINE) {
        Ok(revision) => revision,
        // The commit of a release has its tag: the one to compare with is before it.
        Err(_) => match output(git.arg("HEAD~1").current_dir(&release.project)) {
            Ok(tag) => tag.trim().to_owned(),
            Err(_) => {
                return Ok(Seen::Skipped(format!(
                    "no release is tagged yet; {BASELINE} names a revision to compare with"
                )));
            }
        },
    };
    let mut cargo = Command::new("cargo");
    cargo.args([
        "semver-checks",
        "--package=imgfix",
        "--package=imgfix-syntax",
    ]);
    cargo.args(["--baseline-rev", &baseline]);
    let done = cargo
        .current_dir(&release.project)
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    if done.status.success() {
        return Ok(Seen::Holds(format!(
            "{} against {baseline}",
            version.trim()
        )));
    }
    // What broke is on one stream, what was done on the other.
    let broken = String::from_utf8_lossy(&done.stdout);
    let log = String::from_utf8_lossy(&done.stderr);
    Err(format!(
        "against {baseline}: {}{}",
        broken.trim(),
        log.trim()
    ))
}

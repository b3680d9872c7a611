//! The wheel: maturin builds it, pip installs it from the file, the program runs.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::programs::{files, output, python, try_program};
use super::{Release, Seen, Verdict};

pub(super) fn check(release: &Release) -> Verdict {
    let tools = match python(&release.scratch.join("tools"), &["maturin>=1.8,<2"]) {
        Ok(tools) => tools,
        Err(why) => return Ok(Seen::Skipped(why)),
    };
    let wheel = build(release, &tools)?;
    let clean = release.scratch.join("clean");
    output(Command::new("python3").args(["-m", "venv"]).arg(&clean))?;
    // Nothing is taken from the network: the wheel needs nothing.
    let mut pip = Command::new(clean.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    output(pip.arg("--no-index").arg(&wheel))?;
    try_program(
        &mut Command::new(clean.join("bin/imgfix")),
        &release.scratch,
    )?;
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    Ok(Seen::Holds(name.into_owned()))
}

/// Builds the wheel, with the maturin that is among the `tools`.
pub(super) fn build(release: &Release, tools: &Path) -> Result<PathBuf, String> {
    let wheels = release.scratch.join("wheels");
    let mut maturin = Command::new(tools.join("maturin"));
    maturin
        .args(["build", "--quiet", "--out"])
        .arg(&wheels)
        .current_dir(&release.project);
    output(&mut maturin)?;
    match &files(&wheels, "imgfix-", ".whl")?[..] {
        [wheel] => Ok(wheel.clone()),
        _ => Err("maturin makes no one wheel".to_owned()),
    }
}

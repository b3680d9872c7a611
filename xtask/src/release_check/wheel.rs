//! The wheel: maturin builds it, pip installs it from the file, the program runs.

use std::process::Command;

use super::programs::{exists, files, output, try_program};
use super::{Release, Seen, Verdict};

pub(super) fn check(release: &Release) -> Verdict {
    if !exists("python3") {
        return Ok(Seen::Skipped("there is no python3".to_owned()));
    }
    let tools = release.scratch.join("tools");
    let venv = Command::new("python3")
        .args(["-m", "venv"])
        .arg(&tools)
        .output();
    if !venv.is_ok_and(|output| output.status.success()) {
        return Ok(Seen::Skipped(
            "python3 makes no environment (venv)".to_owned(),
        ));
    }
    let pip = |folder: &str| Command::new(release.scratch.join(folder).join("bin/pip"));
    let quiet = ["install", "--quiet", "--disable-pip-version-check"];
    if let Err(why) = output(pip("tools").args(quiet).arg("maturin>=1.8,<2")) {
        return Ok(Seen::Skipped(format!("maturin cannot be installed: {why}")));
    }
    let wheels = release.scratch.join("wheels");
    let mut maturin = Command::new(tools.join("bin/maturin"));
    maturin
        .args(["build", "--quiet", "--out"])
        .arg(&wheels)
        .current_dir(&release.project);
    output(&mut maturin)?;
    let [wheel] = &files(&wheels, "imgfix-", ".whl")?[..] else {
        return Err("maturin makes no one wheel".to_owned());
    };
    let clean = release.scratch.join("clean");
    output(Command::new("python3").args(["-m", "venv"]).arg(&clean))?;
    // Nothing is taken from the network: the wheel needs nothing.
    output(pip("clean").args(quiet).arg("--no-index").arg(wheel))?;
    try_program(
        &mut Command::new(clean.join("bin/imgfix")),
        &release.scratch,
    )?;
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    Ok(Seen::Holds(name.into_owned()))
}

//! How the checks run programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a program printed; where it failed, its last words.
pub(super) fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = errors.lines().rev().take(5).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    Err(format!(
        "{name} fails ({}): {}",
        output.status,
        last.join("; ")
    ))
}

/// Whether a program is there.
pub(super) fn exists(program: &str) -> bool {
    let asked = Command::new(program).arg("--version").output();
    asked.is_ok_and(|output| output.status.success())
}

/// Makes a Python of its own with what pip installs; gives the folder of its programs, or says what is lacking.
pub(super) fn python(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    if !exists("python3") {
        return Err("there is no python3".to_owned());
    }
    output(Command::new("python3").args(["-m", "venv"]).arg(folder))
        .map_err(|why| format!("python3 makes no environment (venv): {why}"))?;
    let programs = folder.join("bin");
    let mut pip = Command::new(programs.join("pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    output(pip.args(packages))
        .map_err(|why| format!("{} cannot be installed: {why}", packages.join(", ")))?;
    Ok(programs)
}

/// Installs packages with npm, without running anything of theirs; gives their folder, or says what is lacking.
pub(super) fn node_modules(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    if !exists("npm") || !exists("node") {
        return Err("there is no npm, or no node".to_owned());
    }
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts"]);
    output(npm.arg("--prefix").arg(folder).args(packages))
        .map_err(|why| format!("{} cannot be installed: {why}", packages.join(", ")))?;
    Ok(folder.join("node_modules"))
}

/// The folder in which cargo builds.
pub(super) fn target_folder(project: &Path) -> Result<PathBuf, String> {
    let mut cargo = Command::new("cargo");
    let cargo = cargo
        .args(["metadata", "--format-version=1", "--no-deps", "--locked"])
        .current_dir(project);
    let metadata: serde_json::Value = serde_json::from_str(&output(cargo)?)
        .map_err(|error| format!("cargo metadata: {error}"))?;
    let folder = metadata["target_directory"].as_str();
    folder
        .map(PathBuf::from)
        .ok_or_else(|| "cargo names no target folder".to_owned())
}

/// Builds the program as it is released.
pub(super) fn build(project: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "build",
            "--quiet",
            "--locked",
            "--profile=dist",
            "--package=imgfix",
        ])
        .args(arguments)
        .current_dir(project);
    output(&mut cargo).map(drop)
}

/// Makes a folder that holds nothing.
pub(super) fn empty(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

/// The files of a folder whose names begin and end so.
pub(super) fn files(folder: &Path, start: &str, end: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names = entries.flatten().map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(start) && name.ends_with(end)
    });
    let mut files: Vec<PathBuf> = names.collect();
    files.sort();
    Ok(files)
}

/// Runs an installed program over a Dockerfile and compares what it says with what is known.
pub(super) fn try_program(program: &mut Command, folder: &Path) -> Result<(), String> {
    let file = folder.join("Dockerfile");
    let text = "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n";
    fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    let done = program
        .args(["--check", "Dockerfile"])
        .current_dir(folder)
        .output()
        .map_err(|error| error.to_string())?;
    let diff = String::from_utf8_lossy(&done.stdout);
    // Status 1: something would change. It must come through any wrapper.
    if done.status.code() == Some(1)
        && diff.contains("+    apt-get install -y --no-install-recommends")
    {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&done.stderr);
    Err(format!(
        "the installed program ends with {}: {diff}{errors}",
        done.status
    ))
}

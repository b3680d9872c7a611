//! The engine and the base images, as the scripts in `tests/real_builds` make them.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Says that there is no engine, and that nothing is to be built.
const NO_ENGINE: &str = "IMGFIX_NO_ENGINE";

/// The exit status with which the script says that there cannot be an engine here.
const CANNOT_BE: i32 = 3;

/// Starts the engine. `None` where there is none, for a reason that was told.
pub(super) fn start(root: &Path) -> Result<Option<Engine>, String> {
    if std::env::var_os(NO_ENGINE).is_some() {
        println!("skipped: {NO_ENGINE} is set, so nothing was built");
        return Ok(None);
    }
    let script = root.join("engine");
    let status = Command::new(&script)
        .arg("start")
        .status()
        .map_err(|error| format!("{}: {error}", script.display()))?;
    match status.code() {
        Some(0) => {}
        Some(CANNOT_BE) => {
            println!("skipped: there is no engine here, so nothing was built");
            return Ok(None);
        }
        _ => {
            return Err(format!(
                "the engine did not start; set {NO_ENGINE}=1 where there is none"
            ));
        }
    }
    let output = Command::new(&script)
        .arg("env")
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{}: {error}", script.display()))?;
    // The shell reads what is written for it.
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let shown = Command::new("sh")
        .args(["-c", &format!("{text}\nenv -0")])
        .output()
        .map_err(|error| format!("sh: {error}"))?;
    let variables = String::from_utf8_lossy(&shown.stdout)
        .split('\0')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| name.starts_with("DOCKER_") || *name == "PATH")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ok(Some(Engine { variables }))
}

/// An engine that runs.
#[derive(Debug)]
pub(super) struct Engine {
    variables: Vec<(String, String)>,
}

impl Engine {
    /// The variables by which programs find it.
    pub(super) fn variables(&self) -> &[(String, String)] {
        &self.variables
    }

    /// A program that talks to it.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Makes the base images that are missing.
    pub(super) fn base_images(&self, root: &Path, images: &[&str]) -> Result<(), String> {
        if images.is_empty() {
            return Ok(());
        }
        let script = root.join("base-images");
        let status = self
            .command(&script)
            .args(images)
            .status()
            .map_err(|error| format!("{}: {error}", script.display()))?;
        if status.success() {
            return Ok(());
        }
        Err(format!(
            "the base images were not made: {}",
            images.join(" ")
        ))
    }

    /// Runs commands in an image, as its own user.
    pub(super) fn check(&self, tag: &str, checks: &[String]) -> Result<(), String> {
        if checks.is_empty() {
            return Ok(());
        }
        let mut script = String::new();
        for check in checks {
            let told = quoted(check);
            let _ = writeln!(script, "( {check}\n) || {{ echo {told} >&2; exit 1; }}");
        }
        let output = self
            .command("docker")
            .args([
                "run",
                "--rm",
                "--network=host",
                "--entrypoint=sh",
                tag,
                "-c",
                &script,
            ])
            .output()
            .map_err(|error| format!("docker: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        Err(errors.trim().to_owned())
    }

    /// The ids of what the builder's cache holds; `None` where it does not say.
    pub(super) fn cache(&self) -> Option<BTreeSet<String>> {
        let output = self
            .command("docker")
            .args(["buildx", "du", "--verbose"])
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let ids = text.lines().filter_map(|line| line.strip_prefix("ID:"));
        let ids = ids.map(|id| id.trim().to_owned()).collect();
        output.status.success().then_some(ids)
    }

    /// Removes from the builder's cache what was not there before. What another one was made from can go only
    /// after that one.
    pub(super) fn forget(&self, before: &BTreeSet<String>) {
        let mut left = usize::MAX;
        while let Some(now) = self.cache() {
            let made: Vec<&str> = now.difference(before).map(String::as_str).collect();
            if made.is_empty() || made.len() >= left {
                return;
            }
            left = made.len();
            for ids in made.chunks(100) {
                let filter = format!("id=/^({})$/", ids.join("|"));
                // What cannot be removed is left.
                let _ = self
                    .command("docker")
                    .args(["buildx", "prune", "--all", "--force", "--filter", &filter])
                    .output();
            }
        }
    }

    pub(super) fn remove(&self, tag: &str) {
        let _ = self.command("docker").args(["image", "rm", tag]).output();
    }
}

fn quoted(text: &str) -> String {
    shell_words::quote(&format!("this check failed: {text}")).into_owned()
}

//! The npm packages: made from the binary, installed from the files, run through npx.

use std::fs;
use std::process::Command;

use super::programs::{empty, exists, files, output, try_program};
use super::{Release, Seen, Verdict};

pub(super) fn check(release: &Release) -> Verdict {
    if !exists("npm") || !exists("node") {
        return Ok(Seen::Skipped("there is no npm, or no node".to_owned()));
    }
    if !cfg!(target_os = "linux") {
        return Ok(Seen::Skipped("the packages are tried on Linux".to_owned()));
    }
    let version = env!("CARGO_PKG_VERSION");
    let packages = release.scratch.join("packages");
    empty(&packages)?;
    // The released one is static; to run it here, one for this libc does.
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    let binary = format!("{target}={}", release.binary.display());
    let script = release.project.join("packaging/npm/pack.mjs");
    let mut node = Command::new("node");
    output(node.arg(script).arg(version).arg(&packages).arg(&binary))?;
    let project = release.scratch.join("project");
    empty(&project)?;
    let npm = |arguments: &[&str]| {
        let mut npm = Command::new("npm");
        npm.args(arguments)
            .args(["--offline", "--no-audit", "--no-fund"]);
        npm.current_dir(&project);
        npm
    };
    output(&mut npm(&["init", "--yes"]))?;
    let main = files(&packages, &format!("imgfix-{version}"), ".tgz")?;
    let platform = files(&packages, "imgfix-cli-", ".tgz")?;
    let ([main], [platform]) = (&main[..], &platform[..]) else {
        return Err("pack.mjs does not make two packages".to_owned());
    };
    // Without the package of the platform there is one clear sentence.
    output(npm(&["install"]).arg(main))?;
    let npx = || {
        let mut npx = Command::new("npx");
        npx.args(["--offline", "--no", "--", "imgfix"]);
        npx.current_dir(&project);
        npx
    };
    let lacks = npx()
        .arg("--version")
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&lacks.stderr);
    if lacks.status.code() != Some(2) || !said.contains("is not installed: either") {
        return Err(format!(
            "without its binary it ends with {}: {said}",
            lacks.status
        ));
    }
    output(npm(&["install"]).arg(platform).arg(main))?;
    let own = output(Command::new(&release.binary).arg("--version"))?;
    let through = output(npx().arg("--version"))?;
    if own != through {
        return Err(format!("npx runs `{through}` and not `{own}`"));
    }
    try_program(&mut npx(), &project)?;
    let bytes = fs::metadata(platform)
        .map_err(|error| error.to_string())?
        .len();
    Ok(Seen::Holds(format!(
        "{:.1} MB for this platform",
        bytes as f64 / 1e6
    )))
}

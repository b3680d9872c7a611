//! Says which version this is: that of the package, and the commit where it is known.
//!
//! The commit is that of `IMGFIX_COMMIT`, of the package that crates.io gives out, or of the repository. Only
//! a release build asks git: otherwise each commit would compile everything anew.

#![allow(
    clippy::disallowed_methods,
    reason = "a build script asks its environment"
)]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=IMGFIX_COMMIT");
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let given = env::var("IMGFIX_COMMIT")
        .ok()
        .filter(|commit| !commit.is_empty());
    let commit = given
        .or_else(of_package)
        .or_else(|| is_release.then(of_repository).flatten());
    match commit {
        Some(commit) => {
            let short = commit.get(..12).unwrap_or(&commit);
            println!("cargo::rustc-env=IMGFIX_VERSION={version} ({short})");
        }
        None => println!("cargo::rustc-env=IMGFIX_VERSION={version}"),
    }
}

/// What `cargo package` wrote down.
fn of_package() -> Option<String> {
    let text = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}

/// What git says, if this folder is the repository and not one that only lies in it.
fn of_repository() -> Option<String> {
    if !Path::new(".git").exists() {
        return None;
    }
    let head = git(&["rev-parse", "--git-path", "HEAD"])?;
    println!("cargo::rerun-if-changed={head}");
    if let Some(branch) = git(&["symbolic-ref", "--quiet", "HEAD"])
        && let Some(path) = git(&["rev-parse", "--git-path", &branch])
        && Path::new(&path).exists()
    {
        println!("cargo::rerun-if-changed={path}");
    }
    git(&["rev-parse", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}

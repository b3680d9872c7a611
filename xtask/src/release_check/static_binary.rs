//! The program for musl, which runs on any Linux of its machine.

use std::process::Command;

use super::programs::{build, output, target_folder, try_program};
use super::{Release, Seen, Verdict};

pub(super) fn check(release: &Release) -> Verdict {
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    let installed = output(Command::new("rustup").args(["target", "list", "--installed"]));
    if !installed.is_ok_and(|targets| targets.lines().any(|line| line == target)) {
        return Ok(Seen::Skipped(format!(
            "`rustup target add {target}` was not done"
        )));
    }
    build(&release.project, &["--target", &target])?;
    let folder = target_folder(&release.project)?;
    let binary = folder.join(&target).join("dist/imgfix");
    let bytes = std::fs::read(&binary).map_err(|error| format!("{}: {error}", binary.display()))?;
    if has_loader(&bytes) {
        return Err(format!("{} is not static", binary.display()));
    }
    try_program(&mut Command::new(&binary), &release.scratch)?;
    Ok(Seen::Holds(format!("{:.1} MB", bytes.len() as f64 / 1e6)))
}

/// Whether an ELF file has a program header of the kind that names a loader, as each dynamic program has.
fn has_loader(bytes: &[u8]) -> bool {
    const PT_INTERP: [u8; 4] = 3u32.to_le_bytes();
    let number = |at: usize, length: usize| {
        let part = bytes.get(at..at + length).unwrap_or_default();
        part.iter()
            .rev()
            .fold(0, |sum, &byte| sum << 8 | usize::from(byte))
    };
    let (start, size, count) = (number(32, 8), number(54, 2), number(56, 2));
    (0..count).any(|at| {
        bytes
            .get(start + at * size..)
            .is_some_and(|it| it.starts_with(&PT_INTERP))
    })
}

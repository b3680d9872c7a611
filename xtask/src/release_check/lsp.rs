//! The language server, spoken to by the client of pygls over standard input and output.

use std::process::Command;

use super::programs::{output, python};
use super::{Release, Seen, Verdict};

pub(super) fn check(release: &Release) -> Verdict {
    let programs = match python(&release.scratch.join("tools"), &["pygls>=2,<3"]) {
        Ok(programs) => programs,
        Err(why) => return Ok(Seen::Skipped(why)),
    };
    let folder = release.scratch.join("repository");
    std::fs::create_dir_all(folder.join(".git")).map_err(|error| error.to_string())?;
    let script = release
        .project
        .join("xtask/src/release_check/lsp/client.py");
    let mut client = Command::new(programs.join("python"));
    client.arg(script).arg(&release.binary).arg(&folder);
    Ok(Seen::Holds(output(&mut client)?.trim_end().to_owned()))
}

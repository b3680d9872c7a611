//! The language server, spoken to by the client of pygls over standard input and output.

use std::process::Command;

use super::programs::{exists, output};
use super::{Release, Seen, Verdict};

pub(super) fn check(release: &Release) -> Verdict {
    if !exists("python3") {
        return Ok(Seen::Skipped("there is no python3".to_owned()));
    }
    let tools = release.scratch.join("tools");
    let mut venv = Command::new("python3");
    if output(venv.args(["-m", "venv"]).arg(&tools)).is_err() {
        return Ok(Seen::Skipped(
            "python3 makes no environment (venv)".to_owned(),
        ));
    }
    let mut pip = Command::new(tools.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    if let Err(why) = output(pip.arg("pygls>=2,<3")) {
        return Ok(Seen::Skipped(format!("pygls cannot be installed: {why}")));
    }
    let folder = release.scratch.join("repository");
    std::fs::create_dir_all(folder.join(".git")).map_err(|error| error.to_string())?;
    let script = release
        .project
        .join("xtask/src/release_check/lsp/client.py");
    let mut client = Command::new(tools.join("bin/python"));
    client.arg(script).arg(&release.binary).arg(&folder);
    Ok(Seen::Holds(output(&mut client)?.trim_end().to_owned()))
}

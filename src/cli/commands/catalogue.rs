//! `imgfix transforms`, `imgfix explain` and `imgfix completions`: what the program knows by itself.

use std::fmt::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Status;
use crate::cli::args::Cli;
use crate::cli::config::known_id;
use crate::cli::error::Failure;
use crate::cli::output::Output;

/// Lists the transforms in the order in which they run.
pub(crate) fn transforms(output: &mut Output) -> Result<Status, Failure> {
    let width = crate::transforms()
        .map(|meta| meta.id.0.len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for meta in crate::transforms() {
        let _ = writeln!(text, "{:width$}  {}", meta.id, meta.summary);
    }
    output.print(&text)?;
    Ok(Status::Done)
}

/// Prints the page of a transform.
pub(crate) fn explain(id: &str, output: &mut Output) -> Result<Status, Failure> {
    let id = known_id(id)?;
    for meta in crate::transforms().filter(|meta| meta.id == id) {
        output.print(meta.page)?;
        if !meta.page.ends_with('\n') {
            output.print("\n")?;
        }
    }
    Ok(Status::Done)
}

/// Prints the completions for a shell.
pub(crate) fn completions(shell: Shell, output: &mut Output) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "imgfix", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Done)
}

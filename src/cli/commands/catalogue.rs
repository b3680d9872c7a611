//! `imgfix transforms`, `imgfix explain`, `imgfix man` and `imgfix completions`: what the program knows by
//! itself.

use std::fmt::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Status;
use crate::cli::args::Cli;
use crate::cli::config::known_id;
use crate::cli::error::{Failure, name_hint};
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

/// Prints the manual page of the program, or of one of its commands.
pub(crate) fn man(command: Option<&str>, output: &mut Output) -> Result<Status, Failure> {
    // The page of a version is the same, whatever commit it was built from.
    let mut program = Cli::command().version(env!("CARGO_PKG_VERSION"));
    program.build();
    let page = match command {
        None => program,
        Some(name) => command_of(&program, name)?,
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page)
        .source(concat!("imgfix ", env!("CARGO_PKG_VERSION")))
        .manual("imgfix")
        .render(&mut text)
        .map_err(|error| Failure::io("the manual page", &error))?;
    output.print(&String::from_utf8_lossy(&text))?;
    Ok(Status::Done)
}

/// A command, under the name that its page has: `imgfix-size`.
fn command_of(program: &clap::Command, name: &str) -> Result<clap::Command, Failure> {
    let names: Vec<&str> = program
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    match program.find_subcommand(name) {
        Some(command) => {
            let title = format!("imgfix-{name}");
            let command = command.clone().display_name(title);
            Ok(command.version(env!("CARGO_PKG_VERSION")))
        }
        None => Err(Failure::new(format!("unknown command `{name}`"))
            .hint(name_hint(name, &names, "commands"))),
    }
}

/// Prints the completions for a shell.
pub(crate) fn completions(shell: Shell, output: &mut Output) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "imgfix", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Done)
}

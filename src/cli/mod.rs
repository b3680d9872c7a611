//! The program around the library: arguments, files, terminals.
#![allow(
    clippy::disallowed_methods,
    reason = "this is where files and the environment are touched"
)]

mod args;
mod commands;
mod config;
mod input;
mod output;
mod repository;
mod run;
mod surroundings;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use imgfix::report::style::{Role, Style};

use args::{Cli, Color, Command};

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Some(Command::Transforms) => commands::transforms(),
        Some(Command::Explain { id }) => commands::explain(id),
        Some(Command::Config {
            path,
            choice,
            schema,
        }) => commands::config(path, choice, *schema),
        Some(Command::Completions { shell }) => commands::completions(*shell),
        None => run::run(&cli.run),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            if !is_broken_pipe(&error) {
                complain(&format!("{error:#}"));
            }
            ExitCode::from(2)
        }
    }
}

/// Whoever reads our output has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Prints an error on standard error.
fn complain(message: &str) {
    let style = style(Color::Auto, std::io::stderr().is_terminal());
    let _ = writeln!(
        std::io::stderr(),
        "{} {message}",
        style.paint(Role::Error, "imgfix:")
    );
}

/// Whether to use colours on a stream.
fn style(color: Color, is_terminal: bool) -> Style {
    let wanted = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            is_terminal
                && !set("NO_COLOR")
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    };
    if wanted { Style::Ansi } else { Style::Plain }
}

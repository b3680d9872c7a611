//! The program around the library: arguments, configuration, files, terminal.
//!
//! Only `main.rs` calls in here.
#![allow(
    clippy::disallowed_methods,
    reason = "the program's input and output live here; the pipeline has none"
)]

mod args;
mod baseline;
mod commands;
mod config;
mod discovery;
mod error;
mod git;
mod input;
mod logging;
mod lsp;
mod output;
mod place;
mod progress;
mod review;
mod surroundings;

use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::ErrorKind;

use args::{Cli, Command, OutputFormat};
use error::Failure;
use output::Output;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// There was nothing to do, or all is done.
    Done,
    /// `--check` found something to change, `verify` something that differs, `size` an image that grew.
    WouldChange,
    /// Something failed.
    Failed,
    /// Somebody ended it.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::WouldChange => 1,
            Status::Failed => 2,
            // As a shell counts a program that an interrupt ends.
            Status::Interrupted => 130,
        })
    }
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = Cli::read();
    refuse_misuse(&cli);
    logging::start(cli.print.verbose);
    let mut output = Output::new(cli.print.color);
    match run(&cli, &mut output) {
        Ok(status) => status.into(),
        Err(failure) => {
            output.fail(&failure);
            Status::Failed.into()
        }
    }
}

fn run(cli: &Cli, output: &mut Output) -> Result<Status, Failure> {
    match &cli.command {
        None if reads_stdin(cli) => commands::stdin::run(cli, output),
        None => commands::rewrite::run(cli, output),
        Some(Command::Transforms) => commands::catalogue::transforms(output),
        Some(Command::Explain {
            template: Some(name),
            ..
        }) => commands::templates::explain(name, &cli.settings, output),
        Some(Command::Explain { id, .. }) => commands::catalogue::explain(id, output),
        Some(Command::Templates { paths }) => {
            commands::templates::run(paths, &cli.settings, output)
        }
        Some(Command::Config { schema: true, .. }) => commands::config::schema(output),
        Some(Command::Config {
            report_schema: true,
            ..
        }) => commands::config::report_schema(output),
        Some(Command::Config { path, .. }) => {
            commands::config::run(path.as_deref(), &cli.settings, output)
        }
        Some(Command::Verify(args)) => commands::verify::run(cli, args, output),
        Some(Command::Size(args)) => commands::size::run(cli, args, output),
        Some(Command::Report(args)) => commands::report::run(cli, args, output),
        Some(Command::Lsp) => lsp::run(&cli.settings),
        Some(Command::Man { command }) => commands::catalogue::man(command.as_deref(), output),
        Some(Command::Completions { shell }) => commands::catalogue::completions(*shell, output),
    }
}

fn reads_stdin(cli: &Cli) -> bool {
    cli.paths.iter().any(|path| path.as_os_str() == "-")
}

/// Ends the process with a usage error where arguments do not go together.
fn refuse_misuse(cli: &Cli) {
    let mode = &cli.mode;
    let stdin = reads_stdin(cli);
    if let Some(Command::Explain {
        id,
        template: Some(_),
    }) = &cli.command
        && id != "split-stages"
    {
        let message = format!("--template goes with `split-stages`, and `{id}` has no templates");
        Cli::command()
            .error(ErrorKind::ArgumentConflict, message)
            .exit()
    }
    let message = if cli.command.is_some() {
        let flags = [
            (mode.write, "--write"),
            (mode.check, "--check"),
            (mode.diff, "--diff"),
            (mode.explain, "--explain"),
            (mode.output_format.is_some(), "--output-format"),
            (mode.stdin_filename.is_some(), "--stdin-filename"),
            (cli.review.is_wanted(), "a flag of a review"),
        ];
        match flags.iter().find(|(given, _)| *given) {
            Some((_, flag)) => format!("{flag} does not go with a command"),
            None if !cli.paths.is_empty() => {
                "a path before a command; for a folder called like a command write ./ before it"
                    .into()
            }
            None => return,
        }
    } else if mode.diff
        && mode
            .output_format
            .is_some_and(|it| it != OutputFormat::Diff)
    {
        "--diff does not go with another --output-format".into()
    } else if cli.review.only_changed_lines && cli.review.diff_base.is_none() && !cli.review.staged
    {
        "--only-changed-lines goes with --diff-base or --staged".into()
    } else if cli.review.write_baseline.is_some() && (mode.write || mode.check || mode.diff) {
        "--write-baseline goes with no --write, --check or --diff".into()
    } else if !cli.review.only.is_empty() && !cli.paths.is_empty() {
        "--only names its files; it goes with no path".into()
    } else if stdin && cli.paths.len() > 1 {
        "`-` for standard input goes with no other path".into()
    } else if stdin && cli.review.is_wanted() {
        "a review is of files, and `-` is standard input".into()
    } else if stdin && mode.write {
        "--write has nothing to write to with `-`".into()
    } else if !stdin && mode.stdin_filename.is_some() {
        "--stdin-filename goes with `-` only".into()
    } else {
        return;
    };
    Cli::command()
        .error(ErrorKind::ArgumentConflict, message)
        .exit()
}

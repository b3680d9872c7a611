//! Development commands: `cargo xtask <command>`.

use std::env;
use std::process::ExitCode;

use xtask::tables;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tables"] => report(tables::write()),
        ["tables", "--check"] => report(tables::check()),
        _ => {
            eprintln!("usage: cargo xtask tables [--check]");
            ExitCode::from(2)
        }
    }
}

/// Prints what a command did, or why it failed, on standard error.
fn report(outcome: Result<String, tables::Error>) -> ExitCode {
    match outcome {
        Ok(message) => {
            eprintln!("{message}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

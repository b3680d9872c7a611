//! Development commands: `cargo xtask <command>`.

use std::env;
use std::process::ExitCode;

use xtask::{corpus, fuzz, real_builds, recall, release_check, tables};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tables"] => report(tables::write()),
        ["tables", "--check"] => report(tables::check()),
        ["fuzz", seconds] => run_fuzz(seconds, "1"),
        ["fuzz", seconds, seed] => run_fuzz(seconds, seed),
        ["corpus", rest @ ..] => match corpus_options(rest) {
            Some(options) => finish(corpus::command(&options)),
            None => usage(),
        },
        ["recall", rest @ ..] => match recall_options(rest) {
            Some(options) => finish(recall::command(&options)),
            None => usage(),
        },
        ["release-check"] => finish(release_check::command(None)),
        ["release-check", "--only", name] => finish(release_check::command(Some(name))),
        ["shares"] => finish(tables::shares::write()),
        ["real-builds", rest @ ..] => match real_builds_options(rest) {
            Some(options) => finish(real_builds::command(&options)),
            None => usage(),
        },
        _ => usage(),
    }
}

fn run_fuzz(seconds: &str, seed: &str) -> ExitCode {
    let (Ok(seconds), Ok(seed)) = (seconds.parse(), seed.parse()) else {
        return usage();
    };
    finish(fuzz::command(seconds, seed))
}

fn finish(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo xtask tables [--check]");
    eprintln!("       cargo xtask shares");
    eprintln!(
        "       cargo xtask corpus [FOLDER|FILE.jsonl] [--sample N] [--declines N] [--transform ID]"
    );
    eprintln!(
        "                          [--reason ID] [--seed N] [--id ID] [--lines] [--against REV]"
    );
    eprintln!(
        "       cargo xtask recall [FOLDER|FILE.jsonl] [--missed N] [--declines N] [--seed N]"
    );
    eprintln!("                          [--smell ID] [--all] [--lines]");
    eprintln!("       cargo xtask fuzz SECONDS [SEED]");
    eprintln!("       cargo xtask release-check [--only NAME]");
    eprintln!("       cargo xtask real-builds [--ci] [--only TEXT] [--within MINUTES] [--write]");
    ExitCode::from(2)
}

fn real_builds_options(words: &[&str]) -> Option<real_builds::Options> {
    let mut options = real_builds::Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--ci" => options.ci = true,
            "--only" => options.only = Some((*words.next()?).to_owned()),
            "--within" => options.within = Some(words.next()?.parse().ok()?),
            "--write" => options.write = true,
            _ => return None,
        }
    }
    Some(options)
}

fn corpus_options(words: &[&str]) -> Option<corpus::Options> {
    let mut options = corpus::Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--sample" => options.sample = words.next()?.parse().ok()?,
            "--declines" => options.declines = words.next()?.parse().ok()?,
            "--seed" => options.seed = words.next()?.parse().ok()?,
            "--transform" => options.transform = Some((*words.next()?).to_owned()),
            "--reason" => options.reason = Some((*words.next()?).to_owned()),
            "--id" => options.id = Some((*words.next()?).to_owned()),
            "--lines" => options.lines = true,
            "--against" => options.against = Some((*words.next()?).to_owned()),
            path if !path.starts_with('-') => options.path = Some(path.into()),
            _ => return None,
        }
    }
    Some(options)
}

fn recall_options(words: &[&str]) -> Option<recall::Options> {
    let mut options = recall::Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--missed" => options.missed = words.next()?.parse().ok()?,
            "--declines" => options.declines = words.next()?.parse().ok()?,
            "--seed" => options.seed = words.next()?.parse().ok()?,
            "--smell" => options.smell = Some((*words.next()?).to_owned()),
            "--all" => options.all_rows = true,
            "--lines" => options.lines = true,
            path if !path.starts_with('-') => options.path = Some(path.into()),
            _ => return None,
        }
    }
    Some(options)
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

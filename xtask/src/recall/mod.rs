//! `cargo xtask recall`: how much of what ought to be cleaned is cleaned.
//!
//! What ought to be cleaned is found by plain regular expressions, which know nothing of imgfix's shell
//! reader, tables of managers or transforms; only then is asked what imgfix said of the RUN.

mod basic;
mod classify;
mod others;
mod report;
mod runs;
mod smells;
mod text;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::corpus;
use classify::Seen;

/// What to do.
#[derive(Debug, Default)]
pub struct Options {
    /// A folder of Dockerfiles, or a JSON-lines file with `id` and `text`.
    pub path: Option<PathBuf>,
    /// How many missed RUNs to show.
    pub missed: usize,
    /// How many declines to show.
    pub declines: usize,
    /// Where the samples start.
    pub seed: u64,
    /// Samples from this row only.
    pub smell: Option<String>,
    /// Samples from the rows of managers other than apt, apk and pip, too.
    pub all_rows: bool,
    /// A line for each RUN and smell, and nothing else.
    pub lines: bool,
}

/// Runs the command.
///
/// # Errors
/// A message where the files cannot be read.
pub fn command(options: &Options) -> Result<(), String> {
    let path = match &options.path {
        Some(path) => path.clone(),
        None => corpus::default_path()?,
    };
    let entries = corpus::run(corpus::load(&path)?);
    let files: Vec<(usize, Vec<Seen>)> = entries.par_iter().map(classify::file).collect();
    let other_runs = files.iter().map(|(others, _)| others).sum();
    let seen: Vec<Seen> = files.into_iter().flat_map(|(_, seen)| seen).collect();
    report::print(options, other_runs, &seen);
    Ok(())
}

//! `cargo xtask fuzz SECONDS [SEED]`: the shell reader and the whole pipeline on changed Dockerfiles.
//!
//! Lines of real files are dropped, doubled, swapped and cut; whatever comes of it, nothing may panic, no
//! rewrite may break an invariant, and a second run may change nothing. What breaks this is printed.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a development command reads files and prints"
)]

use std::panic;
use std::time::{Duration, Instant};

use imgfix::context::Surroundings;
use imgfix::settings::{MergeMode, Settings};
use imgfix::transform::Applicability;
use imgfix_syntax::shell::{self, Dialect, visit_commands};
use imgfix_syntax::{LogicalText, TextRange};

use crate::corpus;

/// Runs for `seconds`.
///
/// # Errors
/// A message where the corpus is absent, or where something broke.
pub fn command(seconds: u64, seed: u64) -> Result<(), String> {
    let files = corpus::load(&corpus::default_path()?)?;
    let mut random = Random(seed.wrapping_mul(2).wrapping_add(1));
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut runs, mut findings) = (0_u64, 0_u64);
    while Instant::now() < end {
        let text = changed(&mut random, &files);
        runs += 1;
        if let Err(fault) = check(&text) {
            findings += 1;
            println!("=== {fault}\n{text}\n");
        }
    }
    println!("{runs} texts, {findings} findings");
    if findings == 0 {
        Ok(())
    } else {
        Err(format!("{findings} findings"))
    }
}

/// Whether the promises hold for `text`; the first that does not.
fn check(text: &str) -> Result<(), String> {
    let read = panic::catch_unwind(|| {
        for dialect in [Dialect::Sh, Dialect::Bash, Dialect::Ash] {
            read_shell(text, dialect);
        }
    });
    read.map_err(|_| "the shell reader panics".to_owned())?;
    let mut settings = Settings {
        level: Applicability::Unsafe,
        ..Settings::default()
    };
    settings.options.all_stages = text.len().is_multiple_of(2);
    settings.options.merge = if text.len().is_multiple_of(3) {
        MergeMode::All
    } else {
        MergeMode::Saving
    };
    let nothing = Surroundings::default();
    let rewrite = |text: &str| {
        let outcome = panic::catch_unwind(|| imgfix::rewrite(text, &nothing, &settings));
        outcome
            .map_err(|_| "the pipeline panics".to_owned())?
            .map_err(|error| error.to_string())
    };
    let outcome = rewrite(text)?;
    if let Some(rejected) = outcome.rejected.first() {
        return Err(format!(
            "{} was rejected: {}",
            rejected.title, rejected.violation
        ));
    }
    if rewrite(&outcome.text)?.text != outcome.text {
        return Err("a second run changes something".to_owned());
    }
    Ok(())
}

/// Reads `text` as a shell does, and touches every range.
fn read_shell(text: &str, dialect: Dialect) {
    let mut logical = LogicalText::new(0);
    logical.push(text, TextRange::new(0, text.len()));
    if let Ok(script) = shell::parse(logical, dialect) {
        visit_commands(&script.list, &mut |command, _| {
            for word in &command.words {
                let raw = word.raw(text);
                assert_eq!(
                    script.source_range(word.range).slice(text),
                    raw,
                    "a word is where it says"
                );
                let _ = word.literal(text);
            }
        });
    }
}

/// A real file, changed in a few places.
fn changed(random: &mut Random, files: &[(String, String)]) -> String {
    let text = &files[random.below(files.len())].1;
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for _ in 0..=random.below(5) {
        if lines.is_empty() {
            break;
        }
        let at = random.below(lines.len());
        match random.below(7) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => {
                let other = random.below(lines.len());
                lines.swap(at, other);
            }
            3 => {
                let cut = random.below(lines[at].len() + 1);
                if lines[at].is_char_boundary(cut) {
                    lines[at].truncate(cut);
                }
            }
            4 => {
                let other = &files[random.below(files.len())].1;
                let count = other.lines().count().max(1);
                let line = other
                    .split_inclusive('\n')
                    .nth(random.below(count))
                    .unwrap_or_default();
                lines.insert(at, line.to_owned());
            }
            5 => lines[at].insert_str(0, "# "),
            _ => {
                let text = lines[at].replacen(
                    " && ",
                    [" ; ", " || ", " & ", " | ", " && ! "][random.below(5)],
                    1,
                );
                lines[at] = text;
            }
        }
    }
    lines.concat()
}

/// A small generator of numbers: a run is repeated by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

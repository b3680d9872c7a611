//! `cargo xtask corpus`: the pipeline over many Dockerfiles; counts, laws, and a sample to read.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a development command reads files and prints"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use imgfix::context::Surroundings;
use imgfix::settings::Settings;
use imgfix::transform::Applicability;
use imgfix::{Outcome, rewrite};
use rayon::prelude::*;

use crate::against;

/// What to do.
#[derive(Debug, Default)]
pub struct Options {
    /// A folder of Dockerfiles, or a JSON-lines file with `id` and `text`.
    pub path: Option<PathBuf>,
    /// How many diffs to show.
    pub sample: usize,
    /// How many declines to show.
    pub declines: usize,
    /// Only this transform.
    pub transform: Option<String>,
    /// Only declines for this reason.
    pub reason: Option<String>,
    /// Where the sample starts.
    pub seed: u64,
    /// Show this file only.
    pub id: Option<String>,
    /// Print one line per file, for comparing two revisions.
    pub lines: bool,
    /// Compare with this revision.
    pub against: Option<String>,
}

/// One Dockerfile and what the pipeline made of it.
pub struct Entry {
    /// Its name.
    pub id: String,
    /// Its text.
    pub text: String,
    /// What came out, or why nothing did.
    pub result: Result<Outcome, String>,
    /// Whether a second run changes nothing.
    pub is_idempotent: bool,
}

/// Reads the Dockerfiles of a folder or of a JSON-lines file; those that are not UTF-8 are left out.
///
/// # Errors
/// A message where the path cannot be read.
pub fn load(path: &Path) -> Result<Vec<(String, String)>, String> {
    if path.is_dir() {
        let mut files = Vec::new();
        collect(path, &mut files).map_err(|error| format!("{}: {error}", path.display()))?;
        files.sort();
        return Ok(files);
    }
    let lines =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let records = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let text = |record: &serde_json::Value| {
        if let Some(text) = record.get("text").and_then(|text| text.as_str()) {
            Some(text.to_owned())
        } else {
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(record.get("base64")?.as_str()?)
                .ok()?;
            String::from_utf8(bytes).ok()
        }
    };
    Ok(records
        .filter_map(|record| Some((record["id"].as_str()?.to_owned(), text(&record)?)))
        .collect())
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && !path.is_symlink() && name != ".git" {
            collect(&path, files)?;
        } else if name.to_ascii_lowercase().contains("dockerfile")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push((path.display().to_string(), text));
        }
    }
    Ok(())
}

/// Runs the pipeline over all files, and a second time over what came out.
pub fn run(files: Vec<(String, String)>) -> Vec<Entry> {
    let settings = Settings {
        level: Applicability::Suggested,
        ..Settings::default()
    };
    let nothing = Surroundings::default();
    files
        .into_par_iter()
        .map(|(id, text)| {
            let once = |text: &str| {
                let result = std::panic::catch_unwind(|| rewrite(text, &nothing, &settings));
                result
                    .map_err(|_| "panic".to_owned())
                    .and_then(|it| it.map_err(|error| error.to_string()))
            };
            let result = once(&text);
            let is_idempotent = match &result {
                Ok(outcome) => once(&outcome.text).is_ok_and(|again| again.text == outcome.text),
                Err(_) => false,
            };
            Entry {
                id,
                text,
                result,
                is_idempotent,
            }
        })
        .collect()
}

/// The counts of a run, one a line, in a fixed order.
pub fn counts(entries: &[Entry]) -> String {
    let mut applied: BTreeMap<String, usize> = BTreeMap::new();
    let mut declined: BTreeMap<String, usize> = BTreeMap::new();
    let (mut changed, mut failed, mut unstable, mut rejected, mut saved) = (0, 0, 0, 0, 0_u64);
    for entry in entries {
        let Ok(outcome) = &entry.result else {
            failed += 1;
            continue;
        };
        changed += usize::from(outcome.text != entry.text);
        unstable += usize::from(!entry.is_idempotent);
        rejected += outcome.rejected.len();
        for rewrite in &outcome.applied {
            let title = rewrite.title.split(", keeping").next().unwrap_or_default();
            let title: String = title
                .chars()
                .map(|char| if char.is_ascii_digit() { 'N' } else { char })
                .collect();
            *applied
                .entry(format!(
                    "{} [{}] {title}",
                    rewrite.transform, rewrite.applicability
                ))
                .or_default() += 1;
            saved += rewrite
                .effects
                .iter()
                .map(|effect| match effect {
                    imgfix::transform::Effect::BytesSaved(bytes) => *bytes,
                    _ => 0,
                })
                .sum::<u64>();
        }
        for decline in &outcome.declined {
            let transform = decline
                .transform
                .map_or("file".to_owned(), |id| id.to_string());
            *declined
                .entry(format!("{transform} {}", decline.reason.id))
                .or_default() += 1;
        }
    }
    let mut text = format!(
        "files {}\nchanged {changed}\nfailed {failed}\nnot idempotent {unstable}\nrejected {rejected}\nestimated MB saved {}\n",
        entries.len(),
        saved / 1_000_000
    );
    for (title, counts) in [("applied", applied), ("declined", declined)] {
        let _ = writeln!(text, "\n{title}");
        for (name, count) in counts {
            let _ = writeln!(text, "{count:6} {name}");
        }
    }
    text
}

/// The corpus beside the knowledge folder.
pub(crate) fn default_path() -> Result<PathBuf, String> {
    let folder = crate::tables::knowledge_folder().map_err(|error| error.to_string())?;
    Ok(folder.with_file_name("corpus").join("dockerfiles.jsonl"))
}

/// Runs the command.
///
/// # Errors
/// A message where the files cannot be read.
pub fn command(options: &Options) -> Result<(), String> {
    let path = match &options.path {
        Some(path) => path.clone(),
        None => default_path()?,
    };
    let mut files = load(&path)?;
    if let Some(id) = &options.id {
        files.retain(|(name, _)| name == id);
    }
    let entries = run(files);
    if options.lines {
        print!("{}", lines(&entries));
        return Ok(());
    }
    if let Some(revision) = &options.against {
        return against::print(options, revision, &path, &lines(&entries));
    }
    if options.id.is_none() {
        println!("{}", counts(&entries));
    }
    print_faults(&entries);
    print_sample(options, &entries);
    print_declines(options, &entries);
    Ok(())
}

/// A line for each decision.
fn lines(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let id = &entry.id;
        let Ok(outcome) = &entry.result else {
            let _ = writeln!(text, "{id} failed");
            continue;
        };
        for applied in &outcome.applied {
            let (line, transform) = (applied.line, applied.transform);
            let _ = writeln!(text, "{id}:{line} {transform} {}", applied.title);
        }
        for declined in &outcome.declined {
            let (line, reason) = (declined.line, declined.reason.id);
            let _ = writeln!(text, "{id}:{line} declined {reason} {}", declined.detail);
        }
    }
    text
}

fn print_faults(entries: &[Entry]) {
    for entry in entries {
        match &entry.result {
            Err(error) => println!("FAILED {}: {error}", entry.id),
            Ok(outcome) => {
                for rejected in &outcome.rejected {
                    println!(
                        "REJECTED {}:{} {} {}: {}",
                        entry.id,
                        rejected.line,
                        rejected.transform,
                        rejected.title,
                        rejected.violation
                    );
                }
                if !entry.is_idempotent {
                    println!("NOT IDEMPOTENT {}", entry.id);
                }
            }
        }
    }
}

/// A fixed shuffle, so that a sample can be named by its seed.
pub(crate) fn shuffled<T>(mut items: Vec<T>, seed: u64) -> Vec<T> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
    for at in (1..items.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, (state >> 33) as usize % (at + 1));
    }
    items
}

fn print_sample(options: &Options, entries: &[Entry]) {
    let wanted = |entry: &&Entry| {
        entry.result.as_ref().is_ok_and(|outcome| {
            outcome.text != entry.text
                && options.transform.as_ref().is_none_or(|id| {
                    outcome
                        .applied
                        .iter()
                        .any(|applied| applied.transform.0 == id)
                })
        })
    };
    let chosen = shuffled(entries.iter().filter(wanted).collect(), options.seed);
    let count = if options.id.is_some() {
        1
    } else {
        options.sample
    };
    for entry in chosen.into_iter().take(count) {
        let Ok(outcome) = &entry.result else { continue };
        println!("\n=== {}", entry.id);
        for applied in &outcome.applied {
            println!(
                "# {}:{} [{}] {}: {}",
                applied.transform,
                applied.line,
                applied.applicability,
                applied.title,
                applied.because
            );
        }
        let diff = similar::TextDiff::from_lines(&entry.text, &outcome.text);
        println!("{}", diff.unified_diff().context_radius(3));
    }
}

fn print_declines(options: &Options, entries: &[Entry]) {
    let all = entries
        .iter()
        .filter_map(|entry| entry.result.as_ref().ok().map(|outcome| (entry, outcome)));
    let declines = all.flat_map(|(entry, outcome)| {
        outcome
            .declined
            .iter()
            .map(move |declined| (entry, declined))
    });
    let declines = declines.filter(|(_, declined)| {
        options
            .reason
            .as_ref()
            .is_none_or(|reason| declined.reason.id == reason)
            && options.transform.as_ref().is_none_or(|id| {
                declined
                    .transform
                    .is_some_and(|transform| transform.0 == id)
            })
    });
    let count = if options.id.is_some() {
        usize::MAX
    } else {
        options.declines
    };
    for (entry, declined) in shuffled(declines.collect(), options.seed)
        .into_iter()
        .take(count)
    {
        let line = entry
            .text
            .lines()
            .nth(declined.line - 1)
            .unwrap_or_default();
        let transform = declined
            .transform
            .map_or("file".to_owned(), |id| id.to_string());
        println!(
            "{}:{} {transform} {} ({}) | {}",
            entry.id,
            declined.line,
            declined.reason.id,
            declined.detail,
            line.trim()
        );
    }
}

//! Prints the table, the reasons, and samples to read.
#![allow(clippy::print_stdout, reason = "a development command prints")]

use std::collections::BTreeMap;

use super::Options;
use super::basic::BASIC;
use super::classify::{Fate, Seen};
use super::smells::detectors;
use crate::corpus::shuffled;

/// The counts of a row.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    runs: usize,
    clean: usize,
    changed: usize,
    held_back: usize,
    declined: usize,
    missed: usize,
}

impl Counts {
    fn of<'s>(seen: impl Iterator<Item = &'s Seen>) -> Self {
        let mut counts = Self::default();
        for seen in seen {
            counts.runs += 1;
            *match &seen.fate {
                Fate::Clean => &mut counts.clean,
                Fate::Changed => &mut counts.changed,
                Fate::HeldBack => &mut counts.held_back,
                Fate::Declined(_) => &mut counts.declined,
                Fate::Missed => &mut counts.missed,
            } += 1;
        }
        counts
    }

    fn print(self, name: &str) {
        let smelly = self.runs - self.clean;
        let share = match smelly {
            0 => "-".to_owned(),
            _ => format!("{:.1} %", self.missed as f64 * 100.0 / smelly as f64),
        };
        println!(
            "{name:<18}{:>7}{:>9}{:>9}{:>11}{:>10}{:>8}{share:>10}",
            self.runs, self.clean, self.changed, self.held_back, self.declined, self.missed
        );
    }
}

/// Prints the report.
pub(super) fn print(options: &Options, other_runs: usize, seen: &[Seen]) {
    if options.lines {
        return seen.iter().for_each(print_line);
    }
    println!("RUNs in stages whose layers reach no final image, left out: {other_runs}\n");
    print_table(seen);
    print_reasons(seen);
    print_examples(options);
    print_samples(options, seen);
}

fn print_line(seen: &Seen) {
    let fate = match &seen.fate {
        Fate::Clean => "clean",
        Fate::Changed => "changed",
        Fate::HeldBack => "held back",
        Fate::Declined(_) => "declined",
        Fate::Missed => "missed",
    };
    let smell = detectors()[seen.row].smell.id;
    println!("{}:{} {smell} {fate}", seen.id, seen.line);
}

/// What a row takes for a smell, where it is asked for by name.
fn print_examples(options: &Options) {
    let wanted = |id: &str| options.smell.as_deref() == Some(id);
    for detector in detectors().iter().filter(|it| wanted(it.smell.id)) {
        let smell = detector.smell;
        println!("\n{} of {}", smell.id, smell.manager);
        println!("smells: {}\nis clean: {}", smell.smelly, smell.clean);
    }
}

fn print_table(seen: &[Seen]) {
    println!(
        "{:<18}{:>7}{:>9}{:>9}{:>11}{:>10}{:>8}{:>10}",
        "smell", "RUNs", "clean", "changed", "held back", "declined", "missed", "missed"
    );
    let ours = BASIC.len();
    for (row, detector) in detectors().iter().enumerate() {
        if row == ours {
            Counts::of(seen.iter().filter(|it| it.row < ours)).print("apt, apk, pip");
            println!();
        }
        Counts::of(seen.iter().filter(|it| it.row == row)).print(detector.smell.id);
    }
    Counts::of(seen.iter()).print("all");
}

fn print_reasons(seen: &[Seen]) {
    println!("\nreasons to decline; a RUN may have several");
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for seen in seen {
        if let Fate::Declined(reasons) = &seen.fate {
            for (reason, _) in reasons {
                *counts.entry((seen.row, reason)).or_default() += 1;
            }
        }
    }
    for ((row, reason), count) in counts {
        println!("{count:6} {} {reason}", detectors()[row].smell.id);
    }
}

fn print_samples(options: &Options, seen: &[Seen]) {
    let is_wanted = |seen: &&Seen| {
        options.smell.as_ref().map_or_else(
            || options.all_rows || seen.row < BASIC.len(),
            |id| detectors()[seen.row].smell.id == id,
        )
    };
    let chosen = |fate: fn(&Fate) -> bool, count: usize| {
        let of_fate = seen.iter().filter(|it| fate(&it.fate)).filter(is_wanted);
        shuffled(of_fate.collect(), options.seed)
            .into_iter()
            .take(count)
    };
    for missed in chosen(|fate| *fate == Fate::Missed, options.missed) {
        print_run(missed);
    }
    for declined in chosen(|fate| matches!(fate, Fate::Declined(_)), options.declines) {
        print_run(declined);
        if let Fate::Declined(reasons) = &declined.fate {
            for (reason, detail) in reasons {
                println!("# declined: {reason} ({detail})");
            }
        }
    }
}

fn print_run(seen: &Seen) {
    let smell = detectors()[seen.row].smell.id;
    println!("\n=== {}:{} {smell}\n{}", seen.id, seen.line, seen.text);
}

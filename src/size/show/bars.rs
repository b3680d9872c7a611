//! A report as bars, for a terminal.

use std::fmt::Write;

use super::{change, fate, instruction, saving, verdict};
use crate::report::{Palette, Role, count, printable, size};
use crate::size::{LayerReport, Limits, Report, Verdict};

/// The longest bar, in columns.
const BAR: usize = 24;

/// Hidden bytes below this are counted together.
const SMALL: u64 = 100_000;

/// One report for people, on lines of so many columns.
pub fn text(report: &Report, limits: Limits, width: usize, palette: Palette) -> String {
    let mut out = String::new();
    let name = palette.paint(Role::Place, &printable(&report.name));
    let verdict = verdict(report, limits);
    let verdict = match report.verdict {
        Verdict::TooLarge => palette.paint(Role::Problem, &verdict),
        Verdict::Warning => palette.paint(Role::Name, &verdict),
        Verdict::Measured | Verdict::New | Verdict::Within => verdict,
    };
    let _ = writeln!(out, "{name}: {}, {verdict}", size(report.bytes));
    layers(&mut out, report, width);
    for gone in &report.gone {
        let line = format!(
            "  gone: {}: {}",
            change(gone.bytes, 0),
            instruction(&gone.instruction, None)
        );
        push(&mut out, &line, width);
    }
    hidden(&mut out, report, width);
    for note in &report.notes {
        let _ = writeln!(out, "  note: {}", printable(note));
    }
    out
}

fn layers(out: &mut String, report: &Report, width: usize) {
    let shown = || report.layers.iter().filter(|it| is_shown(it));
    let largest = shown().map(|it| it.layer.bytes).max().unwrap_or(0);
    let compares = report.baseline_bytes.is_some();
    for it in shown() {
        let mut line = format!(
            "  {:>9} {}",
            size(it.layer.bytes),
            bar(it.layer.bytes, largest)
        );
        if compares {
            let before = it.baseline_bytes.unwrap_or(0);
            let change = if before == it.layer.bytes {
                String::new()
            } else {
                change(before, it.layer.bytes)
            };
            let _ = write!(line, " {change:>10}");
        }
        let _ = write!(line, "  {}", instruction(&it.layer.instruction, it.line));
        push(out, &line, width);
    }
    let empty = report.layers.len() - shown().count();
    if empty > 0 {
        let _ = writeln!(out, "  and {} without files", count(empty, "layer"));
    }
}

/// Whether a layer has something to show.
fn is_shown(it: &LayerReport) -> bool {
    it.layer.bytes > 0 || it.baseline_bytes.is_some_and(|bytes| bytes > 0)
}

fn hidden(out: &mut String, report: &Report, width: usize) {
    if report.hidden_bytes == 0 {
        return;
    }
    let total = size(report.hidden_bytes);
    let _ = writeln!(
        out,
        "  shipped for nothing, hidden by later layers: {total}"
    );
    let (large, small): (Vec<_>, Vec<_>) = report
        .hidden
        .iter()
        .partition(|it| it.hidden.bytes >= SMALL);
    for it in large {
        let of = |layer: usize| {
            let layer = &report.layers[layer];
            instruction(&layer.layer.instruction, layer.line)
        };
        push(out, &format!("    {} by", fate(it)), width);
        push(out, &format!("      {}", of(it.hidden.hidden_by)), width);
        push(
            out,
            &format!("      shipped by {}", of(it.hidden.layer)),
            width,
        );
        let files = it.hidden.largest.iter();
        let files: Vec<String> = files
            .map(|(path, bytes)| format!("{path} ({})", size(*bytes)))
            .collect();
        push(out, &format!("      largest: {}", files.join(", ")), width);
        let _ = writeln!(out, "      {}", printable(&saving(it)));
    }
    if !small.is_empty() {
        let bytes: u64 = small.iter().map(|it| it.hidden.bytes).sum();
        let _ = writeln!(out, "    {} in small pieces", size(bytes));
    }
}

/// A bar whose length is the share of the largest one, in eighths of a column.
fn bar(bytes: u64, largest: u64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let whole = BAR as u128 * 8;
    let eighths = u128::from(bytes) * whole / u128::from(largest.max(1));
    let eighths = usize::try_from(eighths).unwrap_or(0);
    let mut bar = "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
    let columns = bar.chars().count();
    bar.push_str(&" ".repeat(BAR - columns));
    bar
}

/// A line, cut where it is too long for the terminal.
fn push(out: &mut String, line: &str, width: usize) {
    let line = printable(line);
    let width = width.max(40);
    if line.chars().count() <= width {
        out.push_str(&line);
    } else {
        out.extend(line.chars().take(width - 1));
        out.push('…');
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share() {
        assert_eq!(bar(100, 100), "█".repeat(BAR));
        assert_eq!(bar(50, 100), "█".repeat(BAR / 2) + &" ".repeat(BAR / 2));
        assert_eq!(bar(1, 192), "▏".to_owned() + &" ".repeat(BAR - 1));
        assert_eq!(bar(0, 0), " ".repeat(BAR));
    }

    #[test]
    fn a_long_line_is_cut_and_a_control_character_shown() {
        let mut out = String::new();
        push(&mut out, &"x".repeat(50), 40);
        assert_eq!(out, format!("{}…\n", "x".repeat(39)));
        out.clear();
        push(&mut out, "a\u{1b}[2J", 80);
        assert_eq!(out, "a\\u{1b}[2J\n");
        out.clear();
        push(&mut out, &"é".repeat(40), 40);
        assert_eq!(out, format!("{}\n", "é".repeat(40)));
    }
}

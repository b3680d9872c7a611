//! Reports as text, Markdown and JSON.

use std::fmt::Write;

use serde::Serialize;

use super::{Built, Counted, Rebuilt, Report};
use crate::report::{Palette, Role, code, count, html, printable};

/// How reports are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For a pull request.
    Markdown,
}

/// The reports of a run.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// The version of imgfix.
    pub version: &'static str,
    /// Dockerfiles that were built and compared.
    pub reports: Vec<Report>,
    /// Dockerfiles in which nothing is rewritten.
    pub unchanged: Vec<String>,
    /// Dockerfiles of which nothing can be said, each with the reason.
    pub failed: Vec<String>,
}

impl Summary {
    /// The reports so far: none.
    pub fn new() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            ..Self::default()
        }
    }

    /// All of it as one document. Text is shown file by file instead: see [`text`].
    ///
    /// # Panics
    /// Never: every value has a form in JSON.
    pub fn document(&self, format: Format) -> String {
        match format {
            Format::Json => serde_json::to_string_pretty(self).expect("values have a form") + "\n",
            Format::Markdown => self.markdown(),
            Format::Text => self.text(Palette::Plain),
        }
    }

    fn text(&self, palette: Palette) -> String {
        self.reports
            .iter()
            .map(|report| text(report, palette))
            .collect()
    }

    fn markdown(&self) -> String {
        let mut out = String::from("### Verified by real builds\n\n");
        if self.reports.is_empty() {
            out.push_str("Nothing is rewritten.\n");
        } else {
            out.push_str(
                "| Dockerfile | before | after | saved | layers | result |\n\
                 | --- | ---: | ---: | ---: | ---: | --- |\n",
            );
        }
        for report in &self.reports {
            let result = if report.findings.is_empty() {
                "same".to_owned()
            } else {
                format!("**{}**", count(report.findings.len(), "finding"))
            };
            let file = code(&report.file);
            let _ = match &report.after {
                Some(after) => writeln!(
                    out,
                    "| {file} | {} | {} | {} | {} → {} | {result} |",
                    size(report.before.bytes),
                    size(after.bytes),
                    saved(&report.before, after),
                    report.before.layers.len(),
                    after.layers.len(),
                ),
                None => writeln!(out, "| {file} | | does not build | | | {result} |"),
            };
        }
        for report in &self.reports {
            let _ = write!(
                out,
                "\n<details><summary>{}</summary>\n\n```text\n{}```\n\n</details>\n",
                html(&report.file),
                text(report, Palette::Plain).replace("```", "'''"),
            );
        }
        for failure in &self.failed {
            let _ = writeln!(out, "\nNot verified: {}", code(failure));
        }
        out
    }
}

/// One report for people.
pub fn text(report: &Report, palette: Palette) -> String {
    let mut out = String::new();
    let file = palette.paint(Role::Place, &printable(&report.file));
    let verdict = if report.findings.is_empty() {
        "same".to_owned()
    } else {
        palette.paint(Role::Problem, &count(report.findings.len(), "finding"))
    };
    let _ = match &report.after {
        Some(after) => writeln!(
            out,
            "{file}: {verdict}, {} → {} ({}), {} → {} layers, built in {:.1} s → {:.1} s by {}",
            size(report.before.bytes),
            size(after.bytes),
            saved(&report.before, after),
            report.before.layers.len(),
            after.layers.len(),
            report.before.seconds.as_secs_f64(),
            after.seconds.as_secs_f64(),
            report.builder,
        ),
        None => writeln!(out, "{file}: {verdict}, by {}", report.builder),
    };
    for rewrite in &report.rewrites {
        let _ = write!(
            out,
            "  line {}: {}: {}",
            rewrite.line,
            palette.paint(Role::Name, &rewrite.transform),
            printable(&rewrite.title)
        );
        if let Some(bytes) = rewrite.estimated_bytes.filter(|bytes| *bytes > 0) {
            let _ = write!(out, " (estimate: {} less)", size(bytes));
        }
        out.push('\n');
    }
    if let Some(after) = &report.after {
        layers(&mut out, &report.before, after);
    }
    steps(&mut out, report);
    differences(&mut out, report);
    for result in &report.smoke {
        let answer = match &result.difference {
            None => format!("same answer ({})", result.status),
            Some(difference) => difference.clone(),
        };
        let _ = writeln!(
            out,
            "  smoke: {}: {}",
            printable(&result.question),
            printable(&answer)
        );
    }
    if let Some(rebuild) = &report.rebuild {
        let _ = writeln!(
            out,
            "  rebuild after a line more in {}: {} → {}",
            printable(&rebuild.file),
            rebuilt(&rebuild.before),
            rebuilt(&rebuild.after),
        );
    }
    for note in &report.notes {
        let _ = writeln!(out, "  note: {}", printable(note));
    }
    for tag in &report.kept {
        let _ = writeln!(out, "  kept: {tag}");
    }
    for finding in &report.findings {
        let _ = writeln!(
            out,
            "  {}: {}",
            palette.paint(Role::Problem, "finding"),
            printable(finding)
        );
    }
    out
}

/// The layers in which the images differ: those of the base come first and are the same.
fn layers(out: &mut String, before: &Built, after: &Built) {
    let pairs = before.layers.iter().zip(&after.layers);
    let same = pairs.take_while(|(one, other)| one == other).count();
    let sizes = |layers: &[u64]| -> String {
        let sizes: Vec<String> = layers
            .iter()
            .map(|&bytes| format!("{:.1}", bytes as f64 / 1e6))
            .collect();
        sizes.join(" + ")
    };
    let (one, other) = (&before.layers[same..], &after.layers[same..]);
    if !one.is_empty() || !other.is_empty() {
        let (one, other) = (sizes(one), sizes(other));
        let _ = writeln!(out, "  layers that differ: {one} MB → {other} MB");
    }
}

fn steps(out: &mut String, report: &Report) {
    let mut before = report.before.bytes;
    for step in &report.steps {
        let _ = writeln!(
            out,
            "  after {}: {} ({}), {} layers",
            step.transform,
            size(step.bytes),
            change(before, step.bytes),
            step.layers,
        );
        before = step.bytes;
    }
}

fn differences(out: &mut String, report: &Report) {
    let files = &report.comparison.files;
    for (what, counted) in [
        ("gone", &files.lost),
        ("new", &files.gained),
        ("changed", &files.changed),
    ] {
        if counted.is_empty() {
            continue;
        }
        let groups: Vec<String> = counted.iter().map(group).collect();
        let _ = writeln!(out, "  {what}: {}", groups.join("; "));
    }
    for (what, names) in [
        ("packages gone", &files.packages_lost),
        ("packages new", &files.packages_gained),
        ("packages of another version", &files.packages_changed),
    ] {
        if !names.is_empty() {
            let _ = writeln!(out, "  {what}: {}", printable(&names.join(", ")));
        }
    }
}

fn group(counted: &Counted) -> String {
    let mut text = format!(
        "{} ({}, {})",
        counted.group.name(),
        count(counted.files, "path"),
        size(counted.bytes)
    );
    if !counted.announced {
        text.push_str(" not announced");
    }
    text
}

fn rebuilt(rebuilt: &Rebuilt) -> String {
    format!(
        "{:.1} s ({} of {} steps from the cache)",
        rebuilt.seconds.as_secs_f64(),
        rebuilt.cached,
        rebuilt.steps
    )
}

/// `12.3 MB`, in decimal units as registries show them.
fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// `−12.3 MB`.
fn change(before: u64, after: u64) -> String {
    let sign = match after.cmp(&before) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "±",
        std::cmp::Ordering::Greater => "+",
    };
    format!("{sign}{}", size(before.abs_diff(after)))
}

fn saved(before: &Built, after: &Built) -> String {
    let part = if before.bytes == 0 {
        0.0
    } else {
        before.bytes.abs_diff(after.bytes) as f64 / before.bytes as f64 * 100.0
    };
    format!("{}, {part:.1} %", change(before.bytes, after.bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{Comparison, Group};

    fn report() -> Report {
        let built = |bytes: u64, layers: usize| Built {
            bytes,
            layers: std::iter::repeat_n(bytes, layers).collect(),
            ..Built::default()
        };
        let mut comparison = Comparison::default();
        comparison.files.lost.push(Counted {
            group: Group::PackageLists,
            files: 12,
            bytes: 19_800_000,
            announced: true,
        });
        Report {
            file: "a|b\u{1b}[2J/Dockerfile".to_owned(),
            digest: crate::verify::Digests::default(),
            builder: "docker 26.1.5".to_owned(),
            rewrites: Vec::new(),
            before: built(100_000_000, 2),
            after: Some(built(80_200_000, 1)),
            steps: Vec::new(),
            comparison,
            smoke: Vec::new(),
            rebuild: None,
            notes: Vec::new(),
            kept: Vec::new(),
            findings: Vec::new(),
        }
    }

    #[test]
    fn a_report_is_one_line_and_its_details() {
        let text = text(&report(), Palette::Plain);
        assert_eq!(
            text,
            "a|b\\u{1b}[2J/Dockerfile: same, 100.0 MB → 80.2 MB (−19.8 MB, 19.8 %), 2 → 1 layers, \
             built in 0.0 s → 0.0 s by docker 26.1.5\n  layers that differ: 100.0 + 100.0 MB → 80.2 MB\n  gone: package lists (12 paths, 19.8 MB)\n"
        );
    }

    #[test]
    fn a_strange_name_forges_no_table_and_no_heading() {
        let mut summary = Summary::new();
        let mut broken = report();
        broken.file = "x` | ok |\n### <img src=x>".to_owned();
        broken.findings.push("``` evil".to_owned());
        summary.reports.push(broken);
        let document = summary.document(Format::Markdown);
        assert!(
            document.contains("| `x' ¦ ok ¦\\n### <img src=x>` |"),
            "{document}"
        );
        assert!(
            document.contains("<summary>x` | ok |\\n### &lt;img src=x></summary>"),
            "{document}"
        );
        assert!(document.contains("''' evil"), "{document}");
    }

    #[test]
    fn json_has_every_part() {
        let mut summary = Summary::new();
        summary.reports.push(report());
        let value: serde_json::Value =
            serde_json::from_str(&summary.document(Format::Json)).expect("JSON");
        assert_eq!(value["reports"][0]["before"]["bytes"], 100_000_000);
        assert_eq!(
            value["reports"][0]["comparison"]["files"]["lost"][0]["group"],
            "package_lists"
        );
    }
}

//! Reports as Markdown, for a pull request.

use std::fmt::Write;

use super::{Summary, change, fate, instruction, saving, verdict};
use crate::report::{code, html, size};
use crate::size::{Report, Verdict};

/// The longest instruction that is shown.
const MAX_TEXT: usize = 120;

/// All reports as one document.
pub(super) fn document(summary: &Summary) -> String {
    let mut out = String::from("### Image sizes\n\n");
    if !summary.images.is_empty() {
        out.push_str(
            "| image | baseline | now | change | hidden by later layers |\n\
             | --- | ---: | ---: | --- | ---: |\n",
        );
    }
    for report in &summary.images {
        let said = verdict(report, summary.limits);
        let said = match report.verdict {
            Verdict::TooLarge => format!("**{said}**"),
            _ => said,
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {said} | {} |",
            code(&report.name),
            report.baseline_bytes.map(size).unwrap_or_default(),
            size(report.bytes),
            size(report.hidden_bytes),
        );
    }
    for report in &summary.images {
        details(&mut out, report);
    }
    for failure in &summary.failed {
        let _ = writeln!(out, "\nNot measured: {}", code(failure));
    }
    out
}

fn details(out: &mut String, report: &Report) {
    let _ = write!(
        out,
        "\n<details><summary>{}</summary>\n\n\
         | layer | size | change | hidden |\n| --- | ---: | ---: | ---: |\n",
        html(&report.name)
    );
    let compares = report.baseline_bytes.is_some();
    for it in &report.layers {
        let before = it.baseline_bytes.unwrap_or(0);
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            shown(&it.layer.instruction, it.line),
            size(it.layer.bytes),
            if compares && before != it.layer.bytes {
                change(before, it.layer.bytes)
            } else {
                String::new()
            },
            size(it.layer.hidden_bytes),
        );
    }
    for gone in &report.gone {
        let text = shown(&gone.instruction, None);
        let _ = writeln!(out, "| {text} (gone) | | {} | |", change(gone.bytes, 0));
    }
    for it in &report.hidden {
        let of = |layer: usize| {
            let layer = &report.layers[layer];
            shown(&layer.layer.instruction, layer.line)
        };
        let _ = write!(
            out,
            "\n- {} by {}; shipped by {}. {}",
            fate(it),
            of(it.hidden.hidden_by),
            of(it.hidden.layer),
            html(&saving(it)),
        );
    }
    if !report.hidden.is_empty() {
        out.push('\n');
    }
    for note in &report.notes {
        let _ = writeln!(out, "\nNote: {}", html(note));
    }
    out.push_str("\n</details>\n");
}

/// An instruction as code, cut where it is long.
fn shown(text: &str, line: Option<usize>) -> String {
    let text = instruction(text, line);
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => code(&format!("{}…", &text[..end])),
        None => code(&text),
    }
}

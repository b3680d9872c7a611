//! `--explain`: every rewrite applied, held back or declined, with place, reason and evidence.

use std::fmt::Write as _;

use super::FileReport;
use super::style::{Role, Style, escaped};
use crate::engine::Applied;
use crate::transform::Effect;

/// The explanation of a run over `files`.
pub fn explain(files: &[FileReport], style: Style) -> String {
    let mut text = String::new();
    for file in files {
        let Ok(outcome) = &file.result else { continue };
        for (word, list) in [
            ("applied", &outcome.applied),
            ("held back", &outcome.held_back),
        ] {
            for applied in list {
                rewrite(&mut text, file, word, applied, style);
            }
        }
        for declined in &outcome.declined {
            let name = declined
                .transform
                .map_or("file".to_owned(), |id| id.to_string());
            head(&mut text, file, declined.line, &name, "declined", style);
            let _ = writeln!(
                text,
                "  reason: {} [{}]",
                declined.reason.message, declined.reason.id
            );
            if !declined.detail.is_empty() {
                let _ = writeln!(text, "  evidence: {}", escaped(&declined.detail));
            }
        }
        for rejected in &outcome.rejected {
            head(
                &mut text,
                file,
                rejected.line,
                &rejected.transform.to_string(),
                "rejected",
                style,
            );
            let _ = writeln!(
                text,
                "  would have: {}\n  broken invariant: {}",
                escaped(&rejected.title),
                escaped(&rejected.violation)
            );
        }
    }
    text
}

fn head(
    text: &mut String,
    file: &FileReport,
    line: usize,
    transform: &str,
    word: &str,
    style: Style,
) {
    let place = format!("{}:{line}", escaped(&file.label));
    let _ = writeln!(
        text,
        "{}  {}  {word}",
        style.paint(Role::Place, place),
        style.paint(Role::Name, transform)
    );
}

fn rewrite(text: &mut String, file: &FileReport, word: &str, applied: &Applied, style: Style) {
    head(
        text,
        file,
        applied.line,
        &applied.transform.to_string(),
        word,
        style,
    );
    let _ = writeln!(
        text,
        "  what: {} [{}]",
        escaped(&applied.title),
        applied.applicability
    );
    let _ = writeln!(text, "  because: {}", escaped(&applied.because));
    for effect in &applied.effects {
        if let Some(line) = effect_line(effect) {
            let _ = writeln!(text, "  effect: {}", escaped(&line));
        }
    }
}

/// What an effect means to a reader; the word-by-word ones are the diff itself.
fn effect_line(effect: &Effect) -> Option<String> {
    match effect {
        Effect::PathRemoved(path) => Some(format!("`{path}` is no longer in the image")),
        Effect::PackagesDropped(names) if !names.is_empty() => {
            Some(format!("no longer installed: {}", names.join(", ")))
        }
        Effect::PackagesAdded(names) if !names.is_empty() => {
            Some(format!("installed by name: {}", names.join(", ")))
        }
        Effect::BytesSaved(bytes) if *bytes > 0 => Some(format!(
            "saves about {:.1} MB (estimate)",
            *bytes as f64 / 1e6
        )),
        _ => None,
    }
}

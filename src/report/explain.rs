//! `--explain`: for every rewrite applied, held back, declined or rejected, the place, the reason and
//! the evidence, in the order of the file.

use std::fmt::Write;

use super::summary::{place, rejected_lines};
use super::{Palette, Role, printable, size};
use crate::Outcome;
use crate::engine::{Applied, DeclinedAt};
use crate::transform::{Applicability, Effect};

/// Explains the outcome of the file that the user knows as `label`. Empty where there is nothing to say.
///
/// What there is to tell of its build context comes first, a line each.
pub fn explain(label: &str, outcome: &Outcome, context: &[String], palette: Palette) -> String {
    let mut entries: Vec<(usize, String)> = Vec::new();
    for (at, line) in context.iter().enumerate() {
        let indent = match at {
            0 => format!("{}  ", palette.paint(Role::Place, &printable(label))),
            _ => "  ".to_owned(),
        };
        entries.push((0, format!("{indent}{}\n", printable(line))));
    }
    for applied in &outcome.applied {
        entries.push((applied.line, rewrite(label, applied, "applied", palette)));
    }
    for held in &outcome.held_back {
        entries.push((held.line, rewrite(label, held, "held back", palette)));
    }
    for declined in &outcome.declined {
        entries.push((declined.line, decline(label, declined, palette)));
    }
    for rejected in &outcome.rejected {
        let mut text = String::new();
        rejected_lines(&mut text, label, rejected, palette);
        entries.push((rejected.line, text));
    }
    entries.sort_by_key(|(line, _)| *line);
    entries.into_iter().map(|(_, text)| text).collect()
}

fn rewrite(label: &str, rewrite: &Applied, state: &str, palette: Palette) -> String {
    let mut out = format!(
        "{}  {}  {state} ({})\n",
        place(label, rewrite.line, palette),
        palette.paint(Role::Name, rewrite.transform.0),
        rewrite.applicability,
    );
    let _ = writeln!(out, "  what: {}", printable(&rewrite.title));
    let _ = writeln!(out, "  because: {}", printable(&rewrite.because));
    for text in effects(rewrite) {
        let _ = writeln!(out, "  effect: {}", printable(&text));
    }
    if state == "held back" && rewrite.applicability == Applicability::Unsafe {
        out.push_str("  hint: `--unsafe` applies it\n");
    }
    out
}

fn decline(label: &str, declined: &DeclinedAt, palette: Palette) -> String {
    let name = declined.transform.map_or("file", |id| id.0);
    let mut out = format!(
        "{}  {}  declined ({})\n",
        place(label, declined.line, palette),
        palette.paint(Role::Name, name),
        declined.reason.id,
    );
    let _ = writeln!(out, "  because: {}", declined.reason.message);
    if !declined.detail.is_empty() {
        let _ = writeln!(out, "  evidence: {}", printable(&declined.detail));
    }
    out
}

/// What an image is made from, before and after; where that is the same, something else stays behind.
pub(super) fn sizes(before: u64, after: u64) -> String {
    let size = |bytes: u64| {
        // An estimate has no tenths of a megabyte.
        let whole = (bytes + 500_000) / 1_000_000 * 1_000_000;
        let bytes = if bytes < 10_000_000 { bytes } else { whole };
        size(bytes).replace(".0 ", " ")
    };
    let besides = if before == after {
        " and what only the build needs"
    } else {
        ""
    };
    format!(
        "about {}{besides} → {} (estimate)",
        size(before),
        size(after)
    )
}

/// What a user gains or loses by a rewrite, each thing once.
pub(super) fn effects(rewrite: &Applied) -> Vec<String> {
    // root's home has two names.
    let meant = |text: &String| text.replacen("~/", "/root/", 1);
    let mut told: Vec<String> = Vec::new();
    for text in rewrite.effects.iter().filter_map(effect_text) {
        if !told.iter().any(|known| meant(known) == meant(&text)) {
            told.push(text);
        }
    }
    told
}

/// What a user gains or loses by an effect; `None` for those that the diff shows, and where it is nothing.
fn effect_text(effect: &Effect) -> Option<String> {
    match effect {
        Effect::PathRemoved(path) => {
            let folder = path.trim_end_matches("/*");
            Some(format!("{folder} is no longer in the image"))
        }
        Effect::PackagesDropped(names) if !names.is_empty() => {
            Some(format!("no longer installed: {}", names.join(", ")))
        }
        Effect::PackagesAdded(names) if !names.is_empty() => {
            Some(format!("named explicitly: {}", names.join(", ")))
        }
        Effect::BytesSaved(bytes) if *bytes > 0 => Some(format!("about {} less", size(*bytes))),
        Effect::BaseEstimated { before, after } => Some(format!(
            "{}: what the image is made from, with apt's packages; what else is installed and built comes on top",
            sizes(*before, *after)
        )),
        Effect::PackagesDropped(_)
        | Effect::PackagesAdded(_)
        | Effect::BytesSaved(_)
        | Effect::CommandChanged { .. }
        | Effect::CommandRemoved { .. }
        | Effect::CommandAdded { .. }
        | Effect::CommandAddedBefore { .. }
        | Effect::ArgumentMoved(_)
        | Effect::CopyAdded { .. }
        | Effect::FlagAdded { .. }
        | Effect::IgnoreFileWritten { .. }
        | Effect::InstructionMoved { .. }
        | Effect::KeywordChanged { .. }
        | Effect::RunAdded { .. }
        | Effect::RunsJoined { .. }
        | Effect::RunRemoved { .. }
        | Effect::StageSplit(_) => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use imgfix_syntax::TextRange;

    use super::*;
    use crate::engine::Rejected;
    use crate::transform::{Reason, TransformId};

    const SETS_OPTIONS: Reason = Reason {
        id: "left-sets-options",
        message: "the left side sets shell options",
    };

    /// An outcome with one entry of each kind.
    pub(in crate::report) fn outcome() -> Outcome {
        let applied = Applied {
            transform: TransformId("merge-runs"),
            line: 3,
            place: TextRange::new(20, 30),
            applicability: Applicability::Safe,
            title: "join 2 RUN instructions".into(),
            because: "the index goes stale".into(),
            effects: vec![
                Effect::PathRemoved("/var/lib/apt/lists".into()),
                Effect::BytesSaved(20_340_000),
            ],
        };
        let held = Applied {
            line: 7,
            applicability: Applicability::Unsafe,
            ..applied.clone()
        };
        Outcome {
            text: String::new(),
            ignore_file: None,
            changes: Vec::new(),
            applied: vec![applied],
            held_back: vec![held],
            declined: vec![DeclinedAt {
                transform: Some(TransformId("merge-runs")),
                line: 9,
                reason: &SETS_OPTIONS,
                detail: "set -e".into(),
            }],
            rejected: vec![Rejected {
                transform: TransformId("merge-runs"),
                line: 5,
                title: "join 3 RUN instructions".into(),
                violation: "a comment is gone".into(),
            }],
            strangers: Vec::new(),
        }
    }

    #[test]
    fn every_entry_has_place_reason_and_evidence_in_the_order_of_the_file() {
        let text = explain("D", &outcome(), &[], Palette::Plain);
        let places: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("D:"))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert_eq!(places, ["D:3", "D:5", "D:7", "D:9"]);
        assert!(text.contains("D:3  merge-runs  applied (safe)\n"), "{text}");
        assert!(text.contains("  because: the index goes stale\n"), "{text}");
        assert!(text.contains("  effect: about 20.3 MB less\n"), "{text}");
        assert!(text.contains("  hint: `--unsafe` applies it\n"), "{text}");
        assert!(
            text.contains("D:9  merge-runs  declined (left-sets-options)\n"),
            "{text}"
        );
        assert!(text.contains("  evidence: set -e\n"), "{text}");
    }

    #[test]
    fn what_is_nothing_is_not_told_and_nothing_is_told_twice() {
        let mut outcome = outcome();
        outcome.applied[0].effects = vec![
            Effect::PathRemoved("/var/lib/apt/lists".into()),
            Effect::PathRemoved("/var/lib/apt/lists/*".into()),
            Effect::PathRemoved("/root/.npm/_cacache".into()),
            Effect::PathRemoved("~/.npm/_cacache".into()),
            Effect::PackagesAdded(Vec::new()),
            Effect::PackagesDropped(Vec::new()),
            Effect::BytesSaved(0),
        ];
        let text = explain("D", &outcome, &[], Palette::Plain);
        let applied = text.split("D:5").next().unwrap_or_default();
        assert_eq!(applied.matches("effect:").count(), 2, "{applied}");
    }

    #[test]
    fn sizes_are_rounded_down_to_a_tenth() {
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(1_990), "1.9 kB");
        assert_eq!(size(2_000_000_000), "2.0 GB");
    }
}

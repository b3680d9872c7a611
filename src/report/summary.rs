//! The summary behind a run, one line for each rewrite.

use std::fmt::Write as _;

use super::style::{Role, Style, escaped};
use super::{FileReport, count};
use crate::transform::Applicability;

/// How much the summary says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// What was done, and how much was left.
    Normal,
    /// What was declined too, in one line each.
    Verbose,
}

/// What was done with the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// They were shown.
    Shown,
    /// They were written.
    Written,
    /// They were looked for.
    Checked,
}

/// The summary of a run over `files`.
pub fn summary(files: &[FileReport], action: Action, detail: Detail, style: Style) -> String {
    let mut text = String::new();
    for file in files {
        let Ok(outcome) = &file.result else { continue };
        for applied in &outcome.applied {
            let place = format!("{}:{}", escaped(&file.label), applied.line);
            let _ = writeln!(
                text,
                "{}  {}  {}: {}",
                style.paint(Role::Place, place),
                style.paint(Role::Name, applied.transform),
                escaped(&applied.title),
                escaped(&applied.because)
            );
        }
        if detail >= Detail::Verbose {
            declined(&mut text, file, style);
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&totals(files, action));
    text.push_str(&left(files, detail, style));
    text
}

fn declined(text: &mut String, file: &FileReport, style: Style) {
    let Ok(outcome) = &file.result else { return };
    for declined in &outcome.declined {
        let place = format!("{}:{}", escaped(&file.label), declined.line);
        let name = declined
            .transform
            .map_or("file".to_owned(), |id| id.to_string());
        let detail = if declined.detail.is_empty() {
            String::new()
        } else {
            format!(" ({})", escaped(&declined.detail))
        };
        let _ = writeln!(
            text,
            "{}  {}  declined: {}{detail}",
            style.paint(Role::Place, place),
            style.paint(Role::Name, name),
            declined.reason.message
        );
    }
}

fn totals(files: &[FileReport], action: Action) -> String {
    let changed = files.iter().filter(|file| file.is_changed).count();
    let failed = files.iter().filter(|file| file.result.is_err()).count();
    if files.is_empty() {
        return "no Dockerfile found\nhint: name one, or a folder that holds some\n".to_owned();
    }
    let verb = match (action, changed) {
        (_, 0) => "nothing to change".to_owned(),
        (Action::Written, _) => format!("{changed} changed"),
        (Action::Shown | Action::Checked, _) => format!("{changed} would change"),
    };
    let failed = if failed > 0 {
        format!(", {failed} failed")
    } else {
        String::new()
    };
    format!("{}: {verb}{failed}\n", count(files.len(), "Dockerfile"))
}

/// What was held back, declined and rejected, and how to see more.
fn left(files: &[FileReport], detail: Detail, style: Style) -> String {
    let outcomes = || files.iter().filter_map(|file| file.result.as_ref().ok());
    let mut text = String::new();
    let held: Vec<_> = outcomes().flat_map(|outcome| &outcome.held_back).collect();
    if !held.is_empty() {
        let only_unsafe = held
            .iter()
            .all(|applied| applied.applicability == Applicability::Unsafe);
        let flag = if only_unsafe {
            "`--unsafe` applies them"
        } else {
            "run without `--safe` to apply them"
        };
        let _ = writeln!(text, "{} held back; {flag}", count(held.len(), "rewrite"));
    }
    let declined: usize = outcomes().map(|outcome| outcome.declined.len()).sum();
    if declined > 0 {
        let hint = if detail >= Detail::Verbose {
            ""
        } else {
            "; `--explain` says why"
        };
        let _ = writeln!(
            text,
            "{}",
            style.paint(
                Role::Muted,
                format!("{} declined{hint}", count(declined, "rewrite"))
            )
        );
    }
    for file in files {
        let Ok(outcome) = &file.result else { continue };
        for rejected in &outcome.rejected {
            let _ = writeln!(
                text,
                "{} {}:{}: {} was dropped: {} ({})\nhint: this is a bug of imgfix; please report it with the Dockerfile",
                style.paint(Role::Error, "bug:"),
                escaped(&file.label),
                rejected.line,
                rejected.transform,
                escaped(&rejected.violation),
                escaped(&rejected.title)
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Applied, Outcome};
    use crate::transform::TransformId;

    fn applied(applicability: Applicability) -> Applied {
        Applied {
            transform: TransformId("merge-runs"),
            line: 3,
            applicability,
            title: "join 2 RUN instructions".to_owned(),
            because: "it is\x1b[31m better".to_owned(),
            effects: Vec::new(),
        }
    }

    fn report(outcome: Outcome, is_changed: bool) -> FileReport {
        FileReport {
            label: "api/Dockerfile".to_owned(),
            result: Ok(outcome),
            is_changed,
        }
    }

    #[test]
    fn each_rewrite_has_a_line_with_place_and_reason() {
        let outcome = Outcome {
            applied: vec![applied(Applicability::Safe)],
            ..Outcome::default()
        };
        let text = summary(
            &[report(outcome, true)],
            Action::Shown,
            Detail::Normal,
            Style::Plain,
        );
        assert_eq!(
            text,
            "api/Dockerfile:3  merge-runs  join 2 RUN instructions: it is\\u{1b}[31m better\n\n1 Dockerfile: 1 would change\n"
        );
    }

    #[test]
    fn what_was_held_back_names_its_flag() {
        let held_back = vec![applied(Applicability::Suggested)];
        let outcome = Outcome {
            held_back,
            ..Outcome::default()
        };
        let text = summary(
            &[report(outcome, false)],
            Action::Shown,
            Detail::Normal,
            Style::Plain,
        );
        assert_eq!(
            text,
            "1 Dockerfile: nothing to change\n1 rewrite held back; run without `--safe` to apply them\n"
        );
    }
}

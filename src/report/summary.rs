//! What is said on standard error: a line for each rewrite, and the totals.

use std::fmt::Write;

use super::explain::sizes;
use super::{Palette, Role, count, printable, size};
use crate::Outcome;
use crate::engine::{Applied, DeclinedAt, Rejected};
use crate::transform::{Applicability, Effect};

/// Where to report our bugs.
const REPORT_AT: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/issues");

/// How much the lines of a file tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// What was applied, and what was rejected.
    #[default]
    Brief,
    /// Also what was held back and declined.
    Full,
}

/// One line for each rewrite of the file that the user knows as `label`.
pub fn lines(label: &str, outcome: &Outcome, detail: Detail, palette: Palette) -> String {
    let mut out = String::new();
    for applied in &outcome.applied {
        rewrite_line(&mut out, label, applied, "", palette);
    }
    if detail == Detail::Full {
        for held in &outcome.held_back {
            let note = format!("held back ({}): ", held.applicability);
            rewrite_line(&mut out, label, held, &note, palette);
        }
        for declined in &outcome.declined {
            declined_line(&mut out, label, declined, palette);
        }
    }
    for rejected in &outcome.rejected {
        rejected_lines(&mut out, label, rejected, palette);
    }
    out
}

fn rewrite_line(out: &mut String, label: &str, rewrite: &Applied, note: &str, palette: Palette) {
    let sizes = rewrite.effects.iter().find_map(|effect| match effect {
        Effect::BaseEstimated { before, after } => Some(sizes(*before, *after)),
        _ => None,
    });
    let _ = writeln!(
        out,
        "{}  {}  {note}{}{}: {}",
        place(label, rewrite.line, palette),
        palette.paint(Role::Name, rewrite.transform.0),
        printable(&rewrite.title),
        sizes.map_or_else(String::new, |sizes| format!(", {sizes}")),
        printable(&rewrite.because),
    );
}

fn declined_line(out: &mut String, label: &str, declined: &DeclinedAt, palette: Palette) {
    let name = declined.transform.map_or("file", |id| id.0);
    let _ = write!(
        out,
        "{}  {}  declined: {}",
        place(label, declined.line, palette),
        palette.paint(Role::Name, name),
        declined.reason.message,
    );
    if !declined.detail.is_empty() {
        let _ = write!(out, " ({})", printable(&declined.detail));
    }
    out.push('\n');
}

/// The lines about a rewrite that broke an invariant.
pub(super) fn rejected_lines(out: &mut String, label: &str, rejected: &Rejected, palette: Palette) {
    let _ = writeln!(
        out,
        "{}  {}  {}: {}: {}",
        place(label, rejected.line, palette),
        palette.paint(Role::Name, rejected.transform.0),
        palette.paint(Role::Problem, "dropped by a safety check"),
        printable(&rejected.title),
        printable(&rejected.violation),
    );
    let _ = writeln!(
        out,
        "  hint: this is a bug of imgfix, not of your file; please report it, with the Dockerfile, at \
         {REPORT_AT}"
    );
}

/// `path:line`.
pub(super) fn place(label: &str, line: usize, palette: Palette) -> String {
    palette.paint(Role::Place, &format!("{}:{line}", printable(label)))
}

/// Whether files were written or only looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The files are as they were.
    Shown,
    /// The files hold the new text.
    Written,
}

/// The sums over all files of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files that were read and run through the pipeline.
    pub seen: usize,
    /// Those of them whose text differs afterwards.
    pub changed: usize,
    /// Files that failed.
    pub failed: usize,
    /// Rewrites that were applied.
    pub applied: usize,
    /// Rewrites held back because they are unsafe.
    pub held_unsafe: usize,
    /// Rewrites held back because they are only suggested.
    pub held_suggested: usize,
    /// Rewrites that are left out because a baseline has them.
    pub known: usize,
    /// Places where a transform declined.
    pub declined: usize,
    /// Rewrites that broke an invariant.
    pub rejected: usize,
    /// Applied rewrites with an estimate of what they save.
    pub estimated: usize,
    /// The sum of these estimates, in bytes.
    pub estimated_bytes: u64,
}

impl Totals {
    /// Counts the outcome of one file.
    pub fn add(&mut self, outcome: &Outcome, changed: bool) {
        self.seen += 1;
        self.changed += usize::from(changed);
        self.applied += outcome.applied.len();
        for bytes in outcome.applied.iter().filter_map(Applied::estimated_bytes) {
            self.estimated += 1;
            self.estimated_bytes += bytes;
        }
        for held in &outcome.held_back {
            match held.applicability {
                Applicability::Unsafe => self.held_unsafe += 1,
                Applicability::Suggested | Applicability::Safe => self.held_suggested += 1,
            }
        }
        self.declined += outcome.declined.len();
        self.rejected += outcome.rejected.len();
    }

    /// Adds the sums of other files.
    pub fn merge(&mut self, other: &Self) {
        self.seen += other.seen;
        self.changed += other.changed;
        self.failed += other.failed;
        self.applied += other.applied;
        self.held_unsafe += other.held_unsafe;
        self.held_suggested += other.held_suggested;
        self.known += other.known;
        self.declined += other.declined;
        self.rejected += other.rejected;
        self.estimated += other.estimated;
        self.estimated_bytes += other.estimated_bytes;
    }

    /// The closing lines. `suggested_hint` says how to get at what is held back as only suggested.
    pub fn text(&self, action: Action, detail: Detail, suggested_hint: &str) -> String {
        let mut out = self.headline(action);
        out.push('\n');
        if self.estimated > 0 {
            let _ = write!(out, "about {} less", size(self.estimated_bytes));
            if self.estimated == self.applied {
                out.push_str(" (an estimate)\n");
            } else {
                let all = count(self.applied, "rewrite");
                let _ = writeln!(out, " (an estimate for {} of {all})", self.estimated);
            }
        }
        let mut held = |number: usize, why: &str, hint: &str| {
            if number > 0 {
                let them = if number == 1 { "it" } else { "them" };
                let _ = writeln!(
                    out,
                    "{} held back as {why}; {hint} {them}",
                    count(number, "rewrite")
                );
            }
        };
        held(self.held_unsafe, "unsafe", "`--unsafe` applies");
        held(self.held_suggested, "only suggested", suggested_hint);
        if self.known > 0 {
            let _ = writeln!(
                out,
                "{} left out: the baseline has them",
                count(self.known, "rewrite")
            );
        }
        if self.declined > 0 {
            let _ = write!(out, "{} declined", count(self.declined, "rewrite"));
            out.push_str(match detail {
                Detail::Brief => "; `--explain` says why\n",
                Detail::Full => "\n",
            });
        }
        if self.rejected > 0 {
            let _ = writeln!(
                out,
                "{} dropped by a safety check: please report",
                count(self.rejected, "rewrite")
            );
        }
        if action == Action::Shown && self.changed > 0 {
            out.push_str("hint: `--write` changes the ");
            out.push_str(if self.changed == 1 {
                "file\n"
            } else {
                "files\n"
            });
        }
        out
    }

    fn headline(&self, action: Action) -> String {
        let mut out = format!("{} read", count(self.seen, "Dockerfile"));
        if self.failed > 0 {
            let _ = write!(out, ", {} failed", self.failed);
        }
        if self.changed == 0 {
            if self.seen > 0 {
                out.push_str(", nothing to change");
            }
            return out;
        }
        let _ = match action {
            Action::Shown => write!(out, ", {} would change", self.changed),
            Action::Written => write!(out, ", {} changed", self.changed),
        };
        let _ = write!(out, ": {}", count(self.applied, "rewrite"));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::explain::tests::outcome;

    #[test]
    fn each_rewrite_has_one_line() {
        let text = lines("api/Dockerfile", &outcome(), Detail::Brief, Palette::Plain);
        let first = text.lines().next().unwrap_or_default();
        assert_eq!(
            first,
            "api/Dockerfile:3  merge-runs  join 2 RUN instructions: the index goes stale"
        );
        assert!(!text.contains("declined"), "{text}");
        assert!(text.contains("dropped by a safety check"), "{text}");
        assert!(text.contains("hint: this is a bug of imgfix"), "{text}");
    }

    #[test]
    fn full_detail_adds_what_was_held_back_and_declined() {
        let text = lines("D", &outcome(), Detail::Full, Palette::Plain);
        assert!(
            text.contains("D:7  merge-runs  held back (unsafe): join"),
            "{text}"
        );
        assert!(
            text.contains("D:9  merge-runs  declined: the left side sets shell options (set -e)"),
            "{text}"
        );
    }

    #[test]
    fn totals_count_in_singular_and_plural() {
        let mut totals = Totals::default();
        totals.add(&outcome(), true);
        let text = totals.text(Action::Shown, Detail::Brief, "");
        assert_eq!(
            text,
            "1 Dockerfile read, 1 would change: 1 rewrite\n\
             about 20.3 MB less (an estimate)\n\
             1 rewrite held back as unsafe; `--unsafe` applies it\n\
             1 rewrite declined; `--explain` says why\n\
             1 rewrite dropped by a safety check: please report\n\
             hint: `--write` changes the file\n"
        );
        totals.add(&outcome(), true);
        let text = totals.text(Action::Written, Detail::Brief, "");
        assert!(
            text.starts_with("2 Dockerfiles read, 2 changed: 2 rewrites\n"),
            "{text}"
        );
        assert!(text.contains("`--unsafe` applies them"), "{text}");
        assert!(!text.contains("--write"), "{text}");
    }

    #[test]
    fn nothing_to_change_is_said_plainly() {
        let mut totals = Totals::default();
        totals.add(&Outcome::default(), false);
        assert_eq!(
            totals.text(Action::Shown, Detail::Brief, ""),
            "1 Dockerfile read, nothing to change\n"
        );
        totals.failed = 1;
        assert_eq!(
            totals.text(Action::Shown, Detail::Brief, ""),
            "1 Dockerfile read, 1 failed, nothing to change\n"
        );
    }
}

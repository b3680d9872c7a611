//! `docs/real-builds.md`.

use std::fmt::Write;

use super::{Outcome, seconds};

const HEAD: &str = "# Real builds

Every row is a Dockerfile in `tests/real_builds` that a real engine built: as it is, as imgfix rewrites it, and,
for applications, as an expert rewrote it by hand. `cargo xtask real-builds --write` builds them all and writes
this page. Sizes are megabytes (10^6 bytes) of all layers, uncompressed; times are seconds on two cores. The base
images are stand-ins under their public names, made from Debian's packages, PyPI and npm: see
[tests/real_builds](https://github.com/imgfix/imgfix/blob/main/tests/real_builds/README.md) for what each of them is.
";

/// The page.
pub(super) fn document(outcomes: &[Outcome], revision: &str) -> String {
    let mut out = String::from(HEAD);
    let (apps, cases): (Vec<&Outcome>, Vec<&Outcome>) = outcomes
        .iter()
        .partition(|outcome| outcome.name.starts_with("apps/"));
    applications(&mut out, &apps, revision);
    small(&mut out, &cases, revision);
    estimates(&mut out, outcomes, revision);
    out
}

/// The page with the applications built anew, and all else as it was: those of the same revision that are not among
/// them stay. `None` where it has no such part, or where the rows would be of two revisions.
pub(super) fn with_applications(
    page: &str,
    outcomes: &[Outcome],
    is_all: bool,
    revision: &str,
) -> Option<String> {
    let start = page.find(APPLICATIONS)?;
    let end = start + page[start..].find(SMALL)?;
    let apps: Vec<&Outcome> = outcomes.iter().collect();
    let mut built = String::new();
    applications(&mut built, &apps, revision);
    if !is_all {
        let old = &page[start..end];
        if !old.contains(&format!("revision {revision}.")) {
            return None;
        }
        let mut lines: Vec<&str> = old.lines().collect();
        for app in apps {
            let head = format!("| {} |", name(app));
            let new = built.lines().find(|line| line.starts_with(&head))?;
            *lines.iter_mut().find(|line| line.starts_with(&head))? = new;
        }
        built = lines.join("\n") + "\n";
    }
    Some([&page[..start], &built, &page[end..]].concat())
}

/// The heads of the parts.
const APPLICATIONS: &str = "\n## Applications\n";
const SMALL: &str = "\n## Small cases\n";

fn size(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}

fn or_dash(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "–".to_owned(), size)
}

fn name(outcome: &Outcome) -> &str {
    outcome.name.rsplit('/').next().unwrap_or(&outcome.name)
}

/// A text as one line, for a cell of a table too.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('|', "¦")
}

fn verdict(outcome: &Outcome) -> String {
    let verdict = verdict_of(outcome);
    match &outcome.config {
        None => verdict,
        Some(config) => format!("{verdict}; with `{}`", one_line(config)),
    }
}

fn verdict_of(outcome: &Outcome) -> String {
    match (outcome.faults.as_slice(), &outcome.pending) {
        ([], None) => match &outcome.larger {
            None => "holds".to_owned(),
            Some(why) => format!("holds; larger than the expert's: {}", one_line(why)),
        },
        ([], Some(pending)) => format!("holds; `{pending}` is pending"),
        ([fault], _) => format!("**does not hold**: {}", one_line(fault)),
        ([fault, rest @ ..], _) => {
            let first = one_line(fault);
            format!("**does not hold**: {first}; and {} more", rest.len())
        }
    }
}

fn applications(out: &mut String, apps: &[&Outcome], revision: &str) {
    let _ = writeln!(out, "{APPLICATIONS}\nBuilt at revision {revision}.");
    out.push_str(
        "\nThe expert's versions were written before the transforms that are measured by them. \
         The comparison with the expert waits for the transform that a row calls pending. \"Rebuild\" is the time \
         after a change of one source line, of the original, of what imgfix wrote and of what the expert wrote. The \
         dependency step is that of what imgfix wrote, in that rebuild: CACHED is the engine's own word, of \
         `--progress=plain`; a name in its place is the reason for which imgfix leaves the step behind the copy of \
         the sources.\n\n\
         | application | original | imgfix | expert | rebuild, original | imgfix | expert | dependency step | smoke | |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- | --- |\n",
    );
    for outcome in apps {
        let rebuild = |which: fn(
            &(imgfix::verify::Rebuilt, imgfix::verify::Rebuilt),
        ) -> std::time::Duration| {
            outcome
                .rebuild
                .as_ref()
                .map_or("–".to_owned(), |pair| seconds(which(pair)))
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            name(outcome),
            size(outcome.before),
            or_dash(outcome.after),
            or_dash(outcome.expert),
            rebuild(|pair| pair.0.seconds),
            outcome
                .rewritten
                .as_ref()
                .map_or("–".to_owned(), |rebuilt| seconds(rebuilt.seconds)),
            rebuild(|pair| pair.1.seconds),
            one_line(&outcome.dependencies),
            if outcome.smoke { "same answer" } else { "none" },
            verdict(outcome),
        );
    }
}

fn small(out: &mut String, cases: &[&Outcome], revision: &str) {
    let _ = writeln!(out, "{SMALL}\nBuilt at revision {revision}.");
    out.push_str(
        "\nA case without a second size is one in which nothing may be rewritten.\n\n\
         | case | what it proves | original | imgfix | |\n| --- | --- | ---: | ---: | --- |\n",
    );
    for outcome in cases {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            name(outcome),
            one_line(&outcome.what),
            size(outcome.before),
            or_dash(outcome.after),
            verdict(outcome),
        );
    }
}

/// A case in which every rewrite has an estimate, and something is saved or estimated to be.
struct Estimated<'o> {
    name: &'o str,
    estimate: u64,
    saved: u64,
    /// Percent of what was measured.
    error: f64,
}

/// Less than this is no saving that an estimate could be measured by.
const MIN_SAVING: u64 = 1_000_000;

/// How near the estimates are to what was measured, where every rewrite has one.
fn estimates(out: &mut String, outcomes: &[Outcome], revision: &str) {
    let _ = writeln!(
        out,
        "\n## Estimates\n\nOf all cases and applications, built at revision {revision}."
    );
    out.push_str(
        "\nThe size model is corrected on one half of the cases and judged by the other: a case is in the first half \
         where the sum of the bytes of its name is even. No figure of the model is fitted to a case: they come from \
         Debian's packages. But its faults were looked for among the largest errors of both halves, so that the \
         second half is no blind test of it. An error is that of the sum of a case's estimates. Cases in which a \
         rewrite has no estimate, and says so, are not summed; nor are those that save less than a megabyte by \
         estimate and by measure. Many are apt's lists and nothing else, which are easy.\n\n\
         | half | rewrites | without estimate | cases measured | median error | worst error |\n\
         | --- | ---: | ---: | ---: | ---: | --- |\n",
    );
    let built: Vec<&Outcome> = outcomes.iter().filter(|it| it.after.is_some()).collect();
    let (first, second): (Vec<&Outcome>, Vec<&Outcome>) =
        built.into_iter().partition(|it| is_of_first_half(name(it)));
    let halves = [("corrected on", first), ("judged by", second)];
    for (half, outcomes) in &halves {
        let rewrites: usize = outcomes.iter().map(|it| it.rewrites).sum();
        let unknown: usize = outcomes.iter().map(|it| it.rewrites - it.estimated).sum();
        let share = (unknown * 100).checked_div(rewrites).unwrap_or(0);
        let errors = errors(outcomes);
        let median = errors.get(errors.len() / 2);
        let (median, worst) = match (median, errors.last()) {
            (Some(median), Some(worst)) => (
                format!("{:.0} %", median.error),
                format!("{:.0} % ({})", worst.error, worst.name),
            ),
            _ => ("–".to_owned(), "–".to_owned()),
        };
        let measured = errors.len();
        let _ = writeln!(
            out,
            "| {half} | {rewrites} | {unknown} ({share} %) | {measured} | {median} | {worst} |"
        );
    }
    out.push_str(
        "\n| half | case | estimate | measured | error |\n| --- | --- | ---: | ---: | ---: |\n",
    );
    for (half, outcomes) in &halves {
        for it in errors(outcomes) {
            let (estimate, saved) = (size(it.estimate), size(it.saved));
            let (name, error) = (it.name, it.error);
            let _ = writeln!(
                out,
                "| {half} | {name} | {estimate} | {saved} | {error:.0} % |"
            );
        }
    }
}

fn is_of_first_half(name: &str) -> bool {
    name.bytes().map(u32::from).sum::<u32>().is_multiple_of(2)
}

/// The errors of those with estimates for all rewrites, the smallest first.
fn errors<'o>(outcomes: &[&'o Outcome]) -> Vec<Estimated<'o>> {
    let mut errors: Vec<Estimated<'o>> = outcomes
        .iter()
        .filter(|it| it.estimated == it.rewrites)
        .filter_map(|outcome| {
            let estimate = outcome.estimate?;
            let saved = outcome.before.saturating_sub(outcome.after?);
            let error = (estimate as f64 - saved as f64).abs() / saved.max(1) as f64 * 100.0;
            (estimate.max(saved) >= MIN_SAVING).then(|| Estimated {
                name: name(outcome),
                estimate,
                saved,
                error,
            })
        })
        .collect();
    errors.sort_by(|one, other| one.error.total_cmp(&other.error));
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_several_lines_is_one_cell() {
        let outcome = Outcome {
            faults: vec!["no report:\n  one | two\n".to_owned()],
            ..Outcome::default()
        };
        assert_eq!(verdict(&outcome), "**does not hold**: no report: one ¦ two");
    }

    #[test]
    fn applications_are_built_anew_without_the_rest() {
        let outcome = |name: &str| Outcome {
            name: name.to_owned(),
            ..Outcome::default()
        };
        let page = document(&[outcome("apps/old"), outcome("cases/one")], "first");
        let page = with_applications(&page, &[outcome("apps/new")], true, "second");
        let page = page.expect("a page with both parts");
        // One of them once more, at the same revision alone.
        let again = [Outcome {
            before: 7_000_000,
            ..outcome("apps/new")
        }];
        assert_eq!(with_applications(&page, &again, false, "third"), None);
        let anew = with_applications(&page, &again, false, "second").expect("the same revision");
        assert!(
            anew.contains("| new | 7.0 |") && !anew.contains("| new | 0.0 |"),
            "{anew}"
        );
        assert_eq!(anew.replace("| new | 7.0 |", "| new | 0.0 |"), page);
        let apps = page.split(SMALL).next().expect("a first part");
        assert!(
            apps.contains("| new |") && !apps.contains("| old |"),
            "{page}"
        );
        assert!(apps.contains("revision second") && !apps.contains("revision first"));
        assert!(page.contains("| one |") && page.contains("revision first"));
    }

    #[test]
    fn the_two_halves_are_judged_apart() {
        let outcome = |name: &str, estimate: u64, estimated: usize| Outcome {
            name: format!("cases/{name}"),
            before: 100_000_000,
            after: Some(80_000_000),
            estimate: Some(estimate),
            rewrites: 2,
            estimated,
            ..Outcome::default()
        };
        let outcomes = [
            outcome("b", 19_000_000, 2),
            outcome("a", 22_000_000, 2),
            outcome("c", 90_000_000, 1),
        ];
        let mut page = String::new();
        estimates(&mut page, &outcomes, "abc");
        assert!(
            page.contains("| corrected on | 2 | 0 (0 %) | 1 | 5 % | 5 % (b) |"),
            "{page}"
        );
        assert!(
            page.contains("| judged by | 4 | 1 (25 %) | 1 | 10 % | 10 % (a) |"),
            "{page}"
        );
    }
}

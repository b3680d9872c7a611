//! `docs/real-builds.md`.

use std::fmt::Write;

use super::{Outcome, seconds};

const HEAD: &str = "# Real builds

Every row is a Dockerfile in `tests/real_builds` that a real engine built: as it is, as imgfix rewrites it, and,
for applications, as an expert rewrote it by hand. `cargo xtask real-builds --write` builds them all and writes
this page. Sizes are megabytes (10^6 bytes) of all layers, uncompressed; times are seconds on two cores. The base
images are stand-ins under their public names, made from Debian's packages, PyPI and npm: see
[tests/real_builds](../tests/real_builds/README.md) for what each of them is.
";

/// The page.
pub(super) fn document(outcomes: &[Outcome], revision: &str) -> String {
    let mut out = String::from(HEAD);
    let _ = writeln!(out, "\nBuilt at revision {revision}.");
    let (apps, cases): (Vec<&Outcome>, Vec<&Outcome>) = outcomes
        .iter()
        .partition(|outcome| outcome.name.starts_with("apps/"));
    applications(&mut out, &apps);
    small(&mut out, &cases);
    estimates(&mut out, outcomes);
    out
}

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
    match (outcome.faults.as_slice(), &outcome.pending) {
        ([], None) => "holds".to_owned(),
        ([], Some(pending)) => format!("holds; `{pending}` is pending"),
        ([fault], _) => format!("**does not hold**: {}", one_line(fault)),
        ([fault, rest @ ..], _) => {
            let first = one_line(fault);
            format!("**does not hold**: {first}; and {} more", rest.len())
        }
    }
}

fn applications(out: &mut String, apps: &[&Outcome]) {
    out.push_str(
        "\n## Applications\n\nThe expert's versions were written before the transforms that are measured by them. \
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

fn small(out: &mut String, cases: &[&Outcome]) {
    out.push_str(
        "\n## Small cases\n\nA case without a second size is one in which nothing may be rewritten.\n\n\
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

/// How near the estimates are to what was measured, where every rewrite has one.
fn estimates(out: &mut String, outcomes: &[Outcome]) {
    let built: Vec<&Outcome> = outcomes.iter().filter(|it| it.after.is_some()).collect();
    let rewrites: usize = built.iter().map(|it| it.rewrites).sum();
    let unknown: usize = built.iter().map(|it| it.rewrites - it.estimated).sum();
    let mut errors = Vec::new();
    for outcome in &built {
        let saved = outcome
            .before
            .saturating_sub(outcome.after.unwrap_or(outcome.before));
        if let Some(estimate) = outcome.estimate
            && saved > 0
        {
            let error = (estimate as f64 - saved as f64).abs() / saved as f64 * 100.0;
            errors.push((error, name(outcome), estimate, saved));
        }
    }
    errors.sort_by(|one, other| one.0.total_cmp(&other.0));
    out.push_str("\n## Estimates\n\n");
    let _ = writeln!(
        out,
        "Of {rewrites} rewrites that were built, {unknown} have no estimate: they say so."
    );
    if errors.is_empty() {
        return;
    }
    let median = errors[errors.len() / 2].0;
    let worst = &errors[errors.len() - 1];
    let _ = writeln!(
        out,
        "In {} cases with an estimate, the median error is {median:.0} %, the worst {:.0} % ({}).\n",
        errors.len(),
        worst.0,
        worst.1
    );
    out.push_str("| case | estimate | measured | error |\n| --- | ---: | ---: | ---: |\n");
    for (error, name, estimate, saved) in &errors {
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {error:.0} % |",
            size(*estimate),
            size(*saved)
        );
    }
}

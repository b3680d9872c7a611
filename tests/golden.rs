//! One test per case folder: `tests/cases/<topic>/<sentence>/` holds a Dockerfile and, where needed, a
//! `case.toml` and a `context/`. The accepted result is `snapshots/<topic>/<sentence>.Dockerfile`; no such
//! file means that the Dockerfile stays as it is. `IMGFIX_BLESS=1` writes the results down.
//!
//! Every case is held to the laws as well; and each reason to decline must have a case that declines for it
//! and a near miss that does not.

#[path = "golden/case.rs"]
mod case;
#[path = "golden/coverage.rs"]
mod coverage;
#[path = "golden/laws.rs"]
mod laws;
#[path = "golden/split.rs"]
mod split;

use std::process::ExitCode;

use case::Case;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = case::names_in("cases")
        .into_iter()
        .map(|name| Trial::test(name.clone(), move || check(&name)))
        .collect();
    // What is not yet as it should be: `cargo test --test golden -- --ignored` shows what has come right.
    trials.extend(case::names_in("pending").into_iter().map(|name| {
        Trial::test(format!("pending/{name}"), move || check_pending(&name)).with_ignored_flag(true)
    }));
    trials.push(Trial::test("every_reason_has_its_cases", || {
        coverage::check().map_err(Failed::from)
    }));
    trials.push(Trial::test("every_snapshot_has_its_case", || {
        case::orphans().map_err(Failed::from)
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(name: &str) -> Result<(), Failed> {
    let case = Case::read("cases", name)?;
    let outcome = case.rewrite(&case.text)?;
    laws::check(&case, &outcome)?;
    case.check_claims(&outcome)?;
    case.check_snapshot(&outcome.text)?;
    Ok(())
}

fn check_pending(name: &str) -> Result<(), Failed> {
    let case = Case::read("pending", name)?;
    let outcome = case.rewrite(&case.text)?;
    laws::check(&case, &outcome)?;
    case.check_claims(&outcome)?;
    case.check_expected(&outcome.text)?;
    Ok(())
}

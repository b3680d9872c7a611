//! `cargo xtask release-check`: what a release gives out, built and tried on this machine. It takes minutes
//! and wants programs that a landing does not need, so a check says what it lacks and is skipped.

#![allow(
    clippy::disallowed_methods,
    reason = "checks read and write the files that they are about"
)]

mod big_image;
mod book;
mod comparison;
mod formats;
mod html_report;
mod lsp;
mod npm;
mod pre_commit;
mod programs;
mod semver;
mod static_binary;
mod version;
mod wheel;
mod workflows;

use std::path::{Path, PathBuf};
use std::time::Instant;

/// A check: one file of this folder each.
struct Check {
    name: &'static str,
    what: &'static str,
    run: fn(&Release) -> Verdict,
}

/// The checks, in the order in which they run.
const CHECKS: &[Check] = &[
    Check {
        name: "version",
        what: "the program says its version and commit",
        run: version::check,
    },
    Check {
        name: "static-binary",
        what: "a static program for musl runs",
        run: static_binary::check,
    },
    Check {
        name: "big-image",
        what: "an image of 10 GB is measured in little memory",
        run: big_image::check,
    },
    Check {
        name: "formats",
        what: "schemas and readers of other projects take the reports",
        run: formats::check,
    },
    Check {
        name: "lsp",
        what: "a client of another project speaks with the language server",
        run: lsp::check,
    },
    Check {
        name: "html-report",
        what: "the page to look at is valid, can be filtered and keeps nobody out",
        run: html_report::check,
    },
    Check {
        name: "wheel",
        what: "a wheel is built, installed with pip and run",
        run: wheel::check,
    },
    Check {
        name: "npm",
        what: "npm packages are made, installed and run",
        run: npm::check,
    },
    Check {
        name: "pre-commit",
        what: "pre-commit installs and runs the hooks",
        run: pre_commit::check,
    },
    Check {
        name: "semver",
        what: "the libraries keep what the last release promised",
        run: semver::check,
    },
    Check {
        name: "book",
        what: "the pages make a book whose links lead somewhere",
        run: book::check,
    },
    Check {
        name: "comparison",
        what: "the figures beside other tools are those that are measured",
        run: comparison::check,
    },
    Check {
        name: "workflows",
        what: "workflows, action and hooks are what their readers take",
        run: workflows::check,
    },
];

/// What a check found: what was seen, or why it fails or is skipped.
type Verdict = Result<Seen, String>;

/// What was seen.
enum Seen {
    /// It holds.
    Holds(String),
    /// It cannot be tried here.
    Skipped(String),
}

/// What the checks share.
struct Release {
    /// The folder of the project.
    project: PathBuf,
    /// A folder for what is made; emptied before each check.
    scratch: PathBuf,
    /// The program, built as it is released.
    binary: PathBuf,
}

/// Runs all checks, or the one of that name.
///
/// # Errors
/// Where one fails, or there is none of that name.
pub fn command(only: Option<&str>) -> Result<(), String> {
    if let Some(only) = only
        && !CHECKS.iter().any(|check| check.name == only)
    {
        let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        return Err(format!("no check `{only}`; there are {}", names.join(", ")));
    }
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = project.parent().ok_or("xtask lies in the project")?;
    let target = programs::target_folder(project)?;
    eprintln!("building the program as it is released");
    programs::build(project, &[])?;
    let release = Release {
        project: project.to_owned(),
        scratch: target.join("release-check"),
        binary: target.join("dist/imgfix"),
    };
    let mut failed = Vec::new();
    for check in CHECKS {
        if only.is_some_and(|only| only != check.name) {
            continue;
        }
        programs::empty(&release.scratch)?;
        let started = Instant::now();
        let (word, detail) = match (check.run)(&release) {
            Ok(Seen::Holds(detail)) => ("holds", detail),
            Ok(Seen::Skipped(why)) => ("skipped", why),
            Err(why) => {
                failed.push(check.name);
                ("FAILS", why)
            }
        };
        let seconds = started.elapsed().as_secs_f64();
        eprintln!(
            "{word}: {}: {} ({detail}; {seconds:.1} s)",
            check.name, check.what
        );
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("these checks fail: {}", failed.join(", ")))
    }
}

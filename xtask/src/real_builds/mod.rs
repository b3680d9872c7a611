//! `cargo xtask real-builds`: builds every case of `tests/real_builds` with a real engine, before and
//! after, and checks what its `case.toml` says.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a development command"
)]

mod case;
mod engine;
mod expert;
mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use imgfix::verify::Rebuilt;
use serde_json::Value;

use case::{Case, Rebuild};
use engine::Engine;
use expert::by_hand;

/// What is built.
#[derive(Debug, Default)]
pub struct Options {
    /// Only the cases that every landing builds.
    pub ci: bool,
    /// Only cases with this in their names.
    pub only: Option<String>,
    /// After so many minutes no further case is begun.
    pub within: Option<u64>,
    /// Whether `docs/real-builds.md` is written.
    pub write: bool,
}

/// What was found about a case.
#[derive(Debug, Default)]
struct Outcome {
    name: String,
    what: String,
    before: u64,
    after: Option<u64>,
    expert: Option<u64>,
    pending: Option<String>,
    /// Why it is larger than what the expert wrote.
    larger: Option<String>,
    /// What the configuration of the case says besides.
    config: Option<String>,
    /// Bytes that the rewrites are estimated to save; `None` where no rewrite has an estimate.
    estimate: Option<u64>,
    rewrites: usize,
    estimated: usize,
    /// The rebuilds of the original and of what the expert wrote.
    rebuild: Option<(Rebuilt, Rebuilt)>,
    /// That of the rewritten one.
    rewritten: Option<Rebuilt>,
    /// The dependency step of the rewritten one, in its rebuild.
    dependencies: String,
    /// The reasons that were given.
    declined: BTreeSet<String>,
    smoke: bool,
    faults: Vec<String>,
}

/// Builds and checks.
///
/// # Errors
/// Where a case does not hold, or nothing can be built.
pub fn command(options: &Options) -> Result<(), String> {
    let project = crate::tables::repository();
    let root = project.join("tests/real_builds");
    let mut cases: Vec<Case> = case::all(&root)?
        .into_iter()
        .filter(|case| !options.ci || case.expected.ci)
        .filter(|case| {
            options
                .only
                .as_ref()
                .is_none_or(|only| case.name.contains(only.as_str()))
        })
        .collect();
    if options.within.is_some() {
        // The quick ones first: applications need more base images.
        cases.sort_by_key(|case| case.name.starts_with("apps/"));
    }
    if cases.is_empty() {
        return Err("no case has such a name".to_owned());
    }
    let Some(engine) = engine::start(&root)? else {
        return Ok(());
    };
    let program = program(project)?;
    // These alone may be written anew.
    let only = options.only.as_deref().unwrap_or_default();
    let is_of_applications = only.starts_with("apps/");
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut made = BTreeSet::new();
    let started = Instant::now();
    for (at, case) in cases.iter().enumerate() {
        let is_late = |minutes| started.elapsed() > Duration::from_mins(minutes);
        if options.within.is_some_and(is_late) {
            println!("skipped: {} cases, for want of time", cases.len() - at);
            break;
        }
        // The library catches an interrupt, to clean up behind the build that it stops.
        if imgfix::verify::is_interrupted() {
            return Err("interrupted".to_owned());
        }
        let images: Vec<&str> = case.expected.images.iter().map(String::as_str).collect();
        let missing: Vec<&str> = images
            .into_iter()
            .filter(|image| made.insert((*image).to_owned()))
            .collect();
        engine.base_images(&root, &missing)?;
        let cache = engine.cache();
        let outcome = run(&engine, &program, case);
        if let Some(cache) = cache {
            engine.forget(&cache);
        }
        let size = |bytes: Option<u64>| {
            bytes.map_or("-".to_owned(), |bytes| format!("{:.1}", bytes as f64 / 1e6))
        };
        println!(
            "[{}/{}] {}: {} → {} MB, expert {} MB{}",
            at + 1,
            cases.len(),
            case.name,
            size(Some(outcome.before)),
            size(outcome.after),
            size(outcome.expert),
            if outcome.faults.is_empty() {
                ", holds"
            } else {
                ""
            },
        );
        for fault in &outcome.faults {
            println!("    FAULT: {}", table::one_line(fault));
        }
        outcomes.push(outcome);
        if options.write && !is_of_applications {
            // After each case: what is known is not lost.
            let path = project.join("docs/real-builds.md");
            let text = table::document(&outcomes, &revision(project));
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    if options.write && is_of_applications {
        let path = project.join("docs/real-builds.md");
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        let page = fs::read_to_string(&path).map_err(failed)?;
        let is_all = options.only.as_deref() == Some("apps/") && outcomes.len() == cases.len();
        let page = table::with_applications(&page, &outcomes, is_all, &revision(project));
        let page = page.ok_or_else(|| {
            format!(
                "{}: its applications are of another revision",
                path.display()
            )
        })?;
        fs::write(&path, page).map_err(failed)?;
    }
    let broken = outcomes
        .iter()
        .filter(|outcome| !outcome.faults.is_empty())
        .count();
    println!("{} cases built, {broken} do not hold", outcomes.len());
    if broken > 0 {
        return Err(format!("{broken} cases do not hold"));
    }
    Ok(())
}

/// The program under test, built as this one is.
fn program(project: &Path) -> Result<PathBuf, String> {
    let mut arguments = vec!["build", "--locked", "--quiet", "--message-format=json"];
    if !cfg!(debug_assertions) {
        arguments.push("--release");
    }
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--bin", "imgfix"])
        .current_dir(project)
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find_map(|message| Some(PathBuf::from(message["executable"].as_str()?)))
        .ok_or_else(|| "imgfix was not built".to_owned())
}

fn revision(project: &Path) -> String {
    let output = Command::new("git")
        .args(["rev-parse", "--short=12", "HEAD"])
        .current_dir(project)
        .output();
    output.map_or_else(
        |_| "unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

fn run(engine: &Engine, program: &Path, case: &Case) -> Outcome {
    let mut outcome = Outcome {
        name: case.name.clone(),
        what: case.expected.what.clone(),
        config: case.config.clone(),
        ..Outcome::default()
    };
    if let Err(fault) = build(engine, program, case, &mut outcome) {
        outcome.faults.push(fault);
    }
    outcome
}

fn build(
    engine: &Engine,
    program: &Path,
    case: &Case,
    outcome: &mut Outcome,
) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let context = case.lay_out(folder.path())?;
    let config = folder.path().join("imgfix.toml");
    decisions(program, case, &context, &config, outcome)?;
    if case.expected.applies.is_empty() {
        unchanged(engine, case, &context, outcome)?;
    } else {
        compared(engine, program, case, &context, &config, outcome)?;
    }
    if let Some(expert) = &case.expected.expert {
        by_hand(engine, case, expert, &context, outcome)?;
        if outcome.rewritten.is_none() && case.expected.applies.is_empty() {
            outcome.rewritten = outcome.rebuild.as_ref().map(|(before, _)| before.clone());
        }
        dependencies(case, outcome);
        beside_the_expert(expert, outcome);
    }
    Ok(())
}

/// The rewritten image is within a twentieth of the expert's, unless the case says why not.
fn beside_the_expert(expert: &case::Expert, outcome: &mut Outcome) {
    let Some(by_hand) = outcome.expert else {
        return;
    };
    let after = outcome.after.unwrap_or(outcome.before);
    let is_larger = after > by_hand + by_hand / 20;
    outcome.larger.clone_from(&expert.larger);
    let is_said = expert.larger.is_some() || expert.pending.is_some();
    if is_larger && !is_said {
        outcome.faults.push(format!(
            "{after} bytes are more than a twentieth above the expert's {by_hand}"
        ));
    }
    if !is_larger && expert.larger.is_some() {
        outcome
            .faults
            .push("`larger` is given, and it is not".to_owned());
    }
}

/// What the engine's own output says of the dependency step when a source line has changed.
fn dependencies(case: &Case, outcome: &mut Outcome) {
    let (told, fault) = match (&case.expected.rebuild, &outcome.rewritten) {
        (None, _) | (_, None) => (
            String::new(),
            Some("nothing is said or known of its dependency step".to_owned()),
        ),
        (Some(Rebuild::Step(text)), Some(rebuilt)) => {
            let found = rebuilt.from_cache.iter().find(|step| step.contains(text));
            match found {
                Some(step) => (format!("`{step}` CACHED"), None),
                None => (
                    "runs again".to_owned(),
                    Some(format!("`{text}` is not taken from the cache: {rebuilt:?}")),
                ),
            }
        }
        (Some(Rebuild::Declined(reason)), Some(_)) => {
            let is_given = outcome.declined.contains(reason);
            let fault = (!is_given).then(|| format!("`{reason}` is not given"));
            (format!("runs again: `{reason}`"), fault)
        }
        (Some(Rebuild::None(why)), Some(_)) => (format!("none: {why}"), None),
    };
    outcome.dependencies = told;
    outcome.faults.extend(fault);
}

/// The transforms that apply, and the reasons to decline.
fn decisions(
    program: &Path,
    case: &Case,
    context: &Path,
    config: &Path,
    outcome: &mut Outcome,
) -> Result<(), String> {
    let output = Command::new(program)
        .args(["--explain", "--color=never", "--config"])
        .args([config, &context.join("Dockerfile")])
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let mut applied = BTreeSet::new();
    let mut declined = BTreeSet::new();
    for line in text.lines() {
        let mut words = line.split("  ").skip(1);
        let (Some(transform), Some(state)) = (words.next(), words.next()) else {
            continue;
        };
        if state.starts_with("applied (") {
            applied.insert(transform.to_owned());
        } else if let Some(reason) = state.strip_prefix("declined (") {
            declined.insert(reason.trim_end_matches(')').to_owned());
        }
    }
    if applied != case.expected.applies {
        let expected = &case.expected.applies;
        outcome
            .faults
            .push(format!("{applied:?} apply, and {expected:?} should"));
    }
    for reason in case.expected.declines.difference(&declined) {
        outcome
            .faults
            .push(format!("`{reason}` is not given; given are {declined:?}"));
    }
    outcome.declined = declined;
    Ok(())
}

/// Builds the original and checks it.
fn unchanged(
    engine: &Engine,
    case: &Case,
    context: &Path,
    outcome: &mut Outcome,
) -> Result<(), String> {
    let tag = format!("imgfix-case-{}", std::process::id());
    let output = engine
        .command("docker")
        .args(["build", "--network=host", "--quiet", "--tag", &tag])
        .arg(context)
        .output()
        .map_err(|error| format!("docker: {error}"))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        let last = errors.lines().rev().find(|line| !line.trim().is_empty());
        return Err(format!("it does not build: {}", last.unwrap_or_default()));
    }
    let size = engine
        .command("docker")
        .args(["image", "inspect", "--format", "{{.Size}}", &tag])
        .output()
        .map_err(|error| format!("docker: {error}"))?;
    outcome.before = String::from_utf8_lossy(&size.stdout)
        .trim()
        .parse()
        .unwrap_or(0);
    if let Err(fault) = engine.check(&tag, &case.expected.checks) {
        outcome.faults.push(fault);
    }
    engine.remove(&tag);
    Ok(())
}

/// Lets `imgfix verify` build and compare, and checks both images.
fn compared(
    engine: &Engine,
    program: &Path,
    case: &Case,
    context: &Path,
    config: &Path,
    outcome: &mut Outcome,
) -> Result<(), String> {
    let mut command = engine.command(program);
    command
        .args([
            "verify",
            "--builder=docker",
            "--network=host",
            "--keep",
            "--quiet",
        ])
        .args(["--format=json", "--config"])
        .args([config, &context.join("Dockerfile")]);
    if case.expected.random {
        command.arg("--control");
    }
    let smoke = case.expected.smoke.as_ref();
    if let Some(words) = smoke.and_then(|smoke| smoke.command.as_ref()) {
        // Arguments may begin with a dash.
        command.arg(format!("--smoke={}", shell_words::join(words)));
    } else if let Some(http) = smoke.and_then(|smoke| smoke.http.as_ref()) {
        command.args(["--smoke-http", http]);
    }
    if let Some(source) = case
        .expected
        .expert
        .as_ref()
        .and_then(|it| it.source.as_ref())
    {
        command.arg(format!("--cache-check={source}"));
    }
    let output = command
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let json: Value = serde_json::from_slice(&output.stdout).map_err(|error| {
        let errors = String::from_utf8_lossy(&output.stderr);
        format!("no report: {error}: {}", errors.trim())
    })?;
    let report = &json["reports"][0];
    if report.is_null() {
        return Err(format!("it was not built: {}", json["failed"]));
    }
    for finding in report["findings"].as_array().into_iter().flatten() {
        outcome
            .faults
            .push(finding.as_str().unwrap_or_default().to_owned());
    }
    outcome.before = report["before"]["bytes"].as_u64().unwrap_or(0);
    outcome.after = report["after"]["bytes"].as_u64();
    outcome.smoke = smoke.is_some();
    estimates(report, outcome);
    outcome.rewritten = rebuilt(&report["rebuild"]["after"]);
    let tag = |side: &str| report[side]["tag"].as_str().map(str::to_owned);
    if let Some(before) = tag("before")
        && let Err(fault) = engine.check(&before, &case.expected.checks)
    {
        outcome.faults.push(format!("in the original: {fault}"));
    }
    if let Some(after) = tag("after") {
        for checks in [&case.expected.checks, &case.expected.only_after] {
            if let Err(fault) = engine.check(&after, checks) {
                outcome
                    .faults
                    .push(format!("in the rewritten image: {fault}"));
            }
        }
    }
    for image in strings(&report["kept"]) {
        engine.remove(&image);
    }
    let saved = outcome
        .after
        .map_or(0, |after| outcome.before.saturating_sub(after));
    if saved < case.expected.saves {
        outcome.faults.push(format!(
            "it saves {saved} bytes, and {} are expected",
            case.expected.saves
        ));
    }
    Ok(())
}

/// The rebuild that `imgfix verify` reports.
fn rebuilt(report: &Value) -> Option<Rebuilt> {
    Some(Rebuilt {
        seconds: Duration::from_secs_f64(report["seconds"].as_f64()?),
        cached: usize::try_from(report["cached"].as_u64()?).ok()?,
        steps: usize::try_from(report["steps"].as_u64()?).ok()?,
        ran: strings(&report["ran"]),
        from_cache: strings(&report["from_cache"]),
    })
}

fn strings(list: &Value) -> Vec<String> {
    let words = list.as_array().into_iter().flatten();
    words.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn estimates(report: &Value, outcome: &mut Outcome) {
    let rewrites = report["rewrites"].as_array().map_or(&[][..], Vec::as_slice);
    let known: Vec<u64> = rewrites
        .iter()
        .filter_map(|rewrite| rewrite["estimated_bytes"].as_u64())
        .collect();
    outcome.rewrites = rewrites.len();
    outcome.estimated = known.len();
    outcome.estimate = (!known.is_empty()).then(|| known.iter().sum());
}

/// Seconds, for people.
fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

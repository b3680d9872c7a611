//! The program's own work: finds the Dockerfiles, rewrites them in parallel, shows or writes the result
//! in the order of their paths, as a diff or as a report.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::ignore_file::IgnoreFile;
use crate::cli::args::{Cli, ModeArgs};
use crate::cli::baseline::{Baseline, Known};
use crate::cli::config::Configs;
use crate::cli::discovery::{Found, discover, slashed};
use crate::cli::error::{Failure, name_hint};
use crate::cli::output::{Output, replace};
use crate::cli::place::Places;
use crate::cli::progress::Ticker;
use crate::cli::review::{Review, known};
use crate::cli::surroundings::Repositories;
use crate::cli::{Status, input};
use crate::report::findings::{FailureReport, FileReport, Report, Rewritten};
use crate::report::formats::{self, Format};
use crate::report::summary::{Action, Detail, Totals};
use crate::report::{Palette, count, diff, explain, printable, summary};
use crate::verify::{catch_interrupts, is_interrupted};
use crate::{Outcome, context};

/// So many files are held in memory at a time.
const BATCH: usize = 256;

/// Runs over the paths of the command line.
pub(crate) fn run(cli: &Cli, output: &mut Output) -> Result<Status, Failure> {
    let named: Vec<PathBuf> = cli.review.only.iter().map(|it| it.path.clone()).collect();
    let paths = if named.is_empty() { &cli.paths } else { &named };
    if cli.mode.write {
        // A file that is being replaced is replaced, and what was made beside it goes.
        catch_interrupts();
    }
    let wants = match reporting(cli) {
        Some(_) => Wants::Findings,
        None => Wants::Diff,
    };
    let (mut tally, review) = gather(cli, paths, wants, output)?;
    let action = if cli.mode.write {
        Action::Written
    } else {
        Action::Shown
    };
    if let Some(format) = reporting(cli) {
        let report = tally.report(action, View::new(cli, output).detail);
        output.print(&formats::render(format, &report, output.palette))?;
    }
    if let Some(path) = &cli.review.write_baseline
        && !is_interrupted()
    {
        return tally.write_baseline(path, output);
    }
    let gone = review.gone(&tally.found);
    if gone > 0 {
        output.tell(&format!(
            "{gone} of the baseline no longer there; `--write-baseline` renews it\n"
        ));
    }
    tell(cli, &tally, action, output);
    if is_interrupted() {
        output.fail(&Failure::new("interrupted; what is listed is done"));
        return Ok(Status::Interrupted);
    }
    Ok(tally.status(cli.mode.check))
}

/// The report of what is below the paths, all of it; what fails is told, too.
pub(crate) fn report(
    cli: &Cli,
    paths: &[PathBuf],
    output: &mut Output,
) -> Result<(Report, Status), Failure> {
    let (mut tally, _) = gather(cli, paths, Wants::Page, output)?;
    let status = tally.status(false);
    Ok((tally.report(Action::Shown, Detail::Full), status))
}

/// Rewrites the files below the paths, or below the current folder where there are none.
fn gather(
    cli: &Cli,
    paths: &[PathBuf],
    wants: Wants,
    output: &mut Output,
) -> Result<(Tally, Review), Failure> {
    let mut places = Places::new()?;
    let mut configs = Configs::new(&cli.settings, &mut places)?;
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let ticker = Ticker::new(cli.print.quiet, "looking for Dockerfiles");
    let found = discover(paths, &mut places, &mut configs)?;
    log::debug!("{} Dockerfiles found", found.files.len());
    ticker.hide();
    for failure in &found.failures {
        output.fail(failure);
    }
    let roots = found.files.iter().map(|file| &file.root);
    let view = View::new(cli, output);
    let work = Work {
        view: View {
            quiet: view.quiet || wants != Wants::Diff,
            ..view
        },
        mode: &cli.mode,
        wants,
        review: Review::new(&cli.review, roots.clone())?,
        wants_baseline: cli.review.write_baseline.is_some(),
        configs: &configs,
        repositories: Repositories::new(roots, found.listings),
    };
    let mut tally = Tally::default();
    tally.totals.failed = found.failures.len();
    for failure in &found.failures {
        tally.fail(None, failure);
    }
    let mut done = 0;
    for batch in found.files.chunks(BATCH) {
        if is_interrupted() {
            break;
        }
        ticker.say(&format!("{done} of {} Dockerfiles", found.files.len()));
        done += batch.len();
        let results: Vec<_> = match batch {
            // One file is quicker than the start of a second thread.
            [file] => vec![work.unless_interrupted(file)],
            _ => batch
                .par_iter()
                .map(|file| work.unless_interrupted(file))
                .collect(),
        };
        ticker.hide();
        for (file, result) in batch.iter().zip(results) {
            if let Some(result) = result {
                tally.take(file, result, &cli.mode, output)?;
            }
        }
    }
    Ok((tally, work.review))
}

/// The form of the report that stands in the place of diffs, where one is wanted.
pub(crate) fn reporting(cli: &Cli) -> Option<Format> {
    cli.mode.output_format.unwrap_or_default().of_report()
}

/// How results are shown.
#[derive(Clone, Copy)]
pub(crate) struct View {
    pub(crate) detail: Detail,
    pub(crate) explain: bool,
    pub(crate) quiet: bool,
    pub(crate) palette: Palette,
    pub(crate) error_palette: Palette,
}

impl View {
    pub(crate) fn new(cli: &Cli, output: &Output) -> Self {
        Self {
            detail: if cli.print.verbose > 0 || cli.mode.explain {
                Detail::Full
            } else {
                Detail::Brief
            },
            explain: cli.mode.explain,
            quiet: cli.print.quiet || reporting(cli).is_some(),
            palette: output.palette,
            error_palette: output.error_palette,
        }
    }

    /// What standard error is told of one file.
    pub(crate) fn lines(
        self,
        label: &str,
        outcome: &Outcome,
        surroundings: &context::Surroundings,
    ) -> String {
        let strangers = strangers(label, outcome);
        let lines = if self.explain {
            let context = surroundings.context_lines();
            explain::explain(label, outcome, &context, self.error_palette)
        } else if self.quiet {
            String::new()
        } else {
            summary::lines(label, outcome, self.detail, self.error_palette)
        };
        strangers + &lines
    }
}

/// Comments that keep off a transform which there is not: they keep off nothing.
fn strangers(label: &str, outcome: &Outcome) -> String {
    let ids: Vec<&str> = crate::transforms().map(|meta| meta.id.0).collect();
    let mut out = String::new();
    for (line, id) in &outcome.strangers {
        let (label, id) = (printable(label), printable(id));
        let hint = name_hint(&id, &ids, "transforms");
        let _ = writeln!(
            out,
            "{label}:{line}  the comment above keeps off no transform: there is none called `{id}`\nhint: {hint}"
        );
    }
    out
}

/// Rewrites a text.
pub(crate) fn rewritten(
    label: &str,
    text: &str,
    surroundings: &context::Surroundings,
    settings: &crate::settings::Settings,
) -> Result<Outcome, Failure> {
    guarded(label, || crate::rewrite(text, surroundings, settings))?
        .map_err(|error| bug(label, &error.to_string()))
}

/// What a piece of work on one file gives: a panic is the failure of this file, not of the run.
pub(crate) fn guarded<T>(label: &str, work: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| bug(label, "imgfix panicked"))
}

/// A failure that nobody but imgfix has caused.
pub(crate) fn bug(label: &str, cause: &str) -> Failure {
    Failure::new(format!("{label}: {cause}")).hint(
        "the file is left as it is; this is a bug of imgfix, please report it with the Dockerfile",
    )
}

/// What is said of each file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Diff,
    /// The findings, for another format.
    Findings,
    /// The findings, and the stages that the page draws.
    Page,
}

/// What all files have in common.
struct Work<'a> {
    view: View,
    mode: &'a ModeArgs,
    wants: Wants,
    review: Review,
    wants_baseline: bool,
    configs: &'a Configs,
    repositories: Repositories,
}

/// What is left of a file when it is done.
#[derive(Default)]
struct Done {
    diff: String,
    ignore_file: Option<IgnoreFile>,
    lines: String,
    totals: Totals,
    report: Option<FileReport>,
    /// What was found, as a baseline has it.
    known: Vec<Known>,
}

impl Work<'_> {
    /// Rewrites a file; `None` where somebody wants an end.
    fn unless_interrupted(&self, file: &Found) -> Option<Result<Option<Done>, Failure>> {
        if is_interrupted() {
            return None;
        }
        let started = Instant::now();
        let result = self.file(file);
        log::debug!(
            "{} in {:.1} ms",
            file.label,
            started.elapsed().as_secs_f64() * 1e3
        );
        Some(result)
    }

    /// What is to be done with a file; nothing where the review is not about it.
    fn file(&self, file: &Found) -> Result<Option<Done>, Failure> {
        let text = input::read_text(&file.path, &file.label)?;
        let mut settings = file.config.settings(&file.path, self.configs);
        let surroundings =
            self.repositories
                .surroundings(&file.root, file.relative(), &text, &settings.context);
        let Some(scope) = self.review.scope(file, &surroundings)? else {
            return Ok(None);
        };
        if !scope.is_everything() {
            settings = Arc::new(settings.within(scope));
        }
        let mut outcome = rewritten(&file.label, &text, &surroundings, &settings)?;
        self.review.is_met(file, &outcome)?;
        let mut done = Done::default();
        if self.review.reads_baseline() || self.wants_baseline {
            done.known = known(file, &text, &outcome);
        }
        if let Some(new) = self.review.new_rewrites(file, &text, &outcome) {
            let all = outcome.applied.len();
            settings = Arc::new(settings.limited_to(new));
            outcome = rewritten(&file.label, &text, &surroundings, &settings)?;
            done.totals.known = all - outcome.applied.len();
        }
        if self.wants_baseline {
            done.totals.add(&outcome, false);
            return Ok(Some(done));
        }
        let changed = outcome.text != text;
        if self.mode.write {
            replace(&file.path, &file.label, &text, &outcome.text)?;
        }
        let known_ignore_file = surroundings.context.dockerignore.as_ref();
        let known_ignore_file = known_ignore_file.and_then(|known| known.text.clone());
        if self.wants != Wants::Diff {
            let report = FileReport::of(Rewritten {
                path: &file.label,
                repository_path: &slashed(file.relative()),
                text: &text,
                outcome: &outcome,
                fixes: &crate::fixes(&text, &surroundings, &settings, &outcome),
                ignore_file: known_ignore_file.as_deref(),
            });
            let stages = |text: &str| crate::stages(text, &surroundings, &settings);
            done.report = Some(match self.wants {
                Wants::Page => report.with_stages(stages(&text), stages(&outcome.text)),
                Wants::Diff | Wants::Findings => report,
            });
        } else if changed && (!self.mode.write || self.mode.diff) {
            let path = file.relative().as_os_str().as_encoded_bytes();
            done.diff = diff::unified(path, &text, &outcome.text, self.view.palette);
        }
        done.ignore_file = outcome.ignore_file.as_ref().map(|(path, text)| IgnoreFile {
            path: file.root.join(path),
            label: path.clone(),
            before: known_ignore_file,
            after: text.clone(),
        });
        let changed = changed || done.ignore_file.is_some();
        done.lines = self.view.lines(&file.label, &outcome, &surroundings);
        done.totals.add(&outcome, changed);
        Ok(Some(done))
    }
}

/// What was seen so far.
#[derive(Default)]
struct Tally {
    lines: String,
    /// The ignore files that were written or shown: Dockerfiles of one context share one.
    ignore_files: BTreeSet<PathBuf>,
    totals: Totals,
    files: Vec<FileReport>,
    failures: Vec<FailureReport>,
    known: Vec<Known>,
    /// Files that the review is not about.
    passed_over: usize,
    /// The fingerprints of what was found, by the path of the file.
    found: BTreeMap<String, BTreeSet<String>>,
}

impl Tally {
    fn take(
        &mut self,
        file: &Found,
        result: Result<Option<Done>, Failure>,
        mode: &ModeArgs,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let mut done = match result {
            Ok(Some(done)) => done,
            Ok(None) => {
                self.passed_over += 1;
                return Ok(());
            }
            Err(failure) => {
                output.fail(&failure);
                self.totals.failed += 1;
                self.fail(Some(&file.label), &failure);
                return Ok(());
            }
        };
        let found = self.found.entry(slashed(file.relative())).or_default();
        found.extend(done.known.iter().map(|it| it.fingerprint.clone()));
        self.known.append(&mut done.known);
        output.print(&done.diff)?;
        if let Some(ignore_file) = &done.ignore_file {
            let is_first = self.ignore_files.insert(ignore_file.path.clone());
            if is_first {
                match ignore_file.give(mode, output.palette) {
                    Ok(_) if done.report.is_some() => {}
                    Ok(diff) => output.print(&diff)?,
                    Err(failure) => {
                        output.fail(&failure);
                        self.totals.failed += 1;
                        self.fail(Some(&ignore_file.label), &failure);
                    }
                }
            } else if let Some(report) = &mut done.report {
                report.forget_ignore_file_diff();
            }
        }
        self.lines.push_str(&done.lines);
        self.totals.merge(&done.totals);
        self.files.extend(done.report);
        Ok(())
    }

    /// Writes down what was found.
    fn write_baseline(&mut self, path: &Path, output: &Output) -> Result<Status, Failure> {
        if self.totals.failed > 0 {
            return Err(Failure::new(format!("{}: was not written", path.display()))
                .hint("a baseline is of all files; see what failed above"));
        }
        let findings = std::mem::take(&mut self.known);
        let told = count(findings.len(), "finding");
        Baseline::write(path, findings)?;
        output.tell(&format!(
            "{told} in {}\n",
            printable(&path.display().to_string())
        ));
        Ok(Status::Done)
    }

    fn fail(&mut self, path: Option<&str>, failure: &Failure) {
        self.failures.push(failure.report(path));
    }

    fn report(&mut self, action: Action, detail: Detail) -> Report {
        let files = std::mem::take(&mut self.files);
        let failures = std::mem::take(&mut self.failures);
        let rules = crate::transforms();
        Report::new(files, failures, &self.totals, rules, (action, detail))
    }

    fn status(&self, check: bool) -> Status {
        if self.totals.failed > 0 {
            Status::Failed
        } else if check && self.totals.changed > 0 {
            Status::WouldChange
        } else {
            Status::Done
        }
    }
}

fn tell(cli: &Cli, tally: &Tally, action: Action, output: &Output) {
    output.tell(&tally.lines);
    if cli.print.quiet {
        return;
    }
    if tally.totals == Totals::default() && tally.passed_over > 0 {
        let files = count(tally.passed_over, "Dockerfile");
        output.tell(&format!("{files} found, none of them changed\n"));
        return;
    }
    if tally.totals == Totals::default() {
        output.tell("no Dockerfile found\nhint: a file that is called otherwise can be named\n");
        return;
    }
    let view = View::new(cli, output);
    output.tell(&tally.totals.text(action, view.detail, suggested_hint(cli)));
}

/// How to get at what is held back as only suggested.
pub(crate) fn suggested_hint(cli: &Cli) -> &'static str {
    if cli.settings.safe {
        "a run without `--safe` applies"
    } else {
        "`level = \"suggested\"` in the configuration applies"
    }
}

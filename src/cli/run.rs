//! The main job: find, read, rewrite, show or write.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};
use imgfix::report::summary::{Action, Detail, summary};
use imgfix::report::{FileReport, diff, explain};
use imgfix::settings::Settings;
use rayon::prelude::*;

use super::args::RunArgs;
use super::config::Configs;
use super::repository::{self, Tree, Trees, is_dockerfile};
use super::surroundings::Neighbourhood;
use super::{complain, input, output, style};

/// Runs over what the arguments name.
pub(super) fn run(args: &RunArgs) -> Result<ExitCode> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return run_stdin(args);
    }
    if args.diff || args.stdin_filename.is_some() {
        bail!(
            "`--diff` and `--stdin-filename` go with `-`\nhint: a diff is what is printed without them"
        );
    }
    let found = find(args)?;
    let mut failed = found.errors.len();
    found.errors.iter().for_each(|error| complain(error));
    let mut done: Vec<Done> = found
        .jobs
        .par_iter()
        .map(|job| process(job, args))
        .collect();
    done.sort_by(|a, b| a.report.label.cmp(&b.report.label));
    let stdout_style = style(args.color, std::io::stdout().is_terminal());
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    for file in &done {
        match &file.report.result {
            Err(cause) => {
                stdout.flush()?;
                complain(&format!("{}: {cause}", file.report.label));
                failed += 1;
            }
            Ok(outcome) if file.report.is_changed && !args.write && !args.explain => {
                let text =
                    diff::unified(&file.diff_path, &file.before, &outcome.text, stdout_style);
                stdout.write_all(text.as_bytes())?;
            }
            Ok(_) => {}
        }
    }
    let reports: Vec<FileReport> = done.into_iter().map(|file| file.report).collect();
    if args.explain {
        stdout.write_all(explain::explain(&reports, stdout_style).as_bytes())?;
    }
    stdout.flush()?;
    print_summary(args, &reports, failed);
    Ok(exit_code(args, &reports, failed))
}

fn print_summary(args: &RunArgs, reports: &[FileReport], failed: usize) {
    if args.quiet || (reports.is_empty() && failed > 0) {
        return;
    }
    let action = if args.write {
        Action::Written
    } else if args.check {
        Action::Checked
    } else {
        Action::Shown
    };
    let detail = if args.verbose {
        Detail::Verbose
    } else {
        Detail::Normal
    };
    let style = style(args.color, std::io::stderr().is_terminal());
    let _ = write!(
        std::io::stderr(),
        "{}",
        summary(reports, action, detail, style)
    );
}

fn exit_code(args: &RunArgs, reports: &[FileReport], failed: usize) -> ExitCode {
    if failed > 0 {
        ExitCode::from(2)
    } else if args.check && reports.iter().any(|file| file.is_changed) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

/// One Dockerfile to do.
struct Job {
    /// Its absolute path.
    path: PathBuf,
    /// Its path as the user sees it.
    label: String,
    /// Its path from the repository's root.
    diff_path: String,
    settings: Settings,
    neighbourhood: Arc<Neighbourhood>,
}

/// A Dockerfile that was done.
struct Done {
    report: FileReport,
    before: String,
    diff_path: String,
}

struct Found {
    jobs: Vec<Job>,
    errors: Vec<String>,
}

/// Finds the Dockerfiles that the arguments name, with their settings and surroundings.
fn find(args: &RunArgs) -> Result<Found> {
    let here = std::path::absolute(".")?;
    let mut configs = Configs::new(&args.choice)?;
    let mut trees = Trees::default();
    let mut found = Found {
        jobs: Vec::new(),
        errors: Vec::new(),
    };
    let default = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() {
        &default[..]
    } else {
        &args.paths
    };
    let mut seen = std::collections::BTreeSet::new();
    let mut neighbourhoods = std::collections::BTreeMap::new();
    for path in paths {
        let absolute = normal(&std::path::absolute(path)?);
        let about = match std::fs::metadata(&absolute) {
            Ok(about) => about,
            Err(error) => {
                found
                    .errors
                    .push(format!("{}: {}", path.display(), input::cause(&error)));
                continue;
            }
        };
        let (files, is_search) = if about.is_dir() {
            let tree = trees.get(&absolute);
            found.errors.extend(tree.errors.iter().cloned());
            (
                tree.files
                    .iter()
                    .filter(|file| is_dockerfile(file))
                    .cloned()
                    .collect(),
                true,
            )
        } else {
            (vec![absolute.clone()], false)
        };
        let base = if about.is_dir() {
            absolute.as_path()
        } else {
            absolute.parent().unwrap_or(&absolute)
        };
        let root = repository::root_of(base);
        let config_root = root.clone().unwrap_or_else(|| {
            if base.starts_with(&here) {
                here.clone()
            } else {
                base.to_owned()
            }
        });
        let around = root.clone().unwrap_or_else(|| base.to_owned());
        let neighbourhood = neighbourhoods
            .entry(around.clone())
            .or_insert_with(|| {
                Arc::new(Neighbourhood::of(
                    &around,
                    &tree_of(&mut trees, &around, root.is_some() || is_search),
                ))
            })
            .clone();
        for file in files {
            if !seen.insert(file.clone()) {
                continue;
            }
            let loaded = match configs.for_folder(file.parent().unwrap_or(&file), &config_root) {
                Ok(loaded) => loaded,
                Err(error) => bail!(error),
            };
            if is_search && loaded.as_ref().is_some_and(|loaded| loaded.excludes(&file)) {
                continue;
            }
            let settings = configs.settings(loaded.as_deref(), &file)?;
            let label = shown(&file, &here);
            let diff_path = slashed(
                file.strip_prefix(root.as_ref().unwrap_or(&here))
                    .unwrap_or(&file),
            );
            found.jobs.push(Job {
                path: file,
                label,
                diff_path,
                settings,
                neighbourhood: Arc::clone(&neighbourhood),
            });
        }
    }
    Ok(found)
}

/// The files around: those of the repository, or of nothing for a lone file outside of one.
fn tree_of(trees: &mut Trees, folder: &Path, is_repository: bool) -> Arc<Tree> {
    if is_repository {
        trees.get(folder)
    } else {
        Arc::new(Tree::default())
    }
}

/// A path without `.` and `..`, as far as it can be told without asking for links.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

fn shown(file: &Path, here: &Path) -> String {
    slashed(file.strip_prefix(here).unwrap_or(file))
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Does one file.
fn process(job: &Job, args: &RunArgs) -> Done {
    let failed = |cause: String| Done {
        report: FileReport {
            label: job.label.clone(),
            result: Err(cause),
            is_changed: false,
        },
        before: String::new(),
        diff_path: job.diff_path.clone(),
    };
    let before = match input::read(&job.path) {
        Ok(text) => text,
        Err(cause) => return failed(cause),
    };
    let surroundings = job.neighbourhood.surroundings(&job.path, &before);
    let outcome = match rewrite(&before, &surroundings, &job.settings) {
        Ok(outcome) => outcome,
        Err(cause) => return failed(cause),
    };
    let is_changed = outcome.text != before;
    if args.write
        && is_changed
        && let Err(cause) = output::write(&job.path, &before, &outcome.text)
    {
        return failed(cause);
    }
    let report = FileReport {
        label: job.label.clone(),
        result: Ok(outcome),
        is_changed,
    };
    Done {
        report,
        before,
        diff_path: job.diff_path.clone(),
    }
}

/// Rewrites; a panic in it is this file's failure, not that of the run.
fn rewrite(
    text: &str,
    surroundings: &imgfix::context::Surroundings,
    settings: &Settings,
) -> Result<imgfix::Outcome, String> {
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        imgfix::rewrite(text, surroundings, settings)
    }));
    match caught {
        Ok(result) => result.map_err(|error| {
            format!("{error}; this is a bug of imgfix, the file is left as it is")
        }),
        Err(_) => Err(
            "imgfix failed on this file; this is a bug of imgfix, the file is left as it is"
                .to_owned(),
        ),
    }
}

/// `imgfix -`: the rewritten text, or a diff, on standard output.
fn run_stdin(args: &RunArgs) -> Result<ExitCode> {
    if args.paths.len() > 1 {
        bail!("`-` stands alone\nhint: name files and folders in another run");
    }
    if args.write {
        bail!("standard input cannot be written in place");
    }
    let name = args
        .stdin_filename
        .clone()
        .unwrap_or_else(|| PathBuf::from("Dockerfile"));
    let path = normal(&std::path::absolute(&name)?);
    let here = std::path::absolute(".")?;
    let before = match input::read_stdin() {
        Ok(text) => text,
        Err(cause) => bail!("{}: {cause}", name.display()),
    };
    let folder = path.parent().unwrap_or(&path);
    let root = repository::root_of(folder);
    let mut configs = Configs::new(&args.choice)?;
    let loaded = configs.for_folder(folder, root.as_deref().unwrap_or(folder))?;
    let settings = configs.settings(loaded.as_deref(), &path)?;
    let surroundings = match (&args.stdin_filename, &root) {
        (Some(_), Some(root)) => {
            Neighbourhood::of(root, &repository::walk(root)).surroundings(&path, &before)
        }
        _ => imgfix::context::Surroundings::default(),
    };
    let outcome = rewrite(&before, &surroundings, &settings)
        .map_err(|cause| anyhow::anyhow!("{}: {cause}", name.display()))?;
    let is_changed = outcome.text != before;
    let diff_path = slashed(
        path.strip_prefix(root.as_ref().unwrap_or(&here))
            .unwrap_or(&path),
    );
    let style = style(args.color, std::io::stdout().is_terminal());
    let report = FileReport {
        label: shown(&path, &here),
        is_changed,
        result: Ok(outcome),
    };
    let text = match &report.result {
        _ if args.explain => explain::explain(std::slice::from_ref(&report), style),
        Ok(outcome) if args.diff => diff::unified(&diff_path, &before, &outcome.text, style),
        Ok(outcome) if !args.check => outcome.text.clone(),
        _ => String::new(),
    };
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    let reports = [report];
    print_summary(args, &reports, 0);
    Ok(exit_code(args, &reports, 0))
}

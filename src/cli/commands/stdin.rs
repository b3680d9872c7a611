//! `imgfix -`: the Dockerfile comes on standard input, the result goes to standard output.

use std::io;
use std::path::{Path, PathBuf};

use super::rewrite::{View, reporting, rewritten, suggested_hint};
use crate::cli::Status;
use crate::cli::args::Cli;
use crate::cli::config::Configs;
use crate::cli::discovery::slashed;
use crate::cli::error::Failure;
use crate::cli::input::read_limited;
use crate::cli::output::Output;
use crate::cli::place::Places;
use crate::cli::surroundings::Repositories;
use crate::context::Surroundings;
use crate::report::findings::{FileReport, Report, Rewritten};
use crate::report::summary::{Action, Totals};
use crate::report::{diff, formats};

/// Rewrites standard input.
pub(crate) fn run(cli: &Cli, output: &mut Output) -> Result<Status, Failure> {
    let mut places = Places::new()?;
    let mut configs = Configs::new(&cli.settings, &mut places)?;
    let name = cli.mode.stdin_filename.as_deref();
    let label = name.map_or_else(|| "standard input".to_owned(), |path| places.label(path));
    let text = read_limited(io::stdin().lock(), 0, &label)?;
    let (path, exists) = locate(name.unwrap_or(Path::new("Dockerfile")), &places);
    let folder = path.parent().unwrap_or(&path).to_owned();
    let config = configs.of_folder(&folder, &mut places)?;
    let root = places.root_of(&folder);
    let relative = path.strip_prefix(&root).unwrap_or(&path);
    let settings = config.settings(&path, &configs).of_dockerfile_alone();
    let surroundings = if name.is_some() && exists {
        Repositories::new([&root], std::collections::BTreeMap::new()).surroundings(
            &root,
            relative,
            &text,
            &settings.context,
        )
    } else {
        Surroundings::default()
    };
    let outcome = rewritten(&label, &text, &surroundings, &settings)?;
    let changed = outcome.text != text;
    let shown = slashed(relative);
    let mut totals = Totals::default();
    totals.add(&outcome, changed);
    let view = View::new(cli, output);
    if let Some(format) = reporting(cli) {
        let file = FileReport::of(Rewritten {
            path: &label,
            repository_path: &shown,
            text: &text,
            outcome: &outcome,
            fixes: &crate::fixes(&text, &surroundings, &settings, &outcome),
            ignore_file: None,
        });
        let rules = crate::transforms();
        let how = (Action::Shown, view.detail);
        let report = Report::new(vec![file], Vec::new(), &totals, rules, how);
        output.print(&formats::render(format, &report, output.palette))?;
    } else if cli.mode.diff || cli.mode.check {
        let palette = output.palette;
        output.print(&diff::unified(
            shown.as_bytes(),
            &text,
            &outcome.text,
            palette,
        ))?;
    } else {
        output.print(&outcome.text)?;
    }
    output.tell(&view.lines(&label, &outcome, &surroundings));
    if !cli.print.quiet {
        output.tell(&totals.text(Action::Written, view.detail, suggested_hint(cli)));
    }
    Ok(if cli.mode.check && changed {
        Status::WouldChange
    } else {
        Status::Done
    })
}

/// The path that a text counts as, and whether there is such a file.
pub(crate) fn locate(name: &Path, places: &Places) -> (PathBuf, bool) {
    if let Ok(real) = name.canonicalize() {
        return (real, true);
    }
    let path = places.current().join(name);
    let file = path.file_name().unwrap_or_default();
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    (
        folder.map_or_else(|| places.current().join(file), |folder| folder.join(file)),
        false,
    )
}

//! `imgfix report`: the page to look at, written as a whole or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::rewrite;
use crate::cli::args::{Cli, ReportArgs};
use crate::cli::error::Failure;
use crate::cli::output::{Output, create, replace};
use crate::cli::place::Places;
use crate::cli::{Status, input};
use crate::report::findings::Measurements;
use crate::report::formats::{Format, GENERATOR, render};
use crate::report::{Palette, printable};
use crate::verify::{catch_interrupts, is_interrupted};

/// Reports what is below the paths of the command line.
pub(crate) fn run(cli: &Cli, args: &ReportArgs, output: &mut Output) -> Result<Status, Failure> {
    let places = Places::new()?;
    // What is wrong with a file is said before the work.
    let target = Target::of(&args.html, &places)?;
    let measured = match &args.measured {
        Some(path) => measurements(path, &places)?,
        None => Measurements::default(),
    };
    catch_interrupts();
    let (mut report, status) = rewrite::report(cli, &args.paths, output)?;
    if is_interrupted() {
        output.fail(&Failure::new("interrupted; no report was written"));
        return Ok(Status::Interrupted);
    }
    for file in &mut report.files {
        file.measured = measured.of(&file.path, &file.text, &file.text_after);
    }
    let page = render(Format::Html, &report, Palette::Plain);
    match target {
        Target::Stdout => output.print(&page)?,
        Target::New { path, label } => create(&path, &label, &page)?,
        Target::Old {
            path,
            label,
            before,
        } => replace(&path, &label, &before, &page)?,
    }
    if args.html.as_os_str() != "-" && !cli.print.quiet {
        let label = places.label(&args.html);
        output.tell(&format!("{}: written\n", printable(&label)));
    }
    Ok(status)
}

fn measurements(path: &Path, places: &Places) -> Result<Measurements, Failure> {
    let label = places.label(path);
    let text = input::read_text(path, &label)?;
    Measurements::read(&text).map_err(|error| Failure::new(format!("{label}: {error}")))
}

/// Where the page goes.
enum Target {
    Stdout,
    New {
        path: PathBuf,
        label: String,
    },
    Old {
        path: PathBuf,
        label: String,
        before: String,
    },
}

impl Target {
    fn of(path: &Path, places: &Places) -> Result<Self, Failure> {
        if path.as_os_str() == "-" {
            return Ok(Self::Stdout);
        }
        let label = places.label(path);
        let meta = match path.metadata() {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let path = path.to_owned();
                let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
                return match folder {
                    Some(folder) if !folder.is_dir() => Err(Failure::new(format!(
                        "{label}: cannot be written: there is no folder {}",
                        places.label(folder)
                    ))),
                    // A temporary file is made beside it.
                    None => Ok(Self::New {
                        path: Path::new(".").join(path),
                        label,
                    }),
                    Some(_) => Ok(Self::New { path, label }),
                };
            }
            Err(error) => return Err(Failure::io(&label, &error)),
        };
        if meta.is_dir() {
            return Err(Failure::new(format!("{label}: is a folder, not a file"))
                .hint("name a file in it, such as report.html"));
        }
        if !meta.is_file() {
            let message = format!("{label}: is no regular file (a FIFO, socket or device)");
            return Err(Failure::new(message).hint("`-` is standard output"));
        }
        // A link stays one.
        let path = path
            .canonicalize()
            .map_err(|error| Failure::io(&label, &error))?;
        let bytes = fs::read(&path).map_err(|error| Failure::io(&label, &error))?;
        match String::from_utf8(bytes) {
            Ok(before) if before.is_empty() || is_ours(&before) => Ok(Self::Old {
                path,
                label,
                before,
            }),
            _ => Err(Failure::new(format!(
                "{label}: is no report of imgfix, so it is left as it is"
            ))
            .hint("remove it, or name another file")),
        }
    }
}

/// Whether a text is a page of ours: nobody's Dockerfile is lost to a slip of the hand.
fn is_ours(text: &str) -> bool {
    text.starts_with("<!DOCTYPE html>") && text.contains(GENERATOR)
}

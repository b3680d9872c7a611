//! `imgfix verify`: real builds of Dockerfiles and their rewrites, one after the other.

use std::path::PathBuf;

use super::rewrite::rewritten;
use crate::cli::args::{Cli, DocumentFormat, VerifyArgs};
use crate::cli::config::Configs;
use crate::cli::discovery::{Found, discover};
use crate::cli::error::Failure;
use crate::cli::output::Output;
use crate::cli::place::Places;
use crate::cli::progress::{Lasting, Progress};
use crate::cli::surroundings::Repositories;
use crate::cli::{Status, input};
use crate::context::{BuildContext, Surroundings};
use crate::report::printable;
use crate::settings::{ContextChoice, Settings, SmokeTests};
use crate::verify::{
    Announced, Build, Builder, Format, Request, Smoke, Subject, Summary, is_interrupted, show_text,
    verify,
};
use crate::{Outcome, transforms};

/// Runs over the paths of the command line.
pub(crate) fn run(cli: &Cli, args: &VerifyArgs, output: &mut Output) -> Result<Status, Failure> {
    let mut places = Places::new()?;
    let mut configs = Configs::new(&cli.settings, &mut places)?;
    let here = [".".into()];
    let paths = if args.paths.is_empty() {
        &here[..]
    } else {
        &args.paths
    };
    // What was asked on the command line is read before anything is built.
    let asked = smoke_tests(&SmokeTests {
        commands: args.smoke.clone(),
        http: args.smoke_http.clone(),
    })?;
    let builder =
        Builder::find(args.builder.as_deref()).map_err(|error| Failure::new(error.to_string()))?;
    let found = discover(paths, &mut places, &mut configs)?;
    let repositories = Repositories::new(found.files.iter().map(|file| &file.root), found.listings);
    let mut summary = Summary::new();
    for failure in &found.failures {
        output.fail(failure);
        summary.failed.push(failure.message.clone());
    }
    let mut watch = Progress::new(cli.print.quiet, Lasting::Kept);
    for file in &found.files {
        if is_interrupted() {
            break;
        }
        let result = Job {
            args,
            configs: &configs,
            repositories: &repositories,
            asked: &asked,
        }
        .subject(file, output);
        let verified = result.and_then(|made| {
            let Some((subject, request)) = made else {
                return Ok(None);
            };
            verify(&builder, &request, &subject, &mut watch)
                .map(Some)
                .map_err(|error| Failure::new(format!("{}: {error}", file.label)))
        });
        match verified {
            Ok(Some(report)) => {
                if args.format == DocumentFormat::Text {
                    output.print(&show_text(&report, output.palette))?;
                }
                summary.reports.push(report);
            }
            Ok(None) => {
                if !cli.print.quiet {
                    let label = printable(&file.label);
                    output.tell(&format!(
                        "{label}: nothing is rewritten, nothing to verify\n"
                    ));
                }
                summary.unchanged.push(file.label.clone());
            }
            Err(failure) => {
                output.fail(&failure);
                summary.failed.push(failure.message);
            }
        }
    }
    match args.format {
        DocumentFormat::Text => {}
        DocumentFormat::Json => output.print(&summary.document(Format::Json))?,
        DocumentFormat::Markdown => output.print(&summary.document(Format::Markdown))?,
    }
    Ok(if is_interrupted() {
        Status::Interrupted
    } else if !summary.failed.is_empty() {
        Status::Failed
    } else if summary
        .reports
        .iter()
        .any(|report| !report.findings.is_empty())
    {
        Status::WouldChange
    } else {
        Status::Done
    })
}

/// What all files have in common.
struct Job<'a> {
    args: &'a VerifyArgs,
    configs: &'a Configs,
    repositories: &'a Repositories,
    asked: &'a [Smoke],
}

impl Job<'_> {
    /// What is built of a file, and how; `None` where nothing is rewritten.
    fn subject(
        &self,
        file: &Found,
        output: &Output,
    ) -> Result<Option<(Subject, Request)>, Failure> {
        let args = self.args;
        let text = input::read_text(&file.path, &file.label)?;
        // Both are built from the context as it is.
        let settings = file.config.settings(&file.path, self.configs);
        let settings = settings.of_dockerfile_alone();
        let relative = file.relative();
        let surroundings =
            self.repositories
                .surroundings(&file.root, relative, &text, &settings.context);
        let outcome = rewritten(&file.label, &text, &surroundings, &settings)?;
        if outcome.text == text {
            return Ok(None);
        }
        let mut smoke = self.asked.to_vec();
        if args.run_configured_smoke {
            smoke.extend(smoke_tests(&settings.smoke)?);
        } else if settings.smoke != SmokeTests::default() {
            output.tell(&format!(
                "{}: the smoke tests of the configuration are not run; `--run-configured-smoke` runs them\n",
                printable(&file.label)
            ));
        }
        let mut steps = Vec::new();
        if args.each {
            steps = after_each(&file.label, &text, &surroundings, &settings)?;
        }
        let context = match &args.context {
            Some(folder) => folder.clone(),
            None => self.context_folder(file, &text, &surroundings),
        };
        let request = Request {
            build: Build {
                context,
                arguments: args.build_args.clone(),
                target: args.target.clone(),
                network: args.network.clone(),
                options: args.build_options.clone(),
                uses_cache: args.cached,
                ..Build::default()
            },
            network: args.network.clone(),
            control: args.control,
            cache_check: args.cache_check.clone(),
            keep: args.keep,
        };
        let subject = Subject {
            label: file.label.clone(),
            path: file.path.clone(),
            before: text,
            rewrites: announced(&outcome),
            after: outcome.text,
            steps,
            context_files: sources(&surroundings.context),
            smoke,
        };
        Ok(Some((subject, request)))
    }

    /// The folder to build from: a build needs one also where the rewrite was to look at none.
    fn context_folder(&self, file: &Found, text: &str, surroundings: &Surroundings) -> PathBuf {
        let said = |surroundings: &Surroundings| {
            let folder = surroundings.context_place.folder()?;
            Some(file.root.join(folder))
        };
        let auto = || {
            self.repositories
                .surroundings(&file.root, file.relative(), text, &ContextChoice::Auto)
        };
        said(surroundings)
            .or_else(|| said(&auto()))
            .unwrap_or_else(|| file.path.parent().unwrap_or(&file.root).to_owned())
    }
}

/// The files that the builder gets and that somebody wrote.
fn sources(context: &BuildContext) -> Vec<String> {
    let sent = context.sent_below("").into_iter().flatten();
    let written = sent.filter(|path| !context.git_ignored(path));
    written.map(str::to_owned).collect()
}

fn announced(outcome: &Outcome) -> Vec<Announced> {
    let applied = outcome.applied.iter();
    let announced = applied.map(|applied| Announced {
        transform: applied.transform.to_string(),
        line: applied.line,
        title: applied.title.clone(),
        effects: applied.effects.clone(),
        estimated_bytes: applied.estimated_bytes(),
    });
    announced.collect()
}

/// The text after each transform that changes something, in the order of the pipeline.
fn after_each(
    label: &str,
    text: &str,
    surroundings: &Surroundings,
    settings: &Settings,
) -> Result<Vec<(String, String)>, Failure> {
    let mut settings = settings.clone();
    let runs: Vec<_> = transforms()
        .map(|meta| meta.id)
        .filter(|id| settings.runs(*id))
        .collect();
    let mut steps: Vec<(String, String)> = Vec::new();
    for (at, id) in runs.iter().enumerate() {
        settings.select = Some(runs[..=at].iter().copied().collect());
        let outcome = rewritten(label, text, surroundings, &settings)?;
        let before = steps.last().map_or(text, |(_, text)| text.as_str());
        if outcome.text != before {
            steps.push((id.to_string(), outcome.text));
        }
    }
    Ok(steps)
}

/// Reads smoke tests as they are written.
fn smoke_tests(tests: &SmokeTests) -> Result<Vec<Smoke>, Failure> {
    let commands = tests.commands.iter().map(|text| {
        shell_words::split(text)
            .map(Smoke::Command)
            .map_err(|error| Failure::new(format!("smoke test `{}`: {error}", printable(text))))
    });
    let http = tests.http.iter().map(|text| {
        Smoke::http(text).ok_or_else(|| {
            Failure::new(format!("smoke test `{}`: no port", printable(text)))
                .hint("write PORT/PATH: `8080/health`")
        })
    });
    commands.chain(http).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoke_tests_are_read_as_a_shell_reads_them() {
        let tests = SmokeTests {
            commands: vec!["python3 -c 'import app'".to_owned()],
            http: vec!["8080/health".to_owned()],
        };
        let words = ["python3", "-c", "import app"];
        let command = Smoke::Command(words.iter().map(|&word| word.to_owned()).collect());
        let read = smoke_tests(&tests).expect("two tests");
        assert_eq!(read[0], command);
        let broken = SmokeTests {
            commands: vec!["echo 'x".to_owned()],
            http: Vec::new(),
        };
        assert!(smoke_tests(&broken).is_err());
    }
}

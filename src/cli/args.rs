//! The command line, as clap reads it.

mod report;
mod review;

pub(crate) use report::ReportArgs;
pub(crate) use review::{Only, ReviewArgs};

use std::path::PathBuf;

use clap::{
    ArgAction, Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
};

use super::config::is_per_cent;
use crate::report::formats::Format;

/// The version, and the commit where the build knows it (see `build.rs`).
const VERSION: &str = env!("IMGFIX_VERSION");

/// What the long help says behind the options.
const AFTER: &str = "\
Exit status:
  0    there was nothing to do, or all is done
  1    `--check` found something to change, `verify` a difference, `size` an image that grew too much
  2    something failed, of which each is told in one line while the rest is done; or wrong use
  130  interrupted; no file is left half written

Environment:
  NO_COLOR, CLICOLOR=0, TERM=dumb  no colours, unless `--color always`
  CLICOLOR_FORCE=1                 colours also where there is no terminal
  COLUMNS                          how long lines of help and bars may be
  RUST_LOG                         what is logged with `-v`";

/// Rewrites Dockerfiles as an expert would have written them, and never breaks a build.
///
/// Prints a diff of what it would change; `--write` changes the files.
#[derive(Debug, Parser)]
#[command(name = "imgfix", version = VERSION, max_term_width = 100, after_long_help = AFTER)]
pub(crate) struct Cli {
    /// What to do besides rewriting.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Files and folders; `-` for standard input [default: the current folder].
    ///
    /// In a folder, everything that is called like a Dockerfile or Containerfile and that `.gitignore`
    /// does not exclude; a file named here is taken whatever it is called.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// What to do with the result.
    #[command(flatten)]
    pub(crate) mode: ModeArgs,

    /// What of it is wanted.
    #[command(flatten)]
    pub(crate) review: ReviewArgs,

    /// What the pipeline does.
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,

    /// What is printed.
    #[command(flatten)]
    pub(crate) print: PrintArgs,
}

/// What to do with the result.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Result")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct ModeArgs {
    /// Change the files in place.
    #[arg(long, short = 'w')]
    pub(crate) write: bool,

    /// Exit with status 1 if something would change.
    #[arg(long, conflicts_with = "write")]
    pub(crate) check: bool,

    /// Print a diff for standard input too, and with `--write`.
    #[arg(long)]
    pub(crate) diff: bool,

    /// Tell of every rewrite applied, held back or declined the place, the reason and the evidence.
    #[arg(long)]
    pub(crate) explain: bool,

    /// How what was found is printed.
    ///
    /// Without a diff, standard error has the sums alone: what was found stands in the report.
    #[arg(
        long,
        visible_alias = "format",
        value_name = "FORMAT",
        value_enum,
        hide_default_value = true
    )]
    pub(crate) output_format: Option<OutputFormat>,

    /// The path that standard input counts as, for configuration and repository.
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,
}

/// What the pipeline does.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Rewrites")]
pub(crate) struct SettingsArgs {
    /// Apply only what is safe.
    #[arg(long, global = true, conflicts_with = "unsafe_")]
    pub(crate) safe: bool,

    /// Apply also what may change what the container does.
    #[arg(long = "unsafe", id = "unsafe_", global = true)]
    pub(crate) unsafe_: bool,

    /// Run only these transforms, whatever the configuration selects or ignores.
    #[arg(long, value_name = "ID", value_delimiter = ',', global = true)]
    pub(crate) select: Option<Vec<String>>,

    /// Do not run these transforms either.
    #[arg(long, value_name = "ID", value_delimiter = ',', global = true)]
    pub(crate) ignore: Vec<String>,

    /// Look at no build context: only what the Dockerfile itself proves counts.
    #[arg(long, global = true)]
    pub(crate) no_context: bool,

    /// Read this configuration instead of the nearest `imgfix.toml`.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
}

/// What is printed.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Printing")]
pub(crate) struct PrintArgs {
    /// When to use colours.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    pub(crate) color: ColorWhen,

    /// Print no summary, only diffs and errors.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Name also what was held back or declined; twice, log what is done and how long it takes.
    ///
    /// Three times, log each pass too. `RUST_LOG` says more exactly what is logged, such as
    /// `imgfix::cli=debug`; it counts with this flag only.
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// How what was found is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// A unified diff, for `git apply` and `patch -p1` (the default).
    #[default]
    Diff,
    /// Excerpts of the files with notes, for people.
    Text,
    /// One object, described by `imgfix-report.schema.json`.
    Json,
    /// The same, an object a line.
    Jsonl,
    /// SARIF 2.1.0, with fixes.
    Sarif,
    /// Workflow commands of GitHub Actions, which annotate files.
    Github,
    /// The Code Quality report of GitLab.
    Gitlab,
    /// reviewdog's form, with suggestions.
    Rdjson,
    /// The same, a diagnostic a line.
    Rdjsonl,
    /// The XML of Checkstyle.
    Checkstyle,
    /// The XML of `JUnit`.
    Junit,
    /// A comment for a pull request.
    Markdown,
}

impl OutputFormat {
    /// The form of the report; nothing for a diff, which is printed file by file.
    pub(crate) const fn of_report(self) -> Option<Format> {
        Some(match self {
            Self::Diff => return None,
            Self::Text => Format::Text,
            Self::Json => Format::Json,
            Self::Jsonl => Format::JsonLines,
            Self::Sarif => Format::Sarif,
            Self::Github => Format::Github,
            Self::Gitlab => Format::Gitlab,
            Self::Rdjson => Format::Rdjson,
            Self::Rdjsonl => Format::RdjsonLines,
            Self::Checkstyle => Format::Checkstyle,
            Self::Junit => Format::Junit,
            Self::Markdown => Format::Markdown,
        })
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    /// On a terminal, unless the environment asks for none.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do besides rewriting. A command wins over a folder of its name: `./config` is the folder.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the transforms in the order in which they run.
    Transforms,
    /// Print the page of one transform.
    Explain {
        /// The transform.
        #[arg(value_name = "ID")]
        id: String,
        /// The page of one of its templates instead, with `split-stages`.
        #[arg(long, value_name = "NAME")]
        template: Option<String>,
    },
    /// List the templates of `split-stages`, or say why each matches or does not.
    Templates {
        /// Dockerfiles, and folders that hold some.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Print the configuration in force and where each value comes from.
    Config {
        /// The Dockerfile whose overrides apply, or a folder.
        path: Option<PathBuf>,
        /// Print the JSON schema of `imgfix.toml` instead.
        #[arg(long, conflicts_with = "path")]
        schema: bool,
        /// Print the JSON schema of `--output-format json` instead.
        #[arg(long, conflicts_with_all = ["path", "schema"])]
        report_schema: bool,
    },
    /// Build Dockerfiles and their rewrites with your own builder, and compare the images.
    ///
    /// Nothing is written and nothing is pushed. Exit status: 0 where all images are the same but for
    /// what the rewrites announce, 1 where something else differs, 2 where something failed.
    Verify(Box<VerifyArgs>),
    /// Measure images, compare them with a baseline, and say which instruction ships what for nothing.
    ///
    /// Nothing is written but with `--write-baseline`. Exit status: 0 where no image grew too much, 1 where
    /// one did, 2 where something failed.
    Size(Box<SizeArgs>),
    /// Write a report to look at: one page for a browser, with sizes, stages, and each change beside its reason.
    ///
    /// No Dockerfile is written. Exit status: 0, or 2 where something failed; the page names it.
    Report(ReportArgs),
    /// Serve an editor: a language server on standard input and output.
    ///
    /// It shows where a rewrite applies and offers to make it; it writes no file. How editors start it:
    /// docs/editors.md.
    Lsp,
    /// Print the manual page, or that of a command.
    Man {
        /// The command.
        command: Option<String>,
    },
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// How images are built and compared.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct VerifyArgs {
    /// Dockerfiles, and folders that hold some [default: the current folder].
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The program that builds: docker, podman or buildah [default: the first one that answers].
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) builder: Option<String>,

    /// The build context [default: what the repository says, or the folder of the Dockerfile].
    #[arg(long, value_name = "FOLDER")]
    pub(crate) context: Option<PathBuf>,

    /// A build argument.
    #[arg(long = "build-arg", value_name = "NAME=VALUE")]
    pub(crate) build_args: Vec<String>,

    /// The stage to build [default: the last one].
    #[arg(long, value_name = "STAGE")]
    pub(crate) target: Option<String>,

    /// The network of builds and containers, as the builder names it.
    #[arg(long, value_name = "NETWORK")]
    pub(crate) network: Option<String>,

    /// One more argument of the builder's `build`, such as `--secret=id=token`.
    #[arg(
        long = "build-option",
        value_name = "OPTION",
        allow_hyphen_values = true
    )]
    pub(crate) build_options: Vec<String>,

    /// Run both containers with these arguments in place of their `CMD`, and compare output and status.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) smoke: Vec<String>,

    /// Start both containers and compare what they answer over HTTP.
    #[arg(long, value_name = "PORT/PATH")]
    pub(crate) smoke_http: Vec<String>,

    /// Run the smoke tests of the configuration too; it may come from a stranger's pull request.
    #[arg(long)]
    pub(crate) run_configured_smoke: bool,

    /// Build the original twice, and compare nothing in which its two images differ.
    #[arg(long)]
    pub(crate) control: bool,

    /// Build after each transform too, to see what each one saves.
    #[arg(long)]
    pub(crate) each: bool,

    /// Measure the rebuild after a change of one line, in this file or in the likeliest source file.
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "", require_equals = true)]
    pub(crate) cache_check: Option<String>,

    /// Take layers of earlier builds. They may hold older packages than the rewritten image gets.
    #[arg(long)]
    pub(crate) cached: bool,

    /// Keep the images.
    #[arg(long)]
    pub(crate) keep: bool,

    /// How the result is printed.
    #[arg(
        long,
        visible_alias = "output-format",
        value_name = "FORMAT",
        value_enum,
        default_value_t
    )]
    pub(crate) format: DocumentFormat,
}

/// Which images are measured, and against what.
#[derive(Debug, Args)]
pub(crate) struct SizeArgs {
    /// Images: archives of `docker save` or of the OCI, `-` for one on standard input, or references that
    /// the local engine knows [default: those of the baseline].
    ///
    /// `NAME=` before one is the name under which the baseline knows it, where its tag is new with every build.
    #[arg(value_name = "[NAME=]IMAGE")]
    pub(crate) images: Vec<String>,

    /// The baseline file [default: that of the configuration, or `imgfix-size.json` where it is there].
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write the sizes into the baseline file, in place of what it says of these images.
    #[arg(long)]
    pub(crate) write_baseline: bool,

    /// Fail above this growth [default: 25].
    #[arg(long, value_name = "PERCENT", value_parser = per_cent)]
    pub(crate) fail_above: Option<f64>,

    /// Warn above this growth [default: 10].
    #[arg(long, value_name = "PERCENT", value_parser = per_cent)]
    pub(crate) warn_above: Option<f64>,

    /// The Dockerfile of the image: says the lines of its layers, and which rewrites apply.
    #[arg(long, value_name = "FILE")]
    pub(crate) dockerfile: Option<PathBuf>,

    /// The stage of the Dockerfile that the image is [default: the last one].
    #[arg(long, value_name = "STAGE", requires = "dockerfile")]
    pub(crate) target: Option<String>,

    /// The engine that knows the references: docker, podman or buildah [default: the first one that answers].
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) builder: Option<String>,

    /// How the result is printed.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: DocumentFormat,
}

fn per_cent(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('%').unwrap_or(text).trim();
    match number.parse() {
        Ok(value) if is_per_cent(value) => Ok(value),
        _ => Err("wanted is a number of per cent from 0".to_owned()),
    }
}

/// How the result of `verify` or `size` is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For a pull request.
    Markdown,
}

impl Cli {
    /// Reads the arguments of the process; help, version and wrong use end it.
    pub(crate) fn read() -> Self {
        let mut command = Self::command().color(color_of_help());
        if let Some(columns) = super::output::columns() {
            command = command.term_width(columns.min(100));
        }
        let mut matches = command.get_matches();
        Self::from_arg_matches_mut(&mut matches).unwrap_or_else(|error| error.exit())
    }
}

/// What `--color` says, looked for before the arguments are read: help and wrong use have colours too.
fn color_of_help() -> ColorChoice {
    let mut words = std::env::args_os().skip(1).take_while(|word| word != "--");
    while let Some(word) = words.next() {
        let word = word.to_string_lossy().into_owned();
        let value = match word.strip_prefix("--color") {
            Some("") => words.next().map(|it| it.to_string_lossy().into_owned()),
            Some(value) => value.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        match value.as_deref() {
            Some("always") => return ColorChoice::Always,
            Some("never") => return ColorChoice::Never,
            _ => {}
        }
    }
    ColorChoice::Auto
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}

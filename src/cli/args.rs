//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Rewrites Dockerfiles as an expert would have written them, and never breaks a build.
///
/// Without a sub-command: prints a unified diff for each Dockerfile that would change, on standard
/// output, and a summary on standard error. Exit code 0: done; 1: something would change (`--check`);
/// 2: failure.
#[derive(Debug, Parser)]
#[command(name = "imgfix", version, args_conflicts_with_subcommands = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) run: RunArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lists the transforms in the order in which they run
    Transforms,
    /// Prints the page of a transform
    Explain {
        /// The transform's name
        id: String,
    },
    /// Prints the effective configuration and where each value comes from
    Config {
        /// The file or folder it is asked for
        #[arg(default_value = ".")]
        path: PathBuf,
        #[command(flatten)]
        choice: Choice,
        /// Print the JSON schema of `imgfix.toml` instead
        #[arg(long)]
        schema: bool,
    },
    /// Prints a completion script
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    /// Dockerfiles, folders to search, or `-` for standard input [default: the current folder]
    pub(super) paths: Vec<PathBuf>,
    /// Write the files in place
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    pub(super) write: bool,
    /// Exit with 1 if something would change
    #[arg(long)]
    pub(super) check: bool,
    /// With `-`: print a diff instead of the rewritten file
    #[arg(long)]
    pub(super) diff: bool,
    /// With `-`: the path of what is read, for its configuration and its place in the repository
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Say for every rewrite applied, held back or declined: the place, the reason, the evidence
    #[arg(long)]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) choice: Choice,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: Color,
    /// No summary
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what was declined, in one line each
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// What is applied: these flags override the configuration.
#[derive(Debug, Args, Clone, Default)]
pub(super) struct Choice {
    /// Apply safe rewrites only
    #[arg(long, conflicts_with = "unsafe")]
    pub(super) safe: bool,
    /// Apply unsafe rewrites too: they may change what the container does
    #[arg(long)]
    pub(super) r#unsafe: bool,
    /// Run these transforms only
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Leave these transforms out
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Read this configuration file instead of searching for `imgfix.toml`
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// Where the output is a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

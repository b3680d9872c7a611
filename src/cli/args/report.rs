//! The arguments of `imgfix report`.

use std::path::PathBuf;

use clap::Args;

/// What is reported, and where to.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// Dockerfiles, and folders that hold some [default: the current folder].
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Write the page here; `-` for standard output.
    ///
    /// A file that is there is replaced only if it is empty or such a page.
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) html: PathBuf,

    /// What `imgfix verify --format json` measured: its sizes stand in the place of estimates.
    #[arg(long, value_name = "FILE")]
    pub(crate) measured: Option<PathBuf>,
}

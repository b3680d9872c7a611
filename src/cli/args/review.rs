//! The flags that say what of a run is wanted.

use std::path::PathBuf;

use clap::Args;

/// What of a run is wanted.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Review")]
pub(crate) struct ReviewArgs {
    /// Only Dockerfiles that changed since HEAD left REF, or whose manifests did.
    #[arg(long, value_name = "REF", conflicts_with = "staged")]
    pub(crate) diff_base: Option<String>,

    /// Only Dockerfiles that are staged for the next commit, or whose manifests are.
    #[arg(long)]
    pub(crate) staged: bool,

    /// Only rewrites that touch a changed line, with `--diff-base` or `--staged`.
    #[arg(long)]
    pub(crate) only_changed_lines: bool,

    /// Only the rewrites at this line, or those of one transform there.
    #[arg(long, value_name = "FILE:LINE[:ID]", value_parser = Only::parse)]
    pub(crate) only: Vec<Only>,

    /// Leave out the findings that this file has.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write all findings to this file, for `--baseline`.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "output_format"])]
    pub(crate) write_baseline: Option<PathBuf>,
}

impl ReviewArgs {
    /// Whether there is one of them.
    pub(crate) fn is_wanted(&self) -> bool {
        self.diff_base.is_some()
            || self.staged
            || self.only_changed_lines
            || !self.only.is_empty()
            || self.baseline.is_some()
            || self.write_baseline.is_some()
    }
}

/// The place of a rewrite that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Only {
    /// The Dockerfile.
    pub(crate) path: PathBuf,
    /// The line, counted from 1.
    pub(crate) line: usize,
    /// The transform; `None` for any.
    pub(crate) transform: Option<String>,
}

impl Only {
    /// Reads `FILE:LINE` or `FILE:LINE:ID`; the file may have colons in its name.
    fn parse(text: &str) -> Result<Self, String> {
        let place = |text: &str, transform: Option<&str>| {
            let (path, line) = text.rsplit_once(':')?;
            let line = line.parse().ok().filter(|&line| line > 0)?;
            (!path.is_empty()).then(|| Self {
                path: path.into(),
                line,
                transform: transform.map(str::to_owned),
            })
        };
        let named = || {
            let (rest, transform) = text.rsplit_once(':')?;
            place(rest, Some(transform))
        };
        place(text, None)
            .or_else(named)
            .ok_or_else(|| "it is no FILE:LINE or FILE:LINE:ID".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_its_end() {
        let only = |path: &str, line, transform: Option<&str>| Only {
            path: path.into(),
            line,
            transform: transform.map(str::to_owned),
        };
        assert_eq!(Only::parse("a/D:3"), Ok(only("a/D", 3, None)));
        let named = Ok(only("a:b/D", 3, Some("merge-runs")));
        assert_eq!(Only::parse("a:b/D:3:merge-runs"), named);
        for wrong in ["", "a/D", ":3", "a/D:0", "a/D:x", "a/D:x:merge-runs", "3:a"] {
            assert!(Only::parse(wrong).is_err(), "{wrong}");
        }
    }
}

//! A folder of a test, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// What the pipeline changes, once it has transforms.
pub(super) const REWRITABLE: &str =
    "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\nCMD [\"curl\"]\n";

/// What it has nothing to say about.
pub(super) const FINE: &str = "FROM scratch\nCOPY a /a\n";

/// A folder that is gone after the test.
pub(super) struct Sandbox {
    folder: TempDir,
}

/// What a run left.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) status: i32,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Sandbox {
    /// An empty folder.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder }
    }

    /// A repository with files.
    pub(super) fn repository(files: &[(&str, &str)]) -> Self {
        let sandbox = Self::new();
        fs::create_dir(sandbox.path(".git")).expect("a folder");
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// A path in the folder.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Makes a file, and the folders that it needs.
    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    /// The text of a file.
    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a text")
    }

    /// Runs the program in the folder.
    pub(super) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    /// Runs the program in the folder with a text on standard input.
    pub(super) fn run_with(&self, arguments: &[&str], input: &str) -> Run {
        run_in(self.folder.path(), arguments, input)
    }

    /// Runs the program in a folder below.
    pub(super) fn run_below(&self, folder: &str, arguments: &[&str]) -> Run {
        run_in(&self.path(folder), arguments, "")
    }

    /// The Dockerfiles that the program finds, in its order. They must hold [`UNREADABLE`]: then it
    /// names each of them.
    pub(super) fn found(&self, arguments: &[&str]) -> Vec<String> {
        let run = self.run(arguments);
        run.stderr
            .lines()
            .filter_map(|line| {
                line.strip_prefix("imgfix: ")?
                    .strip_suffix(": not UTF-8 (line 1)")
            })
            .map(str::to_owned)
            .collect()
    }
}

/// Bytes that are no text.
pub(super) const UNREADABLE: &[u8] = b"FROM a\xff\n";

/// Runs the program in any folder.
pub(super) fn run_in(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let mut child = command(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // The program need not read it.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    Run::of(&child.wait_with_output().expect("the program ends"))
}

/// The program, without the user's own settings.
pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imgfix"));
    command.current_dir(folder).args(arguments);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

impl Run {
    /// What a process left.
    pub(super) fn of(output: &Output) -> Self {
        Self {
            status: output.status.code().expect("an exit status"),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Asserts that standard error holds a text.
    #[track_caller]
    pub(super) fn says(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "{text:?} is not in {self:#?}");
        self
    }

    /// Asserts the exit status.
    #[track_caller]
    pub(super) fn ends_with(&self, status: i32) -> &Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }
}

/// Whether there are transforms; says so where a test is left out for want of them.
pub(super) fn has_transforms() -> bool {
    let some = imgfix::transforms().len() > 0;
    if !some {
        eprintln!("left out: the pipeline is empty");
    }
    some
}

//! What runs, and for how long, on standard error.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use crate::report::printable;
use crate::verify::Watch;

/// Work that takes no longer says nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the time of a piece of work is of interest when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasting {
    /// A line for each stays, on a terminal and elsewhere.
    Kept,
    /// Only a terminal is told, of what takes longer, and only as long as it runs.
    Passing,
}

/// Shows what runs.
pub(crate) struct Progress {
    quiet: bool,
    lasting: Lasting,
    /// Lines can be written over.
    is_terminal: bool,
    shown: Option<u64>,
}

impl Progress {
    /// Looks whether standard error is a terminal.
    pub(crate) fn new(quiet: bool, lasting: Lasting) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            quiet,
            lasting,
            is_terminal: std::io::stderr().is_terminal() && !is_dumb,
            shown: None,
        }
    }

    fn write(&self, text: &str) {
        if !self.quiet {
            let mut stderr = std::io::stderr().lock();
            // Nobody reads it: nothing is lost.
            let _ = stderr
                .write_all(text.as_bytes())
                .and_then(|()| stderr.flush());
        }
    }
}

impl Watch for Progress {
    fn begin(&mut self, title: &str) {
        self.shown = None;
        if !self.is_terminal && self.lasting == Lasting::Kept {
            self.write(&format!("{} …\n", printable(title)));
        }
    }

    fn tick(&mut self, title: &str, elapsed: Duration) {
        let seconds = elapsed.as_secs();
        if self.is_terminal && elapsed >= PATIENCE && self.shown != Some(seconds) {
            self.shown = Some(seconds);
            self.write(&format!("\r\x1b[K{} … {seconds} s", printable(title)));
        }
    }

    fn end(&mut self, title: &str, elapsed: Duration) {
        if self.shown.is_some() {
            self.write("\r\x1b[K");
        }
        if self.lasting == Lasting::Kept {
            let seconds = elapsed.as_secs_f64();
            self.write(&format!("{}: {seconds:.1} s\n", printable(title)));
        }
    }
}

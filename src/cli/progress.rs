//! What runs, and for how long, on standard error.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::report::printable;
use crate::verify::Watch;

/// Work that takes no longer says nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the time of a piece of work is of interest when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasting {
    /// A line for each stays when it is done, on a terminal and elsewhere.
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
        Self {
            quiet,
            lasting,
            is_terminal: is_terminal(),
            shown: None,
        }
    }

    fn write(&self, text: &str) {
        if !self.quiet {
            write(text);
        }
    }
}

impl Watch for Progress {
    fn begin(&mut self, _title: &str) {
        self.shown = None;
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

/// A line about work that shows nothing by itself. A thread of its own writes it, so that it stands also while
/// the work waits.
pub(crate) struct Ticker {
    shared: Option<Arc<Shared>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    ended: Condvar,
}

struct State {
    title: String,
    since: Instant,
    /// Nothing is shown: somebody else writes.
    hidden: bool,
    /// A line stands on the terminal.
    stands: bool,
    is_over: bool,
}

impl Ticker {
    /// Begins a piece of work. Without a terminal nobody is told.
    pub(crate) fn new(quiet: bool, title: &str) -> Self {
        if quiet || !is_terminal() {
            return Self {
                shared: None,
                thread: None,
            };
        }
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                title: title.to_owned(),
                since: Instant::now(),
                hidden: false,
                stands: false,
                is_over: false,
            }),
            ended: Condvar::new(),
        });
        let ours = Arc::clone(&shared);
        Self {
            shared: Some(shared),
            thread: Some(thread::spawn(move || ours.tick())),
        }
    }

    /// Says how far the work is.
    pub(crate) fn say(&self, title: &str) {
        if let Some(shared) = &self.shared {
            let mut state = shared.lock();
            title.clone_into(&mut state.title);
            state.hidden = false;
        }
    }

    /// Takes the line away, because something else is printed.
    pub(crate) fn hide(&self) {
        if let Some(shared) = &self.shared {
            let mut state = shared.lock();
            state.hidden = true;
            state.wipe();
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        if let Some(shared) = &self.shared {
            let mut state = shared.lock();
            state.is_over = true;
            state.wipe();
            drop(state);
            shared.ended.notify_all();
        }
        if let Some(thread) = self.thread.take() {
            // It only writes; a panic of it is no failure of the work.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tick(&self) {
        let mut state = self.lock();
        while !state.is_over {
            let elapsed = state.since.elapsed();
            if elapsed >= PATIENCE && !state.hidden {
                let title = printable(&state.title).into_owned();
                write(&format!("\r\x1b[K{title} … {} s", elapsed.as_secs()));
                state.stands = true;
            }
            let waited = self.ended.wait_timeout(state, PATIENCE / 4);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl State {
    fn wipe(&mut self) {
        if self.stands {
            write("\r\x1b[K");
            self.stands = false;
        }
    }
}

/// Whether standard error is a terminal on which a line can be written over.
fn is_terminal() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stderr().is_terminal() && !is_dumb
}

fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    // Nobody reads it: nothing is lost.
    let _ = stderr
        .write_all(text.as_bytes())
        .and_then(|()| stderr.flush());
}

//! Runs programs: their time is shown while they run, their output is kept, an interrupt ends them.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Watch;

/// How often a running program is looked at.
const TICK: Duration = Duration::from_millis(40);

/// So much of a program's output is held in memory at most.
const MAX_OUTPUT: u64 = 8 * 1024 * 1024;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Lets an interrupt or a request to end stop what runs, instead of the process at once.
pub(crate) fn catch_interrupts() {
    // A second call fails, and the first handler serves it too.
    let _ = ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst));
}

/// Whether an interrupt was caught.
pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// What a program left behind.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) status: ExitStatus,
    /// Standard output; both streams where they were asked for together.
    pub(super) output: String,
    /// Standard error.
    pub(super) errors: String,
    pub(super) elapsed: Duration,
}

impl Finished {
    pub(super) fn succeeded(&self) -> bool {
        self.status.success()
    }

    /// The last lines that say something, for a message.
    pub(super) fn last_words(&self) -> String {
        let text = if self.errors.trim().is_empty() {
            &self.output
        } else {
            &self.errors
        };
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        lines[lines.len().saturating_sub(3)..].join("; ")
    }
}

/// A program to be run.
pub(super) struct Job<'j> {
    pub(super) program: &'j OsStr,
    /// Variables besides ours.
    pub(super) environment: &'j [(String, String)],
    pub(super) arguments: Vec<String>,
    /// What is shown while it runs; nothing where it is empty.
    pub(super) title: &'j str,
    /// After this it is ended.
    pub(super) limit: Option<Duration>,
    /// Whether it runs to its end though we were interrupted.
    pub(super) tidies_up: bool,
}

/// Runs a program to its end.
///
/// # Errors
/// Where it cannot be started, was interrupted or took too long.
pub(super) fn run(job: &Job<'_>, watch: &mut dyn Watch) -> io::Result<Finished> {
    let mut output = tempfile::tempfile()?;
    let mut errors = tempfile::tempfile()?;
    // The other arguments may hold secrets.
    let verb = job.arguments.first().map_or("", String::as_str);
    log::debug!("runs {} {verb}", job.program.display());
    let child = Command::new(job.program)
        .args(&job.arguments)
        .envs(job.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(errors.try_clone()?)
        .spawn()
        .map_err(|error| named(job.program, &error))?;
    let started = Instant::now();
    let status = wait(child, job, started, watch)?;
    Ok(Finished {
        status,
        output: text(&mut output)?,
        errors: text(&mut errors)?,
        elapsed: started.elapsed(),
    })
}

/// Runs a program and lets `read` have its standard output while it runs.
///
/// # Errors
/// As [`run`]; and what `read` finds.
pub(super) fn stream<T: Send>(
    job: &Job<'_>,
    watch: &mut dyn Watch,
    read: impl FnOnce(&mut dyn Read) -> io::Result<T> + Send,
) -> io::Result<T> {
    let mut errors = tempfile::tempfile()?;
    let mut child = Command::new(job.program)
        .args(&job.arguments)
        .envs(job.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(errors.try_clone()?)
        .spawn()
        .map_err(|error| named(job.program, &error))?;
    let mut stdout = child.stdout.take().expect("it was asked for");
    let started = Instant::now();
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let result = read(&mut stdout);
            // What is left over is taken, or the program would wait for ever.
            let _ = io::copy(&mut stdout, &mut io::sink());
            result
        });
        let status = wait(child, job, started, watch);
        let result = reader.join().expect("the reader does not panic");
        if !status?.success() {
            let message = text(&mut errors)?;
            return Err(io::Error::other(message.trim().to_owned()));
        }
        result
    })
}

fn named(program: &OsStr, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", program.display()))
}

fn wait(
    mut child: Child,
    job: &Job<'_>,
    started: Instant,
    watch: &mut dyn Watch,
) -> io::Result<ExitStatus> {
    if !job.title.is_empty() {
        watch.begin(job.title);
    }
    loop {
        if let Some(status) = child.try_wait()? {
            if !job.title.is_empty() {
                watch.end(job.title, started.elapsed());
            }
            return Ok(status);
        }
        let elapsed = started.elapsed();
        let is_late = job.limit.is_some_and(|limit| elapsed > limit);
        if (is_interrupted() && !job.tidies_up) || is_late {
            let _ = child.kill();
            let _ = child.wait();
            watch.end(job.title, elapsed);
            return Err(if is_late {
                let message = format!("it took longer than {} s", elapsed.as_secs());
                io::Error::new(io::ErrorKind::TimedOut, message)
            } else {
                io::Error::new(io::ErrorKind::Interrupted, "interrupted")
            });
        }
        if !job.title.is_empty() {
            watch.tick(job.title, elapsed);
        }
        thread::sleep(TICK);
    }
}

fn text(file: &mut File) -> io::Result<String> {
    file.flush()?;
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(MAX_OUTPUT).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::verify::Silent;

    fn job<'j>(script: &str, limit: Option<Duration>) -> Job<'j> {
        Job {
            program: OsStr::new("sh"),
            environment: &[],
            arguments: vec!["-c".to_owned(), script.to_owned()],
            title: "",
            limit,
            tidies_up: false,
        }
    }

    #[test]
    fn output_and_status_are_kept() {
        let done = run(&job("echo one; echo two >&2; exit 3", None), &mut Silent).expect("it ran");
        assert_eq!(done.status.code(), Some(3));
        assert_eq!(
            (done.output.as_str(), done.errors.as_str()),
            ("one\n", "two\n")
        );
        assert_eq!(done.last_words(), "two");
    }

    #[test]
    fn what_takes_too_long_is_ended() {
        let limit = Some(Duration::from_millis(100));
        let error = run(&job("sleep 60", limit), &mut Silent).expect_err("an end");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn a_stream_is_read_and_a_failure_of_its_program_is_told() {
        let read = |from: &mut dyn Read| {
            let mut text = String::new();
            from.read_to_string(&mut text)?;
            Ok(text)
        };
        let text = stream(&job("printf abc", None), &mut Silent, read).expect("it ran");
        assert_eq!(text, "abc");
        let failed = stream(
            &job("echo no such image >&2; exit 1", None),
            &mut Silent,
            read,
        );
        assert_eq!(failed.expect_err("a failure").to_string(), "no such image");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let job = Job {
            program: OsStr::new("imgfix-no-such-program"),
            environment: &[],
            arguments: Vec::new(),
            title: "",
            limit: None,
            tidies_up: false,
        };
        let error = run(&job, &mut Silent).expect_err("no program");
        assert!(error.to_string().starts_with("imgfix-no-such-program: "));
    }
}

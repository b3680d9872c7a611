//! Whether the containers of two images answer alike.

use std::io;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::Watch;
use super::builder::Builder;
use super::process;

/// How long a container may take to answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often a container that does not answer yet is asked.
const PAUSE: Duration = Duration::from_millis(200);

/// A question to a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Smoke {
    /// It is run with these arguments in place of its `CMD`, and ends.
    Command(Vec<String>),
    /// It is started as it is, and a path is asked for over HTTP.
    Http {
        /// The port in the container.
        port: u16,
        /// The path, with the slash in front.
        path: String,
    },
}

impl Smoke {
    /// Reads `8080/health`.
    pub fn http(text: &str) -> Option<Self> {
        let (port, path) = text.split_once('/').unwrap_or((text, ""));
        Some(Self::Http {
            port: port.parse().ok().filter(|port| *port > 0)?,
            path: format!("/{path}"),
        })
    }

    fn title(&self) -> String {
        match self {
            Self::Command(words) => format!("`{}`", shell_words::join(words)),
            Self::Http { port, path } => format!("GET :{port}{path}"),
        }
    }
}

/// What a container answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// The exit status, or the status of HTTP.
    status: String,
    /// Whether there is one at all.
    came: bool,
    /// What it said, line by line.
    lines: Vec<String>,
}

/// The result of a question.
#[derive(Clone, Debug, Serialize)]
pub struct SmokeResult {
    /// The question.
    pub question: String,
    /// The status of the answer of the original.
    pub status: String,
    /// How the answers differ; `None` where they do not.
    pub difference: Option<String>,
    /// What the original said.
    #[serde(skip)]
    pub said: String,
}

/// Asks both containers. The original is asked twice: what differs between its own answers is not compared.
pub(super) fn compare(
    builder: &Builder,
    smoke: &Smoke,
    tags: (&str, &str),
    network: Option<&str>,
    watch: &mut dyn Watch,
) -> io::Result<SmokeResult> {
    let first = ask(builder, smoke, tags.0, network, watch)?;
    let again = ask(builder, smoke, tags.0, network, watch)?;
    let after = ask(builder, smoke, tags.1, network, watch)?;
    Ok(SmokeResult {
        question: smoke.title(),
        status: first.status.clone(),
        difference: difference(&first, &again, &after),
        said: first.lines.join("\n"),
    })
}

/// With these the engine says that the program could not be started.
const NOT_STARTED: &[&str] = &["exit status 125", "exit status 126", "exit status 127"];

fn difference(first: &Answer, again: &Answer, after: &Answer) -> Option<String> {
    if !first.came || NOT_STARTED.contains(&first.status.as_str()) {
        let last = first.lines.last().map_or("", String::as_str);
        return Some(format!(
            "the original itself answers {}, which proves nothing: {last}",
            first.status
        ));
    }
    if first.status != after.status {
        return Some(format!(
            "the original answers {} and the rewritten one {}{}",
            first.status,
            after.status,
            after
                .lines
                .last()
                .map_or_else(String::new, |line| format!(": {line}"))
        ));
    }
    if first.lines == after.lines || again.lines == after.lines {
        return None;
    }
    if first.lines.len() == again.lines.len() && first.lines.len() == after.lines.len() {
        let pairs = first.lines.iter().zip(&again.lines).zip(&after.lines);
        return pairs
            .filter(|((one, two), _)| one == two)
            .find(|((one, _), other)| one != other)
            .map(|((one, _), other)| {
                format!("the original says `{one}` and the rewritten one `{other}`")
            });
    }
    // The length differs by itself: then nothing can be said of the lines.
    (first.lines.len() == again.lines.len()).then(|| {
        format!(
            "the original says {} lines and the rewritten one {}",
            first.lines.len(),
            after.lines.len()
        )
    })
}

fn ask(
    builder: &Builder,
    smoke: &Smoke,
    tag: &str,
    network: Option<&str>,
    watch: &mut dyn Watch,
) -> io::Result<Answer> {
    let container = Container {
        builder,
        name: super::unique_name("run"),
    };
    match smoke {
        Smoke::Command(words) => {
            let done = builder.run(&container.name, tag, network, words, PATIENCE, watch)?;
            let status = done.status.code();
            let text = done.output + &done.errors;
            Ok(Answer {
                status: status.map_or("a signal".to_owned(), |code| format!("exit status {code}")),
                came: true,
                lines: text.lines().map(str::to_owned).collect(),
            })
        }
        Smoke::Http { port, path } => {
            let started = builder.start(&container.name, tag, network, *port)?;
            if !started.succeeded() {
                return Ok(Answer {
                    status: "with no container".to_owned(),
                    came: false,
                    lines: vec![started.last_words()],
                });
            }
            answer(&container, *port, path, network)
        }
    }
}

/// A container that is removed in the end.
struct Container<'b> {
    builder: &'b Builder,
    name: String,
}

impl Drop for Container<'_> {
    fn drop(&mut self) {
        self.builder.remove_container(&self.name);
    }
}

fn answer(
    container: &Container<'_>,
    port: u16,
    path: &str,
    network: Option<&str>,
) -> io::Result<Answer> {
    let address = match container.builder.address(&container.name, network, port) {
        Ok(address) => address,
        // A container that ended at once has no ports.
        Err(error) => match container.builder.exit_status(&container.name) {
            Some(status) => return Ok(ended(&status)),
            None => return Err(error),
        },
    };
    let url = format!("http://{address}{path}");
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if process::is_interrupted() {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "interrupted"));
        }
        let request = minreq::get(url.as_str())
            .with_timeout(5)
            .with_follow_redirects(false);
        if let Ok(response) = request.send() {
            let kind = response
                .header("content-type")
                .unwrap_or_default()
                .to_owned();
            let body = String::from_utf8_lossy(response.as_bytes()).into_owned();
            let lines = std::iter::once(kind).chain(body.lines().map(str::to_owned));
            return Ok(Answer {
                status: format!("HTTP {}", response.status_code),
                came: true,
                lines: lines.collect(),
            });
        }
        if let Some(status) = container.builder.exit_status(&container.name) {
            return Ok(ended(&status));
        }
        std::thread::sleep(PAUSE);
    }
    Ok(Answer {
        status: format!("nothing within {} s", PATIENCE.as_secs()),
        came: false,
        lines: Vec::new(),
    })
}

fn ended(status: &str) -> Answer {
    Answer {
        status: format!("nothing: it ended with status {status}"),
        came: false,
        lines: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Answer {
        Answer {
            status: "exit status 0".to_owned(),
            came: true,
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    #[test]
    fn ports_and_paths_are_read() {
        let http = |port, path: &str| {
            Some(Smoke::Http {
                port,
                path: path.to_owned(),
            })
        };
        assert_eq!(Smoke::http("8080/health"), http(8080, "/health"));
        assert_eq!(Smoke::http("80"), http(80, "/"));
        assert_eq!(Smoke::http("80/a/b?c=d"), http(80, "/a/b?c=d"));
        assert_eq!(Smoke::http("0/x"), None);
        assert_eq!(Smoke::http("health"), None);
    }

    #[test]
    fn what_differs_anyway_is_not_compared() {
        let (one, two) = (says("version 1\ntime 10"), says("version 1\ntime 11"));
        assert_eq!(difference(&one, &two, &says("version 1\ntime 12")), None);
        assert_eq!(
            difference(&one, &two, &says("version 2\ntime 12")).as_deref(),
            Some("the original says `version 1` and the rewritten one `version 2`")
        );
        assert_eq!(
            difference(&one, &one, &says("version 1")).as_deref(),
            Some("the original says 2 lines and the rewritten one 1")
        );
        let failed = Answer {
            status: "exit status 127".to_owned(),
            came: true,
            lines: vec!["app: not found".to_owned()],
        };
        assert_eq!(
            difference(&one, &two, &failed).as_deref(),
            Some(
                "the original answers exit status 0 and the rewritten one exit status 127: app: not found"
            )
        );
    }

    #[test]
    fn an_original_that_does_not_run_proves_nothing() {
        let absent = Answer {
            status: "exit status 127".to_owned(),
            came: true,
            lines: vec!["no such program".to_owned()],
        };
        let found = difference(&absent, &absent, &absent).expect("a finding");
        assert!(
            found.contains("which proves nothing: no such program"),
            "{found}"
        );
        let ended = ended("1");
        assert!(difference(&ended, &ended, &ended).is_some());
    }
}

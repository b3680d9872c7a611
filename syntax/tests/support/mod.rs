//! The corpus, and an instruction as `BuildKit`'s parser would report it.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests read the corpus and say what they skip"
)]
#![allow(dead_code, reason = "each test program uses its part")]
#![allow(
    unreachable_pub,
    unused_imports,
    reason = "shared between test programs"
)]

pub mod generator;
pub mod oracle;
pub mod ranges;

use std::io::Write;
use std::path::{Path, PathBuf};

use imgfix_syntax::{Arguments, CommandForm, File, Healthcheck, Instruction, Keyword, LineIndex};
use serde::Deserialize;

pub use ranges::{check_ranges, words};

/// A Dockerfile of the corpus.
#[derive(Deserialize)]
pub struct Dockerfile {
    /// Its number in the corpus.
    pub id: String,
    /// Its text; absent where it is not UTF-8.
    pub text: Option<String>,
}

/// What `BuildKit`'s parser says of a Dockerfile.
#[derive(Deserialize)]
pub struct Verdict {
    pub id: String,
    pub parses: bool,
    pub instructions_valid: bool,
    pub escape: String,
    pub instructions: Vec<Reported>,
}

/// An instruction as `BuildKit`'s parser reports it.
#[derive(Deserialize, Debug, PartialEq, Eq, Clone)]
pub struct Reported {
    pub keyword: String,
    pub flags: Vec<String>,
    pub args: Vec<String>,
    pub json: bool,
    pub first_line: usize,
    pub last_line: usize,
    pub heredocs: Vec<ReportedHeredoc>,
}

/// A heredoc as `BuildKit`'s parser reports it.
#[derive(Deserialize, Debug, PartialEq, Eq, Clone)]
pub struct ReportedHeredoc {
    pub name: String,
    #[serde(default)]
    pub expand: bool,
    #[serde(default)]
    pub chomp: bool,
    pub content: String,
}

/// Where the corpus lies; `None`, said aloud, where it is absent.
pub fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("IMGFIX_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"),
        PathBuf::from,
    );
    if folder.join("dockerfiles.jsonl").is_file() {
        return Some(folder);
    }
    say(&format!(
        "skipped: corpus absent ({} has no dockerfiles.jsonl)",
        folder.display()
    ));
    None
}

/// Every how many files of the corpus a slow test takes; `IMGFIX_FULL=1` has it take all.
pub fn step() -> usize {
    if std::env::var_os("IMGFIX_FULL").is_some() {
        1
    } else {
        10
    }
}

/// Says something that is seen even when the test passes.
pub fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("standard error takes a line");
}

/// Reads a file of the corpus, one record a line.
pub fn records<T: for<'de> Deserialize<'de>>(folder: &Path, name: &str) -> Vec<T> {
    let text = std::fs::read_to_string(folder.join(name)).expect("the corpus is readable");
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a record of the corpus"))
        .collect()
}

/// The instructions as `BuildKit`'s parser would report them.
pub fn reported(text: &str, file: &File) -> Vec<Reported> {
    let index = LineIndex::new(text);
    file.instructions()
        .map(|(at, instruction)| {
            let range = file.items[at].range;
            Reported {
                keyword: keyword(text, instruction),
                flags: flags(instruction),
                args: args(text, instruction),
                // BuildKit notes this on the inner instruction only.
                json: instruction.keyword != Keyword::Onbuild && instruction.is_json(),
                first_line: index.line(range.start()),
                last_line: index.line(range.end() - 1),
                heredocs: heredocs(text, instruction),
            }
        })
        .collect()
}

/// The keyword in lower case; known ones may be cut by a continuation in the file.
fn keyword(text: &str, instruction: &Instruction) -> String {
    match instruction.keyword {
        Keyword::Unknown => instruction.keyword_range.slice(text).to_lowercase(),
        known => format!("{known:?}").to_lowercase(),
    }
}

fn flags(instruction: &Instruction) -> Vec<String> {
    let flags = instruction.flags.iter();
    flags
        .map(|flag| match &flag.value {
            Some(value) => format!("--{}={value}", flag.name),
            None => format!("--{}", flag.name),
        })
        .collect()
}

fn heredocs(text: &str, instruction: &Instruction) -> Vec<ReportedHeredoc> {
    let heredocs = instruction.heredocs.iter();
    heredocs
        .map(|heredoc| ReportedHeredoc {
            name: heredoc.delimiter.clone(),
            expand: heredoc.expand,
            chomp: heredoc.strip_tabs,
            content: heredoc.body.slice(text).to_owned(),
        })
        .collect()
}

/// The arguments as `BuildKit`'s parser would report them.
pub fn args(text: &str, instruction: &Instruction) -> Vec<String> {
    let body = instruction.body.as_str();
    let whole = || -> Vec<String> {
        Some(body.to_owned())
            .filter(|body| !body.is_empty())
            .into_iter()
            .collect()
    };
    let values = || {
        let words = words(instruction).into_iter();
        words.map(|word| word.text.clone()).collect()
    };
    match &instruction.arguments {
        _ if instruction.keyword == Keyword::Unknown => vec![String::new()],
        Arguments::Command(CommandForm::Shell) | Arguments::Opaque => whole(),
        Arguments::Healthcheck(check) => {
            let kind = body.split_whitespace().next().unwrap_or_default();
            let mut args = vec![kind.to_owned()];
            match check {
                Healthcheck::Command {
                    form: CommandForm::Shell,
                    body,
                } => {
                    args.push(body.as_str().to_owned());
                }
                _ => args.extend::<Vec<String>>(values()),
            }
            args
        }
        Arguments::From(from) => match &from.name {
            None => vec![from.image.text.clone()],
            Some(name) => {
                let middle = body.split_whitespace().nth(1).unwrap_or_default();
                vec![
                    from.image.text.clone(),
                    middle.to_owned(),
                    name.text.clone(),
                ]
            }
        },
        Arguments::Pairs(pairs) => {
            let separator = if pairs.legacy { "" } else { "=" };
            let triples = pairs.pairs.iter().flat_map(|pair| {
                let value = pair.value.as_ref().map_or("", |value| &value.text);
                [&pair.key.text, value, separator].map(str::to_owned)
            });
            triples.collect()
        }
        Arguments::Arg(pairs) => {
            let pairs = pairs.iter();
            pairs
                .map(|pair| match &pair.value {
                    Some(value) => format!("{}={}", pair.key.text, value.text),
                    None => pair.key.text.clone(),
                })
                .collect()
        }
        Arguments::Onbuild(inner) => {
            let mut args = vec![inner.keyword_range.slice(text).to_owned()];
            args.extend(flags(inner));
            args.extend(self::args(text, inner));
            args
        }
        _ => values(),
    }
}

//! The official Go parser, as `PyPI`'s `dockerfile` 3.4 wraps it (`BuildKit` 0.12.5).

use std::io::Write;
use std::process::{Command, Stdio};

use imgfix_syntax::{Arguments, DiagnosticKind, File, Healthcheck, Instruction, Keyword};
use serde::Deserialize;

use super::{Reported, reported, say};

/// Reads a JSON array of texts; prints one JSON value a line, an [`Answer`].
const SCRIPT: &str = r"
import json, sys
try:
    import dockerfile
except ImportError:
    sys.exit(3)
for text in json.load(sys.stdin):
    try:
        commands = dockerfile.parse_string(text)
    except dockerfile.GoParseError:
        print(json.dumps('Refused'))
        continue
    except UnicodeDecodeError:
        print(json.dumps('Unreadable'))
        continue
    print(json.dumps({'Accepted': [{
        'keyword': c.cmd or '', 'trigger': c.sub_cmd or '', 'flags': c.flags, 'args': c.value,
        'json': c.json, 'first_line': c.start_line, 'last_line': c.end_line,
        'heredocs': [{'name': h.name, 'content': h.content} for h in c.heredocs],
    } for c in commands]}))
";

/// An instruction as the oracle reports it.
#[derive(Deserialize)]
pub struct Told {
    trigger: String,
    #[serde(flatten)]
    reported: Reported,
}

/// What the oracle says of a text.
#[derive(Deserialize)]
pub enum Answer {
    /// The parser refuses it.
    Refused,
    /// A word ends within a character, which the oracle cannot pass on, nor can we.
    Unreadable,
    /// It reads these instructions.
    Accepted(Vec<Told>),
}

/// Asks the oracle about all texts; `None`, said aloud, where it is not installed.
pub fn ask(texts: &[String]) -> Option<Vec<Answer>> {
    let skip = || say("skipped: no oracle (pip install dockerfile==3.4.0)");
    let Ok(mut python) = Command::new("python3")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    else {
        skip();
        return None;
    };
    let mut stdin = python.stdin.take().expect("a pipe");
    let input = serde_json::to_vec(texts).expect("texts are JSON");
    // Where the module is absent, the pipe closes early; the exit status tells.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = python.wait_with_output().expect("python ends");
    writer.join().expect("the writer ends");
    if output.status.code() == Some(3) {
        skip();
        return None;
    }
    assert!(output.status.success(), "the oracle failed");
    let answers: Vec<_> = output
        .stdout
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("an answer"))
        .collect();
    assert_eq!(answers.len(), texts.len(), "one answer a text");
    Some(answers)
}

/// Whether the oracle's version reads a file in another way than later ones, which we follow: blanks
/// in `<< EOF`, texts behind a JSON array, heredocs beside substitutions, and the `check` directive.
fn is_of_its_time(text: &str, file: &File) -> bool {
    let mut openers = text.split("<<").skip(1);
    openers.any(|after| after.starts_with([' ', '\t', '\r']))
        || text.contains("<<") && text.contains("${")
        || text.contains("# check = ")
        || file.instructions().any(|(_, instruction)| {
            let body = command_body(instruction);
            body.trim_start().starts_with('[') && !instruction.is_json()
        })
}

/// The text that may be JSON.
fn command_body(instruction: &Instruction) -> &str {
    match &instruction.arguments {
        Arguments::Onbuild(inner) => command_body(inner),
        Arguments::Healthcheck(Healthcheck::Command { body, .. }) => body.as_str(),
        _ => instruction.body.as_str(),
    }
}

/// Compares our reading of a text with the oracle's. Tells whether there was anything to compare.
pub fn compare(text: &str, file: &File, answer: &Answer) -> Result<bool, String> {
    if is_of_its_time(text, file) {
        return Ok(false);
    }
    let refused = parser_refusals(file);
    let told = match answer {
        Answer::Refused if refused.is_empty() && file.instructions().next().is_some() => {
            return Err("the oracle refuses it".to_owned());
        }
        Answer::Refused => return Ok(true),
        Answer::Unreadable => return Ok(false),
        Answer::Accepted(told) => told,
    };
    // The check of instructions, which comes after the parser, refuses further arguments.
    if refused
        .iter()
        .any(|&kind| kind != DiagnosticKind::InvalidArguments)
    {
        return Err(format!("the oracle takes it, not we: {refused:?}"));
    }
    let ours = reported(text, file);
    if ours.len() != told.len() {
        return Err(format!("{} instructions, not {}", ours.len(), told.len()));
    }
    for ((_, instruction), (mut ours, told)) in file.instructions().zip(ours.into_iter().zip(told))
    {
        let inner = match &instruction.arguments {
            Arguments::Onbuild(inner) => {
                ours.json = inner.is_json();
                ours.args = super::args(text, inner);
                // The oracle drops the heredocs of the outer instruction.
                ours.heredocs.clear();
                inner
            }
            // What is refused below ONBUILD is opaque to us; nothing to compare.
            _ if instruction.keyword == Keyword::Onbuild => continue,
            _ => instruction,
        };
        if matches!(inner.arguments, Arguments::Pairs(_)) {
            // Later versions add what stands between key and value.
            let mut at = 0;
            ours.args.retain(|_| {
                at += 1;
                at % 3 != 0
            });
        }
        if matches!(inner.arguments, Arguments::Opaque) {
            ours.args.clone_from(&told.reported.args);
            ours.json = told.reported.json;
        }
        for heredoc in &mut ours.heredocs {
            (heredoc.expand, heredoc.chomp) = (false, false);
        }
        let mut theirs = told.reported.clone();
        theirs.keyword = theirs.keyword.to_lowercase();
        let trigger = Keyword::of(&told.trigger);
        if instruction.keyword == Keyword::Onbuild && inner.keyword != trigger {
            return Err(format!("ONBUILD {:?}, not {trigger:?}", inner.keyword));
        }
        if ours.keyword.contains('\n') {
            // An unknown name over several lines; the tree holds no joined text of it.
            ours.keyword.clone_from(&theirs.keyword);
        }
        if ours != theirs {
            return Err(format!("\n  ours   {ours:?}\n  theirs {theirs:?}"));
        }
    }
    Ok(true)
}

/// What the parser may refuse in a file.
fn parser_refusals(file: &File) -> Vec<DiagnosticKind> {
    let kinds = file.diagnostics.iter().map(|diagnostic| diagnostic.kind);
    kinds
        .filter(|kind| {
            matches!(
                kind,
                DiagnosticKind::InvalidDirective
                    | DiagnosticKind::UnterminatedHeredoc
                    | DiagnosticKind::LineTooLong
                    | DiagnosticKind::InvalidArguments
            )
        })
        .collect()
}

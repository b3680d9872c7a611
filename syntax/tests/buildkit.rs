//! The reader against BuildKit's own parser, over the whole corpus.

mod common;

use std::collections::HashMap;

use imgfix_syntax::{
    Arguments, CommandForm, DiagnosticKind, File, Healthcheck, Instruction, Keyword, LineIndex,
    Pair, parse,
};

#[derive(serde::Deserialize)]
struct Record {
    id: String,
    parses: bool,
    escape: String,
    instructions: Option<Vec<Expected>>,
}

#[derive(serde::Deserialize, Debug, PartialEq)]
struct Expected {
    keyword: String,
    flags: Vec<String>,
    args: Vec<String>,
    json: bool,
    first_line: usize,
    last_line: usize,
    heredocs: Vec<serde_json::Value>,
}

/// Files that are read otherwise, each with its reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

#[test]
fn every_file_is_read_as_buildkit_reads_it() {
    let (Some(files), Some(records)) = (common::dockerfiles(), common::corpus("buildkit.jsonl"))
    else {
        return;
    };
    let records: HashMap<String, Record> = records
        .lines()
        .map(|line| serde_json::from_str::<Record>(line).expect("a record"))
        .map(|record| (record.id.clone(), record))
        .collect();
    let (mut agreed, mut not_utf8, mut differing) = (0, 0, Vec::new());
    for file in &files {
        let Some(text) = file.text() else {
            not_utf8 += 1;
            continue;
        };
        match compare(&text, &records[&file.id]) {
            Ok(()) => agreed += 1,
            Err(_) if EXCEPTIONS.iter().any(|(id, _)| *id == file.id) => {}
            Err(difference) => differing.push(format!("{}: {difference}", file.id)),
        }
    }
    println!(
        "{} files: {agreed} read alike, {not_utf8} not UTF-8",
        files.len()
    );
    assert!(EXCEPTIONS.len() + not_utf8 <= 5);
    assert!(
        differing.is_empty(),
        "{} differ:\n{}",
        differing.len(),
        differing[..differing.len().min(15)].join("\n")
    );
}

fn compare(text: &str, record: &Record) -> Result<(), String> {
    let file = parse(text);
    let tiled: String = file
        .items
        .iter()
        .map(|item| item.range.slice(text))
        .collect();
    if tiled != text {
        return Err("the items do not tile the file".to_owned());
    }
    if !record.parses {
        return if refuses(&file) {
            Ok(())
        } else {
            Err("BuildKit rejects it".to_owned())
        };
    }
    if record.escape != file.escape.to_string() {
        return Err(format!("escape {:?}", file.escape));
    }
    let lines = LineIndex::new(text);
    let found: Vec<Expected> = file
        .items
        .iter()
        .filter_map(|item| match &item.kind {
            imgfix_syntax::ItemKind::Instruction(instruction) => {
                let last = lines.line(item.range.end() - 1);
                Some(describe(
                    text,
                    instruction,
                    lines.line(item.range.start()),
                    last,
                ))
            }
            _ => None,
        })
        .collect();
    let expected = record.instructions.as_deref().unwrap_or_default();
    for (found, expected) in found.iter().zip(expected) {
        let same_heredocs = found.heredocs.len() == expected.heredocs.len();
        let same = (
            &found.keyword,
            &found.flags,
            &found.args,
            found.json,
            found.first_line,
            found.last_line,
        ) == (
            &expected.keyword,
            &expected.flags,
            &expected.args,
            expected.json,
            expected.first_line,
            expected.last_line,
        );
        if !same || !same_heredocs {
            return Err(format!("\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    if found.len() == expected.len() {
        Ok(())
    } else {
        Err(format!(
            "{} instructions, not {}",
            found.len(),
            expected.len()
        ))
    }
}

fn refuses(file: &File) -> bool {
    file.diagnostics.iter().any(|diagnostic| {
        matches!(
            diagnostic.kind,
            DiagnosticKind::InvalidArguments
                | DiagnosticKind::InvalidDirective
                | DiagnosticKind::UnterminatedHeredoc
                | DiagnosticKind::MissingFrom
        )
    })
}

/// What BuildKit's parser would print for an instruction.
fn describe(
    text: &str,
    instruction: &Instruction,
    first_line: usize,
    last_line: usize,
) -> Expected {
    let (args, json) = arguments(instruction);
    Expected {
        keyword: instruction.keyword_range.slice(text).to_lowercase(),
        flags: flags(instruction),
        args,
        json,
        first_line,
        last_line,
        heredocs: instruction
            .heredocs
            .iter()
            .map(|_| serde_json::Value::Null)
            .collect(),
    }
}

fn flags(instruction: &Instruction) -> Vec<String> {
    let text = |flag: &imgfix_syntax::Flag| match &flag.value {
        Some(value) => format!("--{}={value}", flag.name),
        None => format!("--{}", flag.name),
    };
    instruction.flags.iter().map(text).collect()
}

fn arguments(instruction: &Instruction) -> (Vec<String>, bool) {
    let body = instruction.body.as_str();
    let whole = || {
        if body.is_empty() {
            Vec::new()
        } else {
            vec![body.to_owned()]
        }
    };
    match &instruction.arguments {
        Arguments::Command(CommandForm::Shell) | Arguments::Text(_) => (whole(), false),
        Arguments::Command(CommandForm::Exec(words)) => {
            (words.iter().map(|word| word.text.clone()).collect(), true)
        }
        Arguments::Words(words) => (
            words.iter().map(|word| word.text.clone()).collect(),
            body.starts_with('[')
                && instruction.keyword != Keyword::Expose
                && is_array(body, words.len()),
        ),
        Arguments::From(from) => {
            let mut words = vec![from.image.text.clone()];
            words.extend(from.name.as_ref().map(|name| name.text.clone()));
            if from.name.is_some() {
                words = body.split_whitespace().map(str::to_owned).collect();
            }
            (words, false)
        }
        Arguments::Copy(copy) => {
            let words = copy.sources.iter().chain([&copy.destination]);
            (
                words.map(|word| word.text.clone()).collect(),
                copy.exec_form,
            )
        }
        Arguments::Pairs(pairs) => {
            let separator = if pairs.legacy { "" } else { "=" };
            let triple = |pair: &Pair| {
                let value = pair
                    .value
                    .as_ref()
                    .map_or(String::new(), |word| word.text.clone());
                [pair.key.text.clone(), value, separator.to_owned()]
            };
            (pairs.pairs.iter().flat_map(triple).collect(), false)
        }
        Arguments::Arg(pairs) => {
            let text = |pair: &Pair| match &pair.value {
                Some(value) => format!("{}={}", pair.key.text, value.text),
                None => pair.key.text.clone(),
            };
            (pairs.iter().map(text).collect(), false)
        }
        Arguments::Healthcheck(Healthcheck::None) => (vec![body.to_owned()], false),
        Arguments::Healthcheck(Healthcheck::Command {
            form,
            body: command,
        }) => {
            let kind = body
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            match form {
                CommandForm::Shell => (vec![kind, command.as_str().to_owned()], false),
                CommandForm::Exec(words) => (
                    std::iter::once(kind)
                        .chain(words.iter().map(|word| word.text.clone()))
                        .collect(),
                    true,
                ),
            }
        }
        Arguments::Onbuild(inner) => {
            // The record has the inner instruction's flags among the words, and its form not at all.
            let keyword = body
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            let words = std::iter::once(keyword)
                .chain(flags(inner))
                .chain(arguments(inner).0);
            (words.collect(), false)
        }
        Arguments::Opaque => (vec![String::new()], false),
    }
}

/// Whether VOLUME or SHELL was read as an array rather than as words.
fn is_array(body: &str, words: usize) -> bool {
    serde_json::from_str::<Vec<String>>(body).is_ok_and(|array| array.len() == words)
}

//! The corpus, changed in ways that keep its meaning, or cut off: it must read the same.

mod support;

use imgfix_syntax::{Instruction, parse};
use support::{Dockerfile, Reported, check_ranges, corpus, oracle, records, reported, say, step};

/// A changed text, and for each old line (from 1) the line that it became.
struct Mutant {
    name: &'static str,
    text: String,
    lines: Vec<usize>,
}

#[test]
fn changes_that_keep_the_meaning_read_the_same() {
    let Some(texts) = texts() else { return };
    let mut mutants = 0;
    for text in &texts {
        let before = reported(text, &parse(text));
        for mutant in mutants_of(text) {
            mutants += 1;
            let file = parse(&mutant.text);
            check_ranges(&mutant.text, &file).unwrap_or_else(|error| panic!("{error}"));
            let after = reported(&mutant.text, &file);
            let expected: Vec<_> = before.iter().map(|one| moved(one, &mutant.lines)).collect();
            assert_eq!(after, expected, "{}: {text}", mutant.name);
        }
    }
    say(&format!(
        "mutations: {} files, {mutants} mutants read the same",
        texts.len()
    ));
}

#[test]
fn a_truncated_file_reads_the_same_up_to_the_cut() {
    let Some(texts) = texts() else { return };
    let mut cuts = 0;
    for text in &texts {
        let whole = parse(text);
        let all: Vec<_> = whole.instructions().collect();
        for cut in (0..text.len()).step_by(61) {
            let Some(text) = text.get(..cut) else {
                continue;
            };
            cuts += 1;
            let file = parse(text);
            check_ranges(text, &file).unwrap_or_else(|error| panic!("{error}"));
            let complete = all
                .iter()
                .take_while(|(at, _)| whole.items[*at].range.end() <= cut);
            for ((_, before), (_, after)) in complete.zip(file.instructions()) {
                assert!(same(before, after), "{text}");
            }
        }
    }
    say(&format!("truncation: {cuts} cuts"));
}

#[test]
fn mutants_read_as_the_official_parser_reads_them() {
    let Some(originals) = texts() else { return };
    let mut texts = Vec::new();
    for text in &originals {
        texts.extend(mutants_of(text).into_iter().map(|mutant| mutant.text));
        for part in 1..4 {
            texts.extend(text.get(..text.len() * part / 4).map(str::to_owned));
        }
        texts.push(with_heredocs(text));
    }
    texts.retain(|text| !text.contains('\0'));
    let Some(answers) = oracle::ask(&texts) else {
        return;
    };
    let mut compared = 0;
    for (text, answer) in texts.iter().zip(&answers) {
        let result = oracle::compare(text, &parse(text), answer);
        let is_compared = result.unwrap_or_else(|difference| panic!("{difference}\n{text}"));
        compared += usize::from(is_compared);
    }
    say(&format!(
        "oracle: {} mutants, {compared} compared, no difference",
        texts.len()
    ));
}

/// The files of the corpus that this run takes.
fn texts() -> Option<Vec<String>> {
    let files: Vec<Dockerfile> = records(&corpus()?, "dockerfiles.jsonl");
    let texts = files.into_iter().step_by(step());
    Some(texts.filter_map(|file| file.text).collect())
}

fn same(before: &Instruction, after: &Instruction) -> bool {
    before.range == after.range
        && before.body == after.body
        && before.keyword == after.keyword
        && before.comments == after.comments
}

/// An instruction with its lines moved.
fn moved(one: &Reported, lines: &[usize]) -> Reported {
    let mut moved = one.clone();
    moved.first_line = lines[one.first_line - 1];
    moved.last_line = lines[one.last_line - 1];
    moved
}

fn mutants_of(text: &str) -> Vec<Mutant> {
    [crlf(text), mark(text), backtick(text), comments(text)]
        .into_iter()
        .flatten()
        .collect()
}

/// The lines as they are.
fn unmoved(text: &str, by: usize) -> Vec<usize> {
    (1..=text.lines().count() + 1)
        .map(|line| line + by)
        .collect()
}

fn crlf(text: &str) -> Option<Mutant> {
    (!text.contains('\r')).then(|| Mutant {
        name: "CRLF",
        text: text.replace('\n', "\r\n"),
        lines: unmoved(text, 0),
    })
}

fn mark(text: &str) -> Option<Mutant> {
    (!text.starts_with('\u{feff}')).then(|| Mutant {
        name: "byte order mark",
        text: format!("\u{feff}{text}"),
        lines: unmoved(text, 0),
    })
}

/// Only where the backslash does nothing but continue lines, and backticks do not stand.
fn backtick(text: &str) -> Option<Mutant> {
    let continues = |line: &str| line.trim_end().ends_with('\\');
    let mut changed = String::from("# escape=`\n");
    for line in text.split_inclusive('\n') {
        changed.push_str(&if continues(line) {
            line.replace('\\', "`")
        } else {
            line.to_owned()
        });
        let backslashes = line.matches('\\').count();
        if backslashes != usize::from(continues(line)) || line.contains(['`', '\r']) {
            return None;
        }
    }
    (!text.starts_with('\u{feff}')).then(|| Mutant {
        name: "backtick",
        text: changed,
        lines: unmoved(text, 1),
    })
}

/// A comment that looks continued, and a blank line, behind every continued line of an instruction.
fn comments(text: &str) -> Option<Mutant> {
    let file = parse(text);
    let mut continued = vec![false; text.len() + 1];
    for (at, _) in file.instructions() {
        let range = file.items[at].range;
        continued[range.start()..range.end()].fill(true);
    }
    let mut changed = String::new();
    let mut lines = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        lines.push(changed.matches('\n').count() + 1);
        let inside = continued[offset];
        offset += line.len();
        changed.push_str(line);
        let content = line.trim_end_matches(['\n', '\r']);
        let before = content.trim_end_matches([' ', '\t']).strip_suffix('\\');
        let goes_on = before.is_some_and(|before| !before.ends_with('\\'));
        if inside && goes_on && !content.trim_start().starts_with('#') && line.ends_with('\n') {
            changed.push_str("  # it's <<EOF \\\n \n");
        }
    }
    // A file that ends within an instruction ends a line or two later.
    let dangles = text.trim_end().ends_with('\\');
    (!dangles && file.escape == '\\' && !text.contains("<<")).then_some(Mutant {
        name: "comments",
        text: changed,
        lines,
    })
}

/// Each RUN of one line as a heredoc, with CRLF in every other body.
fn with_heredocs(text: &str) -> String {
    let mut changed = String::new();
    let mut within = false;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let goes_on = line.trim_end().ends_with('\\');
        match line.strip_prefix("RUN ") {
            Some(body) if !goes_on && !within && line.ends_with('\n') => {
                let newline = ["\n", "\r\n"][number % 2];
                let body = body.trim_end();
                let heredocs = [
                    "RUN <<'EOF' cat 3<<-E\n",
                    body,
                    newline,
                    "EOF",
                    newline,
                    "\tE\n",
                ];
                changed.extend(heredocs);
            }
            _ => changed.push_str(line),
        }
        within = goes_on;
    }
    changed
}

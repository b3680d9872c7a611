//! The whole corpus, read as `BuildKit`'s own parser reads it.

mod support;

use std::collections::BTreeMap;

use imgfix_syntax::{DiagnosticKind, File, parse};
use support::{Dockerfile, Reported, Verdict, check_ranges, corpus, records, reported, say};

/// Files that are not read as `BuildKit` reads them, each with its reason.
const EXCEPTIONS: &[(&str, &str)] = &[("03400", "not UTF-8; the reader reads UTF-8 only")];

#[test]
fn every_file_of_the_corpus_reads_as_buildkit_reads_it() {
    let Some(folder) = corpus() else { return };
    let verdicts: Vec<Verdict> = records(&folder, "buildkit.jsonl");
    let verdicts: BTreeMap<_, _> = verdicts.into_iter().map(|v| (v.id.clone(), v)).collect();
    let files: Vec<Dockerfile> = records(&folder, "dockerfiles.jsonl");
    let mut differences = Vec::new();
    let mut instructions = 0;
    for dockerfile in &files {
        if EXCEPTIONS.iter().any(|(id, _)| *id == dockerfile.id) {
            continue;
        }
        let text = dockerfile.text.as_ref().expect("UTF-8, or an exception");
        let file = parse(text);
        let verdict = &verdicts[&dockerfile.id];
        instructions += verdict.instructions.len();
        if let Err(difference) = compare(text, &file, verdict) {
            differences.push((&*dockerfile.id, difference));
        }
    }
    say(&format!(
        "corpus: {} files, {instructions} instructions, {} differences; left out: {EXCEPTIONS:?}",
        files.len(),
        differences.len()
    ));
    assert!(EXCEPTIONS.len() <= 5, "too many exceptions");
    for (id, difference) in differences.iter().take(20) {
        say(&format!("{id}: {difference}"));
    }
    assert!(differences.is_empty(), "{} files differ", differences.len());
}

fn compare(text: &str, file: &File, verdict: &Verdict) -> Result<(), String> {
    check_ranges(text, file)?;
    if file.escape.to_string() != verdict.escape {
        return Err(format!("escape {:?}", file.escape));
    }
    let refused = refusals(file);
    let valid = verdict.parses && verdict.instructions_valid;
    if refused.is_empty() != valid {
        return Err(format!("BuildKit accepts: {valid}; ours: {refused:?}"));
    }
    same(&reported(text, file), &verdict.instructions)
}

fn refusals(file: &File) -> Vec<DiagnosticKind> {
    let kinds = file.diagnostics.iter().map(|diagnostic| diagnostic.kind);
    kinds.filter(|kind| kind.is_refusal()).collect()
}

fn same(ours: &[Reported], theirs: &[Reported]) -> Result<(), String> {
    for (ours, theirs) in ours.iter().zip(theirs) {
        if ours != theirs {
            return Err(format!("\n  ours   {ours:?}\n  theirs {theirs:?}"));
        }
    }
    if ours.len() == theirs.len() {
        Ok(())
    } else {
        Err(format!("{} instructions, not {}", ours.len(), theirs.len()))
    }
}

//! The whole corpus: no panic, every output reads again, a second run changes nothing, no rewrite breaks an
//! invariant; and the counts are those that were accepted (`IMGFIX_BLESS=1` writes them down).
#![allow(
    clippy::disallowed_methods,
    reason = "the test reads the corpus and its snapshot"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use imgfix_syntax::parse;
use xtask::corpus::{Entry, counts, load, run};

#[test]
fn the_laws_hold_on_every_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = std::env::var_os("IMGFIX_CORPUS")
        .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let path = folder.join("dockerfiles.jsonl");
    if !path.exists() {
        println!("skipped: the corpus is absent");
        return;
    }
    let entries = run(load(&path).expect("the corpus"));
    assert!(entries.len() > 4000, "only {} files", entries.len());
    let faults: Vec<String> = entries.iter().filter_map(fault).collect();
    assert!(
        faults.is_empty(),
        "{} files:\n{}",
        faults.len(),
        faults.join("\n")
    );
    check_counts(&root.join("snapshots/corpus-counts.txt"), &counts(&entries));
}

/// The first law that a file breaks.
fn fault(entry: &Entry) -> Option<String> {
    let id = &entry.id;
    let outcome = match &entry.result {
        Ok(outcome) => outcome,
        Err(error) => return Some(format!("{id}: {error}")),
    };
    if let Some(rejected) = outcome.rejected.first() {
        return Some(format!(
            "{id}:{}: {} was rejected: {}",
            rejected.line, rejected.title, rejected.violation
        ));
    }
    if !entry.is_idempotent {
        return Some(format!("{id}: a second run changes it"));
    }
    let (before, after) = (kinds(&entry.text), kinds(&outcome.text));
    let new = after
        .iter()
        .find(|(kind, count)| before.get(*kind).copied().unwrap_or_default() < **count);
    new.map(|(kind, _)| format!("{id}: the result does not read cleanly: {kind}"))
}

/// The diagnostics of a text, counted by kind.
fn kinds(text: &str) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for diagnostic in parse(text).diagnostics {
        *kinds.entry(format!("{:?}", diagnostic.kind)).or_default() += 1;
    }
    kinds
}

fn check_counts(path: &Path, found: &str) {
    if std::env::var_os("IMGFIX_BLESS").is_some() {
        std::fs::write(path, found).expect("the snapshot is written");
        return;
    }
    let accepted = std::fs::read_to_string(path).unwrap_or_default();
    let diff = similar::TextDiff::from_lines(&accepted, found);
    let diff = diff.unified_diff().header("accepted", "found").to_string();
    assert!(diff.is_empty(), "the counts changed:\n{diff}");
}

//! Our reading of `.dockerignore` files is Docker's, and it is quick.

use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{env, fs};

use imgfix::context::dockerignore::Ignore;
use serde::Deserialize;

use super::root;

#[test]
fn stars_do_not_make_it_slow() {
    let ignore =
        Ignore::parse(&format!("{}b\n{}b", "*a".repeat(40), "**/a".repeat(40))).expect("it reads");
    let started = Instant::now();
    assert!(!ignore.ignores(&"a".repeat(250)));
    assert!(!ignore.ignores(&"a/".repeat(120)));
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[derive(Deserialize)]
struct Record {
    origin: String,
    dockerignore: String,
    paths: Vec<String>,
    ignored: Vec<bool>,
}

#[test]
fn every_decision_of_the_corpus_is_dockers() {
    let beside = || root().join("../shared/corpus");
    let folder = env::var_os("IMGFIX_CORPUS").map_or_else(beside, PathBuf::from);
    let Ok(text) = fs::read_to_string(folder.join("dockerignore.jsonl")) else {
        println!(
            "skipped: corpus absent ({} has no dockerignore.jsonl)",
            folder.display()
        );
        return;
    };
    let mut decisions = 0;
    let mut faults = Vec::new();
    for line in text.lines() {
        let record: Record = serde_json::from_str(line).expect("a record");
        let ignore = match Ignore::parse(&record.dockerignore) {
            Ok(ignore) => ignore,
            Err(fault) => {
                faults.push(format!("{}: {fault}", record.origin));
                continue;
            }
        };
        for (path, ignored) in record.paths.iter().zip(record.ignored) {
            decisions += 1;
            if ignore.ignores(path) != ignored {
                faults.push(format!("{}: {path}: {ignored} with Docker", record.origin));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(decisions >= 21_604, "only {decisions} decisions");
}

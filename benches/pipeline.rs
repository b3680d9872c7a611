//! Speed of the reader and of the pipeline: `cargo bench`.
//!
//! The typical file has 40 lines; the large ones repeat its instructions in one stage, so that a time that
//! grows faster than the size shows.

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::BytesCount;
use imgfix::context::Surroundings;
use imgfix::context::dockerignore::Ignore;
use imgfix::settings::Settings;

fn main() {
    divan::main();
}

const TYPICAL: &str = include_str!("typical.Dockerfile");

/// About `megabytes` MB of RUN and COPY instructions in one stage.
fn large(megabytes: usize) -> String {
    let mut text = String::from("FROM debian:bookworm\n");
    let mut number = 0;
    while text.len() < megabytes * 1_000_000 {
        let _ = write!(
            text,
            "# Step {number}.\nRUN apt-get update && \\\n    apt-get install -y curl git && \\\n    curl -fsSL https://example.org/{number}.tgz | tar xz -C /opt\nCOPY src/{number} /srv/{number}\n"
        );
        number += 1;
    }
    text.push_str("CMD [\"/opt/run\"]\n");
    text
}

#[divan::bench]
fn parse_typical(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(TYPICAL))
        .bench(|| imgfix_syntax::parse(divan::black_box(TYPICAL)));
}

#[divan::bench]
fn rewrite_typical(bencher: Bencher) {
    let (surroundings, settings) = (Surroundings::default(), Settings::default());
    bencher
        .counter(BytesCount::of_str(TYPICAL))
        .bench(|| imgfix::rewrite(divan::black_box(TYPICAL), &surroundings, &settings));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 3, sample_size = 1)]
fn parse_large(bencher: Bencher, megabytes: usize) {
    let text = large(megabytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| imgfix_syntax::parse(divan::black_box(&text)));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 1, sample_size = 1)]
fn rewrite_large(bencher: Bencher, megabytes: usize) {
    let text = large(megabytes);
    let (surroundings, settings) = (Surroundings::default(), Settings::default());
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| imgfix::rewrite(divan::black_box(&text), &surroundings, &settings));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn ignore_100_patterns_100_000_paths(bencher: Bencher) {
    let kinds = ["dir-N", "**/name-N", "*.extN", "src/*/N.rs", "**/*-N.tmp"];
    let mut patterns = String::from("!keep\n");
    for number in 0..20 {
        for kind in kinds {
            let _ = writeln!(patterns, "{}", kind.replace('N', &number.to_string()));
        }
    }
    let paths: Vec<String> = (0..100_000)
        .map(|number| format!("packages/p{}/src/file-{number}.ts", number % 500))
        .collect();
    bencher.bench(|| {
        let ignore = Ignore::parse(&patterns).expect("it reads");
        paths.iter().filter(|path| ignore.ignores(path)).count()
    });
}

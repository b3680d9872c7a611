//! A fuzzer for the stable toolchain: `cargo run --release -p imgfix-syntax --example fuzz -- SECONDS [SEED]`.
//!
//! It splices and changes random texts of tokens and the Dockerfiles named in `IMGFIX_FUZZ_SEEDS` (a
//! folder), and writes what breaks the reader to `syntax/tests/fuzz_findings/dockerfile`.
#![allow(
    clippy::disallowed_methods,
    reason = "a development program touches files"
)]

#[path = "../tests/support/generator.rs"]
#[allow(unreachable_pub, reason = "shared with the tests")]
mod generator;
#[path = "../tests/support/ranges.rs"]
#[allow(unreachable_pub, reason = "shared with the tests")]
mod ranges;

use std::io::{self, Write};
use std::panic;
use std::path::Path;
use std::time::{Duration, Instant};

use generator::Generator;
use imgfix_syntax::parse;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|number| number.parse::<u64>().ok());
    let seconds = arguments.next().flatten().unwrap_or(10);
    let seed = arguments.next().flatten().unwrap_or(1);
    let mut generator = Generator::new(seed);
    let mut pool = seeds()?;
    pool.extend((0..1_000).map(|_| generator.text()));
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut runs, mut findings) = (0_u64, 0);
    while Instant::now() < end {
        let text = change(&mut generator, &pool);
        runs += 1;
        if !holds(&text) {
            findings += 1;
            save(&text, seed, runs)?;
        }
        if generator.below(50) == 0 {
            let at = generator.below(pool.len());
            pool[at] = text;
        }
    }
    writeln!(io::stderr(), "{runs} texts, {findings} findings")
}

/// Whether the reader keeps its promises for `text`.
fn holds(text: &str) -> bool {
    panic::catch_unwind(|| ranges::check_ranges(text, &parse(text)).is_ok()).unwrap_or(false)
}

/// Takes a text, and cuts, doubles or puts something in, a few times.
fn change(generator: &mut Generator, pool: &[String]) -> String {
    let mut text = pool[generator.below(pool.len())].clone();
    for _ in 0..=generator.below(6) {
        let (start, end) = part(generator, &text);
        match generator.below(4) {
            0 => text.replace_range(start..end, ""),
            1 => text.insert_str(start, &generator.text()),
            2 => {
                let doubled = text[start..end].to_owned();
                text.insert_str(end, &doubled);
            }
            _ => {
                let other = &pool[generator.below(pool.len())];
                let (from, to) = part(generator, other);
                text.insert_str(start, &other[from..to]);
            }
        }
        if text.len() > 100_000 {
            let (cut, _) = part(generator, &text);
            text.truncate(cut);
        }
    }
    text
}

/// A random part of `text`, mostly small.
fn part(generator: &mut Generator, text: &str) -> (usize, usize) {
    let start = boundary(text, generator.below(text.len() + 1));
    let longest = if generator.below(4) == 0 {
        text.len()
    } else {
        12
    };
    let end = (start + generator.below(longest + 1)).min(text.len());
    (start, boundary(text, end))
}

/// The start of the character at `offset`.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset;
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn seeds() -> io::Result<Vec<String>> {
    let Some(folder) = std::env::var_os("IMGFIX_FUZZ_SEEDS") else {
        return Ok(Vec::new());
    };
    let entries = std::fs::read_dir(folder)?;
    let texts = entries.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok());
    Ok(texts.collect())
}

fn save(text: &str, seed: u64, run: u64) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz_findings/dockerfile");
    std::fs::write(folder.join(format!("seed_{seed}_run_{run}")), text)
}

//! Random soups of tokens, read by us and by the official Go parser.

mod support;

use imgfix_syntax::parse;
use support::generator::Generator;
use support::{check_ranges, oracle, say, step};

/// How many texts; ten times as many with `IMGFIX_FULL=1`.
const TEXTS: usize = 20_000;

#[test]
fn random_texts_read_as_the_official_parser_reads_them() {
    let mut generator = Generator::new(1);
    let count = TEXTS * 10 / step();
    let texts: Vec<String> = (0..count).map(|_| generator.text()).collect();
    for text in &texts {
        check_ranges(text, &parse(text)).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    }
    // The oracle takes a C string.
    let texts: Vec<String> = texts.into_iter().filter(|t| !t.contains('\0')).collect();
    let Some(answers) = oracle::ask(&texts) else {
        return;
    };
    let mut differences = Vec::new();
    let (mut accepted, mut compared) = (0, 0);
    for (text, answer) in texts.iter().zip(&answers) {
        accepted += usize::from(matches!(answer, oracle::Answer::Accepted(_)));
        match oracle::compare(text, &parse(text), answer) {
            Ok(is_compared) => compared += usize::from(is_compared),
            Err(difference) => differences.push((text, difference)),
        }
    }
    differences.sort_by_key(|(text, _)| text.len());
    for (text, difference) in differences.iter().take(20) {
        say(&format!("{text:?}: {difference}"));
    }
    say(&format!(
        "oracle: {} random texts, {accepted} accepted, {compared} compared, {} differences",
        texts.len(),
        differences.len()
    ));
    assert!(differences.is_empty());
}

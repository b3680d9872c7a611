//! Reads any text as a Dockerfile: nothing panics, items tile, ranges cut no character.
#![no_main]

#[path = "../../syntax/tests/support/ranges.rs"]
mod ranges;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let file = imgfix_syntax::parse(text);
    if let Err(error) = ranges::check_ranges(text, &file) {
        panic!("{error}");
    }
});

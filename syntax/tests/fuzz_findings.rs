//! What fuzzing found, replayed. A finding is a file in `fuzz_findings/dockerfile`; it stays for good.
#![allow(
    clippy::disallowed_methods,
    reason = "a development program touches files"
)]

mod support;

use std::path::Path;

use imgfix_syntax::parse;
use support::{check_ranges, say};

#[test]
fn findings_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz_findings/dockerfile");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a finding is readable");
        let text = String::from_utf8_lossy(&bytes);
        count += 1;
        check_ranges(&text, &parse(&text))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    say(&format!("fuzz findings: {count} read"));
}

//! Reads any text as a shell script, in every dialect: nothing panics, ranges cut no character.
#![no_main]

use imgfix_syntax::shell::{self, Dialect, visit_commands};
use imgfix_syntax::{LogicalText, TextRange};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for dialect in [Dialect::Sh, Dialect::Ash, Dialect::Bash] {
        let mut body = LogicalText::new(0);
        body.push(text, TextRange::new(0, text.len()));
        let Ok(script) = shell::parse(body, dialect) else {
            continue;
        };
        visit_commands(&script.list, &mut |command, _| {
            for word in &command.words {
                let source = script.source_range(word.range);
                assert_eq!(script.slice(word.range), &text[source.start()..source.end()]);
            }
        });
    }
});

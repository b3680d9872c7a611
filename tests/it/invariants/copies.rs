//! COPY and ADD: what becomes of the keyword and the flags is declared, and nothing else changes with it.

use imgfix::transform::Effect;
use imgfix_syntax::{Keyword, TextRange};

use super::{breaks, breaks_with, replaced, rewrite, run};

/// The place of the instruction that begins with `start`.
fn place(text: &str, start: &str) -> TextRange {
    let at = text.find(start).expect("the instruction");
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    TextRange::new(at, end)
}

/// That the instruction at `start` becomes another one.
fn becomes(text: &str, start: &str, keyword: Keyword) -> Vec<Effect> {
    vec![Effect::KeywordChanged {
        instruction: place(text, start),
        keyword,
    }]
}

/// That the instruction at `start` gets `flag`.
fn gets(text: &str, start: &str, flag: &str) -> Vec<Effect> {
    vec![Effect::FlagAdded {
        instruction: place(text, start),
        flag: flag.to_owned(),
    }]
}

/// The replacement of `from` by `to`, with what is said of it, is accepted.
fn holds(text: &'static str, from: &'static str, to: &'static str, said: &[Effect]) {
    let said = said.to_vec();
    let outcome = run(text, move |input| {
        let edit = replaced(&input.model.text, from, to);
        let edit = edit.filter(|_| input.model.text == text);
        edit.map(|edit| rewrite("replace", vec![edit], said.clone()))
            .into_iter()
            .collect()
    });
    let outcome = outcome.expect("it comes to rest");
    assert!(outcome.rejected.is_empty(), "{:?}", outcome.rejected);
    assert_eq!(outcome.text, text.replacen(from, to, 1));
}

/// The replacement of `from` by `to`, with what is said of it, is rejected.
fn fails(text: &'static str, from: &'static str, to: &'static str, said: &[Effect], why: &str) {
    let said = said.to_vec();
    breaks_with(text, from, to, move |_| said.clone(), why);
}

#[test]
fn an_add_becomes_a_copy_where_that_is_said() {
    let text = "FROM a\nADD x /x\n";
    let said = becomes(text, "ADD", Keyword::Copy);
    breaks(text, "ADD", "COPY", "became another instruction");
    holds(text, "ADD", "COPY", &said);
    // And nothing else of it.
    for to in ["COPY y /x", "COPY x /y", "COPY x y /x"] {
        fails(text, "ADD x /x", to, &said, "the text of `ADD");
    }
    let flagged = "COPY --link x /x";
    fails(text, "ADD x /x", flagged, &said, "the flags of `ADD");
    fails(text, " x", "  x", &said, "became another instruction");
}

#[test]
fn nothing_else_becomes_something_else() {
    let cannot = "cannot be another instruction";
    for (text, from, to, keyword, why) in [
        ("FROM a\nCOPY x /x\n", "COPY", "ADD", Keyword::Add, cannot),
        ("FROM a\nENV x=1\n", "ENV", "LABEL", Keyword::Label, cannot),
        // What is fetched, or may be, is for ADD.
        (
            "FROM a\nADD https://b/x /x\n",
            "ADD",
            "COPY",
            Keyword::Copy,
            cannot,
        ),
        (
            "FROM a\nADD git@b:x /x\n",
            "ADD",
            "COPY",
            Keyword::Copy,
            cannot,
        ),
        (
            "FROM a\nARG X\nADD $X /x\n",
            "ADD",
            "COPY",
            Keyword::Copy,
            cannot,
        ),
        (
            "FROM a\nONBUILD ADD x /x\n",
            "ADD",
            "COPY",
            Keyword::Copy,
            "ONBUILD",
        ),
    ] {
        fails(text, from, to, &becomes(text, from, keyword), why);
    }
}

#[test]
fn a_copy_gets_the_flag_that_is_said() {
    let text = "FROM a\nCOPY --from=b x /x\n";
    let said = gets(text, "COPY", "--chown=1:1");
    let (from, owned) = ("COPY --from=b x", "COPY --from=b --chown=1:1 x");
    holds(text, from, owned, &said);
    breaks(text, from, owned, "the flags of");
    for to in [
        "COPY --from=b --chown=2:1 x",
        "COPY --chown=1:1 --from=b x",
        "COPY --chown=1:1 x",
        "COPY --from=c --chown=1:1 x",
        "COPY --from=b --chown=1:1 --link x",
    ] {
        fails(text, from, to, &said, "the flags of");
    }
    let moved = "COPY --from=b --chown=1:1 x /y";
    fails(text, "COPY --from=b x /x", moved, &said, "the text of");
}

#[test]
fn no_other_flag_is_given() {
    for (text, from, to, flag, why) in [
        (
            "FROM a\nCOPY x /x\n",
            "COPY",
            "COPY --link",
            "--link",
            "was given flags",
        ),
        (
            "FROM a\nADD x /x\n",
            "ADD",
            "ADD --chown=1",
            "--chown=1",
            "was given flags",
        ),
        (
            "FROM a\nRUN x\n",
            "RUN",
            "RUN --network=none",
            "--network=none",
            "was given flags",
        ),
        (
            "FROM a\nCOPY --chown=1 x /x\n",
            "COPY --chown=1",
            "COPY --chown=1 --chown=2",
            "--chown=2",
            "does not read cleanly",
        ),
    ] {
        fails(text, from, to, &gets(text, &from[..3], flag), why);
    }
}

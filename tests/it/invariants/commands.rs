//! What the RUNs do, how they are joined, and that the pipeline comes to rest.

use imgfix::edit::Edit;
use imgfix::transform::Effect;
use imgfix::transform::Input;
use imgfix::transform::Join;
use imgfix::transform::Joiner;
use imgfix_syntax::TextRange;

use super::{breaks, breaks_with, command, is_dropped, joins, replaced, rewrite, run, words};

#[test]
fn commands_change_only_as_declared() {
    let not_announced = "not those announced";
    let text = "FROM a\nRUN b c && d\n";
    breaks(text, "b c", "b", not_announced);
    breaks(text, "&& d", "&& d e", not_announced);
    breaks(text, "b c && d", "d && b c", not_announced);
    breaks(text, "&& d", "; d", not_announced);
    breaks(text, "&& d", "|| d", not_announced);
    breaks(text, "&& d", "| d", not_announced);
    breaks(text, "b c && d", "(b c && d)", not_announced);
    breaks(text, "b c", "! b c", not_announced);
    breaks(text, "b c", "b c > f", not_announced);
    breaks(text, " && d", "", not_announced);
    breaks(text, "d\n", "d & e\n", not_announced);
    breaks("FROM a\nRUN b 'c  d'\n", "'c  d'", "'c d'", not_announced);
    breaks("FROM a\nRUN X=1 b\n", "X=1", "X=2", not_announced);
    breaks(
        "FROM a\nRUN if b; then c; fi\n",
        "then c",
        "then d",
        not_announced,
    );
    breaks(
        "FROM a\nRUN for x in 1 2; do b; done\n",
        "1 2",
        "1 3",
        not_announced,
    );
    breaks("FROM a\nRUN f() { b; } && f\n", "{ b", "{ c", not_announced);
}

#[test]
fn what_was_declared_is_what_is_read() {
    let text = "FROM a\nRUN b c && d\n";
    let changed = |input: &Input<'_>| {
        vec![Effect::CommandChanged {
            command: command(input, "b c"),
            words: words("b c e"),
        }]
    };
    breaks_with(text, "b c", "b c f", changed, "not those announced");
    breaks_with(
        text,
        "b c && d",
        "b c e && d e",
        changed,
        "not those announced",
    );
    let removed = |input: &Input<'_>| {
        vec![Effect::CommandRemoved {
            command: command(input, "d"),
        }]
    };
    breaks_with(text, "b c && d", "d", removed, "not those announced");
    let added = |input: &Input<'_>| {
        vec![Effect::CommandAdded {
            after: command(input, "d"),
            joiner: Joiner::And,
            words: words("e"),
        }]
    };
    breaks_with(text, "&& d", "&& d; e", added, "not those announced");
    breaks_with(text, "b c", "b c && e", added, "not those announced");
}

#[test]
fn a_script_stays_readable() {
    let text = "FROM a\nRUN b\n";
    let changed = |input: &Input<'_>| {
        vec![Effect::CommandChanged {
            command: command(input, "b"),
            words: words("if b"),
        }]
    };
    breaks_with(text, "RUN b", "RUN if b", changed, "no longer understood");
    breaks(
        "FROM a\nRUN b\n",
        "RUN b",
        "RUN [\"b\"]",
        "no longer understood",
    );
    breaks(
        "FROM a\nRUN [\"b\"]\n",
        "[\"b\"]",
        "[\"c\"]",
        "no longer understood",
    );
    breaks("FROM a\nRUN if b\n", "if b", "if c", "no longer understood");
}

#[test]
fn a_command_whose_status_decides_is_not_removed() {
    let removed = |input: &Input<'_>| {
        vec![Effect::CommandRemoved {
            command: command(input, "b"),
        }]
    };
    let text = "FROM a\nRUN b || c\n";
    breaks_with(text, "b || c", "c", removed, "status decides");
    let text = "FROM a\nRUN x && b || c\n";
    breaks_with(text, "x && b || c", "x || c", removed, "status decides");
    let text = "FROM a\nRUN x | b | c\n";
    breaks_with(text, "x | b | c", "x | c", removed, "status decides");
}

#[test]
fn only_a_run_is_removed() {
    let removed = |input: &Input<'_>| {
        let item = input.model.file.instructions().nth(1).map(|(item, _)| item);
        let run = input.model.instruction(item.expect("an item"));
        vec![Effect::RunRemoved {
            run: run.expect("an instruction").range,
        }]
    };
    breaks_with("FROM a\nENV X=1\n", "ENV X=1\n", "", removed, "is no RUN");
}

#[test]
fn only_and_lists_are_joined_flatly() {
    for text in [
        "FROM a\nRUN b; x\nRUN c\n",
        "FROM a\nRUN b || x\nRUN c\n",
        "FROM a\nRUN b & x\nRUN c\n",
        "FROM a\nRUN set -e; b\nRUN c\n",
    ] {
        is_dropped(
            text,
            joins(text, "\nRUN c", " && c", Join::Flat, ""),
            "no AND-list",
        );
    }
    let text = "FROM a\nRUN b\nRUN c; x\n";
    is_dropped(
        text,
        joins(text, "\nRUN c", " && c", Join::Flat, ""),
        "no AND-list",
    );
}

#[test]
fn a_join_is_the_one_that_was_declared() {
    let text = "FROM a\nRUN b; x\nRUN c\n";
    let grouped = joins(text, "\nRUN c", " && { c", Join::RightInGroup, "; }");
    is_dropped(text, grouped, "no AND-list");
    let text = "FROM a\nRUN b\nRUN c; x\n";
    let bare = joins(text, "\nRUN c", " && c", Join::RightInGroup, "");
    is_dropped(text, bare, "not those announced");
    let text = "FROM a\nRUN set -e; b\nRUN set -ex; c\n";
    let prelude = joins(text, "b\nRUN set -ex", "b", Join::SamePrelude, "");
    is_dropped(text, prelude, "same command");
    let text = "FROM a\nRUN b\nRUN c\n";
    breaks(text, "\nRUN c", " && c", "were to stay");
}

#[test]
fn a_join_across_another_instruction_is_dropped() {
    let text = "FROM a\nRUN b\nENV X=1\nRUN c\n";
    let crossed = joins(text, "\nENV X=1\nRUN c", " && c\nENV X=1", Join::Flat, "");
    is_dropped(text, crossed, "joined to something else");
}

#[test]
fn errexit_is_not_lost_in_a_subshell() {
    // `( set -e; b; x ) && c` goes on after a failing `b`: errexit is off on the left of `&&`.
    let text = "FROM a\nRUN set -e; b; x\nRUN c\n";
    let outcome = run(text, move |input| {
        let [left, right] = input.model.runs.as_slice() else {
            return Vec::new();
        };
        let body = left.range.start() + "RUN ".len();
        let join = vec![Effect::RunsJoined {
            left: left.range,
            right: right.range,
            join: Join::LeftInSubshell,
        }];
        let edits = vec![
            Edit::insert(body, "( "),
            Edit::replace(
                TextRange::new(left.range.end(), right.range.end()),
                " ) && c",
            ),
        ];
        vec![rewrite("join", edits, join)]
    });
    is_dropped(text, outcome, "would reach the right one");
}

#[test]
fn a_shared_prelude_does_not_mask_the_end_of_the_left() {
    // `set -e; b && x; c` goes on after a failing `b`, where the left RUN alone had failed.
    let text = "FROM a\nRUN set -e; b && x\nRUN set -e; c\n";
    let shared = joins(text, "x\nRUN set -e", "x", Join::SamePrelude, "");
    is_dropped(text, shared, "would go unseen");
}

#[test]
fn what_is_right_lands_beside_what_is_wrong() {
    let text = "FROM a\nRUN b\n\nENV X=1\n\nRUN c\n";
    let outcome = run(text, |input| {
        let text = &input.model.text;
        let right = replaced(text, "RUN c\n", "RUN c d\n").map(|edit| {
            let effects = vec![Effect::CommandChanged {
                command: command(input, "c"),
                words: words("c d"),
            }];
            rewrite("right", vec![edit], effects)
        });
        let wrong = replaced(text, "RUN b\n", "RUN b d\n")
            .map(|edit| rewrite("wrong", vec![edit], Vec::new()));
        right.into_iter().chain(wrong).collect()
    });
    let outcome = outcome.expect("it comes to rest");
    assert_eq!(outcome.text, "FROM a\nRUN b\n\nENV X=1\n\nRUN c d\n");
    let titles = |titles: Vec<&String>| titles.into_iter().cloned().collect::<Vec<_>>();
    let applied = outcome.applied.iter().map(|it| &it.title).collect();
    assert_eq!(titles(applied), ["right"]);
    let rejected = outcome.rejected.iter().map(|it| &it.title).collect();
    assert_eq!(titles(rejected), ["wrong"]);
}

#[test]
fn a_transform_that_never_rests_is_an_error() {
    let outcome = run("FROM a\nRUN b\n", |input| {
        let (from, to) = if input.model.text.contains("RUN b\n") {
            ("b", "c")
        } else {
            ("c", "b")
        };
        let edit = replaced(
            &input.model.text,
            &format!("RUN {from}"),
            &format!("RUN {to}"),
        );
        let effects = vec![Effect::CommandChanged {
            command: command(input, from),
            words: words(to),
        }];
        vec![rewrite("swing", edit.into_iter().collect(), effects)]
    });
    let error = outcome.expect_err("it swings");
    assert_eq!(error.moving, "wrong");
}

#[test]
fn a_text_that_grows_without_end_is_an_error() {
    let outcome = run("FROM a\nRUN b\n", |input| {
        let run = &input.model.runs[0];
        let last = run.commands.last().expect("a command").range;
        let long = "x".repeat(4096);
        let effects = vec![Effect::CommandAdded {
            after: last,
            joiner: Joiner::And,
            words: vec![long.clone()],
        }];
        let edit = Edit::insert(last.end(), format!(" && \\\n    {long}"));
        vec![rewrite("grow", vec![edit], effects)]
    });
    assert!(outcome.is_err());
}

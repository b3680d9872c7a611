//! Invariants that bite: for each, a rewrite that breaks it is dropped, and the text stays as it was.

use imgfix::context::Surroundings;
use imgfix::edit::{Edit, Edits};
use imgfix::engine::{self, EngineError, Outcome};
use imgfix::model::run::Run;
use imgfix::settings::Settings;
use imgfix::transform::{
    Applicability, Effect, Input, Join, Joiner, Meta, Proposals, Rewrite, Transform, TransformId,
};
use imgfix_syntax::TextRange;

type Propose = dyn Fn(&Input<'_>) -> Vec<Rewrite> + Sync;

/// A transform that does what a test tells it to.
struct Wrong(Box<Propose>);

static META: Meta = Meta {
    id: TransformId("wrong"),
    summary: "breaks an invariant",
    page: "",
    reasons: &[],
};

impl Transform for Wrong {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        proposals.rewrites.extend((self.0)(input));
    }
}

fn run(
    text: &str,
    propose: impl Fn(&Input<'_>) -> Vec<Rewrite> + Sync + 'static,
) -> Result<Outcome, EngineError> {
    let wrong = Wrong(Box::new(propose));
    engine::run(
        &[&wrong],
        text,
        &Surroundings::default(),
        &Settings::default(),
    )
}

fn rewrite(title: &str, edits: Vec<Edit>, effects: Vec<Effect>) -> Rewrite {
    let anchor = edits.first().expect("an edit").range;
    Rewrite {
        anchor,
        edits: Edits::new(edits).expect("disjoint"),
        applicability: Applicability::Safe,
        title: title.to_owned(),
        because: String::new(),
        effects,
    }
}

/// Puts `to` in the place of the first `from`, if it is there.
fn replaced(text: &str, from: &str, to: &str) -> Option<Edit> {
    let at = text.find(from)?;
    Some(Edit::replace(TextRange::new(at, at + from.len()), to))
}

/// The command whose first words are `words`.
fn command(input: &Input<'_>, words: &str) -> TextRange {
    let runs: &[Run] = &input.model.runs;
    let mut commands = runs.iter().flat_map(|run| &run.commands);
    commands
        .find(|command| command.raw_words().join(" ").starts_with(words))
        .unwrap_or_else(|| panic!("no command `{words}`"))
        .range
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

fn is_dropped(text: &str, outcome: Result<Outcome, EngineError>, violation: &str) {
    let outcome = outcome.expect("it comes to rest");
    assert_eq!(outcome.text, text, "the text stays");
    assert!(outcome.applied.is_empty(), "{:?}", outcome.applied);
    let [rejected] = outcome.rejected.as_slice() else {
        panic!("{} rewrites were rejected, not one", outcome.rejected.len());
    };
    assert!(
        rejected.violation.contains(violation),
        "rejected for another reason: {}",
        rejected.violation
    );
}

/// The replacement of `from` by `to`, with nothing declared, breaks an invariant.
fn breaks(text: &'static str, from: &'static str, to: &'static str, violation: &str) {
    let outcome = run(text, move |input| {
        let edit = replaced(input.model.text, from, to);
        edit.map(|edit| rewrite("replace", vec![edit], Vec::new()))
            .into_iter()
            .collect()
    });
    is_dropped(text, outcome, violation);
}

/// The replacement of `from` by `to`, with effects, breaks an invariant.
fn breaks_with(
    text: &'static str,
    from: &'static str,
    to: &'static str,
    effects: impl Fn(&Input<'_>) -> Vec<Effect> + Sync + 'static,
    violation: &str,
) {
    let outcome = run(text, move |input| {
        let edit = replaced(input.model.text, from, to);
        edit.map(|edit| rewrite("replace", vec![edit], effects(input)))
            .into_iter()
            .collect()
    });
    is_dropped(text, outcome, violation);
}

/// Joins the first two RUNs as `join`, by the replacement of `from` by `to`.
fn joins(
    text: &'static str,
    from: &'static str,
    to: &'static str,
    join: Join,
    closing: &'static str,
) -> Result<Outcome, EngineError> {
    run(text, move |input| {
        let [left, right] = input.model.runs.as_slice() else {
            return Vec::new();
        };
        let (left, right) = (left.range, right.range);
        let mut edits: Vec<Edit> = replaced(input.model.text, from, to).into_iter().collect();
        if !closing.is_empty() {
            edits.push(Edit::insert(right.end(), closing));
        }
        let effects = vec![Effect::RunsJoined { left, right, join }];
        vec![rewrite("join", edits, effects)]
    })
}

#[test]
fn the_result_reads_cleanly() {
    breaks(
        "FROM alpine\nCMD [\"a\"]\n",
        "CMD",
        "COMMAND",
        "does not read cleanly",
    );
    breaks(
        "FROM alpine\nRUN a\n",
        "FROM alpine\n",
        "",
        "does not read cleanly",
    );
    breaks(
        "FROM alpine\nCOPY <<EOF /a\nx\nEOF\n",
        "\nEOF\n",
        "\n",
        "does not read cleanly",
    );
}

#[test]
fn a_directive_stays() {
    let text = "# syntax=docker/dockerfile:1\nFROM alpine\nRUN a\n";
    breaks(text, "dockerfile:1", "dockerfile:2", "directive");
    breaks(text, "# syntax", "# our image\n# syntax", "directive");
    breaks(
        "FROM alpine\nRUN a\n",
        "FROM",
        "# escape=`\nFROM",
        "directive",
    );
}

#[test]
fn a_comment_stays() {
    breaks(
        "FROM alpine\n# why\nRUN a\n",
        "# why\n",
        "",
        "a comment was lost",
    );
    breaks(
        "FROM alpine\nRUN a && \\\n    # why\n    b\n",
        "    # why\n",
        "",
        "a comment was lost",
    );
    breaks(
        "FROM alpine\n# one\n# two\nRUN a\n",
        "# one\n# two",
        "# two\n# one",
        "order",
    );
}

#[test]
fn newlines_stay() {
    breaks("FROM alpine\r\nRUN a\r\n", "\r", "", "bare newline");
    breaks("FROM alpine\nRUN a\n", "alpine", "alpine\r", "CRLF");
    breaks("FROM alpine\nRUN a\n", "a\n", "a", "a");
    breaks("FROM alpine\nEXPOSE 80\n", "80\n", "80", "final newline");
    breaks("FROM alpine\nEXPOSE 80", "80", "80\n", "final newline");
}

#[test]
fn each_part_of_the_contract_stays() {
    for (text, from, to) in [
        ("FROM a\nENTRYPOINT [\"x\"]\n", "x", "y"),
        ("FROM a\nCMD [\"x\"]\n", "x", "y"),
        ("FROM a\nCMD [\"x\"]\n", "[\"x\"]", "x"),
        ("FROM a\nEXPOSE 80\n", "80", "81"),
        ("FROM a\nUSER x\n", "USER x", "USER y"),
        ("FROM a\nWORKDIR /x\n", "/x", "/y"),
        ("FROM a\nENV X=1\n", "=1", "=2"),
        ("FROM a\nLABEL x=1\n", "=1", "=2"),
        ("FROM a\nMAINTAINER x\n", "R x", "R y"),
        ("FROM a\nHEALTHCHECK CMD x\n", "CMD x", "CMD y"),
        (
            "FROM a\nHEALTHCHECK --interval=5s CMD x\n",
            "--interval=5s ",
            "",
        ),
        ("FROM a\nHEALTHCHECK CMD x\n", "CMD x", "NONE"),
        ("FROM a\nSTOPSIGNAL TERM\n", "TERM", "INT"),
        ("FROM a\nSHELL [\"sh\"]\n", "sh", "bash"),
        ("FROM a\nVOLUME /x\n", "/x", "/y"),
        ("FROM a\nONBUILD ENV X=1\n", "=1", "=2"),
        ("FROM a\nONBUILD RUN x\n", "RUN x", "RUN y"),
    ] {
        breaks(text, from, to, "");
        let gone = text
            .split_once('\n')
            .map_or("", |(_, instruction)| instruction);
        breaks(text, gone, "", "");
    }
    // What a child's build will do is in the contract, and in nothing else that is compared.
    breaks("FROM a\nONBUILD ENV X=1\n", "=1", "=2", "ONBUILD");
}

#[test]
fn stages_keep_name_base_and_use() {
    let text = "FROM a AS one\nFROM one AS two\nCOPY --from=one /x /x\n";
    breaks(text, "AS one", "AS uno", "");
    breaks(text, "FROM one", "FROM a", "");
    breaks(text, "--from=one", "--from=0", "");
    breaks(text, "FROM one AS two\n", "", "");
}

#[test]
fn instructions_stay_in_their_place() {
    breaks(
        "FROM a\nENV X=1\nRUN b\n",
        "ENV X=1\nRUN b",
        "RUN b\nENV X=1",
        "became another instruction",
    );
    breaks(
        "FROM a\nARG X\nENV Y=$X\nENV X=2\n",
        "ENV Y=$X\nENV X=2",
        "ENV X=2\nENV Y=$X",
        "",
    );
    breaks("FROM a\nCOPY x /x\n", "x /x", "y /x", "the text of `COPY");
    breaks("FROM a\nRUN b\n", "RUN b", "RUN b\nRUN c", "were to stay");
    breaks("FROM a\nRUN b\nRUN c\n", "RUN b\n", "", "were to stay");
}

#[test]
fn flags_stay() {
    breaks(
        "FROM a\nRUN --network=none b\n",
        "--network=none ",
        "",
        "the flags of",
    );
    breaks(
        "FROM a\nCOPY --chown=1:1 x /x\n",
        "--chown=1:1 ",
        "",
        "the flags of",
    );
    let joined = joins(
        "FROM a\nRUN --network=none b\nRUN c\n",
        "\nRUN c",
        " && c",
        Join::Flat,
        "",
    );
    is_dropped(
        "FROM a\nRUN --network=none b\nRUN c\n",
        joined,
        "the flags of",
    );
}

#[test]
fn heredocs_stay() {
    let name = "a heredoc of";
    breaks("FROM a\nCOPY <<EOF /x\none\nEOF\n", "one", "two", name);
    breaks("FROM a\nCOPY <<EOF /x\n\tone\nEOF\n", "\tone", "one", name);
    breaks("FROM a\nRUN cat <<EOF\none\nEOF\n", "one", "two", name);
    breaks("FROM a\nRUN <<EOF\none\nEOF\n", "one", "two", name);
}

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
#[ignore = "the invariants let it pass; merge-runs itself declines it"]
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
    is_dropped(text, outcome, "");
}

#[test]
#[ignore = "the invariants let it pass; merge-runs itself declines it"]
fn a_shared_prelude_does_not_mask_the_end_of_the_left() {
    // `set -e; b && x; c` goes on after a failing `b`, where the left RUN alone had failed.
    let text = "FROM a\nRUN set -e; b && x\nRUN set -e; c\n";
    let shared = joins(text, "x\nRUN set -e", "x", Join::SamePrelude, "");
    is_dropped(text, shared, "");
}

#[test]
fn what_is_right_lands_beside_what_is_wrong() {
    let text = "FROM a\nRUN b\n\nENV X=1\n\nRUN c\n";
    let outcome = run(text, |input| {
        let text = input.model.text;
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
            input.model.text,
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

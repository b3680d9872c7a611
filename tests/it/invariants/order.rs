//! Instructions that are moved or added: only a COPY moves, over nothing that it touches, and what is added is
//! a part of what is there.

use imgfix::transform::{Effect, Input, Place};
use imgfix_syntax::TextRange;

use super::{breaks_with, run};

/// The instruction that begins with `start`.
fn instruction(input: &Input<'_>, start: &str) -> TextRange {
    let mut instructions = input.model.file.instructions();
    let is_it = |range: TextRange| range.slice(&input.model.text).starts_with(start);
    let found = instructions.find_map(|(_, it)| is_it(it.range).then_some(it.range));
    found.unwrap_or_else(|| panic!("no instruction `{start}`"))
}

fn moved(input: &Input<'_>, what: &str, behind: &str) -> Effect {
    Effect::InstructionMoved {
        instruction: instruction(input, what),
        to: Place::Behind(instruction(input, behind)),
    }
}

#[test]
fn only_a_copy_moves() {
    breaks_with(
        "FROM a\nRUN b\nRUN c\n",
        "RUN b\nRUN c",
        "RUN c\nRUN b",
        |input| vec![moved(input, "RUN b", "RUN c")],
        "`RUN b` was moved",
    );
    breaks_with(
        "FROM a\nWORKDIR /x\nRUN c\n",
        "WORKDIR /x\nRUN c",
        "RUN c\nWORKDIR /x",
        |input| vec![moved(input, "WORKDIR", "RUN c")],
        "",
    );
}

#[test]
fn no_copy_moves_over_another_to_the_same_place() {
    breaks_with(
        "FROM a\nCOPY . /x\nCOPY b /x/c\nRUN d\n",
        "COPY . /x\nCOPY b /x/c\nRUN d",
        "COPY b /x/c\nRUN d\nCOPY . /x",
        |input| vec![moved(input, "COPY . /x", "RUN d")],
        "over a COPY to the same place",
    );
}

#[test]
fn no_copy_leaves_its_stage() {
    breaks_with(
        "FROM a AS x\nCOPY . /x\nFROM b\nRUN d\n",
        "COPY . /x\nFROM b\nRUN d",
        "FROM b\nRUN d\nCOPY . /x",
        |input| vec![moved(input, "COPY . /x", "RUN d")],
        "",
    );
}

#[test]
fn a_copy_keeps_its_destination_and_what_its_variables_say() {
    breaks_with(
        "FROM a\nCOPY . x\nWORKDIR /y\nRUN d\n",
        "COPY . x\nWORKDIR /y\nRUN d",
        "WORKDIR /y\nRUN d\nCOPY . x",
        |input| vec![moved(input, "COPY . x", "RUN d")],
        "what holds at `COPY . x` changed",
    );
    breaks_with(
        "FROM a\nENV X=/b\nCOPY . $X\nENV X=/c\nRUN d\n",
        "COPY . $X\nENV X=/c\nRUN d",
        "ENV X=/c\nRUN d\nCOPY . $X",
        |input| vec![moved(input, "COPY . $X", "RUN d")],
        "what holds at `COPY . $X` changed",
    );
}

#[test]
fn nothing_is_lost_on_its_way() {
    breaks_with(
        "FROM a\nCOPY . /x\nRUN d\n",
        "COPY . /x\nRUN d",
        "RUN d",
        |input| vec![moved(input, "COPY . /x", "RUN d")],
        "were to stay",
    );
    let effects = |input: &Input<'_>| {
        vec![Effect::InstructionMoved {
            instruction: instruction(input, "COPY . /x"),
            to: Place::Behind(TextRange::empty(3)),
        }]
    };
    breaks_with(
        "FROM a\nCOPY . /x\nRUN d\n",
        "COPY . /x\n",
        "",
        effects,
        "lost on its way",
    );
}

/// A COPY that is added where `COPY . /x` stands.
fn added(input: &Input<'_>, source: &str, destination: &str) -> Vec<Effect> {
    vec![Effect::CopyAdded {
        of: instruction(input, "COPY"),
        before: instruction(input, "COPY"),
        sources: vec![source.to_owned()],
        destination: destination.to_owned(),
    }]
}

#[test]
fn what_is_added_is_a_part_of_what_is_there() {
    for (new, source, destination) in [
        ("COPY b/c /x/", "b/c", "/x/"),
        ("COPY c /y/", "c", "/y/"),
        ("COPY c /x", "c", "/x"),
        ("COPY --chown=d c /x/", "c", "/x/"),
        ("ADD c /x/", "c", "/x/"),
    ] {
        let to: &'static str = format!("{new}\nCOPY . /x").leak();
        breaks_with(
            "FROM a\nCOPY . /x\nRUN d\n",
            "COPY . /x",
            to,
            move |input| added(input, source, destination),
            "is no part of the COPY",
        );
    }
    breaks_with(
        "FROM a\nCOPY . /x\nRUN d\n",
        "COPY . /x",
        "COPY e /x/\nCOPY . /x",
        |input| added(input, "c", "/x/"),
        "is not what was meant",
    );
}

#[test]
fn a_part_of_a_copy_may_be_added() {
    for (of, new, source, destination) in [
        ("COPY . /x", "COPY b/c /x/b/", "b/c", "/x/b/"),
        ("COPY b/ ./", "COPY b/c ./", "b/c", "./"),
        ("COPY . ./", "COPY b ./b/", "b", "./b/"),
    ] {
        let text = format!("FROM a\nWORKDIR /w\n{of}\nRUN d\n");
        let outcome = run(&text, move |input| {
            let edit = super::replaced(&input.model.text, of, &format!("{new}\n{of}"));
            let is_done = input.model.text.contains(new);
            let edit = edit.filter(|_| !is_done);
            edit.map(|edit| super::rewrite("add", vec![edit], added(input, source, destination)))
                .into_iter()
                .collect()
        });
        let outcome = outcome.expect("it comes to rest");
        assert!(outcome.rejected.is_empty(), "{:?}", outcome.rejected);
        assert!(outcome.text.contains(new), "{}", outcome.text);
    }
}

#[test]
fn a_run_that_is_added_is_the_one_that_was_meant() {
    let effects = |text: &'static str| {
        move |input: &Input<'_>| {
            vec![Effect::RunAdded {
                before: instruction(input, "COPY"),
                text: text.to_owned(),
            }]
        }
    };
    for (new, meant) in [
        ("RUN b", "c"),
        ("RUN --network=host b", "b"),
        ("CMD b", "b"),
    ] {
        let to: &'static str = format!("{new}\nCOPY . /x").leak();
        breaks_with(
            "FROM a\nCOPY . /x\nRUN d\n",
            "COPY . /x",
            to,
            effects(meant),
            "is not what was meant",
        );
    }
}

/// `ARG X` moves behind `RUN d`.
fn argument_moved(input: &Input<'_>) -> Vec<Effect> {
    vec![
        Effect::ArgumentMoved("X".to_owned()),
        moved(input, "ARG X", "RUN d"),
    ]
}

#[test]
fn an_argument_moves_over_nothing_that_names_it() {
    for (text, from, to) in [
        (
            "FROM a\nARG X\nRUN $X\nRUN d\n",
            "ARG X\nRUN $X\nRUN d",
            "RUN $X\nRUN d\nARG X",
        ),
        (
            "FROM a\nARG X\nENV Y=$X\nRUN d\n",
            "ARG X\nENV Y=$X\nRUN d",
            "ENV Y=$X\nRUN d\nARG X",
        ),
        (
            "FROM a\nARG X\nCOPY a$X /\nRUN d\n",
            "ARG X\nCOPY a$X /\nRUN d",
            "COPY a$X /\nRUN d\nARG X",
        ),
    ] {
        breaks_with(text, from, to, argument_moved, "");
    }
}

#[test]
fn an_argument_moves_only_where_that_is_said() {
    breaks_with(
        "FROM a\nARG X\nRUN d\n",
        "ARG X\nRUN d",
        "RUN d\nARG X",
        |input| vec![moved(input, "ARG X", "RUN d")],
        "what holds at `RUN d` changed",
    );
}

#[test]
fn a_label_moves_over_none_of_its_name() {
    breaks_with(
        "FROM a\nARG X\nLABEL l=$X\nLABEL l=1\nRUN d\n",
        "ARG X\nLABEL l=$X\nLABEL l=1\nRUN d",
        "LABEL l=1\nRUN d\nARG X\nLABEL l=$X",
        |input| {
            let mut effects = argument_moved(input);
            effects.push(moved(input, "LABEL l=$X", "RUN d"));
            effects
        },
        "labels",
    );
}

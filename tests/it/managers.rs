//! A package manager is a table: one that nobody has heard of is tidied like the others.

use imgfix::context::Surroundings;
use imgfix::model::packages::{
    AssumeYes, Leftover, MANAGERS, Manager, NOTHING, Needed, NoCache, UNKNOWN, Verb,
};
use imgfix::settings::Settings;

/// Keeps an index, prompts, and has a sub-command of two words.
static GRAB: Manager = Manager {
    id: "grab",
    family: "grab",
    programs: &["grab"],
    value_options: &["--from"],
    verbs: &[
        ("sync", Verb::Update),
        ("world get", Verb::Install),
        ("drop", Verb::Remove),
    ],
    assume_yes: Some(AssumeYes {
        flag: "--sure",
        letter: 's',
        spellings: &["--sure"],
        implied_by_double: None,
        configuration: "grab-sure",
        verbs: &[Verb::Install],
    }),
    leftovers: &[Leftover {
        what: "grab index",
        folder: "/var/lib/grab/index",
        filled_by: &[Verb::Update],
        cleanup: &["rm", "-rf", "/var/lib/grab/index/*"],
        needed: Needed::AsIndex,
        ..NOTHING
    }],
    is_system: true,
    ..UNKNOWN
};

/// Has a flag that keeps its cache out.
static PLUCK: Manager = Manager {
    id: "pluck",
    family: "pluck",
    programs: &["pluck"],
    verbs: &[("pick", Verb::Install)],
    no_cache: Some(NoCache {
        flag: "--keep-nothing",
        spellings: &["--keep-nothing"],
        variables: &["PLUCK_KEEP_NOTHING"],
        opposed_by: &[],
        verbs: &[Verb::Install],
        replaces: &[],
        replaces_letter: None,
        replaces_update: false,
        unknown_in: &[],
        known_since: None,
        known_in: &[],
    }),
    leftovers: &[Leftover {
        what: "pluck cache",
        folder: "~/.pluck",
        filled_by: &[Verb::Install],
        cleanup: &["{program}", "tidy"],
        ..NOTHING
    }],
    ..UNKNOWN
};

static ALL: &[&Manager] = &[&GRAB, &PLUCK];

fn rewritten(managers: &'static [&'static Manager], text: &str) -> String {
    imgfix::rewrite_with(
        managers,
        text,
        &Surroundings::default(),
        &Settings::default(),
    )
    .expect("it comes to rest")
    .text
}

const TEXT: &str = "\
FROM debian:bookworm
RUN grab sync
RUN grab --from main world get fruit
RUN pluck pick cherries
RUN PLUCK_KEEP_NOTHING=1 pluck pick plums
CMD [\"/usr/bin/fruit\"]
";

#[test]
fn a_table_is_all_that_a_manager_needs() {
    let expected = "\
FROM debian:bookworm
RUN grab sync && \\
    grab --from main world get --sure fruit && \\
    rm -rf /var/lib/grab/index/*
RUN pluck pick --keep-nothing cherries
RUN PLUCK_KEEP_NOTHING=1 pluck pick plums
CMD [\"/usr/bin/fruit\"]
";
    assert_eq!(rewritten(ALL, TEXT), expected);
    assert_eq!(rewritten(ALL, expected), expected, "a second run");
}

#[test]
fn without_its_table_it_is_a_command_like_any_other() {
    assert_eq!(rewritten(MANAGERS, TEXT), TEXT);
}

#[test]
fn an_index_that_is_needed_later_stays() {
    let text = "\
FROM debian:bookworm
RUN grab sync && grab world get --sure fruit
COPY list /list
RUN grab world get --sure bread
CMD [\"/usr/bin/fruit\"]
";
    assert_eq!(rewritten(ALL, text), text);
}

#[test]
fn names_and_families_are_told_apart() {
    let mut ids: Vec<&str> = MANAGERS.iter().map(|manager| manager.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), MANAGERS.len());
    for manager in MANAGERS {
        assert!(!manager.family.is_empty(), "{}", manager.id);
        for leftover in manager.leftovers {
            assert!(
                !leftover.cleanup.is_empty() && !leftover.filled_by.is_empty(),
                "{}",
                manager.id
            );
        }
    }
}

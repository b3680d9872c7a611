//! Comments, continuations and blank lines change nothing of what is rewritten, and all comments are kept.

use std::collections::BTreeSet;

use imgfix::context::Surroundings;
use imgfix::settings::Settings;
use imgfix::{Outcome, rewrite};
use proptest::prelude::*;

/// Commands of a RUN, a word each.
const COMMANDS: &[&[&str]] = &[
    &["apt-get", "update"],
    &["apt-get", "install", "-y", "curl"],
    &["apt-get", "install", "jq", "tree"],
    &[
        "apt-get",
        "install",
        "-qqy",
        "--no-install-recommends",
        "git",
    ],
    &["apt-get", "clean"],
    &["rm", "-rf", "/var/lib/apt/lists/*"],
    &["pip", "install", "flask"],
    &["python3", "-m", "pip", "install", "-r", "requirements.txt"],
    &[
        "curl",
        "-fsSL",
        "https://example.org/x.tgz",
        "-o",
        "/tmp/x.tgz",
    ],
    &["tar", "-xzf", "/tmp/x.tgz", "-C", "/opt"],
    &["rm", "/tmp/x.tgz"],
    &["useradd", "--system", "app"],
    &["mkdir", "-p", "/srv/app"],
    &["echo", "'a  b'", "\"$HOME\""],
];

/// Instructions that are no RUN.
const OTHERS: &[&str] = &[
    "COPY . /app",
    "ENV LANG=C.UTF-8",
    "WORKDIR /app",
    "USER root",
    "EXPOSE 8080",
    "ARG VERSION",
    "CMD [\"jq\"]",
];

/// What may stand between two words of a RUN.
#[derive(Clone, Copy, Debug)]
enum Gap {
    Blank,
    Continuation,
    Comment,
    BlankLine,
}

/// An instruction: a row of commands, or something else.
#[derive(Clone, Debug)]
enum Line {
    Run(Vec<usize>),
    Other(usize),
}

fn line() -> impl Strategy<Value = Line> {
    prop_oneof![
        3 => prop::collection::vec(0..COMMANDS.len(), 1..4).prop_map(Line::Run),
        1 => (0..OTHERS.len()).prop_map(Line::Other),
    ]
}

fn gap() -> impl Strategy<Value = Gap> {
    prop_oneof![
        6 => Just(Gap::Blank),
        2 => Just(Gap::Continuation),
        1 => Just(Gap::Comment),
        1 => Just(Gap::BlankLine),
    ]
}

/// The Dockerfile with `gaps` between its words, used in turn; and its comments.
fn render(lines: &[Line], gaps: &[Gap]) -> (String, Vec<String>) {
    let mut text = String::from("FROM debian:bookworm\n");
    let mut comments = Vec::new();
    let mut gaps = gaps.iter().copied().cycle();
    for line in lines {
        match line {
            Line::Other(at) => text.push_str(OTHERS[*at]),
            Line::Run(commands) => {
                text.push_str("RUN ");
                for (at, command) in commands.iter().enumerate() {
                    let mut words = COMMANDS[*command].to_vec();
                    if at > 0 {
                        words.insert(0, "&&");
                    }
                    for (place, word) in words.iter().enumerate() {
                        if at + place > 0 {
                            push_gap(&mut text, gaps.next(), &mut comments);
                        }
                        text.push_str(word);
                    }
                }
            }
        }
        text.push('\n');
    }
    (text, comments)
}

fn push_gap(text: &mut String, gap: Option<Gap>, comments: &mut Vec<String>) {
    match gap {
        None | Some(Gap::Blank) => text.push(' '),
        Some(Gap::Continuation) => text.push_str(" \\\n    "),
        Some(Gap::BlankLine) => text.push_str(" \\\n\n    "),
        Some(Gap::Comment) => {
            let comment = format!("# note {}", comments.len());
            text.push_str(" \\\n    ");
            text.push_str(&comment);
            text.push_str("\n    ");
            comments.push(comment);
        }
    }
}

fn run(text: &str) -> Outcome {
    let outcome = rewrite(text, &Surroundings::default(), &Settings::default());
    outcome.expect("it comes to rest")
}

/// What was done, each once.
fn titles(outcome: &Outcome) -> BTreeSet<String> {
    let titles = outcome.applied.iter();
    titles
        .map(|it| format!("{} {}", it.transform, it.title))
        .collect()
}

fn reasons(outcome: &Outcome) -> BTreeSet<&str> {
    outcome.declined.iter().map(|it| it.reason.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn layout_changes_nothing_of_what_is_rewritten(
        lines in prop::collection::vec(line(), 1..8),
        gaps in prop::collection::vec(gap(), 1..40),
    ) {
        let (plain, _) = render(&lines, &[Gap::Blank]);
        let (text, comments) = render(&lines, &gaps);
        let (bare, outcome) = (run(&plain), run(&text));
        prop_assert!(outcome.rejected.is_empty(), "{:?}\n{text}", outcome.rejected);
        prop_assert_eq!(
            titles(&bare), titles(&outcome),
            "{}\nbecame\n{}\n\n{}\nbecame\n{}", plain, bare.text, text, outcome.text
        );
        prop_assert_eq!(reasons(&bare), reasons(&outcome), "{}\n{}", plain, text);
        for comment in comments {
            let kept = outcome.text.lines().filter(|line| line.trim() == comment).count();
            prop_assert_eq!(kept, 1, "`{}` is lost in\n{}", comment, outcome.text);
        }
        let again = run(&outcome.text);
        prop_assert_eq!(&again.text, &outcome.text, "a second run changes\n{}", text);
    }
}

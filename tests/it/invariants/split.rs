//! A stage of which two are made.

use imgfix::edit::Edit;
use imgfix::transform::{Effect, Input, Rewrite, Split, StageLine, Told};
use imgfix_syntax::{Keyword, TextRange};

use super::{is_dropped, replaced, rewrite, run};

/// A split that takes away the entry point of the image that builds.
fn split(input: &Input<'_>, runtime: &str) -> Vec<Rewrite> {
    let model = input.model;
    let Some(name) =
        replaced(&model.text, ":20\n", ":20 AS build\n").filter(|_| model.stages.len() == 1)
    else {
        return Vec::new();
    };
    let command = model
        .file
        .instructions()
        .find(|(_, it)| it.keyword == Keyword::Cmd);
    let command: TextRange = command.expect("a CMD").1.range;
    let lines = [
        format!("FROM {runtime}"),
        "ENTRYPOINT []".to_owned(),
        "WORKDIR /app".to_owned(),
    ];
    let text = lines.join("\n");
    let mut stage: Vec<StageLine> = lines.into_iter().map(StageLine::Added).collect();
    stage.push(StageLine::Moved(command));
    let edits = vec![name, Edit::insert(command.start(), format!("\n{text}\n"))];
    let effect = Effect::StageSplit(Split {
        build: "build".to_owned(),
        name: None,
        build_end: Vec::new(),
        runtime: stage,
        left_behind: Vec::new(),
        kept: Vec::new(),
        is_without_shell: false,
        resets_entry_point: true,
        told: Told::default(),
    });
    vec![rewrite("split", edits, vec![effect])]
}

#[test]
fn an_entry_point_goes_that_only_starts_its_arguments() {
    let text = "FROM node:20\nWORKDIR /app\nCMD [\"node\", \"a.js\"]\n";
    let image = "gcr.io/distroless/nodejs20-debian12";
    let outcome = run(text, move |input| split(input, image)).expect("it comes to rest");
    assert_eq!(outcome.applied.len(), 1, "{:?}", outcome.rejected);
}

#[test]
fn no_entry_point_goes_that_does_something() {
    let said = "an entry point is taken away that does something";
    for text in [
        // What another image starts with is not known.
        "FROM tomcat:20\nWORKDIR /app\nCMD [\"node\", \"a.js\"]\n",
        // Node's own starts node for a word that is no program.
        "FROM node:20\nWORKDIR /app\nCMD [\"a.js\"]\n",
        "FROM node:20\nWORKDIR /app\nCMD node a.js\n",
    ] {
        let outcome = run(text, |input| split(input, "debian:bookworm-slim"));
        is_dropped(text, outcome, said);
    }
}

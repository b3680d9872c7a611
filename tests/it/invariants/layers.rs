//! A jar of Spring Boot that is taken apart comes along as a whole.

use imgfix::edit::Edit;
use imgfix::transform::{Effect, Split, StageLine, Told};

use super::{is_dropped, rewrite, run};

const BUILD: &str = "FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\nRUN mvn package && mv target/*.jar app.jar\n";
const RUN: &str =
    "RUN java -Djarmode=tools -jar /app/app.jar extract --layers --destination /layers";
const COPIES: [&str; 3] = [
    "COPY --from=build /layers/dependencies/ /app/",
    "COPY --from=build /layers/snapshot-dependencies/ /app/",
    "COPY --from=build /layers/application/ /app/",
];

/// A split that ends the build as it is said, and brings what is said.
fn split(
    end: &str,
    copies: &[&str],
) -> (
    String,
    Result<imgfix::engine::Outcome, imgfix::engine::EngineError>,
) {
    let start = "CMD [\"java\", \"-jar\", \"app.jar\"]\n";
    let text = format!("{BUILD}{start}");
    let mut lines = vec!["FROM eclipse-temurin:17-jre", "WORKDIR /app"];
    lines.extend(copies);
    let added: Vec<String> = lines.iter().map(|it| (*it).to_owned()).collect();
    let inserted = format!("{end}\n\n{}\n", added.join("\n"));
    let end = end.to_owned();
    let whole = text.clone();
    let outcome = run(&text, move |input| {
        if input.model.text != whole {
            return Vec::new();
        }
        let ranges = input.model.file.instructions();
        let ranges: Vec<_> = ranges.map(|(_, it)| it.range).collect();
        let (from, start) = (ranges[0], ranges[ranges.len() - 1]);
        let lines = added.iter().cloned().map(StageLine::Added);
        let said = Split {
            build: "build".to_owned(),
            name: None,
            resets_entry_point: false,
            is_without_shell: false,
            build_end: vec![end.clone()],
            runtime: lines.chain([StageLine::Moved(start)]).collect(),
            left_behind: Vec::new(),
            kept: Vec::new(),
            told: Told {
                layered_jar: Some("/app/app.jar".to_owned()),
                ..Told::default()
            },
        };
        let edits = vec![
            Edit::insert(from.end(), " AS build"),
            Edit::insert(start.start(), inserted.clone()),
        ];
        vec![rewrite("split", edits, vec![Effect::StageSplit(said)])]
    });
    (text, outcome)
}

#[test]
fn all_layers_of_a_jar_that_is_taken_apart() {
    let (text, outcome) = split(RUN, &COPIES);
    let outcome = outcome.expect("it comes to rest");
    assert!(outcome.rejected.is_empty(), "{:?}", outcome.rejected);
    assert_ne!(outcome.text, text);
}

#[test]
fn no_layer_is_left_out_or_changes_its_place() {
    let swapped = [COPIES[2], COPIES[1], COPIES[0]];
    for copies in [&COPIES[..2], &COPIES[1..], &swapped] {
        let (text, outcome) = split(RUN, copies);
        is_dropped(&text, outcome, "not all layers of `/app/app.jar`");
    }
    let elsewhere = COPIES.map(|it| it.replace(" /app/", " /srv/"));
    let elsewhere = elsewhere.each_ref().map(String::as_str);
    let (text, outcome) = split(RUN, &elsewhere);
    is_dropped(&text, outcome, "not all layers of `/app/app.jar`");
}

#[test]
fn nothing_else_makes_the_layers() {
    for other in [
        "RUN java -Djarmode=tools -jar /app/other.jar extract --layers --destination /layers",
        "RUN java -Djarmode=tools -jar /app/app.jar extract --launcher --layers --destination /layers",
        "RUN mkdir /layers",
    ] {
        let (text, outcome) = split(other, &COPIES);
        is_dropped(&text, outcome, "is not taken apart");
    }
}

//! `imgfix templates`, `[split-stages]` and templates of the user's.

use super::sandbox::Sandbox;

const GO: &str =
    "FROM golang:1.22-bookworm\nWORKDIR /app\nCOPY . .\nRUN go build -o tide .\nCMD [\"./tide\"]\n";
const MAIN: &str =
    "package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\":8080\", nil) }\n";
const MODULE: &str = "module example.org/tide\n\ngo 1.22\n";

const ELIXIR: &str = "FROM elixir:1.16\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix release\n\
                      CMD [\"_build/prod/rel/board/bin/board\", \"start\"]\n";

/// A repository with a Go program in two folders, and a configuration.
fn repository(config: &str) -> Sandbox {
    Sandbox::repository(&[
        ("imgfix.toml", config),
        ("edge/Dockerfile", GO),
        ("edge/go.mod", MODULE),
        ("edge/main.go", MAIN),
        ("api/Dockerfile", GO),
        ("api/go.mod", MODULE),
        ("api/main.go", MAIN),
    ])
}

/// A repository with an Elixir program and a template for it.
fn with_template(template: &str) -> Sandbox {
    Sandbox::repository(&[
        ("imgfix.toml", "[split-stages]\ntemplates = \"house\"\n"),
        ("house/release.toml", template),
        ("house/README.md", "not a template"),
        ("Dockerfile", ELIXIR),
        ("mix.exs", "defmodule Board do\nend\n"),
    ])
}

/// The blocks of TOML in the page of the templates.
fn blocks() -> Vec<String> {
    let page = crate::root().join("docs/templates.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let parts = page.split("```toml\n").skip(1);
    let blocks = parts.filter_map(|part| part.split_once("```"));
    blocks.map(|(block, _)| block.to_owned()).collect()
}

#[test]
fn all_are_listed_and_each_has_a_page() {
    let sandbox = with_template(&blocks()[1]);
    let listed = sandbox.run(&["templates"]);
    listed.ends_with(0);
    for meta in imgfix::templates() {
        assert!(
            listed.stdout.contains(&format!("{}\n", meta.name)),
            "{}",
            meta.name
        );
        let page = sandbox.run(&["explain", "split-stages", "--template", meta.name]);
        assert_eq!(page.ends_with(0).stdout, meta.page);
        assert!(page.stdout.starts_with(&format!("# {}\n", meta.name)));
    }
    assert!(
        listed
            .stdout
            .contains("elixir-release (house/release.toml)\n"),
        "{}",
        listed.stdout
    );
    let own = sandbox.run(&["explain", "split-stages", "--template", "elixir-release"]);
    own.ends_with(0);
    assert!(
        own.stdout
            .contains("- builds on: `elixir`, `hexpm/elixir`\n"),
        "{}",
        own.stdout
    );
    assert!(
        own.stdout.contains("- brings: `_build/prod/rel/board`\n"),
        "{}",
        own.stdout
    );
    let unknown = sandbox.run(&["explain", "split-stages", "--template", "pyhton"]);
    unknown
        .ends_with(2)
        .says("unknown template `pyhton`\nhint: did you mean `python`?");
    let other = sandbox.run(&["explain", "merge-runs", "--template", "go"]);
    other.ends_with(2).says("`merge-runs` has no templates");
}

#[test]
fn each_says_why_it_matches_or_does_not() {
    let sandbox = repository("[split-stages]\nforbid = [\"distroless\"]\n");
    let run = sandbox.run(&["templates", "edge"]);
    run.ends_with(0);
    assert_eq!(
        run.stdout,
        "edge/Dockerfile\n  \
         go      matches: build in a stage of its own, run on debian:bookworm-slim\n  \
         python  no match: the base image is `golang`\n  \
         node    no match: the base image is `golang`\n  \
         java    no match: the base image is `golang`\n  \
         rust    no match: the base image is `golang`\n"
    );
    sandbox.write("edge/main.go", MAIN.replace("net/http", "plugin"));
    let run = sandbox.run(&["templates", "edge"]);
    assert!(
        run.stdout
            .contains("go      matches, and declines (needs-the-toolchain): "),
        "{}",
        run.stdout
    );
    sandbox
        .run(&["templates", "nowhere"])
        .ends_with(2)
        .says("nowhere: ");
}

#[test]
fn an_override_chooses_for_its_paths() {
    let sandbox = repository(
        "[split-stages.images]\n\"gcr.io/distroless/static-debian12\" = \"registry.example/static:12\"\n\n\
         [[overrides]]\npaths = [\"edge\"]\n[overrides.split-stages]\ntemplate = \"scratch\"\n",
    );
    sandbox
        .run(&["--write", "--select", "split-stages"])
        .ends_with(0);
    assert!(sandbox.read("edge/Dockerfile").contains("\nFROM scratch\n"));
    assert!(
        sandbox
            .read("api/Dockerfile")
            .contains("\nFROM registry.example/static:12\n")
    );
    let shown = sandbox.run(&["config", "edge/Dockerfile"]);
    shown.ends_with(0);
    for line in [
        "template = \"scratch\"  # imgfix.toml:7\n",
        "forbid = []  # default\n",
        "images = { \"gcr.io/distroless/static-debian12\" = \"registry.example/static:12\" }  # imgfix.toml:1\n",
    ] {
        assert!(shown.stdout.contains(line), "{line}{}", shown.stdout);
    }
}

#[test]
fn what_the_page_of_the_templates_shows_works() {
    let blocks = blocks();
    assert_eq!(blocks.len(), 2);
    repository(&blocks[0]).run(&["config"]).ends_with(0);
    let sandbox = with_template(&blocks[1]);
    let run = sandbox.run(&["--write", "--select", "split-stages"]);
    run.ends_with(0);
    let text = sandbox.read("Dockerfile");
    for line in [
        "FROM elixir:1.16 AS build\n",
        "\nFROM debian:bookworm-slim\n",
        "libncurses6 libssl3 libstdc++6",
        "\nENV LANG=C.UTF-8\n",
        "COPY --from=build /app/_build/prod/rel/board /app/_build/prod/rel/board\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let again = sandbox.run(&["--check", "--select", "split-stages"]);
    again.ends_with(0);
}

#[test]
fn a_template_with_a_fault_names_file_line_and_field() {
    let template = &blocks()[1];
    for (from, to, message) in [
        (
            "base-images = [\"elixir\", \"hexpm/elixir\"]",
            "base-images = []",
            "house/release.toml:5: `base-images`: at least one image is wanted",
        ),
        (
            "artifacts = [\"_build/prod/rel/board\"]",
            "artifacts = []",
            "house/release.toml:16: `artifacts`: at least one path is wanted",
        ),
        (
            "artifacts = [\"_build/prod/rel/board\"]",
            "artefacts = [\"x\"]",
            "house/release.toml:16: unknown key `artefacts` in [runtime]\nhint: did you mean `artifacts`?",
        ),
        (
            "artifacts = [\"_build/prod/rel/board\"]",
            "",
            "missing field `artifacts`",
        ),
        (
            "debian:bookworm-slim",
            "debian:{suite}",
            "house/release.toml:14: `image`: ",
        ),
        (
            "elixir-release",
            "elixir release",
            "house/release.toml:1: `name`: letters, digits",
        ),
        (
            "elixir-release",
            "go",
            "house/release.toml: `name`: there is a template `go`",
        ),
        (
            "environment = { LANG",
            "entry-point = []\nenvironment = { LANG",
            "house/release.toml:17: `entry-point`: at least one word is wanted",
        ),
        (
            "files = [\"mix.exs\"]",
            "files = \"mix.exs\"",
            "house/release.toml:6: wrong type for `files`",
        ),
    ] {
        assert!(template.contains(from), "{from}");
        let sandbox = with_template(&template.replace(from, to));
        let run = sandbox.run(&["--write"]);
        run.ends_with(2).says(message);
        assert_eq!(sandbox.read("Dockerfile"), ELIXIR);
    }
}

#[test]
fn a_folder_or_a_language_that_is_not_there_names_its_line() {
    for (config, message) in [
        (
            "[split-stages]\ntemplates = \"nowhere\"\n",
            "imgfix.toml:2: `templates`: nowhere: no such file or directory",
        ),
        (
            "[split-stages]\nlanguage = \"pyhton\"\n",
            "imgfix.toml:2: `language`: there is no template `pyhton`\nhint: did you mean `python`?",
        ),
        (
            "[[overrides]]\npaths = []\n[overrides.split-stages]\nlanguage = \"elixir\"\n",
            "imgfix.toml:4: `language`: there is no template `elixir`",
        ),
        (
            "[split-stages]\ntemplate = \"distro\"\n",
            "imgfix.toml:2: unknown value `distro` for `template`\nhint: did you mean `distroless`?",
        ),
    ] {
        repository(config).run(&[]).ends_with(2).says(message);
    }
}

//! Build contexts: where they are, and what is told of them.

use std::fs;

use super::sandbox::Sandbox;

const TAKES: &str =
    "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\nCOPY . /srv\n";

#[test]
fn explain_tells_where_the_context_is_and_who_says_so() {
    let sandbox = Sandbox::repository(&[
        ("a/Dockerfile", TAKES),
        ("b/Dockerfile", TAKES),
        (
            "compose.yaml",
            "services:\n  a:\n    build:\n      context: .\n      dockerfile: a/Dockerfile\n",
        ),
    ]);
    let run = sandbox.run(&["--explain"]);
    run.ends_with(0)
        .says("a/Dockerfile  build context: the root of the repository (compose.yaml:4)\n")
        .says("b/Dockerfile  build context: `b` (its own folder)\n");
}

#[test]
fn no_context_is_looked_at_where_none_is_wanted() {
    let sandbox = Sandbox::repository(&[
        ("a/Dockerfile", TAKES),
        ("b/Dockerfile", TAKES),
        (
            "imgfix.toml",
            "[[overrides]]\npaths = [\"a\"]\ncontext = \"none\"\n\n[[overrides]]\npaths = [\"b\"]\n\
             context = \".\"\n",
        ),
    ]);
    sandbox
        .run(&["--explain"])
        .ends_with(0)
        .says("a/Dockerfile  build context: not looked at, as asked\n")
        .says("b/Dockerfile  build context: the root of the repository (the configuration)\n");
    sandbox
        .run(&["--explain", "--no-context"])
        .ends_with(0)
        .says("b/Dockerfile  build context: not looked at, as asked\n");
}

#[test]
fn a_context_outside_of_the_repository_is_not_looked_at() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.path("repo/.git")).expect("folders");
    sandbox.write("repo/api/Dockerfile", TAKES);
    sandbox.write(
        "repo/deploy/compose.yaml",
        "services:\n  a:\n    build:\n      context: ../..\n      dockerfile: repo/api/Dockerfile\n",
    );
    let run = sandbox.run_below("repo", &["--explain"]);
    run.ends_with(0).says(
        "api/Dockerfile  build context: not looked at, since it lies outside of the repository \
         (deploy/compose.yaml:4)\n",
    );
    assert!(run.stdout.contains("+++ b/api/Dockerfile"), "{run:#?}");
}

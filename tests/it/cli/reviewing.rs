//! What of a run is wanted: what a branch touches, one rewrite, what a baseline does not have.

use std::process::Command;

use super::sandbox::Sandbox;

const MERGED: &str = "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n\
                      RUN curl -fsSLO https://example.org/a.tgz && tar xf a.tgz\nCMD [\"curl\"]\n";

/// Runs git as nobody in particular.
pub(super) fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(sandbox.path("."))
        .args(["-c", "user.name=x", "-c", "user.email=x@example.org"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git starts");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
}

/// A repository with two services on `main`, and a branch.
pub(super) fn branch() -> Sandbox {
    let sandbox = Sandbox::new();
    git(&sandbox, &["init", "-q"]);
    for service in ["api", "web"] {
        sandbox.write(&format!("{service}/Dockerfile"), MERGED);
        sandbox.write(&format!("{service}/package.json"), "{}\n");
        sandbox.write(&format!("{service}/notes.md"), "\n");
    }
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "-qm", "one"]);
    git(&sandbox, &["checkout", "-qb", "topic"]);
    sandbox
}

/// The Dockerfiles in which a run with these arguments finds something.
#[track_caller]
fn found(sandbox: &Sandbox, arguments: &[&str]) -> Vec<String> {
    let run = sandbox.run(&[&["--output-format", "json"][..], arguments].concat());
    run.ends_with(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let files = report["files"].as_array().expect("files");
    let paths = files
        .iter()
        .map(|file| file["path"].as_str().expect("a path"));
    paths.map(str::to_owned).collect()
}

#[test]
fn only_what_a_branch_touches_is_looked_at() {
    let sandbox = branch();
    let base = ["--diff-base", "main"];
    assert_eq!(found(&sandbox, &base), [""; 0]);
    sandbox
        .run(&base)
        .ends_with(0)
        .says("2 Dockerfiles found, none of them changed");
    sandbox.write("api/notes.md", "no manifest\n");
    assert_eq!(found(&sandbox, &base), [""; 0]);
    sandbox.write("api/package.json", "{ \"name\": \"api\" }\n");
    assert_eq!(found(&sandbox, &base), ["api/Dockerfile"]);
    git(&sandbox, &["commit", "-qam", "two"]);
    assert_eq!(found(&sandbox, &base), ["api/Dockerfile"]);
    sandbox.write("web/Dockerfile", format!("{MERGED}# More.\n"));
    assert_eq!(found(&sandbox, &base), ["api/Dockerfile", "web/Dockerfile"]);
    sandbox.write("new/Dockerfile", MERGED);
    assert_eq!(
        found(&sandbox, &base),
        ["api/Dockerfile", "new/Dockerfile", "web/Dockerfile"]
    );
    // What main does meanwhile is not the branch's.
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "-qm", "three"]);
    git(&sandbox, &["checkout", "-q", "main"]);
    sandbox.write("web/Dockerfile", "FROM scratch\n");
    git(&sandbox, &["commit", "-qam", "four"]);
    git(&sandbox, &["checkout", "-qb", "other", "topic~1"]);
    assert_eq!(found(&sandbox, &base), ["api/Dockerfile"]);
}

#[test]
fn only_what_is_staged_is_looked_at() {
    let sandbox = branch();
    sandbox.write("api/Dockerfile", format!("{MERGED}# More.\n"));
    assert_eq!(found(&sandbox, &["--staged"]), [""; 0]);
    git(&sandbox, &["add", "api"]);
    assert_eq!(found(&sandbox, &["--staged"]), ["api/Dockerfile"]);
    // Before the first commit.
    let sandbox = Sandbox::new();
    git(&sandbox, &["init", "-q"]);
    sandbox.write("a/Dockerfile", MERGED);
    sandbox.write("b/Dockerfile", MERGED);
    git(&sandbox, &["add", "a"]);
    assert_eq!(found(&sandbox, &["--staged"]), ["a/Dockerfile"]);
}

#[test]
fn only_rewrites_of_changed_lines_are_applied() {
    let sandbox = branch();
    let flags = ["--diff-base", "main", "--only-changed-lines"];
    // Line 4 changes; the rewrites of lines 2 and 3 are the old ones.
    let text = MERGED.replace("a.tgz && tar", "a.tgz  && tar");
    sandbox.write("api/Dockerfile", &text);
    let diff = sandbox.run(&flags).stdout;
    assert!(diff.contains("&& rm a.tgz"), "{diff}");
    assert!(!diff.contains("-RUN apt-get"), "{diff}");
    // Only the manifest changes: no line does.
    sandbox.write("api/Dockerfile", MERGED);
    sandbox.write("api/package.json", "{ \"name\": \"api\" }\n");
    assert_eq!(sandbox.run(&flags).ends_with(0).stdout, "");
    // A new file is new in every line.
    sandbox.write("new/Dockerfile", MERGED);
    assert_eq!(sandbox.run(&flags).stdout, {
        let all = sandbox.run(&["new"]).stdout;
        assert!(
            all.contains("rm a.tgz") && all.contains("-RUN apt-get"),
            "{all}"
        );
        all
    });
}

#[test]
fn what_git_cannot_say_is_one_clear_error() {
    let sandbox = branch();
    sandbox
        .run(&["--diff-base", "nowhere"])
        .ends_with(2)
        .says("imgfix: --diff-base: git knows no commit `nowhere`")
        .says("fetch-depth: 0");
    sandbox
        .run(&["--diff-base=--output=x"])
        .ends_with(2)
        .says("git knows no commit `--output=x`");
    git(&sandbox, &["checkout", "-q", "--orphan", "alone"]);
    git(&sandbox, &["commit", "-qm", "alone"]);
    sandbox
        .run(&["--diff-base", "main"])
        .ends_with(2)
        .says("git finds no commit that `main` and HEAD have in common");
    let folder = Sandbox::new();
    folder.write("Dockerfile", MERGED);
    folder
        .run(&["--staged"])
        .ends_with(2)
        .says("need a repository that git reads");
    let mut command = super::sandbox::command(&sandbox.path("."), &["--staged"]);
    let output = command
        .env("PATH", "")
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.starts_with("imgfix: git cannot be started: "),
        "{said}"
    );
}

#[test]
fn one_rewrite_is_accepted_by_its_place() {
    let sandbox = Sandbox::repository(&[("a/Dockerfile", MERGED), ("b/Dockerfile", MERGED)]);
    sandbox
        .run(&["-w", "--only", "a/Dockerfile:4"])
        .ends_with(0);
    assert_eq!(
        sandbox.read("a/Dockerfile"),
        MERGED.replace("tar xf a.tgz", "tar xf a.tgz && rm a.tgz")
    );
    assert_eq!(sandbox.read("b/Dockerfile"), MERGED);
    sandbox
        .run(&["-w", "--only", "b/Dockerfile:2:merge-runs"])
        .ends_with(0);
    assert_eq!(
        sandbox.read("b/Dockerfile"),
        MERGED.replace("update\nRUN apt-get", "update && \\\n    apt-get")
    );
}

#[test]
fn a_place_without_a_rewrite_is_an_error() {
    let sandbox = Sandbox::repository(&[("a/Dockerfile", MERGED)]);
    for (place, message) in [
        (
            "a/Dockerfile:1",
            "a/Dockerfile:1: there is no rewrite to be applied",
        ),
        (
            "a/Dockerfile:4:merge-runs",
            "merge-runs has no rewrite there",
        ),
        ("a/Dockerfile:4:merge-run", "did you mean `merge-runs`?"),
        ("b/Dockerfile:4", "b/Dockerfile"),
        ("a/Dockerfile", "it is no FILE:LINE or FILE:LINE:ID"),
    ] {
        sandbox
            .run(&["-w", "--only", place])
            .ends_with(2)
            .says(message);
    }
    assert_eq!(sandbox.read("a/Dockerfile"), MERGED);
    sandbox
        .run(&["--only", "a/Dockerfile:4", "a"])
        .ends_with(2)
        .says("--only names its files");
}

#[test]
fn only_what_a_baseline_does_not_have_fails() {
    let sandbox = Sandbox::repository(&[("a/Dockerfile", MERGED)]);
    let check = ["--check", "--baseline", "known.json"];
    sandbox
        .run(&check)
        .ends_with(2)
        .says("known.json: no such file")
        .says("`--write-baseline known.json` makes it");
    sandbox
        .run(&["--write-baseline", "known.json"])
        .ends_with(0)
        .says("4 findings in known.json");
    let run = sandbox.run(&check);
    run.ends_with(0)
        .says("4 rewrites left out: the baseline has them");
    assert_eq!(run.stdout, "");
    // Lines above move it; it is still known.
    sandbox.write("a/Dockerfile", format!("# One.\n# Two.\n{MERGED}"));
    sandbox.run(&check).ends_with(0);
    // Something new is shown alone.
    let more = MERGED.replace("CMD", "RUN pip install flask\nCMD");
    sandbox.write("a/Dockerfile", &more);
    let run = sandbox.run(&check);
    run.ends_with(1);
    assert!(
        run.stdout.contains("+RUN pip install --no-cache-dir flask"),
        "{run:?}"
    );
    assert!(!run.stdout.contains("-RUN apt-get"), "{run:?}");
    // What is mended may leave the baseline.
    sandbox.run(&["-w"]).ends_with(0);
    sandbox
        .run(&check)
        .ends_with(0)
        .says("4 of the baseline no longer there; `--write-baseline` renews it");
    sandbox
        .run(&["--write-baseline", "known.json"])
        .says("0 findings in known.json");
    for (text, message) in [
        ("[]", "known.json: is no baseline"),
        (
            "{\"schema_version\": 9, \"findings\": []}",
            "is a baseline of version 9",
        ),
    ] {
        sandbox.write("known.json", text);
        sandbox.run(&check).ends_with(2).says(message);
    }
}

#[test]
fn a_review_is_of_files() {
    let sandbox = Sandbox::new();
    for (arguments, message) in [
        (&["-", "--staged"][..], "a review is of files"),
        (&["transforms", "--staged"], "unexpected argument"),
        (&["--staged", "transforms"], "does not go with a command"),
        (&["--only-changed-lines"], "--only-changed-lines goes with"),
        (
            &["--write-baseline", "x", "--check"],
            "--write-baseline goes with no",
        ),
    ] {
        sandbox.run(arguments).ends_with(2).says(message);
    }
}

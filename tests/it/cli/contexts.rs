//! Build contexts: where they are, what is told of them, and those that somebody made to do harm.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};

use super::sandbox::{REWRITABLE, Sandbox};

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

#[test]
fn a_context_of_200_000_files_is_looked_at_in_part() {
    let sandbox = Sandbox::repository(&[("Dockerfile", TAKES), ("other/Dockerfile", REWRITABLE)]);
    for folder in 0..2_000 {
        let folder = sandbox.path(&format!("data/{folder}"));
        fs::create_dir_all(&folder).expect("a folder");
        for file in 0..100 {
            File::create(folder.join(file.to_string())).expect("a file");
        }
    }
    let started = Instant::now();
    let run = sandbox.run(&["--explain"]);
    run.ends_with(0)
        .says("Dockerfile  build context: the root of the repository (its own folder)\n")
        .says("  not all of it is known: it has more than 100000 entries\n");
    assert!(run.stdout.contains("+++ b/Dockerfile"), "{run:#?}");
    assert!(run.stdout.contains("+++ b/other/Dockerfile"), "{run:#?}");
    let time = started.elapsed();
    assert!(time < Duration::from_secs(30), "{time:?}");
}

#[test]
fn texts_that_are_too_large_are_not_read() {
    let sandbox = Sandbox::repository(&[("Dockerfile", TAKES)]);
    let sparse = |path: &str, megabytes: u64| {
        let path = sandbox.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        let file = File::create(path).expect("a file");
        file.set_len(megabytes << 20).expect("a sparse file");
    };
    sparse("package-lock.json", 100);
    sparse("big.sh", 100);
    sandbox.write("small/.dockerignore", "x\n");
    sparse("huge/.dockerignore", 100);
    sandbox.write("huge/Dockerfile", TAKES);
    sandbox
        .run(&["--explain"])
        .ends_with(0)
        .says("what is ignored is not known: `huge/.dockerignore`: it is too large\n");
    for folder in ["a", "b", "c"] {
        sparse(&format!("{folder}/package-lock.json"), 12);
    }
    sandbox
        .run(&["--explain"])
        .ends_with(0)
        .says("  not all of it is known: its texts are larger than 32 MiB\n");
}

#[cfg(unix)]
#[test]
fn links_pipes_and_odd_names_do_no_harm() {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let outside = Sandbox::new();
    outside.write("run.sh", "secret");
    let pipe = |path: &Path| {
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo runs").success());
    };
    // A pipe outside: who reads it waits for ever.
    pipe(&outside.path("package.json"));

    let sandbox = Sandbox::repository(&[("Dockerfile", TAKES), ("a/b/x", "")]);
    pipe(&sandbox.path("entrypoint.sh"));
    pipe(&sandbox.path("a/.dockerignore"));
    symlink("..", sandbox.path("a/loop")).expect("a link");
    symlink("self", sandbox.path("self")).expect("a link");
    symlink(outside.path(""), sandbox.path("out")).expect("a link");
    symlink(outside.path("package.json"), sandbox.path("package.json")).expect("a link");
    symlink(outside.path("package.json"), sandbox.path(".dockerignore")).expect("a link");
    sandbox.write("a/two\nlines\x1b[31m.sh", "echo");
    let odd = sandbox
        .path("a")
        .join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&odd).expect("a folder");
    // As deep as the file system lets a path be named from here.
    let deep = sandbox.path(&"d/".repeat(200));
    fs::create_dir_all(&deep).expect("folders");

    let run = sandbox.run(&["--explain"]);
    run.ends_with(0)
        .says("  not all of it is known: a name in it is not UTF-8\n")
        .says(&format!(
            "  not all of it is known: `{}` lies too deep to be entered\n",
            "d/".repeat(65).trim_end_matches('/')
        ))
        .says("what is ignored is not known: `.dockerignore`: it is no regular file\n");
    assert!(run.stdout.contains("+++ b/Dockerfile"), "{run:#?}");
    assert!(!run.stderr.contains('\x1b') && !run.stderr.contains("secret"));
}

const INSTALLS: &str =
    "FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"x.js\"]\n";

/// A repository with two Dockerfiles of one context, which holds modules that git ignores.
fn with_modules() -> Sandbox {
    Sandbox::repository(&[
        ("web/Dockerfile", INSTALLS),
        ("web/Dockerfile.dev", INSTALLS),
        ("web/package.json", "{}"),
        ("web/node_modules/a/index.js", "1"),
        (".gitignore", "node_modules\n"),
    ])
}

#[test]
fn an_ignore_file_of_two_dockerfiles_is_shown_once() {
    let sandbox = with_modules();
    let run = sandbox.run(&[]);
    assert_eq!(run.stdout.matches("+++ b/web/.dockerignore").count(), 1);
    let new = "new file mode 100644\n--- /dev/null\n+++ b/web/.dockerignore\n@@ -0,0 +1,2 @@\n\
               +node_modules\n+Dockerfile\n";
    assert!(run.stdout.contains(new), "{}", run.stdout);
    assert!(!sandbox.path("web/.dockerignore").exists());
    sandbox.run(&["--check"]).ends_with(1);
}

#[test]
fn an_ignore_file_is_written_and_found_the_next_time() {
    let sandbox = with_modules();
    sandbox.run(&["--write"]).ends_with(0);
    assert_eq!(
        sandbox.read("web/.dockerignore"),
        "node_modules\nDockerfile\n"
    );
    sandbox.run(&["--check"]).ends_with(0);
    sandbox.write("web/.dockerignore", "*.log");
    sandbox.run(&["--write"]).ends_with(0);
    assert_eq!(sandbox.read("web/.dockerignore"), "*.log\nnode_modules\n");
}

#[cfg(unix)]
#[test]
fn an_ignore_file_can_be_read_by_all_who_may_read_a_new_file() {
    use std::os::unix::fs::MetadataExt;
    let sandbox = with_modules();
    sandbox.run(&["--write"]).ends_with(0);
    let mode = |path: &str| sandbox.path(path).metadata().expect("a file").mode();
    assert_eq!(mode("web/.dockerignore"), mode("web/package.json"));
}

#[test]
fn standard_input_gives_no_other_file() {
    let sandbox = with_modules();
    let run = sandbox.run_with(&["-", "--stdin-filename", "web/Dockerfile"], INSTALLS);
    run.ends_with(0);
    // The modules of the context would stand over those that the build installs.
    assert_eq!(
        run.stdout,
        INSTALLS.replace("npm ci", "npm ci && npm cache clean --force")
    );
    assert!(!sandbox.path("web/.dockerignore").exists());
}

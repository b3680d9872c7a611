//! `imgfix verify`, with a builder that is a script: it "builds" an image from the text of the Dockerfile.
//! What a real engine does is tested in `tests/real_builds`.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;

use super::sandbox::{Run, Sandbox};

/// Understands what imgfix asks of `docker`. An image holds the apt lists unless its Dockerfile removes
/// them, and the file `/extra` where its Dockerfile says so.
const DOCKER: &str = include_str!("docker.sh");

const DOCKERFILE: &str = "FROM debian:bookworm-slim\nENV TOKEN=hunter2secret\n\
    RUN apt-get update && apt-get install -y --no-install-recommends make\nCMD [\"/srv/app\"]\n";

fn sandbox(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::repository(files);
    sandbox.write("bin/docker", DOCKER);
    let path = sandbox.path("bin/docker");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    sandbox
}

fn verify(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let builder = format!("--builder={}", sandbox.path("bin/docker").display());
    let mut all = vec!["verify", &builder];
    all.extend(arguments);
    sandbox.run(&all)
}

#[test]
fn an_image_that_differs_as_announced_is_the_same() {
    let sandbox = sandbox(&[("Dockerfile", DOCKERFILE)]);
    let run = verify(&sandbox, &["Dockerfile", "--smoke", "hello 'big world'"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.starts_with("Dockerfile: same, "), "{run:?}");
    assert!(
        run.stdout.contains("  gone: package lists (1 path"),
        "{run:?}"
    );
    assert!(
        run.stdout
            .contains("smoke: `hello 'big world'`: same answer"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("Dockerfile: building the original"),
        "{run:?}"
    );
    let left = std::fs::read_dir(sandbox.path("bin/images"))
        .expect("a folder")
        .count();
    assert_eq!(left, 0, "images are removed");
    assert_eq!(sandbox.read("Dockerfile"), DOCKERFILE, "nothing is written");
}

#[test]
fn what_was_not_announced_is_a_finding() {
    let text = DOCKERFILE.replace("CMD", "# LEAKS\nCMD");
    let sandbox = sandbox(&[("Dockerfile", &text)]);
    let run = verify(&sandbox, &["--format=markdown"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stdout.contains("| **1 finding** |"), "{run:?}");
    assert!(
        run.stdout
            .contains("`/srv/app` (application) has another content"),
        "{run:?}"
    );
}

#[test]
fn a_rewrite_that_does_not_build_is_a_finding_and_shows_no_secret() {
    let text = DOCKERFILE.replace("CMD", "# FRAGILE\nCMD");
    let sandbox = sandbox(&[("Dockerfile", &text)]);
    let run = verify(&sandbox, &["--format=json", "--build-arg=KEY=given-value"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(
        run.stdout
            .contains("the rewritten one does not build: ERROR: token=… failed"),
        "{run:?}"
    );
    for secret in ["hunter2secret", "given-value"] {
        assert!(
            !run.stdout.contains(secret) && !run.stderr.contains(secret),
            "{run:?}"
        );
    }
}

#[test]
fn an_original_that_does_not_build_is_a_failure_and_the_other_files_are_done() {
    let broken = format!("{DOCKERFILE}# BROKEN\n");
    let sandbox = sandbox(&[("a/Dockerfile", &broken), ("b/Dockerfile", DOCKERFILE)]);
    let run = verify(&sandbox, &[]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(
        run.stderr
            .contains("a/Dockerfile: the original does not build"),
        "{run:?}"
    );
    assert!(run.stdout.contains("b/Dockerfile: same"), "{run:?}");
}

#[test]
fn images_are_kept_where_that_is_asked_for() {
    let sandbox = sandbox(&[("Dockerfile", DOCKERFILE)]);
    let run = verify(&sandbox, &["--keep", "--control"]);
    assert!(
        run.stdout.contains("  kept: localhost/imgfix-verify-"),
        "{run:?}"
    );
    let kept = std::fs::read_dir(sandbox.path("bin/images"))
        .expect("a folder")
        .count();
    assert_eq!(kept, 3, "original, rewritten and control");
}

#[test]
fn the_builder_gets_what_the_user_gives() {
    let sandbox = sandbox(&[("docker/Dockerfile", DOCKERFILE), ("src/readme.txt", "x\n")]);
    let run = verify(
        &sandbox,
        &[
            "docker",
            "--context=.",
            "--target=t",
            "--network=host",
            "--build-arg=A=1",
            "--cache-check",
            "--build-option=--pull=false",
        ],
    );
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.stdout.contains("note: no rebuild was measured"),
        "{run:?}"
    );
    let absent = verify(&sandbox, &["docker", "--cache-check=src/none.py"]);
    assert_eq!(absent.status, 2, "{absent:?}");
    assert!(
        absent
            .stderr
            .contains("src/none.py is no file of the build context"),
        "{absent:?}"
    );
    let log = sandbox.read("bin/log");
    let first = log
        .lines()
        .find(|line| line.starts_with("build "))
        .expect("a build");
    for word in [
        "--build-arg A=1",
        "--target t",
        "--network host",
        "--no-cache",
        "--pull=false",
    ] {
        assert!(first.contains(word), "{first}");
    }
}

#[test]
fn a_rebuild_after_a_change_is_measured() {
    let sandbox = sandbox(&[("Dockerfile", DOCKERFILE), ("src/app.py", "x = 1\n")]);
    let run = verify(&sandbox, &["Dockerfile", "--cache-check"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.stdout
            .contains("rebuild after a line more in src/app.py: "),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("(0 of 1 steps from the cache)"),
        "{run:?}"
    );
    assert_eq!(
        sandbox.read("src/app.py"),
        "x = 1\n",
        "the user's own file stays"
    );
}

#[test]
fn programs_that_a_configuration_names_run_only_when_asked_for() {
    let config = "[verify]\nsmoke = [\"configured\"]\n";
    let sandbox = sandbox(&[("Dockerfile", DOCKERFILE), ("imgfix.toml", config)]);
    let run = verify(&sandbox, &[]);
    assert!(
        run.stderr.contains("`--run-configured-smoke` runs them"),
        "{run:?}"
    );
    assert!(!sandbox.read("bin/log").contains("configured"));
    let run = verify(&sandbox, &["--run-configured-smoke"]);
    assert!(
        run.stdout.contains("smoke: `configured`: same answer"),
        "{run:?}"
    );
}

#[test]
fn without_a_builder_one_line_says_how_to_get_one() {
    let sandbox = Sandbox::repository(&[("Dockerfile", DOCKERFILE)]);
    let run = sandbox.run(&["verify", "--builder=/nowhere/docker"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    assert!(run.stderr.contains("install Docker Engine"), "{run:?}");
    let run = sandbox.run(&["verify", "--builder=kaniko"]);
    assert!(run.stderr.contains("unknown builder `kaniko`"), "{run:?}");
    let run = sandbox.run(&["verify", "--smoke-http=health"]);
    assert!(run.stderr.contains("PORT/PATH"), "{run:?}");
}

#[test]
fn a_file_in_which_nothing_is_rewritten_is_not_built() {
    let sandbox = sandbox(&[("Dockerfile", "FROM scratch\nCOPY a /a\n")]);
    let run = verify(&sandbox, &[]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:?}");
    assert!(
        run.stderr
            .contains("nothing is rewritten, nothing to verify"),
        "{run:?}"
    );
    assert!(!sandbox.read("bin/log").contains("build"));
}

#[test]
fn an_interrupt_removes_what_was_made() {
    use std::time::{Duration, Instant};
    let sandbox = sandbox(&[("Dockerfile", DOCKERFILE)]);
    // The second build hangs until it is ended.
    let slow = DOCKER.replace(
        "build)\n",
        "build)\n    [ -e \"$here/images\" ] && touch \"$here/hangs\" && sleep 60\n",
    );
    sandbox.write("bin/docker", slow);
    let builder = format!("--builder={}", sandbox.path("bin/docker").display());
    let mut child = super::sandbox::command(&sandbox.path("."), &["verify", &builder])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    let started = Instant::now();
    while !sandbox.path("bin/hangs").exists() && started.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let killed = std::process::Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(killed.success());
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(130));
    let left = std::fs::read_dir(sandbox.path("bin/images"))
        .expect("a folder")
        .count();
    assert_eq!(left, 0, "images are removed");
}

//! Diffs, `--write`, `--check` and the summary, on files that change.

use std::fs;

use super::sandbox::{FINE, REWRITABLE, Sandbox, has_transforms};

fn sandbox() -> Option<Sandbox> {
    has_transforms().then(|| {
        Sandbox::repository(&[
            ("services/api/Dockerfile", REWRITABLE),
            ("web/Dockerfile", FINE),
        ])
    })
}

#[test]
fn a_diff_is_printed_and_nothing_is_written() {
    let Some(sandbox) = sandbox() else { return };
    let run = sandbox.run(&[]);
    run.ends_with(0)
        .says("2 Dockerfiles read, 1 would change: ")
        .says("services/api/Dockerfile:2  merge-runs  ");
    assert!(
        run.stdout
            .starts_with("diff --git a/services/api/Dockerfile"),
        "{run:?}"
    );
    assert_eq!(sandbox.read("services/api/Dockerfile"), REWRITABLE);
    let below = sandbox.run_below("services", &[]);
    assert_eq!(below.stdout, run.stdout);
    below.says("api/Dockerfile:2  merge-runs  ");
    assert_eq!(sandbox.run(&["-q"]).stderr, "");
}

#[test]
fn check_tells_by_its_exit_status() {
    let Some(sandbox) = sandbox() else { return };
    sandbox.run(&["--check"]).ends_with(1);
    sandbox.run(&["--check", "web"]).ends_with(0);
    sandbox.write("Dockerfile", b"\xff");
    sandbox.run(&["--check"]).ends_with(2);
}

#[test]
fn write_changes_the_files_and_a_second_run_nothing() {
    let Some(sandbox) = sandbox() else { return };
    let run = sandbox.run(&["--write"]);
    run.ends_with(0).says("2 Dockerfiles read, 1 changed: ");
    assert_eq!(run.stdout, "");
    assert_ne!(sandbox.read("services/api/Dockerfile"), REWRITABLE);
    sandbox
        .run(&["--check"])
        .ends_with(0)
        .says("nothing to change");
    let left = fs::read_dir(sandbox.path("services/api")).expect("a folder");
    assert_eq!(left.count(), 1);
}

#[test]
fn colours_are_there_when_asked_for() {
    let Some(sandbox) = sandbox() else { return };
    assert!(!sandbox.run(&[]).stdout.contains('\x1b'));
    assert!(!sandbox.run(&["--color=never"]).stderr.contains('\x1b'));
    let run = sandbox.run(&["--color", "always"]);
    assert!(
        run.stdout.contains("\x1b[32m+") && run.stderr.contains('\x1b'),
        "{run:?}"
    );
}

#[test]
fn explain_gives_place_reason_and_evidence() {
    let Some(sandbox) = sandbox() else { return };
    let run = sandbox.run(&["--explain"]);
    run.says("services/api/Dockerfile:2  merge-runs  applied (")
        .says("\n  what: ")
        .says("\n  because: ");
    assert!(run.stdout.starts_with("diff --git"), "{run:?}");
}

#[test]
fn a_transform_that_is_ignored_does_not_run() {
    let Some(sandbox) = sandbox() else { return };
    let run = sandbox.run(&["--ignore", "merge-runs"]);
    assert!(!run.stderr.contains("merge-runs"), "{run:?}");
    let run = sandbox.run(&["--select", "clean-package-caches,tighten-package-flags"]);
    assert!(!run.stderr.contains("merge-runs"), "{run:?}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn the_mode_and_a_link_are_kept() {
        let Some(sandbox) = sandbox() else { return };
        let path = sandbox.path("services/api/Dockerfile");
        fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).expect("a mode");
        symlink("services/api/Dockerfile", sandbox.path("Dockerfile.api")).expect("a link");
        sandbox.run(&["--write", "Dockerfile.api"]).ends_with(0);
        let link = sandbox.path("Dockerfile.api");
        assert!(link.symlink_metadata().expect("a link").is_symlink());
        assert_ne!(sandbox.read("services/api/Dockerfile"), REWRITABLE);
        let mode = path.metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn a_file_that_is_read_only_is_left_alone() {
        let Some(sandbox) = sandbox() else { return };
        let path = sandbox.path("services/api/Dockerfile");
        fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).expect("a mode");
        let run = sandbox.run(&["--write"]);
        run.ends_with(2)
            .says("imgfix: services/api/Dockerfile: is read-only; nothing was written\nhint: ");
        assert_eq!(sandbox.read("services/api/Dockerfile"), REWRITABLE);
    }
}

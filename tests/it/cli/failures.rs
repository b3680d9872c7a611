//! Input that is none: one clear error each, and the other files go on.

use std::fs::File;
use std::process::{Command, Stdio};

use super::sandbox::{FINE, Run, Sandbox, UNREADABLE, command};

#[track_caller]
fn fails(name: &str, bytes: &[u8], message: &str) {
    let sandbox = Sandbox::new();
    sandbox.write(name, bytes);
    sandbox.write("other/Dockerfile", FINE);
    let run = sandbox.run(&[name, "other"]);
    run.ends_with(2)
        .says(&format!("imgfix: {name}: {message}\n"))
        .says("1 Dockerfile read, 1 failed, nothing to change\n");
}

#[test]
fn what_is_no_utf8_is_named_with_its_line() {
    fails("Dockerfile", b"FROM a\nRUN \xe9\n", "not UTF-8 (line 2)");
}

#[test]
fn utf16_and_binary_files_are_told() {
    fails("Dockerfile", b"\xff\xfeF\0R\0", "UTF-16, not UTF-8");
    fails(
        "Dockerfile",
        b"FROM a\0\n",
        "holds a NUL byte, so it is no text",
    );
}

#[test]
fn a_file_that_fails_counts_under_check_too() {
    let sandbox = Sandbox::new();
    sandbox.write("Dockerfile", UNREADABLE);
    sandbox.run(&["--check"]).ends_with(2);
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let run = Sandbox::new().run(&["nope/Dockerfile"]);
    run.ends_with(2)
        .says("imgfix: nope/Dockerfile: no such file or directory\n");
}

#[test]
fn a_file_of_more_than_16_mib_is_refused() {
    let sandbox = Sandbox::new();
    let file = File::create(sandbox.path("Dockerfile")).expect("a file");
    file.set_len(16 * 1024 * 1024 + 1).expect("a sparse file");
    let run = sandbox.run(&[]);
    run.ends_with(2)
        .says("imgfix: Dockerfile: larger than 16 MiB\n");
}

#[test]
fn an_empty_file_is_fine() {
    let sandbox = Sandbox::new();
    sandbox.write("Dockerfile", "");
    let run = sandbox.run(&[]);
    run.ends_with(0)
        .says("1 Dockerfile read, nothing to change");
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_fifo_or_a_device() {
    let sandbox = Sandbox::new();
    let made = Command::new("mkfifo").arg(sandbox.path("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("left out: there is no mkfifo");
        return;
    }
    let run = sandbox.run(&["pipe", "/dev/null"]);
    run.ends_with(2)
        .says("imgfix: pipe: is no regular file")
        .says("imgfix: /dev/null: is no regular file");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = Sandbox::new();
    sandbox.write("Dockerfile", FINE);
    let path = sandbox.path("Dockerfile");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).expect("a mode");
    if File::open(&path).is_ok() {
        eprintln!("left out: the superuser may read everything");
        return;
    }
    let run = sandbox.run(&[]);
    run.ends_with(2)
        .says("imgfix: Dockerfile: permission denied\n");
}

#[test]
fn a_name_cannot_forge_a_line() {
    let run = Sandbox::new().run(&["a\nimgfix: b"]);
    run.says("imgfix: a\\nimgfix: b: no such file or directory\n");
}

#[test]
fn a_reader_that_has_gone_is_no_panic() {
    let sandbox = Sandbox::new();
    let mut child = command(&sandbox.path(""), &["config", "--schema"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().expect("the program ends"));
    run.ends_with(0);
    assert_eq!(run.stderr, "");
}

//! Flags and commands.

use super::sandbox::{FINE, Sandbox};

fn sandbox() -> Sandbox {
    Sandbox::repository(&[("Dockerfile", FINE)])
}

#[test]
fn flags_that_exclude_each_other_are_a_usage_error() {
    for arguments in [
        &["--safe", "--unsafe"][..],
        &["--write", "--check"],
        &["--quiet", "--verbose"],
        &["-", "Dockerfile"],
        &["-", "--write"],
        &["--stdin-filename", "Dockerfile"],
        &["--write", "transforms"],
        &["--nonsense"],
        &["--color", "sometimes"],
        &["explain"],
    ] {
        let run = sandbox().run(arguments);
        run.ends_with(2);
        assert!(run.stdout.is_empty() && !run.stderr.is_empty(), "{run:?}");
    }
}

#[test]
fn help_and_version_are_no_failure() {
    let help = sandbox().run(&["--help"]);
    help.ends_with(0);
    for flag in [
        "--write",
        "--check",
        "--explain",
        "--safe",
        "--unsafe",
        "--select",
    ] {
        assert!(help.stdout.contains(flag), "{flag}");
    }
    let version = sandbox().run(&["--version"]);
    // A release build has the commit behind it; `cargo xtask release-check` looks for that.
    let ours = concat!("imgfix ", env!("CARGO_PKG_VERSION"));
    assert!(version.ends_with(0).stdout.starts_with(ours), "{version:?}");
}

#[test]
fn an_unknown_transform_is_an_error() {
    for flag in ["--select", "--ignore"] {
        let run = sandbox().run(&[flag, "no-such-transform"]);
        run.ends_with(2).says(&format!(
            "imgfix: {flag}: unknown transform `no-such-transform`\nhint: "
        ));
    }
    sandbox()
        .run(&["explain", "no-such-transform"])
        .ends_with(2)
        .says("unknown transform `no-such-transform`");
}

#[test]
fn the_nearest_transform_is_named() {
    for meta in imgfix::transforms() {
        let wrong = format!("{}x", meta.id);
        let run = sandbox().run(&["--select", &wrong]);
        run.says(&format!("did you mean `{}`?", meta.id));
    }
}

#[test]
fn transforms_are_listed_in_order_and_explained() {
    let run = sandbox().run(&["transforms"]);
    run.ends_with(0);
    let listed: Vec<&str> = run
        .stdout
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let ids: Vec<&str> = imgfix::transforms().map(|meta| meta.id.0).collect();
    assert_eq!(listed, ids);
    for meta in imgfix::transforms() {
        let run = sandbox().run(&["explain", meta.id.0]);
        run.ends_with(0);
        assert_eq!(run.stdout.trim_end(), meta.page.trim_end());
    }
}

#[test]
fn a_command_wins_over_a_folder_of_its_name() {
    let sandbox = Sandbox::repository(&[("config/Dockerfile", FINE), ("Dockerfile", FINE)]);
    let run = sandbox.run(&["config"]);
    assert!(run.stdout.contains("level = \"suggested\""), "{run:?}");
    let run = sandbox.run(&["./config"]);
    run.ends_with(0).says("1 Dockerfile read");
    let run = sandbox.run(&["--quiet", "config"]);
    assert!(run.stdout.contains("level = \"suggested\""), "{run:?}");
}

#[test]
fn completions_are_printed_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = sandbox().run(&["completions", shell]);
        assert!(
            run.ends_with(0).stdout.contains("stdin-filename"),
            "{shell}"
        );
    }
}

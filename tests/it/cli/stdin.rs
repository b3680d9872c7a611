//! `imgfix -`.

use super::sandbox::{FINE, REWRITABLE, Sandbox, has_transforms};

#[test]
fn the_text_goes_to_standard_output() {
    for text in [FINE, "", "FROM a", "FROM scratch\r\nCOPY a /a\r\n"] {
        let run = Sandbox::new().run_with(&["-"], text);
        run.ends_with(0);
        assert_eq!(run.stdout, text);
    }
}

#[test]
fn a_diff_is_printed_when_asked_for() {
    let sandbox = Sandbox::repository(&[("a/Dockerfile", FINE)]);
    let run = sandbox.run_with(&["-", "--diff"], FINE);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    if !has_transforms() {
        return;
    }
    let run = sandbox.run_with(
        &["-", "--diff", "--stdin-filename", "a/Dockerfile"],
        REWRITABLE,
    );
    run.ends_with(0).says("a/Dockerfile:2  merge-runs  ");
    assert!(
        run.stdout
            .contains("--- a/a/Dockerfile\n+++ b/a/Dockerfile\n"),
        "{run:?}"
    );
    let run = sandbox.run_with(&["-", "--check"], REWRITABLE);
    run.ends_with(1);
    assert_eq!(sandbox.read("a/Dockerfile"), FINE);
}

#[test]
fn the_name_leads_to_the_configuration() {
    let sandbox = Sandbox::repository(&[("a/imgfix.toml", "nonsense = 1\n")]);
    let run = sandbox.run_with(&["-", "--stdin-filename", "a/Dockerfile"], FINE);
    run.ends_with(2)
        .says("a/imgfix.toml:1: unknown key `nonsense`");
    sandbox.run_with(&["-"], FINE).ends_with(0);
    sandbox
        .run_with(&["-", "--stdin-filename", "gone/Dockerfile"], FINE)
        .ends_with(0);
}

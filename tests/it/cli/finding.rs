//! Which files are rewritten.

use std::fs;

use super::sandbox::{FINE, Sandbox, UNREADABLE};

fn with(paths: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    for path in paths {
        sandbox.write(path, UNREADABLE);
    }
    sandbox
}

#[test]
fn dockerfiles_are_found_by_their_names_in_the_order_of_their_paths() {
    let sandbox = with(&[
        "z/Dockerfile",
        "Dockerfile.dev",
        "api.Dockerfile",
        "api.dockerfile",
        "a/b/Containerfile",
        "a/Containerfile.arm",
        "a/x.containerfile",
        "lower/dockerfile",
        "Dockerfile.j2",
        "Dockerfile.tmpl",
        "Dockerfile.bak",
        "Dockerfile.orig",
        "Dockerfile.dockerignore",
        "README.md",
    ]);
    let all = [
        "Dockerfile.dev",
        "a/Containerfile.arm",
        "a/b/Containerfile",
        "a/x.containerfile",
        "api.Dockerfile",
        "api.dockerfile",
        "lower/dockerfile",
        "z/Dockerfile",
    ];
    assert_eq!(sandbox.found(&[]), all);
    assert_eq!(sandbox.found(&["z", "."]), all);
}

#[test]
fn a_file_that_is_named_is_taken_whatever_it_is_called() {
    let sandbox = with(&["Dockerfile.j2", "build/image.txt"]);
    assert_eq!(
        sandbox.found(&["build/image.txt", "./Dockerfile.j2"]),
        ["Dockerfile.j2", "build/image.txt"]
    );
}

#[test]
fn gitignore_is_honoured_outside_of_a_repository_too() {
    let sandbox = with(&["Dockerfile", "out/Dockerfile", "a/Dockerfile.local"]);
    sandbox.write(".gitignore", "/out\n*.local\n");
    assert_eq!(sandbox.found(&[]), ["Dockerfile"]);
    assert_eq!(sandbox.found(&["out/Dockerfile"]), ["out/Dockerfile"]);
}

#[test]
fn hidden_folders_are_walked_and_those_of_others_are_not() {
    let sandbox = with(&[
        ".devcontainer/Dockerfile",
        ".git/Dockerfile",
        "node_modules/x/Dockerfile",
        "go/vendor/github.com/a/b/Dockerfile",
        "ruby/vendor/bundle/gems/a/Dockerfile",
        "vendor/Dockerfile",
    ]);
    // A folder of that name may be the author's.
    assert_eq!(
        sandbox.found(&[]),
        [".devcontainer/Dockerfile", "vendor/Dockerfile"]
    );
}

#[test]
fn a_file_that_is_reached_twice_is_done_once() {
    let sandbox = with(&["a/Dockerfile"]);
    assert_eq!(
        sandbox.found(&["a", "a/Dockerfile", "./a/../a/Dockerfile", "."]),
        ["a/Dockerfile"]
    );
}

#[test]
fn a_folder_called_dockerfile_is_walked() {
    let sandbox = with(&["Dockerfile/Dockerfile.x"]);
    assert_eq!(sandbox.found(&[]), ["Dockerfile/Dockerfile.x"]);
    assert_eq!(sandbox.found(&["Dockerfile"]), ["Dockerfile/Dockerfile.x"]);
}

#[test]
fn paths_are_named_as_the_user_would() {
    let sandbox = with(&["a/Dockerfile"]);
    let absolute = sandbox.path("a/Dockerfile");
    let absolute = fs::canonicalize(absolute).expect("a path");
    let run = sandbox.run_below("a", &["."]);
    run.says("imgfix: Dockerfile: not UTF-8");
    let run = sandbox.run(&[absolute.to_str().expect("a text")]);
    run.says("imgfix: a/Dockerfile: not UTF-8");
}

#[test]
fn nothing_found_is_said_and_is_no_failure() {
    let run = Sandbox::new().run(&[]);
    run.ends_with(0).says("no Dockerfile found");
    assert_eq!(Sandbox::new().run(&["-q"]).stderr, "");
}

#[test]
fn a_run_that_changes_nothing_says_so() {
    let sandbox = Sandbox::repository(&[("Dockerfile", FINE), ("a/Dockerfile", FINE)]);
    let run = sandbox.run(&["--ignore", ""]);
    run.ends_with(2).says("unknown transform ``");
    let run = sandbox.run(&[]);
    run.ends_with(0)
        .says("2 Dockerfiles read, nothing to change\n");
    assert_eq!(run.stdout, "");
    assert_eq!(sandbox.run(&["--quiet"]).stderr, "");
    sandbox.run(&["--check"]).ends_with(0);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_where_they_are_named_only() {
        let sandbox = with(&["real/image"]);
        symlink("real/image", sandbox.path("Dockerfile")).expect("a link");
        assert!(sandbox.found(&[]).is_empty());
        assert_eq!(sandbox.found(&["Dockerfile"]), ["Dockerfile"]);
        assert_eq!(sandbox.found(&["Dockerfile", "real/image"]).len(), 1);
    }

    #[test]
    fn links_that_lead_nowhere_are_reported_and_the_others_go_on() {
        let sandbox = Sandbox::new();
        sandbox.write("b/Dockerfile", FINE);
        symlink("Dockerfile", sandbox.path("Dockerfile")).expect("a link");
        symlink("gone", sandbox.path("Dockerfile.gone")).expect("a link");
        for arguments in [&["."][..], &["Dockerfile", "Dockerfile.gone", "b"]] {
            let run = sandbox.run(arguments);
            run.ends_with(2)
                .says("imgfix: Dockerfile: ")
                .says("imgfix: Dockerfile.gone: ")
                .says("1 Dockerfile read, 2 failed");
        }
    }

    #[test]
    fn a_loop_of_folders_does_no_harm() {
        let sandbox = with(&["a/Dockerfile"]);
        symlink("..", sandbox.path("a/up")).expect("a link");
        assert_eq!(sandbox.found(&[]), ["a/Dockerfile"]);
    }
}

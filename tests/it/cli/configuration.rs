//! `imgfix.toml`: where it is found, what is wrong in it, what holds in the end.

use super::sandbox::{FINE, Sandbox, UNREADABLE};

fn with(config: &str) -> Sandbox {
    Sandbox::repository(&[("imgfix.toml", config), ("api/Dockerfile", FINE)])
}

#[track_caller]
fn fails(config: &str, message: &str) {
    let run = with(config).run(&[]);
    run.ends_with(2)
        .says(&format!("imgfix: imgfix.toml:{message}"));
    assert_eq!(run.stdout, "");
}

#[test]
fn an_unknown_key_names_its_line_and_the_nearest_valid_one() {
    fails(
        "level = \"safe\"\n\nall-stage = true\n",
        "3: unknown key `all-stage`\nhint: did you mean `all-stages`? valid keys: required-version, ",
    );
    fails(
        "[merge-runs]\nmrege = \"all\"\n",
        "2: unknown key `mrege` in [merge-runs]\nhint: did you mean `merge`? valid keys: merge\n",
    );
    fails(
        "[[overrides]]\npaths = []\nlevle = \"safe\"\n",
        "3: unknown key `levle` in [overrides]\nhint: did you mean `level`?",
    );
    fails(
        "[tighten-package-flags]\nx = 1\n",
        "2: unknown key `x` in [tighten-package-flags]\nhint: there are no keys\n",
    );
    fails(
        "[image]\n",
        "1: unknown key `image`\nhint: did you mean `images`?",
    );
}

#[test]
fn a_wrong_type_names_its_line_and_key() {
    fails(
        "\nall-stages = \"yes\"\n",
        "2: wrong type for `all-stages`: ",
    );
    fails(
        "level = 3\n",
        "1: wrong type for `level`: expected a string",
    );
    fails("ignore = \"merge-runs\"\n", "1: wrong type for `ignore`: ");
    fails("[images]\nmirrors = [1]\n", "2: wrong type for `mirrors`: ");
    fails("merge-runs = 1\n", "1: wrong type for `merge-runs`: ");
}

#[test]
fn an_unknown_value_names_the_valid_ones() {
    fails(
        "level = \"saef\"\n",
        "1: unknown value `saef` for `level`\nhint: did you mean `safe`? valid values: safe, suggested, unsafe\n",
    );
    fails(
        "builder = \"kaniko\"\n",
        "1: unknown value `kaniko` for `builder`\nhint: valid values: auto, ",
    );
    fails(
        "[merge-runs]\nmerge = \"al\"\n",
        "2: unknown value `al` for `merge`",
    );
    fails(
        "\nselect = [\n  \"nope\",\n]\n",
        "3: unknown transform `nope`",
    );
    fails("exclude = [\"a/{b\"]\n", "1: `a/{b` is no glob: ");
    fails("level = \n", "1: ");
    fails("level = \"safe\"\nlevel = \"safe\"\n", "2: ");
}

#[test]
fn a_required_version_is_honoured() {
    fails(
        "required-version = \"^99\"\nkey-of-version-99 = 1\n",
        concat!(
            "1: imgfix ^99 is required, and this is imgfix ",
            env!("CARGO_PKG_VERSION")
        ),
    );
    fails(
        "required-version = \"new\"\n",
        "1: `required-version` is no version requirement",
    );
    with("required-version = \">=0.1\"\n").run(&[]).ends_with(0);
}

#[test]
fn the_nearest_file_up_to_the_root_of_the_repository_counts() {
    let sandbox = Sandbox::new();
    sandbox.write("imgfix.toml", "level = \"unsafe\"\n");
    sandbox.write("repository/.git/HEAD", "");
    sandbox.write("repository/a/b/Dockerfile", FINE);
    let level = |sandbox: &Sandbox| {
        let run = sandbox.run(&["config", "repository/a/b/Dockerfile"]);
        let line = run.stdout.lines().find(|line| line.starts_with("level"));
        line.unwrap_or_default().to_owned()
    };
    assert_eq!(level(&sandbox), "level = \"suggested\"  # default");
    sandbox.write("repository/imgfix.toml", "\nlevel = \"safe\"\n");
    assert_eq!(
        level(&sandbox),
        "level = \"safe\"  # repository/imgfix.toml:2"
    );
    sandbox.write("repository/a/imgfix.toml", "level = \"unsafe\"\n");
    assert_eq!(
        level(&sandbox),
        "level = \"unsafe\"  # repository/a/imgfix.toml:1"
    );
}

#[test]
fn a_configuration_that_is_named_counts_alone() {
    let sandbox = with("nonsense = 1\n");
    sandbox.write("ci/strict.toml", "level = \"safe\"\n");
    let run = sandbox.run(&["config", "--config", "ci/strict.toml"]);
    run.ends_with(0);
    assert!(
        run.stdout
            .contains("level = \"safe\"  # ci/strict.toml:1\n"),
        "{run:?}"
    );
    let run = sandbox.run(&["--config", "gone.toml"]);
    run.ends_with(2)
        .says("imgfix: gone.toml: no such file or directory");
    sandbox
        .run(&["--config", "ci"])
        .ends_with(2)
        .says("imgfix: ci: is a folder");
}

#[test]
fn flags_go_over_the_file() {
    let sandbox = with("level = \"unsafe\"\n");
    let run = sandbox.run(&["config", "--safe"]);
    assert!(
        run.stdout.contains("level = \"safe\"  # --safe\n"),
        "{run:?}"
    );
    let run = sandbox.run(&["--safe", "config"]);
    assert!(
        run.stdout.contains("level = \"safe\"  # --safe\n"),
        "{run:?}"
    );
}

#[test]
fn overrides_hold_for_their_paths_and_the_later_one_wins() {
    let sandbox = with(
        "builder = \"classic\"\n[merge-runs]\nmerge = \"all\"\n[[overrides]]\npaths = [\"api\"]\n\
         level = \"safe\"\ntargets = [\"dev\"]\n[[overrides]]\npaths = [\"api/Docker*\"]\n\
         level = \"unsafe\"\nall-stages = true\nmerge-runs.merge = \"saving\"\n",
    );
    let here = sandbox.run(&["config", "api/Dockerfile"]).stdout;
    for line in [
        "# overrides: 2 in the file",
        "level = \"unsafe\"  # imgfix.toml:10",
        "targets = [\"dev\"]  # imgfix.toml:7",
        "all-stages = true  # imgfix.toml:11",
        "builder = \"classic\"  # imgfix.toml:1",
        "merge = \"saving\"  # imgfix.toml:12",
    ] {
        assert!(here.contains(line), "{line} is not in\n{here}");
    }
    let elsewhere = sandbox.run(&["config"]).stdout;
    assert!(
        elsewhere.contains("level = \"suggested\"  # default"),
        "{elsewhere}"
    );
    assert!(
        elsewhere.contains("merge = \"all\"  # imgfix.toml:3"),
        "{elsewhere}"
    );
}

#[test]
fn what_is_printed_is_a_configuration_again() {
    let sandbox = with(
        "required-version = \">=0.1\"\nexclude = [\"a\\\"b\"]\n[images]\nmirrors = [\"r.example/hub\"]\n",
    );
    let first = sandbox.run(&["config"]).stdout;
    assert!(
        first.contains("mirrors = [\"r.example/hub/\"]  # imgfix.toml:4"),
        "{first}"
    );
    sandbox.write("imgfix.toml", &first);
    let second = sandbox.run(&["config"]);
    second.ends_with(0);
    let values = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines
            .map(|line| line.split("  # ").next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(values(&first), values(&second.stdout));
}

#[test]
fn ids_come_with_the_place_that_named_them() {
    for meta in imgfix::transforms() {
        let sandbox = with(&format!("\nignore = [\"{}\"]\n", meta.id));
        let run = sandbox.run(&["config"]);
        let line = format!("  \"{}\",  # imgfix.toml:2\n", meta.id);
        assert!(run.stdout.contains(&line), "{run:?}");
        let run = sandbox.run(&["config", "--select", meta.id.0]);
        assert!(run.stdout.contains("ignore = []"), "{run:?}");
        let line = format!("select = [\"{}\"]  # --select\n", meta.id);
        assert!(run.stdout.contains(&line), "{run:?}");
    }
}

#[test]
fn excluded_files_are_left_out_unless_they_are_named() {
    let sandbox = Sandbox::repository(&[("imgfix.toml", "exclude = [\"old\", \"api/*.dev\"]\n")]);
    for path in [
        "api/Dockerfile.dev",
        "api/Dockerfile",
        "x/old/Dockerfile",
        "api/x/Dockerfile.dev",
    ] {
        sandbox.write(path, UNREADABLE);
    }
    assert_eq!(
        sandbox.found(&[]),
        ["api/Dockerfile", "api/x/Dockerfile.dev"]
    );
    assert_eq!(sandbox.found(&["x/old/Dockerfile"]), ["x/old/Dockerfile"]);
}

#[test]
fn the_schema_is_current() {
    let run = Sandbox::new().run(&["config", "--schema"]);
    run.ends_with(0);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/imgfix.schema.json");
    let checked_in = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(
        run.stdout.replace("\r\n", "\n"),
        checked_in.replace("\r\n", "\n"),
        "renew it with `cargo run -- config --schema > imgfix.schema.json`"
    );
}

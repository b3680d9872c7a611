//! What packages hold besides the program: manual pages and completions are current, our own Dockerfile has
//! nothing to rewrite, and a release builds what installers look for.

use std::collections::BTreeSet;
use std::fs;

use super::sandbox::{Sandbox, run_in};
use crate::root;

/// The shells, and what each calls its completions.
const SHELLS: &[(&str, &str)] = &[
    ("bash", "imgfix.bash"),
    ("zsh", "_imgfix"),
    ("fish", "imgfix.fish"),
    ("powershell", "_imgfix.ps1"),
    ("elvish", "imgfix.elv"),
];

/// Asserts that a generated file is what the program prints; `IMGFIX_BLESS=1` writes it.
#[track_caller]
fn is_current(path: &str, arguments: &[&str]) {
    let run = Sandbox::new().run(arguments);
    let printed = &run.ends_with(0).stdout;
    let path = root().join("packaging").join(path);
    if std::env::var_os("IMGFIX_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, printed).expect("a file");
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == *printed,
        "{} is not what `imgfix {}` prints; IMGFIX_BLESS=1 renews it",
        path.display(),
        arguments.join(" ")
    );
}

/// The commands, as the manual page of the program lists them.
fn commands() -> Vec<String> {
    let page = Sandbox::new().run(&["man"]).stdout;
    let names = page.lines().filter_map(|line| {
        let name = line.strip_prefix("imgfix\\-")?.strip_suffix("(1)")?;
        Some(name.to_owned())
    });
    names.filter(|name| name != "help").collect()
}

#[test]
fn manual_pages_are_current() {
    is_current("man/imgfix.1", &["man"]);
    let mut files: BTreeSet<String> = ["imgfix.1".to_owned()].into();
    for command in commands() {
        let file = format!("imgfix-{command}.1");
        is_current(&format!("man/{file}"), &["man", &command]);
        files.insert(file);
    }
    assert!(files.len() >= 8, "{files:?}");
    let found = fs::read_dir(root().join("packaging/man")).expect("a folder");
    let found = found.map(|entry| entry.expect("an entry").file_name());
    let found: BTreeSet<String> = found
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, files, "pages of commands that there are not");
    let run = Sandbox::new().run(&["man", "sise"]);
    run.ends_with(2)
        .says("imgfix: unknown command `sise`\nhint: did you mean `size`?");
}

#[test]
fn manual_pages_have_their_parts() {
    let page = Sandbox::new().run(&["man"]).stdout;
    for text in [
        ".SH NAME",
        ".SH SYNOPSIS",
        "Exit status",
        "\\-\\-write",
        "imgfix\\-size(1)",
    ] {
        assert!(page.contains(text), "{text:?} is not in {page}");
    }
    let page = Sandbox::new().run(&["man", "size"]).stdout;
    for text in [".TH imgfix-size 1", "\\-\\-fail\\-above", "imgfix size"] {
        assert!(page.contains(text), "{text:?} is not in {page}");
    }
}

#[test]
fn completions_are_current() {
    for (shell, file) in SHELLS {
        is_current(&format!("completions/{file}"), &["completions", shell]);
    }
}

#[test]
fn our_own_dockerfile_has_nothing_to_rewrite() {
    let run = run_in(root(), &["--check", "Dockerfile"], "");
    run.ends_with(0)
        .says("1 Dockerfile read, nothing to change");
    assert_eq!(run.stdout, "");
}

#[test]
fn a_release_builds_what_installers_look_for() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("a file");
    let workflow = read(".github/workflows/release.yml");
    let workflow: serde_json::Value = serde_saphyr::from_str(&workflow).expect("YAML");
    let builds = &workflow["jobs"]["binary"]["strategy"]["matrix"]["include"];
    let targets: BTreeSet<&str> = builds
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|build| build["target"].as_str())
        .collect();
    let npm = read("packaging/npm/pack.mjs");
    let wanted: Vec<&str> = npm
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\": { os:"))
        .map(|(target, _)| target)
        .collect();
    assert!(wanted.len() >= 5, "{wanted:?}");
    for target in wanted {
        assert!(targets.contains(target), "{target} is not built");
    }
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let url = binstall["pkg-url"].as_str().expect("a text");
    assert!(
        url.ends_with("imgfix-{ target }{ archive-suffix }"),
        "{url}"
    );
    for (host, over) in binstall["overrides"].as_table().expect("a table") {
        let url = over.get("pkg-url").and_then(toml::Value::as_str);
        let target = url.map_or(host.as_str(), |url| {
            let (_, file) = url.rsplit_once("/imgfix-").expect("a file");
            file.trim_end_matches("{ archive-suffix }")
        });
        assert!(targets.contains(target), "{target} is not built");
    }
}

//! What stands around the program for hooks and workflows: the pages' commands, the action, the hooks, the
//! script that installs a release.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::reviewing::{branch, git};
use super::sandbox::Sandbox;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a text")
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The blocks of a page in one language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = page.split(fence.as_str()).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The arguments of each `imgfix …` in a text: words up to a pipe or a redirection.
fn commands(text: &str) -> Vec<Vec<String>> {
    let lines = text
        .lines()
        .map(|line| line.trim().trim_start_matches("- "));
    let own = lines.filter_map(|line| {
        line.strip_prefix("imgfix ").or_else(|| {
            line.strip_prefix("args: --")
                .map(|_| &line["args: ".len()..])
        })
    });
    own.map(|line| {
        let words = line.split_whitespace();
        let words = words.take_while(|word| !["|", ">"].contains(word));
        let base = |word: &str| word.contains("BASE") || word.starts_with("origin/");
        words
            .filter(|word| !matches!(*word, "github.base_ref" | "}}"))
            .map(|word| if base(word) { "origin/main" } else { word }.to_owned())
            .collect()
    })
    .collect()
}

#[test]
fn commands_of_the_pages_run() {
    let mut count = 0;
    for page in ["docs/ci.md", "docs/review.md", "docs/getting-started.md"] {
        let page = read(page);
        for block in [blocks(&page, "yaml"), blocks(&page, "console")].concat() {
            for arguments in commands(&block) {
                let sandbox = branch();
                git(
                    &sandbox,
                    &["update-ref", "refs/remotes/origin/main", "main"],
                );
                sandbox.run(&["--write-baseline", "imgfix-baseline.json"]);
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                let run = sandbox.run(&arguments);
                assert!(run.status < 2, "{arguments:?}: {run:?}");
                count += 1;
            }
        }
    }
    assert!(count >= 18, "only {count} commands were found");
}

#[test]
fn workflows_of_the_page_name_the_action_and_its_inputs() {
    let action = yaml(&read("action.yml"));
    let mut steps = 0;
    for block in blocks(&read("docs/ci.md"), "yaml") {
        let workflow = yaml(&block);
        for job in workflow["jobs"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, job)| job)
        {
            for step in job["steps"].as_array().expect("steps") {
                if !step["uses"]
                    .as_str()
                    .is_some_and(|uses| uses.starts_with("imgfix/imgfix@v"))
                {
                    continue;
                }
                for input in step["with"].as_object().expect("inputs").keys() {
                    assert!(action["inputs"][input].is_object(), "no input `{input}`");
                }
                steps += 1;
            }
        }
    }
    assert_eq!(steps, 4);
}

#[test]
fn scripts_of_the_action_hold_no_expression() {
    let action = yaml(&read("action.yml"));
    assert_eq!(action["runs"]["using"], "composite");
    for step in action["runs"]["steps"].as_array().expect("steps") {
        let script = step["run"].as_str().expect("a script");
        assert!(!script.contains("${{"), "{script}");
        assert_eq!(step["shell"], "bash");
        let parsed = Command::new("bash").args(["-n", "-c", script]).status();
        assert!(parsed.is_ok_and(|status| status.success()), "{script}");
    }
}

#[test]
fn hooks_run_the_program_and_take_dockerfiles() {
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    let hooks = hooks.as_array().expect("hooks");
    let ids: Vec<&str> = hooks
        .iter()
        .filter_map(|hook| hook["id"].as_str())
        .collect();
    assert_eq!(
        ids,
        ["imgfix", "imgfix-check", "imgfix-rust", "imgfix-check-rust"]
    );
    for hook in hooks {
        assert_eq!(hook["types"][0], "dockerfile");
        let entry = hook["entry"].as_str().expect("an entry");
        let words: Vec<&str> = entry.split(' ').collect();
        assert_eq!(words[0], "imgfix");
        let sandbox = branch();
        let arguments = [&words[1..], &["api/Dockerfile"]].concat();
        let run = sandbox.run(&arguments);
        let changes = sandbox.read("api/Dockerfile") != sandbox.read("web/Dockerfile");
        assert_ne!(changes, words.contains(&"--check"), "{entry}");
        run.ends_with(i32::from(words.contains(&"--check")));
    }
}

/// A folder with the releases of a program that says `says`, as the web has them.
fn releases(sandbox: &Sandbox, says: &str) {
    let script = format!("#!/bin/sh\necho '{says}'\n");
    for triple in [
        "x86_64-unknown-linux-musl",
        "aarch64-unknown-linux-musl",
        "x86_64-apple-darwin",
        "aarch64-apple-darwin",
    ] {
        let name = format!("imgfix-{triple}");
        sandbox.write(&format!("made/{name}/imgfix"), &script);
        let packed = Command::new("sh")
            .current_dir(sandbox.path("."))
            .args([
                "-c",
                "set -e; chmod +x made/$0/imgfix; mkdir -p web/download/v9.9.9; \
                   tar -C made -czf web/download/v9.9.9/$0.tgz $0; cd web/download/v9.9.9; \
                   sha256sum $0.tgz >> SHA256SUMS",
            ])
            .arg(&name)
            .status();
        assert!(packed.expect("sh starts").success());
    }
}

fn install(sandbox: &Sandbox, version: &str) -> (bool, String) {
    let output = Command::new(root().join("packaging/install"))
        .args([version.as_ref(), sandbox.path("bin").as_os_str()])
        .env(
            "IMGFIX_RELEASES",
            format!("file://{}", sandbox.path("web").display()),
        )
        // No cargo, so that nothing is fetched from elsewhere.
        .env("PATH", sandbox.path("path"))
        .output()
        .expect("the script starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), said)
}

/// The programs that the script uses, and no other; `None` where one is not there.
fn programs(sandbox: &Sandbox) -> Option<()> {
    let folders = std::env::var_os("PATH")?;
    let names = [
        "bash",
        "env",
        "uname",
        "curl",
        "mktemp",
        "rm",
        "mkdir",
        "awk",
        "cut",
        "sha256sum",
        "tar",
        "gzip",
        "mv",
        "sh",
        "echo",
    ];
    fs::create_dir(sandbox.path("path")).ok()?;
    for name in names {
        let folders = std::env::split_paths(&folders);
        let found = folders
            .map(|folder| folder.join(name))
            .find(|path| path.is_file())?;
        link(&found, &sandbox.path("path").join(name))?;
    }
    Some(())
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> Option<()> {
    std::os::unix::fs::symlink(from, to).ok()
}

#[cfg(not(unix))]
fn link(_from: &Path, _to: &Path) -> Option<()> {
    None
}

#[test]
fn a_release_is_installed_and_a_changed_one_is_not() {
    let sandbox = Sandbox::new();
    if programs(&sandbox).is_none() {
        eprintln!("left out: the script's programs are not all here");
        return;
    }
    releases(&sandbox, "imgfix 9.9.9");
    let (worked, said) = install(&sandbox, "9.9.9");
    assert!(
        worked && said.contains("imgfix: imgfix 9.9.9 in "),
        "{said}"
    );
    fs::remove_dir_all(sandbox.path("bin")).expect("it was installed");
    let sums = sandbox.read("web/download/v9.9.9/SHA256SUMS");
    for changed in [sums.replace(char::is_numeric, "0"), String::new()] {
        sandbox.write("web/download/v9.9.9/SHA256SUMS", changed);
        let (worked, said) = install(&sandbox, "v9.9.9");
        assert!(!worked, "{said}");
        assert!(
            said.contains("its checksum is not that of the release"),
            "{said}"
        );
        assert!(!sandbox.path("bin/imgfix").exists());
    }
    let (worked, said) = install(&sandbox, "9.9.8");
    assert!(!worked && said.contains("cargo builds it"), "{said}");
}

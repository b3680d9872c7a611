//! The diffs, taken by `git apply` and `patch -p1`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use imgfix::report::{Palette, diff};

/// Texts before and after.
const TEXTS: [(&str, &str); 14] = [
    ("FROM a\n", "FROM b\n"),
    ("FROM a", "FROM b"),
    ("FROM a\nRUN b", "FROM a\nRUN b\n"),
    ("FROM a\nRUN b\n", "FROM a\nRUN b"),
    ("FROM a\r\nRUN b\r\n", "FROM a\r\nRUN c\r\n"),
    ("FROM a\r\nRUN b", "FROM a\r\nRUN b\r\n"),
    ("FROM a\rRUN b\nRUN c\n", "FROM a\rRUN b\nRUN d\n"),
    ("FROM a\nRUN b\r\n\rRUN c\n", "FROM a\n\rRUN c\nRUN b\r\n"),
    ("", "FROM a\n"),
    ("FROM a\n", ""),
    (
        "\u{feff}FROM a\n# é 漢字\n",
        "\u{feff}FROM a\n# è 漢字\u{2028}x\n",
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1 +1 @@\n",
        "--- a/x\n+++ b/y\n@@ -1 +1 @@\n",
    ),
    (
        "a\n\n\n\nb\n\x0c\n\x0b\n\n\n\n\nc\n",
        "a\n\n\nb\n\x0c\n\x0b\n\n\n\n\n\nd\n",
    ),
    (
        "\\ No newline at end of file\n \t \n",
        "\\ No newline at end of file\n\t\n",
    ),
];

/// Names that need care.
const NAMES: [&str; 8] = [
    "Dockerfile",
    "services/api/Dockerfile.dev",
    "my service/Docker file",
    " leading/Dockerfile ",
    "a\"b/Dockerfile",
    "back\\slash/Dockerfile",
    "tab\there/Dockerfile",
    "caf\u{e9}/Dockerfile",
];

/// Runs a tool on a patch; `None` where the tool is not there.
fn applied(tool: &[&str], name: &str, before: &str, patch: &str) -> Option<Result<String, String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join(name);
    fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
    fs::write(&file, before).expect("a file");
    let mut child = Command::new(tool[0])
        .args(&tool[1..])
        .current_dir(folder.path())
        .env(
            "GIT_CEILING_DIRECTORIES",
            folder.path().parent().unwrap_or(Path::new("/")),
        )
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take().expect("a pipe");
    let _ = stdin.write_all(patch.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the tool ends");
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        return Some(Err(String::from_utf8_lossy(&said).into_owned()));
    }
    // patch removes a file that it leaves empty.
    Some(Ok(fs::read_to_string(&file).unwrap_or_default()))
}

#[track_caller]
fn is_taken(tool: &[&str], name: &str, before: &str, after: &str) {
    let patch = diff::unified(name.as_bytes(), before, after, Palette::Plain);
    match applied(tool, name, before, &patch) {
        None => eprintln!("left out: there is no {}", tool[0]),
        Some(result) => assert_eq!(
            result.as_deref(),
            Ok(after),
            "{} of {before:?} to {after:?} in {name:?} by\n{patch}",
            tool[0]
        ),
    }
}

#[test]
fn git_takes_every_text() {
    for (before, after) in TEXTS {
        is_taken(&["git", "apply"], "a/Dockerfile", before, after);
    }
}

#[test]
fn patch_takes_every_text() {
    for (before, after) in TEXTS {
        is_taken(&["patch", "-p1"], "a/Dockerfile", before, after);
    }
}

#[test]
fn git_takes_every_name() {
    for name in NAMES {
        is_taken(&["git", "apply"], name, "FROM a\n", "FROM b\n");
    }
}

#[test]
fn patch_takes_every_name() {
    for name in NAMES {
        is_taken(&["patch", "-p1"], name, "FROM a\n", "FROM b\n");
    }
}

#[test]
fn git_takes_texts_made_of_awkward_lines() {
    let lines = [
        "a\n", "a\r\n", "\r\n", "\n", "a\rb\n", "-a\n", "+\n", " \n", "é\n",
    ];
    // A small generator of its own: the same texts in every run.
    let mut state = 0x2545_f491_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    for _ in 0..60 {
        let before: Vec<&str> = (0..30).map(|_| lines[next(lines.len())]).collect();
        let mut after = before.clone();
        for _ in 0..4 {
            let at = next(after.len());
            match next(3) {
                0 => after[at] = lines[next(lines.len())],
                1 => drop(after.remove(at)),
                _ => after.insert(at, lines[next(lines.len())]),
            }
        }
        let (before, mut after) = (before.concat(), after.concat());
        if next(3) == 0 {
            after.pop();
        }
        if before != after {
            is_taken(&["git", "apply"], "a/Dockerfile", &before, &after);
        }
    }
}

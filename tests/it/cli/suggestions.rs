//! What the reports suggest, applied as a consumer would: all of it together is what `--write` writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::formats::repository;
use super::sandbox::Sandbox;

/// Lines from and to, and what takes their place.
type Lines = (usize, usize, String);

#[test]
fn suggestions_of_the_repository_are_what_write_writes() {
    let sandbox = repository();
    check(&sandbox, &[]);
}

#[test]
fn suggestions_of_all_cases_are_what_write_writes() {
    // Each with one of the newlines and ends that files have.
    let sandbox = cases(|number, text| match number % 3 {
        0 => text,
        1 => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        _ => format!("\u{feff}{}", text.trim_end()),
    });
    check(&sandbox, &["--unsafe"]);
}

#[test]
fn what_needs_another_file_is_not_suggested_by_itself() {
    let sandbox = repository();
    let report = sandbox.run(&["--output-format", "rdjson", "shop"]).stdout;
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let diagnostics = report["diagnostics"].as_array().expect("diagnostics");
    let of = |path: &str| {
        let mut found = diagnostics.iter();
        let found = found.find(|it| it["location"]["path"] == path);
        found.expect("a diagnostic").clone()
    };
    assert_eq!(
        of("shop/.dockerignore")["suggestions"][0]["text"],
        "*.log\nnode_modules"
    );
    let dockerfile = of("shop/Dockerfile");
    assert_eq!(dockerfile["suggestions"], Value::Null);
    let message = dockerfile["message"].as_str().expect("a message");
    assert!(
        message.ends_with("(goes with a change of `shop/.dockerignore`)"),
        "{message}"
    );
    // With the other file accepted, it is.
    sandbox.write("shop/.dockerignore", "*.log\nnode_modules\n");
    let report = sandbox.run(&["--output-format", "rdjson", "shop"]).stdout;
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let text = &report["diagnostics"][0]["suggestions"][0]["text"];
    assert_eq!(
        text,
        "COPY package.json ./\nRUN npm ci && npm cache clean --force\nCOPY . ."
    );
}

/// The Dockerfiles of all cases, each in a folder of its own.
fn cases(change: impl Fn(usize, String) -> String) -> Sandbox {
    let sandbox = Sandbox::repository(&[]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut count = 0;
    for topic in folders(&root) {
        for case in folders(&root.join(&topic)) {
            let text = fs::read_to_string(root.join(&topic).join(&case).join("Dockerfile"));
            let text = change(count, text.expect("a Dockerfile"));
            sandbox.write(&format!("{topic}/{case}/Dockerfile"), text);
            count += 1;
        }
    }
    assert!(count > 1_000, "only {count} cases");
    sandbox
}

fn folders(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// Compares what a consumer of each form makes of the files with what `--write` makes of them.
fn check(sandbox: &Sandbox, flags: &[&str]) {
    let report = |format| {
        let arguments = [&["--output-format", format][..], flags].concat();
        sandbox.run(&arguments).stdout
    };
    let rdjson: Value = serde_json::from_str(&report("rdjson")).expect("JSON");
    let sarif: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    let by_reviewdog = after(sandbox, suggestions(&rdjson));
    let by_sarif = after_bytes(sandbox, replacements(&sarif));
    assert!(
        !by_reviewdog.is_empty() && !by_sarif.is_empty(),
        "nothing is suggested"
    );
    assert!(
        by_reviewdog.len() * 10 > by_sarif.len() * 6,
        "few are suggested"
    );
    sandbox.run(&[&["--write", "-q"][..], flags].concat());
    for (path, text) in by_reviewdog.into_iter().chain(by_sarif) {
        assert_eq!(text, sandbox.read(&path), "{path}");
    }
    let left = sandbox.run(&[&["-q"][..], flags].concat()).stdout;
    assert_eq!(left, "", "something was not written");
}

/// The suggestions for each file. As for a comment on GitHub, the lines of a suggestion are those of its
/// diagnostic.
fn suggestions(report: &Value) -> BTreeMap<String, Vec<Lines>> {
    let mut out: BTreeMap<String, Vec<Lines>> = BTreeMap::new();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let diagnostics = list(&report["diagnostics"]);
    // What goes with another file cannot be suggested, and is left out of the comparison.
    let is_partial = |path: &Value| {
        let mut of = diagnostics
            .iter()
            .filter(|it| it["location"]["path"] == *path);
        of.any(|it| it["severity"] == "WARNING" && it["suggestions"].is_null())
    };
    for diagnostic in &diagnostics {
        if is_partial(&diagnostic["location"]["path"]) {
            continue;
        }
        for suggestion in list(&diagnostic["suggestions"]) {
            let range = &suggestion["range"];
            assert_eq!(*range, diagnostic["location"]["range"]);
            let line = |end: &str| range[end]["line"].as_u64().expect("a line") as usize;
            let path = diagnostic["location"]["path"].as_str().expect("a path");
            out.entry(path.to_owned()).or_default().push((
                line("start"),
                line("end"),
                suggestion["text"].as_str().expect("a text").to_owned(),
            ));
        }
    }
    out
}

/// The files after their suggestions: each exchanges lines, and leaves the newline of the last one.
fn after(sandbox: &Sandbox, suggestions: BTreeMap<String, Vec<Lines>>) -> BTreeMap<String, String> {
    suggestions
        .into_iter()
        .map(|(path, mut suggestions)| {
            let text = sandbox.read(&path);
            let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
            suggestions.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.0));
            let mut above = usize::MAX;
            for (first, last, new) in suggestions {
                assert!(first <= last && last < above, "{path}: suggestions overlap");
                above = first;
                let ending = ["\r\n", "\n", ""];
                let ending = ending.iter().find(|end| lines[last - 1].ends_with(**end));
                let new = match new.as_str() {
                    "" => String::new(),
                    _ => format!("{new}{}", ending.expect("the empty one fits")),
                };
                lines.splice(first - 1..last, [new]);
            }
            (path, lines.concat())
        })
        .collect()
}

/// The replacements for each file, as bytes; a fix that stands with several results counts once.
fn replacements(report: &Value) -> BTreeMap<String, BTreeMap<(usize, usize), String>> {
    let mut out: BTreeMap<String, BTreeMap<(usize, usize), String>> = BTreeMap::new();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for result in list(&report["runs"][0]["results"]) {
        for change in list(&result["fixes"][0]["artifactChanges"]) {
            let path = change["artifactLocation"]["uri"].as_str().expect("a path");
            for replacement in list(&change["replacements"]) {
                let region = &replacement["deletedRegion"];
                let Some(start) = region["byteOffset"].as_u64() else {
                    // A new file has no bytes yet.
                    continue;
                };
                let length = region["byteLength"].as_u64().expect("a length") as usize;
                let text = replacement["insertedContent"]["text"].as_str();
                let text = text.unwrap_or_default().to_owned();
                let place = (start as usize, start as usize + length);
                let known = out.entry(path.to_owned()).or_default().insert(place, text);
                assert!(known.is_none_or(|known| out[path][&place] == known));
            }
        }
    }
    out
}

fn after_bytes(
    sandbox: &Sandbox,
    replacements: BTreeMap<String, BTreeMap<(usize, usize), String>>,
) -> BTreeMap<String, String> {
    replacements
        .into_iter()
        .map(|(path, replacements)| {
            let mut text = sandbox.read(&path);
            for ((start, end), new) in replacements.into_iter().rev() {
                text.replace_range(start..end, &new);
            }
            (path, text)
        })
        .collect()
}
